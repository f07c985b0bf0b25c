//! Small areas: estimates that borrow strength from the others, one file per model.
//!
//! | model | what it starts from | file |
//! |---|---|---|
//! | Fay–Herriot | direct estimates with their variances, and area covariates | [`fay_herriot`] |
//! | beta-binomial partial pooling | counts of yes among answers | [`beta_binomial`] |
//!
//! Both take the variance between areas from the areas themselves, and both handle the case where it is 0: then every area
//! gets what all of them have in common, and the result says so.

pub mod beta_binomial;
pub mod fay_herriot;

use std::fmt;

/// Why a model of small areas cannot be fitted.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "areas and columns are counted from 0")]
pub enum SmallAreaProblem {
    /// As many values are needed as there are areas.
    LengthMismatch { expected: usize, found: usize },
    /// A direct estimate, or a value of a covariate, that is no finite number.
    NotFinite { area: usize },
    /// A sampling variance that is not a positive number.
    BadVariance { area: usize, variance: f64 },
    /// No more areas than coefficients.
    TooFewAreas { areas: usize, coefficients: usize },
    /// A covariate that those before it determine.
    Redundant { column: usize },
    /// The variance between areas was not found.
    NotConverged,
    /// More yes than answers, or more answers than people.
    BadCount { area: usize },
    /// Nobody answered in any area.
    NoAnswers,
    /// No area has two answers: how much areas differ cannot be told from how much people do.
    NotIdentified,
    /// In every area all say yes or none does: the areas have nothing in common to pool.
    AllOrNothing,
}

impl fmt::Display for SmallAreaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LengthMismatch { expected, found } => write!(f, "{found} values for {expected} areas"),
            Self::NotFinite { area } => write!(f, "area {} has a value that is no number", area + 1),
            Self::BadVariance { area, variance } => {
                write!(f, "the sampling variance of area {} is {variance}: it must be above 0", area + 1)
            }
            Self::TooFewAreas { areas, coefficients } => {
                write!(f, "{areas} areas are too few for {coefficients} coefficients")
            }
            Self::Redundant { column } => write!(f, "covariate {} follows from those before it", column + 1),
            Self::NotConverged => f.write_str("the variance between areas was not found"),
            Self::BadCount { area } => {
                write!(f, "area {} has more yes than answers, or more answers than people", area + 1)
            }
            Self::NoAnswers => f.write_str("nobody answered in any area"),
            Self::NotIdentified => f.write_str("no area has two answers"),
            Self::AllOrNothing => f.write_str("in every area all say yes or none does"),
        }
    }
}

impl std::error::Error for SmallAreaProblem {}
