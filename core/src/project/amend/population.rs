//! The register of the population from Statistics Norway's own file.

use crate::problem::{Explain, Privacy, Problem, Problems};
use crate::read::statbank::{Age, Category, Key, Meaning, Options, Period, Role, StatTable};
use crate::register::Sex;
use crate::text::Lang;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The columns of the register as a project has it.
const COLUMNS: [&str; 4] = ["kommunenr", "year", "age", "total"];

/// Why a table cannot be the register of the population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PopulationProblem {
    /// It has no ages of one year.
    NoSingleAges,
    /// It has none of the region's municipalities.
    OtherMunicipalities,
}

impl Explain for PopulationProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSingleAges => "no-single-ages",
            Self::OtherMunicipalities => "other-municipalities",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::NoSingleAges => (
                "tabellen har ikke alder i ettårige trinn",
                "tabellen har ikkje alder i eittårige steg",
                "the table has no ages of one year",
            ),
            Self::OtherMunicipalities => (
                "tabellen har ingen av regionens kommuner",
                "tabellen har ingen av kommunane i regionen",
                "the table has none of the region's municipalities",
            ),
        };
        lang.pick(words.0, words.1, words.2).into()
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NoSingleAges => ("0 år, 1 år, … 15 år", "0 år, 1 år, … 15 år", "0 years, 1 year, … 15 years"),
            Self::OtherMunicipalities => return None,
        };
        Some(lang.pick(words.0, words.1, words.2).into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NoSingleAges => (
                "velg ettårig alder i tabell 07459",
                "vel eittårig alder i tabell 07459",
                "choose ages of one year in table 07459",
            ),
            Self::OtherMunicipalities => (
                "velg kommunene i regionen i tabell 07459",
                "vel kommunane i regionen i tabell 07459",
                "choose the region's municipalities in table 07459",
            ),
        };
        Some(lang.pick(words.0, words.1, words.2).into())
    }
}

/// The register of the population as a project has it, from a file: such a register as it is, or a table of the population by
/// municipality, year, age and perhaps sex in any form of the statistics bank. Of a table only whole years, ages of one year and
/// the municipalities with these codes are taken; what has no figure stays empty. `None` where it is neither.
///
/// ```
/// # use bygdepuls_core::{problem::Problems, project::amend::population};
/// let csv = "region;alder;år;Personer\n5042 Lierne;15 år;2026;18\n5042 Lierne;16 år;2026;..\n0301 Oslo;15 år;2026;7\n";
/// let read = population("07459.csv", csv.as_bytes(), &["5042"], &mut Problems::new()).unwrap();
/// let expected = "kommunenr,year,age,total,female,male\n5042,2026,15,18,,\n5042,2026,16,,,\n";
/// assert_eq!(String::from_utf8(read).unwrap(), expected);
/// ```
pub fn population(file: &str, bytes: &[u8], codes: &[&str], problems: &mut Problems) -> Option<Vec<u8>> {
    if is_register(bytes) {
        return Some(bytes.to_vec());
    }
    let table = StatTable::read(file, bytes, &Options::default(), problems)?;
    let mut keys = vec![Key::Role(Role::Region), Key::Role(Role::Time), Key::Role(Role::Age)];
    let has_sex = table.dimension(Role::Sex).is_some();
    if has_sex {
        keys.push(Key::Role(Role::Sex));
    }
    let long = table.long(&keys, None, problems)?;
    // All, women, men.
    let mut counts: BTreeMap<(&str, u16, u16), [Option<u64>; 3]> = BTreeMap::new();
    let (mut has_ages, mut others) = (false, None);
    for record in 0..long.len() {
        let of = |key: usize| long.category(record, key);
        let (Some(region), Some(time), Some(age)) = (of(0), of(1), of(2)) else { continue };
        let (Some(Period::Year(year)), Some(age)) = (time.period(), age.age().and_then(Age::single)) else { continue };
        has_ages = true;
        if !codes.contains(&region.code.as_str()) {
            others = Some(region.written.as_str());
            continue;
        }
        let sex = if has_sex { of(3).and_then(sex_of) } else { Some(0) };
        let Some(place) = sex else { continue };
        let number = long.value(record).and_then(|value| value.number());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of people")]
        let number = number.filter(|number| *number >= 0.0).map(|number| number as u64);
        counts.entry((region.code.as_str(), year, age)).or_default()[place] = number;
    }
    let wrong = match (has_ages, counts.is_empty()) {
        (false, _) => Some(PopulationProblem::NoSingleAges),
        (true, true) => Some(PopulationProblem::OtherMunicipalities),
        _ => None,
    };
    if let Some(wrong) = wrong {
        let problem = Problem::error(file, wrong);
        problems.push(match others {
            Some(region) if has_ages => problem.value(region, Privacy::Open),
            _ => problem,
        });
        return None;
    }
    let mut text = "kommunenr,year,age,total,female,male\n".to_owned();
    let cell = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    for ((code, year, age), [all, female, male]) in counts {
        let all = all.or_else(|| Some(female? + male?));
        let _ = writeln!(text, "{code},{year},{age},{},{},{}", cell(all), cell(female), cell(male));
    }
    Some(text.into_bytes())
}

