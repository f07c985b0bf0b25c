//! Typed columns.

use crate::problem::{Privacy, Problem, Problems};
use crate::read::encoding::{Encoding, decode};
use crate::read::found::{Found, Letters, Marks, Room, privacy};
use crate::read::head::{Head, clean};
use crate::read::number::{self, Number, symbol};
use crate::read::scan::{Extent, Flaw, Record, Spot, Visit, scan};
use crate::read::{Codebook, DecimalMark, Kind, ReadProblem, Variable};
use std::collections::{BTreeSet, HashMap};

/// Why a value is not there. Missing is never one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// An empty field, not yet told apart: see `sample`.
    Blank,
    /// "Don't know" (98).
    DontKnow,
    /// "Will not say" (99).
    Refused,
    /// The question was not put to this wave.
    NotAsked,
    /// Asked, left empty, and something later was answered.
    NoAnswer,
    /// Asked, left empty, and nothing later was answered.
    BreakOff,
    /// A value outside the codebook; reported.
    Invalid,
    /// Statistics Norway's `.`: a number cannot occur.
    NotApplicable,
    /// Statistics Norway's `..`: missing.
    NotAvailable,
    /// Statistics Norway's `…`: not available yet.
    NotYet,
    /// Statistics Norway's `:`: may not be published.
    Confidential,
}

impl Missing {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Blank,
        Self::DontKnow,
        Self::Refused,
        Self::NotAsked,
        Self::NoAnswer,
        Self::BreakOff,
        Self::Invalid,
        Self::NotApplicable,
        Self::NotAvailable,
        Self::NotYet,
        Self::Confidential,
    ];

    /// As a small code, from the top.
    const fn small(self) -> u16 {
        u16::MAX - self as u16
    }

    fn from_small(code: u16) -> Option<Self> {
        Self::ALL.get(usize::from(u16::MAX - code)).copied()
    }
}

/// Categories a variable can have at most.
pub(crate) const CATEGORY_LIMIT: usize = 60_000;

/// The values of a column, one per record.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Positions in the variable's categories, as small codes; codes from the top stand for kinds of missing.
    Category(Vec<u16>),
    /// Positions in the variable's categories, ascending, and what is missing.
    Multiple(Vec<Result<Box<[u16]>, Missing>>),
    /// Whole and decimal numbers, and what is missing.
    Number(Vec<Result<f64, Missing>>),
    /// Dates and texts as written.
    Text(Vec<Result<Box<str>, Missing>>),
}

/// One typed column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What it means.
    pub variable: Variable,
    /// Its values.
    pub data: Data,
}

/// The columns of a file that its codebook knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Name of the file, for messages.
    pub file: String,
    /// The columns, in the order of the codebook.
    pub columns: Vec<Column>,
    /// The line on which each record starts.
    pub lines: Vec<u64>,
}

/// Reads a CSV file against its codebook. `None` when nothing could be read; problems hold the reasons.
///
/// Every record is checked as a whole, also in columns that the codebook does not know. A record of the wrong form is
/// reported and left out; a value of the wrong kind is reported and becomes [`Missing::Invalid`]. A column that must be
/// there and is not is reported; its variable is left out of the table.
///
/// Spaces around codes and numbers are ignored. In numeric columns Statistics Norway's symbols keep their meaning (see
/// [`number::symbol`]); the codebook's missing codes come first.
pub fn read_table(file: &str, bytes: &[u8], codebook: &Codebook, problems: &mut Problems) -> Option<Table> {
    read(file, bytes, codebook, false, problems)
}

