//! What a figure gives away, against the attacks in `tests/reference/disclosure/attacks/attacks.json`, each by name,
//! and against a census of every (x, n) with n from 3 to 30.
#![allow(clippy::print_stdout, reason = "one line per case")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::disclosure::inversion::mean::{Mean, everybody_answered, totals};
use bygdepuls_core::disclosure::inversion::{
    Alike, Candidate, IntervalMethod, Roll, Rounding, Shown, Ties, Verdict, candidates,
};
use bygdepuls_core::interval::{Counts, Level, ProportionMethod, count_interval};
use serde_json::Value;
use std::collections::BTreeMap;

const ATTACKS: &str = include_str!("../../tests/reference/disclosure/attacks/attacks.json");

fn rounding(published: &Value) -> Rounding {
    published["step"].as_f64().map_or_else(
        || Rounding::decimals(published["decimals"].as_u64().map_or(1, |decimals| u8::try_from(decimals).unwrap())),
        Rounding::to,
    )
}

fn shown(published: &Value) -> Shown {
    let number = |key: &str| published[key].as_f64().unwrap();
    let rounding = rounding(published);
    if published.get("pct").is_some() {
        return Shown::Share { value: number("pct"), per: 100.0, rounding };
    }
    if published.get("rate").is_some() {
        return Shown::Smoothed { value: number("rate"), yes: number("a"), no: number("b"), rounding };
    }
    let method = match published["method"].as_str().unwrap() {
        "wald" => IntervalMethod::Wald,
        name => IntervalMethod::Proportion(ProportionMethod::parse(name).unwrap()),
    };
    let level = Level::new(number("level")).unwrap();
    Shown::Interval { lower: number("lo"), upper: number("hi"), method, level, rounding }
}

/// Percentages with a hidden n were searched from 3 to 30, intervals from 3 to 60.
fn roll(published: &Value) -> Roll {
    let most = if published.get("lo").is_some() { 60 } else { 30 };
    published["n"].as_u64().map_or(Roll::between(3, most), Roll::known)
}

/// Every attack by its id, in the order of the file.
const INVERSIONS: [&str; 7] =
    ["pct0-n", "pct1-free", "pct5-n", "ci-wilson-1", "ci-clopper-pearson-0", "ci-wald-0", "shrink"];
const GROUPS: [&str; 6] = ["2-11", "0-7", "1-9", "5-23", "12-30", "4-4"];

#[test]
fn every_inversion_finds_the_same_candidates() {
    let attacks: Value = serde_json::from_str(ATTACKS).unwrap();
    let list = attacks["inversions"].as_array().unwrap();
    let expected: Vec<String> =
        GROUPS.iter().flat_map(|group| INVERSIONS.map(|attack| format!("{attack}-{group}"))).collect();
    let ids: Vec<&str> = list.iter().map(|attack| attack["id"].as_str().unwrap()).collect();
    assert_eq!(ids, expected, "the file holds the attacks that are named here");
    for attack in list {
        let published = &attack["published"];
        let found = candidates(&shown(published), &roll(published));
        let pairs: Vec<[u64; 2]> = found.iter().map(|one| [one.x, one.n]).collect();
        let wanted: Vec<[u64; 2]> = serde_json::from_value(attack["candidates"].clone()).unwrap();
        let verdict = Verdict::of(&found, 0);
        println!(
            "{}  {} candidates  x {:?}  n {:?}  {:?}",
            attack["id"],
            pairs.len(),
            verdict.x,
            verdict.n,
            verdict.alike
        );
        assert_eq!(pairs, wanted, "{}", attack["id"]);
        let truth: [u64; 2] = serde_json::from_value(attack["true"].clone()).unwrap();
        assert!(pairs.contains(&truth), "{}", attack["id"]);
    }
}

