//! Who is due: which cohorts meet which wave in a year, how many they are and how many of them can be reached.

use super::people::People;
use super::{ratio, sum};
use crate::problem::{Privacy, Problem, Problems, Severity};
use crate::project::{Loaded, Project};
use crate::register::cohort::{birth_year, meetings};
use crate::register::{Consent, EventKind, RegisterProblem, Sex};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A cohort of one municipality, or of the region, that meets a wave in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Due {
    /// The year in which it left 10th grade.
    pub cohort: u16,
    /// The year in which most of it were born.
    pub birth_year: u16,
    /// Id of the wave.
    pub wave: String,
    /// The year in which it is asked.
    pub year: u16,
    /// Code of the home municipality; of the region its id.
    pub municipality: String,
    /// N: how many it was where it grew up, by the population register. Null where the register has no number.
    pub population: Option<u64>,
    /// Girls among them.
    pub population_female: Option<u64>,
    /// Boys among them.
    pub population_male: Option<u64>,
    /// How many the class or invitation list has; null without one.
    pub listed: Option<u64>,
    /// How many the contact log has; null without one, as all that follows from it.
    pub contacts: Option<u64>,
    /// With a consent that holds on the day.
    pub consented: Option<u64>,
    /// With an address to write to as well.
    pub reachable: Option<u64>,
    /// Girls and women among those who can be reached.
    pub reachable_female: Option<u64>,
    /// Boys and men among them.
    pub reachable_male: Option<u64>,
    /// Invited in this wave and year.
    pub invited: Option<u64>,
    /// Reminded.
    pub reminded: Option<u64>,
    /// What was sent came back.
    pub bounced: Option<u64>,
    /// Answered: rows that count, or, for a year without answers yet, those the log says did.
    pub answered: Option<u64>,
    /// listed / population.
    pub coverage_listed: Option<f64>,
    /// contacts / population.
    pub coverage_contacts: Option<f64>,
    /// reachable / population.
    pub coverage_reachable: Option<f64>,
}

pub(super) fn rows(
    loaded: &Loaded,
    people: &People<'_>,
    years: RangeInclusive<u16>,
    problems: &mut Problems,
) -> Vec<Due> {
    let project = &loaded.project;
    let age = project.population.age;
    let mut missing: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    let mut rows = Vec::new();
    for meeting in years.flat_map(|year| meetings(project, year)) {
        for (place, municipality) in project.municipalities.iter().enumerate() {
            let size = loaded.cohort_size(meeting, place);
            let codes = missing.entry(meeting.cohort).or_default();
            if size.population.is_none() && !codes.contains(&municipality.code.as_str()) {
                codes.push(&municipality.code);
            }
            let asked = (meeting.year, meeting.wave);
            let members: Vec<usize> = people.members(meeting.cohort, place);
            let known = people.contacts;
            let count = |test: &dyn Fn(usize) -> bool| {
                known.map(|_| members.iter().filter(|person| test(**person)).count() as u64)
            };
            let has = |kind| {
                known.and_then(|contacts| {
                    contacts.events.as_ref()?;
                    count(&|person| contacts.has(person, asked, kind))
                })
            };
            let can_be_reached =
                |person: usize| known.is_some_and(|contacts| contacts.address(person, asked, people.day, age).is_ok());
            let is = |person: usize, sex| known.is_some_and(|contacts| contacts.persons[person].sex == sex);
            let contacts = count(&|_| true);
            let reachable = count(&can_be_reached);
            rows.push(Due {
                cohort: meeting.cohort,
                birth_year: birth_year(meeting.cohort, age),
                wave: project.survey.waves[meeting.wave].id.clone(),
                year: meeting.year,
                municipality: municipality.code.clone(),
                population: size.population,
                population_female: size.female,
                population_male: size.male,
                listed: size.listed,
                contacts,
                consented: count(&|person| {
                    known.is_some_and(|contacts| contacts.persons[person].consent(people.day) == Consent::Valid)
                }),
                reachable,
                reachable_female: count(&|person| can_be_reached(person) && is(person, Sex::Female)),
                reachable_male: count(&|person| can_be_reached(person) && is(person, Sex::Male)),
                invited: has(EventKind::Invited),
                reminded: has(EventKind::Reminded),
                bounced: has(EventKind::Bounced),
                answered: match project.survey.rounds.iter().any(|round| round.year == meeting.year) {
                    true => Some(
                        people
                            .rows(meeting.year, meeting.wave)
                            .filter(|row| people.records[*row].municipality == place)
                            .count() as u64,
                    ),
                    false => has(EventKind::Answered),
                },
                coverage_listed: ratio(size.listed, size.population),
                coverage_contacts: ratio(contacts, size.population),
                coverage_reachable: ratio(reachable, size.population),
            });
        }
    }
    for (cohort, codes) in missing.into_iter().filter(|(_, codes)| !codes.is_empty()) {
        let what = RegisterProblem::CohortMissing { age, cohort };
        let problem = Problem::error(&project.population.data, what).column("kommunenr");
        let problem = problem.value(codes.join(", "), Privacy::Open);
        problems.push(Problem { severity: Severity::Warning, ..problem });
    }
    rows
}

/// The rows of each wave and year put together.
pub(super) fn totals(project: &Project, rows: &[Due]) -> Vec<Due> {
    let total = |rows: &[Due]| {
        let add = |field: fn(&Due) -> Option<u64>| sum(rows.iter().map(field));
        let population = add(|row| row.population);
        let (listed, contacts, reachable) = (add(|row| row.listed), add(|row| row.contacts), add(|row| row.reachable));
        Due {
            municipality: project.id.clone(),
            population,
            population_female: add(|row| row.population_female),
            population_male: add(|row| row.population_male),
            listed,
            contacts,
            consented: add(|row| row.consented),
            reachable,
            reachable_female: add(|row| row.reachable_female),
            reachable_male: add(|row| row.reachable_male),
            invited: add(|row| row.invited),
            reminded: add(|row| row.reminded),
            bounced: add(|row| row.bounced),
            answered: add(|row| row.answered),
            coverage_listed: ratio(listed, population),
            coverage_contacts: ratio(contacts, population),
            coverage_reachable: ratio(reachable, population),
            ..rows[0].clone()
        }
    };
    rows.chunk_by(|a, b| (a.year, &a.wave) == (b.year, &b.wave)).map(total).collect()
}
