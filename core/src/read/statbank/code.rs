//! Codes as Statistics Norway writes them: prefixes, ages, sexes, regions, the years in which a code is valid.

use crate::register::Sex;

/// The years in which a code is valid, both included; `None` is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// `2006` of `(2006-)`.
    pub from: Option<u16>,
    /// `2019` of `(-2019)`.
    pub to: Option<u16>,
}

/// Takes a suffix `(-2019)`, `(2006-)` or `(1976-2019)` off a label. A bracket that is a name, as in `Våler (Østfold)`,
/// stays.
#[must_use]
pub fn validity(label: &str) -> (&str, Validity) {
    let whole = (label, Validity::default());
    let Some((name, years)) = label.strip_suffix(')').and_then(|label| label.rsplit_once('(')) else { return whole };
    let Some((from, to)) = years.split_once(['-', '–']) else { return whole };
    let year = |text: &str| -> Option<Option<u16>> {
        let text = text.trim();
        if text.is_empty() {
            return Some(None);
        }
        (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())
    };
    match (year(from), year(to)) {
        (Some(None), Some(None)) | (None, _) | (_, None) => whole,
        (Some(from), Some(to)) => (name.trim_end(), Validity { from, to }),
    }
}

/// One age or several, in completed years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    /// The youngest.
    pub from: u16,
    /// The oldest; `None` is and over.
    pub to: Option<u16>,
}

impl Age {
    /// All ages together.
    pub const ALL: Self = Self { from: 0, to: None };

    /// The age where it is one year only.
    #[must_use]
    pub fn single(self) -> Option<u16> {
        (self.to == Some(self.from)).then_some(self.from)
    }

    /// Reads an age: `015`, `F 015`, `15 år`, `105+`, `105 år eller eldre`, `F00-05`, `0-5 år`, `999` and words for all.
    ///
    /// ```
    /// # use bygdepuls_core::read::statbank::Age;
    /// assert_eq!(Age::parse("F 015"), Some(Age { from: 15, to: Some(15) }));
    /// assert_eq!(Age::parse("105+"), Some(Age { from: 105, to: None }));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if ["999", "999a", "999b", "999c"].contains(&text.as_str()) || is_total(&text) || text == "alle aldre" {
            return Some(Self::ALL);
        }
        // One letter before the digits names a set of age groups.
        let rest = match text.strip_prefix(|first: char| first.is_ascii_lowercase()) {
            Some(rest) => rest.trim_start_matches([' ', '-', '_']),
            None => &text,
        };
        if let Some(to) = rest.strip_prefix("under ").or_else(|| text.strip_prefix("under ")) {
            let (to, after) = digits(to)?;
            return (to > 0 && is_year_word(after)).then(|| Self { from: 0, to: Some(to - 1) });
        }
        let (from, after) = digits(rest)?;
        let after = after.trim();
        if is_over(after) {
            return Some(Self { from, to: None });
        }
        if let Some(second) = after.strip_prefix(['-', '–']) {
            let (to, after) = digits(second.trim())?;
            return (to >= from && is_year_word(after)).then_some(Self { from, to: Some(to) });
        }
        is_year_word(after).then_some(Self { from, to: Some(from) })
    }
}

/// Nothing, or the word for years.
fn is_year_word(text: &str) -> bool {
    matches!(text.trim(), "" | "år" | "year" | "years" | "years old")
}

/// The words for and over, with or without that for years before them.
fn is_over(text: &str) -> bool {
    let text = text.strip_suffix(" år").filter(|text| text.ends_with('+')).unwrap_or(text);
    let text = ["år", "years", "year"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim();
    matches!(text, "+" | "eller eldre" | "eller meir" | "eller mer" | "og over" | "or older" | "or over" | "and over")
}

/// Up to three digits at the start, and what follows.
fn digits(text: &str) -> Option<(u16, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&end) {
        return None;
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Words for everything together, lower case.
fn is_total(text: &str) -> bool {
    matches!(text, "i alt" | "alt" | "totalt" | "total" | "alle" | "sum" | "all ages" | "alle aldre i alt")
}

/// Women or men, `Some(None)` for both together; `None` for what is neither.
///
/// Statistics Norway's codes are 1 for men, 2 for women, 0 for both.
#[must_use]
pub(super) fn sex(text: &str) -> Option<Option<Sex>> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "1" | "menn" | "mann" | "gutter" | "gutar" | "males" | "male" | "men" | "boys" | "m" => Some(Some(Sex::Male)),
        "2" | "kvinner" | "kvinne" | "jenter" | "females" | "female" | "women" | "girls" | "k" | "f" => {
            Some(Some(Sex::Female))
        }
        "0" | "begge kjønn" | "begge" | "both sexes" | "kvinner og menn" | "menn og kvinner" => Some(None),
        other if is_total(other) => Some(None),
        _ => None,
    }
}

/// The level of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// `0`: the whole country.
    Nation,
    /// Two digits.
    County,
    /// Four digits.
    Municipality,
    /// Five digits; four with a 9 in the third place before 2020.
    EconomicRegion,
    /// Six digits: a part of a town.
    District,
    /// Eight digits.
    BasicUnit,
    /// Anything else: groupings with names of their own, remainders such as `9999`.
    Other,
}

