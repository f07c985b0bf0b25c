//! What can be wrong with units, travel times and indices.

use super::edition::EDITIONS;
use crate::problem::Explain;
use crate::text::Lang;

/// What can be wrong with units, travel times and indices.
#[derive(Clone, Debug, PartialEq)]
pub enum CentralityProblem {
    /// A field that must not be empty.
    Empty,
    /// A number below 0.
    Negative,
    /// A unit that was there before.
    UnitTwice {
        /// The line of the first.
        line: u64,
    },
    /// A code that is not among the units.
    UnknownUnit {
        /// The unit that it would be with or without zeros in front.
        zeros: Option<String>,
    },
    /// A record with another number of fields than the header.
    Fields {
        /// Fields of the header.
        expected: usize,
    },
    /// Minutes that are not there or no number.
    NoMinutes,
    /// A pair that was there before, in this direction or, with `--symmetric`, in the other.
    PairTwice {
        /// Whether pairs count in both directions.
        symmetric: bool,
    },
    /// No unit has people: there is no index.
    NobodyLivesThere,
    /// Nobody reaches any jobs or services: nothing can be scaled.
    NothingInReach,
    /// Not a file of packed travel times.
    NotPacked,
    /// A packed file of another version.
    PackedVersion {
        /// Its version.
        version: u32,
    },
    /// A packed file that was damaged.
    Damaged,
    /// A packed file that ends at fewer minutes than asked for.
    PackedLimit {
        /// Where it ends.
        limit: f64,
    },
    /// More units than a packed file or a check for pairs twice can hold.
    TooManyUnits,
    /// No limits are known of this edition.
    UnknownEdition,
    /// An index of another edition than the limits.
    OtherEdition {
        /// The edition of the limits.
        limits: String,
    },
    /// An index outside 0 to 1000.
    NoIndex,
    /// The file does not say which edition its index is of, or the limits do not: a warning.
    EditionNotChecked,
    /// An index with decimals between two classes of whole numbers: a warning.
    BetweenClasses {
        /// How many.
        count: u64,
    },
    /// A municipality that was there before.
    MunicipalityTwice {
        /// The line of the first.
        line: u64,
    },
    /// All municipalities have the same value: it cannot be scaled.
    AllTheSame,
}

