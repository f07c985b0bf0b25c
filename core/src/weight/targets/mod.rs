//! Files of population totals, and the margins and constraints that they make of a data file.
//!
//! | file | columns | read with |
//! |---|---|---|
//! | margin | one or several columns of the data, then the total of each category or cell | [`MarginTotals`] |
//! | totals of variables | `variable,total` or `variable,category,total` | [`VariableTotals`] |
//!
//! [`Targets`] is any of them with its method.
//!
//! ```
//! use bygdepuls_core::problem::Problems;
//! use bygdepuls_core::read::Columns;
//! use bygdepuls_core::weight::{post_stratification::post_stratify, targets::MarginTotals};
//! let mut problems = Problems::new();
//! let targets = MarginTotals::read("sex.csv", b"sex,count\nF,6\nM,5\n", &mut problems).unwrap();
//! let data = Columns::read("f.csv", b"sex,y\nF,1\nM,2\nF,3\n", &targets.wants(), &[], &mut problems).unwrap();
//! let margin = targets.margin(&data, &mut problems).unwrap();
//! let weights = post_stratify(&[1.0; 3], &margin).map_err(|problem| targets.located(problem));
//! assert_eq!(weights.unwrap().weights, [3.0, 5.0, 3.0]);
//! ```

mod calibrated;
mod problem;
mod variables;

pub use calibrated::{Measured, Targets, Totals};
pub use problem::TargetProblem;
pub use variables::{VariableTotal, VariableTotals};

use super::{Category, Margin, WeightProblem};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::codes::Codes;
use crate::read::{Columns, Head, Want};
use std::collections::BTreeMap;

/// A file of population totals by the categories of one or several columns: a header that names the columns, the last one
/// that of the total, and a line for each category or cell.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginTotals {
    /// Name of the file, for messages.
    pub file: String,
    /// The columns of the data.
    pub columns: Vec<String>,
    /// The name of the column of totals.
    pub total: String,
    /// A code for each column, and the total, by line.
    pub cells: Vec<Cell>,
}

/// A line of [`MarginTotals`].
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// A code for each column.
    pub codes: Vec<String>,
    /// Units of the population.
    pub total: f64,
    /// The line in the file.
    pub line: u64,
}

impl Cell {
    /// The name of the category in messages.
    fn label(&self) -> String {
        self.codes.join(",")
    }
}

