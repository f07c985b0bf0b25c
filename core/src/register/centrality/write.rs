//! Packing travel times: from CSV pieces to the bytes of a packed file.

use super::packed::{Entry, FIXED, MAGIC, VERSION};
use super::pairs::{Flaws, Kept, Seen};
use super::parameters::Unknown;
use super::problem::CentralityProblem;
use super::rows::{Flaw, Minutes, Visit};
use super::travel::{Places, Travel};
use super::units::Units;
use crate::problem::{Privacy, Problem, Problems};

/// The longest code in a packed file, in bytes.
pub(super) const CODE_LIMIT: usize = 1 << 12;
/// Bytes that a block has at least, the last one excepted.
const BLOCK: usize = 1 << 19;
/// Flaws of a piece that are kept.
const KEPT: usize = 100;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Packing {
    /// Pairs farther apart are left out and counted.
    pub limit: f64,
    /// Pairs with a code that is not among the units.
    pub unknown: Unknown,
    /// Whether a pair counts in both directions.
    pub symmetric: bool,
}

/// A pair: origin and destination as one number, and the bits of the minutes, which ascend with them.
type Pair = (u64, u64);

/// Pairs of pieces, gathered.
#[derive(Debug)]
pub struct Gathered {
    packing: Packing,
    pairs: Vec<Pair>,
    left_out: u64,
    unknown: u64,
    flaws: Flaws,
}

impl Gathered {
    /// None yet.
    #[must_use]
    pub fn new(packing: Packing) -> Self {
        Self { packing, pairs: Vec::new(), left_out: 0, unknown: 0, flaws: Flaws::default() }
    }

    /// Reads a piece of whole records. Pieces are numbered in the order of the file.
    pub fn piece(&mut self, travel: &Travel, places: &Places, number: u64, piece: &[u8]) {
        let mut visit = Piece { all: self, number, kept: 0, unknown: None };
        let lines = travel.rows(piece, places, &mut visit);
        self.flaws.lines.push((number, lines));
    }

    /// Adds what another state gathered.
    pub fn merge(&mut self, other: Self) {
        self.pairs.extend(other.pairs);
        self.left_out += other.left_out;
        self.unknown += other.unknown;
        self.flaws.kept.extend(other.flaws.kept);
        self.flaws.more += other.flaws.more;
        self.flaws.lines.extend(other.flaws.lines);
    }

    /// The packed file; `None` when there are errors. The same bytes whatever the order of the records.
    pub fn pack(mut self, travel: &Travel, units: &Units, problems: &mut Problems) -> Option<Vec<u8>> {
        let before = problems.errors();
        travel.report(&self.flaws, units, problems);
        if units.len() >= u32::MAX as usize || units.codes.iter().any(|code| code.len() > CODE_LIMIT) {
            problems.push(Problem::error(travel.file(), CentralityProblem::TooManyUnits));
        }
        // Pieces are sorted runs in most files, which this sort makes use of.
        self.pairs.sort();
        let code =
            |place: u64| usize::try_from(place).ok().and_then(|place| units.codes.get(place)).map_or("", |c| &**c);
        for two in self.pairs.windows(2).filter(|two| two[0].0 == two[1].0) {
            let what = CentralityProblem::PairTwice { symmetric: self.packing.symmetric };
            let value = format!("{} → {}", code(two[0].0 >> 32), code(two[0].0 & 0xffff_ffff));
            problems.push(Problem::error(travel.file(), what).value(value, Privacy::Open));
        }
        (problems.errors() == before).then(|| self.bytes(units)).flatten()
    }

