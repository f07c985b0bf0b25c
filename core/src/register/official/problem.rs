//! What can be wrong with a table of official statistics.

use crate::problem::Explain;
use crate::text::{Lang, Text};

/// What can be wrong with a table of official statistics.
#[derive(Clone, Debug, PartialEq)]
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
    /// A class that does not follow from its index.
    OtherClass {
        /// The edition.
        edition: String,
        /// Its limits.
        limits: [f64; 5],
        /// The class that follows.
        follows: u8,
    },
    /// A register that has no counts, or no years, cannot be carried to other codes.
    NotCarried,
    /// The project's municipalities are not all in the register of municipalities on any one day.
    NoDayOfProject,
    /// The codes could be those of two days, and it matters which.
    CodesUnclear {
        /// The project's day.
        day: String,
        /// The year of the row.
        year: u16,
    },
    /// People who live and work in the same of several municipalities that were merged: those between them are missing.
    FlowsInside,
    /// A dimension that the file does not have.
    NoSuchDimension(Vec<String>),
    /// A category that the dimension does not have.
    NoSuchCategory(Vec<String>),
    /// A column that the register does not have.
    NoSuchColumn(Vec<String>),
    /// A column that tells rows apart is one dimension.
    OneDimension,
    /// A year for a file that has years.
    TwoYears,
    /// No dimension is known to be what a column holds.
    NoDimensionFor {
        /// The column.
        column: String,
        /// The dimensions of the file.
        exists: Vec<String>,
    },
    /// No measure, or no single one, is known to be what a column holds.
    NoMeasureFor {
        /// The column.
        column: &'static str,
        /// The measures of the file.
        exists: Vec<String>,
    },
    /// A category of time that is no year and no part of one.
    NotAYear,
    /// Two periods of one year.
    SeveralPeriods {
        /// The year.
        year: u16,
    },
    /// Not a single year of age, where these are needed.
    NotASingleAge,
    /// Not an age.
    NotAnAge,
    /// Neither women nor men nor both.
    NotASex,
    /// Not a number of people or jobs: below zero, with decimals, or more than there are.
    NotACount,
    /// Short higher education without long, or long without short.
    HalfOfHigher,
    /// A name beside the code of another municipality: a warning.
    OtherName {
        /// What the register of municipalities says.
        notes: Vec<Text>,
    },
    /// No region of the file has the code of a municipality.
    NoMunicipalities(Vec<String>),
    /// Not a code list of Klass.
    NotACodeList,
    /// The file does not tell its edition.
    NoEdition,
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
            Self::OtherClass { .. } => "other-class",
            Self::NotCarried => "not-carried",
            Self::NoDayOfProject => "no-day-of-project",
            Self::CodesUnclear { .. } => "codes-unclear",
            Self::FlowsInside => "flows-inside",
            Self::NoSuchDimension(_) => "no-such-dimension",
            Self::NoSuchCategory(_) => "no-such-category",
            Self::NoSuchColumn(_) => "no-such-column",
            Self::OneDimension => "one-dimension",
            Self::TwoYears => "two-years",
            Self::NoDimensionFor { .. } => "no-dimension-for",
            Self::NoMeasureFor { .. } => "no-measure-for",
            Self::NotAYear => "not-a-year",
            Self::SeveralPeriods { .. } => "several-periods",
            Self::NotASingleAge => "not-a-single-age",
            Self::NotAnAge => "not-an-age",
            Self::NotASex => "not-a-sex",
            Self::NotACount => "not-a-count",
            Self::HalfOfHigher => "half-of-higher",
            Self::OtherName { .. } => "other-name",
            Self::NoMunicipalities(_) => "no-municipalities",
            Self::NotACodeList => "not-a-code-list",
            Self::NoEdition => "no-edition",
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
            Self::OtherClass { edition, follows, .. } => match lang {
                Lang::Nb => format!("klassen følger ikke av indeksen: i utgaven {edition} gir den klasse {follows}"),
                Lang::Nn => format!("klassen følgjer ikkje av indeksen: i utgåva {edition} gir han klasse {follows}"),
                Lang::En => {
                    format!(
                        "the class does not follow from the index: in the edition {edition} it gives class {follows}"
                    )
                }
            },
            Self::NotCarried => t(
                "dette registeret kan ikke føres over til andre koder",
                "dette registeret kan ikkje førast over til andre kodar",
                "this register cannot be carried to other codes",
            ),
            Self::NoDayOfProject => t(
                "kodene til prosjektets kommuner gjelder ikke alle på noen dag, så ingenting kan føres over til dem",
                "kodane til kommunane i prosjektet gjeld ikkje alle på nokon dag, så ingenting kan førast over til dei",
                "the codes of the project's municipalities do not all hold on any day, so nothing can be carried to them",
            ),
            Self::CodesUnclear { day, year } => match lang {
                Lang::Nb => {
                    format!("kodene kan være dem fra {year} eller dem fra {day}, og kommunen var ikke den samme")
                }
                Lang::Nn => {
                    format!("kodane kan vere dei frå {year} eller dei frå {day}, og kommunen var ikkje den same")
                }
                Lang::En => {
                    format!(
                        "the codes could be those of {year} or those of {day}, and the municipality was not the same"
                    )
                }
            },
            Self::FlowsInside => t(
                "kommuner er slått sammen, og registeret sier ikke hvor mange som pendlet mellom dem",
                "kommunar er slått saman, og registeret seier ikkje kor mange som pendla mellom dei",
                "municipalities were merged, and the register does not say how many commuted between them",
            ),
            Self::NoSuchDimension(_) => t(
                "fila har ikke denne dimensjonen",
                "fila har ikkje denne dimensjonen",
                "the file has no such dimension",
            ),
            Self::NoSuchCategory(_) => t(
                "dimensjonen har ikke denne verdien",
                "dimensjonen har ikkje denne verdien",
                "the dimension has no such category",
            ),
            Self::NoSuchColumn(_) => t(
                "registeret har ikke denne kolonnen",
                "registeret har ikkje denne kolonnen",
                "the register has no such column",
            ),
            Self::OneDimension => t(
                "kolonnen skal være én dimensjon",
                "kolonnen skal vere éin dimensjon",
                "the column is to be one dimension",
            ),
            Self::TwoYears => t(
                "fila har år, og prosjektet gir et annet",
                "fila har år, og prosjektet gir eit anna",
                "the file has years, and the project gives another",
            ),
            Self::NoDimensionFor { column, .. } => match lang {
                Lang::Nb => format!("ingen dimensjon i fila er kjent som {column}"),
                Lang::Nn => format!("ingen dimensjon i fila er kjend som {column}"),
                Lang::En => format!("no dimension of the file is known to be {column}"),
            },
            Self::NoMeasureFor { column, .. } => match lang {
                Lang::Nb => format!("ingen enkelt statistikkvariabel i fila er kjent som {column}"),
                Lang::Nn => format!("ingen einskild statistikkvariabel i fila er kjend som {column}"),
                Lang::En => format!("no single measure of the file is known to be {column}"),
            },
            Self::NotAYear => t("dette er ikke et år", "dette er ikkje eit år", "this is not a year"),
            Self::SeveralPeriods { year } => match lang {
                Lang::Nb => format!("fila har flere perioder i {year}; registeret har én rad for året"),
                Lang::Nn => format!("fila har fleire periodar i {year}; registeret har éi rad for året"),
                Lang::En => format!("the file has several periods of {year}; the register has one row for the year"),
            },
            Self::NotASingleAge => t(
                "dette er ikke ett alderstrinn",
                "dette er ikkje eitt alderstrinn",
                "this is not a single year of age",
            ),
            Self::NotAnAge => t("dette er ikke en alder", "dette er ikkje ein alder", "this is not an age"),
            Self::NotACount => t(
                "dette er ikke et antall",
                "dette er ikkje eit tal på nokon",
                "this is not a number of people or jobs",
            ),
            Self::HalfOfHigher => t(
                "fila har bare den ene av kort og lang høyere utdanning",
                "fila har berre den eine av kort og lang høgare utdanning",
                "the file has only one of short and long higher education",
            ),
            Self::OtherName { notes } => {
                let words = t(
                    "navnet hører ikke til koden; koden er brukt",
                    "namnet høyrer ikkje til koden; koden er brukt",
                    "the name does not belong to the code; the code was used",
                );
                let notes: Vec<&str> = notes.iter().map(|note| note.get(lang)).collect();
                if notes.is_empty() { words } else { format!("{words} ({})", notes.join("; ")) }
            }
            Self::NotASex => t("dette er ikke et kjønn", "dette er ikkje eit kjønn", "this is not a sex"),
            Self::NoMunicipalities(_) => t(
                "ingen av områdene i fila har kommunekode",
                "ingen av områda i fila har kommunekode",
                "no area of the file has the code of a municipality",
            ),
            Self::NotACodeList => t(
                "sentralitet leses av en kodeliste fra Klass eller en tabell med skjema",
                "sentralitet blir lesen av ei kodeliste frå Klass eller ein tabell med skjema",
                "centrality is read from a code list of Klass or a table with a schema",
            ),
            Self::NoEdition => t(
                "fila sier ikke hvilken utgave av sentralitet den er",
                "fila seier ikkje kva utgåve av sentralitet ho er",
                "the file does not say which edition of centrality it is",
            ),
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
            Self::OtherClass { limits, follows, .. } => {
                let class = usize::from(*follows);
                let from = limits.get(class - 1).copied().unwrap_or(0.0);
                let below = class.checked_sub(2).and_then(|at| limits.get(at));
                Some(match (below, lang) {
                    (None, Lang::Nb | Lang::Nn) => format!("klasse 1 er fra {from}"),
                    (None, Lang::En) => format!("class 1 is from {from}"),
                    (Some(to), Lang::Nb) => format!("klasse {follows} er fra {from} til under {to}"),
                    (Some(to), Lang::Nn) => format!("klasse {follows} er frå {from} til under {to}"),
                    (Some(to), Lang::En) => format!("class {follows} is from {from} to below {to}"),
                })
            }
            Self::NoSuchDimension(exists)
            | Self::NoSuchCategory(exists)
            | Self::NoSuchColumn(exists)
            | Self::NoDimensionFor { exists, .. }
            | Self::NoMeasureFor { exists, .. } => {
                Some(format!("{} {}", lang.pick("en av", "ein av", "one of"), some(exists)))
            }
            Self::NotACount => Some(
                lang.pick(
                    "et helt tall fra 0, mindre enn en milliard",
                    "eit heilt tal frå 0, mindre enn ein milliard",
                    "a whole number from 0, below one thousand million",
                )
                .into(),
            ),
            Self::NoMunicipalities(found) => Some(format!(
                "{}; {}: {}",
                lang.pick("fire sifre, som 3401", "fire siffer, som 3401", "four digits, as 3401"),
                lang.pick("fila har", "fila har", "the file has"),
                some(found)
            )),
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
            Self::CodesUnclear { day, .. } => Some(match lang {
                Lang::Nb => format!("si hvilke: codes = \"year\" (1. januar i året til raden) eller codes = \"{day}\""),
                Lang::Nn => {
                    format!("sei kva for nokre: codes = \"year\" (1. januar i året til rada) eller codes = \"{day}\"")
                }
                Lang::En => {
                    format!("say which: codes = \"year\" (1 January of the year of the row) or codes = \"{day}\"")
                }
            }),
            Self::FlowsInside => t(
                "bruk pendlingen mellom alle kommuner, [register.commuting], eller tall som alt er ført over",
                "bruk pendlinga mellom alle kommunar, [register.commuting], eller tal som alt er førte over",
                "use commuting between all municipalities, [register.commuting], or figures that were carried over already",
            ),
            Self::NoDimensionFor { column, .. } => Some(match lang {
                Lang::Nb => format!("si det i prosjektfila: columns = {{ {column} = \"navnet på dimensjonen\" }}"),
                Lang::Nn => format!("sei det i prosjektfila: columns = {{ {column} = \"namnet på dimensjonen\" }}"),
                Lang::En => format!("say so in the project file: columns = {{ {column} = \"name of the dimension\" }}"),
            }),
            Self::NoMeasureFor { column, .. } => Some(match lang {
                Lang::Nb => format!(
                    "si det i prosjektfila: columns = {{ {column} = \"navnet\" }}; flere, [\"…\", \"…\"], legges sammen"
                ),
                Lang::Nn => format!(
                    "sei det i prosjektfila: columns = {{ {column} = \"namnet\" }}; fleire, [\"…\", \"…\"], blir lagde saman"
                ),
                Lang::En => format!(
                    "say so in the project file: columns = {{ {column} = \"name\" }}; several, [\"…\", \"…\"], are added up"
                ),
            }),
            Self::SeveralPeriods { .. } => t(
                "velg én i prosjektfila: where = { Tid = \"2024K4\" }",
                "vel éin i prosjektfila: where = { Tid = \"2024K4\" }",
                "choose one in the project file: where = { Tid = \"2024K4\" }",
            ),
            Self::NotASingleAge => t(
                "hent ettårige alderstrinn til og med 105 år og over, eller bruk registeret age_bands",
                "hent eittårige alderstrinn til og med 105 år og over, eller bruk registeret age_bands",
                "fetch single years of age up to 105 and over, or use the register age_bands",
            ),
            Self::NoEdition => t(
                "si den i prosjektfila: edition = \"2024\"",
                "sei henne i prosjektfila: edition = \"2024\"",
                "say it in the project file: edition = \"2024\"",
            ),
            Self::HalfOfHigher => t(
                "hent begge (03a og 04a), eller si hva som er higher: values = { higher = \"03a\" }",
                "hent begge (03a og 04a), eller sei kva som er higher: values = { higher = \"03a\" }",
                "fetch both (03a and 04a), or say what higher is: values = { higher = \"03a\" }",
            ),
            Self::TwoYears => t("ta bort year", "ta bort year", "leave year out"),
            _ => None,
        }
    }
}

/// The first of some names.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", "))
}
