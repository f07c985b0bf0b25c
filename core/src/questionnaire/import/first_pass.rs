//! The first pass over all exports, and what is decided after it.

use super::chunks::Chunks;
use super::conversion::Conversion;
use super::dialect::{Dialect, Role};
use super::dictionary::Dictionary;
use super::file::{File, Opening, Start};
use super::look::{Key, Look, Roles, Watch};
use super::place::Target;
use super::plan::{Plan, Step};
use super::report::{Dropped, FileReport, Report};
use super::routing::Asked;
use super::spreadsheet::NotRead;
use super::{Coding, ImportProblem, Options};
use crate::problem::{Problem, Problems, Severity};
use crate::questionnaire::Questionnaire;
use crate::read::{Encoding, ReadProblem};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The first pass over all exports.
#[derive(Debug)]
pub struct Import<'q> {
    questionnaire: &'q Questionnaire,
    dictionary: Arc<Dictionary>,
    options: Arc<Options>,
    files: Vec<Looked>,
    current: Option<Current>,
}

/// An export in the first pass.
#[derive(Debug)]
struct Current {
    name: String,
    chunks: Chunks,
    looked: Option<(File, Look)>,
    refused: bool,
}

/// An export after the first pass.
#[derive(Debug)]
struct Looked {
    file: File,
    look: Look,
    utf16: bool,
}

/// Records that are left out, by file.
type Left = Vec<BTreeMap<u32, Dropped>>;

