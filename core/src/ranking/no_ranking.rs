//! Why a figure of rankings does not exist.

use crate::text::Lang;
use std::fmt;

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoRanking {
    /// Nobody ranked anything.
    NoAnswers,
    /// One item, or none.
    TooFewItems,
    /// An item that is not on the list.
    UnknownItem {
        /// The ranking, from 0.
        ranking: usize,
        /// The item.
        item: usize,
    },
    /// One item at two places.
    ItemTwice {
        /// The ranking, from 0.
        ranking: usize,
        /// The item.
        item: usize,
    },
    /// Worths are not finite: nobody put any of these items before any of the others.
    NotConnected {
        /// The items.
        below: Vec<usize>,
    },
    /// The maximum was not found.
    NotConverged,
}

impl NoRanking {
    /// A stable word for scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoAnswers => "no_answers",
            Self::TooFewItems => "too_few_items",
            Self::UnknownItem { .. } => "unknown_item",
            Self::ItemTwice { .. } => "item_twice",
            Self::NotConnected { .. } => "not_connected",
            Self::NotConverged => "not_converged",
        }
    }

    /// The reason in words, without a full stop. Items are to be named beside it.
    #[must_use]
    pub const fn message(&self, lang: Lang) -> &'static str {
        match self {
            Self::NoAnswers => lang.pick("ingen svarte", "ingen svara", "nobody answered"),
            Self::TooFewItems => {
                lang.pick("det trengs minst to ting", "det trengst minst to ting", "at least two items are needed")
            }
            Self::UnknownItem { .. } => {
                lang.pick("en ting står ikke på lista", "ein ting står ikkje på lista", "an item is not on the list")
            }
            Self::ItemTwice { .. } => {
                lang.pick("en ting står to ganger", "ein ting står to gonger", "an item is given twice")
            }
            Self::NotConnected { .. } => lang.pick(
                "ingen satte noen av disse foran noen av de andre, så modellen har ingen endelige tall",
                "ingen sette nokon av desse føre nokon av dei andre, så modellen har ingen endelege tal",
                "nobody put any of these before any of the others, so that the model has no finite figures",
            ),
            Self::NotConverged => lang.pick(
                "utregningen fant ikke fram",
                "utrekninga fann ikkje fram",
                "the computation did not converge",
            ),
        }
    }
}

impl fmt::Display for NoRanking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}

impl std::error::Error for NoRanking {}
