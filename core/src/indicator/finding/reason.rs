//! Why a figure of a finding does not exist.

use crate::compare::NoResult;
use crate::design::DesignProblem;
use crate::hypothesis::TestProblem;
use crate::interval::NoInterval;
use crate::model::ModelProblem;
use crate::problem::Explain;
use crate::ranking::NoRanking;
use crate::small_area::SmallAreaProblem;
use crate::survival::NoCurve;
use crate::text::{Lang, Text};

/// A word for scripts and the same in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A stable word: `not_asked`.
    pub code: &'static str,
    /// Without a full stop.
    pub words: Text,
}

impl Reason {
    fn of(code: &'static str, words: impl Fn(Lang) -> String) -> Self {
        Self { code, words: Text { nb: words(Lang::Nb), nn: words(Lang::Nn), en: words(Lang::En) } }
    }

    /// The questionnaire does not have what is needed.
    pub(super) fn not_asked(variables: &str) -> Self {
        Self::of("not_asked", |lang| {
            let words =
                lang.pick("spørreskjemaet har ikke", "spørjeskjemaet har ikkje", "the questionnaire does not have");
            format!("{words} {variables}")
        })
    }

    /// The project names no such file.
    pub(super) fn no_file(key: &str) -> Self {
        Self::of("no_file", |lang| {
            let words =
                lang.pick("prosjektfila nevner ikke", "prosjektfila nemner ikkje", "the project file does not name");
            format!("{words} {key}")
        })
    }

    /// A file could not be read; problems say why.
    pub(super) fn bad_file(file: &str) -> Self {
        Self::of("bad_file", |lang| format!("{} {file}", lang.pick("feil i", "feil i", "problems in")))
    }
}

impl From<NoResult> for Reason {
    fn from(reason: NoResult) -> Self {
        Self::of(reason.code(), |lang| reason.message(lang).into())
    }
}

impl From<NoInterval> for Reason {
    fn from(reason: NoInterval) -> Self {
        Self::of(reason.code(), |lang| reason.message(lang))
    }
}

impl From<NoCurve> for Reason {
    fn from(reason: NoCurve) -> Self {
        Self::of(reason.code(), |lang| reason.message(lang).into())
    }
}

impl From<NoRanking> for Reason {
    fn from(reason: NoRanking) -> Self {
        Self::of(reason.code(), |lang| reason.message(lang).into())
    }
}

impl From<ModelProblem> for Reason {
    fn from(reason: ModelProblem) -> Self {
        Self::of(reason.code(), |lang| reason.message(lang))
    }
}

impl From<TestProblem> for Reason {
    fn from(reason: TestProblem) -> Self {
        Self::of(reason.code(), |lang| reason.message(lang))
    }
}

impl From<DesignProblem> for Reason {
    fn from(reason: DesignProblem) -> Self {
        TestProblem::Design(reason).into()
    }
}

impl From<SmallAreaProblem> for Reason {
    fn from(reason: SmallAreaProblem) -> Self {
        match reason {
            SmallAreaProblem::NoAnswers => NoInterval::NoAnswers.into(),
            SmallAreaProblem::NotIdentified => Self::of("not_identified", |lang| {
                let words =
                    lang.pick("ingen gruppe har to svar", "inga gruppe har to svar", "no group has two answers");
                words.into()
            }),
            SmallAreaProblem::AllOrNothing => Self::of("all_or_nothing", |lang| {
                let words = lang.pick(
                    "i hver gruppe sier alle ja eller alle nei",
                    "i kvar gruppe seier alle ja eller alle nei",
                    "in every group all say yes or none does",
                );
                words.into()
            }),
            other => Self::of("no_pooling", |_| other.to_string()),
        }
    }
}
