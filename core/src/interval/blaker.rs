//! Blaker's exact interval for a finite population.

use super::samples::{LARGEST, Samples, check_population, first_in};
use super::{CountInterval, Level, NoInterval, hypergeometric};
use std::ops::RangeInclusive;

/// How many of a cohort of `population` would say yes, when `x` of the `n` who answered did: Blaker's interval.
///
/// # Formula
///
/// ```text
/// X | M ~ hypergeometric(N, M, n)
/// tail  = min(P(X <= x | M), P(X >= x | M))
/// acceptability(x | M) = tail + the largest tail on the other side that does not exceed it
/// lower, upper = smallest, largest M with acceptability > alpha
/// ```
///
/// Coverage is at least the level for every M. The interval lies within the equal-tailed one of
/// [`hypergeometric::equal_tailed`]. The set of acceptable M can have holes; the interval has none. Tails are compared
/// exactly: equal ones count as not exceeding, and an acceptability of exactly α rejects.
///
/// # Input and result
///
/// As [`hypergeometric::equal_tailed`], persons in and persons out.
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n, n > N or N above a million.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, blaker};
/// let interval = blaker::interval(20, 5, 1, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (1, 12));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// H. Blaker, "Confidence curves and improved exact confidence intervals for discrete distributions", Canadian Journal
/// of Statistics 28 (2000).
pub fn interval(population: u64, n: u64, x: u64, level: Level) -> Result<CountInterval, NoInterval> {
    check_population(population, n, x, LARGEST)?;
    let outer = hypergeometric::equal_tailed(population, n, x, level)?;
    let acceptable = |m: &u64| acceptability_exceeds_alpha(population, *m, n, x, level);
    let lower = (outer.lower..=outer.upper).find(acceptable).unwrap_or(outer.lower);
    let upper = (lower..=outer.upper).rev().find(acceptable).unwrap_or(lower);
    Ok(CountInterval { lower, upper })
}

fn acceptability_exceeds_alpha(population: u64, yes: u64, n: u64, x: u64, level: Level) -> bool {
    let samples = Samples::new(population, yes, n);
    let exceeds = |one: &RangeInclusive<u64>, other| samples.compare_ranges(one, other).is_gt();
    let fewer_than = |count: u64| if count == 0 { NONE } else { 0..=count - 1 };
    // Where the distribution is its own mirror image, so are its tails: they tie without counting.
    let mirror = match (2 * yes == population, 2 * n == population) {
        (true, _) => Some(n - x),
        (_, true) => Some(yes - x),
        _ => None,
    };
    let (left, right) = (0..=x, x..=n);
    let (tail, opposite) = if exceeds(&right, &left) {
        let from = mirror.unwrap_or_else(|| first_in(0..=n + 1, |from| !exceeds(&(from..=n), &left)));
        (left, from..=n)
    } else {
        let largest = || first_in(0..=n + 1, |count| exceeds(&fewer_than(count + 1), &right));
        let count = mirror.map_or_else(largest, |last| last + 1);
        (right, fewer_than(count))
    };
    samples.compare(&[tail, opposite], level.alpha()).is_gt()
}

/// No count at all.
const NONE: RangeInclusive<u64> = RangeInclusive::new(1, 0);

#[cfg(test)]
mod tests {
    use super::*;

    /// Nearly binomial, with 0.3 for each of the M: at M = 9, `0.7^9 + P(X >= 6) = 0.040 + 0.025`; at M = 10,
    /// `0.7^10 + P(X >= 7) = 0.028 + 0.011`. Where nobody would say yes, both tails are all samples of 300,000.
    #[test]
    fn nobody_of_very_many_said_yes() {
        let interval = |x| interval(1_000_000, 300_000, x, Level::P95).unwrap();
        assert_eq!(interval(0), CountInterval { lower: 0, upper: 9 });
        assert_eq!(interval(300_000), CountInterval { lower: 999_991, upper: 1_000_000 });
    }
}
