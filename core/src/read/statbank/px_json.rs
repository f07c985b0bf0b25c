//! PxWeb's own JSON: `columns` with codes and texts, `data` with keys and values.

use super::build::{self, Raw};
use super::number::{self, Evidence};
use super::table::{Cell, Format, Role, StatTable};
use super::{Note, Reading, StatProblem};
use crate::export::json::Json;
use crate::problem::Privacy;
use crate::read::DecimalMark;
use std::collections::HashMap;

/// Reads a table. Values are texts with a decimal point, or symbols.
pub(super) fn read(json: &Json, reading: &mut Reading<'_>) -> Option<StatTable> {
    let errors = reading.problems.errors();
    let list = |name: &str| json.member(name).and_then(Json::list);
    let (Some(columns), Some(data)) = (list("columns"), list("data")) else {
        reading.problems.push(reading.error(StatProblem::Member { expected: "lists" }).column("columns, data"));
        return None;
    };
    let text = |json: &Json, name: &str| json.member(name).and_then(Json::text).unwrap_or_default().to_owned();
    let mut table = build::empty(Format::PxJson, "", reading);
    let mut keys: Vec<(String, String, Option<Role>)> = Vec::new();
    for column in columns {
        let (code, label) = (text(column, "code"), text(column, "text"));
        if text(column, "type") == "c" {
            table.measures.push(build::measure(Raw { code: Some(code), label, line: 0 }));
        } else {
            let role = (text(column, "type") == "t").then_some(Role::Time);
            keys.push((code, label, role));
        }
    }
    if keys.is_empty() || table.measures.is_empty() || data.is_empty() {
        reading
            .problems
            .push(reading.error(StatProblem::Member { expected: "dimensions, measures and data" }).column("columns"));
        return None;
    }
    let mut seen: Vec<HashMap<&str, u64>> = vec![HashMap::new(); keys.len()];
    let mut raws: Vec<Vec<Raw>> = vec![Vec::new(); keys.len()];
    let evidence = Evidence::new(Some(DecimalMark::Point));
    let mut rows = Vec::new();
    for (record, row) in data.iter().enumerate() {
        let part = |name: &str, count: usize| row.member(name).and_then(Json::list).filter(|list| list.len() == count);
        let (Some(key), Some(values)) = (part("key", keys.len()), part("values", table.measures.len())) else {
            let what = StatProblem::Member { expected: "a key for each dimension and a value for each measure" };
            reading.problems.push(reading.error(what).column("data").record(record as u64 + 1));
            continue;
        };
        let mut at = Vec::new();
        for (axis, code) in key.iter().enumerate() {
            let code = code.text().unwrap_or_default();
            at.push(*seen[axis].entry(code).or_insert_with(|| {
                raws[axis].push(Raw { code: Some(code.into()), label: code.into(), line: 0 });
                raws[axis].len() as u64 - 1
            }));
        }
        let mut found = Vec::new();
        for (value, measure) in values.iter().zip(&table.measures) {
            let written = value.text().map_or_else(|| value.number().unwrap_or(f64::NAN).to_string(), String::from);
            match evidence.read(&written, number::look(&written)) {
                Ok(value) => found.push(value),
                Err(_) => {
                    let problem =
                        reading.error(StatProblem::NotANumber).column(&measure.code).record(record as u64 + 1);
                    reading.problems.push(problem.value(written, Privacy::Open));
                }
            }
        }
        rows.push((at, found));
    }
    let sizes: Vec<u64> = raws.iter().map(|raws| raws.len() as u64).collect();
    for ((code, label, role), raws) in keys.into_iter().zip(raws) {
        table.dimensions.push(build::dimension(&code, &label, role, raws, reading));
    }
    if reading.problems.errors() > errors {
        return None;
    }
    let Some(size) = table.size() else {
        reading.refuse(StatProblem::TooLarge);
        return None;
    };
    let measures = table.measures.len() as u64;
    for (at, values) in rows {
        let at = at.iter().zip(&sizes).fold(0, |place, (at, size)| place * size + at) * measures;
        table.cells.extend((at..).zip(values).map(|(at, value)| Cell { at, value }));
    }
    table.cells.sort_by_key(|cell| cell.at);
    if let Some(pair) = table.cells.windows(2).find(|pair| pair[0].at == pair[1].at) {
        let value = pair[0].value.number().map_or_else(String::new, |value| value.to_string());
        reading.refuse(StatProblem::DoubleCell { line: 1, value });
        return None;
    }
    let found = table.cells.len() as u64;
    if found < size {
        reading.notes.push(Note::Incomplete { found, size });
    }
    table.notes = std::mem::take(&mut reading.notes);
    Some(table)
}
