//! Travel times packed to about a sixth of the CSV file, in the order in which they are counted.
//!
//! # Format, version 1
//!
//! All numbers are little endian; `varint` is LEB128 without sign.
//!
//! ```text
//! 0   8  "BYGDEREI"
//! 8   4  version, 1
//! 12  4  length of the header, its checksum included
//! 16  4  units u            20  4  different minutes p     24  4  blocks b     28  4  bytes of a unit's place, 2 or 4
//! 32  8  pairs              40  8  pairs in one direction only
//! 48  8  pairs left out     56  8  limit in minutes, a double
//! 64     u codes, ascending: varint length, bytes in UTF-8
//!        p minutes, ascending: doubles
//!        b blocks: u64 place in the file, u32 length, u32 CRC-32, u32 first unit, u32 units
//!        u32 CRC-32 of all before it
//! then   the blocks
//! ```
//!
//! A block holds whole origins, in order. Of each: varint 1 + position of the minutes to itself, or 0; varint number of
//! runs; the runs, nearest first: varint step from the last run's position in the minutes, varint number of places; then
//! all places of all runs, ascending in each, 2 or 4 bytes each. A run is one length of minutes, so a weight is looked up
//! once for many places. No pair can be there twice.

use super::parameters::Unknown;
use super::problem::CentralityProblem;
use super::reach::{Plan, Reach, Weight};
use super::write::CODE_LIMIT;
use crate::problem::{Privacy, Problem, Problems};
use std::ops::Range;

pub(super) const MAGIC: &[u8; 8] = b"BYGDEREI";
pub(super) const VERSION: u32 = 1;
/// Bytes before the codes.
pub(super) const FIXED: usize = 64;

/// Whether a file begins as a packed one does.
#[must_use]
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// How many bytes the header has, from the first sixteen.
#[must_use]
pub fn header_length(bytes: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(*bytes.get(12..)?.first_chunk()?) as usize;
    (is_packed(bytes) && length >= FIXED + 4).then_some(length)
}

/// A block: where it is and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) at: u64,
    pub(super) length: u32,
    pub(super) check: u32,
    pub(super) origins: Range<u32>,
}

/// The header of a packed file.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    pub(super) codes: Vec<String>,
    pub(super) minutes: Vec<f64>,
    pub(super) blocks: Vec<Entry>,
    pub(super) wide: bool,
    pub(super) one_way: u64,
    pub(super) left_out: u64,
    /// Pairs in the file.
    pub pairs: u64,
    /// Minutes of the pairs that are farthest apart, at most.
    pub limit: f64,
}

/// Takes numbers off the front.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    #[inline]
    fn varint(&mut self) -> Option<u32> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift += 7;
        }
    }
}

impl Packed {
    /// Reads the header. `None` when it is damaged or of another version.
    pub fn read(file: &str, header: &[u8], problems: &mut Problems) -> Option<Self> {
        let mut refuse = |what| {
            problems.push(Problem::error(file, what));
            None
        };
        if !is_packed(header) {
            return refuse(CentralityProblem::NotPacked);
        }
        match header.get(8..).and_then(<[u8]>::first_chunk).map(|bytes| u32::from_le_bytes(*bytes)) {
            Some(VERSION) => {}
            Some(version) => return refuse(CentralityProblem::PackedVersion { version }),
            None => return refuse(CentralityProblem::Damaged),
        }
        Self::parsed(header).or_else(|| refuse(CentralityProblem::Damaged))
    }

