//! Why a model cannot be fitted.

use crate::design::DesignProblem;
use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;
use std::fmt;

/// Why a model has no coefficients.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ModelProblem {
    /// The design gives no variance.
    Design(DesignProblem),
    /// No record has all values that the model needs and a weight above 0.
    NoRecords,
    /// The formula cannot be read.
    Formula {
        /// The part that is not understood.
        part: String,
    },
    /// A column is neither numbers nor names: most of its values are numbers.
    MixedColumn {
        /// The column.
        column: String,
        /// A record whose value is no number.
        row: usize,
    },
    /// A column has decimal points in some records and decimal commas in others.
    MixedDecimal {
        /// The column.
        column: String,
        /// A record with a comma.
        row: usize,
    },
    /// The model has more columns than it can take, most of them from a variable with many values: an id, or a text.
    TooManyColumns {
        /// The variable.
        column: String,
        /// Columns of the model that it would have.
        columns: usize,
    },
    /// A column has the same value in all records.
    OneValue {
        /// The column.
        column: String,
    },
    /// The response of a logistic model is not 0 or 1.
    NotBinary {
        /// The column.
        column: String,
        /// A record.
        row: usize,
    },
    /// The response is the same in all records.
    ConstantResponse,
    /// A column of the model is a combination of the ones before it.
    Redundant {
        /// The column of the model.
        column: String,
    },
    /// Columns tell 0 from 1 without error in some records: their coefficients grow without end.
    Separated {
        /// The columns of the model.
        columns: Vec<String>,
    },
    /// Newton's method found no solution.
    NotConverged {
        /// Steps taken.
        steps: usize,
    },
}

impl ModelProblem {
    /// Columns that a model has at most.
    pub const MOST_COLUMNS: usize = 500;

    /// The record at which the problem shows.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::MixedColumn { row, .. } | Self::MixedDecimal { row, .. } | Self::NotBinary { row, .. } => Some(*row),
            _ => None,
        }
    }

    /// The column of the file, or of the model, at which it shows.
    #[must_use]
    pub fn column(&self) -> Option<String> {
        match self {
            Self::MixedColumn { column, .. }
            | Self::MixedDecimal { column, .. }
            | Self::TooManyColumns { column, .. }
            | Self::OneValue { column }
            | Self::NotBinary { column, .. }
            | Self::Redundant { column } => Some(column.clone()),
            Self::Separated { columns } => Some(columns.join(", ")),
            _ => None,
        }
    }
}

impl From<DesignProblem> for ModelProblem {
    fn from(problem: DesignProblem) -> Self {
        Self::Design(problem)
    }
}

impl fmt::Display for ModelProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ModelProblem {}

