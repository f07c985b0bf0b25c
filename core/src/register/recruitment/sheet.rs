//! A register's file that was opened: its columns, and its body in pieces.

use super::lookup::Lookup;
use crate::problem::{Explain, Privacy, Problem, Problems, Severity};
use crate::project::RegisterFile;
use crate::read::head::{Head, clean};
use crate::read::scan::{Layout, cut};
use crate::read::{Codebook, Kind, ReadProblem, Variable};
use crate::register::code::occupation::Version;
use crate::work::Workers;
use memchr::{memchr, memchr2, memrchr};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// How much of a file is searched at a time.
const SEARCHED: usize = 1 << 22;

/// A column of the built-in schema, and where it stands in the file.
pub(super) struct Column {
    /// Its name in the file.
    pub(super) name: String,
    pub(super) position: Option<usize>,
    /// Codes that mean that a value is missing.
    pub(super) missing: Vec<Vec<u8>>,
    pub(super) limits: (Option<f64>, Option<f64>),
    pub(super) privacy: Privacy,
}

/// Where a column stands in the file; nowhere: beyond all fields.
pub(super) struct Place {
    pub(super) position: usize,
    /// Whether some codes mean that a value is missing.
    pub(super) has_missing: bool,
}

/// A file that was opened.
pub(super) struct Sheet<'a> {
    /// The register's id.
    pub(super) register: &'static str,
    pub(super) file: &'a str,
    /// What its occupations of four digits are written in.
    pub(super) occupations: Version,
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) workers: Workers,
    pub(super) head: Head,
    body: Cow<'a, [u8]>,
    /// Where the first zero byte was, before they were taken out.
    pub(super) zero: Option<usize>,
    /// Whether anything is in quotes.
    quotes: bool,
    pub(super) columns: Vec<Column>,
    /// What is asked of every field.
    pub(super) places: Vec<Place>,
    /// Names of the built-in schema.
    names: Vec<String>,
}
impl<'a> Sheet<'a> {
    /// Opens the file of a register. `None` when it cannot be read, or lacks a column; problems say why.
    pub(super) fn open(
        register: &'a RegisterFile,
        schema: &str,
        files: &'a BTreeMap<String, Vec<u8>>,
        (lookup, workers): (&'a Lookup<'a>, Workers),
        problems: &mut Problems,
    ) -> Option<Self> {
        let file = register.file.as_str();
        let bytes = files.get(file)?;
        let built_in = Codebook::from_table_schema(register.id, schema.as_bytes(), problems);
        let before = problems.errors();
        let own = register.schema.as_ref().and_then(|name| Some((name, files.get(name)?)));
        let own = own.map(|(name, bytes)| Codebook::from_table_schema(name, bytes, problems)).unwrap_or_default();
        if problems.errors() > before {
            return None;
        }
        let head = Head::find(file, bytes, true, problems)?;
        let mut columns = Vec::new();
        for variable in &built_in.variables {
            let mapped = register.columns.iter().find(|(ours, _)| *ours == variable.name).map(|(_, theirs)| theirs);
            let mut name = mapped.unwrap_or(&variable.name).clone();
            // The name that tables of official statistics use.
            if mapped.is_none() && name == "municipality" && head.position(&name).is_none() {
                name = if head.position("kommunenr").is_some() { "kommunenr".into() } else { name };
            }
            let missing = own.variable(&name).map(|own| own.missing.as_slice()).unwrap_or_default();
            let limits = match variable.kind {
                #[allow(clippy::cast_precision_loss, reason = "limits of registers are small")]
                Kind::Integer { min, max } => (min.map(|min| min as f64), max.map(|max| max as f64)),
                Kind::Decimal { min, max, .. } => (min, max),
                _ => (None, None),
            };
            columns.push((
                variable,
                Column {
                    position: head.position(&name),
                    missing: missing.iter().map(|(code, _)| code.as_bytes().to_vec()).collect(),
                    limits,
                    privacy: privacy(register.id, &variable.name),
                    name,
                },
            ));
        }
        let looks = head.looks_like_one() && columns.iter().any(|(_, column)| column.position.is_some());
        if !looks {
            // What was taken for names may be about people: none of it is quoted.
            let names = columns.iter().map(|(_, column)| column.name.clone()).collect();
            problems.push(Problem::error(file, ReadProblem::NoHeader { names }).line(head.header_line()));
            return None;
        }
        // A name that the project gives is meant to be there.
        let is_named = |variable: &Variable| register.columns.iter().any(|(ours, _)| *ours == variable.name);
        // So is that of which it says in what it is written.
        let is_of_98 = |variable: &Variable| variable.name == "occupation" && register.occupation == Version::Styrk98;
        let is_needed = |variable: &Variable| variable.required || is_named(variable) || is_of_98(variable);
        for (_, column) in columns.iter().filter(|(variable, column)| is_needed(variable) && column.position.is_none())
        {
            problems.push(head.missing_column(file, &column.name, |_| true));
        }
        // A name that is nearly one of ours is one that was misspelt: what it holds must not go missing in silence.
        for name in head.names.iter().filter(|name| !name.is_empty()) {
            let is_known = columns.iter().any(|(_, column)| column.name == *name);
            let near = |column: &Column| strsim::jaro_winkler(&column.name, &name.to_lowercase()) > 0.92;
            let absent = |variable: &Variable, column: &Column| !is_needed(variable) && column.position.is_none();
            let meant = columns.iter().find(|(variable, column)| absent(variable, column) && near(column));
            if let Some((_, column)) = meant.filter(|_| !is_known) {
                problems.push(head.missing_column(file, &column.name, |other| other == name));
            }
        }
        let known = |name: &&String| name.is_empty() || columns.iter().any(|(_, column)| column.name == **name);
        let unknown: Vec<String> = head.names.iter().filter(|name| !known(name)).cloned().collect();
        if !unknown.is_empty() {
            let what = ReadProblem::UnknownColumns { names: unknown };
            problems.push(Problem::warning(file, what).line(head.header_line()));
        }
        if problems.errors() > before {
            return None;
        }
        let names = columns.iter().map(|(variable, _)| variable.name.clone()).collect();
        let columns: Vec<Column> = columns.into_iter().map(|(_, column)| column).collect();
        let place = |column: &Column| Place {
            position: column.position.unwrap_or(usize::MAX),
            has_missing: !column.missing.is_empty(),
        };
        let places = columns.iter().map(place).collect();
        let body = &bytes[head.start..];
        let has = |part: &[u8]| match memchr2(0, b'"', part) {
            None => [false; 2],
            Some(_) => [0, b'"'].map(|byte| memchr(byte, part).is_some()),
        };
        let found = workers.map(body.chunks(SEARCHED), has).into_iter();
        let [zero, quotes] = found.fold([false; 2], |[zero, quotes], found| [zero | found[0], quotes | found[1]]);
        let (body, zero) = if zero { clean(body) } else { (Cow::Borrowed(body), None) };
        Some(Self {
            register: register.id,
            occupations: register.occupation,
            file,
            lookup,
            workers,
            head,
            body,
            zero,
            quotes,
            columns,
            places,
            names,
        })
    }

