//! What was published with the answers of those who withdrew.
//!
//! What is published stands; it cannot be taken back. But whoever withdraws may be told where they were one of many, and no
//! later figure counts them.

use crate::project::cohort::word;
use crate::project::{Loaded, Project};
use crate::register::{Consent, Contact, Contacts, EventKind};
use serde::Serialize;
use std::collections::BTreeMap;

/// Somebody who withdrew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// The line in the contact log.
    pub line: u64,
    /// The cohort.
    pub cohort: u16,
    /// Code of the home municipality.
    pub municipality: String,
    /// The day of withdrawal.
    pub withdrawn_date: String,
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

pub(super) fn rows(loaded: &Loaded, contacts: &Contacts, day: &str) -> Vec<Withdrawal> {
    let withdrew = contacts.persons.iter().enumerate().filter(|(_, one)| one.consent(day) == Consent::Withdrawn);
    withdrew.map(|(position, contact)| row(loaded, contacts, position, contact)).collect()
}

fn row(loaded: &Loaded, contacts: &Contacts, position: usize, contact: &Contact) -> Withdrawal {
    let project = &loaded.project;
    let date = contact.withdrawn_date.clone().unwrap_or_default();
    let code = &project.municipalities[contact.municipality].code;
    let mut took_part: BTreeMap<(u16, String), &'static str> = BTreeMap::new();
    for (round, table) in project.survey.rounds.iter().zip(&loaded.tables) {
        let columns = project.survey.roles.person.as_ref().and_then(|name| table.column(name));
        let Some((person, wave)) = columns.zip(table.column(&project.survey.roles.wave)) else { continue };
        for record in 0..table.len() {
            let is_own = word(person, record).is_some_and(|id| contacts.position(id.trim()) == Some(position));
            let of_code = |code: &str| project.survey.waves.iter().find(|wave| wave.code == code);
            if let Some(wave) = wave.code(record).ok().and_then(of_code).filter(|_| is_own) {
                took_part.insert((round.year, wave.id.clone()), "answers");
            }
        }
    }
    for event in contacts.events.iter().flatten() {
        if event.person == position && event.kind == EventKind::Answered {
            let wave = project.survey.waves[event.wave].id.clone();
            took_part.entry((event.year, wave)).or_insert("contact_log");
        }
    }
    if took_part.is_empty() {
        for round in project.survey.rounds.iter().filter(|round| date.get(..4) >= Some(&round.year.to_string())) {
            for wave in &project.survey.waves {
                if Project::cohort(wave, round.year) == contact.cohort {
                    took_part.insert((round.year, wave.id.clone()), "possible");
                }
            }
        }
    }
    let mut published = Vec::new();
    for release in &loaded.ledger.releases {
        for figure in &release.figures {
            let with = figure.atoms.iter().any(|atom| {
                atom.municipality == *code && took_part.contains_key(&(atom.year, figure.wave.clone()))
            });
            if with {
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
    Withdrawal {
        line: contact.line,
        cohort: contact.cohort,
        municipality: code.clone(),
        withdrawn_date: date,
        took_part: took_part.into_iter().map(|((year, wave), known_by)| TookPart { year, wave, known_by }).collect(),
        published,
    }
}
