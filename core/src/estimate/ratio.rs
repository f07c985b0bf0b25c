//! The ratio of two totals.

use super::NoEstimate;
use super::linearised::{Linearised, influence, sums};

/// The ratio of the totals of two variables.
///
/// # Formula
///
/// ```text
/// ratio = sum(w[i] y[i]) / sum(w[i] x[i]),  over records that have both
/// ```
///
/// # Input and result
///
/// | name          | shape | unit         | rule                                               |
/// |---------------|-------|--------------|----------------------------------------------------|
/// | `weights`     | n     | units        | finite                                             |
/// | `numerator`   | n     | any          | finite; `None` where missing or outside the domain |
/// | `denominator` | n     | any          | finite; `None` likewise; its total is not 0        |
/// | result        | 1     | unit by unit |                                                    |
///
/// # Errors
///
/// [`NoEstimate::NoValues`], [`NoEstimate::ZeroDenominator`], [`NoEstimate::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::estimate::ratio;
/// let ratio = ratio::estimate(&[1.0, 2.0, 1.0], &[Some(1.0), Some(2.0), Some(9.0)], &[Some(4.0), Some(3.0), None]);
/// assert_eq!(ratio, Ok(0.5)); // (1 × 1 + 2 × 2) / (1 × 4 + 2 × 3)
/// ```
///
/// # Source
///
/// W. G. Cochran, *Sampling Techniques* (1977), section 6.4.
pub fn estimate(weights: &[f64], numerator: &[Option<f64>], denominator: &[Option<f64>]) -> Result<f64, NoEstimate> {
    Ok(parts(weights, numerator, denominator)?.0)
}

/// The ratio with its influence values `w[i] (y[i] - ratio x[i]) / sum(w x)`.
///
/// # Errors
///
/// As [`estimate`].
pub fn linearised(
    weights: &[f64],
    numerator: &[Option<f64>],
    denominator: &[Option<f64>],
) -> Result<Linearised, NoEstimate> {
    let (ratio, below) = parts(weights, numerator, denominator)?;
    let pairs = numerator.iter().zip(denominator);
    let residual = |(y, x): (&Option<f64>, &Option<f64>)| Some((*y)? - ratio * (*x)?);
    let residuals: Vec<_> = pairs.map(residual).collect();
    let influence = influence(weights, &residuals, |weight, residual| weight * residual / below)?;
    Ok(Linearised { estimate: ratio, influence })
}

/// The ratio and the total of its denominator.
fn parts(weights: &[f64], numerator: &[Option<f64>], denominator: &[Option<f64>]) -> Result<(f64, f64), NoEstimate> {
    let both = |one: &[Option<f64>], other: &[Option<f64>]| -> Vec<Option<f64>> {
        one.iter().zip(other).map(|(value, other)| value.filter(|_| other.is_some())).collect()
    };
    let above = sums(weights, &both(numerator, denominator))?.product;
    let below = sums(weights, &both(denominator, numerator))?.product;
    match above / below {
        _ if below == 0.0 => Err(NoEstimate::ZeroDenominator),
        ratio if ratio.is_finite() => Ok((ratio, below)),
        _ => Err(NoEstimate::NotFinite),
    }
}
