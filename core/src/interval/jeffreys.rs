//! Jeffreys' interval: Bayes with the prior that does not depend on how the share is measured.

use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::beta;

/// The share in cohorts like this one: equal-tailed credible interval under Jeffreys' prior.
///
/// # Formula
///
/// ```text
/// p | x ~ beta(x + 1/2, n - x + 1/2)
/// lower, upper = quantiles of alpha/2, 1 - alpha/2
/// ```
///
/// At x = 0 the lower limit is a little above 0, and at x = n the upper one a little below 1: see
/// [`brown_cai_dasgupta`].
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n, and for n above [`super::LARGEST_SAMPLE`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, jeffreys};
/// let interval = jeffreys::equal_tailed(0, 1, Level::P95)?;
/// assert!((interval.upper - 0.853_253_683_690_424_8).abs() < 1e-14);
/// assert_eq!(jeffreys::brown_cai_dasgupta(0, 1, Level::P95)?.lower, 0.0);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// H. Jeffreys, "Theory of Probability", 3rd edition (1961).
pub fn equal_tailed(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    Ok(posterior(as_f64(x) + 0.5, as_f64(n - x) + 0.5, level))
}

/// As [`equal_tailed`], with the lower limit 0 at x = 0 and the upper limit 1 at x = n.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n, and for n above [`super::LARGEST_SAMPLE`].
///
/// # Source
///
/// L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001),
/// section 4.1.2.
pub fn brown_cai_dasgupta(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    let interval = equal_tailed(x, n, level)?;
    Ok(ShareInterval {
        lower: if x == 0 { 0.0 } else { interval.lower },
        upper: if x == n { 1.0 } else { interval.upper },
    })
}

/// The quantiles of α/2 and 1 − α/2 of beta(a, b).
pub(super) fn posterior(a: f64, b: f64, level: Level) -> ShareInterval {
    let tail = level.tail();
    ShareInterval {
        lower: beta::quantile_of_tails(tail, 1.0 - tail, a, b).0,
        upper: beta::quantile_of_tails(1.0 - tail, tail, a, b).0,
    }
}
