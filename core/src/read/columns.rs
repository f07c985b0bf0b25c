//! Named columns of any CSV file, in memory and without a codebook.

use crate::problem::{Privacy, Problem, Problems};
use crate::read::codes::Codes;
use crate::read::encoding::{Encoding, decode, guess};
use crate::read::found::{Found, Letters, Marks, Room};
use crate::read::head::{Head, clean};
use crate::read::number::{self, Number, symbol};
use crate::read::scan::{Extent, Flaw, Layout, Record, Spot, Visit, scan};
use crate::read::{DecimalMark, ReadProblem};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How a column is wanted. The same column may be wanted in more than one way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// Numbers. What is missing is `None`; anything else that is no number is an error.
    Number(String),
    /// Numbers, each there: what is missing is an error. For weights and populations.
    Required(String),
    /// Codes as written, an empty field being a code too. For strata, units and groups.
    Category(String),
    /// Codes as written; what is missing has no code. For analysed answers.
    Answer(String),
}

impl Want {
    fn name(&self) -> &str {
        match self {
            Self::Number(name) | Self::Required(name) | Self::Category(name) | Self::Answer(name) => name,
        }
    }
}

/// A column of codes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Categories {
    /// For each record its code, a place in `labels`; [`Categories::MISSING`] where there is none.
    pub codes: Vec<u32>,
    /// The codes in order: as numbers when all are, otherwise byte by byte.
    pub labels: Vec<Arc<str>>,
}

impl Categories {
    /// The code of a record without a value.
    pub const MISSING: u32 = u32::MAX;

    /// The value of a record.
    #[must_use]
    pub fn label(&self, row: usize) -> Option<&Arc<str>> {
        self.labels.get(*self.codes.get(row)? as usize)
    }

    /// The code with a label. `5` is also found as `5.0`.
    #[must_use]
    pub fn find(&self, label: &str) -> Option<u32> {
        let codes = Codes::new(&[label.to_owned()]);
        let place = self.labels.iter().position(|other| codes.find(other.as_bytes()).is_some())?;
        u32::try_from(place).ok()
    }
}

/// Values of a column.
#[derive(Clone, Debug, PartialEq)]
enum Values {
    Number(Vec<Option<f64>>),
    Required(Vec<f64>),
    Category(Categories),
}

/// Named columns of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Name of the file, for messages.
    pub file: String,
    /// The header.
    pub names: Vec<String>,
    /// The line on which each record starts; as many as there are records.
    pub lines: Vec<u64>,
    values: BTreeMap<Want, Values>,
}

impl Columns {
    /// Reads the wanted columns. `None` when the file cannot be read or a column is not there; problems say why. `missing`
    /// are codes that mean a missing value in columns wanted as [`Want::Number`] or [`Want::Answer`].
    pub fn read(
        file: &str,
        bytes: &[u8],
        wanted: &[Want],
        missing: &[String],
        problems: &mut Problems,
    ) -> Option<Self> {
        let head = Head::find(file, bytes, true, problems)?;
        let mut builders = Vec::new();
        let mut last = 0;
        let mut absent = false;
        for want in wanted {
            if builders.iter().any(|builder: &Builder| builder.want == *want) {
                continue;
            }
            match head.position(want.name()) {
                Some(position) => {
                    last = last.max(position + 1);
                    builders.push(Builder::new(want.clone(), position));
                }
                None => {
                    let problem = head.missing_column(file, want.name(), |_| head.looks_like_one());
                    if !problems.list().iter().any(|other| other.column == problem.column) {
                        problems.push(problem);
                    }
                    absent = true;
                }
            }
        }
        if absent {
            return None;
        }
        let (body, zero) = clean(&bytes[head.start..]);
        let letters = Letters::of(&body, zero, head.layout, &mut Room::default());
        let mut reading = Reading {
            file,
            names: &head.names,
            encoding: letters.census.encoding(head.mark),
            missing: Codes::new(missing),
            builders,
            lines: Vec::new(),
            found: Found::default(),
        };
        let layout = Layout { needed: last, ..head.layout };
        let Extent { records, .. } = scan(&body, layout, true, &mut reading);
        let Reading { mut found, builders, mut lines, .. } = reading;
        letters.report(file, &head.names, head.mark, &mut found);
        for builder in &builders {
            if let Some(problem) = builder.marks.problem(file, builder.want.name(), Privacy::Answer) {
                found.push(problem);
            }
        }
        if records == 0 {
            problems.push(Problem::warning(file, ReadProblem::NoRecords).line(head.header_line()));
        }
        found.after(head.line, 1).into_problems(file, problems);
        lines.iter_mut().for_each(|line| *line += head.line);
        let values = builders.into_iter().map(|builder| (builder.want.clone(), builder.values())).collect();
        Some(Self { file: file.into(), names: head.names, lines, values })
    }

    /// How many records there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Numbers of a column that was wanted as [`Want::Number`].
    #[must_use]
    pub fn numbers(&self, name: &str) -> Option<&[Option<f64>]> {
        match self.values.get(&Want::Number(name.into()))? {
            Values::Number(values) => Some(values),
            _ => None,
        }
    }

    /// Numbers of a column that was wanted as [`Want::Required`].
    #[must_use]
    pub fn required(&self, name: &str) -> Option<&[f64]> {
        match self.values.get(&Want::Required(name.into()))? {
            Values::Required(values) => Some(values),
            _ => None,
        }
    }