    fn parsed(header: &[u8]) -> Option<Self> {
        let (body, check) = header.split_last_chunk::<4>()?;
        if crc32fast::hash(body) != u32::from_le_bytes(*check) || header_length(header)? != header.len() {
            return None;
        }
        let mut bytes = Bytes(body.get(16..)?);
        let (units, different, blocks) = (bytes.u32()? as usize, bytes.u32()? as usize, bytes.u32()? as usize);
        let wide = match bytes.u32()? {
            2 => false,
            4 => true,
            _ => return None,
        };
        let (pairs, one_way, left_out) = (bytes.u64()?, bytes.u64()?, bytes.u64()?);
        let limit = f64::from_bits(bytes.u64()?);
        let mut codes = Vec::new();
        for _ in 0..units {
            let length = bytes.varint()? as usize;
            let (code, rest) = bytes.0.split_at_checked(length.min(CODE_LIMIT))?;
            codes.push(std::str::from_utf8(code).ok()?.to_owned());
            bytes.0 = rest;
        }
        let mut minutes = Vec::new();
        for _ in 0..different {
            minutes.push(f64::from_bits(bytes.u64()?));
        }
        let mut directory = Vec::new();
        for _ in 0..blocks {
            let (at, length, check, first, origins) =
                (bytes.u64()?, bytes.u32()?, bytes.u32()?, bytes.u32()?, bytes.u32()?);
            let last = first.checked_add(origins).filter(|last| *last as usize <= units)?;
            directory.push(Entry { at, length, check, origins: first..last });
        }
        let sound = bytes.0.is_empty() && minutes.iter().all(|one| *one >= 0.0) && (wide || units <= 1 << 16);
        sound.then_some(Self { codes, minutes, blocks: directory, wide, one_way, left_out, pairs, limit })
    }

    /// How many blocks there are.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Where a block is in the file.
    #[must_use]
    pub fn place(&self, block: usize) -> Range<u64> {
        self.blocks.get(block).map_or(0..0, |entry| entry.at..entry.at + u64::from(entry.length))
    }

    /// Makes ready to count with units. `None` when codes are not among them or the limit is beyond the file's.
    pub fn counting<'a>(&'a self, file: &str, plan: &'a Plan<'a>, problems: &mut Problems) -> Option<Counting<'a>> {
        let before = problems.errors();
        if plan.parameters.limit > self.limit {
            problems.push(Problem::error(file, CentralityProblem::PackedLimit { limit: self.limit }));
        }
        let place = |code: &String| plan.units.codes.binary_search_by(|own| (**own).cmp(code.as_str())).ok();
        let units: Vec<Option<usize>> = self.codes.iter().map(place).collect();
        if plan.parameters.unknown == Unknown::Refuse {
            for (code, _) in self.codes.iter().zip(&units).filter(|(_, unit)| unit.is_none()) {
                let zeros = plan.units.without_zeros(Some(&code.as_str().into()));
                let problem = Problem::error(file, CentralityProblem::UnknownUnit { zeros });
                problems.push(problem.value(code.as_str(), Privacy::Open));
            }
        }
        if problems.errors() > before {
            return None;
        }
        let value = |unit: &Option<usize>| unit.map_or([0, 0], |unit| plan.values[unit]);
        let mut values: Vec<[u64; 2]> = units.iter().map(value).collect();
        if !self.wide {
            // As many as two bytes can name, so that no place is outside.
            values.resize(1 << 16, [0, 0]);
        }
        let weights = self.minutes.iter().map(|minutes| plan.computed(*minutes)).collect();
        let all_known = units.iter().all(Option::is_some);
        Some(Counting { packed: self, plan, units, all_known, values, weights })
    }
}

/// What blocks are counted with.
#[derive(Debug)]
pub struct Counting<'a> {
    packed: &'a Packed,
    plan: &'a Plan<'a>,
    /// The unit of each code of the file.
    units: Vec<Option<usize>>,
    all_known: bool,
    values: Vec<[u64; 2]>,
    weights: Vec<Weight>,
}

/// What blocks held so far.
#[derive(Debug)]
pub struct Counted<'a> {
    with: &'a Counting<'a>,
    reach: Reach,
    damaged: bool,
    /// Functions that the origin reaches so far.
    seen: Vec<u64>,
    runs: Vec<(u32, usize)>,
}

