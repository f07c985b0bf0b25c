//! How many yes a sample holds: the hypergeometric distribution, compared without error.

use super::{Level, NoInterval, binomials::binomial, check_answers, wilson::as_f64};
use num_bigint::BigUint;
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// The largest population whose samples are counted: a comparison takes time in proportion to the root of it.
pub(super) const LARGEST: u64 = 1_000_000;

/// Checks that `0 < n`, `x <= n` and `n <= population <= limit`.
pub(super) fn check_population(population: u64, n: u64, x: u64, limit: u64) -> Result<(), NoInterval> {
    check_answers(x, n)?;
    if n > population {
        return Err(NoInterval::MoreAnswersThanPopulation);
    }
    if population > limit {
        return Err(NoInterval::PopulationTooLarge { limit });
    }
    Ok(())
}

/// A share as an exact fraction.
#[derive(Clone, Copy)]
pub(super) struct Fraction {
    part: u32,
    whole: u32,
}

impl Fraction {
    pub(super) fn as_f64(self) -> f64 {
        f64::from(self.part) / f64::from(self.whole)
    }

    /// How `count / all` compares with the fraction.
    pub(super) fn compare(self, count: &BigUint, all: &BigUint) -> Ordering {
        (count * self.whole).cmp(&(all * self.part))
    }
}

impl Level {
    /// The level, exactly.
    pub(super) fn confidence(self) -> Fraction {
        Fraction { part: self.millionths, whole: Self::ONE }
    }

    /// α, exactly.
    pub(super) fn alpha(self) -> Fraction {
        Fraction { part: Self::ONE - self.millionths, whole: Self::ONE }
    }

    /// α/2, exactly.
    pub(super) fn half_alpha(self) -> Fraction {
        Fraction { part: Self::ONE - self.millionths, whole: 2 * Self::ONE }
    }

    /// 1 - α/2, exactly.
    pub(super) fn all_but_half_alpha(self) -> Fraction {
        Fraction { part: Self::ONE + self.millionths, whole: 2 * Self::ONE }
    }
}

/// X | M: of `population` persons `yes` would say yes; X of the `n` who answer do.
///
/// Probabilities are kept as floating-point numbers with a bound on their error. Where the bound leaves a comparison
/// open, the samples are counted in whole numbers: every answer is the exact one.
pub(super) struct Samples {
    population: u64,
    yes: u64,
    n: u64,
    /// The first X that is kept. All that are not kept have less than 1e-24 together.
    first: u64,
    /// `P(X < first + i)`.
    below: Vec<f64>,
    /// The largest error of the probability of a range.
    error: f64,
}

impl Samples {
    /// `yes` and `n` are at most `population`, which is at most [`LARGEST`].
    pub(super) fn new(population: u64, yes: u64, n: u64) -> Self {
        const NEGLIGIBLE: f64 = 1e-32;
        let others = population - yes;
        let (least, most) = (n.saturating_sub(others), n.min(yes));
        let mode = ((n + 1) * (yes + 1) / (population + 2)).clamp(least, most);
        // Outward from the mode, whose weight is 1, every weight is smaller than the one before.
        let mut weights = vec![1.0];
        let mut weight = 1.0;
        let mut first = mode;
        while first > least && weight > NEGLIGIBLE {
            let k = first;
            weight *= as_f64(k * (others + k - n)) / as_f64((yes + 1 - k) * (n + 1 - k));
            weights.push(weight);
            first -= 1;
        }
        weights.reverse();
        weight = 1.0;
        let mut last = mode;
        while last < most && weight > NEGLIGIBLE {
            let k = last;
            weight *= as_f64((yes - k) * (n - k)) / as_f64((k + 1) * (others + k + 1 - n));
            weights.push(weight);
            last += 1;
        }
        let total: f64 = weights.iter().sum();
        let mut below = Vec::with_capacity(weights.len() + 1);
        let mut sum = 0.0;
        below.push(0.0);
        for weight in &weights {
            sum += weight;
            below.push(sum / total);
        }
        // Two roundings a step and one an addition, in the sum and in the total; a range is a difference of two.
        let error = 16.0 * as_f64(weights.len() as u64 + 2) * f64::EPSILON;
        Self { population, yes, n, first, below, error }
    }

    /// Forgets the probabilities of single counts outside `kept`, which holds only counts that were kept so far.
    pub(super) fn trim(&mut self, kept: &RangeInclusive<u64>) {
        let from = index(*kept.start() - self.first);
        let to = index(*kept.end() + 1 - self.first);
        self.below = self.below[from..=to].to_vec();
        self.first = *kept.start();
    }

    /// The smallest x with `P(X <= x) > tail` to the largest with `P(X >= x) > tail`, for a tail below 1/2.
    pub(super) fn central(&self, tail: Fraction) -> RangeInclusive<u64> {
        let last = self.last();
        let lowest = first_in(self.first..=last, |x| self.compare(&[0..=x], tail).is_gt());
        let above = first_in(self.first..=last, |x| self.compare(&[x + 1..=self.n], tail).is_le());
        lowest..=above
    }

