//! The first pass over all exports, and what is decided after it.

use super::chunks::{Chunks, Records};
use super::conversion::{Conversion, Planned};
use super::dialect::{Dialect, Role};
use super::dictionary::Dictionary;
use super::file::{File, Opening, Start};
use super::look::{Export, Piece, Seen, Watch};
use super::place::Target;
use super::plan::{Plan, Step};
use super::report::{Dropped, FileReport, Report};
use super::roles::Roles;
use super::spreadsheet::NotRead;
use super::submission::{Key, shared};
use super::{Coding, ImportProblem, Options};
use crate::problem::{Problem, Problems, Severity};
use crate::questionnaire::Questionnaire;
use crate::read::ReadProblem;
use crate::read::scan::Extent;
use crate::submission::{Standing, counting};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The first pass over all exports.
///
/// [`push`](Self::push) does all at once. On several threads: what [`take`](Self::take) gives is [looked at](Piece::look) in
/// any order, and what was seen is [added](Self::add) in the order in which it was taken.
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
    looked: Option<Looked>,
    refused: bool,
}

/// An export, and what was seen in it.
#[derive(Debug)]
struct Looked {
    export: Arc<Export>,
    seen: Seen,
    /// How long each piece is, and what stands before it.
    pieces: VecDeque<(usize, Extent)>,
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
        let chunks = Chunks::new(self.options.coding, Some(self.dictionary.clone()));
        self.current = Some(Current { name: name.into(), chunks, looked: None, refused: false });
    }

    /// The next bytes of the export, or its end; gives the records that are whole now, if there are any.
    pub fn take(&mut self, bytes: Option<&[u8]>, problems: &mut Problems) -> Option<Piece> {
        let mut current = self.current.take()?;
        let piece = self.piece(&mut current, bytes, problems);
        self.current = Some(current);
        piece
    }

    fn piece(&self, current: &mut Current, bytes: Option<&[u8]>, problems: &mut Problems) -> Option<Piece> {
        if current.refused || current.chunks.ended() {
            return None;
        }
        match bytes {
            Some(bytes) => current.chunks.push(bytes),
            None => current.chunks.end(),
        }
        if let Some(refused) = current.chunks.refused {
            problems.push(Problem::error(&current.name, not_read(refused)));
            current.refused = true;
            return None;
        }
        if current.looked.is_none() {
            self.head(current, problems);
        }
        let looked = current.looked.as_ref()?;
        match current.chunks.records(looked.export.file.layout.delimiter) {
            Records::Whole(records) => {
                let room = looked.seen.letters.room();
                Some(Piece::new(&looked.export, records, current.chunks.ended(), room))
            }
            Records::More => None,
            Records::TooLong => {
                current.refused = true;
                Some(Piece::too_long(&looked.export))
            }
        }
    }

    /// Reads the head, once there is enough of it.
    fn head(&self, current: &mut Current, problems: &mut Problems) {
        let whole = current.chunks.ended();
        if current.chunks.is_workbook() && !whole {
            return;
        }
        let first_row = current.chunks.first_row;
        let start = Start { name: &current.name, text: current.chunks.text(), whole, first_row };
        match File::open(&start, &self.dictionary, &self.options, problems) {
            Opening::More => {}
            Opening::Refused => current.refused = true,
            Opening::Ready(file, length) => {
                current.chunks.take(length);
                let wave = self.questionnaire.wave_variable().map(|item| item.name.as_str());
                let export = Arc::new(Export {
                    number: u32::try_from(self.files.len()).unwrap_or(u32::MAX),
                    roles: Roles::of(&file, &self.dictionary, &self.options, wave),
                    dictionary: self.dictionary.clone(),
                    closes: self.options.closes.clone(),
                    names: (0..file.columns.len()).map(|column| file.label(column)).collect(),
                    file: *file,
                });
                let utf16 = current.chunks.is_utf16();
                current.looked = Some(Looked { seen: Seen::of(&export), export, pieces: VecDeque::new(), utf16 });
            }
        }
    }

    /// Adds what was seen in the piece that was taken next.
    pub fn add(&mut self, mut seen: Seen) {
        let Some(current) = &mut self.current else { return };
        current.chunks.give_back(std::mem::take(&mut seen.bytes));
        if let Some(looked) = &mut current.looked {
            looked.pieces.push_back((seen.length, looked.seen.extent));
            looked.seen.append(seen, &looked.export.file);
        }
    }

    /// The next bytes of the export, as many as there are.
    pub fn push(&mut self, bytes: &[u8], problems: &mut Problems) {
        if let Some(piece) = self.take(Some(bytes), problems) {
            self.add(piece.look());
        }
    }

    /// The export is whole.
    pub fn close(&mut self, problems: &mut Problems) {
        if let Some(piece) = self.take(None, problems) {
            self.add(piece.look());
        }
        self.files.extend(self.current.take().and_then(|current| current.looked));
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
        for (number, (looked, left)) in std::mem::take(&mut self.files).into_iter().zip(left).enumerate() {
            let Looked { export, mut seen, pieces, utf16 } = looked;
            self.form(&export, &mut seen, problems);
            let mut of_file = FileReport::new(&export.file, &seen, utf16);
            let contacts = contact_columns(&export, &seen);
            self.columns(&export.file, &seen, &contacts, problems);
            let mut plan = Plan::new((&export, number), &seen, self.questionnaire, &self.options, &contacts);
            plan.dropped = left.keys().map(|record| u64::from(*record)).collect();
            of_file.dropped = left.into_values().collect();
            report.files.push(of_file);
            ready.push((plan, pieces));
        }
        self.over_all(&ready, &mut report, problems);
        Some(Conversion::new(ready.into(), self.dictionary.clone(), self.options.clone(), report))
    }

    /// Which records are left out: those not sent in where this is asked for, and those of somebody who has a better one.
    fn left_out(&mut self, problems: &mut Problems) -> Left {
        let mut left: Left = vec![BTreeMap::new(); self.files.len()];
        if self.options.drop_partial {
            for (left, looked) in left.iter_mut().zip(&self.files) {
                let partial = looked.seen.partial.iter();
                left.extend(partial.map(|(record, line)| (*record, Dropped { line: u64::from(*line), kept: None })));
            }
        }
        let keys = self.files.iter_mut().map(|looked| std::mem::take(&mut looked.seen.keys)).collect::<Vec<_>>();
        let mut keys = if self.options.keep_duplicates { Vec::new() } else { shared(&keys) };
        keys.sort_unstable();
        for same in keys.chunk_by(|a, b| a.who == b.who).filter(|same| same.len() > 1) {
            let there = |key: &&Key| !left[key.file as usize].contains_key(&key.record);
            let same: Vec<Key> = same.iter().filter(there).copied().collect();
            let standings = same.iter().map(|key| self.standing(key));
            let Some(last) = counting(standings).map(|place| same[place]) else { continue };
            for key in same.iter().filter(|key| **key != last) {
                let (line, kept) = (u64::from(key.line), u64::from(last.line));
                let name = self.files[last.file as usize].export.file.name.clone();
                left[key.file as usize].insert(key.record, Dropped { line, kept: Some((kept, name)) });
            }
        }
        for (left, looked) in left.iter().zip(&self.files) {
            for (record, dropped) in left {
                if let Some((kept, _)) = &dropped.kept {
                    let problem = Problem::warning(&looked.export.file.name, ImportProblem::Duplicate { kept: *kept });
                    problems.push(problem.line(dropped.line).record(u64::from(*record) + 1));
                }
            }
        }
        left
    }

    /// Where a submission stands among those of the same person.
    fn standing(&self, key: &Key) -> Standing {
        let Looked { export, seen, .. } = &self.files[key.file as usize];
        let usual = self.options.first.unwrap_or(export.file.dialect.first());
        key.came.standing(|place| seen.first(export.roles.submitted[place], usual))
    }

    /// What is wrong with the form of an export: records, letters.
    fn form(&self, export: &Export, seen: &mut Seen, problems: &mut Problems) {
        let Export { file, names, .. } = export;
        let mut letters = crate::read::found::Found::default();
        if self.options.coding != Some(Coding::Windows1252) {
            seen.letters.report(&file.name, names, file.mark, &mut letters);
        }
        let mut found = std::mem::take(&mut seen.found);
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
    fn columns(&self, file: &File, seen: &Seen, contacts: &[usize], problems: &mut Problems) {
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
        let is_filled = |column: usize| !matches!(seen.watch(column), Some(Watch::Text(texts)) if texts.filled == 0);
        file.unplaced(contacts, &is_filled, problems);
        if seen.extent.records == seen.blank {
            problems.push(Problem::warning(&file.name, ReadProblem::NoRecords).line(line));
        }
        if !seen.partial.is_empty() {
            let rows = seen.partial.len() as u64;
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
    fn over_all(&self, ready: &[Planned], report: &mut Report, problems: &mut Problems) {
        let in_export = |place: usize| ready.iter().any(|(plan, _)| !matches!(plan.steps[place], Step::Empty { .. }));
        let mut names = Vec::new();
        for (place, variable) in self.dictionary.variables.iter().enumerate() {
            report.variables[place].kinds.in_export = in_export(place);
            if !in_export(place) && !variable.contact {
                names.push(variable.name.clone());
            }
        }
        if let Some((plan, _)) = ready.first().filter(|_| !names.is_empty()) {
            problems.push(Problem::warning(&plan.export.file.name, ImportProblem::NotInExport { names }));
        }
        let placed = self.options.place.iter().map(|(column, _)| ("--place", column));
        for (option, column) in placed.chain(self.options.ignore.iter().map(|column| ("--ignore", column))) {
            let files = || ready.iter().map(|(plan, _)| &plan.export.file);
            let named = |file: &File| (0..file.columns.len()).any(|place| file.is_named(place, column));
            if !files().any(named) {
                let labels =
                    |file: &File| -> Vec<String> { (0..file.columns.len()).map(|place| file.label(place)).collect() };
                let what = ImportProblem::NoSuchColumn { exists: files().flat_map(labels).collect() };
                problems.push(Problem::error(option, what).column(column.as_str()));
            }
        }
    }
}

/// Columns of contact details: by the questionnaire, by their headings, by what they hold.
fn contact_columns(export: &Export, seen: &Seen) -> Vec<usize> {
    let Export { file, dictionary, .. } = export;
    let by_content = |column: usize| matches!(seen.watch(column), Some(Watch::Text(texts)) if texts.is_contact());
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
        #[cfg(not(feature = "spss"))]
        NotRead::Spss => ImportProblem::Spss,
        #[cfg(feature = "spss")]
        NotRead::BrokenSpss => ImportProblem::BrokenSpss,
        #[cfg(not(feature = "spreadsheets"))]
        NotRead::NoReader => ImportProblem::NoWorkbooks,
    }
}
