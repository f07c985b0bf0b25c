//! Invented tables, protected: nothing found by the auditor, nor among all tables of whole people that look the same.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and shows what it measured")]

#[path = "disclosure_random/by_hand.rs"]
mod by_hand;
#[path = "disclosure_random/invented.rs"]
mod invented;

use by_hand::{Inner, textbook};
use bygdepuls_core::disclosure::audit::{Attacker, Finding, Known, intervals};
use bygdepuls_core::disclosure::secondary::{Role, suppress};
use bygdepuls_core::disclosure::tables::{CellId, Linked, Rule};
use bygdepuls_core::disclosure::{Protection, primary};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::cell::Cell;

fn cases(usual: u32) -> u32 {
    std::env::var("DISCLOSURE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn check<S: Strategy>(number: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases: cases(number), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config.clone(),
        proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm),
    );
    runner.run(strategy, test).unwrap();
}

fn protected(most: usize) -> impl Strategy<Value = (Linked, Rule, Attacker)> {
    let with_attacker = |(linked, rule): (Linked, Rule)| {
        let attacker = invented::attacker(&rule);
        (Just(linked), Just(rule), attacker)
    };
    (invented::tables(most), invented::rule()).prop_flat_map(with_attacker)
}

fn lowest(protection: &Protection) -> Vec<u64> {
    let zeros = protection.attacker.zeros_published;
    protection.linked.cells.asked.iter().map(|asked| u64::from(*asked && zeros)).collect()
}

/// Hidden cells that nobody may find out.
fn secrets(protection: &Protection) -> Vec<usize> {
    let cells = &protection.linked.cells;
    let secret =
        |cell: &usize| protection.hidden[*cell] && (cells.asked[*cell] || protection.roles[*cell] == Role::Sensitive);
    let exposed = |cell: &usize| protection.exposed.contains(&CellId::try_from(*cell).unwrap());
    (0..cells.len()).filter(secret).filter(|cell| !exposed(cell)).collect()
}

#[test]
fn the_auditor_finds_nothing() {
    check(60, &protected(16), |(linked, rule, attacker)| {
        let protection = Protection::new(linked, &rule, attacker);
        let cells = &protection.linked.cells;
        for (cell, role) in protection.roles.iter().enumerate() {
            prop_assert!(*role != Role::Sensitive || protection.hidden[cell], "sensitive and published: {cell}");
            prop_assert!(*role != Role::Published || !protection.hidden[cell], "to be published and hidden: {cell}");
        }
        if attacker.zeros_published {
            let zero = |cell: usize| cells.asked[cell] && cells.counts[cell] == 0;
            prop_assert!((0..cells.len()).all(|cell| !zero(cell) || !protection.hidden[cell]));
        }
        let (found, findings) = protection.audit().unwrap();
        prop_assert!(found.iter().all(|interval| interval.is_tight));
        for finding in findings {
            let (Finding::Exact { cell, .. }
            | Finding::Narrow { cell, .. }
            | Finding::Insider { cell, .. }
            | Finding::Group { others: cell, .. }) = finding;
            prop_assert!(protection.exposed.contains(&cell), "{finding:?} {:?}", cells.counts);
        }
        Ok(())
    });
}

