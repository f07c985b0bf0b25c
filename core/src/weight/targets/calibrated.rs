//! Totals of any kind, and the weights that they lead to.

use super::{MarginTotals, TargetProblem, VariableTotals};
use crate::problem::{Problem, Problems};
use crate::read::{Columns, Want};
use crate::weight::calibration::calibrate;
use crate::weight::post_stratification::post_stratify;
use crate::weight::raking::rake;
use crate::weight::{Bounds, Calibrated, Category, Constraint, Distance, Margin, WeightProblem};

/// What weights are to agree with, read from files.
///
/// ```
/// use bygdepuls_core::{problem::Problems, read::Columns, weight::targets::Targets};
/// let mut problems = Problems::new();
/// let sex = (b"sex,count\nF,6\nM,6\n".to_vec(), "sex.csv".to_owned());
/// let age = (b"age,count\nyoung,4\nold,8\n".to_vec(), "age.csv".to_owned());
/// let targets = Targets::raking(&[sex, age], &mut problems).unwrap();
/// let data = b"sex,age\nF,young\nF,old\nM,young\nM,old\n";
/// let data = Columns::read("f.csv", data, &targets.wants(), &[], &mut problems).unwrap();
/// let (calibrated, _) = targets.calibrate(&data, &[1.0; 4], &mut problems).unwrap();
/// assert_eq!(calibrated.weights, [2.0, 4.0, 2.0, 4.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// The cells of one classification.
    PostStratification(MarginTotals),
    /// Several margins.
    Raking(Vec<MarginTotals>),
    /// Totals of variables.
    Calibration(VariableTotals, Distance, Bounds),
}

/// What weights were to come to, for the records of a data file.
#[derive(Clone, Debug, PartialEq)]
pub enum Totals {
    /// Categories of margins.
    Margins(Vec<Margin>),
    /// Variables.
    Constraints(Vec<Constraint>),
}

/// A total, with what weights came to before and come to now.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The variable, or column and category.
    pub name: String,
    /// The total.
    pub target: f64,
    /// What the weights came to before.
    pub before: f64,
    /// What they come to now.
    pub after: f64,
}

impl Totals {
    /// Every total with what two sets of weights come to.
    #[must_use]
    pub fn measured(&self, before: &[f64], after: &[f64]) -> Vec<Measured> {
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

impl Targets {
    /// The totals of the cells of the named columns, from a file of them. `None` when it cannot be used; problems say why.
    pub fn post_stratification(columns: &[String], file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let totals = MarginTotals::read(file, bytes, problems)?;
        let sorted = |names: &[String]| {
            let mut names = names.to_vec();
            names.sort();
            names
        };
        if sorted(columns) != sorted(&totals.columns) {
            let what = TargetProblem::OtherColumns { named: columns.join(","), found: totals.name() };
            problems.push(Problem::error(file, what).line(1));
            return None;
        }
        Some(Self::PostStratification(totals))
    }

    /// The totals of several margins, from a file for each: its bytes and its name.
    pub fn raking(files: &[(Vec<u8>, String)], problems: &mut Problems) -> Option<Self> {
        let totals = files.iter().map(|(bytes, file)| MarginTotals::read(file, bytes, problems));
        let totals: Vec<_> = totals.collect();
        Some(Self::Raking(totals.into_iter().collect::<Option<_>>()?))
    }

    /// The totals of variables, from a file of them.
    pub fn calibration(
        file: &str,
        bytes: &[u8],
        distance: Distance,
        bounds: Bounds,
        problems: &mut Problems,
    ) -> Option<Self> {
        Some(Self::Calibration(VariableTotals::read(file, bytes, problems)?, distance, bounds))
    }

    /// Its name in reports.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::PostStratification(_) => "post-stratification",
            Self::Raking(_) => "raking",
            Self::Calibration(_, Distance::Linear, bounds) if *bounds == Bounds::NONE => "calibration-linear",
            Self::Calibration(_, Distance::Linear, _) => "calibration-linear-bounded",
            Self::Calibration(_, Distance::Raking, _) => "calibration-raking",
            Self::Calibration(_, Distance::Logit, _) => "calibration-logit",
        }
    }

    /// The columns of the data as they are to be read.
    #[must_use]
    pub fn wants(&self) -> Vec<Want> {
        match self {
            Self::PostStratification(totals) => totals.wants(),
            Self::Raking(files) => files.iter().flat_map(MarginTotals::wants).collect(),
            Self::Calibration(totals, ..) => totals.wants(),
        }
    }

    /// Calibrates the weights of a data file that was read with these [`wants`](Self::wants). `None` when no weights agree
    /// with the totals; problems say why and where.
    pub fn calibrate(&self, data: &Columns, weights: &[f64], problems: &mut Problems) -> Option<(Calibrated, Totals)> {
        let made = match self {
            Self::PostStratification(totals) => {
                let margin = totals.margin(data, problems)?;
                post_stratify(weights, &margin).map(|made| (made, Totals::Margins(vec![margin])))
            }
            Self::Raking(files) => {
                let margins: Vec<_> = files.iter().map(|totals| totals.margin(data, problems)).collect();
                let margins = margins.into_iter().collect::<Option<Vec<_>>>()?;
                rake(weights, &margins).map(|made| (made, Totals::Margins(margins)))
            }
            Self::Calibration(totals, distance, bounds) => {
                let constraints = totals.constraints(data);
                let made = calibrate(weights, &constraints, *distance, *bounds);
                made.map(|made| (made, Totals::Constraints(constraints)))
            }
        };
        made.map_err(|problem| problems.push(self.located(data, problem))).ok()
    }

    /// A problem of weighting where it is: at a total, or in the data.
    fn located(&self, data: &Columns, problem: WeightProblem) -> Problem {
        match self {
            _ if problem == WeightProblem::NoWeight => Problem::error(&data.file, problem),
            Self::PostStratification(totals) => totals.located(problem),
            Self::Raking(files) => match files.iter().find(|totals| totals.concerns(&problem)).or(files.first()) {
                Some(totals) => totals.located(problem),
                None => Problem::error(&data.file, problem),
            },
            Self::Calibration(totals, ..) => totals.located(problem),
        }
    }
}
