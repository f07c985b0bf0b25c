//! Contact details, apart from the answers.

use super::convert::Converter;
use super::place::Target;
use crate::read::scan::Record;
use sha2::{Digest, Sha256};

/// Contact details of all exports.
#[derive(Clone, Debug, Default)]
pub(super) struct Contacts {
    headings: Vec<String>,
    rows: Vec<(Vec<String>, String)>,
}

impl Contacts {
    /// As CSV, in the order of what they hold: the order of the answers is not told.
    pub(super) fn write(mut self) -> Vec<u8> {
        let form = super::Form::Programs;
        let mut out = Vec::new();
        let header: Vec<String> = std::iter::once("row_key".to_owned()).chain(self.headings.iter().cloned()).collect();
        form.header(&header, &mut out);
        let width = self.headings.len();
        self.rows.iter_mut().for_each(|(values, _)| values.resize(width, String::new()));
        self.rows.sort();
        for (values, key) in &self.rows {
            form.cell(key, &mut out);
            for value in values {
                out.push(b',');
                form.cell(value, &mut out);
            }
            out.push(b'\n');
        }
        out
    }

    /// Columns for headings, made where they are not there yet: the same in whichever order rows come.
    pub(super) fn columns(&mut self, headings: impl Iterator<Item = String>) -> Vec<usize> {
        let place = |heading: String| {
            self.headings.iter().position(|own| *own == heading).unwrap_or_else(|| {
                self.headings.push(heading);
                self.headings.len() - 1
            })
        };
        headings.map(place).collect()
    }

    pub(super) fn append(&mut self, rows: Vec<(Vec<String>, String)>) {
        self.rows.extend(rows);
    }
}

impl Converter {
    /// The heading that a column of contact details gets.
    pub(super) fn contact_heading(&self, column: usize) -> String {
        match self.export.file.columns[column].target {
            Target::Variable(variable) => self.export.dictionary.variables[variable].name.clone(),
            _ => self.export.file.label(column),
        }
    }

    /// Keeps the contact details of a row, with its key.
    pub(super) fn contacts(&mut self, record: &Record<'_>) {
        let mut values: Vec<String> = Vec::new();
        for (column, place) in &self.contact_columns {
            let text = self.text_of(*column, record);
            let text = text.trim();
            if text.is_empty() || matches!(text, "anonymous" | "anonym") {
                continue;
            }
            if values.len() <= *place {
                values.resize(place + 1, String::new());
            }
            text.clone_into(&mut values[*place]);
        }
        if !values.is_empty() {
            let key = self.key(record);
            self.contact_rows.push((values, key));
        }
    }

    /// A key of this row that says nothing about the person: a digest of the tool's own number, else of the place.
    pub(super) fn key(&self, record: &Record<'_>) -> String {
        let id = self.export.roles.id.map(|column| self.text_of(column, record)).unwrap_or_default();
        let number = self.number;
        let own = if id.is_empty() { format!("{number}\n{}", self.row.record) } else { format!("{number}\n{id}") };
        Sha256::digest(own).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}
