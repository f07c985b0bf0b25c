//! Wald's interval on the scale of the logit, of counts and under a design.

use super::design::{DesignProportion, quantile};
use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::normal;

/// The share in cohorts like this one, from counts.
///
/// # Formula
///
/// ```text
/// z = normal quantile of 1 - alpha/2,  p = x/n
/// logit p ± z / sqrt(n p (1-p)),  back to shares
/// ```
///
/// # Errors
///
/// [`NoInterval::AllAlike`] for x = 0 and x = n, where the logit is infinite; and for n = 0 or x > n.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, NoInterval, logit};
/// let interval = logit::wald(1, 2, Level::P95)?;
/// assert!((interval.lower + interval.upper - 1.0).abs() < 1e-15);
/// assert_eq!(logit::wald(0, 2, Level::P95), Err(NoInterval::AllAlike));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001),
/// section 4.1.
pub fn wald(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    if x == 0 || x == n {
        return Err(NoInterval::AllAlike);
    }
    let (yes, no) = (as_f64(x), as_f64(n - x));
    let z = normal::upper_quantile(level.tail());
    Ok(about(yes / no, z * ((yes + no) / yes / no).sqrt()))
}

/// The share in cohorts like this one, under a design: what R's `svyciprop` calls `xlogit`; and `logit`, to the seven to
/// nine digits at which R's fit of a model stops.
///
/// # Formula
///
/// ```text
/// t = t quantile of 1 - alpha/2
/// logit p ± t sqrt(v) / (p (1-p)),  back to shares
/// ```
///
/// With `replicated`, the variance that replicates give on the scale of the logit is taken where there is one: R's
/// `logit` for replicate designs.
///
/// # Errors
///
/// [`NoInterval`] where all answered alike, where there is no variance, or no degrees of freedom.
///
/// # Source
///
/// T. Lumley, "Complex Surveys", Wiley (2010), section 2.3; R package survey, `svyciprop`.
pub fn design(sample: &DesignProportion, replicated: bool, level: Level) -> Result<ShareInterval, NoInterval> {
    if let Some(point) = sample.point_or_reason()? {
        return Ok(point);
    }
    let (p, q) = (sample.estimate, 1.0 - sample.estimate);
    let t = quantile(sample.df, level)?;
    let se = match sample.logit_variance {
        Some(variance) if replicated => variance.sqrt(),
        _ => sample.variance.sqrt() / (p * q),
    };
    Ok(about(p / q, t * se))
}

/// The shares with odds of `odds` times and divided by e^half.
fn about(odds: f64, half: f64) -> ShareInterval {
    let share = |odds: f64| if odds.is_infinite() { 1.0 } else { odds / (1.0 + odds) };
    ShareInterval { lower: share(odds * libm::exp(-half)), upper: share(odds * libm::exp(half)) }
}
