//! Numbers as people in Norway and elsewhere write them. Browsers lack nynorsk, so we format ourselves.
//!
//! | | bokmål, nynorsk | English |
//! |---|---|---|
//! | thousands | no-break space: `12 345` | comma: `12,345` |
//! | decimals | comma: `2,5` | point: `2.5` |
//! | percent | no-break space before the sign: `12 %` | none: `12%` |
//! | minus | U+2212: `−3` | U+2212: `−3` |
//!
//! What is public is whole, so the widget holds no code for decimals.

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

/// A number with decimals for people: `12,3`, `1 234,50`, `−0,5`. What is not finite is `–`.
#[cfg(feature = "compute")]
#[must_use]
pub fn decimal(value: f64, decimals: u8, lang: Lang) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let plain = format!("{:.*}", usize::from(decimals), value.abs());
    let (before, after) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    if value < 0.0 && plain.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        out.push(MINUS);
    }
    for (place, digit) in before.chars().enumerate() {
        if place > 0 && (before.len() - place) % 3 == 0 {
            out.put(lang.pick("\u{a0}", "\u{a0}", ","));
        }
        out.push(digit);
    }
    if !after.is_empty() {
        out.put(lang.pick(",", ",", "."));
        out.put(after);
    }
    out
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

    #[cfg(feature = "compute")]
    #[test]
    fn decimals() {
        assert_eq!(decimal(12.345, 1, Lang::Nb), "12,3");
        assert_eq!(decimal(1_234.5, 2, Lang::Nn), "1\u{a0}234,50");
        assert_eq!(decimal(1_234_567.0, 0, Lang::En), "1,234,567");
        assert_eq!(decimal(-0.5, 1, Lang::Nb), "\u{2212}0,5");
        assert_eq!(decimal(-0.04, 1, Lang::Nb), "0,0");
        assert_eq!(decimal(f64::NAN, 1, Lang::Nb), "–");
        assert_eq!(share(0.123, 1, Lang::Nb), "12,3\u{a0}%");
        assert_eq!(share(0.123, 1, Lang::En), "12.3%");
        assert_eq!(share(1.0, 0, Lang::En), "100%");
    }
}
