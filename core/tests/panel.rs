//! Gross change, attrition weights and net change against reference cases computed in R.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::interval::remainder::Stratum;
use bygdepuls_core::panel::change::{Twice, between, within};
use bygdepuls_core::panel::{attrition, flow};
use bygdepuls_core::register::Sex;
use bygdepuls_core::text::Lang;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Closed forms, and models.
const CLOSED: f64 = 1e-12;
const ITERATIVE: f64 = 1e-8;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/survey")
}

fn case(id: &str) -> Value {
    let suite: Value = serde_json::from_str(&fs::read_to_string(folder().join("open_04_youth.json")).unwrap()).unwrap();
    suite["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap()["expected"].clone()
}

fn rows(file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder().join("data").join(file)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn close(ours: f64, theirs: &Value, tolerance: f64) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() <= tolerance * theirs.abs(), "{ours} {theirs}");
}

/// The weighted transition tables of an invented panel: no adjustment, weighting classes, response propensity.
#[test]
fn panel_flows() {
    let panel = rows("youthA_panel.csv");
    let weights: Vec<f64> = panel.iter().map(|row| row["w"].parse().unwrap()).collect();
    let stayed: Vec<bool> = panel.iter().map(|row| row["stay"] == "1").collect();
    // No first.
    let answer = |row: &BTreeMap<String, String>, name: &str| usize::from(row[name] == "1");
    let towns = ["M01", "M02", "M03", "M04"];
    let groups: Vec<(usize, Sex)> = panel
        .iter()
        .map(|row| {
            let sex = if row["sex"] == "F" { Sex::Female } else { Sex::Male };
            (towns.iter().position(|town| row["muni"] == *town).unwrap(), sex)
        })
        .collect();
    let classes = attrition::classes(&weights, &groups, &stayed, &towns).unwrap();
    let expected = case("panel_flows_weighting_class");
    assert_eq!(classes.labels.len(), 8);
    for (label, factor) in classes.labels.iter().zip(&classes.factors) {
        let name = label.replace("female", "F").replace("male", "M");
        close(*factor, &expected["class_factors"][name], CLOSED);
    }
    let indicator = |test: &dyn Fn(usize) -> bool| -> Vec<f64> {
        (0..panel.len()).map(|row| f64::from(u8::from(test(row)))).collect()
    };
    let columns = [
        ("M02", indicator(&|row| groups[row].0 == 1)),
        ("M03", indicator(&|row| groups[row].0 == 2)),
        ("M04", indicator(&|row| groups[row].0 == 3)),
        ("M", indicator(&|row| groups[row].1 == Sex::Male)),
        ("bullied", indicator(&|row| answer(&panel[row], "bullied") == 1)),
    ];
    let columns: Vec<(&str, &[f64])> = columns.iter().map(|(name, values)| (*name, values.as_slice())).collect();
    let propensity = attrition::propensity(&weights, &columns, &stayed).unwrap();
    for (id, weights, tolerance) in [
        ("panel_flows_base", &weights, CLOSED),
        ("panel_flows_weighting_class", &classes.weights, CLOSED),
        ("panel_flows_ipw", &propensity, ITERATIVE),
    ] {
        let expected = case(id);
        let (mut pairs, mut kept) = (Vec::new(), Vec::new());
        for row in (0..panel.len()).filter(|row| stayed[*row]) {
            pairs.push((answer(&panel[row], "bullied"), answer(&panel[row], "bullied2")));
            kept.push(weights[row]);
        }
        let table = flow::weighted_table(&pairs, &kept, 2);
        for (before, row) in table.iter().enumerate() {
            for (after, weight) in row.iter().enumerate() {
                close(*weight, &expected["table"][before][after], tolerance);
            }
        }
        let change = flow::change([table[1][1], table[1][0], table[0][1], table[0][0]]).unwrap();
        close(change.sum, &expected["sum_w"], tolerance);
        close(change.first, &expected["p1"], tolerance);
        close(change.second, &expected["p2"], tolerance);
        close(change.net, &expected["net"], 10.0 * tolerance);
        close(change.gross, &expected["gross"], tolerance);
    }
}

/// Two samples of one fixed population that share people: Kish's and Tam's covariance.
#[test]
fn overlap_of_one_cohort() {
    let expected = case("overlap_closed_form_M02_bullied");
    let youth = rows("youthA.csv");
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut year = |year: &str| -> Vec<(usize, bool)> {
        let of_year = youth.iter().filter(|row| row["muni"] == "M02" && row["year"] == year);
        let of_year = of_year.filter(|row| !row["bullied"].is_empty() && row["bullied"] != "NA");
        let mut found = Vec::new();
        for row in of_year {
            let next = ids.len();
            found.push((*ids.entry(row["pid"].clone()).or_insert(next), row["bullied"] == "1"));
        }
        found
    };
    let population = expected["N"].as_u64().unwrap();
    let cohort = Twice { population, first: year("2022"), second: year("2023"), ..Twice::default() };
    let change = within(std::slice::from_ref(&cohort));
    assert_eq!((change.before.n, change.after.n, change.n_common), (38, 37, 22));
    close(change.change.unwrap(), &expected["change"], CLOSED);
    close(change.covariance.unwrap(), &expected["cov_tam_fixed_population"], 10.0 * CLOSED);
    close(change.se.unwrap(), &expected["se_tam_fpc"], CLOSED);
    let half = 1.959_963_984_540_054 * change.se.unwrap();
    assert!((change.ci_upper.unwrap() - change.change.unwrap() - half).abs() < 1e-14);
    assert_eq!(change.p_increase, None);
}