/// All tables of whole people that look the same from outside.
#[test]
fn no_table_of_whole_people_gives_anything_away() {
    let (looked, cells_seen, wider) = (Cell::new(0), Cell::new(0), Cell::new(0));
    check(120, &protected(9), |(linked, rule, attacker)| {
        let protection = Protection::new(linked, &rule, attacker);
        let cells = &protection.linked.cells;
        let count = |cell: usize| i64::try_from(cells.counts[cell]).unwrap();
        let lowest = lowest(&protection);
        let secrets = secrets(&protection);
        let few = i64::try_from(attacker.coalition).unwrap();
        let is_insiders =
            |cell: &usize| protection.hidden[*cell] && cells.asked[*cell] && (1..=few).contains(&count(*cell));
        let insiders: Vec<usize> = (0..cells.len()).filter(is_insiders).collect();
        let mut ends: Vec<Option<(i64, i64)>> = vec![None; cells.len()];
        let mut differs = vec![vec![false; secrets.len()]; insiders.len()];
        let all = Inner::new(cells).every_table(cells, &protection.hidden, &lowest, |table| {
            for (ends, value) in ends.iter_mut().zip(table) {
                let (low, high) = ends.unwrap_or((*value, *value));
                *ends = Some((low.min(*value), high.max(*value)));
            }
            for (own, differs) in insiders.iter().zip(&mut differs).filter(|(own, _)| table[**own] == count(**own)) {
                differs.iter_mut().zip(&secrets).for_each(|(differs, cell)| *differs |= table[*cell] != count(*cell));
                let _ = own;
            }
        });
        if !all {
            return Ok(());
        }
        looked.set(looked.get() + 1);
        let small = i64::try_from(attacker.small).unwrap();
        for cell in secrets.iter().copied() {
            let (low, high) = ends[cell].unwrap();
            let is_group = attacker.groups && protection.roles[cell] == Role::Sensitive;
            prop_assert!(low < high, "cell {cell} is {low} {:?}", cells.counts);
            prop_assert!(!is_group || high > few, "the others of {cell} are at most {high}");
            if let Some(width) = attacker.narrow.filter(|_| !is_group && count(cell) < small) {
                let width = i64::try_from(width).unwrap();
                prop_assert!(low < count(cell) - width || high > count(cell) + width, "{cell}: {low} to {high}");
            }
        }
        for (own, differs) in insiders.iter().zip(&differs) {
            for (cell, differs) in secrets.iter().zip(differs) {
                let (low, high) = ends[*own].unwrap();
                let is_small = (1..small).contains(&count(*cell));
                // Who is in both knows for himself.
                let shares = common(&protection.linked.cells, *own, *cell);
                if low < high && own != cell && is_small && cells.asked[*cell] && !shares {
                    prop_assert!(differs, "who is alone in {own} knows {cell} {:?}", cells.counts);
                }
            }
        }
        let values: Vec<Option<u64>> =
            (0..cells.len()).map(|cell| (!protection.hidden[cell]).then_some(cells.counts[cell])).collect();
        let known = Known { margins: &cells.margins, values: &values, lowest: &lowest, ..Known::default() };
        for (interval, ends) in intervals(&known).unwrap().iter().zip(&ends) {
            let (low, high) = ends.unwrap();
            let upper = i64::try_from(interval.upper.unwrap()).unwrap();
            let lower = i64::try_from(interval.lower).unwrap();
            prop_assert!(lower <= low && upper >= high, "{interval:?} is narrower than {low} to {high}");
            cells_seen.set(cells_seen.get() + usize::from(low < high));
            wider.set(wider.get() + usize::from(lower < low || upper > high));
        }
        Ok(())
    });
    println!(
        "{} tables looked through; {} unknown cells, of which {} have an interval wider than all whole tables together",
        looked.get(),
        cells_seen.get(),
        wider.get()
    );
}

/// Whether all people of one cell are in the other.
fn common(tables: &bygdepuls_core::disclosure::tables::Tables, own: usize, cell: usize) -> bool {
    let inner = Inner::new(tables);
    let has =
        |cell: usize, place: usize| inner.sums[cell][place] != 0 && tables.counts[inner.cells[place] as usize] > 0;
    (0..inner.cells.len()).all(|place| !has(cell, place) || has(own, place))
}

#[test]
fn secondary_suppression_is_the_textbooks() {
    check(300, &(invented::tables(14), invented::rule()), |(mut linked, rule)| {
        let roles = primary::roles(&mut linked.cells, &rule);
        let wanted = primary::wanted(&linked.cells);
        let pattern = suppress(&linked.cells, &roles, &wanted);
        prop_assert_eq!(pattern.hidden, textbook(&linked.cells, &roles, &wanted));
        Ok(())
    });
}

#[test]
fn the_same_input_gives_the_same_pattern() {
    check(15, &protected(14), |(linked, rule, attacker)| {
        let first = Protection::new(linked.clone(), &rule, attacker);
        let second = Protection::new(linked, &rule, attacker);
        prop_assert_eq!(first.hidden, second.hidden);
        prop_assert_eq!(first.exposed, second.exposed);
        Ok(())
    });
}
