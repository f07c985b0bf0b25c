//! What can be wrong with a contact log or a key.

use crate::problem::Explain;
use crate::text::Lang;

/// What can be wrong with a contact log or a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterProblem {
    /// A field that must not be empty.
    Empty,
    /// An event of somebody who is not in the file of persons.
    UnknownPerson {
        /// The file of persons.
        file: String,
    },
    /// An event of a wave that asked another cohort that year.
    OtherCohort {
        /// The cohort that the wave asked.
        asked: u16,
        /// The cohort of the person.
        cohort: u16,
    },
    /// A consent that ends before it begins, or that ends without having been given.
    EndsBeforeItBegins,
    /// Not an e-mail address.
    NotAnEmail,
    /// A key too short to keep anything secret.
    ShortKey {
        /// Bytes that it must have.
        least: usize,
    },
    /// A person of the answers who is not in the contact log.
    NotInContacts {
        /// How many rows.
        rows: u64,
    },
    /// Something of the register is not there: a warning.
    CohortMissing {
        /// The age that is counted.
        age: u16,
        /// The cohort.
        cohort: u16,
    },
    /// The questionnaire does not have the trend item: a warning.
    NoTrendItem,
}

impl Explain for RegisterProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-field",
            Self::UnknownPerson { .. } => "unknown-person",
            Self::OtherCohort { .. } => "other-cohort",
            Self::EndsBeforeItBegins => "ends-before-it-begins",
            Self::NotAnEmail => "not-an-email",
            Self::ShortKey { .. } => "short-key",
            Self::NotInContacts { .. } => "not-in-contacts",
            Self::CohortMissing { .. } => "cohort-missing",
            Self::NoTrendItem => "no-trend-item",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        match self {
            Self::Empty => t("feltet er tomt", "feltet er tomt", "the field is empty"),
            Self::UnknownPerson { .. } => t(
                "personen er ikke i kontaktlista",
                "personen er ikkje i kontaktlista",
                "the person is not in the contact log",
            ),
            Self::OtherCohort { asked, cohort } => match lang {
                Lang::Nb => format!("bølgen spurte kullet fra {asked}, og personen er av kullet fra {cohort}"),
                Lang::Nn => format!("bølgja spurde kullet frå {asked}, og personen er av kullet frå {cohort}"),
                Lang::En => {
                    format!("the wave asked the cohort of {asked}, and the person is of the cohort of {cohort}")
                }
            },
            Self::EndsBeforeItBegins => t(
                "samtykket slutter før det er gitt",
                "samtykket sluttar før det er gitt",
                "the consent ends before it was given",
            ),
            Self::NotAnEmail => {
                t("dette er ikke en e-postadresse", "dette er ikkje ei e-postadresse", "this is not an e-mail address")
            }
            Self::ShortKey { .. } => t("nøkkelen er for kort", "nøkkelen er for kort", "the key is too short"),
            Self::NotInContacts { rows } => match lang {
                Lang::Nb => format!("{rows} svar har en person-id som ikke er i kontaktlista"),
                Lang::Nn => format!("{rows} svar har ein person-id som ikkje er i kontaktlista"),
                Lang::En => format!("{rows} answers have a person id that is not in the contact log"),
            },
            Self::CohortMissing { age, cohort } => match lang {
                Lang::Nb => format!("registeret har ikke antallet {age}-åringer 1. januar {cohort}"),
                Lang::Nn => format!("registeret har ikkje talet på {age}-åringar 1. januar {cohort}"),
                Lang::En => format!("the register has no number of {age}-year-olds on 1 January {cohort}"),
            },
            Self::NoTrendItem => t(
                "spørreskjemaet har ikke trendspørsmålet: ingen overganger og endringer",
                "spørjeskjemaet har ikkje trendspørsmålet: ingen overgangar og endringar",
                "the questionnaire does not have the trend item: no transitions and no changes",
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        match self {
            Self::UnknownPerson { file } => {
                Some(format!("{} {file}", lang.pick("en person_id fra", "ein person_id frå", "a person_id of")))
            }
            Self::ShortKey { least } => Some(match lang {
                Lang::Nb => format!("minst {least} tegn"),
                Lang::Nn => format!("minst {least} teikn"),
                Lang::En => format!("at least {least} characters"),
            }),
            Self::NotAnEmail => Some("navn@eksempel.no".into()),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_string());
        match self {
            Self::CohortMissing { .. } => t(
                "hent flere år av SSB-tabell 07459; antallet står tomt til da, og blir ikke gjettet",
                "hent fleire år av SSB-tabell 07459; talet står tomt til då, og blir ikkje gjetta",
                "fetch more years of SSB table 07459; until then the number is left empty, never guessed",
            ),
            Self::NotInContacts { .. } => t(
                "de lenkes ikke; legg personene til i kontaktlista, eller gi nøkkelen til pseudonymene med --key",
                "dei blir ikkje lenkja; legg personane til i kontaktlista, eller gi nøkkelen til pseudonyma med --key",
                "they are not linked; add the persons to the contact log, or give the key of the pseudonyms with --key",
            ),
            Self::ShortKey { .. } => t(
                "lag en tilfeldig nøkkel: `openssl rand -hex 32 > key.txt`",
                "lag ein tilfeldig nøkkel: `openssl rand -hex 32 > key.txt`",
                "make a random key: `openssl rand -hex 32 > key.txt`",
            ),
            _ => None,
        }
    }
}
