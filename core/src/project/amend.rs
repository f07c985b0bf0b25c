//! What is added to a project from year to year, in its files: a round of answers, the contact log, what happened to whom.
//!
//! The project file is a person's: only lines are added or exchanged, comments stay. Whatever is wrong afterwards undoes it.

use super::Project;
use crate::problem::Problems;
use crate::questionnaire::{Row, Sheet};
use crate::read::Codebook;
use crate::track::MailRow;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

/// The project file among the files.
pub const PROJECT: &str = "project.toml";
/// Where the key of the pseudonyms lies: in the encrypted project file, and in no output.
pub const KEY: &str = "linking.key";

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Which part of the contact log a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactPart {
    /// The persons.
    Persons,
    /// What happened to whom.
    Events,
    /// Codes of those who withdrew and are known by a code alone.
    Withdrawn,
}

impl ContactPart {
    /// All of them, with the key in the project file, the file's name where none is given, and its header.
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 3] = [
        (
            Self::Persons,
            "persons",
            "contacts/persons.csv",
            "person_id,cohort,municipality,sex,name,email,phone,guardian_email,birth_date,consent_date,consent_until,withdrawn_date\n",
        ),
        (Self::Events, "events", "contacts/events.csv", "person_id,year,wave,event,date\n"),
        (Self::Withdrawn, "withdrawn", "contacts/withdrawn-codes.csv", "code,cohort,municipality,withdrawn_date\n"),
    ];

    /// The part with a key of the project file.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, own, ..)| *own == key).map(|(part, ..)| part)
    }
}

/// The project file, as text. What is not UTF-8 in it is found when it is parsed.
fn text(files: &Files) -> String {
    String::from_utf8_lossy(files.get(PROJECT).map_or(&[], Vec::as_slice)).into_owned()
}

/// The project, if its file can be read.
fn parse(files: &Files, problems: &mut Problems) -> Option<Project> {
    Project::parse(PROJECT, &text(files), problems).filter(|_| problems.errors() == 0)
}

/// Takes a changed project file, if it can still be read.
fn keep(files: &mut Files, changed: String, problems: &mut Problems) -> bool {
    let is_right = Project::parse(PROJECT, &changed, problems).is_some() && problems.errors() == 0;
    if is_right {
        files.insert(PROJECT.into(), changed.into_bytes());
    }
    is_right
}

/// Puts a year's answers into the project: as a new round, or in the place of those that are there. Whether it was done.
pub fn put_round(files: &mut Files, year: u16, closes: &str, answers: Vec<u8>, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let known = project.survey.rounds.iter().find(|round| round.year == year).map(|round| round.answers.clone());
    let file = known.unwrap_or_else(|| format!("answers/{year}.csv"));
    let changed = with_round(&text(files), year, &[("file", json!(file)), ("closes", json!(closes))]);
    let done = keep(files, changed, problems);
    if done {
        files.insert(file, answers);
    }
    done
}

/// Gives a year a questionnaire of its own: the sheets `survey`, `choices` and `settings`. A year without answers gets a file
/// with a header. `comparable` are questions that the owner says are still the same. Whether it was done.
pub fn put_form(
    files: &mut Files,
    (year, closes): (u16, &str),
    sheets: [Vec<u8>; 3],
    comparable: &[String],
    problems: &mut Problems,
) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let names = ["survey", "choices", "settings"].map(|sheet| format!("questionnaire-{year}/{sheet}.csv"));
    let [survey, choices, _] = &names;
    let own = format!("{{ survey = {}, choices = {} }}", json!(survey), json!(choices));
    let known = project.survey.rounds.iter().find(|round| round.year == year).map(|round| round.answers.clone());
    let file = known.unwrap_or_else(|| format!("answers/{year}.csv"));
    let mut keys =
        vec![("file", json!(file).to_string()), ("closes", json!(closes).to_string()), ("questionnaire", own)];
    if !comparable.is_empty() {
        keys.push(("comparable", json!(comparable).to_string()));
    }
    let done = keep(files, with_round(&text(files), year, &keys), problems);
    if done {
        if !files.contains_key(&file) {
            let codebook = Codebook::from_xlsform((survey, &sheets[0]), (choices, &sheets[1]), &mut Problems::new());
            files.insert(file, header(&codebook));
        }
        files.extend(names.into_iter().zip(sheets));
    }
    done
}

