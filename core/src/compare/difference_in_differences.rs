//! What changed where something was tried, beyond what changed elsewhere.

use super::{Interval, NoResult, Pairs, TwoGroups, newcombe, newcombe_paired, real};
use crate::distribution::student_t;
use crate::interval::Level;

/// One group before and after.
#[derive(Clone, Debug, PartialEq)]
pub enum Arm {
    /// The same units both times, each with its value before and after: people, or the means of villages or routes.
    Paired(Vec<(f64, f64)>),
    /// Other people each time.
    Independent {
        /// Values before.
        before: Vec<f64>,
        /// Values after.
        after: Vec<f64>,
    },
}

/// A change, or a difference of two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The effect, in the unit of the values.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Welch and Satterthwaite's degrees of freedom.
    pub df: f64,
    /// Student's interval.
    pub interval: Interval,
    /// Two-sided; none where the standard error is 0.
    pub p_value: Option<f64>,
}

/// A share of yes before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareArm {
    /// The same people both times.
    Paired(Pairs),
    /// Other people each time: before, after.
    Independent(TwoGroups),
}

/// The mean after less the mean before.
///
/// # Errors
///
/// [`NoResult::TooFew`] below two units, or below two people at each time; [`NoResult::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::{compare::difference_in_differences::{Arm, change}, interval::Level};
/// let trial = Arm::Paired(vec![(1.0, 3.0), (2.0, 3.0), (4.0, 7.0)]);
/// assert_eq!(change(&trial, Level::P95)?.estimate, 2.0);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn change(arm: &Arm, level: Level) -> Result<Effect, NoResult> {
    effect(&parts(arm)?, level)
}

/// The change in the first group less the change in the second.
///
/// # Formula
///
/// ```text
/// effect = (after1 - before1) - (after2 - before2)                    means
/// se^2   = sum of s^2 / n        over both groups' changes where the same units answered twice,
///                                over the means of each time where others did
/// df     = (sum of s^2/n)^2 / sum of (s^2/n)^2 / (n - 1)              Welch, Satterthwaite
/// ```
///
/// Where the trial was given to villages or routes rather than to people, the unit is the village: take
/// [`Arm::Paired`] with its means. Then two villages in each group are too few for anything but the estimate, and the
/// interval says so by its length.
///
/// It is an effect of the trial only if both groups would else have changed alike.
///
/// # Errors
///
/// As [`change`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::{compare::difference_in_differences::{Arm, effect_of_trial}, interval::Level};
/// let trial = Arm::Paired(vec![(1.0, 3.0), (2.0, 3.0), (4.0, 7.0)]);          // changes 2, 1, 3
/// let comparison = Arm::Paired(vec![(2.0, 2.0), (3.0, 4.0), (3.0, 3.0), (1.0, 2.0)]); // 0, 1, 0, 1
/// let effect = effect_of_trial(&trial, &comparison, Level::P95)?;
/// assert_eq!(effect.estimate, 1.5);
/// assert!((effect.se * effect.se - (1.0 / 3.0 + 1.0 / 12.0)).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// O. Ashenfelter, D. Card, Review of Economics and Statistics 67 (1985); units that were given the trial together: M.
/// Bertrand, E. Duflo, S. Mullainathan, Quarterly Journal of Economics 119 (2004), section IV.C; S. G. Donald, K. Lang,
/// Review of Economics and Statistics 89 (2007); B. L. Welch, Biometrika 34 (1947).
pub fn effect_of_trial(trial: &Arm, comparison: &Arm, level: Level) -> Result<Effect, NoResult> {
    let mut all = parts(trial)?;
    all.extend(parts(comparison)?.into_iter().map(|part| Part { sign: -part.sign, ..part }));
    effect(&all, level)
}

/// The change of a share, after less before, with Newcombe's interval: [`newcombe`] or [`newcombe_paired`].
#[must_use]
pub fn change_of_share(arm: &ShareArm, level: Level) -> (f64, Interval) {
    match arm {
        ShareArm::Paired(pairs) => (pairs.net_change(), newcombe_paired::hybrid(pairs, level)),
        ShareArm::Independent(groups) => {
            // Its difference is before less after.
            let Interval { lower, upper } = newcombe::hybrid(groups, level);
            (-groups.difference(), Interval { lower: -upper, upper: -lower })
        }
    }
}

