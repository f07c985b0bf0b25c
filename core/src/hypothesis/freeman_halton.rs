//! Fisher's exact test of a table with more than two rows or columns (Freeman and Halton).

use super::NoResult;
use crate::compare::{Crosstab, real};
use crate::distribution::gamma::ln_gamma;
use std::collections::BTreeMap;

/// Exact two-sided p value that rows and columns are independent, given the margins.
///
/// # Formula
///
/// ```text
/// P(table) = product of row! and column! / (n! product of cell!)
/// p        = sum of P over tables with these margins and P <= P(seen)
/// ```
///
/// Logarithms within 1e-7 of each other count as equal, as in R's `fisher.test`. 1 if only one table is possible.
/// Tables are gone through column by column; those that end in the same margins as probably are taken together, and
/// what must end below or above the table seen is not gone through further (Mehta and Patel's network).
///
/// # Errors
///
/// [`NoResult::TooLarge`] beyond five million steps: use [`pearson`](super::pearson).
///
/// # Example
///
/// ```
/// use bygdepuls_core::{compare::Crosstab, hypothesis::freeman_halton};
/// let p = freeman_halton::test(&Crosstab::new(&[[3, 1, 0], [2, 4, 1], [0, 2, 5]])?)?;
/// assert_eq!(format!("{p:.6}"), "0.035503");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// G. H. Freeman, J. H. Halton, "Note on an exact treatment of contingency, goodness of fit and other problems of
/// significance", Biometrika 38 (1951); C. R. Mehta, N. R. Patel, "A network algorithm for performing Fisher's exact test
/// in r × c contingency tables", JASA 78 (1983).
pub fn test(table: &Crosstab) -> Result<f64, NoResult> {
    let table = table.without_empty();
    let (mut rows, mut columns) = (table.row_sums(), table.column_sums());
    if rows.len() > columns.len() {
        (rows, columns) = (columns, rows);
    }
    if rows.len() == 1 {
        return Ok(1.0);
    }
    rows.sort_unstable();
    columns.sort_unstable();
    let seen = ln_weight(table.rows().iter().flatten());
    Network { columns, known: BTreeMap::new(), steps: 0 }.not_likelier(rows, seen)
}

/// Logarithms within this distance count as equal.
const TIE: f64 = 1e-7;
/// Splits of a column over the rows that are gone through at most.
const MOST_STEPS: u64 = 5_000_000;

struct Network {
    columns: Vec<u64>,
    /// The least and the largest logarithm of what remains, by column and by what remains in the rows.
    known: BTreeMap<(usize, Vec<u64>), (f64, f64)>,
    steps: u64,
}

impl Network {
    fn not_likelier(&mut self, rows: Vec<u64>, seen: f64) -> Result<f64, NoResult> {
        let bound = seen + TIE;
        let mut sum = 0.0;
        // By what remains in the rows and the logarithm so far; the probability of having come there.
        let mut states = BTreeMap::from([((rows, 0_i64), (0.0, 1.0))]);
        for column in 0..self.columns.len() {
            let mut next = BTreeMap::new();
            for ((rows, _), (so_far, probability)) in states {
                let whole = self.ln_all(column, &rows);
                for (rest, weight) in self.splits(column, &rows)? {
                    let here = so_far + weight;
                    let share = probability * libm::exp(weight + self.ln_all(column + 1, &rest) - whole);
                    let (least, largest) = self.bounds(column + 1, &rest)?;
                    if here + largest <= bound {
                        sum += share;
                    } else if here + least <= bound {
                        #[expect(clippy::cast_possible_truncation, reason = "far below 2^63")]
                        let key = libm::round(here * 1e9) as i64;
                        next.entry((rest, key)).or_insert((here, 0.0)).1 += share;
                    }
                }
            }
            states = next;
        }
        Ok(sum.min(1.0))
    }

    /// The ways to split a column over what remains in the rows: what remains then, sorted, and the logarithm.
    fn splits(&mut self, column: usize, rows: &[u64]) -> Result<Vec<(Vec<u64>, f64)>, NoResult> {
        self.steps = self.steps.saturating_add(count(self.columns[column], rows)?);
        if self.steps > MOST_STEPS {
            return Err(NoResult::TooLarge);
        }
        let mut splits = Vec::new();
        split(self.columns[column], rows, &mut vec![0; rows.len()], 0, &mut splits);
        Ok(splits)
    }

    /// The least and the largest logarithm of any way to fill the columns from this one on.
    fn bounds(&mut self, column: usize, rows: &[u64]) -> Result<(f64, f64), NoResult> {
        if column == self.columns.len() {
            return Ok((0.0, 0.0));
        }
        let key = (column, rows.to_vec());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let (mut least, mut largest) = (f64::INFINITY, f64::NEG_INFINITY);
        for (rest, weight) in self.splits(column, rows)? {
            let after = self.bounds(column + 1, &rest)?;
            least = least.min(weight + after.0);
            largest = largest.max(weight + after.1);
        }
        self.known.insert(key, (least, largest));
        Ok((least, largest))
    }