/// A file of answers that nobody has given: one column per variable of the questionnaire.
pub(super) fn header(codebook: &Codebook) -> Vec<u8> {
    let names: Vec<&str> = codebook.variables.iter().map(|variable| variable.name.as_str()).collect();
    (names.join(",") + "\n").into_bytes()
}

/// The project file with some keys in the section of a year: where they stand, otherwise at its head; a new section where
/// there is none.
fn with_round(text: &str, year: u16, keys: &[(&str, impl Display)]) -> String {
    let is_key = |line: &str, name: &str| line.split_once('=').is_some_and(|(key, _)| key.trim() == name);
    let value = |line: &str| line.split_once('=').map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let heads: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].trim_start().starts_with('[')).collect();
    let own = year.to_string();
    let is_year = |line: &str| is_key(line, "year") && value(line).split([' ', '#']).next() == Some(own.as_str());
    let section = heads.iter().enumerate().find_map(|(place, &head)| {
        let section = head..heads.get(place + 1).copied().unwrap_or(lines.len());
        let is_own =
            lines[head].trim().starts_with("[[answers]]") && lines[section.clone()].iter().any(|line| is_year(line));
        is_own.then_some(section)
    });
    let Some(section) = section else {
        let mut changed = format!("{text}\n[[answers]]\nyear = {year}\n");
        keys.iter().for_each(|(key, value)| {
            let _ = writeln!(changed, "{key} = {value}");
        });
        return changed;
    };
    let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for (key, value) in keys {
        let line = format!("{key} = {value}\n");
        match section.clone().find(|&at| is_key(lines[at], key)) {
            Some(at) => changed[at] = line,
            None => changed[section.start].push_str(&line),
        }
    }
    changed.concat()
}

impl Project {
    /// The project without the rounds that nobody has answered and that are not over on a day: what is planned is no
    /// nonresponse. `None` when no round is left.
    #[must_use]
    pub fn begun(mut self, files: &Files, day: &str) -> Option<Self> {
        let is_empty =
            |file: &str| files.get(file).is_some_and(|bytes| bytes.iter().filter(|&&byte| byte == b'\n').count() <= 1);
        self.survey.rounds.retain(|round| round.closes.as_str() <= day || !is_empty(&round.answers));
        self.date = self.survey.rounds.iter().map(|round| round.closes.clone()).max()?;
        Some(self)
    }
}

/// Puts a part of the contact log into the project. A project without one gets a section, with an empty file of persons if
/// need be; a path that leads out of the project is replaced. Whether it was done.
pub fn put_contacts(files: &mut Files, part: ContactPart, bytes: Vec<u8>, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let mut changed = text(files);
    let mut added = Vec::new();
    let named = project.contacts.map(|own| [Some(own.persons), own.events, own.withdrawn]);
    if named.is_none() {
        changed.push_str("\n[contacts]\n");
    }
    for (place, (own, key, standard, header)) in ContactPart::ALL.into_iter().enumerate() {
        let name = named.as_ref().and_then(|named| named[place].clone());
        let is_own = own == part;
        let file = match name {
            Some(name) if leads_out(&name) => {
                changed = changed.replace(&format!("\"{name}\""), &json!(standard).to_string());
                standard.to_owned()
            }
            Some(name) => name,
            None if !is_own && (named.is_some() || own != ContactPart::Persons) => continue,
            None => {
                let line = format!("{key} = {}\n", json!(standard));
                match changed.find("\n[contacts]\n") {
                    Some(at) if named.is_some() => changed.insert_str(at + "\n[contacts]\n".len(), &line),
                    _ => changed.push_str(&line),
                }
                standard.to_owned()
            }
        };
        if is_own {
            added.push((file, bytes.clone()));
        } else if !files.contains_key(&file) {
            added.push((file, header.as_bytes().to_vec()));
        }
    }
    let done = keep(files, changed, problems);
    if done {
        files.extend(added);
    }
    done
}

/// Whether a path cannot be one inside a project.
fn leads_out(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.contains(':') || path.split(['/', '\\']).any(|part| part == "..")
}

