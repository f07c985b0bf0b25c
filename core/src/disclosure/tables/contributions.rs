//! Who makes up the sums of a table of amounts.

use super::{Hierarchy, Table};
use std::collections::BTreeMap;

/// How many of the largest contributions of a cell are kept: no rule looks at more.
pub const LARGEST: usize = 5;

/// Who makes up a sum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contributions {
    /// How many have a part of it that is not 0.
    pub contributors: u64,
    /// The largest parts, the largest first, at most [`LARGEST`].
    pub largest: Vec<u64>,
}

/// One contribution: the codes of its innermost cell, who it is of, and how much it is.
pub type Contribution = (Vec<usize>, u32, u64);

impl Table {
    /// The same table, with who makes up each of its sums. Contributions of the same to one cell are one.
    #[must_use]
    pub fn with_contributions(mut self, records: &[Contribution]) -> Self {
        let above: Vec<Vec<Vec<usize>>> = self.dimensions.iter().map(|(_, hierarchy)| above(hierarchy)).collect();
        let mut parts: BTreeMap<(usize, u32), u64> = BTreeMap::new();
        for (codes, contributor, amount) in records.iter().filter(|(_, _, amount)| *amount > 0) {
            let mut cells = vec![0];
            for ((code, above), (_, hierarchy)) in codes.iter().zip(&above).zip(&self.dimensions) {
                let along = |cell: usize| above[*code].iter().map(move |code| cell * hierarchy.len() + code);
                cells = cells.into_iter().flat_map(along).collect();
            }
            for cell in cells {
                *parts.entry((cell, *contributor)).or_default() += amount;
            }
        }
        let mut contributions = vec![Contributions::default(); self.len()];
        for ((cell, _), amount) in parts {
            let own = &mut contributions[cell];
            own.contributors += 1;
            let at = own.largest.partition_point(|other| *other >= amount);
            if at < LARGEST {
                own.largest.insert(at, amount);
                own.largest.truncate(LARGEST);
            }
        }
        self.contributions = contributions;
        self
    }
}

/// By code those that it is part of, itself among them.
pub(super) fn above(hierarchy: &Hierarchy) -> Vec<Vec<usize>> {
    let mut below: Vec<Vec<usize>> = (0..hierarchy.len()).map(|code| vec![code]).collect();
    for parent in hierarchy.bottom_up() {
        let parts: Vec<usize> =
            hierarchy.branches(parent).next().into_iter().flatten().flat_map(|child| below[*child].clone()).collect();
        below[parent].extend(parts);
    }
    let mut above = vec![Vec::new(); hierarchy.len()];
    for (code, parts) in below.iter().enumerate() {
        parts.iter().for_each(|part| above[*part].push(code));
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_is_in_two_cells_is_one_in_their_sum() {
        let town = Hierarchy::flat("Total", &["A".into(), "B".into()]).unwrap();
        let inner = [(vec![1], 70), (vec![2], 30)].into_iter().collect();
        let records = [(vec![1], 0, 50), (vec![1], 1, 20), (vec![2], 0, 30)];
        let table = Table::new(vec![("town".into(), town)], &inner).with_contributions(&records);
        let of = |contributors, largest: &[u64]| Contributions { contributors, largest: largest.to_vec() };
        assert_eq!(table.contributions, [of(2, &[80, 20]), of(2, &[50, 20]), of(1, &[30])]);
    }
}
