//! `cargo xtask peers [ROWS] [ROUNDS]`: the same figures with polars, DuckDB and ours, in turn, as whole processes.
//!
//! Makes a virtual environment and the file in `target/peers`. Not part of the tests.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Measures and prints medians and ratios.
///
/// # Errors
///
/// Python, its packages or a measured command fails; the figures differ.
#[allow(clippy::print_stdout, reason = "the result of the task")]
pub(crate) fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let number = |place: usize, default: usize| args.get(place).map_or(Ok(default), |text| text.parse());
    let (rows, rounds) = (number(0, 1_000_000)?, number(1, 7)?.max(1));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("target/peers");
    let scripts = root.join("xtask/peers");
    let python = environment(&folder)?;
    let file = folder.join(format!("answers-{rows}.csv"));
    let out = |name: &str| folder.join(format!("{name}.csv"));
    if !file.exists() {
        let part = file.with_extension("part");
        finish(Command::new(&python).arg(scripts.join("generate.py")).arg(rows.to_string()).arg(&part))?;
        std::fs::rename(&part, &file)?;
    }
    finish(Command::new("cargo").current_dir(&root).args(["build", "--release", "--quiet", "--package", "bygdepuls"]))?;
    let ours = root.join("target/release").join(format!("bygdepuls{}", std::env::consts::EXE_SUFFIX));
    let script = |name: &str| {
        let mut command = Command::new(&python);
        command.arg(scripts.join(format!("by_{name}.py"))).arg(&file).arg(out(name));
        command
    };
    let estimate = || -> std::io::Result<Command> {
        let mut command = Command::new(&ours);
        command.arg("estimate").arg(&file).args(["--mean", "return_intent", "--weights", "weight"]);
        command.args(["--by", "year,cohort,kommune", "--missing", "9", "--format", "csv"]);
        command.stdout(std::fs::File::create(out("ours"))?);
        Ok(command)
    };
    let mut seconds = [const { Vec::new() }; 3];
    // The first round warms the page cache and is not counted.
    for round in 0..=rounds {
        for (command, seconds) in [script("polars"), script("duckdb"), estimate()?].iter_mut().zip(&mut seconds) {
            let start = Instant::now();
            finish(command.stderr(Stdio::null()))?;
            if round > 0 {
                seconds.push(start.elapsed().as_secs_f64());
            }
        }
    }
    finish(Command::new(&python).arg(scripts.join("agree.py")).args([out("polars"), out("duckdb"), out("ours")]))?;
    let [polars, duckdb, ours] = seconds.map(median);
    println!("{rows} answers, {rounds} rounds, medians of whole processes in seconds");
    for (name, median) in [("polars", polars), ("duckdb", duckdb), ("bygdepuls", ours)] {
        println!("{name:<10} {median:.3}  {:.2} x polars  {:.2} x duckdb", median / polars, median / duckdb);
    }
    Ok(())
}

/// A Python with the peers in it.
pub(crate) fn environment(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        finish(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    }
    let there = Command::new(&python).args(["-c", "import numpy, polars, duckdb"]).stderr(Stdio::null()).status()?;
    if !there.success() {
        finish(Command::new(&python).args(["-m", "pip", "install", "--quiet", "numpy", "polars", "duckdb"]))?;
    }
    Ok(python)
}

pub(crate) fn finish(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}
