//! Korn and Graubard's interval as the United States' National Center for Health Statistics computes it.

use super::design::{DesignProportion, quantile};
use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, beta, clopper_pearson};

/// The share in cohorts like this one, with weights or clusters: exact interval of the effective sample.
///
/// # Formula
///
/// ```text
/// t(k) = t quantile of 1 - alpha/2 with k degrees of freedom
/// m = p (1-p) / v      (n at p = 0 and p = 1; unbounded where v = 0)
/// m = min(n, m (t(n-1) / t(design df))^2)
/// lower = beta quantile of alpha/2     with m p, m (1-p) + 1     (0 at p = 0)
/// upper = beta quantile of 1 - alpha/2 with m p + 1, m (1-p)     (1 at p = 1)
/// ```
///
/// The effective sample is never larger than the sample. 0 % and 100 % have real intervals. A single answer (n = 1) is
/// one draw whatever the design: the interval is Clopper and Pearson's, by a rule of this project's own. With
/// everybody's answer the interval keeps its width: its target is cohorts like this one.
///
/// # Errors
///
/// [`NoInterval`] for no answers, no variance, and no degrees of freedom (one PSU with several answers).
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{DesignProportion, Level, korn_graubard};
/// // 14 pupils, nobody said yes, 11 degrees of freedom: m = 14 (2.160 / 2.201)^2 = 13.49.
/// let sample = DesignProportion::new(0.0, 0.0, 14, 11.0)?;
/// let interval = korn_graubard::nchs(&sample, Level::P95)?;
/// assert!(interval.lower == 0.0 && (interval.upper - 0.239_281_718_741_576_2).abs() < 1e-12);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// J. D. Parker et al., "National Center for Health Statistics data presentation standards for proportions", Vital and
/// Health Statistics 2(175) (2017); E. L. Korn, B. I. Graubard, Survey Methodology 24 (1998).
pub fn nchs(sample: &DesignProportion, level: Level) -> Result<ShareInterval, NoInterval> {
    with_quantiles(sample, level, |df| quantile(df, level))
}

/// The same, with t quantiles of 1 - alpha/2 from elsewhere: of many figures most have the same degrees of freedom.
pub(crate) fn with_quantiles(
    sample: &DesignProportion,
    level: Level,
    quantile: impl Fn(f64) -> Result<f64, NoInterval>,
) -> Result<ShareInterval, NoInterval> {
    let (p, n) = (sample.estimate, as_f64(sample.n));
    if sample.n == 1 && (p == 0.0 || p == 1.0) {
        return clopper_pearson::equal_tailed(u64::from(p == 1.0), 1, level);
    }
    let effective = if p == 0.0 || p == 1.0 {
        n
    } else if sample.variance.is_nan() {
        return Err(NoInterval::NoVariance);
    } else {
        p * (1.0 - p) / sample.variance
    };
    let ratio = beta::df_ratio(sample, quantile)?;
    Ok(beta::exact(p, n.min(effective * ratio), level))
}
