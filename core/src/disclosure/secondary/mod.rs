//! Secondary suppression: which other cells must be hidden so that margins do not give the sensitive ones away.

mod elimination;

use super::tables::{CellId, Tables};
use crate::disclosure::modular::{MINUS_ONE, inverse, minus, plus, times};
use elimination::{Elimination, Sparse};
use std::collections::BTreeMap;

/// What is already settled of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Published whatever happens: a zero, where zeros are.
    Published,
    /// Hidden, and nobody may find out.
    Sensitive,
    /// Hidden, and it does not matter who finds out.
    Hidden,
    /// To be published if that gives nothing away.
    Open,
}

/// Which cells are hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// By cell.
    pub hidden: Vec<bool>,
    /// Sensitive cells that follow from cells that are always published.
    pub exposed: Vec<CellId>,
}

/// Hides as few open cells as keep every sensitive cell from following from what is published by linear algebra.
///
/// Cells are published one after the other, the most wanted first, unless a sensitive cell would then be a linear
/// combination of published ones: what Gaussian elimination over the innermost cells finds (Langsrud 2024), with the same
/// result. Here it is done with the margins instead. A cell does not follow from the others exactly when it lies on a
/// circuit of hidden cells: changes that cancel in all margins. The circuits are those of a basis that takes the least
/// wanted cells first, so that a cell whose turn it is lies on one of them, or on few that stay: what it takes along when
/// it is published is seen at once.
///
/// # Input and result
///
/// | name | meaning |
/// |---|---|
/// | `roles` | by cell what is settled |
/// | `wanted` | the open cells, the most wanted first; others among them are passed over |
/// | result | by cell whether it is hidden; no open cell is hidden without need |
///
/// # Source
///
/// Ø. Langsrud, "Secondary cell suppression by Gaussian elimination: an algorithm suitable for handling issues with zeros
/// and singletons", *Privacy in Statistical Databases* 2024.
#[must_use]
pub fn suppress(tables: &Tables, roles: &[Role], wanted: &[CellId]) -> Pattern {
    let columns = columns(tables);
    let sensitive = |cell: CellId| roles[cell as usize] == Role::Sensitive;
    let mut hidden: Vec<bool> = roles.iter().map(|role| matches!(role, Role::Sensitive | Role::Hidden)).collect();
    let open: Vec<CellId> = wanted.iter().copied().filter(|cell| roles[*cell as usize] == Role::Open).collect();
    let settled = (0..).zip(&hidden).filter(|(_, hidden)| **hidden).map(|(cell, _)| cell);
    let mut elimination = Elimination::new(tables.margins.len());
    // Circuits of cells that are hidden anyway stay; that of an open cell goes if the cell is published. Until then it is
    // only counted how many of those that are not yet decided a sensitive cell is on.
    let mut space = Space::new(roles.len());
    for cell in settled {
        if let Some(circuit) = elimination.add(cell, &columns[cell as usize]) {
            space.add(&circuit);
        }
    }
    let mut undecided: BTreeMap<CellId, Sparse> = BTreeMap::new();
    for cell in open.iter().rev() {
        if let Some(circuit) = elimination.add(*cell, &columns[*cell as usize]) {
            undecided.insert(*cell, circuit);
        }
    }
    let secrets = |circuit: &Sparse| -> Vec<usize> {
        circuit.iter().filter(|(cell, _)| sensitive(*cell)).map(|(cell, _)| *cell as usize).collect()
    };
    let mut left = vec![0_u32; roles.len()];
    undecided.values().flat_map(secrets).for_each(|secret| left[secret] += 1);
    let is_free = |space: &Space, left: &[u32], cell: CellId| left[cell as usize] > 0 || !space.is_fixed(cell);
    let exposed = (0..).take(roles.len()).filter(|cell| sensitive(*cell) && !is_free(&space, &left, *cell)).collect();
    for cell in open {
        let publish = match undecided.remove(&cell) {
            Some(circuit) => {
                let secrets = secrets(&circuit);
                let holds = secrets.iter().all(|secret| left[*secret] > 1 || !space.rows[*secret].is_empty());
                secrets.iter().for_each(|secret| left[*secret] -= 1);
                if !holds {
                    space.add(&circuit);
                }
                holds
            }
            None => {
                let holds = space.fixes_none(cell, |other| sensitive(other) && left[other as usize] == 0);
                if holds {
                    space.fix(cell);
                }
                holds
            }
        };
        hidden[cell as usize] = !publish;
    }
    Pattern { hidden, exposed }
}

