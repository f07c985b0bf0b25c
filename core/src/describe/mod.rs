//! Figures of one sample of numbers, or of two belonging together, without weights; one file per figure.
//!
//! | figure | where |
//! |---|---|
//! | quantiles, types 1 to 9 and more | [`quantile`] |
//! | rank correlation | [`spearman`], [`kendall`] |
//! | internal consistency of a scale | [`cronbach_alpha`] |
//!
//! A figure that does not exist is a [`NoResult`] with its reason.

pub mod cronbach_alpha;
pub mod kendall;
pub(crate) mod midranks;
pub mod quantile;
pub mod spearman;

pub use crate::compare::NoResult;
pub use crate::estimate::QuantileRule;

/// Checks that all values are finite and that there are `needed` of them.
pub(crate) fn check(values: &[f64], needed: u64) -> Result<(), NoResult> {
    if values.iter().any(|value| !value.is_finite()) {
        return Err(NoResult::NotFinite);
    }
    if (values.len() as u64) < needed { Err(NoResult::TooFew { needed }) } else { Ok(()) }
}

/// The figure, unless its values were so large that their squares are beyond what a double holds.
pub(crate) fn finite(figure: f64) -> Result<f64, NoResult> {
    if figure.is_finite() { Ok(figure) } else { Err(NoResult::NotFinite) }
}

/// The mean.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The covariance with n − 1; of a list with itself, the variance.
pub(crate) fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum::<f64>() / (a.len() as f64 - 1.0)
}

/// Pearson's correlation.
pub(crate) fn correlation(a: &[f64], b: &[f64]) -> Result<f64, NoResult> {
    let (va, vb) = (finite(covariance(a, a))?, finite(covariance(b, b))?);
    if va == 0.0 || vb == 0.0 {
        return Err(NoResult::AllAlike);
    }
    Ok((covariance(a, b) / (va.sqrt() * vb.sqrt())).clamp(-1.0, 1.0))
}
