//! The contact log: its files, what was sent to whom, and who withdraws.

use super::{Files, PROJECT, keep, parse, text};
use crate::problem::Problems;
use crate::questionnaire::{Row, Sheet};
use crate::track::MailRow;
use serde_json::json;

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
pub(super) fn leads_out(path: &str) -> bool {
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
    use crate::project::amend::tests::{files, project};

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
        let mut outside = crate::project::amend::tests::files();
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
