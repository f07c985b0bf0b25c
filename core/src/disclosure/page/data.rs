//! The data files: cubes that hold more than they say, and tables that hold more than the cubes.

use super::numbers::{Number, numbers};
use super::{File, Finding, Leak, Page};
use crate::export::json::Json;
use crate::export::{csv, jsonstat};
use crate::text::Lang;

/// Measures of a public cube.
const MEASURES: [&str; 6] = ["band", "bands", "share", "ci_lower", "ci_upper", "n"];

impl Page<'_> {
    /// A cube as it is written: no member that no cube has.
    pub(super) fn json(&mut self, file: &File<'_>) {
        let Some(at) = self.reference.cube_of_file(file.name) else { return };
        let Some(known) = self.reference.cubes.get(at) else { return };
        let cube = known.cube.clone();
        let wanted = Json::parse(&jsonstat::write(&cube));
        if let (Ok(found), Ok(wanted)) = (Json::parse(file.bytes), wanted) {
            self.members(file.name, "", &found, &wanted);
        }
    }

    /// Members and elements that the cube, written again, does not have.
    fn members(&mut self, file: &str, path: &str, found: &Json, wanted: &Json) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match (found, wanted) {
            (Json::Object(found), Json::Object(_)) => {
                for (at, (name, value)) in found.iter().enumerate() {
                    match wanted.member(name) {
                        // Of two equal names the second is read by nobody but a reader of the file.
                        Some(wanted) if !found[..at].iter().any(|(before, _)| before == name) => {
                            self.members(file, &below(name), value, wanted);
                        }
                        _ => {
                            let value = text(value);
                            self.push(Finding::new(file, Leak::Field).place(&below(name)).value(&value));
                        }
                    }
                }
            }
            (Json::List(found), Json::List(wanted)) => {
                for (at, value) in found.iter().enumerate() {
                    match wanted.get(at) {
                        Some(wanted) => self.members(file, &format!("{path}[{at}]"), value, wanted),
                        None => {
                            self.push(
                                Finding::new(file, Leak::Field).place(&format!("{path}[{at}]")).value(&text(value)),
                            );
                        }
                    }
                }
            }
            (found, wanted) if found != wanted => {
                let leak = if path.starts_with("status[") { Leak::HiddenMark } else { Leak::Field };
                self.push(Finding::new(file, leak).place(path).value(&text(found)));
            }
            _ => {}
        }
    }

    /// A table of a cube: its columns, its values, its order.
    pub(super) fn csv(&mut self, file: &str, found: &str, cube: Option<usize>) {
        let Some((at, known)) = cube.and_then(|at| Some((at, self.reference.cubes.get(at)?))) else { return };
        let cube = known.cube.clone();
        let wanted = records(&String::from_utf8_lossy(&csv::write(&cube, Lang::Nb)));
        let found = records(found);
        let (Some(names), Some(heads)) = (wanted.first(), found.first()) else {
            return self.push(Finding::new(file, Leak::Malformed).value("CSV"));
        };
        let column = |name: &str| heads.iter().position(|head| head == name);
        let keys: Vec<usize> = cube.dimensions.iter().filter_map(|axis| column(&axis.id)).collect();
        if keys.len() != cube.dimensions.len() {
            return self.push(Finding::new(file, Leak::Malformed).value("CSV"));
        }
        let key_of = |row: &[String], columns: &[usize]| -> Vec<String> {
            columns.iter().map(|&column| row.get(column).cloned().unwrap_or_default()).collect()
        };
        let wanted_keys: Vec<usize> =
            cube.dimensions.iter().filter_map(|axis| names.iter().position(|name| *name == axis.id)).collect();
        let mut last = 0;
        let mut out_of_order = false;
        for (place, row) in found.iter().enumerate().skip(1) {
            let key = key_of(row, &keys);
            let index = cube.cells.iter().enumerate().position(|(index, _)| {
                let codes = cube.position(index);
                cube.dimensions.iter().zip(codes).zip(&key).all(|((axis, at), key)| axis.categories[at].code == *key)
            });
            let Some((target, index)) = wanted.iter().position(|row| key_of(row, &wanted_keys) == key).zip(index)
            else {
                self.push(Finding::new(file, Leak::Field).line(place + 1).value(&row.join(",")));
                continue;
            };
            if target < last && !out_of_order {
                out_of_order = true;
                self.push(Finding::new(file, Leak::Order).line(place + 1).value(&key.join(",")));
            }
            last = target;
            for (number_of, value) in row.iter().enumerate() {
                let head = heads.get(number_of).map_or("", String::as_str);
                let meant = names.iter().position(|name| name == head).and_then(|at| wanted[target].get(at));
                if meant.is_none_or(|meant| meant != value) && !value.is_empty() {
                    let leak = match (meant, head) {
                        (Some(_), "status") => Leak::HiddenMark,
                        (Some(_), _) if MEASURES.contains(&head) => Leak::CellValue,
                        _ => Leak::Column,
                    };
                    let finding = Finding::new(file, leak).line(place + 1).place(head).value(value);
                    let finding = self.about(finding, at, index, &number(head, value));
                    self.push(finding);
                }
            }
        }
    }
}

/// A value under a name that says what it is.
pub(super) fn number(name: &str, value: &str) -> Vec<Number> {
    match (name, numbers(value).first()) {
        ("n" | "answers" | "svar", Some(Number::Plain { value, decimals, .. })) => {
            vec![Number::Plain { value: *value, decimals: *decimals, answers: true }]
        }
        ("share" | "percent" | "prosent", Some(Number::Plain { value, decimals, .. })) => {
            vec![Number::Percent { value: *value, decimals: *decimals }]
        }
        _ => numbers(value),
    }
}

fn text(json: &Json) -> String {
    match json {
        Json::Null => "null".into(),
        Json::Bool(value) => value.to_string(),
        Json::Number(value) => value.to_string(),
        Json::Text(text) => text.clone(),
        Json::List(list) => format!("[{}]", list.iter().map(text).collect::<Vec<_>>().join(", ")),
        Json::Object(members) => {
            let of = |(name, value): &(String, Json)| format!("{name}: {}", text(value));
            format!("{{{}}}", members.iter().map(of).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The records of a CSV file with commas: RFC 4180, as this software writes it.
pub(super) fn records(text: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let (mut record, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                all.push(std::mem::take(&mut record));
            }
            other => field.push(other),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        all.push(record);
    }
    all.retain(|record| record.len() > 1 || !record[0].is_empty());
    all
}
