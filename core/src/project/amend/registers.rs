//! The files that findings read, and the class list: named in the project file, and put beside it.

use super::edit::Edit;
use super::{Files, keep, leads_out, parse, text};
use crate::problem::Problems;
use crate::read::table::read_texts;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The registers that a project may name, by key of the project file, with the file's name where none is given, and the columns
/// that it must have. A trial has a file of its own: [`put_trial`].
pub const REGISTERS: [(&str, &str, &str); 5] = [
    ("findings.measures", "register/measures.csv", "id,title_nb,responsible,status,answers"),
    ("findings.notes", "register/notes.csv", "date,source,theme,text"),
    ("findings.outcomes", "register/outcomes.csv", "invited,answered,contacted,applied,hired,left,answer"),
    ("findings.moves", "register/moves.csv", "cohort,home,moved"),
    ("register.population.invited", "register/invited.csv", "year,wave,municipality,invited"),
];

/// The trials of a project, in its findings.
const TRIALS: &str = "findings.trial";

/// Puts a register of [`REGISTERS`] into the project, in the place of the one that is there. Whether it was done.
pub fn put_register(files: &mut Files, key: &str, bytes: Vec<u8>, problems: &mut Problems) -> bool {
    let Some((key, standard, _)) = REGISTERS.iter().find(|(own, ..)| *own == key) else { return false };
    let Some(project) = parse(files, problems) else { return false };
    let named = project.places.into_iter().find(|place| place.is_file && place.key == *key).map(|place| place.value);
    let file = named.filter(|name| !leads_out(name)).unwrap_or_else(|| (*standard).to_owned());
    let Some(mut edit) = Edit::new(&text(files)) else { return false };
    edit.set(key, &json!(file));
    let done = keep(files, edit.text(), problems);
    if done {
        files.insert(file, bytes);
    }
    done
}

/// Takes a register out of the project, with its file. Whether it was there.
pub fn drop_register(files: &mut Files, key: &str, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let is_own = REGISTERS.iter().any(|(own, ..)| *own == key);
    let named = project.places.into_iter().find(|place| is_own && place.is_file && place.key == key);
    let (Some(place), Some(mut edit)) = (named, Edit::new(&text(files))) else { return false };
    edit.set(key, &Value::Null);
    keep(files, edit.text(), problems) && forget(files, &place.value)
}

/// The columns of a CSV file, for somebody who says what they are: each with its different words in order, blank ones left out;
/// with none where there are more than `most`, since such a column holds no codes.
pub fn columns(file: &str, bytes: &[u8], most: usize, problems: &mut Problems) -> Option<Vec<(String, Vec<String>)>> {
    let errors = problems.errors();
    let (names, table) = read_texts(file, bytes, problems).filter(|_| problems.errors() == errors)?;
    let of = |name: String| {
        let mut words = BTreeSet::new();
        for word in (0..table.len()).filter_map(|record| table.column(&name)?.text(record).ok()) {
            words.insert(word.trim());
            if words.len() > most {
                words.clear();
                break;
            }
        }
        words.remove("");
        let words = words.into_iter().map(str::to_owned).collect();
        (name, words)
    };
    Some(names.into_iter().map(of).collect())
}

/// Puts a trial into the project: its keys of `[[findings.trial]]` but `file`, and its answers. A trial of the same id is
/// exchanged. Whether it was done.
///
/// ```
/// # use bygdepuls_core::{problem::Problems, project::{New, Project, amend::{PROJECT, put_trial}}};
/// # use serde_json::json;
/// let mut problems = Problems::new();
/// let mut files = New::example().files(&mut problems).unwrap();
/// let trial = json!({ "id": "transport", "outcome": "minutes", "period": "when" });
/// assert!(put_trial(&mut files, trial.as_object().unwrap(), b"when,minutes\nbefore,4\n".to_vec(), &mut problems));
/// let project = Project::parse(PROJECT, std::str::from_utf8(&files[PROJECT]).unwrap(), &mut problems).unwrap();
/// assert_eq!(project.findings.trials[0].file, "register/trial-transport.csv");
/// ```
pub fn put_trial(files: &mut Files, trial: &Map<String, Value>, bytes: Vec<u8>, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let id = trial.get("id").and_then(Value::as_str).unwrap_or_default();
    let trials = project.findings.trials;
    let place = trials.iter().position(|known| known.id == id);
    let named = place.map(|place| trials[place].file.clone()).filter(|name| !leads_out(name));
    let file = named.unwrap_or_else(|| format!("register/trial-{id}.csv"));
    let mut row = trial.clone();
    row.insert("file".into(), json!(file));
    let Some(mut edit) = Edit::new(&text(files)) else { return false };
    edit.set_table(TRIALS, place.unwrap_or(trials.len()), &Value::Object(row));
    let done = keep(files, edit.text(), problems);
    if done {
        files.insert(file, bytes);
    }
    done
}

/// Takes a trial out of the project, with its file. Whether it was there.
pub fn drop_trial(files: &mut Files, id: &str, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let trials = project.findings.trials;
    let place = trials.iter().position(|known| known.id == id);
    let (Some(place), Some(mut edit)) = (place, Edit::new(&text(files))) else { return false };
    edit.remove_table(TRIALS, place);
    keep(files, edit.text(), problems) && forget(files, &trials[place].file)
}

