//! Invented tables: dimensions of every kind, rules and attackers.

use bygdepuls_core::disclosure::audit::Attacker;
use bygdepuls_core::disclosure::tables::{Branch, Hierarchy, Linked, Rule, Table};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn branch(parent: &str, children: &[&str]) -> Branch {
    Branch { parent: parent.into(), children: children.iter().map(ToString::to_string).collect() }
}

/// One level, flat ones, regions of which one has a single town, and regions beside sizes.
fn hierarchy() -> impl Strategy<Value = Hierarchy> {
    let trees: Vec<Vec<Branch>> = vec![
        vec![],
        vec![branch("all", &["a"])],
        vec![branch("all", &["a", "b"])],
        vec![branch("all", &["a", "b"])],
        vec![branch("all", &["a", "b", "c"])],
        vec![branch("all", &["a", "b", "c"])],
        vec![branch("all", &["a", "b", "c", "d"])],
        vec![branch("all", &["P", "Q"]), branch("P", &["a", "b"]), branch("Q", &["c"])],
        vec![
            branch("all", &["P", "Q"]),
            branch("all", &["large", "small"]),
            branch("P", &["a", "b"]),
            branch("Q", &["c", "d"]),
            branch("large", &["a", "c"]),
            branch("small", &["b", "d"]),
        ],
    ];
    prop::sample::select(trees).prop_map(|tree| {
        let others: &[String] = if tree.is_empty() { &["a".into(), "b".into()] } else { &[] };
        Hierarchy::new(&tree, others).unwrap()
    })
}

fn leaves(hierarchy: &Hierarchy) -> Vec<usize> {
    (0..hierarchy.len()).filter(|code| hierarchy.is_leaf(*code)).collect()
}

type Dimensions = Vec<(String, Hierarchy)>;

fn inner(dimensions: &Dimensions, counts: &[u64]) -> BTreeMap<Vec<usize>, u64> {
    let mut keys: Vec<Vec<usize>> = vec![vec![]];
    for (_, hierarchy) in dimensions {
        let longer = |key: &Vec<usize>| {
            let key = key.clone();
            leaves(hierarchy).into_iter().map(move |code| [key.clone(), vec![code]].concat()).collect::<Vec<_>>()
        };
        keys = keys.iter().flat_map(longer).collect();
    }
    keys.into_iter().zip(counts.iter().copied().cycle()).collect()
}

/// One table with up to so many innermost cells.
fn one(most: usize) -> impl Strategy<Value = Linked> {
    let count = prop_oneof![3 => 0..3_u64, 3 => 0..6_u64, 1 => 6..14_u64];
    (prop::collection::vec(hierarchy(), 1..=3), prop::collection::vec(count, 1..=most)).prop_filter_map(
        "too many cells",
        move |(hierarchies, counts)| {
            let dimensions: Dimensions = ["x", "y", "z"].map(String::from).into_iter().zip(hierarchies).collect();
            let cells: usize = dimensions.iter().map(|(_, hierarchy)| leaves(hierarchy).len()).product();
            let table = (cells <= most).then(|| Table::new(dimensions.clone(), &inner(&dimensions, &counts)))?;
            Linked::new(vec![table]).ok()
        },
    )
}

/// Two tables of the same people that share a dimension, and with it margins.
fn two(most: usize) -> impl Strategy<Value = Linked> {
    let count = prop_oneof![2 => 0..2_u64, 1 => 0..5_u64];
    (prop::collection::vec(hierarchy(), 3), prop::collection::vec(count, 1..=40)).prop_filter_map(
        "too many cells",
        move |(hierarchies, counts)| {
            let of = |place: usize| hierarchies[place].clone();
            let all: Dimensions = ["x", "y", "z"].map(String::from).into_iter().zip(hierarchies.clone()).collect();
            let sizes: Vec<usize> = hierarchies.iter().map(|hierarchy| leaves(hierarchy).len()).collect();
            // A table without a total shares nothing: what both show would be the cells of a third one.
            let has_total = |place: usize| (0..of(place).len()).any(|code| of(place).is_root(code));
            if sizes[0] * (sizes[1] + sizes[2]) > most || !has_total(1) || !has_total(2) {
                return None;
            }
            let people = inner(&all, &counts);
            let table = |other: usize, name: &str| {
                let mut counts: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
                people.iter().for_each(|(key, count)| *counts.entry(vec![key[0], key[other]]).or_default() += count);
                Table::new(vec![("x".into(), of(0)), (name.into(), of(other))], &counts)
            };
            Linked::new(vec![table(1, "y"), table(2, "z")]).ok()
        },
    )
}

pub(crate) fn tables(most: usize) -> impl Strategy<Value = Linked> {
    prop_oneof![3 => one(most), 1 => two(most)]
}

pub(crate) fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        3 => (1..=4_u64, any::<bool>()).prop_map(|(max_n, protect_zeros)| Rule::Small { max_n, protect_zeros }),
        1 => (1..=2_u64).prop_map(|coalition| Rule::KDisclosure { coalition, largest: None }),
    ]
}

/// Others than the one that the rule itself has in mind.
pub(crate) fn attacker(rule: &Rule) -> impl Strategy<Value = Attacker> + use<> {
    let own = rule.attacker();
    (0..=2_u64, prop::option::of(1..=2_u64)).prop_map(move |(coalition, narrow)| match own.groups {
        true => own,
        false => Attacker { coalition, narrow, ..own },
    })
}
