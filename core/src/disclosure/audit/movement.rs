//! Other tables that look the same from outside: the published cells are as they were, a hidden one is not.

use super::search::Scratch;
use crate::disclosure::tables::{CellId, Grid, Margin, Tables};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, Variable};
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A change of counts that no margin shows: cells, ascending, and by how much each changes.
pub type Movement = Vec<(CellId, i64)>;

/// The most cells among which whole people are looked for where the solver gave parts of them.
const WHOLE_LIMIT: usize = 300;

/// What a change is looked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::disclosure) struct Wish {
    /// The cell that has to change.
    pub(in crate::disclosure) cell: CellId,
    /// By how much.
    pub(in crate::disclosure) by: i64,
    /// A cell that must not, because somebody knows it.
    pub(in crate::disclosure) known: Option<CellId>,
}

/// What may change.
#[derive(Clone, Debug)]
pub(in crate::disclosure) struct Ground<'a> {
    tables: &'a Tables,
    /// By cell the margins that it is in.
    margins: Vec<Vec<u32>>,
    /// By cell the smallest count that an attacker thinks possible when it is hidden.
    lowest: Vec<u64>,
    /// By cell the first grid that it is in, and its place there.
    places: Vec<Option<(usize, usize)>>,
    /// Cells that several tables share.
    shared: BTreeSet<CellId>,
    pub(super) scratch: RefCell<Scratch>,
    /// How many cells were looked at so far: what takes time, counted the same on every machine.
    work: Cell<u64>,
    /// From how many on it is late: then only what is quick is tried.
    late: Cell<u64>,
}

impl<'a> Ground<'a> {
    /// `lowest` is by cell the smallest count that a hidden cell may have.
    pub(in crate::disclosure) fn new(tables: &'a Tables, lowest: Vec<u64>) -> Self {
        let mut margins = vec![Vec::new(); tables.len()];
        for (number, margin) in (0..).zip(&tables.margins) {
            margins[margin.total as usize].push(number);
            margin.parts.iter().for_each(|part| margins[*part as usize].push(number));
        }
        let scratch = Scratch { by: vec![0; tables.len()], more: vec![0; tables.margins.len()] };
        let mut places = vec![None; tables.len()];
        let mut shared = BTreeSet::new();
        for (number, grid) in tables.grids.iter().enumerate() {
            for (place, cell) in grid.cells.iter().enumerate() {
                let own = &mut places[*cell as usize];
                if own.is_some() {
                    shared.insert(*cell);
                } else {
                    *own = Some((number, place));
                }
            }
        }
        Self {
            tables,
            margins,
            lowest,
            places,
            shared,
            scratch: RefCell::new(scratch),
            work: Cell::new(0),
            late: Cell::new(u64::MAX),
        }
    }

    /// From now on so many cells may be looked at until it is late.
    pub(in crate::disclosure) fn allow(&self, cells: u64) {
        self.late.set(self.work.get().saturating_add(cells));
    }

    /// Whether as many cells were looked at as were allowed.
    pub(in crate::disclosure) fn is_late(&self) -> bool {
        self.work.get() > self.late.get()
    }

    pub(super) fn worked(&self, cells: u64) {
        self.work.set(self.work.get() + cells);
    }

    /// The table that a cell is in, and where.
    pub(super) fn place(&self, cell: CellId) -> Option<(&Grid, usize)> {
        self.places[cell as usize].map(|(grid, place)| (&self.tables.grids[grid], place))
    }

    /// Whether several tables show a cell.
    pub(super) fn is_shared(&self, cell: CellId) -> bool {
        self.shared.contains(&cell)
    }

    /// The margins of a cell, with 1 where it is a part and −1 where it is the total.
    pub(super) fn margins_of(&self, cell: CellId) -> impl Iterator<Item = (u32, i64)> {
        let sign = move |margin: u32| if self.tables.margins[margin as usize].total == cell { -1 } else { 1 };
        self.margins[cell as usize].iter().map(move |margin| (*margin, sign(*margin)))
    }

    /// The cells of a margin, with the same signs.
    pub(super) fn cells_of(&self, margin: u32) -> impl Iterator<Item = (CellId, i64)> {
        let margin = &self.tables.margins[margin as usize];
        margin.parts.iter().map(|part| (*part, 1)).chain([(margin.total, -1)])
    }

