//! Bytes to text: what is no text is refused by its kind, what was encoded wrongly at its lines.

use super::{NoText, Note, Reading, StatProblem};
use crate::problem::{Privacy, Problem};
use crate::read::ReadProblem;
use crate::read::encoding::{self, Census, Encoding, encode_windows_1252, invalid_places, utf8_places};
use std::borrow::Cow;

/// Whether bytes are a workbook or another archive that may be one.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The text of a file.
pub(super) fn decode<'a>(bytes: &'a [u8], reading: &mut Reading<'_>) -> Option<Cow<'a, str>> {
    let marked = bytes.starts_with(b"\xef\xbb\xbf");
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if body.trim_ascii().is_empty() {
        reading.problems.push(Problem::error(reading.file, ReadProblem::EmptyFile));
        return None;
    }
    if let Some(what) = binary(body) {
        reading.refuse(StatProblem::NoText(what));
        return None;
    }
    if body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff") || body.contains(&0) {
        reading.problems.push(Problem::error(reading.file, ReadProblem::Utf16));
        return None;
    }
    let census = Census::of(body);
    let encoding = reading.options.encoding.unwrap_or_else(|| census.encoding(marked));
    let line = |at: usize| 1 + memchr::memchr_iter(b'\n', &body[..at]).count() as u64;
    let (what, places): (ReadProblem, Vec<usize>) = match encoding {
        Encoding::Utf8 => (ReadProblem::InvalidUtf8, invalid_places(body).take(PLACES).collect()),
        Encoding::Windows1252 if reading.options.encoding.is_none() => {
            (ReadProblem::Utf8InWindows1252, utf8_places(body, census).take(PLACES).collect())
        }
        Encoding::Windows1252 => (ReadProblem::Utf8InWindows1252, Vec::new()),
    };
    for &at in &places {
        let end = memchr::memchr(b'\n', &body[at..]).map_or(body.len(), |end| at + end);
        let shown = encoding::decode(&body[at..end.min(at + 40)], Encoding::Windows1252).into_owned();
        reading.problems.push(Problem::error(reading.file, what.clone()).line(line(at)).value(shown, Privacy::Open));
    }
    if !places.is_empty() {
        return None;
    }
    if encoding == Encoding::Windows1252 && !body.is_ascii() {
        reading.notes.push(Note::Windows1252);
    }
    let text = encoding::decode(body, encoding);
    if let Some(title) = html_title(&text) {
        reading.refuse(StatProblem::NoText(NoText::Html(title)));
        return None;
    }
    let flaws = reading.problems.errors();
    damaged_words(&text, reading);
    (reading.problems.errors() == flaws).then_some(text)
}

/// Places of one kind that are told; a file that is wrong throughout needs no more.
const PLACES: usize = 20;

fn binary(bytes: &[u8]) -> Option<NoText> {
    let is = |sign: &[u8]| bytes.starts_with(sign);
    if is(b"\x1f\x8b") || is(b"BZh") || is(b"\xfd7zXZ") || is(b"\x28\xb5\x2f\xfd") {
        return Some(NoText::Gzip);
    }
    if is(b"PK\x05\x06") || is(b"7z\xbc\xaf") || is(b"Rar!") {
        return Some(NoText::Zip);
    }
    if is(b"%PDF") {
        return Some(NoText::Pdf);
    }
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = memchr::memchr_iter(0, start).count();
    // Half of the bytes of Western text in UTF-16 are zero; other files with zero bytes are no text.
    let control = start.iter().filter(|byte| **byte < 9 || (14..32).contains(*byte)).count();
    let utf16 = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || zeros * 5 > start.len() * 2;
    ((memchr::memchr(0, bytes).is_some() || control > 3) && !utf16).then_some(NoText::Binary)
}

/// The title of a web page; `None` for what is none.
fn html_title(text: &str) -> Option<String> {
    let start: String = text.trim_start().chars().take(4000).collect();
    let lower = start.to_ascii_lowercase();
    let signs = ["<!doctype html", "<html", "<head", "<body", "<?xml", "<table", "<script", "<title", "<!--", "<div"];
    if !signs.iter().any(|sign| lower.starts_with(sign)) {
        return None;
    }
    let title = lower.find("<title").and_then(|at| {
        let rest = start.get(at..)?;
        let rest = rest.get(rest.find('>')? + 1..)?;
        Some(rest.get(..rest.find('<')?)?.trim().to_owned())
    });
    Some(title.unwrap_or_default())
}

