//! Wang's exact interval for a finite population: short, with guaranteed coverage.

use super::samples::{Samples, check_population, index};
use super::{CountInterval, Level, NoInterval};
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// The largest population. The intervals of all x depend on each other, so the whole table is made for each.
pub const LARGEST_POPULATION: u64 = 100_000;

/// How many of a cohort of `population` would say yes, when `x` of the `n` who answered did: Wang's interval.
///
/// # Formula
///
/// ```text
/// X | M ~ hypergeometric(N, M, n)
/// start  with the equal-tailed interval of every x
/// for x = n/2 (rounded down), then x - 1, ... 0:
///     raise lower(x) by one, and with it lower upper(n - x), while coverage stays at the level or above for every M
///     the same with lower(n - x) and upper(x)
/// ```
///
/// Coverage is at least the level for every M. Yes and no are treated alike: `upper(x) = N - lower(n - x)`. No limit
/// can be moved inwards by one, together with its mirror image, without losing coverage for some M. For every N up to
/// 60, at 90, 95 and 99 %, no other intervals that cover every M and treat yes and no alike are shorter in total:
/// `core/tests/coverage.rs` counts it out. Coverage of exactly the level is enough, and comparisons are exact: where
/// the R package ExactCIone rejects such ties in floating point, its intervals are longer.
///
/// # Input and result
///
/// | name             | unit    | rule                                                    |
/// |------------------|---------|---------------------------------------------------------|
/// | `population`, N  | persons | at least n, at most [`LARGEST_POPULATION`]              |
/// | `n`              | persons | answered, at least 1                                    |
/// | `x`              | persons | said yes, at most n                                     |
/// | result           | persons | `x <= lower <= upper <= x + N - n`, both rising with x  |
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n, n > N or N above [`LARGEST_POPULATION`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, wang};
/// let interval = wang::interval(20, 5, 1, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (1, 12));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// W. Wang, "Exact Optimal Confidence Intervals for Hypergeometric Parameters", JASA 110 (2015).
pub fn interval(population: u64, n: u64, x: u64, level: Level) -> Result<CountInterval, NoInterval> {
    check_population(population, n, x, LARGEST_POPULATION)?;
    Ok(intervals(population, n, level)[index(x)])
}

/// The intervals of all x = 0..=n, see [`interval`].
///
/// # Errors
///
/// [`NoInterval`] for n = 0, n > N or N above [`LARGEST_POPULATION`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, wang};
/// let upper: Vec<u64> = wang::table(20, 5, Level::P95)?.iter().map(|interval| interval.upper).collect();
/// assert_eq!(upper, [8, 12, 15, 18, 19, 20]);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
pub fn table(population: u64, n: u64, level: Level) -> Result<Vec<CountInterval>, NoInterval> {
    check_population(population, n, 0, LARGEST_POPULATION)?;
    Ok(intervals(population, n, level))
}

fn intervals(population: u64, n: u64, level: Level) -> Vec<CountInterval> {
    let mut accepted: Vec<Accepted> = (0..=population / 2).map(|m| Accepted::start(population, m, n, level)).collect();
    let mut lower = lowest_accepting(&accepted, population, n);
    let mut raise = |x: u64| {
        loop {
            let (limit, opposite) = (lower[index(x)], population - lower[index(n - x)]);
            // No interval is emptied, whatever the level; half of the answers moves both of its limits.
            let dropped = limit + u64::from(2 * x == n) < opposite
                // M above the middle are the mirror images of those below.
                && if 2 * limit <= population {
                    accepted[index(limit)].drop(x, level)
                } else {
                    accepted[index(population - limit)].drop(n - x, level)
                };
            if !dropped {
                break;
            }
            lower[index(x)] += 1;
        }
    };
    for x in (0..=n / 2).rev() {
        raise(x);
        if 2 * x != n {
            raise(n - x);
        }
    }
    let upper = lower.iter().rev().map(|limit| population - limit);
    lower.iter().zip(upper).map(|(&lower, upper)| CountInterval { lower, upper }).collect()
}

/// The smallest M that accepts x, for x = 0..=n.
fn lowest_accepting(accepted: &[Accepted], population: u64, n: u64) -> Vec<u64> {
    let mut lower = Vec::with_capacity(index(n) + 1);
    for m in 0..=population {
        let last = if 2 * m <= population {
            *accepted[index(m)].counts.end()
        } else {
            n - accepted[index(population - m)].counts.start()
        };
        while lower.len() as u64 <= last {
            lower.push(m);
        }
    }
    lower
}

/// One M at most N/2, and the x whose intervals hold it: always a range.
struct Accepted {
    samples: Samples,
    counts: RangeInclusive<u64>,
    /// M = N/2: what goes at one end goes at the other.
    middle: bool,
}

impl Accepted {
    fn start(population: u64, m: u64, n: u64, level: Level) -> Self {
        let mut samples = Samples::new(population, m, n);
        let counts = samples.central(level.half_alpha());
        samples.trim(&counts);
        Self { samples, counts, middle: 2 * m == population }
    }

    /// Takes x out of those that accept M, if coverage of M stays at the level or above.
    fn drop(&mut self, x: u64, level: Level) -> bool {
        let (&first, &last) = (self.counts.start(), self.counts.end());
        let rest = match (x == first, x == last, self.middle) {
            (true, true, _) | (false, false, _) => return false,
            (_, _, true) => first + 1..=last - 1,
            (true, _, _) => first + 1..=last,
            (_, true, _) => first..=last - 1,
        };
        let enough = self.samples.compare(std::slice::from_ref(&rest), level.confidence()) != Ordering::Less;
        if enough {
            self.counts = rest;
        }
        enough
    }
}
