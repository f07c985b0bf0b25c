//! Numbers as people in Norway and elsewhere write them. Browsers lack nynorsk, so we format ourselves.
//!
//! | | bokmål, nynorsk | English |
//! |---|---|---|
//! | thousands | no-break space: `12 345` | comma: `12,345` |
//! | decimals | comma: `2,5` | point: `2.5` |
//! | percent | no-break space before the sign: `12 %` | none: `12%` |
//! | minus | U+2212: `−3` | U+2212: `−3` |
//!
//! Decimals are rounded with whole numbers: the standard library's tables for them would be a third of the widget.

use super::markup::Put;
use crate::text::Lang;

/// A true minus sign.
const MINUS: char = '\u{2212}';

/// The whole number that a published value is; `None` when it is not a number at all.
pub(crate) fn whole(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "checked: within the range of exact whole numbers")]
    (value.abs() < 9.0e15).then(|| value.round() as i64)
}

/// Appends the digits of a whole number: no separators, a plain hyphen for minus. For coordinates and files.
pub(crate) fn push_plain(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    push_digits(out, number.unsigned_abs(), "");
}

fn push_digits(out: &mut String, number: u64, separator: &str) {
    let mut digits = [0_u8; 20];
    let mut rest = number;
    let mut count = 0;
    for slot in &mut digits {
        *slot = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    for (place, &digit) in digits.iter().enumerate().take(count).rev() {
        out.push(char::from(digit));
        if place % 3 == 0 && place > 0 {
            out.put(separator);
        }
    }
}

/// A whole number for people: `12 345`, `12,345`, `−3`.
#[must_use]
pub fn count(number: i64, lang: Lang) -> String {
    let mut out = String::new();
    if number < 0 {
        out.push(MINUS);
    }
    push_digits(&mut out, number.unsigned_abs(), lang.pick("\u{a0}", "\u{a0}", ","));
    out
}

/// A whole percent for people: `12 %`, `12%`.
#[must_use]
pub fn percent(number: i64, lang: Lang) -> String {
    let mut out = count(number, lang);
    out.put(lang.pick("\u{a0}%", "\u{a0}%", "%"));
    out
}

/// A span of whole percents for people: `20–40 %`, `20–40%`.
#[must_use]
pub fn percent_span(from: i64, to: i64, lang: Lang) -> String {
    let mut out = count(from, lang);
    out.push('–');
    out.put(&percent(to, lang));
    out
}

/// A number with decimals, at most nine, for people: `12,3`, `1 234,50`, `−0,5`. What is not finite, or has more digits than a number
/// that people read, is `–`.
#[must_use]
pub fn decimal(value: f64, decimals: u8, lang: Lang) -> String {
    let decimals = decimals.min(9);
    let Some(scaled) = scaled(value.abs(), decimals) else { return "–".into() };
    let unit = 10_u64.pow(u32::from(decimals));
    let mut out = String::new();
    if value < 0.0 && scaled > 0 {
        out.push(MINUS);
    }
    push_digits(&mut out, scaled / unit, lang.pick("\u{a0}", "\u{a0}", ","));
    if decimals > 0 {
        out.put(lang.pick(",", ",", "."));
        // A one in front keeps the zeros.
        let mut after = String::new();
        push_digits(&mut after, unit + scaled % unit, "");
        out.put(after.get(1..).unwrap_or_default());
    }
    out
}

/// `value · 10^decimals`, rounded to nearest as it stands in binary, ties to even, as the standard library writes it. That
/// one carries more than the whole of a widget's numbers.
fn scaled(value: f64, decimals: u8) -> Option<u64> {
    if !(value < 4.0e15 && decimals <= 9) {
        return None;
    }
    let bits = value.to_bits();
    let (exponent, fraction) = (bits >> 52, bits & ((1 << 52) - 1));
    let mantissa = if exponent == 0 { fraction } else { fraction | 1 << 52 };
    // Below 2^52 at least one of the 53 bits is behind the point; 2^-47 and less is nothing at any of nine places.
    let behind = 1075 - exponent.max(1);
    if behind > 100 {
        return Some(0);
    }
    let product = u128::from(mantissa) * u128::from(10_u64.pow(u32::from(decimals)));
    let (whole, rest, half) = (product >> behind, product & ((1 << behind) - 1), 1_u128 << (behind - 1));
    let is_up = rest > half || rest == half && whole & 1 == 1;
    u64::try_from(whole + u128::from(is_up)).ok()
}

/// A share from 0 to 1 as a percent with decimals: `12,3 %`, `12.3%`.
#[cfg(feature = "compute")]
#[must_use]
pub fn share(value: f64, decimals: u8, lang: Lang) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let mut out = decimal(value * 100.0, decimals, lang);
    out.put(lang.pick("\u{a0}%", "\u{a0}%", "%"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        assert_eq!(count(0, Lang::Nb), "0");
        assert_eq!(count(999, Lang::Nb), "999");
        assert_eq!(count(1_234, Lang::Nb), "1\u{a0}234");
        assert_eq!(count(-12_345_678, Lang::Nn), "\u{2212}12\u{a0}345\u{a0}678");
        assert_eq!(count(1_234_567, Lang::En), "1,234,567");
        assert_eq!(count(i64::MIN, Lang::En), "\u{2212}9,223,372,036,854,775,808");
    }

    #[test]
    fn percents() {
        assert_eq!(percent(12, Lang::Nb), "12\u{a0}%");
        assert_eq!(percent(12, Lang::En), "12%");
        assert_eq!(percent_span(20, 40, Lang::Nn), "20–40\u{a0}%");
        assert_eq!(percent_span(80, 100, Lang::En), "80–100%");
    }

    #[test]
    fn plain_digits_for_files() {
        let mut out = String::new();
        push_plain(&mut out, -1_234_567);
        assert_eq!(out, "-1234567");
    }

    #[test]
    fn published_values_are_whole() {
        assert_eq!(whole(61.0), Some(61));
        assert_eq!(whole(60.999_999_999), Some(61));
        assert_eq!(whole(f64::NAN), None);
        assert_eq!(whole(f64::INFINITY), None);
        assert_eq!(whole(1.0e300), None);
    }

    #[test]
    fn decimals_are_those_of_the_standard_library() {
        let mut state = 1_u64;
        for step in 0..200_000_u64 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // 2^-20 to 2^29; every fourth one with few bits, so that there are ties.
            let bits = (1023 - 20 + step % 50) << 52 | state >> 12;
            let value = f64::from_bits(if step % 4 == 0 { bits & !((1 << 44) - 1) } else { bits });
            let decimals = u8::try_from(state % 4).unwrap();
            let expected = format!("{value:.*}", usize::from(decimals)).replace('.', "");
            assert_eq!(scaled(value, decimals), expected.parse().ok(), "{value} {decimals}");
        }
        assert_eq!((scaled(0.25, 1), scaled(0.75, 1), scaled(1.005, 2)), (Some(2), Some(8), Some(100)));
        assert_eq!((scaled(3.0e15, 0), scaled(3.0e15, 9)), (Some(3_000_000_000_000_000), None));
        assert_eq!(
            (scaled(0.0, 3), scaled(f64::MIN_POSITIVE / 2.0, 9), scaled(f64::INFINITY, 0)),
            (Some(0), Some(0), None)
        );
    }

    #[test]
    fn decimals() {
        assert_eq!(decimal(12.345, 1, Lang::Nb), "12,3");
        assert_eq!(decimal(1_234.5, 2, Lang::Nn), "1\u{a0}234,50");
        assert_eq!(decimal(1_234_567.0, 0, Lang::En), "1,234,567");
        assert_eq!(decimal(-0.5, 1, Lang::Nb), "\u{2212}0,5");
        assert_eq!(decimal(-0.04, 1, Lang::Nb), "0,0");
        assert_eq!(decimal(f64::NAN, 1, Lang::Nb), "–");
        assert_eq!(decimal(0.05, 2, Lang::Nb), "0,05");
        assert_eq!(decimal(0.5, 15, Lang::Nb), "0,500000000");
        #[cfg(feature = "compute")]
        assert_eq!(share(0.123, 1, Lang::Nb), "12,3\u{a0}%");
        #[cfg(feature = "compute")]
        assert_eq!(share(0.123, 1, Lang::En), "12.3%");
        #[cfg(feature = "compute")]
        assert_eq!(share(1.0, 0, Lang::En), "100%");
    }
}
