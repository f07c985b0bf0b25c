//! `bygdepuls estimate` beside R's `survey` 4.1-1 on designs of our own (`tests/data/estimate_designs.R` makes the file and
//! prints the values), with hostile files, and its JSON beside the schema.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of cases")]
#![allow(clippy::excessive_precision, reason = "as R printed them")]

#[path = "shared/schema.rs"]
mod schema;

use schema::check;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn estimate(arguments: &str, input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bygdepuls"));
    command.current_dir(root()).arg("estimate").args(arguments.split_whitespace());
    command.args(["--lang", "en", "--format", "json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The program may refuse before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn json(arguments: &str, input: &str) -> Value {
    let output = estimate(arguments, input);
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

const TWO_STAGE: &str = "--strata h --psu school,pupil --nest";
const CLUSTERS: &str = "--strata h --psu school --nest --weights w";

/// Options, the keys that are compared of each cell, and what R printed for them.
const CASES: [(&str, &str, &str, &[f64]); 10] = [
    (
        "--mean y,x --fpc N1,N2",
        TWO_STAGE,
        "estimate se",
        &[7.8272058823529411, 0.46022343573066543, 1.9730392156862744, 0.52797722871524588],
    ),
    ("--total y --fpc N1,N2", TWO_STAGE, "estimate se", &[1330.625, 104.99010370030118]),
    (
        "--mean y,x --fpc f1,f2",
        TWO_STAGE,
        "estimate se",
        &[7.8272058823529411, 0.46022343573066543, 1.9730392156862744, 0.52797722871524588],
    ),
    (
        "--mean y,x",
        CLUSTERS,
        "estimate se",
        &[8.1666666666666661, 0.38011261056142154, 2.1499999999999999, 0.47571583487997909],
    ),
    ("--mean y --deff", CLUSTERS, "estimate se deff", &[8.1666666666666661, 0.38011261056142154, 0.52162229812109895]),
    (
        "--mean y --deff=replace",
        CLUSTERS,
        "estimate se deff",
        &[8.1666666666666661, 0.38011261056142154, 0.31297337887265936],
    ),
    ("--ratio y/x --where g=a", CLUSTERS, "estimate se", &[2.7777777777777777, 0.86317501436029986]),
    (
        "--mean y --by g",
        CLUSTERS,
        "estimate se",
        &[7.5, 0.84360338232291754, 9.9444444444444446, 0.16212764466512139, 7.166666666666667, 0.94280904158206336],
    ),
    (
        "--mean y --where g=a --df domain",
        CLUSTERS,
        "estimate se ci_lower ci_upper df",
        &[7.5, 0.84360338232291754, 5.157781518421233, 9.842218481578767, 4.0],
    ),
    ("--count z", CLUSTERS, "estimate se", &[23.0, 3.214550253664318, 37.0, 5.0]),
];

#[test]
fn designs_of_our_own_are_those_of_r() {
    for (question, design, keys, expected) in CASES {
        let found = json(&format!("tests/data/estimate_designs.csv {question} {design}"), "");
        let cells = found["cells"].as_array().unwrap().iter();
        let ours: Vec<f64> = cells.flat_map(|cell| keys.split(' ').map(|key| cell[key].as_f64().unwrap())).collect();
        assert_eq!(ours.len(), expected.len(), "{question}");
        let worst = ours.iter().zip(expected).fold(0.0, |worst: f64, (a, b)| worst.max((a - b).abs() / b.abs()));
        let tolerance = if keys.contains("ci") { 1e-10 } else { 1e-12 };
        println!("{question:<34} {worst:9.1e} {tolerance:e}");
        assert!(worst < tolerance, "{question}: {ours:?}");
    }
}

#[test]
fn a_denominator_of_zero_is_a_status() {
    let found = json(&format!("tests/data/estimate_designs.csv --ratio y/x --by g {CLUSTERS}"), "");
    let status: Vec<_> = found["cells"].as_array().unwrap().iter().map(|cell| cell["status"].clone()).collect();
    assert_eq!(status, ["ok", "ok", "zero_denominator"]);
    assert_eq!((&found["cells"][2]["estimate"], &found["cells"][2]["se"]), (&Value::Null, &Value::Null));
}

/// Where a single unit shows no variation there is no standard error, whatever is done with lonely strata.
#[test]
fn no_standard_error_of_zero_from_one_unit() {
    let one_record = "y,h,p\n1,1,1\n";
    let one_unit = "y,h,p\n1,1,1\n2,1,1\n";
    let lonely = "y,h,p\n1,1,1\n2,2,2\n3,3,3\n";
    for rule in ["adjust", "certainty", "remove", "average"] {
        for (file, design) in [(one_record, ""), (one_record, "--strata h"), (one_unit, "--psu p --strata h")] {
            let cell = &json(&format!("- --mean y --lonely-psu {rule} {design}"), file)["cells"][0];
            assert_eq!((&cell["se"], &cell["ci_lower"]), (&Value::Null, &Value::Null), "{rule} {design}");
            assert!(cell["notes"][0].as_str().unwrap().starts_with("one sampling unit"), "{cell}");
        }
        let domain = &json(&format!("- --mean y --strata h --by h --lonely-psu {rule}"), lonely)["cells"][0];
        assert_eq!((&domain["se"], &domain["ci_lower"]), (&Value::Null, &Value::Null), "{rule}");
        let census = &json(&format!("- --mean y --fpc N --lonely-psu {rule}"), "y,N\n1,2\n2,2\n")["cells"][0];
        assert_eq!((census["se"].as_f64(), census["ci_upper"].as_f64()), (Some(0.0), Some(1.5)), "{rule}");
    }
    let cell = &json("- --share y=1 --ci logit", "y\n1\n1\n")["cells"][0];
    assert_eq!(
        cell["notes"][0],
        "no interval: all answered alike, and the method has no interval then; korn-graubard has"
    );
}

#[test]
fn json_is_that_of_the_schema() {
    let schema = std::fs::read_to_string(root().join("docs/schema/estimate.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    for question in [
        "--mean y,x --by g,h --covariance --deff",
        "--total y --contrast h:n-s --by h",
        "--share z --by h",
        "--share z=ja --ci wilson",
        "--count z=ja,nei",
        "--ratio y/x --by g",
        "--median y --by h",
        "--variance y",
        "--correlation y,x",
        "--mean y --make-replicates jkn",
    ] {
        check(&schema, &json(&format!("tests/data/estimate_designs.csv {question} {CLUSTERS}"), ""), question);
    }
}
