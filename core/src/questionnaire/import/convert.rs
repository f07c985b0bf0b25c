//! The second pass: records to answers, row by row.

use super::chunks::decode;
use super::dictionary::{Dictionary, Kind};
use super::file::File;
use super::number::{self, Mark};
use super::place::Target;
use super::plan::{Plan, Step, code, unguarded};
use super::problem::ImportProblem;
use super::report::Kinds;
use super::routing::Asked;
use super::set::{self, NoSet};
use super::tally::{Change, Changes, Tally};
use super::tick::{self, Form as Tick};
use super::{Options, contact, date};
use crate::problem::{Privacy, Problem, Severity};
use crate::read::Missing;
use crate::read::found::Found;
use crate::read::head::clean;
use crate::read::scan::{Flaw, Record, Spot, Visit, scan};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The second pass over one export.
#[derive(Debug)]
pub(super) struct Convert {
    pub(super) file: Arc<File>,
    pub(super) plan: Plan,
    pub(super) asked: Asked,
    pub(super) dictionary: Arc<Dictionary>,
    options: Arc<Options>,
    /// Position among the exports.
    number: usize,
    /// Codes as they are written, by list.
    codes: Vec<Vec<Vec<u8>>>,
    pub(super) changes: Vec<Changes>,
    pub(super) errors: Vec<u64>,
    pub(super) traces: Vec<Tally>,
    pub(super) found: Found,
    pub(super) written: u64,
    lines: u64,
    records: u64,
    next_dropped: usize,
    row: Row,
}

/// What one row holds while it is made.
#[derive(Debug, Default)]
struct Row {
    bytes: Vec<u8>,
    /// For each variable the choice plus one, 1 for anything else, 0 when it is blank.
    states: Vec<u16>,
    /// Where each variable stands in the bytes.
    spans: Vec<(usize, usize)>,
    ticks: Vec<bool>,
    line: u64,
    record: u64,
}

/// What a pass adds to.
pub(super) struct Sinks<'a> {
    pub(super) answers: &'a mut Vec<u8>,
    pub(super) contacts: Option<&'a mut Contacts>,
    pub(super) kinds: &'a mut [Kinds],
}

/// Contact details, apart from the answers.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    headings: Vec<String>,
    rows: Vec<(Vec<String>, String)>,
}

impl Contacts {
    /// As CSV, in the order of what they hold: the order of the answers is not told.
    pub(super) fn write(mut self) -> Vec<u8> {
        let form = super::Form::Programs;
        let mut out = Vec::new();
        let header: Vec<String> = std::iter::once("row_key".to_owned()).chain(self.headings.iter().cloned()).collect();
        form.header(&header, &mut out);
        let width = self.headings.len();
        self.rows.iter_mut().for_each(|(values, _)| values.resize(width, String::new()));
        self.rows.sort();
        for (values, key) in &self.rows {
            form.cell(key, &mut out);
            for value in values {
                out.push(b',');
                form.cell(value, &mut out);
            }
            out.push(b'\n');
        }
        out
    }
}

impl Convert {
    pub(super) fn new(
        (file, number): (Arc<File>, usize),
        plan: Plan,
        asked: Asked,
        dictionary: &Arc<Dictionary>,
        options: &Arc<Options>,
    ) -> Self {
        let columns = file.columns.len();
        let written = |code: &String| {
            let mut cell = Vec::new();
            options.form.cell(code, &mut cell);
            cell
        };
        Self {
            file,
            plan,
            asked,
            dictionary: dictionary.clone(),
            options: options.clone(),
            number,
            codes: dictionary.lists.iter().map(|list| list.codes.iter().map(written).collect()).collect(),
            changes: vec![Changes::default(); columns],
            errors: vec![0; columns],
            traces: vec![Tally::default(); columns],
            found: Found::default(),
            written: 0,
            lines: 0,
            records: 0,
            next_dropped: 0,
            row: Row::default(),
        }
    }

