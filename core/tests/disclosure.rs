//! Tables protected by others' software, with their patterns: as many cells hidden or fewer.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::disclosure::{
    audit::Attacker,
    primary,
    repair::repair,
    secondary,
    tables::{Rule, Spec, Table},
};
use bygdepuls_core::problem::Problems;
use serde_json::Value;

#[test]
fn patterns() {
    let root = format!("{}/../tests/reference/disclosure", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.join("spec.json").exists()) {
        let text = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
        let spec: Spec = serde_json::from_str(&text("spec.json")).unwrap();
        let mut problems = Problems::new();
        let table = Table::read(&spec, "input.csv", text("input.csv").as_bytes(), &mut problems);
        assert!(table.is_some(), "{problems:?}");
        let table = table.unwrap();
        let mut tables = table.tables();
        let roles = primary::roles(&mut tables, &spec.rule);
        let wanted = primary::wanted(&tables);
        let start = std::time::Instant::now();
        let pattern = secondary::suppress(&tables, &roles, &wanted);
        let time = start.elapsed();
        let attacker = Attacker {
            zeros_published: matches!(spec.rule, Rule::Small { protect_zeros: false, .. }),
            groups: matches!(spec.rule, Rule::KDisclosure { .. }),
            ..Attacker::default()
        };
        let start = std::time::Instant::now();
        let repaired = repair(&tables, &roles, &pattern.hidden, &wanted, &attacker);
        let time2 = start.elapsed();
        let after = repaired.hidden.iter().zip(&tables.asked).filter(|(hidden, asked)| **hidden && **asked).count();
        if let Ok(dir) = std::env::var("PATTERNS") {
            let cells: Vec<Value> = (0..table.len()).filter(|cell| tables.asked[*cell]).map(|cell| serde_json::json!({"key": table.key(cell), "true": tables.counts[cell], "value": if repaired.hidden[cell] { Value::Null } else { tables.counts[cell].into() }})).collect();
            let spec_value: Value = serde_json::from_str(&text("spec.json")).unwrap();
            let mut case =
                serde_json::json!({"dims": spec.dims, "hierarchies": spec_value["hierarchies"], "cells": cells});
            if attacker.zeros_published {
                case["suppressed_lb"] = 1.into();
            }
            if attacker.groups {
                case["response_dim"] = "answer".into();
            }
            std::fs::write(format!("{dir}/{}.json", spec.id), case.to_string()).unwrap();
        }
        let expected: Value = serde_json::from_str(&text("expected.json")).unwrap();
        let asked = tables.asked.iter().filter(|asked| **asked).count();
        let hidden = pattern.hidden.iter().zip(&tables.asked).filter(|(hidden, asked)| **hidden && **asked).count();
        let primary = roles
            .iter()
            .zip(&tables.asked)
            .filter(|(role, asked)| **role == secondary::Role::Sensitive && **asked)
            .count();
        println!(
            "{:30} cells {asked} ({}) primary {primary} ({}) hidden {hidden} ({}) exposed {} {time:?} -> {after} added {} released {} exposed {} {time2:?}",
            spec.id,
            expected["n_cells"],
            expected["n_primary"],
            expected["n_suppressed"],
            pattern.exposed.len(),
            0,
            0,
            repaired.exposed.len()
        );
    }
}
