//! Fisher's exact test of a 2 × 2 table.

use super::NoResult;
use crate::compare::{TwoGroups, masses::Masses};

/// The p values of Fisher's exact test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherExact {
    /// Tables that are not more probable than the one seen.
    pub two_sided: f64,
    /// As few yes-answers in the first group, or fewer.
    pub less: f64,
    /// As many yes-answers in the first group, or more.
    pub greater: f64,
    /// Tables that are less probable, and half of those that are equally probable: less cautious than `two_sided`.
    pub mid_p: f64,
}

/// Fisher's exact test that two shares are equal.
///
/// # Formula
///
/// ```text
/// P(k) = C(n1, k) C(n2, t - k) / C(n1 + n2, t),   t = x1 + x2
/// two-sided = sum of P(k) over k with P(k) <= P(x1)
/// mid-p     = sum over P(k) < P(x1) + half of the sum over P(k) = P(x1)
/// ```
///
/// Probabilities within 1e-7 of each other count as equal, as in R's `fisher.test`. If everybody gave the same answer,
/// only one table is possible: p is 1, and the mid-p is 1/2.
///
/// # Errors
///
/// [`NoResult::TooLarge`] for more than 16 million possible tables.
///
/// # Example
///
/// ```
/// use bygdepuls_core::{compare::TwoGroups, hypothesis::fisher_exact};
/// // The lady tasting tea: 3 of 4 against 1 of 4. Tables: 1, 16, 36, 16, 1 of 70.
/// let p = fisher_exact::test(&TwoGroups::new((3, 4), (1, 4))?)?;
/// assert!((p.two_sided - 34.0 / 70.0).abs() < 1e-15 && (p.greater - 17.0 / 70.0).abs() < 1e-15);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// R. A. Fisher, *The Design of Experiments*, 1935, chapter 2; mid-p: H. O. Lancaster, "Significance tests in discrete
/// distributions", JASA 56 (1961).
pub fn test(groups: &TwoGroups) -> Result<FisherExact, NoResult> {
    let masses = Masses::conditional(groups, 1.0)?;
    let x = groups.x1;
    Ok(FisherExact {
        two_sided: masses.not_likelier(x),
        less: masses.lower_tail(x),
        greater: masses.upper_tail(x),
        mid_p: masses.mid_p(x),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_0_and_n() {
        let p = test(&TwoGroups::new((0, 4), (0, 6)).unwrap()).unwrap();
        assert_eq!(p, FisherExact { two_sided: 1.0, less: 1.0, greater: 1.0, mid_p: 0.5 });
    }

    #[test]
    fn digits_far_out() {
        // All of 200 against none of 200: 1 / C(400, 200) in one tail, and as much in the other.
        let p = test(&TwoGroups::new((200, 200), (0, 200)).unwrap()).unwrap();
        let ways = (1..=200_u32).fold(1.0, |ways, k| ways * f64::from(200 + k) / f64::from(k));
        assert!((p.greater * ways - 1.0).abs() < 1e-12 && (p.two_sided * ways - 2.0).abs() < 2e-12);
    }
}