impl Explain for CentralityProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-field",
            Self::Negative => "negative",
            Self::UnitTwice { .. } => "unit-twice",
            Self::UnknownUnit { .. } => "unknown-unit",
            Self::Fields { .. } => "field-count",
            Self::NoMinutes => "no-minutes",
            Self::PairTwice { .. } => "pair-twice",
            Self::NobodyLivesThere => "nobody-lives-there",
            Self::NothingInReach => "nothing-in-reach",
            Self::NotPacked => "not-packed",
            Self::PackedVersion { .. } => "packed-version",
            Self::Damaged => "damaged",
            Self::PackedLimit { .. } => "packed-limit",
            Self::TooManyUnits => "too-many-units",
            Self::UnknownEdition => "unknown-edition",
            Self::OtherEdition { .. } => "other-edition",
            Self::NoIndex => "no-index",
            Self::EditionNotChecked => "edition-not-checked",
            Self::BetweenClasses { .. } => "between-classes",
            Self::MunicipalityTwice { .. } => "municipality-twice",
            Self::AllTheSame => "all-the-same",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        match self {
            Self::Empty => t("feltet er tomt", "feltet er tomt", "the field is empty"),
            Self::Negative => t("tallet er negativt", "talet er negativt", "the number is negative"),
            Self::UnitTwice { line } => match lang {
                Lang::Nb => format!("kretsen står også på linje {line}"),
                Lang::Nn => format!("krinsen står òg på linje {line}"),
                Lang::En => format!("the unit is also on line {line}"),
            },
            Self::UnknownUnit { .. } => t(
                "kretsen er ikke blant kretsene",
                "krinsen er ikkje mellom krinsane",
                "the unit is not among the units",
            ),
            Self::Fields { .. } => t(
                "raden har et annet antall felt enn overskriften",
                "rada har eit anna tal på felt enn overskrifta",
                "the record has another number of fields than the header",
            ),
            Self::NoMinutes => {
                t("minuttene er ikke et tall", "minutta er ikkje eit tal", "the minutes are not a number")
            }
            Self::PairTwice { symmetric: false } => {
                t("paret står mer enn én gang", "paret står meir enn éin gong", "the pair is there more than once")
            }
            Self::PairTwice { symmetric: true } => t(
                "paret står i begge retninger eller mer enn én gang",
                "paret står i begge retningar eller meir enn éin gong",
                "the pair is there in both directions or more than once",
            ),
            Self::NobodyLivesThere => {
                t("ingen krets har befolkning", "ingen krins har folk", "no unit has a population")
            }
            Self::NothingInReach => t(
                "ingen når arbeidsplasser eller tjenester",
                "ingen når arbeidsplassar eller tenester",
                "nobody reaches any jobs or services",
            ),
            Self::NotPacked => t(
                "dette er ikke ei fil med pakkede reisetider",
                "dette er ikkje ei fil med pakka reisetider",
                "this is not a file of packed travel times",
            ),
            Self::PackedVersion { version } => match lang {
                Lang::Nb => format!("fila er av versjon {version}, som ikke er kjent"),
                Lang::Nn => format!("fila er av versjon {version}, som ikkje er kjend"),
                Lang::En => format!("the file is of version {version}, which is not known"),
            },
            Self::Damaged => t("fila er skadet", "fila er skadd", "the file is damaged"),
            Self::PackedLimit { limit } => match lang {
                Lang::Nb => format!("fila har bare par på inntil {limit} minutter"),
                Lang::Nn => format!("fila har berre par på inntil {limit} minutt"),
                Lang::En => format!("the file has pairs of up to {limit} minutes only"),
            },
            Self::TooManyUnits => t("for mange kretser", "for mange krinsar", "too many units"),
            Self::UnknownEdition => t(
                "grensene til denne utgaven er ikke kjent",
                "grensene til denne utgåva er ikkje kjende",
                "the limits of this edition are not known",
            ),
            Self::OtherEdition { limits } => match lang {
                Lang::Nb => format!("indeksen er av en annen utgave enn grensene, som er fra {limits}"),
                Lang::Nn => format!("indeksen er av ei anna utgåve enn grensene, som er frå {limits}"),
                Lang::En => format!("the index is of another edition than the limits, which are of {limits}"),
            },
            Self::NoIndex => t("dette er ikke en indeks", "dette er ikkje ein indeks", "this is not an index"),
            Self::EditionNotChecked => t(
                "at indeks og grenser er av samme utgave, kunne ikke kontrolleres",
                "at indeks og grenser er av same utgåve, kunne ikkje kontrollerast",
                "that index and limits are of one edition could not be checked",
            ),
            Self::BetweenClasses { count } => match lang {
                Lang::Nb => format!("{count} indekser ligger mellom de hele tallene til to klasser"),
                Lang::Nn => format!("{count} indeksar ligg mellom dei heile tala til to klassar"),
                Lang::En => format!("{count} indices lie between the whole numbers of two classes"),
            },
            Self::MunicipalityTwice { line } => match lang {
                Lang::Nb => format!("kommunen står også på linje {line}"),
                Lang::Nn => format!("kommunen står òg på linje {line}"),
                Lang::En => format!("the municipality is also on line {line}"),
            },
            Self::AllTheSame => t(
                "alle kommuner har samme verdi, og den kan ikke skaleres",
                "alle kommunar har same verdi, og han kan ikkje skalerast",
                "all municipalities have the same value, which cannot be scaled",
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_string());
        match self {
            Self::Negative => t("et tall, 0 eller mer", "eit tal, 0 eller meir", "a number, 0 or more"),
            Self::NoMinutes => t("minutter, 0 eller mer", "minutt, 0 eller meir", "minutes, 0 or more"),
            Self::Fields { expected } => Some(match lang {
                Lang::Nb | Lang::Nn => format!("{expected} felt"),
                Lang::En => format!("{expected} fields"),
            }),
            Self::UnknownEdition => {
                let known: Vec<&str> = EDITIONS.iter().map(|edition| edition.name).collect();
                Some(known.join(", "))
            }
            Self::NoIndex => t("et tall fra 0 til 1000", "eit tal frå 0 til 1000", "a number from 0 to 1000"),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_string());
        match self {
            Self::UnknownUnit { zeros: Some(code) } => Some(match lang {
                Lang::Nb => format!("mente du «{code}»? Nuller foran hører med til koden"),
                Lang::Nn => format!("meinte du «{code}»? Nullar framfor høyrer med til koden"),
                Lang::En => format!("did you mean «{code}»? Zeros in front belong to the code"),
            }),
            Self::UnknownUnit { zeros: None } => t(
                "legg kretsen til, eller la slike par være ute med --unknown-units skip",
                "legg krinsen til, eller la slike par vere ute med --unknown-units skip",
                "add the unit, or leave such pairs out with --unknown-units skip",
            ),
            Self::PairTwice { symmetric: true } => t(
                "fila har begge retninger: la --symmetric være ute",
                "fila har begge retningar: la --symmetric vere ute",
                "the file has both directions: leave out --symmetric",
            ),
            Self::PairTwice { symmetric: false } => t("ta bort det ene", "ta bort det eine", "remove one of them"),
            Self::NotPacked | Self::PackedVersion { .. } | Self::Damaged => t(
                "lag den på nytt med `bygdepuls centrality pack`",
                "lag ho på nytt med `bygdepuls centrality pack`",
                "make it again with `bygdepuls centrality pack`",
            ),
            Self::PackedLimit { .. } => t(
                "pakk på nytt med en høyere --max-minutes",
                "pakk på nytt med ein høgare --max-minutes",
                "pack it again with a higher --max-minutes",
            ),
            Self::UnknownEdition => t(
                "ingen kilde er funnet som oppgir dem, og de blir ikke gjettet; har du dem, gi dem med --limits",
                "inga kjelde er funnen som oppgir dei, og dei blir ikkje gjetta; har du dei, gi dei med --limits",
                "no source was found that prints them, and they are not guessed; if you have them, give them with --limits",
            ),
            Self::EditionNotChecked => t(
                "ha utgaven i en kolonne «edition»",
                "ha utgåva i ein kolonne «edition»",
                "keep the edition in a column `edition`",
            ),
            Self::BetweenClasses { .. } => t(
                "de er klasset som de står, under grensen; SSBs indeks er i hele tall",
                "dei er klassa som dei står, under grensa; indeksen til SSB er i heile tal",
                "they are classed as they are, below the limit; Statistics Norway's index is in whole numbers",
            ),
            Self::OtherEdition { .. } => t(
                "bruk grensene til indeksens egen utgave: klasser på tvers av utgaver betyr ingenting",
                "bruk grensene til utgåva som indeksen er av: klassar på tvers av utgåver tyder ingenting",
                "use the limits of the index's own edition: classes across editions mean nothing",
            ),
            _ => None,
        }
    }
}
