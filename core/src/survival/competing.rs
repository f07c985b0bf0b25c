//! Several ends, of which one comes.

use super::{Moments, NoCurve, Spell, log_log};
use crate::compare::real;
use crate::interval::{Level, ShareInterval};
use std::ops::Range;

/// The share for whom each end has come by each time.
#[derive(Clone, Debug, PartialEq)]
pub struct CompetingEnds {
    /// One step per distinct time, by rising time.
    pub steps: Vec<Step>,
}

/// The shares from one time to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// People followed until this time or longer.
    pub at_risk: u64,
    /// For how many each end came at this time.
    pub ended: Vec<u64>,
    /// Last seen at this time.
    pub censored: u64,
    /// The share for whom no end has come.
    pub survival: f64,
    /// The share for whom each end has come.
    pub incidence: Vec<f64>,
    /// The standard error of each.
    pub se: Vec<f64>,
}

/// The share for whom each of several ends has come: Aalen and Johansen's estimate.
///
/// Taking the other ends for censorings instead would give the share in a world without them, and too high a one.
///
/// # Formula
///
/// ```text
/// F_k(t) = sum over t_j <= t of S(t_j-1) d_jk / n_j,   S the Kaplan-Meier of all ends together
/// V_k(t) = sum over t_j <= t of
///            (F_k(t) - F_k(t_j))^2 d_j / (n_j (n_j - d_j))
///          + S(t_j-1)^2 d_jk (n_j - d_jk) / n_j^3
///          - 2 (F_k(t) - F_k(t_j)) S(t_j-1) d_jk / n_j^2
/// ```
///
/// With one kind of end it is Greenwood's. Where everybody left at t_j has an end, the first and the last term are 0.
///
/// # Errors
///
/// [`NoCurve::Nobody`], [`NoCurve::NotATime`], [`NoCurve::UnknownEnd`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::survival::{Spell, competing};
/// // Four positions: filled after 10 and 30 days, withdrawn after 20, one still open after 30.
/// let spells = [(10.0, Some(0)), (20.0, Some(1)), (30.0, Some(0)), (30.0, None)];
/// let shares = competing(&spells.map(|(time, end)| Spell { time, end }), 2)?;
/// let last = shares.steps.last().unwrap();
/// assert_eq!((last.survival, last.incidence.as_slice()), (0.25, [0.5, 0.25].as_slice()));
/// # Ok::<(), bygdepuls_core::survival::NoCurve>(())
/// ```
///
/// # Source
///
/// O. O. Aalen, S. Johansen, Scandinavian Journal of Statistics 5 (1978); variance: G. E. Dinse, M. G. Larson, Biometrika
/// 73 (1986); R, `survival::survfit` with a factor as the end.
pub fn competing(spells: &[Spell], kinds: usize) -> Result<CompetingEnds, NoCurve> {
    Ok(Moments::of(spells, kinds)?.competing())
}

/// The shares at some of the times of people who are counted. Each takes time with the times before it.
pub(super) fn shares(moments: &Moments, wanted: Range<usize>) -> CompetingEnds {
    let (mut survival, mut incidence) = (1.0, vec![0.0; moments.kinds]);
    // Per moment: S before it, n, d of all ends, and the shares after it.
    let mut known: Vec<(f64, f64, f64, Vec<f64>)> = Vec::new();
    let mut steps = Vec::new();
    for (place, moment) in moments.list.iter().enumerate().take(wanted.end) {
        let (n, d) = (real(moment.at_risk), real(moment.ends.iter().sum()));
        let before = survival;
        for (share, ended) in incidence.iter_mut().zip(&moment.ends) {
            *share += before * real(*ended) / n;
        }
        survival *= (n - d) / n;
        known.push((before, n, d, incidence.clone()));
        if !wanted.contains(&place) {
            continue;
        }
        let of_kind = |kind: usize| {
            let terms = known.iter().zip(&moments.list).map(|((s, n, d, then), moment)| {
                let (own, rest) = (real(moment.ends[kind]), incidence[kind] - then[kind]);
                // Without anybody left there is nothing after it.
                let later = if n > d { rest * rest * d / (n * (n - d)) } else { 0.0 };
                later + s * s * own * (n - own) / (n * n * n) - 2.0 * rest * s * own / (n * n)
            });
            f64::sqrt(terms.sum::<f64>().max(0.0))
        };
        steps.push(Step {
            time: moment.time,
            at_risk: moment.at_risk,
            ended: moment.ends.clone(),
            censored: moment.censored,
            survival,
            incidence: incidence.clone(),
            se: (0..moments.kinds).map(of_kind).collect(),
        });
    }
    CompetingEnds { steps }
}

impl Step {
    /// The log–log interval of the share for whom an end has come.
    ///
    /// # Errors
    ///
    /// [`NoCurve::AllAlike`] at 0 and 1, [`NoCurve::UnknownEnd`].
    pub fn interval(&self, kind: usize, level: Level) -> Result<ShareInterval, NoCurve> {
        let (share, se) = self.incidence.get(kind).zip(self.se.get(kind)).ok_or(NoCurve::UnknownEnd { person: 0 })?;
        log_log(*share, *se, level).ok_or(NoCurve::AllAlike)
    }
}

impl CompetingEnds {
    /// The shares at a time: the last step up to it; none before the first.
    ///
    /// # Errors
    ///
    /// [`NoCurve::NotFollowed`] beyond the last time at which anybody was seen, unless no one is left.
    pub fn at(&self, time: f64) -> Result<Option<&Step>, NoCurve> {
        let last = self.steps.last().ok_or(NoCurve::Nobody)?;
        if time > last.time && last.survival > 0.0 {
            return Err(NoCurve::NotFollowed);
        }
        Ok(self.steps.iter().rev().find(|step| step.time <= time))
    }
}
