//! The conditional odds ratio of two groups, with exact limits.

use super::{Interval, NoResult, TwoGroups, masses::Masses, real, root::boundary};
use crate::interval::Level;

/// The most likely odds ratio given how many said yes in all, and its exact interval.
///
/// # Formula
///
/// ```text
/// P(k | psi) ~ C(n1, k) C(n2, t - k) psi^k,   t = x1 + x2
/// estimate:  E(K | psi) = x1
/// lower:     P(K >= x1 | psi) = alpha/2,   0 if x1 is as small as can be
/// upper:     P(K <= x1 | psi) = alpha/2,   infinite if x1 is as large as can be
/// ```
///
/// It is not the [sample odds ratio](super::odds_ratio::sample). If everybody gave the same answer only one table is
/// possible: the interval is 0 to infinity, and the estimate is given as 0, as R's `fisher.test` has it. The roots are
/// found by halving ln psi to the last digit; odds ratios beyond e^600 count as infinite.
///
/// # Errors
///
/// [`NoResult::TooLarge`] for more than 16 million possible tables.
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, exact_odds_ratio}, interval::Level};
/// // Of two people, the first said yes and the second did not: (1/2) psi / (psi + 1) ... lower = 1/39.
/// let (ratio, limits) = exact_odds_ratio::conditional(&TwoGroups::new((1, 1), (0, 1))?, Level::P95)?;
/// assert_eq!((ratio, limits.upper), (f64::INFINITY, f64::INFINITY));
/// assert!((limits.lower - 1.0 / 39.0).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// J. Cornfield, "A statistical problem arising from retrospective studies", Third Berkeley Symposium 4 (1956);
/// A. Agresti, *Categorical Data Analysis*, 3rd ed. 2013, section 16.6.4.
pub fn conditional(groups: &TwoGroups, level: Level) -> Result<(f64, Interval), NoResult> {
    let x = groups.x1;
    let (first, last) = Masses::conditional(groups, 1.0)?.ends();
    // The support fits in memory, so that no odds ratio makes it fail.
    let at = |log: f64, figure: &dyn Fn(&Masses) -> f64| {
        Masses::conditional(groups, libm::exp(log)).map_or(f64::INFINITY, |masses| figure(&masses))
    };
    let estimate = match x {
        _ if x == first => 0.0,
        _ if x == last => f64::INFINITY,
        _ => libm::exp(boundary(-FAR, FAR, |log| at(log, &Masses::mean) < real(x))),
    };
    let lower = match x {
        _ if x == first => 0.0,
        _ => libm::exp(boundary(-FAR, FAR, |log| at(log, &|masses| masses.upper_tail(x)) < level.tail())),
    };
    let upper = match x {
        _ if x == last => f64::INFINITY,
        _ => libm::exp(boundary(FAR, -FAR, |log| at(log, &|masses| masses.lower_tail(x)) < level.tail())),
    };
    Ok((estimate, Interval { lower, upper }))
}

/// Logarithms of odds ratios are looked for within this distance from 0.
const FAR: f64 = 600.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_possible_table_says_nothing() {
        for (first, second) in [((0, 4), (0, 6)), ((4, 4), (6, 6))] {
            let (ratio, limits) = conditional(&TwoGroups::new(first, second).unwrap(), Level::P95).unwrap();
            assert_eq!((ratio, limits.lower, limits.upper), (0.0, 0.0, f64::INFINITY));
        }
    }

    #[test]
    fn worked_by_hand() {
        // 1 of 2 against 1 of 2: masses 1, 4 psi, psi^2; the mean is 1 at psi = 1, and P(K >= 1) = 0.025 where
        // (4 psi + psi^2) 0.975 = 0.025, psi = -2 + sqrt(4 + 1/39).
        let (ratio, limits) = conditional(&TwoGroups::new((1, 2), (1, 2)).unwrap(), Level::P95).unwrap();
        let lower = (1.0 / 39.0) / (2.0 + (4.0 + 1.0 / 39.0_f64).sqrt());
        assert!((ratio - 1.0).abs() < 1e-14 && (limits.lower / lower - 1.0).abs() < 1e-13);
        assert!((limits.upper * lower - 1.0).abs() < 1e-13);
    }
}
