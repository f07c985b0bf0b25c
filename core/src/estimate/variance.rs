//! The variance of a variable in the population, and the covariance of two.

use super::NoEstimate;
use super::linearised::{Linearised, influence, positive_sums};

/// The variance of a variable in the population.
///
/// # Formula
///
/// ```text
/// variance = n / (n - 1) * sum(w[i] (y[i] - mean)^2) / sum(w[i])
/// n        = records with a value and a weight other than 0
/// ```
///
/// # Input and result
///
/// | name      | shape | unit                     | rule                                               |
/// |-----------|-------|--------------------------|----------------------------------------------------|
/// | `weights` | n     | units                    | finite; the sum of those with a value above 0      |
/// | `values`  | n     | any                      | finite; `None` where missing or outside the domain |
/// | result    | 1     | square of the value's    | 0 when all values are equal                        |
///
/// R `survey` counts records without a value in n too; here they are left out, so that removing them from the file changes
/// nothing.
///
/// # Errors
///
/// [`NoEstimate::NoValues`], [`NoEstimate::NoWeight`], [`NoEstimate::OneValue`], [`NoEstimate::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::estimate::variance;
/// assert_eq!(variance::estimate(&[1.0; 3], &[Some(1.0), Some(2.0), Some(6.0)]), Ok(7.0)); // (4 + 1 + 9) / 2
/// ```
///
/// # Source
///
/// R `survey`, `svyvar`.
pub fn estimate(weights: &[f64], values: &[Option<f64>]) -> Result<f64, NoEstimate> {
    covariance(weights, values, values).map(|variance| variance.estimate)
}

/// The variance with its influence values; that of the mean inside it is 0.
///
/// # Errors
///
/// As [`estimate`].
pub fn linearised(weights: &[f64], values: &[Option<f64>]) -> Result<Linearised, NoEstimate> {
    covariance(weights, values, values)
}

/// The covariance of two variables in the population, over records that have both: as [`estimate`], with
/// `(x[i] - mean x) (y[i] - mean y)` in place of the square.
///
/// # Errors
///
/// As [`estimate`].
pub fn covariance(weights: &[f64], x: &[Option<f64>], y: &[Option<f64>]) -> Result<Linearised, NoEstimate> {
    let x: Vec<_> = x.iter().zip(y).map(|(x, y)| x.filter(|_| y.is_some())).collect();
    let y: Vec<_> = y.iter().zip(&x).map(|(y, x)| y.filter(|_| x.is_some())).collect();
    let (sums_x, sums_y) = (positive_sums(weights, &x)?, positive_sums(weights, &y)?);
    if sums_x.n < 2 {
        return Err(NoEstimate::OneValue);
    }
    let (mean_x, mean_y) = (sums_x.product / sums_x.weight, sums_y.product / sums_y.weight);
    let n = f64::from(sums_x.n);
    let product = |(x, y): (&Option<f64>, &Option<f64>)| Some(((*x)? - mean_x) * ((*y)? - mean_y) * n / (n - 1.0));
    let products: Vec<_> = x.iter().zip(&y).map(product).collect();
    let sums = positive_sums(weights, &products)?;
    let estimate = sums.product / sums.weight;
    let influence = influence(weights, &products, |weight, product| (product - estimate) * weight / sums.weight)?;
    Ok(Linearised { estimate, influence })
}
