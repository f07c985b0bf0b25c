//! `bygdepuls estimate`: any statistic on any CSV file.

use bygdepuls_core::estimate::{BLOCK, Estimate, EstimateProblem, Grouped, Plan, Question};
use bygdepuls_core::export;
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::read::problem::{RECORD_LIMIT, ReadProblem, visible};
use bygdepuls_core::read::{Head, scan};
use bygdepuls_core::text::Lang;
use indicatif::{ProgressBar, ProgressStyle};
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
    if options.format == Format::Csv {
        for column in options.question.by.iter().filter(|column| KEYS.contains(&column.as_str())) {
            problems.push(Problem::error(name, EstimateProblem::NameTaken).column(column));
        }
        if problems.errors() > 0 {
            return Ok(());
        }
    }
    let Some(figures) = figures(name, input, length, &options.question, problems)? else { return Ok(()) };
    if problems.errors() > 0 {
        return Ok(());
    }
    match options.format {
        Format::Table => table(&figures.collect::<Vec<_>>(), options, out),
        Format::Csv => csv(figures, options, out),
        Format::Json => export::estimates::json(figures, problems, options.lang, out),
    }
}

/// The figures; `None` when the file or the question cannot be used at all.
fn figures(
    name: &str,
    mut input: Box<dyn Read + Send>,
    length: Option<u64>,
    question: &Question,
    problems: &mut Problems,
) -> io::Result<Option<impl Iterator<Item = Estimate> + use<>>> {
    let Some((head, rest)) = head(name, &mut *input, problems)? else { return Ok(None) };
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
    let mut states = states.into_iter();
    let mut all = states.next().unwrap_or_else(|| Ok(Grouped::new(&plan)))?;
    for state in states {
        all.merge(state?);
    }
    Ok(Some(all.figures(problems)))
}

