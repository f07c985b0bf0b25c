//! Codes of several columns to small numbers.

use std::collections::HashMap;

/// Groups as paths: a code of the first column, below it codes of the second, and so on. A group's number is that of the
/// end of its path. Nothing here is ever walked through in the order of a hash.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    levels: Vec<Level>,
    long: Vec<Box<[u8]>>,
    long_numbers: HashMap<Box<[u8]>, u32>,
}

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

    /// The next number on a path, from the number so far (0 at the start) and the next column's code: the first
    /// `length` of `bytes`. Bytes beyond it do not matter; they only allow to read eight at once.
    #[inline]
    pub(super) fn step(&mut self, column: usize, parent: u32, bytes: &[u8], length: usize) -> u32 {
        let (parent, code) = match (length, bytes.first_chunk()) {
            // Codes have no zero bytes, so that a code of up to eight bytes and its padding are one number.
            (0, _) => (parent, 0),
            (1..=8, Some(eight)) => (parent, u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * length))),
            (1..=8, None) => {
                let mut eight = [0; 8];
                eight[..length].copy_from_slice(&bytes[..length]);
                (parent, u64::from_le_bytes(eight))
            }
            _ => (parent | LONG, u64::from(self.long_code(&bytes[..length]))),
        };
        self.levels[column].number(parent, code)
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

    /// The codes of a group, in the order of the columns.
    pub(super) fn codes(&self, group: usize) -> Vec<Vec<u8>> {
        let mut number = group;
        let mut codes = Vec::with_capacity(self.levels.len());
        for level in self.levels.iter().rev() {
            let (parent, code) = level.steps[number];
            codes.push(if parent & LONG == 0 {
                let eight = code.to_le_bytes();
                eight.iter().copied().take_while(|byte| *byte != 0).collect()
            } else {
                usize::try_from(code)
                    .ok()
                    .and_then(|index| self.long.get(index))
                    .map(|code| code.to_vec())
                    .unwrap_or_default()
            });
            number = (parent & !LONG) as usize;
        }
        codes.reverse();
        codes
    }

    /// The number of a group by its codes.
    pub(super) fn find(&mut self, codes: &[Vec<u8>]) -> usize {
        let step = |parent, (column, code): (usize, &Vec<u8>)| self.step(column, parent, code, code.len());
        codes.iter().enumerate().fold(0, step) as usize
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
            self.slots = vec![empty; self.slots.len() * 4];
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

    #[test]
    fn codes_come_back_as_written() {
        let mut groups = Groups::new(2);
        let codes: Vec<Vec<Vec<u8>>> =
            [["", ""], ["0301", "x"], ["301", "x"], ["0301-001", "12345678"], ["0301-0012", "æøå og mer"]]
                .iter()
                .map(|codes| codes.iter().map(|code| code.as_bytes().to_vec()).collect())
                .collect();
        let numbers: Vec<_> = codes.iter().map(|codes| groups.find(codes)).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4]);
        assert_eq!(groups.find(&codes[3]), 3);
        assert_eq!((0..5).map(|group| groups.codes(group)).collect::<Vec<_>>(), codes);
        assert_eq!(Groups::new(0).find(&[]), 0, "without columns all is one group");
    }

    proptest! {
        #[test]
        fn one_number_for_one_group(codes in prop::collection::vec(prop::collection::vec("[ab]{0,3}|[a-c]{7,10}", 3), 1..400)) {
            let mut groups = Groups::new(3);
            let bytes = |codes: &Vec<String>| codes.iter().map(|code| code.as_bytes().to_vec()).collect::<Vec<_>>();
            let numbers: Vec<_> = codes.iter().map(|codes| groups.find(&bytes(codes))).collect();
            for (number, codes) in numbers.iter().zip(&codes) {
                prop_assert_eq!(groups.codes(*number), bytes(codes));
            }
            let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
            prop_assert_eq!(distinct.len(), groups.levels[2].steps.len());
        }
    }
}
