//! Wald tests of the terms of a model.

use super::{Fit, ModelMatrix};
use crate::distribution::fisher_f;
use crate::hypothesis::{TestProblem, TestResult, wald};
use nalgebra::{DMatrix, DVector};

/// Whether the coefficients of a term are all 0.
///
/// # Formula
///
/// ```text
/// F = b' V(b)^-1 b / k      ~ F(k, df)      b the k coefficients of the term, df those of the fit
/// ```
///
/// `term` is a place in [`ModelMatrix::terms`]. A term of one coefficient gives the square of its t.
///
/// # Errors
///
/// [`TestProblem::NoVariance`], [`TestProblem::SingularCovariance`], [`TestProblem::NoDf`].
///
/// # Source
///
/// R, `survey::regTermTest(method = "Wald")`.
pub fn term(fit: &Fit, matrix: &ModelMatrix, term: usize) -> Result<TestResult, TestProblem> {
    let of_term = |place: &usize| matrix.assign[*place] == Some(term);
    coefficients(fit, &(0..fit.estimate.len()).filter(of_term).collect::<Vec<_>>())
}

/// Whether all coefficients but the intercept are 0. As [`term`].
///
/// # Errors
///
/// As [`term`]; [`TestProblem::AllAlike`] for a model of the intercept alone.
pub fn all_terms(fit: &Fit, matrix: &ModelMatrix) -> Result<TestResult, TestProblem> {
    coefficients(fit, &(0..fit.estimate.len()).filter(|place| matrix.assign[*place].is_some()).collect::<Vec<_>>())
}

/// Whether some coefficients are all 0.
fn coefficients(fit: &Fit, places: &[usize]) -> Result<TestResult, TestProblem> {
    let parts = places.len();
    if parts == 0 {
        return Err(TestProblem::AllAlike { variable: 1 });
    }
    let b = DVector::from_fn(parts, |i, _| fit.estimate[places[i]]);
    let covariance = DMatrix::from_fn(parts, parts, |i, j| fit.covariance[(places[i], places[j])]);
    #[expect(clippy::cast_precision_loss, reason = "a number of coefficients")]
    let k = parts as f64;
    let statistic = wald(&b, covariance, fit.df)? / k;
    if fit.df <= 0.0 {
        return Err(TestProblem::NoDf { df: fit.df });
    }
    let p_value = fisher_f::upper_tail(statistic, k, fit.df);
    Ok(TestResult { statistic, parameter: vec![k, fit.df], p_value })
}