/// As [`read_table`]. A `sheet` is made by hand, where the last line end is often missing.
fn read(file: &str, bytes: &[u8], codebook: &Codebook, sheet: bool, problems: &mut Problems) -> Option<Table> {
    let mut of_head = Problems::new();
    let head = Head::find(file, bytes, true, &mut of_head);
    let of_choice = |variable: &Variable, name: &str| {
        matches!(variable.kind, Kind::Multiple(_)) && choice_of(variable, name).is_some()
    };
    let is_known =
        |name: &str| codebook.variables.iter().any(|variable| variable.name == name || of_choice(variable, name));
    let unheaded = |head: &&Head| !codebook.variables.is_empty() && !head.names.iter().any(|name| is_known(name));
    if let Some(head) = head.as_ref().filter(unheaded) {
        // What was taken for names are answers: none of it is quoted.
        let names = codebook.variables.iter().map(|variable| variable.name.clone()).collect();
        problems.push(Problem::error(file, ReadProblem::NoHeader { names }).line(head.header_line()));
        return None;
    }
    of_head.list().iter().for_each(|problem| problems.push(problem.clone()));
    let head = head?;
    // With half of the names known the first line is a header, and what else stands in it may be quoted.
    let known = head.names.iter().filter(|name| is_known(name)).count();
    let quote = |name: &str| 2 * known >= codebook.variables.len() || is_known(name);
    let (body, zero) = clean(&bytes[head.start..]);
    let letters = Letters::of(&body, zero, head.layout, &mut Room::default());
    let mut variables = vec![None; head.names.len()];
    let mut builders = Vec::new();
    for variable in &codebook.variables {
        match head.position(&variable.name) {
            Some(position) => {
                variables[position] = Some(variable);
                builders.push(Builder::new(variable, position));
            }
            None if !ticks(variable, &head).is_empty() => {
                let ticks = ticks(variable, &head);
                ticks.iter().for_each(|(position, _)| variables[*position] = Some(variable));
                builders.push(Builder { ticks, ..Builder::new(variable, 0) });
            }
            None if variable.required => problems.push(head.missing_column(file, &variable.name, quote)),
            None => {}
        }
    }
    let unknown = head.names.iter().enumerate().filter(|(_, name)| !name.is_empty() && !is_known(name));
    let names: Vec<_> =
        unknown.map(|(place, name)| if quote(name) { name.clone() } else { (place + 1).to_string() }).collect();
    if !names.is_empty() {
        let line = head.header_line();
        problems.push(Problem::warning(file, ReadProblem::UnknownColumns { names }).line(line));
    }
    let mut reading = Reading {
        file,
        names: &head.names,
        variables,
        encoding: letters.census.encoding(head.mark),
        builders,
        lines: Vec::new(),
        sheet,
        found: Found::default(),
    };
    let Extent { records, .. } = scan(&body, head.layout, true, &mut reading);
    let Reading { mut found, mut builders, mut lines, .. } = reading;
    letters.report(file, &head.names, head.mark, &mut found);
    for builder in &mut builders {
        if let Some(problem) = builder.marks.problem(file, &builder.variable.name, builder.variable.privacy) {
            found.push(problem);
        }
    }
    if records == 0 {
        problems.push(Problem::warning(file, ReadProblem::NoRecords).line(head.header_line()));
    }
    found.after(head.line, 1).into_problems(file, problems);
    lines.iter_mut().for_each(|line| *line += head.line);
    let columns =
        builders.into_iter().map(|builder| Column { variable: builder.variable.clone(), data: builder.data }).collect();
    Some(Table { file: file.into(), columns, lines })
}

/// All fields of a file as text, each record with its line: for codebooks, which are small.
pub(crate) fn read_texts(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<(Vec<String>, Table)> {
    let mut head_problems = Problems::new();
    let names = Head::find(file, bytes, true, &mut head_problems).map(|head| head.names).unwrap_or_default();
    let variables = names.iter().filter(|name| !name.is_empty()).map(|name| Variable {
        name: name.clone(),
        label: crate::text::Text::default(),
        kind: Kind::Text,
        missing: Vec::new(),
        required: true,
        waves: Vec::new(),
        privacy: Privacy::Open,
    });
    let codebook = Codebook { variables: variables.collect() };
    read(file, bytes, &codebook, true, problems).map(|table| (names, table))
}

/// What one column becomes, while records arrive.
struct Builder<'a> {
    variable: &'a Variable,
    position: usize,
    /// Categories and missing codes as small codes.
    codes: HashMap<&'a [u8], u16>,
    marks: Marks,
    data: Data,
    /// Of a question with several choices that has a column for each: their positions and small codes.
    ticks: Vec<(usize, u16)>,
}

