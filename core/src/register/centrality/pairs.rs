//! Travel times from a CSV file, piece by piece: states of pieces merge, in any order, to the same bits.

use super::codes::Codes;
use super::parameters::Unknown;
use super::reach::{NO_LEVEL, Plan, Reach, Weight};
use super::rows::{Flaw, Layout, Minutes, Visit, rows};

/// What pieces of the file held so far.
#[derive(Debug)]
pub struct Pairs<'a> {
    plan: &'a Plan<'a>,
    layout: Layout,
    codes: &'a Codes,
    reach: Reach,
    /// Functions in reach by unit, level and word.
    masks: Vec<u64>,
    /// The largest weight of each function by unit, for minutes that have no level; empty until there are some.
    nearest: Vec<u64>,
    /// One bit for each pair that was seen.
    seen: Seen,
    pub(super) flaws: Flaws,
}

/// Pairs that were seen, a row of bits for each origin.
#[derive(Debug)]
pub(super) struct Seen {
    bits: Vec<u64>,
    stride: usize,
    /// Pairs that were there before, each once for every time.
    pub(super) twice: Vec<(u32, u32)>,
    pub(super) more_twice: u64,
}

/// Pairs twice that are kept, to be found again.
const KEPT: usize = 100;

impl Seen {
    pub(super) fn new(units: usize) -> Self {
        let stride = units.div_ceil(64);
        Self { bits: vec![0; units * stride], stride, twice: Vec::new(), more_twice: 0 }
    }

    #[inline]
    pub(super) fn see(&mut self, from: u32, to: u32) {
        let word = &mut self.bits[from as usize * self.stride + to as usize / 64];
        let bit = 1 << (to % 64);
        if *word & bit != 0 {
            self.doubled(from, to);
            return;
        }
        *word |= bit;
    }

    #[cold]
    fn doubled(&mut self, from: u32, to: u32) {
        match self.twice.len() < KEPT {
            true => self.twice.push((from, to)),
            false => self.more_twice += 1,
        }
    }

    /// Makes the row of an origin ready that has no pairs yet. It holds zeros, and memory that is written before it is read
    /// takes the system far less.
    fn begin(&mut self, from: u32) {
        let start = from as usize * self.stride;
        if let Some(row) = self.bits.get_mut(start..start + self.stride) {
            row.fill(0);
        }
    }

    /// Adds those of another piece, whose pairs by origin are given with our own.
    fn merge(&mut self, other: &Self, pairs: &[u32], own: &[u32]) {
        for (row, _) in pairs.iter().enumerate().filter(|(_, pairs)| **pairs > 0) {
            if own[row] == 0 {
                let words = row * self.stride..(row + 1) * self.stride;
                self.bits[words.clone()].copy_from_slice(&other.bits[words]);
                continue;
            }
            for word in row * self.stride..(row + 1) * self.stride {
                let mut both = self.bits[word] & other.bits[word];
                self.bits[word] |= other.bits[word];
                while both != 0 {
                    let to = (word - row * self.stride) * 64 + both.trailing_zeros() as usize;
                    if let (Ok(from), Ok(to)) = (u32::try_from(row), u32::try_from(to)) {
                        self.doubled(from, to);
                    }
                    both &= both - 1;
                }
            }
        }
        for (from, to) in &other.twice {
            self.doubled(*from, *to);
        }
        self.more_twice += other.more_twice;
    }

    /// Pairs without the one in the other direction, in one of so many parts of the work.
    pub(super) fn one_way(&self, units: usize, part: usize, parts: usize) -> u64 {
        let word = |row: usize, column: usize| if row < units { self.bits[row * self.stride + column] } else { 0 };
        let mut found = 0;
        // Squares of 64 by 64 and their mirror images: each is held against the other one turned. Eight squares at a
        // time, whose mirror images are beside each other in memory.
        for highs in (0..self.stride).step_by(8).skip(part).step_by(parts) {
            for low in 0..(highs + 8).min(self.stride) {
                for high in highs.max(low)..(highs + 8).min(self.stride) {
                    let mut here: [u64; 64] = std::array::from_fn(|bit| word(high * 64 + bit, low));
                    let there: [u64; 64] = std::array::from_fn(|bit| word(low * 64 + bit, high));
                    if here == [0; 64] && there == [0; 64] {
                        continue;
                    }
                    transpose(&mut here);
                    let differ: u32 = here.iter().zip(&there).map(|(here, there)| (here ^ there).count_ones()).sum();
                    // On the diagonal every pair is met twice.
                    found += if high == low { u64::from(differ / 2) } else { u64::from(differ) };
                }
            }
        }
        found
    }
}

