//! PC-Axis files: keywords with values, then the data with the stub outside and the heading inside.
//!
//! # Source
//!
//! Statistics Sweden, PC-Axis file format, version 2013.

mod data;
mod keyword;

use super::build::{self, Raw};
use super::jsonstat::placed;
use super::role::{self, Named};
use super::table::{Format, Role, StatTable};
use super::{Measure, Note, Reading, StatProblem};
use crate::problem::{Privacy, Problem};
use keyword::Keywords;

/// Whether a text begins with a keyword of PC-Axis.
pub(super) fn is_px(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('=') else { return false };
    let name = name.split(['[', '(']).next().unwrap_or_default().trim();
    let is_keyword = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    is_keyword && (rest.contains("DATA=") || rest.contains("VALUES(") || rest.contains("STUB="))
}

/// A variable as the file has it.
struct Variable {
    name: String,
    codes: Vec<String>,
    values: Vec<String>,
    line: u64,
}

/// Reads a table.
pub(super) fn read(text: &str, reading: &mut Reading<'_>) -> Option<StatTable> {
    let errors = reading.problems.errors();
    let (keywords, data) = keyword::read(text, reading)?;
    encoding(text, &keywords, reading);
    let names = |keyword: &str| keywords.list(keyword, None).unwrap_or_default();
    let (stub, heading) = (names("STUB"), names("HEADING"));
    if stub.is_empty() && heading.is_empty() {
        reading.problems.push(reading.error(StatProblem::NoKeyword).column("STUB, HEADING"));
    }
    let variables: Vec<Variable> =
        stub.iter().chain(&heading).filter_map(|name| variable(name, &keywords, reading)).collect();
    let Some(data) = data else {
        reading.problems.push(reading.error(StatProblem::NoKeyword).column("DATA"));
        return None;
    };
    if reading.problems.errors() > errors {
        return None;
    }
    let contents = keywords.text("CONTVARIABLE", None);
    let metric = variables.iter().position(|variable| {
        contents
            .as_ref()
            .map_or_else(|| role::of_name(&variable.name) == Named::Contents, |name| *name == variable.name)
    });
    let title = keywords.text("TITLE", None).or_else(|| keywords.text("DESCRIPTION", None)).unwrap_or_default();
    let mut table = build::empty(Format::Px, &title, reading);
    describe(&keywords, &mut table);
    let sizes: Vec<u64> = variables.iter().map(|variable| variable.values.len() as u64).collect();
    let Some(count) = sizes.iter().try_fold(1_u64, |count, size| count.checked_mul(*size)) else {
        reading.refuse(StatProblem::TooLarge);
        return None;
    };
    let values = data::values(&data, &keywords, &variables, stub.len(), count, reading)?;
    let names: Vec<String> = variables.iter().map(|variable| variable.name.clone()).collect();
    for (place, variable) in variables.into_iter().enumerate() {
        let line = variable.line;
        let raws: Vec<Raw> = variable
            .codes
            .into_iter()
            .zip(variable.values)
            .map(|(code, label)| Raw { code: Some(code), label, line })
            .collect();
        if Some(place) == metric {
            table.measures = raws.into_iter().map(|raw| measure(raw, &keywords)).collect();
        } else {
            let id = keywords.text("VARIABLECODE", Some(&names[place])).unwrap_or_else(|| names[place].clone());
            let is_time = keywords.list("TIMEVAL", Some(&names[place])).is_some();
            let axis = build::dimension(&id, &names[place], is_time.then_some(Role::Time), raws, reading);
            table.dimensions.push(axis);
        }
    }
    if metric.is_none() {
        let label = keywords.text("CONTENTS", None).unwrap_or_else(|| build::title(&title).1);
        let only = measure(Raw { code: None, label: label.clone(), line: 0 }, &keywords);
        reading.notes.push(Note::UnnamedMeasure { label });
        table.measures.push(only);
    }
    if reading.problems.errors() > errors {
        return None;
    }
    table.cells = placed(&values, &sizes, metric);
    let found = table.cells.len() as u64;
    if found < count {
        reading.notes.push(Note::Incomplete { found, size: count });
    }
    table.notes = std::mem::take(&mut reading.notes);
    Some(table)
}

/// The encoding that the file names beside the one that its bytes have.
fn encoding(text: &str, keywords: &Keywords, reading: &mut Reading<'_>) {
    let Some(declared) = keywords.text("CODEPAGE", None).filter(|_| !text.is_ascii()) else { return };
    let name = declared.to_lowercase();
    let is_windows = reading.notes.contains(&Note::Windows1252);
    let western = ["iso-8859-1", "iso-8859-15", "windows-1252", "latin1", "ansi"].contains(&name.as_str());
    if !is_windows && name != "utf-8" {
        reading.notes.push(Note::Declared { declared });
    } else if is_windows && !western && reading.options.encoding.is_none() {
        let what = StatProblem::Px { expected: "CODEPAGE iso-8859-1, windows-1252 or utf-8" };
        let problem = reading.error(what).column("CODEPAGE").line(keywords.line("CODEPAGE", None));
        reading.problems.push(problem.value(declared, Privacy::Open));
    }
}

fn variable(name: &str, keywords: &Keywords, reading: &mut Reading<'_>) -> Option<Variable> {
    let codes = keywords.list("CODES", Some(name));
    let Some(values) = keywords.list("VALUES", Some(name)).or_else(|| codes.clone()).filter(|list| !list.is_empty())
    else {
        let exists = keywords.subjects("VALUES");
        reading.problems.push(reading.error(StatProblem::PxVariable { exists }).column(format!("VALUES(\"{name}\")")));
        return None;
    };
    let line = keywords.line("VALUES", Some(name));
    if let Some(codes) = codes.as_ref().filter(|codes| codes.len() != values.len()) {
        let what = StatProblem::CellCount { expected: values.len() as u64, found: codes.len() as u64 };
        let place = keywords.line("CODES", Some(name));
        reading.problems.push(Problem::error(reading.file, what).line(place).column(format!("CODES(\"{name}\")")));
        return None;
    }
    Some(Variable { name: name.into(), codes: codes.unwrap_or_else(|| values.clone()), values, line })
}

fn measure(raw: Raw, keywords: &Keywords) -> Measure {
    let subject = raw.label.clone();
    let of = |keyword: &str| keywords.text(keyword, Some(&subject)).or_else(|| keywords.text(keyword, None));
    let decimals = ["PRECISION", "SHOWDECIMALS", "DECIMALS"].iter().find_map(|keyword| of(keyword)?.parse().ok());
    Measure { unit: of("UNITS").unwrap_or_default(), decimals, ..build::measure(raw) }
}

fn describe(keywords: &Keywords, table: &mut StatTable) {
    table.source = keywords.text("SOURCE", None).unwrap_or_default();
    table.updated = keywords.text("LAST-UPDATED", None).or_else(|| keywords.first("LAST-UPDATED")).unwrap_or_default();
    table.id = table.id.take().or_else(|| keywords.text("TABLEID", None));
    for keyword in ["NOTEX", "NOTE", "VALUENOTEX", "VALUENOTE", "CELLNOTEX", "CELLNOTE", "DATANOTECELL", "DATANOTE"] {
        // `#` is a line end in the texts of PC-Axis.
        table.footnotes.extend(keywords.all(keyword).map(|note| note.replace('#', "\n")));
    }
}
