//! The repair report: what was found, what was done, what could not be placed. No value of an answer stands in it.

use super::convert::Converter;
use super::dialect::{Dialect, Role};
use super::dictionary::Dictionary;
use super::file::File;
use super::look::{Export, Seen};
use super::place::{How, Nowhere, Target, name};
use super::tally::{Changes, Tally};
use crate::problem::Problems;
use crate::read::Encoding;
use crate::text::Lang;
use serde_json::{Value, json};

/// What became of the import.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// One per export.
    pub files: Vec<FileReport>,
    /// One per variable of the questionnaire.
    pub variables: Vec<VariableReport>,
}

/// What was found in one export.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// Name of the file.
    pub file: String,
    /// Which tool wrote it.
    pub dialect: Dialect,
    /// The columns that told; empty where the user said it.
    pub evidence: Vec<String>,
    /// `UTF-8`, `Windows-1252`, `UTF-16`, or `xlsx`.
    pub encoding: &'static str,
    /// The delimiter.
    pub delimiter: char,
    /// Rows of headings.
    pub header_rows: u64,
    /// Records, blank ones not counted.
    pub records: u64,
    /// Records that are among the answers.
    pub written: u64,
    /// Records that hold nothing.
    pub blank: u64,
    /// Records that were not sent in.
    pub partial: u64,
    /// Records that were left out, with why.
    pub dropped: Vec<Dropped>,
    /// Its columns.
    pub columns: Vec<ColumnReport>,
}

/// A record that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Its line.
    pub line: u64,
    /// The line and file of the one that was kept instead; `None` for a record that was not sent in.
    pub kept: Option<(u64, String)>,
}

/// What became of one column.
#[derive(Clone, Debug)]
pub struct ColumnReport {
    /// Its position, from 1.
    pub position: usize,
    /// Its heading, or its position where the heading may be an answer.
    pub heading: String,
    /// `answers`, `system`, `contact`, `ignored`, `not_placed`.
    pub becomes: &'static str,
    /// The column of the answers.
    pub variable: Option<String>,
    /// How it was found.
    pub matched: Option<&'static str>,
    /// What it might be.
    pub candidates: Vec<String>,
    /// What was changed.
    pub changes: Changes,
    /// Cells that could not be coded.
    pub errors: u64,
    /// Free texts that seem to hold contact details.
    pub contact_in_text: Tally,
}

/// What one question got.
#[derive(Clone, Debug)]
pub struct VariableReport {
    /// Its name.
    pub name: String,
    /// Whether it is put to people.
    pub question: bool,
    /// What it got.
    pub kinds: Kinds,
}

/// Answers and kinds of missing of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Whether an export has a column for it.
    pub in_export: bool,
    /// Answers.
    pub answered: u64,
    /// "Don't know".
    pub dont_know: u64,
    /// "Will not say".
    pub refused: u64,
    /// Empty, and by the routing not put.
    pub not_asked: u64,
    /// Empty, put, and something later was answered or the form was sent in.
    pub no_answer: u64,
    /// Empty, put, nothing later was answered and the form was not sent in.
    pub break_off: u64,
    /// Empty, and what decides whether it was put is not in the export.
    pub undetermined: u64,
    /// Empty, of what is not put to people.
    pub blank: u64,
    /// Answered, and by the routing not put.
    pub answered_not_asked: Tally,
}

impl Report {
    pub(super) fn new(dictionary: &Dictionary) -> Self {
        let variable = |own: &super::dictionary::Variable| VariableReport {
            name: own.name.clone(),
            question: own.question,
            kinds: Kinds::default(),
        };
        Self { files: Vec::new(), variables: dictionary.variables.iter().map(variable).collect() }
    }

