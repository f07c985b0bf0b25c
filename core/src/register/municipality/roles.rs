//! What the columns of a table of municipalities are: codes, names, figures to add up, keys.

use super::amount::Amount;
use super::convert::Conversion;
use super::name::fold;
use super::problem::{MunicipalityProblem, words};
use super::sheet::Sheet;
use super::{Code, Register, Status};
use crate::problem::{Problem, Problems};
use crate::text::Text;
use std::collections::BTreeSet;

/// Positions of columns.
#[derive(Debug, Default)]
pub(super) struct Roles {
    pub(super) codes: Vec<usize>,
    /// Each with the column of codes that it names.
    pub(super) names: Vec<(usize, usize)>,
    pub(super) sums: Vec<usize>,
    pub(super) drops: Vec<usize>,
    pub(super) year: Option<usize>,
}

/// Words of headers whose figures cannot be added up: shares and means, and flows over borders that a merger takes away.
const RATIOS: [&str; 36] = [
    "pct",
    "prosent",
    "percent",
    "percentage",
    "promille",
    "andel",
    "andeler",
    "share",
    "rate",
    "rater",
    "ratio",
    "indeks",
    "index",
    "snitt",
    "gjennomsnitt",
    "mean",
    "median",
    "average",
    "per",
    "pr",
    "grad",
    "dekning",
    "coverage",
    "tetthet",
    "density",
    "reisetid",
    "commuters",
    "commuting",
    "innpendling",
    "utpendling",
    "innpendlere",
    "utpendlere",
    "innflytting",
    "utflytting",
    "innflyttinger",
    "utflyttinger",
];

/// Words of headers whose numbers tell rows apart.
const KEYS: [&str; 33] = [
    "year", "år", "aar", "age", "alder", "sex", "kjønn", "kjonn", "code", "kode", "nr", "id", "no", "class", "klasse",
    "region", "fylke", "county", "month", "måned", "quarter", "kvartal", "tid", "time", "date", "dato", "wave",
    "cohort", "kull", "edition", "utgave", "gruppe", "group",
];

/// Words of headers of municipalities' names.
const NAMES: [&str; 9] =
    ["name", "navn", "namn", "kommune", "kommunenavn", "kommunenamn", "kommunar", "municipality", "municipalities"];

/// Words of headers of municipalities' codes.
const CODES: [&str; 8] =
    ["kommunenr", "kommunenummer", "knr", "komnr", "kommunekode", "region", "kommune", "municipality"];

fn tokens(header: &str) -> Vec<String> {
    header.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
}

/// Whether a header has one of these words, alone or (long ones) at the end of a compound.
fn has(header: &str, list: &[&str]) -> bool {
    let compound = |token: &str, word: &str| word.chars().count() >= 4 && token.ends_with(word);
    tokens(header).iter().any(|token| list.iter().any(|word| token == word || compound(token, word)))
}

fn is_ratio(header: &str) -> bool {
    header.contains('%') || has(header, &RATIOS)
}

fn is_key(header: &str) -> bool {
    has(header, &KEYS) || header.to_lowercase().ends_with("nr")
}

/// Whether nearly all values of a column are codes that municipalities have had.
fn holds_codes(sheet: &Sheet, column: usize, register: &Register) -> bool {
    let (mut all, mut known) = (0_usize, 0_usize);
    for value in sheet.values(column) {
        all += 1;
        let code = Code::leading(value).or_else(|| Code::without_zero(value));
        known += usize::from(code.is_some_and(|code| code == Code::NOT_STATED || !register.history(code).is_empty()));
    }
    all > 0 && known * 10 >= all * 8
}

