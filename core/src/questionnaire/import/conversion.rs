//! The second pass over all exports: answers out, piece by piece.

use super::chunks::Chunks;
use super::contacts::Contacts;
use super::convert::Converter;
use super::dictionary::Dictionary;
use super::file::{File, Opening, Start};
use super::plan::Plan;
use super::report::{Kinds, Report};
use super::{ImportProblem, Options};
use crate::problem::{Problem, Problems};
use crate::read::found::Found;
use crate::read::scan::Extent;
use std::collections::VecDeque;
use std::sync::Arc;

/// What came of an import.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The answers as CSV, or what of them was not taken away before.
    pub answers: Vec<u8>,
    /// Contact details as CSV, where they were asked for.
    pub contacts: Option<Vec<u8>>,
    /// What was done.
    pub report: Report,
}

/// Whole records of an export, as the first pass cut them.
#[derive(Debug)]
pub struct Records {
    pub(super) bytes: Vec<u8>,
    pub(super) last: bool,
    /// What stands before them.
    pub(super) before: Extent,
    /// Room for the answers.
    pub(super) answers: Vec<u8>,
}

/// Answers of some records.
#[derive(Debug)]
pub struct Converted {
    /// As CSV.
    pub answers: Vec<u8>,
    /// What they were read from, for its room.
    pub(super) bytes: Vec<u8>,
    pub(super) found: Found,
}

/// What is to be done with one export, and where the first pass cut it: how long each piece is, and what stands before.
pub(super) type Planned = (Plan, VecDeque<(usize, Extent)>);

/// The second pass. The exports are given again, in the same order.
///
/// [`push`](Self::push) does all at once. On several threads: records from [`take`](Self::take) are converted by
/// [converters](Self::converter), in any order, and what came of them is [added](Self::add) in the order in which they were
/// taken.
#[derive(Debug)]
pub struct Conversion {
    waiting: VecDeque<Planned>,
    dictionary: Arc<Dictionary>,
    options: Arc<Options>,
    current: Option<Current>,
    contacts: Contacts,
    kinds: Vec<Kinds>,
    found: Vec<(String, Found)>,
    converters: Vec<Vec<Converter>>,
    report: Report,
}

#[derive(Debug)]
struct Current {
    chunks: Chunks,
    /// Whether the head was taken off.
    begun: bool,
    plan: Plan,
    pieces: VecDeque<(usize, Extent)>,
    /// For records that are pushed.
    own: Option<Converter>,
    /// Room of answers that were written.
    spare: Vec<Vec<u8>>,
}

impl Conversion {
    pub(super) fn new(
        waiting: VecDeque<Planned>,
        dictionary: Arc<Dictionary>,
        options: Arc<Options>,
        report: Report,
    ) -> Self {
        let kinds = report.variables.iter().map(|variable| variable.kinds.clone()).collect();
        Self {
            waiting,
            dictionary,
            options,
            current: None,
            contacts: Contacts::default(),
            kinds,
            found: Vec::new(),
            converters: Vec::new(),
            report,
        }
    }

