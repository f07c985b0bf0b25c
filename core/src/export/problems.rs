//! Problems as JSON: what `bygdepuls check --format json` prints, and what a page is told.

use crate::problem::{Privacy, Problems, Severity};
use crate::text::Lang;
use serde_json::{Value, json};

/// All problems with their places. Answers are never quoted: a file may be passed on.
///
/// ```
/// use bygdepuls_core::{export::problems, problem::{Privacy, Problem, Problems}, read::ReadProblem, text::Lang};
/// let mut found = Problems::new();
/// found.push(Problem::error("a.csv", ReadProblem::EmptyFile).line(1).value("7", Privacy::Answer));
/// let json = problems::json(&found, Lang::En);
/// assert_eq!((&json["problems"][0]["line"], &json["problems"][0]["value"]), (&1.into(), &().into()));
/// ```
#[must_use]
pub fn json(problems: &Problems, lang: Lang) -> Value {
    let list: Vec<Value> = problems
        .list()
        .iter()
        .map(|problem| {
            let value = problem.value.as_deref().filter(|_| problem.privacy == Privacy::Open);
            json!({
                "severity": if problem.severity == Severity::Error { "error" } else { "warning" },
                "code": problem.what.code(),
                "message": problem.what.message(lang),
                "file": problem.file,
                "line": problem.line,
                "record": problem.record,
                "column": problem.column,
                "value": value,
                "expected": problem.what.expected(lang),
                "help": problem.help(lang, Privacy::Open),
            })
        })
        .collect();
    let more: Vec<Value> = problems.more().map(|(file, more)| json!({ "file": file, "more": more })).collect();
    json!({ "errors": problems.errors(), "problems": list, "more": more })
}
