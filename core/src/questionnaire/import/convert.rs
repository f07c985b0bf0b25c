//! The second pass: records to answers, row by row.

use super::Options;
use super::chunks::decode;
use super::contacts::Details;
use super::conversion::{Converted, Records};
use super::kinds::Counts;
use super::look::Export;
use super::plan::{Coded, Plan, Step, code};
use super::problem::ImportProblem;
use super::routing::Asked;
use super::tally::{Change, Changes, Tally};
use super::{contact, dictionary::Kind};
use crate::problem::{Privacy, Problem, Severity};
use crate::read::Encoding;
use crate::read::found::Found;
use crate::read::head::clean;
use crate::read::scan::{Flaw, Record, Spot, Visit, scan};
use std::borrow::Cow;
use std::sync::Arc;

/// The second pass over one export, or over some pieces of it.
#[derive(Debug)]
pub struct Converter {
    pub(super) export: Arc<Export>,
    pub(super) options: Arc<Options>,
    /// Position among the exports.
    pub(super) number: usize,
    encoding: Encoding,
    dropped: Arc<[u64]>,
    /// Columns of contact details.
    pub(super) contacts: Vec<usize>,
    steps: Vec<Step>,
    pub(super) asked: Asked,
    /// Codes as they are written, by list.
    codes: Arc<[Vec<Vec<u8>>]>,
    /// Those that are kept, and their places among the contacts.
    pub(super) contact_columns: Vec<(usize, usize)>,
    pub(super) contact_rows: Vec<Details>,
    /// Addresses of people who by the routing were not asked for one.
    pub(super) contacts_not_asked: u64,
    pub(super) counts: Counts,
    pub(super) changes: Vec<Changes>,
    pub(super) errors: Vec<u64>,
    pub(super) traces: Vec<Tally>,
    pub(super) written: u64,
    found: Found,
    pub(super) row: Row,
}

/// What one row holds while it is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// For each variable the choice plus one, 1 for anything else, 0 when it is blank.
    pub(super) states: Vec<u16>,
    /// Where each variable begins in the answers; and where the row ends.
    starts: Vec<usize>,
    pub(super) line: u64,
    pub(super) record: u64,
}

impl Converter {
    pub(super) fn new(plan: &Plan, options: &Arc<Options>) -> Self {
        let export = plan.export.clone();
        let columns = export.file.columns.len();
        let variables = export.dictionary.variables.len();
        let written = |code: &String| {
            let mut cell = Vec::new();
            options.form.cell(code, &mut cell);
            cell
        };
        Self {
            options: options.clone(),
            number: plan.number,
            encoding: plan.encoding,
            dropped: plan.dropped.clone().into(),
            contacts: plan.contacts.clone(),
            steps: plan.steps.clone(),
            asked: plan.asked.clone(),
            codes: export.dictionary.lists.iter().map(|list| list.codes.iter().map(written).collect()).collect(),
            contact_columns: Vec::new(),
            contact_rows: Vec::new(),
            contacts_not_asked: 0,
            counts: Counts::new(&export.dictionary),
            changes: vec![Changes::default(); columns],
            errors: vec![0; columns],
            traces: vec![Tally::default(); columns],
            written: 0,
            found: Found::default(),
            row: Row { states: vec![0; variables], starts: vec![0; variables + 1], ..Row::default() },
            export,
        }
    }

    /// Answers of some records.
    pub fn convert(&mut self, records: Records) -> Converted {
        let (bytes, _) = clean(&records.bytes);
        let begun = records.before;
        let mut converting = Converting {
            next_dropped: self.dropped.partition_point(|record| *record < begun.records),
            lines: begun.lines,
            records: begun.records,
            answers: records.answers,
            own: self,
        };
        let layout = converting.own.export.file.layout;
        scan(&bytes, layout, records.last, &mut converting);
        let answers = converting.answers;
        drop(bytes);
        Converted { answers, bytes: records.bytes, found: std::mem::take(&mut self.found) }
    }

