//! Counties: the first two digits of a code.
//!
//! # Source
//!
//! SSB, KLASS 104, standard for counties; Sámi and Kven names in force in 2024. Districts: Store norske leksikon.

use super::name::fold;

/// A county, and the other names that it has or had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct County {
    /// Its code.
    pub code: u16,
    /// Its name.
    pub name: &'static str,
    /// Names in other languages, abbreviations that prefixes do not find.
    others: &'static [&'static str],
}

const fn county(code: u16, name: &'static str, others: &'static [&'static str]) -> County {
    County { code, name, others }
}

/// No code was ever used for a second county.
static COUNTIES: [County; 34] = [
    county(1, "Østfold", &["Smaalenene"]),
    county(2, "Akershus", &[]),
    county(3, "Oslo", &[]),
    county(4, "Hedmark", &["Hedemarken"]),
    county(5, "Oppland", &["Kristians"]),
    county(6, "Buskerud", &[]),
    county(7, "Vestfold", &["Jarlsberg og Larvik"]),
    county(8, "Telemark", &["Bratsberg"]),
    county(9, "Aust-Agder", &["Nedenes"]),
    county(10, "Vest-Agder", &["Lister og Mandal"]),
    county(11, "Rogaland", &["Stavanger"]),
    county(12, "Hordaland", &["Søndre Bergenhus"]),
    county(13, "Bergen", &[]),
    county(14, "Sogn og Fjordane", &["Nordre Bergenhus"]),
    county(15, "Møre og Romsdal", &["Romsdal", "M&R", "MR"]),
    county(16, "Sør-Trøndelag", &["Søndre Trondhjem", "ST"]),
    county(17, "Nord-Trøndelag", &["Nordre Trondhjem", "NT"]),
    county(18, "Nordland", &["Nordlánnda"]),
    county(19, "Troms", &["Romsa", "Tromssa", "Tromsø"]),
    county(20, "Finnmark", &["Finnmárku", "Finmarkku", "Finmarken"]),
    county(30, "Viken", &[]),
    county(31, "Østfold", &[]),
    county(32, "Akershus", &[]),
    county(33, "Buskerud", &[]),
    county(34, "Innlandet", &[]),
    county(38, "Vestfold og Telemark", &[]),
    county(39, "Vestfold", &[]),
    county(40, "Telemark", &[]),
    county(42, "Agder", &[]),
    county(46, "Vestland", &[]),
    county(50, "Trøndelag", &["Trööndelage"]),
    county(54, "Troms og Finnmark", &["Romsa ja Finnmárku"]),
    county(55, "Troms", &["Romsa", "Tromssa"]),
    county(56, "Finnmark", &["Finnmárku", "Finmarkku"]),
];

/// Districts that tell municipalities of one name apart, with the county that they were in: "Våler i Solør".
static DISTRICTS: [(&str, u16); 34] = [
    ("Follo", 2),
    ("Romerike", 2),
    ("Hedmarken", 4),
    ("Glåmdalen", 4),
    ("Solør", 4),
    ("Østerdalen", 4),
    ("Gudbrandsdalen", 5),
    ("Hadeland", 5),
    ("Land", 5),
    ("Toten", 5),
    ("Valdres", 5),
    ("Hallingdal", 6),
    ("Numedal", 6),
    ("Ringerike", 6),
    ("Jæren", 11),
    ("Ryfylke", 11),
    ("Hardanger", 12),
    ("Nordhordland", 12),
    ("Sunnhordland", 12),
    ("Voss", 12),
    ("Nordfjord", 14),
    ("Sogn", 14),
    ("Sunnfjord", 14),
    ("Nordmøre", 15),
    ("Sunnmøre", 15),
    ("Fosen", 16),
    ("Gauldalen", 16),
    ("Innherred", 17),
    ("Namdalen", 17),
    ("Helgeland", 18),
    ("Lofoten", 18),
    ("Ofoten", 18),
    ("Salten", 18),
    ("Vesterålen", 18),
];

impl County {
    /// The county of a code of two digits.
    #[must_use]
    pub fn get(code: u16) -> Option<&'static Self> {
        Self::all().find(|county| county.code == code)
    }

    /// All that ever were.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        COUNTIES.iter()
    }

    /// Whether a text means this county: its name, one of its other names, or the beginning of one ("Hedm.").
    #[must_use]
    pub fn is_called(&self, text: &str) -> bool {
        let text = fold(text);
        let text = text.strip_suffix("fylkeskommune").or_else(|| text.strip_suffix("fylke")).unwrap_or(&text);
        let mut names = std::iter::once(self.name).chain(self.others.iter().copied());
        text.chars().count() >= 2 && names.any(|name| fold(name).starts_with(text))
    }

    /// Whether a text means this county, or a district in it.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        let district = fold(text);
        self.is_called(text) || DISTRICTS.iter().any(|(name, code)| *code == self.code && fold(name) == district)
    }
}
