//! Agreement between two answers of the same people, beyond chance.

use super::{Crosstab, NoResult, real};

/// Cohen's kappa.
///
/// # Formula
///
/// ```text
/// kappa = (po - pe) / (1 - pe),   po = sum(m[i][i]) / n,   pe = sum(row[i] column[i]) / n^2
/// ```
///
/// 1 is full agreement, 0 what chance gives; it can be negative.
///
/// # Errors
///
/// [`NoResult::AllAlike`] if all are in one category both times, [`NoResult::NotSquare`], [`NoResult::TooFew`] for one
/// category.
///
/// ```
/// use bygdepuls_core::compare::{Crosstab, kappa};
/// assert_eq!(kappa::cohen(&Crosstab::new(&[[5, 3], [3, 5]])?)?, 0.25);
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
pub fn cohen(table: &Crosstab) -> Result<f64, NoResult> {
    weighted(table, |i, j, _| if i == j { 0.0 } else { 1.0 })
}

/// Kappa with quadratic weights: an answer two steps away disagrees four times as much as one step away.
///
/// # Formula
///
/// ```text
/// w[i][j] = 1 - (i - j)^2 / (k - 1)^2
/// kappa   = (sum(w p) - sum(w e)) / (1 - sum(w e)),   p = m / n,  e = product of the margins of p
/// ```
///
/// # Errors
///
/// As [`cohen`].
///
/// ```
/// use bygdepuls_core::compare::{Crosstab, kappa};
/// let table = Crosstab::new(&[[14, 4, 1], [3, 12, 5], [2, 3, 8]])?;
/// assert_eq!(format!("{:.4}", kappa::quadratic(&table)?), "0.5771");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// J. L. Fleiss, J. Cohen, "The equivalence of weighted kappa and the intraclass correlation coefficient as measures of
/// reliability", Educational and Psychological Measurement 33 (1973).
pub fn quadratic(table: &Crosstab) -> Result<f64, NoResult> {
    weighted(table, |i, j, k| {
        let steps = i.abs_diff(j) as f64 / (k - 1) as f64;
        steps * steps
    })
}

/// One minus the ratio of disagreement seen to disagreement by chance.
fn weighted(table: &Crosstab, disagreement: impl Fn(usize, usize, usize) -> f64) -> Result<f64, NoResult> {
    let k = table.categories()?;
    let n = real(table.n());
    let (rows, columns) = (table.row_sums(), table.column_sums());
    let (mut seen, mut chance) = (0.0, 0.0);
    for (i, row) in table.rows().iter().enumerate() {
        for (j, count) in row.iter().enumerate() {
            let weight = disagreement(i, j, k);
            seen += weight * real(*count);
            chance += weight * real(rows[i]) * real(columns[j]);
        }
    }
    if chance == 0.0 {
        return Err(NoResult::AllAlike);
    }
    Ok(1.0 - seen * n / chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_edges() {
        let table = |rows: &[[u64; 2]]| Crosstab::new(rows).unwrap();
        assert_eq!(cohen(&table(&[[0, 0], [0, 5]])), Err(NoResult::AllAlike));
        assert_eq!(cohen(&table(&[[4, 0], [0, 4]])), Ok(1.0));
        assert_eq!(cohen(&table(&[[0, 1], [0, 0]])), Ok(0.0));
        assert_eq!(cohen(&table(&[[0, 1]])), Err(NoResult::NotSquare));
        assert_eq!(quadratic(&table(&[[4, 0], [0, 4]])), cohen(&table(&[[4, 0], [0, 4]])));
    }
}
