//! Linear regression under a sampling design.

use super::orthogonal::Orthogonal;
use super::{Fit, ModelMatrix, ModelProblem};
use crate::design::Design;

/// Linear regression with weights, and the covariance of the sampling design.
///
/// # Formula
///
/// ```text
/// b       minimises sum w[i] (y[i] - x[i] b)^2
/// u[i]    = (X'WX)^-1 x[i] w[i] (y[i] - x[i] b)      what record i moves b
/// V(b)    = covariance of the sum of u under the design
/// df      = PSUs - strata + 1 - coefficients         of the records used
/// ```
///
/// `y` has one value for each record of `matrix`. Where the fit is perfect up to rounding, standard errors are 0 and
/// there is no t.
///
/// # Errors
///
/// [`ModelProblem::Redundant`] names a column of the model that the others make up, [`ModelProblem::NoRecords`],
/// [`ModelProblem::Design`].
///
/// # Example
///
/// ```
/// # use bygdepuls_core::{design::Design, model::{linear, ModelMatrix}};
/// let design = Design::simple(vec![1.0; 4]);
/// let x = ModelMatrix::of_numbers(&[("x", &[0.0, 1.0, 2.0, 3.0])]);
/// let fit = linear::fit(&design, &x, &[1.0, 2.0, 4.0, 5.0])?;
/// assert!((fit.estimate[0] - 0.9).abs() < 1e-15 && (fit.estimate[1] - 1.4).abs() < 1e-15);
/// assert_eq!(fit.df, 2.0);
/// # Ok::<(), bygdepuls_core::model::ModelProblem>(())
/// ```
///
/// # Source
///
/// W. A. Fuller, "Regression analysis for sample survey", Sankhyā C 37 (1975); T. Lumley, *Complex Surveys* (2010),
/// section 5.2; R, `survey::svyglm`.
pub fn fit(design: &Design, matrix: &ModelMatrix, y: &[f64]) -> Result<Fit, ModelProblem> {
    if matrix.rows.is_empty() {
        return Err(ModelProblem::NoRecords);
    }
    let root: Vec<f64> = matrix.rows.iter().map(|row| design.weights[*row].sqrt()).collect();
    let orthogonal = Orthogonal::new(matrix.scaled(&root)).map_err(|column| matrix.redundant(column))?;
    let target: Vec<f64> = y.iter().zip(&root).map(|(y, root)| y * root).collect();
    let mut estimate = orthogonal.solve(&target);
    // Once more with what is left: the last digits.
    let left = |estimate: &[f64]| -> Vec<f64> {
        matrix.predict(estimate).iter().zip(y).map(|(fitted, y)| y - fitted).collect()
    };
    let scaled = |residuals: &[f64]| residuals.iter().zip(&root).map(|(e, root)| e * root).collect::<Vec<_>>();
    let correction = orthogonal.solve(&scaled(&left(&estimate)));
    estimate.iter_mut().zip(correction).for_each(|(b, more)| *b += more);
    let mut residuals = left(&estimate);
    let largest = |values: &[f64]| values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    // A perfect fit leaves rounding, which has no variance.
    if largest(&residuals) <= 1e-13 * largest(y) {
        residuals.fill(0.0);
    }
    let influence = orthogonal.influence(&scaled(&residuals));
    let fitted = matrix.predict(&estimate);
    Fit::new(design, matrix, estimate, &influence, fitted)
}