/// The small code of the choice that a column `name/choice` is of.
fn choice_of(variable: &Variable, name: &str) -> Option<u16> {
    let code = name.strip_prefix(variable.name.as_str())?.strip_prefix('/')?;
    let Kind::Multiple(categories) = &variable.kind else { return None };
    let place =
        categories.iter().position(|category| category.code == code).and_then(|place| u16::try_from(place).ok());
    place.or_else(|| variable.missing.iter().find(|(own, _)| own == code).map(|(_, missing)| missing.small()))
}

/// The columns `name/choice` of a question with several choices: what `bygdepuls import` writes.
fn ticks(variable: &Variable, head: &Head) -> Vec<(usize, u16)> {
    let found = head.names.iter().enumerate();
    found.filter_map(|(position, name)| Some((position, choice_of(variable, name)?))).collect()
}

impl<'a> Builder<'a> {
    fn new(variable: &'a Variable, position: usize) -> Self {
        let categories = match &variable.kind {
            Kind::Category(categories) | Kind::Multiple(categories) => categories.as_slice(),
            _ => &[],
        };
        let codes = categories.iter().map(|category| category.code.as_bytes()).zip(0..);
        let missing = variable.missing.iter().map(|(code, missing)| (code.as_bytes(), missing.small()));
        let data = match variable.kind {
            Kind::Category(_) => Data::Category(Vec::new()),
            Kind::Multiple(_) => Data::Multiple(Vec::new()),
            Kind::Integer { .. } | Kind::Decimal { .. } => Data::Number(Vec::new()),
            Kind::Date | Kind::Text => Data::Text(Vec::new()),
        };
        let (codes, marks, ticks) = (codes.chain(missing).collect(), Marks::default(), Vec::new());
        Self { variable, position, codes, marks, data, ticks }
    }

    /// Adds the choices that are ticked, each in a column of its own: 1, 0, or all empty when nothing was.
    fn push_ticks(&mut self, record: &Record<'_>) -> Result<(), (usize, ReadProblem)> {
        let Data::Multiple(values) = &mut self.data else { return Ok(()) };
        let (mut chosen, mut missing, mut blank) = (Vec::new(), None, true);
        for (position, code) in &self.ticks {
            let field = record.field(*position).trim_ascii();
            blank &= field.is_empty();
            match field {
                b"" | b"0" => {}
                b"1" => match Missing::from_small(*code) {
                    Some(kind) => missing = Some(kind),
                    None => chosen.push(*code),
                },
                _ => {
                    values.push(Err(Missing::Invalid));
                    return Err((*position, ReadProblem::UnknownCode { codes: vec!["1".into(), "0".into()] }));
                }
            }
        }
        chosen.sort_unstable();
        values.push(match missing {
            // An answer beside "don't know" is an answer.
            Some(kind) if chosen.is_empty() => Err(kind),
            _ if blank => Err(Missing::Blank),
            _ => Ok(chosen.into()),
        });
        Ok(())
    }

