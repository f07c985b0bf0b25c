//! What can be wrong with a table that is to be protected.

use super::tables::{FormulaProblem, HierarchyProblem};
use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;

/// What is wrong with a table, its hierarchies or its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names and numbers in the message")]
pub enum DisclosureProblem {
    /// A hierarchy that is none.
    Hierarchy(HierarchyProblem),
    /// A formula that is none.
    Formula(FormulaProblem),
    /// A column of a formula whose codes are in no hierarchy.
    NoDimension,
    /// A code that the hierarchy does not have.
    OutsideHierarchy,
    /// A code that is a sum of others.
    SumAmongParts,
    /// A count that is negative or no whole number.
    NotACount,
    /// More cells than can be held.
    TooManyCells { limit: usize },
}

impl Explain for DisclosureProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Hierarchy(HierarchyProblem::Circle { .. }) => "hierarchy-circle",
            Self::Hierarchy(HierarchyProblem::Twice { .. }) => "hierarchy-twice",
            Self::Hierarchy(HierarchyProblem::Uneven { .. }) => "hierarchy-uneven",
            Self::Formula(_) => "formula",
            Self::NoDimension => "no-dimension",
            Self::OutsideHierarchy => "outside-hierarchy",
            Self::SumAmongParts => "sum-among-parts",
            Self::NotACount => "not-a-count",
            Self::TooManyCells { .. } => "too-many-cells",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Hierarchy(HierarchyProblem::Circle { code }) => fill(
                lang.pick(
                    "koden {0} ligger under seg selv",
                    "koden {0} ligg under seg sjølv",
                    "code {0} lies below itself",
                ),
                &[code],
            ),
            Self::Hierarchy(HierarchyProblem::Twice { parent, child }) => fill(
                lang.pick(
                    "koden {1} er to ganger med i summen {0}",
                    "koden {1} er to gonger med i summen {0}",
                    "code {1} is summed to {0} twice",
                ),
                &[parent, child],
            ),
            Self::Hierarchy(HierarchyProblem::Uneven { parent, code }) => fill(
                lang.pick(
                    "to inndelinger av {0} dekker ikke det samme: {1} er bare i den ene",
                    "to inndelingar av {0} dekkjer ikkje det same: {1} er berre i den eine",
                    "two trees of {0} do not cover the same: {1} is in one of them only",
                ),
                &[parent, code],
            ),
            Self::Formula(FormulaProblem::Unexpected { found }) if found.is_empty() => lang
                .pick("formelen slutter for tidlig", "formelen sluttar for tidleg", "the formula ends too early")
                .into(),
            Self::Formula(FormulaProblem::Unexpected { found }) => fill(
                lang.pick("uventet «{0}» i formelen", "uventa «{0}» i formelen", "unexpected {0} in the formula"),
                &[found],
            ),
            Self::NoDimension => lang
                .pick(
                    "kolonnen i formelen hører ikke til noen dimensjon",
                    "kolonnen i formelen høyrer ikkje til nokon dimensjon",
                    "the column in the formula belongs to no dimension",
                )
                .into(),
            Self::OutsideHierarchy => lang
                .pick("koden er ikke i hierarkiet", "koden er ikkje i hierarkiet", "the code is not in the hierarchy")
                .into(),
            Self::SumAmongParts => lang
                .pick(
                    "koden er en sum av andre; tabellen skal ha de innerste",
                    "koden er ein sum av andre; tabellen skal ha dei inste",
                    "the code is a sum of others; the table takes the innermost ones",
                )
                .into(),
            Self::NotACount => lang.pick("ikke et antall", "ikkje eit tal på nokon", "not a count").into(),
            Self::TooManyCells { limit } => fill(
                lang.pick(
                    "tabellen har mer enn {0} celler",
                    "tabellen har meir enn {0} celler",
                    "the table has more than {0} cells",
                ),
                &[&limit.to_string()],
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let text = match self {
            Self::NotACount => {
                lang.pick("et helt tall, 0 eller mer", "eit heilt tal, 0 eller meir", "a whole number, 0 or more")
            }
            Self::Formula(_) => lang.pick(
                "navn på kolonner med +, *, : og parenteser, som ~ (kommune + region) * svar",
                "namn på kolonnar med +, *, : og parentesar, som ~ (kommune + region) * svar",
                "names of columns with +, *, : and brackets, as ~ (town + region) * answer",
            ),
            _ => return None,
        };
        Some(text.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let text = match self {
            Self::OutsideHierarchy | Self::NoDimension => lang.pick(
                "føy koden til i hierarkiet, eller rett den i tabellen",
                "føy koden til i hierarkiet, eller rett han i tabellen",
                "add the code to the hierarchy, or correct it in the table",
            ),
            Self::SumAmongParts => lang.pick(
                "ta bort raden: summer blir regnet ut",
                "ta bort rada: summar blir rekna ut",
                "remove the record: sums are computed",
            ),
            Self::TooManyCells { .. } => lang.pick(
                "del tabellen, eller ta bort en dimensjon",
                "del tabellen, eller ta bort ein dimensjon",
                "split the table, or leave out a dimension",
            ),
            _ => return None,
        };
        Some(text.into())
    }
}
