//! The design effect: what a design costs, or saves, beside a simple random sample.

use super::linearised::positive_sums;
use super::{NoEstimate, variance};

/// The sample with which a design is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// Simple random sampling without replacement from a population of the size that the weights sum to.
    Without,
    /// Simple random sampling with replacement.
    With,
}

/// The variance that the mean would have in a simple random sample with as many records.
///
/// # Formula
///
/// ```text
/// with replacement     variance(y) / n
/// without              variance(y) / n * (N - n) / N,  N = sum(w[i])
/// ```
///
/// `variance(y)` is that of [`variance::estimate`]; n counts records with a value and a weight other than 0. For a total,
/// multiply by N².
///
/// # Errors
///
/// As [`variance::estimate`]; [`NoEstimate::PopulationBelowSample`] without replacement when N is below n.
///
/// # Source
///
/// L. Kish, *Survey Sampling* (1965), section 8.2; R `survey`, `svymean(deff=)`.
pub fn simple_variance(weights: &[f64], values: &[Option<f64>], replacement: Replacement) -> Result<f64, NoEstimate> {
    let sums = positive_sums(weights, values)?;
    let n = f64::from(sums.n);
    let simple = variance::estimate(weights, values)? / n;
    match replacement {
        Replacement::With => Ok(simple),
        Replacement::Without if sums.weight < n => Err(NoEstimate::PopulationBelowSample),
        Replacement::Without => Ok(simple * (sums.weight - n) / sums.weight),
    }
}

/// The design effect of a mean: its variance under the design by that in a simple random sample.
///
/// # Input and result
///
/// | name          | shape | unit                  | rule                                               |
/// |---------------|-------|-----------------------|----------------------------------------------------|
/// | `weights`     | n     | units                 | finite; the sum of those with a value above 0      |
/// | `values`      | n     | any                   | finite; `None` where missing or outside the domain |
/// | `variance`    | 1     | square of the value's | that of the mean under the design                  |
/// | result        | 1     | ratio                 | below 1 where the design is better                 |
///
/// # Errors
///
/// As [`simple_variance`]; [`NoEstimate::NoVariation`] when that is 0: all values are equal, or the sample is the population.
///
/// # Example
///
/// ```
/// use bygdepuls_core::design::Design;
/// use bygdepuls_core::estimate::{design_effect::{Replacement, of_mean}, mean};
/// let design = Design::simple(vec![1.0; 3]);
/// let values = [Some(1.0), Some(2.0), Some(6.0)];
/// let variance = mean::linearised(&design.weights, &values)?.variance(&design)?;
/// let deff = of_mean(&design.weights, &values, variance, Replacement::With)?;
/// assert!((deff - 1.0).abs() < 1e-15); // a simple random sample itself
/// # Ok::<(), bygdepuls_core::estimate::NoEstimate>(())
/// ```
///
/// # Source
///
/// L. Kish, *Survey Sampling* (1965), section 8.2.
pub fn of_mean(
    weights: &[f64],
    values: &[Option<f64>],
    variance: f64,
    replacement: Replacement,
) -> Result<f64, NoEstimate> {
    match simple_variance(weights, values, replacement)? {
        0.0 => Err(NoEstimate::NoVariation),
        simple => Ok(variance / simple),
    }
}