impl MarginTotals {
    /// Reads the file. `None` when it cannot be used; problems say why.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let mut names = Head::find(file, bytes, true, &mut Problems::new()).map_or_else(Vec::new, |head| head.names);
        let total = names.pop().unwrap_or_default();
        let categories = names.iter().cloned().map(Want::Category);
        let wanted: Vec<Want> = categories.chain([Want::Required(total.clone())]).collect();
        let read = Columns::read(file, bytes, &wanted, &[], problems)?;
        if names.is_empty() {
            problems.push(Problem::error(file, TargetProblem::OneColumn).line(1).column(total));
            return None;
        }
        let totals = read.required(&total)?;
        let codes: Vec<_> = names.iter().filter_map(|name| read.categories(name)).collect();
        let mut cells: Vec<Cell> = Vec::new();
        let mut lines = BTreeMap::new();
        for (row, (total_of, line)) in totals.iter().zip(&read.lines).enumerate() {
            let own: Vec<String> = codes.iter().filter_map(|codes| codes.label(row)).map(ToString::to_string).collect();
            if let Some(first) = lines.insert(own.clone(), *line) {
                let problem = Problem::error(file, TargetProblem::Twice { first });
                problems.push(read.at(problem, row).column(names.join(",")).value(own.join(","), Privacy::Open));
            }
            if *total_of < 0.0 {
                let problem = Problem::error(file, TargetProblem::NegativeTotal);
                problems.push(read.at(problem, row).column(&total).value(total_of.to_string(), Privacy::Open));
            }
            cells.push(Cell { codes: own, total: *total_of, line: *line });
        }
        if cells.is_empty() && problems.errors() == before {
            problems.push(Problem::error(file, TargetProblem::NoTotals).line(1));
        }
        (problems.errors() == before).then_some(Self { file: file.into(), columns: names, total, cells })
    }

    /// The columns of the data as they are to be read.
    #[must_use]
    pub fn wants(&self) -> Vec<Want> {
        self.columns.iter().cloned().map(Want::Category).collect()
    }

    /// The name of the margin in messages.
    #[must_use]
    pub fn name(&self) -> String {
        self.columns.join(",")
    }

    /// The margin for the records of a data file. `None` where a record has a category without a total; each such category
    /// is a problem at its first record. `5` in one file is `5.0` in the other.
    pub fn margin(&self, data: &Columns, problems: &mut Problems) -> Option<Margin> {
        let mut places = Vec::new();
        let mut keys = vec![Vec::new(); self.cells.len()];
        for (place, name) in self.columns.iter().enumerate() {
            let asked: Vec<String> = self.cells.iter().map(|cell| cell.codes[place].clone()).collect();
            let codes = Codes::new(&asked);
            for (key, code) in keys.iter_mut().zip(&asked) {
                key.push(codes.find(code.trim().as_bytes()));
            }
            let column = data.categories(name)?;
            let of_label: Vec<_> = column.labels.iter().map(|label| codes.find(label.as_bytes())).collect();
            places.push((column, of_label));
        }
        let cells: BTreeMap<_, _> = keys.into_iter().enumerate().rev().map(|(cell, key)| (key, cell)).collect();
        let mut unknown = BTreeMap::new();
        let mut rows = Vec::with_capacity(data.rows());
        for row in 0..data.rows() {
            let of = |(column, of_label): &(&crate::read::Categories, Vec<Option<usize>>)| {
                of_label.get(column.codes[row] as usize).copied().flatten()
            };
            match cells.get(&places.iter().map(of).collect::<Vec<_>>()) {
                Some(cell) => rows.push(*cell),
                None => {
                    let labels = places.iter().filter_map(|(column, _)| column.label(row));
                    unknown.entry(labels.map(ToString::to_string).collect::<Vec<_>>()).or_insert(row);
                }
            }
        }
        for (labels, row) in &unknown {
            let has = self.cells.iter().map(Cell::label).collect();
            let problem = Problem::error(&data.file, TargetProblem::NoTotal { file: self.file.clone(), has });
            problems.push(data.at(problem, *row).column(self.name()).value(labels.join(","), Privacy::Answer));
        }
        let category = |cell: &Cell| Category { label: cell.label(), total: cell.total };
        unknown.is_empty().then(|| Margin {
            name: self.name(),
            categories: self.cells.iter().map(category).collect(),
            rows,
        })
    }

    /// A problem of weighting at the line of this file that it is about.
    #[must_use]
    pub fn located(&self, problem: WeightProblem) -> Problem {
        let name = self.name();
        let about = |margin: &str, category: &str, cell: &&Cell| margin == name && category == cell.label();
        let cell = self.cells.iter().find(|cell| match &problem {
            WeightProblem::EmptyCategory { margin, category, .. }
            | WeightProblem::ZeroTotal { margin, category, .. }
            | WeightProblem::BadTotal { margin, category, .. } => about(margin, category, cell),
            WeightProblem::Missed { missed, .. } => {
                missed.first().is_some_and(|miss| miss.name == format!("{name}={}", cell.label()))
            }
            _ => false,
        });
        let located = Problem::error(&self.file, problem.clone());
        match cell {
            Some(cell) => located.line(cell.line).column(&self.total).value(cell.total.to_string(), Privacy::Open),
            None => located,
        }
    }

    /// Whether a problem of several margins is about this one.
    #[must_use]
    pub fn concerns(&self, problem: &WeightProblem) -> bool {
        let name = self.name();
        match problem {
            WeightProblem::EmptyCategory { margin, .. }
            | WeightProblem::ZeroTotal { margin, .. }
            | WeightProblem::BadTotal { margin, .. } => *margin == name,
            WeightProblem::MarginTotals { second, .. } => *second == name,
            WeightProblem::Missed { missed, .. } => missed
                .first()
                .is_some_and(|miss| self.cells.iter().any(|cell| miss.name == format!("{name}={}", cell.label()))),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(problems: &Problems) -> Vec<(String, Option<u64>, &'static str)> {
        let place = |problem: &Problem| (problem.file.clone(), problem.line, problem.what.code());
        problems.list().iter().map(place).collect()
    }

    #[test]
    fn cells_of_two_columns_in_any_form_of_number() {
        let mut problems = Problems::new();
        let file = b"muni;year;total\nA;1;10\nA;2;20,5\nB;1;5\n";
        let targets = MarginTotals::read("t", file, &mut problems).unwrap();
        assert_eq!((targets.name(), targets.cells[1].total), ("muni,year".into(), 20.5));
        let data = b"year,x,muni\n2.0,7,A\n1,7,B\n1,7,A\n";
        let data = Columns::read("d", data, &targets.wants(), &[], &mut problems).unwrap();
        assert_eq!(targets.margin(&data, &mut problems).unwrap().rows, [1, 2, 0]);
        let what = WeightProblem::EmptyCategory { margin: "muni,year".into(), category: "B,1".into(), total: 5.0 };
        let problem = targets.located(what);
        assert_eq!(
            (problem.line, problem.column.as_deref(), problem.value.as_deref()),
            (Some(4), Some("total"), Some("5"))
        );
        assert_eq!(problems.list().len(), 0);
    }

    #[test]
    fn a_record_without_a_total_is_located_once_for_each_category() {
        let mut problems = Problems::new();
        let targets = MarginTotals::read("t", b"sex,total\nF,6\nM,5\n", &mut problems).unwrap();
        let data = b"sex\nF\nX\nM\nX\n\"\"\n";
        let data = Columns::read("d", data, &targets.wants(), &[], &mut problems).unwrap();
        assert_eq!(targets.margin(&data, &mut problems), None);
        assert_eq!(codes(&problems), [("d".into(), Some(6), "no-total"), ("d".into(), Some(3), "no-total")]);
    }

    #[test]
    fn a_file_that_cannot_be_used_says_why() {
        for (file, expected) in [
            (&b""[..], (Some(1), "empty-file")),
            (b"total\n5\n", (Some(1), "one-column")),
            (b"sex,total\n", (Some(1), "no-totals")),
            (b"sex,total\nF,6\nF,5\n", (Some(3), "total-twice")),
            (b"sex,total\nF,-6\n", (Some(2), "negative-total")),
            (b"sex,total\nF,many\n", (Some(2), "not-a-number")),
            (b"sex,total\nF,\n", (Some(2), "not-a-number")),
        ] {
            let mut problems = Problems::new();
            assert_eq!(MarginTotals::read("t", file, &mut problems), None);
            let found: Vec<_> = codes(&problems).into_iter().map(|(_, line, code)| (line, code)).collect();
            assert!(found.contains(&expected), "{found:?}");
        }
    }
}
