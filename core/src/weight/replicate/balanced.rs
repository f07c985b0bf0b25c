//! Balanced half-samples.

use super::jackknife::first;
use super::{Factors, ReplicateProblem, Replicates, Scaling, rank, strata, weighted_units};
use crate::design::Design;

impl Replicates {
    /// Balanced repeated replication: each replicate doubles one unit of each stratum and leaves out the other.
    ///
    /// As [`Replicates::fay`] with rho 0.
    ///
    /// # Errors
    ///
    /// As [`Replicates::fay`].
    pub fn brr(design: &Design) -> Result<Self, ReplicateProblem> {
        Self::fay(design, 0.0)
    }

    /// Fay's method: half-samples whose other half keeps a part of its weight.
    ///
    /// # Formula
    ///
    /// ```text
    /// factors   2 - rho for one unit of each stratum, rho for the other: the first where row h + 1 of a Hadamard matrix
    ///           has 1 in the column of the replicate, the second where it has -1
    /// scale     1 / (R (1 - rho)^2),  R replicates: the order of the matrix, the smallest there is above the number of strata
    /// ```
    ///
    /// Matrices are Sylvester's doublings of Paley's. Another matrix gives other replicates and the same variance of any
    /// linear estimate. Finite populations do not enter.
    ///
    /// # Errors
    ///
    /// [`ReplicateProblem::NotTwoUnits`], [`ReplicateProblem::InvalidRho`] for one outside 0 to 1 (1 excluded),
    /// [`ReplicateProblem::NoUnits`], [`ReplicateProblem::UnequalProbabilities`].
    ///
    /// # Source
    ///
    /// P. J. McCarthy, "Pseudo-replication: half samples", Review of the ISI 37 (1969); D. Judkins, "Fay's method for
    /// variance estimation", Journal of Official Statistics 6 (1990).
    pub fn fay(design: &Design, rho: f64) -> Result<Self, ReplicateProblem> {
        let stage = first(design)?;
        if !(0.0..1.0).contains(&rho) {
            return Err(ReplicateProblem::InvalidRho);
        }
        if let Some(stratum) = stage.strata.iter().find(|stratum| stratum.sampled != 2) {
            let (stratum, units) = (stratum.label.clone(), stratum.sampled);
            return Err(ReplicateProblem::NotTwoUnits { stratum, units });
        }
        let matrix = hadamard(stage.strata.len() + 1);
        let (count, units) = (matrix.len(), stage.stratum.len());
        let mut factors = vec![0.0; count * units];
        for (replicate, factors) in factors.chunks_mut(units).enumerate() {
            for (row, range) in matrix[1..].iter().zip(strata(stage)) {
                let [one, other] = if row[replicate] { [2.0 - rho, rho] } else { [rho, 2.0 - rho] };
                factors[range.start as usize] = one;
                factors[range.start as usize + 1] = other;
            }
        }
        let weighted = weighted_units(design, units);
        let factor = |replicate: usize, unit: u32| factors[replicate * units + unit as usize];
        let rank = rank(count, units, |unit| weighted[unit as usize], factor);
        #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
        let (replicates, df) = (count as f64, rank as f64 - 1.0);
        let scale = 1.0 / (replicates * (1.0 - rho) * (1.0 - rho));
        let scaling = Scaling { scale, rscales: vec![1.0; count], mse: false };
        Ok(Self { factors: Factors::Each(factors), units, scaling, df })
    }
}

/// A Hadamard matrix, true for 1 and false for -1: the smallest of the known orders that has at least so many rows. Its first
/// row is all 1, rows are orthogonal.
fn hadamard(rows: usize) -> Vec<Vec<bool>> {
    let order = (rows..).find(|order| is_order(*order)).unwrap_or(rows.next_power_of_two());
    build(order)
}

/// Whether the order is a power of two times 1 or q + 1, q a prime that leaves 3 divided by 4.
fn is_order(order: usize) -> bool {
    order == 1 || order == 2 || is_paley(order) || (order.is_multiple_of(2) && order > 2 && is_order(order / 2))
}

fn is_paley(order: usize) -> bool {
    let q = order.saturating_sub(1);
    order.is_multiple_of(4)
        && (2..q).take_while(|divisor| divisor * divisor <= q).all(|divisor| !q.is_multiple_of(divisor))
}

fn build(order: usize) -> Vec<Vec<bool>> {
    if order == 1 {
        return vec![vec![true]];
    }
    if order.is_multiple_of(2) && is_order(order / 2) {
        let half = build(order / 2);
        let doubled = |sign: bool| {
            let row = move |row: &Vec<bool>| row.iter().copied().chain(row.iter().map(|one| *one == sign)).collect();
            half.iter().map(row).collect::<Vec<Vec<bool>>>()
        };
        return [doubled(true), doubled(false)].concat();
    }
    // Paley: 1 in the first row and on the diagonal, -1 below the corner, elsewhere whether the difference of the places
    // is a square modulo q.
    let q = order - 1;
    let mut square = vec![false; q];
    (1..q).for_each(|root| square[root * root % q] = true);
    let entry = |row: usize, column: usize| match (row, column) {
        (0, _) => true,
        (_, 0) => false,
        (row, column) if row == column => true,
        (row, column) => square[(column + q - row) % q],
    };
    (0..order).map(|row| (0..order).map(|column| entry(row, column)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_orthogonal() {
        for rows in 1..=64 {
            let matrix = hadamard(rows);
            // Matrices of order 28, 36, 52 and 56 exist, of other constructions.
            let next = [4, 8, 12, 16, 20, 24, 32, 40, 44, 48, 60, 64].into_iter().find(|order| *order >= rows);
            assert!(rows < 3 || Some(matrix.len()) == next, "{rows}: {}", matrix.len());
            assert!(matrix[0].iter().all(|one| *one));
            for (place, row) in matrix.iter().enumerate() {
                for other in &matrix[..place] {
                    let same = row.iter().zip(other).filter(|(one, other)| one == other).count();
                    assert_eq!(2 * same, matrix.len());
                }
            }
        }
    }
}
