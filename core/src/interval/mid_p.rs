//! The mid-p interval of a binomial share.

use super::wilson::as_f64;
use super::{Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::{binomial, root};

/// The share in cohorts like this one: Clopper and Pearson's interval with half of the observed outcome counted.
///
/// # Formula
///
/// ```text
/// X | p ~ binomial(n, p)
/// lower: P(X > x | p) + P(X = x | p)/2 = alpha/2     (0 at x = 0)
/// upper: P(X < x | p) + P(X = x | p)/2 = alpha/2     (1 at x = n)
/// ```
///
/// Shorter than the exact interval; coverage is near the level on average, at some p below it.
///
/// # Errors
///
/// [`NoInterval`] for n = 0 or x > n, and for n above [`super::LARGEST_SAMPLE`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, mid_p};
/// // (1 - p) / 2 = 0.025
/// let interval = mid_p::interval(0, 1, Level::P95)?;
/// assert!(interval.lower == 0.0 && (interval.upper - 0.95).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// H. O. Lancaster, "Significance tests in discrete distributions", JASA 56 (1961); G. Berry, P. Armitage, "Mid-P
/// confidence intervals: a brief review", The Statistician 44 (1995).
pub fn interval(x: u64, n: u64, level: Level) -> Result<ShareInterval, NoInterval> {
    check_answers(x, n)?;
    let (yes, no, tail) = (as_f64(x), as_f64(n - x), level.tail());
    Ok(ShareInterval { lower: lower_limit(yes, no, tail), upper: 1.0 - lower_limit(no, yes, tail) })
}

fn lower_limit(yes: f64, no: f64, tail: f64) -> f64 {
    let n = yes + no;
    if yes == 0.0 {
        return 0.0;
    }
    if no == 0.0 {
        return libm::exp(libm::log(2.0 * tail) / n);
    }
    root::of_increasing(0.0, 1.0, yes / n, |p| {
        let q = 1.0 - p;
        let half = 0.5 * binomial::mass(yes, n, p, q);
        let above = binomial::tails(yes, n, p, q).1 + half;
        (libm::log(above / tail), half * (yes + no * p / q) / above)
    })
}