impl<'a> Counting<'a> {
    /// Nothing counted yet.
    #[must_use]
    pub fn start(&'a self) -> Counted<'a> {
        let seen = vec![0; self.plan.words];
        Counted { with: self, reach: Reach::new(self.plan.units.len()), damaged: false, seen, runs: Vec::new() }
    }
}

impl Counted<'_> {
    /// Counts a block.
    pub fn block(&mut self, block: usize, bytes: &[u8]) {
        let Some(entry) = self.with.packed.blocks.get(block) else { return };
        let whole = bytes.len() == entry.length as usize && crc32fast::hash(bytes) == entry.check;
        if !whole || self.origins(entry.origins.clone(), bytes).is_none() {
            self.damaged = true;
        }
    }

    fn origins(&mut self, origins: Range<u32>, bytes: &[u8]) -> Option<()> {
        let with = self.with;
        let mut bytes = Bytes(bytes);
        for origin in origins {
            let own = bytes.varint()?;
            self.runs.clear();
            let (mut position, mut places) = (0_u32, 0_usize);
            for run in 0..bytes.varint()? {
                let step = bytes.varint()?;
                position = if run == 0 { step } else { position.checked_add(step)? };
                let length = bytes.varint()? as usize;
                places = places.checked_add(length)?;
                self.runs.push((position, length));
            }
            let width = if with.packed.wide { 4 } else { 2 };
            let (places, rest) = bytes.0.split_at_checked(places.checked_mul(width)?)?;
            bytes.0 = rest;
            if let Some(unit) = with.units[origin as usize] {
                self.origin(unit, own, places)?;
            }
        }
        bytes.0.is_empty().then_some(())
    }

    /// One origin: its runs, nearest first, joined where they have one weight. Weights never rise with the minutes, so a
    /// function counts where it is first met.
    fn origin(&mut self, unit: usize, own: u32, mut places: &[u8]) -> Option<()> {
        let (with, plan) = (self.with, self.with.plan);
        let width = if with.packed.wide { 4 } else { 2 };
        let (mut jobs, mut services) = (0_u128, 0_u128);
        self.seen.fill(0);
        let mut added = plan.own().filter(|_| own == 0);
        self.reach.tally.own_added += u64::from(added.is_some());
        if let Some(weight) = added {
            let [own_jobs, own_services] = plan.values[unit];
            jobs += u128::from(own_jobs) * u128::from(weight.jobs);
            services += if plan.words == 0 { u128::from(own_services) * u128::from(weight.services) } else { 0 };
        }
        let mut runs = self.runs.iter().copied().peekable();
        while let Some((position, mut length)) = runs.next() {
            let weight = *with.weights.get(position as usize)?;
            while let Some((_, more)) =
                runs.next_if(|(position, _)| with.weights.get(*position as usize) == Some(&weight))
            {
                length += more;
            }
            let (these, rest) = places.split_at_checked(length * width)?;
            places = rest;
            let unknown = with.unknown(these);
            self.reach.tally.unknown += unknown;
            if !weight.counts {
                self.reach.tally.beyond += length as u64 - unknown;
                continue;
            }
            self.reach.tally.counted += length as u64 - unknown;
            let [more_jobs, more] = match (with.packed.wide, plan.words) {
                (false, 0) => sums::<false>(these, with.values.first_chunk()?),
                (false, _) => sums::<true>(these, with.values.first_chunk()?),
                (true, words) => wide_sums(these, &with.values, words > 0)?,
            };
            jobs = jobs.wrapping_add(u128::from(more_jobs) * u128::from(weight.jobs));
            if plan.words == 0 {
                services = services.wrapping_add(u128::from(more) * u128::from(weight.services));
                continue;
            }
            if let Some(own) = added.take_if(|own| own.services >= weight.services) {
                services += met(&mut self.seen, own.services, |word| plan.functions(unit)[word]);
            }
            let functions = |word| if word == 0 { more } else { with.functions(these, word) };
            services += met(&mut self.seen, weight.services, functions);
        }
        if let Some(own) = added.filter(|_| plan.words > 0) {
            services += met(&mut self.seen, own.services, |word| plan.functions(unit)[word]);
        }
        self.reach.jobs[unit] = jobs;
        self.reach.services[unit] = services;
        self.reach.own[unit] = true;
        self.reach.pairs[unit] = u32::try_from(self.runs.iter().map(|(_, length)| length).sum::<usize>()).ok()?;
        places.is_empty().then_some(())
    }

