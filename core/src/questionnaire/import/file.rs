//! The head of an export: which tool wrote it, and where its columns go.

use super::dialect::Dialect;
use super::dictionary::Dictionary;
use super::place::{self, Heading, How, Nowhere, Target};
use super::problem::ImportProblem;
use super::{Options, contact};
use crate::problem::{Problem, Problems, Severity};
use crate::read::Head;
use crate::read::encoding::guess;
use crate::read::head::clean;
use crate::read::problem::RECORD_LIMIT;
use crate::read::scan::{Flaw, Layout, Record, Spot, Visit, first_record, scan};

/// Fields beyond the header that are looked at: exports that end each line with a delimiter have one more.
pub(super) const SPARE: usize = 4;

/// How much of a file is looked at before its head is read.
const SAMPLE: usize = 1 << 18;

/// One column of an export.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The heading, of two rows the question.
    pub(super) heading: String,
    /// The second row of the heading.
    pub(super) option: Option<String>,
    pub(super) target: Target,
    pub(super) how: How,
}

/// An export whose head was read.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) layout: Layout,
    /// Whether it begins with the mark of UTF-8.
    pub(super) mark: bool,
    /// The line on which the first record begins.
    pub(super) line: u64,
    /// The row of the sheet on which the first record stands, for workbooks.
    pub(super) row: Option<u64>,
    pub(super) header_rows: u64,
    pub(super) dialect: Dialect,
    pub(super) evidence: Vec<String>,
    pub(super) columns: Vec<Column>,
    /// The header as it is, to know it again among the records.
    pub(super) names: Vec<String>,
    /// Whether an apostrophe before a formula is the exporter's.
    pub(super) has_guard: bool,
}

/// What there is at the start of a file.
pub(super) enum Opening {
    /// Too little.
    More,
    /// Nothing that can be read.
    Refused,
    /// The head, and how many bytes it takes.
    Ready(Box<File>, usize),
}

/// What was given besides the text.
pub(super) struct Start<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a [u8],
    pub(super) whole: bool,
    /// The first row of the sheet, for workbooks.
    pub(super) first_row: Option<u64>,
}

impl File {
    pub(super) fn open(
        start: &Start<'_>,
        dictionary: &Dictionary,
        options: &Options,
        problems: &mut Problems,
    ) -> Opening {
        let Start { name, text, whole, first_row } = *start;
        if !whole && text.len() < SAMPLE {
            return Opening::More;
        }
        let mut found = Problems::new();
        let head = Head::find_with(name, text, whole, options.delimiter, &mut found);
        if !whole && head.as_ref().is_none_or(|head| head.start >= text.len()) && text.len() <= RECORD_LIMIT {
            return Opening::More;
        }
        // Columns with one name or none are looked at when they are placed.
        for problem in
            found.list().iter().filter(|problem| !matches!(problem.what.code(), "duplicate-header" | "empty-header"))
        {
            problems.push(problem.clone());
        }
        let Some(head) = head else { return Opening::Refused };
        let (dialect, evidence) = match options.dialect {
            Some(dialect) => (dialect, Vec::new()),
            None if head.names == dictionary.header() => (Dialect::Bygdepuls, Vec::new()),
            None => Dialect::find(&head.names, head.layout.delimiter),
        };
        let mut file = Self {
            name: name.into(),
            layout: Layout { needed: head.layout.columns + SPARE, ..head.layout },
            mark: head.mark,
            line: head.line,
            row: first_row.map(|row| row + 1),
            header_rows: 1,
            dialect,
            evidence,
            columns: Vec::new(),
            names: head.names.clone(),
            // What this command writes for programs has none; for spreadsheets it has.
            has_guard: dialect != Dialect::Bygdepuls || (head.mark && head.layout.delimiter == b';'),
        };
        let mut length = head.start;
        let mut options_row = None;
        if dialect == Dialect::SurveyMonkey {
            match second_row(&text[head.start..], &file) {
                Some((row, taken, lines)) => {
                    length += taken;
                    file.line += lines;
                    file.row = file.row.map(|row| row + 1);
                    file.header_rows = 2;
                    options_row = Some(row);
                }
                None if file.names.iter().any(String::is_empty) => {
                    problems
                        .push(Problem::error(name, ImportProblem::NoSecondHeader).line(file.row.unwrap_or(file.line)));
                    return Opening::Refused;
                }
                None => {}
            }
        }
        if file.place(options_row, dictionary, options, problems) {
            Opening::Ready(Box::new(file), length)
        } else {
            Opening::Refused
        }
    }

