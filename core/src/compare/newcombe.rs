//! Newcombe's hybrid score interval of a difference of two shares.

use super::{Interval, TwoGroups, real, z};
use crate::interval::Level;

/// Difference of two shares, first minus second: Newcombe's hybrid of two Wilson intervals.
///
/// # Formula
///
/// ```text
/// l, u  = Wilson's limits of each share
/// lower = d - sqrt((p1 - l1)^2 + (u2 - p2)^2)
/// upper = d + sqrt((u1 - p1)^2 + (p2 - l2)^2)
/// ```
///
/// Defined for every table, never outside −1 to 1, and never a point.
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, newcombe}, interval::Level};
/// // 56 of 70 against 48 of 80: Newcombe's published example, 0.0524 to 0.3339.
/// let interval = newcombe::hybrid(&TwoGroups::new((56, 70), (48, 80))?, Level::P95);
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "0.0524 0.3339");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
/// methods", Statistics in Medicine 17 (1998), method 10.
#[must_use]
pub fn hybrid(groups: &TwoGroups, level: Level) -> Interval {
    joined(groups, |x, n| wilson(x, n, z(level)))
}

/// [`hybrid`] of continuity-corrected Wilson intervals (Newcombe's method 11).
///
/// # Formula
///
/// ```text
/// l = (2x + z^2 - 1 - z sqrt(z^2 - 2 - 1/n + 4p(n(1-p) + 1))) / (2(n + z^2)),   0 at x = 0
/// u = (2x + z^2 + 1 + z sqrt(z^2 + 2 - 1/n + 4p(n(1-p) - 1))) / (2(n + z^2)),   1 at x = n
/// ```
#[must_use]
pub fn hybrid_corrected(groups: &TwoGroups, level: Level) -> Interval {
    joined(groups, |x, n| wilson_corrected(x, n, z(level)))
}

fn joined(groups: &TwoGroups, limits: impl Fn(u64, u64) -> (f64, f64)) -> Interval {
    let (p1, p2) = groups.shares();
    let (l1, u1) = limits(groups.x1, groups.n1);
    let (l2, u2) = limits(groups.x2, groups.n2);
    Interval { lower: p1 - p2 - libm::hypot(p1 - l1, u2 - p2), upper: p1 - p2 + libm::hypot(u1 - p1, p2 - l2) }
}

/// Wilson's limits for a z that is given.
pub(super) fn wilson(x: u64, n: u64, z: f64) -> (f64, f64) {
    let (count, total) = (real(x), real(n));
    let p = count / total;
    let root = z * (z * z + 4.0 * total * p * (1.0 - p)).sqrt();
    let scale = 2.0 * (total + z * z);
    let limit = |root: f64| (2.0 * count + z * z + root) / scale;
    (if x == 0 { 0.0 } else { limit(-root) }, if x == n { 1.0 } else { limit(root) })
}

fn wilson_corrected(x: u64, n: u64, z: f64) -> (f64, f64) {
    let (count, total) = (real(x), real(n));
    let p = count / total;
    let scale = 2.0 * (total + z * z);
    // With x > 0, 4p(n(1-p) + 1) is at least 4: nothing below a root is negative, however low the level.
    let limit = |side: f64| {
        let below = z * z + 2.0 * side - 1.0 / total + 4.0 * p * (total * (1.0 - p) - side);
        (2.0 * count + z * z + side + side * z * below.max(0.0).sqrt()) / scale
    };
    (if x == 0 { 0.0 } else { limit(-1.0).max(0.0) }, if x == n { 1.0 } else { limit(1.0).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_minus_one_and_one() {
        for (first, second) in [((0, 1), (1, 1)), ((0, 5), (7, 7)), ((1, 1), (0, 1)), ((0, 3), (0, 9))] {
            let groups = TwoGroups::new(first, second).unwrap();
            for interval in [hybrid(&groups, Level::P95), hybrid_corrected(&groups, Level::P95)] {
                assert!(interval.lower >= -1.0 && interval.lower < interval.upper && interval.upper <= 1.0);
            }
        }
    }
}
