//! What keeps a hidden cell secret: other tables that look the same from outside and give it another count.

use super::Attacker;
use super::movement::{Ground, Movement, Wish};
use super::search::Choice;
use crate::disclosure::tables::{CellId, Tables};
use std::collections::BTreeSet;

/// Steps from a cell within which hidden cells are looked at, one after the other.
const STEPS: [usize; 3] = [2, 4, 64];
/// The most hidden cells that are looked at together, where nothing else is said.
const HIDDEN_LIMIT: usize = 400;

/// Hidden cells, and the movements that are known of them.
#[derive(Clone)]
pub(in crate::disclosure) struct Guard<'a> {
    pub(in crate::disclosure) tables: &'a Tables,
    pub(in crate::disclosure) attacker: &'a Attacker,
    pub(in crate::disclosure) ground: &'a Ground<'a>,
    pub(in crate::disclosure) sensitive: &'a [bool],
    pub(in crate::disclosure) hidden: Vec<bool>,
    /// The most hidden cells that linear programming is asked about together, where no short movement is found.
    pub(in crate::disclosure) limit: usize,
    /// How far short movements are looked for.
    pub(in crate::disclosure) rounds: usize,
    movements: Vec<Movement>,
    /// By movement whether it is forgotten, because one of its cells is to be shown.
    forgotten: Vec<bool>,
    /// By cell the movements that it is in, forgotten ones among them.
    moved: Vec<Vec<u32>>,
}

impl<'a> Guard<'a> {
    pub(in crate::disclosure) fn new(
        tables: &'a Tables,
        ground: &'a Ground<'a>,
        sensitive: &'a [bool],
        hidden: &[bool],
        attacker: &'a Attacker,
    ) -> Self {
        let moved = vec![Vec::new(); tables.len()];
        Self {
            tables,
            attacker,
            ground,
            sensitive,
            hidden: hidden.to_vec(),
            limit: HIDDEN_LIMIT,
            rounds: usize::MAX,
            movements: Vec::new(),
            forgotten: Vec::new(),
            moved,
        }
    }

    /// Whether it is a secret at all.
    pub(in crate::disclosure) fn matters(&self, cell: CellId) -> bool {
        self.hidden[cell as usize] && (self.tables.asked[cell as usize] || self.sensitive[cell as usize])
    }

    fn is_small(&self, cell: CellId) -> bool {
        self.tables.counts[cell as usize] < self.attacker.small
    }

    /// Whether others in the table must not find it out either.
    pub(in crate::disclosure) fn is_target(&self, cell: CellId) -> bool {
        self.sensitive[cell as usize]
            || (self.matters(cell) && self.is_small(cell) && self.tables.counts[cell as usize] > 0)
    }

    /// Whether all who are in it may put together what they know.
    pub(in crate::disclosure) fn is_of_insiders(&self, cell: CellId) -> bool {
        let place = cell as usize;
        let few = 1..=self.attacker.coalition;
        self.tables.asked[place] && self.hidden[place] && few.contains(&self.tables.counts[place])
    }

    /// Changes of which one must be possible.
    pub(in crate::disclosure) fn needed(&self, cell: CellId) -> Vec<i64> {
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        if self.attacker.groups && self.sensitive[cell as usize] {
            return vec![signed(self.attacker.coalition) + 1 - signed(self.tables.counts[cell as usize])];
        }
        if let Some(width) = self.tables.widths.get(cell as usize).filter(|width| **width > 0) {
            return vec![signed(*width)];
        }
        match self.attacker.narrow.filter(|_| self.is_small(cell)) {
            Some(width) => vec![signed(width) + 1, -signed(width) - 1],
            None => vec![1, -1],
        }
    }

    /// Whether a movement changes a cell as much as is needed.
    fn is_enough(&self, number: u32, cell: CellId, needed: &[i64]) -> bool {
        let movement = &self.movements[number as usize];
        let Ok(at) = movement.binary_search_by_key(&cell, |(cell, _)| *cell) else { return false };
        let by = movement[at].1;
        needed.iter().any(|needed| by.signum() == needed.signum() && by.abs() >= needed.abs())
    }

    /// Whether a movement is known that changes a cell at all.
    pub(in crate::disclosure) fn moves(&self, cell: CellId) -> bool {
        self.known(cell).next().is_some()
    }

    /// The movements that a cell is in.
    fn known(&self, cell: CellId) -> impl Iterator<Item = u32> {
        self.moved[cell as usize].iter().copied().filter(|number| !self.forgotten[*number as usize])
    }

    /// Looks for the movement that nobody outside knows a cell; false when none is found.
    pub(in crate::disclosure) fn is_safe(&mut self, cell: CellId) -> bool {
        let needed = self.needed(cell);
        self.changes(cell, &needed)
    }

    /// Looks for a movement of hidden cells that changes a cell as much as is needed.
    pub(in crate::disclosure) fn changes(&mut self, cell: CellId, needed: &[i64]) -> bool {
        if self.known(cell).any(|number| self.is_enough(number, cell, needed)) {
            return true;
        }
        match self.among_hidden(cell, None, needed) {
            Some(movement) => {
                self.learn(movement);
                true
            }
            None => false,
        }
    }

