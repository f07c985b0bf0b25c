//! Attacks on published tables, by name: each found with the same intervals and flags as the independent auditor whose
//! findings lie in `tests/reference/disclosure/attacks/attacks.json`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a line for each case")]

use bygdepuls_core::disclosure::published::{Against, Assembled, Leak, Published, Way};
use bygdepuls_core::problem::Problems;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// By name of the attack: the releases, whether the second covers the first and some more, and the coalition.
const ATTACKS: [(&str, &[&str], bool, u64); 13] = [
    ("sub-one-hidden", &["sub-one-hidden"], false, 1),
    ("sub-two-hidden-in-row", &["sub-two-hidden-in-row"], false, 1),
    ("block-four-hidden", &["block-four-hidden"], false, 1),
    ("zeros-hidden-sum-zero", &["zeros-hidden-sum-zero"], false, 1),
    ("ones-zero-convention", &["ones-zero-convention"], false, 1),
    ("group-100-percent", &["group-100-percent"], false, 0),
    ("group-all-but-one", &["group-all-but-one"], false, 1),
    ("share-opens-block", &["share-opens-block"], false, 1),
    ("linked-two-pages", &["linked-two-pages-a", "linked-two-pages-b"], false, 1),
    ("cumulative (diff)", &["cumulative-a", "cumulative-b"], true, 1),
    ("rolling-windows", &["rolling-windows"], false, 1),
    ("complement-boys", &["complement-boys"], false, 1),
    ("two-publishers", &["two-publishers-a", "two-publishers-b"], false, 1),
];

