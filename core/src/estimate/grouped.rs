//! Weighted sums by groups, from pieces of a file.

use crate::estimate::group::{Code, Groups};
use crate::estimate::{Estimate, EstimateProblem, Question, Statistic};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::codes::Codes;
use crate::read::encoding::{Encoding, decode, guess};
use crate::read::found::{Found, Letters, Marks, Room};
use crate::read::head::clean;
use crate::read::number::{self, Number, symbol};
use crate::read::scan::{Extent, Flaw, Layout, Record, Spot, Visit, scan};
use crate::read::{Head, ReadProblem};
use crate::sum::Sum;
use std::sync::Arc;

/// A question, put to the header of a file.
#[derive(Clone, Debug)]
pub struct Plan {
    file: String,
    head: Head,
    question: Question,
    layout: Layout,
    value: usize,
    weight: Option<usize>,
    by: Vec<usize>,
    codes: Codes,
    missing: Codes,
}

impl Plan {
    /// Finds the columns. `None` when one is not there, or is to be grouped by twice; problems say which and what there is instead.
    pub fn new(file: &str, head: Head, question: &Question, problems: &mut Problems) -> Option<Self> {
        let mut twice = false;
        for (place, name) in question.by.iter().enumerate() {
            if question.by[..place].contains(name) {
                problems.push(Problem::error(file, EstimateProblem::GroupedTwice).column(name));
                twice = true;
            }
        }
        if twice {
            return None;
        }
        let mut position = |name: &String| {
            let position = head.position(name);
            if position.is_none() {
                problems.push(head.missing_column(file, name, |_| head.looks_like_one()));
            }
            position
        };
        let value = position(&question.statistic.column().to_owned());
        let weight = question.weights.as_ref().map(&mut position);
        let by: Vec<_> = question.by.iter().map(position).collect();
        let (value, by) = (value?, by.into_iter().collect::<Option<Vec<_>>>()?);
        let weight = match weight {
            Some(position) => Some(position?),
            None => None,
        };
        let last = by.iter().copied().chain(weight).fold(value, usize::max);
        Some(Self {
            file: file.into(),
            layout: Layout { needed: last + 1, ..head.layout },
            codes: Codes::new(question.statistic.codes()),
            missing: Codes::new(&question.missing),
            question: question.clone(),
            head,
            value,
            weight,
            by,
        })
    }

    /// The delimiter, for cutting.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.layout.delimiter
    }
}

/// The sums of one group.
#[derive(Clone, Debug, Default)]
struct Sums {
    n: u64,
    /// Whether a product was too small for a double.
    tiny: bool,
    weight: Sum,
    product: Sum,
}

/// What a piece had beside its values, with places relative to it.
#[derive(Debug, Default)]
struct Piece {
    number: u64,
    extent: Extent,
    letters: Letters,
    found: Found,
    value_marks: Marks,
    weight_marks: Marks,
}

/// The state of an estimation: one per thread, merged at the end.
#[derive(Debug)]
pub struct Grouped<'a> {
    plan: &'a Plan,
    groups: Groups,
    sums: Vec<Sums>,
    codes_seen: Vec<bool>,
    missing_seen: Vec<bool>,
    pieces: Vec<Piece>,
    piece: Piece,
    /// Places of letters that are still worth finding: the first of the file are among the first of each state.
    room: Room,
    batch: Batch,
}

/// Records whose groups are still to be found: together it takes less time than one by one.
#[derive(Debug, Default)]
struct Batch {
    /// The codes of each record, one after the other.
    codes: Vec<Code>,
    /// Weight and value of each record.
    values: Vec<(f64, Option<f64>)>,
    groups: Vec<u32>,
}

/// Records in a batch.
const BATCH: usize = 256;

