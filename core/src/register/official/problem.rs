//! What can be wrong with a table of official statistics.

use crate::problem::Explain;
use crate::read::problem::{few, fill};
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
    /// A name without a code that is not that of one municipality.
    NameUnclear {
        /// Those that have it, or are called something like it.
        could: Vec<String>,
        /// What the register of municipalities says, the reason first.
        notes: Vec<Text>,
    },
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
            Self::NameUnclear { .. } => "name-unclear",
            Self::NotACodeList => "not-a-code-list",
            Self::NoEdition => "no-edition",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        let with = |nb, nn, en, values: &[&str]| fill(lang.pick(nb, nn, en), values);
        match self {
            Self::NotInSchema(_) => t(
                "registeret mangler en kolonne i skjemaet sitt",
                "registeret manglar ein kolonne i skjemaet sitt",
                "the register lacks a column in its schema",
            ),
            Self::Twice => t("raden står to ganger", "rada står to gonger", "the row stands twice"),
            Self::TwoEditions { first } => with(
                "fila blander to utgaver av sentralitet; den begynner med {0}",
                "fila blandar to utgåver av sentralitet; ho byrjar med {0}",
                "the file mixes two editions of centrality; it begins with {0}",
                &[first],
            ),
            Self::NotAClass => t(
                "dette er ikke en sentralitetsindeks og en klasse",
                "dette er ikkje ein sentralitetsindeks og ein klasse",
                "this is not a centrality index and a class",
            ),
            Self::NeedsRegister { registers } => {
                let list = registers.join(lang.pick(" eller ", " eller ", " or "));
                with(
                    "indikatoren trenger registeret {0}",
                    "indikatoren treng registeret {0}",
                    "the indicator needs the register {0}",
                    &[&list],
                )
            }
            Self::NeedsYears { what } => with(
                "registeret har ikke det indikatoren trenger: {0}",
                "registeret har ikkje det indikatoren treng: {0}",
                "the register does not have what the indicator needs: {0}",
                &[what],
            ),
            Self::MunicipalityMissing { register } => with(
                "kommunen er ikke i registeret {0}: tallet står tomt",
                "kommunen er ikkje i registeret {0}: talet står tomt",
                "the municipality is not in the register {0}: its figure is left empty",
                &[register],
            ),
            Self::OtherClass { edition, follows, .. } => with(
                "klassen følger ikke av indeksen: i utgaven {0} gir den klasse {1}",
                "klassen følgjer ikkje av indeksen: i utgåva {0} gir han klasse {1}",
                "the class does not follow from the index: in the edition {0} it gives class {1}",
                &[edition, &follows.to_string()],
            ),
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
            Self::CodesUnclear { day, year } => with(
                "kodene kan være dem fra {0} eller dem fra {1}, og kommunen var ikke den samme",
                "kodane kan vere dei frå {0} eller dei frå {1}, og kommunen var ikkje den same",
                "the codes could be those of {0} or those of {1}, and the municipality was not the same",
                &[&year.to_string(), day],
            ),
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
            Self::NoDimensionFor { column, .. } => with(
                "ingen dimensjon i fila er kjent som {0}",
                "ingen dimensjon i fila er kjend som {0}",
                "no dimension of the file is known to be {0}",
                &[column],
            ),
            Self::NoMeasureFor { column, .. } => with(
                "ingen enkelt statistikkvariabel i fila er kjent som {0}",
                "ingen einskild statistikkvariabel i fila er kjend som {0}",
                "no single measure of the file is known to be {0}",
                &[column],
            ),
            Self::NotAYear => t("dette er ikke et år", "dette er ikkje eit år", "this is not a year"),
            Self::SeveralPeriods { year } => with(
                "fila har flere perioder i {0}; registeret har én rad for året",
                "fila har fleire periodar i {0}; registeret har éi rad for året",
                "the file has several periods of {0}; the register has one row for the year",
                &[&year.to_string()],
            ),
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
                "ingen av områdene i fila er en kommune på dagen til kodene",
                "ingen av områda i fila er ein kommune på dagen til kodane",
                "no area of the file is a municipality on the day of the codes",
            ),
            Self::NameUnclear { notes, .. } => with(
                "fila har ingen kommunekoder, og navnet sier ikke hvilken kommune det er: {0}",
                "fila har ingen kommunekodar, og namnet seier ikkje kva for ein kommune det er: {0}",
                "the file has no codes of municipalities, and the name does not tell which one it is: {0}",
                &[notes.first().map_or("", |note| note.get(lang))],
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
                Some(format!("{} {}", lang.pick("en av", "ein av", "one of"), few(exists)))
            }
            Self::NotACount => Some(
                lang.pick(
                    "et helt tall fra 0, mindre enn en milliard",
                    "eit heilt tal frå 0, mindre enn ein milliard",
                    "a whole number from 0, below one thousand million",
                )
                .into(),
            ),
            Self::NameUnclear { could, .. } if !could.is_empty() => {
                Some(format!("{} {}", lang.pick("en av", "ein av", "one of"), few(could)))
            }
            Self::NoMunicipalities(found) => Some(format!(
                "{}; {}: {}",
                lang.pick(
                    "fire sifre, som 3401, eller navnet på en kommune",
                    "fire siffer, som 3401, eller namnet på ein kommune",
                    "four digits, as 3401, or the name of a municipality",
                ),
                lang.pick("fila har", "fila har", "the file has"),
                few(found)
            )),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_string());
        let with = |nb, nn, en, values: &[&str]| fill(lang.pick(nb, nn, en), values);
        match self {
            Self::TwoEditions { .. } => t(
                "gi én utgave per fil: klassegrensene er ulike",
                "gi éi utgåve per fil: klassegrensene er ulike",
                "give one edition per file: the limits of the classes differ",
            ),
            Self::NeedsRegister { registers } => {
                let name = registers.first().copied().unwrap_or_default();
                Some(with(
                    "legg til [register.{0}] med file, schema, source og date, eller ta ut indikatoren",
                    "legg til [register.{0}] med file, schema, source og date, eller ta ut indikatoren",
                    "add [register.{0}] with file, schema, source and date, or leave the indicator out",
                    &[name],
                ))
            }
            Self::MunicipalityMissing { .. } => t(
                "se om koden er fra et annet år: koder endres 2018, 2020 og 2024",
                "sjå om koden er frå eit anna år: kodar blir endra 2018, 2020 og 2024",
                "see whether the code is of another year: codes changed in 2018, 2020 and 2024",
            ),
            Self::CodesUnclear { day, .. } => Some(with(
                "si hvilke: codes = \"year\" (1. januar i året til raden) eller codes = \"{0}\"",
                "sei kva for nokre: codes = \"year\" (1. januar i året til rada) eller codes = \"{0}\"",
                "say which: codes = \"year\" (1 January of the year of the row) or codes = \"{0}\"",
                &[day],
            )),
            Self::FlowsInside => t(
                "bruk pendlingen mellom alle kommuner, [register.commuting], eller tall som alt er ført over",
                "bruk pendlinga mellom alle kommunar, [register.commuting], eller tal som alt er førte over",
                "use commuting between all municipalities, [register.commuting], or figures that were carried over already",
            ),
            Self::NoDimensionFor { column, .. } => Some(with(
                "si det i prosjektfila: columns = { {0} = \"navnet på dimensjonen\" }",
                "sei det i prosjektfila: columns = { {0} = \"namnet på dimensjonen\" }",
                "say so in the project file: columns = { {0} = \"name of the dimension\" }",
                &[column],
            )),
            Self::NoMeasureFor { column, .. } => Some(with(
                "si det i prosjektfila: columns = { {0} = \"navnet\" }; flere, [\"…\", \"…\"], legges sammen",
                "sei det i prosjektfila: columns = { {0} = \"namnet\" }; fleire, [\"…\", \"…\"], blir lagde saman",
                "say so in the project file: columns = { {0} = \"name\" }; several, [\"…\", \"…\"], are added up",
                &[column],
            )),
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
            Self::NameUnclear { .. } => t(
                "hent tabellen med koder; eller velg i prosjektfila: where = { region = [\"…\"] }",
                "hent tabellen med kodar; eller vel i prosjektfila: where = { region = [\"…\"] }",
                "fetch the table with codes; or choose in the project file: where = { region = [\"…\"] }",
            ),
            Self::TwoYears => t("ta bort year", "ta bort year", "leave year out"),
            _ => None,
        }
    }
}
