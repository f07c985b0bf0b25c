//! Rounding small counts so that all sums still hold.

use super::tables::{CellId, Table, Tables};
use std::collections::BTreeSet;

/// A table of rounded counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Rounded {
    /// By cell of the table; cells that nobody asked for among them.
    pub counts: Vec<u64>,
    /// The largest difference of a published count.
    pub max_difference: u64,
    /// The root of the mean squared difference of published counts.
    pub root_mean_square: f64,
}

/// Rounds small counts of innermost cells to 0 or `base` and sums up again: no published count is then between 1 and
/// `base` − 1, and every margin holds.
///
/// # Method
///
/// Rounded are the innermost counts below `base` that are part of a published count below it, and, where a sum of such
/// and of others would then be small, those of that sum too. Each starts at the nearer of 0 and `base`; then single cells
/// are turned over and pairs of a cell up and a cell down, as long as the sum of squared differences of all published
/// counts becomes smaller, the best first; where there are few, each is also turned over for a try. That is done with several limits beyond which a difference weighs a hundred times
/// as much; taken is the result with the smallest largest difference, of equals the one with the smallest sum of squares.
/// The same table gives the same result.
///
/// # Input and result
///
/// | name | meaning |
/// |---|---|
/// | `table` | what is published of it is what was asked for |
/// | `base` | 3 at Statistics Norway; below 2 nothing is rounded |
/// | result | counts of all cells, and how far published ones are from the true ones |
///
/// # What it protects against
///
/// Whether a 0 or a 3 is true or rounded is not known from one table. Two tables of the same people that are rounded
/// apart are to be rounded as one, otherwise their differences tell; and 0 among 0s may be true.
///
/// # Source
///
/// Ø. Langsrud and J. Heldal, "An Algorithm for Small Count Rounding of Tabular Data", *Privacy in Statistical Databases*
/// 2018; the R package `SmallCountRounding` looks for the cells to round up in another way.
///
/// # Example
///
/// ```
/// # use bygdepuls_core::disclosure::{rounding::round, tables::{Hierarchy, Table}};
/// let answers = Hierarchy::flat("Total", &["never".into(), "seldom".into(), "often".into()])?;
/// let inner = [(vec![1], 7), (vec![2], 1), (vec![3], 2)].into_iter().collect();
/// let rounded = round(&Table::new(vec![("answer".into(), answers)], &inner), 3);
/// assert_eq!(rounded.counts, [10, 7, 0, 3]);
/// # Ok::<(), bygdepuls_core::disclosure::tables::HierarchyProblem>(())
/// ```
#[must_use]
pub fn round(table: &Table, base: u64) -> Rounded {
    let tables = table.tables();
    let start = Rounding::new(&tables, base);
    let far = i64::try_from(base).unwrap_or(i64::MAX / 2);
    let tries = [far - 1, far, far + 1, 2 * far, i64::MAX].map(|far| {
        let mut rounding = Rounding { far, ..start.clone() };
        loop {
            rounding.improve();
            rounding.shake();
            let more = rounding.still_small();
            if more.is_empty() {
                return rounding.result();
            }
            rounding.cells.extend(more);
            rounding.start();
        }
    });
    let better = |a: &Rounded, b: &Rounded| {
        a.max_difference.cmp(&b.max_difference).then(a.root_mean_square.total_cmp(&b.root_mean_square))
    };
    tries.into_iter().min_by(better).unwrap_or_else(|| start.result())
}

/// The innermost cells that each cell is the sum of.
fn innermost(tables: &Tables) -> Vec<Vec<CellId>> {
    let mut of = vec![None; tables.len()];
    for margin in &tables.margins {
        of[margin.total as usize].get_or_insert(&margin.parts);
    }
    let below = |cell: CellId| {
        let (mut found, mut left) = (Vec::new(), vec![cell]);
        while let Some(cell) = left.pop() {
            match of[cell as usize] {
                Some(parts) => left.extend(parts.iter().copied()),
                None => found.push(cell),
            }
        }
        found.sort_unstable();
        found
    };
    (0..).take(tables.len()).map(below).collect()
}

#[derive(Clone)]
struct Rounding<'a> {
    tables: &'a Tables,
    base: i64,
    /// Differences beyond this one weigh more.
    far: i64,
    /// By cell the innermost ones.
    inner: Vec<Vec<CellId>>,
    /// By innermost cell the published sums that it is in.
    sums: Vec<Vec<CellId>>,
    /// The innermost cells that are rounded.
    cells: BTreeSet<CellId>,
    /// By innermost cell what it becomes.
    now: Vec<i64>,
    /// By published cell how much it becomes more.
    more: Vec<i64>,
    /// A cell that is not turned over just now.
    locked: Option<CellId>,
}

impl<'a> Rounding<'a> {
    fn new(tables: &'a Tables, base: u64) -> Self {
        let inner = innermost(tables);
        let mut sums = vec![Vec::new(); tables.len()];
        for (cell, inner) in (0..).zip(&inner).filter(|(cell, _): &(CellId, _)| tables.asked[*cell as usize]) {
            inner.iter().for_each(|one| sums[*one as usize].push(cell));
        }
        let is_small = |cell: &CellId| (1..base).contains(&tables.counts[*cell as usize]);
        let small = (0..).take(tables.len()).filter(|cell| tables.asked[*cell as usize] && is_small(cell));
        let cells = small.flat_map(|cell: CellId| inner[cell as usize].iter().copied()).filter(is_small).collect();
        let base = i64::try_from(base).unwrap_or(i64::MAX);
        let mut rounding =
            Self { tables, base, far: i64::MAX, inner, sums, cells, now: Vec::new(), more: Vec::new(), locked: None };
        rounding.start();
        rounding
    }

