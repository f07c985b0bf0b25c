//! Typed columns.

use crate::problem::Problems;
use crate::read::{Codebook, Variable};

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

/// The values of a column, one per record.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Positions in the variable's categories, as small codes; codes from the top stand for kinds of missing.
    Category(Vec<u16>),
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
pub fn read_table(_file: &str, _bytes: &[u8], _codebook: &Codebook, _problems: &mut Problems) -> Option<Table> {
    None
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

impl Column {
    /// The position in the variable's categories, or why there is none.
    ///
    /// # Errors
    ///
    /// The kind of missing; [`Missing::Invalid`] when the column is not categorical.
    pub fn category(&self, _record: usize) -> Result<usize, Missing> {
        Err(Missing::Invalid)
    }

    /// The code of the category as written in the codebook, or why there is none.
    ///
    /// # Errors
    ///
    /// As [`Column::category`].
    pub fn code(&self, _record: usize) -> Result<&str, Missing> {
        Err(Missing::Invalid)
    }

    /// The number, or why there is none.
    ///
    /// # Errors
    ///
    /// The kind of missing; [`Missing::Invalid`] when the column is not numeric.
    pub fn number(&self, _record: usize) -> Result<f64, Missing> {
        Err(Missing::Invalid)
    }

    /// The text, or why there is none.
    ///
    /// # Errors
    ///
    /// The kind of missing; [`Missing::Invalid`] when the column is not text or a date.
    pub fn text(&self, _record: usize) -> Result<&str, Missing> {
        Err(Missing::Invalid)
    }

    /// Whether and why the value is missing, whatever the type.
    #[must_use]
    pub fn missing(&self, _record: usize) -> Option<Missing> {
        None
    }
}
