//! Problems of a piece, with places relative to it until the pieces are joined.

mod saved;

use crate::problem::{Privacy, Problem, Problems, Severity};
use crate::read::encoding::{Census, Encoding, guess, invalid_places, mojibake, utf8_places};
use crate::read::problem::ReadProblem;
use crate::read::scan::{Extent, Flaw, Layout, Record, Spot, Visit, cut, scan};
use crate::read::{DecimalMark, Variable};

/// Errors and warnings apart, so that a thousand warnings do not hide an error. Each kept up to the limit, the rest
/// counted.
#[derive(Clone, Debug, Default)]
pub struct Found {
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
    more_errors: u64,
    more_warnings: u64,
}

impl Found {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        let (list, more) = match problem.severity {
            Severity::Error => (&mut self.errors, &mut self.more_errors),
            Severity::Warning => (&mut self.warnings, &mut self.more_warnings),
        };
        if list.len() < Problems::LIMIT { list.push(problem) } else { *more += 1 }
    }

    /// Adds a flaw of form; places are relative to the piece.
    pub fn flaw(&mut self, file: &str, names: &[String], privacy: Privacy, spot: Spot, flaw: Flaw, value: &[u8]) {
        let mut problem = Problem::error(file, ReadProblem::of(flaw, names.len())).line(spot.line).record(spot.index);
        if flaw.is_harmless() {
            problem.severity = Severity::Warning;
        }
        if let Some(column) = spot.column {
            problem = match names.get(column) {
                Some(name) => problem.column(name),
                None => problem.column(format!("{}", column + 1)),
            };
            if flaw != Flaw::NoLineEnd {
                problem = problem.value(guess(value), privacy);
            }
        }
        self.push(problem);
    }

    /// Moves places by what came before: lines and records.
    #[must_use]
    pub fn after(mut self, lines: u64, records: u64) -> Self {
        for problem in self.errors.iter_mut().chain(&mut self.warnings) {
            problem.line = problem.line.map(|line| line + lines);
            problem.record = problem.record.map(|record| record + records);
        }
        self
    }

    /// Adds those of the next piece.
    pub fn append(&mut self, next: Self) {
        for problem in next.errors.into_iter().chain(next.warnings) {
            self.push(problem);
        }
        self.more_errors += next.more_errors;
        self.more_warnings += next.more_warnings;
    }

    /// Whether there is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Hands all of them over in the order of the lines, errors first.
    pub fn into_problems(mut self, file: &str, problems: &mut Problems) {
        self.errors.sort_by_key(|problem| problem.line);
        self.warnings.sort_by_key(|problem| problem.line);
        for problem in self.errors.into_iter().chain(self.warnings) {
            problems.push(problem);
        }
        problems.push_more(file, self.more_errors, self.more_warnings);
    }
}

/// What the encoding of a piece says: the count, and what to report once the encoding of the file is known.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    /// For the decision.
    pub census: Census,
    /// Not UTF-8: wrong in UTF-8.
    invalid: Vec<Spot>,
    /// UTF-8: wrong in Windows-1252.
    valid: Vec<Spot>,
    /// Encoded twice: wrong in UTF-8.
    twice: Vec<Spot>,
    all_twice: u64,
    zero: Option<Spot>,
}

/// How many more places of each kind are worth finding. Pieces that are given in order share one.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    invalid: usize,
    valid: usize,
    twice: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { invalid: Problems::LIMIT, valid: Problems::LIMIT, twice: Problems::LIMIT }
    }
}

impl Letters {
    /// Looks at a piece; `zero` is where the first zero byte was before it was [cleaned](super::head::clean).
    #[must_use]
    pub fn of(bytes: &[u8], zero: Option<usize>, layout: Layout, room: &mut Room) -> Self {
        let census = Census::of(bytes);
        let mut letters = Self { census, ..Self::default() };
        if census.invalid > 0 && room.invalid > 0 {
            letters.invalid = locate(bytes, invalid_places(bytes).take(room.invalid), layout);
            room.invalid -= letters.invalid.len();
        }
        if census.valid > 0 {
            if room.valid > 0 {
                letters.valid = locate(bytes, utf8_places(bytes, census).take(room.valid), layout);
                room.valid -= letters.valid.len();
            }
            let twice: Vec<usize> = mojibake(bytes).collect();
            letters.all_twice = twice.len() as u64;
            letters.twice = locate(bytes, twice.into_iter().take(room.twice), layout);
            room.twice -= letters.twice.len();
        }
        // Zero bytes behind the last line end are in a record of their own, those behind anything else in the last field.
        let most = if bytes.ends_with(b"\n") { bytes.len() } else { bytes.len().saturating_sub(1) };
        letters.zero = locate(bytes, zero.map(|at| at.min(most)), layout).pop();
        letters
    }

    /// Adds those of the next piece, which begins after so many lines and records.
    pub fn append(&mut self, next: Self, lines: u64, records: u64) {
        let moved = |spot: Spot| Spot { line: spot.line + lines, index: spot.index + records, ..spot };
        self.census = self.census.and(next.census);
        let lists = [(&mut self.invalid, next.invalid), (&mut self.valid, next.valid), (&mut self.twice, next.twice)];
        for (own, next) in lists {
            let room = Problems::LIMIT.saturating_sub(own.len());
            own.extend(next.into_iter().take(room).map(moved));
        }
        self.all_twice += next.all_twice;
        self.zero = self.zero.or(next.zero.map(moved));
    }

