//! Interval for a finite population in several strata: Bayes on the unobserved remainder.

use super::{CountInterval, Level, NoInterval, binomials::binomial};
use num_bigint::BigUint;

/// One stratum: a cohort of one municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// N, how many there are.
    pub population: u64,
    /// n, how many answered. May be 0: then nothing is known of the stratum.
    pub n: u64,
    /// x, how many of them said yes.
    pub x: u64,
}

/// How many of all strata together would say yes: equal-tailed credible interval under a uniform prior.
///
/// # Formula
///
/// ```text
/// p_h ~ uniform(0, 1)
/// R_h | x_h ~ beta-binomial(N_h - n_h, x_h + 1, n_h - x_h + 1)
/// P(R_h = r) = C(x_h + r, r) C(N_h - x_h - r, n_h - x_h) / C(N_h + 1, n_h + 1)
/// M = sum_h (x_h + R_h), the R_h independent
/// lower, upper = smallest M with P(<= M) >= alpha/2, 1 - alpha/2
/// ```
///
/// The distribution of the sum is the exact convolution, in whole numbers. What was observed is not uncertain: with
/// everybody's answer the interval is a point.
///
/// # Input and result
///
/// Persons in, persons out. Strata with n = 0 count with their whole population as unknown.
///
/// # Errors
///
/// [`NoInterval`] when nobody answered at all, when x > n in a stratum, or n > N in a stratum.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, remainder::{Stratum, uniform_prior}};
/// let strata = [(4, 3, 1), (6, 6, 2), (3, 1, 0)].map(|(population, n, x)| Stratum { population, n, x });
/// let interval = uniform_prior(&strata, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (3, 6));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// W. A. Ericson, "Subjective Bayesian models in sampling finite populations", JRSS B 31 (1969).
pub fn uniform_prior(strata: &[Stratum], level: Level) -> Result<CountInterval, NoInterval> {
    for stratum in strata {
        if stratum.x > stratum.n {
            return Err(NoInterval::MoreYesThanAnswers);
        }
        if stratum.n > stratum.population {
            return Err(NoInterval::MoreAnswersThanPopulation);
        }
    }
    if strata.iter().all(|stratum| stratum.n == 0) {
        return Err(NoInterval::NoAnswers);
    }
    let ways = strata.iter().fold(vec![BigUint::from(1u32)], |ways, stratum| convolve(&ways, &remainder_ways(stratum)));
    let all: BigUint = ways.iter().sum();
    let seen: u64 = strata.iter().map(|stratum| stratum.x).sum();
    let mut below = BigUint::ZERO;
    let (mut lower, mut upper) = (None, seen);
    for (r, way) in (seen..).zip(&ways) {
        below += way;
        if lower.is_none() && level.tail_is_reached(&below, &all) {
            lower = Some(r);
        }
        upper = r;
        if level.all_but_tail_is_reached(&below, &all) {
            break;
        }
    }
    Ok(CountInterval { lower: lower.unwrap_or(upper), upper })
}

/// `P(R = r)` for r = 0..=N−n, times `C(N + 1, n + 1)`.
fn remainder_ways(stratum: &Stratum) -> Vec<BigUint> {
    let Stratum { population, n, x } = *stratum;
    (0..=population - n).map(|r| binomial(x + r, r) * binomial(population - x - r, n - x)).collect()
}

fn convolve(left: &[BigUint], right: &[BigUint]) -> Vec<BigUint> {
    let mut result = vec![BigUint::ZERO; left.len() + right.len() - 1];
    for (i, a) in left.iter().enumerate() {
        for (j, b) in right.iter().enumerate() {
            result[i + j] += a * b;
        }
    }
    result
}
