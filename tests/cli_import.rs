//! `bygdepuls import` as a whole command.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;
#[path = "shared/project.rs"]
mod project;
#[path = "shared/schema.rs"]
mod schema;

use program::bygdepuls;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/data/exports/samples").join(name)).unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Imports bytes as the file `export.csv` in a folder.
fn import(folder: &Path, bytes: &[u8], more: &[&str]) -> Output {
    fs::write(folder.join("export.csv"), bytes).unwrap();
    let form = root().join("tests/data/exports/questionnaire");
    let form = form.to_str().unwrap();
    let own = ["import", "export.csv", "--questionnaire", form, "--out", "answers.csv", "--report", "report.json"];
    bygdepuls(folder, &[own.as_slice(), more].concat())
}

#[test]
fn answers_and_report() {
    let place = tempfile::tempdir().unwrap();
    let output = import(place.path(), &sample("limesurvey_codes.csv"), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    let answers = fs::read_to_string(place.path().join("answers.csv")).unwrap();
    assert_eq!(answers.lines().count(), 4);
    assert!(answers.starts_with("bolge,kull,panelkode,"));
    assert!(answers.contains(",sektor_onske/A,sektor_onske/C,"));
    let report: Value = serde_json::from_slice(&fs::read(place.path().join("report.json")).unwrap()).unwrap();
    let own: Value = serde_json::from_slice(&fs::read(root().join("docs/schema/import.json")).unwrap()).unwrap();
    schema::check(&own, &report, "report");
    assert_eq!(report["files"][0]["dialect"], "limesurvey");
    assert_eq!((&report["files"][0]["records"], &report["files"][0]["partial"]), (&3.into(), &1.into()));
    // Twice the same.
    let again = import(place.path(), answers.as_bytes(), &[]);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(fs::read_to_string(place.path().join("answers.csv")).unwrap(), answers);
}

#[test]
fn with_an_error_no_answers_are_written() {
    let place = tempfile::tempdir().unwrap();
    let broken = text(&sample("nettskjema_v3.txt")).replace("\"5045\"", "\"5099\"");
    let output = import(place.path(), broken.as_bytes(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!place.path().join("answers.csv").exists());
    let shown = text(&output.stderr);
    assert!(shown.contains("line       3 (record 2)\n  column     kommune_oppvekst"), "{shown}");
    assert!(!shown.contains("5099") && shown.contains("1 error; nothing was written"), "{shown}");
    let report: Value = serde_json::from_slice(&fs::read(place.path().join("report.json")).unwrap()).unwrap();
    assert_eq!(report["errors"], 1);
    let output = import(place.path(), broken.as_bytes(), &["--keep-going"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn wrong_usage() {
    let place = tempfile::tempdir().unwrap();
    let own = sample("nettskjema_v3.txt");
    for wrong in [
        ["--delimiter", "ab"],
        ["--encoding", "klingon"],
        ["--place", "x"],
        ["--dialect", "excel"],
        ["--contacts", "answers.csv"],
        ["--contacts", "export.csv"],
    ] {
        assert_eq!(import(place.path(), &own, &wrong).status.code(), Some(2), "{wrong:?}");
    }
    assert_eq!(import(place.path(), &own, &["--dialect", "msforms"]).status.code(), Some(0));
    let output = bygdepuls(place.path(), &["import", "none.csv", "--questionnaire", "none", "--out", "a.csv"]);
    assert_eq!(output.status.code(), Some(1));
}

/// The example's answers, written again with a column for each choice, come to the same release.
#[test]
fn run_reads_what_import_writes() {
    let place = tempfile::tempdir().unwrap();
    let released = |name: &str| {
        let output = bygdepuls(place.path(), &["run", name, "--out", &format!("{name}-out"), "--widget", "none"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        fs::read(place.path().join(format!("{name}-out/public/return_intent.json"))).unwrap()
    };
    for name in ["a", "b"] {
        project::copy(&root().join("examples/indre-namdal"), &place.path().join(name));
    }
    for year in ["2023", "2024", "2025", "2026"] {
        let own = format!("b/answers-invented/{year}.csv");
        let output = bygdepuls(
            place.path(),
            &["import", &own, "--questionnaire", "b/questionnaire", "--out", "new.csv", "--keep-duplicates"],
        );
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        fs::rename(place.path().join("new.csv"), place.path().join(&own)).unwrap();
    }
    let new = fs::read_to_string(place.path().join("b/answers-invented/2023.csv")).unwrap();
    assert!(new.lines().next().unwrap().contains(",betingelser/1,"));
    assert_eq!(released("a"), released("b"));
}

/// Names, addresses, numbers and codes in every column of every sample: none of them in anything that is printed or told;
/// in the answers only in the free text of those who wrote it, which is warned about.
#[test]
fn nothing_personal_is_told() {
    const PLANTED: [&str; 4] = ["kari.planted@example.no", "91234567", "01410010085", "Kari Planted"];
    for entry in fs::read_dir(root().join("tests/data/exports/samples")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let bytes = sample(&name);
        let is_windows = name.contains("cp1252");
        let own: String = if is_windows { bytes.iter().map(|byte| char::from(*byte)).collect() } else { text(&bytes) };
        let delimiter = if own.lines().next().unwrap().contains(';') { ';' } else { ',' };
        let rows: Vec<&str> = own.trim_end().lines().collect();
        let header = if name.starts_with("surveymonkey") { 2 } else { 1 };
        let columns = csv_cells(rows[header], delimiter).len();
        for column in 0..columns {
            for planted in PLANTED {
                let mut lines: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
                for line in &mut lines[header..] {
                    let mut cells = csv_cells(line, delimiter);
                    cells[column] = planted.into();
                    *line = cells
                        .iter()
                        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                        .collect::<Vec<_>>()
                        .join(&delimiter.to_string());
                }
                let changed = lines.join("\r\n") + "\r\n";
                let changed: Vec<u8> = match is_windows {
                    true => changed.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect(),
                    false => changed.into_bytes(),
                };
                // One value of each kind per column is enough for the whole command; it is slow in a debug build.
                if planted != PLANTED[column % PLANTED.len()] {
                    continue;
                }
                let place = tempfile::tempdir().unwrap();
                let output = import(place.path(), &changed, &["--contacts", "contacts.csv", "--keep-going"]);
                let report = fs::read_to_string(place.path().join("report.json")).unwrap_or_default();
                let told = text(&output.stdout) + &text(&output.stderr) + &report;
                assert!(!told.contains(planted), "{name}, column {column}: {planted}\n{told}");
                let answers = fs::read_to_string(place.path().join("answers.csv")).unwrap_or_default();
                let names = csv_cells(answers.lines().next().unwrap_or_default(), ',');
                for line in answers.lines().skip(1) {
                    for (cell, name) in csv_cells(line, ',').iter().zip(&names) {
                        assert!(!cell.contains(planted) || name == "kommentar", "{name}: {planted}");
                    }
                }
            }
        }
    }
}

/// The cells of a record without line breaks.
fn csv_cells(line: &str, delimiter: char) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut letters = line.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cells.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            letter if letter == delimiter && !quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    cells
}

#[test]
#[cfg(unix)]
fn contacts_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let forms = text(
        &sample("msforms_excel_no_cp1252.csv")
            .iter()
            .map(|byte| if byte.is_ascii() { *byte } else { b'?' })
            .collect::<Vec<_>>(),
    );
    let forms = forms.replacen("anonymous;;", "kari@example.no;Kari Nordmann;", 1);
    fs::write(place.path().join("contacts.csv"), "old").unwrap();
    let output = import(place.path(), forms.as_bytes(), &["--contacts", "contacts.csv", "--row-key", "--keep-going"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let path = place.path().join("contacts.csv");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let contacts = fs::read_to_string(&path).unwrap();
    let row: Vec<&str> = contacts.lines().nth(1).unwrap().split(',').collect();
    // The wave and the home municipality, which this export does not tell, stand before what was given.
    assert_eq!(row[3..], ["kari@example.no", "Kari Nordmann"]);
    let answers = fs::read_to_string(place.path().join("answers.csv")).unwrap();
    assert!(answers.starts_with("row_key,") && answers.contains(&format!("\n{},", row[0])));
}
