//! What is wrong with a questionnaire before anybody is asked: names, lists, languages, routing, the self-made code.

mod code;
mod limesurvey;
mod lists;
mod names;
mod problem;
mod routing;

pub use code::{is_contact, is_self_made_code};
pub(crate) use limesurvey::{answer_code, question_codes};
pub use problem::{LimeSurveyLimit, LintProblem, is_fatal};

use super::{Field, Item, Questionnaire, Routing};
use crate::problem::{Privacy, Problem, Problems, Severity};

/// Everything that is wrong, each with its sheet, line and column. What reading has found is not repeated.
pub fn lint(questionnaire: &Questionnaire, problems: &mut Problems) {
    let routing = Routing::of(questionnaire);
    let mut findings = Findings { own: questionnaire, list: Vec::new() };
    names::check(&mut findings);
    lists::check(&mut findings);
    routing::check(&routing, &mut findings);
    code::check(&mut findings);
    // In the order of the sheets, as people mend them.
    let sheet = |problem: &Problem| problem.file == questionnaire.origin.choices;
    findings.list.sort_by_key(|problem| (sheet(problem), problem.line));
    findings.list.into_iter().for_each(|problem| problems.push(problem));
}

/// Problems with their places.
struct Findings<'q> {
    own: &'q Questionnaire,
    list: Vec<Problem>,
}

impl<'q> Findings<'q> {
    /// In a cell of an item, under the header that the sheet has for the field.
    fn item(&mut self, item: &Item, field: &Field, value: &str, severity: Severity, what: LintProblem) {
        let columns = &self.own.origin.survey_columns;
        let column = columns.iter().find(|column| Field::of_survey(column) == *field);
        let column = column.cloned().unwrap_or_else(|| name_of(field));
        self.push(&self.own.origin.survey.clone(), item.line, column, value, severity, what);
    }

    fn push(&mut self, file: &str, line: u64, column: String, value: &str, severity: Severity, what: LintProblem) {
        let problem = Problem { severity, ..Problem::error(file, what) };
        let problem = problem.line(line).column(column);
        self.list.push(if value.is_empty() { problem } else { problem.value(value, Privacy::Open) });
    }

    /// In a cell of a choice.
    fn choice(&mut self, line: u64, field: &Field, value: &str, severity: Severity, what: LintProblem) {
        let columns = &self.own.origin.choice_columns;
        let column = columns.iter().find(|column| Field::of_choices(column) == *field);
        let column = column.cloned().unwrap_or_else(|| name_of(field));
        self.push(&self.own.origin.choices.clone(), line, column, value, severity, what);
    }
}

/// What the column of a field is called where there is none.
fn name_of(field: &Field) -> String {
    match field {
        Field::Type => "type".into(),
        Field::Name => "name".into(),
        Field::ListName => "list_name".into(),
        Field::Label(language) if language.is_empty() => "label".into(),
        Field::Label(language) => format!("label::{language}"),
        Field::Hint(language) => format!("hint::{language}"),
        Field::Relevant => "relevant".into(),
        Field::Constraint => "constraint".into(),
        Field::Required => "required".into(),
        Field::Appearance => "appearance".into(),
        Field::Default => "default".into(),
        Field::ChoiceFilter => "choice_filter".into(),
        Field::Calculation => "calculation".into(),
        Field::Waves => "waves".into(),
        Field::Missing => "missing".into(),
        Field::Other => String::new(),
    }
}
