//! Pairs of units and the minutes between them, out of a piece of a CSV file: the hot path.
//!
//! Nearly every record of nearly every file is three fields without quotes, the minutes whole. Such a record takes one
//! look for each field; every other one takes the exact way, which reads quotes, spaces, decimals and other columns.

use super::codes::{Codes, packed};
use crate::read::number::{Number, parse};
use memchr::memchr;

/// Where the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// Fields of the header.
    pub(super) columns: usize,
    /// Positions of origin, destination and minutes.
    pub(super) wanted: [usize; 3],
}

/// Minutes of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Minutes {
    /// A whole number below 1000.
    Whole(u32),
    /// Any other, finite, 0 or more.
    Other(f64),
}

impl Minutes {
    pub(super) fn value(self) -> f64 {
        match self {
            Self::Whole(whole) => f64::from(whole),
            Self::Other(other) => other,
        }
    }
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flaw {
    /// Another number of fields than the header.
    Fields,
    /// A code that is not among the units.
    Unknown,
    /// Minutes that are no number, or missing.
    NoMinutes,
    /// Minutes below 0.
    Negative,
}

/// Takes what is found.
pub(super) trait Visit {
    /// A pair, by the places of its units; the line is counted from 0 in the piece.
    fn pair(&mut self, from: u32, to: u32, minutes: Minutes, line: u64);
    /// Pairs of one origin on lines in turn, the first of them given: destinations and whole minutes.
    fn run(&mut self, from: u32, pairs: &[(u32, u32)], line: u64) {
        for ((to, minutes), line) in pairs.iter().zip(line..) {
            self.pair(from, *to, Minutes::Whole(*minutes), line);
        }
    }
    /// A flaw in a column of [`Layout::wanted`], with the field as written.
    fn flaw(&mut self, line: u64, column: Option<usize>, flaw: Flaw, value: &[u8]);
}

const EACH: u64 = 0x0101_0101_0101_0101;

/// How many bytes stand before a delimiter; 8 where it is not among these eight.
#[inline]
fn length(bytes: u64, delimiter: u64) -> u32 {
    let differ = bytes ^ delimiter;
    let equal = differ.wrapping_sub(EACH) & !differ & (EACH << 7);
    equal.trailing_zeros() / 8
}

/// The first so many bytes of eight.
const fn mask(length: u32) -> u64 {
    if length >= 8 { u64::MAX } else { (1 << (8 * length)) - 1 }
}

/// Eight bytes of a window, as a number; 0 beyond it.
#[inline]
fn eight(window: &[u8; 32], at: usize) -> u64 {
    window.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// An origin, as it stands at the start of many records in turn.
#[derive(Clone, Copy)]
struct Origin {
    place: u32,
    /// Its code with the delimiter.
    key: u128,
    mask: u128,
    length: usize,
}

/// Records of one origin that are handed on together.
const RUN: usize = 256;

/// Scans a piece of whole records; gives how many lines it had.
pub(super) fn rows(piece: &[u8], layout: Layout, codes: &Codes, visit: &mut impl Visit) -> u64 {
    let plain = layout.columns == 3 && layout.wanted == [0, 1, 2];
    let mut at = 0;
    let mut line = 0;
    let mut spans = Vec::with_capacity(layout.columns);
    let mut pairs = [(0, 0); RUN];
    while at < piece.len() {
        if plain && let Some((from, length, count)) = quick(&piece[at..], layout.delimiter, codes, &mut pairs) {
            visit.run(from, &pairs[..count], line);
            at += length;
            line += count as u64;
            continue;
        }
        let length = memchr(b'\n', &piece[at..]).map_or(piece.len() - at, |found| found + 1);
        exact(&piece[at..at + length], layout, codes, line, &mut spans, visit);
        at += length;
        line += 1;
    }
    line
}

/// Records of three fields without quotes, as long as they begin with the same origin: its place, how many bytes they take and
/// how many they are; `None` where there is none.
fn quick(piece: &[u8], delimiter: u8, codes: &Codes, pairs: &mut [(u32, u32); RUN]) -> Option<(u32, usize, usize)> {
    let each = EACH * u64::from(delimiter);
    let from = origin(piece.first_chunk()?, each, codes)?;
    let (mut at, mut count) = (0, 0);
    for pair in pairs {
        let Some(window) = piece[at..].first_chunk::<32>() else { break };
        let start = window.first_chunk().map_or(0, |bytes| u128::from_le_bytes(*bytes));
        if (start ^ from.key) & from.mask != 0 {
            break;
        }
        let second = from.length + 1;
        let bytes = eight(window, second);
        // One arm for each length: the processor then goes on with the length that it expects, while it is still being
        // found.
        let found = match length(bytes, each) {
            1 => tail::<1>(window, second, bytes, delimiter, codes),
            2 => tail::<2>(window, second, bytes, delimiter, codes),
            3 => tail::<3>(window, second, bytes, delimiter, codes),
            4 => tail::<4>(window, second, bytes, delimiter, codes),
            5 => tail::<5>(window, second, bytes, delimiter, codes),
            6 => tail::<6>(window, second, bytes, delimiter, codes),
            7 => tail::<7>(window, second, bytes, delimiter, codes),
            8 => tail::<8>(window, second, bytes, delimiter, codes),
            _ => None,
        };
        let Some((to, minutes, end)) = found else { break };
        *pair = (to, minutes);
        at += end;
        count += 1;
    }
    (count > 0).then_some((from.place, at, count))
}

/// The origin of a record.
fn origin(window: &[u8; 32], delimiter: u64, codes: &Codes) -> Option<Origin> {
    let first = eight(window, 0);
    let length = length(first, delimiter);
    let place = if length == 0 { None } else { codes.short(first & mask(length)) }?;
    let mask = (1 << (8 * (length + 1))) - 1;
    let key = u128::from(first & self::mask(length)) | u128::from(delimiter & 0xff) << (8 * length);
    Some(Origin { place, key, mask, length: length as usize })
}

/// What comes after the first delimiter, where the destination has so many bytes.
#[inline(always)]
fn tail<const LENGTH: u32>(
    window: &[u8; 32],
    second: usize,
    bytes: u64,
    delimiter: u8,
    codes: &Codes,
) -> Option<(u32, u32, usize)> {
    let end = second + LENGTH as usize;
    if *window.get(end)? != delimiter {
        return None;
    }
    let to = codes.short(bytes & mask(LENGTH))?;
    let rest = window.get(end + 1..)?.first_chunk::<5>()?;
    let digit = |place: usize| u32::from(rest[place].wrapping_sub(b'0'));
    let (a, b, c) = (digit(0), digit(1), digit(2));
    let (minutes, digits) = if a > 9 {
        return None;
    } else if b > 9 {
        (a, 1)
    } else if c > 9 {
        (10 * a + b, 2)
    } else {
        (100 * a + 10 * b + c, 3)
    };
    let ends = match [rest[digits], rest[digits + 1]] {
        [b'\n', _] => 1,
        [b'\r', b'\n'] => 2,
        _ => return None,
    };
    Some((to, minutes, end + 1 + digits + ends))
}

/// One record in any form.
fn exact(
    record: &[u8],
    layout: Layout,
    codes: &Codes,
    line: u64,
    spans: &mut Vec<(usize, usize)>,
    visit: &mut impl Visit,
) {
    let record = record.strip_suffix(b"\n").unwrap_or(record);
    let record = record.strip_suffix(b"\r").unwrap_or(record);
    if record.is_empty() {
        return;
    }
    fields(record, layout.delimiter, spans);
    if spans.len() != layout.columns {
        return visit.flaw(line, None, Flaw::Fields, record);
    }
    let field = |column: usize| {
        let (start, end) = spans[layout.wanted[column]];
        record[start..end].trim_ascii()
    };
    let place = |column: usize| {
        let code = field(column);
        codes.place(code).or_else(|| packed(code).is_none().then(|| windows(code, codes)).flatten())
    };
    let (from, to) = (place(0), place(1));
    for (column, place) in [(0, from), (1, to)] {
        if place.is_none() {
            visit.flaw(line, Some(column), Flaw::Unknown, field(column));
        }
    }
    let minutes = match parse(field(2)) {
        Number::Value(value, _) if value < 0.0 => Err(Flaw::Negative),
        // `-` is Statistics Norway's zero, and no travel time.
        Number::Value(..) if field(2) == b"-" => Err(Flaw::NoMinutes),
        Number::Value(value, _) => Ok(value),
        Number::Missing(_) | Number::Bad => Err(Flaw::NoMinutes),
    };
    match (from, to, minutes) {
        (.., Err(flaw)) => visit.flaw(line, Some(2), flaw, field(2)),
        (Some(from), Some(to), Ok(minutes)) => {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and below 1000")]
            let minutes = match minutes {
                whole if whole < 1000.0 && libm::trunc(whole) == whole => Minutes::Whole(whole as u32),
                other => Minutes::Other(other),
            };
            visit.pair(from, to, minutes, line);
        }
        _ => {}
    }
}

/// A code with letters in Windows-1252, among codes in UTF-8.
fn windows(code: &[u8], codes: &Codes) -> Option<u32> {
    use crate::read::encoding::{Encoding, decode};
    if code.is_ascii() || std::str::from_utf8(code).is_ok() {
        return None;
    }
    codes.place(decode(code, Encoding::Windows1252).as_bytes())
}

/// The fields of a record without their quotes. A quote inside a quoted field stays doubled: no code has one.
fn fields(record: &[u8], delimiter: u8, spans: &mut Vec<(usize, usize)>) {
    spans.clear();
    let mut at = 0;
    loop {
        if record.get(at) == Some(&b'"')
            && let Some(length) = memchr(b'"', &record[at + 1..])
        {
            let close = at + 1 + length;
            if record.get(close + 1).is_none_or(|byte| *byte == delimiter) {
                spans.push((at + 1, close));
                if close + 1 >= record.len() {
                    return;
                }
                at = close + 2;
                continue;
            }
        }
        let length = memchr(delimiter, &record[at..]);
        spans.push((at, at + length.unwrap_or(record.len() - at)));
        match length {
            Some(length) => at += length + 1,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(Vec<(u32, u32, f64, u64)>, Vec<(u64, Option<usize>, Flaw, String)>);

    impl Visit for Seen {
        fn pair(&mut self, from: u32, to: u32, minutes: Minutes, line: u64) {
            self.0.push((from, to, minutes.value(), line));
        }
        fn flaw(&mut self, line: u64, column: Option<usize>, flaw: Flaw, value: &[u8]) {
            self.1.push((line, column, flaw, String::from_utf8_lossy(value).into_owned()));
        }
    }

    fn seen(text: &str, delimiter: u8, columns: usize, wanted: [usize; 3]) -> Seen {
        let codes = ["03010101", "7", "007", "unit-with-a-long-code", "Å"];
        let codes = Codes::new(codes.iter().map(|code| code.as_bytes()));
        let mut seen = Seen::default();
        rows(text.as_bytes(), Layout { delimiter, columns, wanted }, &codes, &mut seen);
        seen
    }

    #[test]
    fn both_ways_read_the_same() {
        let quick = "03010101,7,12\n7,007,0\r\n007,03010101,90\n7,7,5\n";
        let padding = "7,7,999\n".repeat(5);
        let all = seen(&(quick.to_owned() + &padding), b',', 3, [0, 1, 2]);
        assert_eq!(all.0[..4], [(0, 1, 12.0, 0), (1, 2, 0.0, 1), (2, 0, 90.0, 2), (1, 1, 5.0, 3)]);
        assert_eq!(all.0.len(), 9);
        let exact =
            "\"03010101\";x;\"7\"; 12 \n\n7;;007;0,5\r\n007;\"a;b\";03010101;\"90\"\nunit-with-a-long-code;;Å;1e1";
        let all = seen(exact, b';', 4, [0, 2, 3]);
        assert_eq!(all.0, [(0, 1, 12.0, 0), (1, 2, 0.5, 2), (2, 0, 90.0, 3), (3, 4, 10.0, 4)]);
        assert!(all.1.is_empty(), "{:?}", all.1);
    }

    #[test]
    fn long_runs_keep_their_lines() {
        let mut text = String::new();
        for line in 0..3 * RUN + 5 {
            text += ["7,007,12\n", "03010101,7,9\r\n", "7,\"7\",1\n"][if line == 300 { 2 } else { line / 600 }];
        }
        let all = seen(&text, b',', 3, [0, 1, 2]);
        let expected = (0..).zip(0..3 * RUN + 5).map(|(line, place)| match (place == 300, place / 600) {
            (true, _) => (1, 1, 1.0, line),
            (_, 0) => (1, 2, 12.0, line),
            _ => (0, 1, 9.0, line),
        });
        assert!(all.0.iter().copied().eq(expected), "{:?}", all.0);
        assert!(all.1.is_empty());
    }

    #[test]
    fn flaws_are_located() {
        let all = seen("7,8,1\n7,7\n7,7,-1\n7,7,\n7,7,x\n7,7,nan\n7,7,-\n,7,1\n7,7,1,2\n7,7,..\n", b',', 3, [0, 1, 2]);
        let flaws: Vec<_> =
            all.1.iter().map(|(line, column, flaw, value)| (*line, *column, *flaw, value.as_str())).collect();
        assert_eq!(
            flaws,
            [
                (0, Some(1), Flaw::Unknown, "8"),
                (1, None, Flaw::Fields, "7,7"),
                (2, Some(2), Flaw::Negative, "-1"),
                (3, Some(2), Flaw::NoMinutes, ""),
                (4, Some(2), Flaw::NoMinutes, "x"),
                (5, Some(2), Flaw::NoMinutes, "nan"),
                (6, Some(2), Flaw::NoMinutes, "-"),
                (7, Some(0), Flaw::Unknown, ""),
                (8, None, Flaw::Fields, "7,7,1,2"),
                (9, Some(2), Flaw::NoMinutes, ".."),
            ]
        );
        assert!(all.0.is_empty());
    }
}