    /// The header of the answers.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let mut names = self.dictionary.header();
        if self.options.row_key {
            names.insert(0, "row_key".into());
        }
        let mut out = Vec::new();
        self.options.form.header(&names, &mut out);
        out
    }

    /// Begins an export; `false` when the first pass could not read it.
    pub fn open(&mut self, name: &str) -> bool {
        if self.waiting.front().is_none_or(|(plan, _)| plan.export.file.name != name) {
            return false;
        }
        let Some((plan, pieces)) = self.waiting.pop_front() else { return false };
        self.found.push((name.into(), Found::default()));
        self.converters.push(Vec::new());
        let chunks = Chunks::new(self.options.coding, Some(self.dictionary.clone()));
        self.current = Some(Current { chunks, begun: false, plan, pieces, own: None, spare: Vec::new() });
        true
    }

    /// A converter of the export that was begun, for one thread. It is [handed back](Self::done) at the end.
    pub fn converter(&mut self) -> Option<Converter> {
        let plan = &self.current.as_ref()?.plan;
        let mut converter = Converter::new(plan, &self.options);
        if self.options.contacts {
            let headings = plan.contacts.iter().map(|column| converter.contact_heading(*column));
            let places = self.contacts.columns(headings);
            converter.contact_columns = plan.contacts.iter().copied().zip(places).collect();
        }
        Some(converter)
    }

    /// The next bytes of the export, or its end; gives the records that are whole now. To be asked with no bytes until it
    /// gives none.
    pub fn take(&mut self, bytes: Option<&[u8]>) -> Option<Records> {
        let Current { chunks, begun, plan, pieces, spare, .. } = self.current.as_mut()?;
        match bytes {
            Some(bytes) => chunks.push(bytes),
            None => chunks.end(),
        }
        let whole = chunks.ended();
        if !*begun {
            if chunks.is_workbook() && !whole {
                return None;
            }
            let start = Start { name: &plan.export.file.name, text: chunks.text(), whole, first_row: chunks.first_row };
            // The same head as in the first pass; its problems are known.
            match File::open(&start, &self.dictionary, &self.options, &mut Problems::new()) {
                Opening::Ready(_, length) => chunks.take(length),
                Opening::More | Opening::Refused => return None,
            }
            *begun = true;
        }
        let (length, before) = *pieces.front()?;
        let bytes = chunks.next(length)?;
        pieces.pop_front();
        let answers = spare.pop().unwrap_or_default();
        Some(Records { bytes, last: whole && pieces.is_empty(), before, answers })
    }

    /// Adds what came of the records that were taken next, once its answers are written.
    pub fn add(&mut self, converted: Converted) {
        let Converted { mut answers, bytes, found } = converted;
        if let Some((_, all)) = self.found.last_mut() {
            all.append(found);
        }
        if let Some(current) = &mut self.current {
            answers.clear();
            current.spare.push(answers);
            current.chunks.give_back(bytes);
        }
    }

    /// Takes a converter back, with all that it counted.
    pub fn done(&mut self, converter: Converter) {
        if let Some(converters) = self.converters.last_mut() {
            converters.push(converter);
        }
    }

    /// The next bytes of the export; answers are added to what is given.
    pub fn push(&mut self, bytes: &[u8], answers: &mut Vec<u8>) {
        let mut taken = self.take(Some(bytes));
        while let Some(records) = taken {
            self.convert(records, answers);
            taken = self.take(Some(b""));
        }
    }

    /// The export is whole.
    pub fn close(&mut self, answers: &mut Vec<u8>) {
        while let Some(records) = self.take(None) {
            self.convert(records, answers);
        }
        // An export without records has its columns in the report all the same.
        let own = self.current.as_mut().and_then(|current| current.own.take()).or_else(|| self.converter());
        own.into_iter().for_each(|own| self.done(own));
        self.current = None;
    }

    fn convert(&mut self, records: Records, answers: &mut Vec<u8>) {
        let own = self.current.as_mut().and_then(|current| current.own.take()).or_else(|| self.converter());
        let Some(mut own) = own else { return };
        let converted = own.convert(records);
        answers.extend_from_slice(&converted.answers);
        self.add(converted);
        if let Some(current) = &mut self.current {
            current.own = Some(own);
        }
    }

    /// Ends the import; problems of cells are added.
    #[must_use]
    pub fn finish(mut self, answers: Vec<u8>, problems: &mut Problems) -> Outcome {
        let all = std::mem::take(&mut self.converters).into_iter().zip(std::mem::take(&mut self.found)).enumerate();
        for (place, (converters, (name, found))) in all {
            found.into_problems(&name, problems);
            let joined = converters.into_iter().map(|mut converter| {
                self.contacts.append(std::mem::take(&mut converter.contact_rows));
                converter.counts.add_to(&mut self.kinds, &self.dictionary);
                converter
            });
            let Some(all) = joined.reduce(Converter::and) else { continue };
            for (column, trace) in all.traces.iter().enumerate().filter(|(_, trace)| trace.count > 0) {
                let what = ImportProblem::ContactInText { cells: trace.count };
                let mut problem = Problem::warning(&name, what).column(all.export.file.label(column));
                problem.line = trace.lines.first().copied();
                problems.push(problem);
            }
            if all.contacts_not_asked > 0 {
                let what = ImportProblem::ContactNotAsked { cells: all.contacts_not_asked };
                problems.push(Problem::warning(&name, what));
            }
            if let Some(file) = self.report.files.get_mut(place) {
                file.written = all.written;
                file.columns = all.columns();
            }
        }
        for (variable, kinds) in self.report.variables.iter_mut().zip(self.kinds) {
            variable.kinds = kinds;
            let tally = &variable.kinds.answered_not_asked;
            if let Some(file) = self.report.files.first().filter(|_| tally.count > 0) {
                let what = ImportProblem::NotAsked { answers: tally.count };
                let mut problem = Problem::warning(&file.file, what).column(variable.name.as_str());
                // Lines of several exports would not say of which.
                problem.line = tally.lines.first().copied().filter(|_| self.report.files.len() == 1);
                problems.push(problem);
            }
        }
        let contacts = self.options.contacts.then(|| self.contacts.write(&self.dictionary, &self.options));
        Outcome { answers, contacts, report: self.report }
    }
}
