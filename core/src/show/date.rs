//! Dates in words: `21. november 2026`, `21 November 2026`.

use super::markup::Put;
use crate::text::Lang;

const MONTHS: [[&str; 2]; 12] = [
    ["januar", "January"],
    ["februar", "February"],
    ["mars", "March"],
    ["april", "April"],
    ["mai", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["august", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["desember", "December"],
];

/// An ISO 8601 date in words: `2026-11-21` is `21. november 2026`, `2026-11` is `november 2026`. Anything else, a bare
/// year included, is returned as it is.
#[must_use]
pub fn words(iso: &str, lang: Lang) -> String {
    in_words(iso, lang).unwrap_or_else(|| iso.into())
}

fn in_words(iso: &str, lang: Lang) -> Option<String> {
    let mut parts = iso.split('-');
    let year = parts.next().filter(|year| year.len() == 4 && digits(year))?;
    let month = two_digits(parts.next()?)?;
    let [norwegian, english] = MONTHS.get(month.checked_sub(1)?)?;
    let month = lang.pick(norwegian, norwegian, english);
    let mut out = String::new();
    if let Some(day) = parts.next() {
        let day = two_digits(day).filter(|day| (1..=31).contains(day))?;
        super::number::push_plain(&mut out, i64::try_from(day).unwrap_or(0));
        out.put(lang.pick(".\u{a0}", ".\u{a0}", "\u{a0}"));
    }
    if parts.next().is_some() {
        return None;
    }
    out.put(month);
    out.push(' ');
    out.put(year);
    Some(out)
}

fn two_digits(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some(usize::from(tens - b'0') * 10 + usize::from(ones - b'0')),
        _ => None,
    }
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `today` is later than `limit`. Both are ISO 8601 dates; without one of them nothing is later.
pub(crate) fn is_after(today: &str, limit: &str) -> bool {
    let complete = |date: &str| date.len() == 10 && in_words(date, Lang::En).is_some();
    complete(today) && complete(limit) && today > limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_three_languages() {
        assert_eq!(words("2026-11-21", Lang::Nb), "21.\u{a0}november 2026");
        assert_eq!(words("2026-05-17", Lang::Nn), "17.\u{a0}mai 2026");
        assert_eq!(words("2026-11-01", Lang::En), "1\u{a0}November 2026");
        assert_eq!(words("2026-11", Lang::Nb), "november 2026");
    }

    #[test]
    fn what_is_no_date_stays() {
        for text in ["2026", "", "2026-13-01", "2026-00-01", "2026-1-1", "2026-11-32", "2026-11-21-1", "våren 2026"] {
            assert_eq!(words(text, Lang::Nb), text);
        }
    }

    #[test]
    fn old_from_the_day_after() {
        assert!(is_after("2027-12-02", "2027-12-01"));
        assert!(!is_after("2027-12-01", "2027-12-01"));
        assert!(!is_after("2027-12-01", ""));
        assert!(!is_after("i morgen", "2027-12-01"));
    }
}
