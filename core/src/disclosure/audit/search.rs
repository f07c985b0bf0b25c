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
    pub(in crate::disclosure) fn short_movement(
        &self,
        wish: Wish,
        choice: Choice<'_>,
        rounds: usize,
    ) -> Option<Movement> {
        ROUNDS.iter().take(rounds).find_map(|(cells, steps)| self.in_one_round(wish, choice, (0, *cells, *steps)))
    }

    /// A change with few new cells that grants one of some wishes, if it is soon found.
    pub(in crate::disclosure) fn new_movement(
        &self,
        wishes: &[Wish],
        choice: Choice<'_>,
        rounds: usize,
    ) -> Option<Movement> {
        let round =
            |round: &(usize, usize, usize)| wishes.iter().find_map(|wish| self.in_one_round(*wish, choice, *round));
        NEW_ROUNDS.iter().take(rounds).find_map(round)
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
        let Scratch { by, more } = self.scratch.take();
        let mut search = Search { ground: self, known: wish.known, choice, changes, uneven, by, more, new, steps };
        search.change(wish.cell, wish.by);
        let found = search.even_out(cells).then(|| {
            let mut movement = search.changes.clone();
            movement.sort_unstable();
            movement
        });
        while !search.changes.is_empty() {
            search.take_back();
        }
        self.scratch.replace(Scratch { by: search.by, more: search.more });
        found
    }
}

/// Room for a search, all 0 between searches.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    pub(super) by: Vec<i64>,
    pub(super) more: Vec<i64>,
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    known: Option<CellId>,
    choice: Choice<'a>,
    changes: Vec<(CellId, i64)>,
    /// Margins whose parts are not the total.
    uneven: Vec<u32>,
    /// By cell how much it changes.
    by: Vec<i64>,
    /// By margin how much the parts are more than the total.
    more: Vec<i64>,
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
        self.by[cell as usize] += by;
        for (margin, sign) in self.ground.margins_of(cell) {
            let more = &mut self.more[margin as usize];
            let was_even = *more == 0;
            *more += sign * by;
            if was_even {
                self.uneven.push(margin);
            } else if *more == 0
                && let Some(at) = self.uneven.iter().position(|other| *other == margin)
            {
                self.uneven.swap_remove(at);
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
        let mut fewest = (usize::MAX, 0);
        for margin in &self.uneven {
            self.ground.worked(self.ground.cells_of(*margin).count() as u64);
            let count = self.candidates(*margin).take(fewest.0).count();
            if count < fewest.0 {
                fewest = (count, *margin);
            }
            if count < 2 {
                break;
            }
        }
        let (_, margin) = fewest;
        let mut candidates: Vec<(i64, CellId, i64)> =
            self.candidates(margin).map(|(cell, by)| (self.rank(cell, by), cell, by)).collect();
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
    fn candidates(&self, margin: u32) -> impl Iterator<Item = (CellId, i64)> {
        let more = self.more[margin as usize];
        let by = move |(cell, sign): (CellId, i64)| (cell, self.ground.as_far_as(cell, -sign * more));
        let is_free = move |(cell, by): &(CellId, i64)| {
            *by != 0
                && (self.choice.may_change)(*cell)
                && (self.new > 0 || !(self.choice.is_new)(*cell))
                && self.by[*cell as usize] == 0
                && Some(*cell) != self.known
        };
        self.ground.cells_of(margin).map(by).filter(is_free)
    }

    /// How many margins a change makes uneven, less those that it makes even.
    fn rank(&self, cell: CellId, by: i64) -> i64 {
        let uneven = |(margin, sign): (u32, i64)| {
            let before = self.more[margin as usize];
            i64::from(before + sign * by != 0) - i64::from(before != 0)
        };
        4 * self.ground.margins_of(cell).map(uneven).sum::<i64>() + (self.choice.price)(cell)
    }
}
