//! The register of measures as it is published: what is done about what was asked, and nothing about what was answered.

use super::how_many::{is_number, says_how_many};
use super::measures::{Measure, MeasureProblem, Status};
use crate::indicator::finding::measures::Answered;
use crate::problem::{Privacy, Problem, Problems};
use crate::text::{Lang, Text};
use serde::{Deserialize, Serialize};

/// The name of the file.
pub const FILE: &str = "measures.json";

/// Open data: themes in the order of the questionnaire, and the measures that answer them.
///
/// A theme is an answer that the questionnaire offers. It stands here because a measure answers it, whether or not anybody chose
/// it: the file would be the same whatever people had answered. What is found by comparing answers (the hypotheses) is no theme
/// here, since it is not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenMeasures {
    /// What measures answer.
    pub themes: Vec<OpenTheme>,
    /// All measures, in the order of the register.
    pub measures: Vec<OpenMeasure>,
}

/// An answer that the questionnaire offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenTheme {
    /// The answer in words.
    pub words: Text,
    /// Ids of the measures.
    pub measures: Vec<String>,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenMeasure {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Who answers for it.
    pub responsible: String,
    /// `planned`, `started`, `done`, `stopped`.
    pub status: String,
    /// First day, where known.
    pub start: Option<String>,
    /// Last day, where known.
    pub end: Option<String>,
    /// What came of it.
    pub result: Text,
}

impl OpenMeasure {
    fn of(measure: &Measure) -> Self {
        let (start, end) = measure.dates.clone();
        Self {
            id: measure.id.clone(),
            title: measure.title.clone(),
            responsible: measure.responsible.clone(),
            status: measure.status.code().into(),
            start,
            end,
            result: measure.result.clone(),
        }
    }

    /// How far it has come, in words.
    #[must_use]
    pub fn status_words(&self, lang: Lang) -> &str {
        let known = Status::NAMES.iter().find(|(_, code)| *code == self.status);
        known.map_or(self.status.as_str(), |(status, _)| status.words(lang))
    }
}

impl OpenMeasures {
    /// What of a register is published.
    #[must_use]
    pub fn of(answered: &Answered) -> Self {
        let themes = answered.themes.iter().filter(|theme| theme.code.contains('=') && !theme.measures.is_empty());
        let open = |theme: &crate::indicator::finding::measures::Theme| OpenTheme {
            words: theme.words.clone(),
            measures: theme.measures.iter().map(|measure| measure.id.clone()).collect(),
        };
        Self { themes: themes.map(open).collect(), measures: answered.all.iter().map(OpenMeasure::of).collect() }
    }

    /// The measures that no theme names.
    pub fn others(&self) -> impl Iterator<Item = &OpenMeasure> {
        self.measures.iter().filter(|measure| !self.themes.iter().any(|theme| theme.measures.contains(&measure.id)))
    }

    /// The measures of a theme.
    pub fn answering<'a>(&'a self, theme: &'a OpenTheme) -> impl Iterator<Item = &'a OpenMeasure> {
        self.measures.iter().filter(|measure| theme.measures.contains(&measure.id))
    }

    /// The file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        // Texts and lists cannot fail to be written.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The same from its file; none where it is not one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Every text that somebody wrote, with its place and language.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, Lang, &str)> {
        let mut all = Vec::new();
        for measure in &self.measures {
            for lang in Lang::ALL {
                all.push((format!("{}.title", measure.id), lang, measure.title.get(lang)));
                all.push((format!("{}.result", measure.id), lang, measure.result.get(lang)));
            }
            all.push((format!("{}.id", measure.id), Lang::Nb, &*measure.id));
            all.push((format!("{}.responsible", measure.id), Lang::Nb, &*measure.responsible));
        }
        all
    }

    /// Reports texts that say how many: a share, so many of so many, so many answers. What may be said of answers stands in the
    /// figures.
    pub fn check(&self, file: &str, problems: &mut Problems) {
        let mut told: Vec<&str> = Vec::new();
        for (place, _, text) in self.texts() {
            let is_count = says_how_many(text) || place.ends_with(".result") && is_number(text);
            if is_count && !told.contains(&text) {
                told.push(text);
                let problem = Problem::error(file, MeasureProblem::SaysHowMany).column(place);
                problems.push(problem.value(text, Privacy::Open));
            }
        }
    }
}
