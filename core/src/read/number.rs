//! Numbers as people and Statistics Norway write them.

use crate::read::{DecimalMark, Missing};

/// What stands in a field where a number is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A number, and the decimal mark it was written with.
    Value(f64, Option<DecimalMark>),
    /// No number, for a reason.
    Missing(Missing),
    /// Something else.
    Bad,
}

/// Powers of ten that a double holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Where numbers end.
const LIMIT: f64 = 1e150;

/// Statistics Norway's standard symbols for a value that is not there, and the empty field.
///
/// `.` cannot occur, `..` missing, `…` or `...` not available yet, `:` confidential. (`-` is a number: a true zero.)
/// Source: SSB Notater 2017/40.
#[must_use]
pub fn symbol(field: &[u8]) -> Option<Missing> {
    match field {
        b"" => Some(Missing::Blank),
        b"." => Some(Missing::NotApplicable),
        b".." => Some(Missing::NotAvailable),
        b"..." | b"\xe2\x80\xa6" | b"\x85" => Some(Missing::NotYet),
        b":" => Some(Missing::Confidential),
        _ => None,
    }
}

/// Reads a number, correctly rounded.
///
/// Digits with one decimal point or comma, a sign, an exponent; spaces around it. `-` alone is Statistics Norway's
/// true zero, a `*` after the number marks a provisional figure and is left out. No thousands separators. Numbers of
/// 1e150 and more are refused: nothing is that large, and a product of two would not be a number any more.
///
/// ```
/// use bygdepuls_core::read::{DecimalMark, Missing, number::{Number, parse}};
/// assert_eq!(parse(b"1,5"), Number::Value(1.5, Some(DecimalMark::Comma)));
/// assert_eq!(parse(b"17*"), Number::Value(17.0, None));
/// assert_eq!(parse(b"-"), Number::Value(0.0, None));
/// assert_eq!(parse(b":"), Number::Missing(Missing::Confidential));
/// assert_eq!(parse(b"1 983"), Number::Bad);
/// ```
#[must_use]
#[inline]
pub fn parse(field: &[u8]) -> Number {
    let (negative, digits) = match field {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, field),
    };
    let (mut mantissa, mut places, mut mark) = (0_u64, 0_usize, None);
    if digits.is_empty() || digits.len() > 16 {
        return unusual(field);
    }
    if let Some((mantissa, places, mark)) = together(digits) {
        return value(negative, mantissa, places, mark);
    }
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                places += usize::from(mark.is_some());
            }
            b'.' if mark.is_none() => mark = Some(DecimalMark::Point),
            b',' if mark.is_none() => mark = Some(DecimalMark::Comma),
            _ => return unusual(field),
        }
    }
    // Sixteen digits at most, fifteen beside a mark: below 2^53 both numbers are exact and one division rounds once.
    if mantissa >= 1 << 53 || (digits.len() == 1 && mark.is_some()) {
        return unusual(field);
    }
    value(negative, mantissa, places, mark)
}

/// Whole digits below 2^53, so many of them after the mark.
#[inline]
fn value(negative: bool, mantissa: u64, places: usize, mark: Option<DecimalMark>) -> Number {
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    let size = mantissa as f64;
    let value = if places == 0 { size } else { size / TENS[places] };
    Number::Value(if negative { -value } else { value }, mark)
}

