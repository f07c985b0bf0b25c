//! Names apart from answers: what the project file holds of the contact log, and what the contact file holds.
//!
//! The project file keeps of a person what figures and consent need: id, cohort, municipality, sex, dates of consent and
//! withdrawal. Names and addresses lie in the contact file, by id, and nothing else does. So neither file alone says who
//! answered what, and an old copy of the contact file brings no withdrawn consent back.

use super::Project;
use super::amend::{Files, PROJECT};
use crate::problem::{Explain, Problem, Problems};
use crate::questionnaire::Sheet;
use crate::text::Lang;
use std::collections::BTreeMap;

/// The columns of the file of persons that only the contact file holds.
const APART: [&str; 5] = ["name", "email", "phone", "guardian_email", "birth_date"];
/// What joins the two.
const ID: &str = "person_id";
/// The names and addresses in the contact file.
const CONTACTS: &str = "contacts.csv";
/// Which region the contact file belongs to.
const REGION: &str = "region.txt";

/// Why a contact file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactFileProblem {
    /// It holds no names and addresses: another file.
    None,
    /// It belongs to another region.
    OtherRegion(String),
    /// The project has no contact log.
    NoLog,
}

impl Explain for ContactFileProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::None => "no-contact-file",
            Self::OtherRegion(_) => "contacts-of-another-region",
            Self::NoLog => "no-contact-log",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::None => ("dette er ikke en kontaktfil", "dette er ikkje ei kontaktfil", "this is not a contact file"),
            Self::OtherRegion(id) => {
                let words = lang.pick(
                    "kontaktfila hører til en annen region",
                    "kontaktfila høyrer til ein annan region",
                    "the contact file belongs to another region",
                );
                return format!("{words}: {id}");
            }
            Self::NoLog => (
                "prosjektet har ingen kontaktliste",
                "prosjektet har inga kontaktliste",
                "the project has no contact log",
            ),
        };
        lang.pick(words.0, words.1, words.2).into()
    }

    fn expected(&self, _: Lang) -> Option<String> {
        None
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::None | Self::OtherRegion(_) => (
                "velg kontaktfila som ble lagret sammen med prosjektfila",
                "vel kontaktfila som vart lagra saman med prosjektfila",
                "choose the contact file that was saved with the project file",
            ),
            Self::NoLog => (
                "legg inn lista over personer (CSV) først",
                "legg inn lista over personar (CSV) først",
                "add the list of persons (CSV) first",
            ),
        };
        Some(lang.pick(words.0, words.1, words.2).into())
    }
}

/// The project, if it names a contact log and the log is there.
fn persons(files: &Files) -> Option<(Project, Sheet)> {
    let text = std::str::from_utf8(files.get(PROJECT)?).ok()?;
    let project = Project::parse(PROJECT, text, &mut Problems::new())?;
    let name = project.contacts.as_ref()?.persons.clone();
    let sheet = Sheet::from_csv(&name, files.get(&name)?, &mut Problems::new())?;
    Some((project, sheet))
}

/// A sheet with some of its columns.
fn only(sheet: &Sheet, keep: impl Fn(&str) -> bool) -> Sheet {
    let kept: Vec<usize> = (0..sheet.columns.len()).filter(|&place| keep(&sheet.columns[place])).collect();
    let cells = |cells: &[String]| kept.iter().map(|&place| cells[place].clone()).collect();
    let mut some = sheet.clone();
    some.columns = cells(&sheet.columns);
    some.rows.iter_mut().for_each(|row| row.cells = cells(&row.cells));
    some
}

/// Whether names and addresses are at hand. A project without a contact log has none.
#[must_use]
pub fn has_names(files: &Files) -> bool {
    persons(files).is_some_and(|(_, sheet)| sheet.columns.iter().any(|column| APART.contains(&column.as_str())))
}

/// The files for the project file, and those for the contact file where names are at hand. A log that cannot be read is in
/// neither of them: it may hold names.
#[must_use]
pub fn apart(files: &Files) -> (Files, Option<Files>) {
    let mut project_files = files.clone();
    let Some((project, sheet)) = persons(files) else {
        let named = files.get(PROJECT).and_then(|bytes| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            Project::parse(PROJECT, &text, &mut Problems::new())?.contacts
        });
        named.into_iter().for_each(|own| drop(project_files.remove(&own.persons)));
        return (project_files, None);
    };
    let facts = only(&sheet, |column| !APART.contains(&column));
    project_files.insert(sheet.file.clone(), facts.to_csv());
    let contacts = has_names(files).then(|| {
        let names = only(&sheet, |column| column == ID || APART.contains(&column));
        BTreeMap::from([(CONTACTS.to_owned(), names.to_csv()), (REGION.to_owned(), project.id.into_bytes())])
    });
    (project_files, contacts)
}

/// Whether files are those of a contact file.
#[must_use]
pub fn is_contact_file(files: &Files) -> bool {
    files.contains_key(CONTACTS) && files.contains_key(REGION) && !files.contains_key(PROJECT)
}