    /// Adds a value; what is wrong with it.
    fn push(&mut self, field: &[u8], encoding: Encoding, record: &Record<'_>) -> Result<(), ReadProblem> {
        let field = field.trim_ascii();
        let mut wrong = None;
        match &mut self.data {
            Data::Category(values) => values.push(match self.codes.get(field) {
                Some(code) => *code,
                None if field.is_empty() => Missing::Blank.small(),
                None => match encoded(field, encoding).and_then(|code| self.codes.get(code.as_bytes()).copied()) {
                    Some(code) => code,
                    None => {
                        wrong = Some(unknown_code(self.variable));
                        Missing::Invalid.small()
                    }
                },
            }),
            Data::Multiple(values) => values.push(match self.codes.get(field) {
                Some(code) if Missing::from_small(*code).is_some() => {
                    Err(Missing::from_small(*code).unwrap_or(Missing::Invalid))
                }
                _ if field.is_empty() => Err(Missing::Blank),
                _ => {
                    let codes = field.split(u8::is_ascii_whitespace).filter(|code| !code.is_empty());
                    let found: Option<Vec<u16>> = codes
                        .map(|code| self.codes.get(code).copied().filter(|code| Missing::from_small(*code).is_none()))
                        .collect();
                    match found {
                        Some(mut found) => {
                            found.sort_unstable();
                            found.dedup();
                            Ok(found.into())
                        }
                        None => {
                            wrong = Some(unknown_code(self.variable));
                            Err(Missing::Invalid)
                        }
                    }
                }
            }),
            Data::Number(values) => {
                let value = match self.codes.get(field).and_then(|code| Missing::from_small(*code)) {
                    Some(missing) => Err(missing),
                    None => match number::parse(field) {
                        Number::Missing(missing) => Err(missing),
                        Number::Bad => {
                            wrong = Some(ReadProblem::NotANumber {
                                whole: matches!(self.variable.kind, Kind::Integer { .. }),
                            });
                            Err(Missing::Invalid)
                        }
                        Number::Value(value, mark) => {
                            wrong = check(&self.variable.kind, value, mark);
                            if let Kind::Decimal { mark: None, .. } = self.variable.kind {
                                self.marks.see(mark, record.line, record.index, field);
                            }
                            if wrong.is_some() { Err(Missing::Invalid) } else { Ok(value) }
                        }
                    },
                };
                values.push(value);
            }
            Data::Text(values) => {
                let known = self.codes.get(field).and_then(|code| Missing::from_small(*code));
                let missing = known.or_else(|| field.is_empty().then_some(Missing::Blank));
                values.push(match missing {
                    Some(missing) => Err(missing),
                    None if self.variable.kind == Kind::Date => match symbol(field) {
                        Some(missing) => Err(missing),
                        None if is_date(field) => Ok(decode(field, encoding).into()),
                        None => {
                            wrong = Some(ReadProblem::NotADate);
                            Err(Missing::Invalid)
                        }
                    },
                    None => Ok(decode(field, encoding).into()),
                });
            }
        }
        wrong.map_or(Ok(()), Err)
    }
}

/// The field in UTF-8 when the file is not.
fn encoded(field: &[u8], encoding: Encoding) -> Option<String> {
    (encoding == Encoding::Windows1252).then(|| decode(field, encoding).into_owned())
}

#[cold]
fn unknown_code(variable: &Variable) -> ReadProblem {
    let (Kind::Category(categories) | Kind::Multiple(categories)) = &variable.kind else {
        return ReadProblem::UnknownCode { codes: Vec::new() };
    };
    let codes = categories.iter().map(|category| &category.code).chain(variable.missing.iter().map(|(code, _)| code));
    ReadProblem::UnknownCode { codes: codes.cloned().collect() }
}

/// What is wrong with a number of a kind.
fn check(kind: &Kind, value: f64, found: Option<DecimalMark>) -> Option<ReadProblem> {
    let (min, max) = match *kind {
        #[allow(clippy::cast_precision_loss, reason = "bounds of questions are small")]
        Kind::Integer { min, max } => {
            // `4.0` is whole: some survey tools write every number with one decimal.
            if value.fract() != 0.0 {
                return Some(ReadProblem::NotANumber { whole: true });
            }
            (min.map(|min| min as f64), max.map(|max| max as f64))
        }
        Kind::Decimal { min, max, mark } => {
            if mark.is_some() && found.is_some() && mark != found {
                return Some(ReadProblem::WrongDecimalMark { comma: mark == Some(DecimalMark::Comma) });
            }
            (min, max)
        }
        _ => (None, None),
    };
    let outside = min.is_some_and(|min| value < min) || max.is_some_and(|max| value > max);
    outside.then_some(ReadProblem::OutOfRange { min, max })
}

