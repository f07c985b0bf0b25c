//! How many of a finite cohort would say yes, as a distribution.

use super::remainder::{Prior, Stratum};
use super::samples::{Fraction, decide, first_in, index};
use super::{CountInterval, Level, binomials::binomial, wilson::as_f64};
use num_bigint::BigUint;
use std::cmp::Ordering;
use std::sync::OnceLock;

/// Up to this many persons ties are found by counting. Above it, what is closer than the error bound is a tie.
const LARGEST_COUNTED: u64 = 1_000;

/// How many would say yes, as a distribution; see [`posterior`](super::remainder::posterior).
///
/// Probabilities are floating-point numbers with a bound on their error, about 1e-13 for a thousand persons.
/// Comparisons that the bound leaves open are made in whole numbers.
#[derive(Clone, Debug)]
pub struct Posterior {
    strata: Vec<Stratum>,
    prior: Prior,
    /// The smallest M whose probability is kept.
    first: u64,
    probabilities: Vec<f64>,
    /// The largest error of the probability of a range, relative to it.
    error: f64,
    /// How many ways there are for M = x, x + 1, … to come about, once they had to be counted.
    ways: OnceLock<Vec<BigUint>>,
}

/// The most probable counts that together hold the level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HighestDensity {
    /// From the smallest of them to the largest.
    pub interval: CountInterval,
    /// The probability of those counts: at least the level.
    pub mass: f64,
}

impl Posterior {
    pub(super) fn new(strata: &[Stratum], prior: Prior) -> Self {
        let (mut first, mut probabilities, mut error) = (0, vec![1.0], 0.0);
        for stratum in strata {
            let (start, remainder) = remainder_probabilities(*stratum, prior);
            let shorter = remainder.len().min(probabilities.len());
            error += 4.0 * as_f64((remainder.len() + shorter + 2) as u64) * f64::EPSILON;
            let combined = convolve(&probabilities, &remainder);
            let kept = |p: &f64| *p > NEGLIGIBLE;
            let from = combined.iter().position(kept).unwrap_or(0);
            let to = combined.iter().rposition(kept).unwrap_or(0);
            first += start + from as u64;
            probabilities = combined[from..=to].to_vec();
        }
        error += 2.0 * as_f64(probabilities.len() as u64 + 2) * f64::EPSILON;
        Self { strata: strata.to_vec(), prior, first, probabilities, error, ways: OnceLock::new() }
    }