/// Takes a file out, unless the project still names it.
fn forget(files: &mut Files, file: &str) -> bool {
    let named = parse(files, &mut Problems::new());
    if !named.is_some_and(|project| project.files().contains(&file)) {
        files.remove(file);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::amend::if_right;
    use crate::project::amend::tests::{files, project};

    const DAY: &str = "2026-03-01";

    fn put(files: &mut Files, key: &str, bytes: &[u8]) -> Vec<(String, Option<u64>, String, &'static str)> {
        let mut problems = Problems::new();
        if_right(files, DAY, &[], &mut problems, |files, problems| put_register(files, key, bytes.to_vec(), problems));
        let told = problems.list().iter().filter(|one| one.severity == crate::problem::Severity::Error);
        told.map(|one| (one.file.clone(), one.line, one.column.clone().unwrap_or_default(), one.what.code())).collect()
    }

    #[test]
    fn registers_are_put_exchanged_and_taken_out() {
        let mut own = files();
        let before = own.clone();
        let measures = b"id,title_nb,responsible,status,answers\nT1,Kveldsbuss,AtB,started,h2\n";
        assert_eq!(put(&mut own, "findings.measures", measures), []);
        assert_eq!(put(&mut own, "findings.moves", b"cohort,home,moved\n2014,5042,2020\n"), []);
        let named = project(&own).findings;
        let standard = |name: &str| Some(format!("register/{name}.csv"));
        assert_eq!((named.measures, named.moves), (standard("measures"), standard("moves")));
        assert_eq!(own["register/measures.csv"], measures);
        let mut problems = Problems::new();
        assert!(drop_register(&mut own, "findings.measures", &mut problems));
        assert!(drop_register(&mut own, "findings.moves", &mut problems));
        assert!(!drop_register(&mut own, "findings.moves", &mut problems));
        assert_eq!((own.len(), project(&own).findings), (before.len(), project(&before).findings));
        assert!(!drop_register(&mut own, "questionnaire.survey", &mut problems));
    }

    #[test]
    fn what_is_wrong_with_a_register_is_told_where_it_is_and_the_old_one_stays() {
        let mut own = files();
        let before = own.clone();
        let file = |name: &str| format!("register/{name}.csv");
        let twice = b"id,title_nb,responsible,status,answers\nT1,A,B,begun,\nT1,C,D,done,\n";
        let told = put(&mut own, "findings.measures", twice);
        assert!(told.contains(&(file("measures"), Some(2), "status".into(), "unknown-status")), "{told:?}");
        assert!(told.iter().any(|one| one.1 == Some(3) && one.2 == "id"), "{told:?}");
        let told = put(&mut own, "findings.outcomes", b"invited,answered,contacted,applied,hired,left\n");
        assert_eq!(told, [(file("outcomes"), None, "answer".into(), "not-in-schema")]);
        let late = b"invited,answered,contacted,applied,hired,left,answer\n2026-04-01,,,,,,\n";
        assert_eq!(
            put(&mut own, "findings.outcomes", late),
            [(file("outcomes"), Some(2), "invited".into(), "after-today")]
        );
        assert_eq!(put(&mut own, "findings.moves", b"cohort,home,moved\n2014,5042,soon\n")[0].2, "moved");
        assert_eq!(put(&mut own, "findings.notes", b"date,source,theme,text\n1.2.2026,a,h1,b\n")[0].2, "date");
        assert_eq!(own, before);
    }

    #[test]
    fn columns_with_the_words_of_those_that_hold_codes() {
        let bytes = b"who;when\n1;b\n2; a\n3;\n4;b\n";
        let read = columns("a.csv", bytes, 3, &mut Problems::new()).unwrap();
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(read, [("who".to_owned(), Vec::new()), ("when".to_owned(), words(&["a", "b"]))]);
        let mut problems = Problems::new();
        assert_eq!((columns("a.csv", b"", 3, &mut problems), problems.errors()), (None, 1));
    }

    #[test]
    fn a_trial_is_put_and_taken_out() {
        let mut own = files();
        let mut problems = Problems::new();
        let trial = json!({
            "id": "bus", "outcome": "ride", "yes": ["4"], "period": "when", "before": "1", "after": "2",
            "group": "where", "trial": "a", "comparison": "b", "baseline": ["age"],
        });
        let trial = trial.as_object().unwrap();
        let bytes = b"where,when,ride,age\na,1,4,15\nb,2,3,16\n".to_vec();
        assert!(put_trial(&mut own, trial, bytes.clone(), &mut problems));
        let read = project(&own).findings.trials.remove(0);
        assert_eq!((read.id.as_str(), read.file.as_str()), ("bus", "register/trial-bus.csv"));
        assert_eq!(read.group, Some(("where".into(), "a".into(), "b".into())));
        assert_eq!((read.yes, read.period.2.as_str()), (vec!["4".to_owned()], "2"));
        // A column that the file does not have.
        let mut other = trial.clone();
        other.insert("period".into(), json!("month"));
        let done = if_right(&mut own, DAY, &[], &mut problems, |files, problems| {
            put_trial(files, &other, bytes.clone(), problems)
        });
        assert_eq!((done, problems.errors()), (false, 1), "{problems:?}");
        assert_eq!(project(&own).findings.trials[0].period.0, "when");
        assert!(drop_trial(&mut own, "bus", &mut Problems::new()));
        assert!(project(&own).findings.trials.is_empty() && !own.contains_key("register/trial-bus.csv"));
        assert!(!drop_trial(&mut own, "bus", &mut Problems::new()));
    }
}
