//! What an audit breaks is hidden further, until it holds.

use super::audit::Attacker;
use super::audit::guard::Guard;
use super::audit::movement::{Ground, Movement, Wish};
use super::audit::search::Choice;
use super::secondary::Role;
use super::tables::{CellId, Tables};
use std::cmp::Reverse;

/// A pattern that no attacker undoes, as far as it can be had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// By cell whether it is hidden.
    pub hidden: Vec<bool>,
    /// Cells that stay open to an attacker, whatever is hidden.
    pub exposed: Vec<CellId>,
    /// What may have happened in the hidden cells instead, unseen: the proof.
    pub movements: Vec<Movement>,
}

/// The most cells among which new ones to hide are looked for, one after the other.
const OPEN_LIMITS: [usize; 3] = [400, 2_000, 20_000];
/// The most hidden cells for which every plan is tried, not the first one alone.
const PLANS_LIMIT: usize = 200;

/// More hidden cells than these are many: linear programming is asked only where nothing else finds what to hide.
const MANY: usize = 1_000;
/// How far short movements are looked for where there are many hidden cells, and where it is only tried whether cells can
/// be shown.
const ROUNDS_OF_MANY: usize = 3;
const QUICK_ROUNDS: [usize; 2] = [2, 4];
/// How far movements with few new cells are looked for where another is known.
const FEW_NEW: usize = 6;
/// The same, where none is known and it is late.
const LATE_NEW: usize = 2;

/// The most hidden cells for which other patterns are tried once one is found, and how often.
const IMPROVED: usize = 300;
const TRIES: usize = 150;

/// How many cells may be looked at for each cell of the tables, and for each of at least so many: a table of any shape is
/// done in time, with a few more cells hidden where much had to be looked for. Showing cells again has as much once more.
const WORK: u64 = 30_000;
const FEW: u64 = 10_000;

/// In which order cells are looked at, and what hiding another one costs.
#[derive(Clone, Copy, Debug)]
struct Plan {
    order: Order,
    /// For being hidden at all.
    each: f64,
    /// For each doubling of the count.
    size: f64,
    /// Whether new cells are looked for by linear programming at once, not only where a search finds none.
    exact: bool,
}

#[derive(Clone, Copy, Debug)]
enum Order {
    First,
    Last,
    Small,
    Large,
}

/// Where there are many, the plan that hides the fewest in nearly all tables: large cells can change in many ways, and what
/// is hidden for them serves others.
const PLANS_OF_MANY: [Plan; 1] = [Plan { order: Order::Large, each: 100.0, size: 10.0, exact: false }];

const PLANS: [Plan; 6] = [
    Plan { order: Order::First, each: 100.0, size: 10.0, exact: false },
    Plan { order: Order::First, each: 100.0, size: 10.0, exact: true },
    Plan { order: Order::Last, each: 100.0, size: 10.0, exact: true },
    Plan { order: Order::Small, each: 100.0, size: 10.0, exact: true },
    Plan { order: Order::Large, each: 100.0, size: 10.0, exact: true },
    Plan { order: Order::Last, each: 30.0, size: 1.0, exact: true },
];

/// Makes sure of every hidden cell, with other tables that look the same from outside: one in which it has another count,
/// and for each insider one in which it has although the insider's own cell has not. Where there is none, the cells are
/// hidden with which there is, as few and as small as can be found. What follows from the rest and is no secret is shown
/// after all, and so is what the later repairs made needless.
///
/// Which cells are taken first decides how many are hidden in the end: where there are not too many, several orders and
/// prices are tried, and the pattern that hides the fewest cells is taken; of equals the one that hides fewer people.
///
/// `wanted` are the cells with those first that people want to see.
#[must_use]
pub fn repair(tables: &Tables, roles: &[Role], hidden: &[bool], wanted: &[CellId], attacker: &Attacker) -> Repaired {
    let lowest = |asked: &bool| u64::from(*asked && attacker.zeros_published);
    let ground = Ground::new(tables, tables.asked.iter().map(lowest).collect());
    let sensitive: Vec<bool> = roles.iter().map(|role| *role == Role::Sensitive).collect();
    let is_small = hidden.iter().filter(|hidden| **hidden).count() <= PLANS_LIMIT;
    let plans = if is_small { &PLANS[..] } else { &PLANS_OF_MANY[..] };
    let states = plans.iter().map(|plan| {
        let guard = Guard::new(tables, &ground, &sensitive, hidden, attacker);
        let mut state = State { guard, roles, plan: *plan, exposed: Vec::new(), shown: None };
        state.run(wanted);
        state
    });
    let Some(mut state) = states.min_by_key(State::loss) else { return Repaired::default() };
    let many = state.hidden_cells();
    if many <= MANY {
        state.settle();
    }
    if hidden.iter().filter(|hidden| **hidden).count() <= IMPROVED {
        let before = state.clone();
        state.improve(wanted);
        if !state.holds() {
            state = before;
        }
    }
    Repaired { hidden: state.guard.hidden.clone(), exposed: state.exposed, movements: state.guard.movements() }
}

