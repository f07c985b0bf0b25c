//! Population by age.

use super::{Area, OfficialProblem, Units, Value, code, value, year};
use crate::problem::Problems;
use crate::project::cohort::at;
use crate::read::{Missing, Table};
use std::collections::{BTreeMap, BTreeSet};

/// The highest age that a register tells apart: 105 is 105 and over.
pub const OLDEST: u16 = 105;

/// Persons by municipality, year and age on 1 January, as one table gives them: single years of age, or bands.
#[derive(Clone, Debug, Default)]
pub struct Ages {
    /// Ages from and to, both included, that the table has a count of.
    bands: Vec<(u16, u16)>,
    /// By year, municipality and position of the band: all, women, men.
    counts: BTreeMap<(u16, String, usize), [Value; 3]>,
    municipalities: BTreeMap<u16, BTreeSet<String>>,
    /// Codes of several municipalities that stand as one.
    units: Units,
}

/// Whom of a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    All,
    /// Women.
    Women,
    /// Men.
    Men,
}

impl Ages {
    /// Of a table with single years of age (`age`, `total`, and where they are given `female`, `male`) or bands in columns
    /// (`a0_5` from 0 to 5, `a67p` 67 and over, `total`).
    #[must_use]
    pub fn of(table: &Table, problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let single = table.column("age").is_some();
        let ages = if single { Self::of_single(table, problems) } else { Self::of_bands(table, problems) };
        (problems.errors() == before).then_some(ages)
    }

    fn of_single(table: &Table, problems: &mut Problems) -> Self {
        let mut ages = Self { bands: (0..=OLDEST).map(|age| (age, age)).collect(), ..Self::default() };
        let age = table.column("age");
        for record in 0..table.len() {
            let age = age.and_then(|age| crate::project::cohort::whole(age, record));
            let age = age.and_then(|age| u16::try_from(age).ok()).filter(|age| *age <= OLDEST);
            let (Some(age), Some(year)) = (age, year(table, record)) else { continue };
            let counts = ["total", "female", "male"].map(|column| value(table, column, record));
            ages.insert(table, record, (year, usize::from(age)), counts, problems);
        }
        ages
    }

    fn of_bands(table: &Table, problems: &mut Problems) -> Self {
        let names = table.columns.iter().map(|column| &column.variable.name);
        let named = names.filter_map(|name| Some((band(name)?, name.clone())));
        let named: Vec<((u16, u16), String)> = named.collect();
        let mut ages = Self { bands: named.iter().map(|(band, _)| *band).collect(), ..Self::default() };
        let unknown = Value::none(Missing::NotAvailable);
        for record in 0..table.len() {
            let Some(year) = year(table, record) else { continue };
            for (at, (_, name)) in named.iter().enumerate() {
                ages.insert(table, record, (year, at), [value(table, name, record), unknown, unknown], problems);
            }
        }
        ages
    }

    fn insert(&mut self, table: &Table, record: usize, key: (u16, usize), counts: [Value; 3], problems: &mut Problems) {
        let code = code(table, "kommunenr", record);
        self.units.add(&code);
        self.municipalities.entry(key.0).or_default().insert(code.clone());
        if self.counts.insert((key.0, code, key.1), counts).is_some() {
            problems.push(at(table, record, OfficialProblem::Twice).column("kommunenr, year"));
        }
    }

