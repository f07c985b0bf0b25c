//! The product-limit estimate.

use super::{Moments, NoCurve, Quantile, Spell, log_log, quantile};
use crate::compare::real;
use crate::interval::{Level, ShareInterval};

/// A survival curve: one step per distinct time, those with censorings only included.
#[derive(Clone, Debug, PartialEq)]
pub struct KaplanMeier {
    /// The steps, by rising time.
    pub steps: Vec<Step>,
    /// How many were followed.
    pub n: u64,
}

/// The curve from one time to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// People followed until this time or longer.
    pub at_risk: u64,
    /// For whom it happened at this time.
    pub ended: u64,
    /// Last seen at this time.
    pub censored: u64,
    /// S(t), the share for whom it has not happened yet.
    pub survival: f64,
    /// Greenwood's standard error of S(t); 0 at S = 1, none at S = 0.
    pub se: Option<f64>,
}

/// The share for whom it has not happened after each time.
///
/// # Formula
///
/// ```text
/// S(t)   = product over times t_j <= t of (1 - d_j / n_j)
/// V(t)   = S(t)^2 sum over t_j <= t of d_j / (n_j (n_j - d_j))                      Greenwood
/// limits = S^exp(+- z sqrt(V) / (S log S))                                          log-log
/// ```
///
/// d_j ends at t_j, n_j followed until t_j or longer: who is last seen at t_j is still counted there.
///
/// # Input and result
///
/// | name     | shape         | unit            | rule                                    |
/// |----------|---------------|-----------------|-----------------------------------------|
/// | `spells` | people        | any unit of time | finite, 0 or more; any end counts alike |
/// | result   | distinct times | shares          | S(t) falls from 1                       |
///
/// # Errors
///
/// [`NoCurve::Nobody`], [`NoCurve::NotATime`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::survival::{Spell, kaplan_meier};
/// // Of four hired, one left after 1 year and one after 2; two are still here after 2 and 3.
/// let spells = [Spell::ended(1.0), Spell::ended(2.0), Spell::censored(2.0), Spell::censored(3.0)];
/// let curve = kaplan_meier(&spells)?;
/// assert_eq!(curve.at(2.0)?.survival, 0.5); // 3/4 × 2/3: who is last seen at 2 is at risk there
/// assert_eq!(curve.at(2.0)?.at_risk, 3);
/// # Ok::<(), bygdepuls_core::survival::NoCurve>(())
/// ```
///
/// # Source
///
/// E. L. Kaplan, P. Meier, JASA 53 (1958); M. Greenwood, *The Natural Duration of Cancer* (1926); J. D. Kalbfleisch,
/// R. L. Prentice, *The Statistical Analysis of Failure Time Data* (1980), section 1.3; R,
/// `survival::survfit(conf.type = "log-log")`.
pub fn kaplan_meier(spells: &[Spell]) -> Result<KaplanMeier, NoCurve> {
    let kinds = spells.iter().filter_map(|spell| spell.end).max().map_or(1, |last| last + 1);
    Ok(Moments::of(spells, kinds)?.kaplan_meier())
}

/// The curve of people who are counted.
pub(super) fn curve(moments: &Moments) -> KaplanMeier {
    let (mut survival, mut sum) = (1.0, 0.0);
    let mut steps = Vec::with_capacity(moments.list.len());
    for moment in &moments.list {
        let ended: u64 = moment.ends.iter().sum();
        let (n, d) = (real(moment.at_risk), real(ended));
        if ended > 0 {
            survival *= (n - d) / n;
            sum += d / (n * (n - d));
        }
        let se = (survival > 0.0).then(|| survival * f64::sqrt(sum));
        steps.push(Step { time: moment.time, at_risk: moment.at_risk, ended, censored: moment.censored, survival, se });
    }
    KaplanMeier { steps, n: moments.n() }
}

