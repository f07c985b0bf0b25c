//! What an audit breaks is hidden further, until it holds.

use super::audit::Attacker;
use super::audit::movement::{Ground, Movement, Wish};
use super::secondary::Role;
use super::tables::{CellId, Tables};
use std::collections::BTreeSet;

/// A pattern that no attacker undoes, as far as it can be had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// By cell whether it is hidden.
    pub hidden: Vec<bool>,
    /// Cells that stay open to an attacker, whatever is hidden.
    pub exposed: Vec<CellId>,
}

/// Steps from a cell within which hidden cells are looked at, one after the other.
const STEPS: [usize; 3] = [2, 4, 64];
/// The most hidden cells that are looked at together.
const HIDDEN_LIMIT: usize = 1_500;
/// The most cells among which new ones to hide are looked for.
const OPEN_LIMIT: usize = 2_500;
/// The most hidden cells that are each tried again, whether they can be shown.
const AGAIN_LIMIT: usize = 1_000;

/// Makes sure of every hidden cell, with other tables that look the same from outside: one in which it has another count,
/// and for each insider one in which it has although the insider's own cell has not. Where there is none, the cells are
/// hidden with which there is, as few and as small as can be found. What follows from the rest and is no secret is shown
/// after all, and so is what the later repairs made needless.
///
/// `wanted` are the cells with those first that people want to see.
#[must_use]
pub fn repair(tables: &Tables, roles: &[Role], hidden: &[bool], wanted: &[CellId], attacker: &Attacker) -> Repaired {
    let mut state = State::new(tables, roles, hidden, attacker);
    let all: Vec<CellId> = (0..).take(tables.len()).collect();
    for cell in &all {
        if state.hidden[*cell as usize] && state.matters(*cell) {
            state.secure(*cell, true);
        }
    }
    for cell in all.iter().copied().filter(|_| attacker.coalition > 0) {
        if state.is_target(cell) {
            state.secure_from_insiders(cell, true);
        }
    }
    if hidden.iter().filter(|hidden| **hidden).count() <= AGAIN_LIMIT {
        for cell in wanted {
            state.show_again(*cell);
        }
    }
    state.exposed.sort_unstable();
    state.exposed.dedup();
    Repaired { hidden: state.hidden, exposed: state.exposed }
}

struct State<'a> {
    tables: &'a Tables,
    roles: &'a [Role],
    attacker: &'a Attacker,
    ground: Ground<'a>,
    hidden: Vec<bool>,
    exposed: Vec<CellId>,
    movements: Vec<Movement>,
    /// By cell the movements that it is in.
    moved: Vec<Vec<u32>>,
}

impl<'a> State<'a> {
    fn new(tables: &'a Tables, roles: &'a [Role], hidden: &[bool], attacker: &'a Attacker) -> Self {
        let lowest = |asked: &bool| u64::from(*asked && attacker.zeros_published);
        let ground = Ground::new(tables, tables.asked.iter().map(lowest).collect());
        Self {
            tables,
            roles,
            attacker,
            ground,
            hidden: hidden.to_vec(),
            exposed: Vec::new(),
            movements: Vec::new(),
            moved: vec![Vec::new(); tables.len()],
        }
    }

    /// Whether it is a secret at all.
    fn matters(&self, cell: CellId) -> bool {
        self.tables.asked[cell as usize] || self.roles[cell as usize] == Role::Sensitive
    }

    /// Whether others in the table must not find it out either.
    fn is_target(&self, cell: CellId) -> bool {
        let place = cell as usize;
        let is_small = (1..self.attacker.small).contains(&self.tables.counts[place]);
        self.roles[place] == Role::Sensitive || (self.hidden[place] && self.tables.asked[place] && is_small)
    }

    /// Whether all who are in it may put together what they know.
    fn is_of_insiders(&self, cell: CellId) -> bool {
        let place = cell as usize;
        let few = 1..=self.attacker.coalition;
        self.tables.asked[place] && self.hidden[place] && few.contains(&self.tables.counts[place])
    }

