//! The one type that is published: dimensions × measures, each cell with a status.
//!
//! A [`Cube`] as an indicator makes it is internal: exact figures. Only [`crate::disclosure::protect`] turns it into a
//! [`crate::disclosure::SafeCube`], which is the only thing that a public writer accepts.

use crate::text::Text;
use serde::Serialize;

/// What a dimension stands for, in the words of JSON-stat 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Years and periods.
    Time,
    /// Municipalities and regions.
    Geo,
    /// Anything else: wave, figure, group.
    Other,
}

/// One value that a dimension can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The code, unique in its dimension: `2025`, `2023-2024`, `w3`, `5042`.
    pub code: String,
    /// What people read.
    pub label: Text,
}

/// One axis of a cube.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// `period`, `wave`, `area`, …
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Time, geography or other.
    pub role: Role,
    /// Its categories, in the order in which they are shown.
    pub categories: Vec<Category>,
}

/// One quantity that every cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// `share`, `n`, `ci_lower`, …
    pub id: String,
    /// What people read.
    pub label: Text,
    /// `percent`, `share` (0 to 1), `persons`, `band`.
    pub unit: String,
    /// Decimals to show; the stored value is not rounded.
    pub decimals: u8,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Figures as computed (internal), or a whole percent of a large declared unit (public).
    Exact,
    /// The share lies in band `band` of `bands` equal parts; lower limit included, the last part closed.
    Band,
    /// Large declared unit, fewer than five said yes: `share` is the whole percent that the share is *under*.
    Under,
    /// Large declared unit, all but fewer than five said yes: `share` is the whole percent that the share is *over*.
    Over,
    /// Not shown. One status for every reason: too few, secondary, missing.
    Hidden,
    /// Nobody answered (internal only).
    NoAnswers,
    /// Official statistics: missing (`..`).
    NotAvailable,
    /// Official statistics: not available yet (`…`).
    NotYet,
    /// Official statistics: cannot occur (`.`), such as a share of nobody.
    NotApplicable,
    /// The cell has no meaning: a question that this wave is not asked, a period that this series is not cut into.
    Absent,
}

impl Status {
    /// The word used in JSON-stat and CSV. Hidden is Statistics Norway's `:`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Band => "band",
            Self::Under => "under",
            Self::Over => "over",
            Self::Hidden => ":",
            Self::NoAnswers => "no-answers",
            Self::NotAvailable => "..",
            Self::NotYet => "…",
            Self::NotApplicable => ".",
            Self::Absent => "absent",
        }
    }

    /// The status behind a word of [`Status::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let known = [Self::Exact, Self::Band, Self::Under, Self::Over, Self::Hidden, Self::NoAnswers, Self::Absent];
        let symbols = [Self::NotAvailable, Self::NotYet, Self::NotApplicable];
        known.into_iter().chain(symbols).find(|status| status.code() == code)
    }
}

/// One cell: its status and one value per measure, `None` where the figure does not exist or may not be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What kind of cell this is.
    pub status: Status,
    /// As many as the cube has measures, in their order.
    pub values: Vec<Option<f64>>,
}

/// Where figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Body, title, table.
    pub name: Text,
    /// Date of the data, ISO 8601, or empty.
    pub date: String,
    /// Licence, or empty.
    pub licence: String,
}

/// What a figure must always carry.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct About {
    /// Whom and what the share is of, in one or two sentences.
    pub base: Text,
    /// Where the figures come from.
    pub sources: Vec<Source>,
    /// How they were computed.
    pub method: Text,
    /// What is hidden or coarsened, and by which rule.
    pub protection: Text,
    /// A notice that must stand with the figure ("invented answers"), or empty.
    pub notice: Text,
    /// Date of this edition, ISO 8601.
    pub updated: String,
    /// The last date on which the figure is not old, ISO 8601.
    pub valid_until: String,
    /// Name of the disclosure policy, or `none` for an internal cube.
    pub policy: String,
}

/// Dimensions × measures with a status per cell, and what the figures are about.
#[derive(Clone, Debug, PartialEq)]
pub struct Cube {
    /// Id of the indicator: `return_intent`. Stable, part of file names.
    pub id: String,
    /// Title of the figure.
    pub title: Text,
    /// The axes. Cells are stored with the last one running fastest.
    pub dimensions: Vec<Dimension>,
    /// What every cell holds.
    pub measures: Vec<Measure>,
    /// One per combination of categories, row-major.
    pub cells: Vec<Cell>,
    /// Base, source, dates, method.
    pub about: About,
}

impl Cube {
    /// Position of a dimension.
    #[must_use]
    pub fn dimension(&self, id: &str) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension.id == id)
    }

    /// Position of a measure.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.id == id)
    }

    /// The cell at one category position per dimension.
    #[must_use]
    pub fn cell(&self, at: &[usize]) -> Option<&Cell> {
        if at.len() != self.dimensions.len() {
            return None;
        }
        let mut index = 0;
        for (&position, dimension) in at.iter().zip(&self.dimensions) {
            if position >= dimension.categories.len() {
                return None;
            }
            index = index * dimension.categories.len() + position;
        }
        self.cells.get(index)
    }

    /// A cell's value of a measure.
    #[must_use]
    pub fn value(&self, cell: &Cell, measure: &str) -> Option<f64> {
        cell.values.get(self.measure(measure)?).copied().flatten()
    }

    /// The category positions of a cell, one per dimension: the reverse of [`Cube::cell`].
    #[must_use]
    pub fn position(&self, mut index: usize) -> Vec<usize> {
        let mut at = vec![0; self.dimensions.len()];
        for (slot, dimension) in at.iter_mut().zip(&self.dimensions).rev() {
            *slot = index % dimension.categories.len();
            index /= dimension.categories.len();
        }
        at
    }
}
