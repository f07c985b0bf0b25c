//! One register from its files.

use super::carried::carry;
use super::form::Form;
use super::rows::Rows;
use super::{OfficialProblem, Register, downloaded, klass, read};
use crate::problem::{Privacy, Problems};
use crate::project::cohort::{at, word};
use crate::read::{Column, Table};
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
                check(&table, form, problems)?;
                if self.register.reading.codes.is_none() {
                    return Some((table, notes));
                }
                Rows::of(&table, form)
            }
            None if form.id == "centrality" => {
                klass::read(self.register, form, (data, self.day), &mut notes, problems)?
            }
            None => downloaded::read(self.register, form, (data, self.day), &mut notes, problems)?,
        };
        let table = carry(rows, self.register, form, self.day, &mut notes, problems)?;
        check(&table, form, problems)?;
        Some((table, notes))
    }
}

/// Counts are whole numbers from 0, and nothing in a country is a thousand million.
fn check(table: &Table, form: &Form, problems: &mut Problems) -> Option<()> {
    const MOST: f64 = 1e9;
    let before = problems.errors();
    let is_key = |name: &str| form.keys.iter().any(|(key, _)| *key == name);
    for column in table.columns.iter().filter(|column| form.adds_up() && !is_key(&column.variable.name)) {
        for record in 0..table.len() {
            let Ok(number) = column.number(record) else { continue };
            if !(0.0..MOST).contains(&number) || number.fract() != 0.0 {
                // A row that was put together is told by its keys.
                let keys = form.keys.iter().filter_map(|(key, _)| text(table.column(key)?, record));
                let place =
                    if table.lines[record] > 0 { String::new() } else { keys.map(|key| format!(", {key}")).collect() };
                let problem = at(table, record, OfficialProblem::NotACount).column(&column.variable.name);
                problems.push(problem.value(format!("{number}{place}"), Privacy::Open));
            }
        }
    }
    (problems.errors() == before).then_some(())
}

fn text(column: &Column, record: usize) -> Option<String> {
    let number = || column.number(record).ok().map(|number| number.to_string());
    word(column, record).map(str::to_owned).or_else(number)
}
