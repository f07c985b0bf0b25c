//! Changes of counts in which a few people are counted elsewhere than they are.
//!
//! Somebody who answered another thing, in another town, is one less in the sums of one code and one more in those of
//! another. Done in every dimension at once, with the people at the corners more and less by turns, it leaves all margins
//! as they are: the products of what can change along each dimension. There are few enough of them to look for the
//! cheapest one.

use super::movement::{Ground, Movement, Wish};
use crate::disclosure::tables::{Axis, CellId, Grid, Tree};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The most changes along one dimension, the cheapest first.
const KEPT: usize = 40;
/// The most innermost codes that are looked at below a sum, and beside it.
const ENDS: (usize, usize) = (8, 30);
/// The most codes of one dimension that are looked at from a cell, the cheapest to reach first: a cell takes as long in a
/// table with many towns as in one with few.
const LOOKED: usize = 300;
/// How many changed cells are looked at in all.
const STEPS: usize = 60_000;
/// The same, once it is late.
const LATE_STEPS: usize = 1_000;

/// What a changed cell costs; none where it must not change.
pub(in crate::disclosure) type Cost<'a> = &'a dyn Fn(CellId) -> Option<u64>;

/// Codes of one dimension, other than the cell's own, and whether each changes as that does.
type Line = Vec<(usize, bool)>;

impl Ground<'_> {
    /// The cheapest of those changes that grants a wish, as far as they were looked through.
    pub(in crate::disclosure) fn exchange(&self, wish: Wish, cost: Cost<'_>) -> Option<(u64, Movement)> {
        if !self.can_change(wish.cell, wish.by) {
            return None;
        }
        let (grid, place) = self.place(wish.cell)?;
        let steps = if self.is_late() { LATE_STEPS } else { STEPS };
        let mut search = Search { ground: self, grid, wish, cost, best: None, steps };
        search.run(place);
        let (cost, mut movement) = search.best?;
        movement.sort_unstable();
        self.is_unseen(&movement.iter().copied().collect()).then_some((cost, movement))
    }
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    grid: &'a Grid,
    wish: Wish,
    cost: Cost<'a>,
    best: Option<(u64, Movement)>,
    steps: usize,
}

