//! Occupations: STYRK-08, the Norwegian version of ISCO-08, in four digits.
//!
//! Codes of seven digits, which employers report in payroll, begin with a code of the older standard STYRK-98. The two
//! use the same numbers for different occupations (2221 is a doctor in the older one and a nurse in the newer one), so that
//! none of them is ever read as the other.
//!
//! # Source
//!
//! Statistics Norway, KLASS 7, standard for occupations (STYRK-08), version of 2011; `README.md` beside this file.

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

/// Reads a code: four digits, perhaps with a name after them; three where a spreadsheet took the zero in front.
///
/// `0000` is the standard's own "not stated" and gives 0.
///
/// # Errors
///
/// Why it is no occupation.
pub fn parse(text: &str) -> Result<u16, NoOccupation> {
    let text = text.trim().trim_start_matches(['\'', '’']);
    let code = text.split([' ', '\t', ':']).next().unwrap_or_default().trim_end_matches('.');
    let code = code.strip_suffix(".0").unwrap_or(code);
    if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoOccupation::NotACode { near: named(text) });
    }
    match code.len() {
        7 => Err(NoOccupation::Payroll),
        4 if code == "0000" => Ok(0),
        3 | 4 => match code.parse::<u16>().ok().filter(|number| name(*number).is_some()) {
            Some(number) => Ok(number),
            None if is_beginning(code) => Err(NoOccupation::Group),
            None => Err(NoOccupation::Unknown { near: nearest(code) }),
        },
        _ if is_beginning(code) => Err(NoOccupation::Group),
        _ => Err(NoOccupation::Unknown { near: nearest(code) }),
    }
}

/// The codes nearest to one that does not exist: one digit other, missing or too many, or two that changed places; of
/// those the ones that begin alike for longest, then the ones nearest in number.
fn nearest(code: &str) -> Vec<u16> {
    let number: i32 = code.parse().unwrap_or(i32::MAX);
    let mut near: Vec<(usize, usize, i32, u16)> = all()
        .iter()
        .map(|&other| {
            let written = format!("{other:04}");
            let alike = written.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count();
            let distance = strsim::osa_distance(code, &written);
            (distance, 4 - alike, number.saturating_sub(i32::from(other)).saturating_abs(), other)
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

/// Why a text is no occupation of STYRK-08.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoOccupation {
    /// No code with these digits.
    Unknown {
        /// The nearest that exist.
        near: Vec<u16>,
    },
    /// A group of occupations.
    Group,
    /// Seven digits: a code of payroll, which begins with a code of STYRK-98.
    Payroll,
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
            Self::Payroll => "payroll-code",
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
            Self::Payroll => t(
                "dette er en yrkeskode på sju siffer fra lønnssystemet: den bygger på STYRK-98, ikke på STYRK-08",
                "dette er ein yrkeskode på sju siffer frå lønssystemet: han byggjer på STYRK-98, ikkje på STYRK-08",
                "this is a payroll code of seven digits: it is based on STYRK-98, not on STYRK-08",
            ),
            Self::NotACode { .. } => {
                t("dette er ikke en yrkeskode", "dette er ikkje ein yrkeskode", "this is not a code of occupation")
            }
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = lang.pick(
            "fire siffer av STYRK-08, som 2223; tomt når yrket ikke er kjent",
            "fire siffer av STYRK-08, som 2223; tomt når yrket ikkje er kjent",
            "four digits of STYRK-08, such as 2223; empty where the occupation is not known",
        );
        Some(words.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_owned());
        match self {
            Self::Unknown { near } | Self::NotACode { near } if !near.is_empty() => {
                let near: Vec<String> =
                    near.iter().map(|code| format!("{code:04} {}", name(*code).unwrap_or_default())).collect();
                Some(format!("{} {}?", lang.pick("mente du", "meinte du", "did you mean"), near.join(", ")))
            }
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
            Self::Payroll => t(
                "legg til STYRK-08 med SSBs katalog over yrkeskoder (ssb.no/klass/klassifikasjoner/145, fana korrespondanser)",
                "legg til STYRK-08 med SSBs katalog over yrkeskodar (ssb.no/klass/klassifikasjoner/145, fana korrespondansar)",
                "add STYRK-08 with Statistics Norway's catalogue of codes (ssb.no/klass/klassifikasjoner/145, the tab of correspondences)",
            ),
        }
    }
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

    #[test]
    fn codes_that_are_read() {
        for (text, code) in [("2223", 2223), (" 2223 ", 2223), ("2223 Sykepleiere", 2223), ("0110", 110), ("110", 110)]
        {
            assert_eq!(parse(text), Ok(code), "{text}");
        }
        assert_eq!((parse("0000"), parse("5321.0"), parse("'0210")), (Ok(0), Ok(5321), Ok(210)));
    }

    #[test]
    fn codes_that_are_not() {
        assert_eq!(parse("2220"), Err(NoOccupation::Unknown { near: vec![2221, 2222, 2223] }));
        assert_eq!(parse("2232"), Err(NoOccupation::Unknown { near: vec![2223, 2222, 2212] }));
        assert_eq!(parse("22233"), Err(NoOccupation::Unknown { near: vec![2223, 2224, 2222] }));
        assert_eq!(parse("222"), Err(NoOccupation::Group));
        assert_eq!(parse("22"), Err(NoOccupation::Group));
        assert_eq!(parse("3231107"), Err(NoOccupation::Payroll));
        assert_eq!(parse("Sykepleier"), Err(NoOccupation::NotACode { near: vec![2223] }));
        let unknown = parse("2220").unwrap_err();
        assert_eq!(
            unknown.help(Lang::Nb).unwrap(),
            "mente du 2221 Spesialsykepleiere, 2222 Jordmødre, 2223 Sykepleiere?"
        );
        assert!(parse("9999").unwrap_err().help(Lang::En).is_some());
    }
}
