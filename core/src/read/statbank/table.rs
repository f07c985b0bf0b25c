//! A table of the statistics bank, whatever file it came in.

use super::Note;
use super::code::{Age, Level, Validity};
use super::period::Period;
use crate::read::Missing;
use crate::register::Sex;

/// Dimensions × measures as an official table has them, each cell a number or the symbol that stands for none.
///
/// Only cells that the file has are here, in the order of the dimensions, the last one and then the measures running
/// fastest; a cell that the file lacks is `None` from [`StatTable::value`], which is not the same as one that it marks
/// as missing.
#[derive(Clone, Debug, PartialEq)]
pub struct StatTable {
    /// Name of the file as the user gave it.
    pub file: String,
    /// The form of the file.
    pub format: Format,
    /// The table's number, `07459`, where the file tells.
    pub id: Option<String>,
    /// Title as the file has it; empty where it has none.
    pub title: String,
    /// Who made the figures, as the file says; empty where it does not.
    pub source: String,
    /// When the figures were last updated, as written; empty where the file does not say.
    pub updated: String,
    /// Footnotes, in the order of the file.
    pub footnotes: Vec<String>,
    /// The axes other than the measures.
    pub dimensions: Vec<Dimension>,
    /// What is counted; at least one. Statistics Norway calls them *statistikkvariabel*.
    pub measures: Vec<Measure>,
    /// The cells that the file has, by [`Cell::at`], each once.
    pub cells: Vec<Cell>,
    /// Every assumption that was made in reading.
    pub notes: Vec<Note>,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with separators, one row for each cell or combination (`csv2`, `csv3`, ready-made data sets, PxWebApi 2).
    Long,
    /// Text with separators, some dimensions across (`csv`, the layout of workbooks).
    Matrix,
    /// JSON-stat, version 2 or 1.
    JsonStat,
    /// PxWeb's own JSON: `columns` and `data`.
    PxJson,
    /// A PC-Axis file.
    Px,
}

impl Format {
    /// A stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Long => "csv-long",
            Self::Matrix => "csv-matrix",
            Self::JsonStat => "json-stat",
            Self::PxJson => "px-json",
            Self::Px => "px",
        }
    }
}

/// What a dimension stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Municipalities, counties, the nation.
    Region,
    /// The region in which somebody works.
    Workplace,
    /// The region in which somebody lives, where the table has that of work too.
    Residence,
    /// Years and parts of years.
    Time,
    /// Ages.
    Age,
    /// Women and men.
    Sex,
    /// Anything else.
    Other,
}

impl Role {
    /// Whether it holds places.
    #[must_use]
    pub const fn is_place(self) -> bool {
        matches!(self, Self::Region | Self::Workplace | Self::Residence)
    }

    /// A stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Workplace => "workplace",
            Self::Residence => "residence",
            Self::Time => "time",
            Self::Age => "age",
            Self::Sex => "sex",
            Self::Other => "other",
        }
    }
}

/// One axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Its code or, where the file has none, its name: `Region`, `kommunenr`, `alder`.
    pub id: String,
    /// What people read.
    pub label: String,
    /// What it stands for.
    pub role: Role,
    /// Its categories, in the order of the file.
    pub categories: Vec<Category>,
}

/// One value of a dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// The code without prefix: `3432` of `K-3432`; the label where the file has no code.
    pub code: String,
    /// What people read, without validity: `Snillfjord` of `5012 Snillfjord (-2019)`.
    pub label: String,
    /// As the file has it.
    pub written: String,
    /// The years that a suffix such as `(-2019)` gives.
    pub validity: Validity,
    /// What the code says.
    pub meaning: Meaning,
}

/// What a category says, by the role of its dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A region of a level.
    Region(Level),
    /// A year or a part of one.
    Time(Period),
    /// An age or ages.
    Age(Age),
    /// Women or men; `None` is both together.
    Sex(Option<Sex>),
    /// Nothing that is known here.
    Other,
}

