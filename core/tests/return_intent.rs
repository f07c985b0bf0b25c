//! The example region against `tests/reference/expected.json`, recomputed from the CSV files by a program of its own
//! in another language (`tests/reference/recompute.py`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::{Outcome, Project};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn example() -> Outcome {
    let folder = root().join("examples/indre-namdal");
    let mut problems = Problems::new();
    let text = std::fs::read_to_string(folder.join("project.toml")).unwrap();
    let project = Project::parse("project.toml", &text, &mut problems).expect("the project file is right");
    let files: BTreeMap<String, Vec<u8>> =
        project.files().into_iter().map(|file| (file.to_string(), std::fs::read(folder.join(file)).unwrap())).collect();
    let loaded = project.load(&files, &mut problems);
    let outcome = loaded.and_then(|loaded| loaded.compute(Some("2026-11-21"), &mut problems));
    assert_eq!(problems.errors(), 0, "{:#?}", problems.list());
    outcome.expect("no errors, so an outcome")
}

fn expected() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("tests/reference/expected.json")).unwrap()).unwrap()
}

/// Counts are equal; shares and limits to 1e-12, because both sides divide the same whole numbers.
#[test]
fn every_internal_figure_equals_the_recomputation() {
    let outcome = example();
    let cube = &outcome.internal[0];
    let position = |dimension: &str, code: &str| {
        let axis = &cube.dimensions[cube.dimension(dimension).unwrap()];
        axis.categories
            .iter()
            .position(|category| category.code == code)
            .unwrap_or_else(|| panic!("{dimension} {code}"))
    };
    let mut compared = 0;
    let expected = expected();
    for case in expected["cells"].as_array().unwrap() {
        let text = |key: &str| case[key].as_str().unwrap();
        let area = if text("area") == "region" { "indre-namdal" } else { text("area") };
        let cell = cube
            .cell(&[
                position("figure", text("figure")),
                position("dont_know", text("variant").trim_start_matches("dk_")),
                position("wave", &format!("w{}", text("wave"))),
                position("period", text("period")),
                position("area", area),
            ])
            .unwrap();
        let interval = if case["wang"].is_null() { &case["bayes"] } else { &case["wang"] };
        let bounds = &case["nonresponse_bounds"];
        for (measure, reference) in [
            ("x", &case["x"]),
            ("n", &case["n"]),
            ("population", &case["N"]),
            ("responded", &case["responses"]),
            ("base_population", &case["base_N"]),
            ("strata", &case["groups"]),
            ("estimate", &case["share"]),
            ("ci_lower", &interval["lower_share"]),
            ("ci_upper", &interval["upper_share"]),
            ("bound_lower", &bounds["lower_share"]),
            ("bound_upper", &bounds["upper_share"]),
        ] {
            match (cube.value(cell, measure), reference.as_f64()) {
                (Some(ours), Some(theirs)) => assert!((ours - theirs).abs() < 1e-12, "{measure} {ours}: {case}"),
                (None, None) => {}
                (ours, theirs) => panic!("{measure}: {ours:?} is not {theirs:?}: {case}"),
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 560 * 11);
}

#[test]
fn rows_that_do_not_count_are_counted_by_reason() {
    let outcome = example();
    let expected = expected();
    let rows = expected["rows"].as_array().unwrap();
    let sum = |year: u16, key: &str| -> u64 {
        rows.iter().filter(|row| row["year"] == year).map(|row| row[key].as_u64().unwrap()).sum()
    };
    for &(year, kept) in &outcome.counted {
        assert_eq!(kept, sum(year, "kept"), "{year}");
    }
    for &(year, why, count) in &outcome.left_out {
        assert_eq!(count, sum(year, why.code()), "{year} {why:?}");
    }
    let total: u64 = outcome.left_out.iter().map(|(.., count)| count).sum();
    let all: u64 = ["no_consent", "no_wave", "no_home", "late", "outside_region", "duplicate"]
        .iter()
        .flat_map(|key| outcome.counted.iter().map(|&(year, _)| sum(year, key)))
        .sum();
    assert_eq!(total, all);
}
