//! Partial pooling of shares: a beta-binomial model, fitted by maximum likelihood.

use super::SmallAreaProblem;
use crate::distribution::beta;
use crate::interval::{CountInterval, Level, ShareInterval};

/// A fitted model: the share of each area is drawn from Beta(`mean` × phi, (1 − `mean`) × phi).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaBinomial {
    /// The mean of the areas' shares, mu.
    pub mean: f64,
    /// How alike the areas are.
    pub likeness: Likeness,
    /// Log likelihood, without the binomial coefficients.
    pub log_likelihood: f64,
}

/// How alike areas are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likeness {
    /// The common distribution weighs as much as phi answers in every area.
    Phi(f64),
    /// The areas differ no more than chance explains: phi is infinite, and all areas have the same share. So it is too
    /// where nobody says yes, or everybody.
    Same,
}

/// What is known of the share of an area beyond the people who answered: of people like them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posterior {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation; 0 under [`Likeness::Same`], where the share is taken as known.
    pub sd: f64,
    /// Equal-tailed interval.
    pub interval: ShareInterval,
}

/// What is known of the share among the people of an area, those who did not answer included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Remainder {
    /// Mean of the share.
    pub mean: f64,
    /// Its standard deviation; 0 where all answered.
    pub sd: f64,
    /// Equal-tailed interval of the number of people who would say yes.
    pub interval: CountInterval,
}

/// Fits the model to counts of yes among answers.
///
/// # Formula
///
/// ```text
/// maximise over 0 < mu < 1, t >= 0 (t = 1 / phi)
/// sum over areas of  sum(k < x) log(mu + k t) + sum(k < n - x) log(1 - mu + k t) - sum(k < n) log(1 + k t)
/// ```
///
/// Written so, the boundary t = 0 (all areas alike) is a point like any other. For each t the best mu is unique; every
/// maximum over t between 1e-9 and 1e9 is looked for, and the highest is taken, the boundary included.
///
/// # Input and result
///
/// | name | shape | unit    | rule                                             |
/// |------|-------|---------|--------------------------------------------------|
/// | `x`  | m     | people  | yes, at most n                                   |
/// | `n`  | m     | people  | answers; an area without any counts for nothing  |
///
/// The posterior takes mu and phi as known: with few areas its intervals are somewhat too short, and under
/// [`Likeness::Same`] they hold no doubt about the common share at all.
///
/// # Errors
///
/// [`SmallAreaProblem::NoAnswers`], [`SmallAreaProblem::NotIdentified`] where no area has two answers,
/// [`SmallAreaProblem::AllOrNothing`] where phi would be 0, [`SmallAreaProblem::BadCount`],
/// [`SmallAreaProblem::LengthMismatch`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::small_area::beta_binomial::{Likeness, fit};
/// let alike = fit(&[2, 4, 1], &[4, 8, 2])?;
/// assert_eq!((alike.mean, alike.likeness), (0.5, Likeness::Same));
/// let different = fit(&[0, 9, 5], &[10, 10, 10])?;
/// assert!(matches!(different.likeness, Likeness::Phi(phi) if phi > 0.0 && phi < 10.0));
/// # Ok::<(), bygdepuls_core::small_area::SmallAreaProblem>(())
/// ```
///
/// # Source
///
/// Griffiths, *Biometrics* 29, 1973, 637–648; empirical Bayes: Morris, *Journal of the American Statistical Association* 78,
/// 1983, 47–55.
pub fn fit(x: &[u64], n: &[u64]) -> Result<BetaBinomial, SmallAreaProblem> {
    if x.len() != n.len() {
        return Err(SmallAreaProblem::LengthMismatch { expected: n.len(), found: x.len() });
    }
    if let Some(area) = (0..x.len()).find(|area| x[*area] > n[*area]) {
        return Err(SmallAreaProblem::BadCount { area });
    }
    let (yes, all): (u64, u64) = (x.iter().sum(), n.iter().sum());
    if all == 0 {
        return Err(SmallAreaProblem::NoAnswers);
    }
    let share = count(yes) / count(all);
    let counts = Counts::of(x, n);
    let same =
        BetaBinomial { mean: share, likeness: Likeness::Same, log_likelihood: counts.log_likelihood(share, 0.0) };
    if yes == 0 || yes == all {
        return Ok(same);
    }
    if n.iter().all(|n| *n < 2) {
        return Err(SmallAreaProblem::NotIdentified);
    }
    if x.iter().zip(n).all(|(x, n)| *x == 0 || x == n) {
        return Err(SmallAreaProblem::AllOrNothing);
    }
    let slope = |t: f64| counts.slopes(counts.best_mean(t), t).1;
    let mut best = same;
    let (mut t, mut rising) = (1e-9, slope(1e-9) > 0.0);
    while t < 1e9 {
        let next = 2.0 * t;
        let rises = slope(next) > 0.0;
        if rising && !rises {
            let t = counts.root(t, next, slope);
            let (mean, t) = counts.polished(counts.best_mean(t), t);
            let log_likelihood = counts.log_likelihood(mean, t);
            if log_likelihood > best.log_likelihood {
                best = BetaBinomial { mean, likeness: Likeness::Phi(1.0 / t), log_likelihood };
            }
        }
        (t, rising) = (next, rises);
    }
    Ok(best)
}