/// Turns rows to columns: bit c of row r becomes bit r of row c.
///
/// Source: Warren, *Hacker's Delight*, 2nd edition, section 7-3.
fn transpose(rows: &mut [u64; 64]) {
    let mut width = 32;
    let mut mask = 0x0000_0000_ffff_ffff_u64;
    while width != 0 {
        let mut row = 0;
        while row < 64 {
            let swap = (rows[row] >> width ^ rows[row + width]) & mask;
            rows[row] ^= swap << width;
            rows[row + width] ^= swap;
            row = (row + width + 1) & !width;
        }
        width /= 2;
        mask ^= mask << width;
    }
}

/// Flaws of pieces, the first of each, and how long each piece was.
#[derive(Clone, Debug, Default)]
pub(super) struct Flaws {
    pub(super) kept: Vec<Kept>,
    pub(super) more: u64,
    /// Number of the piece and its lines.
    pub(super) lines: Vec<(u64, u64)>,
}

/// A flaw in a piece.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kept {
    pub(super) piece: u64,
    pub(super) line: u64,
    pub(super) column: Option<usize>,
    pub(super) flaw: Flaw,
    pub(super) value: Vec<u8>,
}

impl<'a> Pairs<'a> {
    /// Nothing read yet.
    pub(super) fn new(plan: &'a Plan<'a>, layout: Layout, codes: &'a Codes) -> Self {
        let units = plan.units.len();
        Self {
            plan,
            layout,
            codes,
            reach: Reach::new(units),
            masks: vec![0; units * plan.masks()],
            nearest: Vec::new(),
            seen: Seen::new(units),
            flaws: Flaws::default(),
        }
    }

    /// Reads a piece of whole records. Pieces are numbered in the order of the file.
    pub fn piece(&mut self, number: u64, piece: &[u8]) {
        let (layout, codes) = (self.layout, self.codes);
        let mut of_piece = Piece { pairs: self, number, kept: 0, unknown: None, origin: Origin::default() };
        let lines = rows(piece, layout, codes, &mut of_piece);
        of_piece.turn(0);
        self.flaws.lines.push((number, lines));
    }

    /// Adds what another state read.
    pub fn merge(&mut self, other: Self) {
        self.seen.merge(&other.seen, &other.reach.pairs, &self.reach.pairs);
        self.reach.merge(&other.reach);
        self.masks.iter_mut().zip(&other.masks).for_each(|(own, other)| *own |= other);
        if self.nearest.is_empty() {
            self.nearest = other.nearest;
        } else {
            self.nearest.iter_mut().zip(&other.nearest).for_each(|(own, other)| *own = (*own).max(*other));
        }
        self.flaws.kept.extend(other.flaws.kept);
        self.flaws.more += other.flaws.more;
        self.flaws.lines.extend(other.flaws.lines);
    }

    /// Pairs that stand in the file more than once, and how many more.
    pub(super) fn twice(&self) -> (&[(u32, u32)], u64) {
        (&self.seen.twice, self.seen.more_twice)
    }

    /// How many pairs stand in one direction only, in one of so many parts of the work; 0 where that does not matter.
    #[must_use]
    pub fn one_way(&self, part: usize, parts: usize) -> u64 {
        let symmetric = self.plan.parameters.symmetric;
        if symmetric { 0 } else { self.seen.one_way(self.plan.units.len(), part, parts.max(1)) }
    }

    /// What every unit reaches.
    pub(super) fn reach(mut self, one_way: u64) -> Reach {
        let units = self.plan.units.len();
        self.reach.tally.one_way = one_way;
        let own = self.plan.own();
        for unit in 0..units {
            if !self.reach.own[unit] {
                self.reach.tally.own_added += u64::from(own.is_some());
                if let (Some(own), Ok(place)) = (own, u32::try_from(unit)) {
                    self.add(place, place, own);
                }
            }
            self.reach.services[unit] += self.functions(unit);
        }
        self.reach
    }

