//! Bytes to records and fields: the hot path.
//!
//! A caller takes bytes in blocks, cuts each block after its last whole record with [`cut`] and gives the piece to
//! [`scan`]. Pieces are independent of each other, so they can be scanned on any thread in any order; places in them
//! are relative to the piece and are put right when the pieces are joined in order.
//!
//! Records without quotes are scanned 64 bytes at a time as bit masks, and fields beyond the last one that is needed
//! are only counted. Records with quotes take an exact path from their first quote on.
//!
//! The dialect is RFC 4180 with a free delimiter: a quote opens a field only at its start, two quotes stand for one,
//! lines end in LF or CR LF, lines with nothing on them are skipped. Quotes elsewhere are kept and reported.
//!
//! Why not an existing reader: on answers of 51 columns, one thread of a busy shared core (`benches/read.rs`), this takes
//! 2.9 GiB a second where the first six fields are needed and 0.9 where all are; `simd-csv` 0.14 takes 0.76 without
//! copying and 0.65 with, `csv` 0.33. None of them stops at a column, or counts the fields beyond it.

use crate::read::problem::FIELD_LIMIT;
use memchr::{memchr, memchr_iter, memchr2, memrchr};
use wide::u8x16;

const QUOTE: u8 = b'"';
const LANES: usize = 64;

/// What the scanner has to know about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Comma, semicolon or tab.
    pub delimiter: u8,
    /// Fields in the header, and so in each record.
    pub columns: usize,
    /// How many fields from the left are needed; the rest are only counted.
    pub needed: usize,
}

/// One record: its needed fields, unquoted, and its place in the piece.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    bytes: &'a [u8],
    spans: &'a [(usize, usize)],
    /// Line of its start, from 0 in the piece.
    pub line: u64,
    /// Its number, from 0 in the piece.
    pub index: u64,
}

impl<'a> Record<'a> {
    /// How many needed fields there are.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a record is never empty")]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// A needed field, without its quotes.
    #[must_use]
    #[inline]
    pub fn field(&self, column: usize) -> &'a [u8] {
        match self.spans.get(column) {
            Some(&(start, end)) => &self.bytes[start..end],
            None => &[],
        }
    }

    /// The bytes that hold the field, from its start on: at least the field, often more.
    #[must_use]
    #[inline]
    pub fn from_field(&self, column: usize) -> (&'a [u8], usize) {
        match self.spans.get(column) {
            Some(&(start, end)) => (&self.bytes[start..], end - start),
            None => (&[], 0),
        }
    }
}

/// What is wrong with the form of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Another number of fields than the header. `cut_off`: too few, and the file ends without a line end.
    Count {
        /// Fields found.
        found: usize,
        /// Whether the file ends here.
        cut_off: bool,
    },
    /// A quote inside a field that does not start with one.
    StrayQuote,
    /// Text between a closing quote and the delimiter.
    TextAfterQuote,
    /// A quoted field without an end.
    UnclosedQuote,
    /// A field beyond the limit.
    TooLong,
    /// The record is whole, but the file ends without a line end: its last field may be cut off.
    NoLineEnd,
}

impl Flaw {
    /// Whether the record can be used all the same.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::StrayQuote | Self::NoLineEnd)
    }
}

/// Where a flaw is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Line, from 0 in the piece.
    pub line: u64,
    /// Record, from 0 in the piece.
    pub index: u64,
    /// Column, from 0, where the flaw belongs to a field.
    pub column: Option<usize>,
}

/// Takes records and flaws as they are found. A record with a flaw that is not harmless is counted but not handed on.
pub trait Visit {
    /// A record in good form.
    fn record(&mut self, record: &Record<'_>);
    /// A flaw. `value` is the field as written, where there is one.
    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]);
    /// A record with more fields than the header, which is taken all the same when this says so. Only fields that are
    /// needed can be looked at.
    fn takes_longer(&mut self, record: &Record<'_>, fields: usize) -> bool {
        let _ = (record, fields);
        false
    }
}

/// How much a piece held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Records, the flawed ones included.
    pub records: u64,
    /// Lines, the empty ones included.
    pub lines: u64,
}

