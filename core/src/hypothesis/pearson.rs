//! Pearson's chi-squared test of a table, and Cramér's V.

use super::{NoResult, TestResult};
use crate::compare::{Crosstab, real};

/// Pearson's test that rows and columns are independent.
///
/// # Formula
///
/// ```text
/// E[i][j] = row[i] column[j] / n
/// X2      = sum((m - E)^2 / E),   df = (rows - 1)(columns - 1)
/// ```
///
/// Rows and columns that nobody is in are left out, and not counted in df. The p value is asymptotic: see
/// [`smallest_expected`].
///
/// # Errors
///
/// [`NoResult::AllAlike`] if all are in one row or one column.
///
/// ```
/// use bygdepuls_core::{compare::Crosstab, hypothesis::pearson};
/// let test = pearson::test(&Crosstab::new(&[[3, 1, 0], [2, 4, 1], [0, 2, 5]])?)?;
/// assert_eq!(format!("{:.3} {:?} {:.4}", test.statistic, test.parameter, test.p_value), "11.290 [4.0] 0.0235");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// A. Agresti, *Categorical Data Analysis*, 3rd ed. 2013, section 3.2.1.
pub fn test(table: &Crosstab) -> Result<TestResult, NoResult> {
    let table = used(table)?;
    let (rows, columns) = (table.rows().len(), table.rows()[0].len());
    let statistic = cells(&table).map(|(seen, expected)| (seen - expected) * (seen - expected) / expected).sum();
    Ok(TestResult::chi_squared(statistic, ((rows - 1) * (columns - 1)) as f64))
}

/// Cramér's V: `sqrt(X2 / (n (k - 1)))`, k the smaller of the numbers of rows and columns that somebody is in. 0 to 1.
///
/// # Errors
///
/// As [`test()`].
///
/// ```
/// use bygdepuls_core::{compare::Crosstab, hypothesis::pearson};
/// assert_eq!(pearson::cramers_v(&Crosstab::new(&[[7, 0], [0, 2]])?)?, 1.0);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// H. Cramér, *Mathematical Methods of Statistics*, 1946, section 21.9.
pub fn cramers_v(table: &Crosstab) -> Result<f64, NoResult> {
    let statistic = test(table)?.statistic;
    let table = used(table)?;
    let k = table.rows().len().min(table.rows()[0].len());
    Ok((statistic / (real(table.n()) * (k - 1) as f64)).sqrt().min(1.0))
}

/// The smallest expected count. Below 5, prefer an exact test.
///
/// # Errors
///
/// As [`test()`].
///
/// ```
/// use bygdepuls_core::{compare::Crosstab, hypothesis::pearson};
/// assert_eq!(pearson::smallest_expected(&Crosstab::new(&[[1, 1], [2, 4]])?)?, 0.75);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn smallest_expected(table: &Crosstab) -> Result<f64, NoResult> {
    Ok(cells(&used(table)?).map(|(_, expected)| expected).fold(f64::INFINITY, f64::min))
}

fn used(table: &Crosstab) -> Result<Crosstab, NoResult> {
    let table = table.without_empty();
    if table.rows().len() < 2 || table.rows()[0].len() < 2 { Err(NoResult::AllAlike) } else { Ok(table) }
}

/// Each cell's count and what is expected.
fn cells(table: &Crosstab) -> impl Iterator<Item = (f64, f64)> {
    let (rows, columns, n) = (table.row_sums(), table.column_sums(), real(table.n()));
    table.rows().iter().zip(rows).flat_map(move |(counts, row)| {
        let expected: Vec<f64> = columns.iter().map(|column| real(row) * real(*column) / n).collect();
        counts.iter().map(|count| real(*count)).zip(expected).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_rows_and_columns() {
        let padded = Crosstab::new(&[[5, 0, 3], [0, 0, 0], [2, 0, 6]]).unwrap();
        let plain = Crosstab::new(&[[5, 3], [2, 6]]).unwrap();
        assert_eq!(test(&padded), test(&plain));
        assert_eq!(test(&Crosstab::new(&[[5, 3], [0, 0]]).unwrap()), Err(NoResult::AllAlike));
        assert_eq!(Crosstab::new(&[[0, 0], [0, 0]]), Err(NoResult::NoAnswers));
        assert_eq!(Crosstab::new(&[vec![1], vec![1, 2]]), Err(NoResult::LengthsDiffer));
        assert_eq!(Crosstab::new::<[u64; 2]>(&[]), Err(NoResult::NoAnswers));
    }
}
