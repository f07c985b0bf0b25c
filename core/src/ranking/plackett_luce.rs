//! The Plackett–Luce model of rankings.

use super::{Apart, NoRanking, Rankings, Rest, apart};
use crate::compare::{Interval, real};
use crate::distribution::normal;
use crate::interval::Level;
use nalgebra::{DMatrix, DVector};

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct PlackettLuce {
    /// Log worth of each item; they sum to 0.
    pub log_worth: Vec<f64>,
    /// The covariance of the log worths, from the observed information.
    pub covariance: DMatrix<f64>,
    /// Worth: the share who would choose the item first among all; they sum to 1.
    pub worth: Vec<f64>,
    /// Log likelihood.
    pub log_likelihood: f64,
}

/// One choice: an item, or several that are tied, out of those that were left.
struct Choice {
    chosen: Vec<usize>,
    /// The chosen ones included.
    from: Vec<usize>,
}

/// Minorisation–maximisation steps before Newton's method takes over.
const STEPS: usize = 200;
/// Newton steps; fewer than ten are usual.
const NEWTON: usize = 100;

/// The worth of each item: a ranking is a row of choices, and an item is chosen in proportion to its worth.
///
/// # Formula
///
/// ```text
/// P(i from S)  = a_i / sum over S of a
/// P(ranking)   = product over places of P(chosen from those not yet placed)
/// t tied items = product of their a / product over r = 0..t-1 of (sum over S of a - r/t sum over tied of a)     Efron
/// step         = wins_i / sum over denominators D that hold i of c_i / D,   c_i = 1, or 1 - r/t for a tied item
/// V            = inverse of the observed information, log worths summing to 0
/// ```
///
/// Hunter's steps bring the worths near the maximum, Newton's to it: until the gradient is below 1e-12 of the number of
/// choices. Items that are not named come after the others, or were not there ([`Rest`]); tied items at the last place say
/// nothing. No prior: where the maximum does not exist, that is the answer.
///
/// # Errors
///
/// [`NoRanking::NotConnected`] unless, however the items are put in two heaps, somebody put one of the second heap before
/// one of the first. The items named were never put before any other.
///
/// # Example
///
/// ```
/// use bygdepuls_core::ranking::{NoRanking, Ranking, Rankings, plackett_luce};
/// let firsts = [0, 0, 0, 1, 1, 2].map(|item| Ranking::best(&[item]));
/// let model = plackett_luce(&Rankings::new(3, firsts.to_vec())?)?;
/// assert!((model.worth[0] - 0.5).abs() < 1e-12); // of first choices alone: the share first
/// let none = plackett_luce(&Rankings::new(4, firsts.to_vec())?);
/// assert_eq!(none, Err(NoRanking::NotConnected { below: vec![3] }));
/// # Ok::<(), NoRanking>(())
/// ```
///
/// # Source
///
/// R. D. Luce, *Individual Choice Behavior* (1959); R. L. Plackett, Applied Statistics 24 (1975); D. R. Hunter, "MM
/// algorithms for generalized Bradley–Terry models", Annals of Statistics 32 (2004), section 5 and assumption 1; ties:
/// B. Efron, JASA 72 (1977), as the model is Cox's with a stratum per ranking (P. D. Allison, N. A. Christakis, Sociological
/// Methodology 24, 1994).
pub fn plackett_luce(rankings: &Rankings) -> Result<PlackettLuce, NoRanking> {
    let k = rankings.items;
    let choices = choices(rankings);
    connected(k, &choices)?;
    let mut wins = vec![0.0; k];
    choices.iter().flat_map(|choice| &choice.chosen).for_each(|item| wins[*item] += 1.0);
    let mut log_worth = vec![0.0; k];
    for _ in 0..STEPS {
        let rates = point(k, &choices, &log_worth).rates;
        let next: Vec<f64> = wins.iter().zip(&rates).map(|(wins, rate)| libm::log(wins / rate)).collect();
        let next = centred(&next);
        let most = next.iter().zip(&log_worth).map(|(next, now)| (next - now).abs()).fold(0.0, f64::max);
        log_worth = next;
        if most < 1e-3 {
            break;
        }
    }
    for _ in 0..NEWTON {
        let now = point(k, &choices, &log_worth);
        let gradient = DVector::from_fn(k, |i, _| wins[i] - now.rates[i] * libm::exp(log_worth[i]));
        let inverse = inverse(&now.information).ok_or(NoRanking::NotConverged)?;
        let step = &inverse * &gradient;
        if gradient.amax() <= 1e-12 * real(choices.len() as u64) && step.amax() <= 1e-12 {
            let whole: f64 = log_worth.iter().map(|log| libm::exp(*log)).sum();
            let worth = log_worth.iter().map(|log| libm::exp(*log) / whole).collect();
            return Ok(PlackettLuce { covariance: inverse, worth, log_likelihood: now.log_likelihood, log_worth });
        }
        let before = now.log_likelihood;
        let mut scale = 1.0;
        let taken = |scale: f64| -> Vec<f64> {
            centred(&log_worth.iter().enumerate().map(|(i, log)| log + scale * step[i]).collect::<Vec<_>>())
        };
        // The likelihood is concave: a step too long is halved.
        while scale > 1e-6 && point(k, &choices, &taken(scale)).log_likelihood < before - 1e-9 * before.abs() {
            scale *= 0.5;
        }
        log_worth = taken(scale);
    }
    Err(NoRanking::NotConverged)
}

