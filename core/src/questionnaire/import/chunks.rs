//! The bytes of a file as they come, of any encoding and form, to pieces of whole records.

use super::dictionary::Dictionary;
use super::spreadsheet;
use crate::read::block::Block;
use std::borrow::Cow;
use std::sync::Arc;

/// The encoding that a user names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// UTF-8.
    Utf8,
    /// Windows-1252, of which ISO-8859-1 text is a part.
    Windows1252,
    /// UTF-16 in either order of bytes.
    Utf16,
}

impl Coding {
    /// By name: `utf-8`, `windows-1252`, `cp1252`, `iso-8859-1`, `latin1`, `utf-16`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        match plain.to_ascii_lowercase().as_str() {
            "utf8" => Some(Self::Utf8),
            "windows1252" | "cp1252" | "iso88591" | "latin1" | "ansi" => Some(Self::Windows1252),
            "utf16" | "utf16le" | "utf16be" | "unicode" => Some(Self::Utf16),
            _ => None,
        }
    }
}

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Not known before some of them are there.
    Unknown,
    /// UTF-8, Windows-1252 or anything else where a byte of ASCII is one.
    Bytes,
    /// UTF-16, `true` when the high byte comes first.
    Utf16(bool),
    /// A workbook: kept until all of it is there.
    Workbook,
}

/// Bytes in, pieces of whole records out.
#[derive(Debug)]
pub(super) struct Chunks {
    form: Form,
    coding: Option<Coding>,
    dictionary: Option<Arc<Dictionary>>,
    /// Bytes that wait: half a character of UTF-16, a workbook.
    waiting: Vec<u8>,
    /// What can be read, from a start of a record.
    text: Vec<u8>,
    ended: bool,
    /// Room of pieces that were worked on, to be used again.
    spare: Vec<Vec<u8>>,
    /// A high surrogate whose other half is still to come.
    surrogate: Option<u16>,
    /// The row of the sheet in which the header stands, for workbooks.
    pub(super) first_row: Option<u64>,
    /// What is wrong with a workbook.
    pub(super) refused: Option<spreadsheet::NotRead>,
}

/// What there is of a file.
pub(super) enum Records {
    /// Whole records.
    Whole(Vec<u8>),
    /// The start of one, or too few of them.
    More,
    /// The start of one beyond the limit.
    TooLong,
}

/// How many bytes are a piece: as many as caches hold for each core.
const PIECE: usize = 1 << 20;

/// How many bytes tell what a file is.
const ENOUGH: usize = 1024;

impl Chunks {
    /// `dictionary` is what values of a file of SPSS are looked up in.
    pub(super) fn new(coding: Option<Coding>, dictionary: Option<Arc<Dictionary>>) -> Self {
        Self {
            form: Form::Unknown,
            coding,
            dictionary,
            waiting: Vec::new(),
            text: Vec::new(),
            ended: false,
            spare: Vec::new(),
            surrogate: None,
            first_row: None,
            refused: None,
        }
    }

