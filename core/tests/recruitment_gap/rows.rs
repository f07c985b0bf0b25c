//! Rows of registers, as short as can be.

use bygdepuls_core::register::recruitment::{
    Area, Business, Course, Cv, Day, Field, Outlook, Recruitment, Staff, Stratum, Wants,
};
use bygdepuls_core::text::Text;

pub(crate) fn day(iso: &str) -> Day {
    Day::iso(iso).unwrap()
}

/// Two fields, two municipalities, one area of both and one of the second.
pub(crate) fn recruitment(staff: Vec<Staff>) -> Recruitment {
    let field = |id: &str| Field { id: id.into(), name: Text::same(id), occupations: vec![], educations: vec![] };
    let area = |id: &str, municipalities| Area { id: id.into(), name: Text::same(id), municipalities };
    Recruitment {
        municipalities: vec!["5042".into(), "5043".into()],
        areas: vec![area("a", vec![0, 1]), area("b", vec![1])],
        fields: vec![field("health"), field("teaching")],
        staff: Some(staff),
        ..Recruitment::new("project.toml", day("2026-11-22"))
    }
}

pub(crate) fn staff(line: u32, field: u8, age: u8, persons: u32) -> Staff {
    Staff {
        line,
        day: day("2025-12-01"),
        person: None,
        employer: 0,
        place: 0,
        occupation: 2221,
        field,
        age: Some(age),
        persons,
        contract: None,
    }
}

pub(crate) fn stratum(code: &str, businesses: u32) -> Stratum {
    Stratum { code: code.into(), businesses, employed: 10 * businesses }
}

pub(crate) fn business(line: u32, stratum: u16, outlook: Vec<Outlook>) -> Business {
    Business {
        line,
        stratum,
        place: 0,
        employed: 5,
        shortages: Vec::new(),
        failed: None,
        lower: None,
        difficulty: None,
        expects: None,
        outlook,
    }
}

pub(crate) fn outlook(field: u8, years: u8, expansion: i32) -> Outlook {
    Outlook { occupation: 2221, field, years, expansion }
}

/// Somebody who stated nothing.
pub(crate) fn cv(line: u32, field: u8) -> Cv {
    Cv {
        line,
        person: format!("p{line}"),
        name: String::new(),
        email: String::new(),
        phone: String::new(),
        home: 0,
        cohort: Some(2019),
        education: String::new(),
        occupation: 2221,
        field,
        experience: None,
        done: None,
        wants: Wants::Now,
        wave: None,
        intent: None,
        lives_here: false,
        shared: true,
        until: None,
    }
}

/// Somebody who lives elsewhere and stated an intent.
pub(crate) fn away(line: u32, field: u8, intent: u8) -> Cv {
    Cv { intent: Some(intent), wave: Some("w2".into()), ..cv(line, field) }
}

pub(crate) fn course(wave: &str, intent: u8, answered: &str, returned: Option<Day>) -> Course {
    Course { wave: wave.into(), intent, answered: day(answered), returned }
}
