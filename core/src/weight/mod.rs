//! Weights that make a sample agree with what is known of its population, one file per method.
//!
//! | method | what it uses | file |
//! |---|---|---|
//! | post-stratification | population counts of the cells of one classification | [`post_stratification`] |
//! | raking | population counts of several margins | [`raking`] |
//! | calibration: linear, raking ratio, logit, bounded | population totals of any variables | [`calibration`] |
//! | direct standardisation | shares of a standard population | [`standardisation`] |
//! | weighting classes for nonresponse and attrition | who responded, within classes | [`weighting_class`] |
//! | response propensities | an estimated probability of response | [`response_propensity`] |
//! | trimming | bounds on the weights | [`trimming`] |
//! | replicate weights: jackknife, balanced half-samples, Fay, bootstrap | the design, or given weights | [`replicate`] |
//! | Kish's design effect and effective sample size | the weights alone | [`design_effect`] |
//!
//! Design weights are finite and 0 or more, at least one of them above 0. A record of weight 0 keeps weight 0 under every
//! method and counts in no total.
//!
//! [`Calibrated`] weights come with [`Residuals`]: the variance of an estimate from such weights is the design variance of
//! the residuals of its influence values, not of the values themselves.
//!
//! [`targets`] reads files of population totals; [`mod@column`] writes the weights beside the data.

pub mod calibration;
pub mod column;
pub mod design_effect;
mod distance;
pub mod post_stratification;
mod problem;
pub mod raking;
pub mod replicate;
mod residuals;
pub mod response_propensity;
pub mod standardisation;
mod summary;
pub mod targets;
pub mod trimming;
pub mod weighting_class;

pub use calibration::{Bounds, Constraint, Distance};
pub use problem::{Miss, WeightProblem};
pub use residuals::Residuals;
pub use summary::Summary;

use crate::sum::Sum;

/// A classification of the records, and what each of its categories amounts to in the population.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// Its name in messages: the column, or the columns with `,` between.
    pub name: String,
    /// The categories.
    pub categories: Vec<Category>,
    /// The category of each record, as a position in `categories`.
    pub rows: Vec<usize>,
}

/// A category of a [`Margin`].
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Its name in messages.
    pub label: String,
    /// Units of the population in it, 0 or more.
    pub total: f64,
}

/// Weights that meet the totals they were calibrated to.
#[derive(Clone, Debug)]
pub struct Calibrated {
    /// The new weight of each record.
    pub weights: Vec<f64>,
    /// What each design weight was multiplied with. 1 where the design weight is 0.
    pub g: Vec<f64>,
    /// Rounds it took; 1 for a method in closed form.
    pub iterations: u32,
    /// What the variance of an estimate from these weights is computed from.
    pub residuals: Residuals,
}

impl Margin {
    /// Checks the form of the margin and gives the sum of weights in each category.
    fn check(&self, weights: &[f64]) -> Result<Vec<f64>, WeightProblem> {
        same_length(&self.name, weights.len(), self.rows.len())?;
        if let Some(row) = self.rows.iter().position(|row| *row >= self.categories.len()) {
            return Err(WeightProblem::NoCategory { margin: self.name.clone(), row });
        }
        let sums = sums(weights, &self.rows, self.categories.len());
        for (category, sum) in self.categories.iter().zip(&sums) {
            let (margin, label, total) = (self.name.clone(), category.label.clone(), category.total);
            if !(total >= 0.0 && total.is_finite()) {
                return Err(WeightProblem::BadTotal { margin, category: label, total });
            }
            if total > 0.0 && !(total / sum).is_finite() {
                return Err(WeightProblem::EmptyCategory { margin, category: label, total });
            }
            if total == 0.0 && *sum > 0.0 {
                return Err(WeightProblem::ZeroTotal { margin, category: label, weight: *sum });
            }
        }
        Ok(sums)
    }

    /// The sum of the totals.
    fn total(&self) -> f64 {
        sum(self.categories.iter().map(|category| category.total))
    }
}

/// Checks design weights and gives their sum.
fn check_weights(weights: &[f64]) -> Result<f64, WeightProblem> {
    match weights.iter().position(|weight| *weight < 0.0) {
        Some(row) => Err(WeightProblem::BadWeight { row, value: weights[row] }),
        None => check_finite(weights),
    }
}

/// Checks weights that may be negative, as linear calibration leaves them, and gives their sum.
fn check_finite(weights: &[f64]) -> Result<f64, WeightProblem> {
    if let Some(row) = weights.iter().position(|weight| !weight.is_finite()) {
        return Err(WeightProblem::BadWeight { row, value: weights[row] });
    }
    let sum = sum(weights.iter().copied());
    if sum > 0.0 && sum.is_finite() { Ok(sum) } else { Err(WeightProblem::NoWeight) }
}

fn same_length(name: &str, expected: usize, found: usize) -> Result<(), WeightProblem> {
    if expected == found { Ok(()) } else { Err(WeightProblem::LengthMismatch { name: name.into(), expected, found }) }
}

/// A sum, rounded once.
fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    terms.for_each(|term| sum.add(term));
    sum.value()
}

/// Sums within groups, rounded once.
fn sums(terms: &[f64], groups: &[usize], count: usize) -> Vec<f64> {
    let mut sums = vec![Sum::default(); count];
    for (term, group) in terms.iter().zip(groups) {
        sums[*group].add(*term);
    }
    sums.iter().map(Sum::value).collect()
}

#[cfg(test)]
fn margin(name: &str, categories: &[(&str, f64)], rows: &[usize]) -> Margin {
    let category = |(label, total): &(&str, f64)| Category { label: (*label).into(), total: *total };
    Margin { name: name.into(), categories: categories.iter().map(category).collect(), rows: rows.to_vec() }
}