    /// Changes of which one must be possible.
    fn needed(&self, cell: CellId) -> Vec<i64> {
        let place = cell as usize;
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        if self.roles[place] != Role::Sensitive {
            return vec![1, -1];
        }
        if self.attacker.groups {
            return vec![signed(self.attacker.coalition) + 1 - signed(self.tables.counts[place])];
        }
        match self.attacker.narrow.filter(|_| self.tables.counts[place] < self.attacker.small) {
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

    /// Makes sure that nobody outside knows a cell; false when that cannot be.
    fn secure(&mut self, cell: CellId, may_hide: bool) -> bool {
        let needed = self.needed(cell);
        if self.moved[cell as usize].iter().any(|number| self.is_enough(*number, cell, &needed)) {
            return true;
        }
        if let Some(movement) = self.among_hidden(cell, None, &needed) {
            self.learn(movement);
            return true;
        }
        if self.roles[cell as usize] == Role::Open && self.moved[cell as usize].is_empty() {
            // It follows from the others and nobody minds: showing it says nothing new.
            self.hidden[cell as usize] = false;
            return true;
        }
        may_hide && self.hide_for(cell, None, &needed)
    }

    /// Makes sure that nobody who is alone in another cell knows a cell; false when that cannot be.
    fn secure_from_insiders(&mut self, cell: CellId, may_hide: bool) -> bool {
        let own = self.ground.innermost(cell);
        let mut left: Option<BTreeSet<CellId>> = None;
        for number in &self.moved[cell as usize] {
            let insiders = self.insiders(&self.movements[*number as usize], cell, &own);
            left = Some(left.map_or_else(|| insiders.clone(), |left| left.intersection(&insiders).copied().collect()));
        }
        let mut left = left.unwrap_or_default();
        let mut secure = true;
        while let Some(insider) = left.pop_first() {
            match self.among_hidden(cell, Some(insider), &[1, -1]) {
                Some(movement) => self.learn(movement),
                None if may_hide => secure &= self.hide_for(cell, Some(insider), &[1, -1]),
                None => return false,
            }
            if let Some(movement) = self.movements.last() {
                let insiders = self.insiders(movement, cell, &own);
                left.retain(|other| insiders.contains(other));
            }
        }
        secure
    }

    /// The cells of a movement whose people would know it for themselves; but what they know of their own is no finding.
    fn insiders(&self, movement: &Movement, cell: CellId, own: &BTreeSet<CellId>) -> BTreeSet<CellId> {
        let others = movement.iter().map(|(other, _)| *other).filter(|other| *other != cell);
        others.filter(|other| self.is_of_insiders(*other) && !own.is_subset(&self.ground.innermost(*other))).collect()
    }

    /// Hides the cells with which a cell can change.
    fn hide_for(&mut self, cell: CellId, known: Option<CellId>, needed: &[i64]) -> bool {
        let Some(movement) = self.with_others(cell, known, needed) else {
            self.exposed.push(cell);
            return false;
        };
        movement.iter().for_each(|(other, _)| self.hidden[*other as usize] = true);
        self.learn(movement);
        true
    }

    fn learn(&mut self, movement: Movement) {
        let number = u32::try_from(self.movements.len()).unwrap_or(u32::MAX);
        movement.iter().for_each(|(cell, _)| self.moved[*cell as usize].push(number));
        self.movements.push(movement);
    }

    /// Shows a cell that was hidden for others' sake, if they no longer need it.
    fn show_again(&mut self, cell: CellId) {
        let place = cell as usize;
        if !self.hidden[place] || self.roles[place] != Role::Open {
            return;
        }
        let without = self.moved[place].clone();
        let mut others: BTreeSet<CellId> =
            without.iter().flat_map(|number| self.movements[*number as usize].iter().map(|(cell, _)| *cell)).collect();
        others.remove(&cell);
        let moved = self.moved.clone();
        self.hidden[place] = false;
        self.moved.iter_mut().for_each(|list| list.retain(|number| without.binary_search(number).is_err()));
        let holds = others.iter().all(|other| {
            let hidden = self.hidden[*other as usize];
            let mut secure = !(hidden && self.matters(*other)) || self.stays_secure(*other);
            if secure
                && self.attacker.coalition > 0
                && self.is_target(*other)
                && self.exposed.binary_search(other).is_err()
            {
                secure = self.secure_from_insiders(*other, false);
            }
            secure
        });
        if !holds {
            let learnt = self.movements.len();
            let known = moved.iter().flatten().max().map_or(0, |most| *most as usize + 1);
            self.hidden[place] = true;
            self.moved = moved;
            // What was learnt on the way holds with more hidden cells too.
            for number in known..learnt {
                for (other, _) in self.movements[number].clone() {
                    self.moved[other as usize].push(u32::try_from(number).unwrap_or(u32::MAX));
                }
            }
        }
    }

    /// As [`State::secure`], nothing hidden and nothing shown.
    fn stays_secure(&mut self, cell: CellId) -> bool {
        let needed = self.needed(cell);
        if self.moved[cell as usize].iter().any(|number| self.is_enough(*number, cell, &needed)) {
            return true;
        }
        match self.among_hidden(cell, None, &needed) {
            Some(movement) => {
                self.learn(movement);
                true
            }
            None => false,
        }
    }

    /// A movement of hidden cells.
    fn among_hidden(&self, cell: CellId, known: Option<CellId>, needed: &[i64]) -> Option<Movement> {
        let may_change = |other: CellId| self.hidden[other as usize] && Some(other) != known;
        for steps in STEPS {
            let (cells, whole) = self.ground.around(cell, steps, HIDDEN_LIMIT, &may_change);
            let wish = |by: &i64| self.ground.movement(&cells, Wish { cell, by: *by, known }, &|_| 1.0);
            let movement = needed.iter().find_map(wish);
            if movement.is_some() || whole || cells.len() > HIDDEN_LIMIT {
                return movement;
            }
        }
        None
    }

    /// The cheapest movement of hidden cells and of others, that are to be hidden then.
    #[allow(clippy::cast_precision_loss, reason = "numbers of people")]
    fn with_others(&self, cell: CellId, known: Option<CellId>, needed: &[i64]) -> Option<Movement> {
        let may_change = |other: CellId| {
            let place = other as usize;
            (self.hidden[place] || self.roles[place] == Role::Open) && Some(other) != known
        };
        let cost = |other: CellId| {
            let bits = u64::BITS - self.tables.counts[other as usize].leading_zeros();
            if self.hidden[other as usize] { 1.0 } else { 100.0 + 10.0 * f64::from(bits) }
        };
        let price = |movement: &Movement| -> f64 {
            movement.iter().map(|(cell, by)| cost(*cell) * by.unsigned_abs() as f64).sum()
        };
        for steps in [1, 2, 3, 64] {
            let (cells, whole) = self.ground.around(cell, steps, OPEN_LIMIT, &may_change);
            let wish = |by: &i64| self.ground.movement(&cells, Wish { cell, by: *by, known }, &cost);
            let cheapest = needed.iter().filter_map(wish).min_by(|a, b| price(a).total_cmp(&price(b)));
            if cheapest.is_some() || whole || cells.len() > OPEN_LIMIT {
                return cheapest;
            }
        }
        None
    }
}
