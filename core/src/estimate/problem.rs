//! What can be wrong with a question to a file, beside what is wrong with the file.

use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;

/// What is wrong with weights, codes and groups.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names and numbers in the message")]
pub enum EstimateProblem {
    /// A weight below zero.
    NegativeWeight,
    /// No weight.
    MissingWeight,
    /// A code of a share or of `missing` that no record has.
    CodeNeverSeen { code: String },
    /// A column to group by that is named twice.
    GroupedTwice,
    /// A column to group by with the name of one that the result has itself.
    NameTaken,
    /// Groups without any value; they are not listed. The first of them as an example.
    EmptyGroups { count: usize, first: String },
}

impl Explain for EstimateProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NegativeWeight => "negative-weight",
            Self::MissingWeight => "missing-weight",
            Self::CodeNeverSeen { .. } => "code-never-seen",
            Self::GroupedTwice => "grouped-twice",
            Self::NameTaken => "name-taken",
            Self::EmptyGroups { .. } => "empty-groups",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::NegativeWeight => lang
                .pick("vekten kan ikke være negativ", "vekta kan ikkje vere negativ", "weight must not be negative")
                .into(),
            Self::MissingWeight => lang.pick("vekten mangler", "vekta manglar", "weight is missing").into(),
            Self::CodeNeverSeen { code } => fill(
                lang.pick("ingen rad har koden «{0}»", "inga rad har koden «{0}»", "no record has the code {0}"),
                &[code],
            ),
            Self::GroupedTwice => lang
                .pick(
                    "kolonnen å dele opp etter er nevnt to ganger",
                    "kolonnen å dele opp etter er nemnd to gonger",
                    "the column to group by is named twice",
                )
                .into(),
            Self::NameTaken => lang
                .pick(
                    "resultatet har selv en kolonne med dette navnet",
                    "resultatet har sjølv ein kolonne med dette namnet",
                    "the result has a column of this name itself",
                )
                .into(),
            Self::EmptyGroups { count, first } => fill(
                lang.pick(
                    "grupper uten noen verdi er ikke med: {0}, den første {1}",
                    "grupper utan nokon verdi er ikkje med: {0}, den første {1}",
                    "groups without any value are not listed: {0}, the first {1}",
                ),
                &[&count.to_string(), first],
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        matches!(self, Self::NegativeWeight | Self::MissingWeight)
            .then(|| lang.pick("et tall, 0 eller mer", "eit tal, 0 eller meir", "a number, 0 or more").into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NegativeWeight | Self::MissingWeight => lang.pick(
                "sett vekten til 0 for å utelate enheten",
                "set vekta til 0 for å utelate eininga",
                "set the weight to 0 to leave the unit out",
            ),
            Self::CodeNeverSeen { .. } => lang.pick(
                "skriv koden slik den står i filen",
                "skriv koden slik han står i fila",
                "write the code as it stands in the file",
            ),
            Self::NameTaken => lang.pick(
                "bruk json, eller gi kolonnen i filen et annet navn",
                "bruk json, eller gi kolonnen i fila eit anna namn",
                "use json, or rename the column in the file",
            ),
            Self::GroupedTwice | Self::EmptyGroups { .. } => return None,
        };
        Some(words.into())
    }
}