    fn count(&self, cell: CellId) -> i64 {
        i64::try_from(self.tables.counts[cell as usize]).unwrap_or(i64::MAX)
    }

    fn start(&mut self) {
        self.now = (0..).take(self.tables.len()).map(|cell| self.count(cell)).collect();
        for cell in &self.cells {
            self.now[*cell as usize] = if 2 * self.count(*cell) < self.base { 0 } else { self.base };
        }
        let more = |cell: usize| {
            self.inner[cell].iter().map(|one| self.now[*one as usize]).sum::<i64>()
                - i64::try_from(self.tables.counts[cell]).unwrap_or(i64::MAX)
        };
        self.more = (0..self.tables.len()).map(more).collect();
    }

    /// What turning a cell over changes it by.
    fn turn(&self, cell: CellId) -> i64 {
        if self.now[cell as usize] == 0 { self.base } else { -self.base }
    }

    fn flip(&mut self, cell: CellId) {
        let by = self.turn(cell);
        self.now[cell as usize] += by;
        self.sums[cell as usize].iter().for_each(|sum| self.more[*sum as usize] += by);
    }

    /// By how much the sum of squares grows when some cells are turned over.
    fn growth(&self, cells: &[CellId]) -> i64 {
        let mut all: Vec<(CellId, i64)> = Vec::new();
        for cell in cells {
            let by = self.turn(*cell);
            all.extend(self.sums[*cell as usize].iter().map(|sum| (*sum, by)));
        }
        all.sort_unstable_by_key(|(sum, _)| *sum);
        let squares = |same: &[(CellId, i64)]| {
            let by: i64 = same.iter().map(|(_, by)| by).sum();
            let more = self.more[same[0].0 as usize];
            self.loss(more + by) - self.loss(more)
        };
        all.chunk_by(|a, b| a.0 == b.0).map(squares).sum()
    }

    /// What a difference costs: its square, and far more beyond the limit.
    fn loss(&self, more: i64) -> i64 {
        let beyond = more.abs().saturating_sub(self.far).max(0);
        more * more + 100 * beyond * beyond
    }

    /// Turns over what makes the sum of squares smaller.
    fn improve(&mut self) {
        let cells: Vec<CellId> = self.cells.iter().copied().filter(|cell| Some(*cell) != self.locked).collect();
        loop {
            let best = cells.iter().map(|cell| (self.growth(&[*cell]), *cell)).min();
            if let Some((growth, cell)) = best
                && growth < 0
            {
                self.flip(cell);
                continue;
            }
            if !cells.iter().any(|cell| self.exchange(*cell)) {
                return;
            }
        }
    }

    /// Turns over each cell, holds it and improves the others; keeps what became better. For few cells.
    fn shake(&mut self) {
        if self.cells.len() > FEW {
            return;
        }
        for cell in self.cells.clone() {
            let (now, more) = (self.now.clone(), self.more.clone());
            let before = self.total_loss();
            self.flip(cell);
            self.locked = Some(cell);
            self.improve();
            self.locked = None;
            self.improve();
            if self.total_loss() >= before {
                (self.now, self.more) = (now, more);
            }
        }
    }

    fn total_loss(&self) -> i64 {
        let published = self.more.iter().zip(&self.tables.asked).filter(|(_, asked)| **asked);
        published.map(|(more, _)| self.loss(*more)).sum()
    }

    /// Turns a cell over with the best other one that it shares a sum with, if that helps.
    fn exchange(&mut self, cell: CellId) -> bool {
        let near: BTreeSet<CellId> = self.sums[cell as usize]
            .iter()
            .map(|sum| &self.inner[*sum as usize])
            .filter(|inner| inner.len() <= NEAR)
            .flatten()
            .copied()
            .filter(|other| {
                *other != cell
                    && Some(*other) != self.locked
                    && self.cells.contains(other)
                    && self.turn(*other) != self.turn(cell)
            })
            .collect();
        match near.into_iter().map(|other| (self.growth(&[cell, other]), other)).min() {
            Some((growth, other)) if growth < 0 => {
                self.flip(cell);
                self.flip(other);
                true
            }
            _ => false,
        }
    }

    /// Innermost cells that are not rounded, of sums that became small.
    fn still_small(&self) -> Vec<CellId> {
        let is_small = |cell: &CellId| (1..self.base).contains(&(self.count(*cell) + self.more[*cell as usize]));
        let sums = (0..).take(self.tables.len()).filter(|cell| self.tables.asked[*cell as usize]).filter(is_small);
        let inner = sums.flat_map(|cell: CellId| &self.inner[cell as usize]);
        let not_yet = |cell: &&CellId| !self.cells.contains(*cell) && (1..self.base).contains(&self.count(**cell));
        inner.filter(not_yet).copied().collect()
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers of people")]
    fn result(&self) -> Rounded {
        let count = |inner: &Vec<CellId>| inner.iter().map(|one| self.now[*one as usize]).sum::<i64>();
        let counts = self.inner.iter().map(|inner| u64::try_from(count(inner)).unwrap_or_default()).collect();
        let published = || self.more.iter().zip(&self.tables.asked).filter(|(_, asked)| **asked).map(|(more, _)| *more);
        let squares: i64 = published().map(|more| more * more).sum();
        Rounded {
            counts,
            max_difference: published().map(i64::unsigned_abs).max().unwrap_or_default(),
            root_mean_square: (squares as f64 / published().count().max(1) as f64).sqrt(),
        }
    }
}

/// The most cells of which each is turned over for a try.
const FEW: usize = 300;
/// The most innermost cells of a sum among which pairs are looked for.
const NEAR: usize = 400;