    /// Places of columns of the schema.
    pub(super) fn find<const N: usize>(&self, names: [&str; N]) -> [usize; N] {
        names.map(|name| self.names.iter().position(|own| own == name).unwrap_or(usize::MAX))
    }

    /// The name of a column in the file.
    pub(super) fn name(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |column| &column.name)
    }

    /// Whether the file has a column.
    pub(super) fn has(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.position.is_some())
    }

    /// A problem at a row.
    pub(super) fn problem(
        &self,
        line: u32,
        column: usize,
        severity: Severity,
        what: impl Explain + 'static,
    ) -> Problem {
        let problem = Problem { severity, ..Problem::error(self.file, what) };
        problem.line(line.into()).column(self.name(column))
    }

    /// All bytes after the header.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The same in pieces of whole records, each of at most so many bytes where no record is longer.
    pub(super) fn pieces(&self, size: usize) -> Vec<Range<usize>> {
        let last = |bytes: &[u8]| match self.quotes {
            true => cut(bytes, self.head.layout.delimiter),
            false => memrchr(b'\n', bytes).map(|at| at + 1),
        };
        let (mut pieces, mut start, mut most) = (Vec::new(), 0, size);
        while start < self.body.len() {
            let rest = &self.body[start..];
            let length = if most < rest.len() { last(&rest[..most]) } else { Some(rest.len()) };
            match length {
                Some(length) => {
                    pieces.push(start..start + length);
                    (start, most) = (start + length, size);
                }
                None => most *= 2,
            }
        }
        pieces
    }

    /// Delimiter and columns, of which those to the last that is ours are needed.
    pub(super) fn layout(&self) -> Layout {
        let last = self.columns.iter().filter_map(|column| column.position).max();
        Layout { needed: last.map_or(0, |last| last + 1), ..self.head.layout }
    }

    /// Where a column stands in the file.
    pub(super) fn position(&self, column: usize) -> Option<usize> {
        self.columns.get(column)?.position
    }

    /// The line on which the first record begins.
    pub(super) fn first_line(&self) -> u32 {
        u32::try_from(self.head.line).unwrap_or(u32::MAX)
    }
}

/// Who may see the values of a column.
fn privacy(register: &str, name: &str) -> Privacy {
    match (register, name) {
        (_, "name" | "email" | "phone" | "birth_date") => Privacy::Never,
        // What an advertisement says, and what is about no one person or business.
        ("positions", "municipality" | "occupation" | "advertised")
        | ("strata" | "trainee_places", _)
        | (_, "stratum") => Privacy::Open,
        _ => Privacy::Answer,
    }
}
