//! How fast tables are protected: suppression, repair and audit beside GaussSuppression in R.

use crate::tool;
use bygdepuls_core::disclosure::audit::{Attacker, audit_with};
use bygdepuls_core::disclosure::secondary::{Role, suppress};
use bygdepuls_core::disclosure::tables::{Branch, CellId, Hierarchy, HierarchyProblem, Rule, Table};
use bygdepuls_core::disclosure::{primary, repair::repair};
use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};
use std::time::Instant;

/// Towns, cohorts, answers; what GaussSuppression 1.2.3 took on another machine, in seconds; how many times faster the
/// suppression is to be.
const SIZES: [(usize, usize, usize, f64, f64); 3] =
    [(24, 4, 5, 0.48, 1.0), (116, 8, 7, 40.7, 50.0), (355, 8, 11, 788.0, 200.0)];

/// Prints the table; an argument is the number of sizes, the smallest first.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    if cfg!(debug_assertions) {
        // Built for speed: what is measured is not what a developer waits for otherwise.
        let again = ["run", "--quiet", "--locked", "--release", "--package", "xtask", "--", "tables"];
        return tool::run(tool::cargo(&again.into_iter().chain(args.iter().map(String::as_str)).collect::<Vec<_>>()));
    }
    let sizes = match args {
        [] => SIZES.len(),
        [number] => number.parse().map_err(|_| format!("not a number of sizes: {number}"))?,
        _ => return Err("cargo xtask tables [SIZES]".into()),
    };
    println!("Seconds, with the seconds of processor time in brackets. Gauss: GaussSuppression 1.2.3 in R, on another");
    println!("machine. Goals: suppression so many times faster; repair and audit at most ten times as long.\n");
    println!(
        "{:>7} {:>8} {:>14} {:>14} {:>14} {:>8} {:>7} {:>5} {:>8} {:>9} {:>9}",
        "cells",
        "primary",
        "suppression",
        "repair",
        "audit",
        "Gauss",
        "faster",
        "goal",
        "hidden",
        "repaired",
        "findings"
    );
    for (towns, cohorts, answers, gauss, goal) in SIZES.into_iter().take(sizes) {
        let table = invented(towns, cohorts, answers).map_err(|problem| format!("{problem:?}"))?;
        let mut tables = table.tables();
        let rule = Rule::Small { max_n: 3, protect_zeros: false };
        let attacker: Attacker = rule.attacker();
        let roles = primary::roles(&mut tables, &rule);
        let wanted = primary::wanted(&tables);
        let (pattern, suppression) = timed(|| suppress(&tables, &roles, &wanted));
        let (repaired, repairing) = timed(|| repair(&tables, &roles, &pattern.hidden, &wanted, &attacker));
        let sensitive = |cell: CellId| roles.get(cell as usize) == Some(&Role::Sensitive);
        let (found, audit) = timed(|| audit_with(&tables, &repaired.hidden, sensitive, &attacker, &repaired.movements));
        let (_, findings) = found.map_err(|problem| format!("{problem:?}"))?;
        let hidden = |hidden: &[bool]| hidden.iter().filter(|hidden| **hidden).count();
        println!(
            "{:7} {:8} {suppression:>14} {repairing:>14} {audit:>14} {gauss:8.2} {:7.0} {goal:5.0} {:8} {:9} {:9}",
            tables.len(),
            roles.iter().filter(|role| **role == Role::Sensitive).count(),
            gauss / suppression.wall,
            hidden(&pattern.hidden),
            hidden(&repaired.hidden),
            findings.len(),
        );
    }
    Ok(())
}

/// Seconds, of the clock on the wall and of the processor.
struct Seconds {
    wall: f64,
    processor: Option<f64>,
}

impl Display for Seconds {
    fn fmt(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        let processor = self.processor.map_or("?".into(), |processor| format!("{processor:.2}"));
        to.pad(&format!("{:.3} ({processor})", self.wall))
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Seconds) {
    let (start, before) = (Instant::now(), processor());
    let result = work();
    let processor = processor().zip(before).map(|(after, before)| after - before);
    (result, Seconds { wall: start.elapsed().as_secs_f64(), processor })
}

/// The seconds that this process has computed for, where the system says so: in hundredths, as Linux counts them.
fn processor() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, rest) = line.rsplit_once(')')?;
    let ticks: Option<f64> = rest.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().ok()).sum();
    Some(ticks? / 100.0)
}

/// Municipalities in regions in counties × cohorts × answers; the same counts each time.
fn invented(towns: usize, cohorts: usize, answers: usize) -> Result<Table, HierarchyProblem> {
    let mut seed = 12_345_u64;
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let regions = towns / 4;
    let counties = (regions / 6).max(1);
    let name = |prefix: &str, number: usize| format!("{prefix}{number:03}");
    let every = |prefix: &str, all: usize, of: usize, rest: usize| {
        (0..all).filter(|number| number % of == rest).map(|number| name(prefix, number)).collect()
    };
    let branch = |parent: String, children: Vec<String>| Branch { parent, children };
    let mut branches = vec![branch("Total".into(), every("C", counties, 1, 0))];
    branches.extend((0..counties).map(|county| branch(name("C", county), every("R", regions, counties, county))));
    branches.extend((0..regions).map(|region| branch(name("R", region), every("M", towns, regions, region))));
    let dimensions = vec![
        ("mun".to_string(), Hierarchy::new(&branches, &[])?),
        ("cohort".into(), Hierarchy::flat("Total", &every("k", cohorts, 1, 0))?),
        ("answer".into(), Hierarchy::flat("Total", &every("a", answers, 1, 0))?),
    ];
    let mut inner = BTreeMap::new();
    for town in 0..towns {
        let town = dimensions[0].1.place(&name("M", town)).unwrap_or_default();
        for cohort in 1..=cohorts {
            for answer in 1..=answers {
                let size = 1 + random(12);
                let popular = 1 + u64::try_from((answer - 1) % 3).unwrap_or_default();
                inner.insert(vec![town, cohort, answer], random(1 + size * popular));
            }
        }
    }
    Ok(Table::new(dimensions, &inner))
}
