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

/// Reads a code: four digits, or the seven of payroll, which become the occupation of STYRK-08 that they are. Digits may stand in
/// groups, as spreadsheets write numbers, and a name may follow them. Of STYRK-08 three digits are read whose zero a
/// spreadsheet took; of the others such a code could be another one.
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
    let code = digits(text);
    let number: u32 = code.parse().unwrap_or(u32::MAX);
    let group = u16::try_from(number).unwrap_or(u16::MAX);
    let found = |code| Found { code, written: number };
    let why = match (code.len(), version) {
        (0, _) => Why::NotACode,
        (1..=4, _) if number == 0 => return Ok(found(0)),
        (6.., _) => match payroll::styrk08(number).filter(|_| code.len() == 7) {
            Some(code) => return Ok(found(code)),
            None => Why::UnknownTitle,
        },
        (3 | 4, Version::Styrk08) if name(group).is_some() => return Ok(found(group)),
        (_, Version::Styrk08) if is_beginning(&code) => Why::Group,
        (4, Version::Styrk98) => match *payroll::of_group(group) {
            [] => Why::Unknown,
            [code] => return Ok(found(code)),
            _ => Why::Several,
        },
        _ => Why::Unknown,
    };
    let written = if why == Why::NotACode { text.trim().to_owned() } else { code };
    Err(NoOccupation { why, written, version })
}

/// The digits that a text begins with; none where something else stands beside them than a name.
fn digits(text: &str) -> String {
    let mut code = String::new();
    for word in text.trim_start_matches(|c: char| c.is_whitespace() || ['\'', '’'].contains(&c)).split_whitespace() {
        let (digits, rest) = word.split_at(word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len()));
        if digits.is_empty() {
            break;
        }
        code.push_str(digits);
        match rest.strip_prefix(['.', ',', ':']) {
            None if rest.is_empty() => {}
            // The decimals of a spreadsheet, or a mark before the name.
            Some(zeros) if zeros.bytes().all(|byte| byte == b'0') => break,
            _ => return String::new(),
        }
    }
    code
}

/// The codes of so many digits nearest to one that does not exist: one digit other, missing or too many, or two that changed
/// places; of those the ones that begin alike for longest, then the ones nearest in number.
fn nearest(code: &str, width: usize, all: impl Iterator<Item = u32>) -> Vec<u32> {
    let number: u32 = code.parse().unwrap_or(u32::MAX);
    let mut near: Vec<(usize, usize, u32, u32)> = all
        .map(|other| {
            let written = format!("{other:0width$}");
            let alike = written.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count();
            // Nearest of all is the one that lacks its zero in front.
            let distance =
                if written.strip_prefix('0') == Some(code) { 0 } else { strsim::osa_distance(code, &written) };
            (distance, width - alike, number.abs_diff(other), other)
        })
        .collect();
    near.sort_unstable();
    near.into_iter().filter(|(distance, ..)| *distance <= 2).take(3).map(|(.., other)| other).collect()
}

/// The occupations whose names are most like a text.
fn named(text: &str) -> Vec<u16> {
    let text = text.to_lowercase();
    let score = |code: &&u16| strsim::jaro_winkler(&name(**code).unwrap_or_default().to_lowercase(), &text);
    let mut near: Vec<(f64, u16)> = all().iter().map(|code| (score(&code), *code)).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.into_iter().take_while(|(score, _)| *score > 0.88).take(3).map(|(_, code)| code).collect()
}

/// A text that is no occupation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoOccupation {
    /// Why.
    pub why: Why,
    /// Its digits; all of it where it is no code.
    written: String,
    /// The standard in which codes of four digits were to be.
    version: Version,
}

/// Why a text is no occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No code with these digits.
    Unknown,
    /// A group of occupations.
    Group,
    /// No code of seven digits in the catalogue of payroll codes.
    UnknownTitle,
    /// A group of STYRK-98 that became several occupations.
    Several,
    /// No digits.
    NotACode,
}

impl NoOccupation {
    /// What may have been meant, code and name. It is searched for only when somebody reads it.
    fn near(&self) -> Vec<String> {
        let code = self.written.as_str();
        match (self.why, self.version) {
            (Why::UnknownTitle, _) => {
                let near = nearest(code, 7, payroll::all()).into_iter();
                let title =
                    |title: u32| format!("{title:07} ({})", payroll::styrk08(title).map(written).unwrap_or_default());
                near.map(title).collect()
            }
            (Why::Unknown, Version::Styrk08) => {
                let near = nearest(code, 4, all().iter().copied().map(u32::from));
                near.into_iter().filter_map(|code| u16::try_from(code).ok()).map(written).collect()
            }
            (Why::Unknown, Version::Styrk98) => {
                let near = nearest(code, 4, payroll::groups().map(u32::from));
                near.into_iter().map(|group| format!("{group:04}")).collect()
            }
            (Why::NotACode, Version::Styrk08) => named(code).into_iter().map(written).collect(),
            // Names of STYRK-08 say nothing of codes of STYRK-98.
            _ => Vec::new(),
        }
    }
}

