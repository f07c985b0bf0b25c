//! `cargo xtask peers [ROWS] [ROUNDS]`: the same figures with polars, DuckDB and ours, in turn, as whole processes.
//!
//! W1 is a share with the standard error of a stratified sample of schools, by three columns, once with the interval of t
//! and once with Korn and Graubard's, which the peers do not compute; W2 a share with 500 bootstrap replicates by two; W3
//! a weighted mean by three. All runs of a round follow each other, so that what else the machine does is shared by all.
//!
//! Makes a virtual environment and the file in `target/peers`. Not part of the tests.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Ours, by task: name and options.
const OURS: [(&str, &str, &str); 4] = [
    (
        "W1",
        "ours, t",
        "--share return_intent=4,5 --strata year:stratum --psu school --nest --by year,cohort,kommune --ci t",
    ),
    ("W1", "ours", "--share return_intent=4,5 --strata year:stratum --psu school --nest --by year,cohort,kommune"),
    (
        "W2",
        "ours",
        "--share return_intent=4,5 --strata year:stratum --psu school --nest --by year,cohort --make-replicates bootstrap=500",
    ),
    ("W3", "ours", "--mean return_intent --by year,cohort,kommune"),
];
/// The peers, by task; the first is what ours must agree with.
const PEERS: [(&str, &str); 5] =
    [("W1", "polars"), ("W1", "duckdb"), ("W2", "polars"), ("W3", "polars"), ("W3", "duckdb")];

/// One command of a round, and what its runs took.
struct Run {
    task: &'static str,
    name: &'static str,
    command: Command,
    out: PathBuf,
    wall: Vec<f64>,
    cpu: Vec<f64>,
}

/// Measures and prints medians, minima and ratios.
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
    let file = answers(&folder, rows)?;
    finish(Command::new("cargo").current_dir(&root).args(["build", "--release", "--quiet", "--package", "bygdepuls"]))?;
    let ours = root.join("target/release").join(format!("bygdepuls{}", std::env::consts::EXE_SUFFIX));
    let help = Command::new(&ours).args(["estimate", "--help"]).output()?;
    let replicates = String::from_utf8_lossy(&help.stdout).contains("--make-replicates");

    let mut runs = Vec::new();
    for (task, name) in PEERS {
        let out = folder.join(format!("{task}-{name}.csv"));
        let mut command = Command::new(&python);
        command.arg(scripts.join(format!("{}_{name}.py", task.to_lowercase()))).arg(&file).arg(&out);
        runs.push(Run { task, name, command, out, wall: Vec::new(), cpu: Vec::new() });
    }
    for (task, name, options) in OURS.into_iter().filter(|(task, ..)| replicates || *task != "W2") {
        let out = folder.join(format!("{task}-{}.csv", name.replace(", ", "-")));
        let mut command = Command::new(&ours);
        command.arg("estimate").arg(&file).args(options.split(' '));
        command.args(["--weights", "weight", "--missing", "9", "--format", "csv"]);
        runs.push(Run { task, name, command, out, wall: Vec::new(), cpu: Vec::new() });
    }
    if !replicates {
        println!("W2 is left out for ours: it has no --make-replicates");
    }
    runs.sort_by_key(|run| run.task);
    // The first round warms the page cache and is not counted.
    for round in 0..=rounds {
        for run in &mut runs {
            if run.name.starts_with("ours") {
                run.command.stdout(std::fs::File::create(&run.out)?);
            }
            let (start, cpu) = (Instant::now(), cpu_of_children());
            finish(run.command.stderr(Stdio::null()))?;
            if round > 0 {
                run.wall.push(start.elapsed().as_secs_f64());
                run.cpu.extend(cpu_of_children().zip(cpu).map(|(after, before)| after - before));
            }
        }
    }
    for same in runs.chunk_by(|a, b| a.task == b.task) {
        let outs = same.iter().map(|run| &run.out);
        finish(Command::new(&python).arg(scripts.join("agree.py")).arg(same[0].task).args(outs))?;
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("{rows} answers, {rounds} rounds, whole processes, seconds; load {}", load.trim());
    println!("{:<4}{:<10}{:>8}{:>8}{:>8}  of each peer's median (minimum)", "", "", "median", "least", "cpu");
    for same in runs.chunk_by(|a, b| a.task == b.task) {
        for run in same {
            let cpu = if run.cpu.is_empty() { "–".to_owned() } else { format!("{:.2}", median(&run.cpu)) };
            print!("{:<4}{:<10}{:>8.3}{:>8.3}{cpu:>8}", run.task, run.name, median(&run.wall), least(&run.wall));
            for peer in same.iter().filter(|peer| !peer.name.starts_with("ours") && run.name.starts_with("ours")) {
                let ratio = |of: fn(&[f64]) -> f64| of(&run.wall) / of(&peer.wall);
                print!("  {:.2} ({:.2}) x {}", ratio(median), ratio(least), peer.name);
            }
            println!();
        }
    }
    Ok(())
}

/// Processor seconds of all processes that have ended, on Linux, in hundredths.
fn cpu_of_children() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in brackets the fields are numbered from 3 on; 16 and 17 are those of children.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place - 3)?.parse::<f64>().ok();
    Some((ticks(16)? + ticks(17)?) / 100.0)
}

/// Invented answers, made once.
pub(crate) fn answers(folder: &Path, rows: usize) -> Result<PathBuf, Box<dyn Error>> {
    let file = folder.join(format!("schools-{rows}.csv"));
    if !file.exists() {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/generate.py");
        let part = file.with_extension("part");
        finish(Command::new(environment(folder)?).arg(script).arg(rows.to_string()).arg(&part))?;
        std::fs::rename(&part, &file)?;
    }
    Ok(file)
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

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}
