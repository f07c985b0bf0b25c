//! Wald's interval on the scale of the arcsine, where the variance does not depend on the share.

use super::design::{DesignProportion, quantile};
use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::normal;
use std::f64::consts::FRAC_PI_2;

/// The share in cohorts like this one, from counts.
///
/// # Formula
///
/// ```text
/// z = normal quantile of 1 - alpha/2,  p = x/n
/// arcsin sqrt(p) ± z / (2 sqrt n),  cut off at 0 and pi/2, back to shares
/// ```
///
/// Defined for every x, but short at the ends.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, arcsine};
/// let interval = arcsine::plain(0, 1, Level::P95)?;
/// assert!(interval.lower == 0.0 && (interval.upper - 0.689_709_221_311_798_6).abs() < 1e-14);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// M. S. Bartlett, "The use of transformations", Biometrics 3 (1947).
pub fn plain(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    Ok(about(as_f64(x) / as_f64(n), n, level))
}

/// As [`plain`], with 3/8 more yes and 3/8 more no: `p = (x + 3/8) / (n + 3/4)`.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n.
///
/// # Source
///
/// F. J. Anscombe, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35 (1948).
pub fn anscombe(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    Ok(about((as_f64(x) + 0.375) / (as_f64(n) + 0.75), n, level))
}

fn about(p: f64, n: u64, level: Level) -> ShareInterval {
    let angle = libm::asin(p.sqrt());
    let half = normal::upper_quantile(level.tail()) / (2.0 * as_f64(n).sqrt());
    ShareInterval { lower: squared_sine((angle - half).max(0.0)), upper: squared_sine((angle + half).min(FRAC_PI_2)) }
}

/// The share in cohorts like this one, under a design: R's `svyciprop(method = "asin")`.
///
/// # Formula
///
/// ```text
/// t = t quantile of 1 - alpha/2
/// arcsin sqrt(p) ± t sqrt(v) / (2 sqrt(p (1-p))),  back to shares by sin^2
/// ```
///
/// As in R the angles are not cut off at 0 and π/2: an angle below 0 gives the share of its mirror image, so that for
/// rare answers the lower limit is too high. Take another method there. Where R's limit would fall on the wrong side of
/// the estimate it is 0 or 1 here.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike, where there is no variance, or no degrees of freedom.
///
/// # Source
///
/// R package survey, `svyciprop`.
pub fn design(sample: &DesignProportion, level: Level) -> Result<ShareInterval, NoInterval> {
    if let Some(point) = sample.point_or_reason()? {
        return Ok(point);
    }
    let p = sample.estimate;
    let t = quantile(sample.df, level)?;
    let angle = libm::asin(p.sqrt());
    let half = t * 0.5 * (sample.variance / (p * (1.0 - p))).sqrt();
    Ok(ShareInterval {
        lower: if half > 2.0 * angle { 0.0 } else { squared_sine(angle - half) },
        upper: if half > 2.0 * (FRAC_PI_2 - angle) { 1.0 } else { squared_sine(angle + half) },
    })
}

fn squared_sine(angle: f64) -> f64 {
    let sine = libm::sin(angle);
    sine * sine
}
