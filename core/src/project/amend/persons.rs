//! Addresses of those who said yes to being asked again, into the contact log.
//!
//! ```text
//! same person = same e-mail of their own, else same phone, else same guardian's e-mail in one cohort and municipality
//! consent     = given on the day that is said; under 18 not before a guardian says yes, so the field stays empty
//! ```

use super::problem::PersonsProblem;
use super::{Files, parse};
use crate::problem::{Privacy, Problem, Problems, Severity};
use crate::project::{Project, ProjectProblem, Round};
use crate::questionnaire::{Row, Sheet};
use crate::read::Codebook;
use crate::register::{Consent, Contact, Contacts, RegisterProblem, Sex, is_email};
use crate::text::Lang;
use std::collections::BTreeMap;

/// What is added to the contact log.
#[derive(Clone, Copy, Debug)]
pub struct Addresses<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// Contact details as [`Outcome::contacts`](crate::questionnaire::import::Outcome::contacts) gives them.
    pub bytes: &'a [u8],
    /// The year in which they were asked; without it the project's last.
    pub year: Option<u16>,
    /// The day on which consent counts as given; without it the closing day of that year's answers.
    pub day: Option<&'a str>,
    /// The last day of the consents that are given; without it they hold until withdrawn.
    pub until: Option<&'a str>,
}

/// What became of addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// The file of persons.
    pub file: String,
    /// Ids of those who are new.
    pub new: Vec<String>,
    /// Those of whom something changed: ids, and the columns.
    pub updated: Vec<(String, Vec<&'static str>)>,
    /// Persons who stand as they stood.
    pub unchanged: u64,
    /// Those of the above whose consent waits for a guardian.
    pub waiting: u64,
    /// Rows of people from other municipalities.
    pub outside: u64,
    /// Rows of people who withdrew.
    pub withdrew: u64,
}

/// What of a contact log comes from people's answers, as the log calls it.
const FIELDS: [&str; 4] = ["name", "email", "phone", "guardian_email"];

/// Puts addresses into the contact log of a project. Persons that are there keep their line and their id; an address that is
/// another than before takes its place, and is told. Nothing is changed where anything is wrong.
pub fn add_persons(files: &mut Files, given: &Addresses<'_>, problems: &mut Problems) -> Option<Added> {
    let project = parse(files, problems)?;
    let Some(names) = &project.contacts else {
        problems.push(Problem::error(&project.file, PersonsProblem::NoLog));
        return None;
    };
    let year = given.year.or_else(|| project.survey.rounds.iter().map(|round| round.year).max()).unwrap_or_default();
    let Some(round) = project.survey.rounds.iter().find(|round| round.year == year) else {
        problems.push(Problem::error(&project.file, PersonsProblem::NoRound { year }));
        return None;
    };
    let log = Contacts::read(&project, files, problems).filter(|_| problems.errors() == 0)?;
    let sheet = Sheet::from_csv(&names.persons, files.get(&names.persons)?, problems)?;
    let new = Sheet::from_csv(given.file, given.bytes, problems)?;
    let places = Places::of(&new, &project, round, files, problems)?;
    let day = given.day.unwrap_or(&round.closes);
    if given.until.is_some_and(|until| until < day) {
        problems.push(Problem::error(given.file, RegisterProblem::EndsBeforeItBegins));
        return None;
    }
    let mut adding = Adding {
        project: &project,
        log: &log,
        sheet,
        day,
        until: given.until.unwrap_or_default(),
        taken: BTreeMap::new(),
        added: Added { file: names.persons.clone(), ..Added::default() },
    };
    for row in 0..new.rows.len() {
        if new.rows[row].cells.iter().any(|cell| !cell.is_empty()) {
            adding.row(&new, row, &places, year, problems);
        }
    }
    let Adding { sheet, added, .. } = adding;
    let mut changed = files.clone();
    changed.insert(names.persons.clone(), sheet.to_csv());
    // What was wrong with the new rows is wrong with the log that they would make.
    let is_right = problems.errors() == 0 && Contacts::read(&project, &changed, problems).is_some();
    if !is_right || problems.errors() > 0 {
        return None;
    }
    if !added.new.is_empty() || !added.updated.is_empty() {
        *files = changed;
    }
    Some(added)
}

