//! The register of measures as it is published: what is done about what was asked, and nothing about what was answered.

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
            if says_how_many(text) && !told.contains(&text) {
                told.push(text);
                let problem = Problem::error(file, MeasureProblem::SaysHowMany).column(place);
                problems.push(problem.value(text, Privacy::Open));
            }
        }
    }
}

/// Words after a number that make it a share or a number of people.
const COUNTED: [&str; 14] = [
    "%", "prosent", "percent", "per cent", "pst", "svar", "answer", "elev", "pupil", "student", "unge", "ungdom",
    "jente", "gutt",
];

/// `12 av 15`, `40 %`, `12 svar`.
fn says_how_many(text: &str) -> bool {
    let text = text.to_lowercase();
    let digit = |letter: char| letter.is_ascii_digit();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(digit) {
        let after = &rest[at..];
        let end = after.find(|letter: char| !(digit(letter) || matches!(letter, '.' | ','))).unwrap_or(after.len());
        rest = &after[end..];
        let next = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let of = ["av ", "of ", "/", "av de ", "av dei ", "out of "].iter().any(|of| {
            let behind = next.strip_prefix(of).map(str::trim_start);
            behind.is_some_and(|behind| behind.starts_with(digit))
        });
        if of || COUNTED.iter().any(|word| next.starts_with(word)) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_or_a_number_of_people_is_no_open_text() {
        for text in
            ["12 av 15 sa ja", "40 % vil hjem", "40\u{a0}prosent", "7/11 kom", "18 ungdommer svarte", "two, 9 of 10"]
        {
            assert!(says_how_many(text), "{text}");
        }
        for text in ["Gjennomføre 2 workshop", "Fra 2026", "Fylkesveg 17", "Buss 3 kvelder i uka", ""] {
            assert!(!says_how_many(text), "{text}");
        }
    }
}
