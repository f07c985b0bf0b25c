//! The same figures with polars, DuckDB and ours, as whole processes.
//!
//! W1 is a share with the standard error of a stratified sample of schools, by three columns, once with the interval of t
//! and once with Korn and Graubard's, which the peers do not compute; W2 a share with 500 bootstrap replicates by two; W3
//! a weighted mean by three.

use super::data::{agree, answers, finish, folder, python, script};
use super::{Comparison, Options, Outcome, median, survey_r};
use crate::tool;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

struct Task {
    name: &'static str,
    what: &'static str,
    goal: f64,
    peers: &'static [&'static str],
    options: &'static str,
}

const TASKS: [Task; 4] = [
    Task {
        name: "W1",
        what: "W1 design, interval of t",
        goal: 0.25,
        peers: &["polars", "duckdb"],
        options: "--share return_intent=4,5 --strata year:stratum --psu school --nest --by year,cohort,kommune --ci t",
    },
    Task {
        name: "W1",
        what: "W1 design, the default interval",
        goal: 0.25,
        peers: &["polars", "duckdb"],
        options: "--share return_intent=4,5 --strata year:stratum --psu school --nest --by year,cohort,kommune",
    },
    Task {
        name: "W2",
        what: "W2 500 bootstrap replicates",
        goal: 0.2,
        peers: &["polars"],
        options: "--share return_intent=4,5 --strata year:stratum --psu school --nest --by year,cohort --make-replicates bootstrap=500",
    },
    Task {
        name: "W3",
        what: "W3 weighted mean",
        goal: 0.25,
        peers: &["polars", "duckdb"],
        options: "--mean return_intent --by year,cohort,kommune",
    },
];

/// Peers draw their own replicates; these are theirs, given to ours.
const SHARED: &str = "--share return_intent=4,5 --strata year:stratum --psu school --nest --by year,cohort \
                      --method bootstrap --scale 0.002 --mse";

/// One command, and what its runs took.
struct Run {
    name: &'static str,
    command: Command,
    out: PathBuf,
    times: Vec<Measured>,
}

/// What a process took, in seconds; of the processor user and system, where that is known.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    pub(super) wall: f64,
    pub(super) cpu: Option<f64>,
}

/// Measures all tasks.
///
/// # Errors
///
/// Python, its packages or a measured command fails; the figures differ.
pub(super) fn measure(options: &Options, comparisons: &mut Vec<Comparison>, remarks: &mut Vec<String>) -> Outcome<()> {
    let file = answers(options.rows.unwrap_or(1_000_000))?;
    finish(&mut tool::cargo(&["build", "--release", "--quiet", "--locked", "--package", "bygdepuls"]))?;
    let python = python()?;
    let mut peers: Vec<(&str, Run)> = Vec::new();
    for task in &TASKS {
        for name in task.peers {
            if !peers.iter().any(|(of, run)| *of == task.name && run.name == *name) {
                peers.push((task.name, peer(&python, task.name, name, &file)));
            }
        }
    }
    let mut ours: Vec<Run> = TASKS.iter().map(|task| own(task.options, task.what, &file)).collect();
    // The first round warms the page cache and is not counted.
    for round in 0..=options.rounds {
        for run in peers.iter_mut().map(|(_, run)| run).chain(&mut ours) {
            let measured = run.once()?;
            if round > 0 {
                run.times.push(measured);
            }
        }
    }
    for (task, run) in TASKS.iter().zip(&ours) {
        let peers: Vec<&Run> = peers.iter().filter(|(of, _)| *of == task.name).map(|(_, run)| run).collect();
        let outs: Vec<PathBuf> = peers.iter().map(|run| run.out.clone()).collect();
        let mut difference = agree(task.name, &run.out, &outs)?;
        if task.name == "W2" {
            difference = difference.max(with_shared_replicates(&python, &file)?);
        }
        comparisons.push(Comparison {
            what: task.what.to_owned(),
            ours: run.walls(),
            baselines: peers.iter().map(|run| (run.name, run.walls())).collect(),
            goal: task.goal,
            difference,
        });
    }
    remarks.push(processor(options, &file, &ours[0], &peers)?);
    Ok(())
}

