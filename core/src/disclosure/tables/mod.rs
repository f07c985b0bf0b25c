//! Tables of counts as cells, and the margins that hold among them.
//!
//! A [`Tables`] is all that an attacker can put together: cells of one table, of several that share cells, of two
//! releases and their difference. What is not asked for but known to exist, the innermost cells of a table of which only
//! margins are published, is there too.

mod code;
mod contributions;
mod formula;
mod grid;
mod hierarchy;
mod link;
mod preference;
mod read;
mod read_spec;
mod spec;

pub(in crate::disclosure) use code::{code, codes, or_nothing, texts, trim};
pub use code::{code_of_csv, csv_code};
pub use contributions::{Contribution, Contributions, LARGEST};
pub use formula::{Formula, FormulaProblem};
pub use grid::{Axis, Grid, Tree};
pub use hierarchy::{Branch, Hierarchy, HierarchyProblem};
pub use link::{Linked, Mismatch};
pub(in crate::disclosure) use read::LIMIT;
pub use read_spec::read_hierarchies;
pub(in crate::disclosure) use read_spec::{BRANCHES, trim_branches};
pub use spec::{Rule, Spec};

use std::collections::BTreeMap;

/// A cell by its number.
pub type CellId = u32;

/// A total and the parts that it is the sum of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The sum.
    pub total: CellId,
    /// What is summed.
    pub parts: Vec<CellId>,
    /// Whether other margins say the same already: margins that do not are enough for linear algebra, all of them are
    /// better for bounds.
    pub spare: bool,
}

/// Cells of counts and their margins.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// The true counts.
    pub counts: Vec<u64>,
    /// Whether anybody asked for the cell: the others are never published.
    pub asked: Vec<bool>,
    /// The sums that hold.
    pub margins: Vec<Margin>,
    /// By cell who makes it up, in tables of amounts; empty in those of counts.
    pub contributions: Vec<Contributions>,
    /// By cell how much more than it is it must be able to be, in tables of amounts; empty in those of counts.
    pub widths: Vec<u64>,
    /// By margin whether its parts are answers that the total gave; empty where every margin is meant.
    pub answers: Vec<bool>,
    /// By cell how much people want to see it; empty where only its count decides.
    pub priorities: Vec<u64>,
    /// Where the cells stand in their tables, as far as that is known.
    pub grids: Vec<Grid>,
}

impl Tables {
    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Adds a cell.
    pub fn push(&mut self, count: u64, asked: bool) -> CellId {
        let id = CellId::try_from(self.counts.len()).unwrap_or(CellId::MAX);
        self.counts.push(count);
        self.asked.push(asked);
        id
    }

    /// How much people want to see a cell, before its count is looked at: more is better.
    #[must_use]
    pub fn priority(&self, cell: CellId) -> u64 {
        self.priorities.get(cell as usize).copied().unwrap_or_default()
    }

    /// Adds what is left of a cell without one of its parts, as a cell that nobody asked for.
    pub fn difference(&mut self, whole: CellId, part: CellId) -> CellId {
        let rest = self.counts[whole as usize].saturating_sub(self.counts[part as usize]);
        let rest = self.push(rest, false);
        self.margins.push(Margin { total: whole, parts: vec![part, rest], spare: false });
        rest
    }
}

/// One table: dimensions with hierarchies, and a count for each combination of codes.
#[derive(Clone, Debug)]
pub struct Table {
    /// The dimensions by name, in the order of the keys.
    pub dimensions: Vec<(String, Hierarchy)>,
    /// By cell, the first dimension slowest.
    counts: Vec<u64>,
    asked: Vec<bool>,
    /// By cell; empty in tables of counts.
    contributions: Vec<Contributions>,
    /// By dimension whether it holds answers; empty where all do.
    answers: Vec<bool>,
    /// By dimension and code whether it is to be kept.
    kept: Vec<Vec<bool>>,
}

impl Table {
    /// A table from the counts of its innermost cells, given by the codes of each dimension; what is not given is 0.
    #[must_use]
    pub fn new(dimensions: Vec<(String, Hierarchy)>, inner: &BTreeMap<Vec<usize>, u64>) -> Self {
        let sizes: Vec<usize> = dimensions.iter().map(|(_, hierarchy)| hierarchy.len()).collect();
        let cells = sizes.iter().product();
        let (counts, asked) = (vec![0; cells], vec![true; cells]);
        let mut table =
            Self { dimensions, counts, asked, contributions: Vec::new(), answers: Vec::new(), kept: Vec::new() };
        for (codes, count) in inner {
            let place = table.place(codes);
            table.counts[place] += count;
        }
        // Along one dimension after the other, each parent after its children.
        for (dimension, stride) in strides(&sizes).into_iter().enumerate() {
            let hierarchy = &table.dimensions[dimension].1;
            for parent in hierarchy.bottom_up() {
                let Some(branch) = hierarchy.branches(parent).next() else { continue };
                for cell in cells_with(&sizes, stride, dimension, parent) {
                    let base = cell - parent * stride;
                    table.counts[cell] = branch.iter().map(|child| table.counts[base + child * stride]).sum();
                }
            }
        }
        table
    }

