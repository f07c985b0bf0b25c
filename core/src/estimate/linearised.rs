//! An estimate, and how much each record moves it.

use super::NoEstimate;
use crate::design::Design;
use crate::sum::Sum;
use nalgebra::DMatrix;

/// An estimate with its influence values: the weighted derivative of the estimate by each record.
///
/// The variance of the estimate is the design variance of the total of these values, so every estimator that gives them has
/// a standard error under every design, and two such estimates have a covariance.
///
/// ```
/// use bygdepuls_core::{design::Design, estimate::mean};
/// let design = Design::simple(vec![1.0; 4]);
/// let mean = mean::linearised(&design.weights, &[Some(1.0), Some(2.0), Some(4.0), Some(5.0)])?;
/// assert_eq!(mean.estimate, 3.0);
/// assert_eq!(mean.influence[0], Some(-0.5)); // (1 - 3) / 4
/// assert!((mean.variance(&design)? - (4.0 + 1.0 + 1.0 + 4.0) / 3.0 / 4.0).abs() < 1e-15); // s² / n
/// # Ok::<(), bygdepuls_core::estimate::NoEstimate>(())
/// ```
///
/// # Source
///
/// J.-C. Deville, "Variance estimation for complex statistics and estimators: linearization and residual techniques",
/// Survey Methodology 25 (1999); R `survey` computes the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Linearised {
    /// The estimate.
    pub estimate: f64,
    /// One per record, the weight multiplied in; `None` outside the domain or without a value.
    pub influence: Vec<Option<f64>>,
}

impl Linearised {
    /// The variance under a design.
    ///
    /// # Errors
    ///
    /// [`NoEstimate::Design`] where a stratum has a single unit and that is to fail; [`NoEstimate::NotFinite`].
    pub fn variance(&self, design: &Design) -> Result<f64, NoEstimate> {
        match design.stages.variance(&design.influence(&self.influence))? {
            variance if variance.is_finite() => Ok(variance),
            _ => Err(NoEstimate::NotFinite),
        }
    }

    /// The standard error under a design.
    ///
    /// # Errors
    ///
    /// As [`Linearised::variance`].
    pub fn se(&self, design: &Design) -> Result<f64, NoEstimate> {
        Ok(self.variance(design)?.sqrt())
    }
}

/// The covariances of estimates over the same sample: of several variables, or of the groups of one.
///
/// # Errors
///
/// As [`Linearised::variance`].
pub fn covariance(estimates: &[Linearised], design: &Design) -> Result<DMatrix<f64>, NoEstimate> {
    let influences: Vec<_> = estimates.iter().map(|estimate| design.influence(&estimate.influence)).collect();
    let matrix = design.stages.covariance_matrix(&influences)?;
    if matrix.iter().all(|value| value.is_finite()) { Ok(matrix) } else { Err(NoEstimate::NotFinite) }
}

/// The values inside a domain: the same, with `None` for the records outside.
#[must_use]
pub fn within(values: &[Option<f64>], domain: impl Fn(usize) -> bool) -> Vec<Option<f64>> {
    values.iter().enumerate().map(|(row, value)| value.filter(|_| domain(row))).collect()
}

/// Values as 1 where they are of a kind, and 0 where not.
#[must_use]
pub fn indicator<T>(values: &[Option<T>], of: impl Fn(&T) -> bool) -> Vec<Option<f64>> {
    values.iter().map(|value| value.as_ref().map(|value| f64::from(u8::from(of(value))))).collect()
}

/// What the records with a value sum to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    /// Records with a value and a weight other than 0.
    pub(super) n: u32,
    /// Their weights.
    pub(super) weight: f64,
    /// Weight times value.
    pub(super) product: f64,
}

/// Sums, each rounded once, so that they do not depend on the order of the records.
pub(super) fn sums(weights: &[f64], values: &[Option<f64>]) -> Result<Sums, NoEstimate> {
    debug_assert_eq!(weights.len(), values.len());
    let (mut weight_sum, mut product_sum, mut n, mut any) = (Sum::default(), Sum::default(), 0, false);
    for (weight, value) in weights.iter().zip(values) {
        let Some(value) = value else { continue };
        let product = weight * value;
        if !(weight.is_finite() && product.is_finite()) {
            return Err(NoEstimate::NotFinite);
        }
        any = true;
        n += u32::from(*weight != 0.0);
        weight_sum.add(*weight);
        product_sum.add(product);
    }
    let (weight, product) = (weight_sum.value(), product_sum.value());
    match (any, weight.is_finite() && product.is_finite()) {
        (false, _) => Err(NoEstimate::NoValues),
        (true, false) => Err(NoEstimate::NotFinite),
        (true, true) => Ok(Sums { n, weight, product }),
    }
}

/// As [`sums`], with a weight above 0.
pub(super) fn positive_sums(weights: &[f64], values: &[Option<f64>]) -> Result<Sums, NoEstimate> {
    match sums(weights, values)? {
        sums if sums.weight > 0.0 => Ok(sums),
        _ => Err(NoEstimate::NoWeight),
    }
}

/// Influence values from each weight and value.
///
/// # Errors
///
/// [`NoEstimate::NotFinite`].
pub(super) fn influence(
    weights: &[f64],
    values: &[Option<f64>],
    of: impl Fn(f64, f64) -> f64,
) -> Result<Vec<Option<f64>>, NoEstimate> {
    let influence: Vec<_> =
        weights.iter().zip(values).map(|(weight, value)| value.map(|value| of(*weight, value))).collect();
    let finite = influence.iter().flatten().all(|value| value.is_finite());
    if finite { Ok(influence) } else { Err(NoEstimate::NotFinite) }
}
