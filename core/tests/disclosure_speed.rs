#![allow(clippy::unwrap_used, missing_docs)]
use bygdepuls_core::disclosure::{
    primary, secondary,
    tables::{Branch, Hierarchy, Rule, Table},
};
use std::collections::BTreeMap;
#[test]
fn speed() {
    let mut seed = 12345u64;
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    for (towns, cohorts, answers) in [(24, 4, 5), (120, 8, 7), (357, 8, 11)] {
        let mut branches = Vec::new();
        let regions = towns / 4;
        let counties = regions / 6;
        let name = |p: &str, i: usize| format!("{p}{i:03}");
        branches.push(Branch { parent: "Total".into(), children: (0..counties).map(|c| name("C", c)).collect() });
        for c in 0..counties {
            branches.push(Branch {
                parent: name("C", c),
                children: (0..regions).filter(|r| r % counties == c).map(|r| name("R", r)).collect(),
            });
        }
        for r in 0..regions {
            branches.push(Branch {
                parent: name("R", r),
                children: (0..towns).filter(|t| t % regions == r).map(|t| name("M", t)).collect(),
            });
        }
        let flat =
            |p: &str, n: usize| Hierarchy::flat("Total", &(0..n).map(|i| name(p, i)).collect::<Vec<_>>()).unwrap();
        let mun = Hierarchy::new(&branches, &[]).unwrap();
        let dims = vec![
            ("mun".to_string(), mun),
            ("cohort".into(), flat("k", cohorts)),
            ("answer".into(), flat("a", answers)),
        ];
        let mut inner = BTreeMap::new();
        for t in 0..towns {
            for k in 0..cohorts {
                for a in 0..answers {
                    let size = 1 + random(12);
                    inner.insert(
                        vec![dims[0].1.place(&name("M", t)).unwrap(), 1 + k, 1 + a],
                        random(1 + size * (1 + a as u64 % 3)),
                    );
                }
            }
        }
        let start = std::time::Instant::now();
        let table = Table::new(dims, &inner);
        let mut tables = table.tables();
        let roles = primary::roles(&mut tables, &Rule::Small { max_n: 3, protect_zeros: false });
        let wanted = primary::wanted(&tables);
        let built = start.elapsed();
        let start = std::time::Instant::now();
        let pattern = secondary::suppress(&tables, &roles, &wanted);
        println!(
            "{} cells, primary {}, hidden {}, build {built:?}, suppress {:?}",
            tables.len(),
            roles.iter().filter(|r| **r == secondary::Role::Sensitive).count(),
            pattern.hidden.iter().filter(|h| **h).count(),
            start.elapsed()
        );
    }
}
