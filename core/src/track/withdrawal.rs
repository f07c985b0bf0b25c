//! What was published with the answers of those who withdrew.
//!
//! What is published stands; it cannot be taken back. But whoever withdraws may be told where they were one of many, and no
//! later figure counts them.

use crate::disclosure::release::Atom;
use crate::project::{Loaded, Project};
use crate::register::{Consent, Contacts, EventKind, Owners};
use serde::Serialize;
use std::collections::BTreeMap;

/// Somebody who withdrew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// The file that says so: of the contact log, or of codes.
    pub file: String,
    /// The line in it.
    pub line: u64,
    /// The cohort, where the file gives it.
    pub cohort: Option<u16>,
    /// Code of the home municipality, where the file gives it.
    pub municipality: Option<String>,
    /// The day of withdrawal, where the file gives it.
    pub withdrawn_date: Option<String>,
    /// In which waves the person took part.
    pub took_part: Vec<TookPart>,
    /// Published figures with answers of the person's municipality, wave and year.
    pub published: Vec<PublishedFigure>,
}

/// A wave in which a person took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TookPart {
    /// The year.
    pub year: u16,
    /// Id of the wave.
    pub wave: String,
    /// Code of the home municipality of the answer.
    pub municipality: String,
    /// How that is known: `answers`, `contact_log`, or `possible`: neither says so, and the cohort was asked before the
    /// withdrawal.
    pub known_by: &'static str,
}

/// A published figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedFigure {
    /// Number of the release.
    pub release: u64,
    /// Its date.
    pub date: String,
    /// Id of the indicator.
    pub indicator: String,
    /// Which of its figures.
    pub figure: String,
    /// Id of the wave.
    pub wave: String,
    /// The period, as published.
    pub period: String,
    /// The area, as published.
    pub area: String,
    /// Whether a figure is shown, or its place only.
    pub shown: bool,
}

/// Year, wave and municipality of an answer.
type Part = (u16, String, String);

pub(super) fn rows(loaded: &Loaded, contacts: &Contacts, day: &str) -> Vec<Withdrawal> {
    let project = &loaded.project;
    let owners = Owners::new(loaded, contacts);
    let mut found = Vec::new();
    for (position, contact) in contacts.persons.iter().enumerate() {
        if contact.consent(day) != Consent::Withdrawn {
            continue;
        }
        let date = contact.withdrawn_date.clone();
        let municipality = project.municipalities[contact.municipality].code.clone();
        let parts = parts_of_contact(loaded, &owners, contacts, position);
        let (cohort, municipality) = (Some(contact.cohort), Some(municipality));
        found.push(row(loaded, (&contacts.file, contact.line), (cohort, municipality), date, parts));
    }
    for code in contacts.withdrawn_codes.iter().filter(|code| code.holds(day)) {
        let parts = answers(loaded, &|round, record| owners.withdrawn_code(round, record) == Some(code));
        let municipality = code.municipality.map(|place| project.municipalities[place].code.clone());
        found.push(row(loaded, (&code.file, code.line), (code.cohort, municipality), code.date.clone(), parts));
    }
    found
}

/// The answers of somebody.
fn answers(loaded: &Loaded, is_own: &dyn Fn(usize, usize) -> bool) -> BTreeMap<Part, &'static str> {
    let survey = &loaded.project.survey;
    let mut parts = BTreeMap::new();
    for (round, table) in loaded.tables.iter().enumerate() {
        let columns = table.column(&survey.roles.wave).zip(table.column(&survey.roles.home));
        let Some((wave, home)) = columns else { continue };
        for record in (0..table.len()).filter(|record| is_own(round, *record)) {
            let wave = wave.code(record).ok().and_then(|code| survey.waves.iter().find(|wave| wave.code == code));
            if let Some((wave, home)) = wave.zip(home.code(record).ok()) {
                parts.insert((survey.rounds[round].year, wave.id.clone(), home.to_owned()), "answers");
            }
        }
    }
    parts
}

fn parts_of_contact(
    loaded: &Loaded,
    owners: &Owners<'_>,
    contacts: &Contacts,
    position: usize,
) -> BTreeMap<Part, &'static str> {
    let (project, contact) = (&loaded.project, &contacts.persons[position]);
    let home = &project.municipalities[contact.municipality].code;
    let is_own = |round, record| owners.position(round, record) == Some(position);
    let mut parts = answers(loaded, &is_own);
    for event in contacts.events.iter().flatten() {
        let wave = &project.survey.waves[event.wave].id;
        let told = parts.keys().any(|(year, other, _)| (*year, other) == (event.year, wave));
        if event.person == position && event.kind == EventKind::Answered && !told {
            parts.insert((event.year, wave.clone(), home.clone()), "contact_log");
        }
    }
    if parts.is_empty() {
        let until = contact.withdrawn_date.as_deref().and_then(|date| date.get(..4)).unwrap_or_default();
        for round in project.survey.rounds.iter().filter(|round| round.year.to_string().as_str() <= until) {
            for wave in project.survey.waves.iter().filter(|wave| Project::cohort(wave, round.year) == contact.cohort) {
                parts.insert((round.year, wave.id.clone(), home.clone()), "possible");
            }
        }
    }
    parts
}

fn row(
    loaded: &Loaded,
    (file, line): (&str, u64),
    (cohort, municipality): (Option<u16>, Option<String>),
    withdrawn_date: Option<String>,
    parts: BTreeMap<Part, &'static str>,
) -> Withdrawal {
    let mut published = Vec::new();
    for release in &loaded.ledger.releases {
        for figure in &release.figures {
            let is_in = |atom: &Atom| parts.contains_key(&(atom.year, figure.wave.clone(), atom.municipality.clone()));
            if figure.atoms.iter().any(is_in) {
                published.push(PublishedFigure {
                    release: release.number,
                    date: release.date.clone(),
                    indicator: figure.indicator.clone(),
                    figure: figure.figure.clone(),
                    wave: figure.wave.clone(),
                    period: figure.period.clone(),
                    area: figure.area.clone(),
                    shown: figure.is_shown(),
                });
            }
        }
    }
    let took_part =
        parts.into_iter().map(|((year, wave, municipality), known_by)| TookPart { year, wave, municipality, known_by });
    Withdrawal {
        file: file.to_owned(),
        line,
        cohort,
        municipality,
        withdrawn_date,
        took_part: took_part.collect(),
        published,
    }
}
