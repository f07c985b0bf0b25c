//! The fields of a project that names none.

use super::Field;
use crate::text::Text;

/// Id, name, beginnings of STYRK-08 codes, beginnings of NUS2000 codes without the digit of the level.
type Row = (&'static str, [&'static str; 3], &'static [&'static str], &'static [&'static str]);

const FIELDS: [Row; 10] = [
    (
        "health",
        ["Helse, omsorg og sosiale tjenester", "Helse, omsorg og sosiale tenester", "Health, care and social services"],
        &["1342", "1343", "1344", "22", "2634", "2635", "32", "3412", "532"],
        &["6"],
    ),
    (
        "teaching",
        ["Barnehage, skole og opplæring", "Barnehage, skule og opplæring", "Kindergarten, school and training"],
        &["1341", "1345", "23", "5165", "531"],
        &["2"],
    ),
    (
        "construction",
        ["Bygg, anlegg og elektro", "Bygg, anlegg og elektro", "Construction and electrical work"],
        &["1323", "3123", "71", "74", "8342", "8343", "9312", "9313"],
        &["57"],
    ),
    (
        "industry",
        [
            "Industri, bergverk og mekaniske fag",
            "Industri, bergverk og mekaniske fag",
            "Manufacturing, mining and mechanics",
        ],
        &["1321", "1322", "3121", "3122", "313", "72", "73", "75", "81", "82", "9311", "932"],
        &["55", "58"],
    ),
    (
        "technology",
        ["Teknikk, realfag og IKT", "Teknikk, realfag og IKT", "Engineering, science and ICT"],
        &["1223", "1330", "21", "25", "311", "3141", "35"],
        &["5"],
    ),
    (
        "land",
        [
            "Jordbruk, skogbruk, fiske og natur",
            "Jordbruk, skogbruk, fiske og natur",
            "Farming, forestry, fishing and nature",
        ],
        &["131", "213", "2250", "3142", "3143", "3240", "5164", "6", "8341", "92"],
        &["67", "7"],
    ),
    (
        "transport",
        ["Transport og lager", "Transport og lager", "Transport and storage"],
        &["1324", "315", "3331", "432", "4412", "83", "9331", "9333", "9621"],
        &["81"],
    ),
    (
        "trade",
        [
            "Handel, reiseliv, renhold og service",
            "Handel, reiseliv, reinhald og service",
            "Trade, tourism, cleaning and service",
        ],
        &[
            "1221", "14", "2433", "2434", "332", "3332", "3434", "4221", "4224", "51", "52", "91", "9334", "94", "95",
            "96",
        ],
        &["8"],
    ),
    (
        "administration",
        [
            "Ledelse, økonomi og administrasjon",
            "Leiing, økonomi og administrasjon",
            "Management, finance and administration",
        ],
        &["1", "24", "261", "2631", "2632", "33", "4"],
        &["3", "4"],
    ),
    (
        "culture",
        [
            "Kultur, beredskap og andre yrker",
            "Kultur, beredskap og andre yrke",
            "Culture, emergency services and other occupations",
        ],
        &["0", "26", "3355", "34", "54"],
        &["0", "1"],
    ),
];

/// The fields that are used where a project names none: ten that together hold every occupation.
///
/// Two-digit fields of education that are not told apart here go with their broad field: construction is 57, manufacturing and
/// mechanics 55 and 58, the rest of 5 engineering, science and ICT. Educations without a field (9) belong to none.
#[must_use]
pub fn default_fields() -> Vec<Field> {
    let list = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    let field = |(id, [nb, nn, en], occupations, educations): Row| Field {
        id: id.into(),
        name: Text::new(nb, nn, en),
        occupations: list(occupations),
        educations: list(educations),
    };
    FIELDS.into_iter().map(field).collect()
}
