//! Tests of hypotheses, one file per test.
//!
//! | question | test | where |
//! |---|---|---|
//! | two categories of the same people: related? | Rao–Scott, Wald | [`rao_scott`] |
//! | means of two groups, or a mean and 0: different? | design-based t | [`design_t_test`] |
//! | order of values in groups: different? | design-based rank tests | [`design_rank_test`] |
//!
//! These follow the sampling design: strata, sampling units, weights and finite populations, by linearised covariance.

mod design_problem;
pub mod design_rank_test;
pub mod design_t_test;
mod group_means;
pub mod rao_scott;

pub use design_problem::TestProblem;
pub(crate) use group_means::wald;

/// What a test says.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom; empty where its distribution has none.
    pub parameter: Vec<f64>,
    /// How likely a statistic at least as extreme is where the hypothesis holds; `None` without degrees of freedom.
    pub p_value: Option<f64>,
}
