//! Codes of several columns to small numbers.

mod saved;

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
    /// Whole paths, while codes are few; then there is nothing in the levels until they are sealed.
    paths: Option<Paths>,
}

/// A code of one column: up to eight bytes as a number, or [`LONG`] and the number of a longer one.
pub(super) type Code = (u32, u64);

/// The number of an empty place in the table.
const EMPTY: u32 = u32::MAX;
/// Marks a parent whose child is a number of a long code. Ordinary numbers stay below.
const LONG: u32 = 1 << 31;

/// Groups that are looked up together.
const TOGETHER: usize = 1024;

/// One step of all paths: (parent, code) to number, by open addressing.
#[derive(Clone, Debug, Default)]
struct Level {
    /// None until a step is looked up.
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
        let paths = (columns > 0).then(|| Paths::new(columns));
        Self { levels: vec![Level::default(); columns], long: Vec::new(), long_numbers: HashMap::new(), paths }
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
    /// Step by step, so that the places of many records are fetched from memory at the same time.
    pub(super) fn find(&mut self, codes: &[Code], groups: &mut [u32]) {
        if let Some(paths) = &mut self.paths {
            if paths.find(codes, groups) {
                return;
            }
            self.seal();
        }
        self.find_by_level(codes, groups);
    }

    fn find_by_level(&mut self, codes: &[Code], groups: &mut [u32]) {
        groups.fill(0);
        let columns = self.levels.len();
        for (column, level) in self.levels.iter_mut().enumerate() {
            for (group, codes) in groups.iter_mut().zip(codes.chunks_exact(columns)) {
                let (long, code) = codes[column];
                *group = level.number(*group | long, code);
            }
        }
    }

    /// Takes the whole paths apart into steps: after the last one, and where there are too many codes.
    pub(super) fn seal(&mut self) {
        let Some(Paths { columns, keys, .. }) = self.paths.take() else { return };
        let mut order: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
        // Paths that begin alike follow each other: a step is one where the path before had another.
        order.sort_unstable();
        let mut parents: Vec<u32> = vec![0; order.len()];
        let depth = self.levels.len();
        for ((number, level), column) in (1..).zip(&mut self.levels).zip(&columns) {
            let last = number == depth;
            // The last step has the number of its path.
            level.steps.resize(if last { order.len() } else { 0 }, (0, 0));
            let mut before = None;
            for ((key, group), parent) in order.iter().zip(&mut parents) {
                let (long, code) = column.code(*key);
                let step = (*parent | long, code);
                if last {
                    level.steps[*group as usize] = step;
                    continue;
                }
                if before.replace(key >> column.below) != Some(key >> column.below) {
                    level.steps.push(step);
                }
                *parent = u32::try_from(level.steps.len() - 1).unwrap_or(EMPTY);
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
        if let (Some(own), Some(other)) = (&mut self.paths, &other.paths)
            && let Some(numbers) = own.merge(other, &long)
        {
            return numbers;
        }
        self.seal();
        let mut sealed;
        let other = if other.paths.is_none() {
            other
        } else {
            sealed = other.clone();
            sealed.seal();
            &sealed
        };
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

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        match &self.paths {
            Some(paths) => paths.keys.len(),
            None => self.levels.last().map_or(1, |level| level.steps.len()),
        }
    }

    /// For each group the number of its path's first `depth` steps.
    pub(super) fn ancestors(&self, depth: usize) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..).take(self.len()).collect();
        for level in self.levels.iter().skip(depth).rev() {
            for number in &mut numbers {
                *number = level.steps[*number as usize].0 & !LONG;
            }
        }
        numbers
    }

