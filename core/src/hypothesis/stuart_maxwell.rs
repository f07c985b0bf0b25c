//! Tests that the shares of k answers did not change among the same people: Stuart–Maxwell and Bhapkar.

use super::{NoResult, TestResult};
use crate::compare::{Crosstab, real};
use nalgebra::{DMatrix, DVector};

/// The Stuart–Maxwell test of equal margins. First time by row, second time by column.
///
/// # Formula
///
/// ```text
/// d[i]    = row[i] - column[i]
/// S[i][i] = row[i] + column[i] - 2 m[i][i],   S[i][j] = -(m[i][j] + m[j][i])
/// X2      = d' S^- d,   df = rank of S
/// ```
///
/// Answers between which people went, directly or by way of others, hang together. S has the rank k minus the number of
/// such groups, and one answer of each group is left out; which one makes no difference. If all hang together, this is
/// the usual statistic with df = k − 1. An answer that nobody left or came to is a group by itself: it does not count.
///
/// # Errors
///
/// [`NoResult::NobodyChanged`], [`NoResult::NotSquare`], [`NoResult::TooFew`] for one category.
///
/// ```
/// use bygdepuls_core::{compare::Crosstab, hypothesis::stuart_maxwell};
/// let test = stuart_maxwell::test(&Crosstab::new(&[[14, 4, 1], [3, 12, 5], [2, 3, 8]])?)?;
/// assert_eq!(format!("{:.4} {:?} {:.4}", test.statistic, test.parameter, test.p_value), "0.0990 [2.0] 0.9517");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// A. Stuart, "A test for homogeneity of the marginal distributions in a two-way classification", Biometrika 42 (1955);
/// A. E. Maxwell, "Comparing the classification of subjects by two independent judges", British Journal of Psychiatry 116
/// (1970).
pub fn test(table: &Crosstab) -> Result<TestResult, NoResult> {
    let (mut statistic, mut df) = (0.0, 0);
    for group in groups(table)? {
        // One answer follows from the others.
        let answers = &group[1..];
        df += answers.len();
        statistic += quadratic_form(table, answers)?;
    }
    if df == 0 { Err(NoResult::NobodyChanged) } else { Ok(TestResult::chi_squared(statistic, df as f64)) }
}

/// Bhapkar's test of equal margins: `X2 / (1 - X2 / n)` of the Stuart–Maxwell statistic. It rejects a little more often.
///
/// # Errors
///
/// As [`test()`], and [`NoResult::NoVariance`] if everybody changed from one answer to another in the same way, X2 = n.
///
/// ```
/// use bygdepuls_core::{compare::Crosstab, hypothesis::stuart_maxwell};
/// let test = stuart_maxwell::bhapkar(&Crosstab::new(&[[14, 4, 1], [3, 12, 5], [2, 3, 8]])?)?;
/// assert_eq!(format!("{:.4} {:.4}", test.statistic, test.p_value), "0.0992 0.9516");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// V. P. Bhapkar, "A note on the equivalence of two test criteria for hypotheses in categorical data", JASA 61 (1966).
pub fn bhapkar(table: &Crosstab) -> Result<TestResult, NoResult> {
    let stuart_maxwell = test(table)?;
    let rest = 1.0 - stuart_maxwell.statistic / real(table.n());
    if rest < 1e-12 {
        return Err(NoResult::NoVariance);
    }
    Ok(TestResult::chi_squared(stuart_maxwell.statistic / rest, stuart_maxwell.parameter[0]))
}

/// Answers that hang together by people who changed between them.
fn groups(table: &Crosstab) -> Result<Vec<Vec<usize>>, NoResult> {
    let k = table.categories()?;
    let joined = |i: usize, j: usize| table.rows()[i][j] + table.rows()[j][i] > 0;
    let mut left: Vec<usize> = (0..k).collect();
    let mut groups = Vec::new();
    while let Some(start) = left.pop() {
        let mut group = vec![start];
        let mut next = 0;
        while let Some(answer) = group.get(next).copied() {
            next += 1;
            let (found, others) = left.into_iter().partition(|other| joined(answer, *other));
            left = others;
            group.extend::<Vec<usize>>(found);
        }
        groups.push(group);
    }
    Ok(groups)
}

/// `d' S^-1 d` over some of the answers of a group.
fn quadratic_form(table: &Crosstab, answers: &[usize]) -> Result<f64, NoResult> {
    let (rows, columns, m) = (table.row_sums(), table.column_sums(), table.rows());
    let size = answers.len();
    let d = DVector::from_fn(size, |i, _| real(rows[answers[i]]) - real(columns[answers[i]]));
    let s = DMatrix::from_fn(size, size, |i, j| {
        let (i, j) = (answers[i], answers[j]);
        if i == j { real(rows[i] + columns[i] - 2 * m[i][i]) } else { -real(m[i][j] + m[j][i]) }
    });
    let factor = s.cholesky().ok_or(NoResult::NoVariance)?;
    Ok(d.dot(&factor.solve(&d)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_two_answers_it_is_mcnemar() {
        let test = test(&Crosstab::new(&[[36, 12], [20, 12]]).unwrap()).unwrap();
        assert!((test.statistic - 2.0).abs() < 1e-14 && test.parameter == [1.0]);
    }

    #[test]
    fn answers_that_do_not_hang_together() {
        // Two separate pairs and an answer nobody left: the McNemar statistics 2 and 1 add up, with two df.
        let table = [[5, 12, 0, 0, 0], [20, 5, 0, 0, 0], [0, 0, 5, 0, 0], [0, 0, 0, 5, 1], [0, 0, 0, 0, 5]];
        let test = test(&Crosstab::new(&table).unwrap()).unwrap();
        assert!((test.statistic - 3.0).abs() < 1e-14 && test.parameter == [2.0]);
        assert_eq!(super::test(&Crosstab::new(&[[3, 0], [0, 2]]).unwrap()), Err(NoResult::NobodyChanged));
    }

    #[test]
    fn everybody_changed_alike() {
        let table = Crosstab::new(&[[0, 7], [0, 0]]).unwrap();
        assert!((test(&table).unwrap().statistic - 7.0).abs() < 1e-14);
        assert_eq!(bhapkar(&table), Err(NoResult::NoVariance));
    }
}
