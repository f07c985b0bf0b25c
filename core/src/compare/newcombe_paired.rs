//! Newcombe's interval of a change among the same people.

use super::{Interval, Pairs, newcombe::wilson, real, z};
use crate::interval::Level;

/// Net change of a share, second time minus first: Newcombe's hybrid of two Wilson intervals with their correlation.
///
/// # Formula
///
/// ```text
/// l, u  = Wilson's limits of each share,  dl = p - l,  du = u - p
/// lower = d - sqrt(dl2^2 - 2 phi dl2 du1 + du1^2)
/// upper = d + sqrt(du2^2 - 2 phi du2 dl1 + dl1^2)
/// phi   = c / sqrt((a+b)(c+d)(a+c)(b+d)), 0 if a margin is empty;
///         c = ad - bc, with n/2 taken off where it is positive, but not below 0
/// ```
///
/// with a yes both times, b stopped, c started, d neither. Defined for every table and within −1 to 1.
///
/// ```
/// use bygdepuls_core::{compare::{Pairs, newcombe_paired}, interval::Level};
/// let interval = newcombe_paired::hybrid(&Pairs::new(36, 12, 20, 12)?, Level::P95);
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "-0.0392 0.2338");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired data",
/// Statistics in Medicine 17 (1998), method 10.
#[must_use]
pub fn hybrid(pairs: &Pairs, level: Level) -> Interval {
    let (n, z) = (pairs.n(), z(level));
    let (p1, p2) = pairs.shares();
    let (l1, u1) = wilson(pairs.both + pairs.stopped, n, z);
    let (l2, u2) = wilson(pairs.both + pairs.started, n, z);
    let phi = correlation(pairs);
    let joined = |a: f64, b: f64| (a * a - 2.0 * phi * a * b + b * b).max(0.0).sqrt();
    let change = pairs.net_change();
    Interval { lower: change - joined(p2 - l2, u1 - p1), upper: change + joined(u2 - p2, p1 - l1) }
}

fn correlation(pairs: &Pairs) -> f64 {
    let [a, b, c, d] = [pairs.both, pairs.stopped, pairs.started, pairs.neither].map(real);
    let margins = (a + b) * (c + d) * (a + c) * (b + d);
    if margins == 0.0 {
        return 0.0;
    }
    let cross = a * d - b * c;
    let corrected = if cross < 0.0 { cross } else { (cross - 0.5 * real(pairs.n())).max(0.0) };
    corrected / margins.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_and_nobody_changed() {
        let one = hybrid(&Pairs::new(0, 1, 0, 0).unwrap(), Level::P95);
        assert!(one.lower == -1.0 && one.upper > 0.0 && one.upper < 1.0);
        let none = hybrid(&Pairs::new(0, 0, 0, 5).unwrap(), Level::P95);
        assert_eq!(none.lower, -none.upper);
    }
}