impl Explain for ModelProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Design(problem) => problem.code(),
            Self::NoRecords => "no-records-left",
            Self::Formula { .. } => "formula",
            Self::MixedColumn { .. } => "mixed-column",
            Self::MixedDecimal { .. } => "mixed-decimal",
            Self::TooManyColumns { .. } => "too-many-values",
            Self::OneValue { .. } => "all-alike",
            Self::NotBinary { .. } => "not-binary",
            Self::ConstantResponse => "constant-response",
            Self::Redundant { .. } => "redundant-column",
            Self::Separated { .. } => "separated",
            Self::NotConverged { .. } => "not-converged",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Design(problem) => problem.message(lang),
            Self::NoRecords => lang
                .pick(
                    "ingen rad har alle verdiene som modellen trenger, og en vekt over 0",
                    "inga rad har alle verdiane som modellen treng, og ei vekt over 0",
                    "no record has all values that the model needs and a weight above 0",
                )
                .into(),
            Self::Formula { part } => fill(
                lang.pick(
                    "denne delen av formelen er ikke forstått: {0}",
                    "denne delen av formelen er ikkje forstått: {0}",
                    "this part of the formula is not understood: {0}",
                ),
                &[part],
            ),
            Self::MixedColumn { .. } => lang
                .pick(
                    "verdien er ikke et tall, men de fleste andre i kolonnen er det",
                    "verdien er ikkje eit tal, men dei fleste andre i kolonnen er det",
                    "the value is not a number, but most others in the column are",
                )
                .into(),
            Self::MixedDecimal { .. } => lang
                .pick(
                    "desimalkomma her, men desimalpunktum andre steder i kolonnen",
                    "desimalkomma her, men desimalpunktum andre stader i kolonnen",
                    "a decimal comma here, but decimal points elsewhere in the column",
                )
                .into(),
            Self::TooManyColumns { columns, .. } => fill(
                lang.pick(
                    "leddet har {0} kolonner i modellen, flere enn den kan ta",
                    "leddet har {0} kolonnar i modellen, fleire enn han kan ta",
                    "the term has {0} columns in the model, more than it can take",
                ),
                &[&columns.to_string()],
            ),
            Self::OneValue { .. } => lang
                .pick(
                    "kolonnen har samme verdi i alle radene",
                    "kolonnen har same verdi i alle radene",
                    "the column has the same value in all records",
                )
                .into(),
            Self::NotBinary { .. } => lang
                .pick("svaret er verken 0 eller 1", "svaret er verken 0 eller 1", "the response is neither 0 nor 1")
                .into(),
            Self::ConstantResponse => lang
                .pick(
                    "svaret er det samme i alle radene; det er ingenting å forklare",
                    "svaret er det same i alle radene; det er ingenting å forklare",
                    "the response is the same in all records; there is nothing to explain",
                )
                .into(),
            Self::Redundant { .. } => lang
                .pick(
                    "kolonnen følger av de andre i modellen",
                    "kolonnen følgjer av dei andre i modellen",
                    "the column follows from the others of the model",
                )
                .into(),
            Self::Separated { .. } => lang
                .pick(
                    "kolonnene skiller 0 fra 1 uten feil i noen rader: koeffisientene har ingen endelig verdi",
                    "kolonnane skil 0 frå 1 utan feil i nokre rader: koeffisientane har ingen endeleg verdi",
                    "the columns tell 0 from 1 without error in some records: the coefficients have no finite value",
                )
                .into(),
            Self::NotConverged { steps } => fill(
                lang.pick(
                    "beregningen konvergerer ikke: {0} steg",
                    "utrekninga konvergerer ikkje: {0} steg",
                    "the computation does not converge: {0} steps",
                ),
                &[&steps.to_string()],
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::Design(problem) => return problem.expected(lang),
            Self::Formula { .. } => "y ~ x1 + x2 + factor(x3) + x1:x2 + I(year - 2023)",
            Self::NotBinary { .. } => lang.pick(
                "0 eller 1, eller y=V til venstre i formelen",
                "0 eller 1, eller y=V til venstre i formelen",
                "0 or 1, or y=V on the left of the formula",
            ),
            _ => return None,
        };
        Some(words.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::Design(problem) => return problem.help(lang),
            Self::Formula { .. } => lang.pick(
                "skriv navn med mellomrom eller tegn i `…`",
                "skriv namn med mellomrom eller teikn i `…`",
                "write names with spaces or signs in `…`",
            ),
            Self::MixedColumn { .. } => lang.pick(
                "rett verdien, nevn den i --missing, eller skriv factor(kolonne)",
                "rett verdien, nemn han i --missing, eller skriv factor(kolonne)",
                "correct the value, name it in --missing, or write factor(column)",
            ),
            Self::OneValue { .. } | Self::Redundant { .. } | Self::TooManyColumns { .. } => {
                lang.pick("ta den ut av formelen", "ta han ut av formelen", "leave it out of the formula")
            }
            Self::Separated { .. } => lang.pick(
                "slå sammen sjeldne verdier, eller ta kolonnene ut av formelen",
                "slå saman sjeldne verdiar, eller ta kolonnane ut av formelen",
                "join rare values with others, or leave the columns out of the formula",
            ),
            _ => return None,
        };
        Some(words.into())
    }
}
