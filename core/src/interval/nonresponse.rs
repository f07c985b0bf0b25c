//! What nonresponse alone allows.

use super::{CountInterval, NoInterval, check_answers};

/// The bounds of how many of N would say yes if nothing at all is assumed about those who did not answer.
///
/// # Formula
///
/// ```text
/// [x, x + N - n]
/// ```
///
/// Persons in, persons out. No probability is attached: the truth lies within, whatever the reasons for silence.
///
/// # Errors
///
/// [`NoInterval`] for n = 0, x > n or n > N.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::nonresponse;
/// let bounds = nonresponse::bounds(12, 9, 5)?;
/// assert_eq!((bounds.lower, bounds.upper), (5, 8));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// C. F. Manski, "Nonparametric bounds on treatment effects", American Economic Review 80 (1990), applied to a finite
/// population.
pub fn bounds(population: u64, n: u64, x: u64) -> Result<CountInterval, NoInterval> {
    check_answers(x, n)?;
    if n > population {
        return Err(NoInterval::MoreAnswersThanPopulation);
    }
    Ok(CountInterval { lower: x, upper: population - (n - x) })
}
