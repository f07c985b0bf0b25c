//! The contact log: who said yes to being asked again, until when, and what has happened.
//!
//! CSV files, described by the Table Schemas beside this file: persons, what happened to them, and the codes of those who
//! withdrew and are known by a code alone. They hold names and addresses, so nothing of them is ever quoted in a message but
//! the ids, and those on a terminal only.

use super::{RegisterProblem, Sex};
use crate::panel::normal_form;
use crate::problem::{Explain, Privacy, Problems, Severity};
use crate::project::cohort::{at, whole, word};
use crate::project::{Project, ProjectProblem};
use crate::read::{Codebook, ReadProblem, Table, read_table};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The schema of the file of persons, as a Frictionless Table Schema.
pub const PERSONS_SCHEMA: &str = include_str!("persons.schema.json");
/// The schema of the file of events.
pub const EVENTS_SCHEMA: &str = include_str!("events.schema.json");
/// The schema of the file of codes of those who withdrew.
pub const WITHDRAWN_SCHEMA: &str = include_str!("withdrawn.schema.json");

/// The age from which people decide for themselves.
const OF_AGE: u16 = 18;

/// One person of the contact log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The line in the file.
    pub line: u64,
    /// Id of the person.
    pub id: String,
    /// The year in which the person left 10th grade.
    pub cohort: u16,
    /// Position of the home municipality.
    pub municipality: usize,
    /// Sex; `Other` also where it is not given.
    pub sex: Sex,
    /// Name; may be empty, as the addresses may.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
    /// E-mail address of a guardian.
    pub guardian_email: String,
    /// Date of birth.
    pub birth_date: Option<String>,
    /// The day on which consent was given.
    pub consent_date: Option<String>,
    /// The last day on which it holds.
    pub consent_until: Option<String>,
    /// The day on which it was withdrawn.
    pub withdrawn_date: Option<String>,
}

/// Whether a person may be asked, on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Consent holds.
    Valid,
    /// There is no consent.
    NotGiven,
    /// It is given for a later day.
    NotYet,
    /// Its last day has passed.
    Ended,
    /// It was withdrawn.
    Withdrawn,
}

/// Whom to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address<'a> {
    /// The person; one of the two may be empty.
    Person {
        /// E-mail address.
        email: &'a str,
        /// Phone number.
        phone: &'a str,
    },
    /// A guardian, of someone under 18.
    Guardian {
        /// E-mail address.
        email: &'a str,
    },
}

/// Why somebody cannot be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoAddress {
    /// No consent that holds on the day.
    NoConsent,
    /// Under 18, and no guardian's address.
    NoGuardian,
    /// The e-mail came back, and there is no phone number.
    Bounced,
    /// Neither e-mail nor phone.
    NoAddress,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The invitation was sent.
    Invited,
    /// A reminder was sent.
    Reminded,
    /// What was sent came back.
    Bounced,
    /// The person answered.
    Answered,
}

impl EventKind {
    fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "invited" => Self::Invited,
            "reminded" => Self::Reminded,
            "bounced" => Self::Bounced,
            "answered" => Self::Answered,
            _ => return None,
        })
    }
}

/// What happened to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Position of the person.
    pub person: usize,
    /// Year of the survey.
    pub year: u16,
    /// Position of the wave.
    pub wave: usize,
    /// What happened.
    pub kind: EventKind,
    /// The day, where it is given.
    pub date: Option<String>,
}

/// The contact log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Name of the file of persons.
    pub file: String,
    /// The persons, in the order of the file.
    pub persons: Vec<Contact>,
    /// What happened; `None` without a file of events.
    pub events: Option<Vec<Event>>,
    /// Self-made codes of people who withdrew and are known by nothing else.
    pub withdrawn_codes: Vec<WithdrawnCode>,
    by_id: BTreeMap<String, usize>,
    happened: BTreeSet<(usize, u16, usize, EventKind)>,
}

/// The code of somebody who withdrew. It stands in a file of its own, without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawnCode {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u64,
    /// The code, in [normal form](crate::panel::normal_form).
    code: String,
    /// The cohort; `None`: any.
    pub cohort: Option<u16>,
    /// Position of the home municipality; `None`: any.
    pub municipality: Option<usize>,
    /// The day of withdrawal; `None`: it holds on every day.
    pub date: Option<String>,
}

