//! Running other programs, and installing those that are missing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A command that runs in the root of the repository.
pub(crate) fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// Cargo, the one that runs this program.
pub(crate) fn cargo(args: &[&str]) -> Command {
    command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), args)
}

/// A program of the workspace, as `cargo build --release` leaves it.
pub(crate) fn built(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Runs to the end, output shown.
pub(crate) fn run(mut command: Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{}: {error}", shown(&command)))?;
    if status.success() { Ok(()) } else { Err(format!("{}: {status}", shown(&command))) }
}

/// What it prints, when it can be run and succeeds.
pub(crate) fn output(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// Whether a program can be started at all.
pub(crate) fn exists(program: &str) -> bool {
    output(command(program, &["--version"])).is_some()
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Whether tools may be installed without asking: in CI, or when the developer says so.
pub(crate) fn may_install() -> bool {
    ["CI", "BYGDEPULS_INSTALL"]
        .iter()
        .any(|name| std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0" && value != "false"))
}

/// Debian packages, installed where that is allowed; elsewhere the command to type is the error.
pub(crate) fn apt_install(packages: &[&str]) -> Result<(), String> {
    let sudo = if output(command("id", &["-u"])).as_deref() == Some("0") { "" } else { "sudo " };
    let install = format!("{sudo}apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !may_install() || !exists("apt-get") {
        return Err(format!("missing: {0}\n  install it: {install}\n  or set BYGDEPULS_INSTALL=1", packages.join(" ")));
    }
    let quiet = "export DEBIAN_FRONTEND=noninteractive";
    // The lists of packages are fetched only when the ones at hand do not do.
    let script = format!("{quiet}; {install} >/dev/null 2>&1 || ({sudo}apt-get update -q && {install})");
    println!("installing {}", packages.join(" "));
    run(command("sh", &["-c", &script]))
}
