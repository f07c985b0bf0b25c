//! Wald's intervals: estimate ± z standard errors.

use super::{Interval, Pairs, TwoGroups, real, z};
use crate::interval::Level;

/// Difference of two shares, first minus second: Wald's interval.
///
/// # Formula
///
/// ```text
/// d = p1 - p2,   se = sqrt(p1(1-p1)/n1 + p2(1-p2)/n2)
/// interval = d -+ z se
/// ```
///
/// For comparison with old tables only. Where both shares are 0 or 1 it is a point, which says nothing, and it can pass
/// −1 and 1: use [`newcombe`](super::newcombe).
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, wald}, interval::Level};
/// let interval = wald::two_groups(&TwoGroups::new((15, 30), (9, 27))?, Level::P95);
/// assert_eq!(format!("{:.3} {:.3}", interval.lower, interval.upper), "-0.086 0.419");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
/// (1998), method 1.
#[must_use]
pub fn two_groups(groups: &TwoGroups, level: Level) -> Interval {
    Interval::around(groups.difference(), z(level) * se(groups))
}

/// [`two_groups`] with the continuity correction `(1/n1 + 1/n2) / 2` added to the half width (Newcombe's method 2).
#[must_use]
pub fn two_groups_corrected(groups: &TwoGroups, level: Level) -> Interval {
    let correction = 0.5 * (1.0 / real(groups.n1) + 1.0 / real(groups.n2));
    Interval::around(groups.difference(), z(level) * se(groups) + correction)
}

fn se(groups: &TwoGroups) -> f64 {
    let (p1, p2) = groups.shares();
    (p1 * (1.0 - p1) / real(groups.n1) + p2 * (1.0 - p2) / real(groups.n2)).sqrt()
}

/// Net change of a share among the same people: Wald's interval.
///
/// # Formula
///
/// ```text
/// d = (started - stopped) / n,   interval = d -+ z se
/// ```
///
/// A point if nobody changed, or all in the same direction: use [`tango`](super::tango).
///
/// ```
/// use bygdepuls_core::{compare::{Pairs, wald}, interval::Level};
/// let interval = wald::pairs(&Pairs::new(36, 12, 20, 12)?, Level::P95);
/// assert_eq!(format!("{:.3} {:.3}", interval.lower, interval.upper), "-0.037 0.237");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired data",
/// Statistics in Medicine 17 (1998), method 1.
#[must_use]
pub fn pairs(pairs: &Pairs, level: Level) -> Interval {
    Interval::around(pairs.net_change(), z(level) * pairs_se(pairs))
}

/// The standard error of the net change: `sqrt(b + c - (c - b)^2 / n) / n` with b stopped and c started.
#[must_use]
pub fn pairs_se(pairs: &Pairs) -> f64 {
    let n = real(pairs.n());
    let (b, c) = (real(pairs.stopped), real(pairs.started));
    (b + c - (c - b) * (c - b) / n).max(0.0).sqrt() / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges_it_is_a_point() {
        let groups = TwoGroups::new((0, 5), (7, 7)).unwrap();
        assert_eq!(two_groups(&groups, Level::P95), Interval { lower: -1.0, upper: -1.0 });
        let all_started = Pairs::new(0, 0, 9, 0).unwrap();
        assert_eq!(pairs(&all_started, Level::P95), Interval { lower: 1.0, upper: 1.0 });
    }
}
