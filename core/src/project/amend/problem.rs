//! What can be wrong when addresses go into the contact log.

use crate::problem::Explain;
use crate::text::Lang;

/// What can be wrong when addresses go into the contact log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonsProblem {
    /// The project has no contact log.
    NoLog,
    /// The project has no answers of the year, and so no form in which they said yes.
    NoRound {
        /// The year.
        year: u16,
    },
    /// A column is not there without which nobody can be entered.
    NoColumn {
        /// What it would be called.
        names: Vec<String>,
    },
    /// No column is an address that the form asks for.
    NoAddress,
    /// An address that the tool added by itself: a warning.
    NotAsked,
    /// An address of somebody of another cohort or municipality.
    OtherPerson {
        /// The line of the log.
        line: u64,
    },
    /// An address that several persons of the log have.
    Several,
    /// Two rows are of one person.
    SameAddress {
        /// The line of the other.
        line: u64,
    },
    /// Somebody who withdrew says yes: a warning.
    Withdrew,
}

impl Explain for PersonsProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoLog => "no-contact-log",
            Self::NoRound { .. } => "no-round",
            Self::NoColumn { .. } => "no-column",
            Self::NoAddress => "no-address",
            Self::NotAsked => "address-not-asked",
            Self::OtherPerson { .. } => "address-of-another",
            Self::Several => "address-of-several",
            Self::SameAddress { .. } => "same-address",
            Self::Withdrew => "withdrew-before",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb: &str, nn: &str, en: &str| lang.pick(nb, nn, en).to_owned();
        match self {
            Self::NoLog => t(
                "prosjektet har ingen kontaktliste",
                "prosjektet har inga kontaktliste",
                "the project has no contact log",
            ),
            Self::NoRound { year } => t(
                "prosjektet har ingen svar fra {0}",
                "prosjektet har ingen svar frå {0}",
                "the project has no answers of {0}",
            )
            .replace("{0}", &year.to_string()),
            Self::NoColumn { .. } => t("kolonnen mangler", "kolonnen manglar", "the column is missing"),
            Self::NoAddress => t(
                "ingen kolonne er en adresse som skjemaet spør om",
                "ingen kolonne er ei adresse som skjemaet spør om",
                "no column is an address that the form asks for",
            ),
            Self::NotAsked => t(
                "skjemaet spør ikke om dette; verktøyet har lagt det til, og ingen har sagt ja til det: ikke lest",
                "skjemaet spør ikkje om dette; verktøyet har lagt det til, og ingen har sagt ja til det: ikkje lese",
                "the form does not ask for this; the tool added it, and nobody said yes to it: not read",
            ),
            Self::OtherPerson { line } => t(
                "adressen står i kontaktlista (linje {0}) med et annet kull eller en annen hjemkommune",
                "adressa står i kontaktlista (linje {0}) med eit anna kull eller ein annan heimkommune",
                "the address is in the contact log (line {0}) with another cohort or home municipality",
            )
            .replace("{0}", &line.to_string()),
            Self::Several => t(
                "flere personer i kontaktlista har denne adressen",
                "fleire personar i kontaktlista har denne adressa",
                "several persons of the contact log have this address",
            ),
            Self::SameAddress { line } => t(
                "raden på linje {0} er av samme person",
                "rada på linje {0} er av same person",
                "the row on line {0} is of the same person",
            )
            .replace("{0}", &line.to_string()),
            Self::Withdrew => t(
                "personen har trukket seg og sier nå ja; kontaktlista er ikke endret",
                "personen har trekt seg og seier no ja; kontaktlista er ikkje endra",
                "the person withdrew and says yes now; the contact log was not changed",
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        match self {
            Self::NoColumn { names } => Some(names.join(lang.pick(" eller ", " eller ", " or "))),
            Self::NoAddress => Some("email, phone, guardian_email".into()),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NoLog => lang.pick(
                "skriv [contacts] og persons = \"…/persons.csv\" i prosjektfila",
                "skriv [contacts] og persons = \"…/persons.csv\" i prosjektfila",
                "write [contacts] and persons = \"…/persons.csv\" in the project file",
            ),
            Self::NoRound { .. } => lang.pick(
                "legg først året til i prosjektfila ([[answers]])",
                "legg først året til i prosjektfila ([[answers]])",
                "first add the year to the project file ([[answers]])",
            ),
            Self::NoColumn { .. } => lang.pick(
                "gi fila som `bygdepuls import --contacts` skrev, eller legg kolonnen til",
                "gje fila som `bygdepuls import --contacts` skreiv, eller legg kolonnen til",
                "give the file that `bygdepuls import --contacts` wrote, or add the column",
            ),
            Self::OtherPerson { .. } | Self::Several | Self::SameAddress { .. } => lang.pick(
                "finn ut hvem det er, og rett fila eller kontaktlista",
                "finn ut kven det er, og rett fila eller kontaktlista",
                "find out who it is, and mend the file or the contact log",
            ),
            Self::Withdrew => lang.pick(
                "spør personen; er ja-et ment, gi personen en ny person_id",
                "spør personen; er ja-et meint, gje personen ein ny person_id",
                "ask the person; if the yes is meant, give the person a new person_id",
            ),
            _ => return None,
        };
        Some(words.into())
    }
}
