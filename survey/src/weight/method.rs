//! The method of `bygdepuls weight`, from what it needs of the data to weights.

use bygdepuls_core::design::Condition;
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::read::{Columns, Want};
use bygdepuls_core::weight::targets::{Targets, Totals};
use bygdepuls_core::weight::{Category, Margin, weighting_class};
use std::collections::BTreeMap;

/// A method with what it weights to.
pub(super) enum Method {
    Targets(Targets),
    Classes { columns: Vec<String>, respondents: Vec<Condition> },
    TrimmingAlone,
}

/// Weights as a method makes them.
pub(super) struct Made {
    pub(super) weights: Vec<f64>,
    pub(super) iterations: u32,
    pub(super) totals: Totals,
    /// Which records can have weight: not those who did not respond.
    pub(super) counted: Vec<bool>,
}

impl Method {
    /// Its name in the report.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Targets(targets) => targets.name(),
            Self::Classes { .. } => "weighting-classes",
            Self::TrimmingAlone => "trimming",
        }
    }

    /// The columns of the data that it needs.
    pub(super) fn wants(&self) -> Vec<Want> {
        match self {
            Self::Targets(targets) => targets.wants(),
            Self::Classes { columns, respondents } => {
                columns.iter().cloned().map(Want::Category).chain(respondents.iter().map(Condition::want)).collect()
            }
            Self::TrimmingAlone => Vec::new(),
        }
    }

    /// Makes the weights. `None` when they do not exist; problems say why.
    pub(super) fn make(&self, data: &Columns, weights: &[f64], problems: &mut Problems) -> Option<Made> {
        match self {
            Self::Targets(targets) => {
                let (made, totals) = targets.calibrate(data, weights, problems)?;
                let counted = vec![true; weights.len()];
                Some(Made { weights: made.weights, iterations: made.iterations, totals, counted })
            }
            Self::Classes { columns, respondents } => {
                let responded = Condition::domain(respondents, data);
                let (classes, labels) = classes(columns, data)?;
                let made = weighting_class::adjust(weights, &classes, &labels, &responded);
                let refused = |problem| problems.push(Problem::error(&data.file, problem).column(columns.join(",")));
                let made = made.map_err(refused).ok()?;
                // Each class is to keep its sum.
                let empty = labels.into_iter().map(|label| Category { label, total: 0.0 }).collect();
                let mut margin = Margin { name: columns.join(","), categories: empty, rows: classes };
                let sums = margin.reached(weights);
                margin.categories.iter_mut().zip(sums).for_each(|(category, sum)| category.total = sum);
                let totals = Totals::Margins(vec![margin]);
                Some(Made { weights: made.weights, iterations: 1, totals, counted: responded })
            }
            Self::TrimmingAlone => {
                let totals = Totals::Margins(Vec::new());
                Some(Made { weights: weights.to_vec(), iterations: 0, totals, counted: vec![true; weights.len()] })
            }
        }
    }
}

/// The class of each record, and the names of the classes: the codes of the columns with `,` between.
fn classes(columns: &[String], data: &Columns) -> Option<(Vec<usize>, Vec<String>)> {
    let columns = columns.iter().map(|name| data.categories(name)).collect::<Option<Vec<_>>>()?;
    let key = |row: usize| columns.iter().map(|column| column.codes[row]).collect::<Vec<_>>();
    let mut found: BTreeMap<Vec<u32>, usize> = (0..data.rows()).map(|row| (key(row), 0)).collect();
    let mut labels = Vec::with_capacity(found.len());
    for (codes, place) in &mut found {
        let names = columns.iter().zip(codes).map(|(column, code)| column.labels[*code as usize].to_string());
        *place = labels.len();
        labels.push(names.collect::<Vec<_>>().join(","));
    }
    Some(((0..data.rows()).map(|row| found[&key(row)]).collect(), labels))
}
