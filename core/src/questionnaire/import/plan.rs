//! What is to be done with each column of one export, compiled from its head and the first pass.

use super::Options;
use super::date::First;
use super::dialect::{Dialect, Role};
use super::dictionary::{Dictionary, Kind, List, Match, NoChoice, Session};
use super::file::File;
use super::look::{Look, Roles, Watch};
use super::number::Mark;
use super::place::Target;
use super::problem::ImportProblem;
use super::tally::Change;
use super::tick::Convention;
use crate::read::Encoding;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What becomes one variable.
#[derive(Debug)]
pub(super) enum Step {
    /// Nothing: the export has no column for it, or it asks for contact details.
    Empty,
    One {
        column: usize,
        coder: Coder,
    },
    /// A column per choice, in the order of the choices, and perhaps one of all.
    Several {
        columns: Vec<Option<usize>>,
        set: Option<usize>,
        convention: Convention,
    },
    Number {
        column: usize,
        mark: Mark,
        whole: bool,
    },
    Date {
        column: usize,
        first: First,
        time: bool,
    },
    /// A time of the session, from the first of these columns that has one.
    Session {
        columns: Vec<(usize, First)>,
    },
    Text {
        column: usize,
        hidden: bool,
        free: bool,
    },
}

/// One export's plan.
#[derive(Debug)]
pub(super) struct Plan {
    /// One per variable.
    pub(super) steps: Vec<Step>,
    /// Columns of contact details.
    pub(super) contacts: Vec<usize>,
    pub(super) roles: Roles,
    pub(super) encoding: Encoding,
    /// Records that are left out, ascending.
    pub(super) dropped: Vec<u64>,
}

impl Plan {
    pub(super) fn new(
        file: &File,
        look: Look,
        dictionary: &Dictionary,
        options: &Options,
        contact_columns: &[usize],
    ) -> Self {
        let encoding = look.encoding(file);
        let usual = options.first.unwrap_or(match file.dialect {
            Dialect::SurveyMonkey => First::Month,
            _ => First::Unknown,
        });
        let watch = |column: usize| look.watched.iter().find(|(place, _)| *place == column).map(|(_, watch)| watch);
        let first = |column: usize| match watch(column) {
            Some(Watch::Order(order)) => order.first(usual),
            _ => usual,
        };
        let of = |target: &Target| file.columns.iter().position(|column| column.target == *target);
        let steps = dictionary.variables.iter().enumerate().map(|(place, variable)| {
            let column = of(&Target::Variable(place));
            if variable.contact || column.is_some_and(|column| contact_columns.contains(&column)) {
                return Step::Empty;
            }
            match (variable.kind, column) {
                (Kind::Several, set) => {
                    let list = dictionary.list(place);
                    let columns: Vec<Option<usize>> =
                        (0..list.codes.len()).map(|choice| of(&Target::Choice(place, choice))).collect();
                    if set.is_none() && columns.iter().all(Option::is_none) {
                        return Step::Empty;
                    }
                    let seen = columns.iter().zip(&list.codes).filter_map(|(column, code)| match watch((*column)?) {
                        Some(Watch::Ticks(seen)) => Some((seen, code.as_str())),
                        _ => None,
                    });
                    Step::Several { convention: Convention::of(seen), columns, set }
                }
                (_, None) => session(file, variable.session, &look.roles, &first),
                (Kind::One, Some(column)) => Step::One { column, coder: Coder::default() },
                (kind @ (Kind::Whole | Kind::Decimal), Some(column)) => {
                    let mark = match watch(column) {
                        Some(Watch::Marks(marks)) => marks.mark(),
                        _ => Mark::Point,
                    };
                    Step::Number { column, mark, whole: kind == Kind::Whole }
                }
                (kind @ (Kind::Date | Kind::Time), Some(column)) => {
                    Step::Date { column, first: first(column), time: kind == Kind::Time }
                }
                (Kind::Text, Some(column)) => {
                    Step::Text { column, hidden: !variable.question, free: variable.is_free_text() }
                }
            }
        });
        let steps = steps.collect();
        Self { steps, contacts: contact_columns.to_vec(), roles: look.roles, encoding, dropped: Vec::new() }
    }
}

/// Beginning and end of a session from the tool's own columns, where the form has no column for them.
fn session(file: &File, wanted: Option<Session>, roles: &Roles, first: &dyn Fn(usize) -> First) -> Step {
    let columns = match wanted {
        Some(Session::Started) => &roles.started,
        Some(Session::Submitted) => &roles.submitted,
        None => return Step::Empty,
    };
    let own =
        |column: &&usize| matches!(file.columns[**column].target, Target::System(Role::Started | Role::Submitted));
    let columns: Vec<(usize, First)> = columns.iter().filter(own).map(|column| (*column, first(*column))).collect();
    if columns.is_empty() { Step::Empty } else { Step::Session { columns } }
}

