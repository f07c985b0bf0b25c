//! Who answered, by cohort, wave, municipality and sex, and who is missing compared to the register.
//!
//! The cohort is a list of people who all may be asked, so nobody is of unknown eligibility, and the rates of the American
//! Association for Public Opinion Research (AAPOR, *Standard Definitions*) become:
//!
//! ```text
//! I  complete: the form was sent in          P  partial: it counts, and was not sent in
//! N  the cohort by the register
//! RR1 = I / N        RR2 = (I + P) / N       missing = N - I - P
//! ```
//!
//! `rate` is RR2. Those who refused, could not be reached or were never invited are all missing.

use super::people::People;
use super::{ratio, sum};
use crate::project::{Loaded, Project};
use crate::register::cohort::{Meeting, meetings};
use crate::register::{EventKind, Sex};
use serde::Serialize;
use std::ops::RangeInclusive;

/// The answers of a cohort of one municipality, or of the region, by sex.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// The year in which it left 10th grade.
    pub cohort: u16,
    /// Id of the wave.
    pub wave: String,
    /// The year in which it was asked.
    pub year: u16,
    /// Code of the home municipality; of the region its id.
    pub municipality: String,
    /// `all`, `female`, `male`, or `other`: another answer or none, of whom the register has no number.
    pub sex: &'static str,
    /// Where the number of answers is from: `answers`, or `contact_log` for a year without answers yet.
    pub source: &'static str,
    /// N: the cohort where it grew up, by the register.
    pub n_population: Option<u64>,
    /// The contact log; null without one.
    pub n_contacts: Option<u64>,
    /// Invited: by the contact log where it has events of this wave and year, otherwise by the class or invitation list.
    pub n_invited: Option<u64>,
    /// Reminded, by the contact log.
    pub n_reminded: Option<u64>,
    /// What was sent came back.
    pub n_bounced: Option<u64>,
    /// Answered: rows that count, I + P.
    pub n_answered: Option<u64>,
    /// I: the form was sent in.
    pub n_complete: Option<u64>,
    /// P: it was not, and counts.
    pub n_partial: Option<u64>,
    /// N less those who answered; below 0 where more answered than the cohort holds.
    pub n_missing: Option<i64>,
    /// RR2: answered / N.
    pub rate: Option<f64>,
    /// RR1: complete / N.
    pub rate_complete: Option<f64>,
    /// answered / invited.
    pub rate_invited: Option<f64>,
    /// The group's part of the cohort of the region.
    pub population_share: Option<f64>,
    /// The group's part of those who answered in the region.
    pub answered_share: Option<f64>,
}

pub(super) fn rows(loaded: &Loaded, people: &People<'_>, due: RangeInclusive<u16>) -> Vec<Response> {
    let project = &loaded.project;
    let rounds: Vec<u16> = project.survey.rounds.iter().map(|round| round.year).collect();
    let in_log = |year: &u16| {
        let events = people.contacts.and_then(|contacts| contacts.events.as_ref());
        !rounds.contains(year) && events.is_some_and(|events| events.iter().any(|event| event.year == *year))
    };
    let mut years: Vec<u16> = rounds.iter().copied().chain(due.filter(in_log)).collect();
    years.sort_unstable();
    let mut rows = Vec::new();
    for meeting in years.into_iter().flat_map(|year| meetings(project, year)) {
        let mut of_wave = Vec::new();
        for place in 0..project.municipalities.len() {
            for sex in [None].into_iter().chain(Sex::ALL.map(Some)) {
                of_wave.push(row(loaded, people, meeting, place, sex));
            }
        }
        let whole = |field: fn(&Response) -> Option<u64>| {
            sum(of_wave.iter().filter(|row: &&Response| row.sex == "all").map(field))
        };
        let (population, answered) = (whole(|row| row.n_population), whole(|row| row.n_answered));
        for row in &mut of_wave {
            row.population_share = ratio(row.n_population, population);
            row.answered_share = ratio(row.n_answered, answered);
        }
        rows.extend(of_wave);
    }
    rows
}

