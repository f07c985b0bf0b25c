//! JSON-stat 2 and 1, as PxWebApi gives it: dense and sparse values, status as a list, an object or one word.
//!
//! Our own cubes are JSON-stat too, but [`crate::export::jsonstat`] takes only what it wrote itself; this reader takes
//! everybody's.

use super::build::{self, Raw};
use super::number::{self, Look};
use super::role::{self, Named};
use super::table::{Cell, Format, Role, StatTable, Value};
use super::{Content, NoText, Note, Reading, StatProblem, klass, px_json};
use crate::export::json::Json;
use crate::problem::Privacy;
use crate::read::Missing;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Cells that a table can have at most here.
const LIMIT: u64 = 50_000_000;

/// Reads JSON of any kind that the statistics bank or Klass gives.
pub(super) fn read(text: &str, reading: &mut Reading<'_>) -> Option<Content> {
    let json = match Json::parse(text.as_bytes()) {
        Ok(json) => json,
        Err(error) => {
            // The small reader tells no line; the large one does.
            let place = serde_json::from_str::<serde::de::IgnoredAny>(text).err();
            let line = place.as_ref().map(|error| error.line() as u64);
            let problem =
                reading.error(StatProblem::Json { reason: place.map_or(error.reason, |one| one.to_string()) });
            reading.problems.push(if let Some(line) = line { problem.line(line) } else { problem });
            return None;
        }
    };
    if let Some(found) = klass::read_json(&json, reading) {
        return found;
    }
    if json.member("columns").is_some() && json.member("data").is_some() {
        return px_json::read(&json, reading).map(Content::Table);
    }
    if json.member("value").is_some() && json.member("dimension").is_some() {
        return dataset(&json, reading).map(Content::Table);
    }
    let Json::Object(members) = &json else {
        reading.refuse(StatProblem::NoTable);
        return None;
    };
    // Version 1 wraps each table in a member with a name of its own.
    let inside = |json: &Json| json.member("dimension").is_some() && json.member("value").is_some();
    let tables: Vec<&(String, Json)> = members.iter().filter(|(_, member)| inside(member)).collect();
    if let [(_, table)] = tables.as_slice() {
        return dataset(table, reading).map(Content::Table);
    }
    let items = || json.member("link").and_then(|link| link.member("item")?.list());
    let reason = ["error", "title", "detail", "message"].iter().find_map(|name| json.member(name)?.text());
    if tables.len() > 1 {
        reading.refuse(StatProblem::SeveralTables { names: tables.iter().map(|(name, _)| name.clone()).collect() });
    } else if let Some(items) = items() {
        let names = items.iter().filter_map(|item| item.member("label")?.text().map(String::from)).collect();
        reading.refuse(StatProblem::SeveralTables { names });
    } else if let Some(reason) = reason {
        reading.refuse(StatProblem::NoText(NoText::Refusal(reason.into())));
    } else {
        reading.refuse(StatProblem::NoTable);
    }
    None
}

/// An axis as the file has it.
struct Axis {
    id: String,
    label: String,
    role: Option<Role>,
    is_metric: bool,
    raws: Vec<Raw>,
    units: Vec<(String, Option<u8>)>,
}

