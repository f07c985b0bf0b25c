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
    if table.n() > MOST_STEPS {
        return Err(NoResult::TooLarge);
    }
    let ln_factorials = (0..=table.n()).map(|count| ln_gamma(real(count) + 1.0)).collect();
    let mut network = Network { columns, ln_factorials, known: BTreeMap::new(), steps: 0 };
    let seen = network.ln_weight(table.rows().iter().flatten());
    network.not_likelier(rows, seen + TIE)
}

/// Logarithms within this distance count as equal.
const TIE: f64 = 1e-7;
/// How many splits of a column over the rows, and how many states, are gone through at most.
const MOST_STEPS: u64 = 5_000_000;

struct Network {
    columns: Vec<u64>,
    ln_factorials: Vec<f64>,
    /// The least and the largest logarithm of what remains, by column and by what remains in the rows.
    known: BTreeMap<(usize, Vec<u64>), (f64, f64)>,
    steps: u64,
}

/// The ways to have come to a node that are as probable: the logarithm of 1 / product of cell! so far, in billionths, and
/// as it is, with their probability.
type Ways = BTreeMap<i64, (f64, f64)>;

impl Network {
    /// The probability of all tables whose logarithm is at most `bound`.
    fn not_likelier(&mut self, rows: Vec<u64>, bound: f64) -> Result<f64, NoResult> {
        let mut sum = 0.0;
        let mut nodes = BTreeMap::from([(rows, Ways::from([(0, (0.0, 1.0))]))]);
        for column in 0..self.columns.len() {
            let mut next: BTreeMap<Vec<u64>, Ways> = BTreeMap::new();
            for (rows, ways) in nodes {
                let whole = self.ln_all(column, &rows);
                // From the least logarithm; the probability of all up to each.
                let mut up_to = Vec::with_capacity(ways.len());
                let mut below = 0.0;
                for (so_far, probability) in ways.into_values() {
                    below += probability;
                    up_to.push((so_far, probability, below));
                }
                for (rest, weight) in self.splits(column, &rows)? {
                    let share = libm::exp(weight + self.ln_all(column + 1, &rest) - whole);
                    let (least, largest) = self.bounds(column + 1, &rest)?;
                    // What ends below in any case, what may, and what cannot.
                    let sure = up_to.partition_point(|(so_far, ..)| so_far + weight + largest <= bound);
                    let open = up_to.partition_point(|(so_far, ..)| so_far + weight + least <= bound);
                    if sure > 0 {
                        sum += share * up_to[sure - 1].2;
                    }
                    if sure < open {
                        self.step((open - sure) as u64)?;
                        let ways = next.entry(rest).or_default();
                        for (so_far, probability, _) in &up_to[sure..open] {
                            let here = so_far + weight;
                            #[expect(clippy::cast_possible_truncation, reason = "far below 2^63")]
                            let key = libm::round(here * 1e9) as i64;
                            ways.entry(key).or_insert((here, 0.0)).1 += share * probability;
                        }
                    }
                }
            }
            nodes = next;
        }
        Ok(sum.min(1.0))
    }

    fn step(&mut self, steps: u64) -> Result<(), NoResult> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MOST_STEPS { Err(NoResult::TooLarge) } else { Ok(()) }
    }

    /// The ways to split a column over what remains in the rows: what remains then, sorted, and the logarithm.
    fn splits(&mut self, column: usize, rows: &[u64]) -> Result<Vec<(Vec<u64>, f64)>, NoResult> {
        self.step(count(self.columns[column], rows)?)?;
        let mut cells = Vec::new();
        split(self.columns[column], rows, &mut vec![0; rows.len()], 0, &mut |found| {
            let mut rest: Vec<u64> = rows.iter().zip(found).map(|(row, cell)| row - cell).collect();
            rest.sort_unstable();
            cells.push((rest, self.ln_weight(found.iter())));
        });
        Ok(cells)
    }

    /// The least and the largest logarithm of any way to fill the columns from this one on.
    fn bounds(&mut self, column: usize, rows: &[u64]) -> Result<(f64, f64), NoResult> {
        // The last column takes what remains.
        if column + 1 >= self.columns.len() {
            let weight = self.ln_weight(rows.iter());
            return Ok((weight, weight));
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
        self.ln_weight(rows.iter()) + self.ln_weight(self.columns[column..].iter())
            - self.ln_weight([rows.iter().sum()].iter())
    }

    /// The logarithm of 1 / product of the factorials. Margins and cells are at most n.
    fn ln_weight<'a>(&self, counts: impl Iterator<Item = &'a u64>) -> f64 {
        let of = |count: &u64| usize::try_from(*count).ok().and_then(|count| self.ln_factorials.get(count));
        -counts.filter_map(of).sum::<f64>()
    }
}

/// Every way to split what is left of a column over the rows from this one on.
fn split(left: u64, rows: &[u64], cells: &mut Vec<u64>, row: usize, each: &mut impl FnMut(&[u64])) {
    if row + 1 == rows.len() {
        cells[row] = left;
        each(cells);
        return;
    }
    let others: u64 = rows[row + 1..].iter().sum();
    for cell in left.saturating_sub(others)..=left.min(rows[row]) {
        cells[row] = cell;
        split(left - cell, rows, cells, row + 1, each);
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
            let mut splits = 0;
            split(column, &rows, &mut vec![0; rows.len()], 0, &mut |_| splits += 1);
            assert_eq!(count(column, &rows), Ok(splits));
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
