//! Ratio of the odds of two groups.

use super::{Interval, NoResult, TwoGroups, z};
use crate::interval::Level;

/// The sample odds ratio: odds of yes in the first group by those in the second.
///
/// # Formula
///
/// ```text
/// OR = x1 (n2 - x2) / ((n1 - x1) x2)
/// ```
///
/// Infinite if only the denominator is 0.
///
/// # Errors
///
/// [`NoResult::AllAlike`] if both are 0: everybody in both groups gave the same answer.
///
/// ```
/// use bygdepuls_core::compare::{TwoGroups, odds_ratio};
/// assert_eq!(odds_ratio::sample(&TwoGroups::new((15, 30), (9, 27))?)?, 2.0);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// A. Agresti, *Categorical Data Analysis*, 3rd ed. 2013, section 2.2.3.
pub fn sample(groups: &TwoGroups) -> Result<f64, NoResult> {
    let [yes1, no1, yes2, no2] = groups.cells();
    match (yes1 * no2, no1 * yes2) {
        (0.0, 0.0) => Err(NoResult::AllAlike),
        (above, below) => Ok(above / below),
    }
}

/// Woolf's interval: log odds ratio ± z times the root of the summed reciprocal cells.
///
/// # Errors
///
/// [`NoResult::ZeroCell`] if a cell is 0: use [`haldane`] or the exact limits.
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, odds_ratio}, interval::Level};
/// let interval = odds_ratio::woolf(&TwoGroups::new((15, 30), (9, 27))?, Level::P95)?;
/// assert_eq!(format!("{:.2} {:.2}", interval.lower, interval.upper), "0.68 5.85");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// B. Woolf, "On estimating the relation between blood group and disease", Annals of Human Genetics 19 (1955).
pub fn woolf(groups: &TwoGroups, level: Level) -> Result<Interval, NoResult> {
    let cells = groups.cells();
    if cells.contains(&0.0) {
        return Err(NoResult::ZeroCell);
    }
    Ok(log_interval(cells, level).1)
}

/// Odds ratio and interval after half a person more in each cell: defined for every table.
///
/// ```
/// use bygdepuls_core::{compare::{TwoGroups, odds_ratio}, interval::Level};
/// let (ratio, _) = odds_ratio::haldane(&TwoGroups::new((10, 10), (0, 20))?, Level::P95);
/// assert_eq!(ratio, 861.0);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// J. B. S. Haldane, "The estimation and significance of the logarithm of a ratio of frequencies", Annals of Human
/// Genetics 20 (1956).
#[must_use]
pub fn haldane(groups: &TwoGroups, level: Level) -> (f64, Interval) {
    log_interval(groups.cells().map(|count| count + 0.5), level)
}

fn log_interval([yes1, no1, yes2, no2]: [f64; 4], level: Level) -> (f64, Interval) {
    let ratio = yes1 * no2 / (no1 * yes2);
    let half = z(level) * (1.0 / yes1 + 1.0 / no1 + 1.0 / yes2 + 1.0 / no2).sqrt();
    let log = libm::log(ratio);
    (ratio, Interval { lower: libm::exp(log - half), upper: libm::exp(log + half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_cells() {
        let groups = |first, second| TwoGroups::new(first, second).unwrap();
        assert_eq!(sample(&groups((0, 4), (0, 6))), Err(NoResult::AllAlike));
        assert_eq!(sample(&groups((4, 4), (0, 6))), Ok(f64::INFINITY));
        assert_eq!(sample(&groups((0, 4), (1, 6))), Ok(0.0));
        assert_eq!(woolf(&groups((0, 4), (1, 6)), Level::P95), Err(NoResult::ZeroCell));
    }
}
