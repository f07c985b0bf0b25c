//! What the codes of a row mean here: municipalities, occupations, educations.

use super::{Area, Day, Field, NO_FIELD, RecruitmentProblem};
use crate::project::RecruitmentFiles;
use crate::register::code::education::{NoEducation, Programmes};
use crate::register::code::{education, occupation};
use crate::register::municipality::{self, Code, Register};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// A municipality of today that is in no area.
pub(super) const OUTSIDE: u16 = u16::MAX;
/// No municipality of today.
const NOWHERE: u16 = u16::MAX - 1;

/// Codes to positions.
pub(super) struct Lookup<'a> {
    pub(super) today: Day,
    pub(super) fields: &'a [Field],
    /// By code of municipality: its position, [`OUTSIDE`] or [`NOWHERE`].
    places: Vec<u16>,
    /// By occupation: the field.
    by_occupation: Vec<u8>,
    /// By occupation: whether it exists.
    exists: Vec<bool>,
    day: municipality::Day,
    /// The list of educations, where the project has one.
    programmes: Option<Arc<Programmes>>,
    /// The registers some of whose occupations were converted to STYRK-08.
    converted: Mutex<BTreeSet<&'static str>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(
        today: Day,
        municipalities: &[String],
        section: &'a RecruitmentFiles,
        programmes: Option<Arc<Programmes>>,
    ) -> Self {
        let fields = section.fields.as_slice();
        let day = municipality::Day::parse(&today.to_iso()).map_or(municipality::Day::LAST, |(day, _)| day);
        let mut places = vec![NOWHERE; 10_000];
        let number = |code: &str| code.parse::<usize>().ok().filter(|code| *code < 10_000);
        for one in Register::embedded().on(day) {
            number(&one.code.to_string()).into_iter().for_each(|code| places[code] = OUTSIDE);
        }
        for (position, code) in (0_u16..).zip(municipalities) {
            number(code).into_iter().for_each(|code| places[code] = position);
        }
        let mut by_occupation = vec![NO_FIELD; 10_000];
        let mut exists = vec![false; 10_000];
        for code in occupation::all() {
            by_occupation[usize::from(*code)] = longest(fields, &format!("{code:04}"), |field| &field.occupations);
            exists[usize::from(*code)] = true;
        }
        Self { today, fields, places, by_occupation, exists, day, programmes, converted: Mutex::default() }
    }

    /// The position of the municipality with a code, or [`OUTSIDE`].
    #[inline]
    pub(super) fn place(&self, field: &[u8]) -> Result<u16, ()> {
        match four(field).map(|code| self.places[usize::from(code)]) {
            Some(NOWHERE) | None => Err(()),
            Some(place) => Ok(place),
        }
    }

    /// The same for what is not four digits of today: three digits whose zero a spreadsheet took are read, anything else is
    /// only ever suggested.
    pub(super) fn other_place(&self, text: &str) -> Result<u16, RecruitmentProblem> {
        if let Some(code) = Code::parse(text).or_else(|| Code::without_zero(text))
            && let Ok(place) = self.place(code.to_string().as_bytes())
        {
            return Ok(place);
        }
        let register = Register::embedded();
        let label = |one: &municipality::Municipality| format!("{} {}", one.code, one.name);
        let now = register.find(text, Some(self.day));
        let mut near: Vec<String> = now.municipalities.iter().chain(&now.suggestions).map(|one| label(one)).collect();
        near.dedup();
        near.truncate(4);
        let was = Code::parse(text).is_some_and(|code| !register.history(code).is_empty());
        if !was {
            return Err(RecruitmentProblem::NoPlace { near });
        }
        let today = now.suggestions.iter().filter(|one| one.is_valid_on(self.day)).map(|one| label(one));
        Err(RecruitmentProblem::OldPlace { now: today.take(4).collect() })
    }

    /// Occupation and field of a code of STYRK-08 in four digits that exists.
    #[inline]
    pub(super) fn occupation(&self, field: &[u8]) -> Option<(u16, u8)> {
        let code = four(field)?;
        self.exists[usize::from(code)].then(|| (code, self.by_occupation[usize::from(code)]))
    }

    /// Notes that occupations of a register were converted.
    pub(super) fn convert(&self, register: &'static str) {
        self.converted.lock().unwrap_or_else(PoisonError::into_inner).insert(register);
    }

    /// Whether occupations of a register were converted.
    pub(super) fn has_converted(&self, register: &str) -> bool {
        self.converted.lock().unwrap_or_else(PoisonError::into_inner).contains(register)
    }

    /// The field of an occupation.
    pub(super) fn field_of(&self, occupation: u16) -> u8 {
        self.by_occupation.get(usize::from(occupation)).copied().unwrap_or(NO_FIELD)
    }

    /// Reads an education.
    pub(super) fn education<'t>(&self, text: &'t str) -> Result<&'t str, NoEducation> {
        let code = education::parse(text)?;
        match &self.programmes {
            Some(programmes) if !programmes.has(code) => {
                Err(NoEducation::Unknown { code: code.into(), programmes: Arc::clone(programmes) })
            }
            _ => Ok(code),
        }
    }

    /// The field of an education.
    pub(super) fn field_of_education(&self, code: &str) -> u8 {
        education::parse(code).map_or(NO_FIELD, |code| longest(self.fields, &code[1..], |field| &field.educations))
    }
}

/// The number of four digits.
#[inline]
fn four(field: &[u8]) -> Option<u16> {
    let [a, b, c, d] = *field else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    Some(digit(a)? * 1000 + digit(b)? * 100 + digit(c)? * 10 + digit(d)?)
}

/// The field with the longest beginning of a code; the first one of those that have it alike.
fn longest(fields: &[Field], code: &str, list: impl Fn(&Field) -> &Vec<String>) -> u8 {
    let length = |field: &Field| {
        let begins = list(field).iter().filter(|beginning| code.starts_with(beginning.as_str()));
        begins.map(String::len).max().unwrap_or(0)
    };
    let mut best = (0, NO_FIELD);
    for (position, field) in (0_u8..NO_FIELD).zip(fields) {
        if length(field) > best.0 {
            best = (length(field), position);
        }
    }
    best.1
}

/// The municipalities of areas, each once: those of the first area first.
pub(super) fn positions(areas: &[(String, crate::text::Text, Vec<String>)]) -> (Vec<String>, Vec<Area>) {
    let mut all: Vec<String> = Vec::new();
    let mut list = Vec::new();
    for (id, name, codes) in areas {
        let mut municipalities = Vec::new();
        for code in codes {
            let position = all.iter().position(|own| own == code).unwrap_or_else(|| {
                all.push(code.clone());
                all.len() - 1
            });
            municipalities.push(u16::try_from(position).unwrap_or(OUTSIDE));
        }
        list.push(Area { id: id.clone(), name: name.clone(), municipalities });
    }
    (all, list)
}
