//! Before and after, against R: `tests/reference/findings/trial.R` wrote the values.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::compare::TwoGroups;
use bygdepuls_core::compare::difference_in_differences::{
    Arm, Effect, ShareArm, change, effect_of_trial, effect_on_share,
};
use bygdepuls_core::interval::Level;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../../tests/reference/findings/trial.json")).unwrap()
}

fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() <= 1e-12 * theirs.abs().max(1.0), "{what}: {ours}, R {theirs}");
}

fn same(ours: &Effect, theirs: &Value) {
    close(ours.estimate, &theirs["estimate"], "estimate");
    close(ours.se, &theirs["se"], "se");
    close(ours.df, &theirs["df"], "df");
    close(ours.interval.lower, &theirs["lower"], "lower");
    close(ours.interval.upper, &theirs["upper"], "upper");
    close(ours.p_value.unwrap(), &theirs["p"], "p");
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[test]
fn the_same_people_both_times() {
    let paired = &reference()["paired"];
    let arm = |name: &str| {
        let rows = paired[name].as_array().unwrap().iter().map(numbers);
        Arm::Paired(rows.map(|row| (row[0], row[1])).collect())
    };
    same(&change(&arm("trial"), Level::P95).unwrap(), &paired["change"]);
    same(&effect_of_trial(&arm("trial"), &arm("comparison"), Level::P95).unwrap(), &paired["effect"]);
}

#[test]
fn other_people_each_time() {
    let independent = &reference()["independent"];
    let arm = |name: &str| Arm::Independent {
        before: numbers(&independent[name]["before"]),
        after: numbers(&independent[name]["after"]),
    };
    same(&effect_of_trial(&arm("trial"), &arm("comparison"), Level::P95).unwrap(), &independent["effect"]);
}

#[test]
fn shares() {
    let shares = &reference()["shares"];
    let arm = |name: &str| {
        let count = |place: usize| shares["counts"][name][place].as_u64().unwrap();
        ShareArm::Independent(TwoGroups::new((count(0), count(1)), (count(2), count(3))).unwrap())
    };
    let (effect, interval) = effect_on_share(&arm("trial"), &arm("comparison"), Level::P95);
    close(effect, &shares["effect"][0], "effect");
    close(interval.lower, &shares["effect"][1], "lower");
    close(interval.upper, &shares["effect"][2], "upper");
}
