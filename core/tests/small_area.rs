//! Small areas against the reference: every case of `open_06_sae.json`, by name.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of cases is the output of this test")]

use bygdepuls_core::interval::Level;
use bygdepuls_core::small_area::beta_binomial::{self, Likeness};
use bygdepuls_core::small_area::fay_herriot::{Method, fay_herriot};
use serde_json::Value;

const TOLERANCE: f64 = 1e-10;

fn path(name: &str) -> String {
    format!("{}/../tests/reference/survey/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn case(id: &str) -> Value {
    let all: Value = serde_json::from_slice(&std::fs::read(path("open_06_sae.json")).unwrap()).unwrap();
    let case = all["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).cloned();
    case.unwrap_or_else(|| panic!("no case {id}"))
}

/// Numbers of a list, or of an object whose keys are 1, 2, 3 …
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(list) => list.iter().map(|number| number.as_f64().unwrap()).collect(),
        Value::Object(map) => (1..=map.len()).map(|place| map[&place.to_string()].as_f64().unwrap()).collect(),
        other => vec![other.as_f64().unwrap()],
    }
}

/// Compares lists, relative, or absolute near 0.
fn close(id: &str, figure: &str, ours: &[f64], theirs: &Value) {
    let theirs = numbers(theirs);
    assert_eq!(ours.len(), theirs.len(), "{id} {figure}");
    let differences = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs() / b.abs().max(1e-3));
    let worst = differences.fold(0.0, |worst, next| if next <= worst { worst } else { next });
    println!("{id:<26} {figure:<20} {worst:>9.1e} {TOLERANCE:>7.0e}");
    assert!(worst <= TOLERANCE, "{id} {figure}: {worst:e}");
}

#[test]
fn fay_herriot_areas_and_zero_variance() {
    let mut reader = csv::Reader::from_path(path("data/fh_areas.csv")).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |name: &str| -> Vec<f64> {
        let at = names.iter().position(|other| other == name).unwrap();
        rows.iter().map(|row| row[at].parse().unwrap()).collect()
    };
    let covariates = [vec![1.0; rows.len()], column("x"), column("urban")];
    let areas = (column("y"), column("D"), covariates.to_vec());
    let alike = (vec![0.2, 0.21, 0.19, 0.22, 0.2], vec![0.01; 5], vec![vec![1.0; 5]]);
    for (id, (y, d, x), method) in [
        ("fay_herriot_areas_REML", &areas, Method::Reml),
        ("fay_herriot_areas_ML", &areas, Method::Ml),
        ("fay_herriot_areas_MoM", &areas, Method::Moments),
        ("fay_herriot_zero_variance", &alike, Method::Reml),
    ] {
        let expected = &case(id)["expected"];
        let fit = fay_herriot(y, d, x, method).unwrap();
        close(id, "A", &[fit.variance], &expected["A"]);
        close(id, "beta", &fit.coefficients, &expected["beta"]);
        close(id, "gamma", &fit.gamma, &expected["gamma"]);
        close(id, "eblup", &fit.eblup, &expected["eblup"]);
        close(id, "mse", &fit.mse, &expected["mse"]);
    }
}

#[test]
fn eb_betabinomial() {
    for id in ["eb_betabinomial_A", "eb_betabinomial_B"] {
        let expected = &case(id)["expected"];
        let counts = |name: &str| -> Vec<u64> {
            expected[name].as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect()
        };
        let (x, n, population) = (counts("x"), counts("n"), counts("N"));
        let fit = beta_binomial::fit(&x, &n).unwrap();
        let (a, b) = fit.parameters().unwrap();
        let Likeness::Phi(phi) = fit.likeness else { panic!("{id}: all areas are the same") };
        for (figure, ours) in [("mu", fit.mean), ("phi", phi), ("a", a), ("b", b), ("loglik", fit.log_likelihood)] {
            close(id, figure, &[ours], &expected[figure]);
        }
        let posteriors: Vec<_> = x.iter().zip(&n).map(|(x, n)| fit.posterior(*x, *n, Level::P95).unwrap()).collect();
        let of = |f: fn(&beta_binomial::Posterior) -> f64| posteriors.iter().map(f).collect::<Vec<_>>();
        close(id, "post_mean", &of(|posterior| posterior.mean), &expected["post_mean"]);
        close(id, "post_sd", &of(|posterior| posterior.sd), &expected["post_sd"]);
        let ends =
            |place: usize| expected["ci"].as_array().unwrap().iter().map(|row| row[place].clone()).collect::<Value>();
        close(id, "ci lower", &of(|posterior| posterior.interval.lower), &ends(0));
        close(id, "ci upper", &of(|posterior| posterior.interval.upper), &ends(1));
        let remainders: Vec<_> =
            (0..x.len()).map(|area| fit.remainder(x[area], n[area], population[area], Level::P95).unwrap()).collect();
        let of = |f: fn(&beta_binomial::Remainder) -> f64| remainders.iter().map(f).collect::<Vec<_>>();
        close(id, "finite_pop_mean", &of(|remainder| remainder.mean), &expected["finite_pop_mean"]);
        close(id, "finite_pop_sd", &of(|remainder| remainder.sd), &expected["finite_pop_sd"]);
        for (remainder, theirs) in remainders.iter().zip(expected["finite_pop_count_interval"].as_array().unwrap()) {
            let ours = [remainder.interval.lower, remainder.interval.upper];
            assert_eq!(theirs, &Value::from(ours.to_vec()), "{id}: count interval");
        }
        println!("{id:<26} {:<20} equal", "finite_pop_count_int");
    }
}

#[test]
fn every_case_is_worked_through() {
    let all: Value = serde_json::from_slice(&std::fs::read(path("open_06_sae.json")).unwrap()).unwrap();
    let ids: Vec<&str> = all["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect();
    let here = include_str!("small_area.rs");
    assert_eq!(ids.len(), 6);
    assert!(ids.iter().all(|id| here.contains(&format!("\"{id}\""))), "{ids:?}");
}
