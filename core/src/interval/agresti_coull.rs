//! Agresti and Coull's interval: Wald's about Wilson's centre.

use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::normal;

/// The share in cohorts like this one: z²/2 more said yes, z²/2 more said no, then Wald's interval.
///
/// # Formula
///
/// ```text
/// z = normal quantile of 1 - alpha/2,  N = n + z^2,  P = (x + z^2/2) / N
/// P ± z sqrt(P (1 - P) / N)
/// ```
///
/// The limits are not cut off at 0 and 1: near the ends they lie outside, as published. Defined for every x.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, agresti_coull};
/// let interval = agresti_coull::interval(0, 1, Level::P95)?;
/// assert!((interval.lower + 0.039_049_829).abs() < 1e-9 && (interval.upper - 0.832_500_515).abs() < 1e-9);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// A. Agresti, B. A. Coull, "Approximate is better than 'exact' for interval estimation of binomial proportions", The
/// American Statistician 52 (1998).
pub fn interval(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    let z = normal::upper_quantile(level.tail());
    let z2 = z * z;
    let total = as_f64(n) + z2;
    let centre = (as_f64(x) + 0.5 * z2) / total;
    let half = z * (centre * (1.0 - centre) / total).sqrt();
    Ok(ShareInterval { lower: centre - half, upper: centre + half })
}
