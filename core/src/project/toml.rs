//! TOML with places: every key knows its line, what is not asked for is reported, and nothing stops at the first error.

use super::problem::{Expected, ProjectProblem};
use crate::problem::{Explain, Privacy, Problem, Problems};
use crate::text::Text;
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A project file being read: its name, its text, and where problems go.
pub(super) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    problems: RefCell<&'a mut Problems>,
}

impl<'a> Document<'a> {
    pub(super) fn new(file: &'a str, text: &'a str, problems: &'a mut Problems) -> Self {
        Self { file, text, problems: RefCell::new(problems) }
    }

    /// The root table; `None` when the text is not TOML. Only the first error is reported: the others follow from it.
    pub(super) fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
        let Some(first) = errors.into_iter().min_by_key(start) else { return Some(table) };
        let line = self.line(&first.span().unwrap_or_default());
        self.push(Problem::error(self.file, ProjectProblem::Syntax(first.message().into())).line(line));
        None
    }

    fn line(&self, span: &Range<usize>) -> u64 {
        let upto = self.text.as_bytes().get(..span.start).unwrap_or_default();
        1 + upto.iter().map(|&byte| u64::from(byte == b'\n')).sum::<u64>()
    }

    fn push(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Reports a value.
    pub(super) fn report(&self, span: &Range<usize>, key: &str, what: impl Explain + 'static) {
        let value = self.text.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
        let problem = Problem::error(self.file, what).line(self.line(span)).column(key);
        self.push(if value.is_empty() { problem } else { problem.value(value, Privacy::Open) });
    }
}

/// A table being read. Each key asked for is remembered; [`Section::finish`] reports the others.
pub(super) struct Section<'d, 't> {
    document: &'d Document<'d>,
    path: String,
    table: &'t DeTable<'t>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'d, 't> Section<'d, 't> {
    pub(super) fn new(document: &'d Document<'d>, path: &str, table: &'t DeTable<'t>, span: Range<usize>) -> Self {
        Self { document, path: path.into(), table, span, asked: RefCell::default() }
    }

    /// The whole name of a key: `answers.closes`.
    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.into() } else { format!("{}.{key}", self.path) }
    }

    fn find(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &'static str) -> bool {
        self.asked.borrow_mut().push(key);
        self.table.contains_key(key)
    }

    /// The line of a key's value.
    pub(super) fn line_of(&self, key: &str) -> u64 {
        self.document.line(&self.span_of(key))
    }

    /// The value's span, for problems found later.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.span.clone(), Spanned::span)
    }

    /// Reports something about a key.
    pub(super) fn report(&self, key: &str, what: impl Explain + 'static) {
        self.document.report(&self.span_of(key), &self.key(key), what);
    }

    /// Reads a key that may be absent.
    pub(super) fn optional<T>(
        &self,
        key: &'static str,
        expected: Expected,
        read: impl Fn(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<T> {
        let value = self.find(key)?;
        let result = read(value.get_ref());
        if result.is_none() {
            self.report(key, ProjectProblem::WrongType(expected));
        }
        result
    }

    /// Reads a key that must be there.
    pub(super) fn required<T>(
        &self,
        key: &'static str,
        expected: Expected,
        read: impl Fn(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<T> {
        if !self.table.contains_key(key) {
            self.asked.borrow_mut().push(key);
            let line = self.document.line(&self.span);
            let problem = Problem::error(self.document.file, ProjectProblem::MissingKey);
            self.document.push(problem.line(line).column(self.key(key)));
            return None;
        }
        self.optional(key, expected, read)
    }

    /// A string that must be there.
    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        self.required(key, Expected::Text, text)
    }

    /// Words in three languages that must be there.
    pub(super) fn words(&self, key: &'static str) -> Option<Text> {
        self.required(key, Expected::Words, words)
    }

    /// One of some words; `default` when absent.
    pub(super) fn word<T: Copy>(&self, key: &'static str, allowed: &[(&str, T)], default: T) -> T {
        let Some(word) = self.optional(key, Expected::Text, text) else { return default };
        let found = allowed.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            let names = allowed.iter().map(|(name, _)| (*name).to_string()).collect();
            self.report(key, ProjectProblem::UnknownWord(names));
        }
        found.map_or(default, |(_, value)| *value)
    }

    /// A whole number in a range; `default` when absent.
    pub(super) fn whole(&self, key: &'static str, low: u64, high: u64, default: u64) -> u64 {
        self.optional(key, Expected::Whole(low, high), |value| whole(value).filter(|n| (low..=high).contains(n)))
            .unwrap_or(default)
    }

    /// A table inside this one that must be there.
    pub(super) fn section(&self, key: &'static str) -> Option<Section<'d, 't>> {
        let table = self.required(key, Expected::Table, |value| value.as_table())?;
        Some(Section::new(self.document, &self.key(key), table, self.span_of(key)))
    }

    /// The tables of `[[key]]`; at least one.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Section<'d, 't>> {
        let tables = self.required(key, Expected::Tables, |value| {
            let entries = value.as_array()?.iter();
            let tables: Option<Vec<_>> =
                entries.map(|entry| Some((entry.get_ref().as_table()?, entry.span()))).collect();
            tables.filter(|tables| !tables.is_empty())
        });
        let name = self.key(key);
        let sections = tables.unwrap_or_default().into_iter();
        sections.map(|(table, span)| Section::new(self.document, &name, table, span)).collect()
    }

    /// Reports every key that was not asked for, with the nearest one that was.
    pub(super) fn finish(self) {
        let known = self.asked.into_inner();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let near = known.iter().map(|known| (strsim::osa_distance(name, known), known)).min();
            let suggestion =
                near.filter(|(distance, known)| *distance <= known.len() / 2).map(|(_, known)| (*known).to_string());
            let known = known.iter().map(|key| (*key).to_string()).collect();
            let path = if self.path.is_empty() { name.into() } else { format!("{}.{name}", self.path) };
            self.document.report(&key.span(), &path, ProjectProblem::UnknownKey { suggestion, known });
        }
    }
}

