//! McNemar's test that a share did not change among the same people.

use super::{NoResult, TestResult};
use crate::compare::{Pairs, masses::Masses, real};

/// McNemar's chi-squared, one degree of freedom.
///
/// # Formula
///
/// ```text
/// X2 = (b - c)^2 / (b + c)
/// ```
///
/// with b stopped and c started.
///
/// # Errors
///
/// [`NoResult::NobodyChanged`] for b + c = 0.
///
/// ```
/// use bygdepuls_core::{compare::Pairs, hypothesis::mcnemar};
/// assert_eq!(mcnemar::chi_squared(&Pairs::new(36, 12, 20, 12)?)?.statistic, 2.0);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
/// Psychometrika 12 (1947).
pub fn chi_squared(pairs: &Pairs) -> Result<TestResult, NoResult> {
    with_correction(pairs, 0.0)
}

/// [`chi_squared`] with continuity correction: `(|b - c| - 1)^2 / (b + c)`, also where b = c.
///
/// # Errors
///
/// As [`chi_squared`].
///
/// # Source
///
/// A. L. Edwards, "Note on the correction for continuity in testing the significance of the difference between correlated
/// proportions", Psychometrika 13 (1948).
pub fn chi_squared_corrected(pairs: &Pairs) -> Result<TestResult, NoResult> {
    with_correction(pairs, 1.0)
}

fn with_correction(pairs: &Pairs, correction: f64) -> Result<TestResult, NoResult> {
    let changed = real(pairs.stopped + pairs.started);
    if changed == 0.0 {
        return Err(NoResult::NobodyChanged);
    }
    let gap = (real(pairs.stopped) - real(pairs.started)).abs() - correction;
    Ok(TestResult::chi_squared(gap * gap / changed, 1.0))
}

/// Exact two-sided p value: b of b + c as throws of a fair coin. 1 if nobody changed.
///
/// # Errors
///
/// [`NoResult::TooLarge`] for b + c above 16 million.
///
/// ```
/// use bygdepuls_core::{compare::Pairs, hypothesis::mcnemar};
/// assert_eq!(mcnemar::exact(&Pairs::new(9, 3, 0, 9)?)?, 0.25); // 2 / 2^3
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// M. W. Fagerland, S. Lydersen, P. Laake, "The McNemar test for binary matched-pairs data: mid-p and asymptotic are
/// better than exact conditional", BMC Medical Research Methodology 13:91 (2013).
pub fn exact(pairs: &Pairs) -> Result<f64, NoResult> {
    Ok(Masses::binomial(pairs.stopped + pairs.started, 0.5)?.not_likelier(pairs.stopped))
}

/// Mid-p value: as [`exact`], with half of the counts that are as probable as b. 1 if nobody changed.
///
/// # Errors
///
/// As [`exact`].
///
/// ```
/// use bygdepuls_core::{compare::Pairs, hypothesis::mcnemar};
/// assert_eq!(mcnemar::mid_p(&Pairs::new(9, 3, 0, 9)?)?, 0.125);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// As [`exact`].
pub fn mid_p(pairs: &Pairs) -> Result<f64, NoResult> {
    let masses = Masses::binomial(pairs.stopped + pairs.started, 0.5)?;
    Ok(if masses.is_certain() { 1.0 } else { masses.mid_p(pairs.stopped) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_changed_and_as_many_each_way() {
        let none = Pairs::new(0, 0, 0, 5).unwrap();
        assert_eq!(chi_squared(&none), Err(NoResult::NobodyChanged));
        assert_eq!((exact(&none), mid_p(&none)), (Ok(1.0), Ok(1.0)));
        // 1 and 1: of 1 2 1 by 4, all are at most as probable; half of the middle is taken off.
        let even = Pairs::new(5, 1, 1, 5).unwrap();
        assert_eq!((exact(&even), mid_p(&even)), (Ok(1.0), Ok(0.75)));
        assert_eq!(chi_squared(&even).unwrap().p_value, 1.0);
    }

    #[test]
    fn digits_far_out() {
        // 1000 of 1000: 2 / 2^1000.
        let p = exact(&Pairs::new(0, 0, 1000, 0).unwrap()).unwrap();
        assert!((p / libm::exp2(-999.0) - 1.0).abs() < 1e-12);
    }
}