/// The column of codes that nobody named: the one whose header says so, else the only one with codes in it.
pub(super) fn code_columns(sheet: &Sheet, register: &Register) -> Vec<usize> {
    let is_year = |column: usize| has(&sheet.names[column], &["year", "år", "aar", "tid", "time"]);
    // A header that says it plainly is believed: what is wrong with its codes is then told by row.
    let says_so = |column: usize| {
        has(&sheet.names[column], &CODES[..5])
            && sheet.values(column).any(|value| value.bytes().any(|byte| byte.is_ascii_digit()))
    };
    let holds = |column: usize| says_so(column) || holds_codes(sheet, column, register);
    let all: Vec<usize> = (0..sheet.names.len()).filter(|column| !is_year(*column) && holds(*column)).collect();
    let named: Vec<usize> = all.iter().copied().filter(|column| has(&sheet.names[*column], &CODES)).collect();
    let coded = |column: &usize| has(&sheet.names[*column], &["code", "kode"]);
    match (named.is_empty(), all.iter().copied().filter(coded).collect::<Vec<_>>()) {
        (false, _) => named,
        (true, coded) if !coded.is_empty() => coded,
        _ => all,
    }
}

/// The columns of names that nobody named: by their headers. One that only says "name" of something, such as of a region, is one
/// where most of its first values are names of municipalities; beside codes, of those with the codes.
pub(super) fn name_columns(sheet: &Sheet, register: &Register, code: Option<usize>) -> Vec<usize> {
    const LOOKED_AT: usize = 60;
    let is_text = |column: &usize| sheet.values(*column).any(|value| value.chars().any(char::is_alphabetic));
    let headed = (0..sheet.names.len()).filter(|column| has(&sheet.names[*column], &NAMES) && Some(*column) != code);
    let headed: Vec<usize> = headed.filter(is_text).collect();
    let holds = |column: &usize| {
        let mut looked = BTreeSet::new();
        let mut named = 0;
        for row in &sheet.rows {
            let (code, name) = (code.map_or("", |code| row.fields[code].trim()), row.fields[*column].trim());
            if name.is_empty() || looked.len() == LOOKED_AT || !looked.insert((code, name)) {
                continue;
            }
            let code = Code::parse(code).filter(|code| !register.history(*code).is_empty());
            let query = code.map_or_else(|| name.to_owned(), |code| format!("{code} {name}"));
            let known = matches!(register.search(&query, None).status, Status::Found | Status::Ambiguous);
            named += usize::from(known);
        }
        named * 5 >= looked.len() * 3
    };
    let says_so = |column: &usize| {
        let header = &sheet.names[*column];
        has(header, &["kommune", "kommunenavn", "kommunenamn", "municipality"])
            || matches!(header.to_lowercase().as_str(), "name" | "navn" | "namn")
    };
    let (sure, others): (Vec<usize>, Vec<usize>) = headed.into_iter().partition(says_so);
    sure.into_iter().chain(others.into_iter().filter(holds)).collect()
}

fn found(sheet: &Sheet, name: &str, problems: &mut Problems) -> Option<usize> {
    let position = sheet.position(name);
    if position.is_none() {
        let what = MunicipalityProblem::MissingColumn { exists: sheet.names.clone() };
        problems.push(Problem::error(&sheet.file, what).line(1).column(name));
    }
    position
}

