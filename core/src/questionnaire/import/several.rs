//! Questions with several choices into the row: a column per choice, one cell, or both.

use super::cells::{Cells, MOST};
use super::convert::Converter;
use super::plan::unguarded;
use super::problem::ImportProblem;
use super::set::{self, NoSet};
use super::tally::Change;
use super::tick::{self, Convention, Ticked};
use crate::read::scan::Record;

/// The columns of a question with several choices.
#[derive(Clone, Debug)]
pub(super) struct Several {
    /// Of each choice the column, where there is one.
    columns: Vec<Option<(usize, Cells<Ticked>)>>,
    /// The column of all of them.
    set: Option<Set>,
    convention: Convention,
    has_columns: bool,
}

/// A column of all choices.
#[derive(Clone, Debug)]
struct Set {
    column: usize,
    /// Places among the known.
    cells: Cells<usize>,
    known: Vec<InCell>,
}

/// What a cell of all choices holds.
#[derive(Clone, Debug)]
struct InCell {
    /// `None` when it says nothing.
    choices: Option<Vec<usize>>,
    change: Option<Change>,
    guard: bool,
}

/// What is wrong with a cell, and the part of it.
type Wrong = (ImportProblem, String);

impl Several {
    pub(super) fn new(columns: &[Option<usize>], set: Option<usize>, convention: Convention) -> Self {
        Self {
            columns: columns.iter().map(|column| Some(((*column)?, Cells::default()))).collect(),
            set: set.map(|column| Set { column, cells: Cells::default(), known: Vec::new() }),
            convention,
            has_columns: columns.iter().any(Option::is_some),
        }
    }
}

impl Converter {
    /// Ticks of a question into the row; nothing ticked is empty everywhere.
    pub(super) fn several(
        &mut self,
        variable: usize,
        own: &mut Several,
        record: &Record<'_>,
        out: &mut Vec<u8>,
    ) -> u16 {
        let delimiter = self.options.form.delimiter();
        let start = out.len();
        let mut any = false;
        out.resize(start + 2 * own.columns.len(), delimiter);
        for (choice, (cell, column)) in out[start..].iter_mut().step_by(2).zip(&mut own.columns).enumerate() {
            let ticked = match column {
                Some((column, cells)) => match cells.known_at(record.from_field(*column)) {
                    Some(Ticked { yes, change: false, guard: false }) => yes,
                    _ => self.tick((variable, choice), *column, cells, own.convention, record.field(*column)),
                },
                None => false,
            };
            any |= ticked;
            *cell = b'0' + u8::from(ticked);
        }
        if let Some(set) = &mut own.set {
            let (column, field) = (set.column, record.field(set.column));
            match self.in_cell(variable, set, field) {
                Some(choices) => {
                    let agrees = own.columns.iter().enumerate().all(|(choice, column)| {
                        column.is_none() || (out[start + 2 * choice] == b'1') == choices.contains(&choice)
                    });
                    if own.has_columns && !agrees {
                        let text = self.decoded(field).into_owned();
                        self.wrong(column, ImportProblem::Contradiction, text.trim());
                    } else {
                        choices.iter().for_each(|choice| out[start + 2 * choice] = b'1');
                        any |= !choices.is_empty();
                        self.change(column, Change::Split);
                    }
                }
                None if any && field.trim_ascii().is_empty() => {
                    self.wrong(column, ImportProblem::Contradiction, "");
                }
                None => {}
            }
        }
        if !any {
            out.truncate(start);
            out.extend(std::iter::repeat_n(delimiter, own.columns.len()));
        }
        // The delimiter after the variable is the row's to write.
        out.truncate(out.len().max(start + 1) - 1);
        u16::from(any)
    }

    fn tick(
        &mut self,
        (variable, choice): (usize, usize),
        column: usize,
        cells: &mut Cells<Ticked>,
        convention: Convention,
        field: &[u8],
    ) -> bool {
        let found = cells.get(field, |field| {
            let text = self.decoded(field);
            let list = self.export.dictionary.list(variable);
            tick::cell(&text, self.export.file.has_guard, list, choice, convention).ok_or(())
        });
        match found {
            Ok(Ticked { yes, change, guard }) => {
                if guard {
                    self.change(column, Change::Guard);
                }
                if change {
                    self.change(column, Change::Tick);
                }
                yes
            }
            Err(()) => {
                let text = self.decoded(field).into_owned();
                self.wrong(column, ImportProblem::NotAMark, &text);
                false
            }
        }
    }

    /// The choices of a cell of all of them; `None` when it says nothing, or nothing that can be understood.
    fn in_cell<'s>(&mut self, variable: usize, set: &'s mut Set, field: &[u8]) -> Option<&'s [usize]> {
        let Set { column, cells, known } = set;
        if field.is_empty() {
            return None;
        }
        let place = match cells.known(field) {
            Some(place) => place,
            None => match self.look_up_set(variable, field) {
                Ok(found) => {
                    // Behind those that are remembered there is room for one that is not.
                    known.truncate(MOST);
                    if known.len() < MOST {
                        cells.remember(field, known.len());
                    }
                    known.push(found);
                    known.len() - 1
                }
                Err((what, text)) => {
                    self.wrong(*column, what, &text);
                    return None;
                }
            },
        };
        let InCell { choices, change, guard } = known.get(place)?;
        if *guard {
            self.change(*column, Change::Guard);
        }
        if let Some(change) = change {
            self.change(*column, *change);
        }
        choices.as_deref()
    }

    fn look_up_set(&self, variable: usize, field: &[u8]) -> Result<InCell, Wrong> {
        let list = self.export.dictionary.list(variable);
        let text = self.decoded(field);
        let (plain, guard) = unguarded(text.trim(), self.export.file.has_guard);
        if plain.is_empty() {
            return Ok(InCell { choices: None, change: None, guard });
        }
        if matches!(plain, "N/A" | "n/a" | "{question_not_shown}") {
            return Ok(InCell { choices: None, change: Some(Change::NotShown), guard });
        }
        match set::choices(plain, list, self.export.file.dialect.prefer()) {
            Ok(choices) => Ok(InCell { choices: Some(choices), change: None, guard }),
            Err(NoSet::Unknown(part)) => {
                let near = list.nearest(&part).map(|label| format!(" (≈ {label})")).unwrap_or_default();
                Err((ImportProblem::NotAChoice { choices: list.listed() }, format!("{part}{near}")))
            }
            Err(NoSet::Several(codes)) => Err((ImportProblem::SeveralChoices { codes }, plain.to_owned())),
        }
    }
}