#[test]
fn every_mean_finds_the_same_totals() {
    let attacks: Value = serde_json::from_str(ATTACKS).unwrap();
    let list = attacks["means"].as_array().unwrap();
    let ids: Vec<&str> = list.iter().map(|attack| attack["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["mean-6-6", "mean-7-20", "mean-4-20"]);
    for attack in list {
        let published = &attack["published"];
        let scale = (published["scale"][0].as_i64().unwrap(), published["scale"][1].as_i64().unwrap());
        let mean = Mean { mean: published["mean"].as_f64().unwrap(), sd: None, scale, rounding: rounding(published) };
        let n = published["n"].as_u64().unwrap();
        let wanted: Vec<i64> = serde_json::from_value(attack["candidates"].clone()).unwrap();
        println!("{}  totals {:?}  everybody {:?}", attack["id"], totals(&mean, n), everybody_answered(&mean, n));
        assert_eq!(totals(&mean, n), wanted, "{}", attack["id"]);
        assert_eq!(everybody_answered(&mean, n).is_some(), attack["everybody_same"] == true, "{}", attack["id"]);
    }
}

/// What the reader sees of (x, n), and the figure that says it. `None` where nothing is published.
type Published = Box<dyn Fn(u64, u64) -> Option<Shown>>;

fn up(value: f64, step: f64) -> f64 {
    ((value / step) + 0.5 + 1e-9).floor() * step
}

fn share(per: f64, step: f64) -> Published {
    let rounding = Rounding::to(step).ties(Ties::Up);
    Box::new(move |x, n| Some(Shown::Share { value: up(per * x as f64 / n as f64, step), per, rounding }))
}

fn interval(method: ProportionMethod, step: f64) -> Published {
    Box::new(move |x, n| {
        let made = count_interval(method, Counts { x, n, population: None }, Level::P95).unwrap();
        let limit = |limit: f64| up(100.0 * limit.clamp(0.0, 1.0), step);
        Some(Shown::Interval {
            lower: limit(made.lower),
            upper: limit(made.upper),
            method: IntervalMethod::Proportion(method),
            level: Level::P95,
            rounding: Rounding::to(step).ties(Ties::Up),
        })
    })
}

/// Bands that widen as n falls, with coded ends, after NCES SLDS brief 3.
fn coded_bands(x: u64, n: u64) -> Option<Shown> {
    let (width, end) = match n {
        0..10 => return None,
        10..=20 => (10, 20),
        21..=40 => (10, 10),
        _ => (5, 5),
    };
    let within =
        |lower: u64, upper: u64, included| Shown::Within { lower: lower as f64, upper: upper as f64, included };
    if 100 * x <= end * n {
        return Some(within(0, end, (true, true)));
    }
    if 100 * x >= (100 - end) * n {
        return Some(within(100 - end, 100, (true, true)));
    }
    let from = 100 * x / n / width * width;
    // A share on the limit of a coded end belongs to the end.
    Some(within(from, from + width, (from != end, false)))
}

/// (x unique with n known, x and n unique, 0 or 100 % proven with n known), in percent of all with n = 3..30.
///
/// The last: (x, n) with x = 0 or x = n that are alone with n known.
fn census(published: &Published) -> [f64; 3] {
    let pairs: Vec<(u64, u64)> = (3..=30).flat_map(|n| (0..=n).map(move |x| (x, n))).collect();
    let (mut alone, mut ends, mut proven) = (0, 0, 0);
    let mut same: BTreeMap<String, u64> = BTreeMap::new();
    for &(x, n) in &pairs {
        let figure = published(x, n);
        let with_n = match &figure {
            Some(shown) => candidates(shown, &Roll::known(n)),
            None => (0..=n).map(|x| Candidate { n, x }).collect(),
        };
        assert!(with_n.contains(&Candidate { n, x }), "{x} of {n}: {figure:?}");
        let verdict = Verdict::of(&with_n, 0);
        alone += u64::from(verdict.x.is_some());
        if x == 0 || x == n {
            ends += 1;
            proven += u64::from(verdict.candidates == 1);
            assert!(verdict.candidates != 1 || matches!(verdict.alike, Some(Alike::Nobody | Alike::Everybody)));
        }
        *same.entry(format!("{figure:?}")).or_default() += 1;
    }
    let unique = same.values().filter(|count| **count == 1).count() as f64;
    let all = pairs.len() as f64;
    [100.0 * alone as f64 / all, 100.0 * unique / all, 100.0 * proven as f64 / ends as f64]
}

/// The table "how much each way of publishing gives away": ways, and the three columns as printed there.
#[test]
fn the_census_of_ways_to_publish() {
    let count = |step: f64| -> Published {
        let rounding = Rounding::to(step).ties(Ties::Up);
        Box::new(move |x, n| Some(Shown::Count { x: up(x as f64, step), n: Some(up(n as f64, step)), rounding }))
    };
    let smoothed: Published = Box::new(|x, n| {
        let value = up(100.0 * (x as f64 + 2.0) / (n as f64 + 10.0), 0.1);
        Some(Shown::Smoothed { value, yes: 2.0, no: 8.0, rounding: Rounding::decimals(1).ties(Ties::Up) })
    });
    let ways: [(&str, Published, [&str; 3]); 12] = [
        ("percent, 1 decimal", share(100.0, 0.1), ["100", "42", "100"]),
        ("percent, 0 decimals", share(100.0, 1.0), ["100", "0.4", "100"]),
        ("percent, nearest 5", share(100.0, 5.0), ["77.6", "0", "100"]),
        ("percent, nearest 10", share(100.0, 10.0), ["23.5", "0", "62.5"]),
        ("k of 10", share(10.0, 1.0), ["23.5", "0", "62.5"]),
        ("percent, nearest 20", share(100.0, 20.0), ["6.1", "0", "26.8"]),
        ("Wilson 95 %, 1 decimal", interval(ProportionMethod::Wilson, 0.1), ["100", "100", "100"]),
        ("Wilson 95 %, 0 decimals", interval(ProportionMethod::Wilson, 1.0), ["100", "89.0", "100"]),
        ("Wilson 95 %, nearest 5", interval(ProportionMethod::Wilson, 5.0), ["91.4", "5.1", "100"]),
        ("Jeffreys 95 %, 0 decimals", interval(ProportionMethod::Jeffreys, 1.0), ["100", "86.1", "100"]),
        ("shrunk rate (a=2, b=8), 1 decimal", smoothed, ["100", "53.7", "100"]),
        ("x and n each rounded to 3", count(3.0), ["1.8", "0", "16.1"]),
    ];
    for (name, published, expected) in &ways {
        let found = census(published);
        println!("{name:<36}{:6.1} {:6.1} {:6.1}", found[0], found[1], found[2]);
        for (found, expected) in found.iter().zip(expected) {
            let decimals = expected.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            assert_eq!(format!("{found:.decimals$}"), *expected, "{name}");
        }
    }
    // With bands by n the reader knows the tier, so only the columns with n known are a question of what fits.
    let bands: Published = Box::new(coded_bands);
    let found = census(&bands);
    println!("{:<36}{:6.1}        {:6.1}", "NCES-type bands", found[0], found[2]);
    assert_eq!((format!("{:.1}", found[0]), found[2]), ("6.9".into(), 0.0));
}

/// An interval with a hidden n names the pair by itself: on the census, at the pairs of the attacks.
#[test]
fn a_wilson_interval_names_the_pair() {
    let published = interval(ProportionMethod::Wilson, 0.1);
    for (x, n) in [(2, 11), (0, 7), (1, 9), (5, 23), (12, 30), (4, 4)] {
        assert_eq!(candidates(&published(x, n).unwrap(), &Roll::between(3, 60)), [Candidate { n, x }]);
    }
}