/// Four to eight bytes of digits, one of them perhaps a decimal mark, all at once: the number without the mark, and how
/// many digits stand after it. Nothing where they are anything else.
///
/// The multiplications are D. Lemire's, "Quickly parsing eight digits" (2018).
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "one byte is what is wanted")]
fn together(field: &[u8]) -> Option<(u64, usize, Option<DecimalMark>)> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = |four: &[u8; 4]| u64::from(u32::from_le_bytes(*four));
    let unused = 8 * 8_usize.checked_sub(field.len())?;
    // At the end of eight bytes; where there are fewer than eight, the middle ones come twice to the same place.
    let text = word(field.first_chunk()?) << unused | word(field.last_chunk()?) << 32;
    let mut digits = text ^ (EACH * u64::from(b'0')) << unused;
    // The highest bit of each byte that is no digit.
    let others = (digits.wrapping_add(EACH * 0x76) | digits) & (EACH * 0x80);
    let (mut places, mut mark) = (0, None);
    if others != 0 {
        let at = others.trailing_zeros() & !7;
        mark = match (text >> at) as u8 {
            b'.' => Some(DecimalMark::Point),
            b',' => Some(DecimalMark::Comma),
            _ => return None,
        };
        if others & (others - 1) != 0 {
            return None;
        }
        // What is before the mark moves on to its place.
        digits = digits & (u64::MAX << at << 8) | (digits & !(u64::MAX << at)) << 8;
        places = 7 - at as usize / 8;
    }
    let pairs = digits * 10 + (digits >> 8);
    let pair = |from: u32| pairs >> from & 0x0000_00ff_0000_00ff;
    let high = pair(0).wrapping_mul(100 + (1_000_000 << 32));
    Some((high.wrapping_add(pair(16).wrapping_mul(1 + (10_000 << 32))) >> 32, places, mark))
}

/// Everything that the short way does not handle.
#[cold]
fn unusual(field: &[u8]) -> Number {
    let field = field.trim_ascii();
    if let Some(missing) = symbol(field) {
        return Number::Missing(missing);
    }
    if field == b"-" {
        return Number::Value(0.0, None);
    }
    let field = field.strip_suffix(b"*").unwrap_or(field).trim_ascii_end();
    if !field.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'-' | b'+' | b'e' | b'E')) {
        return Number::Bad;
    }
    let comma = field.contains(&b',');
    let mark = if comma { Some(DecimalMark::Comma) } else { field.contains(&b'.').then_some(DecimalMark::Point) };
    if comma && field.contains(&b'.') {
        return Number::Bad;
    }
    let text = String::from_utf8_lossy(field).replace(',', ".");
    match text.parse::<f64>() {
        Ok(value) if value.abs() < LIMIT => Number::Value(value, mark),
        _ => Number::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn symbols_and_odd_forms() {
        for (field, expected) in [
            (&b""[..], Number::Missing(Missing::Blank)),
            (b"  ", Number::Missing(Missing::Blank)),
            (b".", Number::Missing(Missing::NotApplicable)),
            (b"..", Number::Missing(Missing::NotAvailable)),
            (b"...", Number::Missing(Missing::NotYet)),
            ("…".as_bytes(), Number::Missing(Missing::NotYet)),
            (b"\x85", Number::Missing(Missing::NotYet)),
            (b":", Number::Missing(Missing::Confidential)),
            (b" 7 ", Number::Value(7.0, None)),
            (b"+7", Number::Value(7.0, None)),
            (b"-1.5", Number::Value(-1.5, Some(DecimalMark::Point))),
            (b"1e3", Number::Value(1000.0, None)),
            (b"9007199254740993", Number::Value(9_007_199_254_740_992.0, None)),
            (b"1.2.3", Number::Bad),
            (b"1.234,5", Number::Bad),
            (b",", Number::Bad),
            (b"-.", Number::Bad),
            (b"--1", Number::Bad),
            (b"nan", Number::Bad),
            (b"inf", Number::Bad),
            (b"1e999", Number::Bad),
            (b"-1e150", Number::Bad),
            (b"fire", Number::Bad),
        ] {
            assert_eq!(parse(field), expected, "{}", String::from_utf8_lossy(field));
        }
    }

    proptest! {
        /// The same double as the standard library's correctly rounded parser.
        #[test]
        fn rounds_like_the_standard_library(text in "-?[0-9]{1,19}(\\.[0-9]{0,12})?") {
            let Number::Value(value, _) = parse(text.as_bytes()) else { panic!("{text}") };
            prop_assert_eq!(value.to_bits(), text.parse::<f64>().unwrap().to_bits());
        }

        #[test]
        fn takes_any_bytes(bytes: Vec<u8>) {
            let _ = parse(&bytes);
        }
    }
}
