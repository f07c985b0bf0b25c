//! Clopper and Pearson's interval of the effective sample: R's `beta`.

use super::design::{DesignProportion, quantile};
use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval};
use crate::distribution::beta;

/// The share in cohorts like this one: R's `svyciprop(method = "beta")`.
///
/// # Formula
///
/// ```text
/// t(k) = t quantile of 1 - alpha/2 with k degrees of freedom
/// m = p (1-p) / v * (t(n-1) / t(design df))^2
/// lower = beta quantile of alpha/2     with m p, m (1-p) + 1
/// upper = beta quantile of 1 - alpha/2 with m p + 1, m (1-p)
/// ```
///
/// It is [`super::korn_graubard`] without its bound on m and its rule at 0 and 1. As in R, the degrees of freedom are
/// always the design's, also where others were asked for.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike, where there is no variance, or no degrees of freedom.
///
/// # Source
///
/// E. L. Korn, B. I. Graubard, "Confidence intervals for proportions with small expected number of positive counts
/// estimated from survey data", Survey Methodology 24 (1998); R package survey, `svyciprop`.
pub fn design(sample: &DesignProportion, level: Level) -> Result<ShareInterval, NoInterval> {
    if let Some(point) = sample.point_or_reason()? {
        return Ok(point);
    }
    let p = sample.estimate;
    Ok(exact(p, p * (1.0 - p) / sample.variance * df_ratio(sample, |df| quantile(df, level))?, level))
}

/// What the effective sample is multiplied by for the few degrees of freedom of the variance.
pub(super) fn df_ratio(
    sample: &DesignProportion,
    quantile: impl Fn(f64) -> Result<f64, NoInterval>,
) -> Result<f64, NoInterval> {
    let ratio = quantile(as_f64(sample.n) - 1.0)? / quantile(sample.design_df)?;
    Ok(ratio * ratio)
}

/// Clopper and Pearson's interval for a sample of `n` that need not be a whole number.
pub(super) fn exact(p: f64, n: f64, level: Level) -> ShareInterval {
    let (yes, no, tail) = (p * n, (1.0 - p) * n, level.tail());
    ShareInterval {
        lower: if p <= 0.0 { 0.0 } else { beta::quantile_of_tails(tail, 1.0 - tail, yes, no + 1.0).0 },
        upper: if p >= 1.0 { 1.0 } else { beta::quantile_of_tails(1.0 - tail, tail, yes + 1.0, no).0 },
    }
}
