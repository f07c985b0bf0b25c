//! The bridge builder's year: who is due, who answered, who is linked, and what changed.
//!
//! [`Loaded::track`] puts together what the population register, the contact log, the answers and the ledger say. All of it is
//! internal: numbers of people in small groups, for those bound by confidentiality. Of a person only the line in a file is
//! given; names and addresses are in [`Mailing`] alone.
//!
//! | part | where |
//! |---|---|
//! | which cohorts meet which wave, how many can be reached | [`Due`] |
//! | response rates, and who is missing | [`Response`] |
//! | cohort by year, with age: a Lexis diagram | [`LexisCell`] |
//! | who is linked, and how the linked differ from the rest | [`Linkage`] |
//! | gross change | [`Transition`] |
//! | net change | [`ChangeRow`] |
//! | what was published of those who withdrew | [`Withdrawal`] |
//! | invitations and reminders | [`Mailing`] |
//! | the year wheel | [`CalendarEntry`], [`calendar::ics`] |

pub mod calendar;
mod changes;
mod due;
pub mod files;
mod lexis;
mod linkage;
pub mod mailing;
mod people;
mod response;
pub mod text;
mod transition;
mod withdrawal;

pub use calendar::CalendarEntry;
pub use changes::ChangeRow;
pub use due::Due;
pub use lexis::LexisCell;
pub use linkage::{Composition, Difference, Linkage, NearMissRow, Pair, Place, Sighting};
pub use mailing::{MailRow, Mailing};
pub use response::Response;
pub use transition::{Path, TestRow, Transition, WeightedFlow};
pub use withdrawal::{PublishedFigure, TookPart, Withdrawal};

use crate::date;
use crate::panel::Key;
use crate::problem::{Problem, Problems};
use crate::project::{Loaded, Project};
use crate::register::RegisterProblem;
use crate::text::Text;
use people::People;
use serde::Serialize;
use std::ops::RangeInclusive;

/// What to track.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The years of the due list; `None`: the next fieldwork.
    pub due: Option<RangeInclusive<u16>>,
    /// The day on which consents must hold; `None`: the project's date.
    pub today: Option<&'a str>,
    /// The key of the pseudonyms in the answers, and of those to be made.
    pub key: Option<&'a Key>,
    /// Whether codes that differ by one slip are linked.
    pub link_near: bool,
}

/// A wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaveRow {
    /// Its id: `w1`.
    pub wave: String,
    /// Its code in the answers.
    pub code: String,
    /// What people read.
    pub name: Text,
    /// Years since the cohort left 10th grade.
    pub years_after: u16,
    /// Age on 1 January of the year in which it is asked.
    pub age: u16,
}

/// A municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MunicipalityRow {
    /// Its code.
    pub municipality: String,
    /// Its name.
    pub name: Text,
}

/// Rows of answers that do not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOutRow {
    /// The year.
    pub year: u16,
    /// Why: [`LeftOut::code`](crate::sample::LeftOut::code).
    pub reason: &'static str,
    /// How many.
    pub rows: u64,
}

/// What `track` says. The fields are those of its JSON, described in `docs/schema/track.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Track {
    /// Who may read it.
    pub confidential: Text,
    /// Id of the project.
    pub project: String,
    /// Name of the region.
    pub region: Text,
    /// The day on which consents must hold.
    pub today: String,
    /// The years of the due list.
    pub due_years: Vec<u16>,
    /// The waves.
    pub waves: Vec<WaveRow>,
    /// The municipalities, in the project's order.
    pub municipalities: Vec<MunicipalityRow>,
    /// Who is due, by year, wave and municipality.
    pub due: Vec<Due>,
    /// The same for the region.
    pub due_totals: Vec<Due>,
    /// Who answered, by year, wave, municipality and sex.
    pub response: Vec<Response>,
    /// The same for the region.
    pub response_totals: Vec<Response>,
    /// Rows that do not count.
    pub left_out: Vec<LeftOutRow>,
    /// Cohort by year.
    pub lexis: Vec<LexisCell>,
    /// Who is linked.
    pub linkage: Linkage,
    /// Gross change.
    pub transitions: Vec<Transition>,
    /// Answers of the same people over all their waves.
    pub paths: Vec<Path>,
    /// Net change.
    pub changes: Vec<ChangeRow>,
    /// Those who withdrew, and what was published with them.
    pub withdrawals: Vec<Withdrawal>,
    /// The year wheel.
    pub calendar: Vec<CalendarEntry>,
    /// Invitations and reminders, in numbers; the rows are for files of their own.
    pub mailings: Vec<Mailing>,
    /// The linked answers under pseudonyms, as CSV, if there is a key.
    #[serde(skip)]
    pub panel: Option<Vec<u8>>,
}

