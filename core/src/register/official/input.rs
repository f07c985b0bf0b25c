//! One register from its files.

use super::carried::carry;
use super::form::Form;
use super::rows::Rows;
use super::{Register, downloaded, klass, read};
use crate::problem::Problems;
use crate::read::Table;
use crate::register::municipality::Day;
use crate::text::Text;
use std::collections::BTreeMap;

/// A register, the files of its project, and the day whose municipalities the project has.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The register.
    pub register: &'a Register,
    /// Files by name.
    pub files: &'a BTreeMap<String, Vec<u8>>,
    /// A day on which the project's codes hold; none where there is no such day.
    pub day: Option<Day>,
}

impl Input<'_> {
    /// Reads it as a table with the columns of the register, in the codes of the project's day, with every assumption that was
    /// made. `None` when it cannot be used; problems say why.
    ///
    /// A table with a schema is read as it says; its codes are carried over only where the project says of which day they are.
    /// A file without one is read as Statistics Norway's.
    #[must_use]
    pub fn open(&self, problems: &mut Problems) -> Option<(Table, Vec<Text>)> {
        let form = Form::of(self.register.id)?;
        let data = self.files.get(&self.register.data)?;
        let mut notes = Vec::new();
        let rows = match &self.register.schema {
            Some(schema) => {
                let schema = (schema.as_str(), self.files.get(schema)?.as_slice());
                let table = read(self.register, data, schema, &form.columns(), problems)?;
                if self.register.reading.codes.is_none() {
                    return Some((table, notes));
                }
                Rows::of(&table, form)
            }
            None if form.id == "centrality" => {
                klass::read(self.register, form, (data, self.day), &mut notes, problems)?
            }
            None => downloaded::read(self.register, form, data, &mut notes, problems)?,
        };
        let table = carry(rows, self.register, form, self.day, &mut notes, problems)?;
        Some((table, notes))
    }
}
