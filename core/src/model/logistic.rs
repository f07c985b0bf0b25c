//! Logistic regression under a sampling design.

use super::orthogonal::Orthogonal;
use super::{Fit, ModelMatrix, ModelProblem};
use crate::design::Design;

/// Steps after which there is no convergence. Eight or fewer are usual.
const STEPS: usize = 100;

/// The relative change of the deviance below which there is: R's `glm.control(epsilon)`, tight.
const CHANGE: f64 = 1e-14;

/// Logistic regression with weights, and the covariance of the sampling design.
///
/// # Formula
///
/// ```text
/// log(p[i] / (1 - p[i])) = x[i] b,   sum w[i] x[i] (y[i] - p[i]) = 0
/// u[i]  = (X' W p (1 - p) X)^-1 x[i] w[i] (y[i] - p[i])      what record i moves b
/// V(b)  = covariance of the sum of u under the design
/// df    = PSUs - strata + 1 - coefficients                   of the records used
/// ```
///
/// The variance is not taken from the binomial distribution, so weights need not be counts (R's `quasibinomial`).
/// `y` has 0 or 1 for each record of `matrix`. Exponentials of coefficients are odds ratios.
///
/// Iteratively reweighted least squares from R's start, until the deviance changes by less than 1e-14 of itself. Then
/// the coefficients are right to rounding. In u, X' W p (1 - p) X is that of the last step taken and not computed once
/// more, as in R: standard errors are right to about 1e-8.
///
/// # Errors
///
/// [`ModelProblem::ConstantResponse`]; [`ModelProblem::Separated`] where columns tell 0 from 1 without error in some
/// records, so that a coefficient has no finite value; [`ModelProblem::Redundant`] names a column that the others make
/// up; [`ModelProblem::NotConverged`]; [`ModelProblem::NoRecords`]; [`ModelProblem::Design`].
///
/// # Example
///
/// ```
/// # use bygdepuls_core::{design::Design, model::{logistic, ModelMatrix}};
/// // Yes: 1 of 4 where x = 0, 3 of 4 where x = 1. The odds ratio is 9.
/// let design = Design::simple(vec![1.0; 8]);
/// let x = ModelMatrix::of_numbers(&[("x", &[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0])]);
/// let fit = logistic::fit(&design, &x, &[1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0])?;
/// assert!((fit.estimate[1].exp() - 9.0).abs() < 1e-13);
/// # Ok::<(), bygdepuls_core::model::ModelProblem>(())
/// ```
///
/// # Source
///
/// D. A. Binder, International Statistical Review 51 (1983); T. Lumley, *Complex Surveys* (2010), section 6.1; R,
/// `survey::svyglm(family = quasibinomial)`. Separation: A. Albert, J. A. Anderson, Biometrika 71 (1984).
pub fn fit(design: &Design, matrix: &ModelMatrix, y: &[f64]) -> Result<Fit, ModelProblem> {
    if matrix.rows.is_empty() {
        return Err(ModelProblem::NoRecords);
    }
    let weights: Vec<f64> = matrix.rows.iter().map(|row| design.weights[*row]).collect();
    let root: Vec<f64> = weights.iter().map(|weight| weight.sqrt()).collect();
    Orthogonal::new(matrix.scaled(&root)).map_err(|column| matrix.redundant(column))?;
    if y.iter().all(|value| *value == y[0]) {
        return Err(ModelProblem::ConstantResponse);
    }
    let scale = matrix.mean_weight.unwrap_or_else(|| mean_of(&weights));
    let weights: Vec<f64> = weights.iter().map(|weight| weight / scale).collect();
    // R's start: each probability halfway between its response and one half, where the weight is 1.
    let start = |(weight, y): (&f64, &f64)| libm::log((weight * y + 0.5) / (weight * (1.0 - y) + 0.5));
    let mut logits: Vec<f64> = weights.iter().zip(y).map(start).collect();
    let mut estimate = vec![0.0; matrix.names.len()];
    let mut deviance = deviance_of(&logits, y, &weights);
    for number in 0..STEPS {
        let now = points(&logits, y, &weights);
        let root: Vec<f64> = now.iter().map(|point| point.root).collect();
        let Ok(orthogonal) = Orthogonal::new(matrix.scaled(&root)) else { break };
        let target: Vec<f64> = now.iter().map(|point| point.root * (point.logit + point.residual)).collect();
        let next = orthogonal.solve(&target);
        if next.iter().any(|b| !b.is_finite()) {
            break;
        }
        let mut step: Vec<f64> = next.iter().zip(&estimate).map(|(next, b)| next - b).collect();
        let moves: Vec<f64> = matrix.predict(&next).iter().zip(&logits).map(|(next, now)| next - now).collect();
        let largest = moves.iter().fold(0.0, |most: f64, move_| most.max(move_.abs()));
        let furthest = logits.iter().fold(0.0, |most: f64, logit| most.max(logit.abs()));
        if furthest > 12.0 && largest > 0.1 && separates(&moves, y, largest) {
            return Err(ModelProblem::Separated { columns: matrix.moving(&step) });
        }
        let mut reached = deviance_of(&matrix.predict(&next), y, &weights);
        // The first step comes from no coefficients, and cannot be halved.
        for _ in 0..if number == 0 { 0 } else { 20 } {
            if reached <= 1.1 * deviance {
                break;
            }
            step.iter_mut().for_each(|step| *step *= 0.5);
            let halfway: Vec<f64> = estimate.iter().zip(&step).map(|(b, step)| b + step).collect();
            reached = deviance_of(&matrix.predict(&halfway), y, &weights);
        }
        estimate.iter_mut().zip(&step).for_each(|(b, step)| *b += step);
        logits = matrix.predict(&estimate);
        let change = (reached - deviance).abs() / (reached.abs() + 0.1);
        deviance = reached;
        if change < CHANGE && largest < 0.01 {
            let there = points(&logits, y, &weights);
            let scaled: Vec<f64> = there.iter().zip(&root).map(|(point, root)| point.residual * root).collect();
            let fitted = there.iter().map(|point| point.p).collect();
            return Fit::new(design, matrix, estimate, &orthogonal.influence(&scaled), fitted);
        }
    }
    Err(ModelProblem::NotConverged { steps: STEPS })
}

