//! Whether a list of municipalities is right: each once, spelt as in the register, with the right code, and none missing.

mod class;

pub use class::Agreement;

use super::find::late;
use super::problem::{MunicipalityProblem, words};
use super::roles::{code_columns, name_columns};
use super::sheet::{Row, Sheet};
use super::{Answer, Code, County, Day, Municipality, Register, Status};
use crate::problem::{Privacy, Problem, Problems};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// What the list should have all of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Area {
    /// Nothing is known: nothing is missing either.
    #[default]
    Any,
    /// The whole country.
    Country,
    /// The county with these two digits.
    County(u16),
    /// These municipalities.
    Codes(Vec<Code>),
}

impl Area {
    /// A county by its two digits or its name, on a day.
    ///
    /// # Errors
    ///
    /// [`MunicipalityProblem::UnknownCounty`] where no municipality of the day is in it.
    pub fn county(text: &str, day: Day, register: &Register) -> Result<Self, MunicipalityProblem> {
        let digits = text.trim().parse::<u16>().ok().filter(|_| text.trim().len() <= 2);
        let then: BTreeSet<u16> = register.on(day).map(|one| one.code.county()).collect();
        let named = || {
            let all: Vec<&County> =
                County::all().filter(|one| then.contains(&one.code) && one.is_called(text)).collect();
            let exact = |one: &&&County| one.name.to_lowercase() == text.trim().to_lowercase();
            all.iter().find(exact).or(all.first().filter(|_| all.len() == 1)).map(|one| one.code)
        };
        let county = digits.or_else(named).filter(|county| then.contains(county));
        county.map(Self::County).ok_or(MunicipalityProblem::UnknownCounty)
    }

    fn has(&self, code: Code) -> bool {
        match self {
            Self::Any | Self::Country => true,
            Self::County(county) => code.county() == *county,
            Self::Codes(codes) => codes.contains(&code),
        }
    }

    fn label(&self) -> String {
        match self {
            Self::Any | Self::Country => "Norge".into(),
            Self::County(county) => County::get(*county).map_or_else(String::new, |county| county.name.into()),
            Self::Codes(codes) => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Check<'a> {
    /// The day; without one, the municipalities in force now.
    pub day: Option<Day>,
    /// What the list should have all of.
    pub area: Area,
    /// The column of codes.
    pub code: Option<String>,
    /// The column of names.
    pub name: Option<String>,
    /// The column of classes, to compare with editions.
    pub class: Option<String>,
    /// Name and bytes of a table with a column of codes and a column of classes for each edition.
    pub classes: Option<(&'a str, &'a [u8])>,
    /// The edition that the list should follow.
    pub edition: Option<String>,
}

/// A row of a list.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// Line in the file.
    pub line: u64,
    /// What stands there.
    pub given: String,
    /// The municipality that is meant, where that is clear.
    pub municipality: Option<&'a Municipality>,
    /// `found`, or what is wrong: the codes of [`MunicipalityProblem`] and [`Status`].
    pub status: &'static str,
}

/// A list that was checked.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// The day.
    pub day: Day,
    /// Its rows.
    pub rows: Vec<Listed<'a>>,
    /// Those of the area that no row means.
    pub missing: Vec<&'a Municipality>,
    /// How the classes agree with each edition.
    pub editions: Vec<Agreement>,
    /// What was assumed.
    pub notes: Vec<Text>,
}

/// Checks a list of municipalities: names, codes or both, a municipality a row. `None` when the file cannot be read; problems say
/// what is wrong with it, or with the list.
///
/// A name that several municipalities of the day have is the one in the area, if only one is. A name that is misspelt counts as
/// the one municipality of the area that is near it, so that this one is not missing too.
pub fn check<'a>(
    register: &'a Register,
    file: &str,
    bytes: &[u8],
    asked: &Check<'_>,
    problems: &mut Problems,
) -> Option<Checked<'a>> {
    let sheet = Sheet::read(file, bytes, problems)?;
    let mut notes = Vec::new();
    let day = asked.day.unwrap_or(Day::LAST);
    if asked.day.is_none() {
        notes.push(words(
            "ingen dato oppgitt: kommunene som gjelder nå",
            "ingen dato oppgitt: kommunane som gjeld no",
            "no date given: the municipalities in force now",
            &[],
        ));
    }
    if day.year() > Day::COMPLETE.year() {
        notes.push(late(day));
    }
    let columns = columns(&sheet, asked, register, &mut notes, problems)?;
    let mut list = List {
        register,
        sheet: &sheet,
        area: &asked.area,
        day,
        columns,
        first: BTreeMap::new(),
        near: BTreeSet::new(),
    };
    let rows: Vec<Listed<'a>> = sheet.rows.iter().map(|row| list.row(row, problems)).collect();
    let missing: Vec<&Municipality> = match asked.area {
        Area::Any => Vec::new(),
        _ => {
            let there = |one: &&Municipality| list.first.contains_key(&one.code) || list.near.contains(&one.code);
            register.on(day).filter(|one| asked.area.has(one.code) && !there(one)).collect()
        }
    };
    for one in &missing {
        let what = MunicipalityProblem::Missing { area: asked.area.label() };
        problems.push(Problem::error(file, what).value(register.label(one), Privacy::Open));
    }
    if asked.area == Area::Any {
        notes.push(words(
            "uten --county, --all eller --codes blir det ikke sett etter kommuner som mangler",
            "utan --county, --all eller --codes blir det ikkje sett etter kommunar som manglar",
            "without --county, --all or --codes nothing is known to be missing",
            &[],
        ));
    }
    let editions = class::editions(&sheet, asked, register, &rows, &mut notes, problems);
    Some(Checked { day, rows, missing, editions, notes })
}