fn row(loaded: &Loaded, people: &People<'_>, meeting: Meeting, place: usize, sex: Option<Sex>) -> Response {
    let project = &loaded.project;
    let size = loaded.cohort_size(meeting, place);
    let asked = (meeting.year, meeting.wave);
    let members: Vec<usize> = people
        .members(meeting.cohort, place)
        .into_iter()
        .filter(|person| {
            people.contacts.is_some_and(|contacts| sex.is_none_or(|sex| contacts.persons[*person].sex == sex))
        })
        .collect();
    // Only where the log has anything of this wave and year does 0 mean that nobody was.
    let events = people.contacts.filter(|contacts| {
        let mut events = contacts.events.iter().flatten();
        events.any(|event| (event.year, event.wave) == asked)
    });
    let logged = |kinds: &[EventKind]| {
        events.map(|contacts| {
            let was = |person: &&usize| kinds.iter().any(|kind| contacts.has(**person, asked, *kind));
            members.iter().filter(was).count() as u64
        })
    };
    let is_round = project.survey.rounds.iter().any(|round| round.year == meeting.year);
    let told_apart = people.knows_sex || sex.is_none();
    let matching = || {
        let of_sex = move |record: &crate::panel::link::Record| sex.is_none_or(|sex| record.sex == sex);
        people
            .rows(meeting.year, meeting.wave)
            .filter(move |row| people.records[*row].municipality == place && of_sex(&people.records[*row]))
    };
    let answered = match is_round {
        true => told_apart.then(|| matching().count() as u64),
        false => logged(&[EventKind::Answered]),
    };
    let complete = (is_round && told_apart).then(|| matching().filter(|row| people.is_complete(*row)).count() as u64);
    // A reminder without an invitation before it is the first that a person got.
    let invited = logged(&[EventKind::Invited, EventKind::Reminded]).or(size.listed.filter(|_| sex.is_none()));
    let row = Response {
        cohort: meeting.cohort,
        wave: project.survey.waves[meeting.wave].id.clone(),
        year: meeting.year,
        municipality: project.municipalities[place].code.clone(),
        sex: sex.map_or("all", Sex::code),
        source: if is_round { "answers" } else { "contact_log" },
        n_population: match sex {
            None => size.population,
            Some(Sex::Female) => size.female,
            Some(Sex::Male) => size.male,
            Some(Sex::Other) => None,
        },
        n_contacts: people.contacts.map(|_| members.len() as u64),
        n_invited: invited,
        n_reminded: logged(&[EventKind::Reminded]),
        n_bounced: logged(&[EventKind::Bounced]),
        n_answered: answered,
        n_complete: complete,
        n_partial: answered.zip(complete).map(|(answered, complete)| answered - complete),
        n_missing: None,
        rate: None,
        rate_complete: None,
        rate_invited: None,
        population_share: None,
        answered_share: None,
    };
    row.with_rates()
}

impl Response {
    fn with_rates(mut self) -> Self {
        let signed = |count: Option<u64>| count.and_then(|count| i64::try_from(count).ok());
        self.n_missing = signed(self.n_population).zip(signed(self.n_answered)).map(|(all, answered)| all - answered);
        self.rate = ratio(self.n_answered, self.n_population);
        self.rate_complete = ratio(self.n_complete, self.n_population);
        self.rate_invited = ratio(self.n_answered, self.n_invited);
        self
    }
}

/// The rows of each wave, year and sex put together.
pub(super) fn totals(project: &Project, rows: &[Response]) -> Vec<Response> {
    let mut totals = Vec::new();
    for of_wave in rows.chunk_by(|a, b| (a.year, &a.wave) == (b.year, &b.wave)) {
        let mut whole: Option<(Option<u64>, Option<u64>)> = None;
        for sex in ["all", "female", "male", "other"] {
            let of_sex: Vec<&Response> = of_wave.iter().filter(|row| row.sex == sex).collect();
            let add = |field: fn(&Response) -> Option<u64>| sum(of_sex.iter().map(|row| field(row)));
            let row = Response {
                municipality: project.id.clone(),
                n_population: add(|row| row.n_population),
                n_contacts: add(|row| row.n_contacts),
                n_invited: add(|row| row.n_invited),
                n_reminded: add(|row| row.n_reminded),
                n_bounced: add(|row| row.n_bounced),
                n_answered: add(|row| row.n_answered),
                n_complete: add(|row| row.n_complete),
                n_partial: add(|row| row.n_partial),
                ..of_sex[0].clone()
            };
            let (population, answered) = *whole.get_or_insert((row.n_population, row.n_answered));
            totals.push(Response {
                population_share: ratio(row.n_population, population),
                answered_share: ratio(row.n_answered, answered),
                ..row.with_rates()
            });
        }
    }
    totals
}
