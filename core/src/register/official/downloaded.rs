//! A register from a file of Statistics Norway as it was downloaded.
//!
//! Nothing is taken for something else in silence: what a dimension and a measure were read as is a note, and where the
//! file leaves a choice the project makes it (`columns`, `where`, `values`, `year`), or the file is refused.

mod dimensions;
mod figures;
mod measures;
mod names;
mod rows;

use super::form::Form;
use super::problem::OfficialProblem;
use super::rows::Rows;
use super::{Register, Value};
use crate::problem::{Problem, Problems, Severity};
use crate::read::statbank::{Category, Note, Options, StatTable};
use crate::register::municipality::Day;
use crate::text::{Lang, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the file. `None` when it cannot be used; problems say why. Where it has names of municipalities without codes, they are
/// those of `day`, the project's own, unless the project says that its codes are of another.
pub(super) fn read(
    register: &Register,
    form: &Form,
    (data, day): (&[u8], Option<Day>),
    notes: &mut Vec<Text>,
    problems: &mut Problems,
) -> Option<Rows> {
    let options = Options { decimal: register.reading.decimal, ..Options::default() };
    let mut inner = Problems::new();
    let table = StatTable::read(&register.data, data, &options, &mut inner);
    let is_whole = told(inner, problems);
    let table = table.filter(|_| is_whole)?;
    notes.extend(table.notes.iter().map(words));
    let mut reader = Reader::new(&table, register, form, problems)?;
    let before = reader.problems.errors();
    reader.find_names(day, notes);
    reader.read(notes)?;
    let rows = reader.rows(notes);
    (reader.problems.errors() == before).then_some(rows)
}

/// Tells the problems of reading; whether there is nothing wrong. Every file that Statistics Norway writes ends its last line: one
/// that does not may be cut off inside its last number, which nothing else tells.
fn told(inner: Problems, problems: &mut Problems) -> bool {
    let before = problems.errors();
    for problem in inner.list() {
        let is_cut = problem.what.code() == "no-line-end";
        let severity = if is_cut { Severity::Error } else { problem.severity };
        problems.push(Problem { severity, ..problem.clone() });
    }
    for (file, more) in inner.more() {
        problems.push_more(file, u64::from(inner.errors() > 0) * more, u64::from(inner.errors() == 0) * more);
    }
    problems.errors() == before
}

/// A note in all languages.
fn words(note: &Note) -> Text {
    Text::new(&note.words(Lang::Nb), &note.words(Lang::Nn), &note.words(Lang::En))
}

/// A dimension and the categories of it that count.
type Only = (usize, Vec<String>);

/// Where the parts of a register come from.
enum Parts {
    /// None.
    None,
    /// A dimension.
    Dimension(usize),
    /// The measures.
    Measures,
}

struct Reader<'a> {
    table: &'a StatTable,
    register: &'a Register,
    form: &'a Form,
    problems: &'a mut Problems,
    /// Dimensions that are asked for, in the order of the keys of [`StatTable::long`].
    asked: Vec<usize>,
    only: Vec<Only>,
    parts: Parts,
    /// The dimension of women and men, where both are read.
    sexes: Option<usize>,
    /// By key columns: for each count what was found of it.
    found: BTreeMap<Vec<String>, BTreeMap<String, Vec<Value>>>,
    /// How many figures make up a count.
    whole: BTreeMap<String, usize>,
    counts: Vec<String>,
    /// Codes by names, where the file has no codes.
    named: BTreeMap<String, String>,
    skipped: BTreeSet<String>,
    odd: BTreeSet<String>,
    provisional: u64,
    /// Years of periods that are not years.
    periods: BTreeMap<String, u16>,
}

impl<'a> Reader<'a> {
    fn new(table: &'a StatTable, register: &'a Register, form: &'a Form, problems: &'a mut Problems) -> Option<Self> {
        let mut reader = Self {
            table,
            register,
            form,
            problems,
            asked: Vec::new(),
            only: Vec::new(),
            parts: Parts::None,
            sexes: None,
            found: BTreeMap::new(),
            whole: BTreeMap::new(),
            counts: Vec::new(),
            named: BTreeMap::new(),
            skipped: BTreeSet::new(),
            odd: BTreeSet::new(),
            provisional: 0,
            periods: BTreeMap::new(),
        };
        let before = reader.problems.errors();
        reader.find_dimensions();
        reader.check_names();
        reader.check_levels();
        (reader.problems.errors() == before).then_some(reader)
    }

    fn refuse(&mut self, what: OfficialProblem, column: &str) {
        self.problems.push(Problem::error(&self.table.file, what).column(column));
    }

    fn dimension(&mut self, name: &str) -> Option<usize> {
        let found = self.table.dimensions.iter().position(|axis| axis.id == name || axis.label == name);
        if found.is_none() {
            let exists = self.table.dimensions.iter().map(|axis| axis.label.clone()).collect();
            self.refuse(OfficialProblem::NoSuchDimension(exists), name);
        }
        found
    }

    fn mapped(&self, column: &str) -> Option<&'a [String]> {
        self.register.reading.columns.iter().find(|(name, _)| name == column).map(|(_, names)| names.as_slice())
    }
}

/// Whether a category is the one that somebody names.
fn is(category: &Category, name: &str) -> bool {
    category.code == name || category.label == name || category.written == name
}

/// Code and label where a file has them in one text, `00-99 Alle næringer`.
fn parted<'a>(code: &'a str, label: &'a str) -> (&'a str, &'a str) {
    let is_code = |text: &str| {
        text.len() <= 6
            && text.starts_with(|first: char| first.is_ascii_digit())
            && !text.contains(|c: char| c.is_whitespace())
    };
    match code.split_once(' ') {
        Some((first, rest)) if code == label && is_code(first) && !rest.trim().is_empty() => (first, rest.trim()),
        _ => (code, label),
    }
}
