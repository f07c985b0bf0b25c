//! The weighted mean.

use super::NoEstimate;
use super::linearised::{Linearised, influence, positive_sums};

/// The mean of a variable in the population.
///
/// # Formula
///
/// ```text
/// mean = sum(w[i] y[i]) / sum(w[i])
/// ```
///
/// # Input and result
///
/// | name      | shape | unit          | rule                                                   |
/// |-----------|-------|---------------|--------------------------------------------------------|
/// | `weights` | n     | units         | finite; the sum of those with a value above 0          |
/// | `values`  | n     | any           | finite; `None` where missing or outside the domain     |
/// | result    | 1     | as the values |                                                        |
///
/// Records without a value are a part of the population that the mean does not speak of: a domain of those with one.
/// A share is the mean of an [`indicator`](super::indicator).
///
/// # Errors
///
/// [`NoEstimate::NoValues`], [`NoEstimate::NoWeight`], [`NoEstimate::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::estimate::mean;
/// assert_eq!(mean::estimate(&[2.0, 1.0, 1.0], &[Some(1.0), Some(4.0), None]), Ok(2.0)); // (2 × 1 + 1 × 4) / 3
/// ```
///
/// # Source
///
/// T. Lumley, *Complex Surveys* (2010), section 2.2. The mean of a domain is a ratio of two totals.
pub fn estimate(weights: &[f64], values: &[Option<f64>]) -> Result<f64, NoEstimate> {
    let sums = positive_sums(weights, values)?;
    Ok(sums.product / sums.weight)
}

/// The mean with its influence values `w[i] (y[i] - mean) / sum(w)`.
///
/// # Errors
///
/// As [`estimate`].
pub fn linearised(weights: &[f64], values: &[Option<f64>]) -> Result<Linearised, NoEstimate> {
    let sums = positive_sums(weights, values)?;
    let mean = sums.product / sums.weight;
    let influence = influence(weights, values, |weight, value| (value - mean) * weight / sums.weight)?;
    Ok(Linearised { estimate: mean, influence })
}
