//! A query taken apart: a code, a name, a county, a time.

use super::super::code::without_prefix;
use super::super::problem::words;
use super::super::{Code, Day};
use crate::text::Text;

/// What somebody asks for.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) code: Option<Code>,
    /// Without what stands in brackets.
    pub(super) name: String,
    /// Counties in brackets.
    pub(super) counties: Vec<String>,
    /// The last day of the years in brackets: `(-2019)`, `(2018-2019)`; the first of `(2020-)`.
    pub(super) until: Option<Day>,
}

impl Query {
    pub(super) fn parse(text: &str, notes: &mut Vec<Text>) -> Self {
        let mut query = Self::default();
        let mut rest = text.split_whitespace().collect::<Vec<_>>().join(" ");
        rest = rest.trim_matches(['"', '«', '»', '“', '”']).to_string();
        if rest.is_empty() {
            notes.push(words("søket er tomt", "søket er tomt", "the query is empty", &[]));
            return query;
        }
        let given = rest.clone();
        while let Some((before, inside)) = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
            match (years(inside), Code::parse(inside)) {
                (Some(until), _) => query.until = Some(until),
                (None, Some(code)) => query.code = Some(code),
                (None, None) => query.counties.push(inside.trim().to_string()),
            }
            rest = before.trim().to_string();
        }
        if query.code.is_none() {
            query.take_code(&mut rest, notes);
        }
        query.name = rest;
        if !query.name.is_empty() && !query.name.chars().any(char::is_alphabetic) {
            // "3101-3106" is no code with a name.
            query.code = None;
        }
        if query.code.is_none() && query.name.chars().all(|letter| !letter.is_alphabetic()) {
            // The text is shown as it was given: what is wrong with it may be in its brackets.
            notes.push(no_code(&given));
            query.name.clear();
        }
        query
    }

    /// A code before or after the name, or alone.
    fn take_code(&mut self, rest: &mut String, notes: &mut Vec<Text>) {
        let between = [' ', '-', '–', '—', ':', ',', ';', '.', '_'];
        let start = without_prefix(rest);
        let digits = start.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(start.len());
        let (first, after) = start.split_at(digits);
        let (word, name) = if Code::parse(rest).or(Code::without_zero(rest)).is_some() {
            (rest.as_str(), "")
        } else if !first.is_empty() && after.starts_with(between) {
            (first, after.trim_start_matches(between))
        } else if let Some((name, last)) = rest.rsplit_once(' ') {
            (last, name.trim_end_matches(between))
        } else {
            return;
        };
        if let Some(code) = Code::parse(word) {
            self.code = Some(code);
        } else if let Some(code) = Code::without_zero(word) {
            self.code = Some(code);
            notes.push(without_zero(word, code));
        } else {
            return;
        }
        *rest = name.to_string();
    }
}

/// That a code is read with the zero that it lost.
pub(in super::super) fn without_zero(text: &str, code: Code) -> Text {
    words(
        "«{0}» har tre sifre; lest som {1}, som om et regneark har tatt nullen foran",
        "«{0}» har tre siffer; lese som {1}, som om eit rekneark har teke nullen framfor",
        "“{0}” has three digits; read as {1}, as if a spreadsheet took the zero in front",
        &[text, &code.to_string()],
    )
}

/// What a text without letters is, when it is no code of a municipality.
fn no_code(text: &str) -> Text {
    let county = text.parse::<u16>().ok().filter(|_| text.len() <= 2).and_then(super::super::County::get);
    match county {
        Some(county) => words(
            "«{0}» er koden til fylket {1}; en kommune har fire sifre",
            "«{0}» er koden til fylket {1}; ein kommune har fire siffer",
            "“{0}” is the code of the county {1}; a municipality has four digits",
            &[text, county.name],
        ),
        None => words(
            "«{0}» er ingen kommunekode: den har fire sifre",
            "«{0}» er ingen kommunekode: han har fire siffer",
            "“{0}” is no code of a municipality: it has four digits",
            &[text],
        ),
    }
}

/// The last day of years as SSB writes them: `-2019`, `2018-2019`; the first day of `2020-`, of which the end is open.
fn years(text: &str) -> Option<Day> {
    let (from, to) = text.trim().split_once(['-', '–'])?;
    let year = |text: &str| -> Option<Option<u16>> {
        let text = text.trim();
        if text.is_empty() {
            return Some(None);
        }
        (text.len() == 4).then(|| text.parse().ok())?.map(Some)
    };
    let in_register = |day: Day| (Day::FIRST..=Day::LAST).contains(&day).then_some(day);
    match (year(from)?, year(to)?) {
        (_, Some(to)) => in_register(Day::january(to.checked_add(1)?).before()),
        (Some(from), None) => in_register(Day::january(from)),
        (None, None) => None,
    }
}