    /// Its years, rising.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = u16> {
        self.municipalities.keys().copied()
    }

    /// Whether it has a municipality in a year.
    #[must_use]
    pub fn has(&self, year: u16, municipality: &str) -> bool {
        self.municipalities.get(&year).is_some_and(|codes| codes.contains(municipality))
    }

    /// Whether a year has counts of some ages, for any municipality: a table may be cut to the ages that are needed.
    #[must_use]
    pub fn is_complete(&self, year: u16, from: u16, to: u16) -> bool {
        let Some(path) = self.path(from, to) else { return false };
        let Some(codes) = self.municipalities.get(&year) else { return false };
        codes.iter().any(|code| path.iter().all(|(band, _)| self.counts.contains_key(&(year, code.clone(), *band))))
    }

    /// Whether its bands can be put together to ages from and to, both included.
    #[must_use]
    pub fn can_tell(&self, from: u16, to: u16) -> bool {
        self.path(from, to).is_some()
    }

    /// Persons of an area, from one age to another, both included; [`OLDEST`] stands for all who are older.
    ///
    /// Where no band is just that, others are put together: `15–19 = 15–29 − 20–24 − 25–29`. Which ones follows from the
    /// table's columns alone, never from what is hidden in them.
    #[must_use]
    pub fn persons(&self, area: &Area, year: u16, from: u16, to: u16, who: Who) -> Value {
        let Some(path) = self.path(from, to) else { return Value::none(Missing::NotAvailable) };
        let of = |code: &str| -> Value {
            let parts: Vec<Value> = path.iter().map(|&(band, _)| self.count(year, code, band, who)).collect();
            Value::of_all(&parts, |counts| Some(counts.iter().zip(&path).map(|(count, (_, sign))| count * sign).sum()))
        };
        area.total(&self.units, |code| self.has(year, code), of)
    }

    fn count(&self, year: u16, code: &str, band: usize, who: Who) -> Value {
        let counts = self.counts.get(&(year, code.to_owned(), band));
        counts.map_or(Value::none(Missing::NotAvailable), |counts| counts[who as usize])
    }

    /// Bands, each added or subtracted, that make up some ages: the shortest way from one age to the other, where each
    /// band leads from its first age to the one after its last, and back.
    fn path(&self, from: u16, to: u16) -> Option<Vec<(usize, f64)>> {
        let edge = |(low, high): (u16, u16)| (low, if high >= OLDEST { u16::MAX } else { high + 1 });
        let (start, end) = edge((from, to));
        // By age: the age before it on the way, the band between, its sign.
        let mut ways: BTreeMap<u16, (u16, usize, f64)> = BTreeMap::from([(start, (start, 0, 0.0))]);
        let mut front = vec![start];
        while !front.is_empty() && !ways.contains_key(&end) {
            let mut next = Vec::new();
            for age in front {
                for (at, band) in self.bands.iter().enumerate() {
                    let (low, high) = edge(*band);
                    let (step, sign) = if low == age { (high, 1.0) } else { (low, -1.0) };
                    if (low == age || high == age) && !ways.contains_key(&step) {
                        ways.insert(step, (age, at, sign));
                        next.push(step);
                    }
                }
            }
            front = next;
        }
        let mut path = Vec::new();
        let mut age = end;
        while age != start {
            let (before, band, sign) = *ways.get(&age)?;
            path.push((band, sign));
            age = before;
        }
        path.reverse();
        Some(path)
    }
}

/// The ages of a column: `a0_5`, `a67p`, `total`.
fn band(column: &str) -> Option<(u16, u16)> {
    if column == "total" {
        return Some((0, OLDEST));
    }
    let ages = column.strip_prefix('a')?;
    match ages.strip_suffix('p') {
        Some(from) => Some((from.parse().ok()?, OLDEST)),
        None => {
            let (from, to) = ages.split_once('_')?;
            Some((from.parse().ok()?, to.parse().ok()?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bands: &[(u16, u16)]) -> Ages {
        Ages { bands: bands.into(), ..Ages::default() }
    }

    #[test]
    fn bands_are_put_together() {
        let ages = of(&[(0, OLDEST), (0, 14), (15, 29), (20, 24), (25, 29), (67, OLDEST)]);
        assert_eq!(ages.path(15, 19), Some(vec![(2, 1.0), (4, -1.0), (3, -1.0)]));
        assert_eq!(ages.path(0, 66), Some(vec![(0, 1.0), (5, -1.0)]));
        assert_eq!(ages.path(15, 29), Some(vec![(2, 1.0)]));
        assert_eq!(ages.path(30, 64), None);
        assert_eq!(ages.path(67, 200), Some(vec![(5, 1.0)]));
    }

    #[test]
    fn names_of_bands() {
        assert_eq!(
            ["a0_5", "a67p", "total", "f20_39", "area"].map(band),
            [Some((0, 5)), Some((67, 105)), Some((0, 105)), None, None]
        );
    }
}
