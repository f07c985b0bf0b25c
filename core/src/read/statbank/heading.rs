//! Headings over columns of figures: which measure, which period, which sex each column is of.

use super::build::Raw;
use super::period::Period;
use super::role::{self, Named};
use super::table::Role;
use super::{Note, Reading, StatProblem, code};

/// What the stub has already, and what the title says.
pub(super) struct Stub {
    pub(super) contents: bool,
    pub(super) time: bool,
    pub(super) sex: bool,
    /// Names of variables that the title has and the stub has not.
    pub(super) others: Vec<String>,
    /// What the title says is counted.
    pub(super) subject: String,
    pub(super) line: u64,
}

/// A dimension that runs across.
pub(super) struct AcrossDimension {
    pub(super) name: String,
    pub(super) role: Option<Role>,
    pub(super) raws: Vec<Raw>,
}

/// What runs across.
#[derive(Default)]
pub(super) struct Across {
    pub(super) dimensions: Vec<AcrossDimension>,
    /// The measures; empty where the stub has them.
    pub(super) measures: Vec<Raw>,
    /// For each column of figures its category in each dimension, and its measure.
    pub(super) columns: Vec<(Vec<u32>, u32)>,
}

/// Words for sexes at the end of a heading.
const SEXES: [&str; 7] = ["Begge kjønn", "Menn", "Kvinner", "Both sexes", "Males", "Females", "Totalt"];

/// Parts headings of one or several rows: `levels[row][column]`.
pub(super) fn across(levels: &[Vec<String>], stub: &Stub, reading: &mut Reading<'_>) -> Option<Across> {
    match levels {
        [headings] => Some(one_row(headings, stub, reading)?),
        _ => several_rows(levels, stub, reading),
    }
}

/// The place of a text in a list, at its end where it is new.
fn place(list: &mut Vec<Raw>, text: &str, line: u64) -> u32 {
    let found = list.iter().position(|raw| raw.label == text).unwrap_or_else(|| {
        list.push(Raw { code: None, label: text.to_owned(), line });
        list.len() - 1
    });
    u32::try_from(found).unwrap_or(u32::MAX)
}

fn one_row(headings: &[String], stub: &Stub, reading: &mut Reading<'_>) -> Option<Across> {
    let ends: Vec<Option<(&str, &str)>> = headings.iter().map(|heading| ends_in_period(heading)).collect();
    let with_period = ends.iter().flatten().count();
    if stub.time || with_period < headings.len() {
        if !stub.time && with_period > 0 {
            reading.notes.push(Note::UnlikeHeadings { names: headings.to_vec() });
        }
        return measures(headings, stub, reading);
    }
    let parts: Vec<(&str, &str)> = ends.into_iter().flatten().collect();
    let sexes: Option<Vec<(&str, &str)>> = parts.iter().map(|(before, _)| ends_in_sex(before)).collect();
    let sexes = sexes.filter(|_| !stub.sex);
    let mut times =
        AcrossDimension { name: name_of(stub, Role::Time, "tid"), role: Some(Role::Time), raws: Vec::new() };
    let mut sex = AcrossDimension { name: name_of(stub, Role::Sex, "kjønn"), role: Some(Role::Sex), raws: Vec::new() };
    let mut result = Across::default();
    for (column, (before, period)) in parts.iter().enumerate() {
        let mut at = Vec::new();
        let mut before = *before;
        if let Some(sexes) = &sexes {
            let (rest, word) = sexes[column];
            at.push(place(&mut sex.raws, word, stub.line));
            before = rest;
        }
        at.push(place(&mut times.raws, period, stub.line));
        let measure = if before.is_empty() { 0 } else { place(&mut result.measures, before, stub.line) };
        result.columns.push((at, measure));
    }
    if parts.iter().any(|(before, _)| !before.is_empty()) {
        reading.notes.push(Note::PeriodsAcross { example: headings[0].clone() });
        if parts.iter().any(|(before, _)| before.is_empty()) {
            // A period alone beside others with a measure: of what is it?
            reading.notes.pop();
            reading.notes.push(Note::UnlikeHeadings { names: headings.to_vec() });
            return measures(headings, stub, reading);
        }
    }
    if stub.contents && result.measures.len() > 1 {
        refuse_two(headings, stub, reading);
        return None;
    }
    if stub.contents {
        result.measures.clear();
    } else if result.measures.is_empty() {
        result.measures.push(unnamed(stub, reading));
    }
    if sexes.is_some() {
        result.dimensions.push(sex);
    }
    result.dimensions.push(times);
    Some(result)
}

