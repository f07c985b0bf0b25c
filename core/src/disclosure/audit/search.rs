//! Changes of a few cells that no margin shows, looked for one margin after the other in whole people.

use super::movement::{Ground, Movement, Wish};
use crate::disclosure::tables::CellId;

/// How many cells may change, and how many changes are tried.
const ROUNDS: [(usize, usize); 4] = [(5, 60), (9, 200), (15, 400), (40, 600)];
/// The same, and before that how many cells may be new.
const NEW_ROUNDS: [(usize, usize, usize); 8] =
    [(1, 3, 100), (1, 7, 400), (2, 3, 100), (2, 7, 400), (3, 9, 600), (4, 15, 800), (6, 20, 1_000), (9, 30, 3_000)];

/// Which cells may change, and which of them rather not.
#[derive(Clone, Copy)]
pub(in crate::disclosure) struct Choice<'a> {
    /// Whether it may change at all.
    pub(in crate::disclosure) may_change: &'a dyn Fn(CellId) -> bool,
    /// Whether it would have to be hidden first.
    pub(in crate::disclosure) is_new: &'a dyn Fn(CellId) -> bool,
    /// The higher, the later it is taken.
    pub(in crate::disclosure) price: &'a dyn Fn(CellId) -> i64,
}

impl Ground<'_> {
    /// A change of few cells that grants a wish, if it is soon found, without new cells.
    pub(in crate::disclosure) fn short_movement(&self, wish: Wish, choice: Choice<'_>) -> Option<Movement> {
        ROUNDS.iter().find_map(|(cells, steps)| self.in_one_round(wish, choice, (0, *cells, *steps)))
    }

    /// A change with few new cells that grants one of some wishes, if it is soon found.
    pub(in crate::disclosure) fn new_movement(&self, wishes: &[Wish], choice: Choice<'_>) -> Option<Movement> {
        let round =
            |round: &(usize, usize, usize)| wishes.iter().find_map(|wish| self.in_one_round(*wish, choice, *round));
        NEW_ROUNDS.iter().find_map(round)
    }

    fn in_one_round(
        &self,
        wish: Wish,
        choice: Choice<'_>,
        (new, cells, steps): (usize, usize, usize),
    ) -> Option<Movement> {
        if !self.can_change(wish.cell, wish.by) {
            return None;
        }
        let (changes, uneven) = (Vec::new(), Vec::new());
        let mut search = Search { ground: self, known: wish.known, choice, changes, uneven, new, steps };
        search.change(wish.cell, wish.by);
        search.even_out(cells).then(|| {
            search.changes.sort_unstable();
            search.changes
        })
    }
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    known: Option<CellId>,
    choice: Choice<'a>,
    changes: Vec<(CellId, i64)>,
    /// By margin how much the parts are more than the total.
    uneven: Vec<(u32, i64)>,
    /// How many further cells may be new.
    new: usize,
    steps: usize,
}

impl Search<'_> {
    /// Changes a cell that has not changed.
    fn change(&mut self, cell: CellId, by: i64) {
        self.changes.push((cell, by));
        self.shift(cell, by);
    }

    /// Takes the last change back.
    fn take_back(&mut self) {
        if let Some((cell, by)) = self.changes.pop() {
            self.shift(cell, -by);
        }
    }

    fn shift(&mut self, cell: CellId, by: i64) {
        for (margin, sign) in self.ground.margins_of(cell) {
            match self.uneven.iter().position(|(other, _)| *other == margin) {
                Some(at) => {
                    self.uneven[at].1 += sign * by;
                    if self.uneven[at].1 == 0 {
                        self.uneven.swap_remove(at);
                    }
                }
                None => self.uneven.push((margin, sign * by)),
            }
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
        let mut fewest = (usize::MAX, 0, 0);
        for (margin, more) in &self.uneven {
            let count = self.candidates(*margin, *more).take(fewest.0).count();
            if count < fewest.0 {
                fewest = (count, *margin, *more);
            }
            if count < 2 {
                break;
            }
        }
        let (_, margin, more) = fewest;
        let mut candidates: Vec<(i64, CellId, i64)> =
            self.candidates(margin, more).map(|(cell, by)| (self.rank(cell, by), cell, by)).collect();
        candidates.sort_unstable();
        for (_, cell, by) in candidates {
            let new = usize::from((self.choice.is_new)(cell));
            self.new -= new;
            self.change(cell, by);
            if self.even_out(cells - 1) {
                return true;
            }
            self.take_back();
            self.new += new;
        }
        false
    }

    /// Changes that make a margin even, or less uneven.
    fn candidates(&self, margin: u32, more: i64) -> impl Iterator<Item = (CellId, i64)> {
        let by = move |(cell, sign): (CellId, i64)| (cell, self.ground.as_far_as(cell, -sign * more));
        let is_free = move |(cell, by): &(CellId, i64)| {
            *by != 0
                && (self.choice.may_change)(*cell)
                && (self.new > 0 || !(self.choice.is_new)(*cell))
                && !self.changes.iter().any(|(other, _)| other == cell)
                && Some(*cell) != self.known
        };
        self.ground.cells_of(margin).map(by).filter(is_free)
    }

    /// How many margins a change makes uneven, less those that it makes even.
    fn rank(&self, cell: CellId, by: i64) -> i64 {
        let uneven = |(margin, sign): (u32, i64)| {
            let before = self.uneven.iter().find(|(other, _)| *other == margin).map_or(0, |(_, more)| *more);
            i64::from(before + sign * by != 0) - i64::from(before != 0)
        };
        4 * self.ground.margins_of(cell).map(uneven).sum::<i64>() + (self.choice.price)(cell)
    }
}
