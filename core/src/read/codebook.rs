//! What the columns of a file mean: types, units, categories, missing codes.

use crate::problem::{Privacy, Problems};
use crate::read::Missing;
use crate::text::Text;

/// The decimal mark of one column. It is never inferred from the delimiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `4.5`
    Point,
    /// `4,5`
    Comma,
}

/// One category of a categorical variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookCategory {
    /// The code as written in the file.
    pub code: String,
    /// What people read.
    pub label: Text,
}

/// The type of a variable.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// One of a list of codes; missing codes are not in it.
    Category(Vec<CodebookCategory>),
    /// Several codes of a list, separated by spaces (`select_multiple`).
    Multiple(Vec<CodebookCategory>),
    /// A whole number in an inclusive range.
    Integer {
        /// Smallest value allowed.
        min: Option<i64>,
        /// Largest value allowed.
        max: Option<i64>,
    },
    /// A decimal number in an inclusive range.
    Decimal {
        /// Smallest value allowed.
        min: Option<f64>,
        /// Largest value allowed.
        max: Option<f64>,
        /// `None`: found per column; a column that mixes marks is a problem.
        mark: Option<DecimalMark>,
    },
    /// A date or a date with time, ISO 8601.
    Date,
    /// Anything.
    Text,
}

/// One variable, one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Column name.
    pub name: String,
    /// The question or title.
    pub label: Text,
    /// Type and categories.
    pub kind: Kind,
    /// Codes that stand for a kind of missing: `98` don't know, `99` will not say.
    pub missing: Vec<(String, Missing)>,
    /// Whether the column must be in the file.
    pub required: bool,
    /// Waves that are asked, as codes (`1`..`4`); empty: all.
    pub waves: Vec<String>,
    /// Who may see a value in a message.
    pub privacy: Privacy,
}

/// The variables of a file, in the order of the questionnaire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codebook {
    /// The variables.
    pub variables: Vec<Variable>,
}

impl Codebook {
    /// From the sheets `survey` and `choices` of an XLSForm, as CSV: (file name, bytes) each.
    #[must_use]
    pub fn from_xlsform(_survey: (&str, &[u8]), _choices: (&str, &[u8]), _problems: &mut Problems) -> Self {
        Self::default()
    }

    /// From a Frictionless Table Schema in JSON.
    #[must_use]
    pub fn from_table_schema(_file: &str, _bytes: &[u8], _problems: &mut Problems) -> Self {
        Self::default()
    }
}
