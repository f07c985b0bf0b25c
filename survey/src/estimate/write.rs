//! Figures as a table for people, as CSV and as JSON.

use super::{Format, Options};
use crate::columns::columns;
use crate::cores;
use bygdepuls_core::estimate::{Estimate, Note, Statistic};
use bygdepuls_core::export::estimates::{self, Answers};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::problem::visible;
use std::io::{self, Write};
use std::ops::Range;

/// Figures that are held at once.
const BATCH: usize = 1 << 14;

/// Writes all of them.
pub(super) fn figures(
    figures: &impl Answers,
    options: &Options,
    problems: &Problems,
    out: &mut dyn Write,
) -> io::Result<()> {
    match options.format {
        Format::Table => {
            table(&(0..figures.count()).map(|number| figures.figure(number)).collect::<Vec<_>>(), options, out)
        }
        Format::Csv => {
            let extra = Extra::of(options);
            let mut head = csv::Writer::from_writer(Vec::new());
            head.write_record(options.question.by.iter().map(String::as_str).chain(keys(options)))?;
            out.write_all(&head.into_inner().map_err(|error| error.into_error())?)?;
            each(figures, out, |numbers, bytes| {
                let mut writer = csv::Writer::from_writer(bytes);
                for number in numbers {
                    write_csv(&figures.figure(number), extra, options, &mut writer).map_err(io::Error::other)?;
                }
                writer.flush()
            })
        }
        Format::Json => estimates::json_around(figures, problems, options.lang, out, |out| {
            each(figures, out, |mut numbers, bytes| {
                numbers.try_for_each(|number| estimates::cell(figures, number, bytes))
            })
        }),
    }
}

/// Makes and writes figures on all cores, in order.
fn each(
    figures: &impl Answers,
    out: &mut dyn Write,
    write: impl Fn(Range<usize>, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let some = |from: usize, to: usize| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        write(from..to, &mut bytes)?;
        Ok(bytes)
    };
    let mut from = 0;
    while from < figures.count() {
        let to = (from + BATCH).min(figures.count());
        // A thread costs as much as a few hundred figures.
        let part = (to - from).div_ceil(cores::cores()).max(512);
        let starts = (from..to).step_by(part);
        for part in cores::workers().map(starts, |start| some(start, to.min(start + part))) {
            out.write_all(&part?)?;
        }
        from = to;
    }
    Ok(())
}

/// The columns of the CSV after those of `by`.
pub(super) fn keys<'a>(options: &Options) -> impl Iterator<Item = &'a str> + use<'a> {
    KEYS.into_iter().chain(Extra::of(options).keys())
}

/// Columns that all questions have.
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

/// Columns that some questions have.
#[derive(Clone, Copy)]
struct Extra {
    deff: bool,
    quantiles: bool,
    replicated: bool,
}

impl Extra {
    fn of(options: &Options) -> Self {
        let question = &options.question;
        Self {
            deff: question.report.deff.is_some(),
            quantiles: question.statistics.iter().any(|of| matches!(of, Statistic::Quantile { .. })),
            replicated: question.replication.is_some() || options.replicates.is_some(),
        }
    }

    fn keys<'a>(self) -> impl Iterator<Item = &'a str> {
        let replicated = [(self.replicated, "replicates"), (self.replicated, "replicate_method")];
        let all = [(self.deff, "deff"), (self.quantiles, "prob")].into_iter().chain(replicated);
        all.filter_map(|(wanted, key)| wanted.then_some(key))
    }
}

fn write_csv<W: Write>(
    estimate: &Estimate,
    extra: Extra,
    options: &Options,
    writer: &mut csv::Writer<W>,
) -> csv::Result<()> {
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    for (_, code) in &estimate.by {
        writer.write_field(code.as_bytes())?;
    }
    for field in [estimate.statistic, &estimate.variable, estimate.value.as_deref().unwrap_or_default()] {
        writer.write_field(field)?;
    }
    for value in [estimate.estimate, estimate.se, estimate.ci_lower, estimate.ci_upper, estimate.level] {
        writer.write_field(number(value))?;
    }
    writer.write_field(estimate.ci_method.unwrap_or_default())?;
    writer.write_field(number(estimate.df))?;
    writer.write_field(estimate.n.to_string())?;
    writer.write_field(number(Some(estimate.sum_of_weights)))?;
    writer.write_field(estimate.status)?;
    writer.write_field(estimate.notes.iter().map(|note| note.text(options.lang)).collect::<Vec<_>>().join("; "))?;
    if extra.deff {
        writer.write_field(number(estimate.deff))?;
    }
    if extra.quantiles {
        writer.write_field(number(estimate.prob))?;
    }
    if extra.replicated {
        writer.write_field(estimate.replicates.map(|count| count.to_string()).unwrap_or_default())?;
        writer.write_field(estimate.replicate_method.unwrap_or_default())?;
    }
    writer.write_record(None::<&[u8]>)
}

