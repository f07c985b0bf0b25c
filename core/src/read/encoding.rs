//! UTF-8 or Windows-1252: decided once for the whole file.

use memchr::memchr_iter;
use std::borrow::Cow;

/// How the text of a file is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    #[default]
    Utf8,
    /// Windows-1252, of which ISO-8859-1 text is a part.
    Windows1252,
}

/// What speaks for either encoding in a piece; the counts of pieces add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Places that are not UTF-8.
    pub invalid: u64,
    /// Characters beyond ASCII that are.
    pub valid: u64,
}

impl Census {
    /// Counts a piece, which must not begin or end inside a character.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        if simdutf8::basic::from_utf8(bytes).is_ok() {
            return Self { invalid: 0, valid: leads(bytes) };
        }
        bytes.utf8_chunks().fold(Self::default(), |sum, chunk| Self {
            invalid: sum.invalid + u64::from(!chunk.invalid().is_empty()),
            valid: sum.valid + leads(chunk.valid().as_bytes()),
        })
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { invalid: self.invalid + other.invalid, valid: self.valid + other.valid }
    }

    /// The encoding: UTF-8 with its mark, without anything invalid, or with more that is valid than not. In
    /// Windows-1252 hardly any letter beyond ASCII is valid UTF-8 by chance.
    #[must_use]
    pub fn encoding(self, mark: bool) -> Encoding {
        if mark || self.invalid == 0 || self.valid > self.invalid { Encoding::Utf8 } else { Encoding::Windows1252 }
    }
}

/// How many bytes begin a character beyond ASCII.
fn leads(bytes: &[u8]) -> u64 {
    // Most text has none for long; the others are counted in bytes first, which takes vector instructions.
    let beyond_ascii = bytes.chunks(LANES).filter(|lanes| !lanes.is_ascii());
    beyond_ascii.map(|lanes| u64::from(lanes.iter().map(|byte| u8::from(*byte >= 0xc0)).sum::<u8>())).sum()
}

/// The places that are not UTF-8, in order.
pub(crate) fn invalid_places(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    bytes.utf8_chunks().filter_map(move |chunk| {
        let place = at + chunk.valid().len();
        at = place + chunk.invalid().len();
        (!chunk.invalid().is_empty()).then_some(place)
    })
}

/// The places with a Norwegian letter that was encoded twice, by way of Windows-1252 or of ISO-8859-1: `Ã` and what
/// follows it in `Ã¸`, `Ã¥`, `Ã¦`.
pub(crate) fn mojibake(bytes: &[u8]) -> impl Iterator<Item = usize> {
    // Looked for by its second byte: the first one begins each of our letters.
    const FIRST: [u8; 2] = [0xc3, 0x83];
    const SECOND: [&str; 9] = ["¸", "¥", "¦", "˜", "…", "†", "\u{98}", "\u{85}", "\u{86}"];
    memchr_iter(FIRST[1], bytes).filter_map(|second| {
        let at = second.checked_sub(1)?;
        let rest = bytes[at..].strip_prefix(&FIRST)?;
        SECOND.iter().any(|second| rest.starts_with(second.as_bytes())).then_some(at)
    })
}

/// The places with characters beyond ASCII in UTF-8 that hardly are text in Windows-1252, in order.
pub(crate) fn utf8_places(bytes: &[u8], census: Census) -> impl Iterator<Item = usize> {
    let mut at = 0;
    // Without anything invalid there is no need to look for it again.
    let parts: Box<dyn Iterator<Item = (usize, &[u8])>> = if census.valid == 0 {
        Box::new(std::iter::empty())
    } else if census.invalid == 0 {
        Box::new(std::iter::once((0, bytes)))
    } else {
        Box::new(bytes.utf8_chunks().map(move |chunk| {
            let start = at;
            at += chunk.valid().len() + chunk.invalid().len();
            (start, chunk.valid().as_bytes())
        }))
    };
    parts.flat_map(|(start, part)| {
        let beyond_ascii = part.chunks(LANES).zip(0..).filter(|(lanes, _)| !lanes.is_ascii());
        let leads = beyond_ascii.flat_map(|(lanes, number)| {
            lanes.iter().zip(number * LANES..).filter(|(byte, _)| **byte >= 0xc0).map(|(_, at)| at)
        });
        leads.filter(|at| !could_be_windows_1252(&part[*at..])).map(move |at| start + at)
    })
}