fn dataset(json: &Json, reading: &mut Reading<'_>) -> Option<StatTable> {
    let errors = reading.problems.errors();
    let dimension = json.member("dimension")?;
    // Version 1 keeps them among the dimensions.
    let about = |name: &str| json.member(name).or_else(|| dimension.member(name));
    let (Some(ids), Some(sizes)) = (about("id").and_then(Json::list), about("size").and_then(Json::list)) else {
        reading
            .problems
            .push(reading.error(StatProblem::Member { expected: "two lists of one length" }).column("id, size"));
        return None;
    };
    if ids.len() != sizes.len() {
        let what = StatProblem::CellCount { expected: ids.len() as u64, found: sizes.len() as u64 };
        reading.problems.push(reading.error(what).column("size"));
        return None;
    }
    let roles = about("role");
    let has_role = |role: &str, id: &str| {
        let list = roles.and_then(|roles| roles.member(role)?.list());
        list.is_some_and(|ids| ids.iter().any(|one| one.text() == Some(id)))
    };
    let mut axes = Vec::new();
    for (id, size) in ids.iter().zip(sizes) {
        let Some(id) = id.text() else {
            reading.problems.push(reading.error(StatProblem::Member { expected: "texts" }).column("id"));
            continue;
        };
        let role = match (has_role("time", id), has_role("geo", id)) {
            (true, _) => Some(Role::Time),
            (_, true) => Some(Role::Region),
            _ => None,
        };
        let Some(member) = dimension.member(id) else {
            reading.problems.push(reading.error(StatProblem::Member { expected: "a dimension" }).column(id));
            continue;
        };
        let Some(mut axis) = axis(id, member, reading) else { continue };
        if size.number() != Some(axis.raws.len() as f64) {
            let found = axis.raws.len() as u64;
            let value = size.number().map_or_else(|| "?".to_owned(), |size| size.to_string());
            let what = StatProblem::Member { expected: "the number of categories" };
            reading.problems.push(
                reading.error(what).column(format!("size/{id}")).value(format!("{value} ≠ {found}"), Privacy::Open),
            );
        }
        axis.role = role;
        axis.is_metric = has_role("metric", id);
        axes.push(axis);
    }
    if reading.problems.errors() > errors {
        return None;
    }
    // Without roles, the name tells which dimension holds the measures.
    if !axes.iter().any(|axis| axis.is_metric)
        && let Some(axis) = axes.iter_mut().find(|axis| role::of_name(&axis.id) == Named::Contents)
    {
        axis.is_metric = true;
    }
    let title = json.member("label").and_then(Json::text).unwrap_or_default();
    let mut table = build::empty(Format::JsonStat, title, reading);
    describe(json, &mut table);
    let sizes: Vec<u64> = axes.iter().map(|axis| axis.raws.len() as u64).collect();
    let metric = axes.iter().position(|axis| axis.is_metric);
    for (place, axis) in axes.into_iter().enumerate() {
        if Some(place) == metric {
            let unit = |(raw, (unit, decimals))| super::Measure { unit, decimals, ..build::measure(raw) };
            table.measures = axis.raws.into_iter().zip(axis.units).map(unit).collect();
        } else {
            table.dimensions.push(build::dimension(&axis.id, &axis.label, axis.role, axis.raws, reading));
        }
    }
    if metric.is_none() {
        let label = build::title(title).1;
        reading.notes.push(Note::UnnamedMeasure { label: label.clone() });
        table.measures.push(build::measure(Raw { code: None, label, line: 0 }));
    }
    let Some(count) =
        sizes.iter().try_fold(1_u64, |count, size| count.checked_mul(*size)).filter(|count| *count <= LIMIT)
    else {
        reading.refuse(StatProblem::TooLarge);
        return None;
    };
    let values = cells(json, count, reading)?;
    if reading.problems.errors() > errors {
        return None;
    }
    table.cells = placed(&values, &sizes, metric);
    let found = table.cells.len() as u64;
    if found < count {
        reading.notes.push(Note::Incomplete { found, size: count });
    }
    let blanks = table.cells.iter().filter(|cell| cell.value == Value::Missing(Missing::Blank)).count() as u64;
    if blanks > 0 {
        reading.notes.push(Note::Blanks { count: blanks });
    }
    table.notes = std::mem::take(&mut reading.notes);
    Some(table)
}

/// Cells from the order of the file to that of the table, where the measures run fastest.
pub(super) fn placed(values: &BTreeMap<u64, Value>, sizes: &[u64], metric: Option<usize>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = values
        .iter()
        .map(|(&at, &value)| {
            let (mut rest, mut weight, mut place, mut measure) = (at, 1, 0, 0);
            for (axis, size) in sizes.iter().enumerate().rev() {
                let position = rest % size.max(&1);
                rest /= size.max(&1);
                if Some(axis) == metric {
                    measure = position;
                } else {
                    place += position * weight;
                    weight *= size;
                }
            }
            let measures = metric.map_or(1, |metric| sizes[metric]);
            Cell { at: place * measures + measure, value }
        })
        .collect();
    cells.sort_by_key(|cell| cell.at);
    cells
}

fn axis(id: &str, member: &Json, reading: &mut Reading<'_>) -> Option<Axis> {
    let label = member.member("label").and_then(Json::text).unwrap_or(id).to_owned();
    let category = member.member("category");
    let labels = category.and_then(|category| category.member("label"));
    let wrong = |expected: &'static str, reading: &mut Reading<'_>| {
        let problem = reading.error(StatProblem::Member { expected });
        reading.problems.push(problem.column(format!("dimension/{id}/category/index")));
    };
    let codes: Vec<String> = match category.and_then(|category| category.member("index")) {
        Some(Json::List(codes)) => codes.iter().filter_map(|code| code.text().map(String::from)).collect(),
        Some(Json::Object(places)) => {
            let mut codes = vec![None; places.len()];
            for (code, place) in places {
                match place
                    .number()
                    .and_then(whole)
                    .and_then(|place| codes.get_mut(place))
                    .filter(|code| code.is_none())
                {
                    Some(free) => *free = Some(code.clone()),
                    None => wrong("each place from 0 once", reading),
                }
            }
            codes.into_iter().flatten().collect()
        }
        // A dimension with one category may leave the index out.
        None => match labels {
            Some(Json::Object(labels)) if labels.len() == 1 => vec![labels[0].0.clone()],
            _ => Vec::new(),
        },
        Some(_) => Vec::new(),
    };
    if codes.is_empty() {
        wrong("a list of codes, or codes with their places", reading);
        return None;
    }
    let labels: HashMap<&str, &Json> = match labels {
        Some(Json::Object(labels)) => labels.iter().map(|(code, label)| (code.as_str(), label)).collect(),
        _ => HashMap::new(),
    };
    let label_of = |code: &str| labels.get(code).and_then(|label| label.text()).unwrap_or(code).to_owned();
    let unit_of = |code: &str| {
        let unit = category.and_then(|category| category.member("unit")?.member(code));
        let base = unit.and_then(|unit| unit.member("base").or_else(|| unit.member("label"))?.text());
        let decimals = unit.and_then(|unit| unit.member("decimals")?.number());
        let decimals = decimals.and_then(|decimals| (0..=15_u8).find(|one| f64::from(*one) == decimals));
        (base.unwrap_or_default().to_owned(), decimals)
    };
    let units = codes.iter().map(|code| unit_of(code)).collect();
    let raws = codes.into_iter().map(|code| Raw { label: label_of(&code), code: Some(code), line: 0 }).collect();
    Some(Axis { id: id.into(), label, role: None, is_metric: false, raws, units })
}

