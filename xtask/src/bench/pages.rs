//! How fast pages compute.
//!
//! 1. WebAssembly beside native code: the same file in memory, one thread each, in turn.
//! 2. A page in Chromium beside one that reads with d3-dsv: from a click to the figures, in turn.

use super::data::{answers, finish, folder};
use super::{Comparison, Options, Outcome};
use crate::{browser, tool, wasm};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const D3: &str = "d3-dsv@3.0.1";

/// Measures both.
///
/// # Errors
///
/// Something that is needed cannot be had; the figures differ.
pub(super) fn measure(options: &Options, comparisons: &mut Vec<Comparison>) -> Outcome<()> {
    wasm::run()?;
    let file = answers(options.rows.unwrap_or(1_000_000))?;
    // The last is the share under a design of strata and sampling units.
    for statistic in ["mean", "share", "design"] {
        comparisons.push(beside_native(&file, statistic, options.rounds)?);
    }
    comparisons.push(beside_d3(&answers(options.rows.unwrap_or(100_000))?, options.rounds)?);
    Ok(())
}

fn beside_native(file: &Path, statistic: &str, rounds: usize) -> Outcome<Comparison> {
    let outs = ["native", "wasm"].map(|kind| folder().join(format!("{statistic}-{kind}.json")));
    let mut native = tool::cargo(&["bench", "--quiet", "--locked", "--package", "bygdepuls-core"]);
    native.args(["--bench", "stream", "--"]).arg(file).arg(statistic).arg(&outs[0]);
    let mut node = tool::command("node", &["xtask/peers/browser/node.mjs"]);
    node.arg(file).arg(statistic).arg(&outs[1]);
    let mut runners = [Runner::start(native)?, Runner::start(node)?];
    let mut times = [const { Vec::new() }; 2];
    // Two rounds for the compilers of wasm and the caches.
    for round in 0..rounds + 2 {
        for (runner, times) in runners.iter_mut().zip(&mut times) {
            let time = runner.once()?;
            if round >= 2 {
                times.push(time / 1000.0);
            }
        }
    }
    for runner in runners {
        runner.end()?;
    }
    if std::fs::read(&outs[0])? != std::fs::read(&outs[1])? {
        return Err(format!("{statistic}: native and wasm give different bytes").into());
    }
    let [native, ours] = times;
    let what = format!("WebAssembly, one thread, {statistic}");
    Ok(Comparison { what, ours, baselines: vec![("native", native)], goal: 1.6, difference: 0.0 })
}

/// A program that computes once for each line that it is given, and answers with the milliseconds.
struct Runner {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Runner {
    fn start(mut command: Command) -> Outcome<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let ask = child.stdin.take().ok_or("no standard input")?;
        let answer = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        Ok(Self { child, ask, answer })
    }

    fn once(&mut self) -> Outcome<f64> {
        writeln!(self.ask)?;
        let mut line = String::new();
        self.answer.read_line(&mut line)?;
        Ok(line.trim().parse()?)
    }

    fn end(mut self) -> Outcome<()> {
        drop(self.ask);
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(status.to_string().into()) }
    }
}

fn beside_d3(file: &Path, rounds: usize) -> Outcome<Comparison> {
    browser::npm_packages(&tool::root().join("tests/browser"))?;
    let script = folder().join("node_modules/d3-dsv/dist/d3-dsv.min.js");
    if !script.exists() {
        let mut npm = tool::command("npm", &["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]);
        finish(npm.arg("--prefix").arg(folder()).arg(D3))?;
    }
    let mut node = tool::command("node", &["xtask/peers/browser/click.mjs"]);
    node.arg(file).arg(script).arg(rounds.to_string()).env("CHROMIUM", browser::chromium()?).stderr(Stdio::inherit());
    let output = node.output()?;
    if !output.status.success() {
        return Err(output.status.to_string().into());
    }
    let result: Value = serde_json::from_slice(&output.stdout)?;
    let times = |name: &str| {
        let milliseconds = result[name].as_array().into_iter().flatten().filter_map(Value::as_f64);
        milliseconds.map(|time| time / 1000.0).collect::<Vec<_>>()
    };
    let mut difference = 0.0_f64;
    for (what, largest) in result["largest"].as_object().into_iter().flatten() {
        let largest = largest.as_f64().ok_or_else(|| format!("{what}: ours has none"))?;
        if largest > 1e-12 {
            return Err(format!("{what} differs by {largest:e}").into());
        }
        difference = difference.max(largest);
    }
    let what = "Chromium, from click to figures".to_owned();
    Ok(Comparison { what, ours: times("ours"), baselines: vec![("d3-dsv", times("d3"))], goal: 0.5, difference })
}