impl Roles {
    /// `None` where that is not clear; problems say what is to be said.
    pub(super) fn of(
        sheet: &Sheet,
        asked: &Conversion,
        register: &Register,
        notes: &mut Vec<Text>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let errors = problems.errors();
        let mut all =
            |names: &[String]| -> Vec<usize> { names.iter().filter_map(|name| found(sheet, name, problems)).collect() };
        let (mut codes, mut sums) = (all(&asked.code), all(&asked.sum));
        let (keys, drops, mut names) = (all(&asked.key), all(&asked.drop), all(&asked.name));
        let year = all(asked.year.as_slice()).first().copied();
        let refuse = |what, column: Option<usize>| {
            let problem = Problem::error(&sheet.file, what).line(1);
            column.map_or(problem.clone(), |column| problem.column(&sheet.names[column]))
        };
        if asked.code.is_empty() {
            codes = code_columns(sheet, register);
            codes.retain(|column| !keys.contains(column) && !drops.contains(column) && Some(*column) != year);
            let columns: Vec<String> = codes.iter().map(|column| sheet.names[*column].clone()).collect();
            match codes.as_slice() {
                [] => {
                    let exists = sheet.names.clone();
                    problems.push(refuse(MunicipalityProblem::NoColumn { exists, option: "--code-column" }, None));
                }
                [_] => notes.push(words(
                    "kommunekodene er lest i kolonnen {0}",
                    "kommunekodane er lesne i kolonnen {0}",
                    "the codes of municipalities are read in the column {0}",
                    &[&columns[0]],
                )),
                _ => problems.push(refuse(MunicipalityProblem::SeveralCodeColumns { columns }, None)),
            }
        }
        if problems.errors() > errors {
            return None;
        }
        if asked.name.is_empty() {
            names = codes.iter().flat_map(|code| name_columns(sheet, register, Some(*code))).collect();
            names.sort_unstable();
            names.dedup();
            names.retain(|column| !keys.contains(column) && !codes.contains(column));
        }
        let mut taken = BTreeSet::new();
        for column in codes.iter().chain(&sums).chain(&keys).chain(&drops).chain(&year) {
            if !taken.insert(*column) {
                problems.push(refuse(MunicipalityProblem::TwoRoles, Some(*column)));
            }
        }
        let names = Self::names_of(sheet, &names, &codes, &taken);
        taken.extend(names.iter().map(|(column, _)| *column));
        let mut drops = drops;
        let (mut counts, mut ratios) = (Vec::new(), Vec::new());
        for column in (0..sheet.names.len()).filter(|column| !taken.contains(column)) {
            let header = &sheet.names[column];
            let values: Vec<Option<Amount>> = sheet.values(column).map(Amount::parse).collect();
            let numbers: Vec<Amount> = values.iter().flatten().copied().filter(|value| value.is_number()).collect();
            // Of a text that stands in a column of numbers the row is told, once the column is one.
            if numbers.is_empty() || values.iter().filter(|value| value.is_none()).count() * 10 > values.len() {
                if values.iter().all(Option::is_some) && !values.is_empty() && !is_key(header) && !is_ratio(header) {
                    counts.push(column); // Nothing but symbols.
                }
                continue;
            }
            let flags =
                numbers.len() > 20 && numbers.iter().all(|one| matches!(one, Amount::Number { digits: 0 | 1, .. }));
            let is_share = is_ratio(header) || numbers.iter().any(|number| number.places() > 0);
            if is_key(header) && !is_share {
                continue;
            }
            if is_share {
                ratios.push(column);
            } else if holds_codes(sheet, column, register) && numbers.len() > 3 {
                problems.push(refuse(MunicipalityProblem::MoreCodes, Some(column)));
            } else if flags || !sums.is_empty() {
                problems.push(refuse(MunicipalityProblem::Undecided, Some(column)));
            } else {
                counts.push(column);
            }
        }
        let named = |columns: &[usize]| columns.iter().map(|column| sheet.names[*column].clone()).collect::<Vec<_>>();
        if sums.is_empty() {
            match (counts.is_empty(), ratios.is_empty()) {
                (_, false) => {
                    let (columns, counts) = (named(&ratios), named(&counts));
                    problems.push(refuse(MunicipalityProblem::Ratios { columns, counts }, None));
                }
                (true, true) => {
                    problems.push(refuse(MunicipalityProblem::NoCounts { exists: sheet.names.clone() }, None))
                }
                (false, true) => sums = counts,
            }
        } else {
            drops.extend(ratios);
        }
        if problems.errors() > errors {
            return None;
        }
        notes.push(words("lagt sammen: {0}", "lagt saman: {0}", "added up: {0}", &[&named(&sums).join(", ")]));
        if !drops.is_empty() {
            notes.push(words("utelatt: {0}", "utelate: {0}", "left out: {0}", &[&named(&drops).join(", ")]));
        }
        Some(Self { codes, names, sums, drops, year })
    }

    /// Each column of names with the codes it names: those whose header it shares most letters of the beginning with.
    fn names_of(sheet: &Sheet, names: &[usize], codes: &[usize], taken: &BTreeSet<usize>) -> Vec<(usize, usize)> {
        let common = |one: usize, other: usize| {
            let (one, other) = (fold(&sheet.names[one]), fold(&sheet.names[other]));
            one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
        };
        let free = names.iter().filter(|column| !taken.contains(column));
        free.filter_map(|name| {
            let code = codes.iter().rev().max_by_key(|code| common(*name, **code))?;
            Some((*name, *code))
        })
        .collect()
    }
}
