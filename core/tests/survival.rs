//! Curves against R's package `survival`; `tests/reference/findings/survival.R` wrote the values.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::interval::Level;
use bygdepuls_core::survival::{Spell, competing, kaplan_meier};
use serde_json::Value;

fn numbers(value: &Value) -> Vec<Option<f64>> {
    value.as_array().unwrap().iter().map(Value::as_f64).collect()
}

/// R keeps 15 digits in JSON.
fn same(ours: Option<f64>, theirs: Option<f64>, what: &str) {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => {
            assert!((ours - theirs).abs() <= 1e-12 * theirs.abs().max(1e-3), "{what}: {ours}, R {theirs}");
        }
        _ => assert_eq!(ours, theirs, "{what}"),
    }
}

fn cases() -> serde_json::Map<String, Value> {
    let text = include_str!("../../tests/reference/findings/survival.json");
    serde_json::from_str::<Value>(text).unwrap().as_object().unwrap().clone()
}

fn spells(case: &Value) -> Vec<Spell> {
    let end = |end: Option<f64>| (1..).zip([1.0, 2.0]).find(|(_, kind)| end == Some(*kind)).map(|(kind, _)| kind - 1);
    let (times, ends) = (numbers(&case["time"]), numbers(&case["end"]));
    times.iter().zip(ends).map(|(time, of)| Spell { time: time.unwrap(), end: end(of) }).collect()
}

#[test]
fn kaplan_meier_as_survfit() {
    for (name, case) in cases() {
        let curve = kaplan_meier(&spells(&case)).unwrap();
        let column = |key: &str| numbers(&case[key]);
        assert_eq!(curve.steps.len(), column("times").len(), "{name}");
        for (place, step) in curve.steps.iter().enumerate() {
            let is = |ours: Option<f64>, key: &str| same(ours, column(key)[place], &format!("{name} {key} {place}"));
            is(Some(step.time), "times");
            is(Some(step.at_risk as f64), "n_risk");
            is(Some(step.ended as f64), "n_event");
            is(Some(step.censored as f64), "n_censor");
            is(Some(step.survival), "surv");
            is(step.se, "se");
            let interval = step.interval(Level::P95).ok();
            is(interval.map(|interval| interval.lower), "lower");
            is(interval.map(|interval| interval.upper), "upper");
        }
        for (place, share) in [0.25, 0.5, 0.75].into_iter().enumerate() {
            let quantile = curve.quantile(share, Level::P95);
            let is = |ours, key: &str| same(ours, column(key)[place], &format!("{name} {key} {share}"));
            is(quantile.estimate.ok(), "quantile");
            is(quantile.lower.ok(), "q_lower");
            is(quantile.upper.ok(), "q_upper");
        }
    }
}

#[test]
fn competing_ends_as_survfit() {
    for (name, case) in cases() {
        let shares = competing(&spells(&case), 2).unwrap();
        for (place, step) in shares.steps.iter().enumerate() {
            for kind in 0..2 {
                let theirs = |key: &str| case[key][place][kind].as_f64();
                let what = |key: &str| format!("{name} {key} {place} {kind}");
                same(Some(step.incidence[kind]), theirs("incidence"), &what("incidence"));
                same(Some(step.se[kind]), theirs("incidence_se"), &what("incidence_se"));
                let interval = step.interval(kind, Level::P95).ok();
                if theirs("incidence") != Some(0.0) && step.se[kind] > 0.0 {
                    same(interval.map(|interval| interval.lower), theirs("incidence_lower"), &what("lower"));
                    same(interval.map(|interval| interval.upper), theirs("incidence_upper"), &what("upper"));
                }
            }
        }
    }
}
