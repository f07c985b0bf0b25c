//! What can be wrong with a table of official statistics.

use crate::problem::Explain;
use crate::text::Lang;

/// What can be wrong with a table of official statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficialProblem {
    /// A column that a register must have is not in its schema.
    NotInSchema(Vec<String>),
    /// Two rows with the same key.
    Twice,
    /// Centrality of two editions in one file: their limits differ.
    TwoEditions {
        /// The first one.
        first: String,
    },
    /// Not a centrality index from 0 to 1000 with a class from 1 to 6.
    NotAClass,
    /// An indicator that needs a register which the project does not name.
    NeedsRegister {
        /// The registers of which it needs one.
        registers: Vec<&'static str>,
    },
    /// A register has none of the years or ages that an indicator needs.
    NeedsYears {
        /// What it needs.
        what: &'static str,
    },
    /// A municipality of the project that a register does not have: a warning.
    MunicipalityMissing {
        /// The register.
        register: &'static str,
    },
}

impl Explain for OfficialProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotInSchema(_) => "not-in-schema",
            Self::Twice => "twice",
            Self::TwoEditions { .. } => "two-editions",
            Self::NotAClass => "not-a-class",
            Self::NeedsRegister { .. } => "needs-register",
            Self::NeedsYears { .. } => "needs-years",
            Self::MunicipalityMissing { .. } => "municipality-missing",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        match self {
            Self::NotInSchema(_) => t(
                "registeret mangler en kolonne i skjemaet sitt",
                "registeret manglar ein kolonne i skjemaet sitt",
                "the register lacks a column in its schema",
            ),
            Self::Twice => t("raden står to ganger", "rada står to gonger", "the row stands twice"),
            Self::TwoEditions { first } => match lang {
                Lang::Nb => format!("fila blander to utgaver av sentralitet; den begynner med {first}"),
                Lang::Nn => format!("fila blandar to utgåver av sentralitet; ho byrjar med {first}"),
                Lang::En => format!("the file mixes two editions of centrality; it begins with {first}"),
            },
            Self::NotAClass => t(
                "dette er ikke en sentralitetsindeks og en klasse",
                "dette er ikkje ein sentralitetsindeks og ein klasse",
                "this is not a centrality index and a class",
            ),
            Self::NeedsRegister { registers } => {
                let list = registers.join(lang.pick(" eller ", " eller ", " or "));
                match lang {
                    Lang::Nb => format!("indikatoren trenger registeret {list}"),
                    Lang::Nn => format!("indikatoren treng registeret {list}"),
                    Lang::En => format!("the indicator needs the register {list}"),
                }
            }
            Self::NeedsYears { what } => match lang {
                Lang::Nb => format!("registeret har ikke det indikatoren trenger: {what}"),
                Lang::Nn => format!("registeret har ikkje det indikatoren treng: {what}"),
                Lang::En => format!("the register does not have what the indicator needs: {what}"),
            },
            Self::MunicipalityMissing { register } => match lang {
                Lang::Nb => format!("kommunen er ikke i registeret {register}: tallet står tomt"),
                Lang::Nn => format!("kommunen er ikkje i registeret {register}: talet står tomt"),
                Lang::En => format!("the municipality is not in the register {register}: its figure is left empty"),
            },
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        match self {
            Self::NotInSchema(known) => {
                Some(format!("{}: {}", lang.pick("skjemaet har", "skjemaet har", "the schema has"), known.join(", ")))
            }
            Self::NotAClass => Some(
                lang.pick(
                    "indeks fra 0 til 1000 og klasse fra 1 til 6",
                    "indeks frå 0 til 1000 og klasse frå 1 til 6",
                    "an index from 0 to 1000 and a class from 1 to 6",
                )
                .into(),
            ),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_string());
        match self {
            Self::TwoEditions { .. } => t(
                "gi én utgave per fil: klassegrensene er ulike",
                "gi éi utgåve per fil: klassegrensene er ulike",
                "give one edition per file: the limits of the classes differ",
            ),
            Self::NeedsRegister { registers } => {
                let name = registers.first().copied().unwrap_or_default();
                Some(match lang {
                    Lang::Nb => {
                        format!("legg til [register.{name}] med file, schema, source og date, eller ta ut indikatoren")
                    }
                    Lang::Nn => {
                        format!("legg til [register.{name}] med file, schema, source og date, eller ta ut indikatoren")
                    }
                    Lang::En => {
                        format!("add [register.{name}] with file, schema, source and date, or leave the indicator out")
                    }
                })
            }
            Self::MunicipalityMissing { .. } => t(
                "se om koden er fra et annet år: koder endres 2018, 2020 og 2024",
                "sjå om koden er frå eit anna år: kodar blir endra 2018, 2020 og 2024",
                "see whether the code is of another year: codes changed in 2018, 2020 and 2024",
            ),
            _ => None,
        }
    }
}
