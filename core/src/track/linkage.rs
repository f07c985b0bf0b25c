//! Who is linked over the waves, and how they differ from the rest.

use super::people::{Both, People};
use super::ratio;
use crate::compare::{TwoGroups, newcombe};
use crate::interval::Level;
use crate::register::Sex;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Who is linked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Linkage {
    /// Rows that count.
    pub rows: u64,
    /// Of them with an id of somebody who agreed to be linked.
    pub rows_by_person: u64,
    /// With a self-made code and no such id.
    pub rows_by_code: u64,
    /// With neither.
    pub rows_without: u64,
    /// Rows that a collision keeps from being linked.
    pub rows_in_collisions: u64,
    /// Persons, those with one answer included.
    pub persons: u64,
    /// Persons with answers in two waves or more.
    pub persons_linked: u64,
    /// Two people under one id or code in one wave and year: where they stand.
    pub collisions: Vec<Vec<Place>>,
    /// One code more than once in one municipality, wave and year, with nothing that tells two people apart: taken for one
    /// person, of whose answers one counts.
    pub repeated_codes: Vec<Vec<Place>>,
    /// One code in several municipalities in one wave and year: told apart by the municipality.
    pub shared_codes: Vec<Vec<Place>>,
    /// Codes that differ by one slip, in one cohort and municipality and in different waves.
    pub near_misses: Vec<NearMissRow>,
    /// By two waves of a cohort, and of all cohorts together (cohort null).
    pub pairs: Vec<Pair>,
}

/// A row in a file of answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u64,
}

/// Answers under one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sighting {
    /// The wave of the first of them.
    pub wave: String,
    /// Where they stand.
    pub places: Vec<Place>,
}

/// Two codes that may be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearMissRow {
    /// The cohort.
    pub cohort: u16,
    /// Code of the home municipality.
    pub municipality: String,
    /// Answers under the first code.
    pub first: Sighting,
    /// Answers under the second.
    pub second: Sighting,
    /// Whether one of the two is as near to a third.
    pub ambiguous: bool,
    /// Whether they were linked.
    pub linked: bool,
}

/// Those linked between two waves, and the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The cohort; null: all cohorts that answered in both waves.
    pub cohort: Option<u16>,
    /// Id of the first wave.
    pub from: String,
    /// Id of the second.
    pub to: String,
    /// Rows of the first wave.
    pub n_from: u64,
    /// Rows of the second.
    pub n_to: u64,
    /// People with a row in both.
    pub n_linked: u64,
    /// Linked of those of the first wave.
    pub share_from: Option<f64>,
    /// Linked of those of the second.
    pub share_to: Option<f64>,
    /// The linked against the others of the first wave: who was lost.
    pub from_composition: Composition,
    /// The linked against the others of the second wave: who was not found again.
    pub to_composition: Composition,
}

/// How the linked of a wave differ from the others of that wave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Composition {
    /// The share of yes to the trend item, by that wave's answers.
    pub yes: Difference,
    /// The share of girls and women, of those whose sex is known.
    pub female: Difference,
    /// The share of each municipality, by its code.
    pub municipalities: BTreeMap<String, Difference>,
}

/// A share among the linked less that among the others, with Newcombe's 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Yes among the linked.
    pub x_linked: u64,
    /// The linked with an answer.
    pub n_linked: u64,
    /// Yes among the others.
    pub x_rest: u64,
    /// The others with an answer.
    pub n_rest: u64,
    /// Difference of the two shares; null where one of them has no answers.
    pub difference: Option<f64>,
    /// Lower end.
    pub ci_lower: Option<f64>,
    /// Upper end.
    pub ci_upper: Option<f64>,
}

pub(super) fn linkage(people: &People<'_>) -> Linkage {
    let (linking, rows) = (&people.linking, people.sample.rows.len());
    let places = |records: &[usize]| -> Vec<Place> {
        let place = |record: &usize| {
            let (file, line) = people.places[*record].clone();
            Place { file, line }
        };
        records.iter().map(place).collect()
    };
    let sighting = |records: &[usize]| Sighting {
        wave: people.project().survey.waves[people.records[records[0]].wave].id.clone(),
        places: places(records),
    };
    let near = linking.near_misses.iter().map(|near| {
        let record = &people.records[near.first[0]];
        NearMissRow {
            cohort: record.cohort,
            municipality: people.project().municipalities[record.municipality].code.clone(),
            first: sighting(&near.first),
            second: sighting(&near.second),
            ambiguous: near.ambiguous,
            linked: near.linked,
        }
    });
    let mut answers: BTreeMap<usize, u64> = BTreeMap::new();
    for person in linking.person[..rows].iter().flatten() {
        *answers.entry(*person).or_default() += 1;
    }
    let named = |test: fn(&crate::panel::link::Record) -> bool| {
        people.records[..rows].iter().filter(|record| test(record)).count() as u64
    };
    let colliding = linking.collisions.iter().flatten().filter(|record| **record < rows).count() as u64;
    Linkage {
        rows: rows as u64,
        rows_by_person: named(|record| record.person.is_some()),
        rows_by_code: named(|record| record.person.is_none() && record.code.is_some()),
        rows_without: named(|record| record.person.is_none() && record.code.is_none()),
        rows_in_collisions: colliding,
        persons: answers.len() as u64,
        persons_linked: answers.values().filter(|answers| **answers > 1).count() as u64,
        collisions: linking.collisions.iter().map(|records| places(records)).collect(),
        repeated_codes: repeated(people).iter().map(|records| places(records)).collect(),
        shared_codes: linking.shared.iter().map(|records| places(records)).collect(),
        near_misses: near.collect(),
        pairs: each(people)
            .into_iter()
            .map(|(cohort, from, to, both)| pair(people, cohort, (from, to), &both))
            .collect(),
    }
}

