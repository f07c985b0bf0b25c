//! Plackett–Luce against Cox's model with a stratum per ranking, in R; `tests/reference/findings/plackett_luce.R` wrote
//! the values.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::ranking::{Ranking, Rankings, Rest, plackett_luce};
use serde_json::Value;

fn places(ranking: &Value) -> Vec<Vec<usize>> {
    let item = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap() - 1;
    let place =
        |value: &Value| value.as_array().map_or_else(|| vec![item(value)], |tied| tied.iter().map(item).collect());
    ranking.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn worths_as_in_cox_models() {
    let cases: Value = serde_json::from_str(include_str!("../../tests/reference/findings/plackett_luce.json")).unwrap();
    for (name, case) in cases.as_object().unwrap() {
        let rest = if case["below"] == true { Rest::Below } else { Rest::Absent };
        let list = case["rankings"].as_array().unwrap().iter();
        let list = list.map(|ranking| Ranking { places: places(ranking), rest }).collect();
        let model = plackett_luce(&Rankings::new(6, list).unwrap()).unwrap();
        let close = |ours: f64, theirs: &Value, what: &str| {
            let theirs = theirs.as_f64().unwrap();
            assert!((ours - theirs).abs() <= 1e-8 * theirs.abs().max(1.0), "{name} {what}: {ours}, R {theirs}");
        };
        close(model.log_likelihood, &case["log_likelihood"], "log likelihood");
        for i in 0..6 {
            close(model.log_worth[i], &case["log_worth"][i], "log worth");
            for j in 0..6 {
                close(model.covariance[(i, j)], &case["covariance"][i][j], "covariance");
            }
        }
    }
}