fn refuse_two(headings: &[String], stub: &Stub, reading: &mut Reading<'_>) {
    let problem = reading.error(StatProblem::TwoMeasures { headings: headings.to_vec() });
    reading.problems.push(problem.line(stub.line));
}

/// Each heading is a measure, or the only one the title of the table.
fn measures(headings: &[String], stub: &Stub, reading: &mut Reading<'_>) -> Option<Across> {
    if stub.contents {
        if headings.len() > 1 {
            refuse_two(headings, stub, reading);
            return None;
        }
        return Some(Across { columns: vec![(Vec::new(), 0)], ..Across::default() });
    }
    let mut result = Across::default();
    for (heading, measure) in headings.iter().zip(0..) {
        let (id, subject, _) = super::build::title(heading);
        let raw = match headings {
            [_] if id.is_some() && subject.is_empty() => unnamed(stub, reading),
            [_] if id.is_some() => Raw { code: None, label: subject, line: stub.line },
            _ => Raw { code: None, label: heading.clone(), line: stub.line },
        };
        result.measures.push(raw);
        result.columns.push((Vec::new(), measure));
    }
    Some(result)
}

/// A measure without a name has that of the title.
fn unnamed(stub: &Stub, reading: &mut Reading<'_>) -> Raw {
    let label = if stub.subject.is_empty() { "verdi".to_owned() } else { stub.subject.clone() };
    reading.notes.push(Note::UnnamedMeasure { label: label.clone() });
    Raw { code: None, label, line: stub.line }
}

/// The name that the title has for a role, or another.
fn name_of(stub: &Stub, role: Role, otherwise: &str) -> String {
    let named = stub.others.iter().find(|name| role::of_name(name) == Named::Role(role));
    named.cloned().unwrap_or_else(|| otherwise.to_owned())
}

fn ends_in_period(heading: &str) -> Option<(&str, &str)> {
    let heading = heading.trim();
    let (before, last) = heading.rsplit_once(' ').unwrap_or(("", heading));
    // Code and text of a year are the same: `Personer1 - Personer 2025 - 2025`.
    let code = before.strip_suffix(" -").and_then(|before| before.strip_suffix(last));
    let before = code.filter(|before| before.is_empty() || before.ends_with(' ')).unwrap_or(before);
    Period::parse(last).map(|_| (before.trim(), last))
}

fn ends_in_sex(heading: &str) -> Option<(&str, &str)> {
    SEXES.iter().find_map(|word| {
        let before = heading.strip_suffix(word)?;
        (before.is_empty() || before.ends_with(' ')).then(|| (before.trim(), *word))
    })
}

fn several_rows(levels: &[Vec<String>], stub: &Stub, reading: &mut Reading<'_>) -> Option<Across> {
    let named = stub.others.len() == levels.len();
    let columns = levels.first().map_or(0, Vec::len);
    let mut result = Across { columns: vec![(Vec::new(), 0); columns], ..Across::default() };
    let mut has_measures = stub.contents;
    for (row, level) in levels.iter().enumerate() {
        let name = named.then(|| stub.others[row].clone());
        let all = |is: fn(&str) -> bool| level.iter().all(|heading| is(heading));
        let role = if all(|heading| role::period(heading).is_some()) {
            Some(Role::Time)
        } else if all(|heading| code::sex(heading).is_some() || role::coded(Role::Sex, heading).is_some()) {
            Some(Role::Sex)
        } else {
            None
        };
        let of_name = name.as_deref().map_or(Named::Unknown, role::of_name);
        if !has_measures && role.is_none() && (of_name == Named::Contents || name.is_none()) {
            has_measures = true;
            for (heading, (_, measure)) in level.iter().zip(&mut result.columns) {
                *measure = place(&mut result.measures, heading, stub.line);
            }
            continue;
        }
        let name = name.unwrap_or_else(|| match role {
            Some(Role::Time) => "tid".into(),
            Some(Role::Sex) => "kjønn".into(),
            _ => format!("overskrift {}", row + 1),
        });
        let mut dimension = AcrossDimension { name, role, raws: Vec::new() };
        for (heading, (at, _)) in level.iter().zip(&mut result.columns) {
            at.push(place(&mut dimension.raws, heading, stub.line));
        }
        result.dimensions.push(dimension);
    }
    if !has_measures {
        result.measures.push(unnamed(stub, reading));
    }
    Some(result)
}
