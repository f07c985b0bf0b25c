//! `bygdepuls centrality` as a whole command.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;

use program::bygdepuls;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/centrality")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn done(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn records(csv: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
    (head, rows.collect())
}

/// All numbers of an independent computation (`tests/reference/centrality/country.py`), from CSV and packed.
#[test]
fn a_generated_country() {
    let folder = reference().join("small");
    let place = tempfile::tempdir().unwrap();
    let packed = place.path().join("travel.bin");
    let packed = packed.to_str().unwrap();
    done(&bygdepuls(
        &folder,
        &[
            "centrality",
            "pack",
            "--units",
            "units.csv",
            "--travel",
            "travel.csv",
            "--out",
            packed,
            "--max-minutes",
            "100",
        ],
    ));
    let cases: Value = serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut compared = 0;
    for case in cases.as_array().unwrap() {
        let options = case["options"].as_object().unwrap().iter();
        let options: Vec<&str> = options.flat_map(|(name, value)| [name.as_str(), value.as_str().unwrap()]).collect();
        let run = |travel: &str| {
            let own = ["centrality", "index", "--units", "units.csv", "--travel", travel, "--format", "csv"];
            done(&bygdepuls(&folder, &[own.as_slice(), &options].concat()))
        };
        let csv = run("travel.csv");
        assert_eq!(run(packed), csv, "{options:?}");
        let (head, rows) = records(&csv);
        assert_eq!(head[4..], ["jobs_access", "services_access", "jobs_part", "services_part", "index"]);
        assert_eq!(rows.len(), case["index"].as_object().unwrap().len());
        for row in rows {
            let Some(expected) = case["index"][&row[0]].as_array() else {
                assert!(row[4..].iter().all(String::is_empty), "{row:?}");
                continue;
            };
            for (found, expected) in row[4..].iter().zip(expected) {
                let (found, expected): (f64, f64) = (found.parse().unwrap(), expected.as_f64().unwrap());
                assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{options:?} {row:?} {expected}");
                compared += 1;
            }
        }
    }
    assert!(compared > 400);
}

#[test]
fn json_tells_the_parameters_and_what_was_assumed() {
    let folder = reference().join("small");
    let options =
        ["centrality", "index", "--units", "units.csv", "--travel", "travel.csv", "--format", "json", "--lang", "en"];
    let json: Value = serde_json::from_str(&done(&bygdepuls(&folder, &options))).unwrap();
    assert_eq!(json["parameters"]["jobs_decay"], "exponential:rate=0.05116855762208991");
    assert_eq!(json["parameters"]["max_minutes"], 90.0);
    assert_eq!(json["municipalities"].as_array().unwrap().len(), 8);
    let notes = json["notes"].as_array().unwrap();
    let said = |words: &str| notes.iter().any(|note| note.as_str().unwrap().contains(words));
    for words in
        ["does not print its weights", "(assumed)", "one direction only", "no population", "none of Statistics Norway"]
    {
        assert!(said(words), "{words}: {notes:?}");
    }
}

/// SSB KLASS 128, edition 2024, all municipalities.
#[test]
fn the_published_classes() {
    let place = tempfile::tempdir().unwrap();
    let file = fs::read_to_string(reference().join("centrality_2024.csv")).unwrap();
    fs::write(place.path().join("c.csv"), &file).unwrap();
    let output = bygdepuls(
        place.path(),
        &["centrality", "classify", "c.csv", "--index-column", "index", "--edition", "2024", "--format", "csv"],
    );
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    let found = done(&output);
    let (head, rows) = records(&found);
    assert_eq!((head.last().unwrap().as_str(), rows.len()), ("centrality_class", 357));
    assert!(rows.iter().all(|row| row[4] == row[5]));
    // All else is as it was.
    let without: String = found.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n").collect();
    assert_eq!(without, file);
}

/// Classes of 2020 and 2024 as printed: where they differ, the limits of 2024 give the class of 2024.
#[test]
fn what_changed_between_editions() {
    let output = bygdepuls(
        &reference(),
        &["centrality", "classify", "classes_2020_2024.csv", "--index-column", "index_2024", "--edition", "2024"],
    );
    assert!(text(&output.stderr).contains("could not be checked"));
    let (_, rows) = records(&done(&output));
    assert_eq!(rows.len(), 169);
    assert!(rows.iter().all(|row| row[3] == row[5]));
    let moved: Vec<&str> = rows.iter().filter(|row| row[2] != row[5]).map(|row| row[1].as_str()).collect();
    assert_eq!(moved, ["Sola", "Strand", "Hjelmeland", "Nordre Follo", "Sør-Odal", "Tolga", "Os", "Vennesla"]);
}