/// Bytes looked at together.
const LANES: usize = 64;

/// Whether the character at the start could be Windows-1252: a letter that is one, then closing marks, as in `PÅ»`.
/// `Ã` and `Â` come before nearly everything that was once UTF-8, and are no letters of ours.
fn could_be_windows_1252(character: &[u8]) -> bool {
    let length = match character.first() {
        Some(0xc0..=0xc3) | None => return false,
        Some(0xc4..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(_) => 4,
    };
    // … ‘ ’ “ ” • – — › no-break space « ´ · »
    let mark = |byte: &u8| matches!(byte, 0x85 | 0x91..=0x97 | 0x9b | 0xa0 | 0xab | 0xb4 | 0xb7 | 0xbb);
    character.get(1..length).is_some_and(|rest| rest.iter().all(mark))
}

/// The text of a field.
#[must_use]
pub fn decode(field: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(field),
        Encoding::Windows1252 => match std::str::from_utf8(field) {
            Ok(text) if text.is_ascii() => Cow::Borrowed(text),
            _ => field.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

/// The text of a field where the file's encoding is not known: UTF-8 if it can be.
pub(crate) fn guess(field: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => decode(field, Encoding::Windows1252),
    }
}

/// The bytes beyond ASCII of Windows-1252 that are not those of ISO-8859-1. The five without a character stay control
/// characters, as in the WHATWG standard.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// A text in Windows-1252, to look for it in a file; `None` when it has characters that are not in it.
pub(crate) fn encode_windows_1252(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|letter| (0..=u8::MAX).find(|byte| windows_1252(*byte) == letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_decoded() {
        assert_eq!(decode(b"R\xf8yrvik \x96 5 \x80", Encoding::Windows1252), "Røyrvik – 5 €");
        assert_eq!(encode_windows_1252("Røyrvik – 5 €").unwrap(), b"R\xf8yrvik \x96 5 \x80");
    }

    #[test]
    fn the_majority_decides() {
        let census = Census::of("æøå".as_bytes()).and(Census::of(b"\xf8"));
        assert_eq!(census, Census { invalid: 1, valid: 3 });
        assert_eq!(census.encoding(false), Encoding::Utf8);
        assert_eq!(Census::of(b"b\xf8 og \xe5").encoding(false), Encoding::Windows1252);
        assert_eq!(Census::of(b"b\xf8").encoding(true), Encoding::Utf8, "a mark is a promise");
        assert_eq!(invalid_places(b"a\xf8b\xe5").collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn mojibake_is_seen() {
        assert_eq!(mojibake("RÃ¸yrvik, HÃ¸y\u{c3}\u{85}".as_bytes()).collect::<Vec<_>>(), [1, 13, 18]);
        assert_eq!(mojibake("Røyrvik SÃO".as_bytes()).next(), None);
    }

    #[test]
    fn utf_8_among_windows_1252() {
        let places = |bytes: &[u8]| utf8_places(bytes, Census::of(bytes)).collect::<Vec<_>>();
        assert_eq!(places("Ż Røyrvik – č".as_bytes()), [4, 12, 16], "the first is `Å»` in Windows-1252");
        let mixed = [b"\xf8 ".repeat(50).as_slice(), "æ".as_bytes(), b"\xe5 P\xc5\xbb"].concat();
        assert_eq!(places(&mixed), [100]);
        assert!(places(b"abc").is_empty());
    }
}
