//! The contact log that a project names, and when its fieldwork takes place.

use super::toml::{self, Section};
use super::{Expected, Place, ProjectProblem, read_file};

/// The files of the contact log. They hold names and addresses: `track` reads them, and of them `run` reads only who
/// withdrew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactFiles {
    /// One row per person.
    pub persons: String,
    /// What happened to whom: invited, reminded, bounced, answered.
    pub events: Option<String>,
    /// Codes of people who withdrew and are known by a self-made code alone.
    pub withdrawn: Option<String>,
}

/// When fieldwork opens and closes each year, as `MM-DD`. What is not given follows from the last closing date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The first day on which a form can be answered.
    pub opens: Option<String>,
    /// The last day.
    pub closes: Option<String>,
    /// The days of reminders.
    pub reminders: Option<Vec<String>>,
    /// The day by which the figures are computed and read through.
    pub analysis: Option<String>,
    /// The day on which they are published.
    pub publication: Option<String>,
}

pub(super) fn read_contacts(root: &Section<'_, '_>, places: &mut Vec<Place>) -> Option<ContactFiles> {
    let section = if root.has("contacts") { root.section("contacts")? } else { return None };
    let persons = read_file(&section, "persons", places);
    let events = if section.has("events") { read_file(&section, "events", places) } else { None };
    let withdrawn = if section.has("withdrawn") { read_file(&section, "withdrawn", places) } else { None };
    section.finish();
    Some(ContactFiles { persons: persons?, events, withdrawn })
}

pub(super) fn read_calendar(root: &Section<'_, '_>) -> Calendar {
    let Some(section) = root.has("calendar").then(|| root.section("calendar")).flatten() else {
        return Calendar::default();
    };
    let day = |key| section.optional(key, Expected::MonthDay, |value| toml::text(value).filter(|day| is_day(day)));
    let calendar = Calendar {
        opens: day("opens"),
        closes: day("closes"),
        reminders: section.optional("reminders", Expected::MonthDays, |value| {
            toml::text_list(value).filter(|days| days.iter().all(|day| is_day(day)))
        }),
        analysis: day("analysis"),
        publication: day("publication"),
    };
    let rising = |first: &Option<String>, second: &Option<String>| match (first, second) {
        (Some(first), Some(second)) => first < second,
        _ => true,
    };
    if !rising(&calendar.opens, &calendar.closes) {
        section.report("closes", ProjectProblem::ClosesBeforeItOpens);
    }
    section.finish();
    calendar
}

/// A day that every year has.
fn is_day(day: &str) -> bool {
    crate::date::is_date(&format!("2001-{day}"))
}
