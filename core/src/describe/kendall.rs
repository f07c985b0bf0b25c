//! Kendall's rank correlation.

use super::{NoResult, check};

/// Tau-b, which allows for ties, −1 to 1.
///
/// # Formula
///
/// ```text
/// tau = (concordant - discordant) / sqrt((pairs - tied in a) (pairs - tied in b))
/// ```
///
/// All pairs are gone through: some seconds for 100,000 values.
///
/// # Errors
///
/// [`NoResult::LengthsDiffer`], [`NoResult::TooFew`] for fewer than two, [`NoResult::NotFinite`], [`NoResult::AllAlike`]
/// if all values of a list are the same.
///
/// ```
/// use bygdepuls_core::describe::kendall;
/// assert_eq!(kendall::tau_b(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0])?, 4.0 / 6.0);
/// # Ok::<(), bygdepuls_core::describe::NoResult>(())
/// ```
///
/// # Source
///
/// M. G. Kendall, *Rank Correlation Methods*, 4th ed. 1970, section 3.4.
pub fn tau_b(a: &[f64], b: &[f64]) -> Result<f64, NoResult> {
    if a.len() != b.len() {
        return Err(NoResult::LengthsDiffer);
    }
    check(a, 2)?;
    check(b, 2)?;
    let sign = |x: f64, y: f64| i64::from(x > y) - i64::from(x < y);
    let (mut score, mut untied_a, mut untied_b) = (0_i64, 0_i64, 0_i64);
    for i in 0..a.len() {
        for j in 0..i {
            let (in_a, in_b) = (sign(a[i], a[j]), sign(b[i], b[j]));
            score += in_a * in_b;
            untied_a += in_a.abs();
            untied_b += in_b.abs();
        }
    }
    if untied_a == 0 || untied_b == 0 {
        return Err(NoResult::AllAlike);
    }
    Ok((score as f64 / (untied_a as f64 * untied_b as f64).sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        // a ties one pair of three, b none: one concordant and one discordant pair, or both concordant.
        assert_eq!(tau_b(&[1.0, 1.0, 2.0], &[1.0, 3.0, 2.0]), Ok(0.0));
        assert_eq!(tau_b(&[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0]), Ok(2.0 / 6.0_f64.sqrt()));
        assert_eq!(tau_b(&[1.0, 1.0], &[1.0, 3.0]), Err(NoResult::AllAlike));
        assert_eq!(tau_b(&[1.0], &[1.0]), Err(NoResult::TooFew { needed: 2 }));
    }
}
