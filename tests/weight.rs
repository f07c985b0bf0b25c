//! `bygdepuls weight` as a whole command: the file that it writes, its report, its refusals.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TYPES: &str = "stype,count\nE,4421\nH,755\nM,1018\n";
const MET: &str = "sch.wide;N\nNo;1072\nYes;5122\n";
const TOTALS: &str = "variable,category,total\n(Intercept),,6194\nstype,H,755\nstype,M,1018\napi99,,3914069\n";

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/survey/data").join(name)
}

/// A folder with the data and files of totals.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["apiclus1.csv", "youthA_panel.csv"] {
        fs::copy(data(name), folder.path().join(name)).unwrap();
    }
    for (name, text) in [("types.csv", TYPES), ("met.csv", MET), ("totals.csv", TOTALS)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn weight(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bygdepuls"))
        .current_dir(folder)
        .arg("weight")
        .args(arguments)
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The last column of a file.
fn last_column(file: &Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.records().map(|record| record.unwrap().iter().next_back().unwrap().to_owned()).collect()
}

/// A column of the weights that R made.
fn reference(name: &str) -> Vec<f64> {
    let mut reader = csv::Reader::from_path(data("apiclus1_weights.csv")).unwrap();
    let at = reader.headers().unwrap().iter().position(|other| other == name).unwrap();
    reader.records().map(|record| record.unwrap()[at].parse().unwrap()).collect()
}

#[test]
fn every_method_writes_the_weights_of_the_reference() {
    let folder = folder();
    let before = fs::read_to_string(folder.path().join("apiclus1.csv")).unwrap();
    for (options, column) in [
        (&["--poststratify", "stype: types.csv"][..], "w_post"),
        (&["--rake", "types.csv, met.csv"], "w_rake"),
        (&["--calibrate", "totals.csv"], "w_cal_linear"),
        (&["--calibrate", "totals.csv", "--distance", "raking"], "w_cal_raking"),
        (&["--calibrate", "totals.csv", "--distance", "logit", "--bounds", "0.1,5"], "w_cal_logit"),
        (&["--calibrate", "totals.csv", "--bounds", ".7,1.8"], "w_cal_linear_bounded"),
        (&["--rake", "types.csv,met.csv", "--trim", "25,45"], "w_trim"),
        (&["--rake", "types.csv,met.csv", "--trim", "25,45", "--strict"], "w_trim_strict"),
    ] {
        let common = ["apiclus1.csv", "--weights", "pw", "--out", "out.csv", "--name", "w", "--format", "json"];
        let output = weight(folder.path(), &[&common[..], options].concat());
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()), "{options:?}");
        let ours = last_column(&folder.path().join("out.csv"));
        for (ours, theirs) in ours.iter().zip(reference(column)) {
            let ours: f64 = ours.parse().unwrap();
            assert!((ours - theirs).abs() <= 1e-8 * theirs, "{column}: {ours} is not {theirs}");
        }
        // All else is as it was.
        let after = fs::read_to_string(folder.path().join("out.csv")).unwrap();
        let stripped: String = after.lines().map(|line| format!("{}\n", line.rsplit_once(',').unwrap().0)).collect();
        assert!(stripped == before, "{options:?}");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let trimmed = options.contains(&"--trim");
        for total in report["totals"].as_array().unwrap() {
            let [target, after] = ["target", "after"].map(|key| total[key].as_f64().unwrap());
            assert!(trimmed || (after - target).abs() <= 1e-9 * target, "{options:?} {total}");
        }
        assert_eq!((report["records"].as_u64(), report["weighted"].as_u64()), (Some(183), Some(183)));
        assert_eq!(report["trimmed"].as_u64(), trimmed.then_some(22));
    }
}

