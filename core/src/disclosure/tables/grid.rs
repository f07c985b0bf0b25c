//! Where the cells of one table stand: a code in each dimension.

use super::contributions::above;
use super::{CellId, Hierarchy, Table, strides};

/// The cells of a table by their codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The dimensions, the slowest first.
    pub axes: Vec<Axis>,
    /// By place the cell.
    pub cells: Vec<CellId>,
}

/// The codes of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// How far apart neighbours are.
    pub stride: usize,
    /// How many codes there are.
    pub codes: usize,
    /// By innermost code all that it is counted in, itself among them.
    pub above: Vec<(usize, Vec<usize>)>,
    /// How codes add up, where each is part of one sum at most.
    pub tree: Option<Tree>,
}

/// Codes that add up in one way only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// By code the sum that it is part of.
    pub parent: Vec<Option<usize>>,
    /// By code what it is the sum of.
    pub children: Vec<Vec<usize>>,
}

impl Tree {
    fn new(hierarchy: &Hierarchy) -> Option<Self> {
        let mut parent = vec![None; hierarchy.len()];
        let mut children = vec![Vec::new(); hierarchy.len()];
        for (code, own) in children.iter_mut().enumerate() {
            for branch in hierarchy.branches(code) {
                if !own.is_empty() {
                    return None;
                }
                *own = branch.to_vec();
                for child in branch {
                    if parent[*child].replace(code).is_some() {
                        return None;
                    }
                }
            }
        }
        Some(Self { parent, children })
    }
}

impl Grid {
    /// The grid of a table whose cells have these numbers.
    pub(super) fn new(table: &Table, cells: Vec<CellId>) -> Self {
        let sizes: Vec<usize> = table.dimensions.iter().map(|(_, hierarchy)| hierarchy.len()).collect();
        let axis = |((_, hierarchy), stride): (&(String, Hierarchy), usize)| {
            let above = above(hierarchy).into_iter().enumerate();
            let above = above.filter(|(code, _)| hierarchy.is_leaf(*code)).collect();
            Axis { stride, codes: hierarchy.len(), above, tree: Tree::new(hierarchy) }
        };
        Self { axes: table.dimensions.iter().zip(strides(&sizes)).map(axis).collect(), cells }
    }
}

impl Axis {
    /// The code of a place.
    #[must_use]
    pub fn code(&self, place: usize) -> usize {
        place / self.stride % self.codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::tables::Branch;
    use std::collections::BTreeMap;

    fn hierarchy(branches: &[(&str, &[&str])]) -> Hierarchy {
        let branch = |(parent, children): &(&str, &[&str])| Branch {
            parent: (*parent).into(),
            children: children.iter().map(ToString::to_string).collect(),
        };
        Hierarchy::new(&branches.iter().map(branch).collect::<Vec<_>>(), &[]).unwrap()
    }

    #[test]
    fn codes_and_sums_by_hand() {
        // Total 0, N 1, S 2, A 3, B 4, C 5.
        let region = hierarchy(&[("Total", &["N", "S"]), ("N", &["A", "B"]), ("S", &["C"])]);
        let answer = hierarchy(&[("Total", &["no", "yes"])]);
        let dimensions = vec![("region".to_string(), region), ("answer".to_string(), answer)];
        let tables = Table::new(dimensions, &BTreeMap::new()).tables();
        let [region, answer] = &tables.grids[0].axes[..] else { panic!("two dimensions") };
        // (B, yes) is 4 × 3 + 2.
        assert_eq!((region.code(14), answer.code(14)), (4, 2));
        let tree = region.tree.as_ref().unwrap();
        assert_eq!(tree.parent, [None, Some(0), Some(0), Some(1), Some(1), Some(2)]);
        assert_eq!(tree.children, [vec![1, 2], vec![3, 4], vec![5], vec![], vec![], vec![]]);
        assert_eq!(region.above, [(3, vec![0, 1, 3]), (4, vec![0, 1, 4]), (5, vec![0, 2, 5])]);
    }

    #[test]
    fn overlapping_sums_are_no_tree() {
        let two = hierarchy(&[("Total", &["A", "B"]), ("Total", &["X", "Y"]), ("X", &["A"]), ("Y", &["B"])]);
        assert_eq!(Tree::new(&two), None);
    }
}
