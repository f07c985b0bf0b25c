//! `bygdepuls estimate`: any statistic on any CSV file.

use bygdepuls_core::estimate::{Estimate, Grouped, Plan, Question};
use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::read::problem::RECORD_LIMIT;
use bygdepuls_core::read::{Head, scan};
use bygdepuls_core::text::Lang;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How the figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Aligned columns, rounded, for people.
    Table,
    /// The `by` columns under their own names, then the keys of the JSON, in full precision.
    Csv,
    /// `{"cells": […], "warnings": […]}`, in full precision.
    Json,
}

/// What to do.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The file; `-` is standard input.
    pub(crate) file: String,
    /// What is asked of it.
    pub(crate) question: Question,
    /// How the answer is written.
    pub(crate) format: Format,
    /// The language of warnings in the JSON and of the table's head.
    pub(crate) lang: Lang,
}

/// Bytes read at once. Two threads with a block each stay within the cache.
const BLOCK: usize = 1 << 20;

/// Reads the file, computes, writes the figures to `out`. Problems, warnings included, are added to `problems`; with an
/// error among them nothing is written.
///
/// # Errors
///
/// The file cannot be read, or the output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write, problems: &mut Problems) -> io::Result<()> {
    let (input, length): (Box<dyn Read + Send>, _) = if options.file == "-" {
        (Box::new(io::stdin()), None)
    } else {
        let file = File::open(&options.file)?;
        let length = file.metadata()?.len();
        (Box::new(file), Some(length))
    };
    let name = if options.file == "-" { "<stdin>" } else { &options.file };
    let Some(estimates) = estimates(name, input, length, &options.question, problems)? else { return Ok(()) };
    if problems.errors() > 0 {
        return Ok(());
    }
    match options.format {
        Format::Table => table(&estimates, options, out),
        Format::Csv => csv(&estimates, options, out),
        Format::Json => {
            let warnings = problems.list().iter().filter(|problem| problem.severity == Severity::Warning);
            let warnings: Vec<_> = warnings.map(|problem| problem.what.message(options.lang)).collect();
            serde_json::to_writer(&mut *out, &json!({ "cells": estimates, "warnings": warnings }))?;
            writeln!(out)
        }
    }
}

/// The figures; `None` when the file or the question cannot be used at all.
fn estimates(
    name: &str,
    mut input: Box<dyn Read + Send>,
    length: Option<u64>,
    question: &Question,
    problems: &mut Problems,
) -> io::Result<Option<Vec<Estimate>>> {
    let mut block = vec![0; BLOCK];
    let filled = fill(&mut *input, &mut block, 0)?;
    let whole = filled < block.len();
    block.truncate(filled);
    let Some(head) = Head::find(name, &block, whole, problems) else { return Ok(None) };
    let rest = block[head.start..].to_vec();
    let Some(plan) = Plan::new(name, head, question, problems) else { return Ok(None) };
    let pieces =
        Mutex::new(Pieces { input, rest, number: 0, ended: false, delimiter: plan.delimiter(), bar: bar(length) });
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let states = std::thread::scope(|scope| {
        let work = || work(&pieces, &plan);
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut states = vec![work()];
        states.extend(
            others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
        );
        states
    });
    lock(&pieces).bar.finish_and_clear();
    let mut all = Grouped::new(&plan);
    for state in states {
        all.merge(state?);
    }
    Ok(Some(all.finish(problems)))
}

/// Takes pieces until there are no more.
fn work<'a>(pieces: &Mutex<Pieces>, plan: &'a Plan) -> io::Result<Grouped<'a>> {
    let mut grouped = Grouped::new(plan);
    let mut buffer = Vec::new();
    loop {
        // The lock is held while a piece is read and cut, not while it is scanned.
        let piece = lock(pieces).next(&mut buffer)?;
        match piece {
            None => return Ok(grouped),
            Some(Piece { number, length, end: End::Whole { last } }) => grouped.piece(number, &buffer[..length], last),
            Some(Piece { number, length, end: End::TooLong }) => grouped.too_long(number, &buffer[..length]),
        }
    }
}

fn lock(pieces: &Mutex<Pieces>) -> MutexGuard<'_, Pieces> {
    pieces.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file, cut into pieces of whole records.
struct Pieces {
    input: Box<dyn Read + Send>,
    /// What was read after the last whole record.
    rest: Vec<u8>,
    number: u64,
    ended: bool,
    delimiter: u8,
    bar: ProgressBar,
}

