//! The answers that count, with who is behind each.

use crate::indicator::return_intent::{QUESTION, YES};
use crate::panel::Key;
use crate::panel::link::{Linking, Record, link};
use crate::panel::normal_form;
use crate::project::Project;
use crate::project::cohort::word;
use crate::read::{Kind, Missing};
use crate::register::{Consent, Contacts, Sex};
use crate::sample::{Row, Sample};
use crate::submission::Standing;
use std::collections::{BTreeMap, BTreeSet};

/// The answers that count, with who is behind each.
pub(super) struct People<'a> {
    pub(super) sample: &'a Sample<'a>,
    pub(super) contacts: Option<&'a Contacts>,
    pub(super) day: &'a str,
    /// One for each row of the sample, and then one for each duplicate.
    pub(super) records: Vec<Record>,
    /// Rows of the sample by year and wave.
    of_wave: BTreeMap<(u16, usize), Vec<usize>>,
    /// File and line of each record.
    pub(super) places: Vec<(String, u64)>,
    pub(super) linking: Linking,
    /// Positions of contacts that answered, with year and wave.
    pub(super) answered: BTreeSet<(usize, u16, usize)>,
    /// Rows whose id the contact log lacks.
    pub(super) unknown: u64,
    /// Whether the questionnaire asks about sex.
    pub(super) knows_sex: bool,
    /// The answers to the trend item in rising order; `None` where it is not asked.
    pub(super) answers: Option<Vec<String>>,
}

impl<'a> People<'a> {
    pub(super) fn new(sample: &'a Sample<'a>, contacts: Option<&'a Contacts>, day: &'a str, link_near: bool) -> Self {
        let mut people = Self {
            sample,
            contacts,
            day,
            records: Vec::new(),
            of_wave: BTreeMap::new(),
            places: Vec::new(),
            linking: Linking::default(),
            answered: BTreeSet::new(),
            unknown: 0,
            knows_sex: sample.tables.iter().any(|table| table.column(&sample.project.survey.roles.sex).is_some()),
            answers: answers(sample),
        };
        for (place, row) in sample.rows.iter().enumerate() {
            people.add(row, true);
            let record = &people.records[place];
            people.of_wave.entry((record.year, record.wave)).or_default().push(place);
        }
        for row in people.duplicates() {
            people.add(&row, false);
        }
        people.linking = link(&people.records, link_near);
        people
    }

