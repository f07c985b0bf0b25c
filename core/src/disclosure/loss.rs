//! What protection costs: how much of a table is hidden, and why.

use super::Protection;
use super::secondary::Role;
use super::tables::{CellId, Table};

/// What is lost of the cells that somebody asked for.
///
/// # Input and result
///
/// | name | meaning | unit |
/// |---|---|---|
/// | `cells` | cells that were asked for, each counted once however many tables show it | cells |
/// | `hidden` | of them hidden | cells |
/// | `primary` | hidden because of the rule: their own count | cells |
/// | `secondary` | hidden so that sums do not give the first away | cells |
/// | `repair` | how many more the repair after the audit hides than secondary suppression alone would; below 0 where it shows some again | cells |
/// | `people` | people in the tables | people |
/// | `hidden_people` | people whose innermost cell is hidden | people |
///
/// `primary + secondary = hidden`; what the repair hides is part of `secondary`. How many cells the rule itself hides tells
/// something about the hidden counts (four hidden cells, all four primary: each of them is small), so the split is
/// internal. `cells` and `hidden` anybody can count in what is published. People are given only where anybody could
/// work them out as well: every innermost cell was asked for, and the grand total is shown.
///
/// # Example
///
/// ```
/// # use bygdepuls_core::{disclosure::{Loss, Protection, tables::{Linked, Spec, Table}}, problem::Problems};
/// let spec = r#"{"dims": ["town", "answer"], "freqVar": "n", "rule": {"fun": "small", "maxN": 2}}"#;
/// let spec: Spec = serde_json::from_str(spec)?;
/// let file = b"town,answer,n\nA,no,17\nA,yes,2\nB,no,12\nB,yes,6\nC,no,9\nC,yes,5\n";
/// let table = Table::read(&spec, "t.csv", file, &mut Problems::new()).ok_or("no table")?;
/// let linked = Linked::new(vec![table]).map_err(|_| "two counts")?;
/// let loss = Loss::of(&Protection::new(linked, &spec.rule, spec.rule.attacker()));
/// assert_eq!((loss.cells, loss.hidden, loss.primary, loss.secondary), (12, 4, 1, 3));
/// assert_eq!((loss.people, loss.hidden_people), (Some(51), Some(33)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table above says what the fields are")]
pub struct Loss {
    pub cells: usize,
    pub hidden: usize,
    pub primary: usize,
    pub secondary: usize,
    pub repair: isize,
    pub people: Option<u64>,
    pub hidden_people: Option<u64>,
}

impl Loss {
    /// What is lost in protected tables. People are those of the first table: the others show the same ones.
    #[must_use]
    pub fn of(protection: &Protection) -> Self {
        let Protection { linked, roles, hidden, before_repair, .. } = protection;
        let asked = || (0..).zip(&linked.cells.asked).filter(|(_, asked)| **asked).map(|(cell, _)| cell);
        let is_hidden = |cell: &CellId| hidden[*cell as usize];
        let hidden_cells = asked().filter(is_hidden).count();
        let is_primary = |cell: &CellId| roles[*cell as usize] == Role::Sensitive;
        let primary = asked().filter(is_hidden).filter(is_primary).count();
        let people =
            linked.tables.first().zip(linked.ids.first()).and_then(|(table, ids)| people(protection, table, ids));
        Self {
            cells: asked().count(),
            hidden: hidden_cells,
            primary,
            secondary: hidden_cells - primary,
            repair: hidden_cells.cast_signed() - before_repair.cast_signed(),
            people: people.map(|(people, _)| people),
            hidden_people: people.map(|(_, hidden)| hidden),
        }
    }

    /// The share of cells that is hidden.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
    pub fn share_of_cells(&self) -> Option<f64> {
        (self.cells > 0).then(|| self.hidden as f64 / self.cells as f64)
    }

    /// The share of people whose innermost cell is hidden.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
    pub fn share_of_people(&self) -> Option<f64> {
        let (people, hidden) = (self.people.filter(|people| *people > 0)?, self.hidden_people?);
        Some(hidden as f64 / people as f64)
    }
}

/// How many people a table holds and how many of them are hidden, where anybody can know.
fn people(protection: &Protection, table: &Table, ids: &[CellId]) -> Option<(u64, u64)> {
    let cells = &protection.linked.cells;
    let is = |cell: usize, of: fn(&super::tables::Hierarchy, usize) -> bool| {
        table.codes(cell).iter().zip(&table.dimensions).all(|(code, (_, hierarchy))| of(hierarchy, *code))
    };
    let shown = |cell: usize| cells.asked[ids[cell] as usize] && !protection.hidden[ids[cell] as usize];
    let total = (0..table.len()).find(|cell| is(*cell, |hierarchy, code| hierarchy.is_root(code)))?;
    let inner = || (0..table.len()).filter(|cell| is(*cell, super::tables::Hierarchy::is_leaf));
    if !shown(total) || inner().any(|cell| !cells.asked[ids[cell] as usize]) {
        return None;
    }
    let people = cells.counts[ids[total] as usize];
    let seen: u64 = inner().filter(|cell| shown(*cell)).map(|cell| cells.counts[ids[cell] as usize]).sum();
    Some((people, people - seen))
}
