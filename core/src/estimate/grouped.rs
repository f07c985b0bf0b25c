//! Weighted sums by cells, from pieces of a file.

mod resting;
mod saved;

pub(super) use resting::Resting;

use super::cells::{Cells, Entry, Place, Value};
use super::figures::Figures;
use super::group::{Code, Groups};
use super::plan::{Kind, Numeric, Plan};
use super::{Estimate, EstimateProblem};
use crate::design::DesignProblem;
use crate::problem::{Explain, Privacy, Problem, Problems};
use crate::read::ReadProblem;
use crate::read::encoding::{Encoding, guess};
use crate::read::found::{Found, Letters, Marks, Room};
use crate::read::head::clean;
use crate::read::number::{self, Number, symbol};
use crate::read::scan::{Extent, Flaw, Record, Spot, Visit, scan};
use crate::weight::replicate::Sums;

/// What a piece had beside its values, with places relative to it.
#[derive(Clone, Debug, Default)]
struct Piece {
    number: u64,
    extent: Extent,
    letters: Letters,
    found: Found,
    marks: Vec<Marks>,
}

/// The state of an estimation: one per thread, merged at the end.
#[derive(Clone, Debug)]
pub struct Grouped<'a> {
    plan: &'a Plan,
    groups: Groups,
    cells: Cells,
    /// By statistic and code.
    codes_seen: Vec<Vec<bool>>,
    missing_seen: Vec<bool>,
    pieces: Vec<Piece>,
    piece: Piece,
    /// Places of letters that are still worth finding: the first of the file are among the first of each state.
    room: Room,
    batch: Batch,
}

/// Records whose cells are still to be found: together it takes less time than one by one.
#[derive(Clone, Debug, Default)]
struct Batch {
    entries: Vec<Entry>,
    /// The codes of each record, one after the other. So are the values, populations and places.
    codes: Vec<Code>,
    values: Vec<Value>,
    populations: Vec<f64>,
    places: Vec<Place>,
    cells: Vec<u32>,
}

/// Records in a batch.
const BATCH: usize = 256;

