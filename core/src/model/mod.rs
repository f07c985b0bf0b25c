//! Regression under a sampling design, one file per model.
//!
//! | what | where |
//! |---|---|
//! | linear regression | [`linear`] |
//! | logistic regression | [`logistic`] |
//! | Wald tests of terms | [`wald_term`] |
//! | `y ~ x1 + factor(x2) + x1:x2` | [`Formula`] |
//! | a formula on the columns of a file | [`ModelMatrix`] |
//!
//! Coefficients solve the weighted estimating equations; their covariance is that of the sampling design, by the
//! influence of each record. So it holds whatever the true variance of the response is.

mod formula;
pub mod linear;
pub mod logistic;
mod matrix;
mod orthogonal;
mod problem;
pub mod wald_term;

pub use formula::{Formula, Operand, Variable};
pub use matrix::{ModelMatrix, response};
pub use problem::ModelProblem;

use crate::design::{Design, Influence};
use crate::distribution::student_t;
use crate::interval::Level;
use nalgebra::DMatrix;

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Names of the coefficients, as R gives them.
    pub names: Vec<String>,
    /// Coefficients: of a logistic model, logarithms of odds ratios.
    pub estimate: Vec<f64>,
    /// Their covariance under the design.
    pub covariance: DMatrix<f64>,
    /// Degrees of freedom: primary sampling units less strata of the records used, plus 1, less coefficients. Where
    /// they are not above 0, p values and intervals do not exist.
    pub df: f64,
    /// Records used.
    pub n: usize,
    /// The fitted mean of each of them; of a logistic model, the probability.
    pub fitted: Vec<f64>,
}

impl Fit {
    /// Puts a fit together from what each record moves the coefficients: one list per coefficient, one value per
    /// record of `matrix`.
    fn new(
        design: &Design,
        matrix: &ModelMatrix,
        estimate: Vec<f64>,
        influence: &[Vec<f64>],
        fitted: Vec<f64>,
    ) -> Result<Self, ModelProblem> {
        let influences: Vec<Influence> = influence
            .iter()
            .map(|of_records| {
                let mut values = vec![None; design.weights.len()];
                for (row, value) in matrix.rows.iter().zip(of_records) {
                    values[*row] = Some(*value);
                }
                design.influence(&values)
            })
            .collect();
        let covariance = design.stages.covariance_matrix(&influences)?;
        let mut used = vec![false; design.weights.len()];
        matrix.rows.iter().for_each(|row| used[*row] = true);
        #[expect(clippy::cast_precision_loss, reason = "a number of coefficients")]
        let df = design.domain_df(|row| used[row]) + 1.0 - estimate.len() as f64;
        Ok(Self { names: matrix.names.clone(), estimate, covariance, df, n: matrix.rows.len(), fitted })
    }

    /// The standard error of a coefficient.
    #[must_use]
    pub fn se(&self, coefficient: usize) -> f64 {
        self.covariance[(coefficient, coefficient)].max(0.0).sqrt()
    }

    /// Coefficient over standard error; `None` where that is 0.
    #[must_use]
    pub fn t(&self, coefficient: usize) -> Option<f64> {
        let se = self.se(coefficient);
        (se > 0.0).then(|| self.estimate[coefficient] / se)
    }

    /// Two-sided, by Student's t; `None` without degrees of freedom.
    #[must_use]
    pub fn p_value(&self, coefficient: usize) -> Option<f64> {
        self.t(coefficient).filter(|_| self.df > 0.0).map(|t| student_t::two_sided(t, self.df))
    }

    /// Limits of a coefficient; `None` without degrees of freedom.
    #[must_use]
    pub fn interval(&self, coefficient: usize, level: Level) -> Option<(f64, f64)> {
        (self.df > 0.0).then(|| {
            let half = student_t::upper_quantile(level.tail(), self.df) * self.se(coefficient);
            (self.estimate[coefficient] - half, self.estimate[coefficient] + half)
        })
    }

    /// Of a logistic model: the odds ratio of one more of a variable, and its limits.
    #[must_use]
    pub fn odds_ratio(&self, coefficient: usize, level: Level) -> (f64, Option<(f64, f64)>) {
        let interval = self.interval(coefficient, level);
        let limits = interval.map(|(lower, upper)| (libm::exp(lower), libm::exp(upper)));
        (libm::exp(self.estimate[coefficient]), limits)
    }
}
