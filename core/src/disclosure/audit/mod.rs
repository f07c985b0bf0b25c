//! The auditor: what an attacker can find out from what is published.

pub(in crate::disclosure) mod exchange;
pub(in crate::disclosure) mod guard;
mod intervals;
pub(in crate::disclosure) mod movement;
pub(in crate::disclosure) mod search;

use intervals::{Asked, some_intervals};
pub use intervals::{Fact, Interval, Known, intervals};
pub use movement::Movement;

use super::tables::{CellId, Tables};

/// What an attacker knows beside the published cells and their margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attacker {
    /// Every 0 is published, so that a hidden cell holds somebody.
    pub zeros_published: bool,
    /// How many people in one cell may put together what they know: a cell that holds no others is no secret to them.
    pub coalition: u64,
    /// Counts below this one are small.
    pub small: u64,
    /// Whether a small count must not be known within so many people either.
    pub narrow: Option<u64>,
    /// Whether what is sensitive are groups of which all but a coalition gave the same answer: then nobody may find out
    /// that there are no others.
    pub groups: bool,
}

impl Default for Attacker {
    fn default() -> Self {
        Self { zeros_published: false, coalition: 1, small: 5, narrow: None, groups: false }
    }
}

/// Published figures that no counts fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// A cell that would need fewer than it needs at least.
    pub cell: CellId,
}

/// Something that an attacker finds out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The count of a hidden cell.
    Exact {
        /// The cell.
        cell: CellId,
        /// Its count.
        count: u64,
    },
    /// A small count, to within a few people.
    Narrow {
        /// The cell.
        cell: CellId,
        /// The smallest count that it may have.
        lower: u64,
        /// The largest.
        upper: u64,
    },
    /// That a group has nobody, or only a coalition, who gave another answer.
    Group {
        /// The cell of the others.
        others: CellId,
        /// How many they are at most.
        at_most: u64,
    },
    /// The count of a hidden cell, to somebody who is alone in another.
    Insider {
        /// The cell of the insider.
        own: CellId,
        /// The cell that it gives away.
        cell: CellId,
        /// Its count.
        count: u64,
    },
}

/// What an attacker finds out about the hidden cells of some tables. `sensitive` are the cells of which groups are
/// inferred, where [`Attacker::groups`] says so.
///
/// A cell is no finding when another table is known that looks the same from outside and gives it another count; only where
/// none is soon found, linear programming decides. Where cells hang together with so many others that their intervals are
/// not tight ([`Interval::is_tight`]), what is found is found all the same.
///
/// # Errors
///
/// [`Contradiction`] when the margins do not hold.
pub fn audit(
    tables: &Tables,
    hidden: &[bool],
    sensitive: impl Fn(CellId) -> bool,
    attacker: &Attacker,
) -> Result<(Vec<Interval>, Vec<Finding>), Contradiction> {
    audit_with(tables, hidden, sensitive, attacker, &[])
}

/// As [`audit`], with movements that somebody claims to be possible: each is checked before it is believed.
///
/// # Errors
///
/// As there.
pub fn audit_with(
    tables: &Tables,
    hidden: &[bool],
    sensitive: impl Fn(CellId) -> bool,
    attacker: &Attacker,
    movements: &[Movement],
) -> Result<(Vec<Interval>, Vec<Finding>), Contradiction> {
    let mut values: Vec<Option<u64>> =
        tables.counts.iter().zip(hidden).map(|(count, hidden)| (!hidden).then_some(*count)).collect();
    let lowest: Vec<u64> = tables.asked.iter().map(|asked| u64::from(*asked && attacker.zeros_published)).collect();
    let ground = movement::Ground::new(tables, lowest.clone());
    let ids = || (0..).take(tables.len());
    let sensitive: Vec<bool> = ids().map(sensitive).collect();
    let mut guard = guard::Guard::new(tables, &ground, &sensitive, hidden, attacker);
    let possible = movements.iter().filter(|movement| ground.is_possible(movement, hidden));
    possible.for_each(|movement| guard.learn(movement.clone()));
    let secrets: Vec<CellId> = ids().filter(|cell| guard.matters(*cell)).collect();
    let known = |values: &[Option<u64>], asked: Asked<'_>| {
        let known = Known { margins: &tables.margins, values, lowest: &lowest, ..Known::default() };
        some_intervals(&known, asked)
    };
    let unsafe_ones: Vec<CellId> = secrets.iter().copied().filter(|cell| !guard.is_safe(*cell)).collect();
    let seen: Vec<(u64, u64)> = ids().map(|cell| guard.seen(cell)).collect();
    let found = known(&values, Asked { seen: &seen, cells: &unsafe_ones, others: true })?;
    let mut findings = Vec::new();
    for cell in unsafe_ones {
        let Interval { lower, upper, .. } = found[cell as usize];
        let count = tables.counts[cell as usize];
        let is_near = |width: u64| lower + width >= count && upper.is_some_and(|upper| upper <= count + width);
        if attacker.groups && sensitive[cell as usize] {
            if let Some(at_most) = upper.filter(|upper| *upper <= attacker.coalition) {
                findings.push(Finding::Group { others: cell, at_most });
            }
        } else if upper == Some(lower) {
            findings.push(Finding::Exact { cell, count });
        } else if let (Some(upper), Some(width)) = (upper, tables.widths.get(cell as usize).filter(|width| **width > 0))
        {
            if upper < count.saturating_add(*width) {
                findings.push(Finding::Narrow { cell, lower, upper });
            }
        } else if let (Some(upper), Some(width)) = (upper, attacker.narrow)
            && count < attacker.small
            && is_near(width)
        {
            findings.push(Finding::Narrow { cell, lower, upper });
        }
    }
    let is_open = |cell: CellId| !found[cell as usize].is_exact() && tables.asked[cell as usize];
    for cell in secrets.into_iter().filter(|cell| is_open(*cell)) {
        if guard.insider(cell).is_none() {
            continue;
        }
        for own in guard.insiders(cell).into_iter().filter(|own| is_open(*own)) {
            values[own as usize] = Some(tables.counts[own as usize]);
            let with_own = known(&values, Asked { seen: &[], cells: &[cell], others: false })?;
            if with_own[cell as usize].is_exact() {
                findings.push(Finding::Insider { own, cell, count: tables.counts[cell as usize] });
            }
            values[own as usize] = None;
        }
    }
    Ok((found, findings))
}