#[allow(clippy::cast_precision_loss, reason = "counts of people")]
fn count(people: u64) -> f64 {
    people as f64
}

/// How many areas have more than k yes, no, and answers, for each k.
struct Counts {
    yes: Vec<f64>,
    no: Vec<f64>,
    all: Vec<f64>,
}

impl Counts {
    fn of(x: &[u64], n: &[u64]) -> Self {
        let more_than = |values: &mut dyn Iterator<Item = u64>| {
            let mut sorted: Vec<u64> = values.collect();
            sorted.sort_unstable();
            let most = sorted.last().copied().unwrap_or(0);
            (0..most).map(|k| count((sorted.len() - sorted.partition_point(|value| *value <= k)) as u64)).collect()
        };
        Self {
            yes: more_than(&mut x.iter().copied()),
            no: more_than(&mut x.iter().zip(n).map(|(x, n)| n - x)),
            all: more_than(&mut n.iter().copied()),
        }
    }

    /// Sum of areas × f(place of k, start + k t) over k.
    fn over(areas: &[f64], start: f64, t: f64, f: impl Fn(f64, f64) -> f64) -> f64 {
        let mut k = 0.0;
        let mut sum = 0.0;
        for areas in areas {
            sum += areas * f(k, start + k * t);
            k += 1.0;
        }
        sum
    }

    fn log_likelihood(&self, mean: f64, t: f64) -> f64 {
        let log = |_: f64, value: f64| libm::log(value);
        Self::over(&self.yes, mean, t, log) + Self::over(&self.no, 1.0 - mean, t, log)
            - Self::over(&self.all, 1.0, t, log)
    }

    /// Derivatives of the log likelihood by mu and by t.
    fn slopes(&self, mean: f64, t: f64) -> (f64, f64) {
        let (one, by) = (|_: f64, value: f64| 1.0 / value, |k: f64, value: f64| k / value);
        let (yes, no) = (&self.yes, &self.no);
        (
            Self::over(yes, mean, t, one) - Self::over(no, 1.0 - mean, t, one),
            Self::over(yes, mean, t, by) + Self::over(no, 1.0 - mean, t, by) - Self::over(&self.all, 1.0, t, by),
        )
    }

    /// The best mu for a t: where the derivative, which only falls, is 0.
    fn best_mean(&self, t: f64) -> f64 {
        self.root(0.0, 1.0, |mean| self.slopes(mean, t).0)
    }