    /// As much of a change as leaves a possible count.
    pub(super) fn as_far_as(&self, cell: CellId, by: i64) -> i64 {
        let place = cell as usize;
        let room = self.tables.counts[place].saturating_sub(self.lowest[place]);
        by.max(-i64::try_from(room).unwrap_or(i64::MAX))
    }

    /// Whether a change leaves a possible count.
    pub(super) fn can_change(&self, cell: CellId, by: i64) -> bool {
        self.as_far_as(cell, by) == by
    }

    /// Cells that hang together with one through margins of cells that may change: so many steps from it at most.
    /// Whether there are no others.
    pub(in crate::disclosure) fn around(
        &self,
        cell: CellId,
        steps: usize,
        limit: usize,
        may_change: &dyn Fn(CellId) -> bool,
    ) -> (BTreeSet<CellId>, bool) {
        let mut found = BTreeSet::from([cell]);
        let mut seen = BTreeSet::new();
        let mut last = vec![cell];
        for _ in 0..steps {
            let mut next = Vec::new();
            for margin in last.iter().flat_map(|cell| &self.margins[*cell as usize]) {
                if !seen.insert(*margin) {
                    continue;
                }
                let margin = &self.tables.margins[*margin as usize];
                for other in std::iter::once(&margin.total).chain(&margin.parts) {
                    if may_change(*other) && found.insert(*other) {
                        next.push(*other);
                    }
                }
                if found.len() > limit {
                    return (found, false);
                }
            }
            if next.is_empty() {
                return (found, true);
            }
            last = next;
        }
        (found, false)
    }

    /// So many cells at most that hang together with one, those in small margins first. Whether there are no others.
    pub(in crate::disclosure) fn near(
        &self,
        cell: CellId,
        limit: usize,
        may_change: &dyn Fn(CellId) -> bool,
    ) -> (BTreeSet<CellId>, bool) {
        let mut found = BTreeSet::from([cell]);
        let mut seen = BTreeSet::new();
        let mut waiting = BinaryHeap::new();
        let mut next = vec![cell];
        let mut distance = 0;
        loop {
            for margin in next.drain(..).flat_map(|cell: CellId| &self.margins[cell as usize]) {
                if seen.insert(*margin) {
                    let size = self.tables.margins[*margin as usize].parts.len();
                    waiting.push(Reverse((distance + size, *margin)));
                }
            }
            let Some(Reverse((at, margin))) = waiting.pop() else { return (found, true) };
            distance = at;
            next.extend(
                self.cells_of(margin).map(|(cell, _)| cell).filter(|cell| may_change(*cell) && found.insert(*cell)),
            );
            if found.len() > limit {
                return (found, false);
            }
        }
    }

    /// Whether all people of a cell are among those of another, as far as sums tell: also where the two are in different
    /// tables that share a sum of the same people, or a part that is all of a sum because the other parts are shown as 0.
    pub(in crate::disclosure) fn is_within(&self, cell: CellId, other: CellId, hidden: &[bool]) -> bool {
        let most = self.tables.counts[other as usize];
        !self.sums_of(cell, most, hidden).is_disjoint(&self.sums_of(other, most, hidden))
            || self.innermost(cell).is_subset(&self.innermost(other))
    }

    /// A cell and those that hold all of its people, as far as they hold no more than so many: the sums that it is part
    /// of, and of a sum the part beside which all others are shown as 0.
    fn sums_of(&self, cell: CellId, most: u64, hidden: &[bool]) -> BTreeSet<CellId> {
        let is_shown_0 = |part: CellId| {
            let part = part as usize;
            self.tables.counts[part] == 0 && self.tables.asked[part] && !hidden[part]
        };
        let mut found = BTreeSet::new();
        let mut open = vec![cell];
        while let Some(cell) = open.pop() {
            if self.tables.counts[cell as usize] > most || !found.insert(cell) {
                continue;
            }
            for margin in self.margins[cell as usize].iter().map(|margin| &self.tables.margins[*margin as usize]) {
                if margin.total != cell {
                    open.push(margin.total);
                    continue;
                }
                let mut parts = margin.parts.iter().copied().filter(|part| !is_shown_0(*part));
                if let (Some(only), None) = (parts.next(), parts.next()) {
                    open.push(only);
                }
            }
        }
        found
    }

