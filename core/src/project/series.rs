//! Whether a question is still the same question from one year's questionnaire to the next.

use super::{Project, ProjectProblem, Round, Sheets};
use crate::indicator::CATALOGUE;
use crate::problem::{Privacy, Problem, Problems};
use crate::questionnaire::Questionnaire;
use crate::questionnaire::compare::{ChangeKind, VariableChanges, compare};
use std::collections::BTreeMap;

impl Project {
    /// A question that an indicator counts may not change between two years, since its figures are set beside each other and
    /// pooled; other questions that changed are told.
    pub(super) fn check_series(&self, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) {
        let rounds = &self.survey.rounds;
        for (before, now) in rounds.iter().zip(rounds.iter().skip(1)) {
            if before.questionnaire != now.questionnaire
                && let (Some(old), Some(new)) = (read(&before.questionnaire, files), read(&now.questionnaire, files))
            {
                self.compare_rounds((before, &old), (now, &new), problems);
            }
        }
    }

    fn compare_rounds(
        &self,
        (before, old): (&Round, &Questionnaire),
        (now, new): (&Round, &Questionnaire),
        problems: &mut Problems,
    ) {
        let comparison = compare(old, new);
        let counted: Vec<&str> = CATALOGUE
            .iter()
            .filter(|entry| self.indicators.iter().any(|id| id == entry.id))
            .flat_map(|entry| entry.questions.iter().copied())
            .collect();
        let (ours, others): (Vec<&VariableChanges>, Vec<&VariableChanges>) = comparison
            .breaks()
            .filter(|variable| !now.comparable.contains(&variable.name))
            .partition(|variable| counted.contains(&variable.name.as_str()));
        for variable in ours {
            let kinds = kinds(variable);
            let what = ProjectProblem::SeriesBreaks { before: before.year, year: now.year, kinds };
            let problem = Problem::error(&now.questionnaire.survey, what).column(&variable.name);
            problems.push(variable.new_line.map_or(problem.clone(), |line| problem.line(line)));
        }
        if !others.is_empty() {
            let names: Vec<&str> = others.iter().map(|variable| variable.name.as_str()).collect();
            let what = ProjectProblem::OtherSeriesBreak { before: before.year, year: now.year };
            let problem = Problem::warning(&now.questionnaire.survey, what);
            problems.push(problem.value(names.join(", "), Privacy::Open));
        }
    }
}

/// What breaks the series of a variable, each once.
fn kinds(variable: &VariableChanges) -> Vec<ChangeKind> {
    let mut kinds: Vec<ChangeKind> = variable.changes.iter().map(|change| change.kind).collect();
    kinds.retain(|kind| kind.breaks());
    kinds.dedup();
    kinds
}

/// A questionnaire that was read before, so that its problems are known.
fn read(sheets: &Sheets, files: &BTreeMap<String, Vec<u8>>) -> Option<Questionnaire> {
    let (survey, choices) = (files.get(&sheets.survey)?, files.get(&sheets.choices)?);
    let told = &mut Problems::new();
    Some(Questionnaire::from_csv((&sheets.survey, survey), (&sheets.choices, choices), None, told))
}
