//! The difference of two finite cohorts, as a distribution.

use super::posterior::Posterior;
use super::samples::{Fraction, decide, index};
use super::{Level, wilson::as_f64};
use num_bigint::BigUint;
use std::cmp::Ordering;

/// The difference between the shares of two finite cohorts, both ends included, −1 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferenceInterval {
    /// The smallest difference.
    pub lower: f64,
    /// The largest difference.
    pub upper: f64,
}

/// `M_after/N_after - M_before/N_before`, as a distribution; see [`difference`].
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    before: &'a Posterior,
    after: &'a Posterior,
}

/// How much the share of those who would say yes differs between two finite cohorts, as a distribution.
///
/// # Formula
///
/// ```text
/// D = M2/N2 - M1/N1, M1 and M2 independent, each as in remainder::posterior
/// lower, upper = smallest d with P(D <= d) >= alpha/2, 1 - alpha/2
/// ```
///
/// # Input and result
///
/// Two distributions of counts in, shares out. The cohorts share no persons: two years of the same grade, or two
/// municipalities. P(increase), P(equal) and P(decrease) sum to 1. With everybody's answer in both, one of them is 1.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::remainder::{Prior, Stratum, posterior};
/// use bygdepuls_core::interval::{Level, remainder_difference::difference};
/// let before = posterior(&[Stratum { population: 4, n: 3, x: 0 }], Prior::UNIFORM)?;
/// let after = posterior(&[Stratum { population: 4, n: 2, x: 2 }], Prior::UNIFORM)?;
/// let change = difference(&before, &after);
/// let interval = change.equal_tailed(Level::P95);
/// assert_eq!((interval.lower, interval.upper), (0.5, 1.0));
/// assert_eq!(change.p_increase(), 1.0); // two of four at least, after one of four at most
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// W. A. Ericson, "Subjective Bayesian models in sampling finite populations", JRSS B 31 (1969); the difference by
/// enumeration of all pairs.
#[must_use]
pub fn difference<'a>(before: &'a Posterior, after: &'a Posterior) -> Difference<'a> {
    Difference { before, after }
}

impl Difference<'_> {
    /// The expected difference of the shares.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let share = |cohort: &Posterior| cohort.mean() / as_f64(cohort.population());
        share(self.after) - share(self.before)
    }

    /// The smallest differences d with `P(D <= d) >= alpha/2` and `P(D <= d) >= 1 - alpha/2`.
    #[must_use]
    pub fn equal_tailed(&self, level: Level) -> DifferenceInterval {
        let after = self.after.cumulative();
        // Differences in units of 1/(N1 N2).
        let whole = persons(self.before) * persons(self.after);
        let quantile = |tail| {
            let (mut low, mut high) = (-whole, whole);
            while low < high {
                let middle = low + (high - low).div_euclid(2);
                if self.reaches(middle, &after, tail) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            signed(low) / signed(whole)
        };
        DifferenceInterval { lower: quantile(level.half_alpha()), upper: quantile(level.all_but_half_alpha()) }
    }

    /// The probability that the share rose.
    #[must_use]
    pub fn p_increase(&self) -> f64 {
        self.signs()[2]
    }

    /// The probability that the share is exactly what it was.
    #[must_use]
    pub fn p_equal(&self) -> f64 {
        self.signs()[1]
    }

    /// The probability that the share fell.
    #[must_use]
    pub fn p_decrease(&self) -> f64 {
        self.signs()[0]
    }

    /// P(D < 0), P(D = 0), P(D > 0). Each is a sum of its own terms, so that a small one keeps its digits.
    fn signs(&self) -> [f64; 3] {
        let after = self.after.probabilities();
        let up_to = self.after.cumulative();
        let mut from = after.to_vec();
        for i in (1..from.len()).rev() {
            from[i - 1] += from[i];
        }
        let mut signs = [0.0; 3];
        for (m, p) in (self.before.first()..).zip(self.before.probabilities()) {
            // The number that would keep the share, and whether it is a whole one.
            let same = m * self.after.population();
            let (floor, exact) = (same / self.before.population(), same.is_multiple_of(self.before.population()));
            let fewer = position(floor + u64::from(!exact), self.after);
            let more = position(floor + 1, self.after);
            signs[0] += if fewer == 0 { 0.0 } else { p * up_to[fewer - 1] };
            signs[1] += if more > fewer { p * after[fewer] } else { 0.0 };
            signs[2] += p * from.get(more).copied().unwrap_or(0.0);
        }
        let all = signs[0] + signs[1] + signs[2];
        signs.map(|sign| sign / all)
    }

    /// Whether `P(D <= d) >= tail`, d in units of 1/(N1 N2).
    fn reaches(&self, d: i64, after: &[f64], tail: Fraction) -> bool {
        let most = |m: u64| (d + count(m) * persons(self.after)).div_euclid(persons(self.before));
        let mut sum = 0.0;
        for (m, p) in (self.before.first()..).zip(self.before.probabilities()) {
            let up_to = u64::try_from(most(m) + 1).map_or(0, |above| position(above, self.after));
            sum += if up_to == 0 { 0.0 } else { p * after[up_to - 1] };
        }
        let error = 2.0 * (self.before.error() + self.after.error());
        decide(sum - tail.as_f64(), error, || self.count(most, tail)).is_ge()
    }

    /// How the ways to M2 at most `most(M1)` compare with a share of all. Too many persons to count make it a tie.
    fn count(&self, most: impl Fn(u64) -> i64, tail: Fraction) -> Ordering {
        let (Some(before), Some(after)) = (self.before.ways(), self.after.ways()) else {
            return Ordering::Equal;
        };
        let mut up_to = vec![BigUint::ZERO];
        for way in after {
            up_to.push(&up_to[up_to.len() - 1] + way);
        }
        let mut sum = BigUint::ZERO;
        for (m, way) in (self.before.x()..).zip(before) {
            let above = most(m) + 1 - count(self.after.x());
            sum += way * &up_to[u64::try_from(above).map_or(0, index).min(after.len())];
        }
        tail.compare(&sum, &(before.iter().sum::<BigUint>() * &up_to[after.len()]))
    }
}

/// How many of the kept probabilities belong to numbers below `m`.
fn position(m: u64, cohort: &Posterior) -> usize {
    index(m.saturating_sub(cohort.first())).min(cohort.probabilities().len())
}

fn persons(cohort: &Posterior) -> i64 {
    count(cohort.population())
}

/// Counts are at most [`LARGEST_POPULATION`](super::remainder::LARGEST_POPULATION).
fn count(number: u64) -> i64 {
    number.cast_signed()
}

fn signed(number: i64) -> f64 {
    as_f64(number.unsigned_abs()).copysign(if number < 0 { -1.0 } else { 1.0 })
}