/// Puts names and addresses beside the persons of the project, by id. Who is not in the project's log stays out. Gives how
/// many persons got theirs; `None` with a problem when it is not the contact file of this project.
pub fn join(files: &mut Files, contacts: &Files, name: &str, problems: &mut Problems) -> Option<u64> {
    let mut wrong = |what: ContactFileProblem| {
        problems.push(Problem::error(name, what));
        None
    };
    let (Some(bytes), Some(region)) = (contacts.get(CONTACTS), contacts.get(REGION)) else {
        return wrong(ContactFileProblem::None);
    };
    let Some((project, sheet)) = persons(files) else { return wrong(ContactFileProblem::NoLog) };
    if project.id.as_bytes() != region.as_slice() {
        return wrong(ContactFileProblem::OtherRegion(String::from_utf8_lossy(region).into_owned()));
    }
    let names = Sheet::from_csv(name, bytes, &mut Problems::new());
    let Some(names) = names.filter(|names| names.columns.iter().any(|column| column == ID)) else {
        return wrong(ContactFileProblem::None);
    };
    let place = |sheet: &Sheet| sheet.columns.iter().position(|column| column == ID);
    let (theirs, Some(ours)) = (place(&names).unwrap_or_default(), place(&sheet)) else {
        return wrong(ContactFileProblem::NoLog);
    };
    let columns: Vec<usize> = (0..names.columns.len()).filter(|&column| column != theirs).collect();
    let by_id: BTreeMap<&str, &Vec<String>> =
        names.rows.iter().map(|row| (row.cells[theirs].as_str(), &row.cells)).collect();
    let mut joined = only(&sheet, |column| !APART.contains(&column));
    let ours = place(&joined).unwrap_or(ours);
    joined.columns.extend(columns.iter().map(|&column| names.columns[column].clone()));
    let mut found = 0;
    for row in &mut joined.rows {
        let own = by_id.get(row.cells[ours].as_str());
        found += u64::from(own.is_some());
        let cell = |&column: &usize| own.map(|cells| cells[column].clone()).unwrap_or_default();
        row.cells.extend(columns.iter().map(cell));
    }
    files.insert(sheet.file.clone(), joined.to_csv());
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::New;
    use crate::project::amend::{ContactPart, put_contacts, withdraw};

    const PERSONS: &str = "person_id,name,cohort,municipality,sex,email,consent_date,withdrawn_date\n\
                           P1,Kari,2024,5042,female,kari@x.example,2024-01-01,\nP2,Ola,2024,5045,male,,2024-01-01,\n";

    fn files() -> Files {
        let mut files = New::example().files(&mut Problems::new()).unwrap();
        assert!(put_contacts(&mut files, ContactPart::Persons, PERSONS.into(), &mut Problems::new()));
        files
    }

    #[test]
    fn names_and_answers_never_lie_in_one_file() {
        let (project, contacts) = apart(&files());
        let all: Vec<u8> = project.values().flatten().copied().collect();
        assert!(!String::from_utf8_lossy(&all).contains("kari@x.example"));
        let facts = "person_id,cohort,municipality,sex,consent_date,withdrawn_date\n\
                     P1,2024,5042,female,2024-01-01,\nP2,2024,5045,male,2024-01-01,\n";
        assert_eq!(String::from_utf8_lossy(&project["contacts/persons.csv"]), facts);
        let contacts = contacts.unwrap();
        assert_eq!(contacts["contacts.csv"], b"person_id,name,email\nP1,Kari,kari@x.example\nP2,Ola,\n");
        assert!(is_contact_file(&contacts) && !is_contact_file(&project));
        assert!(has_names(&files()) && !has_names(&project));
        assert_eq!(apart(&project), (project.clone(), None));
    }

    #[test]
    fn joined_by_id_and_withdrawn_stays_withdrawn() {
        let (mut project, contacts) = apart(&files());
        let mut problems = Problems::new();
        assert!(withdraw(&mut project, "P2", false, "2025-01-01", &mut problems));
        let contacts = contacts.unwrap();
        assert_eq!(join(&mut project, &contacts, "k", &mut problems), Some(2));
        let joined = "person_id,cohort,municipality,sex,consent_date,withdrawn_date,name,email\n\
                      P1,2024,5042,female,2024-01-01,,Kari,kari@x.example\nP2,2024,5045,male,2024-01-01,2025-01-01,Ola,\n";
        assert_eq!(String::from_utf8_lossy(&project["contacts/persons.csv"]), joined);
        // Again: the same.
        assert_eq!(join(&mut project, &contacts, "k", &mut problems), Some(2));
        assert_eq!(String::from_utf8_lossy(&project["contacts/persons.csv"]), joined);
        let other = BTreeMap::from([("region.txt".to_owned(), b"salten".to_vec())]);
        let other: Files = contacts.into_iter().chain(other).collect();
        assert_eq!(join(&mut project, &other, "k", &mut problems), None);
        assert_eq!(join(&mut project, &Files::new(), "k", &mut problems), None);
        let codes: Vec<&str> = problems.list().iter().map(|problem| problem.what.code()).collect();
        assert_eq!(codes, ["contacts-of-another-region", "no-contact-file"]);
    }

    #[test]
    fn a_log_that_cannot_be_read_is_in_neither() {
        let mut files = files();
        files.insert("contacts/persons.csv".into(), Vec::new());
        let (project, contacts) = apart(&files);
        assert!(!project.contains_key("contacts/persons.csv") && contacts.is_none());
    }
}
