//! Secondary suppression: which other cells must be hidden so that margins do not give the sensitive ones away.

mod elimination;

use super::tables::{CellId, Tables};
use elimination::{Elimination, MINUS_ONE, Sparse, inverse, minus, plus, times};
use std::collections::BTreeSet;

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
/// combination of published ones: what Gaussian elimination over the innermost cells finds (Langsrud 2024). Here it is
/// done with the margins instead. A cell does not follow from the others exactly when it lies on a circuit of hidden
/// cells: changes that cancel in all margins. With the circuits of a basis that takes the least wanted cells first, nearly
/// all of the cells are settled by counting.
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
    let rows = tables.margins.len();
    let sensitive = |cell: u32| roles[cell as usize] == Role::Sensitive;
    let mut hidden: Vec<bool> = roles.iter().map(|role| matches!(role, Role::Sensitive | Role::Hidden)).collect();
    let mut elimination = Elimination::new(rows);
    // Circuits of cells that are hidden anyway stay; those of an open cell go with it.
    let mut staying: Vec<Sparse> = Vec::new();
    let settled = (0..).zip(roles).filter(|(_, role)| matches!(role, Role::Sensitive | Role::Hidden));
    for (cell, _) in settled {
        staying.extend(elimination.add(cell, &columns[cell as usize]));
    }
    let open: Vec<CellId> = wanted.iter().copied().filter(|cell| roles[*cell as usize] == Role::Open).collect();
    let mut open_circuits: Vec<(CellId, Sparse)> = Vec::new();
    let mut in_basis: Vec<CellId> = Vec::new();
    for cell in open.iter().rev() {
        match elimination.add(*cell, &columns[*cell as usize]) {
            Some(circuit) => open_circuits.push((*cell, circuit)),
            None => in_basis.push(*cell),
        }
    }
    // How many circuits each sensitive cell still lies on.
    let mut left = vec![0_u32; roles.len()];
    for circuit in staying.iter().chain(open_circuits.iter().map(|(_, circuit)| circuit)) {
        circuit.iter().filter(|(cell, _)| sensitive(*cell)).for_each(|(cell, _)| left[*cell as usize] += 1);
    }
    let exposed =
        (0..).zip(&left).filter(|(cell, left)| sensitive(*cell) && **left == 0).map(|(cell, _)| cell).collect();
    for (cell, circuit) in open_circuits.into_iter().rev() {
        let mine = || circuit.iter().map(|(other, _)| *other).filter(|other| sensitive(*other));
        if mine().any(|other| left[other as usize] == 1) {
            hidden[cell as usize] = true;
            staying.push(circuit);
        } else {
            mine().for_each(|other| left[other as usize] -= 1);
        }
    }
    let mut space = Space::new(&staying, roles.len());
    for cell in in_basis.into_iter().rev() {
        if space.fixes_none(cell, sensitive) {
            space.fix(cell);
        } else {
            hidden[cell as usize] = true;
        }
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
    users: Vec<BTreeSet<CellId>>,
}

impl Space {
    fn new(circuits: &[Sparse], cells: usize) -> Self {
        let mut space = Self { rows: vec![Sparse::new(); cells], users: vec![BTreeSet::new(); circuits.len()] };
        for (number, circuit) in (0..).zip(circuits) {
            for (cell, factor) in circuit {
                space.rows[*cell as usize].push((number, *factor));
                space.users[number as usize].insert(*cell);
            }
        }
        space
    }

    /// Whether no sensitive cell changes only together with this one.
    fn fixes_none(&self, cell: CellId, sensitive: impl Fn(CellId) -> bool) -> bool {
        let row = &self.rows[cell as usize];
        let Some((rarest, _)) = row.iter().min_by_key(|(circuit, _)| self.users[*circuit as usize].len()) else {
            return true;
        };
        !self.users[*rarest as usize]
            .iter()
            .any(|other| *other != cell && sensitive(*other) && proportional(row, &self.rows[*other as usize]))
    }

    /// Leaves only the changes that leave this cell as it is.
    fn fix(&mut self, cell: CellId) {
        let row = std::mem::take(&mut self.rows[cell as usize]);
        let Some((circuit, entry)) = row.iter().min_by_key(|(circuit, _)| self.users[*circuit as usize].len()) else {
            return;
        };
        let scale = inverse(*entry);
        for user in std::mem::take(&mut self.users[*circuit as usize]) {
            let own = &mut self.rows[user as usize];
            let Ok(at) = own.binary_search_by_key(circuit, |(circuit, _)| *circuit) else { continue };
            let factor = minus(times(own[at].1, scale));
            *own = joined(own, &row, factor);
            for (other, _) in row.iter().filter(|(other, _)| other != circuit) {
                if own.binary_search_by_key(other, |(circuit, _)| *circuit).is_ok() {
                    self.users[*other as usize].insert(user);
                } else {
                    self.users[*other as usize].remove(&user);
                }
            }
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
                (a.next(), b.next());
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