/// Writes into the log that those on a list were invited, or reminded, on a day. Whether there is a log to write to.
pub fn log_sent(files: &mut Files, rows: &[MailRow], reminders: bool, day: &str, problems: &mut Problems) -> bool {
    let Some(contacts) = parse(files, problems).and_then(|project| project.contacts) else { return false };
    if contacts.events.is_none() {
        let header = ContactPart::ALL[1].3.as_bytes().to_vec();
        if !put_contacts(files, ContactPart::Events, header, problems) {
            return false;
        }
    }
    let named = parse(files, problems).and_then(|project| project.contacts?.events);
    let sheet = named.and_then(|name| Some((Sheet::from_csv(&name, files.get(&name)?, problems)?, name)));
    let Some((mut sheet, name)) = sheet else { return false };
    let event = if reminders { "reminded" } else { "invited" };
    for row in rows {
        let year = row.year.to_string();
        let cell = |column: &String| match column.as_str() {
            "person_id" => row.person_id.clone(),
            "year" => year.clone(),
            "wave" => row.wave.clone(),
            "event" => event.into(),
            "date" => day.into(),
            _ => String::new(),
        };
        sheet.rows.push(Row { line: 0, cells: sheet.columns.iter().map(cell).collect() });
    }
    files.insert(name, sheet.to_csv());
    true
}

