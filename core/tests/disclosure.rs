//! Tables protected by others' software, with their patterns: as many cells hidden or fewer.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::disclosure::{
    primary, secondary,
    tables::{Spec, Table},
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
        let expected: Value = serde_json::from_str(&text("expected.json")).unwrap();
        let asked = tables.asked.iter().filter(|asked| **asked).count();
        let hidden = pattern.hidden.iter().zip(&tables.asked).filter(|(hidden, asked)| **hidden && **asked).count();
        let primary = roles
            .iter()
            .zip(&tables.asked)
            .filter(|(role, asked)| **role == secondary::Role::Sensitive && **asked)
            .count();
        println!(
            "{:30} cells {asked} ({}) primary {primary} ({}) hidden {hidden} ({}) exposed {} {time:?}",
            spec.id,
            expected["n_cells"],
            expected["n_primary"],
            expected["n_suppressed"],
            pattern.exposed.len()
        );
    }
}