impl<'a> Grouped<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        let codes = |kind: &Kind| match kind {
            Kind::Share { codes, .. } => vec![false; codes.asked.len()],
            _ => Vec::new(),
        };
        Self {
            plan,
            groups: Groups::new(plan.tree.columns.len()),
            cells: Cells::new(plan.shape),
            codes_seen: plan.variables.iter().map(|variable| codes(&variable.kind)).collect(),
            missing_seen: vec![false; plan.missing.asked.len()],
            pieces: Vec::new(),
            piece: Piece::default(),
            room: Room::default(),
            batch: Batch::default(),
        }
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// Takes a piece: whole records, the `number`th from the start of the file; `last` when the file ends with it.
    pub fn piece(&mut self, number: u64, bytes: &[u8], last: bool) {
        let (bytes, zero) = clean(bytes);
        let letters = Letters::of(&bytes, zero, self.plan.layout, &mut self.room);
        let marks = vec![Marks::default(); self.plan.numeric.len()];
        self.piece = Piece { number, letters, marks, ..Piece::default() };
        let extent = scan(&bytes, self.plan.layout, last, self);
        self.flush();
        let piece = std::mem::take(&mut self.piece);
        self.pieces.push(Piece { extent, ..piece });
    }

    /// Takes the beginning of a record beyond the limit, at which reading stops.
    pub fn too_long(&mut self, number: u64, bytes: &[u8]) {
        self.piece(number, bytes, true);
        if let Some(piece) = self.pieces.last_mut()
            && !piece.found.has_errors()
        {
            let place = |count: u64| count.saturating_sub(1);
            let problem = Problem::error(&self.plan.file, ReadProblem::RecordTooLong);
            piece.found.push(problem.line(place(piece.extent.lines)).record(place(piece.extent.records)));
        }
    }

    /// Adds another state over the same plan.
    pub fn merge(&mut self, other: Self) {
        let numbers = if self.plan.tree.columns.is_empty() { vec![0] } else { self.groups.merge(&other.groups) };
        self.cells.merge(&other.cells, &numbers);
        let seen = self.codes_seen.iter_mut().flatten().chain(&mut self.missing_seen);
        for (own, other) in seen.zip(other.codes_seen.iter().flatten().chain(&other.missing_seen)) {
            *own |= other;
        }
        self.pieces.extend(other.pieces);
    }

    /// The figures in order: by group, then by statistic. Nothing when there are errors.
    #[must_use]
    pub fn finish(self, problems: &mut Problems) -> Vec<Estimate> {
        self.figures(problems).map_or_else(Vec::new, |figures| figures.iter().collect())
    }

    /// As [`Grouped::finish`], but each figure is made when it is asked for: a million of them need not be held at once.
    pub fn figures(self, problems: &mut Problems) -> Option<Figures> {
        self.figures_on(problems, |blocks, block| (0..blocks).map(block).collect())
    }

    /// As [`Grouped::figures`], the blocks of replicates computed by `share`: it gets how many there are and what computes
    /// one, in any order and on any thread.
    pub fn figures_on(
        mut self,
        problems: &mut Problems,
        share: impl FnOnce(usize, &(dyn Fn(usize) -> Sums + Sync)) -> Vec<Sums>,
    ) -> Option<Figures> {
        let plan = self.plan;
        let (encoding, pieces) = self.join(problems);
        if problems.errors() > 0 {
            return None;
        }
        if plan.tree.columns.is_empty() && self.cells.len() == 0 {
            self.cells.grow(1);
        }
        self.never_seen(problems);
        let Self { mut groups, cells, .. } = self;
        groups.seal();
        let located = |what: DesignProblem, column: Option<&str>, place: Option<Place>| {
            let problem = Problem::error(&plan.file, what);
            let problem = match column {
                Some(column) => problem.column(column),
                None => problem,
            };
            let before = place.and_then(|place| {
                let piece = pieces.binary_search_by_key(&place.0, |piece| piece.0).ok()?;
                Some((pieces[piece].1, place))
            });
            match before {
                Some((before, (_, record, line))) => problem.line(before.lines + line).record(before.records + record),
                None => problem,
            }
        };
        let mut figures = Figures::new(plan, groups, cells, encoding, located, problems)?;
        figures.replicate(share);
        Some(figures)
    }

    /// Warnings of codes that no record has.
    fn never_seen(&self, problems: &mut Problems) {
        let plan = self.plan;
        let statistics = plan.question.statistics.iter().zip(plan.variables.iter());
        for ((statistic, variable), seen) in statistics.zip(&self.codes_seen) {
            let Kind::Share { codes, .. } = &variable.kind else { continue };
            for (code, _) in codes.asked.iter().zip(seen).filter(|(_, seen)| !**seen) {
                let what = EstimateProblem::CodeNeverSeen { code: code.clone() };
                problems.push(Problem::warning(&plan.file, what).column(statistic.column()));
            }
        }
        for (code, _) in plan.missing.asked.iter().zip(&self.missing_seen).filter(|(_, seen)| !**seen) {
            let what = EstimateProblem::CodeNeverSeen { code: code.clone() };
            let column = plan.question.statistics.first().map_or("", super::Statistic::column);
            problems.push(Problem::warning(&plan.file, what).column(column));
        }
    }

    /// Puts the pieces in order and reports what was found in them; gives the encoding of the file, and what came before
    /// each piece.
    fn join(&mut self, problems: &mut Problems) -> (Encoding, Vec<(u64, Extent)>) {
        let plan = self.plan;
        self.pieces.sort_by_key(|piece| piece.number);
        for pair in self.pieces.windows(2).filter(|pair| pair[0].number == pair[1].number) {
            problems.push(Problem::error(&plan.file, EstimateProblem::PieceTwice { number: pair[0].number }));
        }
        let mut before = Extent { lines: plan.head.line, records: 1 };
        let mut starts = Vec::with_capacity(self.pieces.len());
        let mut found = Found::default();
        let mut letters = Letters::default();
        let mut marks = vec![Marks::default(); plan.numeric.len()];
        for piece in self.pieces.drain(..) {
            let Extent { lines, records } = before;
            starts.push((piece.number, before));
            found.append(piece.found.after(lines, records));
            letters.append(piece.letters, lines, records);
            for (own, next) in marks.iter_mut().zip(piece.marks) {
                own.append(next, lines, records);
            }
            before = Extent { lines: lines + piece.extent.lines, records: records + piece.extent.records };
        }
        letters.report(&plan.file, &plan.head.names, plan.head.mark, &mut found);
        for (column, marks) in plan.numeric.iter().zip(marks) {
            let name = plan.head.names.get(*column);
            if let Some(problem) = name.and_then(|name| marks.problem(&plan.file, name, Privacy::Answer)) {
                found.push(problem);
            }
        }
        if before.records == 1 {
            found.push(Problem::warning(&plan.file, ReadProblem::NoRecords).line(plan.head.header_line()));
        }
        found.into_problems(&plan.file, problems);
        (letters.census.encoding(plan.head.mark), starts)
    }

    #[cold]
    fn wrong<W: Explain + 'static>(&mut self, record: &Record<'_>, column: usize, what: W) {
        let problem = Problem::error(&self.plan.file, what).line(record.line).record(record.index);
        let problem = match self.plan.head.names.get(column) {
            Some(name) => problem.column(name),
            None => problem,
        };
        self.piece.found.push(problem.value(guess(record.field(column)), Privacy::Answer));
    }

    /// Finds the cells of the batch and adds its records.
    fn flush(&mut self) {
        let Batch { entries, codes, values, populations, places, cells } = &mut self.batch;
        cells.resize(entries.len(), 0);
        self.groups.find(codes, cells);
        std::hint::black_box(self.cells.fetch(cells));
        let many = self.plan.shape.variables;
        for (record, (entry, cell)) in entries.iter().zip(&*cells).enumerate() {
            self.cells.add(*cell as usize, *entry, &values[record * many..(record + 1) * many]);
        }
        if self.plan.shape.places {
            let many = self.plan.populations.len();
            for (record, (place, cell)) in places.iter().zip(&*cells).enumerate() {
                let cell = *cell as usize;
                self.cells.places[cell] = self.cells.places[cell].min(*place);
                for stage in 0..many {
                    self.cells.populations[cell * many + stage].see(populations[record * many + stage], *place);
                }
            }
        }
        entries.clear();
        codes.clear();
        values.clear();
        populations.clear();
        places.clear();
    }

    /// A number that must be there, and what must hold of it.
    #[inline]
    fn required(
        &mut self,
        record: &Record<'_>,
        numeric: Numeric,
        missing: EstimateProblem,
        holds: impl Fn(f64) -> bool,
        otherwise: impl Explain + 'static,
    ) -> Option<f64> {
        let field = record.field(numeric.column);
        match number::parse(field) {
            Number::Value(value, mark) if holds(value) => {
                self.piece.marks[numeric.mark].see(mark, record.line, record.index, field);
                return Some(value);
            }
            Number::Value(..) => self.wrong(record, numeric.column, otherwise),
            Number::Missing(_) => self.wrong(record, numeric.column, missing),
            Number::Bad => self.wrong(record, numeric.column, ReadProblem::NotANumber { whole: false }),
        }
        None
    }

    /// The weight of a record, if it is one.
    #[inline]
    fn weight(&mut self, record: &Record<'_>, numeric: Numeric) -> Option<f64> {
        let (missing, negative) = (EstimateProblem::MissingWeight, EstimateProblem::NegativeWeight);
        self.required(record, numeric, missing, |weight| weight >= 0.0, negative)
    }

    /// The finite populations of a record; whether all are there.
    fn populations(&mut self, record: &Record<'_>) -> bool {
        let plan = self.plan;
        let mut whole = true;
        for (stage, numeric) in (1..).zip(&plan.populations) {
            let (missing, invalid) = (EstimateProblem::MissingPopulation, DesignProblem::InvalidFpc { stage, row: 0 });
            let population = self.required(record, *numeric, missing, |population| population > 0.0, invalid);
            self.batch.populations.extend(population);
            whole &= population.is_some();
        }
        whole
    }

    /// Whether a field is one of the codes that mean a missing value.
    #[inline]
    fn is_missing(&mut self, field: &[u8]) -> bool {
        let code = self.plan.missing.find(field);
        if let Some(code) = code {
            self.missing_seen[code] = true;
        }
        code.is_some()
    }

    /// A number of a record, if there is one.
    #[inline]
    fn number(&mut self, record: &Record<'_>, numeric: Numeric) -> Option<f64> {
        let field = record.field(numeric.column).trim_ascii();
        if self.is_missing(field) {
            return None;
        }
        match number::parse(field) {
            Number::Value(value, mark) => {
                self.piece.marks[numeric.mark].see(mark, record.line, record.index, field);
                Some(value)
            }
            Number::Missing(_) => None,
            Number::Bad => {
                self.wrong(record, numeric.column, ReadProblem::NotANumber { whole: false });
                None
            }
        }
    }

    /// The value of a statistic in a record, if there is one.
    #[inline]
    fn value(&mut self, record: &Record<'_>, place: usize, kind: &Kind) -> Option<Value> {
        match kind {
            Kind::Ratio { y, x: None } | Kind::Total { y } => self.number(record, *y).map(|y| Value { y, x: 1.0 }),
            Kind::Ratio { y, x: Some(x) } => {
                let (y, x) = (self.number(record, *y), self.number(record, *x));
                y.zip(x).map(|(y, x)| Value { y, x })
            }
            Kind::Share { y, codes, .. } => {
                let field = record.field(*y).trim_ascii();
                if self.is_missing(field) || symbol(field).is_some() {
                    return None;
                }
                let code = codes.find(field);
                if let Some(code) = code {
                    self.codes_seen[place][code] = true;
                }
                Some(Value { y: f64::from(u8::from(code.is_some())), x: 1.0 })
            }
            Kind::EachCode { y } => {
                let field = record.field(*y).trim_ascii();
                let missing = self.is_missing(field) || symbol(field).is_some();
                (!missing).then_some(Value { y: 1.0, x: 1.0 })
            }
        }
    }
}