    /// The report as JSON, with the problems.
    #[must_use]
    pub fn json(&self, problems: &Problems, lang: Lang) -> Value {
        let tally = |tally: &Tally| json!({ "count": tally.count, "lines": tally.lines });
        let column = |column: &ColumnReport| {
            let changes: Vec<Value> = column
                .changes
                .iter()
                .map(|(change, times)| json!({ "change": change.code(), "count": times.count, "lines": times.lines }))
                .collect();
            json!({
                "position": column.position,
                "heading": column.heading,
                "becomes": column.becomes,
                "variable": column.variable,
                "matched": column.matched,
                "candidates": column.candidates,
                "changes": changes,
                "errors": column.errors,
                "contact_in_text": tally(&column.contact_in_text),
            })
        };
        let dropped = |one: &Dropped| {
            json!({
                "line": one.line,
                "reason": if one.kept.is_some() { "duplicate" } else { "partial" },
                "kept_line": one.kept.as_ref().map(|(line, _)| line),
                "kept_file": one.kept.as_ref().map(|(_, file)| file),
            })
        };
        let file = |file: &FileReport| {
            json!({
                "file": file.file,
                "dialect": file.dialect.code(),
                "evidence": file.evidence,
                "encoding": file.encoding,
                "delimiter": file.delimiter.to_string(),
                "header_rows": file.header_rows,
                "records": file.records,
                "written": file.written,
                "blank": file.blank,
                "partial": file.partial,
                "dropped": file.dropped.iter().map(dropped).collect::<Vec<_>>(),
                "columns": file.columns.iter().map(column).collect::<Vec<_>>(),
            })
        };
        let variable = |own: &VariableReport| {
            let kinds = &own.kinds;
            json!({
                "name": own.name,
                "question": own.question,
                "in_export": kinds.in_export,
                "answered": kinds.answered,
                "dont_know": kinds.dont_know,
                "refused": kinds.refused,
                "not_asked": kinds.not_asked,
                "no_answer": kinds.no_answer,
                "break_off": kinds.break_off,
                "undetermined": kinds.undetermined,
                "blank": kinds.blank,
                "answered_not_asked": tally(&kinds.answered_not_asked),
            })
        };
        let found = crate::export::problems::json(problems, lang);
        json!({
            "report": "import",
            "version": 1,
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
            "variables": self.variables.iter().map(variable).collect::<Vec<_>>(),
            "errors": found["errors"],
            "problems": found["problems"],
            "more": found["more"],
        })
    }
}

impl FileReport {
    pub(super) fn new(file: &File, seen: &Seen, utf16: bool) -> Self {
        let encoding = match seen.encoding(file) {
            _ if file.row.is_some() => "xlsx",
            _ if utf16 => "UTF-16",
            Encoding::Utf8 => "UTF-8",
            Encoding::Windows1252 => "Windows-1252",
        };
        Self {
            file: file.name.clone(),
            dialect: file.dialect,
            evidence: file.evidence.clone(),
            encoding,
            delimiter: char::from(file.layout.delimiter),
            header_rows: file.header_rows,
            records: seen.extent.records - seen.blank,
            written: 0,
            blank: seen.blank,
            partial: seen.partial.len() as u64,
            dropped: Vec::new(),
            columns: Vec::new(),
        }
    }
}

impl Converter {
    /// What became of each column.
    pub(super) fn columns(&self) -> Vec<ColumnReport> {
        let Export { file, dictionary, .. } = &*self.export;
        let report = |(place, column): (usize, &super::file::Column)| {
            let is_contact = self.contacts.contains(&place);
            let becomes = match &column.target {
                _ if is_contact => "contact",
                Target::Variable(_) | Target::Choice(..) => "answers",
                Target::System(Role::Contact) | Target::Contact => "contact",
                Target::System(_) => "system",
                Target::Ignored => "ignored",
                Target::Nowhere(_) => "not_placed",
            };
            let variable = Some(name(&column.target, dictionary)).filter(|name| !name.is_empty());
            let matched = variable.as_ref().map(|_| column.how.code());
            let candidates = match &column.target {
                Target::Nowhere(Nowhere::Several(names)) => names.clone(),
                _ => Vec::new(),
            };
            ColumnReport {
                position: place + 1,
                heading: file.label(place),
                becomes,
                variable,
                matched,
                candidates,
                changes: self.changes[place].clone(),
                errors: self.errors[place],
                contact_in_text: self.traces[place].clone(),
            }
        };
        file.columns.iter().enumerate().map(report).collect()
    }
}

impl How {
    /// A stable slug.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Name => "name",
            Self::Folded => "folded_name",
            Self::NameWithin => "name_within",
            Self::Question => "question",
            Self::Beginning => "beginning_of_question",
        }
    }
}
