//! Counts by municipality and year, and by one thing more where a table has it.

use super::{Area, OfficialProblem, Units, Value, code, value, year};
use crate::problem::Problems;
use crate::project::cohort::{at, whole, word};
use crate::read::{Missing, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Counts by municipality, year and part (an industry, a level of education; empty where the table has no parts).
#[derive(Clone, Debug, Default)]
pub struct Counts {
    measures: Vec<String>,
    counts: BTreeMap<(u16, String, String), Vec<Value>>,
    parts: Vec<String>,
    municipalities: BTreeSet<(u16, String)>,
    units: Units,
}

impl Counts {
    /// Of a table with columns of counts, and of parts where it has any: of several, `female 37`.
    #[must_use]
    pub fn of(table: &Table, parts: &[&str], measures: &[&str], problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let mut result = Self { measures: measures.iter().map(|one| (*one).to_owned()).collect(), ..Self::default() };
        let mut known = BTreeSet::new();
        for record in 0..table.len() {
            let Some(year) = year(table, record) else { continue };
            let code = code(table, "kommunenr", record);
            let own: Vec<String> = parts.iter().map(|part| name(table, part, record)).collect();
            let own = own.join(" ");
            if known.insert(own.clone()) {
                result.parts.push(own.clone());
            }
            result.units.add(&code);
            result.municipalities.insert((year, code.clone()));
            let values = measures.iter().map(|column| value(table, column, record)).collect();
            if result.counts.insert((year, code, own), values).is_some() {
                problems.push(at(table, record, OfficialProblem::Twice).column(
                    ["kommunenr", "year"].into_iter().chain(parts.iter().copied()).collect::<Vec<_>>().join(", "),
                ));
            }
        }
        (problems.errors() == before).then_some(result)
    }

    /// Its years, rising.
    #[must_use]
    pub fn years(&self) -> Vec<u16> {
        let years: BTreeSet<u16> = self.municipalities.iter().map(|(year, _)| *year).collect();
        years.into_iter().collect()
    }

    /// Its parts, in the order of the table.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// The count of an area: of all its municipalities, or of the whole country as the table gives it.
    #[must_use]
    pub fn get(&self, area: &Area, year: u16, part: &str, measure: &str) -> Value {
        area.total(&self.units, |code| self.has(year, code), |code| self.one(code, year, part, measure))
    }

    /// The same over all parts but some.
    #[must_use]
    pub fn over_parts(&self, area: &Area, year: u16, without: &[&str], measure: &str) -> Value {
        let parts = self.parts.iter().filter(|part| !without.contains(&part.as_str()));
        Value::sum(parts.map(|part| self.get(area, year, part, measure)))
    }

    /// A part that a municipality of the table does not have is not known: no zero is made up.
    fn one(&self, code: &str, year: u16, part: &str, measure: &str) -> Value {
        let at = self.measures.iter().position(|known| known == measure);
        let values = self.counts.get(&(year, code.to_owned(), part.to_owned()));
        values.zip(at).map_or(Value::none(Missing::NotAvailable), |(values, at)| values[at])
    }

    /// Whether it has a municipality, or the whole country as `0`, in a year.
    #[must_use]
    pub fn has(&self, year: u16, code: &str) -> bool {
        self.municipalities.contains(&(year, code.to_owned()))
    }
}

/// A word or a whole number that names a part.
fn name(table: &Table, column: &str, record: usize) -> String {
    let column = table.column(column);
    let number = || column.and_then(|column| whole(column, record)).map(|number| number.to_string());
    let word = column.and_then(|column| word(column, record)).map(|word| word.trim().to_owned());
    word.or_else(number).unwrap_or_default()
}