#[test]
fn the_report_is_what_its_schema_says() {
    let folder = folder();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/weight.json");
    let schema: Value = serde_json::from_slice(&fs::read(schema).unwrap()).unwrap();
    let arguments = ["apiclus1.csv", "--rake", "types.csv,met.csv", "--out", "out.csv", "--format", "json"];
    let report: Value = serde_json::from_slice(&weight(folder.path(), &arguments).stdout).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), keys(&schema["properties"]));
    let total = &schema["properties"]["totals"]["items"]["properties"];
    assert_eq!(keys(&report["totals"][0]), keys(total));
    // Every method of the schema, and no other.
    let calibrate = ["--calibrate", "totals.csv"];
    let asked: [&[&str]; 8] = [
        &["--poststratify", "stype: types.csv"],
        &["--rake", "types.csv,met.csv"],
        &calibrate,
        &[&calibrate[..], &["--bounds", ".7,1.8"]].concat(),
        &[&calibrate[..], &["--distance", "raking"]].concat(),
        &[&calibrate[..], &["--distance", "logit", "--bounds", "0.1,5"]].concat(),
        &["--classes", "stype", "--respondents", "comp.imp=Yes"],
        &["--trim", "25,45"],
    ];
    let methods = asked.map(|asked| {
        let common = ["apiclus1.csv", "--weights", "pw", "--out", "all.csv", "--format", "json"];
        let output = weight(folder.path(), &[&common, asked].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["method"].clone()
    });
    assert_eq!(schema["properties"]["method"]["enum"], Value::from(methods.to_vec()));
}

