//! Clopper and Pearson's exact binomial interval.

use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::beta;

/// The share in cohorts like this one: exact, equal-tailed, guaranteed coverage.
///
/// # Formula
///
/// ```text
/// lower = beta quantile of alpha/2     with x, n - x + 1     (0 at x = 0)
/// upper = beta quantile of 1 - alpha/2 with x + 1, n - x     (1 at x = n)
/// ```
///
/// No finite-population correction.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, clopper_pearson};
/// let interval = clopper_pearson::equal_tailed(0, 1, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (0.0, 0.975));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
/// Biometrika 26 (1934).
pub fn equal_tailed(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    let lower = lower_limit(x, n, level);
    let upper = 1.0 - lower_limit(n - x, n, level);
    Ok(ShareInterval { lower, upper })
}

fn lower_limit(x: u64, n: u64, level: Level) -> f64 {
    if x == 0 {
        return 0.0;
    }
    beta::quantile(level.tail(), as_f64(x), as_f64(n - x + 1))
}
