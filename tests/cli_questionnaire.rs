//! `bygdepuls questionnaire` as a whole command.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal").join(name)
}

fn run(arguments: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bygdepuls"));
    command.arg("questionnaire").args(arguments).env("LANG", "en").env_remove("LC_ALL").output().unwrap()
}

/// A copy of the questionnaire of 2027 with some words of a sheet replaced.
fn copy(folder: &Path, sheet: &str, from: &str, to: &str) {
    fs::create_dir_all(folder).unwrap();
    for name in ["survey.csv", "choices.csv", "settings.csv"] {
        let text = fs::read_to_string(example("questionnaire-2027").join(name)).unwrap();
        let text = if name == sheet {
            assert!(text.contains(from));
            text.replace(from, to)
        } else {
            text
        };
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn lint_ends_with_one_where_something_is_wrong() {
    let good = run(&["lint".as_ref(), &example("questionnaire-2027")]);
    assert_eq!(good.status.code(), Some(0));
    let said = String::from_utf8(good.stdout).unwrap();
    assert!(said.starts_with("84 variables, 27 lists, 4 waves, 3 languages, 0 errors, 0 warnings\n"), "{said}");
    assert!(said.contains("panelkode"), "personal data is named");

    let folder = tempfile::tempdir().unwrap();
    copy(folder.path(), "survey.csv", "moren din, dagen", "moren din, skolen din, dagen");
    let bad = run(&["lint".as_ref(), folder.path(), "--format".as_ref(), "json".as_ref()]);
    assert_eq!(bad.status.code(), Some(1));
    let result: Value = serde_json::from_slice(&bad.stdout).unwrap();
    let problem = &result["problems"][0];
    assert_eq!((&problem["code"], &problem["line"]), (&"changing-fact".into(), &6.into()));
    assert!(problem["file"].as_str().unwrap().ends_with("survey.csv"));
}

#[test]
fn export_writes_every_edition_and_reads_its_own_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("forms");
    let done = run(&["export".as_ref(), &example("questionnaire-2027"), "--out".as_ref(), &out]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let listed = String::from_utf8(done.stdout).unwrap();
    assert!(listed.lines().all(|line| fs::metadata(line).unwrap().len() > 0));
    for edition in ["all", "wave-1", "wave-2", "wave-3", "wave-4"] {
        let workbook = out.join(edition).join("xlsform.xlsx");
        let again = folder.path().join(edition);
        let only = "xlsform,csv";
        let wave: &Path = edition.strip_prefix("wave-").unwrap_or("1").as_ref();
        let done = run(&["export".as_ref(), &workbook, "--out".as_ref(), &again, "--only".as_ref(), only.as_ref()]);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(
            fs::read(again.join("all/xlsform.xlsx")).unwrap(),
            fs::read(&workbook).unwrap(),
            "{}",
            wave.display()
        );
    }
    let same = run(&["compare".as_ref(), &example("questionnaire-2027"), &out.join("all/xlsform.xlsx")]);
    assert!(String::from_utf8(same.stdout).unwrap().starts_with("84 variables in both years: 84 as before"));
}

#[test]
fn export_refuses_what_would_fail_in_every_tool() {
    let folder = tempfile::tempdir().unwrap();
    let form = folder.path().join("form");
    copy(&form, "survey.csv", "${int_kunne} != '1'", "${int_kune} != '1'");
    let out = folder.path().join("out");
    let refused = run(&["export".as_ref(), &form, "--out".as_ref(), &out]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("did you mean int_kunne?") && said.contains("nothing was written"), "{said}");
    assert!(!out.exists());
    let wave =
        run(&["export".as_ref(), &example("questionnaire"), "--out".as_ref(), &out, "--wave".as_ref(), "7".as_ref()]);
    assert_eq!(wave.status.code(), Some(1));
}

#[test]
fn compare_says_what_breaks() {
    let folder = tempfile::tempdir().unwrap();
    copy(folder.path(), "choices.csv", "enig,4,Litt enig", "enig,4,Ganske enig");
    let old = example("questionnaire-2027");
    let result = run(&["compare".as_ref(), &old, folder.path(), "--format".as_ref(), "json".as_ref()]);
    assert_eq!(result.status.code(), Some(0));
    let result: Value = serde_json::from_slice(&result.stdout).unwrap();
    let variables = result["variables"].as_array().unwrap();
    assert!(variables.iter().any(|variable| variable["variable"] == "int_kunne"));
    for variable in variables {
        assert_eq!(variable["verdict"], "break");
        let change = &variable["changes"][0];
        assert_eq!((&change["kind"], &change["aspect"]), (&"choice-wording".into(), &"wording".into()));
        assert_eq!((&change["old"], &change["new"]), (&"Litt enig".into(), &"Ganske enig".into()));
    }
    let failed = run(&["compare".as_ref(), &old, folder.path(), "--fail-on-break".as_ref()]);
    assert_eq!(failed.status.code(), Some(1));
    let same = run(&["compare".as_ref(), &old, &old, "--fail-on-break".as_ref()]);
    assert_eq!(same.status.code(), Some(0));
}
