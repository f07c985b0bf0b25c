//! Commuting: from where people live to where they work.

use super::{OfficialProblem, Units, Value, code, value, year};
use crate::problem::Problems;
use crate::project::cohort::at;
use crate::read::{Missing, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Employed people by year, municipality of work and municipality of residence. A pair that the table does not have is
/// zero: Statistics Norway leaves empty pairs out.
///
/// A table may be cut to the pairs that touch some municipalities. Of these alone all pairs are there, so only areas
/// made of them have figures: the project's own.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    flows: BTreeMap<(u16, String, String), Value>,
    places: BTreeSet<(u16, String)>,
    units: Units,
}

impl Flows {
    /// Of a table.
    #[must_use]
    pub fn of_table(table: &Table, problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let mut result = Self::default();
        for record in 0..table.len() {
            let Some(year) = year(table, record) else { continue };
            let [work, home] = ["work_kommunenr", "home_kommunenr"].map(|column| code(table, column, record));
            result.units.add(&work);
            result.units.add(&home);
            result.places.extend([(year, work.clone()), (year, home.clone())]);
            if result.flows.insert((year, work, home), value(table, "employed", record)).is_some() {
                problems.push(at(table, record, OfficialProblem::Twice).column("year, work_kommunenr, home_kommunenr"));
            }
        }
        (problems.errors() == before).then_some(result)
    }

    /// Its years, rising.
    #[must_use]
    pub fn years(&self) -> Vec<u16> {
        let years: BTreeSet<u16> = self.places.iter().map(|(year, _)| *year).collect();
        years.into_iter().collect()
    }

    /// Jobs in some municipalities, employed people who live in them, and those who do both.
    #[must_use]
    pub fn of(&self, year: u16, members: &[String]) -> [Value; 3] {
        let members = self.units.whole(members, |code| self.places.contains(&(year, code.to_owned())));
        let Some(members) = members.filter(|members| !members.is_empty()) else {
            return [Value::none(Missing::NotAvailable); 3];
        };
        let is_in = |code: &String| members.contains(code);
        let sum = |of: &dyn Fn(&String, &String) -> bool| {
            let flows =
                self.flows.range((year, String::new(), String::new())..(year + 1, String::new(), String::new()));
            let flows: Vec<Value> =
                flows.filter(|((_, work, home), _)| of(work, home)).map(|(_, employed)| *employed).collect();
            Value::of_all(&flows, |all| Some(all.iter().sum()))
        };
        [sum(&|work, _| is_in(work)), sum(&|_, home| is_in(home)), sum(&|work, home| is_in(work) && is_in(home))]
    }
}
