//! The columns of each register, and what Statistics Norway calls them.

/// What a column that tells rows apart holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// A municipality.
    Region,
    /// The municipality of work.
    Workplace,
    /// The municipality of residence.
    Residence,
    /// The year.
    Year,
    /// Single years of age.
    Age,
    /// Women or men: `female`, `male`.
    Sex,
    /// An industry, a level of education.
    Part,
}

impl Axis {
    /// Whether it holds codes of municipalities.
    pub(super) const fn is_place(self) -> bool {
        matches!(self, Self::Region | Self::Workplace | Self::Residence)
    }
}

/// A column of counts. It is the sum of its terms, each known by some names: codes and labels of Statistics Norway,
/// lower case, without the number that a code ends in and what follows a comma.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) column: &'static str,
    pub(super) terms: &'static [&'static [&'static str]],
}

/// The columns of a register.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) id: &'static str,
    pub(super) keys: &'static [(&'static str, Axis)],
    pub(super) counts: &'static [Count],
}

const PLACE: (&str, Axis) = ("kommunenr", Axis::Region);
const YEAR: (&str, Axis) = ("year", Axis::Year);

const fn count(column: &'static str, terms: &'static [&'static [&'static str]]) -> Count {
    Count { column, terms }
}

const IMMIGRATION: &[&str] = &["innvandring", "innvandringer", "innvandringar", "immigration"];
const EMIGRATION: &[&str] = &["utvandring", "utvandringer", "utvandringar", "emigration"];
const MOVED_IN: &[&str] = &["tilflytting", "innflytting", "innflyttinger", "innflyttingar", "in-migration"];
const MOVED_OUT: &[&str] = &["fraflytting", "utflytting", "utflyttinger", "utflyttingar", "out-migration"];
const BIRTHS: &[&str] =
    &["fodte", "fødte", "fødde", "levendefodte", "levendefødte", "levandefødde", "births", "live births"];
const DEATHS: &[&str] = &["dode", "døde", "deaths"];
const PERSONS: &[&str] = &["personer", "personar", "persons", "folkemengde", "folkemengd", "personer 16 år og over"];
const AT_WORK: &[&str] = &["sysselsatte etter arbeidssted", "sysselsatte personer etter arbeidssted"];
const AT_HOME: &[&str] = &["sysselsatte etter bosted", "sysselsatte personer etter bosted"];

/// All of them.
pub(super) const FORMS: [Form; 14] = [
    Form { id: "population", keys: &[PLACE, YEAR, ("age", Axis::Age)], counts: &[count("total", &[PERSONS])] },
    Form { id: "age_bands", keys: &[PLACE, YEAR], counts: &[count("total", &[PERSONS])] },
    Form {
        id: "change",
        keys: &[PLACE, YEAR],
        counts: &[
            count("births", &[BIRTHS]),
            count("deaths", &[DEATHS]),
            count("in_migration", &[IMMIGRATION, MOVED_IN]),
            count("out_migration", &[EMIGRATION, MOVED_OUT]),
        ],
    },
    Form { id: "jobs", keys: &[PLACE, YEAR, ("industry", Axis::Part)], counts: &[count("jobs", &[AT_WORK])] },
    Form {
        id: "commuting",
        keys: &[YEAR, ("work_kommunenr", Axis::Workplace), ("home_kommunenr", Axis::Residence)],
        counts: &[count("employed", &[&["sysselsatte", "sysselsatte personer", "employed persons"]])],
    },
    Form {
        id: "commuting_totals",
        keys: &[PLACE, YEAR],
        counts: &[
            count("workplaces", &[AT_WORK]),
            count("employed_residents", &[AT_HOME]),
            count("live_and_work", &[&[]]),
        ],
    },
    Form { id: "education", keys: &[PLACE, YEAR, ("level", Axis::Part)], counts: &[count("persons", &[PERSONS])] },
    Form {
        id: "employment",
        keys: &[PLACE, YEAR],
        counts: &[count("employed", &[AT_HOME]), count("population", &[&["personer i alt", "befolkning"]])],
    },
    Form { id: "neet", keys: &[PLACE, YEAR], counts: &[count("outside", &[&[]]), count("population", &[&[]])] },
    Form { id: "fertility", keys: &[PLACE, YEAR, ("age", Axis::Age)], counts: &[count("births", &[BIRTHS])] },
    Form {
        id: "mortality",
        keys: &[PLACE, YEAR, ("sex", Axis::Sex), ("age", Axis::Age)],
        counts: &[count("deaths", &[DEATHS])],
    },
    Form {
        id: "migration",
        keys: &[PLACE, YEAR, ("sex", Axis::Sex), ("age", Axis::Age)],
        counts: &[count("in_migration", &[IMMIGRATION, MOVED_IN]), count("out_migration", &[EMIGRATION, MOVED_OUT])],
    },
    Form {
        id: "centrality",
        keys: &[PLACE, ("name", Axis::Part), ("edition", Axis::Part)],
        counts: &[count("index", &[&[]]), count("class", &[&[]])],
    },
    Form { id: "regions", keys: &[PLACE, ("region", Axis::Part)], counts: &[] },
];