    /// Adds what another state counted.
    pub fn merge(&mut self, other: &Self) {
        self.reach.merge(&other.reach);
        self.damaged |= other.damaged;
    }

    /// What every unit reaches; `None` when the file is damaged.
    pub fn reach(mut self, file: &str, problems: &mut Problems) -> Option<Reach> {
        let packed = self.with.packed;
        let tally = &mut self.reach.tally;
        let met = tally.counted + tally.beyond + tally.unknown;
        if self.damaged || self.with.all_known && met != packed.pairs {
            problems.push(Problem::error(file, CentralityProblem::Damaged));
            return None;
        }
        tally.unknown += packed.pairs.saturating_sub(met);
        tally.one_way = packed.one_way;
        tally.beyond += packed.left_out;
        // Units that the file does not have at all.
        self.runs.clear();
        for unit in 0..self.with.plan.units.len() {
            if !self.reach.own[unit] {
                self.origin(unit, 0, &[]);
            }
        }
        Some(self.reach)
    }
}

/// Functions that are met for the first time, times their weight.
fn met(seen: &mut [u64], weight: u64, functions: impl Fn(usize) -> u64) -> u128 {
    let mut new = 0;
    for (word, seen) in seen.iter_mut().enumerate() {
        let functions = functions(word);
        new += (functions & !*seen).count_ones();
        *seen |= functions;
    }
    u128::from(new) * u128::from(weight)
}

impl Counting<'_> {
    fn places<'p>(&self, places: &'p [u8]) -> impl Iterator<Item = usize> + 'p {
        let width = if self.packed.wide { 4 } else { 2 };
        places.chunks_exact(width).map(|place| place.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }

    /// How many places are not among the units.
    fn unknown(&self, places: &[u8]) -> u64 {
        if self.all_known {
            return 0;
        }
        self.places(places).filter(|place| self.units.get(*place).copied().flatten().is_none()).count() as u64
    }

    /// Functions beyond the first 64 in some places.
    fn functions(&self, places: &[u8], word: usize) -> u64 {
        let units = self.places(places).filter_map(|place| self.units.get(place).copied().flatten());
        units.fold(0, |sum, unit| sum | self.plan.functions(unit)[word])
    }
}

/// Jobs in all places, and services: added up or, as bits of functions, joined. Amounts of all units together are below
/// 2^62, so no sum is too large.
fn sums<const JOIN: bool>(places: &[u8], values: &[[u64; 2]; 1 << 16]) -> [u64; 2] {
    let (mut jobs, mut services) = (0_u64, 0_u64);
    for place in places.chunks_exact(2) {
        let [more, other] = values[usize::from(u16::from_le_bytes([place[0], place[1]]))];
        jobs = jobs.wrapping_add(more);
        services = if JOIN { services | other } else { services.wrapping_add(other) };
    }
    [jobs, services]
}

fn wide_sums(places: &[u8], values: &[[u64; 2]], join: bool) -> Option<[u64; 2]> {
    let (mut jobs, mut services) = (0_u64, 0_u64);
    for place in places.chunks_exact(4) {
        let [more, other] = *values.get(u32::from_le_bytes(*place.first_chunk()?) as usize)?;
        jobs = jobs.wrapping_add(more);
        services = if join { services | other } else { services.wrapping_add(other) };
    }
    Some([jobs, services])
}