/// Enters that somebody withdraws on a day: a person of the contact log by id, or somebody known by a self-made code alone.
/// Whether somebody was found; a code is always taken.
pub fn withdraw(files: &mut Files, id: &str, is_code: bool, day: &str, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    if is_code {
        let named = project.contacts.and_then(|contacts| contacts.withdrawn);
        let own = named.and_then(|name| Sheet::from_csv(&name, files.get(&name)?, problems));
        let header = ContactPart::ALL[2].3.as_bytes();
        let Some(mut sheet) = own.or_else(|| Sheet::from_csv(PROJECT, header, &mut Problems::new())) else {
            return false;
        };
        let cell = |column: &String| match column.as_str() {
            "code" => id.to_owned(),
            "withdrawn_date" => day.to_owned(),
            _ => String::new(),
        };
        sheet.rows.push(Row { line: 0, cells: sheet.columns.iter().map(cell).collect() });
        return put_contacts(files, ContactPart::Withdrawn, sheet.to_csv(), problems);
    }
    let Some(name) = project.contacts.map(|contacts| contacts.persons) else { return false };
    let sheet = files.get(&name).and_then(|bytes| Sheet::from_csv(&name, bytes, problems));
    let Some(mut sheet) = sheet else { return false };
    let column = |wanted: &str| sheet.columns.iter().position(|column| column == wanted);
    let Some((person, withdrawn)) = column("person_id").zip(column("withdrawn_date")) else { return false };
    let Some(row) = sheet.rows.iter_mut().find(|row| row.cells[person] == id) else { return false };
    day.clone_into(&mut row.cells[withdrawn]);
    files.insert(name, sheet.to_csv());
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::New;

    const SURVEY: &str = "questionnaire/survey.csv";

    fn files() -> Files {
        New::example().files(&mut Problems::new()).unwrap()
    }

    fn project(files: &Files) -> Project {
        parse(files, &mut Problems::new()).unwrap()
    }

    #[test]
    fn a_round_is_added_or_replaced() {
        let (mut files, mut problems) = (files(), Problems::new());
        assert!(put_round(&mut files, 2027, "2027-04-30", b"a\n".to_vec(), &mut problems));
        assert!(put_round(&mut files, 2026, "2026-05-12", b"b\n".to_vec(), &mut problems));
        let rounds = project(&files).survey.rounds;
        assert_eq!(
            (rounds.len(), rounds[0].closes.as_str(), rounds[1].closes.as_str()),
            (2, "2026-05-12", "2027-04-30")
        );
        assert_eq!(
            (files["answers/2026.csv"].as_slice(), files["answers/2027.csv"].as_slice()),
            (&b"b\n"[..], &b"a\n"[..])
        );
        // A day of another year undoes it.
        let before = files.clone();
        assert!(!put_round(&mut files, 2028, "2027-04-30", Vec::new(), &mut problems));
        assert_eq!((problems.errors(), &files), (1, &before));
    }

    #[test]
    fn a_year_gets_its_own_questionnaire_and_what_is_planned_is_no_nonresponse() {
        let (mut files, mut problems) = (files(), Problems::new());
        let sheets =
            ["survey", "choices", "settings"].map(|sheet| files[&format!("questionnaire/{sheet}.csv")].clone());
        let comparable = ["int_kunne".to_owned()];
        assert!(put_form(&mut files, (2027, "2027-04-30"), sheets, &comparable, &mut problems), "{problems:?}");
        let rounds = project(&files).survey.rounds;
        assert_eq!(rounds[1].questionnaire.survey, "questionnaire-2027/survey.csv");
        assert_eq!(
            (rounds[1].comparable.as_slice(), rounds[0].questionnaire.survey.as_str()),
            (&comparable[..], SURVEY)
        );
        assert_eq!(files["answers/2027.csv"], files["answers/2026.csv"]);
        assert!(put_round(&mut files, 2027, "2027-05-02", b"x\n1\n".to_vec(), &mut problems));
        let round = project(&files).survey.rounds.remove(1);
        assert_eq!(
            (round.closes.as_str(), round.questionnaire.choices.as_str()),
            ("2027-05-02", "questionnaire-2027/choices.csv")
        );
        // 2026 has no answers: before its last day it is left out, and from then on it counts.
        let begun = |day: &str| project(&files).begun(&files, day).map(|project| project.survey.rounds.len());
        assert_eq!((begun("2026-04-29"), begun("2026-04-30")), (Some(1), Some(2)));
        assert!(project(&super::tests::files()).begun(&super::tests::files(), "2026-01-01").is_none());
    }

    #[test]
    fn contacts_get_a_section_and_paths_that_lead_out_are_replaced() {
        let (mut files, mut problems) = (files(), Problems::new());
        assert!(put_contacts(&mut files, ContactPart::Persons, b"person_id\n".to_vec(), &mut problems));
        let own = project(&files).contacts.unwrap();
        assert_eq!((own.persons.as_str(), own.events.as_deref()), ("contacts/persons.csv", None));
        assert!(put_contacts(&mut files, ContactPart::Events, b"e\n".to_vec(), &mut problems));
        let own = project(&files).contacts.unwrap();
        assert_eq!(
            (own.persons.as_str(), own.events.as_deref()),
            ("contacts/persons.csv", Some("contacts/events.csv"))
        );
        let mut outside = super::tests::files();
        let text = super::text(&outside) + "\n[contacts]\npersons = \"/home/x/persons.csv\"\n";
        outside.insert(PROJECT.into(), text.into_bytes());
        assert!(put_contacts(&mut outside, ContactPart::Events, b"e\n".to_vec(), &mut problems));
        let own = project(&outside).contacts.unwrap();
        assert_eq!(
            (own.persons.as_str(), own.events.as_deref()),
            ("contacts/persons.csv", Some("contacts/events.csv"))
        );
        assert_eq!((outside["contacts/events.csv"].as_slice(), problems.errors()), (&b"e\n"[..], 0));
    }

    #[test]
    fn sent_lists_and_withdrawals_are_written_down() {
        let (mut files, mut problems) = (files(), Problems::new());
        let persons = "person_id,cohort,municipality,sex,consent_date,withdrawn_date\nP1,2027,5042,,2027-01-01,\n";
        assert!(put_contacts(&mut files, ContactPart::Persons, persons.into(), &mut problems));
        let row = MailRow {
            person_id: "P1".into(),
            name: String::new(),
            email: String::new(),
            phone: String::new(),
            guardian: false,
            municipality: "5042".into(),
            municipality_name: crate::text::Text::same("Lierne"),
            cohort: 2027,
            wave: "w1".into(),
            year: 2027,
        };
        assert!(log_sent(&mut files, &[row], false, "2027-04-01", &mut problems));
        assert_eq!(files["contacts/events.csv"], b"person_id,year,wave,event,date\nP1,2027,w1,invited,2027-04-01\n");
        assert!(withdraw(&mut files, "P1", false, "2027-05-02", &mut problems));
        assert!(files["contacts/persons.csv"].ends_with(b"P1,2027,5042,,2027-01-01,2027-05-02\n"));
        assert!(!withdraw(&mut files, "P2", false, "2027-05-02", &mut problems));
        assert!(withdraw(&mut files, "AB12CD", true, "2027-05-02", &mut problems));
        assert!(files["contacts/withdrawn-codes.csv"].ends_with(b"\nAB12CD,,,2027-05-02\n"));
        assert_eq!(problems.errors(), 0);
    }
}