impl Visit for Grouped<'_> {
    #[inline]
    fn record(&mut self, record: &Record<'_>) {
        let plan = self.plan;
        let weight = plan.weight.map_or(Some(1.0), |numeric| self.weight(record, numeric));
        let start = self.batch.values.len();
        for (place, variable) in plan.variables.iter().enumerate() {
            let value = self.value(record, place, &variable.kind).unwrap_or(Value::MISSING);
            self.batch.values.push(value);
        }
        let populations = self.batch.populations.len();
        let whole = plan.populations.is_empty() || self.populations(record);
        let Some(weight) = weight.filter(|_| whole) else {
            self.batch.values.truncate(start);
            self.batch.populations.truncate(populations);
            return;
        };
        for column in &plan.tree.columns {
            let (bytes, length) = record.from_field(*column);
            self.batch.codes.push(self.groups.code(bytes, length));
        }
        let inside = plan.conditions.iter().all(|(column, test)| test.holds(record.field(*column)));
        self.batch.entries.push(Entry { weight, inside });
        if plan.shape.places {
            self.batch.places.push((self.piece.number, record.index, record.line));
        }
        if self.batch.entries.len() == BATCH {
            self.flush();
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        self.piece.found.flaw(&self.plan.file, &self.plan.head.names, Privacy::Answer, spot, flaw, value);
    }
}
