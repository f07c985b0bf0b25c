//! The problems that a piece of a file can have, as numbers in a saved state.

use crate::design::DesignProblem;
use crate::estimate::{EstimateProblem, Plan};
use crate::problem::{Explain, Problem};
use crate::read::ReadProblem;
use std::any::Any;

/// Kind and number of a problem; `None` of one that pieces do not have.
pub(in crate::estimate) fn of(what: &dyn Explain) -> Option<(u8, u64)> {
    let what: &dyn Any = what;
    let kind = if let Some(what) = what.downcast_ref() {
        match what {
            ReadProblem::NotANumber { whole: false } => (0, 0),
            ReadProblem::FieldCount { found, .. } => (1, *found as u64),
            ReadProblem::CutOff { found, .. } => (2, *found as u64),
            ReadProblem::NoLineEnd => (3, 0),
            ReadProblem::StrayQuote => (4, 0),
            ReadProblem::TextAfterQuote => (5, 0),
            ReadProblem::UnclosedQuote => (6, 0),
            ReadProblem::FieldTooLong => (7, 0),
            ReadProblem::RecordTooLong => (8, 0),
            _ => return None,
        }
    } else if let Some(what) = what.downcast_ref() {
        match what {
            EstimateProblem::MissingWeight => (9, 0),
            EstimateProblem::NegativeWeight => (10, 0),
            EstimateProblem::MissingPopulation => (11, 0),
            _ => return None,
        }
    } else {
        match what.downcast_ref()? {
            DesignProblem::InvalidFpc { stage, row: 0 } => (12, *stage as u64),
            _ => return None,
        }
    };
    Some(kind)
}

/// The problem of a kind and a number.
pub(in crate::estimate) fn problem(kind: u8, number: u64, plan: &Plan) -> Option<Problem> {
    let expected = plan.head.names.len();
    let number = usize::try_from(number).ok()?;
    let error = |what| Some(Problem::error(&plan.file, what));
    match kind {
        0 => error(ReadProblem::NotANumber { whole: false }),
        1 => error(ReadProblem::FieldCount { expected, found: number }),
        2 => error(ReadProblem::CutOff { expected, found: number }),
        3 => Some(Problem::warning(&plan.file, ReadProblem::NoLineEnd)),
        4 => Some(Problem::warning(&plan.file, ReadProblem::StrayQuote)),
        5 => error(ReadProblem::TextAfterQuote),
        6 => error(ReadProblem::UnclosedQuote),
        7 => error(ReadProblem::FieldTooLong),
        8 => error(ReadProblem::RecordTooLong),
        9 => Some(Problem::error(&plan.file, EstimateProblem::MissingWeight)),
        10 => Some(Problem::error(&plan.file, EstimateProblem::NegativeWeight)),
        11 => Some(Problem::error(&plan.file, EstimateProblem::MissingPopulation)),
        12 => Some(Problem::error(&plan.file, DesignProblem::InvalidFpc { stage: number, row: 0 })),
        _ => None,
    }
}
