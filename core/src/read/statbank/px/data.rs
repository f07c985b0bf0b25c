//! The data of a PC-Axis file: numbers and symbols, dense or with keys.

use super::Variable;
use super::keyword::{Data, Keywords};
use crate::problem::{Privacy, Problem};
use crate::read::statbank::number::{self, Evidence, Look};
use crate::read::statbank::table::Value;
use crate::read::statbank::{Reading, StatProblem};
use crate::read::{DecimalMark, Missing};
use std::collections::{BTreeMap, HashMap};

/// A number or symbol, with its line.
struct Token<'a> {
    text: &'a str,
    line: u64,
}

/// Numbers and symbols, parted by space, in quotes or not.
fn tokens<'a>(data: &Data<'a>) -> Vec<Token<'a>> {
    let mut result = Vec::new();
    let (mut line, mut rest) = (data.line, data.text);
    loop {
        let trimmed = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
        line += memchr::memchr_iter(b'\n', &rest.as_bytes()[..rest.len() - trimmed.len()]).count() as u64;
        rest = trimmed;
        if rest.is_empty() {
            return result;
        }
        let (text, next) = match rest.strip_prefix('"') {
            Some(inside) => inside.split_once('"').unwrap_or((inside, "")),
            None => {
                let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '"'));
                rest.split_at(end.unwrap_or(rest.len()))
            }
        };
        result.push(Token { text: text.trim(), line });
        line += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        rest = next;
    }
}

/// The values by place, in the order of stub and heading.
pub(super) fn values(
    data: &Data<'_>,
    keywords: &Keywords,
    variables: &[Variable],
    stub: usize,
    count: u64,
    reading: &mut Reading<'_>,
) -> Option<BTreeMap<u64, Value>> {
    let errors = reading.problems.errors();
    let tokens = tokens(data);
    let symbols = symbols(keywords);
    let evidence = Evidence::new(Some(DecimalMark::Point));
    let value = |token: &Token<'_>, reading: &mut Reading<'_>| {
        let dots = !token.text.is_empty() && token.text.bytes().all(|byte| byte == b'.');
        let read = if dots {
            symbols.get(token.text.len() - 1).copied().flatten().ok_or(StatProblem::UnknownStatus)
        } else {
            evidence.read(token.text, number::look(token.text)).map_err(|_| StatProblem::NotANumber)
        };
        read.unwrap_or_else(|what| {
            let problem = Problem::error(reading.file, what).line(token.line).column("DATA");
            reading.problems.push(problem.value(token.text, Privacy::Open));
            Value::Missing(Missing::Invalid)
        })
    };
    let mut result = BTreeMap::new();
    if keywords.subjects("KEYS").is_empty() {
        if tokens.len() as u64 != count {
            let what = StatProblem::CellCount { expected: count, found: tokens.len() as u64 };
            let line = tokens.last().map_or(data.line, |token| token.line);
            reading.problems.push(reading.error(what).line(line).column("DATA"));
        }
        for (at, token) in (0..).zip(&tokens) {
            result.insert(at, value(token, reading));
        }
    } else {
        let keys = keys(keywords, &variables[..stub], reading)?;
        let width = variables[stub..].iter().map(|variable| variable.values.len()).product::<usize>();
        for row in tokens.chunks(keys.len() + width) {
            if row.len() < keys.len() + width {
                let what = StatProblem::CellCount { expected: (keys.len() + width) as u64, found: row.len() as u64 };
                reading.problems.push(reading.error(what).line(row[0].line).column("DATA"));
                break;
            }
            let mut at = Some(0);
            for ((token, places), variable) in row.iter().zip(&keys).zip(variables) {
                let place = places.get(token.text);
                if place.is_none() {
                    let exists = places_in_order(places);
                    let problem =
                        reading.error(StatProblem::NoColumn { exists }).line(token.line).column(&variable.name);
                    reading.problems.push(problem.value(token.text, Privacy::Open));
                }
                at = at.zip(place).map(|(at, place)| at * variable.values.len() as u64 + place);
            }
            let Some(at) = at else { continue };
            for (place, token) in (at * width as u64..).zip(&row[keys.len()..]) {
                if result.insert(place, value(token, reading)).is_some() {
                    let what = StatProblem::DoubleCell { line: token.line, value: token.text.into() };
                    reading.problems.push(reading.error(what).line(token.line).column("DATA"));
                }
            }
        }
    }
    if !data.ended {
        let problem = reading.error(StatProblem::Px { expected: "a semicolon behind the data" });
        reading.problems.push(problem.line(tokens.last().map_or(data.line, |token| token.line)).column("DATA"));
    }
    provisional(keywords, variables, &mut result);
    (reading.problems.errors() == errors).then_some(result)
}