/// For each cell the margins that it is in, with its sign there.
fn columns(tables: &Tables) -> Vec<Sparse> {
    let mut columns = vec![Sparse::new(); tables.len()];
    for (row, margin) in (0..).zip(&tables.margins).filter(|(_, margin)| !margin.spare) {
        columns[margin.total as usize].push((row, MINUS_ONE));
        for part in &margin.parts {
            columns[*part as usize].push((row, 1));
        }
    }
    columns
}

/// All changes of the hidden cells that no margin shows, as combinations of circuits. What each cell changes is a row
/// over the circuits; a cell that is published has a row of 0.
#[derive(Clone, Debug)]
struct Space {
    rows: Vec<Sparse>,
    /// By circuit the cells whose rows it is in, and perhaps some that it was in.
    users: Vec<Vec<CellId>>,
}

impl Space {
    fn new(cells: usize) -> Self {
        Self { rows: vec![Sparse::new(); cells], users: Vec::new() }
    }

    fn add(&mut self, circuit: &[(CellId, u64)]) {
        let number = u32::try_from(self.users.len()).unwrap_or(u32::MAX);
        circuit.iter().for_each(|(cell, factor)| self.rows[*cell as usize].push((number, *factor)));
        self.users.push(circuit.iter().map(|(cell, _)| *cell).collect());
    }

    /// Whether a cell cannot change.
    fn is_fixed(&self, cell: CellId) -> bool {
        self.rows[cell as usize].is_empty()
    }

    /// The circuit of a cell that the fewest others are on.
    fn rarest(&self, cell: CellId) -> Option<(u32, u64)> {
        self.rows[cell as usize].iter().copied().min_by_key(|(circuit, _)| self.users[*circuit as usize].len())
    }

    /// Whether no sensitive cell changes only together with this one.
    fn fixes_none(&self, cell: CellId, sensitive: impl Fn(CellId) -> bool) -> bool {
        let row = &self.rows[cell as usize];
        let users = self.rarest(cell).map_or(&[][..], |(circuit, _)| &self.users[circuit as usize]);
        !users.iter().any(|other| *other != cell && sensitive(*other) && proportional(row, &self.rows[*other as usize]))
    }

    /// Leaves only the changes that leave this cell as it is.
    fn fix(&mut self, cell: CellId) {
        let Some((circuit, entry)) = self.rarest(cell) else { return };
        let row = std::mem::take(&mut self.rows[cell as usize]);
        let scale = inverse(entry);
        for user in std::mem::take(&mut self.users[circuit as usize]) {
            let own = &mut self.rows[user as usize];
            let Ok(at) = own.binary_search_by_key(&circuit, |(circuit, _)| *circuit) else { continue };
            let factor = minus(times(own[at].1, scale));
            let new = joined(own, &row, factor);
            let has = |row: &Sparse, circuit: u32| row.binary_search_by_key(&circuit, |(circuit, _)| *circuit).is_ok();
            for (other, _) in row.iter().filter(|(other, _)| !has(own, *other) && has(&new, *other)) {
                self.users[*other as usize].push(user);
            }
            *own = new;
        }
    }
}

/// Whether two rows are multiples of each other.
fn proportional(a: &[(u32, u64)], b: &[(u32, u64)]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (Some((_, first)), Some((_, second))) = (a.first(), b.first()) else { return false };
    a.iter().zip(b).all(|((place, x), (other, y))| place == other && times(*x, *second) == times(*y, *first))
}

/// `a + factor × b`.
fn joined(a: &[(u32, u64)], b: &[(u32, u64)], factor: u64) -> Sparse {
    let mut sum = Sparse::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let (place, value) = match (a.peek(), b.peek()) {
            (Some((left, x)), Some((right, y))) if left == right => {
                let value = plus(*x, times(factor, *y));
                a.next();
                b.next();
                (*left, value)
            }
            (Some((left, x)), right) if right.is_none_or(|(right, _)| left < right) => {
                a.next();
                (*left, *x)
            }
            (_, Some((right, y))) => {
                b.next();
                (*right, times(factor, *y))
            }
            _ => return sum,
        };
        if value != 0 {
            sum.push((place, value));
        }
    }
}