impl Step {
    /// The log–log interval of S(t).
    ///
    /// # Errors
    ///
    /// [`NoCurve::AllAlike`] at S = 1 and S = 0.
    pub fn interval(&self, level: Level) -> Result<ShareInterval, NoCurve> {
        self.se.and_then(|se| log_log(self.survival, se, level)).ok_or(NoCurve::AllAlike)
    }
}

impl KaplanMeier {
    /// The curve at a time: the last step up to it, with those who were followed until that time or longer at risk. Before
    /// the first step all are.
    ///
    /// # Errors
    ///
    /// [`NoCurve::NotFollowed`] beyond the last time at which anybody was seen, unless the curve has come to 0.
    pub fn at(&self, time: f64) -> Result<Step, NoCurve> {
        let last = self.steps.last().ok_or(NoCurve::Nobody)?;
        if time > last.time && last.survival > 0.0 {
            return Err(NoCurve::NotFollowed);
        }
        let at_risk = self.steps.iter().find(|step| step.time >= time).map_or(0, |step| step.at_risk);
        let start = Step { time, at_risk, ended: 0, censored: 0, survival: 1.0, se: Some(0.0) };
        Ok(match self.steps.iter().rev().find(|step| step.time <= time) {
            Some(step) if step.time == time => *step,
            Some(step) => Step { survival: step.survival, se: step.se, ..start },
            None => start,
        })
    }

    /// Of how many it is seen whether it has happened by a time: as if all of them had been followed so long.
    ///
    /// ```text
    /// m(t) = n G(t),   G(t) = product over times t_j < t of (1 - c_j / (n_j - d_j))
    /// ```
    ///
    /// c_j last seen at t_j: G is the Kaplan-Meier of not being lost of sight. One person who is still followed at t stands
    /// for n / m of all; without censoring m is n. Greenwood's variance is at most S (1 - S) / m.
    #[must_use]
    pub fn followed(&self, time: f64) -> f64 {
        let before = self.steps.iter().take_while(|step| step.time < time);
        let left = before.filter(|step| step.censored > 0).map(|step| {
            let staying = real(step.at_risk - step.ended);
            (staying - real(step.censored)) / staying
        });
        left.fold(real(self.n), |followed, share| followed * share)
    }

    /// The time by which it has happened for a share of people, with Brookmeyer and Crowley's interval: see [`Quantile`].
    #[must_use]
    pub fn quantile(&self, share: f64, level: Level) -> Quantile {
        quantile::quantile(self, share, level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_before_and_after_the_times() {
        let curve = kaplan_meier(&[Spell::ended(2.0), Spell::censored(4.0), Spell::ended(5.0)]).unwrap();
        let at = |time| curve.at(time).map(|step| (step.survival, step.at_risk));
        assert_eq!(at(0.0), Ok((1.0, 3)));
        assert_eq!(at(2.0), Ok((2.0 / 3.0, 3)));
        assert_eq!(at(3.0), Ok((2.0 / 3.0, 2)));
        assert_eq!(at(9.0), Ok((0.0, 0)));
        assert_eq!(curve.at(9.0).unwrap().se, None);
        let open = kaplan_meier(&[Spell::ended(2.0), Spell::censored(4.0)]).unwrap();
        assert_eq!(open.at(4.5), Err(NoCurve::NotFollowed));
        assert_eq!(open.at(1.0).unwrap().interval(Level::P95), Err(NoCurve::AllAlike));
        // One of the two who were left at 4 was last seen there.
        assert_eq!([1.0, 4.0, 4.5, 9.0].map(|time| curve.followed(time)), [3.0, 3.0, 1.5, 1.5]);
        assert_eq!(open.followed(9.0), 0.0);
        assert_eq!(kaplan_meier(&[]), Err(NoCurve::Nobody));
        assert_eq!(kaplan_meier(&[Spell::censored(-1.0)]), Err(NoCurve::NotATime { person: 0 }));
    }
}