/// Records of one code, municipality, wave and year that are no collision.
fn repeated(people: &People<'_>) -> Vec<Vec<usize>> {
    let colliding: BTreeSet<usize> = people.linking.collisions.iter().flatten().copied().collect();
    let mut of_code: BTreeMap<(u16, usize, usize, &str), Vec<usize>> = BTreeMap::new();
    for (place, record) in people.records.iter().enumerate().filter(|(place, _)| !colliding.contains(place)) {
        if let Some(code) = &record.code {
            of_code.entry((record.year, record.wave, record.municipality, code)).or_default().push(place);
        }
    }
    of_code.into_values().filter(|places| places.len() > 1).collect()
}

/// Every two waves of each cohort, and of all cohorts together.
pub(super) fn each(people: &People<'_>) -> Vec<(Option<u16>, usize, usize, Both)> {
    let pairs = people.pairs();
    let mut found = Vec::new();
    for of_waves in pairs.chunk_by(|a, b| (a.1, a.2) == (b.1, b.2)) {
        let mut all = Both { first: Vec::new(), second: Vec::new(), linked: Vec::new() };
        for (cohort, from, to) in of_waves {
            let both = people.both((*cohort, *from, *to));
            all.first.extend(&both.first);
            all.second.extend(&both.second);
            all.linked.extend(&both.linked);
            found.push((Some(*cohort), *from, *to, both));
        }
        found.push((None, of_waves[0].1, of_waves[0].2, all));
    }
    found
}

fn pair(people: &People<'_>, cohort: Option<u16>, (from, to): (usize, usize), both: &Both) -> Pair {
    let waves = &people.project().survey.waves;
    let [n_from, n_to, n_linked] = [both.first.len(), both.second.len(), both.linked.len()].map(|n| n as u64);
    let (first, second): (Vec<usize>, Vec<usize>) = both.linked.iter().copied().unzip();
    Pair {
        cohort,
        from: waves[from].id.clone(),
        to: waves[to].id.clone(),
        n_from,
        n_to,
        n_linked,
        share_from: ratio(Some(n_linked), Some(n_from)),
        share_to: ratio(Some(n_linked), Some(n_to)),
        from_composition: composition(people, &both.first, first),
        to_composition: composition(people, &both.second, second),
    }
}

fn composition(people: &People<'_>, rows: &[usize], mut linked: Vec<usize>) -> Composition {
    linked.sort_unstable();
    let is_linked = |row: usize| linked.binary_search(&row).is_ok();
    let compare = |value: &dyn Fn(usize) -> Option<bool>| {
        let mut found = Difference::default();
        for (row, yes) in rows.iter().filter_map(|row| Some((*row, value(*row)?))) {
            let (x, n) = match is_linked(row) {
                true => (&mut found.x_linked, &mut found.n_linked),
                false => (&mut found.x_rest, &mut found.n_rest),
            };
            *x += u64::from(yes);
            *n += 1;
        }
        if let Ok(groups) = TwoGroups::new((found.x_linked, found.n_linked), (found.x_rest, found.n_rest)) {
            let interval = newcombe::hybrid(&groups, Level::P95);
            found.difference = Some(groups.difference());
            (found.ci_lower, found.ci_upper) = (Some(interval.lower), Some(interval.upper));
        }
        found
    };
    let municipalities = people
        .project()
        .municipalities
        .iter()
        .enumerate()
        .map(|(place, one)| (one.code.clone(), compare(&|row| Some(people.records[row].municipality == place))));
    Composition {
        yes: compare(&|row| people.answer(row).map(|answer| people.is_yes(answer))),
        female: compare(&|row| match people.records[row].sex {
            Sex::Other => None,
            sex => Some(sex == Sex::Female),
        }),
        municipalities: municipalities.collect(),
    }
}
