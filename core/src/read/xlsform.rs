//! XLSForm sheets to a codebook.

use crate::problem::{Privacy, Problem, Problems};
use crate::read::table::{CATEGORY_LIMIT, read_texts};
use crate::read::{Codebook, CodebookCategory, Kind, Missing, ReadProblem, Table, Variable};
use crate::text::{Lang, Text};
use std::collections::HashMap;

/// One list of choices.
#[derive(Default)]
struct List {
    name: String,
    categories: Vec<CodebookCategory>,
    missing: Vec<(String, Missing)>,
    /// The line of each code.
    lines: HashMap<String, u64>,
}

/// A sheet, by column name.
struct Sheet<'a> {
    file: &'a str,
    table: Table,
    labels: [Option<usize>; 3],
}

impl<'a> Sheet<'a> {
    fn read((file, bytes): (&'a str, &[u8]), needed: &[&str], problems: &mut Problems) -> Option<Self> {
        let (names, table) = read_texts(file, bytes, problems)?;
        let mut whole = true;
        for name in needed {
            if !names.iter().any(|other| other == name) {
                let missing = ReadProblem::MissingColumn { exists: names.clone(), suggestion: None };
                problems.push(Problem::error(file, missing).line(1).column(*name));
                whole = false;
            }
        }
        let label = |lang: Lang| {
            let code = format!("({})", lang.tag());
            table.columns.iter().position(|column| {
                let name = &column.variable.name;
                name.strip_prefix("label")
                    .is_some_and(|rest| rest.contains(&code) || rest.trim_start_matches(':') == lang.tag())
            })
        };
        let plain = table.columns.iter().position(|column| column.variable.name == "label");
        let labels = Lang::ALL.map(|lang| label(lang).or(if lang == Lang::Nb { plain } else { None }));
        whole.then_some(Self { file, table, labels })
    }

    fn get(&self, record: usize, name: &str) -> &str {
        self.table.column(name).and_then(|column| column.text(record).ok()).unwrap_or_default()
    }

    fn label(&self, record: usize) -> Text {
        let get = |lang: usize| self.labels[lang].and_then(|column| self.table.columns[column].text(record).ok());
        let nb = get(0).or(get(1)).or(get(2)).unwrap_or_default();
        Text::new(nb, get(1).unwrap_or(nb), get(2).unwrap_or(nb))
    }

    fn problem(&self, record: usize, column: &str, what: ReadProblem) -> Problem {
        let problem = Problem::error(self.file, what).line(self.table.lines[record]).record(record as u64 + 1);
        problem.column(column).value(self.get(record, column), Privacy::Open)
    }
}

pub(super) fn codebook(survey: (&str, &[u8]), choices: (&str, &[u8]), problems: &mut Problems) -> Codebook {
    let choices = Sheet::read(choices, &["list_name", "name"], problems);
    let lists = choices.map(|sheet| lists(&sheet, problems)).unwrap_or_default();
    match Sheet::read(survey, &["type", "name"], problems) {
        Some(sheet) => variables(&sheet, &lists, problems),
        None => Codebook::default(),
    }
}

fn lists(sheet: &Sheet<'_>, problems: &mut Problems) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for record in 0..sheet.table.len() {
        let (name, code) = (sheet.get(record, "list_name"), sheet.get(record, "name"));
        if name.is_empty() && code.is_empty() {
            continue;
        }
        if name.is_empty() || code.is_empty() {
            let column = if name.is_empty() { "list_name" } else { "name" };
            problems.push(sheet.problem(record, column, ReadProblem::NoName));
            continue;
        }
        let index = lists.iter().position(|list| list.name == name).unwrap_or_else(|| {
            lists.push(List { name: name.into(), ..List::default() });
            lists.len() - 1
        });
        let list = &mut lists[index];
        let line = sheet.table.lines[record];
        let before = list.lines.get(code).copied();
        if before.is_some() || list.lines.len() >= CATEGORY_LIMIT {
            problems.push(sheet.problem(record, "name", ReadProblem::Duplicate { line: before }));
            continue;
        }
        list.lines.insert(code.into(), line);
        match sheet.get(record, "missing") {
            "" => list.categories.push(CodebookCategory { code: code.into(), label: sheet.label(record) }),
            "dont_know" => list.missing.push((code.into(), Missing::DontKnow)),
            "refused" => list.missing.push((code.into(), Missing::Refused)),
            _ => problems.push(sheet.problem(record, "missing", ReadProblem::UnknownMissing)),
        }
    }
    lists
}

