//! Whose each row of answers is, as far as the contact log knows; and which rows may still be used.

use super::{Consent, Contacts, WithdrawnCode};
use crate::panel::normal_form;
use crate::project::cohort::word;
use crate::project::{Loaded, Project};
use crate::read::Table;
use crate::sample::{LeftOut, LeftOutRows};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A self-made code with the cohort and home municipality that make it one person's.
type Code = (u16, Option<usize>, String);

/// Whose each row of answers is.
pub(crate) struct Owners<'a> {
    loaded: &'a Loaded,
    contacts: &'a Contacts,
    /// The one person beside whose id a code stands somewhere; `None` for a code beside several.
    of_code: BTreeMap<Code, Option<usize>>,
}

impl<'a> Owners<'a> {
    pub(crate) fn new(loaded: &'a Loaded, contacts: &'a Contacts) -> Self {
        let mut owners = Self { loaded, contacts, of_code: BTreeMap::new() };
        for (round, table) in loaded.tables.iter().enumerate() {
            for record in 0..table.len() {
                if let Some((id, code)) = owners.id(round, record).zip(owners.code(round, record)) {
                    let position = contacts.position(id);
                    let known = owners.of_code.entry(code).or_insert(position);
                    *known = known.filter(|known| Some(*known) == position);
                }
            }
        }
        owners
    }

    fn id(&self, round: usize, record: usize) -> Option<&'a str> {
        let name = self.loaded.project.survey.roles.person.as_ref()?;
        let id = word(self.loaded.tables[round].column(name)?, record)?.trim();
        (!id.is_empty()).then_some(id)
    }

    fn code(&self, round: usize, record: usize) -> Option<Code> {
        let (project, table) = (&self.loaded.project, &self.loaded.tables[round]);
        let roles = &project.survey.roles;
        let code = normal_form(word(table.column(&roles.code)?, record)?);
        let wave = table.column(&roles.wave)?.code(record).ok()?;
        let wave = project.survey.waves.iter().find(|one| one.code == wave)?;
        let cohort = Project::cohort(wave, project.survey.rounds[round].year);
        let home = table.column(&roles.home).and_then(|column| column.code(record).ok());
        let municipality = project.municipalities.iter().position(|one| Some(one.code.as_str()) == home);
        (!code.is_empty()).then_some((cohort, municipality, code))
    }

    /// Position of the person in the contact log: by id, or by a code that stands beside their id in another row.
    pub(crate) fn position(&self, round: usize, record: usize) -> Option<usize> {
        match self.id(round, record) {
            Some(id) => self.contacts.position(id),
            None => self.of_code.get(&self.code(round, record)?).copied().flatten(),
        }
    }

    /// The entry of somebody who withdrew by a self-made code.
    pub(crate) fn withdrawn_code(&self, round: usize, record: usize) -> Option<&'a WithdrawnCode> {
        if self.contacts.withdrawn_codes.is_empty() {
            return None;
        }
        let (cohort, municipality, code) = self.code(round, record)?;
        self.contacts.withdrawn_codes.iter().find(|one| one.is(&code, cohort, municipality))
    }

    /// Why a row may not be used on a day. A consent that has ended takes the rows with it that were given under the id.
    fn left_out(&self, round: usize, record: usize, day: &str) -> Option<LeftOut> {
        let consent = self.position(round, record).map(|position| self.contacts.persons[position].consent(day));
        let by_code = || self.withdrawn_code(round, record).is_some_and(|code| code.holds(day));
        match consent {
            Some(Consent::Withdrawn) => Some(LeftOut::Withdrawn),
            _ if by_code() => Some(LeftOut::Withdrawn),
            Some(Consent::Ended) if self.id(round, record).is_some() => Some(LeftOut::ConsentEnded),
            _ => None,
        }
    }
}

impl Loaded {
    /// The answers without those of people who withdrew, or whose consent has ended, by the contact log on a day; and how
    /// many rows that left out, by position of the year.
    pub(crate) fn in_force(&self, contacts: Option<&Contacts>, day: &str) -> (Cow<'_, [Table]>, LeftOutRows) {
        let mut left_out = LeftOutRows::new();
        let Some(contacts) = contacts else { return (Cow::Borrowed(&self.tables), left_out) };
        let owners = Owners::new(self, contacts);
        let tables = self.tables.iter().enumerate().map(|(round, table)| {
            let mut records = BTreeSet::new();
            for record in 0..table.len() {
                if let Some(why) = owners.left_out(round, record, day) {
                    *left_out.entry((round, why)).or_default() += 1;
                    records.insert(record);
                }
            }
            table.without(&records)
        });
        let tables = tables.collect();
        (Cow::Owned(tables), left_out)
    }
}
