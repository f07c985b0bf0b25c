//! Score intervals of a difference of two shares: Miettinen–Nurminen and Mee.

use super::{Interval, TwoGroups, real, root::boundary, z};
use crate::interval::Level;

/// Difference of two shares, first minus second: Miettinen and Nurminen's score interval.
///
/// # Formula
///
/// ```text
/// p~1, p~2 = most likely shares with p~1 - p~2 = d
/// V(d)     = (p~1(1-p~1)/n1 + p~2(1-p~2)/n2) (n1+n2)/(n1+n2-1)
/// limits   = the d with (p1 - p2 - d)^2 / V(d) = z^2
/// ```
///
/// Defined for every table and within −1 to 1: where no d reaches z the limit is −1 or 1. Both the most likely shares
/// and the limits are found by halving to the last digit.
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, miettinen_nurminen}, interval::Level};
/// let interval = miettinen_nurminen::score(&TwoGroups::new((56, 70), (48, 80))?, Level::P95);
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "0.0528 0.3382");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// O. Miettinen, M. Nurminen, "Comparative analysis of two rates", Statistics in Medicine 4 (1985).
#[must_use]
pub fn score(groups: &TwoGroups, level: Level) -> Interval {
    let n = real(groups.n1 + groups.n2);
    limits(groups, z(level), n / (n - 1.0))
}

/// Mee's score interval: [`score`] without the factor (n1+n2)/(n1+n2−1).
///
/// # Source
///
/// R. W. Mee, "Confidence bounds for the difference between two probabilities", Biometrics 40 (1984).
#[must_use]
pub fn mee(groups: &TwoGroups, level: Level) -> Interval {
    limits(groups, z(level), 1.0)
}

fn limits(groups: &TwoGroups, z: f64, factor: f64) -> Interval {
    let seen = groups.difference();
    let score = |d: f64| {
        let p2 = most_likely_second(groups, d);
        let p1 = p2 + d;
        let variance = factor * (p1 * (1.0 - p1) / real(groups.n1) + p2 * (1.0 - p2) / real(groups.n2));
        match seen - d {
            0.0 => 0.0,
            gap if variance <= 0.0 => gap.signum() * f64::INFINITY,
            gap => gap / variance.sqrt(),
        }
    };
    Interval { lower: boundary(-1.0, seen, |d| score(d) > z), upper: boundary(1.0, seen, |d| score(d) < -z) }
}

/// The second share that makes the table most likely when the first is larger by d.
///
/// The log-likelihood is concave: its derivative falls, and is halved between the ends of what is possible.
fn most_likely_second(groups: &TwoGroups, d: f64) -> f64 {
    let [yes1, no1, yes2, no2] = groups.cells();
    let (low, high) = ((-d).max(0.0), (1.0 - d).min(1.0));
    let term = |count: f64, share: f64| if count == 0.0 { 0.0 } else { count / share.max(0.0) };
    boundary(low, high, |p2| {
        let p1 = p2 + d;
        term(yes1, p1) + term(yes2, p2) > term(no1, 1.0 - p1) + term(no2, 1.0 - p2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_likely_share_without_a_difference_is_the_pooled_one() {
        let groups = TwoGroups::new((3, 10), (7, 12)).unwrap();
        assert!((most_likely_second(&groups, 0.0) - 10.0 / 22.0).abs() < 1e-15);
        // Nobody said yes: as few as possible.
        assert_eq!(most_likely_second(&TwoGroups::new((0, 4), (0, 6)).unwrap(), -0.25), 0.25);
    }

    #[test]
    fn opposite_groups_reach_the_end() {
        let groups = TwoGroups::new((0, 1), (1, 1)).unwrap();
        let interval = score(&groups, Level::P95);
        assert_eq!(interval.lower, -1.0);
        let mirrored = score(&TwoGroups::new((1, 1), (0, 1)).unwrap(), Level::P95);
        assert!((mirrored.lower + interval.upper).abs() < 1e-15);
    }
}