#[derive(Clone)]
struct State<'a> {
    guard: Guard<'a>,
    roles: &'a [Role],
    plan: Plan,
    exposed: Vec<CellId>,
    /// A cell that is to be shown, to see what comes of it.
    shown: Option<CellId>,
}

impl State<'_> {
    fn run(&mut self, wanted: &[CellId]) {
        let count = |cell: &CellId| self.guard.tables.counts[*cell as usize];
        let mut cells: Vec<CellId> = (0..).take(self.roles.len()).collect();
        match self.plan.order {
            Order::First => {}
            Order::Last => cells.reverse(),
            Order::Small => cells.sort_by_key(count),
            Order::Large => cells.sort_by_key(|cell| Reverse(count(cell))),
        }
        let mut before = self.hidden_cells();
        if before > MANY {
            (self.guard.limit, self.guard.rounds) = (0, ROUNDS_OF_MANY);
        }
        let work = WORK * u64::try_from(cells.len()).unwrap_or(u64::MAX).max(FEW);
        self.guard.ground.allow(work);
        // A cell that is hidden for another's sake is a secret too: until there are no new ones.
        loop {
            before = self.hidden_cells();
            for cell in cells.iter().copied() {
                if self.guard.matters(cell) {
                    self.secure(cell);
                }
            }
            for cell in cells.iter().copied() {
                self.secure_from_insiders(cell);
            }
            if self.hidden_cells() <= before {
                break;
            }
        }
        self.exposed.sort_unstable();
        self.exposed.dedup();
        // Where there are many, first those of which it is soon seen.
        let rounds = if before > MANY { &QUICK_ROUNDS[..] } else { &[usize::MAX] };
        for rounds in rounds {
            self.guard.rounds = *rounds;
            self.guard.ground.allow(work / 2);
            for cell in wanted {
                if self.guard.ground.is_late() {
                    break;
                }
                self.show_again(*cell);
            }
        }
    }

    /// What is lost: secrets first, then cells, then people.
    fn loss(&self) -> (usize, usize, u64) {
        let Tables { asked, counts, .. } = self.guard.tables;
        let cells = || (0..).zip(&self.guard.hidden).filter(|(cell, hidden)| **hidden && asked[*cell]);
        (self.exposed.len(), cells().count(), cells().map(|(cell, _): (usize, _)| counts[cell]).sum())
    }

    /// Whether no attacker finds anything out, asked anew without all that is remembered.
    fn holds(&self) -> bool {
        let Guard { tables, ground, sensitive, attacker, .. } = self.guard;
        let mut guard = Guard::new(tables, ground, sensitive, &self.guard.hidden, attacker);
        ground.allow(u64::MAX);
        (0..).take(self.roles.len()).all(|cell| {
            let is_exposed = self.exposed.binary_search(&cell).is_ok();
            is_exposed || ((!guard.matters(cell) || guard.is_safe(cell)) && guard.insider(cell).is_none())
        })
    }

    /// Hides more until no attacker finds anything out, asked anew: a cell that was shown again may have been what another
    /// proof needed.
    fn settle(&mut self) {
        let mut before = 0;
        while self.hidden_cells() > before && !self.holds() {
            before = self.hidden_cells();
            let Guard { tables, ground, sensitive, attacker, .. } = self.guard;
            self.guard = Guard::new(tables, ground, sensitive, &self.guard.hidden, attacker);
            for cell in (0..).take(self.roles.len()) {
                if self.guard.matters(cell) {
                    self.secure(cell);
                }
                self.secure_from_insiders(cell);
            }
            self.exposed.sort_unstable();
            self.exposed.dedup();
        }
    }

    /// Shows one cell after the other and hides others instead, where that is less in the end.
    fn improve(&mut self, wanted: &[CellId]) {
        self.guard.limit = 0;
        self.plan = PLANS[0];
        let mut tries = TRIES;
        let mut is_better = true;
        while is_better {
            is_better = false;
            for cell in wanted.iter().copied() {
                if !self.guard.hidden[cell as usize] || self.roles[cell as usize] != Role::Open {
                    continue;
                }
                if tries == 0 {
                    return;
                }
                tries -= 1;
                let mut other = self.clone();
                other.instead(cell, wanted);
                if other.loss() < self.loss() {
                    *self = State { shown: None, ..other };
                    is_better = true;
                }
            }
        }
    }

    /// Shows a cell, and hides others where that is needed.
    fn instead(&mut self, cell: CellId, wanted: &[CellId]) {
        let before = self.loss();
        let mut known = self.guard.hidden.clone();
        let (_, mut others) = self.guard.forget(cell);
        self.guard.hidden[cell as usize] = false;
        self.shown = Some(cell);
        while !others.is_empty() {
            for other in others.iter().copied() {
                if self.guard.matters(other) {
                    self.secure(other);
                }
                if self.exposed.len() > before.0 {
                    return;
                }
                self.secure_from_insiders(other);
            }
            others = (0..)
                .zip(&self.guard.hidden)
                .filter(|(other, hidden)| **hidden && !known[*other as usize])
                .map(|(other, _)| other)
                .collect();
            known.clone_from(&self.guard.hidden);
        }
        for other in wanted {
            self.show_again(*other);
        }
    }

    fn hidden_cells(&self) -> usize {
        self.guard.hidden.iter().filter(|hidden| **hidden).count()
    }

    /// Makes sure that nobody outside knows a cell.
    fn secure(&mut self, cell: CellId) {
        if self.guard.is_safe(cell) {
            return;
        }
        let needed = self.guard.needed(cell);
        let is_open = self.roles[cell as usize] == Role::Open && !self.guard.moves(cell);
        if is_open && (needed == [1, -1] || !self.guard.changes(cell, &[1, -1])) {
            // It follows from the others and nobody minds: showing it says nothing new.
            self.guard.hidden[cell as usize] = false;
            return;
        }
        self.hide_for(cell, None, &needed);
    }

    /// Makes sure that nobody who is alone in another cell knows a cell.
    fn secure_from_insiders(&mut self, cell: CellId) {
        while let Some(insider) = self.guard.insider(cell) {
            if !self.hide_for(cell, Some(insider), &[1, -1]) {
                return;
            }
        }
    }

    /// Hides the cells with which a cell can change.
    fn hide_for(&mut self, cell: CellId, known: Option<CellId>, needed: &[i64]) -> bool {
        let Some(movement) = self.with_others(cell, known, needed) else {
            self.exposed.push(cell);
            return false;
        };
        movement.iter().for_each(|(other, _)| self.guard.hidden[*other as usize] = true);
        self.guard.learn(movement);
        true
    }

    /// Shows a cell that was hidden for others' sake, if they no longer need it.
    fn show_again(&mut self, cell: CellId) {
        let place = cell as usize;
        if !self.guard.hidden[place] || self.roles[place] != Role::Open {
            return;
        }
        let (without, others) = self.guard.forget(cell);
        self.guard.hidden[place] = false;
        let holds = others.iter().all(|other| {
            let is_exposed = self.exposed.binary_search(other).is_ok();
            is_exposed
                || ((!self.guard.matters(*other) || self.guard.is_safe(*other)) && self.guard.insider(*other).is_none())
        });
        if !holds {
            self.guard.hidden[place] = true;
            self.guard.remember(&without);
        }
    }

    /// The cheapest movement of hidden cells and of others, that are to be hidden then.
    #[allow(clippy::cast_precision_loss, reason = "numbers of people")]
    fn with_others(&self, cell: CellId, known: Option<CellId>, needed: &[i64]) -> Option<Movement> {
        let guard = &self.guard;
        let may_change = |other: CellId| {
            let place = other as usize;
            let is_free = guard.hidden[place] || self.roles[place] == Role::Open;
            is_free && Some(other) != known && Some(other) != self.shown
        };
        let cost = |other: CellId| {
            let bits = u64::BITS - guard.tables.counts[other as usize].leading_zeros();
            if guard.hidden[other as usize] { 1.0 } else { self.plan.each + self.plan.size * f64::from(bits) }
        };
        let price = |movement: &Movement| -> f64 {
            movement.iter().map(|(cell, by)| cost(*cell) * by.unsigned_abs() as f64).sum()
        };
        let wishes: Vec<Wish> = needed.iter().map(|by| Wish { cell, by: *by, known }).collect();
        let late = |other: CellId| {
            let bits = u64::BITS - guard.tables.counts[other as usize].leading_zeros();
            if guard.hidden[other as usize] { i64::from(guard.is_of_insiders(other)) } else { 4 + i64::from(bits) / 2 }
        };
        let choice = Choice { may_change: &may_change, is_new: &|other| !guard.hidden[other as usize], price: &late };
        if !self.plan.exact {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole prices")]
            let whole = |other: CellId| may_change(other).then(|| cost(other) as u64);
            let exchange = wishes.iter().filter_map(|wish| guard.ground.exchange(*wish, &whole));
            let exchange = exchange.min_by_key(|(cost, _)| *cost).map(|(_, movement)| movement);
            let rounds = match exchange {
                Some(_) if guard.ground.is_late() => 0,
                Some(_) => FEW_NEW,
                None if guard.ground.is_late() => LATE_NEW,
                None => usize::MAX,
            };
            let found = guard.ground.new_movement(&wishes, choice, rounds);
            if let Some(movement) = found.or(exchange) {
                return Some(movement);
            }
        }
        for limit in OPEN_LIMITS {
            if guard.ground.is_late() {
                break;
            }
            let (cells, whole) = guard.ground.near(cell, limit, &may_change);
            let wish = |wish: &Wish| guard.ground.movement(&cells, *wish, &cost);
            let cheapest = wishes.iter().filter_map(wish).min_by(|a, b| price(a).total_cmp(&price(b)));
            // The cheapest may be one in which people come in parts, and a dearer one not.
            let any = |wish: &Wish| guard.ground.movement(&cells, *wish, &|_| 1.0);
            let movement = cheapest.or_else(|| wishes.iter().find_map(any));
            if movement.is_some() || whole {
                return movement;
            }
        }
        None
    }
}