    /// Where a function falls through 0, by halving.
    fn root(&self, mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
        loop {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                return middle;
            }
            if f(middle) > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /// A maximum after steps of Newton's method in both directions at once, as long as they bring the slopes nearer to 0.
    fn polished(&self, mut mean: f64, mut t: f64) -> (f64, f64) {
        let size = |(a, b): (f64, f64), t: f64| a.abs() + (b * t).abs();
        for _ in 0..20 {
            let (a, b) = self.slopes(mean, t);
            let square = |_: f64, value: f64| 1.0 / (value * value);
            let cross = |k: f64, value: f64| k / (value * value);
            let twice = |k: f64, value: f64| k * k / (value * value);
            let (yes, no) = (&self.yes, &self.no);
            let mm = -Self::over(yes, mean, t, square) - Self::over(no, 1.0 - mean, t, square);
            let mt = -Self::over(yes, mean, t, cross) + Self::over(no, 1.0 - mean, t, cross);
            let tt = -Self::over(yes, mean, t, twice) - Self::over(no, 1.0 - mean, t, twice)
                + Self::over(&self.all, 1.0, t, twice);
            let determinant = mm * tt - mt * mt;
            let (next_mean, next_t) = (mean - (tt * a - mt * b) / determinant, t - (mm * b - mt * a) / determinant);
            let inside = next_mean > 0.0 && next_mean < 1.0 && next_t > 0.0 && next_t.is_finite();
            if !inside || size(self.slopes(next_mean, next_t), next_t) >= size((a, b), t) {
                break;
            }
            (mean, t) = (next_mean, next_t);
        }
        (mean, t)
    }
}

impl BetaBinomial {
    /// The parameters of the common beta distribution; none where all areas are the same.
    #[must_use]
    pub fn parameters(&self) -> Option<(f64, f64)> {
        match self.likeness {
            Likeness::Phi(phi) => Some((self.mean * phi, (1.0 - self.mean) * phi)),
            Likeness::Same => None,
        }
    }

    /// The share of an area with x yes among n answers: Beta(a + x, b + n − x).
    ///
    /// # Errors
    ///
    /// [`SmallAreaProblem::BadCount`] for x > n.
    pub fn posterior(&self, x: u64, n: u64, level: Level) -> Result<Posterior, SmallAreaProblem> {
        let no = n.checked_sub(x).ok_or(SmallAreaProblem::BadCount { area: 0 })?;
        let Some((a, b)) = self.parameters() else {
            let interval = ShareInterval { lower: self.mean, upper: self.mean };
            return Ok(Posterior { mean: self.mean, sd: 0.0, interval });
        };
        let (a, b) = (a + count(x), b + count(no));
        let size = a + b;
        let interval = ShareInterval {
            lower: beta::quantile(level.tail(), a, b),
            // By the mirror image, so that an end near 1 keeps its digits.
            upper: beta::quantile_parts(level.tail(), b, a).1,
        };
        Ok(Posterior { mean: a / size, sd: (a * b / (size + 1.0)).sqrt() / size, interval })
    }

