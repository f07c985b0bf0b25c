//! Codes of several columns to small numbers.

use crate::read::number::{self, Number};
use std::collections::HashMap;
use std::sync::Arc;

/// Groups as paths: a code of the first column, below it codes of the second, and so on. A group's number is that of the
/// end of its path. Nothing here is ever walked through in the order of a hash.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    levels: Vec<Level>,
    long: Vec<Box<[u8]>>,
    long_numbers: HashMap<Box<[u8]>, u32>,
}

/// A code of one column: up to eight bytes as a number, or [`LONG`] and the number of a longer one.
pub(super) type Code = (u32, u64);

/// The number of an empty place in the table.
const EMPTY: u32 = u32::MAX;
/// Marks a parent whose child is a number of a long code. Ordinary numbers stay below.
const LONG: u32 = 1 << 31;

/// One step of all paths: (parent, code) to number, by open addressing.
#[derive(Clone, Debug)]
struct Level {
    slots: Vec<Slot>,
    /// By number.
    steps: Vec<(u32, u64)>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    code: u64,
    parent: u32,
    number: u32,
}

impl Groups {
    pub(super) fn new(columns: usize) -> Self {
        let level = Level { slots: vec![Slot { code: 0, parent: 0, number: EMPTY }; 64], steps: Vec::new() };
        Self { levels: vec![level; columns], long: Vec::new(), long_numbers: HashMap::new() }
    }

    /// The first `length` of the bytes as a code. Bytes beyond it do not matter; they only allow to read eight at once.
    #[inline]
    pub(super) fn code(&mut self, bytes: &[u8], length: usize) -> Code {
        match (length, bytes.first_chunk()) {
            // Fields have no zero bytes, so that a code of up to eight bytes and its padding are one number.
            (0, _) => (0, 0),
            (1..=8, Some(eight)) => (0, u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * length))),
            (1..=8, None) => {
                let mut eight = [0; 8];
                eight[..length].copy_from_slice(&bytes[..length]);
                (0, u64::from_le_bytes(eight))
            }
            _ => (LONG, u64::from(self.long_code(&bytes[..length]))),
        }
    }

    /// The groups of many records at once, from the codes of each, one after the other.
    ///
    /// Level by level, so that the places of many records are fetched from memory at the same time.
    pub(super) fn find(&mut self, codes: &[Code], groups: &mut [u32]) {
        groups.fill(0);
        let columns = self.levels.len();
        for (column, level) in self.levels.iter_mut().enumerate() {
            for (group, codes) in groups.iter_mut().zip(codes.chunks_exact(columns)) {
                let (long, code) = codes[column];
                *group = level.number(*group | long, code);
            }
        }
    }

    fn long_code(&mut self, code: &[u8]) -> u32 {
        if let Some(number) = self.long_numbers.get(code) {
            return *number;
        }
        let number = u32::try_from(self.long.len()).unwrap_or(EMPTY);
        self.long.push(code.into());
        self.long_numbers.insert(code.into(), number);
        number
    }

    /// The groups of another state as groups of this one, by their numbers there.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<u32> {
        let long: Vec<_> = other.long.iter().map(|code| u64::from(self.long_code(code))).collect();
        let mut parents = vec![0];
        for (own, other) in self.levels.iter_mut().zip(&other.levels) {
            let step = |(parent, code): &(u32, u64)| {
                let own_parent = parents[(parent & !LONG) as usize];
                if parent & LONG == 0 {
                    own.number(own_parent, *code)
                } else {
                    own.number(own_parent | LONG, usize::try_from(*code).map_or(0, |index| long[index]))
                }
            };
            parents = other.steps.iter().map(step).collect();
        }
        parents
    }

    /// The groups in order, each with its codes: as numbers in a column that has nothing else, otherwise byte by byte.
    pub(super) fn sorted(&self, decode: impl Fn(&[u8]) -> Arc<str>) -> Vec<(u32, Vec<Arc<str>>)> {
        // By number on the level: the place in the order so far, and the codes so far.
        let mut sorted = vec![(0, Vec::new())];
        for level in &self.levels {
            let mut distinct: Vec<_> = level.steps.iter().map(|(parent, code)| (parent & LONG, *code)).collect();
            distinct.sort_unstable();
            distinct.dedup();
            let mut texts: Vec<_> = distinct.iter().map(|code| (decode(&self.bytes(*code)), *code)).collect();
            let numbers: Option<Vec<f64>> = texts.iter().map(|(text, _)| value(text)).collect();
            match numbers {
                Some(_) => texts.sort_by(|(a, _), (b, _)| {
                    value(a).unwrap_or_default().total_cmp(&value(b).unwrap_or_default()).then_with(|| a.cmp(b))
                }),
                None => texts.sort_by(|(a, _), (b, _)| a.cmp(b)),
            }
            let mut ranks = vec![0_u32; distinct.len()];
            for (rank, (_, code)) in (0..).zip(&texts) {
                if let Ok(place) = distinct.binary_search(code) {
                    ranks[place] = rank;
                }
            }
            let mut places = vec![0_u32; sorted.len()];
            for (place, (number, _)) in (0..).zip(&sorted) {
                places[*number as usize] = place;
            }
            let mut order: Vec<(u32, u32, u32)> = (0..)
                .zip(&level.steps)
                .map(|(number, (parent, code))| {
                    let rank = distinct.binary_search(&(parent & LONG, *code)).map_or(0, |place| ranks[place]);
                    (places[(parent & !LONG) as usize], rank, number)
                })
                .collect();
            order.sort_unstable();
            let with_codes = |(parent, rank, number): (u32, u32, u32)| {
                let mut codes = Vec::with_capacity(self.levels.len());
                codes.extend_from_slice(&sorted[parent as usize].1);
                codes.push(texts[rank as usize].0.clone());
                (number, codes)
            };
            sorted = order.into_iter().map(with_codes).collect();
        }
        sorted
    }

    /// A code in bytes, from how a step keeps it.
    fn bytes(&self, (long, code): (u32, u64)) -> Vec<u8> {
        if long == 0 {
            return code.to_le_bytes().into_iter().take_while(|byte| *byte != 0).collect();
        }
        usize::try_from(code).ok().and_then(|index| self.long.get(index)).map(|code| code.to_vec()).unwrap_or_default()
    }
}