    /// Places the columns; whether any of them is a question.
    fn place(
        &mut self,
        second: Option<Vec<String>>,
        dictionary: &Dictionary,
        options: &Options,
        problems: &mut Problems,
    ) -> bool {
        let mut questions = self.names.clone();
        let two_rows = second.is_some();
        if two_rows {
            // A question stands over the first of its columns.
            for place in 1..questions.len() {
                if questions[place].is_empty() {
                    questions[place] = questions[place - 1].clone();
                }
            }
        }
        let mut found = Vec::new();
        for (place, question) in questions.iter().enumerate() {
            let option = second.as_ref().and_then(|row| row.get(place)).map(String::as_str);
            let alone = questions.iter().filter(|other| *other == question).count() == 1;
            let own = if two_rows { question } else { &self.names[place] };
            let named = |name: &String| *name == self.names[place] || name == own || *name == (place + 1).to_string();
            found.push(if options.ignore.iter().any(named) {
                (Target::Ignored, How::Given)
            } else if let Some((_, target)) = options.place.iter().find(|(column, _)| named(column)) {
                match place::given(target, dictionary) {
                    Some(target) => (target, How::Given),
                    None => {
                        problems.push(Problem::error("--place", ImportProblem::NoSuchVariable).column(target.as_str()));
                        (Target::Nowhere(Nowhere::Unknown), How::Given)
                    }
                }
            } else if let Some(text) = options.labels.get(question.as_str()) {
                let words = Heading { text, option, alone };
                match place::place(&Heading { text: question, option, alone }, dictionary, self.dialect) {
                    (Target::Nowhere(_), _) => place::place(&words, dictionary, self.dialect),
                    known => known,
                }
            } else {
                place::place(&Heading { text: question, option, alone }, dictionary, self.dialect)
            });
        }
        let twice = place::settle(&mut found);
        let columns = questions.into_iter().enumerate().zip(found);
        let columns = columns.map(|((place, heading), (target, how))| Column {
            heading,
            option: second.as_ref().and_then(|row| row.get(place)).filter(|option| !option.is_empty()).cloned(),
            target,
            how,
        });
        self.columns = columns.collect();
        let is_question = |column: &&Column| matches!(column.target, Target::Variable(_) | Target::Choice(..));
        let placed = self.columns.iter().filter(is_question).count();
        let contact = |target: &Target| match target {
            Target::Variable(variable) => dictionary.variables[*variable].contact,
            _ => false,
        };
        // In a file without a header some answer may happen to be a name.
        let doubtful = placed * 10 < self.columns.len() && self.names.iter().any(|name| !looks_like_a_name(name));
        // SurveyXact has the questions in a file of its own.
        let bare = placed == 0 && self.dialect == Dialect::SurveyXact;
        if (placed == 0 || doubtful) && !bare {
            let names = dictionary.variables.iter().map(|variable| variable.name.clone()).collect();
            let line = self.header_line();
            problems.push(Problem::error(&self.name, ImportProblem::NoQuestions { names }).line(line));
            return false;
        }
        for (first, second) in twice {
            // Contact details go to the same file wherever they stand.
            if contact(&self.columns[first].target) {
                self.columns[second].target = Target::Contact;
                continue;
            }
            let variable = place::name(&self.columns[second].target, dictionary);
            let what = ImportProblem::TwoColumns { variable, other: self.label(first) };
            let column = self.label(second);
            problems.push(Problem::error(&self.name, what).line(self.header_line()).column(column));
            self.columns[second].target = Target::Nowhere(Nowhere::Weaker(first));
        }
        true
    }

    /// The line of the header.
    pub(super) fn header_line(&self) -> u64 {
        match self.row {
            Some(row) => row.saturating_sub(self.header_rows).max(1),
            None => self.line.saturating_sub(self.header_rows).max(1),
        }
    }

    /// Names a column in a message: its heading, or its position where the heading may be an answer.
    pub(super) fn label(&self, column: usize) -> String {
        const SHOWN: usize = 80;
        let Some(own) = self.columns.get(column) else { return (column + 1).to_string() };
        let whole = match &own.option {
            Some(option) => format!("{} / {option}", own.heading),
            None => own.heading.clone(),
        };
        if whole.is_empty() || contact::find(whole.as_bytes(), false).is_some() {
            return (column + 1).to_string();
        }
        if whole.chars().count() > SHOWN { whole.chars().take(SHOWN).chain(['…']).collect() } else { whole }
    }

