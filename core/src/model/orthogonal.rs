//! Orthogonal columns: least squares without the loss of digits that normal equations bring.

use nalgebra::DMatrix;

/// Columns as Q R, with orthonormal Q and R upper triangular.
pub(super) struct Orthogonal {
    q: Vec<Vec<f64>>,
    r: DMatrix<f64>,
}

impl Orthogonal {
    /// A column that adds less than this part of its length to those before it is their combination.
    const REDUNDANT: f64 = 1e-11;

    /// Gram and Schmidt's procedure, each column twice. The place of a column that the ones before it make up is the
    /// error.
    pub(super) fn new(columns: Vec<Vec<f64>>) -> Result<Self, usize> {
        let count = columns.len();
        let mut q: Vec<Vec<f64>> = Vec::with_capacity(count);
        let mut r = DMatrix::zeros(count, count);
        for (place, mut column) in columns.into_iter().enumerate() {
            let length = dot(&column, &column).sqrt();
            for _ in 0..2 {
                for (before, other) in q.iter().enumerate() {
                    let along = dot(other, &column);
                    r[(before, place)] += along;
                    column.iter_mut().zip(other).for_each(|(value, other)| *value -= along * other);
                }
            }
            let rest = dot(&column, &column).sqrt();
            if rest.is_nan() || rest <= Self::REDUNDANT * length {
                return Err(place);
            }
            r[(place, place)] = rest;
            column.iter_mut().for_each(|value| *value /= rest);
            q.push(column);
        }
        Ok(Self { q, r })
    }

    /// The coefficients that bring the columns nearest to `target`.
    pub(super) fn solve(&self, target: &[f64]) -> Vec<f64> {
        self.back(self.q.iter().map(|column| dot(column, target)).collect())
    }

    /// For each coefficient and record: (C' C)⁻¹ c[i] times `scale[i]`, c[i] being the record's row of the columns.
    pub(super) fn influence(&self, scale: &[f64]) -> Vec<Vec<f64>> {
        let mut influence = vec![Vec::with_capacity(scale.len()); self.q.len()];
        for (record, scale) in scale.iter().enumerate() {
            let of_record = self.back(self.q.iter().map(|column| column[record] * scale).collect());
            influence.iter_mut().zip(of_record).for_each(|(list, value)| list.push(value));
        }
        influence
    }

    /// R⁻¹ x.
    fn back(&self, mut x: Vec<f64>) -> Vec<f64> {
        for row in (0..x.len()).rev() {
            let known: f64 = (row + 1..x.len()).map(|column| self.r[(row, column)] * x[column]).sum();
            x[row] = (x[row] - known) / self.r[(row, row)];
        }
        x
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
