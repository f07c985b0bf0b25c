//! `cargo xtask pages [ROWS] [ROUNDS]`: how fast pages compute.
//!
//! 1. WebAssembly beside native code: the same file in memory, one thread each, in turn.
//! 2. A page in Chromium beside one that reads with d3-dsv: from a click to the figures, in turn.
//!
//! Makes its files in `target/peers`. Not part of the tests.

use crate::peers::{answers, finish, median};
use crate::{browser, tool, wasm};
use serde_json::Value;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

type Outcome<T> = Result<T, Box<dyn Error>>;

const D3: &str = "d3-dsv@3.0.1";

/// Measures and prints medians and ratios.
///
/// # Errors
///
/// Something that is needed cannot be had; the figures differ.
pub(crate) fn run(args: &[String]) -> Outcome<()> {
    let number = |place: usize, default: usize| args.get(place).map_or(Ok(default), |text| text.parse());
    let (rows, rounds) = (number(0, 100_000)?, number(1, 9)?.max(1));
    let folder = tool::root().join("target/peers");
    wasm::run()?;
    beside_native(&answers(&folder, if args.is_empty() { 1_000_000 } else { rows })?, &folder, rounds)?;
    beside_d3(&answers(&folder, rows)?, &folder, rounds)
}

fn beside_native(file: &Path, folder: &Path, rounds: usize) -> Outcome<()> {
    println!("\none thread, {} in memory, {rounds} rounds, milliseconds", name(file));
    head("by year, cohort, kommune", ["native", "wasm"]);
    // The last is the share under a design of strata and sampling units.
    for statistic in ["mean", "share", "design"] {
        let outs = ["native", "wasm"].map(|kind| folder.join(format!("{statistic}-{kind}.json")));
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
                    times.push(time);
                }
            }
        }
        for runner in runners {
            runner.end()?;
        }
        if std::fs::read(&outs[0])? != std::fs::read(&outs[1])? {
            return Err(format!("{statistic}: native and wasm give different bytes").into());
        }
        line(&format!("{statistic}, the same bytes"), times);
    }
    Ok(())
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

fn beside_d3(file: &Path, folder: &Path, rounds: usize) -> Outcome<()> {
    let root = tool::root();
    browser::npm_packages(&root.join("tests/browser"))?;
    let script = folder.join("node_modules/d3-dsv/dist/d3-dsv.min.js");
    if !script.exists() {
        let mut npm = tool::command("npm", &["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]);
        finish(npm.arg("--prefix").arg(folder).arg(D3))?;
    }
    let mut node = tool::command("node", &["xtask/peers/browser/click.mjs"]);
    node.arg(file).arg(script).arg(rounds.to_string()).env("CHROMIUM", browser::chromium()?).stderr(Stdio::inherit());
    let output = node.output()?;
    if !output.status.success() {
        return Err(output.status.to_string().into());
    }
    let result: Value = serde_json::from_slice(&output.stdout)?;
    let times =
        |name: &str| result[name].as_array().into_iter().flatten().filter_map(Value::as_f64).collect::<Vec<_>>();
    println!("\nChromium, {}, fresh context each, {rounds} rounds, milliseconds", name(file));
    head("from click to figures", ["d3-dsv", "ours"]);
    line("share by year, cohort", ["d3", "ours"].map(times));
    for (what, largest) in result["largest"].as_object().into_iter().flatten() {
        match largest.as_f64() {
            Some(largest) if largest < 1e-12 => println!("{what}: equal to {largest:.0e}"),
            Some(largest) => return Err(format!("{what} differs by {largest:e}").into()),
            None => println!("{what}: ours has none"),
        }
    }
    Ok(())
}

fn head(what: &str, [base, ours]: [&str; 2]) {
    println!("{what:<26} {base:>9} {ours:>9}  ratio   least: {base:>8} {ours:>9}  ratio");
}

/// Medians with their ratio; then the same of the fastest rounds, in which other work on the machine counts least.
fn line(what: &str, times: [Vec<f64>; 2]) {
    let [base_least, least] = times.each_ref().map(|times| times.iter().copied().fold(f64::INFINITY, f64::min));
    let [base, ours] = times.map(|times| median(&times));
    print!("{what:<26} {base:>9.1} {ours:>9.1} {:>6.2}", ours / base);
    println!("           {base_least:>8.1} {least:>9.1} {:>6.2}", least / base_least);
}

fn name(file: &Path) -> String {
    let bytes = std::fs::metadata(file).map_or(0, |data| data.len());
    #[allow(clippy::cast_precision_loss, reason = "rounded to be read")]
    let megabytes = bytes as f64 / 1e6;
    format!("{} ({megabytes:.1} MB)", file.file_stem().unwrap_or_default().to_string_lossy())
}