    /// Codes of a column that was wanted as [`Want::Category`].
    #[must_use]
    pub fn categories(&self, name: &str) -> Option<&Categories> {
        match self.values.get(&Want::Category(name.into()))? {
            Values::Category(values) => Some(values),
            _ => None,
        }
    }

    /// Codes of a column that was wanted as [`Want::Answer`].
    #[must_use]
    pub fn answers(&self, name: &str) -> Option<&Categories> {
        match self.values.get(&Want::Answer(name.into()))? {
            Values::Category(values) => Some(values),
            _ => None,
        }
    }

    /// A problem at a record.
    #[must_use]
    pub fn at(&self, problem: Problem, row: usize) -> Problem {
        problem.line(self.lines.get(row).copied().unwrap_or_default()).record(row as u64 + 1)
    }
}

/// What one column becomes, while records arrive.
struct Builder {
    want: Want,
    position: usize,
    marks: Marks,
    numbers: Vec<Option<f64>>,
    codes: Vec<u32>,
    labels: Vec<Arc<str>>,
    places: HashMap<Arc<str>, u32>,
}

impl Builder {
    fn new(want: Want, position: usize) -> Self {
        let (numbers, codes, labels) = (Vec::new(), Vec::new(), Vec::new());
        Self { want, position, marks: Marks::default(), numbers, codes, labels, places: HashMap::new() }
    }

    /// Adds a value; what is wrong with it.
    fn push(&mut self, field: &[u8], encoding: Encoding, missing: &Codes, at: (u64, u64)) -> Option<ReadProblem> {
        let field = field.trim_ascii();
        let is_missing = || missing.find(field).is_some() || symbol(field).is_some();
        match self.want {
            Want::Number(_) | Want::Required(_) => {
                let required = matches!(self.want, Want::Required(_));
                if !required && missing.find(field).is_some() {
                    self.numbers.push(None);
                    return None;
                }
                match number::parse(field) {
                    Number::Value(value, mark) => {
                        self.marks.see(mark, at.0, at.1, field);
                        self.numbers.push(Some(value));
                        None
                    }
                    Number::Missing(_) if !required => {
                        self.numbers.push(None);
                        None
                    }
                    Number::Missing(_) | Number::Bad => {
                        self.numbers.push(None);
                        Some(ReadProblem::NotANumber { whole: false })
                    }
                }
            }
            Want::Answer(_) if is_missing() => {
                self.codes.push(Categories::MISSING);
                None
            }
            Want::Category(_) | Want::Answer(_) => {
                let text = decode(field, encoding);
                let code = match self.places.get(&*text) {
                    Some(code) => *code,
                    None => {
                        let code = u32::try_from(self.labels.len()).unwrap_or(Categories::MISSING);
                        let label: Arc<str> = text.into();
                        self.labels.push(Arc::clone(&label));
                        self.places.insert(label, code);
                        code
                    }
                };
                self.codes.push(code);
                None
            }
        }
    }

    fn values(self) -> Values {
        match self.want {
            Want::Number(_) => Values::Number(self.numbers),
            // What is missing there is an error already.
            Want::Required(_) => Values::Required(self.numbers.into_iter().map(Option::unwrap_or_default).collect()),
            Want::Category(_) | Want::Answer(_) => Values::Category(sorted(self.labels, self.codes)),
        }
    }
}

/// Codes numbered in the order of their labels.
fn sorted(labels: Vec<Arc<str>>, mut codes: Vec<u32>) -> Categories {
    let value = |label: &str| match number::parse(label.as_bytes()) {
        Number::Value(value, mark) if mark != Some(DecimalMark::Comma) => Some(value),
        _ => None,
    };
    let mut order: Vec<usize> = (0..labels.len()).collect();
    let numbers: Option<Vec<f64>> = labels.iter().map(|label| value(label)).collect();
    match numbers {
        Some(numbers) => {
            order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]).then_with(|| labels[*a].cmp(&labels[*b])));
        }
        None => order.sort_by(|a, b| labels[*a].cmp(&labels[*b])),
    }
    let mut place = vec![0_u32; labels.len()];
    for (rank, old) in (0..).zip(&order) {
        place[*old] = rank;
    }
    for code in &mut codes {
        if let Some(place) = place.get(*code as usize) {
            *code = *place;
        }
    }
    Categories { codes, labels: order.into_iter().map(|old| Arc::clone(&labels[old])).collect() }
}

struct Reading<'a> {
    file: &'a str,
    names: &'a [String],
    encoding: Encoding,
    missing: Codes,
    builders: Vec<Builder>,
    lines: Vec<u64>,
    found: Found,
}

impl Visit for Reading<'_> {
    fn record(&mut self, record: &Record<'_>) {
        self.lines.push(record.line);
        for builder in &mut self.builders {
            let field = record.field(builder.position);
            if let Some(what) = builder.push(field, self.encoding, &self.missing, (record.line, record.index)) {
                let problem = Problem::error(self.file, what).line(record.line).record(record.index);
                self.found.push(problem.column(builder.want.name()).value(guess(field), Privacy::Answer));
            }
        }
    }

    fn flaw(&mut self, spot: Spot, flaw: Flaw, value: &[u8]) {
        self.found.flaw(self.file, self.names, Privacy::Answer, spot, flaw, value);
    }
}