/// Where the last whole record in the bytes ends, from a start of a record; `None` when no record ends in them.
#[must_use]
pub fn cut(bytes: &[u8], delimiter: u8) -> Option<usize> {
    match regular_cut(bytes, delimiter) {
        Some(cut) => cut,
        None => exact_cut(bytes, delimiter),
    }
}

/// [`cut`] 64 bytes at a time; `None` where a quote opens that is not at the start of a field.
fn regular_cut(bytes: &[u8], delimiter: u8) -> Option<Option<usize>> {
    let mut last = None;
    // Whether the bytes before end inside quotes, and whether a field or a second quote may begin after them.
    let (mut inside, mut begins) = (0, 1);
    for base in (0..bytes.len()).step_by(LANES) {
        let masks = masks(&chunk(bytes, base), delimiter);
        let quoted = quoted(masks.quote) ^ inside;
        let before = masks.delimiter | masks.newline | masks.quote;
        if masks.quote & quoted & !(before << 1 | begins) != 0 {
            return None;
        }
        let ends = masks.newline & !quoted;
        if ends != 0 {
            last = Some(base + LANES - ends.leading_zeros() as usize);
        }
        inside = 0_u64.wrapping_sub(quoted >> (LANES - 1));
        begins = before >> (LANES - 1);
    }
    Some(last)
}

/// From each opening quote on to before the one that closes it.
#[inline]
fn quoted(quotes: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].iter().fold(quotes, |bits, shift| bits ^ bits << shift)
}

fn exact_cut(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut last = None;
    let mut outside = 0;
    let mut from = 0;
    loop {
        let Some(quote) = memchr(QUOTE, &bytes[from..]).map(|found| from + found) else {
            return memrchr(b'\n', &bytes[outside..]).map(|found| outside + found + 1).or(last);
        };
        // Zero bytes do not count: they are taken out later.
        let before = bytes[..quote].iter().rev().find(|byte| **byte != 0);
        let opens = before.is_none_or(|byte| *byte == delimiter || *byte == b'\n');
        if !opens {
            from = quote + 1;
            continue;
        }
        if let Some(found) = memrchr(b'\n', &bytes[outside..quote]) {
            last = Some(outside + found + 1);
        }
        match closing(bytes, quote + 1) {
            Some(after) => (outside, from) = (after, after),
            None => return last,
        }
    }
}

/// Where the first record in the bytes ends, or the bytes.
#[must_use]
pub(crate) fn first_record(bytes: &[u8], delimiter: u8) -> usize {
    let mut from = 0;
    while let Some(at) = memchr2(b'\n', QUOTE, &bytes[from..]).map(|found| from + found) {
        if bytes[at] == b'\n' {
            return at + 1;
        }
        let opens = at == 0 || bytes[at - 1] == delimiter;
        match if opens { closing(bytes, at + 1) } else { Some(at + 1) } {
            Some(after) => from = after,
            None => break,
        }
    }
    bytes.len()
}

/// The place after the quote that closes a field, from the first byte inside it.
#[inline]
fn closing(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        // Most quoted fields are a few bytes: looked at one by one they take less than a search does to begin.
        let near = bytes[from..].iter().take(NEAR).position(|byte| *byte == QUOTE);
        let after = match near {
            Some(near) => from + near + 1,
            None => {
                let far = (from + NEAR).min(bytes.len());
                far + memchr(QUOTE, &bytes[far..])? + 1
            }
        };
        match bytes.get(after) {
            Some(&QUOTE) => from = after + 1,
            Some(0) => match bytes[after..].iter().position(|byte| *byte != 0) {
                Some(zeros) if bytes[after + zeros] == QUOTE => from = after + zeros + 1,
                _ => return Some(after),
            },
            _ => return Some(after),
        }
    }
}

/// How many bytes are looked at one by one.
const NEAR: usize = 16;

/// The delimiters, line feeds and quotes among 64 bytes, as bits.
struct Masks {
    delimiter: u64,
    newline: u64,
    quote: u64,
}

