//! `bygdepuls municipality` as a whole command.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn municipality(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bygdepuls"));
    command.arg("municipality").args(arguments).env("LC_ALL", "C.UTF-8").env("LANG", "en").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn data(file: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/municipality").join(file);
    path.display().to_string()
}

fn json(arguments: &[&str]) -> (Option<i32>, Value) {
    let output = municipality(&[arguments, &["--format", "json"]].concat());
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn find_ends_with_0_only_when_one_is_found() {
    for (arguments, code, status) in [
        (&["find", "0301"][..], 0, "found"),
        (&["find", "301", "--date", "2024"], 0, "found"),
        (&["find", "1601", "--date", "2017-12-31"], 0, "found"),
        (&["find", "1601", "--date", "2018-01-01"], 1, "not-then"),
        (&["find", "Våler"], 1, "ambiguous"),
        (&["find", "Ringeby"], 1, "unknown"),
        (&["find", "5001 Oslo"], 1, "contradiction"),
        (&["find", "-301"], 1, "unknown"),
        (&["find", ""], 1, "unknown"),
    ] {
        let (exit, answer) = json(arguments);
        assert_eq!((exit, answer["status"].as_str()), (Some(code), Some(status)), "{arguments:?}");
        let keys: Vec<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        let schema: Value = serde_json::from_str(include_str!("../docs/schema/municipality.json")).unwrap();
        let known: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, known);
        if let Some(one) = answer["municipalities"].get(0).or(answer["suggestions"].get(0)) {
            let keys: Vec<&String> = one.as_object().unwrap().keys().collect();
            let known = &schema["$defs"]["municipality"]["properties"];
            assert_eq!(keys, known.as_object().unwrap().keys().collect::<Vec<_>>());
        }
    }
    let (_, answer) = json(&["find", "Ringeby"]);
    assert_eq!(answer["suggestions"][0]["code"], "3439");
    assert_eq!(answer["municipalities"], Value::Array(Vec::new()));
    let (_, answer) = json(&["find", "5059", "--date", "2020"]);
    let was: Vec<&str> = answer["municipalities"][0]["predecessors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(was, ["5012", "5016", "5023", "5024"]);
    assert_eq!(answer["notes"][0], "“2020” is read as 2020-01-01, its first day");
}

#[test]
fn a_date_that_is_none_is_wrong_usage() {
    for date in ["2023-02-29", "1837-12-31", "2027", "x", "", "31.06.2020", "-1"] {
        let output = municipality(&["find", "Oslo", "--date", date]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{date}");
    }
    let file = data("invented-2017.csv");
    for arguments in [
        &["convert", &file, "--to", "2024"][..],
        &["convert", &file, "--from", "2017"],
        &["check", &file, "--county", "99"],
    ] {
        assert_eq!(municipality(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn csv_and_table_say_the_same() {
    let output = municipality(&["find", "Ringeby", "--format", "csv"]);
    assert!(
        text(&output.stdout).contains("\nsuggestion,3439,Ringebu,Innlandet,2020-01-01,,0520 Ringebu,,"),
        "{output:?}"
    );
    let output = municipality(&["find", "Atlantis", "--format", "csv"]);
    assert!(
        text(&output.stdout).ends_with("\nunknown,,,,,,,,no municipality has or had the name “Atlantis”\n"),
        "{output:?}"
    );
    let output = municipality(&["find", "Trondheim", "--date", "2020-01-01"]);
    let expected = "code  name       county     from        until\n5001  Trondheim  Trøndelag  2020-01-01  2022-12-31\nwas: 5001 Trondheim; 5030 Klæbu\nbecame: 5001 Trondheim - Tråante\n";
    assert_eq!(text(&output.stdout), expected);
}

#[test]
fn convert_writes_a_file_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.csv");
    let out = out.to_str().unwrap();
    let table = data("employed-2017-on-codes-of-2017.csv");
    let output = municipality(&["convert", &table, "--from", "2017", "--to", "2024", "--out", out]);
    assert_eq!((output.status.code(), Path::new(out).exists()), (Some(1), false));
    assert!(text(&output.stderr).contains("5012 Snillfjord → 5055 Heim + 5056 Hitra + 5059 Orkland"));
    let output = municipality(&["convert", &table, "--from", "2017", "--to", "2024", "--splits", "unit", "--out", out]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    let converted = fs::read_to_string(out).unwrap();
    assert_eq!(converted.lines().count(), 354);
    assert!(converted.contains("\n5055+5056+5059,"));
    // Never over the file that is read.
    let output = municipality(&["convert", out, "--from", "2024", "--to", "2017", "--out", out]);
    assert_eq!((output.status.code(), fs::read_to_string(out).unwrap()), (Some(2), converted));
    let output = municipality(&["convert", "no-such.csv", "--from", "2024", "--to", "2017"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn check_lists_what_is_wrong() {
    let (annex, classes) = (data("innlandet-annex-1.csv"), data("innlandet-classes.csv"));
    let all = ["--date", "2024-01-01", "--county", "34", "--class-column", "class", "--classes", &classes];
    let (code, found) = json(&[&["check", &annex][..], &all].concat());
    let codes: Vec<&str> =
        found["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!((code, codes), (Some(1), vec!["double", "misspelt", "missing"]));
    assert_eq!(found["missing"][0]["name"], "Øyer");
    let different: Vec<&str> =
        found["editions"][1]["different"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(different, ["Sør-Odal", "Os", "Tolga"]);
    let output = municipality(&["check", &annex, "--date", "2024", "--county", "innlandet", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(1));
    let rows = text(&output.stdout);
    assert!(rows.contains("\n20,Søndre Land,double,3447,Søndre Land\n"), "{rows}");
    assert!(
        rows.contains("\n26,Ringeby,misspelt,3439,Ringebu\n") && rows.ends_with("\n,,missing,3440,Øyer\n"),
        "{rows}"
    );
    let (code, found) = json(&["check", &classes, "--date", "2024", "--county", "34"]);
    assert_eq!((code, &found["errors"]), (Some(0), &Value::from(0)));
    let (code, found) = json(&["check", &classes, "--date", "2024", "--codes", "3439,Øyer", "--name-column", "name"]);
    assert_eq!((code, &found["errors"]), (Some(1), &Value::from(44)), "outside");
}
