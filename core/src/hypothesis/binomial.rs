//! Exact binomial test of one share against a benchmark.

use super::NoResult;
use crate::compare::masses::Masses;

/// The probability of a count at most as probable as x: R's `binom.test`, two-sided.
///
/// # Formula
///
/// ```text
/// P(k) = C(n, k) p0^k (1 - p0)^(n-k)
/// p    = sum of P(k) over k with P(k) <= P(x)
/// ```
///
/// Probabilities within 1e-7 of each other count as equal. With p0 = 0 or 1 p is 1 if x is what must be, 0 if not.
///
/// # Errors
///
/// [`NoResult::NoAnswers`], [`NoResult::MoreYesThanAnswers`], [`NoResult::NotAProbability`], [`NoResult::TooLarge`] for n
/// above 16 million.
///
/// ```
/// use bygdepuls_core::hypothesis::binomial;
/// // Of three, all: P = 0.216; of the others only 0 of 3, 0.064, is at most as probable.
/// assert!((binomial::two_sided(3, 3, 0.6)? - 0.28).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed. 1999, section 3.1.
pub fn two_sided(x: u64, n: u64, p0: f64) -> Result<f64, NoResult> {
    Ok(masses(x, n, p0)?.not_likelier(x))
}

/// Twice the smaller one-sided p value, at most 1: the test that Clopper and Pearson's interval inverts.
///
/// # Errors
///
/// As [`two_sided`].
///
/// ```
/// use bygdepuls_core::hypothesis::binomial;
/// assert!((binomial::doubled(3, 3, 0.6)? - 2.0 * 0.216).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn doubled(x: u64, n: u64, p0: f64) -> Result<f64, NoResult> {
    let masses = masses(x, n, p0)?;
    Ok((2.0 * masses.lower_tail(x).min(masses.upper_tail(x))).min(1.0))
}

fn masses(x: u64, n: u64, p0: f64) -> Result<Masses, NoResult> {
    if n == 0 {
        return Err(NoResult::NoAnswers);
    }
    if x > n {
        return Err(NoResult::MoreYesThanAnswers);
    }
    Masses::binomial(n, p0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        assert_eq!(two_sided(0, 0, 0.5), Err(NoResult::NoAnswers));
        assert_eq!(two_sided(2, 1, 0.5), Err(NoResult::MoreYesThanAnswers));
        assert_eq!(doubled(1, 1, 1.5), Err(NoResult::NotAProbability));
        assert_eq!((two_sided(0, 5, 0.0), two_sided(1, 5, 0.0)), (Ok(1.0), Ok(0.0)));
        assert_eq!((doubled(5, 5, 1.0), doubled(1, 5, 0.0)), (Ok(1.0), Ok(0.0)));
        assert_eq!((two_sided(1, 1, 0.5), doubled(0, 1, 0.5)), (Ok(1.0), Ok(1.0)));
    }
}