/// Cells of one closed question to choices: each form is looked up once.
#[derive(Debug)]
pub(super) struct Coder {
    /// By the only byte of a cell: the choice plus one.
    of_byte: Box<[u16; 256]>,
    known: HashMap<Box<[u8]>, Coded, BuildHasherDefault<Short>>,
}

/// A hash of short texts by their length, their beginning and their end: labels of one question hardly share all of them.
/// Who makes it meet makes the import slow, and no more: what is remembered per column has a limit.
#[derive(Clone, Copy, Debug, Default)]
struct Short(u64);

impl Hasher for Short {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        const MANY: u64 = 0x517c_c1b7_2722_0a95;
        let word = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => {
                u64::from_le_bytes(*first).wrapping_mul(MANY).rotate_left(31) ^ u64::from_le_bytes(*last)
            }
            _ => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        self.0 = (self.0 ^ word ^ (bytes.len() as u64) << 56).wrapping_mul(MANY);
    }

    /// The length of a text, which it has in it.
    fn write_usize(&mut self, _: usize) {}
}

/// What a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Coded {
    /// The choice plus one; 0 when there is none.
    pub(super) state: u16,
    pub(super) change: Option<Change>,
    pub(super) guard: bool,
}

const UNKNOWN: u16 = u16::MAX;

/// Forms that are remembered per column.
const MOST: usize = 4096;

impl Default for Coder {
    fn default() -> Self {
        Self { of_byte: Box::new([UNKNOWN; 256]), known: HashMap::default() }
    }
}

impl Coder {
    /// What a cell is; `look_up` is asked once for each form.
    #[inline]
    pub(super) fn get(
        &mut self,
        field: &[u8],
        look_up: impl FnOnce(&[u8]) -> Result<Coded, ImportProblem>,
    ) -> Result<Coded, ImportProblem> {
        if let [byte] = field {
            let state = self.of_byte[usize::from(*byte)];
            if state != UNKNOWN {
                return Ok(Coded { state, ..Coded::default() });
            }
        }
        if let Some(known) = self.known.get(field) {
            return Ok(*known);
        }
        let coded = look_up(field)?;
        match field {
            [byte] if coded == (Coded { state: coded.state, ..Coded::default() }) => {
                self.of_byte[usize::from(*byte)] = coded.state;
            }
            _ if self.known.len() < MOST => {
                self.known.insert(field.into(), coded);
            }
            _ => {}
        }
        Ok(coded)
    }
}

/// A cell of a closed question.
pub(super) fn code(text: &str, has_guard: bool, list: &List, dialect: Dialect) -> Result<Coded, ImportProblem> {
    let trimmed = text.trim();
    let (plain, guard) = unguarded(trimmed, has_guard);
    if plain.is_empty() {
        return Ok(Coded::default());
    }
    let found = list.find(plain, dialect.prefer());
    let not_shown = matches!(plain, "N/A" | "n/a" | "{question_not_shown}");
    match found {
        Ok((choice, how)) => {
            let change = match how {
                Match::Code if trimmed.len() < text.len() => Some(Change::Trimmed),
                Match::Code => None,
                Match::CodeForm => Some(Change::CodeForm),
                Match::Label => Some(Change::Label),
                Match::Words => Some(Change::Punctuation),
                Match::Both => Some(Change::CodeAndLabel),
                Match::Mojibake => Some(Change::Mojibake),
            };
            let state = u16::try_from(choice + 1).unwrap_or(0);
            Ok(Coded { state, change, guard })
        }
        Err(_) if not_shown => Ok(Coded { change: Some(Change::NotShown), ..Coded::default() }),
        Err(NoChoice::Unknown) => Err(ImportProblem::NotAChoice { choices: list.listed() }),
        Err(NoChoice::Several(codes)) => Err(ImportProblem::SeveralChoices { codes }),
    }
}

/// Without the apostrophe that an exporter put before a formula.
pub(super) fn unguarded(text: &str, has_guard: bool) -> (&str, bool) {
    match text.strip_prefix('\'') {
        Some(rest) if has_guard && is_guarded(rest) => (rest, true),
        _ => (text, false),
    }
}

/// Whether what follows an apostrophe is what exporters put it before, or what we do.
fn is_guarded(rest: &str) -> bool {
    let rest = rest.trim_start_matches('\'');
    rest.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
