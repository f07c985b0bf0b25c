//! Cohen's h.

use super::TwoGroups;

/// Effect size of a difference of two shares.
///
/// # Formula
///
/// ```text
/// h = 2 arcsin sqrt(p1) - 2 arcsin sqrt(p2)
/// ```
///
/// From −π to π, in radians; defined at 0 and n. Cohen calls 0.2 small, 0.5 medium and 0.8 large.
///
/// ```
/// use bygdepuls_core::compare::{TwoGroups, cohen_h};
/// assert_eq!(format!("{:.3}", cohen_h::h(&TwoGroups::new((9, 10), (3, 10))?)), "1.339");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// J. Cohen, *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed. 1988, section 6.2.
#[must_use]
pub fn h(groups: &TwoGroups) -> f64 {
    let (p1, p2) = groups.shares();
    2.0 * libm::asin(p1.sqrt()) - 2.0 * libm::asin(p2.sqrt())
}