/// Vector instructions where the target has them, through `wide`; the same result everywhere.
#[inline]
fn masks(chunk: &[u8; LANES], delimiter: u8) -> Masks {
    let lanes: [u8x16; 4] = bytemuck::pod_read_unaligned(chunk);
    let same = |byte: u8| lanes.map(|lane| lane.cmp_eq(u8x16::splat(byte)));
    let bits = |same: [u8x16; 4]| {
        let [a, b, c, d] = same.map(|lane| u64::from(lane.move_mask().cast_unsigned()));
        a | b << 16 | c << 32 | d << 48
    };
    let quote = same(QUOTE);
    // Where it is does not matter as long as there is none, which is nearly always.
    let quoted = (quote[0] | quote[1] | quote[2] | quote[3]).move_mask() != 0;
    Masks { delimiter: bits(same(delimiter)), newline: bits(same(b'\n')), quote: if quoted { bits(quote) } else { 0 } }
}

/// The 64 bytes from `base`, with zeros beyond the end.
#[inline]
fn chunk(bytes: &[u8], base: usize) -> [u8; LANES] {
    if let Some(whole) = bytes[base..].first_chunk() {
        return *whole;
    }
    let mut padded = [0; LANES];
    let rest = &bytes[base..];
    padded[..rest.len()].copy_from_slice(rest);
    padded
}

/// Scans a piece that starts at a record, holds whole records and no zero bytes; `last` when the file ends with it.
pub fn scan(bytes: &[u8], layout: Layout, last: bool, visit: &mut impl Visit) -> Extent {
    Scanner { bytes, layout, last, spans: vec![(0, 0); layout.needed], scratch: Vec::new(), extent: Extent::default() }
        .run(visit)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    layout: Layout,
    last: bool,
    spans: Vec<(usize, usize)>,
    scratch: Vec<u8>,
    extent: Extent,
}

/// How a record ended on the exact path.
struct Ended {
    /// Start of the next record.
    next: usize,
    fields: usize,
    newlines: u64,
    usable: bool,
}

