//! Names, addresses and codes planted in every column of the answers: in no file that is made, no log and no message.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;
#[path = "shared/project.rs"]
mod project;

use program::bygdepuls;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

const PLANTED: [&str; 4] = ["kari.planted@example.no", "91234567", "KA07PL", "Kari Planted"];
const ANSWERS: &str = "project/answers-invented/2026.csv";

fn example() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal");
    project::copy(&example, &place.path().join("project"));
    place
}

/// The answers of 2026 with some columns planted: each row gets the next of the planted values.
fn plant(place: &Path, columns: impl Fn(&str) -> bool) {
    let bytes = fs::read(place.join(ANSWERS)).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes.as_slice());
    let names = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&names).unwrap();
    for (row, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let cells = record.iter().zip(&names).map(|(cell, name)| match columns(name) {
            // Codes stay apart, so that no two rows are taken for one person.
            true if name == "panelkode" => format!("KA07PL{row}"),
            true => PLANTED[row % PLANTED.len()].to_owned(),
            false => cell.to_owned(),
        });
        writer.write_record(cells).unwrap();
    }
    fs::write(place.join(ANSWERS), writer.into_inner().unwrap()).unwrap();
}

fn search(told: &str, what: &str) {
    for planted in PLANTED {
        assert!(!told.contains(planted), "{what}: {planted}");
    }
}

fn search_folder(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search_folder(&path);
        } else {
            search(&String::from_utf8_lossy(&fs::read(&path).unwrap()), &path.display().to_string());
        }
    }
}

fn both(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What people may write themselves: everything is computed, and nothing of it is anywhere, internal files included.
#[test]
fn nothing_personal_in_what_is_made() {
    let place = example();
    plant(place.path(), |name| ["panelkode", "kommentar"].contains(&name));
    let run = bygdepuls(place.path(), &["run", "project", "--out", "out", "--internal", "--widget", "none"]);
    assert_eq!(run.status.code(), Some(0), "{}", both(&run));
    search(&both(&run), "run");
    search_folder(&place.path().join("out"));
    search_folder(&place.path().join("project/releases"));
    for command in [&["track", "project", "--out", "track"][..], &["findings", "project"], &["check", "project"]] {
        let output = bygdepuls(place.path(), command);
        assert_eq!(output.status.code(), Some(0), "{}", both(&output));
        search(&both(&output), command[0]);
    }
    search_folder(&place.path().join("track"));
}

/// What must be a code: all of it is refused, and nothing is written; scripts get the places without the values.
#[test]
fn nothing_personal_in_what_is_refused() {
    let place = example();
    plant(place.path(), |name| !["panelkode", "kommentar"].contains(&name));
    for command in ["run", "check"] {
        let output = bygdepuls(place.path(), &[command, "project", "--format", "json"]);
        assert_eq!(output.status.code(), Some(1), "{}", both(&output));
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.contains("kommune_oppvekst"), "{told}");
        search(&told, command);
    }
    assert!(!place.path().join("project/out").exists());
    assert!(!place.path().join("project/releases").exists());
}
