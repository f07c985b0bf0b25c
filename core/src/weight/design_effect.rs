//! What unequal weights cost.

use super::{WeightProblem, check_finite, sum};

/// Kish's design effect of weighting: how much larger unequal weights make the variance of a mean, when they have nothing
/// to do with the variable.
///
/// # Formula
///
/// ```text
/// deff = n * sum(w^2) / sum(w)^2 = 1 + cv(w)^2
/// ```
///
/// # Input and result
///
/// | name      | shape | unit              | rule                                                      |
/// |-----------|-------|-------------------|-----------------------------------------------------------|
/// | `weights` | n     | units represented | finite, sum > 0; records of weight 0 count in n           |
/// | result    | 1     | ratio             | 1 for equal weights                                       |
///
/// # Errors
///
/// [`WeightProblem::BadWeight`], [`WeightProblem::NoWeight`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::design_effect::{effective_sample_size, kish};
/// assert_eq!(kish(&[1.0, 1.0, 2.0, 2.0])?, 4.0 * 10.0 / 36.0);
/// assert_eq!(effective_sample_size(&[1.0, 1.0, 2.0, 2.0])?, 3.6);
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Kish, *Survey Sampling*, 1965, section 11.7.
pub fn kish(weights: &[f64]) -> Result<f64, WeightProblem> {
    #[allow(clippy::cast_precision_loss, reason = "a count of records")]
    let n = weights.len() as f64;
    Ok(n / effective_sample_size(weights)?)
}

/// The size of a sample with equal weights that is worth as much: `sum(w)^2 / sum(w^2)`.
///
/// # Errors
///
/// [`WeightProblem::BadWeight`], [`WeightProblem::NoWeight`].
pub fn effective_sample_size(weights: &[f64]) -> Result<f64, WeightProblem> {
    check_finite(weights)?;
    // Only the ratios matter: beside the largest weight, no square is too large or too small.
    let largest = weights.iter().fold(0.0, |largest: f64, weight| largest.max(weight.abs()));
    let ratios = || weights.iter().map(|weight| weight / largest);
    let total = sum(ratios());
    Ok(total * total / sum(ratios().map(|ratio| ratio * ratio)))
}
