//! Exact interval for a finite population: equal-tailed, hypergeometric.

use super::{CountInterval, Level, NoInterval, binomials::binomial, check_answers};
use num_bigint::BigUint;

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
/// All comparisons are made in whole numbers, so that such ties fall right. With everybody's answer (n = N) the
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
/// [`NoInterval`] for n = 0, x > n or n > N.
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
    check_answers(x, n)?;
    if n > population {
        return Err(NoInterval::MoreAnswersThanPopulation);
    }
    let lower = lower_limit(population, n, x, level);
    let upper = population - lower_limit(population, n, n - x, level);
    Ok(CountInterval { lower, upper })
}

/// The smallest M with `P(X >= x | M) > alpha/2`. The upper limit is the mirror image: no-answers for yes-answers.
fn lower_limit(population: u64, n: u64, x: u64, level: Level) -> u64 {
    let all = binomial(population, n);
    // P(X >= x | M) rises with M: bisect between what was seen and what is possible.
    let (mut low, mut high) = (x, population - (n - x));
    while low < high {
        let middle = low + (high - low) / 2;
        if level.tail_is_exceeded(&samples_with_at_least(population, middle, n, x), &all) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// How many of the `C(N, n)` samples hold at least `x` of the `m` who would say yes.
fn samples_with_at_least(population: u64, m: u64, n: u64, x: u64) -> BigUint {
    let others = population - m;
    let first = x.max(n.saturating_sub(others));
    let last = n.min(m);
    let mut sum = BigUint::ZERO;
    if first > last {
        return sum;
    }
    let mut term = binomial(m, first) * binomial(others, n - first);
    for k in first..last {
        sum += &term;
        // others - n + k + 1 >= 1, because k + 1 > n - others.
        term = term * (m - k) * (n - k) / (k + 1) / (others + k + 1 - n);
    }
    sum + term
}
