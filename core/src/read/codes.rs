//! Codes that a user names, and the same codes as files write them.

use crate::read::encoding::encode_windows_1252;
use crate::read::number::{self, Number};

/// The codes of `V1,V2`. A code with a comma stands in quotes: `'(0,19]',60+`.
///
/// ```
/// # use bygdepuls_core::read::code_list;
/// assert_eq!(code_list("1, 2"), ["1", "2"]);
/// assert_eq!(code_list("'(0,19]', 60+"), ["(0,19]", "60+"]);
/// assert_eq!(code_list("'n Sync,\"x"), ["'n Sync", "\"x"]); // not closed: part of the code
/// ```
#[must_use]
pub fn code_list(text: &str) -> Vec<String> {
    let mut codes = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let text = text.trim_start();
        let quoted = |quote: char| {
            let (code, after) = text.strip_prefix(quote)?.split_once(quote)?;
            let after = after.trim_start();
            (after.is_empty() || after.starts_with(',')).then_some((code, after))
        };
        let plain = || text.split_at(text.find(',').unwrap_or(text.len()));
        let (code, after) = quoted('\'').or_else(|| quoted('"')).unwrap_or_else(plain);
        codes.push(code.trim().to_owned());
        rest = after.strip_prefix(',');
    }
    codes
}

/// Codes as they may stand in the file.
#[derive(Clone, Debug)]
pub(crate) struct Codes {
    /// As asked for, without those that are the same as one before.
    pub(crate) asked: Vec<String>,
    /// In bytes, with their places in `asked`.
    bytes: Vec<(Vec<u8>, usize)>,
    /// Those that are numbers: some survey tools write every number with one decimal, so that 98 is `98.0`.
    numbers: Vec<(f64, usize)>,
    /// Which code a field of one byte is: most answers of a survey are such.
    of_byte: Box<[Option<usize>; 256]>,
}

impl Codes {
    pub(crate) fn new(codes: &[String]) -> Self {
        let mut own =
            Self { asked: Vec::new(), bytes: Vec::new(), numbers: Vec::new(), of_byte: Box::new([None; 256]) };
        for code in codes {
            let code = code.trim();
            if own.look_for(code.as_bytes()).is_some() {
                continue;
            }
            let place = own.asked.len();
            own.asked.push(code.into());
            own.bytes.push((code.as_bytes().to_vec(), place));
            own.bytes.extend(encode_windows_1252(code).filter(|_| !code.is_ascii()).map(|bytes| (bytes, place)));
            own.numbers.extend(code_number(code.as_bytes()).map(|number| (number, place)));
        }
        for byte in 0..=u8::MAX {
            own.of_byte[usize::from(byte)] = own.look_for(&[byte]);
        }
        own
    }

    /// Which of the codes a field is: the same bytes, or the same number.
    #[inline]
    pub(crate) fn find(&self, field: &[u8]) -> Option<usize> {
        match field {
            [byte] => self.of_byte[usize::from(*byte)],
            _ => self.look_for(field),
        }
    }

    fn look_for(&self, field: &[u8]) -> Option<usize> {
        let same = self.bytes.iter().find(|(code, _)| code == field).map(|(_, place)| *place);
        if same.is_some() || self.numbers.is_empty() {
            return same;
        }
        let number = code_number(field)?;
        self.numbers.iter().find(|(code, _)| *code == number).map(|(_, place)| *place)
    }
}

/// The number that a code stands for, if it does: digits with or without decimals. `0301` is not 301, `1e3` not 1000,
/// and beyond 2^53 two codes could be one double.
#[inline]
fn code_number(code: &[u8]) -> Option<f64> {
    let digits = code.strip_prefix(b"-").unwrap_or(code);
    let begins = match digits {
        [b'0', b'0'..=b'9', ..] => false,
        [first, ..] => first.is_ascii_digit(),
        [] => false,
    };
    if !begins || !digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',')) {
        return None;
    }
    match number::parse(code) {
        Number::Value(number, _) if number.abs() < 9_007_199_254_740_992.0 => Some(number),
        _ => None,
    }
}
