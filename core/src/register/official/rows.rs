//! A register on its way from the form of its file to the form that indicators read.

use super::form::{Axis, Form};
use super::value::Value;
use crate::problem::{Privacy, Problems};
use crate::project::cohort::word;
use crate::read::{Codebook, DecimalMark, Kind, Missing, Table, Variable, read_table};
use crate::text::Text;

/// One row: its fields, and the line of the file that it stands on where it is a row there too.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: Option<u64>,
    pub(super) fields: Vec<String>,
}

/// Rows with the columns of a register: first those that tell rows apart, then the counts.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub(super) file: String,
    /// Each column with what it is called in the file.
    pub(super) columns: Vec<(String, String)>,
    /// How many columns tell rows apart.
    pub(super) keys: usize,
    pub(super) list: Vec<Row>,
    /// Whether the codes are those of a grouping, `K-3401`, which Statistics Norway gives in its newest codes in all years.
    pub(super) grouped: bool,
    /// Whether the file has no codes: its names were looked up on the project's day.
    pub(super) named: bool,
}

impl Rows {
    /// The columns of a table that a register has.
    pub(super) fn of(table: &Table, form: &Form) -> Self {
        let keys: Vec<&str> = form.keys.iter().map(|(name, _)| *name).collect();
        let counts = table.columns.iter().map(|column| column.variable.name.as_str());
        let counts: Vec<&str> = counts.filter(|name| !keys.contains(name)).collect();
        let text = |name: &&str, record: usize| {
            let Some(column) = table.column(name) else { return String::new() };
            match (column.number(record), word(column, record)) {
                (Ok(number), _) => number.to_string(),
                (_, Some(word)) => word.trim().to_owned(),
                (Err(why), None) => symbol(why).to_owned(),
            }
        };
        let row = |record: usize| {
            let mut fields: Vec<String> = keys.iter().chain(&counts).map(|name| text(name, record)).collect();
            for (at, _) in form.keys.iter().enumerate().filter(|(_, (_, axis))| axis.is_place()) {
                fields[at] = super::code(table, keys[at], record);
            }
            Row { line: Some(table.lines[record]), fields }
        };
        let columns = keys.iter().chain(&counts).map(|name| ((*name).to_owned(), (*name).to_owned()));
        Self {
            file: table.file.clone(),
            columns: columns.collect(),
            keys: keys.len(),
            list: (0..table.len()).map(row).collect(),
            grouped: false,
            named: false,
        }
    }

    /// As CSV: comma, decimal point.
    pub(super) fn csv<'a>(&self, list: impl Iterator<Item = &'a Row>) -> Vec<u8> {
        let mut out = String::new();
        let mut write = |fields: &mut dyn Iterator<Item = &String>| {
            for (at, field) in fields.enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                if field.contains([',', '"', '\n', '\r', ';', '\t']) {
                    out.push_str(&format!("\"{}\"", field.replace('"', "\"\"")));
                } else {
                    out.push_str(field);
                }
            }
            out.push('\n');
        };
        write(&mut self.columns.iter().map(|(name, _)| name));
        list.for_each(|row| write(&mut row.fields.iter()));
        out.into_bytes()
    }

    /// The table of some CSV with these columns. No line of it is a line of the file, unless the lines are given.
    pub(super) fn table(
        &self,
        csv: &[u8],
        lines: Option<Vec<u64>>,
        form: &Form,
        problems: &mut Problems,
    ) -> Option<Table> {
        let variable = |(at, (name, label)): (usize, &(String, String))| Variable {
            name: name.clone(),
            label: Text::same(label),
            kind: match form.keys.iter().find(|(key, _)| key == name) {
                Some((_, Axis::Year | Axis::Age)) => Kind::Integer { min: None, max: None },
                Some(_) => Kind::Text,
                None => Kind::Decimal { min: None, max: None, mark: Some(DecimalMark::Point) },
            },
            missing: Vec::new(),
            required: at < self.keys,
            waves: Vec::new(),
            privacy: Privacy::Open,
        };
        let codebook = Codebook { variables: self.columns.iter().enumerate().map(variable).collect() };
        let mut table = read_table(&self.file, csv, &codebook, problems)?;
        table.lines = lines.filter(|lines| lines.len() == table.len()).unwrap_or_else(|| vec![0; table.len()]);
        Some(table)
    }
}

/// Statistics Norway's symbol for why there is no number.
pub(super) const fn symbol(why: Missing) -> &'static str {
    match why {
        Missing::Confidential => ":",
        Missing::NotYet => "...",
        Missing::NotApplicable => ".",
        _ => "..",
    }
}

/// A number or symbol as a field.
pub(super) fn field(value: Value) -> String {
    match value.get() {
        Ok(number) => number.to_string(),
        Err(why) => symbol(why).to_owned(),
    }
}