impl WithdrawnCode {
    /// Whether an answer of a cohort and municipality under a code in normal form is of this person.
    #[must_use]
    pub fn is(&self, code: &str, cohort: u16, municipality: Option<usize>) -> bool {
        self.code == code
            && self.cohort.is_none_or(|own| own == cohort)
            && (self.municipality.is_none() || self.municipality == municipality)
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, day: &str) -> bool {
        self.date.as_deref().is_none_or(|date| date <= day)
    }
}

impl Contact {
    /// Whether the person may be asked on a day. The last day of a consent counts; on the day of withdrawal it is over.
    #[must_use]
    pub fn consent(&self, day: &str) -> Consent {
        let is =
            |date: &Option<String>, test: fn(&str, &str) -> bool| date.as_deref().is_some_and(|date| test(date, day));
        match self.consent_date {
            _ if is(&self.withdrawn_date, |date, day| date <= day) => Consent::Withdrawn,
            None => Consent::NotGiven,
            Some(_) if is(&self.consent_until, |date, day| date < day) => Consent::Ended,
            Some(_) if is(&self.consent_date, |date, day| date > day) => Consent::NotYet,
            Some(_) => Consent::Valid,
        }
    }

    /// Whether the person is under 18 on a day. Without a date of birth everybody counts as under 18 to the end of the
    /// year in which the cohort turns 18; `age` is the age on 1 January of the cohort's year.
    #[must_use]
    pub fn is_minor(&self, day: &str, age: u16) -> bool {
        match &self.birth_date {
            Some(born) => {
                let year: u16 = born[..4].parse().unwrap_or(u16::MAX - OF_AGE);
                day < format!("{:04}{}", year + OF_AGE, &born[4..]).as_str()
            }
            None => day < format!("{:04}", super::cohort::birth_year(self.cohort, age) + OF_AGE + 1).as_str(),
        }
    }
}

impl Contacts {
    /// Reads the contact log, if the project has one. Every fault is reported.
    #[must_use]
    pub fn read(project: &Project, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Option<Self> {
        let names = project.contacts.as_ref()?;
        let mut contacts = Self { file: names.persons.clone(), ..Self::default() };
        let table = read(&names.persons, files, PERSONS_SCHEMA, problems)?;
        for record in 0..table.len() {
            if let Some(contact) = person(&table, record, project, problems) {
                let pseudonym = text(&table, "pseudonym", record);
                let ids = std::iter::once(contact.id.clone()).chain((!pseudonym.is_empty()).then_some(pseudonym));
                for id in ids {
                    if contacts.by_id.insert(id, contacts.persons.len()).is_some() {
                        let problem = at(&table, record, ProjectProblem::Twice).column("person_id, pseudonym");
                        problems.push(problem.value(&contact.id, Privacy::Answer));
                    }
                }
                contacts.persons.push(contact);
            }
        }
        if let Some(file) = &names.events {
            let table = read(file, files, EVENTS_SCHEMA, problems)?;
            let events = (0..table.len()).filter_map(|record| contacts.event(&table, record, project, problems));
            let events: Vec<Event> = events.collect();
            contacts.happened = events.iter().map(|one| (one.person, one.year, one.wave, one.kind)).collect();
            contacts.events = Some(events);
        }
        if let Some(file) = &names.withdrawn {
            let table = read(file, files, WITHDRAWN_SCHEMA, problems)?;
            let codes = (0..table.len()).filter_map(|record| withdrawn(&table, record, project, problems));
            contacts.withdrawn_codes = codes.collect();
        }
        Some(contacts)
    }

    fn event(&self, table: &Table, record: usize, project: &Project, problems: &mut Problems) -> Option<Event> {
        let id = text(table, "person_id", record);
        let person = self.by_id.get(&id).copied();
        if person.is_none() {
            let problem = at(table, record, RegisterProblem::UnknownPerson { file: self.file.clone() });
            problems.push(problem.column("person_id").value(&id, Privacy::Answer));
        }
        let code = text(table, "wave", record);
        let wave = project.survey.waves.iter().position(|wave| wave.id == code || wave.code == code);
        if wave.is_none() {
            let known = project.survey.waves.iter().map(|wave| wave.id.clone()).collect();
            problems
                .push(at(table, record, ProjectProblem::UnknownWord(known)).column("wave").value(code, Privacy::Open));
        }
        let year = number(table, "year", record, problems);
        let kind = EventKind::from_code(&required(table, "event", record, problems)?);
        let (person, wave, year) = (person?, wave?, year?);
        let asked = Project::cohort(&project.survey.waves[wave], year);
        let cohort = self.persons[person].cohort;
        if asked != cohort {
            let what = RegisterProblem::OtherCohort { asked, cohort };
            problems.push(at(table, record, what).column("year, wave").value(&id, Privacy::Answer));
        }
        Some(Event { person, year, wave, kind: kind?, date: day(table, "date", record) })
    }

    /// The person with an id, or with a pseudonym of one.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Contact> {
        self.position(id).map(|person| &self.persons[person])
    }