    /// N, the persons of all strata.
    #[must_use]
    pub fn population(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.population).sum()
    }

    /// n, how many of them answered.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.n).sum()
    }

    /// x, how many of those said yes.
    #[must_use]
    pub fn x(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.x).sum()
    }

    /// The probability that exactly `m` would say yes.
    #[must_use]
    pub fn probability(&self, m: u64) -> f64 {
        m.checked_sub(self.first).and_then(|r| self.probabilities.get(index(r))).copied().unwrap_or(0.0)
    }

    /// The expected number.
    ///
    /// # Formula
    ///
    /// ```text
    /// sum_h x_h + (N_h - n_h) (x_h + a)/(n_h + a + b)
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        let expected = |stratum: &Stratum| {
            let (alpha, beta) = self.shape(stratum);
            as_f64(stratum.population - stratum.n) * alpha / (alpha + beta)
        };
        as_f64(self.x()) + self.strata.iter().map(expected).sum::<f64>()
    }

    /// The standard deviation of the number.
    ///
    /// # Formula
    ///
    /// ```text
    /// R = N_h - n_h,  A = x_h + a,  B = n_h - x_h + b
    /// variance = sum_h R A B (A + B + R) / ((A + B)^2 (A + B + 1))
    /// ```
    #[must_use]
    pub fn sd(&self) -> f64 {
        let variance = |stratum: &Stratum| {
            let (alpha, beta) = self.shape(stratum);
            let (sum, rest) = (alpha + beta, as_f64(stratum.population - stratum.n));
            rest * alpha * beta * (sum + rest) / (sum * sum * (sum + 1.0))
        };
        self.strata.iter().map(variance).sum::<f64>().sqrt()
    }

    fn shape(&self, stratum: &Stratum) -> (f64, f64) {
        let half = |twice: u32| f64::from(twice) / 2.0;
        (as_f64(stratum.x) + half(self.prior.twice_a), as_f64(stratum.n - stratum.x) + half(self.prior.twice_b))
    }

    /// The smallest numbers with `P(<= M) >= alpha/2` and `P(<= M) >= 1 - alpha/2`.
    #[must_use]
    pub fn equal_tailed(&self, level: Level) -> CountInterval {
        let up_to = self.cumulative();
        let last = self.first + up_to.len() as u64 - 1;
        let quantile = |tail: Fraction| {
            let reached = |m: u64| {
                let counted = |ways: &[BigUint]| ways[..=index(m - self.x())].iter().sum();
                self.decide(up_to[index(m - self.first)], tail, counted).is_ge()
            };
            first_in(self.first..=last, reached)
        };
        CountInterval { lower: quantile(level.half_alpha()), upper: quantile(level.all_but_half_alpha()) }
    }

    /// The most probable numbers that together hold the level; those as probable as the last one are kept too.
    ///
    /// The interval spans them. Where the distribution has two peaks, numbers between them may not belong.
    #[must_use]
    pub fn highest_density(&self, level: Level) -> HighestDensity {
        let mut order: Vec<usize> = (0..self.probabilities.len()).collect();
        let counted = self.population() <= LARGEST_COUNTED;
        let by_probability = |i: usize, j: usize| self.probabilities[i].total_cmp(&self.probabilities[j]);
        order.sort_by(|&i, &j| if counted { self.compare_probabilities(j, i) } else { by_probability(j, i) });
        let (mut end, mut mass) = (0, 0.0);
        loop {
            // Numbers that are equally probable come or stay away together.
            mass += self.probabilities[order[end]];
            end += 1;
            if end == order.len() {
                break;
            }
            let enough = || {
                let counted = |ways: &[BigUint]| order[..end].iter().map(|&i| &ways[self.offset() + i]).sum();
                self.decide(mass, level.confidence(), counted).is_ge()
            };
            if self.compare_probabilities(order[end - 1], order[end]).is_gt() && enough() {
                break;
            }
        }
        let m = |i: Option<&usize>| self.first + i.copied().unwrap_or(0) as u64;
        let chosen = &order[..end];
        let interval = CountInterval { lower: m(chosen.iter().min()), upper: m(chosen.iter().max()) };
        HighestDensity { interval, mass: if end == order.len() { 1.0 } else { mass } }
    }

    /// `P(M <= first + i)` for every i.
    pub(super) fn cumulative(&self) -> Vec<f64> {
        let mut sum = 0.0;
        let add = |probability: &f64| {
            sum += probability;
            sum
        };
        self.probabilities.iter().map(add).collect()
    }

    /// The smallest M whose probability is not negligible.
    pub(super) fn first(&self) -> u64 {
        self.first
    }

    /// The probabilities of `first`, `first` + 1, ….
    pub(super) fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The largest error of the probability of any set of numbers.
    pub(super) fn error(&self) -> f64 {
        self.error
    }

    /// How many ways there are for M = x, x + 1, … to come about; `None` when there are too many persons to count.
    pub(super) fn ways(&self) -> Option<&[BigUint]> {
        let count = || {
            let one = vec![BigUint::from(1u32)];
            self.strata.iter().fold(one, |ways, stratum| convolve_ways(&ways, &remainder_ways(*stratum, self.prior)))
        };
        (self.population() <= LARGEST_COUNTED).then(|| self.ways.get_or_init(count).as_slice())
    }

    /// Where `first` stands in the ways.
    fn offset(&self) -> usize {
        index(self.first - self.x())
    }

    /// How the probability of a set of numbers, which `counted` adds up in whole numbers, compares with a fraction.
    fn decide(&self, probability: f64, fraction: Fraction, counted: impl Fn(&[BigUint]) -> BigUint) -> Ordering {
        decide(probability - fraction.as_f64(), self.error, || {
            self.ways().map_or(Ordering::Equal, |ways| fraction.compare(&counted(ways), &ways.iter().sum()))
        })
    }

    fn compare_probabilities(&self, i: usize, j: usize) -> Ordering {
        let (p, q) = (self.probabilities[i], self.probabilities[j]);
        decide(p - q, self.error * (p + q), || {
            self.ways().map_or(Ordering::Equal, |ways| ways[self.offset() + i].cmp(&ways[self.offset() + j]))
        })
    }
}

