//! The questionnaire of the samples, and an import in one call.

use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::questionnaire::Questionnaire;
use bygdepuls_core::questionnaire::import::{Options, Outcome, import};
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/exports")
}

pub(crate) fn questionnaire() -> Questionnaire {
    let read = |name: &str| fs::read(folder().join("questionnaire").join(name)).unwrap();
    let mut problems = Problems::new();
    let (survey, choices) = (read("xlsform_survey.csv"), read("xlsform_choices.csv"));
    let own = Questionnaire::from_csv(("survey", &survey), ("choices", &choices), None, &mut problems);
    assert_eq!(problems.list().len(), 0, "{problems:?}");
    own
}

/// A small questionnaire of sheets in a test.
pub(crate) fn small(survey: &str, choices: &str) -> Questionnaire {
    let mut problems = Problems::new();
    let sheets = (("survey", survey.as_bytes()), ("choices", choices.as_bytes()));
    let own = Questionnaire::from_csv(sheets.0, sheets.1, None, &mut problems);
    assert_eq!(problems.list().len(), 0, "{problems:?}");
    own
}

/// An import with its problems, `severity code line column`.
pub(crate) fn run(questionnaire: &Questionnaire, bytes: &[u8], options: Options) -> (Option<Outcome>, Vec<String>) {
    let mut problems = Problems::new();
    let outcome = import(questionnaire, &[("export", bytes)], options, &mut problems);
    let list = problems.list().iter().map(|problem| {
        let word = if problem.severity == Severity::Error { "error" } else { "warning" };
        let line = problem.line.map(|line| format!(" {line}")).unwrap_or_default();
        let column = problem.column.as_ref().map(|column| format!(" {column}")).unwrap_or_default();
        format!("{word} {}{line}{column}", problem.what.code())
    });
    (outcome, list.collect())
}

/// The answers as rows of the columns that are not empty, `name=value`.
pub(crate) fn filled(answers: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(answers);
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = names.iter().zip(record.iter()).filter(|(_, value)| !value.is_empty());
        cells.map(|(name, value)| format!("{name}={value}")).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Those rows with ticks that are 0 left out, one line each.
pub(crate) fn lines(answers: &[u8]) -> Vec<String> {
    let rows = filled(answers).into_iter();
    rows.map(|row| {
        row.into_iter().filter(|cell| !(cell.contains('/') && cell.ends_with("=0"))).collect::<Vec<_>>().join(" ")
    })
    .collect()
}
