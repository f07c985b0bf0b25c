//! Lists of choices.

use crate::read::Missing;

/// The choices of a question, by the name of their list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceList {
    /// `list_name`
    pub name: String,
    /// The choices, in order.
    pub choices: Vec<Choice>,
}

/// One row of the sheet `choices`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The code, `name` of the row.
    pub code: String,
    /// The words in each of the questionnaire's languages; empty where there are none.
    pub label: Vec<String>,
    /// [`Missing::DontKnow`] or [`Missing::Refused`] when the choice is no answer to the question.
    pub missing: Option<Missing>,
    /// Other columns as written; none is blank.
    pub other: Vec<(String, String)>,
    /// Line of the sheet.
    pub line: u64,
}

impl ChoiceList {
    /// A choice by code.
    #[must_use]
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.code == code)
    }

    /// The choices that are answers: don't know and will not say are not among them.
    pub fn answers(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(|choice| choice.missing.is_none())
    }
}

impl Choice {
    /// The kind of missing as the column `missing` writes it.
    #[must_use]
    pub fn missing_word(&self) -> &'static str {
        match self.missing {
            Some(Missing::DontKnow) => "dont_know",
            Some(_) => "refused",
            None => "",
        }
    }
}

/// Words that say that somebody does not know.
const DONT_KNOW: [&str; 9] = [
    "vet ikke",
    "veit ikkje",
    "don't know",
    "do not know",
    "usikker",
    "vet ikke enda",
    "husker ikke",
    "hugsar ikkje",
    "not sure",
];

/// Words that say that somebody will not answer.
const REFUSED: [&str; 9] = [
    "vil ikke svare",
    "vil ikkje svare",
    "ønsker ikke å svare",
    "ønskjer ikkje å svare",
    "will not say",
    "prefer not",
    "do not want to answer",
    "rather not",
    "vil ikke si",
];

impl Choice {
    /// The kind of missing that the words stand for, where the column `missing` says nothing: "Vet ikke".
    #[must_use]
    pub fn missing_by_words(&self) -> Option<Missing> {
        let says = |phrases: &[&str]| {
            self.label.iter().any(|words| {
                let words = words.to_lowercase().replace('’', "'");
                phrases.iter().any(|phrase| words.starts_with(phrase))
            })
        };
        if says(&DONT_KNOW) {
            Some(Missing::DontKnow)
        } else if says(&REFUSED) {
            Some(Missing::Refused)
        } else {
            None
        }
    }

    /// Whether the words stand for both kinds of missing at once: "Vet ikke / vil ikke svare".
    #[must_use]
    pub fn says_both_kinds_of_missing(&self) -> bool {
        self.label.iter().any(|words| {
            let words = words.to_lowercase().replace('’', "'");
            let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
            says(&DONT_KNOW) && says(&REFUSED)
        })
    }
}