    pub(super) fn project(&self) -> &'a Project {
        self.sample.project
    }

    /// Positions of those in the contact log who belong to a cohort of a municipality and did not withdraw.
    pub(super) fn members(&self, cohort: u16, municipality: usize) -> Vec<usize> {
        let persons = self.contacts.iter().flat_map(|contacts| contacts.persons.iter().enumerate());
        let own = persons.filter(|(_, person)| person.cohort == cohort && person.municipality == municipality);
        own.filter(|(_, person)| person.consent(self.day) != Consent::Withdrawn).map(|(position, _)| position).collect()
    }

    fn text(&self, row: &Row, name: &str) -> Option<&'a str> {
        let column = self.sample.tables[row.round].column(name)?;
        word(column, row.record).map(str::trim).filter(|text| !text.is_empty())
    }

    fn add(&mut self, row: &Row, counts: bool) {
        let project = self.project();
        let roles = &project.survey.roles;
        let year = project.survey.rounds[row.round].year;
        let given = roles.person.as_ref().and_then(|name| self.text(row, name));
        let person = match (given, self.contacts) {
            (Some(id), Some(contacts)) => {
                let position = contacts.position(id);
                self.unknown += u64::from(position.is_none() && counts);
                if let (Some(position), true) = (position, counts) {
                    self.answered.insert((position, year, row.wave));
                }
                let contact = position.map(|position| &contacts.persons[position]);
                contact.filter(|contact| contact.consent(self.day) == Consent::Valid).map(|contact| contact.id.clone())
            }
            (id, _) => id.map(str::to_owned),
        };
        let sex = match self.text(row, &roles.sex) {
            Some(code) if code == roles.sex_female => Sex::Female,
            Some(code) if code == roles.sex_male => Sex::Male,
            _ => Sex::Other,
        };
        let code = self.text(row, &roles.code).map(normal_form).filter(|code| !code.is_empty());
        self.records.push(Record {
            year,
            wave: row.wave,
            cohort: Project::cohort(&project.survey.waves[row.wave], year),
            municipality: row.municipality,
            sex,
            person,
            code,
            counts,
        });
        let table = &self.sample.tables[row.round];
        self.places.push((table.file.clone(), table.lines[row.record]));
    }

    /// Records with consent, wave and municipality under the code of a row that counts, which were left out for it.
    fn duplicates(&self) -> Vec<Row> {
        let project = self.project();
        let roles = &project.survey.roles;
        let counted: BTreeSet<(usize, usize)> = self.sample.rows.iter().map(|row| (row.round, row.record)).collect();
        let names: BTreeSet<(usize, usize, usize, &str)> = self
            .sample
            .rows
            .iter()
            .filter_map(|row| Some((row.round, row.wave, row.municipality, self.text(row, &roles.code)?)))
            .collect();
        let mut found = Vec::new();
        for (round, table) in self.sample.tables.iter().enumerate() {
            let columns = [&roles.wave, &roles.home, &roles.consent].map(|name| table.column(name));
            let closes = project.survey.rounds[round].closes.as_str();
            let is_late = |record: usize| {
                let end = table.column(&roles.submitted).and_then(|column| column.text(record).ok());
                Standing::of(end, closes) == Standing::Late
            };
            let [Some(wave), Some(home), Some(consent)] = columns else { continue };
            for record in (0..table.len()).filter(|record| !counted.contains(&(round, *record)) && !is_late(*record)) {
                let wave = wave.code(record).ok();
                let wave = wave.and_then(|code| project.survey.waves.iter().position(|wave| wave.code == code));
                let home = home.code(record).ok();
                let home = home.and_then(|code| project.municipalities.iter().position(|one| one.code == code));
                let (Some(wave), Some(municipality)) = (wave, home) else { continue };
                let row = Row { round, record, wave, municipality };
                let code = self.text(&row, &roles.code);
                if consent.code(record) == Ok(roles.consent_yes.as_str())
                    && code.is_some_and(|code| names.contains(&(round, wave, municipality, code)))
                {
                    found.push(row);
                }
            }
        }
        found
    }

    /// Places of the rows that count, of a wave of a year.
    pub(super) fn rows(&self, year: u16, wave: usize) -> impl Iterator<Item = usize> {
        self.of_wave.get(&(year, wave)).into_iter().flatten().copied()
    }

    /// The answer of a row to the trend item, as a place in `answers`.
    pub(super) fn answer(&self, row: usize) -> Option<usize> {
        let code = self.sample.answer(&self.sample.rows[row], QUESTION).ok()?;
        self.answers.as_ref()?.iter().position(|answer| answer == code)
    }

    /// Whether a row says "don't know" to the trend item.
    pub(super) fn does_not_know(&self, row: usize) -> bool {
        self.sample.answer(&self.sample.rows[row], QUESTION) == Err(Missing::DontKnow)
    }

    /// Whether an answer is a yes.
    pub(super) fn is_yes(&self, answer: usize) -> bool {
        self.answers.as_ref().and_then(|answers| answers.get(answer)).is_some_and(|code| YES.contains(&code.as_str()))
    }

    /// Whether a form was sent in.
    pub(super) fn is_complete(&self, row: usize) -> bool {
        let at = &self.sample.rows[row];
        let column = self.sample.tables[at.round].column(&self.project().survey.roles.submitted);
        column.is_some_and(|column| column.text(at.record).is_ok())
    }

    /// The waves in the order in which a cohort meets them.
    pub(super) fn waves(&self) -> Vec<usize> {
        let waves = &self.project().survey.waves;
        let mut order: Vec<usize> = (0..waves.len()).collect();
        order.sort_by_key(|wave| (waves[*wave].years_after, *wave));
        order
    }

    /// Every cohort that answered in two waves, with both: cohort, first wave, second wave.
    pub(super) fn pairs(&self) -> Vec<(u16, usize, usize)> {
        let project = self.project();
        let years: BTreeSet<u16> = project.survey.rounds.iter().map(|round| round.year).collect();
        let order = self.waves();
        let mut pairs = Vec::new();
        for (at, first) in order.iter().enumerate() {
            for second in &order[at + 1..] {
                let [a, b] = [first, second].map(|wave| project.survey.waves[*wave].years_after);
                if a == b {
                    continue;
                }
                let cohorts = years.iter().filter_map(|year| year.checked_sub(a));
                let both = cohorts.filter(|cohort| years.contains(&(cohort + b)));
                pairs.extend(both.map(|cohort| (cohort, *first, *second)));
            }
        }
        pairs
    }

    /// The year in which a cohort meets a wave.
    pub(super) fn year(&self, cohort: u16, wave: usize) -> u16 {
        cohort + self.project().survey.waves[wave].years_after
    }

    /// Rows of the first wave and of the second, and those of the same person in both.
    pub(super) fn both(&self, (cohort, first, second): (u16, usize, usize)) -> Both {
        let rows = |wave| self.rows(self.year(cohort, wave), wave).collect::<Vec<usize>>();
        let (first, second) = (rows(first), rows(second));
        let of_person: BTreeMap<usize, usize> =
            second.iter().filter_map(|row| Some((self.linking.person[*row]?, *row))).collect();
        let linked =
            first.iter().filter_map(|row| Some((*row, *of_person.get(&self.linking.person[*row]?)?))).collect();
        Both { first, second, linked }
    }

    /// The linked answers under pseudonyms, one row for each answer of somebody with two or more.
    pub(super) fn panel(&self, key: &Key) -> Vec<u8> {
        let project = self.project();
        let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for row in 0..self.sample.rows.len() {
            if let Some(person) = self.linking.person[row] {
                rows.entry(person).or_default().push(row);
            }
        }
        let mut lines = Vec::new();
        for of_person in rows.values().filter(|rows| rows.len() > 1) {
            let first = &self.records[of_person[0]];
            let municipality = &project.municipalities[first.municipality].code;
            let id = of_person.iter().find_map(|row| self.records[*row].person.clone());
            // A code is a person's only together with cohort and municipality.
            let name = id.unwrap_or_else(|| {
                format!("{}\n{municipality}\n{}", first.cohort, first.code.clone().unwrap_or_default())
            });
            let pseudonym = key.pseudonym(&project.id, &name);
            for row in of_person {
                let record = &self.records[*row];
                let answer = self.answer(*row).and_then(|at| self.answers.as_ref()?.get(at)).cloned();
                lines.push(format!(
                    "{pseudonym},{},{municipality},{},{},{},{}\n",
                    record.cohort,
                    record.sex.code(),
                    project.survey.waves[record.wave].id,
                    record.year,
                    answer.unwrap_or_default()
                ));
            }
        }
        lines.sort();
        let head = format!("pseudonym,cohort,municipality,sex,wave,year,{QUESTION}\n");
        (head + &lines.concat()).into_bytes()
    }
}

/// Two waves of one cohort.
pub(super) struct Both {
    /// Rows of the first wave.
    pub(super) first: Vec<usize>,
    /// Rows of the second.
    pub(super) second: Vec<usize>,
    /// Rows of the same person in both.
    pub(super) linked: Vec<(usize, usize)>,
}

/// The answers to the trend item that are no kind of missing, in the order of the questionnaire.
fn answers(sample: &Sample<'_>) -> Option<Vec<String>> {
    let column = sample.tables.iter().find_map(|table| table.column(QUESTION))?;
    let Kind::Category(categories) = &column.variable.kind else { return None };
    let missing = |code: &str| column.variable.missing.iter().any(|(other, _)| other == code);
    let codes: Vec<String> =
        categories.iter().map(|category| category.code.clone()).filter(|code| !missing(code)).collect();
    YES.iter().all(|yes| codes.iter().any(|code| code == yes)).then_some(codes)
}