/// Whether a field is a date that exists, alone or followed by a time, ISO 8601.
fn is_date(field: &[u8]) -> bool {
    let number = |range: std::ops::Range<usize>| {
        let digits = field.get(range)?;
        digits.iter().try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    let time = match &field[10..] {
        [] => true,
        [b'T' | b' ', time @ ..] => is_time(time),
        _ => false,
    };
    field[4] == b'-' && field[7] == b'-' && (1..=days).contains(&day) && time
}

/// Whether this is a time of day: `hh:mm[:ss[.fff]]`, then nothing, `Z`, `±hh:mm` or `±hhmm`.
fn is_time(time: &[u8]) -> bool {
    let below = |tens: u8, units: u8, limit: u8| {
        tens.is_ascii_digit() && units.is_ascii_digit() && (tens - b'0') * 10 + (units - b'0') < limit
    };
    let [h, i, b':', m, n, rest @ ..] = time else { return false };
    if !below(*h, *i, 24) || !below(*m, *n, 60) {
        return false;
    }
    let rest = match rest {
        [b':', s, t, rest @ ..] if below(*s, *t, 60) => match rest {
            [b'.', fraction @ ..] => {
                let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
                if digits == 0 {
                    return false;
                }
                &fraction[digits..]
            }
            _ => rest,
        },
        _ => rest,
    };
    match rest {
        [] | [b'Z'] => true,
        [b'+' | b'-', h, i, b':', m, n] | [b'+' | b'-', h, i, m, n] => below(*h, *i, 24) && below(*m, *n, 60),
        _ => false,
    }
}

/// The reading of one file.
struct Reading<'a> {
    file: &'a str,
    names: &'a [String],
    variables: Vec<Option<&'a Variable>>,
    encoding: Encoding,
    builders: Vec<Builder<'a>>,
    lines: Vec<u64>,
    sheet: bool,
    found: Found,
}

impl Visit for Reading<'_> {
    fn record(&mut self, record: &Record<'_>) {
        let repeats = |(column, name): (usize, &String)| decode(record.field(column), self.encoding).trim() == name;
        if self.names.len() > 1 && self.names.iter().enumerate().all(repeats) {
            let problem = Problem::error(self.file, ReadProblem::RepeatedHeader);
            self.found.push(problem.line(record.line).record(record.index));
            return;
        }
        self.lines.push(record.line);
        for builder in &mut self.builders {
            let pushed = match builder.ticks.is_empty() {
                true => builder
                    .push(record.field(builder.position), self.encoding, record)
                    .map_err(|what| (builder.position, what)),
                false => builder.push_ticks(record),
            };
            if let Err((position, what)) = pushed {
                let problem = Problem::error(self.file, what).line(record.line).record(record.index);
                let value = decode(record.field(position), self.encoding);
                self.found.push(problem.column(&self.names[position]).value(value, builder.variable.privacy));
            }
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        if self.sheet && flaw == Flaw::NoLineEnd {
            return;
        }
        self.found.flaw(self.file, self.names, privacy(&self.variables, spot.column), spot, flaw, value);
    }
}

impl Table {
    /// How many data records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A column by name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.variable.name == name)
    }
}

impl Table {
    /// The table without some of its records.
    #[must_use]
    pub fn without(&self, records: &BTreeSet<usize>) -> Self {
        fn kept<T: Clone>(values: &[T], records: &BTreeSet<usize>) -> Vec<T> {
            let others = values.iter().enumerate().filter(|(record, _)| !records.contains(record));
            others.map(|(_, value)| value.clone()).collect()
        }
        let columns = self.columns.iter().map(|column| {
            let data = match &column.data {
                Data::Category(values) => Data::Category(kept(values, records)),
                Data::Multiple(values) => Data::Multiple(kept(values, records)),
                Data::Number(values) => Data::Number(kept(values, records)),
                Data::Text(values) => Data::Text(kept(values, records)),
            };
            Column { variable: column.variable.clone(), data }
        });
        Self { file: self.file.clone(), columns: columns.collect(), lines: kept(&self.lines, records) }
    }
}

