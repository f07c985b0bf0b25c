//! What is to be done with each column of one export, compiled from its head and the first pass.

use super::cells::Cells;
use super::date::First;
use super::dialect::{Dialect, Role};
use super::dictionary::{Kind, List, Match, NoChoice, Session};
use super::file::File;
use super::look::{Export, Seen, Watch};
use super::number::Mark;
use super::place::Target;
use super::problem::ImportProblem;
use super::roles::Roles;
use super::routing::Asked;
use super::several::Several;
use super::tally::Change;
use super::tick::Convention;
use super::{Coding, Options};
use crate::questionnaire::Questionnaire;
use crate::read::Encoding;
use std::sync::Arc;

/// What becomes one variable.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Nothing: the export has no column for it, or it asks for contact details. So many columns of the answers.
    Empty {
        columns: usize,
    },
    One {
        column: usize,
        list: usize,
        cells: Cells<Coded>,
    },
    Several(Several),
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
    pub(super) export: Arc<Export>,
    /// Position among the exports that can be read.
    pub(super) number: usize,
    /// One per variable.
    pub(super) steps: Vec<Step>,
    /// Columns of contact details.
    pub(super) contacts: Vec<usize>,
    pub(super) encoding: Encoding,
    /// Records that are left out, ascending.
    pub(super) dropped: Vec<u64>,
    pub(super) asked: Asked,
}

impl Plan {
    pub(super) fn new(
        (export, number): (&Arc<Export>, usize),
        seen: &Seen,
        questionnaire: &Questionnaire,
        options: &Options,
        contact_columns: &[usize],
    ) -> Self {
        let (file, dictionary) = (&export.file, &export.dictionary);
        let usual = options.first.unwrap_or(file.dialect.first());
        let first = |column: usize| seen.first(column, usual);
        let of = |target: &Target| file.columns.iter().position(|column| column.target == *target);
        let steps = dictionary.variables.iter().enumerate().map(|(place, variable)| {
            let column = of(&Target::Variable(place));
            let empty = Step::Empty {
                columns: if variable.kind == Kind::Several { dictionary.list(place).codes.len() } else { 1 },
            };
            if variable.contact || column.is_some_and(|column| contact_columns.contains(&column)) {
                return empty;
            }
            match (variable.kind, column) {
                (Kind::Several, set) => {
                    let list = dictionary.list(place);
                    let columns: Vec<Option<usize>> =
                        (0..list.codes.len()).map(|choice| of(&Target::Choice(place, choice))).collect();
                    if set.is_none() && columns.iter().all(Option::is_none) {
                        return empty;
                    }
                    let ticks =
                        columns.iter().zip(&list.codes).filter_map(|(column, code)| match seen.watch((*column)?) {
                            Some(Watch::Ticks(seen)) => Some((seen, code.as_str())),
                            _ => None,
                        });
                    Step::Several(Several::new(&columns, set, Convention::of(ticks)))
                }
                (_, None) => session(file, variable.session, &export.roles, &first).unwrap_or(empty),
                (Kind::One, Some(column)) => Step::One { column, list: variable.list, cells: Cells::default() },
                (kind @ (Kind::Whole | Kind::Decimal), Some(column)) => {
                    let mark = match seen.watch(column) {
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
        let steps: Vec<Step> = steps.collect();
        let has_column = |place: usize| !matches!(steps[place], Step::Empty { .. });
        let encoding = match options.coding {
            Some(Coding::Windows1252) => Encoding::Windows1252,
            _ => seen.encoding(file),
        };
        Self {
            asked: Asked::new(questionnaire, dictionary, has_column),
            export: export.clone(),
            number,
            steps,
            contacts: contact_columns.to_vec(),
            encoding,
            dropped: Vec::new(),
        }
    }
}

/// Beginning and end of a session from the tool's own columns, where the form has no column for them.
fn session(file: &File, wanted: Option<Session>, roles: &Roles, first: &dyn Fn(usize) -> First) -> Option<Step> {
    let columns = match wanted {
        Some(Session::Started) => &roles.started,
        Some(Session::Submitted) => &roles.submitted,
        None => return None,
    };
    let own =
        |column: &&usize| matches!(file.columns[**column].target, Target::System(Role::Started | Role::Submitted));
    let columns: Vec<(usize, First)> = columns.iter().filter(own).map(|column| (*column, first(*column))).collect();
    (!columns.is_empty()).then_some(Step::Session { columns })
}

/// What a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Coded {
    /// The choice plus one; 0 when there is none.
    pub(super) state: u16,
    /// The only byte of its code as it is written; 0 where there are more.
    pub(super) byte: u8,
    pub(super) change: Option<Change>,
    pub(super) guard: bool,
}

impl Coded {
    /// Whether it is one byte or nothing, and stands in the cell as it is.
    #[inline]
    pub(super) fn is_plain(self) -> bool {
        ((self.byte > 0) | (self.state == 0)) & self.change.is_none() & !self.guard
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
            let byte = match list.codes[choice].as_bytes() {
                [byte] if byte.is_ascii_alphanumeric() => *byte,
                _ => 0,
            };
            Ok(Coded { state, byte, change, guard })
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
