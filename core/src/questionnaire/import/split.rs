//! Exports that a tool split by questions: SurveyMonkey writes a long form to several sheets, with all respondents in each.

use super::chunks::Chunks;
use super::dialect::{Dialect, Role};
use crate::problem::Problems;
use crate::read::Head;
use crate::read::encoding::guess;
use crate::read::head::clean;
use crate::read::scan::{Flaw, Layout, Record, Spot, Visit, scan};
use std::collections::BTreeMap;

/// One sheet.
struct Part {
    names: Vec<String>,
    /// Where its questions begin, after the columns of the tool.
    first: usize,
    /// The column with the number of the respondent.
    id: usize,
    /// The second header row, then the records.
    rows: Vec<Vec<String>>,
}

/// Whether beginnings of exports are those of sheets of one form: SurveyMonkey's columns, and no question in two of them.
#[must_use]
pub fn is_split(starts: &[&[u8]]) -> bool {
    let parts: Option<Vec<Part>> = starts.iter().map(|start| Part::read(start, false)).collect();
    parts.is_some_and(|parts| parts.len() > 1 && are_apart(&parts))
}

/// The sheets of one form as one export, joined by the number of the respondent, in the order of the first sheet; who is
/// only in a later one comes last. `None` when they are no such sheets, or one holds a respondent twice or a broken record:
/// then they are imported one by one, and that is reported.
#[must_use]
pub fn join(sheets: &[&[u8]]) -> Option<Vec<u8>> {
    if sheets.len() < 2 {
        return None;
    }
    let parts: Vec<Part> = sheets.iter().map(|sheet| Part::read(sheet, true)).collect::<Option<_>>()?;
    let (first, others) = parts.split_first()?;
    if !are_apart(&parts) {
        return None;
    }
    let mut header = first.names.clone();
    let mut second = first.rows.first()?.clone();
    let mut rows: Vec<Vec<String>> = first.rows[1..].to_vec();
    let mut places = places(first)?;
    for part in others {
        let width = header.len();
        header.extend_from_slice(&part.names[part.first..]);
        second.extend_from_slice(&part.rows.first()?[part.first..]);
        let of_part = self::places(part)?;
        for (id, place) in of_part {
            let own = &part.rows[place + 1];
            let at = *places.entry(id).or_insert_with(|| {
                // The tool's own columns stand under the same names.
                let cell = |name: &String| {
                    let column = part.names[..part.first].iter().position(|own| own == name && !name.is_empty());
                    column.map(|column| own[column].clone()).unwrap_or_default()
                };
                let tool = first.names[..first.first].iter().map(cell);
                rows.push(tool.chain(std::iter::repeat_n(String::new(), width - first.first)).collect());
                rows.len() - 1
            });
            rows[at].extend_from_slice(&own[part.first..]);
        }
        rows.iter_mut().for_each(|row| row.resize(header.len(), String::new()));
    }
    let mut out = Vec::new();
    for row in [header, second].iter().chain(&rows) {
        for (place, cell) in row.iter().enumerate() {
            out.extend_from_slice(if place == 0 { b"\"" } else { b",\"" });
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        }
        out.push(b'\n');
    }
    Some(out)
}

/// Whether no question is in two parts.
fn are_apart(parts: &[Part]) -> bool {
    let mut seen: Vec<&String> = Vec::new();
    parts.iter().all(|part| {
        let own: Vec<&String> = part.names[part.first..].iter().filter(|name| !name.is_empty()).collect();
        let apart = own.iter().all(|name| !seen.contains(name));
        seen.extend(own);
        apart
    })
}

/// The record of each respondent; `None` when one has two.
fn places(part: &Part) -> Option<BTreeMap<String, usize>> {
    let mut places = BTreeMap::new();
    for (place, row) in part.rows.iter().skip(1).enumerate() {
        let id = row[part.id].trim();
        if id.is_empty() || places.insert(id.to_owned(), place).is_some() {
            return None;
        }
    }
    Some(places)
}

impl Part {
    fn read(bytes: &[u8], whole: bool) -> Option<Self> {
        let mut chunks = Chunks::new(None, None);
        chunks.push(bytes);
        chunks.end();
        let (text, _) = clean(chunks.text());
        let head = Head::find(" ", &text, whole, &mut Problems::new())?;
        if Dialect::find(&head.names, head.layout.delimiter).0 != Dialect::SurveyMonkey {
            return None;
        }
        let role = |name: &String| Dialect::SurveyMonkey.role(name);
        let first = head.names.iter().position(|name| !name.is_empty() && role(name).is_none())?;
        let id = head.names.iter().position(|name| role(name) == Some(Role::Id))?;
        let mut rows = Rows { rows: Vec::new(), broken: false };
        if whole {
            let layout = Layout { needed: head.layout.columns, ..head.layout };
            scan(text.get(head.start..)?, layout, true, &mut rows);
        }
        (!rows.broken).then_some(Self { names: head.names, first, id, rows: rows.rows })
    }
}

struct Rows {
    rows: Vec<Vec<String>>,
    broken: bool,
}

impl Visit for Rows {
    fn record(&mut self, record: &Record<'_>) {
        let row: Vec<String> = (0..record.len()).map(|column| guess(record.field(column)).into_owned()).collect();
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            self.rows.push(row);
        }
    }

    fn flaw(&mut self, _: Spot, flaw: Flaw, _: &[u8]) {
        self.broken |= !flaw.is_harmless();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Respondent ID,Collector ID,Start Date,End Date,";

    #[test]
    fn sheets_are_joined_by_respondent() {
        let one = format!("{HEAD}Where?,Which?,\n,,,,Response,A,B\n7,1,s,e,Here,A,\n8,1,s,e,\"a, \"\"b\"\"\",,B\n");
        let two = format!("{HEAD}More?\n,,,,Open-Ended Response\n9,2,t,f,x\n7,1,s,e,y\n");
        assert!(is_split(&[one.as_bytes(), two.as_bytes()]));
        let joined = String::from_utf8(join(&[one.as_bytes(), two.as_bytes()]).unwrap()).unwrap();
        let expected = [
            "\"Respondent ID\",\"Collector ID\",\"Start Date\",\"End Date\",\"Where?\",\"Which?\",\"\",\"More?\"",
            "\"\",\"\",\"\",\"\",\"Response\",\"A\",\"B\",\"Open-Ended Response\"",
            "\"7\",\"1\",\"s\",\"e\",\"Here\",\"A\",\"\",\"y\"",
            "\"8\",\"1\",\"s\",\"e\",\"a, \"\"b\"\"\",\"\",\"B\",\"\"",
            "\"9\",\"2\",\"t\",\"f\",\"\",\"\",\"\",\"x\"",
        ];
        assert_eq!(joined.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn other_exports_are_not() {
        let one = format!("{HEAD}Where?\n,,,,Response\n7,1,s,e,Here\n");
        assert!(!is_split(&[one.as_bytes(), one.as_bytes()]), "the same questions: two exports of one form");
        assert_eq!(join(&[one.as_bytes(), b"id;submitdate;q\n1;2;3\n"]), None);
        let twice = format!("{HEAD}More?\n,,,,Response\n7,1,s,e,x\n7,1,s,e,y\n");
        assert_eq!(join(&[one.as_bytes(), twice.as_bytes()]), None);
        let broken = format!("{HEAD}More?\n,,,,Response\n7,1,s,e\n");
        assert_eq!(join(&[one.as_bytes(), broken.as_bytes()]), None);
    }
}
