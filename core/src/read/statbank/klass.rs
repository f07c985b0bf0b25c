//! Code lists and correspondences of Klass, Statistics Norway's register of classifications.

use super::code::{Validity, validity};
use super::records::{Record, Records};
use super::{Content, Reading, StatProblem};
use crate::export::json::Json;
use crate::problem::{Privacy, Problem};
use crate::read::ReadProblem;
use std::collections::HashMap;

/// A list of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Name of the file as the user gave it.
    pub file: String,
    /// The codes, in the order of the file.
    pub codes: Vec<Code>,
}

/// One code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The code, as written.
    pub code: String,
    /// The code of the level above; empty at the top.
    pub parent: String,
    /// The level, from 1; empty where the file has none.
    pub level: String,
    /// The name, without years of validity.
    pub name: String,
    /// The years of validity that stand after the name.
    pub validity: Validity,
    /// The short name; empty where the file has none.
    pub short_name: String,
    /// The first date on which the code is valid, as written; empty where the file has none.
    pub valid_from: String,
    /// The date from which the code is not valid any more, as written; empty where the file has none.
    pub valid_to: String,
    /// What else stands with the code: for centrality, the index.
    pub notes: String,
}

/// Codes of one list beside those of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondence {
    /// Name of the file as the user gave it.
    pub file: String,
    /// The pairs, in the order of the file.
    pub pairs: Vec<Pair>,
}

/// A code and the one that corresponds to it. Either may occur in several pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The code in the first list.
    pub source_code: String,
    /// Its name.
    pub source_name: String,
    /// The code in the second list.
    pub target_code: String,
    /// Its name.
    pub target_name: String,
}

/// The members of a code, as Klass names them.
const CODE: [&str; 8] = ["code", "parentCode", "level", "name", "shortName", "validFrom", "validTo", "notes"];

/// The members of a pair.
const PAIR: [&str; 4] = ["sourceCode", "sourceName", "targetCode", "targetName"];

/// Reads records whose headings are those of Klass. `None` for all others, `Some(None)` where something is wrong.
pub(super) fn read(records: &Records<'_>, reading: &mut Reading<'_>) -> Option<Option<Content>> {
    let at = records.list.iter().position(|record| record.filled() > 0)?;
    let headings: Vec<&str> = records.list[at].fields.iter().map(|field| field.text.trim()).collect();
    let column = |name: &str| headings.iter().position(|heading| heading.eq_ignore_ascii_case(name));
    let is_pair = column("sourceCode").is_some() && column("targetCode").is_some();
    let is_code = column("code").is_some() && column("name").is_some() && column("value").is_none();
    if !is_pair && !is_code {
        return None;
    }
    let names: &[&str] = if is_pair { &PAIR } else { &CODE };
    let columns: Vec<Option<usize>> = names.iter().map(|name| column(name)).collect();
    let mut rows = Vec::new();
    let width = headings.len();
    for (place, record) in records.list.iter().enumerate().skip(at + 1).filter(|(_, record)| record.filled() > 0) {
        if record.fields.len() == width {
            let cell = |column: &Option<usize>| column.map_or_else(String::new, |column| text(record, column));
            rows.push((record.line, columns.iter().map(cell).collect()));
        } else {
            let (expected, found) = (width, record.fields.len());
            let cut = place + 1 == records.list.len() && !records.ended && found < expected;
            let what =
                if cut { ReadProblem::CutOff { expected, found } } else { ReadProblem::FieldCount { expected, found } };
            let problem = Problem::error(reading.file, what).line(record.line);
            reading.problems.push(problem.value(record.joined(), Privacy::Open));
        }
    }
    Some(made(is_pair, rows, reading))
}

fn text(record: &Record<'_>, column: usize) -> String {
    record.fields[column].text.trim().to_owned()
}

/// Reads the JSON of Klass. `None` for all other.
pub(super) fn read_json(json: &Json, reading: &mut Reading<'_>) -> Option<Option<Content>> {
    let pairs = json.member("correspondenceItems").or_else(|| json.member("correspondenceMaps")).and_then(Json::list);
    let list = pairs.or_else(|| json.member("codes")?.list())?;
    let names: &[&str] = if pairs.is_some() { &PAIR } else { &CODE };
    let cell = |item: &Json, name: &str| match item.member(name) {
        Some(Json::Text(text)) => text.trim().to_owned(),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let rows = list.iter().map(|item| (0, names.iter().map(|name| cell(item, name)).collect())).collect();
    Some(made(pairs.is_some(), rows, reading))
}

fn made(is_pair: bool, rows: Vec<(u64, Vec<String>)>, reading: &mut Reading<'_>) -> Option<Content> {
    if rows.is_empty() {
        reading.problems.push(Problem::error(reading.file, ReadProblem::NoRecords));
        return None;
    }
    let mut seen: HashMap<Vec<String>, u64> = HashMap::new();
    let mut codes = Vec::new();
    let mut pairs = Vec::new();
    for (line, row) in rows {
        let at = |problem: Problem| if line > 0 { problem.line(line) } else { problem };
        // A code may be valid in several periods.
        let key = if is_pair { vec![row[0].clone(), row[2].clone()] } else { vec![row[0].clone(), row[5].clone()] };
        let needed = if is_pair { [0, 2] } else { [0, 3] };
        let names: &[&str] = if is_pair { &PAIR } else { &CODE };
        for column in needed.into_iter().filter(|column| row[*column].is_empty()) {
            reading.problems.push(at(reading.error(StatProblem::NoCategory).column(names[column])));
        }
        if let Some(first) = seen.insert(key, line) {
            let problem = if is_pair {
                Problem::warning(reading.file, StatProblem::RepeatedCell { line: first })
                    .value(row.join(" "), Privacy::Open)
            } else {
                let first: Option<&Code> = codes.iter().find(|code: &&Code| code.code == row[0]);
                let what =
                    StatProblem::DoubleCategory { first: first.map_or_else(String::new, |code| code.name.clone()) };
                reading.error(what).column("code").value(format!("{} {}", row[0], row[3]), Privacy::Open)
            };
            reading.problems.push(at(problem));
            if is_pair {
                continue;
            }
        }
        let mut cells = row.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        if is_pair {
            pairs.push(Pair { source_code: next(), source_name: next(), target_code: next(), target_name: next() });
        } else {
            let mut code = Code { code: next(), parent: next(), level: next(), ..Code::default() };
            let name = next();
            let (plain, years) = validity(&name);
            (code.name, code.validity) = (plain.to_owned(), years);
            (code.short_name, code.valid_from, code.valid_to, code.notes) = (next(), next(), next(), next());
            codes.push(code);
        }
    }
    let file = reading.file.to_owned();
    Some(if is_pair {
        Content::Correspondence(Correspondence { file, pairs })
    } else {
        Content::Codes(CodeList { file, codes })
    })
}