/// A place in a list.
fn whole(number: f64) -> Option<usize> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared with what it came from")]
    let place = number as usize;
    (place as f64 == number).then_some(place)
}

fn describe(json: &Json, table: &mut StatTable) {
    let text = |name: &str| json.member(name).and_then(Json::text).unwrap_or_default().to_owned();
    table.source = text("source");
    table.updated = text("updated");
    let notes = json.member("note").and_then(Json::list).unwrap_or_default();
    table.footnotes = notes.iter().filter_map(|note| note.text().map(String::from)).collect();
    let px = json.member("extension").and_then(|extension| extension.member("px"));
    let id = px.and_then(|px| px.member("tableid")?.text());
    table.id = table.id.take().or_else(|| id.map(String::from));
}

/// Values with their status, by place.
fn cells(json: &Json, count: u64, reading: &mut Reading<'_>) -> Option<BTreeMap<u64, Value>> {
    let values = listed("value", json.member("value")?, count, reading)?;
    // One word, or a list of one, is the status of every cell.
    let (of_all, status) = match json.member("status") {
        None | Some(Json::Null) => ("", BTreeMap::new()),
        Some(Json::Text(all)) => (all.as_str(), BTreeMap::new()),
        Some(Json::List(list)) if list.len() == 1 => (list[0].text().unwrap_or_default(), BTreeMap::new()),
        Some(status) => ("", listed("status", status, count, reading)?),
    };
    let mut result = BTreeMap::new();
    let places: BTreeSet<u64> = values.keys().chain(status.keys()).copied().collect();
    for at in places {
        let status = status.get(&at).map_or(of_all, |status| status.text().unwrap_or_default());
        match value(values.get(&at).copied(), status) {
            Some(value) => {
                result.insert(at, value);
            }
            None => {
                let written = match values.get(&at) {
                    Some(Json::Number(number)) => number.to_string(),
                    Some(Json::Text(text)) => text.clone(),
                    _ => String::new(),
                };
                let problem = reading.error(StatProblem::UnknownStatus).column(format!("value/{at}"));
                reading.problems.push(problem.value(format!("{written} {status}").trim(), Privacy::Open));
            }
        }
    }
    Some(result)
}

/// A list with one entry for each cell, or an object by place.
fn listed<'a>(
    member: &'static str,
    json: &'a Json,
    count: u64,
    reading: &mut Reading<'_>,
) -> Option<BTreeMap<u64, &'a Json>> {
    let what = match json {
        Json::List(values) if values.len() as u64 == count => return Some((0..).zip(values).collect()),
        Json::List(values) => StatProblem::CellCount { expected: count, found: values.len() as u64 },
        Json::Object(values) => {
            let mut result = BTreeMap::new();
            for (key, value) in values {
                let place = key.parse::<u64>().ok().filter(|at| *at < count);
                if place.is_none_or(|at| result.insert(at, value).is_some()) {
                    let what = StatProblem::Member { expected: "places of cells, each once" };
                    reading.problems.push(reading.error(what).column(member).value(key, Privacy::Open));
                }
            }
            return Some(result);
        }
        _ => StatProblem::Member { expected: "a list, or an object by place" },
    };
    reading.problems.push(reading.error(what).column(member));
    None
}

/// A value and its status; `None` where they say different things.
fn value(value: Option<&Json>, status: &str) -> Option<Value> {
    let status = status.trim();
    let symbol = || match number::look(status) {
        Look::Value(value @ (Value::Missing(_) | Value::Nil)) => Some(value),
        Look::Dash => Some(Value::Nil),
        _ => None,
    };
    match value {
        Some(Json::Number(number)) => match status {
            "" => Some(Value::Number { value: *number, provisional: false }),
            "*" | "p" => Some(Value::Number { value: *number, provisional: true }),
            // A symbol for nothing may stand with the number 0.
            _ => symbol().filter(|_| *number == 0.0),
        },
        Some(Json::Text(text)) if status.is_empty() => match number::look(text) {
            Look::Value(value @ (Value::Missing(_) | Value::Nil)) => Some(value),
            _ => None,
        },
        Some(Json::Null) | None => symbol(),
        Some(_) => None,
    }
}
