//! Weighted sums by groups, from pieces of a file.

use crate::estimate::group::Groups;
use crate::estimate::{Estimate, EstimateProblem, Question, Statistic};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::encoding::{Encoding, decode, encode_windows_1252, guess};
use crate::read::found::{Found, Letters, Marks};
use crate::read::head::clean;
use crate::read::number::{self, Number, symbol};
use crate::read::scan::{Extent, Flaw, Layout, Record, Spot, Visit, scan};
use crate::read::{Head, ReadProblem};
use crate::sum::Sum;
use std::cmp::Ordering;

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
    /// The codes of a share in bytes, in both encodings.
    codes: Vec<[Vec<u8>; 2]>,
    missing: Vec<[Vec<u8>; 2]>,
}

impl Plan {
    /// Finds the columns. `None` when one is not there; problems say which and what there is instead.
    pub fn new(file: &str, head: Head, question: &Question, problems: &mut Problems) -> Option<Self> {
        let mut position = |name: &String| {
            let position = head.position(name);
            if position.is_none() {
                problems.push(head.missing_column(file, name));
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
        let both = |code: &String| {
            let utf8 = code.as_bytes().to_vec();
            [utf8.clone(), encode_windows_1252(code).unwrap_or(utf8)]
        };
        let codes = match &question.statistic {
            Statistic::Mean { .. } => Vec::new(),
            Statistic::Share { codes, .. } => codes.iter().map(both).collect(),
        };
        Some(Self {
            file: file.into(),
            layout: Layout { needed: last + 1, ..head.layout },
            missing: question.missing.iter().map(both).collect(),
            question: question.clone(),
            head,
            value,
            weight,
            by,
            codes,
        })
    }

    /// The delimiter, for cutting.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.layout.delimiter
    }
}

/// Which of some codes a field is.
#[inline]
fn which(codes: &[[Vec<u8>; 2]], field: &[u8]) -> Option<usize> {
    codes.iter().position(|[utf8, windows]| utf8 == field || windows == field)
}

/// The sums of one group.
#[derive(Clone, Debug, Default)]
struct Sums {
    n: u64,
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
    pieces: Vec<Piece>,
    piece: Piece,
}

impl<'a> Grouped<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            groups: Groups::new(plan.by.len()),
            sums: Vec::new(),
            codes_seen: vec![false; plan.codes.len()],
            pieces: Vec::new(),
            piece: Piece::default(),
        }
    }

    /// Takes a piece: whole records, the `number`th from the start of the file; `last` when the file ends with it.
    pub fn piece(&mut self, number: u64, bytes: &[u8], last: bool) {
        let letters = Letters::of(bytes, self.plan.layout);
        self.piece = Piece { number, letters, ..Piece::default() };
        let extent = scan(&clean(bytes), self.plan.layout, last, self);
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

    /// Whether an error was found: no estimate will come of it, only more errors.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.pieces.iter().any(|piece| piece.found.has_errors())
    }

    /// Adds another state over the same plan.
    pub fn merge(&mut self, other: Self) {
        for (group, sums) in other.sums.iter().enumerate() {
            let codes = other.groups.codes(group);
            let own = self.groups.find(&codes);
            let own = slot(&mut self.sums, own);
            own.n += sums.n;
            own.weight.merge(&sums.weight);
            own.product.merge(&sums.product);
        }
        for (own, other) in self.codes_seen.iter_mut().zip(&other.codes_seen) {
            *own |= other;
        }
        self.pieces.extend(other.pieces);
    }

    /// The figures, sorted by the codes of the first column, then of the second and so on: as numbers in a column that
    /// has nothing else, otherwise byte by byte. Nothing when there are errors.
    #[must_use]
    pub fn finish(mut self, problems: &mut Problems) -> Vec<Estimate> {
        let plan = self.plan;
        let encoding = self.join(problems);
        if problems.errors() > 0 {
            return Vec::new();
        }
        if plan.by.is_empty() {
            slot(&mut self.sums, 0);
        }
        let mut rows: Vec<(Vec<String>, &Sums)> = self
            .sums
            .iter()
            .enumerate()
            .map(|(group, sums)| {
                let codes = self.groups.codes(group);
                (codes.iter().map(|code| decode(code, encoding).into_owned()).collect(), sums)
            })
            .collect();
        sort(&mut rows, plan.by.len());
        for (code, seen) in plan.codes.iter().zip(&self.codes_seen) {
            if !seen {
                let what = EstimateProblem::CodeNeverSeen { code: guess(&code[0]).into_owned() };
                problems.push(Problem::warning(&plan.file, what).column(plan.question.statistic.column()));
            }
        }
        let empty: Vec<_> = rows.iter().filter(|(_, sums)| sums.n == 0).collect();
        if let (Some((codes, _)), false) = (empty.first(), plan.by.is_empty()) {
            let names = plan.question.by.iter().zip(codes).map(|(column, code)| format!("{column} {code}"));
            let first = names.collect::<Vec<_>>().join(", ");
            problems.push(Problem::warning(&plan.file, EstimateProblem::EmptyGroups { count: empty.len(), first }));
        }
        rows.retain(|(_, sums)| sums.n > 0 || plan.by.is_empty());
        rows.into_iter().map(|(codes, sums)| plan.estimate(codes, sums)).collect()
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
        if which(&self.plan.missing, field).is_some() {
            return None;
        }
        if let Statistic::Share { .. } = self.plan.question.statistic {
            if symbol(field).is_some() {
                return None;
            }
            let code = which(&self.plan.codes, field);
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
        let weight = match plan.weight {
            Some(column) => match self.weight(record, column) {
                Some(weight) => weight,
                None => return,
            },
            None => 1.0,
        };
        let value = self.value(record);
        let mut group = 0;
        for (level, column) in plan.by.iter().enumerate() {
            let (bytes, length) = record.from_field(*column);
            group = self.groups.step(level, group, bytes, length);
        }
        let sums = slot(&mut self.sums, group as usize);
        if let Some(value) = value {
            sums.n += 1;
            sums.weight.add(weight);
            sums.product.add(weight * value);
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        self.piece.found.flaw(&self.plan.file, &self.plan.head.names, Privacy::Answer, spot, flaw, value);
    }
}

impl Plan {
    fn estimate(&self, codes: Vec<String>, sums: &Sums) -> Estimate {
        let (statistic, value) = match &self.question.statistic {
            Statistic::Mean { .. } => ("mean", None),
            Statistic::Share { codes, .. } => ("share", Some(codes.join(","))),
        };
        let sum_of_weights = sums.weight.value();
        let status = match sums.n {
            0 => "no_values",
            _ if sum_of_weights == 0.0 => "no_weight",
            _ => "ok",
        };
        Estimate {
            by: self.question.by.iter().cloned().zip(codes).collect(),
            statistic,
            variable: self.question.statistic.column().into(),
            value,
            estimate: (status == "ok").then(|| sums.product.value() / sum_of_weights),
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

/// The sums of a group, made when they are not there yet.
#[inline]
fn slot(sums: &mut Vec<Sums>, group: usize) -> &mut Sums {
    if group >= sums.len() {
        sums.resize(group + 1, Sums::default());
    }
    &mut sums[group]
}

/// Sorts rows by their codes: a column of numbers as numbers, any other byte by byte.
fn sort(rows: &mut [(Vec<String>, &Sums)], columns: usize) {
    let value = |code: &String| match number::parse(code.as_bytes()) {
        Number::Value(value, _) => Some(value),
        _ => None,
    };
    let numeric: Vec<bool> =
        (0..columns).map(|column| rows.iter().all(|(codes, _)| value(&codes[column]).is_some())).collect();
    rows.sort_by_cached_key(|(codes, _)| {
        let keys = codes
            .iter()
            .zip(&numeric)
            .map(|(code, numeric)| Key(if *numeric { value(code).unwrap_or_default() } else { 0.0 }, code.clone()));
        keys.collect::<Vec<_>>()
    });
}

/// A number, then the bytes: `01` and `1` are different codes.
#[derive(PartialEq)]
struct Key(f64, String);

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then_with(|| self.1.cmp(&other.1))
    }
}