    /// What the functions in reach of a unit add up to.
    fn functions(&mut self, unit: usize) -> u128 {
        let (words, size) = (self.plan.words, self.plan.masks());
        let masks = &mut self.masks[unit * size..(unit + 1) * size];
        if self.nearest.is_empty() {
            return self.plan.fold(masks);
        }
        let functions = words * 64;
        let nearest = &mut self.nearest[unit * functions..(unit + 1) * functions];
        for (level, weight) in self.plan.levels.iter().enumerate() {
            for (function, nearest) in nearest.iter_mut().enumerate() {
                if masks[level * words + function / 64] >> (function % 64) & 1 == 1 {
                    *nearest = (*nearest).max(*weight);
                }
            }
        }
        nearest.iter().map(|weight| u128::from(*weight)).sum()
    }

    /// One place in reach of another.
    fn add(&mut self, from: u32, to: u32, weight: Weight) {
        let [jobs, services] = self.plan.values[to as usize];
        let sum = &mut self.reach.jobs[from as usize];
        *sum = sum.wrapping_add(u128::from(jobs) * u128::from(weight.jobs));
        if self.plan.words == 0 {
            let sum = &mut self.reach.services[from as usize];
            *sum = sum.wrapping_add(u128::from(services) * u128::from(weight.services));
        } else {
            self.add_functions(from, to, weight);
        }
    }

    /// Functions of one place in reach of another.
    #[inline]
    fn add_functions(&mut self, from: u32, to: u32, weight: Weight) {
        if weight.level == NO_LEVEL {
            return self.add_nearest(from as usize, to as usize, weight.services);
        }
        let words = self.plan.words;
        let base = from as usize * self.plan.masks() + weight.level as usize * words;
        if words == 1 {
            self.masks[base] |= self.plan.values[to as usize][1];
        } else {
            let masks = self.masks[base..base + words].iter_mut();
            masks.zip(self.plan.functions(to as usize)).for_each(|(own, more)| *own |= more);
        }
    }

    /// Functions at minutes that have no level.
    #[cold]
    fn add_nearest(&mut self, from: usize, to: usize, weight: u64) {
        let functions = self.plan.words * 64;
        if self.nearest.is_empty() {
            self.nearest = vec![0; self.plan.units.len() * functions];
        }
        for (word, mask) in self.plan.functions(to).iter().enumerate() {
            let mut mask = *mask;
            while mask != 0 {
                let nearest = &mut self.nearest[from * functions + word * 64 + mask.trailing_zeros() as usize];
                *nearest = (*nearest).max(weight);
                mask &= mask - 1;
            }
        }
    }
}

/// A piece while it is read.
struct Piece<'p, 'a> {
    pairs: &'p mut Pairs<'a>,
    number: u64,
    kept: usize,
    /// The line of the last code that is not among the units.
    unknown: Option<u64>,
    origin: Origin,
}

/// What one origin reached so far: most files have its pairs together.
#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    from: u32,
    pairs: u32,
    counted: u32,
    jobs: u128,
    services: u128,
}

impl Piece<'_, '_> {
    /// Puts down what an origin reached, and begins with the next.
    #[cold]
    fn turn(&mut self, next: u32) {
        let Origin { from, pairs, counted, jobs, services } =
            std::mem::replace(&mut self.origin, Origin { from: next, ..Origin::default() });
        let reach = &mut self.pairs.reach;
        // A file without units has no pairs either.
        let Some(of) = reach.pairs.get_mut(from as usize) else { return };
        *of += pairs;
        reach.tally.counted += u64::from(counted);
        reach.tally.beyond += u64::from(pairs - counted);
        let sum = &mut reach.jobs[from as usize];
        *sum = sum.wrapping_add(jobs);
        let sum = &mut reach.services[from as usize];
        *sum = sum.wrapping_add(services);
        if reach.pairs.get(next as usize) == Some(&0) {
            self.pairs.seen.begin(next);
        }
    }