impl PlackettLuce {
    /// The standard error of a log worth.
    #[must_use]
    pub fn se(&self, item: usize) -> f64 {
        self.covariance[(item, item)].sqrt()
    }

    /// The interval of a worth, by the normal distribution on the scale of its logit.
    #[must_use]
    pub fn interval(&self, item: usize, level: Level) -> Interval {
        let w = self.worth[item];
        let weight = |i: usize| if i == item { 1.0 } else { -self.worth[i] / (1.0 - w) };
        let gradient = DVector::from_fn(self.worth.len(), |i, _| weight(i));
        let half = normal::upper_quantile(level.tail()) * (&self.covariance * &gradient).dot(&gradient).max(0.0).sqrt();
        let logit = libm::log(w / (1.0 - w));
        let share = |logit: f64| 1.0 / (1.0 + libm::exp(-logit));
        Interval { lower: share(logit - half), upper: share(logit + half) }
    }

    /// Which items can be told apart: Wald tests of all differences of log worths, Holm.
    ///
    /// # Errors
    ///
    /// [`NoRanking::NotConverged`] where a worth is not finite.
    pub fn apart(&self, level: Level) -> Result<Apart, NoRanking> {
        let v = &self.covariance;
        let se = |i: usize, j: usize| (v[(i, i)] + v[(j, j)] - 2.0 * v[(i, j)]).max(0.0).sqrt();
        apart::of_estimates(&self.log_worth, se, level)
    }
}

/// The choices of all rankings that leave something to choose.
fn choices(rankings: &Rankings) -> Vec<Choice> {
    let mut choices = Vec::new();
    for ranking in &rankings.list {
        let mut left: Vec<usize> = match ranking.rest {
            Rest::Below => (0..rankings.items).collect(),
            Rest::Absent => ranking.places.iter().flatten().copied().collect(),
        };
        for chosen in &ranking.places {
            if left.len() > chosen.len() {
                choices.push(Choice { chosen: chosen.clone(), from: left.clone() });
            }
            left.retain(|item| !chosen.contains(item));
        }
    }
    choices
}

/// The model at some worths.
struct Point {
    log_likelihood: f64,
    /// For each item the sum of c / D.
    rates: Vec<f64>,
    information: DMatrix<f64>,
}

fn point(k: usize, choices: &[Choice], log_worth: &[f64]) -> Point {
    let worth: Vec<f64> = log_worth.iter().map(|log| libm::exp(*log)).collect();
    let mut now = Point { log_likelihood: 0.0, rates: vec![0.0; k], information: DMatrix::zeros(k, k) };
    for Choice { chosen, from } in choices {
        now.log_likelihood += chosen.iter().map(|item| log_worth[*item]).sum::<f64>();
        for r in 0..chosen.len() {
            let share = |item: &usize| {
                if chosen.contains(item) { 1.0 - real(r as u64) / real(chosen.len() as u64) } else { 1.0 }
            };
            let sum: f64 = from.iter().map(|item| share(item) * worth[*item]).sum();
            now.log_likelihood -= libm::log(sum);
            for i in from {
                now.rates[*i] += share(i) / sum;
                let of_i = share(i) * worth[*i] / sum;
                now.information[(*i, *i)] += of_i;
                for j in from {
                    now.information[(*i, *j)] -= of_i * share(j) * worth[*j] / sum;
                }
            }
        }
    }
    now
}

/// The inverse on the space where entries sum to 0.
fn inverse(information: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let k = information.nrows();
    let scale = information.diagonal().mean();
    let constant = DMatrix::from_element(k, k, scale / real(k as u64));
    let whole = (information + &constant).cholesky()?.inverse();
    Some(whole - DMatrix::from_element(k, k, 1.0 / (scale * real(k as u64))))
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / real(values.len() as u64);
    values.iter().map(|value| value - mean).collect()
}

/// Whether, however items are put in two heaps, one of the second was put before one of the first.
fn connected(k: usize, choices: &[Choice]) -> Result<(), NoRanking> {
    let mut reaches = vec![vec![false; k]; k];
    (0..k).for_each(|i| reaches[i][i] = true);
    for Choice { chosen, from } in choices {
        for i in chosen {
            from.iter().for_each(|j| reaches[*i][*j] = true);
        }
    }
    for via in 0..k {
        for from in 0..k {
            if reaches[from][via] {
                let onward = reaches[via].clone();
                reaches[from].iter_mut().zip(onward).for_each(|(to, there)| *to |= there);
            }
        }
    }
    if reaches.iter().flatten().all(|there| *there) {
        return Ok(());
    }
    // Items from which nothing is reached that does not lead back.
    let is_last = |i: &usize| (0..k).all(|j| !reaches[*i][j] || reaches[j][*i]);
    let mut below: Vec<usize> = (0..k).filter(is_last).collect();
    if below.len() == k {
        // Several heaps that were never compared: the smallest.
        let heap = |i: usize| (0..k).filter(|j| reaches[i][*j]).collect::<Vec<_>>();
        below = (0..k).map(heap).min_by_key(Vec::len).unwrap_or_default();
    }
    Err(NoRanking::NotConnected { below })
}