fn variables(sheet: &Sheet<'_>, lists: &[List], problems: &mut Problems) -> Codebook {
    let mut codebook = Codebook::default();
    let mut lines = Vec::new();
    for record in 0..sheet.table.len() {
        let (kind, name) = (sheet.get(record, "type"), sheet.get(record, "name"));
        let mut words = kind.split_whitespace();
        let word = words.next().unwrap_or_default();
        let mut missing = Vec::new();
        let list = words.next().unwrap_or(name);
        let found = lists.iter().find(|other| other.name == list);
        let mut categories = || {
            let found = found?;
            missing.clone_from(&found.missing);
            Some(found.categories.clone())
        };
        let (kind, required, privacy) = match word {
            "" | "note" | "calculate" | "begin" | "end" if word != "end" || kind != "end" => continue,
            "begin_group" | "end_group" | "begin_repeat" | "end_repeat" | "audit" => continue,
            "select_one" | "select_multiple" => {
                let Some(categories) = categories() else {
                    let exists = lists.iter().map(|list| list.name.clone()).collect();
                    problems.push(sheet.problem(
                        record,
                        "type",
                        ReadProblem::UnknownList { list: list.into(), exists },
                    ));
                    continue;
                };
                let several = word == "select_multiple";
                let kind = if several { Kind::Multiple(categories) } else { Kind::Category(categories) };
                (kind, true, Privacy::Answer)
            }
            "hidden" => (categories().map_or(Kind::Text, Kind::Category), true, Privacy::Answer),
            "integer" => {
                let (min, max) = limits(sheet.get(record, "constraint"));
                (Kind::Integer { min, max }, true, Privacy::Answer)
            }
            "decimal" | "range" => {
                let (min, max) = limits(sheet.get(record, "constraint"));
                (Kind::Decimal { min, max, mark: None }, true, Privacy::Answer)
            }
            "date" | "dateTime" | "start" | "end" | "today" => (Kind::Date, false, Privacy::Answer),
            "text" | "time" | "barcode" | "image" | "audio" | "video" | "file" | "geopoint" | "geotrace"
            | "geoshape" | "deviceid" | "username" | "email" | "phonenumber" | "rank" | "acknowledge" => {
                (Kind::Text, false, Privacy::Never)
            }
            _ => {
                problems.push(sheet.problem(record, "type", ReadProblem::UnknownType));
                continue;
            }
        };
        if name.is_empty() {
            problems.push(sheet.problem(record, "name", ReadProblem::NoName));
            continue;
        }
        if let Some(first) = codebook.variables.iter().position(|other: &Variable| other.name == name) {
            problems.push(sheet.problem(record, "name", ReadProblem::Duplicate { line: lines.get(first).copied() }));
            continue;
        }
        lines.push(sheet.table.lines[record]);
        codebook.variables.push(Variable {
            name: name.into(),
            label: sheet.label(record),
            kind,
            missing,
            required,
            waves: waves(sheet.get(record, "waves")),
            privacy,
        });
    }
    codebook
}

/// The limits of a constraint such as `. >= 0 and . <= 200`. Other constraints are the survey tool's to check: of a
/// constraint that holds anything else, nothing is taken.
fn limits<T: std::str::FromStr + Copy>(constraint: &str) -> (Option<T>, Option<T>) {
    let (mut min, mut max) = (None, None);
    for part in constraint.split(" and ") {
        let part = part.trim().strip_prefix('.').unwrap_or_default().trim();
        let at_least = part.strip_prefix(">=").and_then(|number| number.trim().parse().ok());
        let at_most = part.strip_prefix("<=").and_then(|number| number.trim().parse().ok());
        if at_least.is_none() && at_most.is_none() {
            return (None, None);
        }
        min = at_least.or(min);
        max = at_most.or(max);
    }
    (min, max)
}

/// `1234` or `1 2 3 4`: the codes of the waves.
fn waves(cell: &str) -> Vec<String> {
    if cell.contains([' ', ',']) {
        cell.split([' ', ',']).filter(|code| !code.is_empty()).map(str::to_owned).collect()
    } else {
        cell.chars().map(String::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::limits;

    #[test]
    fn limits_of_a_constraint() {
        assert_eq!(limits::<i64>(". >= 0 and . <= 200"), (Some(0), Some(200)));
        assert_eq!(limits::<i64>(".<=5"), (None, Some(5)));
        assert_eq!(limits::<i64>(""), (None, None));
        assert_eq!(limits::<i64>(". >= 0 or . = -1"), (None, None));
        assert_eq!(limits::<f64>(". >= 0.5"), (Some(0.5), None));
    }
}
