//! Change of a mean between two samples that share some of their people.

use super::{NoResult, real};
use std::collections::BTreeMap;

/// A change of a mean, with what its standard error is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// People in the first sample.
    pub n1: u64,
    /// People in the second sample.
    pub n2: u64,
    /// People in both.
    pub n_common: u64,
    /// Second mean minus first mean, in the unit of the values.
    pub change: f64,
    /// Sample variances of the two samples.
    pub variances: (f64, f64),
    /// Covariance of the two answers among those who are in both samples; 0 with fewer than two of them.
    pub matched_covariance: f64,
    /// Covariance of the two means.
    pub covariance: f64,
    /// Standard error of the change; none where the covariance is more than the variances admit.
    pub se: Option<f64>,
    /// What the standard error would be if the samples were taken as independent, without a finite population.
    pub se_independent: f64,
}

/// Change of a mean between two simple random samples, linked by person.
///
/// # Formula
///
/// ```text
/// change = mean2 - mean1,   V_i = s_i^2 / n_i
/// without a population:  cov = n_c s12 / (n1 n2)
///                        se^2 = V_1 + V_2 - 2 cov
/// one population of N:   cov = (n_c / (n1 n2) - 1/N) s12
///                        se^2 = (1 - n1/N) V_1 + (1 - n2/N) V_2 - 2 cov
/// ```
///
/// # Input and result
///
/// | name              | unit                        | rule                                                     |
/// |-------------------|-----------------------------|----------------------------------------------------------|
/// | `first`, `second` | person and value            | finite; at least two each; a person once in each         |
/// | `population`, N   | people, the same both times | at least the people in the two samples taken together     |
/// | result            | as the values               | a difference of shares if the values are 0 and 1         |
///
/// Missing answers are left out beforehand, for each year by itself. s12 is taken from the people in both samples; with
/// fewer than two of them it is 0. Where sampling error in s12 makes the squared standard error negative, there is none.
/// With N, both samples must be drawn from one fixed population: newcomers and those who left make it approximate.
///
/// # Errors
///
/// [`NoResult::TooFew`], [`NoResult::NotFinite`], [`NoResult::PersonTwice`], [`NoResult::PopulationTooSmall`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::compare::overlap;
/// let change = overlap::of_mean(&[("Ida", 2.0), ("Ola", 4.0)], &[("Ida", 3.0), ("Ola", 5.0), ("Siv", 7.0)], None)?;
/// assert_eq!((change.n_common, change.change), (2, 2.0));
/// assert_eq!(change.covariance, 2.0 * 2.0 / 6.0); // s12 = 2
/// assert!(change.se.is_some_and(|se| se < change.se_independent));
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// L. Kish, *Survey Sampling*, 1965, section 12.4; S. M. Tam, "On covariances from overlapping samples", The American
/// Statistician 38 (1984).
pub fn of_mean<P: Ord>(first: &[(P, f64)], second: &[(P, f64)], population: Option<u64>) -> Result<Change, NoResult> {
    let (first, second) = (by_person(first)?, by_person(second)?);
    let matched: Vec<(f64, f64)> =
        first.iter().filter_map(|(person, before)| second.get(person).map(|after| (*before, *after))).collect();
    let (n1, n2, n_common) = (first.len() as u64, second.len() as u64, matched.len() as u64);
    if population.is_some_and(|population| population < n1 + n2 - n_common) {
        return Err(NoResult::PopulationTooSmall);
    }
    let (mean1, s1) = mean_and_covariance(first.values().map(|y| (*y, *y)));
    let (mean2, s2) = mean_and_covariance(second.values().map(|y| (*y, *y)));
    let matched_covariance = if n_common < 2 { 0.0 } else { mean_and_covariance(matched.iter().copied()).1 };
    let (v1, v2) = (s1 / real(n1), s2 / real(n2));
    // 1/N, which is 0 without a finite population.
    let part = population.map_or(0.0, |population| 1.0 / real(population));
    let covariance = (real(n_common) / (real(n1) * real(n2)) - part) * matched_covariance;
    let variance = (1.0 - real(n1) * part) * v1 + (1.0 - real(n2) * part) * v2 - 2.0 * covariance;
    if !(variance.is_finite() && (mean2 - mean1).is_finite()) {
        return Err(NoResult::NotFinite);
    }
    Ok(Change {
        n1,
        n2,
        n_common,
        change: mean2 - mean1,
        variances: (s1, s2),
        matched_covariance,
        covariance,
        // Rounding alone may also leave less than nothing.
        se: (variance >= -1e-12 * (v1 + v2)).then(|| variance.max(0.0).sqrt()),
        se_independent: (v1 + v2).sqrt(),
    })
}

