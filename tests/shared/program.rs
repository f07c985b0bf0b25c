//! The program as a command.

use std::path::Path;
use std::process::{Command, Output};

/// The program, in a folder, with nothing of the environment's language.
pub(crate) fn bygdepuls(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bygdepuls"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
        .output()
        .unwrap()
}
