//! Ids that stand twice among very many. Hashes find them, the ids themselves decide.

use super::double::{text, twice};
use super::piece::Ids;
use super::sheet::Sheet;
use crate::problem::Problems;
use crate::read::scan::{self, Flaw, Layout, Spot, Visit, scan};
use std::collections::BTreeMap;

/// The line of a record, and its row where one was made of it.
pub(super) struct Record<'r, T> {
    pub(super) line: u32,
    pub(super) row: Option<&'r T>,
}

/// Lines of records whose id stands on an earlier line, in order; they are reported. `record` gives a record by its piece and
/// its place among the ids there.
pub(super) fn doubles<'r, T: 'r>(
    sheet: &Sheet<'_>,
    column: usize,
    ids: &[&Ids],
    record: impl Fn(usize, usize) -> Record<'r, T>,
    same: impl Fn(&T, &T) -> bool,
    problems: &mut Problems,
) -> Vec<u32> {
    let alike = alike(sheet, ids);
    if alike.is_empty() {
        return Vec::new();
    }
    // By the hash first, so that records with one id stand together, and in the order of the file.
    let mut candidates: Vec<(u64, usize, usize)> = Vec::new();
    for (piece, ids) in ids.iter().enumerate() {
        let here = ids.hashes.iter().enumerate().filter(|(_, id)| alike.binary_search(&mark(**id)).is_ok());
        candidates.extend(here.map(|(at, id)| (*id, piece, at)));
    }
    candidates.sort_unstable();
    let mut lines: Vec<u32> = candidates.iter().map(|(_, piece, at)| record(*piece, *at).line).collect();
    lines.sort_unstable();
    let written = sheet.written_on(column, &lines);
    let mut first: BTreeMap<&[u8], (Record<'r, T>, u64)> = BTreeMap::new();
    let mut found = Vec::new();
    for (_, piece, at) in candidates {
        let record = record(piece, at);
        let Some((id, text)) = lines.binary_search(&record.line).ok().and_then(|place| written.get(place)) else {
            continue;
        };
        match first.get(id.as_slice()) {
            None => {
                first.insert(id, (record, *text));
            }
            Some((earlier, before)) => {
                let alike = match (earlier.row, record.row) {
                    (Some(earlier), Some(row)) => same(earlier, row),
                    _ => before == text,
                };
                found.push((record.line, earlier.line, alike));
            }
        }
    }
    found.sort_unstable();
    for (line, earlier, alike) in &found {
        problems.push(twice(sheet, column, (*earlier, *line), *alike));
    }
    found.into_iter().map(|(line, ..)| line).collect()
}

/// What is kept of a hash in a table: 0 is an empty place, and no id.
#[allow(clippy::cast_possible_truncation, reason = "what of the hash does not say where it stands")]
fn mark(id: u64) -> u32 {
    (id >> 32) as u32 | u32::from(id != 0)
}

/// Marks of ids that stand more than once, in order; each worker looks for its part of them.
fn alike(sheet: &Sheet<'_>, ids: &[&Ids]) -> Vec<u32> {
    let all: usize = ids.iter().map(|ids| ids.hashes.len()).sum();
    let parts = sheet.workers.count.clamp(1, 64);
    let found = sheet.workers.map(0..parts, |part| {
        let mut table = vec![0_u32; (all / parts * 2 + 16).next_power_of_two()];
        let mut found = Vec::new();
        for ids in ids {
            for &id in &ids.hashes {
                #[allow(clippy::cast_possible_truncation, reason = "a part of the hash")]
                let of = ((id >> 48) as usize * parts) >> 16;
                if of == part && id != 0 && !enter(&mut table, id) {
                    found.push(mark(id));
                }
            }
        }
        found
    });
    let mut found = found.concat();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether an id, by its mark, is new to a table.
#[inline]
fn enter(table: &mut [u32], id: u64) -> bool {
    let (mask, mark) = (table.len() - 1, mark(id));
    #[allow(clippy::cast_possible_truncation, reason = "masked to the table")]
    let mut at = (id >> 5) as usize & mask;
    loop {
        match table[at] {
            0 => {
                table[at] = mark;
                return true;
            }
            known if known == mark => return false,
            _ => at = (at + 1) & mask,
        }
    }
}

impl Sheet<'_> {
    /// A field and a hash of all of some records, by their lines in rising order.
    fn written_on(&self, column: usize, lines: &[u32]) -> Vec<(Vec<u8>, u64)> {
        struct Written<'l> {
            lines: &'l [u32],
            first: u32,
            position: usize,
            found: Vec<(Vec<u8>, u64)>,
        }
        impl Visit for Written<'_> {
            fn record(&mut self, record: &scan::Record<'_>) {
                let line = u32::try_from(record.line).unwrap_or(u32::MAX).saturating_add(self.first);
                if self.lines.get(self.found.len()) == Some(&line) {
                    self.found.push((record.field(self.position).trim_ascii().to_vec(), text(record)));
                }
            }
            fn flaw(&mut self, _spot: Spot, _flaw: Flaw, _value: &[u8]) {}
        }
        let Some(position) = self.position(column) else { return Vec::new() };
        let mut written = Written { lines, first: self.first_line(), position, found: Vec::new() };
        let layout: Layout = self.layout();
        scan(self.body(), layout, true, &mut written);
        written.found
    }
}
