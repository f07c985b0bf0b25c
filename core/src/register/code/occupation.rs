//! Occupations: STYRK-08, the Norwegian version of ISCO-08, in four digits.
//!
//! Codes of seven digits, which employers report in payroll, begin with a code of the older standard STYRK-98. The two
//! use the same numbers for different occupations (2221 is a doctor in the older one and a specialist nurse in the newer one), so
//! that none of them is ever read as the other: seven digits are converted by the table in [`payroll`], four digits of STYRK-98
//! only where a project says that they are, and only where all titles of the group became one occupation.
//!
//! # Source
//!
//! Statistics Norway, KLASS 7, standard for occupations (STYRK-08), version of 2011; `README.md` beside this file.

use super::payroll;
use crate::problem::Explain;
use crate::text::Lang;
use std::sync::OnceLock;

/// Code, tab, name; major groups, then sub-major groups, then unit groups.
const LIST: &str = include_str!("styrk08.tsv");

/// The unit groups.
struct List {
    /// By code; empty where there is none.
    names: Vec<&'static str>,
    codes: Vec<u16>,
}

fn list() -> &'static List {
    static UNITS: OnceLock<List> = OnceLock::new();
    UNITS.get_or_init(|| {
        let mut list = List { names: vec![""; 10_000], codes: Vec::new() };
        let lines = LIST.lines().filter_map(|line| line.split_once('\t')).filter(|(code, _)| code.len() == 4);
        for (code, name) in lines.filter_map(|(code, name)| Some((code.parse::<u16>().ok()?, name))) {
            list.names[usize::from(code)] = name;
            list.codes.push(code);
        }
        list
    })
}

/// The name of an occupation in bokmål, as in the standard.
///
/// ```
/// use bygdepuls_core::register::code::occupation;
/// assert_eq!(occupation::name(2223), Some("Sykepleiere"));
/// assert_eq!(occupation::name(2220), None);
/// ```
#[must_use]
pub fn name(code: u16) -> Option<&'static str> {
    list().names.get(usize::from(code)).copied().filter(|name| !name.is_empty())
}

/// All unit groups, in order.
#[must_use]
pub fn all() -> &'static [u16] {
    &list().codes
}

/// The name of a group of occupations by the one or two digits that its codes begin with.
#[must_use]
pub fn group_name(digits: &str) -> Option<&'static str> {
    let mut lines = LIST.lines().filter_map(|line| line.split_once('\t')).filter(|(code, _)| code.len() < 4);
    lines.find(|(code, _)| *code == digits).map(|(_, name)| name)
}

/// Whether any code begins with these digits.
#[must_use]
pub fn is_beginning(digits: &str) -> bool {
    (1..=4).contains(&digits.len()) && all().iter().any(|code| format!("{code:04}").starts_with(digits))
}

/// The standard that codes of four digits are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// In use in statistics from 2011.
    #[default]
    Styrk08,
    /// The older one, on which payroll codes are based.
    Styrk98,
}

/// An occupation that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// STYRK-08; 0: not stated.
    pub code: u16,
    /// The number that was written: another one where it was converted from seven digits or from STYRK-98.
    pub written: u32,
}