impl Form {
    /// The form of a register.
    pub(super) fn of(id: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.id == id)
    }

    /// All columns that must be there.
    pub(super) fn columns(&self) -> Vec<&'static str> {
        self.keys.iter().map(|(name, _)| *name).chain(self.counts.iter().map(|count| count.column)).collect()
    }

    /// Whether its figures are counts that add up over municipalities.
    pub(super) fn adds_up(&self) -> bool {
        !matches!(self.id, "centrality" | "regions")
    }
}

/// Whether a code or label is one of some names.
pub(super) fn is_named(text: &str, names: &[&str]) -> bool {
    let text = text.trim().to_lowercase();
    let head = text.split_once(',').map_or(text.as_str(), |(head, _)| head).trim();
    let bare = head.trim_end_matches(|letter: char| letter.is_ascii_digit());
    names.iter().any(|name| [text.as_str(), head, bare].contains(name))
}

/// The level of education that a code or label of Statistics Norway (table 09429, and its page of municipalities) is.
///
/// The codes are those of the dimension `Nivaa`; short and long higher education are both `higher`.
pub(super) fn level(code: &str, label: &str) -> Option<&'static str> {
    let by_code = match code.trim() {
        "00" => Some("all"),
        "01" => Some("basic"),
        "02a" => Some("upper_secondary"),
        "11" => Some("vocational_tertiary"),
        "03a" | "04a" => Some("higher"),
        "09a" => Some("unspecified"),
        _ => None,
    };
    let label = label.trim().to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| label.starts_with(word));
    by_code.or(if label.contains('%') || label.contains("prosent") || label.contains("percent") {
        None
    } else if starts(&["alle nivå", "utdanningsnivå i alt", "i alt", "total"]) {
        Some("all")
    } else if starts(&["grunnskole", "grunnskule", "basic school"]) {
        Some("basic")
    } else if starts(&["videregående", "vidaregåande", "upper secondary"]) {
        Some("upper_secondary")
    } else if starts(&["fagskole", "fagskule", "tertiary vocational"]) {
        Some("vocational_tertiary")
    } else if starts(&["univ", "higher education"]) {
        Some("higher")
    } else if starts(&["uoppgitt", "unknown", "unspecified"]) {
        Some("unspecified")
    } else {
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_statistics_norway_writes_them() {
        for (text, names) in [
            ("Fodte2", BIRTHS),
            ("Levendefødte", BIRTHS),
            ("Tilflytting7", MOVED_IN),
            ("Innflytting, innenlandsk", MOVED_IN),
            ("Personer1", PERSONS),
        ] {
            assert!(is_named(text, names), "{text}");
        }
        assert!(!is_named("Nettoinnflytting9", MOVED_IN));
        assert!(!is_named("Fødselsoverskudd", BIRTHS));
    }

    #[test]
    fn levels_of_education() {
        assert_eq!(level("04a", "Universitets- og høgskolenivå, lang"), Some("higher"));
        assert_eq!(level("Univ/høgskole", "Univ/høgskole"), Some("higher"));
        assert_eq!(level("UH %", "UH %"), None);
        assert_eq!(level("Grunnskole %", "Grunnskole %"), None);
        assert_eq!(level("Alle nivåer", "Alle nivåer"), Some("all"));
    }
}
