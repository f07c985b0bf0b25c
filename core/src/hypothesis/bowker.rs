//! Bowker's test of symmetry.

use super::{NoResult, TestResult};
use crate::compare::{Crosstab, real};

/// Whether as many people went from each answer to each other as came back. First time by row, second time by column.
///
/// # Formula
///
/// ```text
/// X2 = sum over i < j of (m[i][j] - m[j][i])^2 / (m[i][j] + m[j][i])
/// df = number of pairs i < j with m[i][j] + m[j][i] > 0
/// ```
///
/// Pairs of answers between which nobody went tell nothing: they are left out, and not counted in df. (R's
/// `mcnemar.test` gives NaN there. SPSS and SAS count all k(k−1)/2: [`full_df`].)
///
/// # Errors
///
/// [`NoResult::NobodyChanged`], [`NoResult::NotSquare`], [`NoResult::TooFew`] for one category.
///
/// ```
/// use bygdepuls_core::{compare::Crosstab, hypothesis::bowker};
/// let test = bowker::test(&Crosstab::new(&[[9, 4, 0], [1, 9, 0], [0, 0, 9]])?)?;
/// assert_eq!((test.statistic, test.parameter), (1.8, vec![1.0]));
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// A. H. Bowker, "A test for symmetry in contingency tables", JASA 43 (1948).
pub fn test(table: &Crosstab) -> Result<TestResult, NoResult> {
    let k = table.categories()?;
    let (mut statistic, mut df) = (0.0, 0.0);
    for i in 0..k {
        for j in i + 1..k {
            let (there, back) = (real(table.rows()[i][j]), real(table.rows()[j][i]));
            if there + back > 0.0 {
                statistic += (there - back) * (there - back) / (there + back);
                df += 1.0;
            }
        }
    }
    if df == 0.0 { Err(NoResult::NobodyChanged) } else { Ok(TestResult::chi_squared(statistic, df)) }
}

/// All pairs of k answers, k(k−1)/2: the degrees of freedom that are used where empty pairs are counted.
///
/// # Errors
///
/// [`NoResult::NotSquare`], [`NoResult::TooFew`] for one category.
pub fn full_df(table: &Crosstab) -> Result<f64, NoResult> {
    let k = table.categories()? as f64;
    Ok(0.5 * k * (k - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_two_answers_it_is_mcnemar() {
        let test = test(&Crosstab::new(&[[36, 12], [20, 12]]).unwrap()).unwrap();
        assert_eq!((test.statistic, test.parameter), (2.0, vec![1.0]));
        assert_eq!(super::test(&Crosstab::new(&[[3, 0], [0, 2]]).unwrap()), Err(NoResult::NobodyChanged));
    }
}