/// Reads a code: four digits, perhaps with a name after them, or the seven of payroll, which become the occupation of STYRK-08
/// that they are. A zero in front that a spreadsheet took is put back where only one code can be meant.
///
/// `0000` is the standard's own "not stated" and gives 0.
///
/// ```
/// use bygdepuls_core::register::code::occupation::{Found, Version, parse};
/// assert_eq!(parse("2223 Sykepleiere", Version::Styrk08), Ok(Found { code: 2223, written: 2223 }));
/// assert_eq!(parse("1120115", Version::Styrk08), Ok(Found { code: 1112, written: 1_120_115 }));
/// assert_eq!(parse("1120", Version::Styrk98), Ok(Found { code: 1112, written: 1120 }));
/// ```
///
/// # Errors
///
/// Why it is no occupation.
pub fn parse(text: &str, version: Version) -> Result<Found, NoOccupation> {
    let text = text.trim().trim_start_matches(['\'', '’']);
    let code = text.split([' ', '\t', ':']).next().unwrap_or_default().trim_end_matches('.');
    let code = code.strip_suffix(".0").unwrap_or(code);
    if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        // A name says nothing of codes of STYRK-98: those of STYRK-08 would be taken for them.
        let near = if version == Version::Styrk08 { named(text) } else { Vec::new() };
        return Err(NoOccupation::NotACode { near });
    }
    let number: u32 = code.parse().unwrap_or(u32::MAX);
    let found = |code| Found { code, written: number };
    match (code.len(), version) {
        (4, _) if number == 0 => Ok(Found { code: 0, written: 0 }),
        (6 | 7, _) => match payroll::styrk08(number) {
            Some(code) => Ok(found(code)),
            None => Err(NoOccupation::UnknownTitle { near: nearest_titles(number) }),
        },
        (3 | 4, Version::Styrk08) => match u16::try_from(number).ok().filter(|number| name(*number).is_some()) {
            Some(code) => Ok(found(code)),
            None if is_beginning(code) => Err(NoOccupation::Group),
            None => Err(NoOccupation::Unknown { near: nearest(code, all().iter().copied()) }),
        },
        (_, Version::Styrk08) if is_beginning(code) => Err(NoOccupation::Group),
        (_, Version::Styrk08) => Err(NoOccupation::Unknown { near: nearest(code, all().iter().copied()) }),
        (4, Version::Styrk98) => match *payroll::of_group(u16::try_from(number).unwrap_or(u16::MAX)) {
            [] => Err(NoOccupation::UnknownGroup { near: nearest(code, payroll::groups()) }),
            [code] => Ok(found(code)),
            ref several => Err(NoOccupation::Several { now: several.to_vec() }),
        },
        (_, Version::Styrk98) => Err(NoOccupation::UnknownGroup { near: nearest(code, payroll::groups()) }),
    }
}

/// The codes nearest to one that does not exist: one digit other, missing or too many, or two that changed places; of
/// those the ones that begin alike for longest, then the ones nearest in number.
fn nearest(code: &str, all: impl Iterator<Item = u16>) -> Vec<u16> {
    let number: i32 = code.parse().unwrap_or(i32::MAX);
    let mut near: Vec<(usize, usize, i32, u16)> = all
        .map(|other| {
            let written = format!("{other:04}");
            let alike = written.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count();
            let distance = strsim::osa_distance(code, &written);
            (distance, 4 - alike, number.saturating_sub(i32::from(other)).saturating_abs(), other)
        })
        .collect();
    near.sort_unstable();
    near.into_iter().filter(|(distance, ..)| *distance <= 2).take(3).map(|(.., other)| other).collect()
}

/// The codes of seven digits nearest to one that does not exist: of the same group the ones nearest in number; where there is no
/// such group, of the groups nearest to it.
fn nearest_titles(number: u32) -> Vec<u32> {
    let groups = match u16::try_from(number / 1000).map(payroll::of_group) {
        Ok(found) if !found.is_empty() => vec![number / 1000],
        _ => nearest(&format!("{:04}", number / 1000), payroll::groups()).into_iter().map(u32::from).collect(),
    };
    let title = |code: u32| (code % 1000).abs_diff(number % 1000);
    let in_group = |group: u32| {
        let mut titles: Vec<u32> = payroll::all().filter(|code| code / 1000 == group).collect();
        titles.sort_by_key(|code| (title(*code), *code));
        titles
    };
    let each = if groups.len() == 1 { 3 } else { 1 };
    groups.into_iter().flat_map(|group| in_group(group).into_iter().take(each)).collect()
}

/// The occupations whose names are most like a text.
fn named(text: &str) -> Vec<u16> {
    let text = text.to_lowercase();
    let score = |code: &&u16| strsim::jaro_winkler(&name(**code).unwrap_or_default().to_lowercase(), &text);
    let mut near: Vec<(f64, u16)> = all().iter().map(|code| (score(&code), *code)).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.into_iter().take_while(|(score, _)| *score > 0.88).take(3).map(|(_, code)| code).collect()
}

/// Why a text is no occupation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoOccupation {
    /// No code with these digits.
    Unknown {
        /// The nearest that exist.
        near: Vec<u16>,
    },
    /// A group of occupations.
    Group,
    /// Seven digits that the catalogue of payroll codes does not have.
    UnknownTitle {
        /// The nearest that it has.
        near: Vec<u32>,
    },
    /// No group of STYRK-98 with these digits.
    UnknownGroup {
        /// The nearest that exist.
        near: Vec<u16>,
    },
    /// A group of STYRK-98 that became several occupations.
    Several {
        /// Those, in STYRK-08.
        now: Vec<u16>,
    },
    /// No digits.
    NotACode {
        /// Occupations with a name like it.
        near: Vec<u16>,
    },
}