impl<'q> Import<'q> {
    /// Begins an import into a questionnaire.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, options: Options) -> Self {
        let dictionary = Arc::new(Dictionary::new(questionnaire));
        Self { questionnaire, dictionary, options: Arc::new(options), files: Vec::new(), current: None }
    }

    /// Begins an export.
    pub fn open(&mut self, name: &str) {
        let chunks = Chunks::new(self.options.coding);
        self.current = Some(Current { name: name.into(), chunks, looked: None, refused: false });
    }

    /// The next bytes of the export, as many as there are.
    pub fn push(&mut self, bytes: &[u8], problems: &mut Problems) {
        let Some(mut current) = self.current.take() else { return };
        if !current.refused {
            current.chunks.push(bytes);
            self.look(&mut current, problems);
        }
        self.current = Some(current);
    }

    /// The export is whole.
    pub fn close(&mut self, problems: &mut Problems) {
        let Some(mut current) = self.current.take() else { return };
        if !current.refused {
            current.chunks.end();
            if let Some(refused) = current.chunks.refused {
                problems.push(Problem::error(&current.name, not_read(refused)));
                return;
            }
            self.look(&mut current, problems);
        }
        let utf16 = current.chunks.is_utf16();
        let Some((file, look)) = current.looked else { return };
        self.files.push(Looked { file, look, utf16 });
    }

    fn look(&self, current: &mut Current, problems: &mut Problems) {
        let whole = current.chunks.ended();
        if current.looked.is_none() {
            let first_row = current.chunks.first_row;
            if current.chunks.is_workbook() && !whole {
                return;
            }
            let start = Start { name: &current.name, text: current.chunks.text(), whole, first_row };
            match File::open(&start, &self.dictionary, &self.options, problems) {
                Opening::More => return,
                Opening::Refused => {
                    current.refused = true;
                    return;
                }
                Opening::Ready(file, length) => {
                    current.chunks.take(length);
                    let number = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
                    let wave = self.questionnaire.wave_variable().map(|item| item.name.as_str());
                    let roles = Roles::of(&file, &self.dictionary, &self.options, wave);
                    let look = Look::new(&file, number, roles, &self.dictionary);
                    current.looked = Some((*file, look));
                }
            }
        }
        let Some((file, look)) = &mut current.looked else { return };
        match current.chunks.whole(file.layout.delimiter) {
            Some(length) => {
                look.piece(file, &self.dictionary, &current.chunks.text()[..length], whole);
                current.chunks.take(length);
            }
            None => {
                look.too_long(file);
                current.refused = true;
            }
        }
    }

    /// Ends the first pass: what is wrong with the form is added, and what is to be done is decided. `None` when no export
    /// can be read.
    pub fn ready(mut self, problems: &mut Problems) -> Option<Conversion> {
        if self.files.is_empty() {
            return None;
        }
        let left = self.left_out(problems);
        let mut report = Report::new(&self.dictionary);
        let mut ready = Vec::new();
        for (Looked { file, mut look, utf16 }, left) in std::mem::take(&mut self.files).into_iter().zip(left) {
            self.form(&file, &mut look, problems);
            let mut of_file = FileReport::new(&file, &look, utf16);
            let contacts = contact_columns(&file, &look, &self.dictionary);
            self.columns(&file, &look, &contacts, problems);
            let mut plan = Plan::new(&file, look, &self.dictionary, &self.options, &contacts);
            plan.dropped = left.keys().map(|record| u64::from(*record)).collect();
            if self.options.coding == Some(Coding::Windows1252) {
                plan.encoding = Encoding::Windows1252;
            }
            of_file.dropped = left.into_values().collect();
            report.files.push(of_file);
            ready.push((Arc::new(file), plan));
        }
        self.over_all(&ready, &mut report, problems);
        let ready = ready.into_iter().map(|(file, plan)| {
            let has = |place: usize| !matches!(plan.steps[place], Step::Empty);
            let asked = Asked::new(self.questionnaire, &self.dictionary, has);
            (file, plan, asked)
        });
        Some(Conversion::new(ready.collect(), self.dictionary.clone(), self.options.clone(), report))
    }

    /// Which records are left out: those not sent in where this is asked for, and those of somebody who has a better one.
    fn left_out(&mut self, problems: &mut Problems) -> Left {
        let mut left: Left = vec![BTreeMap::new(); self.files.len()];
        if self.options.drop_partial {
            for (left, looked) in left.iter_mut().zip(&self.files) {
                let partial = looked.look.partial.iter();
                left.extend(partial.map(|(record, line)| (*record, Dropped { line: u64::from(*line), kept: None })));
            }
        }
        let mut keys: Vec<Key> =
            self.files.iter_mut().flat_map(|looked| std::mem::take(&mut looked.look.keys)).collect();
        if self.options.keep_duplicates {
            keys.clear();
        }
        keys.sort_unstable();
        for same in keys.chunk_by(|a, b| a.who == b.who).filter(|same| same.len() > 1) {
            let there = |key: &&Key| !left[key.file as usize].contains_key(&key.record);
            let same: Vec<Key> = same.iter().filter(there).copied().collect();
            let Some(last) = same.iter().rev().find(|key| key.complete).or(same.last()).copied() else { continue };
            for key in same.iter().filter(|key| **key != last) {
                let (line, kept) = (u64::from(key.line), u64::from(last.line));
                let name = self.files[last.file as usize].file.name.clone();
                left[key.file as usize].insert(key.record, Dropped { line, kept: Some((kept, name)) });
            }
        }
        for (left, looked) in left.iter().zip(&self.files) {
            for (record, dropped) in left {
                if let Some((kept, _)) = &dropped.kept {
                    let problem = Problem::warning(&looked.file.name, ImportProblem::Duplicate { kept: *kept });
                    problems.push(problem.line(dropped.line).record(u64::from(*record) + 1));
                }
            }
        }
        left
    }

    /// What is wrong with the form of an export: records, letters.
    fn form(&self, file: &File, look: &mut Look, problems: &mut Problems) {
        let names: Vec<String> = (0..file.columns.len()).map(|column| file.label(column)).collect();
        let mut letters = crate::read::found::Found::default();
        if self.options.coding != Some(Coding::Windows1252) {
            look.letters.report(&file.name, &names, file.mark, &mut letters);
        }
        let mut found = std::mem::take(&mut look.found);
        found.append(letters.after(file.line, 1));
        let mut own = Problems::new();
        found.into_problems(&file.name, &mut own);
        for problem in own.list() {
            let mut problem = problem.clone();
            // What was read twice in the wrong encoding is put right in labels, and kept in free text.
            if problem.what.code() == "mojibake" || self.options.keep_going {
                problem.severity = Severity::Warning;
            }
            problems.push(problem);
        }
        let more: u64 = own.more().map(|(_, more)| more).sum();
        let listed = own.list().iter().filter(|problem| problem.severity == Severity::Error).count() as u64;
        let errors = if self.options.keep_going { 0 } else { (own.errors() - listed).min(more) };
        problems.push_more(&file.name, errors, more - errors);
    }

    /// What is to be said about the columns of an export.
    fn columns(&self, file: &File, look: &Look, contacts: &[usize], problems: &mut Problems) {
        let line = file.header_line();
        for column in contacts {
            // A heading says it itself; what was found by its content is news.
            let by_content = match file.columns[*column].target {
                Target::Nowhere(_) => true,
                Target::Variable(variable) => !self.dictionary.variables[variable].contact,
                _ => false,
            };
            if by_content {
                let problem = Problem::warning(&file.name, ImportProblem::ContactColumn);
                problems.push(problem.line(line).column(file.label(*column)));
            }
        }
        let is_filled = |column: usize| {
            let watch = look.watched.iter().find(|(place, _)| *place == column);
            !matches!(watch, Some((_, Watch::Text(texts))) if texts.filled == 0)
        };
        file.unplaced(contacts, &is_filled, problems);
        if look.records == look.blank {
            problems.push(Problem::warning(&file.name, ReadProblem::NoRecords).line(line));
        }
        if !look.partial.is_empty() {
            let rows = look.partial.len() as u64;
            let what = ImportProblem::Partial { rows, dropped: self.options.drop_partial };
            problems.push(Problem::warning(&file.name, what));
        }
        if let Some(asked) = self.options.dialect {
            let (found, _) = Dialect::find(&file.names, file.layout.delimiter);
            if found != asked && found != Dialect::Other {
                problems.push(Problem::warning(&file.name, ImportProblem::OtherDialect { found }));
            }
        }
    }

    /// What is to be said about all exports together.
    fn over_all(&self, ready: &[(Arc<File>, Plan)], report: &mut Report, problems: &mut Problems) {
        let in_export = |place: usize| ready.iter().any(|(_, plan)| !matches!(plan.steps[place], Step::Empty));
        let mut names = Vec::new();
        for (place, variable) in self.dictionary.variables.iter().enumerate() {
            report.variables[place].kinds.in_export = in_export(place);
            if !in_export(place) && !variable.contact {
                names.push(variable.name.clone());
            }
        }
        if let Some((file, _)) = ready.first().filter(|_| !names.is_empty()) {
            problems.push(Problem::warning(&file.name, ImportProblem::NotInExport { names }));
        }
        let placed = self.options.place.iter().map(|(column, _)| ("--place", column));
        for (option, column) in placed.chain(self.options.ignore.iter().map(|column| ("--ignore", column))) {
            let named =
                |(file, _): &(Arc<File>, Plan)| (0..file.columns.len()).any(|place| file.is_named(place, column));
            if !ready.iter().any(named) {
                let labels = |(file, _): &(Arc<File>, Plan)| -> Vec<String> {
                    (0..file.columns.len()).map(|place| file.label(place)).collect()
                };
                let what = ImportProblem::NoSuchColumn { exists: ready.iter().flat_map(labels).collect() };
                problems.push(Problem::error(option, what).column(column.as_str()));
            }
        }
    }
}

/// Columns of contact details: by the questionnaire, by their headings, by what they hold.
fn contact_columns(file: &File, look: &Look, dictionary: &Dictionary) -> Vec<usize> {
    let by_content = |column: usize| {
        let watch = look.watched.iter().find(|(place, _)| *place == column);
        matches!(watch, Some((_, Watch::Text(texts))) if texts.is_contact())
    };
    let is_contact = |(place, column): &(usize, &super::file::Column)| match column.target {
        Target::Contact | Target::System(Role::Contact) => true,
        Target::Variable(variable) => dictionary.variables[variable].contact || by_content(*place),
        Target::Nowhere(_) => by_content(*place),
        _ => false,
    };
    file.columns.iter().enumerate().filter(is_contact).map(|(place, _)| place).collect()
}

fn not_read(refused: NotRead) -> ImportProblem {
    match refused {
        NotRead::Archive => ImportProblem::Archive,
        NotRead::Broken => ImportProblem::BrokenWorkbook,
        NotRead::Spss => ImportProblem::Spss,
        #[cfg(not(feature = "spreadsheets"))]
        NotRead::NoReader => ImportProblem::NoWorkbooks,
    }
}