pub(super) fn text(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(super) fn words(value: &DeValue<'_>) -> Option<Text> {
    if let Some(word) = value.as_str() {
        return Some(Text::same(word));
    }
    let table = value.as_table()?;
    let get = |lang: &str| table.get(lang).and_then(|word| word.get_ref().as_str());
    (table.len() == 3).then_some(())?;
    Some(Text::new(get("nb")?, get("nn")?, get("en")?))
}

pub(super) fn whole(value: &DeValue<'_>) -> Option<u64> {
    let number = value.as_integer()?;
    u64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A number with decimals or without; neither infinite nor "not a number".
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    let number = match value.as_float() {
        Some(float) => float.as_str().replace('_', "").parse().ok()?,
        None => {
            let number = value.as_integer()?;
            i32::from_str_radix(number.as_str(), number.radix()).ok().map(f64::from)?
        }
    };
    f64::is_finite(number).then_some(number)
}

pub(super) fn number_list(value: &DeValue<'_>) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(|entry| number(entry.get_ref())).collect()
}

pub(super) fn text_list(value: &DeValue<'_>) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|entry| text(entry.get_ref())).collect()
}

pub(super) fn whole_list(value: &DeValue<'_>) -> Option<Vec<u64>> {
    value.as_array()?.iter().map(|entry| whole(entry.get_ref())).collect()
}

/// A table of names, each with a name or several.
pub(super) fn lists(value: &DeValue<'_>) -> Option<Vec<(String, Vec<String>)>> {
    let entry = |value: &DeValue<'_>| text(value).map(|one| vec![one]).or_else(|| text_list(value));
    let entries = value.as_table()?.iter();
    entries.map(|(name, value)| Some((name.get_ref().to_string(), entry(value.get_ref())?))).collect()
}

/// A date as a quoted `"2026-11-30"` or as TOML's own.
pub(super) fn date(value: &DeValue<'_>) -> Option<String> {
    let written = match value.as_datetime() {
        Some(datetime) => datetime.to_string(),
        None => text(value)?,
    };
    crate::date::is_date(&written).then_some(written)
}

/// An id that can stand in a file name and a web address.
pub(super) fn id(value: &DeValue<'_>) -> Option<String> {
    let id = text(value)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    (!id.is_empty() && id.chars().all(fits)).then_some(id)
}