    /// The line of a record, or its row in a sheet; both counted from 0 after the head.
    pub(super) fn at(&self, line: u64, index: u64) -> u64 {
        self.row.map_or(self.line + line, |row| row + index)
    }

    /// Whether a record holds nothing. Among our own answers it is a person who answered nothing.
    pub(super) fn is_blank(&self, record: &Record<'_>) -> bool {
        self.dialect != Dialect::Bygdepuls
            && (0..self.layout.columns).all(|column| record.field(column).trim_ascii().is_empty())
    }

    /// Whether a record is the header again.
    pub(super) fn is_header(&self, record: &Record<'_>) -> bool {
        // Nearly always the first letter tells that it is not.
        let first = |text: &[u8]| text.trim_ascii_start().first().copied().filter(u8::is_ascii);
        let own = self.names.first().and_then(|name| first(name.as_bytes()));
        if own.is_some() && own != first(record.field(0)) {
            return false;
        }
        let same = |column: usize| guess(record.field(column)).trim() == self.names[column];
        self.names.len() > 1 && same(0) && (1..self.names.len()).all(same)
    }

    /// Whether fields beyond the header are all empty.
    pub(super) fn takes_longer(&self, record: &Record<'_>, fields: usize) -> bool {
        fields <= self.layout.needed
            && (self.layout.columns..fields).all(|column| record.field(column).trim_ascii().is_empty())
    }

    /// Whether a user's name of a column means this one: its heading, or its position from 1.
    pub(super) fn is_named(&self, column: usize, name: &str) -> bool {
        let own = self.columns.get(column).map(|column| column.heading.as_str());
        own == Some(name) || self.names.get(column).is_some_and(|own| own == name) || name == (column + 1).to_string()
    }

    /// The problems of columns that go nowhere and are no contact details; `filled` says which hold anything.
    pub(super) fn unplaced(&self, contacts: &[usize], filled: &dyn Fn(usize) -> bool, problems: &mut Problems) {
        for (place, column) in self.columns.iter().enumerate().filter(|(place, _)| !contacts.contains(place)) {
            let Target::Nowhere(why) = &column.target else { continue };
            let what = match why {
                Nowhere::Unknown if column.heading.is_empty() && !filled(place) => continue,
                Nowhere::Unknown => ImportProblem::NotPlaced { several: Vec::new() },
                Nowhere::Several(several) => ImportProblem::NotPlaced { several: several.clone() },
                Nowhere::NoChoice(variable) => ImportProblem::NoSuchChoice { variable: variable.clone() },
                // The same column twice was an error.
                Nowhere::Weaker(other) if self.columns[*other].how == column.how => continue,
                Nowhere::Weaker(other) => ImportProblem::Weaker { other: self.label(*other) },
            };
            let problem = Problem { severity: Severity::Warning, ..Problem::error(&self.name, what) };
            problems.push(problem.line(self.header_line()).column(self.label(place)));
        }
    }
}

/// Whether a heading could be one: it holds a letter, and no contact details.
fn looks_like_a_name(name: &str) -> bool {
    name.is_empty() || (name.chars().any(char::is_alphabetic) && contact::find(name.as_bytes(), false).is_none())
}

/// The second header row of SurveyMonkey: no number of a respondent, and something else. With its length in bytes and lines.
fn second_row(text: &[u8], file: &File) -> Option<(Vec<String>, usize, u64)> {
    struct Row(Option<Vec<String>>);
    impl Visit for Row {
        fn record(&mut self, record: &Record<'_>) {
            self.0 = Some((0..record.len()).map(|column| guess(record.field(column)).trim().to_owned()).collect());
        }
        fn flaw(&mut self, _: Spot, _: Flaw, _: &[u8]) {}
        fn takes_longer(&mut self, _: &Record<'_>, _: usize) -> bool {
            true
        }
    }
    let length = first_record(text, file.layout.delimiter);
    let (record, _) = clean(&text[..length]);
    let mut row = Row(None);
    let extent = scan(&record, Layout { needed: file.layout.columns, ..file.layout }, true, &mut row);
    let row =
        row.0.filter(|row| row.first().is_some_and(String::is_empty) && row.iter().any(|cell| !cell.is_empty()))?;
    Some((row, length, extent.lines.max(1)))
}