    /// The other direction of a pair.
    fn turned(&mut self, from: u32, to: u32, weight: Weight) {
        self.pairs.seen.see(to, from);
        self.pairs.reach.pairs[to as usize] += 1;
        if weight.counts {
            self.pairs.add(to, from, weight);
        }
    }
}

impl Visit for Piece<'_, '_> {
    fn pair(&mut self, from: u32, to: u32, minutes: Minutes, _: u64) {
        if from != self.origin.from {
            self.turn(from);
        }
        let plan = self.pairs.plan;
        let weight = match minutes {
            Minutes::Whole(whole) => plan.whole(whole),
            Minutes::Other(other) => plan.computed(other),
        };
        self.pairs.seen.see(from, to);
        self.origin.pairs += 1;
        if from == to {
            self.pairs.reach.own[from as usize] = true;
        } else if plan.parameters.symmetric {
            self.turned(from, to, weight);
        }
        if weight.counts {
            self.origin.counted += 1;
            self.pairs.add(from, to, weight);
        }
    }

    /// As [`Self::pair`], with all that an origin has at hand.
    fn run(&mut self, from: u32, pairs: &[(u32, u32)], line: u64) {
        let plan = self.pairs.plan;
        if plan.words > 1 || plan.parameters.symmetric {
            for ((to, minutes), line) in pairs.iter().zip(line..) {
                self.pair(from, *to, Minutes::Whole(*minutes), line);
            }
            return;
        }
        if from != self.origin.from {
            self.turn(from);
        }
        let (place, size) = (from as usize, plan.masks());
        let Pairs { reach, masks, seen, .. } = &mut *self.pairs;
        let row = &mut seen.bits[place * seen.stride..(place + 1) * seen.stride];
        let masks = &mut masks[place * size..(place + 1) * size];
        let Origin { mut counted, mut jobs, mut services, .. } = self.origin;
        let (mut own, mut twice, mut other) = (false, Vec::new(), Vec::new());
        for &(to, minutes) in pairs {
            let (word, bit) = (&mut row[to as usize / 64], 1 << (to % 64));
            if *word & bit != 0 {
                twice.push(to);
            }
            *word |= bit;
            own |= to == from;
            let weight = plan.whole(minutes);
            let value = plan.values[to as usize];
            counted += u32::from(weight.counts);
            jobs = jobs.wrapping_add(u128::from(value[0]) * u128::from(weight.jobs));
            if plan.words == 0 {
                services = services.wrapping_add(u128::from(value[1]) * u128::from(weight.services));
            } else {
                match masks.get_mut(weight.level as usize) {
                    Some(mask) => *mask |= value[1],
                    None => other.push((to, weight)),
                }
            }
        }
        reach.own[place] |= own;
        twice.into_iter().for_each(|to| seen.doubled(from, to));
        other.into_iter().for_each(|(to, weight)| self.pairs.add_functions(from, to, weight));
        let pairs = self.origin.pairs + u32::try_from(pairs.len()).unwrap_or(u32::MAX);
        self.origin = Origin { from, pairs, counted, jobs, services };
    }

    #[cold]
    fn flaw(&mut self, line: u64, column: Option<usize>, flaw: Flaw, value: &[u8]) {
        if flaw == Flaw::Unknown && self.pairs.plan.parameters.unknown == Unknown::Skip {
            // Once for a record: both of its codes may be unknown.
            if self.unknown.replace(line) != Some(line) {
                self.pairs.reach.tally.unknown += 1;
            }
            return;
        }
        if self.kept >= KEPT {
            self.pairs.flaws.more += 1;
            return;
        }
        self.kept += 1;
        let value = value[..value.len().min(200)].to_vec();
        self.pairs.flaws.kept.push(Kept { piece: self.number, line, column, flaw, value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_turn_to_columns() {
        let mut rows: [u64; 64] = std::array::from_fn(|row| (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let before = rows;
        transpose(&mut rows);
        for (column, turned) in rows.iter().enumerate() {
            for (row, whole) in before.iter().enumerate() {
                assert_eq!(turned >> row & 1, whole >> column & 1);
            }
        }
    }
}