    /// The innermost cells that the people of a cell are in.
    pub(in crate::disclosure) fn innermost(&self, cell: CellId) -> BTreeSet<CellId> {
        let of_total = |cell: CellId| {
            let own = |margin: &&u32| self.tables.margins[**margin as usize].total == cell;
            self.margins[cell as usize].iter().find(own).map(|margin| &self.tables.margins[*margin as usize])
        };
        innermost(self.tables, cell, of_total)
    }

    /// The cheapest change of some cells that grants a wish; a cell costs so much for each person. None when there is none.
    pub(in crate::disclosure) fn movement(
        &self,
        cells: &BTreeSet<CellId>,
        wish: Wish,
        cost: &dyn Fn(CellId) -> f64,
    ) -> Option<Movement> {
        if !self.can_change(wish.cell, wish.by) {
            return None;
        }
        // With people in halves first: that is quicker, and nearly always they come whole.
        let whole = cells.len() <= WHOLE_LIMIT;
        let tries = [Some((0, false)), Some((1, false)), Some((2, false)), whole.then_some((0, true))];
        tries.into_iter().flatten().find_map(|(number, whole)| {
            // With other prices the solver ends in another corner.
            let cost = |cell: CellId| {
                cost(cell) * (1.0 + f64::from((cell.wrapping_mul(2_654_435_761) >> 16) * number % 97) / 97.0)
            };
            match self.solve(cells, wish, &cost, whole) {
                Found::Whole(movement) => Some(Some(movement)),
                Found::None => Some(None),
                Found::InParts => None,
            }
        })?
    }

    fn solve(&self, cells: &BTreeSet<CellId>, wish: Wish, cost: &dyn Fn(CellId) -> f64, whole: bool) -> Found {
        // A solver looks at each cell about as often as there are cells.
        self.worked(u64::try_from(4 * cells.len() * cells.len()).unwrap_or(u64::MAX));
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut variables: BTreeMap<CellId, (Variable, Option<Variable>)> = BTreeMap::new();
        let mut add = |cost: f64, most: f64| {
            if whole {
                #[allow(clippy::cast_possible_truncation, reason = "cut to what fits")]
                problem.add_integer_var(cost, (0, most.min(f64::from(1 << 20)) as i32))
            } else {
                problem.add_var(cost, (0.0, most))
            }
        };
        #[allow(clippy::cast_precision_loss, reason = "numbers of people")]
        for cell in cells.iter().filter(|cell| **cell != wish.cell && Some(**cell) != wish.known) {
            let place = *cell as usize;
            let down = self.tables.counts[place].saturating_sub(self.lowest[place]) as f64;
            let price = cost(*cell);
            let up = add(price, f64::INFINITY);
            variables.insert(*cell, (up, (down > 0.0).then(|| add(price, down))));
        }
        let margins: BTreeSet<u32> = cells.iter().flat_map(|cell| &self.margins[*cell as usize]).copied().collect();
        for margin in margins.iter().map(|margin| &self.tables.margins[*margin as usize]).filter(|margin| !margin.spare)
        {
            let mut terms = Vec::new();
            let mut known = 0.0;
            let parts = margin.parts.iter().map(|part| (*part, 1.0));
            for (cell, sign) in parts.chain([(margin.total, -1.0)]) {
                if cell == wish.cell {
                    #[allow(clippy::cast_precision_loss, reason = "a few people")]
                    let by = wish.by as f64;
                    known += sign * by;
                } else if let Some((up, down)) = variables.get(&cell) {
                    terms.push((*up, sign));
                    terms.extend(down.map(|down| (down, -sign)));
                }
            }
            if terms.is_empty() {
                if known != 0.0 {
                    return Found::None;
                }
                continue;
            }
            problem.add_constraint(&terms, ComparisonOp::Eq, -known);
        }
        let solution = match problem.solve().map(microlp::SolveOutcome::into_solution) {
            Ok(Ok(solution)) => solution,
            _ => return Found::None,
        };
        self.read(&variables, wish, &solution)
    }