    /// The cells whose people know a cell for themselves, as far as movements are known; none for what is no target.
    pub(in crate::disclosure) fn insiders(&self, cell: CellId) -> BTreeSet<CellId> {
        if self.attacker.coalition == 0 || !self.is_target(cell) {
            return BTreeSet::new();
        }
        let mut left: Option<BTreeSet<CellId>> = None;
        for number in self.known(cell) {
            let movement = &self.movements[number as usize];
            left = Some(match left {
                None => {
                    let mut insiders = self.insiders_in(movement, cell);
                    insiders.retain(|other| !self.ground.is_within(cell, *other, &self.hidden));
                    insiders
                }
                Some(mut left) => {
                    left.retain(|other| movement.binary_search_by_key(other, |(cell, _)| *cell).is_ok());
                    left
                }
            });
            if left.as_ref().is_some_and(BTreeSet::is_empty) {
                break;
            }
        }
        left.unwrap_or_default()
    }

    fn insiders_in(&self, movement: &Movement, cell: CellId) -> BTreeSet<CellId> {
        let others = movement.iter().map(|(other, _)| *other).filter(|other| *other != cell);
        others.filter(|other| self.is_of_insiders(*other)).collect()
    }

    /// Looks for movements that keep a cell from all insiders; the first one from whom none is found, and then nothing
    /// more is looked for.
    pub(in crate::disclosure) fn insider(&mut self, cell: CellId) -> Option<CellId> {
        loop {
            let insider = self.insiders(cell).pop_first()?;
            match self.among_hidden(cell, Some(insider), &[1, -1]) {
                Some(movement) => self.learn(movement),
                None => return Some(insider),
            }
        }
    }

    pub(in crate::disclosure) fn learn(&mut self, movement: Movement) {
        let number = u32::try_from(self.movements.len()).unwrap_or(u32::MAX);
        movement.iter().for_each(|(cell, _)| self.moved[*cell as usize].push(number));
        self.movements.push(movement);
        self.forgotten.push(false);
    }

    /// The movements that still hold.
    pub(in crate::disclosure) fn movements(self) -> Vec<Movement> {
        let is_moved = |(cell, _): &(CellId, i64)| self.hidden[*cell as usize];
        self.movements.into_iter().filter(|movement| movement.iter().all(is_moved)).collect()
    }

    /// Forgets the movements of a cell: it is to be shown. Gives them back, and the other cells in them.
    pub(in crate::disclosure) fn forget(&mut self, cell: CellId) -> (Vec<u32>, BTreeSet<CellId>) {
        let without: Vec<u32> = self.known(cell).collect();
        without.iter().for_each(|number| self.forgotten[*number as usize] = true);
        let cells = without.iter().flat_map(|number| &self.movements[*number as usize]);
        let others = cells.map(|(other, _)| *other).filter(|other| *other != cell).collect();
        (without, others)
    }

    /// Knows them again.
    pub(in crate::disclosure) fn remember(&mut self, movements: &[u32]) {
        movements.iter().for_each(|number| self.forgotten[*number as usize] = false);
    }

    /// The smallest and the largest count of a cell in the tables that are known.
    pub(super) fn seen(&self, cell: CellId) -> (u64, u64) {
        let count = self.tables.counts[cell as usize];
        let changes = self.known(cell).filter_map(|number| {
            let movement = &self.movements[number as usize];
            let at = movement.binary_search_by_key(&cell, |(cell, _)| *cell).ok()?;
            count.checked_add_signed(movement[at].1)
        });
        changes.fold((count, count), |(low, high), count| (low.min(count), high.max(count)))
    }

    /// A movement of hidden cells.
    fn among_hidden(&self, cell: CellId, known: Option<CellId>, needed: &[i64]) -> Option<Movement> {
        let may_change = |other: CellId| self.hidden[other as usize] && Some(other) != known;
        let wish = |by: &i64| Wish { cell, by: *by, known };
        let price = |other: CellId| i64::from(self.is_of_insiders(other));
        let cost = |other: CellId| may_change(other).then(|| if self.is_of_insiders(other) { 3 } else { 1 });
        if let Some((_, movement)) = needed.iter().find_map(|by| self.ground.exchange(wish(by), &cost)) {
            return Some(movement);
        }
        let choice = Choice { may_change: &may_change, is_new: &|_| false, price: &price };
        let rounds = if self.ground.is_late() { 0 } else { self.rounds };
        if let Some(movement) = needed.iter().find_map(|by| self.ground.short_movement(wish(by), choice, rounds)) {
            return Some(movement);
        }
        if self.limit == 0 || self.ground.is_late() {
            return None;
        }
        for steps in STEPS {
            let (cells, whole) = self.ground.around(cell, steps, self.limit, &may_change);
            let movement = needed.iter().find_map(|by| self.ground.movement(&cells, wish(by), &|_| 1.0));
            if movement.is_some() || whole || cells.len() > self.limit {
                return movement;
            }
        }
        None
    }
}
