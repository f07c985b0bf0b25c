//! Tests that two shares are equal, for large groups.

use super::{NoResult, TestResult};
use crate::compare::{TwoGroups, real};

/// Pooled z test, two-sided. z² is Pearson's chi-squared of the 2 × 2 table.
///
/// # Formula
///
/// ```text
/// p = (x1 + x2) / (n1 + n2)
/// z = (p1 - p2) / sqrt(p (1-p) (1/n1 + 1/n2))
/// ```
///
/// # Errors
///
/// [`NoResult::AllAlike`] if everybody in both groups gave the same answer.
///
/// ```
/// use bygdepuls_core::{compare::TwoGroups, hypothesis::pooled_z};
/// let test = pooled_z::test(&TwoGroups::new((3, 10), (7, 12))?)?;
/// assert_eq!(format!("{:.3} {:.3}", test.statistic, test.p_value), "-1.329 0.184");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// A. Agresti, *Categorical Data Analysis*, 3rd ed. 2013, section 3.2.
pub fn test(groups: &TwoGroups) -> Result<TestResult, NoResult> {
    let variance = pooled_variance(groups)?;
    let (n1, n2) = (real(groups.n1), real(groups.n2));
    Ok(TestResult::normal(groups.difference() / (variance * (1.0 / n1 + 1.0 / n2)).sqrt()))
}

/// Pearson's chi-squared of the 2 × 2 table with Yates's correction; one degree of freedom.
///
/// # Formula
///
/// ```text
/// X2 = sum((max(0, |O - E| - 1/2))^2 / E)
/// ```
///
/// # Errors
///
/// [`NoResult::AllAlike`] if everybody in both groups gave the same answer.
///
/// ```
/// use bygdepuls_core::{compare::TwoGroups, hypothesis::pooled_z};
/// let test = pooled_z::yates(&TwoGroups::new((3, 10), (7, 12))?)?;
/// assert_eq!(format!("{:.3} {:.3}", test.statistic, test.p_value), "0.808 0.369");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// F. Yates, "Contingency tables involving small numbers and the chi-squared test", Supplement to the Journal of the Royal
/// Statistical Society 1 (1934).
pub fn yates(groups: &TwoGroups) -> Result<TestResult, NoResult> {
    let variance = pooled_variance(groups)?;
    let reciprocal = 1.0 / real(groups.n1) + 1.0 / real(groups.n2);
    // |O - E| is the same in all four cells, and their sum of 1/E is reciprocal / variance.
    let gap = (groups.difference().abs() / reciprocal - 0.5).max(0.0);
    Ok(TestResult::chi_squared(gap * gap * reciprocal / variance, 1.0))
}

/// p (1 − p) of both groups together.
fn pooled_variance(groups: &TwoGroups) -> Result<f64, NoResult> {
    let pooled = real(groups.x1 + groups.x2) / real(groups.n1 + groups.n2);
    if pooled == 0.0 || pooled == 1.0 {
        return Err(NoResult::AllAlike);
    }
    Ok(pooled * (1.0 - pooled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_0_and_n() {
        let groups = |first, second| TwoGroups::new(first, second).unwrap();
        assert_eq!(test(&groups((0, 4), (0, 6))), Err(NoResult::AllAlike));
        assert_eq!(yates(&groups((4, 4), (6, 6))), Err(NoResult::AllAlike));
        // 1 of 1 against 0 of 1: z = sqrt 2, and the correction takes all of |O - E| = 1/2.
        assert!((test(&groups((1, 1), (0, 1))).unwrap().statistic - 2.0_f64.sqrt()).abs() < 1e-15);
        assert_eq!(yates(&groups((1, 1), (0, 1))).unwrap().p_value, 1.0);
    }

    #[test]
    fn digits_far_out() {
        // All of 500 against none of 500: z^2 = 1000, and 2 Q(z) = 2 phi(z)/z (1 - 1/z^2 + 3/z^4 - 15/z^6 ...).
        let test = test(&TwoGroups::new((500, 500), (0, 500)).unwrap()).unwrap();
        let first = 2.0 * libm::exp(-500.0) / (2000.0 * std::f64::consts::PI).sqrt();
        let series = 1.0 - 1e-3 + 3e-6 - 15e-9 + 105e-12;
        assert!((test.p_value / (first * series) - 1.0).abs() < 1e-11);
    }
}