    fn bytes(mut self, units: &Units) -> Option<Vec<u8>> {
        let mut seen = Seen::new(units.len());
        for (key, _) in &self.pairs {
            seen.see(u32::try_from(key >> 32).ok()?, u32::try_from(key & 0xffff_ffff).ok()?);
        }
        let one_way = seen.one_way(units.len(), 0, 1);
        let mut minutes: Vec<u64> = self.pairs.iter().map(|pair| pair.1).collect();
        minutes.sort_unstable();
        minutes.dedup();
        let wide = units.len() > 1 << 16;
        let mut blocks: Vec<(Vec<u8>, u32, u32)> = Vec::new();
        let mut block = Vec::new();
        let (mut from, mut first) = (0, 0);
        for origin in 0..u32::try_from(units.len()).ok()? {
            let rest = &mut self.pairs[from..];
            let length = rest.partition_point(|(key, _)| key >> 32 == u64::from(origin));
            // Nearest first.
            rest[..length].sort_unstable_by_key(|(key, minutes)| (*minutes, *key));
            push_origin(&mut block, origin, &rest[..length], &minutes, wide)?;
            from += length;
            if block.len() >= BLOCK || origin as usize + 1 == units.len() {
                blocks.push((std::mem::take(&mut block), first, origin + 1 - first));
                first = origin + 1;
            }
        }
        let mut codes = Vec::new();
        for code in &units.codes {
            push_varint(&mut codes, u32::try_from(code.len()).ok()?);
            codes.extend_from_slice(code.as_bytes());
        }
        let length = FIXED + codes.len() + 8 * minutes.len() + 24 * blocks.len() + 4;
        let mut file = MAGIC.to_vec();
        for number in [VERSION as usize, length, units.len(), minutes.len(), blocks.len(), if wide { 4 } else { 2 }] {
            file.extend(u32::try_from(number).ok()?.to_le_bytes());
        }
        let numbers = [self.pairs.len() as u64, one_way, self.left_out, self.packing.limit.to_bits()];
        file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        file.extend(codes);
        file.extend(minutes.iter().flat_map(|bits| bits.to_le_bytes()));
        let mut at = length as u64;
        for (bytes, first, origins) in &blocks {
            let length = u32::try_from(bytes.len()).ok()?;
            let entry = Entry { at, length, check: crc32fast::hash(bytes), origins: *first..first + origins };
            file.extend(entry.at.to_le_bytes());
            for number in [entry.length, entry.check, *first, *origins] {
                file.extend(number.to_le_bytes());
            }
            at += u64::from(length);
        }
        file.extend(crc32fast::hash(&file).to_le_bytes());
        blocks.iter().for_each(|(bytes, ..)| file.extend(bytes));
        Some(file)
    }

    /// Pairs with a code that is not among the units, left out.
    #[must_use]
    pub fn unknown(&self) -> u64 {
        self.unknown
    }
}

/// One origin: pairs by minutes, then by place.
fn push_origin(to: &mut Vec<u8>, origin: u32, pairs: &[Pair], minutes: &[u64], wide: bool) -> Option<()> {
    let position = |bits: u64| minutes.binary_search(&bits).ok().and_then(|place| u32::try_from(place).ok());
    let place = |key: u64| u32::try_from(key & 0xffff_ffff).ok();
    let own = pairs.iter().find(|(key, _)| place(*key) == Some(origin));
    push_varint(
        to,
        match own {
            Some((_, bits)) => position(*bits)? + 1,
            None => 0,
        },
    );
    let runs: Vec<&[Pair]> = pairs.chunk_by(|a, b| a.1 == b.1).collect();
    push_varint(to, u32::try_from(runs.len()).ok()?);
    let mut last = 0;
    for run in &runs {
        let next = position(run[0].1)?;
        push_varint(to, next - last);
        push_varint(to, u32::try_from(run.len()).ok()?);
        last = next;
    }
    for (key, _) in pairs {
        let bytes = place(*key)?.to_le_bytes();
        to.extend_from_slice(if wide { &bytes } else { &bytes[..2] });
    }
    Some(())
}

fn push_varint(to: &mut Vec<u8>, mut value: u32) {
    loop {
        let low = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            return to.push(low);
        }
        to.push(low | 0x80);
    }
}

struct Piece<'p> {
    all: &'p mut Gathered,
    number: u64,
    kept: usize,
    unknown: Option<u64>,
}

impl Visit for Piece<'_> {
    fn pair(&mut self, from: u32, to: u32, minutes: Minutes, _: u64) {
        // A zero without a sign: the bits of what is not negative ascend as the numbers do.
        let minutes = minutes.value() + 0.0;
        if minutes > self.all.packing.limit {
            self.all.left_out += 1;
            return;
        }
        let key = |from: u32, to: u32| u64::from(from) << 32 | u64::from(to);
        self.all.pairs.push((key(from, to), minutes.to_bits()));
        if self.all.packing.symmetric && from != to {
            self.all.pairs.push((key(to, from), minutes.to_bits()));
        }
    }

    fn flaw(&mut self, line: u64, column: Option<usize>, flaw: Flaw, value: &[u8]) {
        if flaw == Flaw::Unknown && self.all.packing.unknown == Unknown::Skip {
            if self.unknown.replace(line) != Some(line) {
                self.all.unknown += 1;
            }
        } else if self.kept >= KEPT {
            self.all.flaws.more += 1;
        } else {
            self.kept += 1;
            let value = value[..value.len().min(200)].to_vec();
            self.all.flaws.kept.push(Kept { piece: self.number, line, column, flaw, value });
        }
    }
}
