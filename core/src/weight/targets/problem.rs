//! What can be wrong with a file of population totals, in words.

use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;

/// What is wrong with a file of population totals, or with the data beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names and numbers in the message")]
pub enum TargetProblem {
    /// A file of margins with a single column.
    OneColumn,
    /// A header without lines.
    NoTotals,
    /// A category that has a total already, on line `first`.
    Twice { first: u64 },
    /// A total below 0.
    NegativeTotal,
    /// A line without a variable, or an intercept with a category.
    NoVariable,
    /// A category of the data without a total.
    NoTotal { file: String, has: Vec<String> },
    /// The columns of the file are not those that were named.
    OtherColumns { named: String, found: String },
    /// The data have a column with the name of the new one.
    NameTaken,
    /// A name that no column can have.
    BadName,
}

impl Explain for TargetProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::OneColumn => "one-column",
            Self::NoTotals => "no-totals",
            Self::Twice { .. } => "total-twice",
            Self::NegativeTotal => "negative-total",
            Self::NoVariable => "no-variable",
            Self::NoTotal { .. } => "no-total",
            Self::OtherColumns { .. } => "other-columns",
            Self::NameTaken => "name-taken",
            Self::BadName => "bad-name",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::OneColumn => {
                lang.pick("filen har bare én kolonne", "fila har berre éin kolonne", "the file has a single column")
            }
            Self::NoTotals => lang.pick("filen har ingen totaler", "fila har ingen totalar", "the file has no totals"),
            Self::Twice { first } => {
                let words = lang.pick(
                    "denne har en total fra før, på linje {0}",
                    "denne har ein total frå før, på linje {0}",
                    "this has a total already, on line {0}",
                );
                return fill(words, &[&first.to_string()]);
            }
            Self::NegativeTotal => lang.pick(
                "totalen kan ikke være negativ",
                "totalen kan ikkje vere negativ",
                "the total must not be negative",
            ),
            Self::NoVariable => {
                lang.pick("linjen har ingen variabel", "linja har ingen variabel", "the line has no variable")
            }
            Self::NoTotal { file, .. } => {
                let words = lang.pick(
                    "kategorien har ingen total i {0}",
                    "kategorien har ingen total i {0}",
                    "the category has no total in {0}",
                );
                return fill(words, &[file]);
            }
            Self::OtherColumns { named, found } => {
                let words = lang.pick(
                    "filen har totaler for {1}, ikke for {0}",
                    "fila har totalar for {1}, ikkje for {0}",
                    "the file has totals of {1}, not of {0}",
                );
                return fill(words, &[named, found]);
            }
            Self::NameTaken => lang.pick(
                "filen har allerede en kolonne med dette navnet",
                "fila har allereie ein kolonne med dette namnet",
                "the file has a column of this name already",
            ),
            Self::BadName => lang.pick(
                "dette kan ikke være navnet på en kolonne",
                "dette kan ikkje vere namnet på ein kolonne",
                "this cannot be the name of a column",
            ),
        };
        words.into()
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::OneColumn | Self::NoTotals => lang.pick(
                "kolonner med kategorier, og totalen i den siste: kjonn,antall",
                "kolonnar med kategoriar, og totalen i den siste: kjonn,tal",
                "columns of categories, and the total in the last: sex,count",
            ),
            Self::NegativeTotal => lang.pick("et tall, 0 eller mer", "eit tal, 0 eller meir", "a number, 0 or more"),
            Self::NoVariable => lang.pick(
                "en kolonne i dataene, eller (Intercept) uten kategori",
                "ein kolonne i dataa, eller (Intercept) utan kategori",
                "a column of the data, or (Intercept) without a category",
            ),
            Self::NoTotal { has, .. } => {
                const SHOWN: usize = 20;
                let mut list = has.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
                if has.len() > SHOWN {
                    list.push_str("; …");
                }
                return Some(fill("{0}", &[&list]));
            }
            Self::BadName => lang.pick(
                "bokstaver, siffer og tegn på én linje",
                "bokstavar, siffer og teikn på éi linje",
                "letters, digits and signs on one line",
            ),
            Self::Twice { .. } | Self::OtherColumns { .. } | Self::NameTaken => return None,
        };
        Some(words.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::Twice { .. } => lang.pick("ta bort en av dem", "ta bort éin av dei", "remove one of them"),
            Self::NoTotal { .. } => lang.pick(
                "gi kategorien en total, eller slå den sammen med en annen i dataene",
                "gi kategorien ein total, eller slå han saman med ein annan i dataa",
                "give the category a total, or merge it with another in the data",
            ),
            Self::OtherColumns { .. } => lang.pick(
                "nevn kolonnene slik de står øverst i filen",
                "nemn kolonnane slik dei står øvst i fila",
                "name the columns as the file's header does",
            ),
            Self::NameTaken => lang.pick(
                "velg et annet navn med --name",
                "vel eit anna namn med --name",
                "choose another name with --name",
            ),
            _ => return None,
        };
        Some(words.into())
    }
}