/// 35 of 50 answered both years, 21 of them (60 %) yes: by hand k = (1.959964 + 0.841621) × sqrt(0.24 × 2 × 0.3 / 35), and
/// without the finite population sqrt(0.24 × 2 / 35): a third of the scale.
#[test]
fn what_could_have_been_seen() {
    let cohort = [Stratum { population: 50, n: 35, x: 21 }];
    let change = between(&cohort, &cohort);
    let k = 1.959_963_984_540_054 + 0.841_621_233_572_914_3;
    assert!((change.smallest_detectable.unwrap() - k * (0.48_f64 * 0.3 / 35.0).sqrt()).abs() < 1e-12);
    assert!((change.smallest_detectable_infinite.unwrap() - k * (0.48_f64 / 35.0).sqrt()).abs() < 1e-12);
    assert!((change.se.unwrap() - (2.0 * 0.3 * 0.24 / 34.0_f64).sqrt()).abs() < 1e-15);
    let said = "no detectable change; a difference below 18 points could not have been seen";
    assert_eq!((change.is_detected(), change.sentence(Lang::En)), (false, said.to_owned()));
    assert_eq!(
        change.sentence(Lang::Nn),
        "inga påviseleg endring; ein skilnad under 18 prosentpoeng kunne ikkje vore sett"
    );
}

#[test]
fn everybody_answered() {
    let before = [Stratum { population: 10, n: 10, x: 3 }];
    let after = [Stratum { population: 12, n: 12, x: 6 }];
    let change = between(&before, &after);
    assert_eq!((change.se, change.smallest_detectable), (Some(0.0), Some(0.0)));
    assert!((change.ci_lower.unwrap() - 0.2).abs() < 1e-15 && (change.ci_upper.unwrap() - 0.2).abs() < 1e-15);
    assert!(change.is_detected() && change.sentence(Lang::En).starts_with("up 20 points"));
    // Of one cohort: everybody both times, linked or not.
    let all = |yes: usize| (0..10).map(|person| (person, person < yes)).collect::<Vec<_>>();
    for offset in [0, 10] {
        let second = all(5).into_iter().map(|(person, yes)| (person + offset, yes)).collect();
        let change = within(&[Twice { population: 10, first: all(3), second, ..Twice::default() }]);
        assert!(change.se.unwrap() < 1e-9, "{change:?}");
    }
}

#[test]
fn what_does_not_exist_is_not_zero() {
    let some = [Stratum { population: 10, n: 5, x: 2 }];
    let none = [Stratum { population: 10, n: 0, x: 0 }];
    let change = between(&some, &none);
    assert_eq!((change.change, change.se, change.smallest_detectable), (None, None, None));
    assert_eq!(change.sentence(Lang::En), "no answers to compare");
    // More answers than people: the cohort is not the one that answered.
    let change = between(&some, &[Stratum { population: 3, n: 5, x: 2 }]);
    assert_eq!((change.change, change.ci_lower), (Some(0.0), None));
    assert_eq!(change.sentence(Lang::En), "too few answers to say whether anything changed");
    // One answer of several has no standard error, but an interval and a k.
    let change = between(&some, &[Stratum { population: 4, n: 1, x: 1 }]);
    assert!(change.se.is_none() && change.ci_lower.is_some() && change.smallest_detectable.is_some());
    let change =
        within(&[Twice { population: 4, first: vec![(0, true)], second: vec![(0, false)], ..Twice::default() }]);
    assert_eq!((change.change, change.se, change.n_common), (Some(-1.0), None, 1));
}

/// All said the same: the next one may not, so k is not 0. p is kept 1 / (n1 + n2 + 2) = 1/22 away from 1.
#[test]
fn all_alike_leaves_something_to_see() {
    let all = [Stratum { population: 20, n: 10, x: 10 }];
    let change = between(&all, &all);
    let k = 2.801_585_218_112_968_4 * (21.0 / 22.0 / 22.0 * 2.0 * 0.5 / 10.0_f64).sqrt();
    assert!((change.smallest_detectable.unwrap() - k).abs() < 1e-12);
}

/// Municipalities with one answer are put together with the next; the share is still stratified.
#[test]
fn small_strata_are_put_together() {
    let strata = [
        Twice { population: 4, first: vec![(0, true)], second: vec![(0, true), (1, false)], ..Twice::default() },
        Twice {
            population: 6,
            first: vec![(2, true), (3, false), (4, false)],
            second: vec![(2, true), (3, true), (4, false)],
            ..Twice::default()
        },
    ];
    let change = within(&strata);
    // (4 × 1 + 6 × 1/3) / 10 and (4 × 1/2 + 6 × 2/3) / 10.
    assert!((change.before.share.unwrap() - 0.6).abs() < 1e-15 && (change.after.share.unwrap() - 0.6).abs() < 1e-15);
    assert_eq!(change.n_common, 4);
    // One group of N = 10: x 1100 | 10110 in the order 0 2 3 4 | 0 1 2 3 4; four people in both.
    let (s1, s2) = (1.0 / 3.0, 0.3);
    // Among the four: (1,1) (1,1) (0,1) (0,0): means 1/2 and 3/4, covariance (1/8 + 1/8 - 1/8 + 3/8) / 3 = 1/6.
    let covariance = (4.0 / 20.0 - 0.1) / 6.0;
    let variance = 0.6 * s1 / 4.0 + 0.5 * s2 / 5.0 - 2.0 * covariance;
    assert!((change.se.unwrap() - f64::sqrt(variance)).abs() < 1e-15, "{:?} {}", change.se, variance.sqrt());
}
