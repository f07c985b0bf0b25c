//! Bayes' own interval: every share equally likely beforehand.

use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers, jeffreys};

/// The share in cohorts like this one: equal-tailed credible interval under a uniform prior.
///
/// # Formula
///
/// ```text
/// p | x ~ beta(x + 1, n - x + 1)
/// lower, upper = quantiles of alpha/2, 1 - alpha/2
/// ```
///
/// What [`super::remainder::uniform_prior`] becomes in a population without end.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n, and for n above [`super::LARGEST_SAMPLE`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, uniform_prior};
/// // p | x ~ beta(2, 1): P(p <= t) = t^2
/// let interval = uniform_prior::equal_tailed(1, 1, Level::P95)?;
/// assert!((interval.lower - 0.025f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// T. Bayes, "An essay towards solving a problem in the doctrine of chances", Philosophical Transactions 53 (1763).
pub fn equal_tailed(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    Ok(jeffreys::posterior(as_f64(x) + 1.0, as_f64(n - x) + 1.0, level))
}
