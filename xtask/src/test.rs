//! `cargo xtask test`: everything, with what is missing installed first.
//!
//! Steps run one after another and stop at the first that fails. The last lines are the test runners' own.

use crate::{browser, size, tool, wasm};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a step does: the runners' summary lines, or why it failed.
type Summary = Result<Vec<String>, String>;

/// A step's name and work.
type Step = (&'static str, fn() -> Summary);

/// The tests of `bygdepuls-core` that compare with `tests/reference/survey`.
const CASES: [&str; 7] =
    ["interval", "interval_finite", "tables", "weights", "small_area", "survey_reference", "design_tests"];

/// In the order of what fails soonest.
const STEPS: [Step; 11] = [
    ("format", || quiet("rustfmt", tool::cargo(&["fmt", "--all", "--check"]))),
    ("spelling", || if tool::exists("typos") { shown(tool::command("typos", &[])) } else { skipped("typos") }),
    ("lints", lints),
    ("tests", || shown(tool::cargo(&["test", "--locked", "--quiet"]))),
    ("tests of xtask", || shown(tool::cargo(&["test", "--locked", "--quiet", "--package", "xtask"]))),
    ("reference", reference),
    ("reference cases", reference_cases),
    ("docs", docs),
    ("wasm", || wasm::run().map(|()| vec![])),
    ("size", || size::run().map(|()| vec![])),
    ("browser", browser::run),
];

/// Runs all steps, or those whose names are given.
pub(crate) fn run(names: &[String]) -> Result<(), String> {
    if let Some(name) = names.iter().find(|name| STEPS.iter().all(|(step, _)| step != name)) {
        let known: Vec<&str> = STEPS.iter().map(|(step, _)| *step).collect();
        return Err(format!("there is no step `{name}`; the steps are: {}", known.join(", ")));
    }
    let start = Instant::now();
    let mut summaries = Vec::new();
    let mut times = Vec::new();
    for (name, work) in STEPS.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|wanted| wanted == name)) {
        println!("\n== {name}");
        let begin = Instant::now();
        let outcome = work();
        let seconds = begin.elapsed().as_secs_f64();
        times.push(format!("{name} {seconds:.1} s"));
        match outcome {
            Ok(lines) => summaries.extend(lines.into_iter().map(|line| format!("{name:<15} {line}"))),
            Err(reason) => return Err(format!("step `{name}` failed after {seconds:.1} s: {reason}")),
        }
    }
    println!("\n== all steps passed in {:.0} s: {}", start.elapsed().as_secs_f64(), times.join(", "));
    for line in summaries {
        println!("{line}");
    }
    Ok(())
}

/// The whole workspace, and the feature sets that it does not build by itself.
fn lints() -> Summary {
    let workspace = ["--workspace", "--all-targets"];
    let core_of_a_widget = ["--package", "bygdepuls-core", "--no-default-features"];
    let estimates_in_a_page = ["--package", "bygdepuls-wasm", "--no-default-features", "--features=compute"];
    let projects_in_a_page = ["--package", "bygdepuls-wasm", "--no-default-features", "--features=project"];
    let workbench = ["--package", "bygdepuls-wasm", "--no-default-features", "--features=workbench"];
    let mut summary = Vec::new();
    for selection in [&workspace[..], &core_of_a_widget, &estimates_in_a_page, &projects_in_a_page, &workbench] {
        let mut clippy = tool::cargo(&["clippy", "--quiet", "--locked"]);
        clippy.args(selection).args(["--", "-D", "warnings"]);
        summary = quiet("clippy-driver", clippy)?;
    }
    Ok(summary)
}

/// The expected figures follow from the example's files by a program of its own.
fn reference() -> Summary {
    if !tool::exists("python3") {
        return skipped("python3");
    }
    shown(tool::command("python3", &["tests/reference/recompute.py", "--check"]))
}

/// The tests that hold the reference cases, with their tables shown: each case must be named in one.
fn reference_cases() -> Summary {
    let folder = tool::root().join("tests/reference/survey");
    let mut ids = BTreeSet::new();
    for entry in std::fs::read_dir(&folder).map_err(|error| error.to_string())?.flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(entry.path()).map_err(|error| error.to_string())?;
            let suite: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            let cases = suite["cases"].as_array().into_iter().flatten();
            ids.extend(cases.filter_map(|case| case["id"].as_str()).map(str::to_owned));
        }
    }
    let all = ids.len();
    let mut cargo = tool::cargo(&["test", "--locked", "--quiet", "--package", "bygdepuls-core"]);
    for test in CASES {
        cargo.args(["--test", test]);
    }
    // One thread, so that the tables are not mixed.
    cargo.args(["--", "--nocapture", "--test-threads=1"]);
    let mut summary = watched(cargo, |line| {
        for word in line.split_whitespace() {
            ids.remove(word.trim_start_matches('.'));
        }
    })?;
    if !ids.is_empty() {
        return Err(format!("reference cases that no test names: {ids:?}"));
    }
    summary.push(format!("{all} of {all} reference cases named and within their tolerance"));
    Ok(summary)
}

fn docs() -> Summary {
    let mut cargo = tool::cargo(&["doc", "--quiet", "--locked", "--no-deps", "--workspace", "--exclude", "xtask"]);
    cargo.env("RUSTDOCFLAGS", "-D warnings");
    shown(cargo)
}

/// A check that needs a part of the toolchain; that part is asked of rustup when it is missing.
fn quiet(needs: &str, command: Command) -> Summary {
    if !tool::exists(needs) {
        let component = if needs == "clippy-driver" { "clippy" } else { needs };
        if !tool::exists("rustup") || tool::run(tool::command("rustup", &["component", "add", component])).is_err() {
            return skipped(needs);
        }
    }
    shown(command)
}

fn skipped(needs: &str) -> Summary {
    println!("skipped: {needs} is not installed");
    Ok(vec![format!("skipped: {needs} is not installed")])
}

/// Runs to the end with output shown, and keeps the lines in which a test runner sums up.
pub(crate) fn shown(command: Command) -> Summary {
    watched(command, |_| {})
}

/// As [`shown`], with each line handed to `see`.
fn watched(mut command: Command, mut see: impl FnMut(&str)) -> Summary {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("{command:?}: {error}"))?;
    let mut summary = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            see(&line);
            // cargo test; node --test (the sign in front depends on its reporter).
            let words = line.trim_start_matches(['ℹ', '#', ' ']);
            let node = words.len() < line.len()
                && ["tests ", "pass ", "fail ", "duration_ms "].iter().any(|start| words.starts_with(start));
            if line.starts_with("test result:") || node {
                summary.push(words.to_string());
            }
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if status.success() { Ok(summary) } else { Err(status.to_string()) }
}