fn by_person<P: Ord>(sample: &[(P, f64)]) -> Result<BTreeMap<&P, f64>, NoResult> {
    if sample.len() < 2 {
        return Err(NoResult::TooFew { needed: 2 });
    }
    if sample.iter().any(|(_, value)| !value.is_finite()) {
        return Err(NoResult::NotFinite);
    }
    let values: BTreeMap<&P, f64> = sample.iter().map(|(person, value)| (person, *value)).collect();
    if values.len() < sample.len() { Err(NoResult::PersonTwice) } else { Ok(values) }
}

/// The mean of the first values, and the covariance with n − 1.
fn mean_and_covariance(values: impl Iterator<Item = (f64, f64)> + Clone) -> (f64, f64) {
    let n = values.clone().count() as f64;
    let (a, b) = values.clone().fold((0.0, 0.0), |sum, (a, b)| (sum.0 + a, sum.1 + b));
    let (mean_a, mean_b) = (a / n, b / n);
    (mean_a, values.map(|(a, b)| (a - mean_a) * (b - mean_b)).sum::<f64>() / (n - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: [(u8, f64); 3] = [(1, 1.0), (2, 0.0), (3, 1.0)];

    #[test]
    fn the_same_people_and_the_whole_population() {
        // Everybody answered both times: nothing is uncertain.
        let second = [(1, 1.0), (2, 1.0), (3, 0.0)];
        let change = of_mean(&FIRST, &second, Some(3)).unwrap();
        assert_eq!((change.se, change.covariance), (Some(0.0), 0.0));
        // Without a population: the variance of the paired differences 0, 1, -1 by 3.
        let change = of_mean(&FIRST, &second, None).unwrap();
        assert!((change.se.unwrap() - (1.0 / 3.0_f64).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn nobody_in_both_is_two_independent_samples() {
        let change = of_mean(&FIRST, &[(7, 0.0), (8, 1.0)], None).unwrap();
        assert_eq!((change.n_common, change.covariance, change.se), (0, 0.0, Some(change.se_independent)));
    }

    #[test]
    fn a_negative_variance_is_no_standard_error() {
        // 9 and -9 both times, and twenty others each time who all say 0: V = 162/21/22 each, cov = 2 × 162/22².
        let sample = |others: u8| -> Vec<(u8, f64)> {
            let both = [(1, 9.0), (2, -9.0)];
            both.into_iter().chain((0..20).map(|person| (others + person, 0.0))).collect()
        };
        let change = of_mean(&sample(100), &sample(200), None).unwrap();
        assert!((change.covariance - 324.0 / 484.0).abs() < 1e-15 && change.se.is_none());
    }

    #[test]
    fn hostile_input() {
        assert_eq!(of_mean(&FIRST, &FIRST[..1], None), Err(NoResult::TooFew { needed: 2 }));
        assert_eq!(of_mean(&FIRST, &[(1, 0.0), (1, 1.0)], None), Err(NoResult::PersonTwice));
        assert_eq!(of_mean(&FIRST, &[(1, f64::NAN), (2, 1.0)], None), Err(NoResult::NotFinite));
        assert_eq!(of_mean(&FIRST, &[(1, 1e300), (2, -1e300)], None), Err(NoResult::NotFinite));
        assert_eq!(of_mean(&FIRST, &FIRST, Some(2)), Err(NoResult::PopulationTooSmall));
    }
}