fn read(name: &str) -> String {
    let root = format!("{}/../tests/reference/disclosure/attacks", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(format!("{root}/{name}.json")).unwrap()
}

fn assembled(names: &[&str], grown: bool) -> Assembled {
    let mut problems = Problems::new();
    let releases = names
        .iter()
        .map(|name| (name.to_string(), Published::read(name, read(name).as_bytes(), &mut problems).unwrap()));
    let releases: Vec<_> = releases.collect();
    let assembled = Assembled::new(&releases, grown, &[], &mut problems);
    assert_eq!(problems.list().len(), 0, "{problems:?}");
    assembled.unwrap()
}

#[test]
fn every_attack_is_found_as_the_auditor_finds_it() {
    let expected: Value = serde_json::from_str(&read("attacks")).unwrap();
    let expected = expected["tables"].as_object().unwrap();
    assert!(expected.keys().all(|name| ATTACKS.iter().any(|attack| attack.0 == name)));
    for (name, files, grown, coalition) in ATTACKS {
        let all = assembled(files, grown);
        let (_, leaks) = all.leaks(Against { coalition, ..Against::default() }).unwrap();
        let key = |cell: &u32| -> Value {
            let key = &all.cells[*cell as usize].key;
            key.iter().map(|code| if code == "difference" { "D" } else { code }).collect()
        };
        let mut exact = BTreeMap::new();
        let mut groups = BTreeMap::new();
        for leak in &leaks {
            match leak {
                Leak::Exact { cell, count, way } => {
                    exact.insert(key(cell).to_string(), (*count, way.name()));
                }
                Leak::Group { whole, answer, others, published } => {
                    let kind = if *published { "published" } else { "inferred" };
                    groups.insert((key(whole).to_string(), key(answer).to_string()), (*others, kind));
                }
                other => panic!("{name}: {other:?}"),
            }
        }
        let count = |value: &Value| value.as_f64().unwrap().to_string().parse::<u64>().unwrap();
        let theirs = &expected[name];
        let mut found = BTreeMap::new();
        for finding in theirs["findings"].as_array().unwrap() {
            assert!(finding[1].as_array().unwrap().contains(&json!("EXACT")) && finding[2] == finding[3]);
            // The auditor tells bounds in whole numbers from others.
            let way = finding[4].as_str().unwrap().split('/').next().unwrap();
            found.insert(finding[0].to_string(), (count(&finding[2]), way));
        }
        assert_eq!(exact, found, "{name}");
        if let Some(theirs) = theirs["groups"].as_array() {
            let theirs: BTreeMap<_, _> = theirs
                .iter()
                .map(|group| {
                    let [low, high] = [0, 1].map(|side| count(&group["n_minus_x"][side]));
                    let keys = (group["margin"].to_string(), group["answer"].to_string());
                    (keys, ((low, high), group["kind"].as_str().unwrap()))
                })
                .collect();
            assert_eq!(groups, theirs, "{name}");
        }
        println!("{name:24} {:2} exact, {:2} groups, as the auditor", exact.len(), groups.len());
    }
}

/// The case of THREATS T3: a + b = 7, b + c = 5, a + c = 6 without a sum of one unknown.
#[test]
fn equations_are_told_from_subtraction() {
    let cell = |name: &str, value: Value| json!({"key": [name], "value": value});
    let sum = |total: &str, parts: [&str; 2]| json!({"total": [total], "parts": parts.map(|part| [part])});
    let hidden = ["a", "b", "c"].map(|name| cell(name, Value::Null));
    let shown = [("x", 7), ("y", 5), ("z", 6)].map(|(name, value)| cell(name, json!(value)));
    let release = json!({"dims": ["group"], "cells": ([&hidden[..], &shown].concat()),
        "relations": [sum("x", ["a", "b"]), sum("y", ["b", "c"]), sum("z", ["a", "c"])]});
    let mut problems = Problems::new();
    let release = Published::read("t3", release.to_string().as_bytes(), &mut problems).unwrap();
    let all = Assembled::new(&[("t3".into(), release)], false, &[], &mut problems).unwrap();
    let exact = |cell, count| Leak::Exact { cell, count, way: Way::Equations };
    assert_eq!(all.leaks(Against::default()).unwrap().1, [exact(0, 4), exact(1, 3), exact(2, 2)]);
}

/// Growth of several tables at once, each with its own counterpart.
#[test]
fn linked_tables_grow_each_by_itself() {
    let release = |a: u64, b: u64| {
        let cell = |name: &str, value: u64| json!({"key": [name], "value": value});
        let linked = json!({"dims": ["sex"], "cells": [cell("boy", b)]});
        let text = json!({"dims": ["town"], "cells": [cell("A", a)], "linked": [linked]}).to_string();
        Published::read("r", text.as_bytes(), &mut Problems::new()).unwrap()
    };
    let releases = [("1".to_owned(), release(7, 3)), ("2".to_owned(), release(8, 5))];
    let all = Assembled::new(&releases, true, &[], &mut Problems::new()).unwrap();
    let (_, leaks) = all.leaks(Against::default()).unwrap();
    let found: Vec<(&str, u64)> = leaks
        .iter()
        .map(|leak| match leak {
            Leak::Exact { cell, count, .. } => (all.cells[*cell as usize].key[1].as_str(), *count),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(found, [("A", 1), ("boy", 2)]);
}

/// GaussSuppression's patterns in the 17 folders: our intervals lie in those of the auditor, which are those of linear
/// programming, and as many cells are exact as the auditor finds in whole numbers.
#[test]
fn patterns_of_gauss_suppression_as_the_auditor_sees_them() {
    let root = format!("{}/../tests/reference/disclosure", env!("CARGO_MANIFEST_DIR"));
    let mut tried = 0;
    let mut folders: Vec<_> = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.into_iter().filter(|folder| folder.join("case.json").exists()) {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let mut problems = Problems::new();
        let case = Published::read("case.json", text("case.json").as_bytes(), &mut problems).unwrap();
        let all = Assembled::new(&[("case.json".into(), case)], false, &[], &mut problems).unwrap();
        let (intervals, leaks) = all.leaks(Against { coalition: 0, ..Against::default() }).unwrap();
        let expected: Value = serde_json::from_str(&text("expected.json")).unwrap();
        let mut width = [0.0, 0.0];
        for theirs in expected["cells"].as_array().unwrap().iter().filter(|cell| cell["suppressed"] == true) {
            let place = all.cells.iter().position(|cell| json!(cell.key) == theirs["key"]).unwrap();
            let ours = intervals[place];
            assert!(theirs["lo"].as_f64().unwrap() <= ours.lower as f64 + 1e-6, "{theirs} {ours:?}");
            if let Some(high) = theirs["hi"].as_f64() {
                assert!(ours.upper.is_some_and(|upper| upper as f64 <= high + 1e-6), "{theirs} {ours:?}");
                width[0] += ours.upper.unwrap_or_default() as f64 - ours.lower as f64;
                width[1] += high - theirs["lo"].as_f64().unwrap();
            }
            let truth = theirs["true"].as_u64().unwrap();
            assert!(ours.lower <= truth && ours.upper.is_none_or(|upper| truth <= upper), "{theirs} {ours:?}");
        }
        let count = |of: fn(&Leak) -> bool| leaks.iter().filter(|leak| of(leak)).count();
        let exact = count(|leak| matches!(leak, Leak::Exact { .. }));
        let narrow = count(|leak| matches!(leak, Leak::Narrow { .. }));
        let audit = &expected["audit"];
        println!(
            "{:28} exact {exact:2} (auditor {:>2})  narrow {narrow:3} ({:>3})  widths {:6.1} ({:6.1})",
            folder.file_name().unwrap().display().to_string(),
            audit["int_exact"].to_string(),
            audit["int_narrow"].to_string(),
            width[0],
            width[1]
        );
        assert_eq!(json!(exact), audit["int_exact"], "{}", folder.display());
        tried += 1;
    }
    assert_eq!(tried, 17);
}