/// The level that a code tells.
#[must_use]
pub fn level(code: &str) -> Level {
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Level::Other;
    }
    match code.as_bytes() {
        b"0" | b"00" | b"0000" => Level::Nation,
        [_, _] => Level::County,
        [_, _, b'0', b'0'] | [_, _, b'9', b'9'] => Level::Other,
        [_, _, b'9', _] if !["0990", "0194", "0798"].contains(&code) => Level::EconomicRegion,
        [_, _, _, _] => Level::Municipality,
        [_, _, _, _, _] => Level::EconomicRegion,
        [_, _, _, _, _, _] => Level::District,
        [_, _, _, _, _, _, _, _] => Level::BasicUnit,
        _ => Level::Other,
    }
}

/// The code of a region without the prefix of a grouping: `3407` of `K-3407`, `K_3407`, `K.3407` and `K 3407`, `34` of `F-34`.
#[must_use]
pub(super) fn without_prefix(code: &str) -> Option<&str> {
    let (prefix, rest) = code.split_at_checked(1)?;
    let digits = rest.strip_prefix(['-', '_', '.', ' ']).unwrap_or(rest);
    let width = match prefix {
        "K" | "k" => 4,
        "F" | "f" => 2,
        _ => return None,
    };
    (digits.len() == width && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// Code and label of `3432 Lesja`; `None` where the text does not begin with a code.
#[must_use]
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let (code, label) = text.split_once([' ', '\u{a0}'])?;
    let label = label.trim();
    let is_code = without_prefix(code).is_some()
        || (code.len() <= 8 && !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()));
    (is_code && !label.is_empty()).then_some((code, label))
}

/// Code and text of `K-3401 - Kongsvinger`, as PxWebApi 2 writes names and values with `UseCodesAndTexts`.
#[must_use]
pub(super) fn both(text: &str) -> Option<(&str, &str)> {
    let (code, label) = text.split_once(" - ")?;
    let (code, label) = (code.trim(), label.trim());
    (!code.is_empty() && !label.is_empty()).then_some((code, label))
}

/// Words for the whole country.
#[must_use]
pub(super) fn is_nation(label: &str) -> bool {
    let label = label.trim().to_lowercase();
    ["hele landet", "heile landet", "landet", "the whole country", "norge", "noreg", "norway", "i alt"]
        .contains(&label.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_tell_years() {
        assert_eq!(validity("Snillfjord (-2019)"), ("Snillfjord", Validity { from: None, to: Some(2019) }));
        assert_eq!(validity("Vindafjord (2006-)"), ("Vindafjord", Validity { from: Some(2006), to: None }));
        assert_eq!(
            validity("Os (Hedmark) (1976-2019)"),
            ("Os (Hedmark)", Validity { from: Some(1976), to: Some(2019) })
        );
        for name in ["Våler (Østfold)", "Lesja", "Indeks (2015=100)", "Sentralitet: 1 (925-1000)", "x (-)", "(", ")"]
        {
            assert_eq!(validity(name), (name, Validity::default()));
        }
    }

    #[test]
    fn ages() {
        let age = |from, to| Some(Age { from, to });
        for (text, expected) in [
            ("015", age(15, Some(15))),
            ("F 015", age(15, Some(15))),
            ("15 år", age(15, Some(15))),
            ("0", age(0, Some(0))),
            ("105+", age(105, None)),
            ("105 år eller eldre", age(105, None)),
            ("105 years or older", age(105, None)),
            ("67 år +", age(67, None)),
            ("105+ år", age(105, None)),
            ("F00-05", age(0, Some(5))),
            ("0-5 år", age(0, Some(5))),
            ("under 15 år", age(0, Some(14))),
            ("I alt", Some(Age::ALL)),
            ("999", Some(Age::ALL)),
            ("5-3", None),
            ("år", None),
            ("2024", None),
            ("15 barn", None),
            ("", None),
        ] {
            assert_eq!(Age::parse(text), expected, "{text}");
        }
        assert_eq!(Age { from: 15, to: Some(15) }.single(), Some(15));
        assert_eq!(Age::ALL.single(), None);
    }

    #[test]
    fn regions() {
        for (code, expected) in [
            ("0", Level::Nation),
            ("34", Level::County),
            ("3432", Level::Municipality),
            ("0491", Level::EconomicRegion),
            ("34001", Level::EconomicRegion),
            ("3400", Level::Other),
            ("9999", Level::Other),
            ("30010101", Level::BasicUnit),
            ("EKG12", Level::Other),
        ] {
            assert_eq!(level(code), expected, "{code}");
        }
        assert_eq!(without_prefix("K-3407"), Some("3407"));
        assert_eq!(without_prefix("K_3407"), Some("3407"));
        assert_eq!(without_prefix("K.3407"), Some("3407"));
        assert_eq!(without_prefix("F-34"), Some("34"));
        assert_eq!(without_prefix("K-340"), None);
        assert_eq!(split("5043 Raarvihke - Røyrvik"), Some(("5043", "Raarvihke - Røyrvik")));
        assert_eq!(split("Hele landet"), None);
    }
}