    /// How the probability of all ranges together compares with a fraction.
    pub(super) fn compare(&self, ranges: &[RangeInclusive<u64>], fraction: Fraction) -> Ordering {
        let probability: f64 = ranges.iter().map(|range| self.probability(range)).sum();
        let error = self.error * as_f64(ranges.len() as u64 + 1);
        decide(probability - fraction.as_f64(), error, || {
            let count: BigUint = ranges.iter().map(|range| self.count(range)).sum();
            fraction.compare(&count, &binomial(self.population, self.n))
        })
    }

    /// How the probabilities of two ranges compare.
    pub(super) fn compare_ranges(&self, one: &RangeInclusive<u64>, other: &RangeInclusive<u64>) -> Ordering {
        let (one, other) = (self.possible(one), self.possible(other));
        // The same counts are a tie without counting: at M = 0 all of a large cohort would be counted.
        if one == other {
            return Ordering::Equal;
        }
        decide(self.probability(&one) - self.probability(&other), 2.0 * self.error, || {
            self.count(&one).cmp(&self.count(&other))
        })
    }

    /// The numbers of yes in the range that a sample can hold.
    fn possible(&self, range: &RangeInclusive<u64>) -> RangeInclusive<u64> {
        let least = self.n.saturating_sub(self.population - self.yes);
        *range.start().max(&least)..=*range.end().min(&self.n.min(self.yes))
    }

    /// The last X that is kept.
    fn last(&self) -> u64 {
        self.first + self.below.len() as u64 - 2
    }

    fn probability(&self, range: &RangeInclusive<u64>) -> f64 {
        if range.is_empty() {
            return 0.0;
        }
        let below = |x: u64| self.below[index(x.saturating_sub(self.first)).min(self.below.len() - 1)];
        below(range.end() + 1) - below(*range.start())
    }

    /// How many of the `C(N, n)` samples hold a number of yes in the range.
    fn count(&self, range: &RangeInclusive<u64>) -> BigUint {
        let others = self.population - self.yes;
        let (first, last) = self.possible(range).into_inner();
        let mut sum = BigUint::ZERO;
        if first > last {
            return sum;
        }
        let mut term = binomial(self.yes, first) * binomial(others, self.n - first);
        for k in first..last {
            sum += &term;
            // others + k + 1 > n, because k is at least n - others.
            term = term * (self.yes - k) * (self.n - k) / (k + 1) / (others + k + 1 - self.n);
        }
        sum + term
    }
}

/// The sign of a difference that is known to within `error`; where that leaves it open, by counting.
pub(super) fn decide(difference: f64, error: f64, count: impl FnOnce() -> Ordering) -> Ordering {
    if difference > error {
        Ordering::Greater
    } else if difference < -error {
        Ordering::Less
    } else {
        count()
    }
}

/// The first number of the range that has a property which all later ones have too; the last one if none before has it.
pub(super) fn first_in(range: RangeInclusive<u64>, has: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = range.into_inner();
    while low < high {
        let middle = low + (high - low) / 2;
        if has(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Counts are at most [`LARGEST`].
#[expect(clippy::cast_possible_truncation, reason = "at most a million")]
pub(super) fn index(count: u64) -> usize {
    count as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `C(4, k) C(6, 5 - k)` of `C(10, 5) = 252`: 6, 60, 120, 60, 6.
    #[test]
    fn of_four_in_ten_half_are_asked() {
        let samples = Samples::new(10, 4, 5);
        let counts: Vec<BigUint> = (0..=4).map(|k| samples.count(&(k..=k))).collect();
        assert_eq!(counts, [6u32, 60, 120, 60, 6].map(BigUint::from));
        for (range, count) in [(0..=4, 252.0), (1..=2, 180.0), (4..=9, 6.0), (5..=9, 0.0)] {
            assert!((samples.probability(&range) - count / 252.0).abs() < 1e-15, "{range:?}");
        }
        // 66/252 = 11/42 on both sides: a tie is a tie.
        assert_eq!(samples.compare(&[0..=1], Fraction { part: 11, whole: 42 }), Ordering::Equal);
        assert_eq!(samples.compare_ranges(&(0..=1), &(3..=4)), Ordering::Equal);
        assert_eq!(samples.central(Fraction { part: 6, whole: 252 }), 1..=3);
        assert_eq!(samples.central(Fraction { part: 5, whole: 252 }), 0..=4);
    }

    /// Floating point and counting agree within the bound that decides between them.
    #[test]
    fn the_bound_of_the_error_holds() {
        for (population, yes, n) in [(60, 1, 60), (60, 30, 31), (200, 77, 100), (1500, 700, 800), (1500, 3, 700)] {
            let samples = Samples::new(population, yes, n);
            let all = binomial(population, n);
            for x in 0..=n {
                // The share in units of 2^-63.
                let exact = ((samples.count(&(0..=x)) << 63u32) / &all).iter_u64_digits().next().unwrap_or(0);
                let difference = (samples.probability(&(0..=x)) - as_f64(exact) / as_f64(1 << 63)).abs();
                assert!(difference < samples.error, "{population} {yes} {n} {x}: {difference:e}");
            }
        }
    }
}