fn places_in_order(places: &HashMap<String, u64>) -> Vec<String> {
    let mut names: Vec<String> = places.keys().cloned().collect();
    names.sort();
    names
}

/// For each variable of the stub, its codes or labels as the rows of the data name them.
fn keys(keywords: &Keywords, stub: &[Variable], reading: &mut Reading<'_>) -> Option<Vec<HashMap<String, u64>>> {
    let mut result = Vec::new();
    for variable in stub {
        let names = match keywords.text("KEYS", Some(&variable.name)).as_deref() {
            Some("CODES") => &variable.codes,
            Some("VALUES") => &variable.values,
            _ => {
                let what = StatProblem::Px { expected: "KEYS of every variable of the stub, CODES or VALUES" };
                reading.problems.push(reading.error(what).column(format!("KEYS(\"{}\")", variable.name)));
                return None;
            }
        };
        result.push(names.iter().cloned().zip(0..).collect());
    }
    Some(result)
}

/// What one to six dots stand for: as the file says, else as Statistics Norway uses them.
fn symbols(keywords: &Keywords) -> [Option<Value>; 6] {
    let standard = [Missing::NotApplicable, Missing::NotAvailable, Missing::NotYet];
    std::array::from_fn(|dots| match keywords.text(&format!("DATASYMBOL{}", dots + 1), None) {
        Some(shown) => match number::look(&shown) {
            Look::Value(value @ (Value::Missing(_) | Value::Nil)) => Some(value),
            _ => None,
        },
        None => standard.get(dots).map(|missing| Value::Missing(*missing)),
    })
}

/// Marks the cells of which a note says `*`.
fn provisional(keywords: &Keywords, variables: &[Variable], values: &mut BTreeMap<u64, Value>) {
    for (subjects, ..) in keywords.each("DATANOTECELL").filter(|(_, note, _)| *note == "*") {
        if subjects.len() != variables.len() {
            continue;
        }
        // `*` is every value of a variable.
        let wanted: Vec<Option<usize>> = subjects
            .iter()
            .zip(variables)
            .map(|(subject, variable)| {
                let is = |list: &[String]| list.iter().position(|one| one == subject);
                is(&variable.codes).or_else(|| is(&variable.values))
            })
            .collect();
        if subjects.iter().zip(&wanted).any(|(subject, place)| subject != "*" && place.is_none()) {
            continue;
        }
        // One cell is found at once; a note on many looks at all of them.
        let one = wanted
            .iter()
            .zip(variables)
            .try_fold(0, |at, (place, variable)| place.map(|place| at * variable.values.len() as u64 + place as u64));
        if let Some(at) = one {
            if let Some(Value::Number { provisional, .. }) = values.get_mut(&at) {
                *provisional = true;
            }
            continue;
        }
        for (at, value) in values.iter_mut() {
            let mut rest = *at;
            let fits = wanted.iter().zip(variables).rev().all(|(wanted, variable)| {
                let size = (variable.values.len() as u64).max(1);
                let place = rest % size;
                rest /= size;
                wanted.is_none_or(|wanted| wanted as u64 == place)
            });
            if let (true, Value::Number { provisional, .. }) = (fits, value) {
                *provisional = true;
            }
        }
    }
}
