//! What a state is of: the file by its header, and as much of the question as decides what is summed.

use crate::design::Comparison;
use crate::estimate::{Plan, SavedProblem};
use serde::Serialize;

/// The file, as JSON on one line.
pub(super) fn file(plan: &Plan) -> Result<String, SavedProblem> {
    #[derive(Serialize)]
    struct File<'a> {
        columns: &'a [String],
        delimiter: char,
    }
    json(&File { columns: &plan.head.names, delimiter: plan.layout.delimiter.into() })
}

/// The question, as JSON on one line. Level, method of intervals, degrees of freedom, contrasts and replicates are
/// computed from the sums: they are not in it.
pub(super) fn question(plan: &Plan) -> Result<String, SavedProblem> {
    #[derive(Serialize)]
    struct Question<'a> {
        statistics: Vec<(&'static str, Vec<&'a str>, &'a [String])>,
        weights: Option<&'a str>,
        strata: &'a [String],
        psu: &'a [String],
        fpc: &'a [String],
        nest: bool,
        person: Option<&'a str>,
        r#where: Vec<(&'a str, &'static str, &'a [String])>,
        by: &'a [String],
        missing: &'a [String],
        covariance: bool,
        deff: bool,
    }
    let question = &plan.question;
    let statistics = question.statistics.iter();
    let conditions = question.domain.iter();
    let sign = |comparison| match comparison {
        Comparison::Is => "=",
        Comparison::IsNot => "!=",
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
    };
    json(&Question {
        statistics: statistics.map(|own| (own.name(), own.columns().collect(), own.codes())).collect(),
        weights: question.design.weights.as_deref(),
        strata: &question.design.strata,
        psu: &question.design.psu,
        fpc: &question.design.fpc,
        nest: question.design.nest,
        person: question.person.as_deref(),
        r#where: conditions.map(|own| (own.column.as_str(), sign(own.comparison), &*own.values)).collect(),
        by: &question.by,
        missing: &question.missing,
        covariance: plan.shape.pairs,
        deff: plan.shape.spread,
    })
}

fn json(subject: &impl Serialize) -> Result<String, SavedProblem> {
    serde_json::to_string(subject).map_err(|_| SavedProblem::Corrupted)
}
