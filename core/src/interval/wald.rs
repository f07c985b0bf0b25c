//! The estimate and so many standard errors to both sides.

use super::design::{DesignProportion, quantile};
use super::{Level, NoInterval, ShareInterval};

/// The share in cohorts like this one: R's `svyciprop(method = "mean")`.
///
/// # Formula
///
/// ```text
/// t = t quantile of 1 - alpha/2 with df degrees of freedom
/// p ± t sqrt(v)
/// ```
///
/// Infinite degrees of freedom make it the normal quantile: see [`z`]. The limits are not cut off at 0 and 1, as in
/// R. For small cohorts, and near 0 and 1, it is too short: it is here to compare with.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike, where there is no variance, or no degrees of freedom.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{DesignProportion, Level, wald};
/// // v = 0.6 * 0.4 / 34, t(34) = 2.0322
/// let interval = wald::t(&DesignProportion::of_counts(21, 35, None)?, Level::P95)?;
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "0.4293 0.7707");
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// T. Lumley, "Complex Surveys", Wiley (2010), section 2.3; R package survey, `svyciprop`.
pub fn t(sample: &DesignProportion, level: Level) -> Result<ShareInterval, NoInterval> {
    if let Some(point) = sample.point_or_reason()? {
        return Ok(point);
    }
    let half = quantile(sample.df, level)? * sample.variance.sqrt();
    Ok(ShareInterval { lower: sample.estimate - half, upper: sample.estimate + half })
}

/// As [`t`], with the normal quantile whatever the degrees of freedom: what R's `confint` gives without `df`.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike, or where there is no variance.
pub fn z(sample: &DesignProportion, level: Level) -> Result<ShareInterval, NoInterval> {
    t(&DesignProportion { df: f64::INFINITY, ..*sample }, level)
}