/// The number that a code is, if it is one.
fn value(code: &str) -> Option<f64> {
    match number::parse(code.as_bytes()) {
        Number::Value(value, _) => Some(value),
        _ => None,
    }
}

impl Level {
    #[inline]
    fn number(&mut self, parent: u32, code: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut place = hash(parent, code) & mask;
        loop {
            let slot = self.slots[place];
            if slot.number == EMPTY {
                return self.insert(parent, code);
            }
            if slot.code == code && slot.parent == parent {
                return slot.number;
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn insert(&mut self, parent: u32, code: u64) -> u32 {
        let number = u32::try_from(self.steps.len()).unwrap_or(EMPTY);
        self.steps.push((parent, code));
        if self.steps.len() * 2 > self.slots.len() {
            let empty = Slot { code: 0, parent: 0, number: EMPTY };
            self.slots = vec![empty; self.slots.len() * 2];
            for (number, (parent, code)) in (0..).zip(&self.steps) {
                put(&mut self.slots, Slot { code: *code, parent: *parent, number });
            }
        } else {
            put(&mut self.slots, Slot { code, parent, number });
        }
        number
    }
}

fn put(slots: &mut [Slot], slot: Slot) {
    let mask = slots.len() - 1;
    let mut place = hash(slot.parent, slot.code) & mask;
    while slots[place].number != EMPTY {
        place = (place + 1) & mask;
    }
    slots[place] = slot;
}

/// Two multiplications whose halves are mixed.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
fn hash(parent: u32, code: u64) -> usize {
    let mixed = u128::from(code ^ 0x9e37_79b9_7f4a_7c15)
        * u128::from((u64::from(parent) << 1 | 1).wrapping_mul(0xa076_1d64_78bd_642f));
    let mixed = (mixed as u64) ^ (mixed >> 64) as u64;
    (mixed ^ (mixed >> 32)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(groups: &mut Groups, codes: &[&str]) -> u32 {
        let codes: Vec<_> = codes.iter().map(|code| groups.code(code.as_bytes(), code.len())).collect();
        let mut number = [0];
        groups.find(&codes, &mut number);
        number[0]
    }

    fn sorted(groups: &Groups) -> Vec<(u32, Vec<String>)> {
        let sorted = groups.sorted(|bytes| String::from_utf8_lossy(bytes).into());
        sorted.into_iter().map(|(number, codes)| (number, codes.iter().map(ToString::to_string).collect())).collect()
    }

    #[test]
    fn codes_come_back_as_written_and_sorted() {
        let mut groups = Groups::new(2);
        let codes = [["10", "b"], ["9", "x"], ["09", "x"], ["9", "0301-0012"], ["9", ""], ["9", "æøå og mer"]];
        for (number, codes) in (0..).zip(&codes) {
            assert_eq!(find(&mut groups, codes), number);
        }
        assert_eq!(find(&mut groups, &codes[3]), 3);
        let expected = [
            (2, "09", "x"),
            (4, "9", ""),
            (3, "9", "0301-0012"),
            (1, "9", "x"),
            (5, "9", "æøå og mer"),
            (0, "10", "b"),
        ];
        let expected: Vec<_> =
            expected.iter().map(|(number, a, b)| (*number, vec![(*a).to_owned(), (*b).to_owned()])).collect();
        assert_eq!(sorted(&groups), expected);
        assert_eq!(sorted(&Groups::new(0)), [(0, vec![])], "without columns all is one group");
    }

    proptest! {
        #[test]
        fn one_number_for_one_group(codes in prop::collection::vec(prop::collection::vec("[ab]{0,3}|[a-c]{7,10}", 3), 1..60), at in 0_usize..60) {
            let codes: Vec<Vec<&str>> = codes.iter().map(|codes| codes.iter().map(String::as_str).collect()).collect();
            let mut groups = Groups::new(3);
            let numbers: Vec<_> = codes.iter().map(|codes| find(&mut groups, codes)).collect();
            let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
            let sorted = sorted(&groups);
            prop_assert_eq!(sorted.iter().map(|(_, codes)| codes).collect::<Vec<_>>(), distinct.into_iter().collect::<Vec<_>>());
            for (number, codes) in numbers.iter().zip(&codes) {
                let found = &sorted.iter().find(|(other, _)| other == number).unwrap().1;
                prop_assert_eq!(found, codes);
            }
            // Merged from two parts, the groups are the same and each part's numbers lead to its own codes.
            let (first, second) = codes.split_at(at.min(codes.len()));
            let (mut own, mut other) = (Groups::new(3), Groups::new(3));
            for codes in first {
                find(&mut own, codes);
            }
            let numbers: Vec<_> = second.iter().map(|codes| find(&mut other, codes)).collect();
            let merged = own.merge(&other);
            for (number, codes) in numbers.iter().zip(second) {
                prop_assert_eq!(merged[*number as usize], find(&mut own, codes));
            }
            prop_assert_eq!(self::sorted(&own).len(), sorted.len());
        }
    }
}
