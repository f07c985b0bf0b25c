//! Cochran–Mantel–Haenszel: two shares compared within strata.

use super::{NoResult, TestResult};
use crate::compare::{Interval, TwoGroups, masses::Masses, real};
use crate::distribution::normal;
use crate::interval::Level;

/// The test that the odds ratio is 1 in every stratum, without continuity correction; one degree of freedom.
///
/// A stratum with people in one group only says nothing: leave it out.
///
/// # Formula
///
/// ```text
/// E = n1 t / N,   V = n1 n2 t (N - t) / (N^2 (N - 1)),   t = x1 + x2, N = n1 + n2 in each stratum
/// X2 = (sum(x1) - sum(E))^2 / sum(V)
/// ```
///
/// # Errors
///
/// [`NoResult::NoVariance`] if within every stratum all gave the same answer.
///
/// ```
/// use bygdepuls_core::{compare::TwoGroups, hypothesis::mantel_haenszel};
/// let strata = [TwoGroups::new((3, 8), (7, 11))?, TwoGroups::new((2, 8), (9, 17))?];
/// let test = mantel_haenszel::test(&strata)?;
/// assert_eq!(format!("{:.3} {:.3}", test.statistic, test.p_value), "2.851 0.091");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// N. Mantel, W. Haenszel, "Statistical aspects of the analysis of data from retrospective studies of disease", JNCI 22
/// (1959).
pub fn test(strata: &[TwoGroups]) -> Result<TestResult, NoResult> {
    let (mut gap, mut variance) = (0.0, 0.0);
    for stratum in strata {
        let (n1, n2, yes) = (real(stratum.n1), real(stratum.n2), real(stratum.x1 + stratum.x2));
        let n = n1 + n2;
        gap += real(stratum.x1) - n1 * yes / n;
        variance += n1 * n2 * yes * (n - yes) / (n * n * (n - 1.0));
    }
    if variance == 0.0 {
        return Err(NoResult::NoVariance);
    }
    Ok(TestResult::chi_squared(gap * gap / variance, 1.0))
}

/// The common odds ratio of Mantel and Haenszel, with Robins, Breslow and Greenland's interval.
///
/// # Formula
///
/// ```text
/// R = x1 (n2 - x2) / N,   S = (n1 - x1) x2 / N,   P = (x1 + n2 - x2) / N,   Q = 1 - P   in each stratum
/// OR  = sum(R) / sum(S)
/// var = sum(P R) / (2 sum(R)^2) + sum(P S + Q R) / (2 sum(R) sum(S)) + sum(Q S) / (2 sum(S)^2)
/// interval = exp(ln OR -+ z sqrt(var))
/// ```
///
/// # Errors
///
/// [`NoResult::ZeroCell`] if sum(R) or sum(S) is 0.
///
/// ```
/// use bygdepuls_core::{compare::TwoGroups, hypothesis::mantel_haenszel, interval::Level};
/// let strata = [TwoGroups::new((3, 8), (7, 11))?, TwoGroups::new((2, 8), (9, 17))?];
/// let (ratio, limits) = mantel_haenszel::common_odds_ratio(&strata, Level::P95)?;
/// assert_eq!(format!("{ratio:.3} {:.3} {:.3}", limits.lower, limits.upper), "0.318 0.085 1.194");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// J. Robins, N. Breslow, S. Greenland, "Estimators of the Mantel-Haenszel variance consistent in both sparse data and
/// large-strata limiting models", Biometrics 42 (1986).
pub fn common_odds_ratio(strata: &[TwoGroups], level: Level) -> Result<(f64, Interval), NoResult> {
    let (mut r, mut s, mut pr, mut mixed, mut qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for stratum in strata {
        let [yes1, no1, yes2, no2] = stratum.cells();
        let n = yes1 + no1 + yes2 + no2;
        let (with, against) = (yes1 * no2 / n, no1 * yes2 / n);
        let (p, q) = ((yes1 + no2) / n, (no1 + yes2) / n);
        r += with;
        s += against;
        pr += p * with;
        mixed += p * against + q * with;
        qs += q * against;
    }
    if r == 0.0 || s == 0.0 {
        return Err(NoResult::ZeroCell);
    }
    let variance = pr / (2.0 * r * r) + mixed / (2.0 * r * s) + qs / (2.0 * s * s);
    let (log, half) = (libm::log(r / s), normal::upper_quantile(level.tail()) * variance.sqrt());
    Ok((r / s, Interval { lower: libm::exp(log - half), upper: libm::exp(log + half) }))
}

/// Exact two-sided p value: the yes-answers of the first group over all strata, given the margins of each.
///
/// # Formula
///
/// ```text
/// P(k) = convolution over strata of the hypergeometric probabilities
/// p    = sum of P(k) over k with P(k) <= P(sum(x1))
/// ```
///
/// Probabilities within 1e-7 of each other count as equal. 1 if only one sum is possible.
///
/// # Errors
///
/// [`NoResult::NoAnswers`] without strata, [`NoResult::TooLarge`].
///
/// ```
/// use bygdepuls_core::{compare::TwoGroups, hypothesis::mantel_haenszel};
/// let strata = [TwoGroups::new((3, 8), (7, 11))?, TwoGroups::new((2, 8), (9, 17))?];
/// assert_eq!(format!("{:.3}", mantel_haenszel::exact(&strata)?), "0.122");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// C. R. Mehta, N. R. Patel, R. Gray, "Computing an exact confidence interval for the common odds ratio in several 2 × 2
/// contingency tables", JASA 80 (1985).
pub fn exact(strata: &[TwoGroups]) -> Result<f64, NoResult> {
    let (first, others) = strata.split_first().ok_or(NoResult::NoAnswers)?;
    let mut masses = Masses::conditional(first, 1.0)?;
    for stratum in others {
        masses = masses.plus(&Masses::conditional(stratum, 1.0)?)?;
    }
    Ok(masses.not_likelier(strata.iter().map(|stratum| stratum.x1).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hypothesis::{fisher_exact, pooled_z};

    #[test]
    fn one_stratum_is_fisher_and_nearly_pearson() {
        let groups = TwoGroups::new((3, 10), (7, 12)).unwrap();
        assert_eq!(exact(&[groups]).unwrap(), fisher_exact::test(&groups).unwrap().two_sided);
        let z = pooled_z::test(&groups).unwrap().statistic;
        assert!((test(&[groups]).unwrap().statistic - z * z * 21.0 / 22.0).abs() < 1e-14);
    }

    #[test]
    fn strata_that_say_nothing() {
        let alike = TwoGroups::new((0, 4), (0, 6)).unwrap();
        assert_eq!(test(&[alike]), Err(NoResult::NoVariance));
        assert_eq!(test(&[]), Err(NoResult::NoVariance));
        assert_eq!(common_odds_ratio(&[alike], Level::P95), Err(NoResult::ZeroCell));
        assert_eq!((exact(&[alike]), exact(&[])), (Ok(1.0), Err(NoResult::NoAnswers)));
        let groups = TwoGroups::new((3, 10), (7, 12)).unwrap();
        assert_eq!(test(&[groups, alike]), test(&[groups]));
    }
}
