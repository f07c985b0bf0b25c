//! `bygdepuls audit page` as a whole command.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;
#[path = "shared/project.rs"]
mod project;

use program::bygdepuls;
use project::copy;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The example as `run` writes it, pictures and all; a copy of it, as `run` remembers what it published.
fn published() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("examples/indre-namdal"), &place.path().join("project"));
    let output = bygdepuls(place.path(), &["run", "project", "--out", ".", "--widget", "none"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    place
}

#[test]
fn what_run_writes_is_clean_in_every_language() {
    let place = published();
    for (lang, words) in [("nb", ": ingen funn\n"), ("nn", ": ingen funn\n"), ("en", ": no findings\n")] {
        let output = bygdepuls(place.path(), &["audit", "page", "public", "--lang", lang]);
        assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
        assert!(stdout(&output).ends_with(words), "{}", stdout(&output));
    }
}

/// A picture that says more than its SVG, and one that is of something else.
#[test]
fn a_picture_is_its_drawing_and_nothing_else() {
    let place = published();
    let public = place.path().join("public");
    let codes = || -> Vec<(String, String)> {
        let output = bygdepuls(place.path(), &["audit", "page", "public", "--format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        found["findings"].as_array().unwrap().iter().map(|one| (text(&one["file"]), text(&one["code"]))).collect()
    };
    let nb = public.join("return_intent.png");
    let original = fs::read(&nb).unwrap();
    let end = original.len() - 12;
    let text = b"Lierne\x005/11";
    let length = u32::try_from(text.len()).unwrap().to_be_bytes();
    let planted = [&original[..end], &length, b"tEXt", text, &[0; 4], &original[end..]].concat();
    fs::write(&nb, planted).unwrap();
    assert_eq!(codes(), [("return_intent.png".to_owned(), "picture-text".to_owned())]);
    fs::copy(public.join("return_intent.en.png"), &nb).unwrap();
    assert_eq!(codes(), [("return_intent.png".to_owned(), "picture-other".to_owned())]);
}

#[test]
fn findings_are_told_like_problems() {
    let arguments = ["audit", "page", "tests/data/page", "--rolls", "tests/data/page_rolls.csv", "--lang", "en"];
    let output = bygdepuls(&root(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains("  place   div > svg > rect[2]\n  cell    period=2025 area=5045\n"), "{text}");
    assert!(text.contains("  tells   8 of 24\n"), "{text}");
    assert!(text.ends_with("2 files, 1 cube, 4 cells in bands or hidden: 6 findings\n"), "{text}");
    for (lang, words) in [("nb", "  røper   8 av 24\n"), ("nn", "  røper   8 av 24\n")] {
        let output = bygdepuls(&root(), &[&arguments[..5], &["--lang", lang]].concat());
        assert!(stdout(&output).contains(words), "{}", stdout(&output));
    }
}

#[test]
fn json_is_that_of_the_schema() {
    let arguments = ["audit", "page", "tests/data/page", "--rolls", "tests/data/page_rolls.csv", "--format", "json"];
    let found: Value = serde_json::from_slice(&bygdepuls(&root(), &arguments).stdout).unwrap();
    let schema = fs::read_to_string(root().join("docs/schema/audit-page.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&found), keys(&schema["properties"]));
    let item = &schema["properties"]["findings"]["items"]["properties"];
    let codes = item["code"]["enum"].as_array().unwrap();
    for finding in found["findings"].as_array().unwrap() {
        assert_eq!(keys(finding), keys(item));
        assert!(codes.contains(&finding["code"]), "{finding}");
    }
    assert_eq!((&found["findings"][0]["x"], &found["findings"][0]["n"]), (&8.into(), &24.into()));
}

#[test]
fn wrong_usage() {
    let place = tempfile::tempdir().unwrap();
    let rolls = place.path().join("rolls.csv");
    for (content, message) in [
        ("area,period\n5042,2025\n", "there is no column n"),
        ("area,n\n5042,x\n", "record 1: n is not a whole number"),
        ("area,n\n5042\n", "record 1 does not have as many fields as the header"),
        ("school,n\na,11\n", "no cube in the folder has the dimension school"),
    ] {
        fs::write(&rolls, content).unwrap();
        let arguments = ["audit", "page", "tests/data/page", "--lang", "en", "--rolls", rolls.to_str().unwrap()];
        let output = bygdepuls(&root(), &arguments);
        let stderr = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()));
        assert!(stderr.trim_end().ends_with(message), "{stderr}");
    }
    for arguments in [&["audit", "page", "tests/data/none"][..], &["audit", "page"], &["audit"]] {
        assert_eq!(bygdepuls(&root(), arguments).status.code(), Some(2), "{arguments:?}");
    }
    // An empty folder holds nothing to compare with: that is a finding, not a pass.
    let output = bygdepuls(place.path(), &["audit", "page", ".", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("finding: there is no published cube in the folder"));
}