/// The column of codes and the column of names, of which there is at least one.
fn columns(
    sheet: &Sheet,
    asked: &Check<'_>,
    register: &Register,
    notes: &mut Vec<Text>,
    problems: &mut Problems,
) -> Option<(Option<usize>, Option<usize>)> {
    let mut named = |name: &Option<String>| -> Result<Option<usize>, ()> {
        let Some(name) = name else { return Ok(None) };
        let position = sheet.position(name);
        if position.is_none() {
            let what = MunicipalityProblem::MissingColumn { exists: sheet.names.clone() };
            problems.push(Problem::error(&sheet.file, what).line(1).column(name));
        }
        position.map(Some).ok_or(())
    };
    let (mut code, mut name) = (named(&asked.code).ok()?, named(&asked.name).ok()?);
    if (code, name) == (None, None) {
        // With one column of texts, that column is the list.
        code = code_columns(sheet, register).first().copied();
        name = name_columns(sheet, register, code).first().copied();
        if (code, name, sheet.names.len()) == (None, None, 1) {
            name = Some(0);
        }
        let names: Vec<&str> = code.iter().chain(&name).map(|column| sheet.names[*column].as_str()).collect();
        if names.is_empty() {
            let what =
                MunicipalityProblem::NoColumn { exists: sheet.names.clone(), option: "--code-column / --name-column" };
            problems.push(Problem::error(&sheet.file, what).line(1));
            return None;
        }
        notes.push(words(
            "kommunene er lest i {0}",
            "kommunane er lesne i {0}",
            "the municipalities are read in {0}",
            &[&names.join(", ")],
        ));
    }
    Some((code, name))
}

struct List<'a, 's> {
    register: &'a Register,
    sheet: &'s Sheet,
    area: &'s Area,
    day: Day,
    columns: (Option<usize>, Option<usize>),
    /// The line on which each municipality stands first.
    first: BTreeMap<Code, u64>,
    /// Municipalities that misspelt names are near.
    near: BTreeSet<Code>,
}

impl<'a> List<'a, '_> {
    fn row(&mut self, row: &Row, problems: &mut Problems) -> Listed<'a> {
        let field = |column: Option<usize>| column.map_or("", |column| row.fields[column].trim());
        let (code, name) = (field(self.columns.0), field(self.columns.1));
        let given = if code.is_empty() || name.is_empty() { format!("{code}{name}") } else { format!("{code} {name}") };
        let mut listed = Listed { line: row.line, given: given.clone(), municipality: None, status: "found" };
        let column = if name.is_empty() { self.columns.0.or(self.columns.1) } else { self.columns.1 };
        let place = |what: MunicipalityProblem, is_error: bool| {
            let file = self.sheet.file.as_str();
            let problem = if is_error { Problem::error(file, what) } else { Problem::warning(file, what) };
            let problem = problem.line(row.line).record(row.record).value(given.clone(), Privacy::Open);
            column.map_or(problem.clone(), |column| problem.column(&self.sheet.names[column]))
        };
        let answer = self.register.search(&given, Some(self.day));
        let found = self.meant(&answer);
        let Some(found) = found else {
            let (near, coded) = (self.near(&answer), !code.is_empty());
            let what = match near {
                // A code that never was is no misspelling.
                Some(near) if !coded || answer.status == Status::Contradiction => {
                    self.near.insert(near.code);
                    MunicipalityProblem::Misspelt { label: self.register.label(near) }
                }
                _ => MunicipalityProblem::unclear(self.register, &answer),
            };
            listed.status = crate::problem::Explain::code(&what);
            listed.municipality = near.filter(|_| listed.status == "misspelt");
            problems.push(place(what, true));
            return listed;
        };
        listed.municipality = Some(found);
        let label = self.register.label(found);
        if answer.status == Status::Found && !answer.notes.is_empty() {
            problems.push(place(
                MunicipalityProblem::Unclear {
                    status: "spelling",
                    notes: answer.notes.clone(),
                    instead: String::new(),
                },
                false,
            ));
        }
        if !self.area.has(found.code) {
            listed.status = "outside";
            let area = self.area.label();
            problems.push(place(MunicipalityProblem::Outside { label, area }, true));
        } else if let Some(line) = self.first.get(&found.code) {
            listed.status = "double";
            problems.push(place(MunicipalityProblem::Double { label, line: *line }, true));
        } else {
            self.first.insert(found.code, row.line);
        }
        listed
    }

    /// The one that was found, or of several the one in the area.
    fn meant(&self, answer: &Answer<'a>) -> Option<&'a Municipality> {
        answer.found().or_else(|| {
            let here = answer.municipalities.iter().filter(|one| self.area.has(one.code)).collect::<Vec<_>>();
            match (answer.status, here.as_slice()) {
                (Status::Ambiguous, [one]) if *self.area != Area::Any => Some(**one),
                _ => None,
            }
        })
    }

    /// The one municipality of the area that a misspelt name is near; beside a code, the one with the code.
    fn near(&self, answer: &Answer<'a>) -> Option<&'a Municipality> {
        let here = |list: &[&'a Municipality]| -> Vec<&'a Municipality> {
            list.iter().copied().filter(|one| one.is_valid_on(self.day) && self.area.has(one.code)).collect()
        };
        match answer.status {
            Status::Contradiction => {
                let by_code = here(&answer.municipalities);
                by_code.into_iter().find(|one| answer.suggestions.contains(one))
            }
            Status::Unknown => match here(&answer.suggestions).as_slice() {
                [one] => Some(*one),
                _ => None,
            },
            _ => None,
        }
    }
}
