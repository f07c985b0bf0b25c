//! `bygdepuls track` as a whole command.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;
#[path = "shared/project.rs"]
mod project;
#[path = "shared/schema.rs"]
mod schema;

use program::bygdepuls;
use project::copy;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A copy of the example region to change.
fn example() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("examples/indre-namdal"), &place.path().join("project"));
    place
}

fn track(more: &[&str]) -> Value {
    let arguments = ["track", "examples/indre-namdal", "--format", "json"];
    json(&bygdepuls(&root(), &[&arguments, more].concat()))
}

/// The schema with each `$ref` replaced by what it means.
fn resolved(value: &Value, whole: &Value) -> Value {
    match value {
        Value::Object(members) => {
            if let Some(name) = members.get("$ref").and_then(Value::as_str) {
                return resolved(&whole["$defs"][name.trim_start_matches("#/$defs/")], whole);
            }
            members.iter().map(|(key, member)| (key.clone(), resolved(member, whole))).collect()
        }
        Value::Array(items) => items.iter().map(|item| resolved(item, whole)).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_json_is_as_its_schema_says() {
    let whole: Value =
        serde_json::from_str(&fs::read_to_string(root().join("docs/schema/track.json")).unwrap()).unwrap();
    let schema = resolved(&whole, &whole);
    schema::check(&schema, &track(&[]), "track");
    schema::check(&schema, &track(&["--due", "2026-2028", "--today", "2027-04-12", "--link-near"]), "track");
}

/// `tests/reference/track/expected.json` is computed from the files by another program.
#[test]
fn an_independent_computation_finds_the_same() {
    let expected = fs::read_to_string(root().join("tests/reference/track/expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let found = track(&["--due", "2027"]);
    let same = |ours: &Value, theirs: &Value, place: &str| match (ours.as_f64(), theirs.as_f64()) {
        (Some(a), Some(b)) => assert!((a - b).abs() <= 1e-12 * b.abs().max(1e-3), "{place}: {a} {b}"),
        _ => assert_eq!(ours, theirs, "{place}"),
    };
    let mut compared = 0;
    for (part, keys) in [
        ("due", &["wave", "municipality"][..]),
        ("response", &["year", "wave", "municipality", "sex"]),
        ("transitions", &["from", "to"]),
        ("changes", &["wave_before", "period_before"]),
    ] {
        for theirs in expected[part].as_array().unwrap() {
            let key = |key: &str| if key == "wave_before" { theirs["wave"].clone() } else { theirs[key].clone() };
            let is = |ours: &&Value| {
                keys.iter().all(|name| ours[*name] == key(name))
                    && (part != "transitions" || ours["cohort"].is_null())
                    && (part != "changes" || (ours["kind"] == "years" && ours["municipality"] == "indre-namdal"))
            };
            let ours = found[part].as_array().unwrap().iter().find(is).unwrap();
            for (name, value) in theirs.as_object().unwrap() {
                let ours = match (part, name.as_str()) {
                    ("changes", "wave") => continue,
                    ("changes", "before" | "after") => &ours[name]["share"],
                    _ => &ours[name],
                };
                same(ours, value, &format!("{part} {theirs} {name}"));
                compared += 1;
            }
        }
    }
    assert!(compared > 1700, "{compared}");
}

/// By hand, from the contact log: cohort 2024 of Lierne has three people, one whose consent has ended.
#[test]
fn who_can_be_reached() {
    let found = track(&["--due", "2027", "--today", "2027-04-12"]);
    let of = |wave: &str, place: &str| {
        let is = |due: &&Value| due["wave"] == wave && due["municipality"] == place;
        found["due"].as_array().unwrap().iter().find(is).unwrap().clone()
    };
    let lierne = of("w2", "5042");
    assert_eq!((&lierne["population"], &lierne["contacts"], &lierne["reachable"]), (&8.into(), &3.into(), &2.into()));
    // Of six, what was sent to one came back.
    assert_eq!((of("w2", "5045")["contacts"].as_u64(), of("w2", "5045")["reachable"].as_u64()), (Some(6), Some(5)));
    // One of two withdrew.
    assert_eq!(of("w4", "5042")["contacts"], 1);
    // The boy without a guardian.
    assert_eq!((of("w1", "5045")["contacts"].as_u64(), of("w1", "5045")["reachable"].as_u64()), (Some(2), Some(1)));
    assert_eq!(
        (&of("w1", "5045")["population"], &found["problems"][0]["code"]),
        (&Value::Null, &"cohort-missing".into())
    );
    // Who was not asked in the years at hand is in no published figure.
    assert_eq!(found["withdrawals"][0]["line"], 24);
    assert!(found["withdrawals"][0]["took_part"].as_array().unwrap().is_empty());
}

#[test]
fn files_are_internal_and_for_the_owner_alone() {
    let place = example();
    let run = |out: &str, more: &[&str]| {
        let arguments = ["track", "project", "--due", "2027", "--today", "2027-04-12", "--lang", "nb", "--out", out];
        bygdepuls(place.path(), &[&arguments, more].concat())
    };
    let output = run("internt", &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("INTERNT"));
    assert!(!place.path().join("internt/lists").exists());
    // Again, with lists: the folder is this command's own.
    fs::write(place.path().join("key.txt"), "0123456789abcdef0123456789abcdef").unwrap();
    let output = run("internt", &["--lists", "--key", "key.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let list = fs::read(place.path().join("internt/lists/2027-w1-invitations.csv")).unwrap();
    assert!(list.starts_with("\u{feff}person_id;navn;epost".as_bytes()));
    let reminders = text(&fs::read(place.path().join("internt/lists/2027-w2-reminders.csv")).unwrap());
    // The second of Lierne: invited, not answered. P001 answered.
    assert!(
        reminders.contains("\r\nP002;Oppdiktet Person 02;p002@oppdiktet.example;;nei;5042;Lierne;2024;w2;2027\r\n")
    );
    assert!(!reminders.contains("P001;") && !reminders.contains("P003;") && !reminders.contains("P010;"));
    let panel = text(&fs::read(place.path().join("internt/lists/panel.csv")).unwrap());
    assert_eq!(panel.lines().count(), 1 + 56);
    let wheel = text(&fs::read(place.path().join("internt/calendar.ics")).unwrap());
    assert!(
        wheel.starts_with("BEGIN:VCALENDAR\r\n") && wheel.contains("SUMMARY:Påminnelse 1: 10. klasse (kull 2027)\r\n")
    );
    let response = text(&fs::read(place.path().join("internt/response.csv")).unwrap());
    assert!(response.starts_with("\u{feff}year;wave;cohort;municipality;sex;n_population;"));
    assert!(response.contains("\r\n2023;w1;2023;5042;all;21;;;21;20;0;1,0\r\n"), "{response}");
    let due = text(&fs::read(place.path().join("internt/due.csv")).unwrap());
    assert!(due.contains("\r\n2027;w2;2024;5042;8;3;5;;3;2;2;"), "{due}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| fs::metadata(place.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("internt"), mode("internt/track.json")), (0o700, 0o600));
        assert_eq!(mode("internt/lists/2027-w2-reminders.csv"), 0o600);
    }
    // Twice the same bytes.
    let once = fs::read(place.path().join("internt/track.json")).unwrap();
    run("internt", &["--lists", "--key", "key.txt"]);
    assert!(once == fs::read(place.path().join("internt/track.json")).unwrap());
}

#[test]
fn nothing_is_written_where_it_is_published() {
    let place = example();
    let output = bygdepuls(place.path(), &["run", "project", "--out", "site", "--widget", "none"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let before = fs::read_dir(place.path().join("site/public")).unwrap().count();
    for out in ["site/public", "site/public/lists", "elsewhere/public", "elsewhere/public/2027"] {
        let output = bygdepuls(place.path(), &["track", "project", "--out", out, "--lists", "--lang", "en"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains("all of this is internal"), "{}", text(&output.stderr));
    }
    assert_eq!(fs::read_dir(place.path().join("site/public")).unwrap().count(), before);
    assert!(!place.path().join("elsewhere").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(place.path().join("site/public"), place.path().join("link")).unwrap();
        assert_eq!(bygdepuls(place.path(), &["track", "project", "--out", "link"]).status.code(), Some(1));
    }
    // Nor may the key lie where the output goes, or lists be asked for without a place.
    fs::create_dir(place.path().join("keys")).unwrap();
    fs::write(place.path().join("keys/key.txt"), "0123456789abcdef").unwrap();
    let output = bygdepuls(place.path(), &["track", "project", "--out", "keys", "--key", "keys/key.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(bygdepuls(place.path(), &["track", "project", "--lists"]).status.code(), Some(2));
    assert_eq!(bygdepuls(place.path(), &["track", "project", "--due", "2027-2020"]).status.code(), Some(2));
}

/// Names, addresses, ids, codes and the key: in no report, no JSON, no message.
#[test]
fn nothing_personal_outside_the_lists() {
    let place = example();
    let log = place.path().join("project/contacts-invented/persons.csv");
    let persons = fs::read_to_string(&log).unwrap();
    fs::write(&log, persons.replace("p002@oppdiktet.example", "not an address Kari Nordmann")).unwrap();
    fs::write(place.path().join("key.txt"), "hemmelighet-0123456789").unwrap();
    let mut told = String::new();
    for more in [&["--format", "json"][..], &[], &["--key", "key.txt"]] {
        let output = bygdepuls(place.path(), &[&["track", "project", "--today", "2027-04-12"], more].concat());
        told += &(text(&output.stdout) + &text(&output.stderr));
    }
    assert!(told.contains("not-an-email"));
    fs::write(&log, &persons).unwrap();
    for more in [
        &["--format", "json"][..],
        &[],
        &["--key", "key.txt", "--format", "json"],
        &["--key", "key.txt", "--out", "out"],
    ] {
        let output = bygdepuls(place.path(), &[&["track", "project", "--today", "2027-04-12"], more].concat());
        assert_eq!(output.status.code(), Some(0));
        told += &(text(&output.stdout) + &text(&output.stderr));
    }
    told += &fs::read_to_string(place.path().join("out/track.json")).unwrap();
    told += &fs::read_to_string(place.path().join("out/calendar.ics")).unwrap();
    for secret in ["Oppdiktet Person", "oppdiktet.example", "Kari", "P001", "P011", "+47", "LI16ST", "hemmelighet"] {
        assert!(!told.contains(secret), "{secret}");
    }
}

/// Somebody known by a code alone withdraws after a release: out of everything from then on, and told what was published.
#[test]
fn a_code_that_withdrew() {
    let place = example();
    let project = place.path().join("project");
    let run = || bygdepuls(place.path(), &["run", "project", "--out", "site", "--widget", "none", "--lang", "en"]);
    let first = run();
    assert!(text(&first.stdout).contains("2023: 179 answers count"), "{}", text(&first.stdout));
    let file = fs::read_to_string(project.join("project.toml")).unwrap();
    let file = file.replace("events = \"contacts", "withdrawn = \"withdrawn.csv\"\nevents = \"contacts");
    fs::write(project.join("project.toml"), file).unwrap();
    fs::write(project.join("withdrawn.csv"), "code,cohort,municipality\nli-16-st,2020,5045\n").unwrap();
    let found = json(&bygdepuls(place.path(), &["track", "project", "--format", "json"]));
    let withdrawal = &found["withdrawals"][0];
    assert_eq!((&withdrawal["file"], &withdrawal["line"]), (&"withdrawn.csv".into(), &2.into()));
    assert_eq!(withdrawal["took_part"][0]["year"], 2023);
    let published = withdrawal["published"].as_array().unwrap();
    assert!(!published.is_empty() && published.iter().all(|figure| figure["wave"] == "w2" && figure["release"] == 1));
    let is_left_out = |row: &Value| row["year"] == 2023 && row["reason"] == "withdrawn" && row["rows"] == 1;
    assert!(found["left_out"].as_array().unwrap().iter().any(is_left_out));
    let second = run();
    assert!(text(&second.stdout).contains("2023: 178 answers count; left out:"), "{}", text(&second.stdout));
}

#[test]
fn a_log_with_faults_stops_everything() {
    let place = example();
    let events = place.path().join("project/contacts-invented/events.csv");
    let written = fs::read_to_string(&events).unwrap();
    fs::write(&events, written + "P999,2027,w2,invited,2027-04-01\nP001,2026,w2,invited,2026-04-01\n").unwrap();
    let output = bygdepuls(place.path(), &["track", "project", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<&str> =
        found["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown-person", "other-cohort"]);
    assert!(found.get("due").is_none());
}

/// An export of the form of 2027, its answers and its addresses, and the addresses into the contact log.
#[test]
fn addresses_go_from_an_export_into_the_contact_log() {
    let place = example();
    let here = place.path();
    let project = here.join("project/project.toml");
    let round = "\n[[answers]]\nyear = 2027\nfile = \"answers-2027.csv\"\ncloses = \"2027-04-30\"\nquestionnaire = { survey = \
                 \"questionnaire-2027/survey.csv\", choices = \"questionnaire-2027/choices.csv\" }\n";
    let old = fs::read_to_string(&project).unwrap();
    fs::write(&project, old.clone() + round).unwrap();
    // P001 is of the cohort of 2024, Lierne. The second sends in again after the closing day.
    let export = "id,submitdate,bolge,samtykke_svar,panelkode,kommune_oppvekst,kontakt_ja,over_alder,epost,foresatt_epost\n\
        1,2027-04-02 10:00,2,1,AA01AA,5042,1,1,P001@oppdiktet.example,\n\
        2,2027-04-03 10:00,3,1,BB02BB,5045,1,,ny@oppdiktet.example,\n\
        3,2027-05-03 10:00,3,1,bb02bb,5045,2,,,\n\
        4,2027-04-03 11:00,1,1,CC03CC,5043,1,2,ung@oppdiktet.example,mor@oppdiktet.example\n\
        5,2027-04-03 12:00,4,1,DD04DD,5044,2,,nei@oppdiktet.example,\n";
    fs::write(here.join("export.csv"), export).unwrap();
    let arguments = ["import", "export.csv", "--questionnaire", "project/questionnaire-2027", "--out"];
    let more = ["project/answers-2027.csv", "--contacts", "contacts.csv", "--closes", "2027-04-30"];
    let output = bygdepuls(here, &[arguments.as_slice(), &more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("addresses of people who by the routing were not asked for them: 1"));
    let log = here.join("project/contacts-invented/persons.csv");
    let before = fs::read_to_string(&log).unwrap();
    let add = ["track", "project", "--add-contacts", "contacts.csv", "--consent-until", "2032-12-31"];
    let output = bygdepuls(here, &add);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("2 new, 1 updated, 0 unchanged\n  new: P033–P034\n  updated: P001: consent_until\n"),
        "{shown}"
    );
    assert!(shown.contains("  1 under 18: without consent until a guardian has said yes"), "{shown}");
    assert!(!shown.contains('@') && !text(&output.stderr).contains('@'));
    let after = fs::read_to_string(&log).unwrap();
    let new: Vec<&str> = after.lines().skip(before.lines().count()).collect();
    assert_eq!(
        new,
        [
            "P033,2019,5045,,,ny@oppdiktet.example,,,2027-04-30,2032-12-31,",
            "P034,2027,5043,,,ung@oppdiktet.example,,mor@oppdiktet.example,,,",
        ]
    );
    let first = "P001,2024,5042,female,Oppdiktet Person 01,p001@oppdiktet.example,,,2024-04-15,20";
    assert_eq!(after.lines().nth(1).unwrap(), format!("{first}32-12-31,"));
    // The project with the new year and the new persons is as it should be, and a second time nothing is new.
    let output = bygdepuls(here, &[add.as_slice(), &["--format", "json"]].concat());
    let again = json(&output);
    assert_eq!((&again["added"]["new"], &again["added"]["unchanged"]), (&serde_json::json!([]), &serde_json::json!(3)));
    assert_eq!(fs::read_to_string(&log).unwrap(), after);
    // The register of the new year is not here.
    fs::write(&project, old).unwrap();
    let due = json(&bygdepuls(here, &["track", "project", "--due", "2027", "--format", "json"]));
    let reached =
        due["due"].as_array().unwrap().iter().find(|row| row["cohort"] == 2019 && row["municipality"] == "5045");
    assert_eq!(reached.unwrap()["contacts"], 4, "{reached:?}");
    // What is wrong changes nothing, and is told without the address.
    fs::write(&project, fs::read_to_string(&project).unwrap() + round).unwrap();
    fs::write(here.join("contacts.csv"), "cohort,municipality,email\n2019,5042,ny@oppdiktet.example\n").unwrap();
    let output = bygdepuls(here, &add);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stderr);
    assert!(shown.contains("line       2 (record 1)\n  column     email") && !shown.contains('@'), "{shown}");
    assert_eq!(fs::read_to_string(&log).unwrap(), after);
}
