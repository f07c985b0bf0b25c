//! Cronbach's alpha: whether the items of a scale go together.

use super::{NoResult, check, correlation, covariance, finite};

/// Cronbach's alpha of a scale of k items.
///
/// # Formula
///
/// ```text
/// alpha = k/(k-1) (1 - sum of the items' variances / variance of the persons' sums)
/// ```
///
/// At most 1; below 0 if items run against each other: turn those around first. Persons with a missing item are left out
/// beforehand.
///
/// # Input and result
///
/// | name      | unit                       | rule                                         |
/// |-----------|----------------------------|----------------------------------------------|
/// | `persons` | one list of answers each   | finite; as many items each, at least two     |
/// | result    | 1                          | not rounded                                  |
///
/// # Errors
///
/// [`NoResult::TooFew`] for fewer than two persons or items, [`NoResult::LengthsDiffer`], [`NoResult::NotFinite`],
/// [`NoResult::NoVariance`] if all persons have the same sum.
///
/// # Example
///
/// ```
/// use bygdepuls_core::describe::cronbach_alpha;
/// assert_eq!(cronbach_alpha::alpha(&[[1.0, 2.0], [2.0, 3.0], [5.0, 6.0]])?, 1.0);
/// # Ok::<(), bygdepuls_core::describe::NoResult>(())
/// ```
///
/// # Source
///
/// L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951).
pub fn alpha<R: AsRef<[f64]>>(persons: &[R]) -> Result<f64, NoResult> {
    let items = items(persons)?;
    let sums: Vec<f64> = persons.iter().map(|person| person.as_ref().iter().sum()).collect();
    let whole = finite(covariance(&sums, &sums))?;
    if whole == 0.0 {
        return Err(NoResult::NoVariance);
    }
    let k = items.len() as f64;
    let parts = finite(items.iter().map(|item| covariance(item, item)).sum())?;
    Ok(k / (k - 1.0) * (1.0 - parts / whole))
}

/// Standardised alpha, from the mean correlation r of the items: `k r / (1 + (k - 1) r)`.
///
/// # Errors
///
/// As [`alpha`], and [`NoResult::AllAlike`] if everybody gave the same answer to an item.
pub fn standardised<R: AsRef<[f64]>>(persons: &[R]) -> Result<f64, NoResult> {
    let items = items(persons)?;
    let k = items.len() as f64;
    let mut sum = 0.0;
    for (index, item) in items.iter().enumerate() {
        for other in &items[..index] {
            sum += correlation(item, other)?;
        }
    }
    let r = sum / (0.5 * k * (k - 1.0));
    let below = 1.0 + (k - 1.0) * r;
    if below.abs() < 1e-12 { Err(NoResult::NoVariance) } else { Ok(k * r / below) }
}

/// The answers by item.
fn items<R: AsRef<[f64]>>(persons: &[R]) -> Result<Vec<Vec<f64>>, NoResult> {
    let Some(first) = persons.first() else { return Err(NoResult::TooFew { needed: 2 }) };
    let k = first.as_ref().len();
    if persons.iter().any(|person| person.as_ref().len() != k) {
        return Err(NoResult::LengthsDiffer);
    }
    if k < 2 {
        return Err(NoResult::TooFew { needed: 2 });
    }
    let items: Vec<Vec<f64>> =
        (0..k).map(|item| persons.iter().map(|person| person.as_ref()[item]).collect()).collect();
    items.iter().try_for_each(|item| check(item, 2))?;
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        assert_eq!(alpha(&[[1.0, 2.0]]), Err(NoResult::TooFew { needed: 2 }));
        assert_eq!(alpha(&[[1.0], [2.0]]), Err(NoResult::TooFew { needed: 2 }));
        assert_eq!(alpha(&[vec![1.0], vec![2.0, 3.0]]), Err(NoResult::LengthsDiffer));
        assert_eq!(alpha(&[[1.0, 2.0], [2.0, 1.0]]), Err(NoResult::NoVariance));
        assert_eq!(standardised(&[[1.0, 2.0], [2.0, 1.0]]), Err(NoResult::NoVariance));
        assert_eq!(standardised(&[[1.0, 2.0], [1.0, 1.0]]), Err(NoResult::AllAlike));
        assert_eq!(alpha(&[[1e300, 2.0], [-1e300, 1.0]]), Err(NoResult::NotFinite));
        assert_eq!(standardised(&[[1e300, 2.0], [-1e300, 1.0]]), Err(NoResult::NotFinite));
    }
}
