//! Ratio of two shares.

use super::{Interval, NoResult, TwoGroups, z};
use crate::interval::Level;

/// The first share by the second. Infinite if only the second is 0.
///
/// # Errors
///
/// [`NoResult::AllAlike`] if both shares are 0.
///
/// ```
/// use bygdepuls_core::compare::{TwoGroups, risk_ratio};
/// assert_eq!(risk_ratio::ratio(&TwoGroups::new((15, 30), (9, 36))?)?, 2.0);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn ratio(groups: &TwoGroups) -> Result<f64, NoResult> {
    match groups.shares() {
        (0.0, 0.0) => Err(NoResult::AllAlike),
        (p1, p2) => Ok(p1 / p2),
    }
}

/// Katz's interval of the ratio, on the log scale.
///
/// # Formula
///
/// ```text
/// exp(ln(p1/p2) -+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2))
/// ```
///
/// If everybody said yes it is the point 1, which says nothing.
///
/// # Errors
///
/// [`NoResult::ZeroCell`] if nobody said yes in one of the groups.
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, risk_ratio}, interval::Level};
/// let interval = risk_ratio::katz(&TwoGroups::new((15, 30), (9, 36))?, Level::P95)?;
/// assert_eq!(format!("{:.2} {:.2}", interval.lower, interval.upper), "1.02 3.91");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// D. Katz et al., "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34 (1978).
pub fn katz(groups: &TwoGroups, level: Level) -> Result<Interval, NoResult> {
    let [yes1, no1, yes2, no2] = groups.cells();
    if yes1 == 0.0 || yes2 == 0.0 {
        return Err(NoResult::ZeroCell);
    }
    // 1/x - 1/n = (n - x) / (x n), without cancellation.
    let half = z(level) * (no1 / (yes1 * (yes1 + no1)) + no2 / (yes2 * (yes2 + no2))).sqrt();
    let log = libm::log(ratio(groups)?);
    Ok(Interval { lower: libm::exp(log - half), upper: libm::exp(log + half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_0_and_n() {
        let groups = |first, second| TwoGroups::new(first, second).unwrap();
        assert_eq!(ratio(&groups((0, 4), (0, 6))), Err(NoResult::AllAlike));
        assert_eq!(ratio(&groups((1, 4), (0, 6))), Ok(f64::INFINITY));
        assert_eq!(katz(&groups((1, 4), (0, 6)), Level::P95), Err(NoResult::ZeroCell));
        assert_eq!(katz(&groups((4, 4), (6, 6)), Level::P95), Ok(Interval { lower: 1.0, upper: 1.0 }));
    }
}
