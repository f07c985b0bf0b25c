//! Figures of a downloaded file, each with the fields that tell its row apart.

use super::super::form::Axis;
use super::super::problem::OfficialProblem;
use super::super::{NATION, OLDEST, Value};
use super::{Parts, Reader, is, words};
use crate::problem::{Privacy, Problem};
use crate::read::Missing;
use crate::read::statbank::{Age, Category, Key, Level, Long, Meaning, Role, Value as Cell};
use crate::register::Sex;
use crate::text::Text;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// The figures of one measure.
    pub(super) fn column(&mut self, column: &str, measure: &str, part: Option<&str>, notes: &mut Vec<Text>) {
        let keys: Vec<Key<'_>> = self.asked.iter().map(|at| Key::Named(&self.table.dimensions[*at].id)).collect();
        let table = self.table;
        let Some(long) = table.long(&keys, Some(measure), self.problems) else { return };
        for note in long.notes.iter().map(words).filter(|note| !notes.contains(note)).collect::<Vec<_>>() {
            notes.push(note);
        }
        let mut refused = BTreeSet::new();
        for record in 0..long.len() {
            match self.key(&long, record, part) {
                Ok(Some((key, band))) => self.put(key, band.as_deref().unwrap_or(column), &long, record),
                Ok(None) => {}
                Err((what, column, value)) => {
                    if refused.insert((column.clone(), value.clone())) {
                        let problem = Problem::error(&table.file, what).column(column);
                        self.problems.push(problem.value(value, Privacy::Open));
                    }
                }
            }
        }
    }

    fn put(&mut self, key: Vec<String>, column: &str, long: &Long<'_>, record: usize) {
        let value = match long.value(record) {
            Some(Cell::Number { value, provisional }) => {
                self.provisional += u64::from(provisional);
                Value::read(value)
            }
            Some(Cell::Nil) => Value::read(0.0),
            Some(Cell::Missing(Missing::Blank)) | None => Value::none(Missing::NotAvailable),
            Some(Cell::Missing(why)) => Value::none(why),
        };
        let sex = self.sexes.and_then(|sexes| {
            let at = self.asked.iter().position(|one| *one == sexes)?;
            if let Meaning::Sex(sex) = long.category(record, at)?.meaning { sex } else { None }
        });
        let by_sex = self.sexes.is_some();
        let row = self.found.entry(key).or_default();
        match sex {
            Some(sex) if self.form.id == "population" => {
                let name = if sex == Sex::Female { "female" } else { "male" };
                row.entry(name.into()).or_default().push(value);
            }
            // Both together, where women and men are there one by one: the population has its own row for it.
            None if by_sex && self.form.id != "population" => {}
            _ => row.entry(column.to_owned()).or_default().push(value),
        }
    }

    /// The fields that tell a record apart, and of bands of age the column; `None` where the record does not count.
    #[expect(clippy::type_complexity, reason = "what is wrong, in which column, with which value")]
    fn key(
        &mut self,
        long: &Long<'_>,
        record: usize,
        part: Option<&str>,
    ) -> Result<Option<(Vec<String>, Option<String>)>, (OfficialProblem, String, String)> {
        for (axis, list) in &self.only {
            let at = self.asked.iter().position(|one| one == axis).unwrap_or_default();
            if !long.category(record, at).is_some_and(|category| list.iter().any(|one| is(category, one))) {
                return Ok(None);
            }
        }
        let mut fields = Vec::new();
        let mut next = 0;
        for (_, axis) in self.form.keys {
            let is_year = *axis == Axis::Year && self.register.reading.year.is_some();
            let of_measure = *axis == Axis::Part && matches!(self.parts, Parts::Measures);
            if is_year || of_measure {
                let year = self.register.reading.year.map(|year| year.to_string()).unwrap_or_default();
                fields.push(if is_year { year } else { part.unwrap_or_default().to_owned() });
                continue;
            }
            let label = self.table.dimensions[self.asked[next]].label.clone();
            let Some(category) = long.category(record, next) else { return Ok(None) };
            next += 1;
            let wrong = |what| (what, label.clone(), category.written.clone());
            match axis {
                Axis::Region | Axis::Workplace | Axis::Residence => {
                    match region(category).or_else(|| self.named.get(&category.written).cloned()) {
                        Some(code) => fields.push(code),
                        None => {
                            let is_word = !category.code.bytes().any(|byte| byte.is_ascii_digit());
                            let list = if is_word { &mut self.odd } else { &mut self.skipped };
                            list.insert(category.written.clone());
                            return Ok(None);
                        }
                    }
                }
                Axis::Year => {
                    let period = category.period().ok_or_else(|| wrong(OfficialProblem::NotAYear))?;
                    let (year, written) = (period.year(), category.code.clone());
                    if self.periods.iter().any(|(other, of)| *of == year && *other != written) {
                        return Err(wrong(OfficialProblem::SeveralPeriods { year }));
                    }
                    self.periods.insert(written, year);
                    fields.push(year.to_string());
                }
                Axis::Age => match category.age() {
                    Some(Age::ALL) => return Ok(None),
                    Some(age) if age.single().is_some_and(|age| age < OLDEST) => fields.push(age.from.to_string()),
                    Some(Age { from: OLDEST, .. }) => fields.push(OLDEST.to_string()),
                    _ => return Err(wrong(OfficialProblem::NotASingleAge)),
                },
                Axis::Sex => match category.meaning {
                    Meaning::Sex(Some(Sex::Female)) => fields.push("female".into()),
                    Meaning::Sex(Some(Sex::Male)) => fields.push("male".into()),
                    Meaning::Sex(None) => return Ok(None),
                    _ => return Err(wrong(OfficialProblem::NotASex)),
                },
                Axis::Part => fields.push(self.part(&category.code, &category.label)),
            }
        }
        if self.form.id != "age_bands" || self.table.dimension(Role::Age).is_none() {
            return Ok(Some((fields, None)));
        }
        let label = self.table.dimensions[self.asked[next]].label.clone();
        let Some(category) = long.category(record, next) else { return Ok(None) };
        let band = match category.age() {
            Some(Age::ALL) => "total".to_owned(),
            Some(Age { from, to: None }) => format!("a{from}p"),
            Some(Age { from, to: Some(to) }) => format!("a{from}_{to}"),
            None => return Err((OfficialProblem::NotAnAge, label, category.written.clone())),
        };
        if !self.counts.contains(&band) {
            self.counts.push(band.clone());
        }
        Ok(Some((fields, Some(band))))
    }
}

/// The code of a municipality or of the country.
fn region(category: &Category) -> Option<String> {
    match category.level()? {
        Level::Nation => Some(NATION.into()),
        Level::Municipality => Some(category.code.clone()),
        _ => None,
    }
}
