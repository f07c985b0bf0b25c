//! `bygdepuls cv` as a whole command: nobody without a consent that holds is in anything it writes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;

use bygdepuls_core::register::recruitment::Day;
use program::bygdepuls;
use std::fs;
use std::path::Path;
use std::process::Output;

const PROJECT: &str = r#"
[region]
id = "indre-namdal"
name = "Indre Namdal"

[[municipality]]
code = "5042"
name = "Lierne"

[recruitment.cv]
file = "cv.csv"
date = "2096-11-01"

[output]
indicators = ["population_growth"]
"#;

/// Names begin with what is true of them.
const BASE: &str = "person_id,name,email,municipality,occupation,education,experience,wants,shared,consent_date,consent_until,withdrawn_date
p1,Delt Anna,anna@x.no,5042,2223,661114,4,nå,ja,2020-01-01,,
p2,Delt Berit,berit@x.no,5042,2223,661114,1,senere,ja,01.01.2020,22.11.2096,
p3,Udelt Carl,carl@x.no,5042,2223,661114,9,nå,nei,2020-01-01,,
p4,Utgått Dina,dina@x.no,5042,2223,661114,9,nå,ja,2094-01-01,2096-11-21,
p5,Trukket Eli,eli@x.no,5042,2223,661114,9,nå,ja,2094-01-01,,2096-11-22
p6,Ikkegitt Finn,finn@x.no,5042,2223,661114,9,nå,ja,,,
p7,Ikkeennå Gro,gro@x.no,5042,2223,661114,9,nå,ja,2096-11-23,,
p8,Delt Hans,hans@x.no,5042,2341,641136,2,nå,ja,2020-01-01,,
";

/// Words that must be in nothing that is written for others than the bridge builder.
const HIDDEN: [&str; 10] = ["Utgått", "Trukket", "Ikkegitt", "Ikkeennå", "dina@", "eli@", "finn@", "gro@", "p4", "p5"];

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What day the machine says it is.
#[allow(clippy::disallowed_methods, reason = "the log is of that day")]
fn machine_day() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let days = i32::try_from(since.as_secs() / 86_400).unwrap();
    Day::iso("1970-01-01").unwrap().plus_days(days).unwrap().to_iso()
}

fn project(base: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("project.toml"), PROJECT).unwrap();
    fs::write(place.path().join("cv.csv"), base).unwrap();
    place
}

fn cv(place: &Path, more: &[&str]) -> Output {
    bygdepuls(place, &[&["cv", ".", "--lang", "nb", "--today", "2096-11-22"], more].concat())
}

