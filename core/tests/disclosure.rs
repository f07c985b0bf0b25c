//! Tables that GaussSuppression protected: nothing exact in ours, and its patterns beside ours.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::disclosure::Protection;
use bygdepuls_core::disclosure::tables::{Linked, Spec, Table};
use bygdepuls_core::problem::Problems;
use serde_json::Value;

#[test]
fn nothing_is_exact_where_gauss_suppression_leaves_five() {
    let root = format!("{}/../tests/reference/disclosure", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.join("spec.json").exists()) {
        let text = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
        let spec: Spec = serde_json::from_str(&text("spec.json")).unwrap();
        let mut problems = Problems::new();
        let table = Table::read(&spec, "input.csv", text("input.csv").as_bytes(), &mut problems).unwrap();
        let linked = Linked::new(vec![table]).unwrap();
        let protection = Protection::new(linked, &spec.rule, spec.rule.attacker());
        let expected: Value = serde_json::from_str(&text("expected.json")).unwrap();
        println!(
            "{:28} {:4} hidden, GaussSuppression {:>4}, before repair {:4}",
            spec.id,
            protection.hidden_cells(),
            expected["n_suppressed"],
            protection.before_repair
        );
        assert!(protection.exposed.is_empty(), "{}", spec.id);
        if protection.linked.cells.len() < 300 {
            let (_, findings) = protection.audit().unwrap();
            assert_eq!(findings, [], "{}", spec.id);
        }
    }
}