impl Scanner<'_> {
    fn run(mut self, visit: &mut impl Visit) -> Extent {
        let bytes = self.bytes;
        let needed = self.layout.needed;
        let mut start = 0;
        'records: while start < bytes.len() {
            let (mut base, mut field, mut delimiters) = (start, start, 0);
            let end = loop {
                let masks = masks(&chunk(bytes, base), self.layout.delimiter);
                // All bits below the first line feed; all of them when there is none.
                let inside = (masks.newline & masks.newline.wrapping_neg()).wrapping_sub(1);
                if masks.quote & inside != 0 {
                    let quote = base + first(masks.quote & inside);
                    start = match self.regular(start, visit) {
                        Some(next) => next,
                        None => self.with_quotes(start, quote, visit),
                    };
                    continue 'records;
                }
                let mut found = masks.delimiter & inside;
                while delimiters < needed && found != 0 {
                    let place = base + first(found);
                    self.spans[delimiters] = (field, place);
                    field = place + 1;
                    delimiters += 1;
                    found &= found - 1;
                }
                delimiters += found.count_ones() as usize;
                if masks.newline != 0 {
                    break base + first(masks.newline);
                }
                base += LANES;
                if base >= bytes.len() {
                    break bytes.len();
                }
            };
            let content = if bytes[start..end].last() == Some(&b'\r') { end - 1 } else { end };
            if content == start {
                self.extent.lines += 1;
            } else {
                if delimiters < needed {
                    self.spans[delimiters] = (field, content);
                }
                let usable = content - start <= FIELD_LIMIT || self.lengths(start, content, visit);
                self.finish(bytes, delimiters + 1, end == bytes.len(), usable, visit);
                self.extent.lines += 1;
            }
            start = end + 1;
        }
        self.extent
    }

    /// Hands a record on, or says what is wrong with it.
    #[inline]
    fn finish(&mut self, bytes: &[u8], fields: usize, at_end: bool, usable: bool, visit: &mut impl Visit) {
        let Extent { records: index, lines: line } = self.extent;
        let record = Record { bytes, spans: &self.spans, line, index };
        let taken = fields == self.layout.columns
            || (usable && fields > self.layout.columns && visit.takes_longer(&record, fields));
        if usable && !taken {
            let cut_off = at_end && self.last && fields < self.layout.columns;
            visit.flaw(Spot { line, index, column: None }, Flaw::Count { found: fields, cut_off }, b"");
        } else if usable {
            if at_end && self.last {
                let column = Some(fields.saturating_sub(1));
                visit.flaw(Spot { line, index, column }, Flaw::NoLineEnd, b"");
            }
            visit.record(&record);
        }
        self.extent.records += 1;
    }

    /// Whether no field of a record without quotes is too long.
    #[cold]
    fn lengths(&self, start: usize, end: usize, visit: &mut impl Visit) -> bool {
        let mut usable = true;
        for (column, field) in self.bytes[start..end].split(|byte| *byte == self.layout.delimiter).enumerate() {
            if field.len() > FIELD_LIMIT {
                usable = false;
                self.flaw(self.extent.lines, column, Flaw::TooLong, field, visit);
            }
        }
        usable
    }

    fn flaw(&self, line: u64, column: usize, flaw: Flaw, value: &[u8], visit: &mut impl Visit) {
        let index = self.extent.records;
        visit.flaw(Spot { line, index, column: Some(column) }, flaw, &value[..value.len().min(200)]);
    }

    /// A record whose quotes open and close whole fields and stand nowhere else: split where it is, 64 bytes at a time.
    /// Gives the start of the next record; `None` for any other, and where not all fields are needed.
    fn regular(&mut self, start: usize, visit: &mut impl Visit) -> Option<usize> {
        let bytes = self.bytes;
        let needed = self.layout.needed;
        if needed < self.layout.columns {
            return None;
        }
        let (mut base, mut field, mut fields) = (start, start, 0);
        let (mut inside, mut quotes, mut newlines) = (0, 0, 0);
        let end = loop {
            if base >= bytes.len() || fields >= needed {
                return None;
            }
            let masks = masks(&chunk(bytes, base), self.layout.delimiter);
            let quoted = quoted(masks.quote) ^ inside;
            let ends = masks.newline & !quoted;
            let before = (ends & ends.wrapping_neg()).wrapping_sub(1);
            quotes += (masks.quote & before).count_ones() as usize;
            newlines += u64::from((masks.newline & quoted & before).count_ones());
            let mut found = masks.delimiter & !quoted & before;
            while found != 0 {
                let place = base + first(found);
                let quoted = in_quotes(bytes, field, place);
                quotes = quotes.wrapping_sub(2 * quoted);
                *self.spans.get_mut(fields)? = (field + quoted, place - quoted);
                field = place + 1;
                fields += 1;
                found &= found - 1;
            }
            if ends != 0 {
                break base + first(ends);
            }
            inside = 0_u64.wrapping_sub(quoted >> (LANES - 1));
            base += LANES;
        };
        let content = if bytes[start..end].last() == Some(&b'\r') { end - 1 } else { end };
        let quoted = in_quotes(bytes, field, content);
        quotes = quotes.wrapping_sub(2 * quoted);
        *self.spans.get_mut(fields)? = (field + quoted, content - quoted);
        fields += 1;
        if content - start > FIELD_LIMIT {
            return None;
        }
        // What is left stands inside fields: two for one, or astray.
        if quotes != 0 {
            return None;
        }
        self.finish(bytes, fields, false, true, visit);
        self.extent.lines += newlines + 1;
        Some(end + 1)
    }

    /// A record with quotes, the first of them at `quote`; gives the start of the next record.
    fn with_quotes(&mut self, start: usize, quote: usize, visit: &mut impl Visit) -> usize {
        let bytes = self.bytes;
        let before = &bytes[start..quote];
        let column = memchr_iter(self.layout.delimiter, before).count();
        let field = memrchr(self.layout.delimiter, before).map_or(start, |found| start + found + 1);
        let ended = if column >= self.layout.needed && field - start <= FIELD_LIMIT {
            // All that is needed stands before the first quote: check the rest, copy nothing.
            let mut from = start;
            for span in &mut self.spans {
                let end = from + memchr(self.layout.delimiter, &bytes[from..field]).unwrap_or(0);
                *span = (from, end);
                from = end + 1;
            }
            let ended = self.exact(field, column, None, visit);
            self.finish(bytes, ended.fields, ended.next >= bytes.len() && !ends_line(bytes), ended.usable, visit);
            ended
        } else {
            let mut scratch = std::mem::take(&mut self.scratch);
            scratch.clear();
            let ended = self.exact(start, 0, Some(&mut scratch), visit);
            self.finish(&scratch, ended.fields, ended.next >= bytes.len() && !ends_line(bytes), ended.usable, visit);
            self.scratch = scratch;
            ended
        };
        self.extent.lines += ended.newlines;
        ended.next
    }

    /// Reads on from a start of a field to the end of the record, byte by byte where it matters. With `copy`, needed
    /// fields are unquoted into it.
    fn exact(&mut self, from: usize, column: usize, mut copy: Option<&mut Vec<u8>>, visit: &mut impl Visit) -> Ended {
        let bytes = self.bytes;
        let delimiter = self.layout.delimiter;
        let mut ended = Ended { next: bytes.len(), fields: column, newlines: 0, usable: true };
        let mut at = from;
        loop {
            let start = at;
            let line = self.extent.lines + ended.newlines;
            let mut flaws = [None; 2];
            let copied = copy.as_ref().map_or(0, |copy| copy.len());
            let mut keep = copy.as_mut().filter(|_| ended.fields < self.layout.needed);
            if bytes.get(at) == Some(&QUOTE) {
                let after = closing(bytes, at + 1).unwrap_or_else(|| {
                    flaws[0] = Some(Flaw::UnclosedQuote);
                    bytes.len()
                });
                let closed = flaws[0].is_none();
                let inside = &bytes[at + 1..after - usize::from(closed)];
                if inside.len() <= NEAR {
                    ended.newlines += inside.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
                } else {
                    ended.newlines += memchr_iter(b'\n', inside).count() as u64;
                }
                if let Some(keep) = keep.as_mut() {
                    unquote(inside, keep);
                }
                at = after;
                // A whole field, and another one after it: nothing else to look for.
                if closed && bytes.get(at) == Some(&delimiter) && at - start <= FIELD_LIMIT {
                    if let Some(keep) = keep {
                        self.spans[ended.fields] = (copied, keep.len());
                    }
                    ended.fields += 1;
                    at += 1;
                    continue;
                }
            }
            // The rest of the field: all of it when it is not quoted.
            let quoted = at > start;
            let end = memchr2(delimiter, b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found);
            let line_ends = bytes.get(end) != Some(&delimiter);
            let content = if line_ends && bytes[at..end].last() == Some(&b'\r') { end - 1 } else { end };
            let rest = &bytes[at..content];
            if quoted && !rest.is_empty() {
                flaws[0] = Some(Flaw::TextAfterQuote);
            } else if !quoted && memchr(QUOTE, rest).is_some() {
                flaws[0] = Some(Flaw::StrayQuote);
            }
            if content - start > FIELD_LIMIT {
                // An open quote is the likely reason, and the help says so.
                flaws = [flaws[0].filter(|flaw| *flaw != Flaw::UnclosedQuote), Some(Flaw::TooLong)];
            }
            if let Some(keep) = keep {
                keep.extend_from_slice(rest);
                self.spans[ended.fields] = (copied, keep.len());
            }
            for flaw in flaws.into_iter().flatten() {
                ended.usable &= flaw.is_harmless();
                self.flaw(line, ended.fields, flaw, &bytes[start..content], visit);
            }
            ended.fields += 1;
            if line_ends {
                ended.newlines += 1;
                ended.next = end + 1;
                return ended;
            }
            at = end + 1;
        }
    }
}