#[test]
fn editions_are_not_mixed() {
    let place = tempfile::tempdir().unwrap();
    let run = |csv: &str, options: &[&str]| {
        fs::write(place.path().join("c.csv"), csv).unwrap();
        let output = bygdepuls(
            place.path(),
            &[["centrality", "classify", "c.csv", "--lang", "en"].as_slice(), options].concat(),
        );
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    let table = "kommunenr;edition;index\r\n0301;2024;1000\r\n5043;2024;\r\n3403;2024;869,9\r\n";
    let (code, out, problems) = run(table, &["--edition", "2024"]);
    assert_eq!(
        (code, out.as_str()),
        (0, "kommunenr;edition;index;centrality_class\r\n0301;2024;1000;1\r\n5043;2024;;\r\n3403;2024;869,9;3\r\n")
    );
    assert!(problems.contains("between the whole numbers"), "{problems}");
    let (code, out, problems) = run(table, &["--edition", "2020"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        problems.contains("limits of this edition are not known") && problems.contains("expected   2024"),
        "{problems}"
    );
    let (code, out, problems) = run(table, &["--edition", "2020", "--limits", "900,800,700,600,500"]);
    assert_eq!((code, out.as_str(), problems.matches("another edition").count()), (1, "", 3));
    let old = table.replace(";2024;", ";2020;");
    assert_eq!(run(&old, &["--edition", "2024"]).0, 1);
    let (code, out, _) = run(&old, &["--edition", "2020", "--limits", "900,800,700,600,500"]);
    assert_eq!((code, out.lines().last().unwrap()), (0, "3403;2020;869,9;2"));
    for (table, code) in [
        ("index\n1001\n", "not an index"),
        ("index\n-1\n", "not an index"),
        ("indeks\n1\n", "column is missing"),
        ("index\nx\n", "not a number"),
        ("index,centrality_class\n1,6\n", "centrality_class"),
    ] {
        let (status, _, problems) = run(table, &["--edition", "2024"]);
        assert!(status == 1 && problems.contains(code), "{table} {problems}");
    }
    assert_eq!(run("index\n5\n", &[]).0, 2);
    assert_eq!(run("index\n5\n", &["--limits", "500,600,700,800,900"]).0, 2);
}

#[test]
fn what_is_wrong_is_located() {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &str| fs::write(place.path().join(name), bytes).unwrap();
    write("u.csv", "unit,municipality,population,jobs,services\n0101,1,5,6,7\n0102,1,5,6,7\n");
    write("t.csv", "from,to,minutes\n0101,102,5\n0102,0101,-1\n0102,0101,4\n0102,0101,4\n");
    let run = |options: &[&str]| {
        let output = bygdepuls(place.path(), &[["centrality"].as_slice(), options, &["--lang", "en"]].concat());
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    let index = ["index", "--units", "u.csv", "--travel", "t.csv"];
    let (code, out, problems) = run(&index);
    assert_eq!((code, out.as_str()), (1, ""));
    for words in [
        "did you mean «0102»",
        "line       2",
        "value      102",
        "negative",
        "line       3",
        "0102 → 0101",
        "line       5",
        "4 errors",
    ] {
        assert!(problems.contains(words), "{words}: {problems}");
    }
    write("t.csv", "a;b\n1;2\n");
    assert!(run(&index).2.contains("minutes"));
    assert_eq!(run(&["index", "--units", "u.csv"]).0, 2);
    assert_eq!(run(&[index.as_slice(), &["--decay", "cosine:end=1"]].concat()).0, 2);
    assert_eq!(run(&[index.as_slice(), &["--shares", "1,1"]].concat()).0, 2);
    assert_eq!(run(&["index", "--units", "u.csv", "--travel", "none.csv"]).0, 1);
    let (code, _, problems) = run(&["pack", "--units", "u.csv", "--travel", "t.csv", "--out", "t.bin"]);
    assert!(code == 1 && !place.path().join("t.bin").exists(), "{problems}");
    write("t.csv", "from,to,minutes\n0101,0102,5\n");
    assert_eq!(run(&["pack", "--units", "u.csv", "--travel", "t.csv", "--out", "t.bin"]).0, 0);
    let mut bytes = fs::read(place.path().join("t.bin")).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(place.path().join("t.bin"), bytes).unwrap();
    let (code, _, problems) = run(&["index", "--units", "u.csv", "--travel", "t.bin"]);
    assert!(code == 1 && problems.contains("damaged"), "{problems}");
}

#[test]
fn the_district_index() {
    let place = tempfile::tempdir().unwrap();
    let table = "municipality,centrality,population_growth,employment_growth,diversity\n0301,1000,10,8,0.95\n3403,650,0,-4,0.95\n5043,300,-10,2,0.75\n";
    fs::write(place.path().join("d.csv"), table).unwrap();
    let found = done(&bygdepuls(place.path(), &["centrality", "district", "d.csv"]));
    assert_eq!(
        found,
        "municipality,centrality,population,employment,diversity,district_index\n0301,100,100,100,100,100\n3403,50,50,0,100,50\n5043,0,0,50,0,5\n"
    );
}
