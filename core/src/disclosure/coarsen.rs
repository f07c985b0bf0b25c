//! Coarser tables: what to publish instead of a table that hides too much.

use super::Protection;
use super::tables::{Branch, Hierarchy, Linked, Rule, Table};
use std::collections::BTreeMap;

/// A way to make a table coarser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coarsening {
    /// One dimension less.
    WithoutDimension {
        /// Its name.
        dimension: String,
    },
    /// The innermost codes of a dimension become the sums that they are in.
    WithoutLevel {
        /// The name of the dimension.
        dimension: String,
        /// What its innermost codes then are.
        codes: Vec<String>,
    },
}

/// A coarser table and what protection would hide of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// How it is made.
    pub coarsening: Coarsening,
    /// How many cells somebody would ask for.
    pub cells: usize,
    /// How many of them would be hidden.
    pub hidden: usize,
}

/// The most cells of a table for which alternatives are tried.
const LIMIT: usize = 5_000;

/// Every coarser table that can be made safe, with what it would hide. A table of formulas is tried with all of its cells.
#[must_use]
pub fn alternatives(table: &Table, protection: &Protection, rule: &Rule) -> Vec<Alternative> {
    // Who makes up the sums of a coarser table is not known here.
    if table.len() > LIMIT || rule.is_of_amounts() {
        return Vec::new();
    }
    let of = |(coarsening, table): (Coarsening, Table)| {
        let linked = Linked::new(vec![table]).ok()?;
        let coarser = Protection::new(linked, rule, protection.attacker);
        let cells = coarser.linked.cells.asked.iter().filter(|asked| **asked).count();
        let hidden = coarser.hidden_cells();
        let narrow =
            || protection.attacker.narrow.is_some() && !coarser.audit().is_ok_and(|(_, found)| found.is_empty());
        (coarser.exposed.is_empty() && !narrow()).then_some(Alternative { coarsening, cells, hidden })
    };
    coarser(table).into_iter().filter_map(of).collect()
}

/// Every table that is one step coarser.
fn coarser(table: &Table) -> Vec<(Coarsening, Table)> {
    let mut found = Vec::new();
    for (place, (name, hierarchy)) in table.dimensions.iter().enumerate() {
        if table.dimensions.len() > 1 && (0..hierarchy.len()).any(|code| hierarchy.is_root(code)) {
            let mut dimensions = table.dimensions.clone();
            dimensions.remove(place);
            let coarsening = Coarsening::WithoutDimension { dimension: name.clone() };
            found.push((
                coarsening,
                again(table, dimensions, |codes| {
                    codes.remove(place);
                }),
            ));
        }
        if let Some((coarser, above)) = without_level(hierarchy) {
            let codes = (0..coarser.len()).filter(|code| coarser.is_leaf(*code));
            let codes = codes.map(|code| coarser.code(code).to_owned()).collect();
            let coarsening = Coarsening::WithoutLevel { dimension: name.clone(), codes };
            let mut dimensions = table.dimensions.clone();
            dimensions[place].1 = coarser;
            found.push((coarsening, again(table, dimensions, |codes| codes[place] = above[codes[place]])));
        }
    }
    found
}

/// The innermost counts of a table in other dimensions.
fn again(table: &Table, dimensions: Vec<(String, Hierarchy)>, change: impl Fn(&mut Vec<usize>)) -> Table {
    let mut inner: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
    for cell in 0..table.len() {
        let mut codes = table.codes(cell);
        if codes.iter().zip(&table.dimensions).all(|(code, (_, hierarchy))| hierarchy.is_leaf(*code)) {
            change(&mut codes);
            *inner.entry(codes).or_default() += table.count(cell);
        }
    }
    Table::new(dimensions, &inner)
}

/// A hierarchy whose lowest sums are its innermost codes, and by code of the old one its place in the new one. None where
/// every code is innermost or part of the grand total only, or where trees overlap: then it is not said which to keep.
fn without_level(hierarchy: &Hierarchy) -> Option<(Hierarchy, Vec<usize>)> {
    let is_lowest = |code: usize| {
        !hierarchy.is_leaf(code) && hierarchy.branches(code).flatten().all(|code| hierarchy.is_leaf(*code))
    };
    let codes = || 0..hierarchy.len();
    if codes().any(|code| hierarchy.branches(code).count() > 1 || (is_lowest(code) && hierarchy.is_root(code))) {
        return None;
    }
    let mut parent: Vec<usize> = codes().collect();
    for code in codes().filter(|code| is_lowest(*code)) {
        hierarchy.branches(code).flatten().for_each(|child| parent[*child] = code);
    }
    let name = |code: &usize| hierarchy.code(*code).to_owned();
    let branch = |code: usize| {
        let children = hierarchy.branches(code).flatten().map(name).collect();
        Branch { parent: name(&code), children }
    };
    let kept = codes().filter(|code| !hierarchy.is_leaf(*code) && !is_lowest(*code));
    let others: Vec<String> = codes().filter(|code| is_lowest(*code)).map(|code| name(&code)).collect();
    let coarser = Hierarchy::new(&kept.map(branch).collect::<Vec<_>>(), &others).ok()?;
    let above = parent.iter().map(|code| coarser.place(hierarchy.code(*code))).collect::<Option<Vec<_>>>()?;
    Some((coarser, above))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let branch = |parent: &str, children: &[&str]| Branch {
            parent: parent.into(),
            children: children.iter().map(ToString::to_string).collect(),
        };
        let towns =
            Hierarchy::new(&[branch("Total", &["R", "S"]), branch("R", &["a", "b"]), branch("S", &["c", "d"])], &[]);
        let answers = Hierarchy::flat("Total", &["no".into(), "yes".into()]).unwrap();
        let dimensions = vec![("town".to_owned(), towns.unwrap()), ("answer".to_owned(), answers)];
        let place = |table: &[(String, Hierarchy)], town: &str, answer: &str| {
            vec![table[0].1.place(town).unwrap(), table[1].1.place(answer).unwrap()]
        };
        let counts = [("a", 9, 1), ("b", 9, 8), ("c", 9, 7), ("d", 9, 6)];
        let inner = counts.iter().flat_map(|(town, no, yes)| {
            [(place(&dimensions, town, "no"), *no), (place(&dimensions, town, "yes"), *yes)]
        });
        let inner = inner.collect();
        Table::new(dimensions, &inner)
    }

    #[test]
    fn three_coarser_tables() {
        let rule = Rule::Small { max_n: 2, protect_zeros: false };
        let protection = Protection::new(Linked::new(vec![table()]).unwrap(), &rule, rule.attacker());
        let found = alternatives(&table(), &protection, &rule);
        let regions = vec!["R".to_owned(), "S".to_owned()];
        assert_eq!(
            found,
            [
                Alternative {
                    coarsening: Coarsening::WithoutDimension { dimension: "town".into() },
                    cells: 3,
                    hidden: 0
                },
                Alternative {
                    coarsening: Coarsening::WithoutLevel { dimension: "town".into(), codes: regions },
                    cells: 9,
                    hidden: 0
                },
                Alternative {
                    coarsening: Coarsening::WithoutDimension { dimension: "answer".into() },
                    cells: 7,
                    hidden: 0
                },
            ]
        );
        assert!(protection.hidden_cells() >= 4);
    }
}