impl Explain for NoOccupation {
    fn code(&self) -> &'static str {
        match (self.why, self.version) {
            (Why::Unknown, Version::Styrk08) => "unknown-occupation",
            (Why::Unknown, Version::Styrk98) => "unknown-occupation-98",
            (Why::Group, _) => "group-of-occupations",
            (Why::UnknownTitle, _) => "unknown-payroll-code",
            (Why::Several, _) => "occupation-became-several",
            (Why::NotACode, _) => "not-an-occupation",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match (self.why, self.version) {
            (Why::Unknown, Version::Styrk08) => lang.pick(
                "yrkeskoden finnes ikke i STYRK-08",
                "yrkeskoden finst ikkje i STYRK-08",
                "there is no such code of occupation in STYRK-08",
            ),
            (Why::Unknown, Version::Styrk98) => lang.pick(
                "SSBs tabell fra STYRK-98 til STYRK-08 har ikke yrkeskoden",
                "tabellen til SSB frå STYRK-98 til STYRK-08 har ikkje yrkeskoden",
                "Statistics Norway's table from STYRK-98 to STYRK-08 does not have this code",
            ),
            (Why::Group, _) => lang.pick(
                "dette er en gruppe av yrker, ikke ett yrke",
                "dette er ei gruppe av yrke, ikkje eitt yrke",
                "this is a group of occupations, not one occupation",
            ),
            (Why::UnknownTitle, _) => lang.pick(
                "koden er ikke en yrkeskode på sju siffer fra SSBs yrkeskatalog",
                "koden er ikkje ein yrkeskode på sju siffer frå yrkeskatalogen til SSB",
                "this is no code of seven digits of Statistics Norway's catalogue of occupations",
            ),
            (Why::Several, _) => lang.pick(
                "dette yrket i STYRK-98 ble flere yrker i STYRK-08",
                "dette yrket i STYRK-98 vart fleire yrke i STYRK-08",
                "this occupation of STYRK-98 became several in STYRK-08",
            ),
            (Why::NotACode, _) => lang.pick(
                "dette er ikke en yrkeskode",
                "dette er ikkje ein yrkeskode",
                "this is not a code of occupation",
            ),
        };
        words.into()
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self.version {
            Version::Styrk08 => lang.pick(
                "fire siffer av STYRK-08, som 2223, eller sju fra lønnssystemet; tomt når yrket ikke er kjent",
                "fire siffer av STYRK-08, som 2223, eller sju frå lønssystemet; tomt når yrket ikkje er kjent",
                "four digits of STYRK-08, such as 2223, or the seven of payroll; empty where the occupation is not known",
            ),
            Version::Styrk98 => lang.pick(
                "fire siffer av STYRK-98, som 2111, eller sju fra lønnssystemet; tomt når yrket ikke er kjent",
                "fire siffer av STYRK-98, som 2111, eller sju frå lønssystemet; tomt når yrket ikkje er kjent",
                "four digits of STYRK-98, such as 2111, or the seven of payroll; empty where the occupation is not known",
            ),
        };
        Some(words.into())
    }

    fn help_tells_value(&self) -> bool {
        true
    }

    fn help(&self, lang: Lang) -> Option<String> {
        if self.why == Why::Several {
            let now = payroll::of_group(self.written.parse().unwrap_or(u16::MAX));
            let more = if now.len() > 4 { ", …" } else { "" };
            let now: Vec<String> = now.into_iter().take(4).map(written).collect();
            let now = now.join(", ") + more;
            return Some(match lang {
                Lang::Nb => format!("det kan være {now}: skriv alle sju siffer fra lønnssystemet"),
                Lang::Nn => format!("det kan vere {now}: skriv alle sju siffer frå lønssystemet"),
                Lang::En => format!("it can be {now}: write all seven digits of payroll"),
            });
        }
        let near = self.near();
        if !near.is_empty() {
            return Some(format!("{} {}?", lang.pick("mente du", "meinte du", "did you mean"), near.join(", ")));
        }
        let words = match (self.why, self.version) {
            (Why::Group, _) => lang.pick(
                "bruk alle fire siffer, eller la feltet stå tomt",
                "bruk alle fire siffer, eller la feltet stå tomt",
                "use all four digits, or leave the field empty",
            ),
            (Why::UnknownTitle, _) | (_, Version::Styrk98) => lang.pick(
                "slå opp yrket på ssb.no/klass/klassifikasjoner/145",
                "slå opp yrket på ssb.no/klass/klassifikasjoner/145",
                "look the occupation up at ssb.no/klass/klassifikasjoner/145",
            ),
            (_, Version::Styrk08) => lang.pick(
                "slå opp yrket på ssb.no/klass/klassifikasjoner/7",
                "slå opp yrket på ssb.no/klass/klassifikasjoner/7",
                "look the occupation up at ssb.no/klass/klassifikasjoner/7",
            ),
        };
        Some(words.into())
    }
}

