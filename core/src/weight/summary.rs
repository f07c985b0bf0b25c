//! What changed from one set of weights to another.

use super::design_effect::{effective_sample_size, kish};
use super::{Constraint, Margin, sum, sums};

/// Weights before and after, in figures.
///
/// ```
/// use bygdepuls_core::weight::Summary;
/// let summary = Summary::of(&[1.0, 1.0, 2.0], &[2.0, 0.0, 3.0], |row| row != 1);
/// assert_eq!((summary.sum_before, summary.sum_after), (4.0, 5.0));
/// assert_eq!((summary.g_min, summary.g_max), (Some(1.5), Some(2.0)));
/// assert_eq!(summary.weighted, 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Records.
    pub records: usize,
    /// Records with a weight other than 0 after.
    pub weighted: usize,
    /// Records with a weight below 0 after.
    pub negative: usize,
    /// Sum of weights before.
    pub sum_before: f64,
    /// Sum of weights after.
    pub sum_after: f64,
    /// Smallest weight after, among the counted records.
    pub weight_min: Option<f64>,
    /// Largest weight after, among the counted records.
    pub weight_max: Option<f64>,
    /// Smallest ratio of weights, after / before.
    pub g_min: Option<f64>,
    /// Largest ratio.
    pub g_max: Option<f64>,
    /// Kish's design effect of the weights after, among records with weight.
    pub deff_kish: Option<f64>,
    /// The effective sample size.
    pub n_eff: Option<f64>,
}

impl Summary {
    /// The figures; `counted` says which records can have weight: not those who did not respond. Records without weight
    /// before are not counted either.
    #[must_use]
    pub fn of(before: &[f64], after: &[f64], counted: impl Fn(usize) -> bool) -> Self {
        let pairs = before.iter().zip(after).enumerate().filter(|(row, (old, _))| counted(*row) && **old > 0.0);
        let (mut new, mut g) = (Range::default(), Range::default());
        for (_, (old, weight)) in pairs {
            new.see(*weight);
            g.see(weight / old);
        }
        let weighted: Vec<f64> = after.iter().copied().filter(|weight| *weight != 0.0).collect();
        Self {
            records: after.len(),
            weighted: weighted.len(),
            negative: weighted.iter().filter(|weight| **weight < 0.0).count(),
            sum_before: sum(before.iter().copied()),
            sum_after: sum(after.iter().copied()),
            weight_min: new.0.map(|(least, _)| least),
            weight_max: new.0.map(|(_, most)| most),
            g_min: g.0.map(|(least, _)| least),
            g_max: g.0.map(|(_, most)| most),
            deff_kish: kish(&weighted).ok(),
            n_eff: effective_sample_size(&weighted).ok(),
        }
    }
}

/// The least and the most of what was seen.
#[derive(Default)]
struct Range(Option<(f64, f64)>);

impl Range {
    fn see(&mut self, value: f64) {
        self.0 = Some(self.0.map_or((value, value), |(least, most)| (least.min(value), most.max(value))));
    }
}

impl Margin {
    /// What weights come to in each category.
    #[must_use]
    pub fn reached(&self, weights: &[f64]) -> Vec<f64> {
        sums(weights, &self.rows, self.categories.len())
    }
}

impl Constraint {
    /// What weights come to.
    #[must_use]
    pub fn reached(&self, weights: &[f64]) -> f64 {
        sum(weights.iter().zip(&self.values).map(|(weight, value)| weight * value))
    }
}
