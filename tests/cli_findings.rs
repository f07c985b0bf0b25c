//! `bygdepuls findings` as a command.

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

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn example() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("examples/indre-namdal"), place.path());
    place
}

#[test]
fn json_is_as_its_schema_says_and_repeats() {
    let arguments = ["findings", "examples/indre-namdal", "--format", "json", "--lang", "nb"];
    let (first, second) = (bygdepuls(&root(), &arguments), bygdepuls(&root(), &arguments));
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert_eq!(first.stdout, second.stdout);
    let json: Value = serde_json::from_slice(&first.stdout).unwrap();
    let path = root().join("docs/schema/findings.json");
    schema::check(&serde_json::from_slice(&fs::read(path).unwrap()).unwrap(), &json, "findings");
    assert_eq!(json["internal"], true);
    // The seed matters where something is drawn, and nowhere else.
    let other = bygdepuls(&root(), &[&arguments[..], &["--seed", "2", "--only", "h1,together"]].concat());
    let other: Value = serde_json::from_slice(&other.stdout).unwrap();
    assert_eq!(other["findings"][0], json["findings"][0]);
    assert_eq!(other["findings"].as_array().unwrap().len(), 2);
}

#[test]
fn the_frame_and_the_page_are_written_and_nothing_else() {
    let place = example();
    let before = files(place.path());
    let output =
        bygdepuls(place.path(), &["findings", ".", "--frame", "frame.csv", "--page", "side.md", "--lang", "nn"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("INTERNT: nøyaktige tal"));
    let frame = fs::read_to_string(place.path().join("frame.csv")).unwrap();
    assert!(
        frame.starts_with("person,stratum,weight,year,wave,home,could_move,intent,friends,tie_tilh_hjemme,kjonn\n")
    );
    assert_eq!(frame.lines().count(), 666);
    let page = fs::read_to_string(place.path().join("side.md")).unwrap();
    assert!(page.starts_with("# De sa – vi gjorde\n") && !page.contains("Kvinner"));
    let after: Vec<_> = files(place.path()).into_iter().filter(|file| !before.contains(file)).collect();
    assert_eq!(after, ["frame.csv", "side.md"]);
    // Never over what is read.
    let own = place.path().join("answers-invented/2025.csv");
    let bytes = fs::read(&own).unwrap();
    let output = bygdepuls(place.path(), &["findings", ".", "--frame", "answers-invented/2025.csv"]);
    assert_eq!((output.status.code(), fs::read(&own).unwrap()), (Some(1), bytes));
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn years_narrow_and_wrong_usage_ends_with_two() {
    let rows = |years: &[&str]| {
        let output = bygdepuls(
            &root(),
            &[&["findings", "examples/indre-namdal", "--only", "h2", "--format", "json"], years].concat(),
        );
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        json["rows"].as_u64().unwrap()
    };
    assert_eq!((rows(&[]), rows(&["--years", "2025"]), rows(&["--years", "2024-2026"])), (665, 172, 486));
    for wrong in [&["--only", "h3"][..], &["--years", "2026-2024"], &["--level", "1"], &["--seed", "-1"]] {
        let output = bygdepuls(&root(), &[&["findings", "examples/indre-namdal"], wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    // Nobody answered in 1999: reasons, not figures.
    let none = bygdepuls(&root(), &["findings", "examples/indre-namdal", "--years", "1999", "--format", "json"]);
    assert!(none.status.success(), "{}", String::from_utf8_lossy(&none.stderr));
    let json: Value = serde_json::from_slice(&none.stdout).unwrap();
    assert_eq!(json["rows"], 0);
}

#[test]
fn a_broken_register_is_reported_with_its_place_and_nothing_is_printed() {
    let place = example();
    let file = place.path().join("register/measures.csv");
    let text =
        fs::read_to_string(&file).unwrap().replace("\n1.2,", "\n1.1,").replace("betingelser=9", "betingelser=99");
    fs::write(&file, text).unwrap();
    let output = bygdepuls(place.path(), &["findings", ".", "--lang", "en"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]));
    assert!(told.contains("the id also stands on line 2") && told.contains("not a finding, a question or an answer"));
}

/// `check` reads the registers of findings too, also where they are internal.
#[test]
fn check_reads_the_registers() {
    let place = tempfile::tempdir().unwrap();
    let copied = place.path().join("p");
    project::copy(&root().join("examples/indre-namdal"), &copied);
    let register = copied.join("register/measures.csv");
    let own = fs::read_to_string(&register).unwrap();
    let check = || bygdepuls(place.path(), &["check", "p"]);
    let said = own.replace("1.6,Bygdekonferanse", "1.6,Bygdekonferanse: 12 flyttet hjem");
    assert_ne!(own, said);
    fs::write(&register, &said).unwrap();
    let output = check();
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(shown.contains("the text says how many") && shown.contains("1.6.title"), "{shown}");
    // Internal it may say so; a status that does not exist is an error all the same.
    let file = copied.join("project.toml");
    let text = fs::read_to_string(&file).unwrap().replace("measures_are = \"public\"\n", "");
    fs::write(&file, text).unwrap();
    assert_eq!(check().status.code(), Some(0), "{}", String::from_utf8_lossy(&check().stderr));
    fs::write(
        &register,
        own.replace("1.6,Bygdekonferanse,Bygdevekst IN,planned", "1.6,Bygdekonferanse,Bygdevekst IN,ferdig"),
    )
    .unwrap();
    let output = check();
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(shown.contains("unknown status") && shown.contains("register/measures.csv"), "{shown}");
}
