//! Flows between k answers of the same people at two times: first time by row, second time by column.

use super::{Crosstab, NoResult, real};

/// Transition shares: of those who gave an answer the first time, the share who gave each answer the second time.
///
/// # Formula
///
/// ```text
/// share[i][j] = m[i][j] / row[i]
/// ```
///
/// A row is `None` where nobody gave that answer the first time.
///
/// # Errors
///
/// [`NoResult::NotSquare`], [`NoResult::TooFew`] for one category.
///
/// ```
/// use bygdepuls_core::compare::{Crosstab, flow};
/// let shares = flow::transitions(&Crosstab::new(&[[3, 1], [0, 0]])?)?;
/// assert_eq!(shares, [Some(vec![0.75, 0.25]), None]);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn transitions(table: &Crosstab) -> Result<Vec<Option<Vec<f64>>>, NoResult> {
    table.categories()?;
    let shares = |row: &Vec<u64>| match row.iter().sum() {
        0 => None,
        sum => Some(row.iter().map(|count| real(*count) / real(sum)).collect()),
    };
    Ok(table.rows().iter().map(shares).collect())
}

/// Gross change: the share who gave another answer the second time.
///
/// # Errors
///
/// As [`transitions`].
///
/// ```
/// use bygdepuls_core::compare::{Crosstab, flow};
/// assert_eq!(flow::gross_change(&Crosstab::new(&[[3, 1], [2, 2]])?)?, 0.375);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn gross_change(table: &Crosstab) -> Result<f64, NoResult> {
    let k = table.categories()?;
    let stayed: u64 = (0..k).map(|i| table.rows()[i][i]).sum();
    Ok(real(table.n() - stayed) / real(table.n()))
}

/// Net change of each answer's share, second time minus first. They add up to 0.
///
/// # Errors
///
/// As [`transitions`].
///
/// ```
/// use bygdepuls_core::compare::{Crosstab, flow};
/// assert_eq!(flow::net_change(&Crosstab::new(&[[3, 1], [2, 2]])?)?, [0.125, -0.125]);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
pub fn net_change(table: &Crosstab) -> Result<Vec<f64>, NoResult> {
    table.categories()?;
    let n = real(table.n());
    Ok(table.row_sums().iter().zip(table.column_sums()).map(|(row, column)| (real(column) - real(*row)) / n).collect())
}