    /// The room that is left after these.
    #[must_use]
    pub fn room(&self) -> Room {
        let left = |spots: &[Spot]| Problems::LIMIT.saturating_sub(spots.len());
        Room { invalid: left(&self.invalid), valid: left(&self.valid), twice: left(&self.twice) }
    }

    /// The problems, once all pieces are seen; `mark` when the file begins with the mark of UTF-8.
    pub fn report(&self, file: &str, names: &[String], mark: bool, found: &mut Found) {
        let place = |problem: Problem, spot: &Spot| {
            let problem = problem.line(spot.line).record(spot.index);
            match spot.column.and_then(|column| names.get(column)) {
                Some(name) => problem.column(name),
                None => problem,
            }
        };
        let mut errors = |what: ReadProblem, spots: &[Spot], all: u64| {
            for spot in spots {
                found.push(place(Problem::error(file, what.clone()), spot));
            }
            found.more_errors += all.saturating_sub(spots.len() as u64);
        };
        match self.census.encoding(mark) {
            Encoding::Utf8 => {
                errors(ReadProblem::InvalidUtf8, &self.invalid, self.census.invalid);
                errors(ReadProblem::Mojibake, &self.twice, self.all_twice);
            }
            Encoding::Windows1252 => {
                // Beyond the limit they are not told apart from what could be Windows-1252.
                let full = self.valid.len() >= Problems::LIMIT;
                let all = if full { self.census.valid } else { self.valid.len() as u64 };
                errors(ReadProblem::Utf8InWindows1252, &self.valid, all);
            }
        }
        if let Some(spot) = &self.zero {
            found.push(place(Problem::warning(file, ReadProblem::ZeroBytes), spot));
        }
    }
}

/// Line, record and column of some bytes in a piece, in ascending order.
fn locate(bytes: &[u8], places: impl IntoIterator<Item = usize>, layout: Layout) -> Vec<Spot> {
    struct Last(Spot);
    impl Visit for Last {
        fn record(&mut self, record: &Record<'_>) {
            self.0 = Spot { line: record.line, index: record.index, column: None };
        }
        fn flaw(&mut self, spot: Spot, flaw: Flaw, _value: &[u8]) {
            let column = match flaw {
                Flaw::Count { found, .. } => Some(found - 1),
                _ => spot.column,
            };
            self.0 = Spot { column, ..spot };
        }
    }
    // No record has this many columns, so that each one tells how many it has.
    let layout = Layout { columns: usize::MAX, needed: 0, ..layout };
    let (mut start, mut before) = (0, Extent::default());
    let locate = |at| {
        let nowhere = Spot { line: 0, index: 0, column: None };
        // On to the start of the record that the byte is in.
        if let Some(length) = cut(&bytes[start..at], layout.delimiter) {
            let extent = scan(&bytes[start..start + length], layout, false, &mut Last(nowhere));
            before = Extent { lines: before.lines + extent.lines, records: before.records + extent.records };
            start += length;
        }
        let mut last = Last(nowhere);
        // A delimiter belongs to the field that it ends: there a zero byte was all that the field held.
        let ends_field = bytes.get(at) == Some(&layout.delimiter) && at > start;
        let end = if ends_field { at } else { at + 1 };
        scan(bytes.get(start..end).unwrap_or_default(), layout, false, &mut last);
        Spot { line: last.0.line + before.lines, index: last.0.index + before.records, ..last.0 }
    };
    places.into_iter().map(locate).collect()
}

/// The decimal marks seen in one column.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    points: u64,
    commas: u64,
    first_point: Option<(u64, u64, String)>,
    first_comma: Option<(u64, u64, String)>,
}

impl Marks {
    /// Counts a number that was read at a line and record.
    #[inline]
    pub fn see(&mut self, mark: Option<DecimalMark>, line: u64, record: u64, field: &[u8]) {
        let Some(mark) = mark else { return };
        let (count, first) = match mark {
            DecimalMark::Point => (&mut self.points, &mut self.first_point),
            DecimalMark::Comma => (&mut self.commas, &mut self.first_comma),
        };
        *count += 1;
        if first.is_none() {
            *first = Some((line, record, guess(field).into_owned()));
        }
    }

    /// Adds those of the next piece, which begins after so many lines and records.
    pub fn append(&mut self, next: Self, lines: u64, records: u64) {
        let moved = |(line, record, value)| (line + lines, record + records, value);
        self.points += next.points;
        self.commas += next.commas;
        self.first_point = self.first_point.take().or(next.first_point.map(moved));
        self.first_comma = self.first_comma.take().or(next.first_comma.map(moved));
    }

    /// The problem of a column with both, at the first of the rarer kind.
    #[must_use]
    pub fn problem(&self, file: &str, column: &str, privacy: Privacy) -> Option<Problem> {
        let (point, comma) = (self.first_point.as_ref()?, self.first_comma.as_ref()?);
        let (line, record, value) = if self.points < self.commas { point } else { comma };
        let what = ReadProblem::MixedDecimalMarks { points: self.points, commas: self.commas };
        Some(Problem::error(file, what).line(*line).record(*record).column(column).value(value, privacy))
    }
}

/// Who may see a value of a column that a codebook does not know: where there is a codebook, nobody.
pub(crate) fn privacy(variables: &[Option<&Variable>], column: Option<usize>) -> Privacy {
    column
        .and_then(|column| variables.get(column).copied().flatten())
        .map_or(Privacy::Never, |variable| variable.privacy)
}