fn ends_line(bytes: &[u8]) -> bool {
    bytes.last() == Some(&b'\n')
}

/// 1 for a field that begins and ends with a quote, else 0.
#[inline]
fn in_quotes(bytes: &[u8], start: usize, end: usize) -> usize {
    usize::from((end > start + 1) & (bytes[start] == QUOTE) & (bytes[end.saturating_sub(1)] == QUOTE))
}

/// The place of the lowest bit.
#[inline]
fn first(bits: u64) -> usize {
    bits.trailing_zeros() as usize
}

/// Copies the inside of a quoted field with each pair of quotes as one.
fn unquote(mut inside: &[u8], to: &mut Vec<u8>) {
    while let Some(quote) = memchr(QUOTE, inside) {
        to.extend_from_slice(&inside[..=quote]);
        inside = inside.get(quote + 2..).unwrap_or_default();
    }
    to.extend_from_slice(inside);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All records as strings, and the flaws.
    #[derive(Default, Debug, PartialEq)]
    struct All {
        records: Vec<Vec<Vec<u8>>>,
        lines: Vec<u64>,
        flaws: Vec<(Spot, Flaw)>,
    }

    impl Visit for All {
        fn record(&mut self, record: &Record<'_>) {
            self.records.push((0..record.len()).map(|column| record.field(column).to_vec()).collect());
            self.lines.push(record.line);
        }
        fn flaw(&mut self, spot: Spot, flaw: Flaw, _value: &[u8]) {
            self.flaws.push((spot, flaw));
        }
    }

    fn all(bytes: &[u8], columns: usize, needed: usize) -> (All, Extent) {
        let mut all = All::default();
        let extent = scan(bytes, Layout { delimiter: b',', columns, needed }, true, &mut all);
        (all, extent)
    }

    fn texts(records: &[&[&str]]) -> Vec<Vec<Vec<u8>>> {
        records.iter().map(|record| record.iter().map(|field| field.as_bytes().to_vec()).collect()).collect()
    }

    #[test]
    fn quotes_line_ends_and_blank_lines() {
        let (all, extent) = all(b"a,\"b\nb\",c\r\n\r\n1,\"2 \"\"x\"\"\",\n,,\"\"", 3, 3);
        assert_eq!(all.records, texts(&[&["a", "b\nb", "c"], &["1", "2 \"x\"", ""], &["", "", ""]]));
        assert_eq!(all.lines, [0, 3, 4]);
        assert_eq!(all.flaws, [(Spot { line: 4, index: 2, column: Some(2) }, Flaw::NoLineEnd)]);
        assert_eq!(extent, Extent { records: 3, lines: 5 });
    }

    #[test]
    fn flaws_have_places() {
        let bytes = b"1,2,3\n1,2\n1,2,3,4\n1,2\"2,3\n1,\"2\" x,3\n1,\"a\nb\",\"3\n4";
        let (all, extent) = all(bytes, 3, 1);
        assert_eq!(all.records, texts(&[&["1"], &["1"]]));
        let at = |line, index, column| Spot { line, index, column };
        assert_eq!(
            all.flaws,
            [
                (at(1, 1, None), Flaw::Count { found: 2, cut_off: false }),
                (at(2, 2, None), Flaw::Count { found: 4, cut_off: false }),
                (at(3, 3, Some(1)), Flaw::StrayQuote),
                (at(4, 4, Some(1)), Flaw::TextAfterQuote),
                (at(6, 5, Some(2)), Flaw::UnclosedQuote),
            ]
        );
        assert_eq!(extent, Extent { records: 6, lines: 8 });
    }

    #[test]
    fn a_file_that_ends_inside_a_record() {
        assert_eq!(all(b"1,2,3\n1,2", 3, 3).0.flaws[0].1, Flaw::Count { found: 2, cut_off: true });
        assert_eq!(all(b"1,2,3\n1,\"2\"", 3, 3).0.flaws[0].1, Flaw::Count { found: 2, cut_off: true });
        let (all, _) = all(b"1,2,3\n1,2,3", 3, 3);
        assert_eq!((all.records.len(), all.flaws[0].1), (2, Flaw::NoLineEnd), "a last line end may be missing");
    }

    #[test]
    fn a_long_field_is_refused() {
        let long = "x".repeat(FIELD_LIMIT + 1);
        for bytes in [
            format!("1,{long},3\n"),
            format!("1,\"{long}\",3\n"),
            format!("\"1\",{long},3\n"),
            format!("{long},1,\"3\"\n"),
        ] {
            let flaws = all(bytes.as_bytes(), 3, 1).0.flaws;
            assert_eq!(flaws.len(), 1);
            assert_eq!(flaws[0].1, Flaw::TooLong);
        }
    }

    #[test]
    fn cuts_after_whole_records() {
        assert_eq!(cut(b"a,b\nc,d", b','), Some(4));
        assert_eq!(cut(b"a,\"b\nc\",d", b','), None);
        assert_eq!(cut(b"a,b\nc,\"d\ne\"\nf", b','), Some(12));
        assert_eq!(cut(b"a,b\nc,\"d\ne", b','), Some(4));
        assert_eq!(cut(b"a,b\"\nc", b','), Some(5), "a stray quote opens nothing");
        assert_eq!(cut(b"\"a\"\"\n\"\n", b','), Some(7));
    }

    fn field() -> impl Strategy<Value = String> {
        prop_oneof!["[a-zæøå0-9 .]{0,12}", "[a-z\",;\n\r]{0,6}", "[a-z]{50,90}"]
    }

    /// Records with the same number of fields, none of them a single empty field, which is a blank line.
    fn records() -> impl Strategy<Value = Vec<Vec<String>>> {
        (2_usize..9).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec(field(), columns), 1..30))
    }

    fn written(records: &[Vec<String>], crlf: bool, always: bool) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new()
            .has_headers(false)
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .quote_style(if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary })
            .from_writer(Vec::new());
        for record in records {
            writer.write_record(record).unwrap();
        }
        writer.into_inner().unwrap()
    }

    proptest! {
        /// The same records as the `csv` crate reads, however many columns are needed and wherever the file is cut.
        #[test]
        fn agrees_with_the_csv_crate(records in records(), crlf: bool, always: bool, share in 0.0..1.0_f64) {
            let bytes = written(&records, crlf, always);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
            let expected: Vec<Vec<Vec<u8>>> =
                reader.byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect();
            let columns = records[0].len();
            let (whole, extent) = all(&bytes, columns, columns);
            prop_assert_eq!(&whole.flaws, &[]);
            prop_assert_eq!(&whole.records, &expected);
            prop_assert_eq!(extent.records, records.len() as u64);
            prop_assert_eq!(extent.lines, bytes.iter().filter(|byte| **byte == b'\n').count() as u64);

            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let needed = (share * columns as f64) as usize;
            let (part, _) = all(&bytes, columns, needed);
            for (part, whole) in part.records.iter().zip(&whole.records) {
                prop_assert_eq!(part.as_slice(), &whole[..needed]);
            }

            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let middle = (share * bytes.len() as f64) as usize;
            let place = cut(&bytes[..middle], b',').unwrap_or(0);
            let (mut first, second) = (all(&bytes[..place], columns, columns), all(&bytes[place..], columns, columns).0);
            first.0.records.extend(second.records);
            first.0.lines.extend(second.lines.iter().map(|line| line + first.1.lines));
            prop_assert_eq!(first.0, whole);
        }

        /// Any bytes are scanned, every record is counted once, and cutting changes nothing.
        #[test]
        fn takes_any_bytes(bytes in prop::collection::vec(prop::sample::select(b"a1,\"\n\r\xf8;".to_vec()), 0..300),
                           columns in 1_usize..5) {
            let (whole, extent) = all(&bytes, columns, columns);
            let place = cut(&bytes, b',').unwrap_or(0);
            let (first, before) = all(&bytes[..place], columns, columns);
            let (second, after) = all(&bytes[place..], columns, columns);
            prop_assert_eq!(extent.records, before.records + after.records);
            prop_assert_eq!(extent.lines, before.lines + after.lines);
            prop_assert_eq!(whole.records, [first.records, second.records].concat());
        }

        #[test]
        fn masks_find_every_byte(bytes in prop::collection::vec(prop::sample::select(b"a,\"\n\x80\xff\0".to_vec()), LANES)) {
            let masks = masks(&chunk(&bytes, 0), b',');
            for (place, byte) in bytes.iter().enumerate() {
                prop_assert_eq!(masks.delimiter >> place & 1 == 1, *byte == b',');
                prop_assert_eq!(masks.newline >> place & 1 == 1, *byte == b'\n');
                prop_assert_eq!(masks.quote >> place & 1 == 1, *byte == b'"');
            }
        }
    }
}
