//! Tests, one file per test. Those with `design` in their name, and Rao and Scott's, follow the sampling design: strata,
//! sampling units, weights and finite populations, by linearised covariance. The others take samples as simple and
//! independent.
//!
//! | question | test | where |
//! |---|---|---|
//! | two shares | pooled z, Yates | [`pooled_z`] |
//! | | Fisher's exact test, mid-p | [`fisher_exact`] |
//! | one share against a benchmark | exact binomial | [`binomial`] |
//! | a table | Pearson's chi-squared, Cramér's V | [`pearson`] |
//! | | Fisher's exact test for r × c (Freeman–Halton) | [`freeman_halton`] |
//! | two shares within strata | Mantel–Haenszel, common odds ratio, exact | [`mantel_haenszel`] |
//! | a share over ordered groups or years | Cochran–Armitage, linear-by-linear | [`cochran_armitage`] |
//! | | exact permutation | [`exact_trend`] |
//! | the same people twice, two answers | McNemar, exact, mid-p | [`mcnemar`] |
//! | the same people twice, k answers | Bowker's symmetry | [`bowker`] |
//! | | Stuart–Maxwell, Bhapkar: margins | [`stuart_maxwell`] |
//! | means | Student, Welch, Hedges' g | [`t_test`] |
//! | pairs of one class who moved in the same year | Knox, by permutation | [`moving_together`] |
//! | ranks | Wilcoxon–Mann–Whitney | [`wilcoxon`] |
//! | | Kruskal–Wallis | [`kruskal_wallis`] |
//! | under a sampling design: | | |
//! | two categories of the same people | Rao–Scott, Wald | [`rao_scott`] |
//! | means of two groups, or a mean and 0 | t | [`design_t_test`] |
//! | ranks in groups | Wilcoxon, Kruskal–Wallis, van der Waerden, median | [`design_rank_test`] |
//! | many tests at once | Bonferroni, Holm, Hochberg, Benjamini–Hochberg, –Yekutieli | [`adjust`] |
//!
//! p values are two-sided unless the name says otherwise, and are computed as upper tails: small ones keep their digits.
//! A test that does not exist for a table is a [`NoResult`] with its reason, under a design a [`TestProblem`].

pub mod adjust;
pub mod binomial;
pub mod bowker;
pub mod cochran_armitage;
mod design_problem;
pub mod design_rank_test;
pub mod design_t_test;
pub mod exact_trend;
pub mod fisher_exact;
pub mod freeman_halton;
mod group_means;
pub mod kruskal_wallis;
pub mod mantel_haenszel;
pub mod mcnemar;
pub mod moving_together;
pub mod pearson;
pub mod pooled_z;
pub mod rao_scott;
pub mod stuart_maxwell;
pub mod t_test;
pub mod wilcoxon;

pub use crate::compare::NoResult;
pub use design_problem::TestProblem;
pub(crate) use group_means::wald;

use crate::distribution::{chi_squared, normal, student_t};

/// A test statistic with its p value.
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom of its distribution: none for the normal one, one for chi-squared and t, two for F.
    pub parameter: Vec<f64>,
    /// The probability of a statistic at least as far out if the hypothesis holds.
    pub p_value: f64,
}

impl TestResult {
    /// A statistic that is standard normal under the hypothesis; two-sided.
    #[must_use]
    pub fn normal(statistic: f64) -> Self {
        Self { statistic, parameter: Vec::new(), p_value: 2.0 * normal::upper_tail(statistic.abs()) }
    }

    /// A statistic that is chi-squared under the hypothesis.
    #[must_use]
    pub fn chi_squared(statistic: f64, df: f64) -> Self {
        Self { statistic, parameter: vec![df], p_value: chi_squared::upper_tail(statistic, df) }
    }

    /// A statistic that is Student's t under the hypothesis; two-sided.
    #[must_use]
    pub fn student_t(statistic: f64, df: f64) -> Self {
        Self { statistic, parameter: vec![df], p_value: student_t::two_sided(statistic, df) }
    }
}