#[expect(clippy::cast_precision_loss, reason = "a number of records")]
fn mean_of(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// A record at the present coefficients.
struct Point {
    logit: f64,
    /// Probability of 1.
    p: f64,
    /// sqrt(w p (1 - p)).
    root: f64,
    /// (y - p) / (p (1 - p)).
    residual: f64,
}

fn points(logits: &[f64], y: &[f64], weights: &[f64]) -> Vec<Point> {
    let point = |((logit, y), weight): ((&f64, &f64), &f64)| {
        // Both with their own digits; what is near 0 as R has it, so that nothing is divided by 0.
        let p = (1.0 / (1.0 + libm::exp(-logit))).max(f64::EPSILON);
        let q = (1.0 / (1.0 + libm::exp(*logit))).max(f64::EPSILON);
        let residual = if *y == 1.0 { 1.0 / p } else { -1.0 / q };
        Point { logit: *logit, p, root: (weight * p * q).sqrt(), residual }
    };
    logits.iter().zip(y).zip(weights).map(point).collect()
}

/// −2 log likelihood.
fn deviance_of(logits: &[f64], y: &[f64], weights: &[f64]) -> f64 {
    let term = |((logit, y), weight): ((&f64, &f64), &f64)| {
        let towards = if *y == 1.0 { *logit } else { -logit };
        let log = if towards > -30.0 { libm::log1p(libm::exp(-towards)) } else { -towards };
        2.0 * weight * log
    };
    logits.iter().zip(y).zip(weights).map(term).sum()
}

/// Whether a step takes no record further from its response: then it may be taken for ever.
fn separates(moves: &[f64], y: &[f64], largest: f64) -> bool {
    moves.iter().zip(y).all(|(move_, y)| if *y == 1.0 { *move_ } else { -move_ } >= -1e-5 * largest)
}
