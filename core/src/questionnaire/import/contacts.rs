//! Contact details, apart from the answers.

use super::Options;
use super::convert::Converter;
use super::dictionary::{Dictionary, Kind};
use super::place::Target;
use crate::read::scan::Record;
use crate::submission::HOME;
use sha2::{Digest, Sha256};

/// Contact details of all exports.
#[derive(Clone, Debug, Default)]
pub(super) struct Contacts {
    headings: Vec<String>,
    rows: Vec<Details>,
}

/// Contact details of one row. By them alone rows are put in order: what stands after them tells nothing of the order of the
/// answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Details {
    values: Vec<String>,
    /// Codes of wave and home municipality: which cohort somebody is of.
    facts: Vec<String>,
    key: String,
}

impl Contacts {
    /// As CSV, in the order of what they hold: the order of the answers is not told.
    pub(super) fn write(mut self, dictionary: &Dictionary, options: &Options) -> Vec<u8> {
        let form = super::Form::Programs;
        let mut out = Vec::new();
        let facts = facts(dictionary, options).map(|place| dictionary.variables[place].name.clone());
        let header = std::iter::once("row_key".to_owned()).chain(facts).chain(self.headings.iter().cloned());
        form.header(&header.collect::<Vec<_>>(), &mut out);
        let width = self.headings.len();
        self.rows.iter_mut().for_each(|row| row.values.resize(width, String::new()));
        self.rows.sort();
        for Details { values, facts, key } in &self.rows {
            form.cell(key, &mut out);
            for value in facts.iter().chain(values) {
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

    pub(super) fn append(&mut self, rows: Vec<Details>) {
        self.rows.extend(rows);
    }
}

/// Wave and home municipality, where the form has them: what says whose cohort an address is of.
pub(super) fn facts(dictionary: &Dictionary, options: &Options) -> impl Iterator<Item = usize> {
    let home = dictionary.exact(options.home.as_deref().unwrap_or(HOME));
    let closed = |place: &usize| dictionary.variables[*place].kind == Kind::One;
    dictionary.wave.into_iter().chain(home).filter(closed)
}

impl Converter {
    /// The heading that a column of contact details gets.
    pub(super) fn contact_heading(&self, column: usize) -> String {
        match self.export.file.columns[column].target {
            Target::Variable(variable) => self.export.dictionary.variables[variable].name.clone(),
            _ => self.export.file.label(column),
        }
    }

    /// Keeps the contact details of a row, with its key. Who by the routing was not asked for an address has given none.
    pub(super) fn contacts(&mut self, record: &Record<'_>) {
        let mut values: Vec<String> = Vec::new();
        let mut not_asked = 0;
        for (column, place) in &self.contact_columns {
            let text = self.text_of(*column, record);
            let text = text.trim();
            if text.is_empty() || matches!(text, "anonymous" | "anonym") {
                continue;
            }
            if let Target::Variable(variable) = self.export.file.columns[*column].target
                && self.asked.is_asked(variable) == Some(false)
            {
                not_asked += 1;
                continue;
            }
            if values.len() <= *place {
                values.resize(place + 1, String::new());
            }
            text.clone_into(&mut values[*place]);
        }
        if !values.is_empty() {
            let key = self.key(record);
            let dictionary = &self.export.dictionary;
            let code = |place: usize| {
                let choice = usize::from(self.row.states[place]).checked_sub(1);
                choice.map(|choice| dictionary.list(place).codes[choice].clone()).unwrap_or_default()
            };
            let facts = facts(dictionary, &self.options).map(code).collect();
            self.contact_rows.push(Details { values, facts, key });
        }
        self.contacts_not_asked += not_asked;
    }

    /// A key of this row that says nothing about the person: a digest of the tool's own number, else of the place.
    pub(super) fn key(&self, record: &Record<'_>) -> String {
        let id = self.export.roles.id.map(|column| self.text_of(column, record)).unwrap_or_default();
        let number = self.number;
        let own = if id.is_empty() { format!("{number}\n{}", self.row.record) } else { format!("{number}\n{id}") };
        Sha256::digest(own).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}