    /// The share among the N people of an area: x of the n answers are yes, and the others are drawn from the posterior.
    ///
    /// ```text
    /// mean = (x + m p) / N, m = N - n, p the posterior mean
    /// sd   = sqrt(m A B (A + B + m) / ((A + B)^2 (A + B + 1))) / N,  A = a + x, B = b + n - x
    /// ends of the count: x + the smallest k with P(K <= k) >= alpha/2, and >= 1 - alpha/2
    /// ```
    ///
    /// Under [`Likeness::Same`] K is binomial.
    ///
    /// # Errors
    ///
    /// [`SmallAreaProblem::BadCount`] for x > n or n > N, [`SmallAreaProblem::NoAnswers`] for N = 0.
    pub fn remainder(&self, x: u64, n: u64, population: u64, level: Level) -> Result<Remainder, SmallAreaProblem> {
        let bad = SmallAreaProblem::BadCount { area: 0 };
        let (no, m) = n.checked_sub(x).zip(population.checked_sub(n)).ok_or(bad)?;
        if population == 0 {
            return Err(SmallAreaProblem::NoAnswers);
        }
        let (size, left) = (count(population), count(m));
        let (p, variance, odds) = match self.parameters() {
            None => (self.mean, left * self.mean * (1.0 - self.mean), None),
            Some((a, b)) => {
                let (a, b) = (a + count(x), b + count(no));
                let s = a + b;
                (a / s, left * (a / s) * (b / s) * ((s + left) / (s + 1.0)), Some((a, b)))
            }
        };
        // P(K = k + 1) / P(K = k), as a logarithm.
        let step = |k: u64| {
            let (k, rest) = (count(k), count(m - k));
            let odds = odds.map_or(p / (1.0 - p), |(a, b)| (k + a) / (rest - 1.0 + b));
            libm::log(rest / (k + 1.0) * odds)
        };
        let interval = match (m, p) {
            (0, _) => CountInterval { lower: x, upper: x },
            (_, p) if p <= 0.0 => CountInterval { lower: x, upper: x },
            (m, p) if p >= 1.0 => CountInterval { lower: x + m, upper: x + m },
            _ => equal_tailed(m, step, level, x),
        };
        Ok(Remainder { mean: (count(x) + left * p) / size, sd: variance.sqrt() / size, interval })
    }
}

/// The ends of a distribution on 0 to m, given the logarithms of the ratios of neighbouring probabilities.
fn equal_tailed(m: u64, step: impl Fn(u64) -> f64, level: Level, x: u64) -> CountInterval {
    let mut logs = vec![0.0];
    let mut last = 0.0;
    for k in 0..m {
        last += step(k);
        logs.push(last);
    }
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let masses: Vec<f64> = logs.iter().map(|log| libm::exp(log - largest)).collect();
    let all: f64 = masses.iter().sum();
    let at = |wanted: f64, backwards: bool| {
        let mut sum = 0.0;
        let mut places: Box<dyn Iterator<Item = (usize, &f64)>> = Box::new(masses.iter().enumerate());
        if backwards {
            places = Box::new(masses.iter().enumerate().rev());
        }
        let found = places.find(|(_, mass)| {
            sum += **mass;
            if backwards { sum > wanted * all } else { sum >= wanted * all }
        });
        found.map_or(0, |(place, _)| place as u64)
    };
    // P(K <= k) >= 1 - alpha/2 is P(K > k) <= alpha/2, which keeps its digits.
    CountInterval { lower: x + at(level.tail(), false), upper: x + at(level.tail(), true) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_are_alike_are_pooled() {
        // All shares are one half; and all are within chance of it.
        for (x, n) in [([2, 4, 1], [4, 8, 2]), ([5, 6, 4], [10, 10, 10])] {
            let fit = fit(&x, &n).unwrap();
            assert_eq!((fit.mean, fit.likeness, fit.parameters()), (0.5, Likeness::Same, None));
            let posterior = fit.posterior(2, 4, Level::P95).unwrap();
            assert_eq!((posterior.mean, posterior.sd), (0.5, 0.0));
            // Binomial(4, 1/2): P(K <= 0) = 0.0625 is above 0.025, P(K <= 3) = 0.9375 below 0.975.
            let remainder = fit.remainder(2, 4, 8, Level::P95).unwrap();
            assert_eq!(remainder.interval, CountInterval { lower: 2, upper: 6 });
            assert_eq!((remainder.mean, remainder.sd), (0.5, 0.125));
        }
    }

    #[test]
    fn all_no_and_all_yes_have_one_share() {
        let none = fit(&[0, 0], &[3, 9]).unwrap();
        assert_eq!((none.mean, none.likeness, none.log_likelihood), (0.0, Likeness::Same, 0.0));
        assert_eq!(none.remainder(0, 3, 5, Level::P95).unwrap().interval, CountInterval { lower: 0, upper: 0 });
        let all = fit(&[3, 9], &[3, 9]).unwrap();
        assert_eq!(all.remainder(3, 3, 5, Level::P95).unwrap().interval, CountInterval { lower: 5, upper: 5 });
        assert_eq!(all.mean, 1.0);
    }

    #[test]
    fn hostile_input_is_refused() {
        assert_eq!(fit(&[], &[]), Err(SmallAreaProblem::NoAnswers));
        assert_eq!(fit(&[0, 0], &[0, 0]), Err(SmallAreaProblem::NoAnswers));
        assert_eq!(fit(&[1, 3], &[2, 2]), Err(SmallAreaProblem::BadCount { area: 1 }));
        assert_eq!(fit(&[1], &[2, 2]), Err(SmallAreaProblem::LengthMismatch { expected: 2, found: 1 }));
        assert_eq!(fit(&[1, 0, 1], &[1, 1, 1]), Err(SmallAreaProblem::NotIdentified));
        assert_eq!(fit(&[3, 0], &[3, 4]), Err(SmallAreaProblem::AllOrNothing));
        let one = fit(&[1], &[3]).unwrap();
        assert_eq!(one.likeness, Likeness::Same, "one area differs from nobody");
        assert!(one.remainder(1, 3, 2, Level::P95).is_err() && one.posterior(2, 1, Level::P95).is_err());
        assert_eq!(one.remainder(0, 0, 0, Level::P95), Err(SmallAreaProblem::NoAnswers));
    }
}
