//! Spearman's rank correlation.

use super::{NoResult, check, correlation, midranks::midranks};

/// Pearson's correlation of the midranks, −1 to 1.
///
/// # Errors
///
/// [`NoResult::LengthsDiffer`], [`NoResult::TooFew`] for fewer than two, [`NoResult::NotFinite`], [`NoResult::AllAlike`]
/// if all values of a list are the same.
///
/// ```
/// use bygdepuls_core::describe::spearman;
/// assert!((spearman::rho(&[1.0, 2.0, 3.0], &[1.0, 10.0, 100.0])? - 1.0).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::describe::NoResult>(())
/// ```
///
/// # Source
///
/// M. G. Kendall, *Rank Correlation Methods*, 4th ed. 1970, chapters 1 and 3.
pub fn rho(a: &[f64], b: &[f64]) -> Result<f64, NoResult> {
    if a.len() != b.len() {
        return Err(NoResult::LengthsDiffer);
    }
    check(a, 2)?;
    check(b, 2)?;
    correlation(&midranks(a), &midranks(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        assert_eq!(rho(&[1.0], &[1.0]), Err(NoResult::TooFew { needed: 2 }));
        assert_eq!(rho(&[1.0, 2.0], &[1.0]), Err(NoResult::LengthsDiffer));
        assert_eq!(rho(&[1.0, 2.0], &[3.0, 3.0]), Err(NoResult::AllAlike));
        assert_eq!(rho(&[1.0, 2.0], &[3.0, f64::INFINITY]), Err(NoResult::NotFinite));
        assert!((rho(&[1.0, 2.0], &[3.0, -3.0]).unwrap() + 1.0).abs() < 1e-15);
    }
}
