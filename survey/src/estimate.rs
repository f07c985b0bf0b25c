//! `bygdepuls estimate`: any statistic on any CSV file.

mod memory;
mod stream;
mod write;

use bygdepuls_core::estimate::{Contrast, Deff, Df, EstimateProblem, Question, Report, Statistic};
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::fs::File;
use std::io::{self, Read, Write};

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
    /// A file of replicates.
    pub(crate) replicates: Option<memory::GivenFile>,
    /// How the answer is written.
    pub(crate) format: Format,
    /// The language of warnings in the JSON and of the table's head.
    pub(crate) lang: Lang,
}

/// From options to figures on standard output, and problems on standard error.
///
/// # Errors
///
/// The file cannot be read, or the output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let given = options;
    let mut options = match parsed(given, lang) {
        Ok(options) => options,
        Err(words) => {
            let _ = writeln!(io::stderr(), "{}: {words}", lang.pick("feil", "feil", "error"));
            return Ok(crate::USAGE);
        }
    };
    let mut problems = Problems::new();
    if let Some(targets) = crate::weight::targets(given, &mut problems)? {
        let Some(targets) = targets else {
            crate::diagnostic::print(&problems, lang);
            return Ok(crate::PROBLEMS);
        };
        options.question.calibration = Some(std::sync::Arc::new(targets));
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = answer(&options, &mut out, &mut problems).and_then(|()| out.flush());
    crate::diagnostic::print(&problems, lang);
    match done {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("{}: {error}", options.file)),
        _ => Ok(if problems.errors() > 0 { crate::PROBLEMS } else { 0 }),
    }
}

/// What the options ask for; an error in words.
fn parsed(options: &ArgMatches, lang: Lang) -> Result<Options, String> {
    let text = |name: &str| options.get_one::<String>(name).map(String::as_str);
    let list = |name: &str| options.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    let level = text("level").unwrap_or("0.95").parse().ok().and_then(Level::new).ok_or_else(|| {
        let words = lang.pick(
            "--level er et tall mellom 0 og 1, med høyst seks desimaler",
            "--level er eit tal mellom 0 og 1, med høgst seks desimalar",
            "--level is a number between 0 and 1 with at most six decimals",
        );
        words.to_owned()
    })?;
    let contrasts = list("contrast").into_iter().map(|text| {
        Contrast::parse(&text).ok_or_else(|| {
            let words = lang.pick(
                "--contrast skrives KOLONNE:A-B",
                "--contrast blir skrive KOLONNE:A-B",
                "--contrast is written COLUMN:A-B",
            );
            format!("{words}: {text}")
        })
    });
    let report = Report {
        level,
        interval: memory::interval(options, lang)?,
        df: Df::parse(text("df").unwrap_or("design")).ok_or_else(|| {
            let words = lang.pick(
                "--df er design, domain eller et tall over 0",
                "--df er design, domain eller eit tal over 0",
                "--df is design, domain or a number above 0",
            );
            words.to_owned()
        })?,
        deff: text("deff").map(|kind| match kind {
            "replace" => Deff::WithReplacement,
            _ => Deff::WithoutReplacement,
        }),
        covariance: options.get_flag("covariance"),
        contrasts: contrasts.collect::<Result<_, _>>()?,
    };
    let in_memory = memory::statistics(options, lang)?;
    let (replication, replicates) = memory::replication(options, lang)?;
    let mut question = Question {
        statistics: match in_memory {
            Some(statistics) => statistics,
            None => statistics(options, lang)?,
        },
        replication,
        calibration: None,
        design: crate::design::question(options),
        domain: crate::design::domain(options, lang)?,
        by: list("by"),
        missing: crate::design::missing(options),
        report,
        ..Question::default()
    };
    match text("person") {
        // Replicates of a file are of sampling units.
        Some(person) if replicates.is_some() && question.design.psu.is_empty() => {
            question.design.psu.push(person.to_owned());
        }
        Some(person) => question.link(person),
        None => {}
    }
    let format = match text("format") {
        Some("csv") => Format::Csv,
        Some("json") => Format::Json,
        _ => Format::Table,
    };
    Ok(Options { file: text("file").unwrap_or_default().into(), question, replicates, format, lang })
}

