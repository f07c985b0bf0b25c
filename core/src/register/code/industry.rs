//! Industries: SN2007 (NACE Rev. 2) and SN2025 (NACE Rev. 2.1), by their divisions.
//!
//! The first two digits of a code are its division; those are checked against both standards. What follows is checked by its
//! form: `86`, `86.1`, `86.10`, `86.101`, with or without the point. In SN2025 division 45, trade with and repair of motor
//! vehicles, is gone; all other numbers stand in both, although groups were moved between some of them, so that a series of
//! industries that crosses the change is a broken one.
//!
//! # Source
//!
//! Statistics Norway, KLASS 6, standard for industries, SN2007 and SN2025; Commission Delegated Regulation (EU) 2023/137, NACE
//! Rev. 2.1. `README.md` beside this file.

use crate::problem::Explain;
use crate::text::Lang;

/// Code, tab, name of the divisions of SN2007.
const SN2007: &str = include_str!("sn2007.tsv");

/// A version of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// In use from 2009.
    Sn2007,
    /// In use from 2025.
    Sn2025,
}

impl Version {
    /// Its name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sn2007 => "SN2007",
            Self::Sn2025 => "SN2025",
        }
    }

    /// Whether it has a division.
    #[must_use]
    pub const fn has(self, division: u8) -> bool {
        let both = matches!(division, 1..=3 | 5..=33 | 35..=39 | 41..=43 | 46 | 47 | 49..=53 | 55 | 56 | 58..=66 | 68..=75
            | 77..=82 | 84..=88 | 90..=97 | 99);
        match self {
            Self::Sn2007 => (both && division != 67) || division == 45,
            Self::Sn2025 => (both && division != 67) || division == 98,
        }
    }
}

/// What became of a division of SN2007 in SN2025: the divisions that its groups stand in, where they are not those of the same
/// number.
///
/// ```
/// use bygdepuls_core::register::code::industry::in_sn2025;
/// assert_eq!(in_sn2025(45), [46, 47, 95]); // trade, retail sale and repair of motor vehicles
/// assert!(in_sn2025(86).is_empty());
/// ```
#[must_use]
pub const fn in_sn2025(division: u8) -> &'static [u8] {
    if division == 45 { &[46, 47, 95] } else { &[] }
}

/// The name of a division of SN2007, in bokmål.
#[must_use]
pub fn name(division: u8) -> Option<&'static str> {
    let code = format!("{division:02}");
    SN2007.lines().find_map(|line| line.split_once('\t').filter(|(own, _)| *own == code).map(|(_, name)| name))
}

/// Reads the division of a code.
///
/// # Errors
///
/// Why it is no industry of the version.
pub fn parse(text: &str, version: Version) -> Result<u8, NoIndustry> {
    let code = text.trim().trim_start_matches(['\'', '’']).split(' ').next().unwrap_or_default();
    // One letter in front is the section: `Q86.1`.
    let code = code.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(code);
    let (division, rest) = code.split_at_checked(2).ok_or(NoIndustry::NotACode)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(division) || !digits(rest) || rest.len() > 3 {
        return Err(NoIndustry::NotACode);
    }
    let number: u8 = division.parse().map_err(|_| NoIndustry::NotACode)?;
    if version.has(number) {
        return Ok(number);
    }
    let near = (1..=99).filter(|other| version.has(*other)).min_by_key(|other| (other.abs_diff(number), *other));
    Err(NoIndustry::Unknown { version, number, near: near.unwrap_or_default() })
}

/// Why a text is no industry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoIndustry {
    /// Not of the form.
    NotACode,
    /// The version does not have the division.
    Unknown {
        /// The version.
        version: Version,
        /// The division.
        number: u8,
        /// The nearest one that it has.
        near: u8,
    },
}

impl Explain for NoIndustry {
    fn code(&self) -> &'static str {
        match self {
            Self::NotACode => "not-an-industry",
            Self::Unknown { .. } => "unknown-industry",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotACode => lang
                .pick(
                    "dette er ikke en næringskode",
                    "dette er ikkje ein næringskode",
                    "this is not a code of industry",
                )
                .into(),
            Self::Unknown { version, number, .. } => {
                let version = version.code();
                match lang {
                    Lang::Nb => format!("{version} har ikke næring {number:02}"),
                    Lang::Nn => format!("{version} har ikkje næring {number:02}"),
                    Lang::En => format!("{version} has no division {number:02}"),
                }
            }
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        Some(
            lang.pick(
                "to til fem siffer, som 86 eller 86.101",
                "to til fem siffer, som 86 eller 86.101",
                "two to five digits, such as 86 or 86.101",
            )
            .into(),
        )
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let Self::Unknown { version, number, near } = self else { return None };
        let moved = in_sn2025(*number);
        if *version == Version::Sn2025 && !moved.is_empty() {
            let moved: Vec<String> = moved.iter().map(|code| format!("{code:02}")).collect();
            let moved = moved.join(", ");
            return Some(match lang {
                Lang::Nb => format!("koden er fra SN2007; i SN2025 står innholdet i {moved}"),
                Lang::Nn => format!("koden er frå SN2007; i SN2025 står innhaldet i {moved}"),
                Lang::En => format!("the code is of SN2007; in SN2025 what it held stands in {moved}"),
            });
        }
        let name = name(*near).unwrap_or_default();
        Some(format!("{} {near:02} {name}?", lang.pick("mente du", "meinte du", "did you mean")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisions() {
        let sn2007: Vec<u8> = (0..=99).filter(|number| Version::Sn2007.has(*number)).collect();
        let named: Vec<u8> = SN2007.lines().map(|line| line[..2].parse().unwrap()).collect();
        assert_eq!(sn2007, named);
        assert_eq!((0..=99).filter(|number| Version::Sn2025.has(*number)).count(), 87);
    }

    #[test]
    fn codes() {
        for text in ["86", "86.1", "86.10", "86.101", "86101", "Q86.101", "86.101 Alminnelige somatiske sykehus"] {
            assert_eq!(parse(text, Version::Sn2025), Ok(86), "{text}");
        }
        assert_eq!(parse("45.200", Version::Sn2007), Ok(45));
        let gone = parse("45.200", Version::Sn2025).unwrap_err();
        assert_eq!(gone.help(Lang::En).unwrap(), "the code is of SN2007; in SN2025 what it held stands in 46, 47, 95");
        assert_eq!(
            parse("83", Version::Sn2007).unwrap_err().help(Lang::Nb).unwrap(),
            "mente du 82 Annen forretningsmessig tjenesteyting?"
        );
        assert_eq!(parse("helse", Version::Sn2007), Err(NoIndustry::NotACode));
    }
}