/// What a figure is of, in words.
fn label(estimate: &Estimate, options: &Options) -> String {
    let word = match estimate.statistic {
        "mean" => options.lang.pick("snitt", "snitt", "mean"),
        "total" => options.lang.pick("sum", "sum", "total"),
        "count" => options.lang.pick("antall", "tal", "number"),
        "share" => options.lang.pick("andel", "del", "share"),
        "ratio" => options.lang.pick("forhold", "forhold", "ratio"),
        "quantile" => options.lang.pick("kvantil", "kvantil", "quantile"),
        "variance" => options.lang.pick("varians", "varians", "variance"),
        "correlation" => options.lang.pick("korrelasjon", "korrelasjon", "correlation"),
        "contrast" => options.lang.pick("endring", "endring", "contrast"),
        other => other,
    };
    if let Some(p) = estimate.prob {
        return format!("{word} {p} {}", visible(&estimate.variable));
    }
    match &estimate.value {
        Some(value) => format!("{word} {} = {}", visible(&estimate.variable), visible(value)),
        None => format!("{word} {}", visible(&estimate.variable)),
    }
}

fn table(estimates: &[Estimate], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut labels: Vec<String> = estimates.iter().map(|estimate| label(estimate, options)).collect();
    let same = labels.windows(2).all(|pair| pair[0] == pair[1]);
    let by = options.question.by.len() + usize::from(!same);
    let mut head: Vec<String> = options.question.by.iter().map(|name| visible(name).into_owned()).collect();
    if !same {
        head.push(options.lang.pick("statistikk", "statistikk", "statistic").into());
    }
    head.push("n".into());
    head.push(match labels.first() {
        Some(label) if same => label.clone(),
        _ => options.lang.pick("tall", "tal", "figure").into(),
    });
    head.push("se".into());
    head.push(format!("{} %", options.question.report.level.as_f64() * 100.0));
    // Without --ci the method may be another from figure to figure, and with it what the interval is of.
    let exact = |estimate: &Estimate| matches!(estimate.ci_method, Some("wang" | "equal-tailed" | "bayes"));
    let methods = options.question.report.interval.is_none() && estimates.iter().any(exact);
    if methods {
        head.push(options.lang.pick("metode", "metode", "method").into());
    }
    if options.question.report.deff.is_some() {
        head.push("deff".into());
    }
    let mut notes: Vec<Note> = Vec::new();
    let rows: Vec<Vec<String>> = estimates
        .iter()
        .zip(&mut labels)
        .map(|(estimate, label)| {
            notes.extend(&estimate.notes);
            let number = |number: Option<f64>| number.map_or_else(|| "–".into(), |number| format!("{number:.4}"));
            let mut row: Vec<String> = estimate.by.iter().map(|(_, code)| visible(code).into_owned()).collect();
            if !same {
                row.push(std::mem::take(label));
            }
            row.extend([estimate.n.to_string(), number(estimate.estimate), number(estimate.se)]);
            row.push(match (estimate.ci_lower, estimate.ci_upper) {
                (Some(lower), Some(upper)) => format!("{lower:.4} – {upper:.4}"),
                _ => "–".into(),
            });
            if methods {
                row.push(estimate.ci_method.unwrap_or("–").into());
            }
            if options.question.report.deff.is_some() {
                row.push(number(estimate.deff));
            }
            row
        })
        .collect();
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    for line in columns(&rows, by..usize::MAX) {
        writeln!(out, "{line}")?;
    }
    let mut said: Vec<Note> = Vec::new();
    for note in notes {
        if !said.contains(&note) {
            said.push(note);
            writeln!(out, "* {}", note.text(options.lang))?;
        }
    }
    Ok(())
}
