//! Rows that stand twice.

use super::RecruitmentProblem;
use super::intern::hash;
use super::sheet::Sheet;
use crate::problem::{Problem, Problems, Severity};
use crate::read::scan::Record;
use std::collections::BTreeMap;

/// A row with what it is known by.
pub(super) struct Keyed<K, T> {
    pub(super) key: Option<K>,
    pub(super) line: u32,
    /// A hash of what is written, by which rows with errors are compared.
    pub(super) text: u64,
    /// None where it has errors.
    pub(super) row: Option<T>,
}

impl<K, T> Keyed<K, T> {
    /// With another key or row.
    pub(super) fn map<L, U>(self, key: impl FnOnce(K) -> L, row: impl FnOnce(T) -> U) -> Keyed<L, U> {
        Keyed { key: self.key.map(key), line: self.line, text: self.text, row: self.row.map(row) }
    }
}

/// Rows of which no two have the same key; of those that are alike the first is kept. Those with errors are not kept.
pub(super) fn once<K: Ord, T>(
    rows: impl IntoIterator<Item = Keyed<K, T>>,
    sheet: &Sheet<'_>,
    column: usize,
    same: impl Fn(&T, &T) -> bool,
    problems: &mut Problems,
) -> Vec<(u32, T)> {
    let mut first: BTreeMap<K, usize> = BTreeMap::new();
    let mut kept: Vec<(u32, u64, Option<T>)> = Vec::new();
    for Keyed { key, line, text, row } in rows {
        let at = key.and_then(|key| match first.entry(key) {
            std::collections::btree_map::Entry::Occupied(known) => Some(*known.get()),
            std::collections::btree_map::Entry::Vacant(room) => {
                room.insert(kept.len());
                None
            }
        });
        match at.map(|at| &kept[at]) {
            None => kept.push((line, text, row)),
            Some((earlier, written, other)) => {
                let same = match (other, &row) {
                    (Some(other), Some(row)) => same(other, row),
                    _ => *written == text,
                };
                problems.push(twice(sheet, column, (*earlier, line), same));
            }
        }
    }
    kept.into_iter().filter_map(|(line, _, row)| Some((line, row?))).collect()
}

/// A second row with one id.
pub(super) fn twice(sheet: &Sheet<'_>, column: usize, (first, second): (u32, u32), same: bool) -> Problem {
    let (severity, what) = match same {
        true => (Severity::Warning, RecruitmentProblem::SameRow { line: first }),
        false => (Severity::Error, RecruitmentProblem::OtherRow { line: first }),
    };
    sheet.problem(second, column, severity, what)
}

/// A hash of what is written in the needed fields of a record.
pub(super) fn text(record: &Record<'_>) -> u64 {
    let fields = (0..record.len()).map(|column| hash(record.field(column)));
    fields.fold(0, |sum, field| sum.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ field)
}

/// A hash of an id; 0 for none.
#[inline]
pub(super) fn hash_of_id(id: &[u8]) -> u64 {
    if id.is_empty() { 0 } else { hash(id).max(1) }
}