    /// Both together, of one export.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.changes.iter_mut().zip(&other.changes).for_each(|(own, other)| own.append(other));
        self.traces.iter_mut().zip(&other.traces).for_each(|(own, other)| own.append(other));
        self.errors.iter_mut().zip(&other.errors).for_each(|(own, other)| *own += other);
        self.written += other.written;
        self.contacts_not_asked += other.contacts_not_asked;
        self
    }

    /// A problem with a cell of this row. Where cells may be left out, it is a warning.
    #[cold]
    pub(super) fn wrong(&mut self, column: usize, what: ImportProblem, value: &str) {
        self.errors[column] += u64::from(what.can_be_left_out());
        let is_warning = !what.can_be_left_out() || self.options.keep_going;
        let severity = if is_warning { Severity::Warning } else { Severity::Error };
        let personal = contact::find(value.as_bytes(), false).is_some();
        let privacy = if personal { Privacy::Never } else { Privacy::Answer };
        let file = &self.export.file;
        let problem = Problem { severity, ..Problem::error(&file.name, what) };
        let problem = problem.line(self.row.line).record(self.row.record + 1);
        self.found.push(problem.column(file.label(column)).value(value, privacy));
    }

    #[inline]
    pub(super) fn change(&mut self, column: usize, change: Change) {
        self.changes[column].add(change, self.row.line);
    }

    pub(super) fn decoded<'r>(&self, field: &'r [u8]) -> Cow<'r, str> {
        decode(field, self.encoding)
    }

    pub(super) fn text_of<'r>(&self, column: usize, record: &Record<'r>) -> Cow<'r, str> {
        self.decoded(record.field(column))
    }

    fn answers(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        let form = self.options.form;
        let delimiter = form.delimiter();
        let begin = out.len();
        if self.options.row_key {
            out.extend_from_slice(self.key(record).as_bytes());
            out.push(delimiter);
        }
        let mut steps = std::mem::take(&mut self.steps);
        for (place, step) in steps.iter_mut().enumerate() {
            self.row.starts[place] = out.len();
            self.row.states[place] = match step {
                Step::Empty { columns: 0 } => {
                    self.row.states[place] = 0;
                    continue;
                }
                Step::Empty { columns } => {
                    out.extend(std::iter::repeat_n(delimiter, *columns - 1));
                    0
                }
                Step::One { column, list, cells } => {
                    let coded = cells.known_at(record.from_field(*column)).unwrap_or_else(|| {
                        let field = record.field(*column);
                        let found = self.look_up(*column, *list, field);
                        found.inspect(|coded| cells.remember(field, *coded)).unwrap_or_default()
                    });
                    if coded.is_plain() {
                        // One byte and the delimiter, or the delimiter alone: nothing branches on which.
                        let is_blank = coded.byte == 0;
                        out.extend_from_slice(&[if is_blank { delimiter } else { coded.byte }, delimiter]);
                        out.truncate(out.len() - usize::from(is_blank));
                        self.row.states[place] = coded.state;
                        continue;
                    }
                    self.one(*column, *list, coded, record.field(*column), out)
                }
                Step::Several(several) => self.several(place, several, record, out),
                Step::Number { column, mark, whole } => self.number(*column, *mark, *whole, record, out),
                Step::Date { column, first, time } => self.date(*column, *first, *time, record, out),
                Step::Session { columns } => {
                    let filled = columns.iter().find(|(column, _)| !record.field(*column).trim_ascii().is_empty());
                    filled.map_or(0, |(column, first)| self.date(*column, *first, true, record, out))
                }
                Step::Text { column, hidden, free } => self.text(*column, *hidden, *free, record, out),
            };
            out.push(delimiter);
        }
        if let Some(end) = self.row.starts.last_mut() {
            *end = out.len();
        }
        self.steps = steps;
        self.count(record, out);
        // What stands behind the last variable.
        out.truncate(out.len().max(begin + 1) - 1);
        if out.len() == begin {
            // A line with nothing on it would be no record.
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(form.line_end());
        self.written += 1;
        if !self.contact_columns.is_empty() {
            self.contacts(record);
        }
    }

    /// Writes an answer to a closed question.
    #[inline]
    fn one(&mut self, column: usize, list: usize, coded: Coded, field: &[u8], out: &mut Vec<u8>) -> u16 {
        if let Some(change) = coded.change {
            self.change(column, change);
            if change == Change::Mojibake {
                let text = self.decoded(field).into_owned();
                self.wrong(column, ImportProblem::MojibakeLabel, &text);
            }
        }
        if coded.guard {
            self.change(column, Change::Guard);
        }
        if coded.byte > 0 {
            out.push(coded.byte);
        } else if let Some(choice) = usize::from(coded.state).checked_sub(1) {
            out.extend_from_slice(&self.codes[list][choice]);
        }
        coded.state
    }

    #[cold]
    fn look_up(&mut self, column: usize, list: usize, field: &[u8]) -> Option<Coded> {
        let file = &self.export.file;
        let text = self.decoded(field);
        let list = &self.export.dictionary.lists[list];
        match code(&text, file.has_guard, list, file.dialect) {
            Ok(coded) => Some(coded),
            Err(what) => {
                let near = list.nearest(&text).map(|label| format!(" (≈ {label})")).unwrap_or_default();
                let value = format!("{}{near}", text.trim());
                self.wrong(column, what, &value);
                None
            }
        }
    }

    /// Counts what each question got: an answer, or which kind of missing.
    fn count(&mut self, record: &Record<'_>, out: &[u8]) {
        let Self { export, asked, counts, row, options, .. } = self;
        let dictionary = &*export.dictionary;
        let Row { states, starts, line, .. } = row;
        let delimiter = options.form.delimiter();
        let text = |place: usize| -> String {
            let cell = String::from_utf8_lossy(&out[starts[place]..starts[place + 1] - 1]);
            if dictionary.variables[place].kind != Kind::Several {
                return cell.trim_matches('"').replace("\"\"", "\"");
            }
            let ticks = cell.split(char::from(delimiter)).zip(&dictionary.list(place).codes);
            ticks.filter(|(tick, _)| *tick == "1").map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(" ")
        };
        asked.decide(dictionary, states, &text);
        // Nothing is broken off behind the last answer of who sent the form in.
        let is_last = |place: &usize| dictionary.variables[*place].question && states[*place] > 0;
        let broken_off = match export.roles.is_complete(&export.file, record) {
            true => states.len(),
            false => (0..states.len()).rev().find(is_last).map_or(0, |last| last + 1),
        };
        for (variables, asked) in asked.gates() {
            counts.add(variables, states, asked, broken_off, *line);
        }
    }
}

/// A piece on its way.
struct Converting<'c> {
    own: &'c mut Converter,
    answers: Vec<u8>,
    lines: u64,
    records: u64,
    next_dropped: usize,
}

impl Visit for Converting<'_> {
    fn record(&mut self, record: &Record<'_>) {
        let index = self.records + record.index;
        let file = &self.own.export.file;
        if file.is_blank(record) || file.is_header(record) {
            return;
        }
        if self.own.dropped.get(self.next_dropped) == Some(&index) {
            self.next_dropped += 1;
            return;
        }
        self.own.row.line = file.at(self.lines + record.line, index);
        self.own.row.record = index;
        self.own.answers(record, &mut self.answers);
    }

    /// The first pass reported it.
    fn flaw(&mut self, _: Spot, _: Flaw, _: &[u8]) {}

    fn takes_longer(&mut self, record: &Record<'_>, fields: usize) -> bool {
        self.own.export.file.takes_longer(record, fields)
    }
}
