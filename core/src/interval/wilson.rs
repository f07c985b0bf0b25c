//! Wilson's score interval.

use super::design::{DesignProportion, quantile};
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::normal;

/// The share in cohorts like this one: Wilson's score interval without continuity correction.
///
/// # Formula
///
/// ```text
/// z = normal quantile of 1 - alpha/2,  p = x/n
/// centre = (p + z^2/2n) / (1 + z^2/n)
/// half   = z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n)
/// ```
///
/// No finite-population correction: the target is the process, not this cohort. The lower limit is 0 at x = 0, the
/// upper limit 1 at x = n. Coverage is near the level on average, not at every p.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, wilson};
/// let interval = wilson::score(21, 35, Level::P95)?; // 60 %
/// assert_eq!(format!("{:.0}-{:.0}", 100.0 * interval.lower, 100.0 * interval.upper), "44-74");
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
pub fn score(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    let z = normal::upper_quantile(level.tail());
    let interval = about(as_f64(x) / as_f64(n), as_f64(n), z);
    Ok(ShareInterval {
        lower: if x == 0 { 0.0 } else { interval.lower },
        upper: if x == n { 1.0 } else { interval.upper },
    })
}

/// As [`score`], with a correction for continuity: nearly as long as the exact interval.
///
/// # Formula
///
/// ```text
/// lower = (2x + z^2 - 1 - z sqrt(z^2 - 2 - 1/n + 4p (n(1-p) + 1))) / (2 (n + z^2))     (0 at x = 0)
/// upper = (2x + z^2 + 1 + z sqrt(z^2 + 2 - 1/n + 4p (n(1-p) - 1))) / (2 (n + z^2))     (1 at x = n)
/// ```
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n.
///
/// # Source
///
/// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998),
/// method 4.
pub fn continuity_corrected(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    let z = normal::upper_quantile(level.tail());
    let lower = |yes: u64, no: u64| {
        let (yes, no, total) = (as_f64(yes), as_f64(no), as_f64(n));
        let root = (z * z - 2.0 - 1.0 / total + 4.0 * yes / total * (no + 1.0)).sqrt();
        if yes == 0.0 { 0.0 } else { ((2.0 * yes + z * z - 1.0 - z * root) / (2.0 * (total + z * z))).max(0.0) }
    };
    Ok(ShareInterval { lower: lower(x, n - x), upper: 1.0 - lower(n - x, x) })
}

/// The share in cohorts like this one, under a design: Wilson's interval of the effective sample, with the t quantile.
///
/// # Formula
///
/// ```text
/// t = t quantile of 1 - alpha/2,  m = p (1-p) / v
/// Wilson's formula with m for n and t for z
/// ```
///
/// It is `svyciprop(method = "wilson")` of R's survey 4.5. See [`design_z`] for the other convention.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike (the effective sample is then 0/0), where there is no variance, or no
/// degrees of freedom.
///
/// # Source
///
/// N. Dean, M. Pagano, "Evaluating confidence interval methods for binomial proportions in clustered surveys", Journal
/// of Survey Statistics and Methodology 3 (2015); R package survey 4.5, `svyciprop`.
pub fn design_t(sample: &DesignProportion, level: Level) -> Result<ShareInterval, NoInterval> {
    if let Some(point) = sample.point_or_reason()? {
        return Ok(point);
    }
    let p = sample.estimate;
    Ok(about(p, p * (1.0 - p) / sample.variance, quantile(sample.df, level)?))
}

/// As [`design_t`], with the normal quantile: the convention of textbooks.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike, or where there is no variance.
pub fn design_z(sample: &DesignProportion, level: Level) -> Result<ShareInterval, NoInterval> {
    design_t(&DesignProportion { df: f64::INFINITY, ..*sample }, level)
}

/// Wilson's formula.
fn about(p: f64, n: f64, z: f64) -> ShareInterval {
    let z2 = z * z;
    let scale = 1.0 + z2 / n;
    let centre = (p + z2 / (2.0 * n)) / scale;
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / scale;
    ShareInterval { lower: centre - half, upper: centre + half }
}

/// Counts of people are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts of people")]
pub(crate) fn as_f64(count: u64) -> f64 {
    count as f64
}