/// The processor's part of W1, with R's beside it.
fn processor(options: &Options, file: &Path, ours: &Run, peers: &[(&str, Run)]) -> Outcome<String> {
    let Some(own) = ours.cpu() else { return Ok("processor seconds: known on Linux only".to_owned()) };
    let mut text = format!("processor seconds of {}, user and system: ours {own:.2}", ours.name);
    for (_, run) in peers.iter().filter(|(task, _)| *task == "W1") {
        text += &format!(", {} {:.2}", run.name, run.cpu().unwrap_or(f64::NAN));
    }
    let r = if options.with_r { survey_r::w1(file, &ours.out)? } else { None };
    Ok(match r {
        Some((Measured { cpu: Some(cpu), .. }, difference)) => {
            let times = cpu / own;
            format!("{text}, R survey {cpu:.1}: {times:.0} times ours (goal 1000), largest difference {difference:.0e}")
        }
        _ if options.with_r => format!("{text}; R survey not measured: no Rscript with package survey"),
        _ => format!("{text}; R survey not measured: --with-r"),
    })
}

fn peer(python: &Path, task: &str, name: &'static str, file: &Path) -> Run {
    let out = folder().join(format!("{task}-{name}.csv"));
    let mut command = Command::new(python);
    command.arg(script(&format!("{}_{name}.py", task.to_lowercase()))).arg(file).arg(&out);
    Run { name, command, out, times: Vec::new() }
}

fn own(options: &str, name: &'static str, file: &Path) -> Run {
    let out = folder().join(format!("{}.csv", name.replace([',', ' '], "-")));
    let mut command = Command::new(tool::built("bygdepuls"));
    command.arg("estimate").arg(file).args(options.split_whitespace());
    command.args(["--weights", "weight", "--missing", "9", "--format", "csv"]);
    Run { name, command, out, times: Vec::new() }
}

/// How far standard errors differ when both have the peer's replicates.
fn with_shared_replicates(python: &Path, file: &Path) -> Outcome<f64> {
    let multipliers = folder().join("multipliers.csv");
    let mut theirs = peer(python, "W2", "polars", file);
    theirs.command.arg(&multipliers);
    theirs.once()?;
    let mut ours = own(SHARED, "W2 shared", file);
    ours.command.arg("--replicates").arg(&multipliers);
    ours.once()?;
    agree("W2-shared", &ours.out, &[theirs.out])
}

impl Run {
    fn once(&mut self) -> Outcome<Measured> {
        // The peers write to a file of this name themselves and print nothing.
        let printed = if self.command.get_program() == tool::built("bygdepuls") {
            Stdio::from(std::fs::File::create(&self.out)?)
        } else {
            Stdio::null()
        };
        measured(self.command.stdout(printed).stderr(Stdio::null()))
    }

    fn walls(&self) -> Vec<f64> {
        self.times.iter().map(|time| time.wall).collect()
    }

    fn cpu(&self) -> Option<f64> {
        let seconds: Option<Vec<f64>> = self.times.iter().map(|time| time.cpu).collect();
        seconds.map(|seconds| median(&seconds))
    }
}

/// Runs to the end and says what that took.
pub(super) fn measured(command: &mut Command) -> Outcome<Measured> {
    let (start, before) = (Instant::now(), cpu_of_children());
    finish(command)?;
    let wall = start.elapsed().as_secs_f64();
    Ok(Measured { wall, cpu: cpu_of_children().zip(before).map(|(after, before)| after - before) })
}

/// Processor seconds of all processes that have ended, on Linux, in hundredths.
fn cpu_of_children() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in brackets the fields are numbered from 3 on; 16 and 17 are those of children.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place - 3)?.parse::<f64>().ok();
    Some((ticks(16)? + ticks(17)?) / 100.0)
}