impl Category {
    /// The age; `None` for what is none.
    #[must_use]
    pub const fn age(&self) -> Option<Age> {
        if let Meaning::Age(age) = self.meaning { Some(age) } else { None }
    }

    /// The period; `None` for what is none.
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        if let Meaning::Time(period) = self.meaning { Some(period) } else { None }
    }

    /// The level of the region; `None` for what is none.
    #[must_use]
    pub const fn level(&self) -> Option<Level> {
        if let Meaning::Region(level) = self.meaning { Some(level) } else { None }
    }
}

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its code, `Personer1`, or its label where the file has none.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The unit as the file says, `personer`; empty where it does not.
    pub unit: String,
    /// Decimals to show, where the file says.
    pub decimals: Option<u8>,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Its place among all combinations of the dimensions' categories and the measures.
    pub at: u64,
    /// What stands there.
    pub value: Value,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number. A 0 may be less than half of the unit; see [`Value::Nil`].
    Number {
        /// The number, never NaN.
        value: f64,
        /// Whether it is marked `*`.
        provisional: bool,
    },
    /// `-`: nothing, a true zero.
    Nil,
    /// `.`, `..`, `…`, `:` or an empty cell.
    Missing(Missing),
}

impl Value {
    /// The number; `-` is 0, a missing one is none.
    #[must_use]
    pub const fn number(self) -> Option<f64> {
        match self {
            Self::Number { value, .. } => Some(value),
            Self::Nil => Some(0.0),
            Self::Missing(_) => None,
        }
    }

    /// Statistics Norway's symbol: `*` beside a number, `-` for nothing, another for what is not there; empty for a plain
    /// number and an empty cell.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Number { provisional: true, .. } => "*",
            Self::Nil => "-",
            Self::Missing(Missing::NotApplicable) => ".",
            Self::Missing(Missing::NotAvailable) => "..",
            Self::Missing(Missing::NotYet) => "...",
            Self::Missing(Missing::Confidential) => ":",
            Self::Number { .. } | Self::Missing(_) => "",
        }
    }
}

impl StatTable {
    /// The only dimension of a role; `None` where there is none, or several.
    #[must_use]
    pub fn dimension(&self, role: Role) -> Option<usize> {
        let mut found = self.dimensions.iter().enumerate().filter(|(_, dimension)| dimension.role == role);
        let (place, _) = found.next()?;
        found.next().is_none().then_some(place)
    }

    /// A measure by code or label.
    #[must_use]
    pub fn measure(&self, name: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.code == name || measure.label == name)
    }

    /// How many cells there would be if the file had all of them; `None` beyond what a number holds.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let measures = self.measures.len() as u64;
        self.dimensions.iter().try_fold(measures, |size, axis| size.checked_mul(axis.categories.len() as u64))
    }

    /// The cell at one category of each dimension; `None` where the file has none.
    #[must_use]
    pub fn value(&self, at: &[usize], measure: usize) -> Option<Value> {
        if at.len() != self.dimensions.len() || measure >= self.measures.len() {
            return None;
        }
        let mut place = 0;
        for (&position, dimension) in at.iter().zip(&self.dimensions) {
            if position >= dimension.categories.len() {
                return None;
            }
            place = place * dimension.categories.len() as u64 + position as u64;
        }
        place = place * self.measures.len() as u64 + measure as u64;
        let found = self.cells.binary_search_by_key(&place, |cell| cell.at).ok()?;
        Some(self.cells[found].value)
    }

    /// The category positions of a cell, one for each dimension, and its measure: the reverse of [`StatTable::value`].
    pub fn position(&self, cell: Cell, at: &mut Vec<usize>) -> usize {
        let mut rest = cell.at;
        let mut next = |size: usize| {
            let size = size.max(1) as u64;
            let place = rest % size;
            rest /= size;
            usize::try_from(place).unwrap_or(0)
        };
        let measure = next(self.measures.len());
        at.clear();
        at.extend(self.dimensions.iter().rev().map(|dimension| next(dimension.categories.len())));
        at.reverse();
        measure
    }
}
