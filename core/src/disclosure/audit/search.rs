//! Changes of a few cells that no margin shows, looked for one margin after the other in whole people.

use super::movement::{Ground, Movement, Wish};
use crate::disclosure::tables::CellId;
use std::collections::BTreeMap;

/// How many cells may change, and how many changes are tried.
const ROUNDS: [(usize, usize); 4] = [(3, 60), (5, 200), (7, 500), (11, 1_200)];

impl Ground<'_> {
    /// A change of few cells that grants a wish, if it is soon found. Cells that `last` says are taken where there are others.
    pub(in crate::disclosure) fn short_movement(
        &self,
        wish: Wish,
        may_change: &dyn Fn(CellId) -> bool,
        last: &dyn Fn(CellId) -> bool,
    ) -> Option<Movement> {
        if !self.can_change(wish.cell, wish.by) {
            return None;
        }
        ROUNDS.iter().find_map(|(cells, steps)| {
            let mut search = Search {
                ground: self,
                known: wish.known,
                may_change,
                last,
                changes: BTreeMap::new(),
                uneven: BTreeMap::new(),
                steps: *steps,
            };
            search.change(wish.cell, wish.by);
            search.even_out(*cells).then(|| search.changes.into_iter().collect())
        })
    }
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    known: Option<CellId>,
    may_change: &'a dyn Fn(CellId) -> bool,
    last: &'a dyn Fn(CellId) -> bool,
    changes: BTreeMap<CellId, i64>,
    /// By margin how much the parts are more than the total.
    uneven: BTreeMap<u32, i64>,
    steps: usize,
}

impl Search<'_> {
    /// Changes a cell, or takes that back.
    fn change(&mut self, cell: CellId, by: i64) {
        for (margin, sign) in self.ground.margins_of(cell) {
            let more = self.uneven.entry(margin).or_default();
            *more += sign * by;
            if *more == 0 {
                self.uneven.remove(&margin);
            }
        }
        let own = self.changes.entry(cell).or_default();
        *own += by;
        if *own == 0 {
            self.changes.remove(&cell);
        }
    }

    /// Changes up to so many further cells until every margin is even; false when that cannot be.
    fn even_out(&mut self, cells: usize) -> bool {
        if self.uneven.is_empty() {
            return true;
        }
        if cells == 0 || self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let mut fewest: Option<Vec<(i64, CellId, i64)>> = None;
        for (margin, more) in &self.uneven {
            let candidates = self.candidates(*margin, *more);
            if fewest.as_ref().is_none_or(|fewest| candidates.len() < fewest.len()) {
                let is_enough = candidates.len() < 2;
                fewest = Some(candidates);
                if is_enough {
                    break;
                }
            }
        }
        let mut candidates = fewest.unwrap_or_default();
        candidates.sort_unstable();
        for (_, cell, by) in candidates {
            self.change(cell, by);
            if self.even_out(cells - 1) {
                return true;
            }
            self.change(cell, -by);
        }
        false
    }

    /// Changes that make a margin even, the best with the lowest number.
    fn candidates(&self, margin: u32, more: i64) -> Vec<(i64, CellId, i64)> {
        let cells = self.ground.cells_of(margin);
        let free = cells.filter(|(cell, _)| {
            (self.may_change)(*cell) && Some(*cell) != self.known && !self.changes.contains_key(cell)
        });
        free.filter_map(|(cell, sign)| {
            let by = self.ground.as_far_as(cell, -sign * more);
            (by != 0).then(|| (self.rank(cell, by), cell, by))
        })
        .collect()
    }

    /// How many margins a change makes uneven, less those that it makes even.
    fn rank(&self, cell: CellId, by: i64) -> i64 {
        let uneven = |(margin, sign): (u32, i64)| {
            let before = self.uneven.get(&margin).copied().unwrap_or_default();
            i64::from(before + sign * by != 0) - i64::from(before != 0)
        };
        4 * self.ground.margins_of(cell).map(uneven).sum::<i64>() + i64::from((self.last)(cell))
    }
}
