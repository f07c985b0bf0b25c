//! Intervals against the reference grids in `tests/reference/survey` (R 4.2.2 and exact enumeration in Python).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::interval::remainder::{Stratum, uniform_prior};
use bygdepuls_core::interval::{CountInterval, Level, clopper_pearson, hypergeometric, nonresponse, wilson};
use serde_json::Value;

fn cases(file: &str) -> Vec<Value> {
    let path = format!("{}/../tests/reference/survey/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let suite: Value = serde_json::from_str(&text).unwrap();
    suite["cases"].as_array().unwrap().clone()
}

fn close(ours: f64, reference: &Value, tolerance: f64) -> bool {
    let reference = reference.as_f64().unwrap();
    (ours - reference).abs() <= tolerance * reference.abs().max(1e-300) || (ours - reference).abs() < 1e-15
}

/// Tolerance 1e-10 relative: R's `qbeta` and `qnorm` are themselves good to about that in the tails.
#[test]
fn binomial_intervals_equal_r() {
    let cases = cases("open_02_binom_grid.json");
    assert_eq!(cases.len(), 198);
    let mut worst = 0.0f64;
    for case in cases {
        let e = &case["expected"];
        let (x, n) = (e["x"].as_u64().unwrap(), e["n"].as_u64().unwrap());
        let level = Level::new(e["level"].as_f64().unwrap()).unwrap();
        let cp = clopper_pearson::equal_tailed(x, n, level).unwrap();
        let score = wilson::score(x, n, level).unwrap();
        for (ours, reference) in [
            (cp.lower, &e["clopper_pearson"][0]),
            (cp.upper, &e["clopper_pearson"][1]),
            (score.lower, &e["wilson"][0]),
            (score.upper, &e["wilson"][1]),
        ] {
            assert!(close(ours, reference, 1e-10), "{}: {ours} is not {reference}", case["id"]);
            worst = worst.max((ours - reference.as_f64().unwrap()).abs());
        }
    }
    assert!(worst < 1e-12, "worst absolute difference {worst:e}");
}

#[test]
fn finite_population_intervals_equal_exact_enumeration() {
    let mut grid = 0;
    let mut strata_cases = 0;
    for case in cases("open_05_hyper.json") {
        let e = &case["expected"];
        if e["equal_tailed"].is_object() {
            let (population, n) = (e["N"].as_u64().unwrap(), e["n"].as_u64().unwrap());
            let level = Level::new(e["level"].as_f64().unwrap()).unwrap();
            for x in 0..=n {
                let at = |method: &str| CountInterval {
                    lower: e[method]["L"][usize::try_from(x).unwrap()].as_u64().unwrap(),
                    upper: e[method]["U"][usize::try_from(x).unwrap()].as_u64().unwrap(),
                };
                let id = &case["id"];
                assert_eq!(hypergeometric::equal_tailed(population, n, x, level), Ok(at("equal_tailed")), "{id} x={x}");
                let alone = [Stratum { population, n, x }];
                assert_eq!(uniform_prior(&alone, level), Ok(at("bayes_uniform")), "{id} x={x}");
                assert_eq!(nonresponse::bounds(population, n, x), Ok(at("manski")), "{id} x={x}");
                grid += 1;
            }
        } else if case["id"].as_str().unwrap().starts_with("stratified")
            && case["id"].as_str().unwrap().ends_with("uniform")
        {
            let strata: Vec<Stratum> = e["strata"]
                .as_array()
                .unwrap()
                .iter()
                .map(|s| Stratum {
                    population: s[0].as_u64().unwrap(),
                    n: s[1].as_u64().unwrap(),
                    x: s[2].as_u64().unwrap(),
                })
                .collect();
            let expected = CountInterval { lower: e["M_lo"].as_u64().unwrap(), upper: e["M_hi"].as_u64().unwrap() };
            assert_eq!(uniform_prior(&strata, Level::P95), Ok(expected), "{}", case["id"]);
            strata_cases += 1;
        }
    }
    assert_eq!((grid, strata_cases), (2015, 4));
}

/// Beyond what 128 bits hold: mirror symmetry, and a full response is a point.
#[test]
fn large_cohorts_stay_exact() {
    let level = Level::P95;
    for (population, n) in [(400, 311), (1000, 17), (150, 150)] {
        for x in [0, 1, n / 2, n] {
            let a = hypergeometric::equal_tailed(population, n, x, level).unwrap();
            let b = hypergeometric::equal_tailed(population, n, n - x, level).unwrap();
            assert_eq!((a.lower, a.upper), (population - b.upper, population - b.lower));
            if n == population {
                assert_eq!((a.lower, a.upper), (x, x));
            }
        }
    }
}
