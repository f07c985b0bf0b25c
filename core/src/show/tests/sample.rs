//! Published cubes as `disclosure::protect` makes them, with invented values.

use crate::cube::{About, Category, Cell, Cube, Dimension, Measure, Role, Source, Status};
use crate::disclosure::SafeCube;
use crate::text::Text;

/// The measures of a public cube.
const MEASURES: [(&str, &str); 6] = [
    ("band", "band"),
    ("bands", "band"),
    ("share", "percent"),
    ("ci_lower", "percent"),
    ("ci_upper", "percent"),
    ("n", "persons"),
];

pub(super) fn dimension(id: &str, label: Text, role: Role, categories: &[(&str, Text)]) -> Dimension {
    let categories =
        categories.iter().map(|(code, label)| Category { code: (*code).into(), label: label.clone() }).collect();
    Dimension { id: id.into(), label, role, categories }
}

pub(super) fn cell(status: Status, values: [Option<f64>; 6]) -> Cell {
    Cell { status, values: values.to_vec() }
}

pub(super) fn band(band: i32, bands: i32) -> Cell {
    cell(Status::Band, [Some(band.into()), Some(bands.into()), None, None, None, None])
}

pub(super) fn hidden() -> Cell {
    cell(Status::Hidden, [None; 6])
}

fn absent() -> Cell {
    cell(Status::Absent, [None; 6])
}

pub(super) fn exact(share: i32, lower: i32, upper: i32, n: i32) -> Cell {
    let values = [None, None, Some(share.into()), Some(lower.into()), Some(upper.into()), Some(n.into())];
    cell(Status::Exact, values)
}

pub(super) fn end(status: Status, limit: i32, n: i32) -> Cell {
    cell(status, [None, None, Some(limit.into()), None, None, Some(n.into())])
}

pub(super) fn about() -> About {
    About {
        base: Text::new(
            "Andel som er litt eller helt enig i «Jeg kunne tenke meg å bo i Indre Namdal som voksen», blant dem som svarte \
             fra 1 til 5. Gjelder unge som vokste opp i Indre Namdal; i de to eldste gruppene bare dem som bor andre steder.",
            "Del som er litt eller heilt einig i «Eg kunne tenkje meg å bu i Indre Namdal som vaksen», blant dei som svarte \
             frå 1 til 5. Gjeld unge som voks opp i Indre Namdal; i dei to eldste gruppene berre dei som bur andre stader.",
            "Share who somewhat or fully agree with “I could imagine living in Indre Namdal as an adult”, among those who \
             answered from 1 to 5. Young people who grew up in Indre Namdal; in the two oldest groups only those who live \
             elsewhere.",
        ),
        sources: vec![
            Source {
                name: Text::new(
                    "Ungdomsundersøkelsen i Indre Namdal (oppdiktede svar)",
                    "Ungdomsundersøkinga i Indre Namdal (oppdikta svar)",
                    "Youth survey of Indre Namdal (invented answers)",
                ),
                date: "2026-11-21".into(),
                licence: String::new(),
            },
            Source {
                name: Text::new(
                    "Statistisk sentralbyrå, tabell 07459, befolkning",
                    "Statistisk sentralbyrå, tabell 07459, folkemengd",
                    "Statistics Norway, table 07459, population",
                ),
                date: "2026-02-24".into(),
                licence: "CC BY 4.0".into(),
            },
        ],
        method: Text::new(
            "Kommunene er vektet med hvor mange som vokste opp der.",
            "Kommunane er vekta med kor mange som voks opp der.",
            "Municipalities are weighted by how many grew up there.",
        ),
        protection: Text::new(
            "Grupper med færre enn 10 svar vises ikke. Grupper med 10 til 19 svar vises i tredeler, større grupper i femdeler.",
            "Grupper med færre enn 10 svar blir ikkje viste. Grupper med 10 til 19 svar blir viste i tredelar, større grupper i femdelar.",
            "Groups with fewer than 10 answers are not shown. Groups with 10 to 19 answers are shown in thirds, larger groups in fifths.",
        ),
        notice: Text::new(
            "Eksempel: Svarene er oppdiktet.",
            "Eksempel: Svara er oppdikta.",
            "Example: the answers are invented.",
        ),
        updated: "2026-11-21".into(),
        valid_until: "2027-12-01".into(),
        policy: "small-cohorts".into(),
    }
}

