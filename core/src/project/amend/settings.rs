//! Settings: what a person chooses in the project file, by key.

use super::edit::Edit;
use super::{Files, KEY, PROJECT, keep, parse, text};
use crate::disclosure::Policy;
use crate::problem::Problems;
use crate::project::{GeoLevel, Project};
use crate::text::Text;
use serde_json::{Map, Value, json};

/// What the project says of everything that a person may choose, by key of the project file; for a key that is not there, what
/// holds without it, or null.
#[must_use]
pub fn settings(project: &Project) -> Map<String, Value> {
    let mut settings = Map::new();
    let mut put = |key: &str, value: Value| drop(settings.insert(key.into(), value));
    put("region.name", words(&project.name));
    put("region.notice", if project.notice == Text::default() { Value::Null } else { words(&project.notice) });
    let municipality = |one: &crate::project::Municipality| json!({ "code": one.code, "name": words(&one.name) });
    put("municipality", project.municipalities.iter().map(municipality).collect());
    let calendar = &project.calendar;
    put("calendar.opens", json!(calendar.opens));
    put("calendar.closes", json!(calendar.closes));
    put("calendar.reminders", json!(calendar.reminders));
    put("calendar.analysis", json!(calendar.analysis));
    put("calendar.publication", json!(calendar.publication));
    put("output.indicators", json!(project.indicators));
    put("output.update_month", json!(project.update_month));
    put("output.address", if project.address.is_empty() { Value::Null } else { json!(project.address) });
    put("findings.measures_are", json!(if project.findings.measures_public { "public" } else { "internal" }));
    put("findings.horizon", json!(project.findings.horizon));
    if project.survey.waves.is_empty() {
        return settings;
    }
    let wave = |one: &crate::project::Wave| json!({ "code": one.code, "years_after": one.years_after });
    put("wave", project.survey.waves.iter().map(wave).collect());
    let release = &project.release;
    let policy = &release.policy;
    put("disclosure.policy", json!(if release.internal_only { Policy::INTERNAL } else { Policy::NAME }));
    let level = match release.level {
        GeoLevel::Region => "region",
        GeoLevel::Municipality => "municipality",
    };
    put("disclosure.level", json!(level));
    put("disclosure.dont_know", json!(release.dont_know.code()));
    put("disclosure.windows", json!(release.windows));
    put("disclosure.thirds_from", json!(policy.thirds_from));
    put("disclosure.fifths_from", json!(policy.fifths_from));
    put("disclosure.exact_from", json!(policy.exact_from));
    put("disclosure.larger_units", json!(policy.larger_units));
    put("disclosure.sensitive", json!(policy.sensitive));
    put("disclosure.sensitive_from", json!(policy.sensitive_from));
    put("disclosure.pool", json!(release.pool));
    settings
}

/// A text that is the same in all languages is one string, as in project files.
fn words(text: &Text) -> Value {
    match text.nb == text.nn && text.nb == text.en {
        true => json!(text.nb),
        false => json!({ "nb": text.nb, "nn": text.nn, "en": text.en }),
    }
}

/// Changes settings, named as [`settings`] names them; null takes a key out of the file. What is the same as before is not
/// touched, and neither is anything else in the file. A municipality that is new becomes a choice in every questionnaire, and
/// one of the register's. Whether it was done; what cannot be read afterwards undoes it.
///
/// ```
/// # use bygdepuls_core::{problem::Problems, project::{New, Project, amend::{PROJECT, put_settings}}};
/// # use serde_json::json;
/// let mut problems = Problems::new();
/// let mut files = New::example().files(&mut problems).unwrap();
/// let wanted = json!({ "disclosure.level": "municipality", "calendar.opens": "04-05" });
/// assert!(put_settings(&mut files, wanted.as_object().unwrap(), &mut problems));
/// let text = String::from_utf8(files[PROJECT].clone()).unwrap();
/// assert!(text.contains("\nlevel = \"municipality\"\n") && text.contains("\nopens = \"04-05\"\n"));
/// ```
pub fn put_settings(files: &mut Files, wanted: &Map<String, Value>, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let Some(mut edit) = Edit::new(&text(files)) else { return false };
    let known = settings(&project);
    for (key, value) in wanted.iter().filter(|(key, value)| known.get(*key).is_some_and(|own| own != *value)) {
        match value.as_array() {
            Some(rows) if !key.contains('.') => edit.set_tables(key, rows),
            _ => edit.set(key, value),
        }
    }
    let done = keep(files, edit.text(), problems);
    if done {
        super::municipalities::welcome(files, &project);
    }
    done
}

/// Puts another project file in the place of the one that is there, as somebody wrote it. Whether it can be read.
pub fn put_project(files: &mut Files, text: &str, problems: &mut Problems) -> bool {
    keep(files, text.to_owned(), problems)
}