/// Where the columns stand.
struct Places {
    cohort: Option<usize>,
    wave: Option<usize>,
    home: usize,
    /// Columns of each of [`FIELDS`].
    fields: [Vec<usize>; 4],
}

impl Places {
    fn of(new: &Sheet, project: &Project, round: &Round, files: &Files, problems: &mut Problems) -> Option<Self> {
        let roles = &project.survey.roles;
        let sheets = &round.questionnaire;
        let (survey, choices) = (files.get(&sheets.survey)?, files.get(&sheets.choices)?);
        let codebook = Codebook::from_xlsform((&sheets.survey, survey), (&sheets.choices, choices), problems);
        let column = |names: [&str; 2]| new.columns.iter().position(|own| names.contains(&own.as_str()));
        let (cohort, wave) = (column(["cohort", "cohort"]), column([&roles.wave, "wave"]));
        let home = column([&roles.home, "municipality"]);
        let mut missing = |names: &[&str]| {
            let what = PersonsProblem::NoColumn { names: names.iter().map(|&name| name.to_owned()).collect() };
            problems.push(Problem::error(&new.file, what).line(1).column(names[0]));
        };
        if cohort.is_none() && wave.is_none() {
            missing(&[&roles.wave, "cohort"]);
        }
        if home.is_none() {
            missing(&[&roles.home, "municipality"]);
        }
        let mut fields: [Vec<usize>; 4] = Default::default();
        for (place, name) in new.columns.iter().enumerate() {
            let own = FIELDS.iter().position(|own| own == name);
            let asked = codebook.variable(name);
            let words =
                asked.map(|variable| [name.as_str(), variable.label.get(Lang::Nb), variable.label.get(Lang::En)]);
            match own.or_else(|| words?.into_iter().find_map(field)) {
                Some(field) => fields[field].push(place),
                None if asked.is_none() && field(name).is_some() => {
                    let problem = Problem::warning(&new.file, PersonsProblem::NotAsked);
                    problems.push(problem.line(1).column(name.as_str()));
                }
                None => {}
            }
        }
        if fields[1..].iter().all(Vec::is_empty) {
            problems.push(Problem::error(&new.file, PersonsProblem::NoAddress).line(1));
            return None;
        }
        Some(Self { cohort, wave: wave.filter(|_| cohort.is_none()), home: home?, fields })
    }
}

/// Which of [`FIELDS`] a question asks for, by its name or words.
fn field(words: &str) -> Option<usize> {
    let plain: String = words.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let guardian = has(&["foresatt", "føresett", "foresett", "verge", "forelder", "foreldre", "guardian", "parent"]);
    match () {
        () if has(&["mail", "epost"]) => Some(if guardian { 3 } else { 1 }),
        () if guardian => None,
        () if has(&["telefon", "tlf", "mobil", "phone"]) => Some(2),
        () if has(&["navn", "namn", "name"]) => Some(0),
        () => None,
    }
}

struct Adding<'a> {
    project: &'a Project,
    log: &'a Contacts,
    sheet: Sheet,
    day: &'a str,
    until: &'a str,
    /// Lines of new rows, by the row of the sheet that they went into.
    taken: BTreeMap<usize, u64>,
    added: Added,
}