    /// A piece of whole records.
    pub(super) fn piece(&mut self, bytes: &[u8], last: bool, sinks: &mut Sinks<'_>) {
        let (bytes, _) = clean(bytes);
        let layout = self.file.layout;
        let extent = scan(&bytes, layout, last, &mut Converting { own: self, sinks });
        self.lines += extent.lines;
        self.records += extent.records;
    }

    /// A problem with a cell of this row. Where cells may be left out, it is a warning.
    #[cold]
    fn wrong(&mut self, column: usize, what: ImportProblem, value: &str) {
        self.errors[column] += u64::from(what.can_be_left_out());
        let is_warning = !what.can_be_left_out() || self.options.keep_going;
        let severity = if is_warning { Severity::Warning } else { Severity::Error };
        let personal = contact::find(value.as_bytes(), false).is_some();
        let privacy = if personal { Privacy::Never } else { Privacy::Answer };
        let problem = Problem { severity, ..Problem::error(&self.file.name, what) };
        let problem = problem.line(self.row.line).record(self.row.record + 1);
        self.found.push(problem.column(self.file.label(column)).value(value, privacy));
    }

    fn change(&mut self, column: usize, change: Change) {
        self.changes[column].add(change, self.row.line);
    }

    fn record(&mut self, record: &Record<'_>, sinks: &mut Sinks<'_>) {
        let index = self.records + record.index;
        if self.file.is_blank(record) || self.file.is_header(record) {
            return;
        }
        let dropped = &self.plan.dropped[self.next_dropped..];
        if dropped.first() == Some(&index) {
            self.next_dropped += 1;
            return;
        }
        let (file, dictionary) = (self.file.clone(), self.dictionary.clone());
        let form = self.options.form;
        let delimiter = form.delimiter();
        self.row.line = file.at(self.lines + record.line, index);
        self.row.record = index;
        self.row.bytes.clear();
        self.row.states.clear();
        self.row.spans.clear();
        if self.options.row_key {
            let key = self.key(record);
            self.row.bytes.extend_from_slice(key.as_bytes());
            self.row.bytes.push(delimiter);
        }
        let mut steps = std::mem::take(&mut self.plan.steps);
        for (place, step) in steps.iter_mut().enumerate() {
            let start = self.row.bytes.len();
            let state = match step {
                Step::Empty => {
                    if dictionary.variables[place].kind == Kind::Several {
                        let columns = dictionary.list(place).codes.len();
                        self.row.bytes.extend(std::iter::repeat_n(delimiter, columns.saturating_sub(1)));
                        if columns == 0 {
                            self.row.states.push(0);
                            self.row.spans.push((start, start));
                            continue;
                        }
                    }
                    0
                }
                Step::One { column, coder } => {
                    let variable = &dictionary.variables[place];
                    let list = &dictionary.lists[variable.list];
                    let field = record.field(*column);
                    let encoding = self.plan.encoding;
                    let coded =
                        coder.get(field, |field| code(&decode(field, encoding), file.has_guard, list, file.dialect));
                    match coded {
                        Ok(coded) => {
                            if let Some(change) = coded.change {
                                self.change(*column, change);
                                if change == Change::Mojibake {
                                    self.wrong(*column, ImportProblem::MojibakeLabel, &decode(field, encoding));
                                }
                            }
                            if coded.guard {
                                self.change(*column, Change::Guard);
                            }
                            if let Some(choice) = usize::from(coded.state).checked_sub(1) {
                                match self.codes[variable.list][choice].as_slice() {
                                    [byte] => self.row.bytes.push(*byte),
                                    code => self.row.bytes.extend_from_slice(code),
                                }
                            }
                            coded.state
                        }
                        Err(what) => {
                            let value = decode(field, encoding);
                            let near = list.nearest(&value).map(|label| format!(" (≈ {label})")).unwrap_or_default();
                            self.wrong(*column, what, &format!("{}{near}", value.trim()));
                            0
                        }
                    }
                }
                Step::Several { columns, set, convention } => {
                    self.several(place, columns, *set, *convention, record);
                    u16::from(self.row.ticks.contains(&true))
                }
                Step::Number { column, mark, whole } => self.number(*column, *mark, *whole, record),
                Step::Date { column, first, time } => self.date(*column, *first, *time, record),
                Step::Session { columns } => {
                    let filled = columns.iter().find(|(column, _)| !record.field(*column).trim_ascii().is_empty());
                    filled.map_or(0, |(column, first)| self.date(*column, *first, true, record))
                }
                Step::Text { column, hidden, free } => self.text(*column, *hidden, *free, record),
            };
            self.row.states.push(state);
            self.row.spans.push((start, self.row.bytes.len()));
            self.row.bytes.push(delimiter);
        }
        self.plan.steps = steps;
        self.row.bytes.pop();
        self.kinds(record, sinks);
        if self.row.bytes.is_empty() {
            // A line with nothing on it would be no record.
            self.row.bytes.extend_from_slice(b"\"\"");
        }
        sinks.answers.extend_from_slice(&self.row.bytes);
        sinks.answers.extend_from_slice(form.line_end());
        self.written += 1;
        if let Some(contacts) = &mut sinks.contacts {
            self.contacts(record, contacts);
        }
    }