/// Puts a file into the project, for a project file that names it. Whether it was done: not under a name that leads out of the
/// project, nor in the place of the project file, of the key or of what was published.
pub fn put_file(files: &mut Files, name: &str, bytes: Vec<u8>) -> bool {
    let is_own =
        name.is_empty() || name.ends_with('/') || [PROJECT, KEY].contains(&name) || name.starts_with("releases/");
    let done = !is_own && !super::leads_out(name);
    if done {
        files.insert(name.to_owned(), bytes);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::amend::tests::{files, project};

    fn put(files: &mut Files, wanted: Value) -> Problems {
        let mut problems = Problems::new();
        put_settings(files, wanted.as_object().unwrap(), &mut problems);
        problems
    }

    #[test]
    fn what_is_the_same_is_not_touched() {
        let mut own = files();
        let before = own.clone();
        let all = settings(&project(&own));
        assert_eq!(all["calendar.opens"], Value::Null);
        assert_eq!(all["disclosure.windows"], json!([1, 2, 4]));
        assert_eq!(all["wave"][2], json!({ "code": "3", "years_after": 8 }));
        assert_eq!(put(&mut own, Value::Object(all)).errors(), 0);
        assert_eq!(own, before);
    }

    #[test]
    fn settings_are_read_again_as_they_were_put() {
        let mut own = files();
        let before = String::from_utf8(own[PROJECT].clone()).unwrap();
        let wanted = json!({
            "region.name": { "nb": "Indre", "nn": "Indre", "en": "Inner \"Namdal\"" },
            "region.notice": "Prøve",
            "calendar.opens": "04-05",
            "calendar.closes": "04-28",
            "calendar.reminders": ["04-12"],
            "output.update_month": 9,
            "disclosure.level": "municipality",
            "disclosure.dont_know": "inside",
            "disclosure.windows": [1, 3],
            "disclosure.thirds_from": 15,
            "disclosure.fifths_from": null,
            "disclosure.pool": [["5043", "5044"]],
            "wave": [{ "code": "1", "years_after": 0 }, { "code": "2", "years_after": 4 }],
        });
        assert_eq!(put(&mut own, wanted.clone()).errors(), 0);
        let now = settings(&project(&own));
        for (key, value) in wanted.as_object().unwrap() {
            let expected = if key == "disclosure.fifths_from" { json!(20) } else { value.clone() };
            assert_eq!(now[key], expected, "{key}");
        }
        // Every comment of before is there, and no other line went but those of what was changed.
        let after = String::from_utf8(own[PROJECT].clone()).unwrap();
        let lost: Vec<&str> = before.lines().filter(|line| line.starts_with('#') && !after.contains(line)).collect();
        assert_eq!(lost, Vec::<&str>::new());
    }

    #[test]
    fn what_is_wrong_is_told_at_its_line_and_changes_nothing() {
        let mut own = files();
        let before = own.clone();
        let wanted = json!({
            "calendar.opens": "30.04",
            "disclosure.thirds_from": 5,
            "disclosure.windows": "1 2",
            "wave": [{ "code": "1", "years_after": 99 }, { "code": "1", "years_after": 3 }],
        });
        let problems = put(&mut own, wanted);
        let told: Vec<(&str, &str, Option<&str>)> = problems
            .list()
            .iter()
            .map(|one| (one.what.code(), one.column.as_deref().unwrap_or_default(), one.value.as_deref()))
            .collect();
        let wrong = "wrong-type";
        assert!(told.contains(&(wrong, "calendar.opens", Some("\"30.04\""))), "{told:?}");
        assert!(told.contains(&(wrong, "disclosure.thirds_from", Some("5"))), "{told:?}");
        assert!(told.contains(&(wrong, "disclosure.windows", Some("\"1 2\""))), "{told:?}");
        assert!(told.contains(&(wrong, "wave.years_after", Some("99"))), "{told:?}");
        assert!(problems.list().iter().all(|one| one.file == PROJECT && one.line.is_some()));
        assert_eq!(own, before);
    }

    #[test]
    fn a_new_municipality_is_a_choice_and_in_the_register() {
        let mut own = files();
        let mut list = settings(&project(&own))["municipality"].clone();
        list.as_array_mut().unwrap().push(json!({ "code": "5046", "name": "Høylandet" }));
        assert_eq!(put(&mut own, json!({ "municipality": list })).errors(), 0);
        assert_eq!(project(&own).municipalities[4].name, Text::same("Høylandet"));
        let choices = String::from_utf8(own["questionnaire/choices.csv"].clone()).unwrap();
        let rows: Vec<&str> = choices.lines().filter(|line| line.contains("5046")).collect();
        let row = |list: &str| format!("{list},5046,Høylandet,Høylandet,Høylandet,");
        assert_eq!(rows, [row("kommune"), row("bosted")]);
        assert!(String::from_utf8_lossy(&own["register/population.schema.json"]).contains("\"5046\""));
        // The choices can be read: nothing but its cohorts is missing.
        let mut problems = Problems::new();
        assert!(project(&own).load(&own, &mut problems).is_none());
        let errors = problems.list().iter().filter(|one| one.severity == crate::problem::Severity::Error);
        assert!(errors.into_iter().all(|one| one.what.code() == "cohort-missing"), "{problems:?}");
    }

    #[test]
    fn a_file_that_was_written_by_hand() {
        let mut own = files();
        let text = super::text(&own);
        let mut problems = Problems::new();
        for name in ["../a.csv", "/a.csv", "C:\\a.csv", "project.toml", "releases/0001.json", "linking.key", "", "a/"] {
            assert!(!put_file(&mut own, name, Vec::new()), "{name}");
        }
        assert!(put_file(&mut own, "foreign/udir.csv", b"a\n".to_vec()));
        assert_eq!(own["foreign/udir.csv"], b"a\n");
        assert!(put_project(&mut own, &text.replace("update_month = 6", "update_month = 8"), &mut problems));
        assert_eq!(project(&own).update_month, 8);
        assert!(!put_project(&mut own, &text.replace("update_month", "update_moth"), &mut problems));
        assert_eq!((problems.list()[0].what.code(), project(&own).update_month), ("unknown-key", 8));
    }
}
