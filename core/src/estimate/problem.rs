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
    /// A question that asks for nothing.
    NoStatistic,
    /// No finite population.
    MissingPopulation,
    /// A person with two records in one stratum.
    PersonTwice { person: String, stratum: String },
    /// The share of each code beside another statistic.
    EachCodeAlone,
    /// More columns of finite populations than stages.
    TooManyPopulations,
    /// A method for intervals of shares, of something else.
    IntervalOfShares,
    /// A contrast of a column that is not grouped by.
    ContrastWithoutGroups,
    /// A contrast with codes that are not there.
    UnknownContrast { text: String },
    /// More cells than covariances are given for.
    TooManyCells { count: usize, limit: usize },
    /// More codes than shares are given of.
    TooManyCodes { count: usize, limit: usize },
    /// A statistic that needs the whole file, asked of a stream.
    NotStreamed,
    /// A table of replicates without sampling units.
    ReplicatesWithoutUnits,
    /// A sampling unit that a table of replicates has twice.
    ReplicatesTwice,
    /// A sampling unit that a table of replicates does not have.
    NoReplicatesOf { unit: String },
    /// More figures and replicates than can be held.
    TooManyReplicates { count: usize, limit: usize },
    /// A piece of the file that was taken twice, or whose state was merged twice.
    PieceTwice { number: u64 },
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
            Self::NoStatistic => "no-statistic",
            Self::MissingPopulation => "missing-population",
            Self::PersonTwice { .. } => "person-twice",
            Self::EachCodeAlone => "each-code-alone",
            Self::TooManyPopulations => "too-many-populations",
            Self::IntervalOfShares => "interval-of-shares",
            Self::ContrastWithoutGroups => "contrast-without-groups",
            Self::UnknownContrast { .. } => "unknown-contrast",
            Self::TooManyCells { .. } => "too-many-cells",
            Self::TooManyCodes { .. } => "too-many-codes",
            Self::NotStreamed => "not-streamed",
            Self::ReplicatesWithoutUnits => "replicates-without-units",
            Self::ReplicatesTwice => "replicates-two-rows",
            Self::NoReplicatesOf { .. } => "replicates-no-row",
            Self::TooManyReplicates { .. } => "too-many-replicates",
            Self::PieceTwice { .. } => "piece-twice",
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
            Self::NoStatistic => lang
                .pick("ingen statistikk er bedt om", "ingen statistikk er spurd etter", "no statistic is asked for")
                .into(),
            Self::MissingPopulation => {
                lang.pick("populasjonen mangler", "populasjonen manglar", "the finite population is missing").into()
            }
            Self::PersonTwice { person, stratum } => fill(
                lang.pick(
                    "«{0}» er to ganger i stratum {1}",
                    "«{0}» er to gonger i stratum {1}",
                    "{0} is in stratum {1} twice",
                ),
                &[person, stratum],
            ),
            Self::EachCodeAlone => lang
                .pick(
                    "andelen av hver verdi kan ikke regnes ut sammen med andre statistikker",
                    "delen av kvar verdi kan ikkje reknast ut saman med andre statistikkar",
                    "the share of each value cannot be computed together with other statistics",
                )
                .into(),
            Self::TooManyPopulations => lang
                .pick(
                    "flere kolonner med populasjoner enn trinn i utvalget",
                    "fleire kolonnar med populasjonar enn trinn i utvalet",
                    "more columns of finite populations than stages of the sample",
                )
                .into(),
            Self::IntervalOfShares => lang
                .pick(
                    "denne metoden lager bare intervaller for andeler",
                    "denne metoden lagar berre intervall for delar",
                    "this method makes intervals of shares only",
                )
                .into(),
            Self::ContrastWithoutGroups => lang
                .pick(
                    "kontrasten gjelder en kolonne som det ikke deles opp etter",
                    "kontrasten gjeld ein kolonne som det ikkje blir delt opp etter",
                    "the contrast is of a column that is not grouped by",
                )
                .into(),
            Self::UnknownContrast { text } => fill(
                lang.pick(
                    "kontrasten «{0}» har en kode som ikke finnes",
                    "kontrasten «{0}» har ein kode som ikkje finst",
                    "the contrast {0} has a code that is not there",
                ),
                &[text],
            ),
            Self::TooManyCells { count, limit } => fill(
                lang.pick(
                    "kovarianser gis for høyst {1} tall, her er det {0}",
                    "kovariansar blir gjevne for høgst {1} tal, her er det {0}",
                    "covariances are given for at most {1} figures, here are {0}",
                ),
                &[&count.to_string(), &limit.to_string()],
            ),
            Self::TooManyCodes { count, limit } => fill(
                lang.pick(
                    "andelen av hver verdi gis for høyst {1} verdier, her er det {0}",
                    "delen av kvar verdi blir gjeven for høgst {1} verdiar, her er det {0}",
                    "shares of each value are given for at most {1} values, here are {0}",
                ),
                &[&count.to_string(), &limit.to_string()],
            ),
            Self::NotStreamed => lang
                .pick(
                    "statistikken trenger hele filen på én gang",
                    "statistikken treng heile fila på éin gong",
                    "the statistic needs the whole file at once",
                )
                .into(),
            Self::ReplicatesWithoutUnits => lang
                .pick(
                    "replikatene hører til utvalgsenheter, men --psu er ikke gitt",
                    "replikata høyrer til utvalseiningar, men --psu er ikkje gjeven",
                    "the replicates belong to sampling units, but --psu is not given",
                )
                .into(),
            Self::ReplicatesTwice => lang
                .pick(
                    "utvalgsenheten har to rader med replikater",
                    "utvalseininga har to rader med replikat",
                    "the sampling unit has two rows of replicates",
                )
                .into(),
            Self::NoReplicatesOf { unit } => fill(
                lang.pick(
                    "utvalgsenheten «{0}» har ingen rad med replikater",
                    "utvalseininga «{0}» har inga rad med replikat",
                    "sampling unit {0} has no row of replicates",
                ),
                &[unit],
            ),
            Self::TooManyReplicates { count, limit } => fill(
                lang.pick(
                    "tall ganger replikater er {0}, flere enn {1}",
                    "tal gonger replikat er {0}, fleire enn {1}",
                    "figures times replicates are {0}, more than {1}",
                ),
                &[&count.to_string(), &limit.to_string()],
            ),
            Self::PieceTwice { number } => fill(
                lang.pick(
                    "del {0} av filen er med to ganger",
                    "del {0} av fila er med to gonger",
                    "piece {0} of the file is there twice",
                ),
                &[&number.to_string()],
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
            Self::PersonTwice { .. } => lang.pick(
                "la hvert år ha sine strata, --strata år:stratum, eller gi personen som --psu",
                "la kvart år ha sine strata, --strata år:stratum, eller gi personen som --psu",
                "give each year strata of its own, --strata year:stratum, or name the person as --psu",
            ),
            Self::IntervalOfShares => lang.pick("bruk t eller z", "bruk t eller z", "use t or z"),
            Self::ContrastWithoutGroups => lang.pick("ta den med i --by", "ta han med i --by", "add it to --by"),
            Self::UnknownContrast { .. } => lang.pick(
                "skriv KOLONNE:KODE-KODE, med koder slik de står i filen",
                "skriv KOLONNE:KODE-KODE, med kodar slik dei står i fila",
                "write COLUMN:CODE-CODE, with codes as they stand in the file",
            ),
            Self::TooManyCodes { .. } => lang.pick(
                "si hvilke verdier: --share KOLONNE=V1,V2",
                "sei kva verdiar: --share KOLONNE=V1,V2",
                "say which values: --share COLUMN=V1,V2",
            ),
            Self::GroupedTwice
            | Self::EmptyGroups { .. }
            | Self::MissingPopulation
            | Self::NoStatistic
            | Self::EachCodeAlone
            | Self::TooManyPopulations
            | Self::NotStreamed
            | Self::ReplicatesWithoutUnits
            | Self::ReplicatesTwice
            | Self::NoReplicatesOf { .. }
            | Self::TooManyCells { .. }
            | Self::PieceTwice { .. } => return None,
            Self::TooManyReplicates { .. } => lang.pick(
                "be om færre replikater, eller del opp etter færre kolonner",
                "be om færre replikat, eller del opp etter færre kolonnar",
                "ask for fewer replicates, or group by fewer columns",
            ),
        };
        Some(words.into())
    }
}
