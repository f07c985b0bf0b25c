//! How far two groups lie from each other before anything was tried.

use super::{NoResult, TwoGroups, real};

/// The standardised difference of two means.
///
/// # Formula
///
/// ```text
/// d = (mean1 - mean2) / sqrt((s1^2 + s2^2) / 2)
/// ```
///
/// Groups that are alike by chance alone lie within about 2 [`by_chance`] of 0; so small groups need not be alike to have
/// been put together fairly.
///
/// # Errors
///
/// [`NoResult::TooFew`] for fewer than two in a group, [`NoResult::NoVariance`], [`NoResult::NotFinite`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::compare::standardised_difference::of_means;
/// assert_eq!(of_means(&[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0])?, -1.0);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// P. C. Austin, "Balance diagnostics for comparing the distribution of baseline covariates", Statistics in Medicine 28
/// (2009), section 3.1.
pub fn of_means(first: &[f64], second: &[f64]) -> Result<f64, NoResult> {
    let (m1, v1) = moments(first)?;
    let (m2, v2) = moments(second)?;
    over(m1 - m2, v1 + v2)
}

/// The same of two shares: `v = p (1 - p)` in place of s².
///
/// # Errors
///
/// [`NoResult::NoVariance`] if nobody or everybody said yes in both groups.
///
/// # Example
///
/// ```
/// use bygdepuls_core::compare::{TwoGroups, standardised_difference::of_shares};
/// assert_eq!(of_shares(&TwoGroups::new((8, 10), (5, 10))?)?, 0.30000000000000004 / 0.205_f64.sqrt());
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn of_shares(groups: &TwoGroups) -> Result<f64, NoResult> {
    let (p1, p2) = groups.shares();
    over(groups.difference(), p1 * (1.0 - p1) + p2 * (1.0 - p2))
}

/// The standard error of d where the groups are alike: `sqrt(1/n1 + 1/n2)`.
///
/// # Errors
///
/// [`NoResult::NoAnswers`] for an empty group.
///
/// # Source
///
/// L. V. Hedges, I. Olkin, *Statistical Methods for Meta-Analysis* (1985), section 5.E.
pub fn by_chance(n1: u64, n2: u64) -> Result<f64, NoResult> {
    if n1 == 0 || n2 == 0 {
        return Err(NoResult::NoAnswers);
    }
    Ok((1.0 / real(n1) + 1.0 / real(n2)).sqrt())
}

fn over(difference: f64, variances: f64) -> Result<f64, NoResult> {
    if variances > 0.0 { Ok(difference / (variances / 2.0).sqrt()) } else { Err(NoResult::NoVariance) }
}

fn moments(values: &[f64]) -> Result<(f64, f64), NoResult> {
    let n = values.len() as u64;
    if n < 2 {
        return Err(NoResult::TooFew { needed: 2 });
    }
    let mean = values.iter().sum::<f64>() / real(n);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    if squares.is_finite() { Ok((mean, squares / real(n - 1))) } else { Err(NoResult::NotFinite) }
}