/// The change of a share in the first group less that in the second.
///
/// # Formula
///
/// ```text
/// effect = d1 - d2,  each with Newcombe's limits l and u
/// lower  = effect - sqrt((d1 - l1)^2 + (u2 - d2)^2)
/// upper  = effect + sqrt((u1 - d1)^2 + (d2 - l2)^2)
/// ```
///
/// Defined also where nobody or everybody said yes, and for a handful of people.
///
/// # Example
///
/// ```
/// use bygdepuls_core::compare::difference_in_differences::{ShareArm, effect_on_share};
/// use bygdepuls_core::{compare::TwoGroups, interval::Level};
/// // Often without a ride: 18 of 30, then 9 of 30; elsewhere 15 of 28 and 14 of 28.
/// let trial = ShareArm::Independent(TwoGroups::new((18, 30), (9, 30))?);
/// let comparison = ShareArm::Independent(TwoGroups::new((15, 28), (14, 28))?);
/// let (effect, interval) = effect_on_share(&trial, &comparison, Level::P95);
/// assert_eq!(format!("{effect:.3} {:.3} {:.3}", interval.lower, interval.upper), "-0.264 -0.586 0.085");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27 (2008).
#[must_use]
pub fn effect_on_share(trial: &ShareArm, comparison: &ShareArm, level: Level) -> (f64, Interval) {
    of_limits(change_of_share(trial, level), change_of_share(comparison, level))
}

/// The difference of two estimates from their limits: the formula of [`effect_on_share`].
pub(crate) fn of_limits((d1, first): (f64, Interval), (d2, second): (f64, Interval)) -> (f64, Interval) {
    let effect = d1 - d2;
    let down = libm::hypot(d1 - first.lower, second.upper - d2);
    let up = libm::hypot(first.upper - d1, d2 - second.lower);
    (effect, Interval { lower: effect - down, upper: effect + up })
}

/// A mean that enters with a sign.
struct Part {
    sign: f64,
    mean: f64,
    /// s² / n.
    variance: f64,
    df: f64,
}

fn parts(arm: &Arm) -> Result<Vec<Part>, NoResult> {
    match arm {
        Arm::Paired(pairs) => {
            let changes: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
            Ok(vec![part(1.0, &changes)?])
        }
        Arm::Independent { before, after } => Ok(vec![part(-1.0, before)?, part(1.0, after)?]),
    }
}

fn part(sign: f64, values: &[f64]) -> Result<Part, NoResult> {
    let n = values.len() as u64;
    if n < 2 {
        return Err(NoResult::TooFew { needed: 2 });
    }
    let mean = values.iter().sum::<f64>() / real(n);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    if !squares.is_finite() {
        return Err(NoResult::NotFinite);
    }
    let df = real(n - 1);
    Ok(Part { sign, mean, variance: squares / df / real(n), df })
}

fn effect(parts: &[Part], level: Level) -> Result<Effect, NoResult> {
    let estimate: f64 = parts.iter().map(|part| part.sign * part.mean).sum();
    let variance: f64 = parts.iter().map(|part| part.variance).sum();
    if variance <= 0.0 {
        return Err(NoResult::NoVariance);
    }
    let df = variance * variance / parts.iter().map(|part| part.variance * part.variance / part.df).sum::<f64>();
    let se = variance.sqrt();
    let interval = Interval::around(estimate, student_t::upper_quantile(level.tail(), df) * se);
    Ok(Effect { estimate, se, df, interval, p_value: Some(student_t::two_sided(estimate / se, df)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_of_changes_are_welchs_test() {
        let (first, second) = ([2.0, 1.0, 3.0, 5.0], [0.0, 1.0, 0.0, 2.0, 1.0]);
        let arm = |changes: &[f64]| Arm::Paired(changes.iter().map(|change| (1.0, 1.0 + change)).collect());
        let ours = effect_of_trial(&arm(&first), &arm(&second), Level::P95).unwrap();
        let welch = crate::hypothesis::t_test::welch(&first, &second).unwrap();
        assert!((ours.p_value.unwrap() - welch.p_value).abs() < 1e-14 && (ours.df - welch.parameter[0]).abs() < 1e-12);
    }

    #[test]
    fn too_few_and_nothing_that_varies() {
        let one = Arm::Paired(vec![(1.0, 2.0)]);
        assert_eq!(change(&one, Level::P95), Err(NoResult::TooFew { needed: 2 }));
        assert_eq!(change(&Arm::Paired(vec![(1.0, 2.0), (2.0, 3.0)]), Level::P95), Err(NoResult::NoVariance));
        let same = Arm::Independent { before: vec![f64::NAN, 1.0], after: vec![1.0, 2.0] };
        assert_eq!(change(&same, Level::P95), Err(NoResult::NotFinite));
        // Nobody before, all after: there is an interval.
        let all = ShareArm::Independent(TwoGroups::new((0, 8), (8, 8)).unwrap());
        let (change, interval) = change_of_share(&all, Level::P95);
        assert!(change == 1.0 && interval.upper == 1.0 && (0.4..1.0).contains(&interval.lower));
    }
}