impl Explain for NoOccupation {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-occupation",
            Self::Group => "group-of-occupations",
            Self::UnknownTitle { .. } => "unknown-payroll-code",
            Self::UnknownGroup { .. } => "unknown-occupation-98",
            Self::Several { .. } => "occupation-became-several",
            Self::NotACode { .. } => "not-an-occupation",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_owned();
        match self {
            Self::Unknown { .. } => t(
                "yrkeskoden finnes ikke i STYRK-08",
                "yrkeskoden finst ikkje i STYRK-08",
                "there is no such code of occupation in STYRK-08",
            ),
            Self::Group => t(
                "dette er en gruppe av yrker, ikke ett yrke",
                "dette er ei gruppe av yrke, ikkje eitt yrke",
                "this is a group of occupations, not one occupation",
            ),
            Self::UnknownTitle { .. } => t(
                "yrkeskoden på sju siffer finnes ikke i SSBs yrkeskatalog",
                "yrkeskoden på sju siffer finst ikkje i yrkeskatalogen til SSB",
                "there is no such code of seven digits in Statistics Norway's catalogue of occupations",
            ),
            Self::UnknownGroup { .. } => t(
                "yrkeskoden finnes ikke i STYRK-98",
                "yrkeskoden finst ikkje i STYRK-98",
                "there is no such code of occupation in STYRK-98",
            ),
            Self::Several { .. } => t(
                "dette yrket i STYRK-98 ble flere yrker i STYRK-08",
                "dette yrket i STYRK-98 vart fleire yrke i STYRK-08",
                "this occupation of STYRK-98 became several in STYRK-08",
            ),
            Self::NotACode { .. } => {
                t("dette er ikke en yrkeskode", "dette er ikkje ein yrkeskode", "this is not a code of occupation")
            }
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::UnknownGroup { .. } | Self::Several { .. } => lang.pick(
                "fire siffer av STYRK-98, som 2111, eller sju siffer fra lønnssystemet; tomt når yrket ikke er kjent",
                "fire siffer av STYRK-98, som 2111, eller sju siffer frå lønssystemet; tomt når yrket ikkje er kjent",
                "four digits of STYRK-98, such as 2111, or the seven of payroll; empty where the occupation is not known",
            ),
            Self::UnknownTitle { .. } => lang.pick(
                "sju siffer av yrkeskatalogen, eller fire av STYRK-08; tomt når yrket ikke er kjent",
                "sju siffer av yrkeskatalogen, eller fire av STYRK-08; tomt når yrket ikkje er kjent",
                "seven digits of the catalogue, or four of STYRK-08; empty where the occupation is not known",
            ),
            _ => lang.pick(
                "fire siffer av STYRK-08, som 2223; tomt når yrket ikke er kjent",
                "fire siffer av STYRK-08, som 2223; tomt når yrket ikkje er kjent",
                "four digits of STYRK-08, such as 2223; empty where the occupation is not known",
            ),
        };
        Some(words.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_owned());
        match self {
            Self::Unknown { near } | Self::NotACode { near } if !near.is_empty() => {
                Some(meant(lang, near.iter().map(|code| written(*code))))
            }
            Self::UnknownTitle { near } if !near.is_empty() => {
                let title =
                    |code: &u32| format!("{code:07} ({})", payroll::styrk08(*code).map(written).unwrap_or_default());
                Some(meant(lang, near.iter().map(title)))
            }
            Self::UnknownGroup { near } if !near.is_empty() => {
                Some(meant(lang, near.iter().map(|code| format!("{code:04}"))))
            }
            Self::Several { now } => {
                let more = if now.len() > 4 { ", …" } else { "" };
                let now: Vec<String> = now.iter().take(4).map(|code| written(*code)).collect();
                let now = now.join(", ") + more;
                Some(match lang {
                    Lang::Nb => format!("det kan være {now}: skriv alle sju siffer fra lønnssystemet"),
                    Lang::Nn => format!("det kan vere {now}: skriv alle sju siffer frå lønssystemet"),
                    Lang::En => format!("it can be {now}: write all seven digits of payroll"),
                })
            }
            Self::UnknownTitle { .. } | Self::UnknownGroup { .. } => t(
                "slå opp yrket på ssb.no/klass/klassifikasjoner/145",
                "slå opp yrket på ssb.no/klass/klassifikasjoner/145",
                "look the occupation up at ssb.no/klass/klassifikasjoner/145",
            ),
            Self::Unknown { .. } | Self::NotACode { .. } => t(
                "slå opp yrket på ssb.no/klass/klassifikasjoner/7",
                "slå opp yrket på ssb.no/klass/klassifikasjoner/7",
                "look the occupation up at ssb.no/klass/klassifikasjoner/7",
            ),
            Self::Group => t(
                "bruk alle fire siffer, eller la feltet stå tomt",
                "bruk alle fire siffer, eller la feltet stå tomt",
                "use all four digits, or leave the field empty",
            ),
        }
    }
}

