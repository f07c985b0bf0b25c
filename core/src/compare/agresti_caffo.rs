//! Agresti and Caffo's interval of a difference of two shares.

use super::{Interval, TwoGroups, real, z};
use crate::interval::Level;

/// Difference of two shares, first minus second: Wald's interval after one more yes and one more no in each group.
///
/// # Formula
///
/// ```text
/// p~ = (x + 1) / (n + 2)  in each group
/// interval = p~1 - p~2 -+ z sqrt(p~1(1-p~1)/(n1+2) + p~2(1-p~2)/(n2+2))
/// ```
///
/// Defined for every table. In very small groups it can pass −1 and 1; it is not cut there.
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, agresti_caffo}, interval::Level};
/// let interval = agresti_caffo::plus_four(&TwoGroups::new((9, 10), (3, 10))?, Level::P95);
/// assert_eq!(format!("{:.3} {:.3}", interval.lower, interval.upper), "0.160 0.840");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// A. Agresti, B. Caffo, "Simple and effective confidence intervals for proportions and differences of proportions result
/// from adding two successes and two failures", The American Statistician 54 (2000).
#[must_use]
pub fn plus_four(groups: &TwoGroups, level: Level) -> Interval {
    let (n1, n2) = (real(groups.n1) + 2.0, real(groups.n2) + 2.0);
    let (p1, p2) = ((real(groups.x1) + 1.0) / n1, (real(groups.x2) + 1.0) / n2);
    Interval::around(p1 - p2, z(level) * (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2).sqrt())
}
