//! The code that people make themselves, so that their answers of several years can be joined without a name.
//!
//! It must be the same at 16, 19, 24 and 29: each part a fact that stays. A school, an address, a telephone, a workplace
//! and a surname do not. The code is a personal datum all the same: with other answers it can point to one person.

use super::{Findings, LintProblem};
use crate::problem::Severity::Error;
use crate::questionnaire::{Field, Item, ItemKind};

/// Words of facts that change with the years, as beginnings of words in each language.
const CHANGING: [(&str, &[&str]); 9] = [
    (
        "school",
        &["skole", "skule", "school", "klasse", "class", "grade", "lærer", "lærar", "teacher", "studie", "univers"],
    ),
    ("address", &["adresse", "address", "postnummer", "postkode", "postcode", "gate", "street", "husnummer"]),
    ("telephone", &["telefon", "mobil", "tlf", "phone", "mobile"]),
    ("e-mail", &["epost", "email", "mail", "brukernavn", "brukarnamn", "username"]),
    (
        "work",
        &[
            "arbeidsplass",
            "arbeidsgiver",
            "arbeidsgjevar",
            "jobb",
            "yrke",
            "workplace",
            "employer",
            "job",
            "occupation",
        ],
    ),
    ("surname", &["etternavn", "etternamn", "surname"]),
    ("age", &["alder", "age", "gammel", "gammal"]),
    ("body", &["høyde", "høgde", "vekt", "height", "weight", "hårfarge", "skonummer"]),
    (
        "taste",
        &[
            "favoritt",
            "favourite",
            "favorite",
            "kjæledyr",
            "husdyr",
            "pet",
            "kjæreste",
            "kjærast",
            "partner",
            "bestevenn",
        ],
    ),
];

/// Whole words that say that something is so now: `bor` and `nå` in any language, `no` in nynorsk only.
const NOW: [&str; 13] = [
    "nå",
    "nåværende",
    "noverande",
    "dag",
    "bor",
    "bur",
    "bostedet",
    "bustaden",
    "now",
    "current",
    "currently",
    "live",
    "today",
];

/// Whether people make up the answer themselves to join their answers of several years.
#[must_use]
pub fn is_self_made_code(item: &Item) -> bool {
    if item.kind != ItemKind::Text {
        return false;
    }
    let name = item.name.to_lowercase();
    let says = |words: &String| {
        let words = words.to_lowercase();
        let phrases = [
            "lag koden",
            "lag din kode",
            "lag din egen kode",
            "lag ein kode",
            "lag en kode",
            "make your code",
            "your own code",
            "personlig kode",
            "personleg kode",
        ];
        phrases.iter().any(|phrase| words.contains(phrase))
    };
    ["panelkode", "panel_kode", "panelcode", "panel_code", "sgic", "egenkode"]
        .iter()
        .any(|known| name.starts_with(known))
        || item.label.iter().any(says)
}

/// Whether the answer is an address or a number to reach somebody by, or a name.
#[must_use]
pub fn is_contact(item: &Item) -> bool {
    let known =
        ["epost", "email", "e_post", "mail", "telefon", "mobil", "tlf", "phone", "adresse", "address", "navn", "namn"];
    let name = item.name.to_lowercase();
    let part = |word: &str| name.split('_').any(|part| part == word) || name == word;
    matches!(item.kind, ItemKind::Text | ItemKind::Integer) && known.iter().any(|word| part(word))
}

pub(super) fn check(findings: &mut Findings<'_>) {
    let own = findings.own;
    for item in own.items.iter().filter(|item| is_self_made_code(item)) {
        for (words, hint) in [(&item.label, false), (&item.hint, true)] {
            for (text, language) in words.iter().zip(&own.languages) {
                let nynorsk = crate::questionnaire::lang(language) == Some(crate::text::Lang::Nn);
                for part in changing(text, nynorsk) {
                    let field = if hint { Field::Hint(language.clone()) } else { Field::Label(language.clone()) };
                    findings.item(item, &field, text, Error, LintProblem::ChangingFact { word: part });
                }
            }
        }
    }
}

/// The words of a text that name facts that change, each kind of fact once.
fn changing(text: &str, nynorsk: bool) -> Vec<String> {
    let text = text.to_lowercase().replace("e-post", "epost").replace("e-mail", "email");
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<String> = Vec::new();
    for (_, beginnings) in CHANGING {
        // Short ones are whole words, or one with an ending: `age` is not `agent`, `gate` may be `gaten`.
        let is_one = |word: &&&str| {
            beginnings.iter().any(|start| match start.chars().count() {
                5.. => word.contains(start),
                _ => word
                    .strip_prefix(start)
                    .is_some_and(|end| matches!(end, "" | "n" | "en" | "a" | "s" | "ns" | "ens")),
            })
        };
        found.extend(words.iter().find(is_one).map(|word| (*word).to_owned()));
    }
    let now = words.iter().find(|word| NOW.contains(word) || (nynorsk && **word == "no"));
    // `fødselsdag`, `dagen du er født` are other words than `i dag`.
    let now = now.filter(|word| **word != "dag" || text.contains("i dag"));
    found.extend(now.map(|word| (*word).to_owned()));
    found
}

#[cfg(test)]
mod tests {
    use super::changing;

    #[test]
    fn facts_that_last() {
        let proposed = "Lag koden din: 2 første bokstaver i mors fornavn + fødselsdag (dd) + 2 siste i skolens navn";
        assert_eq!(changing(proposed, false), ["skolens"]);
        for lasting in [
            "Lag koden din: de to første bokstavene i fornavnet til moren din, dagen du er født (to sifre) og de to første \
             bokstavene i stedet der du er født. Eksempel: Kari, 7. mai, Namsos blir KA07NA",
            "Lag koden din: dei to første bokstavane i førenamnet til mor di, dagen du er fødd (to siffer) og dei to første \
             bokstavane i staden der du er fødd. Døme: Kari, 7. mai, Namsos blir KA07NA",
            "Make your code: the first two letters of your mother's first name, the day of the month on which you were born \
             (two digits) and the first two letters of the place where you were born. Example: Kari, 7 May, Namsos gives KA07NA",
        ] {
            assert_eq!(changing(lasting, true), [] as [&str; 0]);
        }
        assert_eq!(changing("to siste siffer i mobilnummeret ditt", false), ["mobilnummeret"]);
        assert_eq!(changing("første bokstav i gata der du bor nå", false), ["bor"]);
        assert_eq!(changing("kommunen der du bur no, og klassen din", true), ["klassen", "bur"]);
        assert_eq!(changing("the first letter of your e-mail address", false), ["address", "email"]);
    }
}