/// The head of the file and what was read after it. More than one block is read where the header is that long.
fn head(name: &str, input: &mut dyn Read, problems: &mut Problems) -> io::Result<Option<(Head, Vec<u8>)>> {
    let mut block = Vec::new();
    let mut filled = 0;
    loop {
        block.resize(BLOCK.max(2 * filled), 0);
        filled = fill(input, &mut block, filled)?;
        let whole = filled < block.len();
        if !whole && filled <= RECORD_LIMIT && !block.contains(&b'\n') {
            continue;
        }
        let mut found = Problems::new();
        let head = Head::find(name, &block[..filled], whole, &mut found);
        // Up to its last byte the header may be cut.
        let cut = !whole && head.as_ref().is_none_or(|head| head.start >= filled);
        if cut && filled <= RECORD_LIMIT {
            continue;
        }
        if cut && head.is_some() {
            problems.push(Problem::error(name, ReadProblem::RecordTooLong).line(1));
            return Ok(None);
        }
        found.list().iter().for_each(|problem| problems.push(problem.clone()));
        block.truncate(filled);
        return Ok(head.map(|head| {
            let rest = block.split_off(head.start);
            (head, rest)
        }));
    }
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

/// The keys of the CSV after the `by` columns.
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

fn csv(estimates: impl Iterator<Item = Estimate>, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    write_csv(estimates, options, out).map_err(|error| match error.into_kind() {
        // As it came, so that a reader that stops early is known as such.
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

fn write_csv(estimates: impl Iterator<Item = Estimate>, options: &Options, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(options.question.by.iter().map(String::as_str).chain(KEYS))?;
    let mut text = Vec::new();
    for estimate in estimates {
        let mut number = |writer: &mut csv::Writer<_>, number: Option<f64>| {
            text.clear();
            if let Some(number) = number {
                write!(text, "{number}")?;
            }
            writer.write_field(&text)
        };
        for (_, code) in &estimate.by {
            writer.write_field(code.as_bytes())?;
        }
        for field in [estimate.statistic, &estimate.variable, estimate.value.as_deref().unwrap_or_default()] {
            writer.write_field(field)?;
        }
        let interval = [estimate.se, estimate.ci_lower, estimate.ci_upper, estimate.level];
        for value in [estimate.estimate].into_iter().chain(interval) {
            number(&mut writer, value)?;
        }
        writer.write_field(estimate.ci_method.unwrap_or_default())?;
        number(&mut writer, estimate.df)?;
        writer.write_field(estimate.n.to_string())?;
        number(&mut writer, Some(estimate.sum_of_weights))?;
        writer.write_field(estimate.status)?;
        writer.write_field(estimate.notes.join("; "))?;
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.flush()?)
}

fn table(estimates: &[Estimate], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut head: Vec<String> = options.question.by.iter().map(|name| visible(name).into_owned()).collect();
    head.extend(["n".into(), options.lang.pick("vektsum", "vektsum", "sum of weights").into()]);
    head.push(match estimates.first() {
        Some(Estimate { statistic: "share", variable, value, .. }) => {
            format!(
                "{} {} = {}",
                options.lang.pick("andel", "del", "share"),
                visible(variable),
                visible(value.as_deref().unwrap_or_default())
            )
        }
        _ => {
            format!("{} {}", options.lang.pick("snitt", "snitt", "mean"), visible(options.question.statistic.column()))
        }
    });
    let rows: Vec<Vec<String>> = estimates
        .iter()
        .map(|estimate| {
            let mut row: Vec<String> = estimate.by.iter().map(|(_, code)| visible(code).into_owned()).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use bygdepuls_core::estimate::Statistic;

    fn question() -> Question {
        let statistic = Statistic::Mean { column: "y".into() };
        Question { statistic, weights: Some("w".into()), by: vec!["g".into()], missing: vec![] }
    }

    fn estimated(input: impl Read + Send + 'static) -> (Option<Vec<Estimate>>, Vec<String>) {
        let mut problems = Problems::new();
        let estimates = figures("f", Box::new(input), None, &question(), &mut problems).unwrap();
        let estimates = estimates.map(Iterator::collect);
        let place = |problem: &bygdepuls_core::problem::Problem| {
            let column = problem.column.as_deref().unwrap_or_default();
            format!("{} {column} {}", problem.line.unwrap_or_default(), problem.what.code())
        };
        (estimates, problems.list().iter().map(place).collect())
    }

    #[test]
    fn many_pieces_are_one_file() {
        // 2,400,000 bytes: ten pieces. Each town has the values 0 to 9 equally often, once with a weight that is wrong.
        let record = |number: usize| format!("town {},{},1,\"a\nb\"\n", number % 7, number / 7 % 10);
        let records: String = (0..140_000).map(record).collect();
        let file = format!("g,y,w,t\n{records}");
        assert!(file.len() > 8 * BLOCK);
        let (estimates, problems) = estimated(io::Cursor::new(file.clone()));
        assert_eq!(problems, [] as [&str; 0]);
        let figures: Vec<_> =
            estimates.unwrap().iter().map(|figure| (figure.by[0].1.to_string(), figure.estimate, figure.n)).collect();
        let expected: Vec<_> = (0..7).map(|town| (format!("town {town}"), Some(4.5), 20_000)).collect();
        assert_eq!(figures, expected);

        let file = format!("{file}town 1,2,-1,x\ntown 1,2,1\n");
        assert_eq!(estimated(io::Cursor::new(file)).1, ["280002 w negative-weight", "280003  too-few-fields"]);
    }

    #[test]
    fn a_header_longer_than_a_block() {
        let names: String = (0..40_000).map(|number| format!("column {number},")).collect();
        let file = format!("{names}g,y,w\n{}a,2,1\n{}b,5,1\n", ",".repeat(40_000), ",".repeat(40_000));
        assert!(names.len() > 2 * BLOCK - 100_000);
        let (estimates, problems) = estimated(io::Cursor::new(file));
        assert_eq!(problems, [] as [&str; 0]);
        assert_eq!(estimates.unwrap().iter().map(|figure| figure.estimate).collect::<Vec<_>>(), [Some(2.0), Some(5.0)]);
        let (estimates, problems) = estimated(io::Cursor::new(vec![b'x'; 2 * RECORD_LIMIT]));
        assert_eq!((estimates, problems), (None, vec!["1  field-too-long".to_owned()]));
        let many = io::Cursor::new(b"x,".repeat(RECORD_LIMIT));
        assert_eq!(estimated(many).1, ["1  record-too-long"]);
    }

    #[test]
    fn what_is_in_a_file_does_not_steer_the_terminal() {
        let file = "g,y,w\n\u{1b}[2J,1,1\n";
        let (estimates, _) = estimated(io::Cursor::new(file));
        let options = Options { file: "f".into(), question: question(), format: Format::Table, lang: Lang::En };
        let mut out = Vec::new();
        table(&estimates.unwrap(), &options, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "g          n  sum of weights  mean y\n\\u{1b}[2J  1           1.000  1.0000\n"
        );
    }

    #[test]
    fn a_reader_that_stops_early_is_known_as_such() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let records: String = (0..10_000).map(|number| format!("{number},1,1\n")).collect();
        let estimates = estimated(io::Cursor::new(format!("g,y,w\n{records}"))).0.unwrap();
        let options = Options { file: "f".into(), question: question(), format: Format::Csv, lang: Lang::En };
        assert_eq!(csv(estimates.into_iter(), &options, &mut Closed).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn a_hundred_megabytes_in_one_field_are_refused() {
        /// Counts what is taken from it.
        struct Endless(io::Cursor<&'static [u8]>, std::sync::Arc<std::sync::atomic::AtomicUsize>);
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let start = self.0.read(buffer)?;
                let filled = if start == 0 { io::repeat(b'x').take(1 << 16).read(buffer)? } else { start };
                self.1.fetch_add(filled, std::sync::atomic::Ordering::Relaxed);
                Ok(filled)
            }
        }
        for start in [&b"g,y,w\na,1,1\nb,2,\"x"[..], b"g,y,w\na,1,1\nb,2,x"] {
            let taken = std::sync::Arc::default();
            let (_, problems) = estimated(Endless(io::Cursor::new(start), std::sync::Arc::clone(&taken)));
            assert_eq!(problems, ["3 w field-too-long"]);
            assert!(taken.load(std::sync::atomic::Ordering::Relaxed) < RECORD_LIMIT + 2 * BLOCK);
        }
    }
}
