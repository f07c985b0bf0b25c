//! Linear dependence among columns of few entries, found by elimination in [modular](crate::disclosure::modular) numbers.

use crate::disclosure::modular::{inverse, minus, plus, times};
use std::collections::BinaryHeap;

/// A sparse vector: places, ascending, and what stands there.
pub(super) type Sparse = Vec<(u32, u64)>;

/// Columns that are independent of each other, each reduced by those before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Elimination {
    /// By row the reduced column of which it is the last row.
    pivots: Vec<u32>,
    columns: Vec<Reduced>,
    sum: Accumulator,
}

#[derive(Clone, Debug)]
struct Reduced {
    element: u32,
    entries: Sparse,
    /// 1 / the entry in its last row.
    inverse: u64,
    /// The reduced columns that were taken away, and how often.
    taken: Sparse,
}

const NONE: u32 = u32::MAX;

impl Elimination {
    pub(super) fn new(rows: usize) -> Self {
        Self { pivots: vec![NONE; rows], ..Self::default() }
    }

    /// Adds a column. When it depends on those before, it is left out and its circuit given: the only combination of it,
    /// once, and of those before that is 0.
    pub(super) fn add(&mut self, element: u32, column: &[(u32, u64)]) -> Option<Sparse> {
        let mut sum = std::mem::take(&mut self.sum);
        column.iter().for_each(|(row, entry)| sum.add(*row, *entry));
        let mut taken = Sparse::new();
        let mut pivot = None;
        while let Some((row, entry)) = sum.pop() {
            let number = self.pivots[row as usize];
            if number == NONE {
                pivot = Some((row, entry));
                break;
            }
            let other = &self.columns[number as usize];
            let factor = times(entry, other.inverse);
            taken.push((number, factor));
            let last = other.entries.len() - 1;
            other.entries[..last].iter().for_each(|(row, entry)| sum.add(*row, minus(times(factor, *entry))));
        }
        let circuit = match pivot {
            Some((row, entry)) => {
                let mut entries = vec![(row, entry)];
                while let Some(next) = sum.pop() {
                    entries.push(next);
                }
                entries.reverse();
                self.pivots[row as usize] = u32::try_from(self.columns.len()).unwrap_or(NONE);
                self.columns.push(Reduced { element, entries, inverse: inverse(entry), taken });
                None
            }
            None => Some(self.circuit(element, &taken, &mut sum)),
        };
        self.sum = sum;
        circuit
    }

    /// What was taken away, in terms of columns as they were given.
    fn circuit(&self, element: u32, taken: &[(u32, u64)], sum: &mut Accumulator) -> Sparse {
        taken.iter().for_each(|(number, factor)| sum.add(*number, minus(*factor)));
        let mut circuit = vec![(element, 1)];
        while let Some((number, factor)) = sum.pop() {
            let column = &self.columns[number as usize];
            circuit.push((column.element, factor));
            column.taken.iter().for_each(|(number, other)| sum.add(*number, minus(times(factor, *other))));
        }
        circuit.sort_unstable();
        circuit
    }
}

/// A sum of sparse vectors, read from the last place on.
#[derive(Clone, Debug, Default)]
struct Accumulator {
    values: Vec<u64>,
    waiting: Vec<bool>,
    places: BinaryHeap<u32>,
}

impl Accumulator {
    fn add(&mut self, place: u32, value: u64) {
        let index = place as usize;
        if self.values.len() <= index {
            self.values.resize(index + 1, 0);
            self.waiting.resize(index + 1, false);
        }
        self.values[index] = plus(self.values[index], value);
        if !self.waiting[index] {
            self.waiting[index] = true;
            self.places.push(place);
        }
    }

    /// The last place that is not 0, taken out.
    fn pop(&mut self) -> Option<(u32, u64)> {
        while let Some(place) = self.places.pop() {
            self.waiting[place as usize] = false;
            let value = std::mem::take(&mut self.values[place as usize]);
            if value != 0 {
                return Some((place, value));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::modular::MINUS_ONE;

    #[test]
    fn a_square_of_cells_is_a_circuit() {
        // Columns of a 2 by 2 block: each in one row and one column of the table.
        let cells = [[0, 2], [0, 3], [1, 2], [1, 3]];
        let mut elimination = Elimination::new(4);
        let found: Vec<_> =
            (0..).zip(&cells).map(|(element, rows)| elimination.add(element, &rows.map(|row| (row, 1)))).collect();
        assert_eq!(found[..3], [None, None, None]);
        let circuit = found[3].as_ref().unwrap();
        assert_eq!(*circuit, [(0, 1), (1, MINUS_ONE), (2, MINUS_ONE), (3, 1)]);
    }
}