    /// Takes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        match self.form {
            Form::Bytes => self.text.extend_from_slice(bytes),
            _ => {
                self.waiting.extend_from_slice(bytes);
                self.decide(false);
            }
        }
    }

    /// No more bytes come.
    pub(super) fn end(&mut self) {
        if self.ended {
            return;
        }
        self.decide(true);
        self.ended = true;
        if self.form == Form::Workbook {
            match spreadsheet::to_csv(&self.waiting, self.dictionary.as_deref()) {
                Ok(sheet) => {
                    self.text = sheet.csv;
                    self.first_row = Some(sheet.first_row);
                }
                Err(error) => self.refused = Some(error),
            }
            self.waiting = Vec::new();
        }
    }

    /// Whether all bytes are there.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Whether the file is a workbook.
    pub(super) fn is_workbook(&self) -> bool {
        self.form == Form::Workbook
    }

    /// Whether the file was UTF-16.
    pub(super) fn is_utf16(&self) -> bool {
        matches!(self.form, Form::Utf16(_))
    }

    /// All that can be read now and was not taken.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Takes the first bytes away.
    pub(super) fn take(&mut self, length: usize) {
        self.text.drain(..length);
    }

    /// The records that are whole by now, once there are enough of them, and all of them at the end.
    pub(super) fn records(&mut self, delimiter: u8) -> Records {
        if self.ended {
            return Records::Whole(std::mem::take(&mut self.text));
        }
        if self.text.len() < PIECE {
            return Records::More;
        }
        match Block::of(&self.text, delimiter) {
            Block::Records(length) => self.next(length).map_or(Records::More, Records::Whole),
            Block::More => Records::More,
            Block::TooLong => Records::TooLong,
        }
    }

    /// So many bytes once they are there, or the rest at the end; they are taken away.
    pub(super) fn next(&mut self, length: usize) -> Option<Vec<u8>> {
        if self.text.len() < length && !self.ended {
            return None;
        }
        let length = length.min(self.text.len());
        let mut rest = self.spare.pop().unwrap_or_default();
        rest.clear();
        rest.extend_from_slice(&self.text[length..]);
        self.text.truncate(length);
        Some(std::mem::replace(&mut self.text, rest))
    }

    /// Takes a piece back that was worked on.
    pub(super) fn give_back(&mut self, piece: Vec<u8>) {
        self.spare.push(piece);
    }

    fn decide(&mut self, last: bool) {
        if self.form == Form::Unknown && (last || self.waiting.len() >= ENOUGH) {
            self.form = form(&self.waiting, self.coding);
            if let Form::Utf16(_) = self.form {
                let mark = self.waiting.starts_with(b"\xff\xfe") || self.waiting.starts_with(b"\xfe\xff");
                self.waiting.drain(..if mark { 2 } else { 0 });
            }
        }
        match self.form {
            Form::Bytes => self.text.append(&mut self.waiting),
            Form::Utf16(big) => self.transcode(big, last),
            Form::Unknown | Form::Workbook => {}
        }
    }

    fn transcode(&mut self, big: bool, last: bool) {
        let whole = self.waiting.len() & !1;
        let (pairs, _) = self.waiting[..whole].as_chunks::<2>();
        let units = pairs.iter().map(|pair| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
        let mut units: Vec<u16> = self.surrogate.take().into_iter().chain(units).collect();
        if !last && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.surrogate = units.pop();
        }
        let mut bytes = [0; 4];
        for letter in char::decode_utf16(units) {
            let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.text.extend_from_slice(letter.encode_utf8(&mut bytes).as_bytes());
        }
        self.waiting.drain(..whole);
        if last && !self.waiting.is_empty() {
            // Half a character: the file was cut.
            self.text.extend_from_slice("\u{fffd}".as_bytes());
            self.waiting.clear();
        }
    }
}

fn form(start: &[u8], coding: Option<Coding>) -> Form {
    if spreadsheet::is_workbook(start) {
        return Form::Workbook;
    }
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = start.len() / 2;
    let guess = |big| Form::Utf16(big);
    match start {
        [0xff, 0xfe, ..] => guess(false),
        [0xfe, 0xff, ..] => guess(true),
        _ if coding == Some(Coding::Utf16) => guess(even > odd),
        // In UTF-16 nearly every other byte of our letters is zero, and always on the same side.
        _ if coding.is_none() && half > 0 && odd * 4 > half * 3 && even * 20 < half => guess(false),
        _ if coding.is_none() && half > 0 && even * 4 > half * 3 && odd * 20 < half => guess(true),
        _ => Form::Bytes,
    }
}

/// A field as text.
pub(super) fn decode(field: &[u8], encoding: crate::read::Encoding) -> Cow<'_, str> {
    match std::str::from_utf8(field) {
        Ok(text) if encoding == crate::read::Encoding::Utf8 || text.is_ascii() => text.into(),
        // In a file of UTF-8 a field that is not is Windows-1252; the place was reported.
        _ => crate::read::encoding::decode(field, crate::read::Encoding::Windows1252),
    }
}
