//! Tables that GaussSuppression protected: nothing exact in ours, and its patterns, its intervals and the roundings of
//! SmallCountRounding beside ours.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and shows what it measured")]

use bygdepuls_core::disclosure::audit::{Known, intervals};
use bygdepuls_core::disclosure::rounding::round;
use bygdepuls_core::disclosure::tables::{Linked, Spec, Table};
use bygdepuls_core::disclosure::{Protection, primary};
use bygdepuls_core::problem::Problems;
use serde_json::Value;
use std::collections::BTreeMap;

const CASES: [&str; 17] = [
    "o01-2d-plain",
    "o02-2d-zeros-protected",
    "o03-2d-zeros-published",
    "o04-2d-threshold5",
    "o05-2d-singletons",
    "o06-3way",
    "o07-3way-zeros",
    "o08-hier-mun-region-county",
    "o09-hier-yesno-40mun",
    "o10-hier-single-child-region",
    "o11-linked-region-size",
    "o12-linked-sex-answer",
    "o13-kdisclosure-yesno",
    "o14-kdisclosure-3way",
    "o15-all-safe",
    "o16-all-unsafe",
    "o17-one-dimension",
];

fn text(case: &str, name: &str) -> String {
    let path = format!("{}/../tests/reference/disclosure/{case}/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(case: &str, name: &str) -> Value {
    serde_json::from_str(&text(case, name)).unwrap()
}

fn read(case: &str, input: &str) -> (Spec, Table) {
    let spec: Spec = serde_json::from_str(&text(case, "spec.json")).unwrap();
    let table = Table::read(&spec, "input.csv", input.as_bytes(), &mut Problems::new()).unwrap();
    (spec, table)
}

/// By key what the reference says of a cell.
fn cells(reference: &Value) -> BTreeMap<Vec<String>, Value> {
    let key = |cell: &Value| cell["key"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().into()).collect();
    reference["cells"].as_array().unwrap().iter().map(|cell| (key(cell), cell.clone())).collect()
}

fn key(table: &Table, cell: usize) -> Vec<String> {
    table.key(cell).into_iter().map(str::to_owned).collect()
}

#[test]
fn nothing_is_exact_where_gauss_suppression_leaves_five() {
    println!(
        "{:28} {:>6} {:>6} {:>13} {:>6} {:>12}",
        "case", "cells", "hidden", "before repair", "Gauss", "Gauss exact"
    );
    for case in CASES {
        let (spec, table) = read(case, &text(case, "input.csv"));
        let expected = json(case, "expected.json");
        let protection = Protection::new(Linked::new(vec![table]).unwrap(), &spec.rule, spec.rule.attacker());
        println!(
            "{case:28} {:6} {:6} {:13} {:>6} {:>12}",
            expected["n_cells"],
            protection.hidden_cells(),
            protection.before_repair,
            expected["n_suppressed"].to_string(),
            expected["audit"]["int_exact"].to_string(),
        );
        assert!(protection.exposed.is_empty(), "{case}");
        let (_, findings) = protection.audit().unwrap();
        assert_eq!(findings, [], "{case}");
        let theirs = expected["n_suppressed"].as_u64().unwrap();
        assert!(protection.before_repair as u64 <= theirs, "{case}: more than GaussSuppression before any repair");
    }
}

/// The intervals of GaussSuppression's pattern, that an independent auditor found (scipy, HiGHS).
#[test]
fn the_intervals_of_their_patterns() {
    println!("{:28} {:>7} {:>6}", "case", "hidden", "exact");
    for case in CASES {
        let (spec, table) = read(case, &text(case, "input.csv"));
        let expected = cells(&json(case, "expected.json"));
        let tables = table.tables();
        let attacker = spec.rule.attacker();
        let value = |cell: usize| {
            let is_shown = expected.get(&key(&table, cell)).is_some_and(|cell| cell["suppressed"] == false);
            is_shown.then_some(tables.counts[cell])
        };
        let values: Vec<Option<u64>> = (0..tables.len()).map(value).collect();
        let lowest: Vec<u64> = tables.asked.iter().map(|asked| u64::from(*asked && attacker.zeros_published)).collect();
        let known = Known { margins: &tables.margins, values: &values, lowest: &lowest, ..Known::default() };
        let found = intervals(&known).unwrap();
        let (mut hidden, mut exact) = (0, 0);
        for (cell, interval) in found.iter().enumerate().filter(|(cell, _)| values[*cell].is_none()) {
            let Some(expected) = expected.get(&key(&table, cell)) else { continue };
            // Theirs are limits of people in parts; ours are rounded inward.
            let (low, high) = (expected["lo"].as_f64().unwrap(), expected["hi"].as_f64());
            let rounded = ((low - 1e-6).ceil(), high.map(|high| (high + 1e-6).floor()));
            let ours = (interval.lower as f64, interval.upper.map(|upper| upper as f64));
            assert!(ours.0 >= rounded.0, "{case} {:?}: {ours:?}, {rounded:?}", key(&table, cell));
            assert!(ours.1.is_none_or(|own| rounded.1.is_none_or(|high| own <= high)), "{case} {ours:?}, {rounded:?}");
            assert_eq!(ours, rounded, "{case} {:?}", key(&table, cell));
            hidden += 1;
            exact += usize::from(interval.is_exact());
        }
        println!("{case:28} {hidden:7} {exact:6}");
    }
}

#[test]
fn shuffled_records_give_the_same_pattern() {
    for case in CASES {
        let input = text(case, "input.csv");
        let mut lines: Vec<&str> = input.lines().collect();
        lines[1..].reverse();
        let third = lines.len() / 3;
        lines[1..].rotate_left(third);
        let pattern = |input: &str| {
            let (spec, table) = read(case, input);
            let mut cells = Linked::new(vec![table]).unwrap().cells;
            let roles = primary::roles(&mut cells, &spec.rule);
            let wanted = primary::wanted(&cells);
            bygdepuls_core::disclosure::secondary::suppress(&cells, &roles, &wanted).hidden
        };
        assert_eq!(pattern(&input), pattern(&lines.join("\n")), "{case}");
    }
}

#[test]
fn rounding_is_as_near_as_small_count_roundings() {
    println!("{:28} {:>4} {:>6} {:>8} {:>12} {:>12}", "case", "max", "theirs", "rms", "theirs", "margins hold");
    for case in CASES {
        let (_, table) = read(case, &text(case, "input.csv"));
        let reference = json(case, "pls3.json");
        let rounded = round(&table, 3);
        let tables = table.tables();
        for margin in &tables.margins {
            let parts: u64 = margin.parts.iter().map(|part| rounded.counts[*part as usize]).sum();
            assert_eq!(parts, rounded.counts[margin.total as usize], "{case}");
        }
        let published = || (0..tables.len()).filter(|cell| tables.asked[*cell]);
        assert!(published().all(|cell| ![1, 2].contains(&rounded.counts[cell])), "{case}: a small count");
        assert_eq!(published().count(), cells(&reference).len(), "{case}");
        let (most, rms) = (reference["maxdiff"].as_u64().unwrap(), reference["rms"].as_f64().unwrap());
        println!(
            "{case:28} {:4} {most:6} {:8.4} {rms:12.4} {:>12}",
            rounded.max_difference, rounded.root_mean_square, "all"
        );
        assert!(rounded.max_difference <= most && rounded.root_mean_square <= rms + 1e-8, "{case}");
    }
}
