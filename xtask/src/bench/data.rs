//! The invented answers that are measured on, and a Python with the peers in it.

use super::Outcome;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where all files of the measurements lie.
pub(super) fn folder() -> PathBuf {
    crate::tool::root().join("target/peers")
}

/// A script of `xtask/peers`.
pub(super) fn script(name: &str) -> PathBuf {
    crate::tool::root().join("xtask/peers").join(name)
}

/// Invented answers, made once.
pub(super) fn answers(rows: usize) -> Outcome<PathBuf> {
    let file = folder().join(format!("schools-{rows}.csv"));
    if !file.exists() {
        let part = file.with_extension("part");
        finish(Command::new(python()?).arg(script("generate.py")).arg(rows.to_string()).arg(&part))?;
        std::fs::rename(&part, &file)?;
    }
    Ok(file)
}

/// A Python with the peers in it, in a virtual environment.
pub(super) fn python() -> Outcome<PathBuf> {
    let python = folder().join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        finish(Command::new("python3").args(["-m", "venv"]).arg(folder()))?;
    }
    let there =
        Command::new(&python).args(["-c", "import numpy, scipy, polars, duckdb"]).stderr(Stdio::null()).status()?;
    if !there.success() {
        finish(Command::new(&python).args(["-m", "pip", "install", "--quiet", "numpy", "scipy", "polars", "duckdb"]))?;
    }
    Ok(python)
}

/// Runs to the end.
pub(super) fn finish(command: &mut Command) -> Outcome<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}

/// The largest difference between the figures of result files of a task; beyond what is allowed is an error.
pub(super) fn agree(task: &str, first: &Path, others: &[PathBuf]) -> Outcome<f64> {
    let output = Command::new(python()?)
        .arg(script("agree.py"))
        .arg(task)
        .arg(first)
        .args(others)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() { Ok(text.trim().parse()?) } else { Err(format!("{task}: the figures differ").into()) }
}