/// One of them, in the buffer that was given.
struct Piece {
    number: u64,
    length: usize,
    end: End,
}

enum End {
    /// Whole records; `last` when the file ends with them.
    Whole { last: bool },
    /// The beginning of a record beyond the limit.
    TooLong,
}

impl Pieces {
    fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Piece>> {
        if self.ended {
            return Ok(None);
        }
        let mut target = BLOCK.max(self.rest.len());
        if buffer.len() < target {
            buffer.resize(target, 0);
        }
        let mut filled = self.rest.len();
        buffer[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        let (length, end) = loop {
            let more = fill(&mut *self.input, &mut buffer[..target], filled)?;
            self.bar.inc((more - filled) as u64);
            filled = more;
            if filled < target {
                self.ended = true;
                break (filled, End::Whole { last: true });
            }
            if let Some(length) = scan::cut(&buffer[..filled], self.delimiter) {
                break (length, End::Whole { last: false });
            }
            if filled > RECORD_LIMIT {
                self.ended = true;
                break (filled, End::TooLong);
            }
            target += BLOCK;
            buffer.resize(target.max(buffer.len()), 0);
        };
        self.rest.extend_from_slice(&buffer[length..filled]);
        self.number += 1;
        Ok(Some(Piece { number: self.number, length, end }))
    }
}

/// Reads until the buffer is full or the input ends; gives where it is filled to.
fn fill(input: &mut dyn Read, buffer: &mut [u8], mut filled: usize) -> io::Result<usize> {
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Progress on a terminal, for files that take longer than a moment.
fn bar(length: Option<u64>) -> ProgressBar {
    const LONG: u64 = 200 << 20;
    match length {
        Some(length) if length > LONG && io::stderr().is_terminal() => {
            let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
            ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        }
        _ => ProgressBar::hidden(),
    }
}

/// The keys of the CSV after the `by` columns, and the values under them.
const KEYS: [&str; 14] = [
    "statistic",
    "variable",
    "value",
    "estimate",
    "se",
    "ci_lower",
    "ci_upper",
    "level",
    "ci_method",
    "df",
    "n",
    "sum_of_weights",
    "status",
    "notes",
];

fn values(estimate: &Estimate) -> [String; 14] {
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    [
        estimate.statistic.into(),
        estimate.variable.clone(),
        estimate.value.clone().unwrap_or_default(),
        number(estimate.estimate),
        number(estimate.se),
        number(estimate.ci_lower),
        number(estimate.ci_upper),
        number(estimate.level),
        estimate.ci_method.unwrap_or_default().into(),
        number(estimate.df),
        estimate.n.to_string(),
        number(Some(estimate.sum_of_weights)),
        estimate.status.into(),
        estimate.notes.join("; "),
    ]
}

fn csv(estimates: &[Estimate], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(options.question.by.iter().map(String::as_str).chain(KEYS))?;
    for estimate in estimates {
        let by = estimate.by.iter().map(|(_, code)| code.as_str());
        let values = values(estimate);
        writer.write_record(by.chain(values.iter().map(String::as_str)))?;
    }
    writer.flush()
}

fn table(estimates: &[Estimate], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut head: Vec<String> = options.question.by.clone();
    head.extend(["n".into(), options.lang.pick("vektsum", "vektsum", "sum of weights").into()]);
    head.push(match estimates.first() {
        Some(Estimate { statistic: "share", variable, value, .. }) => {
            format!(
                "{} {variable} = {}",
                options.lang.pick("andel", "del", "share"),
                value.as_deref().unwrap_or_default()
            )
        }
        _ => format!("{} {}", options.lang.pick("snitt", "snitt", "mean"), options.question.statistic.column()),
    });
    let rows: Vec<Vec<String>> = estimates
        .iter()
        .map(|estimate| {
            let mut row: Vec<String> = estimate.by.iter().map(|(_, code)| code.clone()).collect();
            row.extend([estimate.n.to_string(), format!("{:.3}", estimate.sum_of_weights)]);
            row.push(estimate.estimate.map_or_else(|| "–".into(), |estimate| format!("{estimate:.4}")));
            row
        })
        .collect();
    let by = options.question.by.len();
    let width = |column: usize| {
        let cells = rows.iter().chain([&head]).map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    for row in [&head].into_iter().chain(&rows) {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column < by { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