#[test]
fn lists_hold_whom_they_may_and_are_logged() {
    let place = project(BASE);
    let folder = place.path();
    let asked = ["shortlist", "--field", "health", "--employer", "Lierne kommune", "--out", "liste.csv"];
    let shortlist = cv(folder, &asked);
    assert_eq!(shortlist.status.code(), Some(0), "{}", text(&shortlist.stderr));
    let list = fs::read_to_string(folder.join("liste.csv")).unwrap();
    assert_eq!(
        list,
        "\u{feff}navn;kontakt;fagfelt;utdanning;yrke;erfaring\r\n\
         Delt Anna;anna@x.no;Helse, omsorg og sosiale tjenester;661114;2223 Sykepleiere;4\r\n\
         Delt Berit;berit@x.no;Helse, omsorg og sosiale tjenester;661114;2223 Sykepleiere;1\r\n"
    );
    let contacts = cv(folder, &["contacts", "--out", "kontakter.csv"]);
    assert_eq!(contacts.status.code(), Some(0), "{}", text(&contacts.stderr));
    let all = fs::read_to_string(folder.join("kontakter.csv")).unwrap();
    let names: Vec<&str> = all.lines().skip(1).filter_map(|line| line.split(';').next()).collect();
    assert_eq!(names, ["Delt Anna", "Delt Berit", "Udelt Carl", "Delt Hans"]);
    let count = cv(folder, &["count"]);
    assert_eq!(count.status.code(), Some(0), "{}", text(&count.stderr));
    let log = fs::read_to_string(folder.join("cv-log.csv")).unwrap();
    // A list is noted on the day on which it is made, whatever day it was asked for.
    let day = machine_day();
    assert_eq!(
        log,
        format!(
            "date;list;employer;criteria;rows\r\n{day};shortlist;Lierne kommune;field=health;2\r\n{day};contacts;;;4\r\n"
        )
    );
    let outputs = [&shortlist, &contacts, &count].map(|output| text(&output.stdout) + &text(&output.stderr));
    let written = outputs.join("\n") + &list + &all + &log;
    for word in HIDDEN {
        assert!(!written.contains(word), "{word} in:\n{written}");
    }
    // Who did not agree to be shared is on the bridge builder's own list alone.
    assert!(!(outputs.join("\n") + &list + &log).contains("Udelt"));
    // Four persons are too few for numbers that may be published.
    assert!(!text(&count.stdout).lines().skip(1).any(|line| line.contains(",2,") || line.contains(",4,")));
    #[cfg(unix)]
    for name in ["liste.csv", "kontakter.csv", "cv-log.csv"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_day_decides() {
    let place = project(BASE);
    // A day that has passed makes no consent hold again.
    let ended = project(&BASE.replace("2094-01-01,2096-11-21", "2020-01-01,2021-01-01"));
    let early = ["cv", ".", "contacts", "--today", "2020-06-01", "--out", "l.csv"];
    let early = bygdepuls(ended.path(), &early);
    assert_eq!(early.status.code(), Some(0), "{}", text(&early.stderr));
    assert!(!fs::read_to_string(ended.path().join("l.csv")).unwrap().contains("Utgått"));
    let later = bygdepuls(
        place.path(),
        &["cv", ".", "shortlist", "--today", "2096-11-23", "--employer", "K", "--out", "l.csv"],
    );
    assert_eq!(later.status.code(), Some(0), "{}", text(&later.stderr));
    let list = fs::read_to_string(place.path().join("l.csv")).unwrap();
    assert!(!list.contains("Berit"), "{list}");
    // Consent is checked on the day on which the list is made: one that is yet to begin is none.
    assert!(list.contains("Anna") && !list.contains("Gro"), "{list}");
    let words = text(&later.stderr);
    assert!(words.contains("consent not yet in force: 1"), "{words}");
    // Nor is one that had not begun on the day that was asked for.
    let before = bygdepuls(place.path(), &["cv", ".", "contacts", "--today", "2019-12-31", "--out", "l.csv"]);
    assert_eq!(before.status.code(), Some(0), "{}", text(&before.stderr));
    assert_eq!(fs::read_to_string(place.path().join("l.csv")).unwrap().lines().count(), 1);
}

#[test]
fn who_withdrew_on_one_row_is_on_no_list() {
    let place = project(&format!(
        "{BASE}p9,Delt Ida,Carl@x.no ,,,,,,,2020-01-01,,2096-02-01\np10,,eli@x.no,5042,2223,,9,nå,ja,2020-01-01,,\n"
    ));
    let output = cv(place.path(), &["contacts", "--out", "l.csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let list = fs::read_to_string(place.path().join("l.csv")).unwrap();
    let names: Vec<&str> = list.lines().skip(1).filter_map(|line| line.split(';').next()).collect();
    assert_eq!(names, ["Delt Anna", "Delt Berit", "Delt Hans"]);
    let words = text(&output.stderr);
    assert!(words.contains("samme person trakk samtykket på linje 10"), "{words}");
    assert!(
        !HIDDEN.iter().chain(&["Carl", "carl@", "Ida"]).any(|word| (words.clone() + &list).contains(word)),
        "{words}"
    );
}

#[test]
fn what_is_refused() {
    let place = project(BASE);
    let folder = place.path();
    for (arguments, code) in [
        (vec!["shortlist", "--out", "l.csv"], 2),
        (vec!["shortlist", "--employer", "K"], 2),
        (vec!["shortlist", "--employer", "K", "--out", "l.csv", "--field", "helse"], 2),
        (vec!["shortlist", "--employer", " ", "--out", "l.csv"], 2),
        (vec!["contacts", "--employer", "K", "--out", "l.csv"], 2),
        (vec!["contacts", "--out", "l.csv", "--occupation", "2220"], 2),
        (vec!["contacts", "--out", "l.csv", "--education", "66x"], 2),
        // Numbers of everybody must not be taken for those of a field.
        (vec!["count", "--field", "health"], 2),
        (vec!["count", "--experience", "2"], 2),
        (vec!["contacts", "--out", "cv.csv"], 1),
        (vec!["contacts", "--out", "cv-log.csv"], 1),
        (vec!["contacts", "--out", "public/l.csv"], 1),
    ] {
        fs::create_dir_all(folder.join("public")).unwrap();
        let output = cv(folder, &arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {}", text(&output.stderr));
    }
    assert_eq!(fs::read_to_string(folder.join("cv.csv")).unwrap(), BASE);
    assert!(!folder.join("cv-log.csv").exists() && !folder.join("public/l.csv").exists());
    // A base with an error makes no list: what is wrong might be a withdrawal.
    let broken = project(&BASE.replace("2096-11-22\n", "22/11\n"));
    let output = cv(broken.path(), &["contacts", "--out", "l.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!broken.path().join("l.csv").exists());
    assert!(text(&output.stderr).contains("withdrawn_date"), "{}", text(&output.stderr));
}
