//! Wilson's score interval.

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
    let (count, total) = (as_f64(x), as_f64(n));
    let p = count / total;
    let z2 = z * z;
    let scale = 1.0 + z2 / total;
    let centre = (p + z2 / (2.0 * total)) / scale;
    let half = z * (p * (1.0 - p) / total + z2 / (4.0 * total * total)).sqrt() / scale;
    Ok(ShareInterval {
        lower: if x == 0 { 0.0 } else { centre - half },
        upper: if x == n { 1.0 } else { centre + half },
    })
}

/// Counts of people are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts of people")]
pub(crate) fn as_f64(count: u64) -> f64 {
    count as f64
}