impl Adding<'_> {
    fn row(&mut self, new: &Sheet, row: usize, places: &Places, year: u16, problems: &mut Problems) {
        let line = new.rows[row].line;
        let at = |what: PersonsProblem, place: usize| {
            Problem::error(&new.file, what).line(line).record(row as u64 + 1).column(new.columns[place].as_str())
        };
        let home = new.cell(row, Some(places.home));
        let Some(home) = self.project.municipalities.iter().position(|own| own.code == home) else {
            self.added.outside += 1;
            return;
        };
        for place in places.fields[1].iter().chain(&places.fields[3]) {
            let address = new.cell(row, Some(*place));
            if !address.is_empty() && !is_email(address) {
                let problem = Problem::error(&new.file, RegisterProblem::NotAnEmail).line(line).record(row as u64 + 1);
                problems.push(problem.column(new.columns[*place].as_str()));
                return;
            }
        }
        let Some(cohort) = self.cohort(new, row, places, year, problems) else { return };
        // A first and a last name are one name; of two addresses the first counts.
        let values: [String; 4] = std::array::from_fn(|field| {
            let filled = places.fields[field].iter().map(|place| new.cell(row, Some(*place)));
            let mut filled = filled.filter(|cell| !cell.is_empty());
            if field == 0 { filled.collect::<Vec<_>>().join(" ") } else { filled.next().unwrap_or_default().to_owned() }
        });
        let Some(decides) = (1..4).find(|field| !values[*field].is_empty()) else { return };
        let place = places.fields[decides].first().copied().unwrap_or_default();
        let is = |own: &&Contact| same(address(own, decides), &values[decides], decides);
        let here = |own: &&Contact| own.cohort == cohort && own.municipality == home;
        let known: Vec<&Contact> = self.log.persons.iter().filter(is).collect();
        // Brothers and sisters have the same guardian.
        let known: Vec<&Contact> = if decides == 3 { known.into_iter().filter(here).collect() } else { known };
        match known.as_slice() {
            [] => self.enter(&values, (cohort, home), line, &|what| at(what, place), problems),
            [own] if here(own) => self.update(own, &values, line, &|what| at(what, place), problems),
            [own] => problems.push(at(PersonsProblem::OtherPerson { line: own.line }, place)),
            _ => problems.push(at(PersonsProblem::Several, place)),
        }
    }

    fn cohort(&self, new: &Sheet, row: usize, places: &Places, year: u16, problems: &mut Problems) -> Option<u16> {
        let waves = &self.project.survey.waves;
        let (place, cohort, known) = match (places.cohort, places.wave) {
            (Some(place), _) => (place, new.cell(row, Some(place)).parse::<u16>().ok(), vec!["2027".to_owned()]),
            (_, Some(place)) => {
                let wave = waves.iter().find(|wave| [&wave.code, &wave.id].contains(&&new.rows[row].cells[place]));
                let known = waves.iter().map(|wave| wave.code.clone()).collect();
                (place, wave.map(|wave| Project::cohort(wave, year)), known)
            }
            _ => return None,
        };
        if cohort.is_none() {
            let problem = Problem::error(&new.file, ProjectProblem::UnknownWord(known)).line(new.rows[row].line);
            let problem = problem.record(row as u64 + 1).column(new.columns[place].as_str());
            problems.push(problem.value(new.cell(row, Some(place)), Privacy::Answer));
        }
        cohort
    }

    /// Somebody who is not in the log yet.
    fn enter(
        &mut self,
        values: &[String; 4],
        (cohort, home): (u16, usize),
        line: u64,
        at: &dyn Fn(PersonsProblem) -> Problem,
        problems: &mut Problems,
    ) {
        let id = self.next_id();
        let decides = (1..4).find(|field| !values[*field].is_empty()).unwrap_or_default();
        let columns = self.sheet.columns.clone();
        let column = |name: &str| columns.iter().position(|column| column == name);
        // The same address twice among the new ones.
        let is_here = |place: usize| {
            let cell = |name: &str| self.sheet.cell(place, column(name));
            let near =
                cell("cohort") == cohort.to_string() && cell("municipality") == self.project.municipalities[home].code;
            self.taken.contains_key(&place)
                && same(cell(FIELDS[decides]), &values[decides], decides)
                && (decides < 3 || near)
        };
        if let Some(other) = (0..self.sheet.rows.len()).find(|place| is_here(*place)) {
            problems.push(at(PersonsProblem::SameAddress { line: self.taken[&other] }));
            return;
        }
        let mut person = Contact {
            line: 0,
            id: id.clone(),
            cohort,
            municipality: home,
            sex: Sex::Other,
            name: String::new(),
            email: String::new(),
            phone: String::new(),
            guardian_email: String::new(),
            birth_date: None,
            consent_date: None,
            consent_until: None,
            withdrawn_date: None,
        };
        let waits = person.is_minor(self.day, self.project.population.age);
        if !waits {
            person.consent_date = Some(self.day.to_owned());
        }
        self.added.waiting += u64::from(waits);
        let consent = person.consent_date.unwrap_or_default();
        let until = if waits { "" } else { self.until };
        let place = self.sheet.rows.len();
        self.sheet.rows.push(Row { line: 0, cells: vec![String::new(); columns.len()] });
        let cohort = cohort.to_string();
        let facts = [
            ("person_id", id.as_str()),
            ("cohort", &cohort),
            ("municipality", &self.project.municipalities[home].code),
            ("consent_date", &consent),
            ("consent_until", until),
        ];
        for (name, value) in facts.into_iter().chain(FIELDS.into_iter().zip(values.iter().map(String::as_str))) {
            self.put(place, name, value);
        }
        self.taken.insert(place, line);
        self.added.new.push(id);
    }

    /// Somebody who is in the log: what they say now takes the place of what they said.
    fn update(
        &mut self,
        own: &Contact,
        values: &[String; 4],
        line: u64,
        at: &dyn Fn(PersonsProblem) -> Problem,
        problems: &mut Problems,
    ) {
        let Some(place) = self.sheet.rows.iter().position(|row| row.line == own.line) else { return };
        if let Some(other) = self.taken.insert(place, line) {
            problems.push(at(PersonsProblem::SameAddress { line: other }));
            return;
        }
        let consent = own.consent(self.day);
        if consent == Consent::Withdrawn {
            self.added.withdrew += 1;
            let problem = at(PersonsProblem::Withdrew).value(&own.id, Privacy::Answer);
            problems.push(Problem { severity: Severity::Warning, ..problem });
            return;
        }
        let mut changed = Vec::new();
        for (field, name) in FIELDS.into_iter().enumerate().filter(|(field, _)| !values[*field].is_empty()) {
            if !same(address(own, field), &values[field], field) && self.put(place, name, &values[field]) {
                changed.push(name);
            }
        }
        let waits = own.is_minor(self.day, self.project.population.age) && consent != Consent::Valid;
        self.added.waiting += u64::from(waits);
        let renewed = matches!(consent, Consent::NotGiven | Consent::Ended) && !waits;
        if renewed && self.put(place, "consent_date", self.day) {
            changed.push("consent_date");
        }
        let longer = consent == Consent::Valid && own.consent_until.as_deref().is_some_and(|until| until < self.until);
        if (renewed || longer) && self.put(place, "consent_until", self.until) {
            changed.push("consent_until");
        }
        match changed.is_empty() {
            true => self.added.unchanged += 1,
            false => self.added.updated.push((own.id.clone(), changed)),
        }
    }

    /// Puts a value into a column, which is made where it is not there; whether anything changed.
    fn put(&mut self, row: usize, name: &str, value: &str) -> bool {
        let column = self.sheet.columns.iter().position(|column| column == name);
        if value.is_empty() && column.is_none() {
            return false;
        }
        let column = column.unwrap_or_else(|| {
            self.sheet.columns.push(name.to_owned());
            self.sheet.rows.iter_mut().for_each(|row| row.cells.push(String::new()));
            self.sheet.columns.len() - 1
        });
        let cell = &mut self.sheet.rows[row].cells[column];
        let is_new = cell.as_str() != value;
        value.clone_into(cell);
        is_new
    }

    /// The next id of the form `P017`: one more than the highest.
    fn next_id(&self) -> String {
        let ids = self.log.persons.iter().map(|person| &person.id).chain(&self.added.new);
        let number = |id: &String| id.strip_prefix('P').and_then(|digits| digits.parse::<u64>().ok());
        format!("P{:03}", ids.filter_map(number).max().unwrap_or(0) + 1)
    }
}