    /// The change of a solution, if people come whole in it and no margin shows it.
    fn read(
        &self,
        variables: &BTreeMap<CellId, (Variable, Option<Variable>)>,
        wish: Wish,
        solution: &Solution,
    ) -> Found {
        let mut movement = BTreeMap::from([(wish.cell, wish.by)]);
        for (cell, (up, down)) in variables {
            let value = solution.var_value(*up) - down.map_or(0.0, |down| solution.var_value(down));
            let near = value.round();
            if (value - near).abs() > 1e-5 {
                return Found::InParts;
            }
            #[allow(clippy::cast_possible_truncation, reason = "whole numbers of people")]
            let near = near as i64;
            if near != 0 {
                movement.insert(*cell, near);
            }
        }
        if self.is_unseen(&movement) { Found::Whole(movement.into_iter().collect()) } else { Found::InParts }
    }

    /// Whether a change could be: of hidden cells only, and unseen.
    pub(super) fn is_possible(&self, movement: &Movement, hidden: &[bool]) -> bool {
        movement.iter().all(|(cell, by)| *by != 0 && hidden.get(*cell as usize) == Some(&true))
            && movement.windows(2).all(|pair| pair[0].0 < pair[1].0)
            && self.is_unseen(&movement.iter().copied().collect())
    }

    /// Whether no margin shows a change, and every count stays possible: in whole numbers, whatever a solver said.
    pub(super) fn is_unseen(&self, movement: &BTreeMap<CellId, i64>) -> bool {
        let change = |cell: &CellId| movement.get(cell).copied().unwrap_or_default();
        let stays = |(cell, by): (&CellId, &i64)| {
            let place = *cell as usize;
            self.tables.counts[place].checked_add_signed(*by).is_some_and(|count| count >= self.lowest[place])
        };
        let margins: BTreeSet<u32> = movement.keys().flat_map(|cell| &self.margins[*cell as usize]).copied().collect();
        movement.iter().all(stays)
            && margins.iter().all(|margin| {
                let margin = &self.tables.margins[*margin as usize];
                margin.parts.iter().map(change).sum::<i64>() == change(&margin.total)
            })
    }
}

/// The innermost cells that the people of a cell are in; `of_total` gives a margin that a cell is the total of.
fn innermost<'a>(tables: &Tables, cell: CellId, of_total: impl Fn(CellId) -> Option<&'a Margin>) -> BTreeSet<CellId> {
    let mut found = BTreeSet::new();
    let mut left = vec![cell];
    while let Some(cell) = left.pop() {
        match of_total(cell) {
            Some(margin) => left.extend(margin.parts.iter().filter(|part| tables.counts[**part as usize] > 0)),
            None => {
                found.insert(cell);
            }
        }
    }
    found
}

enum Found {
    Whole(Movement),
    /// Only with people in parts, or with numbers that rounding spoilt.
    InParts,
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One person in two linked tables: (d00, d11) and (d00, d21); nobody else in d00, nor in d11.
    #[test]
    fn a_sum_is_its_part_where_the_others_are_shown_as_0() {
        let mut tables = Tables::default();
        let mut push = |count| tables.push(count, true);
        let (d00, d00_d11, d00_d12, d00_d20, d00_d21) = (push(1), push(1), push(0), push(0), push(1));
        let (d11, d01_d11) = (push(1), push(0));
        let margin = |total, parts: [CellId; 2]| Margin { total, parts: parts.into(), spare: false };
        tables.margins =
            vec![margin(d00, [d00_d20, d00_d21]), margin(d00, [d00_d11, d00_d12]), margin(d11, [d00_d11, d01_d11])];
        let ground = Ground::new(&tables, vec![1; tables.len()]);
        let mut hidden: Vec<bool> = tables.counts.iter().map(|count| *count > 0).collect();
        assert!(ground.is_within(d00, d11, &hidden));
        assert!(ground.is_within(d11, d00_d21, &hidden));
        // With the zeros hidden nobody outside sees that it is the same person.
        hidden.fill(true);
        assert!(!ground.is_within(d00, d11, &hidden));
    }
}