/// Against the most probable number; what is less likely is left out.
const NEGLIGIBLE: f64 = 1e-280;

/// The smallest M of one stratum whose probability is kept, and the probabilities from there.
fn remainder_probabilities(stratum: Stratum, prior: Prior) -> (u64, Vec<f64>) {
    let Stratum { population, n, x } = stratum;
    let (a, b) = (u64::from(prior.twice_a) + 2 * x, u64::from(prior.twice_b) + 2 * (n - x));
    let rest = population - n;
    // P(r + 1) / P(r) = (R - r) (A + r) / ((r + 1) (B + R - r - 1)), from the mean outward.
    let up = |r: u64| as_f64(rest - r) * as_f64(a + 2 * r);
    let down = |r: u64| as_f64(r + 1) * as_f64(b + 2 * (rest - r - 1));
    let mean = rest * a / (a + b);
    let (mut first, mut weight, mut weights) = (mean, 1.0, vec![1.0]);
    while first > 0 && weight > NEGLIGIBLE {
        first -= 1;
        weight *= down(first) / up(first);
        weights.push(weight);
    }
    weights.reverse();
    let mut last = mean;
    weight = 1.0;
    while last < rest && weight > NEGLIGIBLE {
        weight *= up(last) / down(last);
        weights.push(weight);
        last += 1;
    }
    let total: f64 = weights.iter().sum();
    (x + first, weights.into_iter().map(|weight| weight / total).collect())
}

/// `P(R = r)` for r = 0..=N−n, times a number that is the same for all r.
fn remainder_ways(stratum: Stratum, prior: Prior) -> Vec<BigUint> {
    let Stratum { population, n, x } = stratum;
    let (a, b) = (u64::from(prior.twice_a) + 2 * x, u64::from(prior.twice_b) + 2 * (n - x));
    let rest = population - n;
    // C(R, r) A (A + 1) … (A + r - 1) B (B + 1) … (B + R - r - 1), twice each factor.
    let mut from_b = vec![BigUint::from(1u32)];
    for r in 0..rest {
        from_b.push(&from_b[index(r)] * (b + 2 * r));
    }
    let mut from_a = BigUint::from(1u32);
    let mut ways = Vec::with_capacity(from_b.len());
    for (r, from_b) in (0..=rest).zip(from_b.iter().rev()) {
        ways.push(&from_a * from_b * binomial(rest, r));
        from_a *= a + 2 * r;
    }
    ways
}

fn convolve(left: &[f64], right: &[f64]) -> Vec<f64> {
    let mut result = vec![0.0; left.len() + right.len() - 1];
    for (i, a) in left.iter().enumerate() {
        for (sum, b) in result[i..].iter_mut().zip(right) {
            *sum += a * b;
        }
    }
    result
}

fn convolve_ways(left: &[BigUint], right: &[BigUint]) -> Vec<BigUint> {
    let mut result = vec![BigUint::ZERO; left.len() + right.len() - 1];
    for (i, a) in left.iter().enumerate() {
        for (sum, b) in result[i..].iter_mut().zip(right) {
            *sum += a * b;
        }
    }
    result
}
