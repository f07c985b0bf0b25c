//! Pearson's correlation of two variables in the population.

use super::linearised::Linearised;
use super::{NoEstimate, contrast, variance};

/// The correlation of two variables in the population.
///
/// # Formula
///
/// ```text
/// r = cov(x, y) / sqrt(var(x) var(y)),  over records that have both
/// ```
///
/// # Input and result
///
/// | name      | shape | unit    | rule                                                  |
/// |-----------|-------|---------|-------------------------------------------------------|
/// | `weights` | n     | units   | finite; the sum of those with both values above 0     |
/// | `x`, `y`  | n     | any     | finite; `None` where missing or outside the domain    |
/// | result    | 1     | -1 to 1 | with influence values by the delta method             |
///
/// # Errors
///
/// [`NoEstimate::NoValues`], [`NoEstimate::NoWeight`], [`NoEstimate::OneValue`], [`NoEstimate::NotFinite`];
/// [`NoEstimate::NoVariation`] when either variable is constant.
///
/// # Example
///
/// ```
/// use bygdepuls_core::estimate::correlation;
/// let (x, y) = ([Some(1.0), Some(2.0), Some(3.0)], [Some(1.0), Some(3.0), Some(2.0)]);
/// let correlation = correlation::linearised(&[1.0; 3], &x, &y)?;
/// assert!((correlation.estimate - 0.5).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::estimate::NoEstimate>(())
/// ```
///
/// # Source
///
/// R. S. Woodruff, "A simple method for approximating the variance of a complicated estimate", JASA 66 (1971).
pub fn linearised(weights: &[f64], x: &[Option<f64>], y: &[Option<f64>]) -> Result<Linearised, NoEstimate> {
    let x: Vec<_> = x.iter().zip(y).map(|(x, y)| x.filter(|_| y.is_some())).collect();
    let y: Vec<_> = y.iter().zip(&x).map(|(y, x)| y.filter(|_| x.is_some())).collect();
    let parts = [
        variance::covariance(weights, &x, &y)?,
        variance::linearised(weights, &x)?,
        variance::linearised(weights, &y)?,
    ];
    let [of_both, of_x, of_y] = [parts[0].estimate, parts[1].estimate, parts[2].estimate];
    // Root by root: the product of two small variances may be too small for a double.
    let scale = of_x.sqrt() * of_y.sqrt();
    if scale == 0.0 {
        return Err(NoEstimate::NoVariation);
    }
    let correlation = (of_both / scale).clamp(-1.0, 1.0);
    let gradient = [1.0 / scale, -correlation / (2.0 * of_x), -correlation / (2.0 * of_y)];
    Ok(contrast::smooth(&parts, correlation, &gradient))
}