/// A cube of waves × periods × areas from its cells.
pub(super) fn cube(waves: &[(&str, Text)], periods: &[&str], areas: &[(&str, Text)], cells: Vec<Cell>) -> SafeCube {
    let periods: Vec<(&str, Text)> =
        periods.iter().map(|period| (*period, Text::same(&period.replace('-', "–")))).collect();
    let dimensions = vec![
        dimension("wave", Text::new("Gruppe", "Gruppe", "Group"), Role::Other, waves),
        dimension("period", Text::new("År", "År", "Year"), Role::Time, &periods),
        dimension("area", Text::new("Kommune", "Kommune", "Municipality"), Role::Geo, areas),
    ];
    let measures = MEASURES
        .iter()
        .map(|(id, unit)| Measure { id: (*id).into(), label: Text::same(id), unit: (*unit).into(), decimals: 0 })
        .collect();
    SafeCube::vouch(Cube {
        id: "return_intent".into(),
        title: Text::new(
            "Kan tenke seg å bo i Indre Namdal som voksen",
            "Kan tenkje seg å bu i Indre Namdal som vaksen",
            "Could imagine living in Indre Namdal as an adult",
        ),
        dimensions,
        measures,
        cells,
        about: about(),
    })
}

/// The four waves.
pub(super) fn waves() -> [(&'static str, Text); 4] {
    [
        ("w1", Text::new("10. klasse", "10. klasse", "10th grade")),
        ("w2", Text::new("3. året på videregående", "3. året på vidaregåande", "Third year of upper secondary")),
        (
            "w3",
            Text::new(
                "Fem år etter videregående, bor andre steder",
                "Fem år etter vidaregåande, bur andre stader",
                "Five years after upper secondary, living elsewhere",
            ),
        ),
        (
            "w4",
            Text::new(
                "Ti år etter videregående, bor andre steder",
                "Ti år etter vidaregåande, bur andre stader",
                "Ten years after upper secondary, living elsewhere",
            ),
        ),
    ]
}

/// The region as it is published: fifths by year, thirds in pooled years, one year hidden, one wave hidden altogether.
pub(super) fn region() -> SafeCube {
    let cells = [
        [band(3, 5), band(4, 5), band(3, 5), hidden(), absent(), absent()],
        [band(2, 5), hidden(), band(3, 5), band(2, 5), absent(), absent()],
        [absent(), absent(), absent(), absent(), band(2, 3), band(1, 3)],
        [absent(), absent(), absent(), absent(), hidden(), hidden()],
    ];
    let periods = ["2023", "2024", "2025", "2026", "2023-2024", "2025-2026"];
    cube(&waves(), &periods, &[("r", Text::same("Indre Namdal"))], cells.concat())
}

/// A larger unit with exact figures and coded ends, one wave, several areas.
pub(super) fn county() -> SafeCube {
    let areas = [
        ("a", Text::same("Trøndelag")),
        ("b", Text::same("Innlandet")),
        ("c", Text::same("Raarvihke – Røyrvik")),
        ("d", Text::same("Gielevaerie")),
    ];
    let cells = vec![exact(61, 54, 68, 1312), end(Status::Under, 8, 64), end(Status::Over, 92, 64), band(1, 3)];
    let mut county = (*cube(&waves()[..1], &["2026"], &areas, cells)).clone();
    county.id = "county_intent".into();
    SafeCube::vouch(county)
}

/// Nothing is shown.
pub(super) fn nothing() -> SafeCube {
    cube(&waves()[..2], &["2026"], &[("r", Text::same("Indre Namdal"))], vec![hidden(), hidden()])
}
