//! Replicate weights: the variance of any estimate from how it varies when units are left out or drawn again.
//!
//! | method | for | file |
//! |---|---|---|
//! | jackknife, one unit left out (`JK1`) | designs without strata | [`Replicates::jk1`] |
//! | jackknife by strata (`JKn`) | stratified designs | [`Replicates::jkn`] |
//! | balanced half-samples, Fay's method | two units in each stratum | [`Replicates::brr`], [`Replicates::fay`] |
//! | bootstrap: Rao–Wu, Canty–Davison | any design | [`Bootstrap`] |
//! | given weights | files of other producers | [`Replicates::given`] |
//! | replicate ratios of many domains at once | sums by domain and unit | [`Cells`], [`Replicates::jackknife_ratios`] |
//!
//! A replicate multiplies the weights of all records of a primary sampling unit with one factor. Later stages and, for Rao–Wu
//! and half-samples, finite populations do not enter: the first stage stands for all, as if it were drawn with replacement.
//!
//! ```
//! use bygdepuls_core::{design::Design, estimate::mean, weight::replicate::Replicates};
//! let design = Design::simple(vec![1.0; 3]);
//! let replicates = Replicates::jk1(&design)?;
//! let values = [Some(1.0), Some(2.0), Some(6.0)];
//! let means = replicates.estimates(&design, |weights| mean::estimate(weights, &values).map(|mean| vec![mean]))?;
//! assert_eq!(means.estimates, [3.0]);
//! let variance = replicates.scaling.covariance(&means)?[(0, 0)];
//! assert!((variance - 7.0 / 3.0).abs() < 1e-15); // s² / n: for a mean the jackknife is exact
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod balanced;
mod bootstrap;
mod cells;
mod given;
mod jackknife;
mod jackknife_ratio;
mod problem;
mod scaling;

pub(crate) use bootstrap::below;
pub use bootstrap::{Bootstrap, BootstrapMethod};
pub use cells::{BLOCK, Cells, Multipliers, ReplicateRatios, Sums};
pub use given::{Given, GivenMethod};
pub use problem::ReplicateProblem;
pub use scaling::{ReplicateEstimates, Scaling};

use crate::design::Design;
use std::ops::Range;

/// The factors of all replicates, and how their estimates are put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Replicates {
    factors: Factors,
    /// Primary sampling units.
    units: usize,
    /// How replicate estimates become a variance.
    pub scaling: Scaling,
    /// Degrees of freedom: the rank of the factors, less 1. That is R `survey`'s rule; units without weight do not count.
    pub df: f64,
}

#[derive(Clone, Debug, PartialEq)]
enum Factors {
    /// One after the other, each with a factor per unit.
    Each(Vec<f64>),
    /// Each leaves out one unit.
    Deleted(Vec<Deleted>),
}

/// A replicate without one unit: others of a range stand in for it, the rest are as they were.
#[derive(Clone, Debug, PartialEq)]
struct Deleted {
    unit: u32,
    raised: Range<u32>,
    factor: f64,
}

impl Replicates {
    /// How many replicates there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scaling.rscales.len()
    }

    /// Whether there are none: the sample is the population, and nothing varies.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What a replicate multiplies the weights of a primary sampling unit with.
    #[must_use]
    pub fn factor(&self, replicate: usize, unit: u32) -> f64 {
        match &self.factors {
            Factors::Each(factors) => factors[replicate * self.units + unit as usize],
            Factors::Deleted(deleted) => match &deleted[replicate] {
                deleted if deleted.unit == unit => 0.0,
                deleted if deleted.raised.contains(&unit) => deleted.factor,
                _ => 1.0,
            },
        }
    }

    /// Degrees of freedom of the units that are said to have a weight: the rank of their factors, less 1.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a rank")]
    pub fn df_of(&self, weighted: &[bool]) -> f64 {
        let counts = |unit: u32| weighted.get(unit as usize).copied().unwrap_or(false);
        rank(self.len(), self.units, counts, |replicate, unit| self.factor(replicate, unit)) as f64 - 1.0
    }

    /// The weights of a replicate, one per record of the design.
    #[must_use]
    pub fn weights(&self, replicate: usize, design: &Design) -> Vec<f64> {
        let records = design.weights.iter().zip(design.units.first().into_iter().flatten());
        records.map(|(weight, unit)| weight * self.factor(replicate, *unit)).collect()
    }

    /// Estimates with the weights of the design, and with those of each replicate. `estimator` is any function of weights:
    /// several estimates, calibration included, in one go. It runs once per replicate, so a jackknife of as many units as there
    /// are records takes time with their square: for ratios of many units see [`Replicates::jackknife_ratios`].
    ///
    /// # Errors
    ///
    /// That of `estimator` with the weights of the design; where it fails in a replicate, the replicate has no estimates.
    pub fn estimates<E>(
        &self,
        design: &Design,
        estimator: impl Fn(&[f64]) -> Result<Vec<f64>, E>,
    ) -> Result<ReplicateEstimates, E> {
        let estimates = estimator(&design.weights)?;
        let replicates = (0..self.len()).map(|replicate| estimator(&self.weights(replicate, design)).ok()).collect();
        Ok(ReplicateEstimates { estimates, replicates })
    }
}

/// The rank of the factors over the units that `counts` says, by Gram and Schmidt; rows within 1e-5 of the others count as
/// dependent, as in R.
fn rank(replicates: usize, units: usize, counts: impl Fn(u32) -> bool, factor: impl Fn(usize, u32) -> f64) -> usize {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for unit in (0..).take(units).filter(|unit| counts(*unit)) {
        if basis.len() == replicates {
            break;
        }
        let mut row: Vec<f64> = (0..replicates).map(|replicate| factor(replicate, unit)).collect();
        let length = |row: &[f64]| row.iter().map(|value| value * value).sum::<f64>().sqrt();
        let before = length(&row);
        // Twice: the first round leaves rounding of its own.
        for _ in 0..2 {
            for other in &basis {
                let along: f64 = row.iter().zip(other).map(|(value, other)| value * other).sum();
                row.iter_mut().zip(other).for_each(|(value, other)| *value -= along * other);
            }
        }
        let after = length(&row);
        if after > 1e-5 * before {
            row.iter_mut().for_each(|value| *value /= after);
            basis.push(row);
        }
    }
    basis.len()
}

/// Which units hold a record with a weight.
fn weighted_units(design: &Design, units: usize) -> Vec<bool> {
    let mut weighted = vec![false; units];
    for (unit, weight) in design.units.first().into_iter().flatten().zip(&design.weights) {
        weighted[*unit as usize] |= *weight != 0.0;
    }
    weighted
}

/// The first-stage units of each stratum.
fn strata(stage: &crate::design::Stage) -> Vec<Range<u32>> {
    let mut first = 0;
    let ranges = stage.strata.iter().map(|stratum| {
        let range = first..first + stratum.sampled;
        first = range.end;
        range
    });
    ranges.collect()
}