impl<'a> Grouped<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            groups: Groups::new(plan.by.len()),
            sums: Vec::new(),
            codes_seen: vec![false; plan.codes.asked.len()],
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
        self.piece = Piece { number, letters, ..Piece::default() };
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
        let groups = self.groups.merge(&other.groups);
        for (sums, group) in other.sums.iter().zip(groups) {
            let own = slot(&mut self.sums, group as usize);
            own.n += sums.n;
            own.tiny |= sums.tiny;
            own.weight.merge(&sums.weight);
            own.product.merge(&sums.product);
        }
        let seen = self.codes_seen.iter_mut().chain(&mut self.missing_seen);
        for (own, other) in seen.zip(other.codes_seen.iter().chain(&other.missing_seen)) {
            *own |= other;
        }
        self.pieces.extend(other.pieces);
    }

    /// The figures, sorted by the codes of the first column, then of the second and so on: as numbers in a column that
    /// has nothing else, otherwise byte by byte. Nothing when there are errors.
    #[must_use]
    pub fn finish(self, problems: &mut Problems) -> Vec<Estimate> {
        self.figures(problems).collect()
    }

    /// As [`Grouped::finish`], one after the other: a million of them need not be held at once.
    pub fn figures(mut self, problems: &mut Problems) -> impl Iterator<Item = Estimate> + use<> {
        let encoding = self.join(problems);
        let rows = if problems.errors() > 0 { Vec::new() } else { self.rows(encoding, problems) };
        let Self { plan, sums, .. } = self;
        let estimate = plan.estimator();
        rows.into_iter().filter_map(move |(group, codes)| Some(estimate(codes, sums.get(group as usize)?)))
    }

    /// The groups that have a figure, in order; what is to be said about the others.
    fn rows(&mut self, encoding: Encoding, problems: &mut Problems) -> Vec<(u32, Vec<Arc<str>>)> {
        let plan = self.plan;
        if plan.by.is_empty() {
            slot(&mut self.sums, 0);
        }
        let mut rows = self.groups.sorted(|code| decode(code, encoding).into());
        let seen = self.codes_seen.iter().chain(&self.missing_seen);
        for (code, seen) in plan.codes.asked.iter().chain(&plan.missing.asked).zip(seen) {
            if !seen {
                let what = EstimateProblem::CodeNeverSeen { code: code.clone() };
                problems.push(Problem::warning(&plan.file, what).column(plan.question.statistic.column()));
            }
        }
        let n = |group: u32| self.sums.get(group as usize).map_or(0, |sums| sums.n);
        let mut empty = rows.iter().filter(|(group, _)| n(*group) == 0);
        if let (Some((_, codes)), false) = (empty.next(), plan.by.is_empty()) {
            let names = plan.question.by.iter().zip(codes).map(|(column, code)| format!("{column} {code}"));
            let first = names.collect::<Vec<_>>().join(", ");
            let what = EstimateProblem::EmptyGroups { count: empty.count() + 1, first };
            problems.push(Problem::warning(&plan.file, what));
        }
        rows.retain(|(group, _)| n(*group) > 0 || plan.by.is_empty());
        rows
    }

    /// Puts the pieces in order and reports what was found in them; gives the encoding of the file.
    fn join(&mut self, problems: &mut Problems) -> Encoding {
        let plan = self.plan;
        self.pieces.sort_by_key(|piece| piece.number);
        let Extent { mut lines, mut records } = Extent { lines: plan.head.line, records: 1 };
        let mut found = Found::default();
        let (mut letters, mut value_marks, mut weight_marks) = (Letters::default(), Marks::default(), Marks::default());
        for piece in self.pieces.drain(..) {
            found.append(piece.found.after(lines, records));
            letters.append(piece.letters, lines, records);
            value_marks.append(piece.value_marks, lines, records);
            weight_marks.append(piece.weight_marks, lines, records);
            lines += piece.extent.lines;
            records += piece.extent.records;
        }
        letters.report(&plan.file, &plan.head.names, plan.head.mark, &mut found);
        let columns = [(Some(plan.value), value_marks), (plan.weight, weight_marks)];
        for (column, marks) in columns {
            let name = column.and_then(|column| plan.head.names.get(column));
            if let Some(problem) = name.and_then(|name| marks.problem(&plan.file, name, Privacy::Answer)) {
                found.push(problem);
            }
        }
        if records == 1 {
            found.push(Problem::warning(&plan.file, ReadProblem::NoRecords).line(plan.head.header_line()));
        }
        found.into_problems(&plan.file, problems);
        letters.census.encoding(plan.head.mark)
    }

    #[cold]
    fn wrong<W: crate::problem::Explain + 'static>(&mut self, record: &Record<'_>, column: usize, what: W) {
        let problem = Problem::error(&self.plan.file, what).line(record.line).record(record.index);
        let problem = match self.plan.head.names.get(column) {
            Some(name) => problem.column(name),
            None => problem,
        };
        self.piece.found.push(problem.value(guess(record.field(column)), Privacy::Answer));
    }

    /// Finds the groups of the batch and adds its values.
    fn flush(&mut self) {
        let Batch { codes, values, groups } = &mut self.batch;
        groups.resize(values.len(), 0);
        self.groups.find(codes, groups);
        for ((weight, value), group) in values.iter().zip(groups) {
            let sums = slot(&mut self.sums, *group as usize);
            if let Some(value) = value {
                let product = weight * value;
                sums.n += 1;
                sums.tiny |= (product.abs() < f64::MIN_POSITIVE) & (*weight != 0.0) & (*value != 0.0);
                sums.weight.add(*weight);
                sums.product.add(product);
            }
        }
        codes.clear();
        values.clear();
    }

    /// The weight of a record, if it is one.
    #[inline]
    fn weight(&mut self, record: &Record<'_>, column: usize) -> Option<f64> {
        match number::parse(record.field(column)) {
            Number::Value(weight, mark) if weight >= 0.0 => {
                self.piece.weight_marks.see(mark, record.line, record.index, record.field(column));
                return Some(weight);
            }
            Number::Value(..) => self.wrong(record, column, EstimateProblem::NegativeWeight),
            Number::Missing(_) => self.wrong(record, column, EstimateProblem::MissingWeight),
            Number::Bad => self.wrong(record, column, ReadProblem::NotANumber { whole: false }),
        }
        None
    }

    /// The value of a record, if there is one.
    #[inline]
    fn value(&mut self, record: &Record<'_>) -> Option<f64> {
        let field = record.field(self.plan.value).trim_ascii();
        if let Some(code) = self.plan.missing.find(field) {
            self.missing_seen[code] = true;
            return None;
        }
        if let Statistic::Share { .. } = self.plan.question.statistic {
            if symbol(field).is_some() {
                return None;
            }
            let code = self.plan.codes.find(field);
            if let Some(code) = code {
                self.codes_seen[code] = true;
            }
            return Some(f64::from(u8::from(code.is_some())));
        }
        match number::parse(field) {
            Number::Value(value, mark) => {
                self.piece.value_marks.see(mark, record.line, record.index, field);
                Some(value)
            }
            Number::Missing(_) => None,
            Number::Bad => {
                self.wrong(record, self.plan.value, ReadProblem::NotANumber { whole: false });
                None
            }
        }
    }
}

