//! The weighted total.

use super::NoEstimate;
use super::linearised::{Linearised, influence, sums};

/// The total of a variable in the population.
///
/// # Formula
///
/// ```text
/// total = sum(w[i] y[i])
/// ```
///
/// # Input and result
///
/// | name      | shape | unit          | rule                                               |
/// |-----------|-------|---------------|----------------------------------------------------|
/// | `weights` | n     | units         | finite                                             |
/// | `values`  | n     | any           | finite; `None` where missing or outside the domain |
/// | result    | 1     | as the values |                                                    |
///
/// What is missing adds nothing: it is the total of what is known, not of what there is. Weights that sum to 0 are no error
/// here, an empty domain is: nothing was seen of it.
///
/// # Errors
///
/// [`NoEstimate::NoValues`], [`NoEstimate::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::estimate::total;
/// assert_eq!(total::estimate(&[2.0, 1.0, 1.0], &[Some(1.0), Some(4.0), None]), Ok(6.0));
/// ```
///
/// # Source
///
/// D. G. Horvitz and D. J. Thompson, "A generalization of sampling without replacement from a finite universe", JASA 47
/// (1952).
pub fn estimate(weights: &[f64], values: &[Option<f64>]) -> Result<f64, NoEstimate> {
    Ok(sums(weights, values)?.product)
}

/// The total with its influence values `w[i] y[i]`.
///
/// # Errors
///
/// As [`estimate`].
pub fn linearised(weights: &[f64], values: &[Option<f64>]) -> Result<Linearised, NoEstimate> {
    let estimate = estimate(weights, values)?;
    Ok(Linearised { estimate, influence: influence(weights, values, |weight, value| weight * value)? })
}