    /// Groups by some of the columns only: for each of the given groups the number of what it belongs to there.
    pub(super) fn project(&self, columns: &[usize], groups: &[u32]) -> (Self, Vec<u32>) {
        let mut projected = Self::new(columns.len());
        projected.long.clone_from(&self.long);
        let mut codes = Vec::new();
        let mut found = vec![0; groups.len()];
        // Not all at once: what is written for some stays in the cache until it is read.
        for (groups, found) in groups.chunks(TOGETHER).zip(found.chunks_mut(TOGETHER)) {
            codes.resize(groups.len() * columns.len(), (0, 0));
            let mut numbers = groups.to_vec();
            for (column, level) in self.levels.iter().enumerate().rev() {
                for (record, number) in numbers.iter_mut().enumerate() {
                    let (parent, code) = level.steps[*number as usize];
                    *number = parent & !LONG;
                    for (place, _) in columns.iter().enumerate().filter(|(_, own)| **own == column) {
                        codes[record * columns.len() + place] = (parent & LONG, code);
                    }
                }
            }
            projected.find(&codes, found);
        }
        projected.seal();
        (projected, found)
    }

    /// The first `depth` steps of all paths in order: by the codes of the first column, then of the second and so on; as
    /// numbers in a column that has nothing else, otherwise byte by byte.
    pub(super) fn ordered(&self, depth: usize, decode: impl Fn(&[u8]) -> Arc<str>) -> Ordered {
        let mut levels: Vec<OrderedLevel> = Vec::with_capacity(depth);
        for level in &self.levels[..depth] {
            let mut distinct = Level::default();
            let codes: Vec<u32> =
                level.steps.iter().map(|(parent, code)| distinct.number(parent & LONG, *code)).collect();
            let mut texts: Vec<(Arc<str>, Option<f64>, u32)> = (0..)
                .zip(&distinct.steps)
                .map(|(number, code)| {
                    let text = decode(&self.bytes(*code));
                    let value = value(&text);
                    (text, value, number)
                })
                .collect();
            if texts.iter().all(|(_, value, _)| value.is_some()) {
                texts.sort_by(|(a, x, _), (b, y, _)| {
                    x.unwrap_or_default().total_cmp(&y.unwrap_or_default()).then_with(|| a.cmp(b))
                });
            } else {
                texts.sort_by(|(a, ..), (b, ..)| a.cmp(b));
            }
            let mut ranks = vec![0_u32; texts.len()];
            for (rank, (.., number)) in (0..).zip(&texts) {
                ranks[*number as usize] = rank;
            }
            let ranks: Vec<u32> = codes.into_iter().map(|code| ranks[code as usize]).collect();
            let parents: Vec<u32> = level.steps.iter().map(|(parent, _)| parent & !LONG).collect();
            // Children of the first parent, then of the second; among them by rank.
            let place = |number: usize| {
                let parent = parents[number];
                levels.last().map_or(0, |above| above.places[parent as usize]) as usize
            };
            let mut starts = vec![0_u32; levels.last().map_or(1, |above| above.order.len()) + 1];
            (0..parents.len()).for_each(|number| starts[place(number) + 1] += 1);
            (1..starts.len()).for_each(|place| starts[place] += starts[place - 1]);
            let mut order = vec![0_u32; parents.len()];
            let mut next = starts.clone();
            for number in (0..).take(parents.len()) {
                let next = &mut next[place(number as usize)];
                order[*next as usize] = number;
                *next += 1;
            }
            for children in starts.windows(2) {
                let children = children[0] as usize..children[1] as usize;
                order[children].sort_unstable_by_key(|number| ranks[*number as usize]);
            }
            let mut places = vec![0; order.len()];
            (0..).zip(&order).for_each(|(place, number)| places[*number as usize] = place);
            let texts = texts.into_iter().map(|(text, ..)| text).collect();
            levels.push(OrderedLevel { order, places, parents, ranks, texts });
        }
        Ordered { levels }
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

/// Paths in order.
#[derive(Clone, Debug)]
pub(super) struct Ordered {
    levels: Vec<OrderedLevel>,
}

/// One step of all paths, in order.
#[derive(Clone, Debug)]
struct OrderedLevel {
    /// Numbers by place.
    order: Vec<u32>,
    /// Places by number.
    places: Vec<u32>,
    /// By number, the number of the path before this step.
    parents: Vec<u32>,
    /// By number, the place of the code in `texts`.
    ranks: Vec<u32>,
    /// The codes of the column in order.
    texts: Vec<Arc<str>>,
}

impl Ordered {
    /// Numbers of paths of so many steps, by place.
    pub(super) fn order(&self, depth: usize) -> &[u32] {
        depth.checked_sub(1).map_or(&[0], |level| &self.levels[level].order)
    }

    /// Places of paths of so many steps, by number.
    pub(super) fn places(&self, depth: usize) -> &[u32] {
        depth.checked_sub(1).map_or(&[0], |level| &self.levels[level].places)
    }

    /// The number of a path without its last step.
    pub(super) fn parent(&self, depth: usize, number: u32) -> u32 {
        self.levels[depth - 1].parents[number as usize]
    }

    /// The last code of a path of so many steps, as its place among those of the column.
    pub(super) fn rank(&self, depth: usize, number: u32) -> u32 {
        self.levels[depth - 1].ranks[number as usize]
    }

    /// The codes of a column in order.
    pub(super) fn texts(&self, column: usize) -> &[Arc<str>] {
        &self.levels[column].texts
    }

    /// The codes of a path of so many steps, as places among those of their columns.
    pub(super) fn ranks(&self, depth: usize, mut number: u32) -> Vec<u32> {
        let mut ranks = vec![0; depth];
        for (level, rank) in self.levels[..depth].iter().zip(&mut ranks).rev() {
            *rank = level.ranks[number as usize];
            number = level.parents[number as usize];
        }
        ranks
    }

    /// The codes of a path of so many steps.
    pub(super) fn codes(&self, depth: usize, number: u32) -> Vec<Arc<str>> {
        let ranks = self.ranks(depth, number);
        self.levels.iter().zip(ranks).map(|(level, rank)| Arc::clone(&level.texts[rank as usize])).collect()
    }
}

impl Level {
    #[inline]
    fn number(&mut self, parent: u32, code: u64) -> u32 {
        if self.slots.is_empty() {
            self.rebuild();
        }
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
            self.rebuild();
        } else {
            put(&mut self.slots, Slot { code, parent, number });
        }
        number
    }

    /// Makes room for twice the steps, at most half of it taken.
    #[cold]
    fn rebuild(&mut self) {
        let slots = (self.steps.len() * 2 + 1).next_power_of_two().max(64);
        self.slots = vec![Slot { code: 0, parent: 0, number: EMPTY }; slots];
        for (number, (parent, code)) in (0..).zip(&self.steps) {
            put(&mut self.slots, Slot { code: *code, parent: *parent, number });
        }
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

/// Whole paths to groups: each column's codes as small numbers, these together as one. With few codes nearly all of it
/// stays in the cache, and a record looks up one path instead of one for each step.
#[derive(Clone, Debug)]
struct Paths {
    columns: Vec<Column>,
    /// Groups by open addressing, at most half of it taken.
    slots: Vec<u32>,
    /// By group, the numbers of its codes.
    keys: Vec<u64>,
    /// Those of a batch.
    batch: Vec<u64>,
}

/// The codes of a column, numbered from 0 on.
#[derive(Clone, Debug)]
struct Column {
    /// Codes and their numbers by open addressing, at most a quarter of it taken.
    slots: Vec<(Code, u32)>,
    codes: Vec<Code>,
    /// Binary digits that its numbers take in that of a path, and how many stand below them.
    bits: u32,
    below: u32,
}

/// Codes of a column from which on paths are looked up step by step: then no table stays in the cache.
const MANY: usize = 1 << 16;

impl Paths {
    fn new(columns: usize) -> Self {
        let column = Column { slots: vec![((0, 0), EMPTY); 64], codes: Vec::new(), bits: 0, below: 0 };
        Self { columns: vec![column; columns], slots: vec![EMPTY; 64], keys: Vec::new(), batch: Vec::new() }
    }

    /// The groups of records; false, and nothing found, when there are too many codes.
    fn find(&mut self, codes: &[Code], groups: &mut [u32]) -> bool {
        let many = self.columns.len();
        let mut batch = std::mem::take(&mut self.batch);
        loop {
            batch.clear();
            batch.resize(groups.len(), 0);
            for (place, column) in self.columns.iter_mut().enumerate() {
                for (key, codes) in batch.iter_mut().zip(codes.chunks_exact(many)) {
                    *key |= u64::from(column.number(codes[place])) << column.below;
                }
            }
            // Not so once for each power of two of codes.
            if self.columns.iter().all(Column::fits) {
                break;
            }
            if !self.widen() {
                return false;
            }
        }
        self.groups(&batch, groups);
        self.batch = batch;
        true
    }

    /// The groups of paths.
    fn groups(&mut self, keys: &[u64], groups: &mut [u32]) {
        // First what stands at each place, and only then what follows from it: a jump that was not foreseen would have to
        // wait for the memory, and all that comes after it with it.
        let mask = self.slots.len() - 1;
        for (group, key) in groups.iter_mut().zip(keys) {
            *group = self.slots[spread(*key) & mask];
        }
        let seen = |seen, group: &u32| seen ^ self.keys.get(*group as usize).copied().unwrap_or_default();
        std::hint::black_box(groups.iter().fold(0, seen));
        for (group, key) in groups.iter_mut().zip(keys) {
            if self.keys.get(*group as usize) != Some(key) {
                *group = self.group(*key);
            }
        }
    }

    #[inline]
    fn group(&mut self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut place = spread(key) & mask;
        loop {
            let group = self.slots[place];
            if group == EMPTY {
                return self.insert(key);
            }
            if self.keys[group as usize] == key {
                return group;
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn insert(&mut self, key: u64) -> u32 {
        let group = u32::try_from(self.keys.len()).unwrap_or(EMPTY);
        self.keys.push(key);
        if self.keys.len() * 2 > self.slots.len() {
            self.rebuild(self.slots.len() * 4);
        } else {
            self.put(key, group);
        }
        group
    }

    fn rebuild(&mut self, slots: usize) {
        self.slots.clear();
        self.slots.resize(slots, EMPTY);
        let keys = std::mem::take(&mut self.keys);
        (0..).zip(&keys).for_each(|(group, key)| self.put(*key, group));
        self.keys = keys;
    }

    fn put(&mut self, key: u64, group: u32) {
        let mask = self.slots.len() - 1;
        let mut place = spread(key) & mask;
        while self.slots[place] != EMPTY {
            place = (place + 1) & mask;
        }
        self.slots[place] = group;
    }

    /// Gives each column the digits that its numbers need; false, and nothing changed, when there are too many codes.
    #[cold]
    fn widen(&mut self) -> bool {
        let bits = |column: &Column| column.codes.len().next_power_of_two().trailing_zeros();
        if self.columns.iter().map(bits).sum::<u32>() > 63
            || self.columns.iter().any(|column| column.codes.len() > MANY)
        {
            return false;
        }
        // The first column has the highest digits: in order, paths that begin alike follow each other.
        let mut below = 0;
        let mut wider: Vec<(u32, u32)> = Vec::new();
        for column in self.columns.iter().rev() {
            wider.push((bits(column), below));
            below += bits(column);
        }
        wider.reverse();
        for key in &mut self.keys {
            *key = self.columns.iter().zip(&wider).fold(0, |new, (old, (_, below))| new | old.of(*key) << below);
        }
        for (column, wider) in self.columns.iter_mut().zip(wider) {
            (column.bits, column.below) = wider;
        }
        self.rebuild(self.slots.len());
        true
    }

    /// The groups of other paths as groups of these. Nothing, and no path added, when there are too many codes.
    fn merge(&mut self, other: &Self, long_codes: &[u64]) -> Option<Vec<u32>> {
        let own = |column: &mut Column, (long, code): Code| {
            let code = if long == 0 { code } else { long_codes[usize::try_from(code).unwrap_or_default()] };
            column.number((long, code))
        };
        let numbers: Vec<Vec<u32>> = self
            .columns
            .iter_mut()
            .zip(&other.columns)
            .map(|(column, other)| other.codes.iter().map(|code| own(column, *code)).collect())
            .collect();
        if !self.columns.iter().all(Column::fits) && !self.widen() {
            return None;
        }
        let key = |key: u64| {
            let columns = self.columns.iter().zip(&other.columns).zip(&numbers);
            columns.fold(0, |new, ((column, other), numbers)| {
                let number = usize::try_from(other.of(key)).unwrap_or_default();
                new | u64::from(numbers[number]) << column.below
            })
        };
        let keys: Vec<u64> = other.keys.iter().map(|other| key(*other)).collect();
        let mut groups = vec![0; keys.len()];
        for (keys, groups) in keys.chunks(TOGETHER).zip(groups.chunks_mut(TOGETHER)) {
            self.groups(keys, groups);
        }
        Some(groups)
    }
}

impl Column {
    #[inline]
    fn number(&mut self, code: Code) -> u32 {
        let mask = self.slots.len() - 1;
        let first = spread(code.1) & mask;
        // The next place, where the first holds another code: not a jump, since nobody could foresee it.
        let mut place = (first + usize::from(self.slots[first].0.1 != code.1)) & mask;
        loop {
            let (own, number) = self.slots[place];
            if number == EMPTY {
                return self.insert(code);
            }
            if own == code {
                return number;
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn insert(&mut self, code: Code) -> u32 {
        let number = u32::try_from(self.codes.len()).unwrap_or(EMPTY);
        self.codes.push(code);
        if self.codes.len() * 4 > self.slots.len() {
            self.slots = vec![((0, 0), EMPTY); self.slots.len() * 4];
            for (number, code) in (0..).zip(self.codes.clone()) {
                self.put(code, number);
            }
        } else {
            self.put(code, number);
        }
        number
    }

    fn put(&mut self, code: Code, number: u32) {
        let mask = self.slots.len() - 1;
        let mut place = spread(code.1) & mask;
        while self.slots[place].1 != EMPTY {
            place = (place + 1) & mask;
        }
        self.slots[place] = (code, number);
    }

    /// Whether all numbers have room in those of paths.
    fn fits(&self) -> bool {
        self.codes.len() <= 1 << self.bits
    }

    /// Its number in that of a path.
    fn of(&self, key: u64) -> u64 {
        key >> self.below & ((1 << self.bits) - 1)
    }

    /// Its code in a path.
    fn code(&self, key: u64) -> Code {
        self.codes[usize::try_from(self.of(key)).unwrap_or_default()]
    }
}

/// One multiplication whose high half is moved down.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the low digits are what is wanted")]
fn spread(number: u64) -> usize {
    let mixed = (number ^ number >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 32) as usize
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
        let mut groups = groups.clone();
        groups.seal();
        let depth = groups.levels.len();
        let ordered = groups.ordered(depth, |bytes| String::from_utf8_lossy(bytes).into());
        let codes = |number: &u32| ordered.codes(depth, *number).iter().map(ToString::to_string).collect();
        ordered.order(depth).iter().map(|number| (*number, codes(number))).collect()
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

    #[test]
    fn more_codes_than_paths_take() {
        let (mut one, mut other) = (Groups::new(2), Groups::new(2));
        for number in 0..70_000 {
            let codes = [(number % 7).to_string(), number.to_string()];
            let codes = [codes[0].as_str(), codes[1].as_str()];
            assert_eq!(find(&mut one, &codes), number);
            if number % 100 == 0 {
                assert_eq!(find(&mut other, &codes), number / 100);
            }
        }
        assert!(one.paths.is_none() && other.paths.is_some());
        let hundreds: Vec<u32> = (0..700).map(|number| number * 100).collect();
        assert_eq!(one.merge(&other), hundreds);
        assert_eq!(
            other.merge(&one)[..201],
            (0..201)
                .map(|number| if number % 100 == 0 { number / 100 } else { 699 + number - number / 100 })
                .collect::<Vec<_>>()
        );
        assert_eq!((one.len(), other.len()), (70_000, 70_000));
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