/// The column of a category of sex.
fn sex_of(category: &Category) -> Option<usize> {
    match category.meaning {
        Meaning::Sex(None) => Some(0),
        Meaning::Sex(Some(Sex::Female)) => Some(1),
        Meaning::Sex(Some(Sex::Male)) => Some(2),
        _ => None,
    }
}

/// Whether the first line has the register's own columns.
fn is_register(bytes: &[u8]) -> bool {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let clean = |name: &str| name.trim_matches(['\u{feff}', '"', ' ', '\r']).to_owned();
    let names: Vec<String> = line.split([',', ';', '\t']).map(clean).collect();
    COLUMNS.iter().all(|column| names.iter().any(|name| name == column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, codes: &[&str]) -> Result<String, Vec<&'static str>> {
        let mut problems = Problems::new();
        let read = population("07459.csv", text.as_bytes(), codes, &mut problems);
        let told = || problems.list().iter().map(|one| one.what.code()).collect();
        read.map(|bytes| String::from_utf8(bytes).unwrap()).ok_or_else(told)
    }

    #[test]
    fn a_register_is_taken_as_it_is() {
        let own = "\u{feff}\"kommunenr\";year;age;total\r\n5042;2026;15;18\r\n";
        assert_eq!(read(own, &["5042"]).as_deref(), Ok(own));
    }

    #[test]
    fn a_table_across_years_with_sexes() {
        let csv = "\"region\",\"kjønn\",\"alder\",\"Personer 2025\",\"Personer 2026\"\n\
                   \"K-5043 Raarvihke - Røyrvik\",\"Kvinner\",\"15 år\",2,1\n\
                   \"K-5043 Raarvihke - Røyrvik\",\"Menn\",\"15 år\",4,2\n\
                   \"K-5043 Raarvihke - Røyrvik\",\"Menn\",\"105 år eller eldre\",0,0\n";
        let expected = "kommunenr,year,age,total,female,male\n5043,2025,15,6,2,4\n5043,2026,15,3,1,2\n";
        assert_eq!(read(csv, &["5042", "5043"]).as_deref(), Ok(expected));
    }

    #[test]
    fn what_is_no_such_table() {
        let csv = "region;alder;år;Personer\n5042 Lierne;0-5 år;2026;18\n";
        assert_eq!(read(csv, &["5042"]), Err(vec!["no-single-ages"]));
        let csv = "region;alder;år;Personer\n5042 Lierne;15 år;2026;18\n";
        assert_eq!(read(csv, &["3439"]), Err(vec!["other-municipalities"]));
        assert!(read("vare;antall\nmelk;2\n", &["5042"]).is_err());
        assert!(read("", &["5042"]).is_err());
    }
}
