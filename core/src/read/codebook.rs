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
    ///
    /// `select_one` and `select_multiple` take their categories from `choices`, `hidden` too when there is a list of its
    /// own name. `integer`, `decimal`, `date`, `dateTime`, `start`, `end`, `today` and text are read; notes, groups and
    /// calculations are not columns. Labels stand in `label::… (nb)`, `(nn)`, `(en)`; a language that is not there gets
    /// the bokmål words. Two columns are ours: `missing` in `choices` (`dont_know`, `refused`) makes a choice a kind of
    /// missing, `waves` in `survey` (`1234`) names the waves that are asked.
    ///
    /// Free text is never quoted in messages, answers only where the person at the keyboard sees them. Free text, dates
    /// and what the device records may be left out of a data file; all else must be there.
    #[must_use]
    pub fn from_xlsform(survey: (&str, &[u8]), choices: (&str, &[u8]), problems: &mut Problems) -> Self {
        crate::questionnaire::Questionnaire::from_csv(survey, choices, None, problems).codebook()
    }

    /// From a Frictionless Table Schema in JSON.
    ///
    /// Types `string`, `integer`, `number`, `year`, `date`, `datetime`, `boolean` and `any`; `title`; the constraints
    /// `enum`, `minimum`, `maximum`; `decimalChar`; `categories`; `missingValues`, of which Statistics Norway's symbols
    /// keep their meaning and others are "not available". A column may be left out of the data file only when
    /// `constraints.required` is `false`. A year is a whole number.
    #[must_use]
    pub fn from_table_schema(file: &str, bytes: &[u8], problems: &mut Problems) -> Self {
        super::schema::codebook(file, bytes, problems)
    }

    /// A variable by name.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }
}