#[test]
fn respondents_stand_for_their_class() {
    let folder = folder();
    let classes = ["--classes", "muni,sex", "--respondents", "stay=1", "--weights", "w"];
    let output = weight(folder.path(), &[&["youthA_panel.csv", "--out", "out.csv"], &classes[..]].concat());
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty());
    let report = stderr(&output);
    for line in ["method       weighting-classes, rounds: 1", "records      73 (55 with weight)", "new / old    1 to 2"]
    {
        assert!(report.contains(line), "{line}: {report}");
    }
    let weights = last_column(&folder.path().join("out.csv"));
    let sum: f64 = weights.iter().map(|weight| weight.parse::<f64>().unwrap()).sum();
    assert!((sum - 98.0).abs() < 1e-12);
    assert_eq!(weights[1], "0");

    // Without --respondents it is the column `responded`: two of three answered in A, all in B.
    fs::write(folder.path().join("frame.csv"), "g,responded\nA,1\nA,1\nA,0\nB,1\n").unwrap();
    let output = weight(folder.path(), &["frame.csv", "--out", "framed.csv", "--classes", "g"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(last_column(&folder.path().join("framed.csv")), ["1.5", "1.5", "0", "1"]);
}

#[test]
fn what_cannot_be_met_is_told_with_its_place_and_leaves_the_file_that_was_there() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("out.csv", "as it was");
    write("zero.csv", "stype,count\nE,4421\nH,0\nM,1018\n");
    write("more.csv", "stype,count\nE,4421\nH,755\nM,1018\nK,3\n");
    write("fewer.csv", "stype,count\nE,4421\nH,755\n");
    write("other.csv", "sch.wide,N\nNo,1072\nYes,5000\n");
    write("twice.csv", "variable,category,total\n(Intercept),,6194\nstype,E,4421\nstype,H,755\nstype,M,1018\n");
    write("none.csv", "stype,w\nE,0\nH,0\n");
    write("odd.csv", "stype,y,w\nE,1,2\nH,,-1\nM,x,\n");
    for (file, options, expected) in [
        ("apiclus1.csv", "--poststratify|stype: zero.csv", "error: stype=H has 0 in the population"),
        ("apiclus1.csv", "--poststratify|stype: more.csv", "  line       5\n  column     count\n  value      3\n"),
        ("apiclus1.csv", "--poststratify|stype: fewer.csv", "error: the category has no total in fewer.csv"),
        ("apiclus1.csv", "--poststratify|sex: types.csv", "error: the file has totals of stype, not of sex"),
        ("apiclus1.csv", "--poststratify|stype: types.csv|--name|pw", "error: the file has a column of this name"),
        ("apiclus1.csv", "--poststratify|stype: types.csv|--name| ", "error: this cannot be the name of a column"),
        ("apiclus1.csv", "--rake|types.csv,other.csv", "error: the margins do not have the same sum: stype has 6194"),
        ("apiclus1.csv", "--calibrate|twice.csv", "error: stype=M follows from the variables before it"),
        ("apiclus1.csv", "--calibrate|totals.csv|--weights|pw|--bounds|.9,1.1", "error: stype=H cannot become 755"),
        (
            "apiclus1.csv",
            "--calibrate|totals.csv|--weights|pw|--bounds|.9,1.7",
            "error: the totals cannot be met together",
        ),
        (
            "apiclus1.csv",
            "--calibrate|totals.csv|--distance|logit|--bounds|1,2",
            "error: logit needs bounds with 1 between them",
        ),
        (
            "none.csv",
            "--rake|types.csv|--weights|w",
            "error: the sum of the weights is not above 0\n  file       none.csv\n",
        ),
        ("apiclus1.csv", "--trim|2,3", "error: weights between 2 and 3 cannot keep their sum: the mean is 1"),
        ("apiclus1.csv", "--classes|stype|--respondents|api00>2000", "error: nobody responded in the class E"),
        ("apiclus1.csv", "--classes|stype|--respondents|nowhere=1", "nowhere"),
        ("odd.csv", "--poststratify|stype: types.csv|--weights|w", "error: weight must not be negative"),
        ("odd.csv", "--poststratify|stype: types.csv|--weights|w", "  line       4 (record 3)\n  column     w\n"),
    ] {
        let options: Vec<&str> = options.split('|').collect();
        for lang in ["en", "nb", "nn"] {
            let arguments = [&[file, "--out", "out.csv", "--lang", lang], &options[..]].concat();
            let output = weight(folder.path(), &arguments);
            let told = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
            assert!(lang != "en" || told.contains(expected), "{arguments:?}: {told}");
            assert!(lang == "en" || !told.contains("error"), "{arguments:?}: {told}");
            assert_eq!(fs::read_to_string(folder.path().join("out.csv")).unwrap(), "as it was");
        }
    }
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 13, "nothing temporary is left");
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays() {
    let folder = folder();
    let link = folder.path().join("out");
    std::os::unix::fs::symlink("/dev/stdout", &link).unwrap();
    let output = weight(folder.path(), &["apiclus1.csv", "--poststratify", "stype: types.csv", "--out", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    // 755 / 14, of the first school.
    let written = String::from_utf8(output.stdout).unwrap();
    assert!(written.lines().nth(1).unwrap().ends_with(",53.92857142857143"), "{written}");
    assert!(fs::symlink_metadata(link).unwrap().is_symlink());
}

#[test]
fn wrong_usage_ends_with_two() {
    let folder = folder();
    for arguments in [
        "apiclus1.csv --poststratify stype:types.csv",
        "apiclus1.csv --out out.csv",
        "apiclus1.csv --out out.csv --poststratify types.csv",
        "apiclus1.csv --out out.csv --poststratify stype:types.csv --rake types.csv",
        "apiclus1.csv --out out.csv --rake types.csv --distance logit",
        "apiclus1.csv --out out.csv --rake types.csv --bounds 0,2",
        "apiclus1.csv --out out.csv --rake types.csv --respondents stype=E",
        "apiclus1.csv --out out.csv --trim 0,9 --bounds 0,2",
        "apiclus1.csv --out out.csv --calibrate totals.csv --bounds 2",
        "apiclus1.csv --out out.csv --calibrate totals.csv --bounds 2,1",
        "apiclus1.csv --out out.csv --calibrate totals.csv --distance logit",
        "apiclus1.csv --out out.csv --rake types.csv --strict",
        "apiclus1.csv --out out.csv --rake types.csv,",
    ] {
        let output = weight(folder.path(), &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{arguments}");
    }
    let output = weight(folder.path(), &["no.csv", "--trim", "0,9", "--out", "out.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no.csv"));
}
