//! Intervals for a finite population with equal tails: exact, and mid-p.

use super::samples::{LARGEST, Samples, check_population, first_in};
use super::{CountInterval, Level, NoInterval};

/// How many of a cohort of `population` would say yes, when `x` of the `n` who answered did.
///
/// # Formula
///
/// ```text
/// X | M  ~ hypergeometric(N, M, n)
/// lower  = min { M : P(X >= x | M) > alpha/2 }
/// upper  = max { M : P(X <= x | M) > alpha/2 }
/// ```
///
/// Two one-sided exact tests inverted; coverage is at least the level for every M. A tail of exactly α/2 rejects.
/// All comparisons are exact, so that such ties fall right. With everybody's answer (n = N) the
/// interval is the point x.
///
/// # Input and result
///
/// | name             | unit    | rule                               |
/// |------------------|---------|------------------------------------|
/// | `population`, N  | persons | at least n                         |
/// | `n`              | persons | answered, at least 1               |
/// | `x`              | persons | said yes, at most n                |
/// | result           | persons | `x <= lower <= upper <= x + N - n` |
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n, n > N or N above a million.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, hypergeometric};
/// let interval = hypergeometric::equal_tailed(10, 8, 3, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (3, 5));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// W. Wang, "Exact Optimal Confidence Intervals for Hypergeometric Parameters", JASA 110 (2015), section 2; reference
/// values by exact enumeration.
pub fn equal_tailed(population: u64, n: u64, x: u64, level: Level) -> Result<CountInterval, NoInterval> {
    check_population(population, n, x, LARGEST)?;
    let tail = level.half_alpha();
    let lower_limit = |x: u64| {
        let many = |m| Samples::new(population, m, n).compare(&[x..=n], tail).is_gt();
        // P(X >= x | M) rises with M: bisect between what was seen and what is possible.
        first_in(x..=population - (n - x), many)
    };
    // The upper limit is the mirror image: no-answers for yes-answers.
    Ok(CountInterval { lower: lower_limit(x), upper: population - lower_limit(n - x) })
}

/// How many of a cohort of `population` would say yes: the mid-p interval, shorter and without guaranteed coverage.
///
/// # Formula
///
/// ```text
/// X | M  ~ hypergeometric(N, M, n)
/// lower  = min { M : P(X > x | M) + P(X = x | M)/2 > alpha/2 }
/// upper  = max { M : P(X < x | M) + P(X = x | M)/2 > alpha/2 }
/// ```
///
/// What was seen counts half in each tail. Coverage is near the level on average, and below it for some M. A tail of
/// exactly α/2 rejects; comparisons are exact. At levels below 50 % both tests can reject every M: then the two M
/// between which they do are the interval.
///
/// # Input and result
///
/// As [`equal_tailed`], persons in and persons out.
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n, n > N or N above a million.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, hypergeometric};
/// let interval = hypergeometric::mid_p(20, 5, 1, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (1, 12));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// H. O. Lancaster, "Significance tests in discrete distributions", JASA 56 (1961); inverted by exact enumeration.
pub fn mid_p(population: u64, n: u64, x: u64, level: Level) -> Result<CountInterval, NoInterval> {
    check_population(population, n, x, LARGEST)?;
    let lower_limit = |x: u64| {
        // Twice the mid-p tail against alpha.
        let many = |m| Samples::new(population, m, n).compare(&[x..=n, x + 1..=n], level.alpha()).is_gt();
        first_in(x..=population - (n - x), many)
    };
    let (lower, upper) = (lower_limit(x), population - lower_limit(n - x));
    Ok(CountInterval { lower: lower.min(upper), upper: lower.max(upper) })
}