impl Column {
    /// The position in the variable's categories, or why there is none.
    ///
    /// # Errors
    ///
    /// The kind of missing; [`Missing::Invalid`] when the column is not categorical.
    pub fn category(&self, record: usize) -> Result<usize, Missing> {
        match &self.data {
            Data::Category(values) => match values.get(record) {
                Some(code) => Missing::from_small(*code).map_or(Ok(usize::from(*code)), Err),
                None => Err(Missing::Invalid),
            },
            _ => Err(Missing::Invalid),
        }
    }

    /// The positions of all that was chosen, ascending, or why there are none.
    ///
    /// # Errors
    ///
    /// The kind of missing; [`Missing::Invalid`] when the column does not hold several codes.
    pub fn categories(&self, record: usize) -> Result<&[u16], Missing> {
        match &self.data {
            Data::Multiple(values) => {
                values.get(record).map_or(Err(Missing::Invalid), |value| value.as_deref().map_err(|missing| *missing))
            }
            _ => Err(Missing::Invalid),
        }
    }

    /// The code of the category as written in the codebook, or why there is none.
    ///
    /// # Errors
    ///
    /// As [`Column::category`].
    pub fn code(&self, record: usize) -> Result<&str, Missing> {
        let position = self.category(record)?;
        match &self.variable.kind {
            Kind::Category(categories) => {
                categories.get(position).map(|category| category.code.as_str()).ok_or(Missing::Invalid)
            }
            _ => Err(Missing::Invalid),
        }
    }

    /// The number, or why there is none.
    ///
    /// # Errors
    ///
    /// The kind of missing; [`Missing::Invalid`] when the column is not numeric.
    pub fn number(&self, record: usize) -> Result<f64, Missing> {
        match &self.data {
            Data::Number(values) => values.get(record).copied().unwrap_or(Err(Missing::Invalid)),
            _ => Err(Missing::Invalid),
        }
    }

    /// The text, or why there is none.
    ///
    /// # Errors
    ///
    /// The kind of missing; [`Missing::Invalid`] when the column is not text or a date.
    pub fn text(&self, record: usize) -> Result<&str, Missing> {
        match &self.data {
            Data::Text(values) => {
                values.get(record).map_or(Err(Missing::Invalid), |value| value.as_deref().map_err(|missing| *missing))
            }
            _ => Err(Missing::Invalid),
        }
    }

    /// Whether and why the value is missing, whatever the type.
    #[must_use]
    pub fn missing(&self, record: usize) -> Option<Missing> {
        match &self.data {
            Data::Category(_) => self.category(record).err(),
            Data::Multiple(_) => self.categories(record).err(),
            Data::Number(_) => self.number(record).err(),
            Data::Text(_) => self.text(record).err(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_and_times() {
        for good in [
            "2024-02-29",
            "2025-05-14T21:58",
            "2025-05-14 21:58:28",
            "2025-05-14T21:58:28.639+02:00",
            "2025-05-14T21:58:28Z",
            "2025-05-14T21:58:28.6-0130",
        ] {
            assert!(is_date(good.as_bytes()), "{good}");
            assert!(!is_date(format!("{good}x").as_bytes()), "{good}x");
        }
        for bad in [
            "2025-05-1",
            "2025-02-29",
            "2025-00-01",
            "2025/05/01",
            "2025-05-14T",
            "2025-05-14T24:00",
            "2025-05-14T21:5",
            "2025-05-14T21:58:",
            "2025-05-14T21:58:6",
            "2025-05-14T21:58:60",
            "2025-05-14T21:58:28.",
            "2025-05-14T21:58:28.639+",
            "2025-05-14T21:58:28.639+02",
            "2025-05-14T21:58:28.639+02:",
            "2025-05-14T21:58:28.639+02:0",
            "2025-05-14T07:29:99---::++",
            "2025-05-14T07:29ZZ",
        ] {
            assert!(!is_date(bad.as_bytes()), "{bad}");
        }
    }
}