/// Code and name.
fn written(code: u16) -> String {
    format!("{code:04} {}", name(code).unwrap_or_default())
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

    fn read(text: &str, version: Version) -> u16 {
        parse(text, version).unwrap_or_else(|why| panic!("{text}: {why:?}")).code
    }

    #[test]
    fn codes_that_are_read() {
        let same = [
            "2223",
            " 2223 ",
            "2223 Sykepleiere",
            "2223\u{a0}Sykepleiere",
            "2223: Sykepleiere",
            "2223.",
            "2223,0",
            "22 23",
        ];
        for text in same {
            assert_eq!(parse(text, Version::Styrk08), Ok(Found { code: 2223, written: 2223 }), "{text}");
        }
        for (text, code) in [("0000", 0), ("0", 0), ("5321.0", 5321), ("'0210", 210), ("0110", 110), ("110", 110)] {
            assert_eq!(read(text, Version::Styrk08), code, "{text}");
        }
    }

    #[test]
    fn codes_of_payroll_are_converted() {
        // Intensive care nurse, doctor, sergeant, mayor.
        let codes =
            [("2230101", 2221), ("2 230 101", 2221), ("2230101,00", 2221), ("2221 102 Lege", 2211), ("0112101", 210)];
        for (text, code) in codes.into_iter().chain([("1110103 ORDFØRER", 1111)]) {
            assert_eq!(read(text, Version::Styrk08), code, "{text}");
            assert_eq!(read(text, Version::Styrk98), code, "{text}");
        }
        assert_eq!(parse("2230101", Version::Styrk08).unwrap().written, 2_230_101);
    }

    #[test]
    fn the_older_standard_is_converted_where_a_group_became_one() {
        assert_eq!((read("1120", Version::Styrk98), read("0000", Version::Styrk98)), (1112, 0));
        // An occupation of both standards under the same number.
        assert_eq!(read("2310", Version::Styrk98), 2310);
        let why = |text| parse(text, Version::Styrk98).unwrap_err();
        assert_eq!(why("2230").why, Why::Several);
        assert_eq!(
            why("2230").help(Lang::Nb).unwrap(),
            "det kan være 2221 Spesialsykepleiere, 2222 Jordmødre, 1342 Ledere av helsetjenester, 2223 Sykepleiere: skriv alle \
             sju siffer fra lønnssystemet"
        );
        assert_eq!(why("1121").near(), ["1120", "1141", "1221"]);
        assert_eq!(why("111").near(), ["0111", "1110", "1141"]);
        assert_eq!((why("Sykepleier").why, why("Sykepleier").near().len()), (Why::NotACode, 0));
        assert!(why("Sykepleier").expected(Lang::En).unwrap().contains("STYRK-98"));
    }

    #[test]
    fn codes_that_are_not() {
        let why = |text| parse(text, Version::Styrk08).unwrap_err();
        let near = |text| {
            why(text).near().into_iter().map(|near| near[..near.find(' ').unwrap()].to_owned()).collect::<Vec<_>>()
        };
        let cases = [
            ("2220", Why::Unknown, ["2221", "2222", "2223"]),
            ("2232", Why::Unknown, ["2223", "2222", "2212"]),
            ("22233", Why::Unknown, ["2223", "2224", "2222"]),
            ("1120199", Why::UnknownTitle, ["1120149", "1120139", "1120129"]),
            ("1121103", Why::UnknownTitle, ["1120103", "1141103", "1221103"]),
        ];
        for (text, because, codes) in cases {
            assert_eq!((why(text).why, near(text)), (because, codes.map(str::to_owned).to_vec()), "{text}");
        }
        // Six digits may lack a zero in front, or any other: what they mean is asked.
        assert_eq!((why("112101").why, &near("112101")[0][..]), (Why::UnknownTitle, "0112101"));
        assert!(near("223010").iter().all(|near| near.starts_with("2230")), "{:?}", near("223010"));
        assert_eq!((why("22301011").why, &near("22301011")[0][..]), (Why::UnknownTitle, "2230101"));
        assert_eq!([why("222").why, why("22").why], [Why::Group; 2]);
        assert_eq!(
            (why("Sykepleier").why, why("Sykepleier").near()),
            (Why::NotACode, vec!["2223 Sykepleiere".to_owned()])
        );
        assert_eq!(why("2230-101").why, Why::NotACode);
        assert_eq!(
            why("2220").help(Lang::Nb).unwrap(),
            "mente du 2221 Spesialsykepleiere, 2222 Jordmødre, 2223 Sykepleiere?"
        );
        assert!(why("9999").help(Lang::En).is_some());
    }
}