    /// Position of the person with an id, or with a pseudonym of one.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Makes the persons known by other names too, such as pseudonyms made with a key.
    pub fn alias(&mut self, name: impl Fn(&Contact) -> String) {
        for (position, contact) in self.persons.iter().enumerate() {
            self.by_id.entry(name(contact)).or_insert(position);
        }
    }

    /// Whether something happened to a person in a wave of a year. Without a file of events nothing did.
    #[must_use]
    pub fn has(&self, person: usize, (year, wave): (u16, usize), kind: EventKind) -> bool {
        self.happened.contains(&(person, year, wave, kind))
    }

    /// Whom to write to on a day about a wave of a year.
    ///
    /// Under 18 that is the guardian alone. An e-mail that came back in this wave and year is no address.
    ///
    /// # Errors
    ///
    /// Why there is nobody to write to.
    pub fn address(&self, person: usize, asked: (u16, usize), day: &str, age: u16) -> Result<Address<'_>, NoAddress> {
        let contact = &self.persons[person];
        if contact.consent(day) != Consent::Valid {
            return Err(NoAddress::NoConsent);
        }
        let bounced = self.has(person, asked, EventKind::Bounced);
        if contact.is_minor(day, age) {
            return match contact.guardian_email.as_str() {
                "" => Err(NoAddress::NoGuardian),
                _ if bounced => Err(NoAddress::Bounced),
                email => Ok(Address::Guardian { email }),
            };
        }
        let email = if bounced { "" } else { contact.email.as_str() };
        match (email, contact.phone.as_str()) {
            ("", "") if bounced => Err(NoAddress::Bounced),
            ("", "") => Err(NoAddress::NoAddress),
            (email, phone) => Ok(Address::Person { email, phone }),
        }
    }
}

fn read(file: &str, files: &BTreeMap<String, Vec<u8>>, schema: &str, problems: &mut Problems) -> Option<Table> {
    let mut codebook = Codebook::from_table_schema(file, schema.as_bytes(), problems);
    for variable in &mut codebook.variables {
        variable.privacy = match variable.name.as_str() {
            "name" | "email" | "phone" | "guardian_email" | "birth_date" => Privacy::Never,
            "person_id" | "pseudonym" | "code" => Privacy::Answer,
            _ => Privacy::Open,
        };
    }
    let mut found = Problems::new();
    let table = read_table(file, files.get(file)?, &codebook, &mut found);
    // A log that nobody is in yet is as it should be.
    let kept = found.list().iter().filter(|problem| problem.what.code() != ReadProblem::NoRecords.code());
    kept.for_each(|problem| problems.push(problem.clone()));
    let listed = found.list().iter().filter(|problem| problem.severity == Severity::Error).count() as u64;
    let more: u64 = found.more().map(|(_, more)| more).sum();
    problems.push_more(file, found.errors() - listed, more - (found.errors() - listed));
    table
}