    /// Asks for the cells of a formula only.
    #[must_use]
    pub fn only(mut self, asked: impl Fn(&[usize]) -> bool) -> Self {
        self.asked = (0..self.len()).map(|cell| asked(&self.codes(cell))).collect();
        self
    }

    /// The same table with other counts, by cell.
    #[must_use]
    pub fn with_counts(mut self, counts: Vec<u64>) -> Self {
        self.counts = counts;
        self
    }

    /// The dimensions whose codes are answers: groups that gave the same one are looked at along these only.
    #[must_use]
    pub fn with_answers(mut self, dimensions: &[String]) -> Self {
        self.answers = self.dimensions.iter().map(|(name, _)| dimensions.contains(name)).collect();
        self
    }

    /// The dimensions whose codes are answers: all of them where nothing else was said.
    pub fn answers(&self) -> impl Iterator<Item = &String> {
        let is_one = |place: usize| self.answers.get(place).copied().unwrap_or(true);
        self.dimensions.iter().enumerate().filter(move |(place, _)| is_one(*place)).map(|(_, (name, _))| name)
    }

    /// How many cells there are, those that nobody asked for among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The cell of some codes.
    #[must_use]
    pub fn place(&self, codes: &[usize]) -> usize {
        self.dimensions.iter().zip(codes).fold(0, |place, ((_, hierarchy), code)| place * hierarchy.len() + code)
    }

    /// The true count of a cell.
    #[must_use]
    pub fn count(&self, cell: usize) -> u64 {
        self.counts[cell]
    }

    /// The codes of a cell.
    #[must_use]
    pub fn codes(&self, mut cell: usize) -> Vec<usize> {
        let mut codes = vec![0; self.dimensions.len()];
        for (code, (_, hierarchy)) in codes.iter_mut().zip(&self.dimensions).rev() {
            (*code, cell) = (cell % hierarchy.len(), cell / hierarchy.len());
        }
        codes
    }

    /// The names of a cell's codes.
    #[must_use]
    pub fn key(&self, cell: usize) -> Vec<&str> {
        let codes = self.codes(cell);
        self.dimensions.iter().zip(codes).map(|((_, hierarchy), code)| hierarchy.code(code)).collect()
    }

    /// Its cells and all of their margins.
    #[must_use]
    pub fn tables(&self) -> Tables {
        let mut tables = Tables {
            counts: self.counts.clone(),
            asked: self.asked.clone(),
            contributions: self.contributions.clone(),
            priorities: self.priorities(),
            grids: vec![Grid::new(self, (0..).take(self.len()).collect())],
            ..Tables::default()
        };
        let sizes: Vec<usize> = self.dimensions.iter().map(|(_, hierarchy)| hierarchy.len()).collect();
        let strides = strides(&sizes);
        let id = |cell: usize| CellId::try_from(cell).unwrap_or(CellId::MAX);
        for cell in 0..self.len() {
            let codes = self.codes(cell);
            // A sum along the first dimension that has one; along the others it follows from those of the parts.
            let mut spare = false;
            for (dimension, code) in codes.iter().enumerate() {
                let base = cell - code * strides[dimension];
                let mut has = false;
                for branch in self.dimensions[dimension].1.branches(*code) {
                    let parts = branch.iter().map(|child| id(base + child * strides[dimension])).collect();
                    tables.margins.push(Margin { total: id(cell), parts, spare });
                    tables.answers.extend(self.answers.get(dimension));
                    has = true;
                }
                spare |= has;
            }
        }
        tables
    }
}

/// How far apart neighbours along each dimension are.
fn strides(sizes: &[usize]) -> Vec<usize> {
    (0..sizes.len()).map(|dimension| sizes[dimension + 1..].iter().product()).collect()
}

/// The cells that have a code in a dimension.
fn cells_with(sizes: &[usize], stride: usize, dimension: usize, code: usize) -> impl Iterator<Item = usize> {
    let block = stride * sizes[dimension];
    let blocks = sizes.iter().product::<usize>() / block.max(1);
    (0..blocks).flat_map(move |number| (0..stride).map(move |rest| number * block + code * stride + rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(name: &str, codes: &[&str]) -> (String, Hierarchy) {
        let children = codes.iter().map(ToString::to_string).collect();
        (name.into(), Hierarchy::new(&[Branch { parent: "Total".into(), children }], &[]).unwrap())
    }

    #[test]
    fn margins_of_two_by_two() {
        let dimensions = vec![flat("town", &["A", "B"]), flat("answer", &["no", "yes"])];
        let inner = [(vec![1, 1], 3), (vec![1, 2], 1), (vec![2, 1], 5)].into_iter().collect();
        let table = Table::new(dimensions, &inner);
        assert_eq!(table.counts, [9, 8, 1, 4, 3, 1, 5, 5, 0]);
        assert_eq!(table.key(5), ["A", "yes"]);
        let tables = table.tables();
        let sums = |spare: bool| -> Vec<(u32, Vec<u32>)> {
            let margins = tables.margins.iter().filter(|margin| margin.spare == spare);
            margins.map(|margin| (margin.total, margin.parts.clone())).collect()
        };
        assert_eq!(sums(false), [(0, vec![3, 6]), (1, vec![4, 7]), (2, vec![5, 8]), (3, vec![4, 5]), (6, vec![7, 8])]);
        assert_eq!(sums(true), [(0, vec![1, 2])]);
    }
}