/// The statistics asked for.
fn statistics(options: &ArgMatches, lang: Lang) -> Result<Vec<Statistic>, String> {
    let list = |name: &str| options.get_many::<String>(name).into_iter().flatten().cloned();
    if let Some(share) = options.get_one::<String>("share") {
        return Ok(vec![Statistic::share(share)]);
    }
    if let Some(count) = options.get_one::<String>("count") {
        return Ok(vec![Statistic::count(count)]);
    }
    if let Some(ratio) = options.get_one::<String>("ratio") {
        return Statistic::ratio(ratio).map(|ratio| vec![ratio]).ok_or_else(|| {
            let words = lang.pick("--ratio skrives Y/X", "--ratio blir skrive Y/X", "--ratio is written Y/X");
            format!("{words}: {ratio}")
        });
    }
    let means = list("mean").map(|column| Statistic::Mean { column });
    Ok(means.chain(list("total").map(|column| Statistic::Total { column })).collect())
}

/// Reads the file, computes, writes the figures to `out`. Problems, warnings included, are added to `problems`; with an
/// error among them nothing is written.
fn answer(options: &Options, out: &mut dyn Write, problems: &mut Problems) -> io::Result<()> {
    let (input, length): (Box<dyn Read + Send>, _) = if options.file == "-" {
        (Box::new(io::stdin()), None)
    } else {
        let file = File::open(&options.file)?;
        let length = file.metadata()?.len();
        (Box::new(file), Some(length))
    };
    let name = if options.file == "-" { "<stdin>" } else { &options.file };
    if options.format == Format::Csv {
        for column in options.question.by.iter().filter(|column| write::keys(options).any(|key| key == *column)) {
            problems.push(Problem::error(name, EstimateProblem::NameTaken).column(column));
        }
        if problems.errors() > 0 {
            return Ok(());
        }
    }
    let mut question = options.question.clone();
    if let Some(file) = &options.replicates {
        question.replication = file.read(&question.design, problems)?;
        if problems.errors() > 0 {
            return Ok(());
        }
    }
    if question.needs_memory() {
        return match memory::figures(name, input, &question, problems)? {
            Some(answer) if problems.errors() == 0 => write::figures(&answer, options, problems, out),
            _ => Ok(()),
        };
    }
    match stream::figures(name, input, length, &question, problems)? {
        Some(figures) if problems.errors() == 0 => write::figures(&figures, options, problems, out),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bygdepuls_core::design::DesignQuestion;
    use bygdepuls_core::estimate::{BLOCK, Estimate, Statistic};
    use bygdepuls_core::read::problem::RECORD_LIMIT;

    fn question() -> Question {
        Question {
            statistics: vec![Statistic::Mean { column: "y".into() }],
            design: DesignQuestion { weights: Some("w".into()), ..DesignQuestion::default() },
            by: vec!["g".into()],
            ..Question::default()
        }
    }

    fn options(format: Format) -> Options {
        Options { file: "f".into(), question: question(), replicates: None, format, lang: Lang::En }
    }

    fn estimated(input: impl Read + Send + 'static) -> (Option<Vec<Estimate>>, Vec<String>) {
        let mut problems = Problems::new();
        let figures = stream::figures("f", Box::new(input), None, &question(), &mut problems).unwrap();
        let estimates = figures.map(|figures| figures.iter().collect());
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
        let figures = stream::figures("f", Box::new(io::Cursor::new(file)), None, &question(), &mut Problems::new());
        let mut out = Vec::new();
        write::figures(&figures.unwrap().unwrap(), &options(Format::Table), &Problems::new(), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "g          n  mean y  se  95 %\n\\u{1b}[2J  1  1.0000   –     –\n* one sampling unit: the standard error is unknown\n"
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
        let input = io::Cursor::new(format!("g,y,w\n{records}"));
        let figures = stream::figures("f", Box::new(input), None, &question(), &mut Problems::new()).unwrap().unwrap();
        for format in [Format::Csv, Format::Json] {
            let written = write::figures(&figures, &options(format), &Problems::new(), &mut Closed);
            assert_eq!(written.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        }
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
