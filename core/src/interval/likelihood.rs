//! The likelihood-ratio interval, of counts and under a design.

use super::design::{DesignProportion, quantile};
use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::{gamma, normal, root};

/// The share in cohorts like this one: all shares that are not much less likely than x/n.
///
/// # Formula
///
/// ```text
/// z = normal quantile of 1 - alpha/2,  p = x/n
/// { t : 2 n [ p ln(p/t) + (1-p) ln((1-p)/(1-t)) ] <= z^2 }
/// ```
///
/// Defined for every x: 0 is the lower limit at x = 0 only, 1 the upper at x = n only.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, likelihood};
/// // 1 - exp(-z^2/2)
/// let interval = likelihood::ratio(0, 1, Level::P95)?;
/// assert!(interval.lower == 0.0 && (interval.upper - 0.853_499_935_513_915_7).abs() < 1e-14);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// S. S. Wilks, "The large-sample distribution of the likelihood ratio", Annals of Mathematical Statistics 9 (1938).
pub fn ratio(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    let z = normal::upper_quantile(level.tail());
    let (yes, no, total) = (as_f64(x), as_f64(n - x), as_f64(n));
    Ok(within(yes / total, no / total, 0.5 * z * z / total))
}

/// By what the variance of independent answers is multiplied to give the design's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispersion {
    /// `n v / (p (1-p))`: the design effect, as Rao and Scott have it.
    RaoScott,
    /// `n/(n-1)` times as much: the dispersion of the quasi-binomial model in R's `svyciprop(method = "likelihood")`.
    QuasiBinomial,
}

/// The share in cohorts like this one, under a design: a likelihood-ratio test corrected by the design effect.
///
/// # Formula
///
/// ```text
/// t  = t quantile of 1 - alpha/2,  D = the dispersion
/// { s : 2 n [ p ln(p/s) + (1-p) ln((1-p)/(1-s)) ] / D <= t^2 }
/// ```
///
/// With [`Dispersion::QuasiBinomial`] it is the interval that R's `svyciprop(method = "likelihood")` reads off an
/// interpolated profile: R's is the same to about five digits. Where replicates give the variance on the scale of the
/// logit, R takes that one, `v = (p (1-p))^2` times it, with no n/(n-1); so does this.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike, where there is no variance, or no degrees of freedom.
///
/// # Source
///
/// J. N. K. Rao, A. J. Scott, "On chi-squared tests for multiway contingency tables with cell proportions estimated
/// from survey data", Annals of Statistics 12 (1984); T. Lumley, A. J. Scott, "Partial likelihood ratio tests for the
/// Cox model under complex sampling", Statistics in Medicine 32 (2013).
pub fn design(sample: &DesignProportion, dispersion: Dispersion, level: Level) -> Result<ShareInterval, NoInterval> {
    if let Some(point) = sample.point_or_reason()? {
        return Ok(point);
    }
    let p = sample.estimate;
    let q = 1.0 - p;
    let t = quantile(sample.df, level)?;
    let n = as_f64(sample.n);
    // The dispersion over n.
    let spread = match (dispersion, sample.logit_variance) {
        (Dispersion::RaoScott, _) => sample.variance / (p * q),
        (Dispersion::QuasiBinomial, Some(variance)) => variance * p * q,
        (Dispersion::QuasiBinomial, None) if sample.n < 2 => return Err(NoInterval::NoDegreesOfFreedom),
        (Dispersion::QuasiBinomial, None) => sample.variance / (p * q) * (n / (n - 1.0)),
    };
    Ok(within(p, q, 0.5 * t * t * spread))
}

/// The t with `p ln(p/t) + q ln(q/(1-t)) <= most`.
fn within(p: f64, q: f64, most: f64) -> ShareInterval {
    ShareInterval { lower: lower_limit(p, q, most), upper: 1.0 - lower_limit(q, p, most) }
}

fn lower_limit(p: f64, q: f64, most: f64) -> f64 {
    if p == 0.0 {
        return 0.0;
    }
    if q == 0.0 {
        return libm::exp(-most);
    }
    root::of_increasing(0.0, p, 0.5 * p, |t| {
        let distance = gamma::deviance(p, t, t - p) + gamma::deviance(q, 1.0 - t, p - t);
        (most - distance, p - t * q / (1.0 - t))
    })
}