    /// The logarithm of the sum of 1 / product of cell! over all ways to fill the columns from this one on.
    fn ln_all(&self, column: usize, rows: &[u64]) -> f64 {
        ln_weight(rows.iter()) + ln_weight(self.columns[column..].iter()) - ln_weight([rows.iter().sum()].iter())
    }
}

/// Every way to split what is left of a column over the rows from this one on.
fn split(left: u64, rows: &[u64], cells: &mut Vec<u64>, row: usize, splits: &mut Vec<(Vec<u64>, f64)>) {
    if row + 1 == rows.len() {
        cells[row] = left;
        let mut rest: Vec<u64> = rows.iter().zip(cells.iter()).map(|(row, cell)| row - cell).collect();
        rest.sort_unstable();
        splits.push((rest, ln_weight(cells.iter())));
        return;
    }
    let others: u64 = rows[row + 1..].iter().sum();
    for cell in left.saturating_sub(others)..=left.min(rows[row]) {
        cells[row] = cell;
        split(left - cell, rows, cells, row + 1, splits);
    }
}

/// How many ways there are to split a column over the rows.
fn count(column: u64, rows: &[u64]) -> Result<u64, NoResult> {
    if column > MOST_STEPS {
        return Err(NoResult::TooLarge);
    }
    // Ways to have placed so many; counts beyond the limit stay beyond it.
    let mut ways = vec![1_u64];
    for row in rows {
        let longer = usize::try_from(column.min(ways.len() as u64 - 1 + row)).map_err(|_| NoResult::TooLarge)?;
        let mut sums = Vec::with_capacity(longer + 1);
        let mut sum = 0_u64;
        for placed in 0..=longer {
            sum = sum.saturating_add(ways.get(placed).copied().unwrap_or(0));
            sums.push(sum);
        }
        let row = usize::try_from(*row).map_err(|_| NoResult::TooLarge)?;
        ways = (0..=longer)
            .map(|placed| match placed.checked_sub(row + 1) {
                Some(before) if sums[placed] < u64::MAX => sums[placed] - sums[before],
                _ => sums[placed],
            })
            .collect();
    }
    let last = usize::try_from(column).map_err(|_| NoResult::TooLarge)?;
    Ok(ways.get(last).copied().unwrap_or(0))
}

/// The logarithm of 1 / product of the factorials.
fn ln_weight<'a>(cells: impl Iterator<Item = &'a u64>) -> f64 {
    -cells.map(|cell| ln_gamma(real(*cell) + 1.0)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::TwoGroups;
    use crate::hypothesis::fisher_exact;

    #[test]
    fn two_by_two_is_fishers_test() {
        for (first, second) in [((3, 10), (7, 12)), ((0, 5), (3, 5)), ((10, 10), (0, 20))] {
            let groups = TwoGroups::new(first, second).unwrap();
            let table = Crosstab::new(&[[first.0, first.1 - first.0], [second.0, second.1 - second.0]]).unwrap();
            let (p, exact) = (test(&table).unwrap(), fisher_exact::test(&groups).unwrap().two_sided);
            assert!((p / exact - 1.0).abs() < 1e-12, "{p} is not {exact}");
        }
    }

    #[test]
    fn the_ways_are_counted() {
        for (column, rows) in [(3, vec![2, 2, 2]), (4, vec![1, 3, 5]), (0, vec![4, 4]), (6, vec![2, 2, 2])] {
            let mut splits = Vec::new();
            split(column, &rows, &mut vec![0; rows.len()], 0, &mut splits);
            assert_eq!(count(column, &rows), Ok(splits.len() as u64));
        }
    }

    #[test]
    fn at_the_edges() {
        assert_eq!(test(&Crosstab::new(&[[1, 2, 3]]).unwrap()), Ok(1.0));
        assert_eq!(
            test(&Crosstab::new(&[[1, 2], [0, 0], [3, 4]]).unwrap()),
            test(&Crosstab::new(&[[1, 2], [3, 4]]).unwrap())
        );
        // Three people, each in a row and a column of their own: all six tables are as probable.
        assert!((test(&Crosstab::new(&[[1, 0, 0], [0, 1, 0], [0, 0, 1]]).unwrap()).unwrap() - 1.0).abs() < 1e-14);
        let large: Vec<Vec<u64>> = (0..8).map(|i| (0..8).map(|j| 40 + (i * j) % 7).collect()).collect();
        assert_eq!(test(&Crosstab::new(&large).unwrap()), Err(NoResult::TooLarge));
    }
}