fn address(person: &Contact, field: usize) -> &str {
    [&person.name, &person.email, &person.phone, &person.guardian_email][field]
}

/// Whether two values of one of [`FIELDS`] are the same: e-mail without regard to case, phone numbers by their last eight
/// digits. An empty one equals nothing.
fn same(one: &str, other: &str, field: usize) -> bool {
    let folded = |text: &str| match field {
        2 => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(8)..].to_owned()
        }
        0 => text.to_owned(),
        _ => text.trim().to_lowercase(),
    };
    !one.is_empty() && folded(one) == folded(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::amend::tests::{files, project};
    use crate::project::amend::{ContactPart, PROJECT, put_contacts};

    const LOG: &str = "person_id,cohort,municipality,sex,email,consent_date,consent_until,withdrawn_date\n\
        P001,2021,5042,female,eva@x.example,2024-04-15,2030-12-31,\nP007,2021,5042,male,ola@x.example,2024-04-15,2026-01-31,\n\
        P003,2021,5042,,per@x.example,2024-04-15,,2025-01-01\n";

    /// The example's project with a log and a form of the year 2026 that asks for e-mail.
    fn log() -> Files {
        let (mut files, mut problems) = (files(), Problems::new());
        assert!(put_contacts(&mut files, ContactPart::Persons, LOG.into(), &mut problems));
        let survey = project(&files).survey.latest().survey.clone();
        let mut form = Sheet::from_csv(&survey, &files[&survey], &mut problems).unwrap();
        for (name, label) in [("epost", "E-post"), ("q7", "E-post til foresatt (vi sender samtykke dit)")] {
            let label = |column: &String| if column.starts_with("label") { label.to_owned() } else { String::new() };
            let mut cells: Vec<String> = form.columns.iter().map(label).collect();
            cells[..2].clone_from_slice(&["text".to_owned(), name.to_owned()]);
            form.rows.push(Row { line: 0, cells });
        }
        files.insert(survey, form.to_csv());
        files
    }

    fn add(files: &mut Files, contacts: &str) -> (Option<Added>, Vec<String>) {
        let mut problems = Problems::new();
        let given = Addresses {
            file: "contacts.csv",
            bytes: contacts.as_bytes(),
            year: None,
            day: Some("2026-05-10"),
            until: Some("2031-12-31"),
        };
        let added = add_persons(files, &given, &mut problems);
        let told = |problem: &Problem| {
            let line = problem.line.map(|line| format!(" {line}")).unwrap_or_default();
            format!("{}{line} {}", problem.what.code(), problem.column.as_deref().unwrap_or_default())
        };
        (added, problems.list().iter().map(told).collect())
    }

    fn persons(files: &Files) -> Vec<String> {
        String::from_utf8(files["contacts/persons.csv"].clone()).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn new_persons_and_new_addresses() {
        let mut files = log();
        let wave = &project(&files).survey.roles.wave;
        // Cohorts of 2026: wave 1 2026, wave 2 2023, wave 3 2018, wave 4 2013. Eva answers as one of 2021, by hand.
        let contacts = format!(
            "row_key,{wave},kommune_oppvekst,epost,q7,Email Address\n\
             a,3,5042,ny@x.example,,tool@x.example\nb,1,5042,ung@x.example,mor@x.example,\nc,1,5042,,far@x.example,\n\
             d,4,9999,borte@x.example,,\ne,4,5042,,,tool@x.example\n"
        );
        let (added, problems) = add(&mut files, &contacts);
        assert_eq!(problems, ["address-not-asked 1 Email Address"]);
        let added = added.unwrap();
        assert_eq!(added.new, ["P008", "P009", "P010"]);
        assert_eq!((added.unchanged, added.waiting, added.outside, added.updated.len()), (0, 2, 1, 0));
        let lines = persons(&files);
        assert!(lines[0].ends_with(",withdrawn_date,guardian_email"));
        assert_eq!(lines[1], "P001,2021,5042,female,eva@x.example,2024-04-15,2030-12-31,,");
        assert_eq!(
            lines[4..],
            [
                "P008,2018,5042,,ny@x.example,2026-05-10,2031-12-31,,",
                "P009,2026,5042,,ung@x.example,,,,mor@x.example",
                "P010,2026,5042,,,,,,far@x.example",
            ]
        );
        // A second time nothing is new.
        let (again, _) = add(&mut files, &contacts);
        let again = again.unwrap();
        assert_eq!((again.new.len(), again.updated.len(), again.unchanged), (0, 0, 3));
        assert_eq!(persons(&files), lines);
    }

    #[test]
    fn persons_who_are_known() {
        let mut files = log();
        // Eva's consent holds on, longer; Ola's had ended; Per withdrew.
        let contacts = "cohort,municipality,email,phone\n2021,5042,EVA@x.example,91234567\n2021,5042,ola@x.example,\n\
            2021,5042,per@x.example,\n";
        let (added, problems) = add(&mut files, contacts);
        assert_eq!(problems, ["withdrew-before 4 email"]);
        let added = added.unwrap();
        assert_eq!(
            added.updated,
            [
                ("P001".to_owned(), vec!["phone", "consent_until"]),
                ("P007".to_owned(), vec!["consent_date", "consent_until"]),
            ]
        );
        assert_eq!((added.new.len(), added.unchanged, added.withdrew), (0, 0, 1));
        let lines = persons(&files);
        assert_eq!(lines[1], "P001,2021,5042,female,eva@x.example,2024-04-15,2031-12-31,,91234567");
        assert_eq!(lines[2], "P007,2021,5042,male,ola@x.example,2026-05-10,2031-12-31,,");
        assert_eq!(lines[3], "P003,2021,5042,,per@x.example,2024-04-15,,2025-01-01,");
    }

    #[test]
    fn what_is_wrong_changes_nothing() {
        for (contacts, expected) in [
            ("row_key,epost\na,x@x.example\n", "no-column 1 bolge"),
            ("bolge,kommune_oppvekst,IP\n1,5042,1.2.3.4\n", "no-address 1 "),
            ("cohort,municipality,email\n2021,5042,not an address\n", "not-an-email 2 email"),
            ("cohort,municipality,email\n2020,5042,eva@x.example\n", "address-of-another 2 email"),
            ("cohort,municipality,email\n2020,5042,a@x.example\n2020,5042,A@x.example\n", "same-address 3 email"),
            ("cohort,municipality,email\n2021,5042,ola@x.example\n2021,5042,Ola@x.example\n", "same-address 3 email"),
            ("bolge,municipality,email\n7,5042,a@x.example\n", "unknown-word 2 bolge"),
        ] {
            let mut files = log();
            let (added, problems) = add(&mut files, contacts);
            assert_eq!((added, problems[0].as_str()), (None, expected));
            assert_eq!(persons(&files), LOG.lines().collect::<Vec<_>>());
        }
        let mut files = self::files();
        let (added, problems) = add(&mut files, "cohort,municipality,email\n2021,5042,a@x.example\n");
        assert_eq!((added, problems), (None, vec!["no-contact-log ".to_owned()]));
        assert!(files.contains_key(PROJECT));
    }
}
