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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{Question, Statistic};
    use crate::problem::Problems;
    use crate::read::Head;
    use crate::read::scan::Flaw;

    #[test]
    fn a_kind_for_each_problem_and_back() {
        let mut problems = Problems::new();
        let head = Head::find("f", b"y,w\n", true, &mut problems).unwrap();
        let question = Question { statistics: vec![Statistic::Mean { column: "y".into() }], ..Question::default() };
        let plan = Plan::new("f", head, &question, &mut problems).unwrap();
        for kind in 0..=u8::MAX {
            let again = problem(kind, 1, &plan).map(|problem| of(&*problem.what));
            let number = u64::from([1, 2, 12].contains(&kind));
            assert_eq!(again, (kind <= 12).then_some(Some((kind, number))));
        }
        // Every flaw of form has one, and stays an error or a warning.
        let count = |cut_off| Flaw::Count { found: 1, cut_off };
        let others = [Flaw::StrayQuote, Flaw::TextAfterQuote, Flaw::UnclosedQuote, Flaw::TooLong, Flaw::NoLineEnd];
        for flaw in [count(true), count(false)].into_iter().chain(others) {
            let (kind, number) = of(&ReadProblem::of(flaw, 2)).unwrap();
            let again = problem(kind, number, &plan).unwrap();
            assert_eq!(format!("{:?}", again.what), format!("{:?}", ReadProblem::of(flaw, 2)));
            assert_eq!(again.severity == crate::problem::Severity::Warning, flaw.is_harmless());
        }
        assert_eq!(of(&ReadProblem::EmptyFile), None);
    }
}