fn person(table: &Table, record: usize, project: &Project, problems: &mut Problems) -> Option<Contact> {
    let id = required(table, "person_id", record, problems);
    let cohort = number(table, "cohort", record, problems);
    let place = required(table, "municipality", record, problems);
    let municipality = place.and_then(|place| known(table, record, &place, project, problems));
    let sex = match text(table, "sex", record).as_str() {
        "female" => Sex::Female,
        "male" => Sex::Male,
        _ => Sex::Other,
    };
    let [birth_date, consent_date, consent_until, withdrawn_date] =
        ["birth_date", "consent_date", "consent_until", "withdrawn_date"].map(|name| day(table, name, record));
    for (column, date) in [("consent_until", &consent_until), ("withdrawn_date", &withdrawn_date)] {
        if date.is_some() && (consent_date.is_none() || *date < consent_date) {
            problems.push(at(table, record, RegisterProblem::EndsBeforeItBegins).column(column));
        }
    }
    let [name, email, phone, guardian_email] =
        ["name", "email", "phone", "guardian_email"].map(|column| text(table, column, record));
    for (column, address) in [("email", &email), ("guardian_email", &guardian_email)] {
        if !address.is_empty() && !is_email(address) {
            problems.push(at(table, record, RegisterProblem::NotAnEmail).column(column));
        }
    }
    Some(Contact {
        line: table.lines[record],
        id: id?,
        cohort: cohort?,
        municipality: municipality?,
        sex,
        name,
        email,
        phone,
        guardian_email,
        birth_date,
        consent_date,
        consent_until,
        withdrawn_date,
    })
}

/// Whether a text is an e-mail address: something, `@`, and a host with a dot; no blanks.
pub(crate) fn is_email(text: &str) -> bool {
    let is_one = text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    is_one && !text.contains(char::is_whitespace)
}

fn withdrawn(table: &Table, record: usize, project: &Project, problems: &mut Problems) -> Option<WithdrawnCode> {
    let code = normal_form(&required(table, "code", record, problems)?);
    let place = text(table, "municipality", record);
    let municipality = match place.as_str() {
        "" => None,
        place => Some(known(table, record, place, project, problems)?),
    };
    let cohort = table.column("cohort").and_then(|column| whole(column, record));
    Some(WithdrawnCode {
        file: table.file.clone(),
        line: table.lines[record],
        code,
        cohort: cohort.and_then(|cohort| u16::try_from(cohort).ok()),
        municipality,
        date: day(table, "withdrawn_date", record),
    })
}

/// Position of a municipality of the project.
fn known(table: &Table, record: usize, place: &str, project: &Project, problems: &mut Problems) -> Option<usize> {
    let known = project.municipalities.iter().position(|municipality| municipality.code == *place);
    if known.is_none() {
        let codes = project.municipalities.iter().map(|municipality| municipality.code.clone()).collect();
        let problem = at(table, record, ProjectProblem::UnknownWord(codes));
        problems.push(problem.column("municipality").value(place, Privacy::Open));
    }
    known
}

/// A text without the blanks around it; empty where there is none.
fn text(table: &Table, column: &str, record: usize) -> String {
    let value = table.column(column).and_then(|column| word(column, record));
    value.unwrap_or_default().trim().to_owned()
}

/// The day of a date or a time.
fn day(table: &Table, column: &str, record: usize) -> Option<String> {
    let value = text(table, column, record);
    value.get(..10).map(str::to_owned)
}

fn required(table: &Table, column: &str, record: usize, problems: &mut Problems) -> Option<String> {
    let value = text(table, column, record);
    if value.is_empty() {
        // What is there and not understood was reported when it was read.
        if table.column(column).is_some_and(|column| column.missing(record) != Some(crate::read::Missing::Invalid)) {
            problems.push(at(table, record, RegisterProblem::Empty).column(column));
        }
        return None;
    }
    Some(value)
}

fn number(table: &Table, column: &str, record: usize, problems: &mut Problems) -> Option<u16> {
    let value = whole(table.column(column)?, record).and_then(|value| u16::try_from(value).ok());
    let known = table.column(column)?;
    if value.is_none() && known.missing(record) != Some(crate::read::Missing::Invalid) {
        problems.push(at(table, record, RegisterProblem::Empty).column(column));
    }
    value
}