impl Search<'_> {
    fn run(&mut self, place: usize) {
        let lines: Vec<Vec<(u64, Line)>> = self.grid.axes.iter().map(|axis| self.lines(axis, place)).collect();
        if lines.iter().any(Vec::is_empty) {
            return;
        }
        // By dimension what it and those after it cost at least.
        let mut rest = vec![0; lines.len() + 1];
        for (number, lines) in lines.iter().enumerate().rev() {
            rest[number] = rest[number + 1] + lines.first().map_or(0, |(cost, _)| *cost);
        }
        self.extend(&lines, &rest, 0, &mut vec![(place, true)], 0);
    }

    /// Along one dimension: all that changes only in it, the cheapest first.
    fn lines(&self, axis: &Axis, place: usize) -> Vec<(u64, Line)> {
        let mut lines = match &axis.tree {
            Some(tree) => self.lines_of_tree(axis, tree, place),
            None => self.lines_of_all(axis, place),
        };
        lines.sort();
        lines.truncate(KEPT);
        lines
    }

    /// Where each code is part of one sum: from the cell down to an innermost code, and up and down again to another.
    fn lines_of_tree(&self, axis: &Axis, tree: &Tree, place: usize) -> Vec<(u64, Line)> {
        let own = axis.code(place);
        let base = place - own * axis.stride;
        let price = |code: usize, up: bool| self.price(base + code * axis.stride, up);
        let down = |code: usize, _: bool| (tree.children[code].clone(), None);
        let around = |code: usize, up: bool| {
            if !up {
                return (tree.children[code].clone(), None);
            }
            let Some(parent) = tree.parent[code] else { return (Vec::new(), None) };
            let others = &tree.children[parent];
            let at = others.iter().position(|other| *other == code).unwrap_or_default();
            // The neighbours first, where there are very many.
            let others = others[at + 1..].iter().chain(&others[..at]).copied().take(LOOKED).collect();
            (others, Some(parent))
        };
        let from = paths(own, true, &price, &down, ENDS.0);
        let to = paths(own, false, &price, &around, ENDS.1 + 1);
        let mut pairs: Vec<(u64, usize, usize)> = Vec::new();
        for (first, (cost, _)) in from.iter().enumerate() {
            pairs.extend(to.iter().enumerate().map(|(second, (other, _))| (cost + other, first, second)));
        }
        pairs.sort_unstable();
        pairs.truncate(KEPT);
        let joined = |(cost, first, second): (u64, usize, usize)| (cost, [&from[first].1[..], &to[second].1].concat());
        pairs.into_iter().map(joined).collect()
    }

    /// Where trees overlap: by all that each innermost code is counted in.
    fn lines_of_all(&self, axis: &Axis, place: usize) -> Vec<(u64, Line)> {
        let own = axis.code(place);
        let base = place - own * axis.stride;
        let price = |code: usize, up: bool| self.price(base + code * axis.stride, up);
        // What it costs when somebody is counted there, or no longer: nothing where that cannot be.
        let side = |above: &[usize], up: bool| -> u64 {
            above.iter().filter(|code| **code != own).map(|code| price(*code, up).unwrap_or(FAR)).sum()
        };
        let cheapest = |below: bool, up: bool, most: usize| -> Vec<&[usize]> {
            let ends = axis.above.iter().filter(|(_, above)| above.contains(&own) == below).take(LOOKED);
            let mut ends: Vec<(u64, &[usize])> = ends.map(|(_, above)| (side(above, up), above.as_slice())).collect();
            ends.sort_by_key(|(cost, _)| *cost);
            ends.into_iter().map(|(_, above)| above).take(most).collect()
        };
        let others = cheapest(false, false, ENDS.1);
        let mut lines: Vec<(u64, Line)> = Vec::new();
        for from in cheapest(true, true, ENDS.0) {
            let alone = from.iter().filter(|code| **code != own).map(|code| (*code, true)).collect();
            let with = others.iter().map(|to| {
                let up = from.iter().filter(|code| **code != own && !to.contains(code)).map(|code| (*code, true));
                up.chain(to.iter().filter(|code| !from.contains(code)).map(|code| (*code, false))).collect()
            });
            for line in std::iter::once(alone).chain(with) {
                let line: Line = line;
                let cost: Option<u64> = line.iter().map(|(code, up)| price(*code, *up)).sum();
                lines.extend(cost.map(|cost| (cost, line)));
            }
        }
        lines
    }

    /// The cost of a cell that changes as the wished one does, or the other way.
    fn price(&self, place: usize, same: bool) -> Option<u64> {
        self.ground.worked(1);
        let cell = self.grid.cells[place];
        let by = if same { self.wish.by } else { -self.wish.by };
        if Some(cell) == self.wish.known || !self.ground.can_change(cell, by) || self.ground.is_shared(cell) {
            return None;
        }
        (self.cost)(cell)
    }

    fn extend(
        &mut self,
        lines: &[Vec<(u64, Line)>],
        rest: &[u64],
        dimension: usize,
        changed: &mut Vec<(usize, bool)>,
        cost: u64,
    ) {
        let is_best = |best: &Option<(u64, Movement)>, cost: u64| best.as_ref().is_none_or(|(least, _)| cost < *least);
        let Some(own) = lines.get(dimension) else {
            if is_best(&self.best, cost) {
                let by = |same: bool| if same { self.wish.by } else { -self.wish.by };
                let cells = changed.iter().map(|(place, same)| (self.grid.cells[*place], by(*same)));
                self.best = Some((cost, cells.collect()));
            }
            return;
        };
        let (axis, before) = (&self.grid.axes[dimension], changed.len());
        let code = axis.code(changed[0].0);
        for (least, line) in own {
            if !is_best(&self.best, cost + least + rest[dimension + 1]) {
                return;
            }
            let mut sum = Some(cost);
            'line: for (other, same) in line {
                for at in 0..before {
                    let (place, own) = changed[at];
                    let place = place - code * axis.stride + other * axis.stride;
                    let is_same = own == *same;
                    self.steps = self.steps.saturating_sub(1);
                    sum = sum.zip(self.price(place, is_same)).map(|(sum, price)| sum + price);
                    if self.steps == 0 || !sum.is_some_and(|sum| is_best(&self.best, sum + rest[dimension + 1])) {
                        sum = None;
                        break 'line;
                    }
                    changed.push((place, is_same));
                }
            }
            if let Some(sum) = sum {
                self.extend(lines, rest, dimension + 1, changed, sum);
            }
            changed.truncate(before);
            if self.steps == 0 {
                return;
            }
        }
    }
}

/// More than anything costs.
const FAR: u64 = 1 << 40;

