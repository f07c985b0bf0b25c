//! The second pass over all exports: answers out, block by block.

use super::chunks::Chunks;
use super::convert::{Contacts, Convert, Sinks};
use super::dictionary::Dictionary;
use super::file::{File, Opening, Start};
use super::plan::Plan;
use super::report::{Kinds, Report};
use super::routing::Asked;
use super::{ImportProblem, Options};
use crate::problem::{Problem, Problems};
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

/// The second pass. The exports are given again, in the same order.
#[derive(Debug)]
pub struct Conversion {
    waiting: VecDeque<(Arc<File>, Plan, Asked)>,
    dictionary: Arc<Dictionary>,
    options: Arc<Options>,
    current: Option<Current>,
    done: Vec<Convert>,
    kinds: Vec<Kinds>,
    contacts: Option<Contacts>,
    report: Report,
    number: usize,
}

#[derive(Debug)]
struct Current {
    chunks: Chunks,
    /// Whether the head was taken off.
    begun: bool,
    convert: Convert,
}

impl Conversion {
    pub(super) fn new(
        waiting: VecDeque<(Arc<File>, Plan, Asked)>,
        dictionary: Arc<Dictionary>,
        options: Arc<Options>,
        report: Report,
    ) -> Self {
        let kinds = report.variables.iter().map(|variable| variable.kinds.clone()).collect();
        let contacts = options.contacts.then(Contacts::default);
        Self { waiting, dictionary, options, current: None, done: Vec::new(), kinds, contacts, report, number: 0 }
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
        if self.waiting.front().is_none_or(|(file, ..)| file.name != name) {
            return false;
        }
        let Some((file, plan, asked)) = self.waiting.pop_front() else { return false };
        let convert = Convert::new((file, self.number), plan, asked, &self.dictionary, &self.options);
        self.number += 1;
        self.current = Some(Current { chunks: Chunks::new(self.options.coding), begun: false, convert });
        true
    }

    /// The next bytes of the export; answers are added to what is given.
    pub fn push(&mut self, bytes: &[u8], answers: &mut Vec<u8>) {
        if let Some(current) = &mut self.current {
            current.chunks.push(bytes);
        }
        self.convert(answers);
    }

    /// The export is whole.
    pub fn close(&mut self, answers: &mut Vec<u8>) {
        if let Some(current) = &mut self.current {
            current.chunks.end();
        }
        self.convert(answers);
        self.done.extend(self.current.take().map(|current| current.convert));
    }

    fn convert(&mut self, answers: &mut Vec<u8>) {
        let Some(current) = &mut self.current else { return };
        let whole = current.chunks.ended();
        if !current.begun {
            if current.chunks.is_workbook() && !whole {
                return;
            }
            let text = current.chunks.text();
            let first_row = current.chunks.first_row;
            let start = Start { name: &current.convert.file.name, text, whole, first_row };
            // The same head as in the first pass; its problems are known.
            match File::open(&start, &self.dictionary, &self.options, &mut Problems::new()) {
                Opening::Ready(_, length) => current.chunks.take(length),
                Opening::More | Opening::Refused => return,
            }
            current.begun = true;
        }
        let Some(length) = current.chunks.whole(current.convert.file.layout.delimiter) else { return };
        let mut sinks = Sinks { answers, contacts: self.contacts.as_mut(), kinds: &mut self.kinds };
        current.convert.piece(&current.chunks.text()[..length], whole, &mut sinks);
        current.chunks.take(length);
    }

    /// Ends the import; problems of cells are added.
    #[must_use]
    pub fn finish(mut self, answers: Vec<u8>, problems: &mut Problems) -> Outcome {
        for (place, convert) in self.done.iter_mut().enumerate() {
            let found = std::mem::take(&mut convert.found);
            found.into_problems(&convert.file.name, problems);
            for (column, trace) in convert.traces.iter().enumerate().filter(|(_, trace)| trace.count > 0) {
                let what = ImportProblem::ContactInText { cells: trace.count };
                let mut problem = Problem::warning(&convert.file.name, what).column(convert.file.label(column));
                problem.line = trace.lines.first().copied();
                problems.push(problem);
            }
            if let Some(file) = self.report.files.get_mut(place) {
                file.written = convert.written;
                file.columns = convert.columns();
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
        Outcome { answers, contacts: self.contacts.map(Contacts::write), report: self.report }
    }
}
