//! What every indicator of one question needs: that the question is there, its words, and who is missing.

use super::share::{Item, Shares};
use crate::problem::{Privacy, Problem, Problems};
use crate::project::{ProjectProblem, VariableType};
use crate::read::{Kind, Missing};
use crate::sample::Sample;
use crate::text::Text;

/// Reports a question that the questionnaire lacks, or that lacks one of the answers that mean yes; then `None`.
pub(super) fn check(sample: &Sample<'_>, question: &str, yes: &[&str], problems: &mut Problems) -> Option<()> {
    for (table, round) in sample.tables.iter().zip(&sample.project.survey.rounds) {
        let form = &round.questionnaire;
        let column = table.column(question);
        let Some(Kind::Category(categories)) = column.map(|column| &column.variable.kind) else {
            let known = table.columns.iter().map(|column| column.variable.name.clone()).collect();
            let what = match column {
                None => ProjectProblem::NotInQuestionnaire(known),
                Some(_) => ProjectProblem::WrongVariable(VariableType::Category),
            };
            problems.push(Problem::error(&form.survey, what).column(question));
            return None;
        };
        let known: Vec<String> = categories.iter().map(|category| category.code.clone()).collect();
        if yes.iter().any(|yes| !known.iter().any(|code| code == yes)) {
            let what = ProjectProblem::CodeNotInQuestionnaire { variable: question.into(), known };
            problems.push(Problem::error(&form.choices, what).column(question).value(yes.join(", "), Privacy::Open));
            return None;
        }
    }
    Some(())
}

/// The words of a question.
pub(super) fn quote(sample: &Sample<'_>, question: &str) -> Text {
    let found = sample.tables.iter().find_map(|table| table.column(question)).map(|column| &column.variable.label);
    found.cloned().unwrap_or_else(|| Text::same(question))
}

/// How the size of a cohort is known.
pub(super) fn method() -> Text {
    Text::new(
        "Kullets størrelse er antall 15-åringer i kommunen 1. januar det året kullet gikk ut av 10. klasse.",
        "Storleiken på kullet er talet på 15-åringar i kommunen 1. januar det året kullet gjekk ut av 10. klasse.",
        "The size of a cohort is the number of 15-year-olds in the municipality on 1 January of the year in which \
         it left 10th grade.",
    )
}

/// Warns of cohorts of the register that are smaller than what answered.
pub(super) fn warn_of_too_many(shares: &Shares<'_>, sample: &Sample<'_>, problems: &mut Problems) {
    let project = sample.project;
    for (round, year) in project.survey.rounds.iter().enumerate() {
        for (wave, of_wave) in project.survey.waves.iter().enumerate() {
            for (municipality, home) in project.municipalities.iter().enumerate() {
                let figures = 0..shares.figures().len();
                let mut strata = figures.filter_map(|figure| shares.stratum([figure, 0, round, wave, municipality]));
                if let Some(stratum) = strata.find(|stratum| !stratum.fits()) {
                    let what = ProjectProblem::MoreThanCohort {
                        answered: stratum.responded.max(stratum.n + stratum.outside),
                        population: stratum.population,
                    };
                    let place = format!("{}, {}, {}", of_wave.id, home.code, home.name.nb);
                    problems.push(Problem::warning(&year.answers, what).column(place));
                }
            }
        }
    }
}

impl Item {
    /// Counts an answer, or the kind of missing that it is.
    pub(super) fn add(&mut self, missing: Option<Missing>) {
        match missing {
            None => self.answered += 1,
            Some(Missing::DontKnow) => self.dont_know += 1,
            Some(Missing::Refused) => self.refused += 1,
            Some(Missing::NotAsked) => self.not_asked += 1,
            Some(Missing::BreakOff) => self.break_off += 1,
            Some(Missing::Invalid) => self.invalid += 1,
            Some(_) => self.no_answer += 1,
        }
    }
}
