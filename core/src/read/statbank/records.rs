//! Text with separators to records, each with its line.

use super::{Note, Reading};
use crate::problem::{Privacy, Problem};
use crate::read::ReadProblem;
use std::borrow::Cow;

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) quoted: bool,
}

impl Field<'_> {
    /// Whether there is nothing in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record<'a> {
    pub(super) line: u64,
    pub(super) fields: Vec<Field<'a>>,
}

impl Record<'_> {
    /// How many fields hold something.
    pub(super) fn filled(&self) -> usize {
        self.fields.iter().filter(|field| !field.is_blank()).count()
    }

    /// The fields that hold something, as one text.
    pub(super) fn joined(&self) -> String {
        let filled = self.fields.iter().filter(|field| !field.is_blank());
        filled.map(|field| field.text.trim()).collect::<Vec<_>>().join(" ")
    }
}

/// All records of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Records<'a> {
    pub(super) list: Vec<Record<'a>>,
    /// Whether the last line ends.
    pub(super) ended: bool,
    /// Lines at which a quote is not closed, or has text after it.
    pub(super) unclosed: Option<u64>,
    pub(super) after_quote: Vec<u64>,
}

/// Parts a text by a separator. A quoted field may hold separators and line ends; a quote inside is written twice.
pub(super) fn records(text: &str, separator: char) -> Records<'_> {
    let bytes = text.as_bytes();
    let separator = u8::try_from(separator).unwrap_or(b',');
    // Where no line feed is, lines end in a carriage return.
    let end = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
    let mut result = Records { ended: bytes.last() == Some(&end), ..Records::default() };
    let (mut at, mut line) = (0, 1);
    let mut width = 0;
    while at < bytes.len() {
        let mut record = Record { line, fields: Vec::with_capacity(width) };
        loop {
            let start = at + bytes[at..].iter().take_while(|byte| **byte == b' ').count();
            if bytes.get(start) == Some(&b'"') {
                let (text, next, closed) = quoted(text, start + 1);
                line += memchr::memchr_iter(b'\n', &bytes[start..next]).count() as u64;
                record.fields.push(Field { text, quoted: true });
                if !closed {
                    result.unclosed.get_or_insert(record.line);
                }
                at = next;
                let rest = memchr::memchr2(separator, end, &bytes[at..]).map_or(bytes.len(), |stop| at + stop);
                if !bytes[at..rest].trim_ascii().is_empty() {
                    result.after_quote.push(line);
                }
                at = rest;
            } else {
                let stop = memchr::memchr2(separator, end, &bytes[at..]).map_or(bytes.len(), |stop| at + stop);
                let field = text[at..stop].strip_suffix('\r').unwrap_or(&text[at..stop]);
                record.fields.push(Field { text: Cow::Borrowed(field), quoted: false });
                at = stop;
            }
            if bytes.get(at) != Some(&separator) {
                break;
            }
            at += 1;
        }
        at += 1;
        line += 1;
        width = record.fields.len();
        result.list.push(record);
    }
    result
}

/// A quoted field from behind its first quote: its text, the place behind it, and whether it ends.
fn quoted(text: &str, start: usize) -> (Cow<'_, str>, usize, bool) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut parts = String::new();
    while let Some(quote) = memchr::memchr(b'"', &bytes[at..]).map(|quote| at + quote) {
        if bytes.get(quote + 1) != Some(&b'"') {
            if parts.is_empty() {
                return (Cow::Borrowed(&text[start..quote]), quote + 1, true);
            }
            parts.push_str(&text[at..quote]);
            return (Cow::Owned(parts), quote + 1, true);
        }
        parts.push_str(&text[at..=quote]);
        at = quote + 2;
    }
    parts.push_str(&text[at..]);
    (Cow::Owned(parts), bytes.len(), false)
}

/// The records under the separator that gives most of them as many columns, or under the one that was given.
pub(super) fn parted<'a>(text: &'a str, reading: &mut Reading<'_>) -> Records<'a> {
    let separator = reading.options.separator.unwrap_or_else(|| {
        let found = find(text);
        reading.notes.push(Note::Separator { separator: found });
        found
    });
    let result = records(text, separator);
    let mut problem = |what, line| reading.problems.push(Problem::error(reading.file, what).line(line));
    if let Some(line) = result.unclosed {
        problem(ReadProblem::UnclosedQuote, line);
    }
    for line in &result.after_quote {
        problem(ReadProblem::TextAfterQuote, *line);
    }
    if !result.ended
        && let Some(last) = result.list.last()
    {
        let value = last.joined();
        let problem = Problem::warning(reading.file, ReadProblem::NoLineEnd).line(last.line);
        reading.problems.push(problem.value(value, Privacy::Open));
    }
    result
}

/// As much of a text as is looked at for the separator.
const SAMPLE: usize = 1 << 16;

fn find(text: &str) -> char {
    // Cut at a line end, which is no part of a character.
    let cut = memchr::memrchr(b'\n', &text.as_bytes()[..text.len().min(SAMPLE)]).filter(|_| text.len() > SAMPLE);
    let sample = cut.map_or(text, |cut| &text[..cut]);
    let score = |separator: char| {
        let records = records(sample, separator);
        let (width, same) = usual_width(&records.list);
        let filled = records.list.iter().filter(|record| record.filled() > 0).count().max(1);
        // In tenths: a few footnotes do not decide against more columns. A decimal comma parts no columns where every
        // record has another separator too, which gives as many or more.
        (width > 1, same * 10 / filled, separator != ',', width)
    };
    [',', '|', '\t', ';'].into_iter().max_by_key(|separator| score(*separator)).unwrap_or(',')
}

/// The number of fields that most records have which have several, and how many have it.
pub(super) fn usual_width(records: &[Record<'_>]) -> (usize, usize) {
    let mut counts = std::collections::BTreeMap::new();
    for record in records.iter().filter(|record| record.fields.len() > 1 && record.filled() > 0) {
        *counts.entry(record.fields.len()).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(width, same)| (*same, *width)).unwrap_or((1, 0))
}
