//! From the code of a unit to its place, millions of times.

use std::collections::HashMap;

/// Codes and their places. Codes of up to eight bytes are looked up as one number.
///
/// A slot holds a place alone, and the code is kept with its place: together that is little enough to stay in a core's
/// own cache.
#[derive(Clone, Debug)]
pub(super) struct Codes {
    slots: Vec<u32>,
    shift: u32,
    keys: Vec<u64>,
    long: HashMap<Box<[u8]>, u32>,
}

/// No place.
const NONE: u32 = u32::MAX;

impl Codes {
    /// The places of codes in their order; of equal ones the first counts.
    pub(super) fn new<'a>(codes: impl ExactSizeIterator<Item = &'a [u8]>) -> Self {
        let slots = (codes.len() * 3).next_power_of_two().max(16);
        let shift = 64 - slots.trailing_zeros();
        let mut all = Self { slots: vec![NONE; slots], shift, keys: vec![0; codes.len()], long: HashMap::new() };
        for (code, place) in codes.zip(0_u32..) {
            match packed(code) {
                Some(key) => {
                    all.keys[place as usize] = key;
                    let slot = all.slot(key);
                    if all.slots[slot] == NONE {
                        all.slots[slot] = place;
                    }
                }
                None => {
                    all.long.entry(code.into()).or_insert(place);
                }
            }
        }
        all
    }

    /// The place of a code.
    pub(super) fn place(&self, code: &[u8]) -> Option<u32> {
        match packed(code) {
            Some(key) => self.short(key),
            None => self.long.get(code).copied(),
        }
    }

    /// The place of a code of up to eight bytes, the first one lowest.
    #[inline]
    pub(super) fn short(&self, key: u64) -> Option<u32> {
        let first = self.slots[self.first(key)];
        // Nearly every code is where it is looked for first.
        if self.keys.get(first as usize) == Some(&key) {
            return Some(first);
        }
        let place = self.slots[self.slot(key)];
        (place != NONE).then_some(place)
    }

    /// Where a key is looked for first.
    #[inline]
    fn first(&self, key: u64) -> usize {
        #[allow(clippy::cast_possible_truncation, reason = "as many bits as there are slots")]
        let slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize;
        slot & (self.slots.len() - 1)
    }

    /// Where a key is, or would be.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = self.first(key);
        loop {
            let place = self.slots[slot];
            if place == NONE || self.keys[place as usize] == key {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// A code of one to eight bytes as a number.
#[inline]
pub(super) fn packed(code: &[u8]) -> Option<u64> {
    if code.is_empty() || code.len() > 8 {
        return None;
    }
    let mut bytes = [0; 8];
    bytes[..code.len()].copy_from_slice(code);
    Some(u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_place() {
        let codes: Vec<String> =
            (0..5000).map(|n| if n % 2 == 0 { format!("{n:08}") } else { format!("unit-{n:010}") }).collect();
        let all = Codes::new(codes.iter().map(String::as_bytes));
        for (code, place) in codes.iter().zip(0..) {
            assert_eq!(all.place(code.as_bytes()), Some(place));
        }
        assert_eq!(["7", "00000001", "", "unit-0000000000"].map(|code| all.place(code.as_bytes())), [None; 4]);
        let twice = Codes::new([b"1".as_slice(), b"1"].into_iter());
        assert_eq!(twice.place(b"1"), Some(0));
    }
}
