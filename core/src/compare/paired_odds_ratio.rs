//! The conditional odds ratio of a change among the same people.

use super::{Interval, NoResult, Pairs, real};
use crate::distribution::beta;
use crate::interval::Level;

/// Odds of starting against stopping, with exact limits.
///
/// # Formula
///
/// ```text
/// OR = c / b,   limits l/(1-l) and u/(1-u) of Clopper and Pearson's l, u for c of b + c
/// ```
///
/// with b stopped and c started. Infinite if nobody stopped; the lower limit is 0 if nobody started.
///
/// # Errors
///
/// [`NoResult::NobodyChanged`] for b + c = 0.
///
/// ```
/// use bygdepuls_core::{compare::{Pairs, paired_odds_ratio}, interval::Level};
/// let (ratio, limits) = paired_odds_ratio::conditional(&Pairs::new(53, 16, 8, 23)?, Level::P95)?;
/// assert_eq!(format!("{ratio} {:.3} {:.3}", limits.lower, limits.upper), "0.5 0.185 1.238");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// N. E. Breslow, N. E. Day, *Statistical Methods in Cancer Research* 1, IARC 1980, section 5.2.
pub fn conditional(pairs: &Pairs, level: Level) -> Result<(f64, Interval), NoResult> {
    let (stopped, started) = (real(pairs.stopped), real(pairs.started));
    if stopped + started == 0.0 {
        return Err(NoResult::NobodyChanged);
    }
    let odds = |(part, rest): (f64, f64)| part / rest;
    let lower = if started == 0.0 {
        0.0
    } else {
        odds(beta::quantile_of_tails(level.tail(), 1.0 - level.tail(), started, stopped + 1.0))
    };
    // The upper limit is one over the lower limit of stopping against starting.
    let upper = if stopped == 0.0 {
        f64::INFINITY
    } else {
        1.0 / odds(beta::quantile_of_tails(level.tail(), 1.0 - level.tail(), stopped, started + 1.0))
    };
    Ok((started / stopped, Interval { lower, upper }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        let of = |b, c| conditional(&Pairs::new(3, b, c, 3).unwrap(), Level::P95);
        assert_eq!(of(0, 0), Err(NoResult::NobodyChanged));
        let (ratio, limits) = of(1, 0).unwrap();
        // Clopper–Pearson for 0 of 1 is 0 to 0.975, and 0.975 / 0.025 = 39.
        assert!(ratio == 0.0 && limits.lower == 0.0 && (limits.upper - 39.0).abs() < 1e-12);
        let (ratio, limits) = of(0, 1).unwrap();
        assert!(ratio.is_infinite() && limits.upper.is_infinite() && (limits.lower * 39.0 - 1.0).abs() < 1e-12);
    }
}
