//! The method of `bygdepuls weight`, from files of totals to weights.

use bygdepuls_core::design::Condition;
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::read::{Columns, Want};
use bygdepuls_core::weight::calibration::calibrate;
use bygdepuls_core::weight::post_stratification::post_stratify;
use bygdepuls_core::weight::raking::rake;
use bygdepuls_core::weight::targets::{MarginTotals, TargetProblem, VariableTotals};
use bygdepuls_core::weight::{
    Bounds, Calibrated, Category, Constraint, Distance, Margin, WeightProblem, weighting_class,
};
use std::collections::BTreeMap;

/// A method with what it weights to.
pub(super) enum Method {
    PostStratification(MarginTotals),
    Raking(Vec<MarginTotals>),
    Calibration(VariableTotals, Distance, Bounds),
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

/// What weights were to come to.
pub(super) enum Totals {
    Margins(Vec<Margin>),
    Constraints(Vec<Constraint>),
}

/// A total, with what the weights came to before and come to now.
pub(super) struct Measured {
    pub(super) name: String,
    pub(super) target: f64,
    pub(super) before: f64,
    pub(super) after: f64,
}

impl Totals {
    pub(super) fn measured(&self, before: &[f64], after: &[f64]) -> Vec<Measured> {
        let of_margin = |margin: &Margin| {
            let reached = margin.reached(before).into_iter().zip(margin.reached(after));
            let one = |(Category { label, total }, (before, after)): (&Category, (f64, f64))| Measured {
                name: format!("{}={label}", margin.name),
                target: *total,
                before,
                after,
            };
            margin.categories.iter().zip(reached).map(one).collect::<Vec<_>>()
        };
        let of_constraint = |constraint: &Constraint| Measured {
            name: constraint.name.clone(),
            target: constraint.total,
            before: constraint.reached(before),
            after: constraint.reached(after),
        };
        match self {
            Self::Margins(margins) => margins.iter().flat_map(of_margin).collect(),
            Self::Constraints(constraints) => constraints.iter().map(of_constraint).collect(),
        }
    }
}

impl Method {
    pub(super) fn post_stratification(
        columns: &[String],
        file: &str,
        bytes: &[u8],
        problems: &mut Problems,
    ) -> Result<Option<Self>, String> {
        let Some(totals) = MarginTotals::read(file, bytes, problems) else { return Ok(None) };
        let sorted = |names: &[String]| {
            let mut names = names.to_vec();
            names.sort();
            names
        };
        if sorted(columns) != sorted(&totals.columns) {
            let what = TargetProblem::OtherColumns { named: columns.join(","), found: totals.name() };
            problems.push(Problem::error(file, what).line(1));
            return Ok(None);
        }
        Ok(Some(Self::PostStratification(totals)))
    }

    pub(super) fn raking(files: &[(Vec<u8>, String)], problems: &mut Problems) -> Option<Self> {
        let totals = files.iter().map(|(bytes, file)| MarginTotals::read(file, bytes, problems));
        let totals: Vec<_> = totals.collect();
        Some(Self::Raking(totals.into_iter().collect::<Option<_>>()?))
    }

    pub(super) fn calibration(
        file: &str,
        bytes: &[u8],
        distance: Distance,
        bounds: Bounds,
        problems: &mut Problems,
    ) -> Option<Self> {
        Some(Self::Calibration(VariableTotals::read(file, bytes, problems)?, distance, bounds))
    }

    /// Its name in the report.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::PostStratification(_) => "post-stratification",
            Self::Raking(_) => "raking",
            Self::Calibration(_, Distance::Linear, bounds) if *bounds == Bounds::NONE => "calibration-linear",
            Self::Calibration(_, Distance::Linear, _) => "calibration-linear-bounded",
            Self::Calibration(_, Distance::Raking, _) => "calibration-raking",
            Self::Calibration(_, Distance::Logit, _) => "calibration-logit",
            Self::Classes { .. } => "weighting-classes",
            Self::TrimmingAlone => "trimming",
        }
    }

    /// The columns of the data that it needs.
    pub(super) fn wants(&self) -> Vec<Want> {
        match self {
            Self::PostStratification(totals) => totals.wants(),
            Self::Raking(totals) => totals.iter().flat_map(MarginTotals::wants).collect(),
            Self::Calibration(totals, ..) => totals.wants(),
            Self::Classes { columns, respondents } => {
                columns.iter().cloned().map(Want::Category).chain(respondents.iter().map(Condition::want)).collect()
            }
            Self::TrimmingAlone => Vec::new(),
        }
    }

    /// Makes the weights. `None` when they do not exist; problems say why.
    pub(super) fn make(&self, data: &Columns, weights: &[f64], problems: &mut Problems) -> Option<Made> {
        match self {
            Self::PostStratification(totals) => {
                let margin = totals.margin(data, problems)?;
                let made = post_stratify(weights, &margin);
                let made = made.map_err(|problem| problems.push(totals.located(problem))).ok()?;
                Some(Made::calibrated(made, Totals::Margins(vec![margin])))
            }
            Self::Raking(files) => {
                let margins: Vec<_> = files.iter().map(|totals| totals.margin(data, problems)).collect();
                let margins = margins.into_iter().collect::<Option<Vec<_>>>()?;
                let located = |problem: WeightProblem| {
                    let file = files.iter().find(|totals| totals.concerns(&problem)).or(files.first());
                    file.map_or_else(
                        || Problem::error(&data.file, problem.clone()),
                        |file| file.located(problem.clone()),
                    )
                };
                let made = rake(weights, &margins).map_err(|problem| problems.push(located(problem))).ok()?;
                Some(Made::calibrated(made, Totals::Margins(margins)))
            }
            Self::Calibration(totals, distance, bounds) => {
                let constraints = totals.constraints(data);
                let made = calibrate(weights, &constraints, *distance, *bounds);
                let made = made.map_err(|problem| problems.push(totals.located(problem))).ok()?;
                Some(Made::calibrated(made, Totals::Constraints(constraints)))
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

impl Made {
    fn calibrated(made: Calibrated, totals: Totals) -> Self {
        let counted = vec![true; made.weights.len()];
        Self { weights: made.weights, iterations: made.iterations, totals, counted }
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