    fn text_of<'r>(&self, column: usize, record: &Record<'r>) -> std::borrow::Cow<'r, str> {
        decode(record.field(column), self.plan.encoding)
    }

    /// Ticks of a question into the row; nothing ticked is empty everywhere.
    fn several(
        &mut self,
        place: usize,
        columns: &[Option<usize>],
        set: Option<usize>,
        convention: tick::Convention,
        record: &Record<'_>,
    ) {
        let dictionary = self.dictionary.clone();
        let list = dictionary.list(place);
        let mut ticks = std::mem::take(&mut self.row.ticks);
        ticks.clear();
        let mut any_column = false;
        for (choice, column) in columns.iter().enumerate() {
            let Some(column) = *column else {
                ticks.push(false);
                continue;
            };
            any_column = true;
            let field = record.field(column);
            let form = match field {
                [] => Tick::Empty,
                b"0" => Tick::Zero,
                b"1" => Tick::One,
                _ => Tick::Other,
            };
            let is_plain = form != Tick::Other && !tick::is_code(field, list.codes[choice].as_bytes());
            let ticked = if is_plain {
                convention.ticks(form, false)
            } else {
                let text = self.text_of(column, record);
                let (plain, guard) = unguarded(text.trim(), self.file.has_guard);
                let (form, own) = tick::form(plain, list, choice);
                let ticked = convention.ticks(form, own);
                if guard {
                    self.change(column, Change::Guard);
                }
                if ticked.is_some() && !matches!(form, Tick::Empty | Tick::Zero | Tick::One) {
                    self.change(column, Change::Tick);
                }
                ticked
            };
            if ticked.is_none() {
                let text = self.text_of(column, record).into_owned();
                self.wrong(column, ImportProblem::NotAMark, &text);
            }
            ticks.push(ticked.unwrap_or(false));
        }
        if let Some(column) = set {
            let text = self.text_of(column, record);
            let (plain, guard) = unguarded(text.trim(), self.file.has_guard);
            let not_shown = matches!(plain, "N/A" | "n/a" | "{question_not_shown}");
            if guard {
                self.change(column, Change::Guard);
            }
            if not_shown {
                self.change(column, Change::NotShown);
            } else if !plain.is_empty() {
                match set::choices(plain, list, self.file.dialect.prefer()) {
                    Ok(found) => {
                        let agrees = columns
                            .iter()
                            .enumerate()
                            .all(|(choice, column)| column.is_none() || ticks[choice] == found.contains(&choice));
                        if any_column && !agrees {
                            self.wrong(column, ImportProblem::Contradiction, plain);
                        } else {
                            found.iter().for_each(|choice| ticks[*choice] = true);
                            self.change(column, Change::Split);
                        }
                    }
                    Err(NoSet::Unknown(part)) => {
                        let near = list.nearest(&part).map(|label| format!(" (≈ {label})")).unwrap_or_default();
                        let what = ImportProblem::NotAChoice { choices: list.listed() };
                        self.wrong(column, what, &format!("{part}{near}"));
                    }
                    Err(NoSet::Several(codes)) => {
                        self.wrong(column, ImportProblem::SeveralChoices { codes }, plain);
                    }
                }
            } else if any_column && ticks.contains(&true) {
                self.wrong(column, ImportProblem::Contradiction, "");
            }
        }
        let delimiter = self.options.form.delimiter();
        let any = ticks.contains(&true);
        for ticked in &ticks {
            if any {
                self.row.bytes.push(if *ticked { b'1' } else { b'0' });
            }
            self.row.bytes.push(delimiter);
        }
        // The delimiter after the variable is the row's to write.
        self.row.bytes.pop();
        self.row.ticks = ticks;
    }

    fn number(&mut self, column: usize, mark: Mark, whole: bool, record: &Record<'_>) -> u16 {
        let field = record.field(column);
        // Most are short whole numbers as they are written out.
        if let [b'1'..=b'9', rest @ ..] = field
            && rest.len() < 15
            && rest.iter().all(u8::is_ascii_digit)
        {
            self.row.bytes.extend_from_slice(field);
            return 1;
        }
        let text = self.text_of(column, record);
        let (plain, guard) = unguarded(text.trim(), self.file.has_guard);
        if guard {
            self.change(column, Change::Guard);
        }
        if matches!(plain, "" | "N/A" | "n/a") {
            if !plain.is_empty() {
                self.change(column, Change::NotShown);
            }
            return 0;
        }
        match number::parse(plain, mark, whole) {
            Ok(number) => {
                if number.comma {
                    self.change(column, Change::DecimalComma);
                } else if number.grouped {
                    self.change(column, Change::Thousands);
                } else if number.text != plain {
                    self.change(column, Change::NumberForm);
                }
                if whole && !number.is_whole() {
                    self.wrong(column, ImportProblem::NotWhole, plain);
                }
                self.options.form.number(&number.text, &mut self.row.bytes);
                1
            }
            Err(not) => {
                let what = match not {
                    number::Not::Number => ImportProblem::NotANumber { whole },
                    number::Not::Mixed => ImportProblem::MixedMarks,
                    number::Not::Thousands => ImportProblem::Thousands,
                };
                self.wrong(column, what, plain);
                0
            }
        }
    }

    fn date(&mut self, column: usize, first: date::First, time: bool, record: &Record<'_>) -> u16 {
        let text = self.text_of(column, record);
        let (plain, _) = unguarded(text.trim(), self.file.has_guard);
        if matches!(plain, "" | "N/A" | "n/a") {
            return 0;
        }
        match date::parse(plain, first, time) {
            Ok(date) => {
                if date.changed {
                    self.change(column, Change::DateForm);
                }
                self.options.form.date(&date.text, &mut self.row.bytes);
                1
            }
            Err(not) => {
                let what = match not {
                    date::Not::Date => ImportProblem::NotADate,
                    date::Not::Ambiguous => ImportProblem::DayOrMonth,
                };
                self.wrong(column, what, plain);
                0
            }
        }
    }

    /// Free text as the person wrote it.
    fn text(&mut self, column: usize, hidden: bool, free: bool, record: &Record<'_>) -> u16 {
        let text = self.text_of(column, record);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            if !text.is_empty() {
                self.change(column, Change::Trimmed);
            }
            return 0;
        }
        let (plain, guard) = unguarded(&text, self.file.has_guard);
        if guard {
            self.change(column, Change::Guard);
        }
        // What a link sets is no free text: a year that a tool wrote as a number is a year.
        let digits = plain.trim().strip_suffix(".0").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        let plain = match digits.filter(|_| hidden) {
            Some(digits) => {
                self.change(column, Change::NumberForm);
                digits
            }
            None if hidden => plain.trim(),
            None => plain,
        };
        if free && contact::find(plain.as_bytes(), false).is_some() {
            self.traces[column].add(self.row.line);
        }
        self.options.form.text(plain, &mut self.row.bytes);
        1
    }

    /// Counts what each question got: an answer, or which kind of missing.
    fn kinds(&mut self, record: &Record<'_>, sinks: &mut Sinks<'_>) {
        let dictionary = &*self.dictionary;
        let complete = self.plan.roles.is_complete(&self.file, record);
        let states = &self.row.states;
        let is_question = |place: usize| dictionary.variables[place].question;
        let last = (0..states.len()).rev().find(|place| is_question(*place) && states[*place] > 0);
        self.asked.next_row();
        let (bytes, spans, form) = (&self.row.bytes, &self.row.spans, self.options.form);
        let text = |place: usize| -> String {
            let (start, end) = spans[place];
            let cell = String::from_utf8_lossy(&bytes[start..end]);
            if dictionary.variables[place].kind != Kind::Several {
                return cell.trim_matches('"').replace("\"\"", "\"");
            }
            let ticks = cell.split(char::from(form.delimiter())).zip(&dictionary.list(place).codes);
            ticks.filter(|(tick, _)| *tick == "1").map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(" ")
        };
        for (place, step) in self.plan.steps.iter().enumerate() {
            if matches!(step, Step::Empty) {
                continue;
            }
            let kinds = &mut sinks.kinds[place];
            kinds.in_export = true;
            if !is_question(place) {
                kinds.answered += u64::from(states[place] > 0);
                kinds.blank += u64::from(states[place] == 0);
                continue;
            }
            let asked = self.asked.is_asked(place, dictionary, states, &text);
            if let Some(choice) = usize::from(states[place]).checked_sub(1) {
                let missing = match dictionary.variables[place].kind {
                    Kind::One => dictionary.list(place).missing[choice],
                    _ => None,
                };
                match missing {
                    Some(Missing::DontKnow) => kinds.dont_know += 1,
                    Some(_) => kinds.refused += 1,
                    None => kinds.answered += 1,
                }
                if asked == Some(false) {
                    kinds.answered_not_asked.add(self.row.line);
                }
            } else {
                match asked {
                    Some(false) => kinds.not_asked += 1,
                    None => kinds.undetermined += 1,
                    Some(true) if !complete && last.is_none_or(|last| place > last) => kinds.break_off += 1,
                    Some(true) => kinds.no_answer += 1,
                }
            }
        }
    }

    fn contacts(&self, record: &Record<'_>, contacts: &mut Contacts) {
        let mut values: Vec<String> = Vec::new();
        for column in &self.plan.contacts {
            let text = self.text_of(*column, record);
            let text = text.trim();
            if text.is_empty() || matches!(text, "anonymous" | "anonym") {
                continue;
            }
            let heading = match self.file.columns[*column].target {
                Target::Variable(variable) => self.dictionary.variables[variable].name.clone(),
                _ => self.file.label(*column),
            };
            let place = contacts.headings.iter().position(|own| *own == heading).unwrap_or_else(|| {
                contacts.headings.push(heading);
                contacts.headings.len() - 1
            });
            if values.len() <= place {
                values.resize(place + 1, String::new());
            }
            values[place] = text.to_owned();
        }
        if !values.is_empty() {
            contacts.rows.push((values, self.key(record)));
        }
    }

    /// A key of this row that says nothing about the person: a digest of the tool's own number, else of the place.
    fn key(&self, record: &Record<'_>) -> String {
        let id = self.plan.roles.id.map(|column| self.text_of(column, record)).unwrap_or_default();
        let own = if id.is_empty() {
            format!("{}\n{}", self.number, self.row.record)
        } else {
            format!("{}\n{id}", self.number)
        };
        Sha256::digest(own).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

struct Converting<'c, 's, 't> {
    own: &'c mut Convert,
    sinks: &'s mut Sinks<'t>,
}

impl Visit for Converting<'_, '_, '_> {
    fn record(&mut self, record: &Record<'_>) {
        self.own.record(record, self.sinks);
    }

    /// The first pass reported it.
    fn flaw(&mut self, _: Spot, _: Flaw, _: &[u8]) {}

    fn takes_longer(&mut self, record: &Record<'_>, fields: usize) -> bool {
        self.own.file.takes_longer(record, fields)
    }
}
