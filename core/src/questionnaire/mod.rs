//! Questionnaires in XLSForm: one model, read from an xlsx or from three CSV sheets, for every survey tool.
//!
//! ```text
//! xlsx or CSV sheets -> Sheet -> Questionnaire -> lint, compare, export, codebook
//! ```
//!
//! | question                                             | where                        |
//! |------------------------------------------------------|------------------------------|
//! | what stands in a cell                                | [`Sheet`], [`Field`]         |
//! | what is asked, of whom                               | [`Questionnaire`], [`Item`]  |
//! | which answers can be given                           | [`ChoiceList`], [`Choice`]   |
//! | when a question is put                               | [`Expression`], [`Routing`]  |

mod codebook;
pub mod compare;
pub mod export;
mod expression;
mod field;
#[cfg(feature = "import")]
pub mod import;
mod item;
mod language;
mod limesurvey;
pub mod lint;
mod list;
mod people;
mod read;
mod routing;
mod sheet;
#[cfg(feature = "spreadsheets")]
pub mod xlsx;

pub use expression::{Expression, ExpressionError, Fault, LimeSurveyVariable, Node, NotInLimeSurvey, Operator};
pub use field::Field;
pub use item::{Item, ItemKind};
pub use language::lang;
pub use list::{Choice, ChoiceList};
pub use routing::Routing;
pub use sheet::{Row, Sheet};

use crate::text::{Lang, Text};

/// A questionnaire: the three sheets of an XLSForm, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questionnaire {
    /// The sheet `settings`.
    pub settings: Settings,
    /// Languages as written after `label::`: `Norsk bokmål (nb)`; an empty one for a plain column `label`.
    pub languages: Vec<String>,
    /// Every row of the sheet `survey` that is not blank, in order.
    pub items: Vec<Item>,
    /// The lists of the sheet `choices`, in the order in which each is first seen.
    pub lists: Vec<ChoiceList>,
    /// Where it was read from, and the columns as they stood there.
    pub origin: Origin,
}

/// The sheet `settings`: one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `form_title`
    pub title: String,
    /// `form_id`
    pub id: String,
    /// `version`
    pub version: String,
    /// `default_language`, one of [`Questionnaire::languages`].
    pub default_language: String,
    /// Other columns as written; none is blank.
    pub other: Vec<(String, String)>,
}

/// Files and columns of the three sheets, so that problems are located and the sheets written as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Name of the file or sheet `survey`.
    pub survey: String,
    /// Name of the file or sheet `choices`.
    pub choices: String,
    /// Name of the file or sheet `settings`.
    pub settings: String,
    /// Columns of `survey`, in order.
    pub survey_columns: Vec<String>,
    /// Columns of `choices`, in order.
    pub choice_columns: Vec<String>,
    /// Columns of `settings`, in order.
    pub setting_columns: Vec<String>,
}

impl Questionnaire {
    /// An item by name.
    #[must_use]
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.name == name && !item.kind.is_end())
    }

    /// A list by name.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&ChoiceList> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// The list that an item takes its choices from.
    #[must_use]
    pub fn choices(&self, item: &Item) -> Option<&ChoiceList> {
        self.list(item.kind.list()?)
    }

    /// The items that give a column of answers, in order.
    pub fn variables(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.kind.is_variable())
    }

    /// The position of a language among [`Self::languages`]; bokmål may be the plain column `label`.
    #[must_use]
    pub fn language(&self, wanted: Lang) -> Option<usize> {
        let found = self.languages.iter().position(|written| lang(written) == Some(wanted));
        found.or_else(|| (wanted == Lang::Nb).then(|| self.languages.iter().position(String::is_empty)).flatten())
    }

    /// The languages that have words, in the order of [`Self::languages`], the default one first.
    #[must_use]
    pub fn languages_by_default(&self) -> Vec<usize> {
        let default = self.languages.iter().position(|written| *written == self.settings.default_language);
        let mut order: Vec<usize> = (0..self.languages.len()).collect();
        order.sort_by_key(|place| Some(*place) != default);
        order
    }

    /// Words in the three languages of the project; a language that is not there gets those that are, bokmål first.
    #[must_use]
    pub fn text(&self, words: &[String]) -> Text {
        let get = |wanted| self.language(wanted).and_then(|place| words.get(place)).filter(|text| !text.is_empty());
        let first = words.iter().find(|text| !text.is_empty());
        let nb = get(Lang::Nb).or_else(|| get(Lang::Nn)).or_else(|| get(Lang::En)).or(first);
        let nb = nb.map(String::as_str).unwrap_or_default();
        let or_nb = |wanted| get(wanted).map_or(nb, String::as_str);
        Text::new(nb, or_nb(Lang::Nn), or_nb(Lang::En))
    }

    /// The variable that says which wave somebody belongs to: the one named in the setting `wave_variable`, else `bolge`,
    /// `bølge` or `wave`.
    #[must_use]
    pub fn wave_variable(&self) -> Option<&Item> {
        let set =
            self.settings.other.iter().find(|(column, _)| column == "wave_variable").map(|(_, name)| name.as_str());
        set.map_or_else(|| ["bolge", "bølge", "wave"].iter().find_map(|name| self.item(name)), |name| self.item(name))
    }

    /// The codes of the waves: the choices of [`Self::wave_variable`], or those that the column `waves` names.
    #[must_use]
    pub fn waves(&self) -> Vec<String> {
        let list = self.wave_variable().and_then(|item| self.choices(item));
        if let Some(list) = list {
            let codes = list.choices.iter().filter(|choice| choice.missing.is_none());
            return codes.map(|choice| choice.code.clone()).collect();
        }
        let mut waves: Vec<String> = self.items.iter().flat_map(|item| item.waves.iter().cloned()).collect();
        waves.sort();
        waves.dedup();
        waves
    }
}
