//! Tango's score interval of a change among the same people.

use super::{Interval, Pairs, real, root::boundary, z};
use crate::interval::Level;

/// Net change of a share, second time minus first: Tango's score interval.
///
/// # Formula
///
/// ```text
/// T(d) = (c - b - n d) / sqrt(n (2 q + d (1 - d)))
/// q    = (sqrt(B^2 - 8 n C) - B) / 4n,   B = -(b + c) + (2n - c + b) d,   C = -b d (1 - d)
/// limits: T(d) = z and T(d) = -z
/// ```
///
/// with b stopped, c started, and q the most likely share of b given d. Defined for every table and within −1 to 1; if
/// nobody changed it is Wilson's limit of 0 of n to both sides. Limits are found by halving to the last digit.
///
/// ```
/// use bygdepuls_core::{compare::{Pairs, tango}, interval::Level};
/// let interval = tango::score(&Pairs::new(36, 12, 20, 12)?, Level::P95);
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "-0.0397 0.2368");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// T. Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample design",
/// Statistics in Medicine 17 (1998).
#[must_use]
pub fn score(pairs: &Pairs, level: Level) -> Interval {
    let z = z(level);
    let change = pairs.net_change();
    let score = |d: f64| {
        let (gap, variance) = parts(pairs, d);
        match gap {
            0.0 => 0.0,
            _ if variance <= 0.0 => gap.signum() * f64::INFINITY,
            _ => gap / variance.sqrt(),
        }
    };
    Interval { lower: boundary(-1.0, change, |d| score(d) > z), upper: boundary(1.0, change, |d| score(d) < -z) }
}

/// The numerator of T and its variance.
fn parts(pairs: &Pairs, d: f64) -> (f64, f64) {
    let (n, b, c) = (real(pairs.n()), real(pairs.stopped), real(pairs.started));
    let linear = -(b + c) + (2.0 * n - c + b) * d;
    let constant = -b * d * (1.0 - d);
    let root = (linear * linear - 8.0 * n * constant).max(0.0).sqrt();
    // The larger root, written so that nothing cancels.
    let share = if linear > 0.0 { -2.0 * constant / (linear + root) } else { (root - linear) / (4.0 * n) };
    (c - b - n * d, n * (2.0 * share + d * (1.0 - d)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::wilson;

    #[test]
    fn nobody_changed() {
        let interval = score(&Pairs::new(0, 0, 0, 5).unwrap(), Level::P95);
        let wilson = wilson::score(0, 5, Level::P95).unwrap();
        assert!((interval.upper - wilson.upper).abs() < 1e-14 && (interval.lower + interval.upper).abs() < 1e-15);
    }

    #[test]
    fn all_changed_alike() {
        let interval = score(&Pairs::new(0, 0, 7, 0).unwrap(), Level::P95);
        assert!(interval.upper == 1.0 && interval.lower > 0.0);
    }
}