/// Code and name.
fn written(code: u16) -> String {
    format!("{code:04} {}", name(code).unwrap_or_default())
}

fn meant(lang: Lang, near: impl Iterator<Item = String>) -> String {
    format!("{} {}?", lang.pick("mente du", "meinte du", "did you mean"), near.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_list() {
        assert_eq!(all().len(), 406);
        assert!(all().windows(2).all(|pair| pair[0] < pair[1]));
        // Every unit group stands under a major and a sub-major group that has a name.
        assert!(all().iter().all(|code| {
            let written = format!("{code:04}");
            group_name(&written[..1]).is_some() && group_name(&written[..2]).is_some()
        }));
        assert_eq!(LIST.lines().filter(|line| line.split('\t').next().is_some_and(|code| code.len() == 2)).count(), 42);
    }

    fn read(text: &str, version: Version) -> (u16, bool) {
        let found = parse(text, version).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        (found.code, found.written != u32::from(found.code))
    }

    #[test]
    fn codes_that_are_read() {
        for (text, code) in [("2223", 2223), (" 2223 ", 2223), ("2223 Sykepleiere", 2223), ("0110", 110), ("110", 110)]
        {
            assert_eq!(read(text, Version::Styrk08), (code, false), "{text}");
        }
        for (text, code) in [("0000", 0), ("5321.0", 5321), ("'0210", 210)] {
            assert_eq!(read(text, Version::Styrk08), (code, false), "{text}");
        }
    }

    #[test]
    fn codes_of_payroll_are_converted() {
        // Intensive care nurse, sergeant with and without the zero that a spreadsheet took, mayor with its title.
        for (text, code) in [("2230101", 2221), ("0112101", 210), ("112101", 210), ("1110103 ORDFØRER", 1111)] {
            assert_eq!(read(text, Version::Styrk08), (code, true), "{text}");
            assert_eq!(read(text, Version::Styrk98), (code, true), "{text}");
        }
    }

    #[test]
    fn the_older_standard_is_converted_where_a_group_became_one() {
        assert_eq!(read("1120", Version::Styrk98), (1112, true));
        assert_eq!(read("0000", Version::Styrk98), (0, false));
        // Occupations of both standards, under the same number.
        assert_eq!(read("2310", Version::Styrk98), (2310, false));
        let several = parse("2230", Version::Styrk98).unwrap_err();
        let NoOccupation::Several { now } = &several else { panic!("{several:?}") };
        assert!(now.contains(&2221) && now.contains(&2222), "{now:?}");
        assert!(several.help(Lang::Nb).unwrap().contains("2221 Spesialsykepleiere"));
        assert_eq!(parse("1121", Version::Styrk98), Err(NoOccupation::UnknownGroup { near: vec![1120, 1141, 1221] }));
        assert_eq!(parse("Sykepleier", Version::Styrk98), Err(NoOccupation::NotACode { near: vec![] }));
    }

    #[test]
    fn codes_that_are_not() {
        let why = |text| parse(text, Version::Styrk08).unwrap_err();
        assert_eq!(why("2220"), NoOccupation::Unknown { near: vec![2221, 2222, 2223] });
        assert_eq!(why("2232"), NoOccupation::Unknown { near: vec![2223, 2222, 2212] });
        assert_eq!(why("22233"), NoOccupation::Unknown { near: vec![2223, 2224, 2222] });
        assert_eq!(why("222"), NoOccupation::Group);
        assert_eq!(why("22"), NoOccupation::Group);
        assert_eq!(why("1120199"), NoOccupation::UnknownTitle { near: vec![1_120_154, 1_120_153, 1_120_152] });
        assert_eq!(why("1121103"), NoOccupation::UnknownTitle { near: vec![1_120_103, 1_141_103, 1_221_103] });
        assert_eq!(why("Sykepleier"), NoOccupation::NotACode { near: vec![2223] });
        assert_eq!(
            why("2220").help(Lang::Nb).unwrap(),
            "mente du 2221 Spesialsykepleiere, 2222 Jordmødre, 2223 Sykepleiere?"
        );
        assert!(why("1120199").help(Lang::En).unwrap().starts_with("did you mean 1120154 (1112 Toppledere"));
        assert!(why("9999").help(Lang::En).is_some());
    }
}