impl Visit for Grouped<'_> {
    #[inline]
    fn record(&mut self, record: &Record<'_>) {
        let plan = self.plan;
        let weight = plan.weight.map_or(Some(1.0), |column| self.weight(record, column));
        let value = self.value(record);
        let Some(weight) = weight else { return };
        for column in &plan.by {
            let (bytes, length) = record.from_field(*column);
            self.batch.codes.push(self.groups.code(bytes, length));
        }
        self.batch.values.push((weight, value));
        if self.batch.values.len() == BATCH {
            self.flush();
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        self.piece.found.flaw(&self.plan.file, &self.plan.head.names, Privacy::Answer, spot, flaw, value);
    }
}

impl Plan {
    /// What makes a group's sums an estimate.
    fn estimator(&self) -> impl Fn(Vec<Arc<str>>, &Sums) -> Estimate + use<> {
        let (statistic, value) = match &self.question.statistic {
            Statistic::Mean { .. } => ("mean", None),
            Statistic::Share { .. } => ("share", Some(Arc::from(self.codes.asked.join(",")))),
        };
        let variable = Arc::from(self.question.statistic.column());
        let by: Vec<Arc<str>> = self.question.by.iter().map(|name| name.as_str().into()).collect();
        #[allow(clippy::cast_precision_loss, reason = "a bound")]
        move |codes, sums| {
            let sum_of_weights = sums.weight.value();
            let product = sums.product.value();
            let status = match sums.n {
                0 => "no_values",
                _ if sum_of_weights == 0.0 => "no_weight",
                // What was lost is below 2^-1074 for each value; only beside a sum about as small does it matter.
                n if sums.tiny && product.abs() <= n as f64 * (f64::MIN_POSITIVE / f64::EPSILON) => "underflow",
                _ => "ok",
            };
            Estimate {
                by: by.iter().cloned().zip(codes).collect(),
                statistic,
                variable: Arc::clone(&variable),
                value: value.clone(),
                estimate: (status == "ok").then(|| product / sum_of_weights),
                se: None,
                ci_lower: None,
                ci_upper: None,
                level: None,
                ci_method: None,
                df: None,
                n: sums.n,
                sum_of_weights,
                status,
                notes: Vec::new(),
            }
        }
    }
}

/// The sums of a group, made when they are not there yet.
#[inline]
fn slot(sums: &mut Vec<Sums>, group: usize) -> &mut Sums {
    if group >= sums.len() {
        sums.resize(group + 1, Sums::default());
    }
    &mut sums[group]
}