/// The cheapest paths from a code to where it ends: `next` gives what can follow, that changes the other way, and the sum
/// that changes with it; on paths that only go down everything changes with it.
fn paths(
    own: usize,
    is_down: bool,
    price: &dyn Fn(usize, bool) -> Option<u64>,
    next: &dyn Fn(usize, bool) -> (Vec<usize>, Option<usize>),
    most: usize,
) -> Vec<(u64, Line)> {
    // Code, whether it changes as the first one does, and where it was reached from.
    let mut seen: Vec<(usize, bool, usize)> = vec![(own, true, 0)];
    let mut waiting = BinaryHeap::from([Reverse((0, 0))]);
    let mut found = Vec::new();
    while let Some(Reverse((cost, at))) = waiting.pop() {
        let (code, up, _) = seen[at];
        let (others, parent) = next(code, up);
        if others.is_empty() && parent.is_none() {
            let mut line = Line::new();
            let mut at = at;
            while at != 0 {
                line.push((seen[at].0, seen[at].1));
                at = seen[at].2;
            }
            found.push((cost, line));
            if found.len() == most {
                break;
            }
            continue;
        }
        let others = others.into_iter().map(|other| (other, is_down));
        for (other, up) in parent.into_iter().map(|parent| (parent, true)).chain(others) {
            if seen.len() > LOOKED {
                break;
            }
            if let Some(own) = price(other, up) {
                seen.push((other, up, at));
                waiting.push(Reverse((cost + own, seen.len() - 1)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::tables::{Branch, Hierarchy, Table, Tables};
    use std::collections::BTreeMap;

    /// Rows: all 9, 8, 1; A 4, 3, 1; B 5, 5, 0. Cells 0 to 8 in that order.
    fn two_by_two() -> Tables {
        let flat = |name: &str, codes: [&str; 2]| {
            (name.to_string(), Hierarchy::flat("Total", &codes.map(String::from)).unwrap())
        };
        let inner: BTreeMap<Vec<usize>, u64> = [(vec![1, 1], 3), (vec![1, 2], 1), (vec![2, 1], 5)].into();
        Table::new(vec![flat("town", ["A", "B"]), flat("answer", ["no", "yes"])], &inner).tables()
    }

    #[test]
    fn two_people_change_places() {
        let tables = two_by_two();
        let ground = Ground::new(&tables, vec![0; 9]);
        let inner = |cell: CellId| [4, 5, 7, 8].contains(&cell).then_some(1);
        let wish = Wish { cell: 5, by: -1, known: None };
        assert_eq!(ground.exchange(wish, &inner), Some((3, vec![(4, 1), (5, -1), (7, -1), (8, 1)])));
        // The other way there would be −1 in (B, yes).
        assert_eq!(ground.exchange(Wish { by: 1, ..wish }, &inner), None);
        // Whoever is in (B, no) knows that nobody left it.
        assert_eq!(ground.exchange(Wish { known: Some(7), ..wish }, &inner), None);
        // Where every 0 is published, the only one in (A, yes) cannot leave.
        assert_eq!(Ground::new(&tables, vec![1; 9]).exchange(wish, &inner), None);
    }

    #[test]
    fn a_sum_changes_too_where_that_is_cheaper() {
        let tables = two_by_two();
        let ground = Ground::new(&tables, vec![0; 9]);
        // Somebody in A who answered no said yes: the sums of both answers show it. With a newcomer to A who said yes
        // (cells 5, 2, 3, 0) it is 12.
        let cost = |cell: CellId| Some(if cell == 0 { 10 } else { 1 });
        let wish = Wish { cell: 5, by: 1, known: None };
        assert_eq!(ground.exchange(wish, &cost), Some((3, vec![(1, -1), (2, 1), (4, -1), (5, 1)])));
    }

    #[test]
    fn the_nearest_of_a_hierarchy_is_found() {
        // Total 0, N 1, S 2, A 3, B 4, C 5, D 6, with 15, 8, 7, 5, 3, 2, 5 people.
        let branch = |parent: &str, children: [&str; 2]| Branch {
            parent: parent.into(),
            children: children.map(String::from).into(),
        };
        let branches = [branch("Total", ["N", "S"]), branch("N", ["A", "B"]), branch("S", ["C", "D"])];
        let region = ("region".to_string(), Hierarchy::new(&branches, &[]).unwrap());
        let inner: BTreeMap<Vec<usize>, u64> = [(vec![3], 5), (vec![4], 3), (vec![5], 2), (vec![6], 5)].into();
        let tables = Table::new(vec![region], &inner).tables();
        let ground = Ground::new(&tables, vec![0; 7]);
        let wish = Wish { cell: 3, by: 1, known: None };
        let cost = |cell: CellId| Some(u64::from(cell) + 10);
        assert_eq!(ground.exchange(wish, &cost), Some((14, vec![(3, 1), (4, -1)])));
        // Without B: N and S change as well, and of C and D C is cheaper.
        let without = |cell: CellId| (cell != 4).then(|| u64::from(cell) + 10);
        let far = vec![(1, 1), (2, -1), (3, 1), (5, -1)];
        assert_eq!(ground.exchange(wish, &|cell| without(cell).filter(|_| cell != 0)), Some((11 + 12 + 15, far)));
        // Somebody new is counted in N and in all.
        assert_eq!(ground.exchange(wish, &without), Some((11 + 10, vec![(0, 1), (1, 1), (3, 1)])));
        // A sum changes with the cheapest of its own.
        let wish = Wish { cell: 1, by: 1, known: None };
        assert_eq!(
            ground.exchange(wish, &|cell| without(cell).filter(|_| cell != 0)).map(|(cost, _)| cost),
            Some(13 + 12 + 15)
        );
    }
}
