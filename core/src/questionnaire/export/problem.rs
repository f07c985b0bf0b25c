//! What a survey tool cannot hold, in words.

use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;

/// What a survey tool cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names in the message")]
pub enum ExportProblem {
    /// A condition with something that LimeSurvey has no words for.
    Condition { what: String },
    /// A constraint that LimeSurvey has no words for; it is left out.
    Constraint { what: String },
    /// A type that LimeSurvey does not have; the row is left out.
    NotInLimeSurvey,
    /// A workbook that cannot be written.
    Workbook { reason: String },
    /// A wave that the questionnaire does not have.
    UnknownWave { exists: Vec<String> },
}

impl Explain for ExportProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Condition { .. } => "limesurvey-condition",
            Self::Constraint { .. } => "limesurvey-constraint",
            Self::NotInLimeSurvey => "not-in-limesurvey",
            Self::Workbook { .. } => "workbook",
            Self::UnknownWave { .. } => "unknown-wave",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Condition { what } => fill(
                lang.pick(
                    "LimeSurvey kan ikke uttrykke betingelsen: {0}",
                    "LimeSurvey kan ikkje uttrykkje vilkåret: {0}",
                    "LimeSurvey cannot express the condition: {0}",
                ),
                &[what],
            ),
            Self::Constraint { what } => fill(
                lang.pick(
                    "LimeSurvey kan ikke uttrykke kontrollen av svaret, som er utelatt: {0}",
                    "LimeSurvey kan ikkje uttrykkje kontrollen av svaret, som er utelaten: {0}",
                    "LimeSurvey cannot express the check of the answer, which is left out: {0}",
                ),
                &[what],
            ),
            Self::NotInLimeSurvey => lang
                .pick(
                    "LimeSurvey har ikke denne typen; raden er utelatt",
                    "LimeSurvey har ikkje denne typen; rada er utelaten",
                    "LimeSurvey does not have this type; the row is left out",
                )
                .into(),
            Self::Workbook { reason } => fill(
                lang.pick(
                    "arbeidsboka kan ikke skrives: {0}",
                    "arbeidsboka kan ikkje skrivast: {0}",
                    "the workbook cannot be written: {0}",
                ),
                &[reason],
            ),
            Self::UnknownWave { .. } => {
                lang.pick("bølgen finnes ikke", "bølgja finst ikkje", "the wave does not exist").into()
            }
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let Self::UnknownWave { exists } = self else { return None };
        Some(if exists.is_empty() {
            lang.pick("skjemaet har ingen bølger", "skjemaet har ingen bølgjer", "the form has no waves").into()
        } else {
            exists.join(", ")
        })
    }

    fn help(&self, _: Lang) -> Option<String> {
        None
    }
}
