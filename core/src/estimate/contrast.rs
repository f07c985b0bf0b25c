//! Functions of several estimates: differences, contrasts over years, relative changes.

use super::NoEstimate;
use super::linearised::Linearised;
use nalgebra::{DMatrix, DVector};

/// A linear combination of estimates over the same sample: a difference of two groups, a trend over years.
///
/// # Formula
///
/// ```text
/// contrast = sum(c[k] estimate[k])
/// variance = c' V c,  V the covariance matrix of the estimates
/// ```
///
/// The covariance comes with the influence values: groups that share sampling units (the same pupils in two years) are not
/// treated as independent.
///
/// # Example
///
/// ```
/// use bygdepuls_core::design::Design;
/// use bygdepuls_core::estimate::{contrast, mean};
/// let design = Design::simple(vec![1.0; 3]);
/// let before = mean::linearised(&design.weights, &[Some(1.0), Some(2.0), Some(3.0)])?;
/// let after = mean::linearised(&design.weights, &[Some(2.0), Some(3.0), Some(4.0)])?;
/// let change = contrast::linear(&[before, after], &[-1.0, 1.0]);
/// assert_eq!(change.estimate, 1.0);
/// assert_eq!(change.variance(&design)?, 0.0); // each rose by 1
/// # Ok::<(), bygdepuls_core::estimate::NoEstimate>(())
/// ```
///
/// # Source
///
/// R `survey`, `svycontrast`.
#[must_use]
pub fn linear(estimates: &[Linearised], coefficients: &[f64]) -> Linearised {
    let estimate = estimates.iter().zip(coefficients).map(|(part, by)| part.estimate * by).sum();
    smooth(estimates, estimate, coefficients)
}

/// A smooth function of estimates, of which `estimate` is the value and `gradient` the derivative by each of them (delta
/// method).
#[must_use]
pub fn smooth(estimates: &[Linearised], estimate: f64, gradient: &[f64]) -> Linearised {
    debug_assert_eq!(estimates.len(), gradient.len());
    let rows = estimates.first().map_or(0, |part| part.influence.len());
    let mut influence = vec![None; rows];
    for (part, by) in estimates.iter().zip(gradient) {
        for (sum, value) in influence.iter_mut().zip(&part.influence) {
            if let Some(value) = value {
                *sum.get_or_insert(0.0) += by * value;
            }
        }
    }
    Linearised { estimate, influence }
}

/// The relative change `after / before - 1`, by the delta method.
///
/// # Errors
///
/// [`NoEstimate::ZeroDenominator`] when the first figure is 0; [`NoEstimate::NotFinite`].
pub fn relative_change(before: Linearised, after: Linearised) -> Result<Linearised, NoEstimate> {
    let (from, to) = (before.estimate, after.estimate);
    if from == 0.0 {
        return Err(NoEstimate::ZeroDenominator);
    }
    let change = to / from - 1.0;
    let gradient = [-to / from / from, 1.0 / from];
    if !(change.is_finite() && gradient.iter().all(|slope| slope.is_finite())) {
        return Err(NoEstimate::NotFinite);
    }
    Ok(smooth(&[before, after], change, &gradient))
}

/// The variance of a function of estimates from their covariance matrix, for estimates whose variance comes from replicates:
/// `gradient' V gradient`.
#[must_use]
pub fn variance(gradient: &[f64], covariance: &DMatrix<f64>) -> f64 {
    let gradient = DVector::from_column_slice(gradient);
    gradient.dot(&(covariance * &gradient))
}
