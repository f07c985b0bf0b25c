//! A table as columns: the keys that somebody asks for, and the figures.

use super::code::Age;
use super::table::{Category, Meaning, Role, StatTable, Value};
use super::{Note, StatProblem};
use crate::problem::{Problem, Problems};

/// A key that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// The only dimension of a role.
    Role(Role),
    /// The dimension of an id or label.
    Named(&'a str),
}

/// The cells of one measure, each with its category of every key.
#[derive(Clone, Debug)]
pub struct Long<'a> {
    table: &'a StatTable,
    keys: Vec<usize>,
    /// Positions of categories, record by record.
    places: Vec<u32>,
    values: Vec<Value>,
    /// What was assumed: which category stands for all of a dimension that was not asked for.
    pub notes: Vec<Note>,
}

impl Long<'_> {
    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The category of a record in the key at a position; `None` beyond the last record or key.
    #[must_use]
    pub fn category(&self, record: usize, key: usize) -> Option<&Category> {
        let dimension = self.table.dimensions.get(*self.keys.get(key)?)?;
        let place = self.places.get(record * self.keys.len() + key)?;
        dimension.categories.get(usize::try_from(*place).ok()?)
    }

    /// What stands in a record; `None` beyond the last.
    #[must_use]
    pub fn value(&self, record: usize) -> Option<Value> {
        self.values.get(record).copied()
    }
}

/// Whether a category stands for all of its dimension.
fn is_total(category: &Category) -> bool {
    let label = category.label.to_lowercase();
    matches!(category.meaning, Meaning::Sex(None))
        || category.age() == Some(Age::ALL)
        || ["i alt", "alle", "totalt", "total", "begge kjønn", "both sexes", "alle aldre"].contains(&label.as_str())
}

impl StatTable {
    /// The figures of a measure by some of the dimensions.
    ///
    /// A dimension that is not asked for must have one category, or one for all of them, which then is taken and noted.
    /// Nothing is added up: who wants a sum over a dimension asks for it and adds. Without a name of a measure the table
    /// must have one only. `None` when something is missing; problems say what.
    ///
    /// ```
    /// # use bygdepuls_core::problem::Problems;
    /// # use bygdepuls_core::read::statbank::{Key, Options, Role, StatTable};
    /// let csv = "region;kjønn;år;Personer\n3432 Lesja;Begge kjønn;2024;95\n3432 Lesja;Kvinner;2024;48\n";
    /// let mut problems = Problems::new();
    /// let table = StatTable::read("a.csv", csv.as_bytes(), &Options::default(), &mut problems).unwrap();
    /// let keys = [Key::Role(Role::Region), Key::Role(Role::Time)];
    /// let long = table.long(&keys, None, &mut problems).unwrap();
    /// assert_eq!(long.len(), 1);
    /// assert_eq!(long.category(0, 0).unwrap().code, "3432");
    /// assert_eq!(long.value(0).unwrap().number(), Some(95.0));
    /// ```
    pub fn long(&self, keys: &[Key<'_>], measure: Option<&str>, problems: &mut Problems) -> Option<Long<'_>> {
        let errors = problems.errors();
        let mut found = Vec::new();
        for key in keys {
            let place = match key {
                Key::Role(role) => self.dimension(*role),
                Key::Named(name) => self.dimensions.iter().position(|axis| axis.id == *name || axis.label == *name),
            };
            match place {
                Some(place) => found.push(place),
                None => {
                    let exists = self.dimensions.iter().map(|dimension| dimension.label.clone()).collect();
                    problems.push(match key {
                        Key::Role(role) => Problem::error(&self.file, StatProblem::NoDimension { role: *role, exists }),
                        Key::Named(name) => Problem::error(&self.file, StatProblem::NoColumn { exists }).column(*name),
                    });
                }
            }
        }
        let mut notes = Vec::new();
        // The category that every cell must have, of each dimension that was not asked for.
        let mut fixed = Vec::new();
        for (place, dimension) in self.dimensions.iter().enumerate().filter(|(place, _)| !found.contains(place)) {
            let total = match dimension.categories.as_slice() {
                [_] => Some(0),
                categories => {
                    let mut totals = categories.iter().enumerate().filter(|(_, category)| is_total(category));
                    totals.next().filter(|_| totals.next().is_none()).map(|(total, _)| total)
                }
            };
            match total {
                Some(total) => {
                    if dimension.categories.len() > 1 {
                        let category = dimension.categories[total].label.clone();
                        notes.push(Note::TotalTaken { dimension: dimension.label.clone(), category });
                    }
                    fixed.push((place, total));
                }
                None => {
                    let categories = dimension.categories.iter().map(|category| category.label.clone()).collect();
                    let problem = Problem::error(&self.file, StatProblem::OpenDimension { categories });
                    problems.push(problem.column(&dimension.label));
                }
            }
        }
        let wanted = match measure {
            Some(name) => self.measure(name),
            None => (self.measures.len() == 1).then_some(0),
        };
        let Some(wanted) = wanted else {
            let exists = self.measures.iter().map(|measure| measure.label.clone()).collect();
            let problem = Problem::error(&self.file, StatProblem::NoMeasure { exists });
            problems.push(if let Some(name) = measure { problem.column(name) } else { problem });
            return None;
        };
        if problems.errors() > errors {
            return None;
        }
        let mut long = Long { table: self, keys: found, places: Vec::new(), values: Vec::new(), notes };
        let mut at = Vec::new();
        for cell in &self.cells {
            if self.position(*cell, &mut at) != wanted || fixed.iter().any(|(place, total)| at[*place] != *total) {
                continue;
            }
            long.places.extend(long.keys.iter().map(|key| u32::try_from(at[*key]).unwrap_or(u32::MAX)));
            long.values.push(cell.value);
        }
        Some(long)
    }
}