impl Loaded {
    /// Puts together who is due, who answered, who is linked and what changed. `None` when the answers cannot be used; see
    /// the problems. What the register lacks, or the questionnaire, is a warning, and the figures that need it are empty.
    #[must_use]
    pub fn track(&self, options: &Options<'_>, problems: &mut Problems) -> Option<Track> {
        let project = &self.project;
        let day = options.today.unwrap_or(&project.date);
        let years = options.due.clone().unwrap_or_else(|| {
            let next = next_year(project, day);
            next..=next
        });
        let mut contacts = self.contacts.clone();
        if let (Some(contacts), Some(key)) = (&mut contacts, options.key) {
            contacts.alias(|contact| key.pseudonym(&project.id, &contact.id));
        }
        let contacts = contacts.as_ref();
        let (tables, ended) = self.in_force(contacts, day);
        let mut sample = crate::sample::Sample::new(project, &tables, problems)?;
        sample.left_out.extend(ended);
        let people = People::new(&sample, contacts, day, options.link_near);
        if people.unknown > 0 {
            let file = project.contacts.as_ref().map_or(project.file.as_str(), |files| files.persons.as_str());
            let what = RegisterProblem::NotInContacts { rows: people.unknown };
            problems.push(Problem::warning(file, what).column("person_id"));
        }
        if people.answers.is_none() {
            let column = crate::indicator::return_intent::QUESTION;
            problems
                .push(Problem::warning(&project.survey.latest().survey, RegisterProblem::NoTrendItem).column(column));
        }
        let due = due::rows(self, &people, years.clone(), problems);
        let response = response::rows(self, &people, years.clone());
        let mailings = mailing::mailings(project, &people, years.clone());
        let age = project.population.age;
        Some(Track {
            confidential: Text::new(
                "INTERNT: antall i små grupper. Bare for dem som har taushetsplikt. Skal aldri legges ut.",
                "INTERNT: tal i små grupper. Berre for dei som har teieplikt. Skal aldri leggjast ut.",
                "INTERNAL: numbers of people in small groups. For those bound by confidentiality only. Never to be published.",
            ),
            project: project.id.clone(),
            region: project.name.clone(),
            today: day.to_owned(),
            due_years: years.clone().collect(),
            waves: project
                .survey
                .waves
                .iter()
                .map(|wave| WaveRow {
                    wave: wave.id.clone(),
                    code: wave.code.clone(),
                    name: wave.name.clone(),
                    years_after: wave.years_after,
                    age: age + wave.years_after,
                })
                .collect(),
            municipalities: project
                .municipalities
                .iter()
                .map(|one| MunicipalityRow { municipality: one.code.clone(), name: one.name.clone() })
                .collect(),
            due_totals: due::totals(project, &due),
            due,
            response_totals: response::totals(project, &response),
            response,
            left_out: sample
                .left_out
                .iter()
                .map(|((round, why), rows)| LeftOutRow {
                    year: project.survey.rounds[*round].year,
                    reason: why.code(),
                    rows: *rows,
                })
                .collect(),
            lexis: lexis::cells(self, &people, years.clone()),
            linkage: linkage::linkage(&people),
            transitions: transition::transitions(&people),
            paths: transition::paths(&people),
            changes: changes::rows(self, &people, problems),
            withdrawals: contacts.map(|contacts| withdrawal::rows(self, contacts, day)).unwrap_or_default(),
            calendar: calendar::entries(project, years),
            mailings,
            panel: options.key.map(|key| people.panel(key)),
        })
    }
}

/// The first year whose fieldwork is not over on a day.
fn next_year(project: &Project, day: &str) -> u16 {
    let mut year = date::parts(day).map_or(0, |(year, ..)| year);
    while project.survey.rounds.iter().any(|round| round.year == year && round.closes.as_str() <= day) {
        year += 1;
    }
    year
}

/// A sum that does not exist if one of its terms does not.
fn sum(values: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    values.sum()
}

/// A share; none of nothing.
fn ratio(part: Option<u64>, whole: Option<u64>) -> Option<f64> {
    let (part, whole) = part.zip(whole)?;
    (whole > 0).then(|| crate::compare::real(part) / crate::compare::real(whole))
}
