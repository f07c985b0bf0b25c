//! Quantiles of a survival curve.

use super::{KaplanMeier, NoCurve};
use crate::interval::Level;

/// The time by which it has happened for a share of people.
///
/// # Formula
///
/// ```text
/// t(p)   = the first time at which S(t) <= 1 - p
/// limits = the same of the lower and of the upper log-log limit of S        Brookmeyer and Crowley
/// ```
///
/// Where a curve is level at exactly 1 - p, the middle of that stretch; at the curve's end, to the last time seen. Shares
/// within 1.5e-8 of each other are equal, as in R's `quantile.survfit`.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::Level;
/// use bygdepuls_core::survival::{NoCurve, Spell, kaplan_meier};
/// let spells = [Spell::ended(1.0), Spell::ended(2.0), Spell::ended(4.0), Spell::censored(5.0)];
/// let median = kaplan_meier(&spells)?.quantile(0.5, Level::P95);
/// assert_eq!(median.estimate, Ok(3.0)); // S is 1/2 from 2 to 4
/// assert_eq!(median.upper, Err(NoCurve::NotReached));
/// # Ok::<(), NoCurve>(())
/// ```
///
/// # Source
///
/// R. Brookmeyer, J. Crowley, "A confidence interval for the median survival time", Biometrics 38 (1982).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The time; the reason where the curve does not come so far.
    pub estimate: Result<f64, NoCurve>,
    /// Its lower limit.
    pub lower: Result<f64, NoCurve>,
    /// Its upper limit.
    pub upper: Result<f64, NoCurve>,
}

/// R's tolerance: the square root of the machine epsilon.
const TOLERANCE: f64 = 1.490_116_119_384_765_6e-8;

pub(super) fn quantile(curve: &KaplanMeier, share: f64, level: Level) -> Quantile {
    let limit = |lower: bool| {
        crossing(curve, share, |place| {
            let interval = curve.steps[place].interval(level).ok()?;
            Some(if lower { interval.lower } else { interval.upper })
        })
    };
    Quantile {
        estimate: crossing(curve, share, |place| Some(curve.steps[place].survival)),
        lower: limit(true),
        upper: limit(false),
    }
}

/// The time at which a falling curve comes to 1 − share; steps without a value are passed over.
fn crossing(curve: &KaplanMeier, share: f64, value: impl Fn(usize) -> Option<f64>) -> Result<f64, NoCurve> {
    let fallen = |place: usize| value(place).map(|value| 1.0 - value);
    let reaches = |bound: f64| {
        let mut places = 0..curve.steps.len();
        places.find(|place| fallen(*place).is_some_and(|fallen| fallen >= bound)).map(|place| curve.steps[place].time)
    };
    let first = reaches(share - TOLERANCE).ok_or(NoCurve::NotReached)?;
    let last = curve.steps.len() - 1;
    let ends_there = fallen(last).is_some_and(|fallen| (fallen - share).abs() < TOLERANCE);
    let second = if ends_there { Some(curve.steps[last].time) } else { reaches(share + TOLERANCE) };
    Ok(f64::midpoint(first, second.ok_or(NoCurve::NotReached)?))
}