/// Words with letters that were encoded twice, lost, or taken for another encoding.
fn damaged_words(text: &str, reading: &mut Reading<'_>) {
    if text.is_ascii() && !text.contains('?') {
        return;
    }
    let mut told = [0; 3];
    for (line, content) in (1..).zip(text.split('\n')) {
        if content.is_ascii() && !content.contains('?') {
            continue;
        }
        let twice = twice(content);
        // A letter that was encoded twice is odd too, but that is not what is wrong with it.
        let odd = if twice.is_none() { odd(content) } else { None };
        let found = [
            (twice, Problem::error(reading.file, ReadProblem::Mojibake)),
            (lost(content), reading.error(StatProblem::LostLetter)),
            (odd, reading.error(StatProblem::OddLetter)),
        ];
        for ((word, problem), told) in found.into_iter().zip(&mut told) {
            if let Some(word) = word
                && *told < PLACES
            {
                *told += 1;
                reading.problems.push(problem.line(line).value(word, Privacy::Open));
            }
        }
    }
}

/// A word with a letter of UTF-8 that was read as Windows-1252 and written as UTF-8 again.
fn twice(line: &str) -> Option<String> {
    let mut at = 0;
    while let Some(start) = line.get(at..)?.find(|letter: char| !letter.is_ascii()).map(|start| at + start) {
        let rest = &line[start..];
        let length = rest.find(|letter: char| letter.is_ascii()).unwrap_or(rest.len());
        let run = &rest[..length];
        if run.chars().map(byte).collect::<Option<Vec<u8>>>().is_some_and(|bytes| is_western(&bytes)) {
            return Some(word(line, start));
        }
        at = start + length;
    }
    None
}

/// Whether bytes are UTF-8 of letters that Norwegian and Sámi names have, or of dashes and quotes. The Sámi `ášš` happens to
/// be UTF-8 too, but of a rune.
fn is_western(bytes: &[u8]) -> bool {
    // After `Ä` or `Å` a dash or closing quote is nothing but itself.
    let mark = |byte: &u8| matches!(byte, 0x85 | 0x91..=0x97 | 0x9b | 0xa0 | 0xab | 0xb4 | 0xb7 | 0xbb);
    let is_letter = |letter: char| matches!(letter, '\u{a0}'..='\u{17f}' | '–' | '—' | '‘'..='”' | '…' | '−');
    let closes = bytes.len() == 2 && matches!(bytes[0], 0xc4 | 0xc5) && mark(&bytes[1]);
    !closes && std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_letter))
}

/// The byte of a letter in ISO-8859-1 or Windows-1252.
fn byte(letter: char) -> Option<u8> {
    u8::try_from(u32::from(letter))
        .ok()
        .or_else(|| encode_windows_1252(letter.encode_utf8(&mut [0; 4]))?.first().copied())
}

/// A word with the sign for a letter that was lost.
fn lost(line: &str) -> Option<String> {
    if let Some(at) = line.find('\u{fffd}') {
        return Some(word(line, at));
    }
    between(line, |letter| letter == '?')
}

/// A word with a sign in it that stands for a letter in the encodings of DOS and of old Macs.
fn odd(line: &str) -> Option<String> {
    between(line, |letter| {
        matches!(letter, '›' | '†' | '‘' | '„' | 'Œ' | '¿' | '¾' | '¯' | '\u{81}'..='\u{9f}' | '¢' | '¥')
    })
}

/// A word with a sign of a kind between two letters.
fn between(line: &str, is: fn(char) -> bool) -> Option<String> {
    let at = line.char_indices().find(|(at, letter)| {
        let before = line[..*at].chars().next_back().is_some_and(char::is_alphabetic);
        is(*letter) && before && line[at + letter.len_utf8()..].starts_with(char::is_alphabetic)
    });
    at.map(|(at, _)| word(line, at))
}

/// The word around a place.
fn word(line: &str, at: usize) -> String {
    let edge = |letter: char| matches!(letter, '"' | ',' | ';' | '\t' | '|' | '\r');
    let start = line[..at].rfind(edge).map_or(0, |edge| edge + 1);
    let end = line[at..].find(edge).map_or(line.len(), |edge| at + edge);
    line[start..end].trim().chars().take(60).collect()
}
