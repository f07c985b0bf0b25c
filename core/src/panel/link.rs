//! Who is the same person in two waves: by id, or by a self-made code.

use super::is_near;
use crate::register::Sex;
use std::collections::{BTreeMap, BTreeSet};

/// An answer, with all that can tell whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The year.
    pub year: u16,
    /// Position of the wave.
    pub wave: usize,
    /// The cohort: the year in which it left 10th grade.
    pub cohort: u16,
    /// Position of the home municipality.
    pub municipality: usize,
    /// Sex; `Other` tells nothing.
    pub sex: Sex,
    /// An id, of somebody who agreed to be linked.
    pub person: Option<String>,
    /// A self-made code, in [normal form](super::normal_form).
    pub code: Option<String>,
    /// Whether the answer counts. One that was left out as a duplicate is never linked; it only shows that two people
    /// share a code.
    pub counts: bool,
}

/// Two codes of one cohort and municipality that differ by one slip, in different waves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// Records with the first code.
    pub first: Vec<usize>,
    /// Records with the second.
    pub second: Vec<usize>,
    /// Whether one of them is as near to a third code: then nobody can say who is who.
    pub ambiguous: bool,
    /// Whether they were linked.
    pub linked: bool,
}

/// Who is who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linking {
    /// Of each record the person; `None` where it cannot be linked.
    pub person: Vec<Option<usize>>,
    /// How many persons there are.
    pub persons: usize,
    /// Records of two people under one name in one wave: lists of places, by name. Such names link nothing.
    pub collisions: Vec<Vec<usize>>,
    /// Records of one wave and year with one code in several municipalities: told apart by the municipality.
    pub shared: Vec<Vec<usize>>,
    /// Codes that may be one, with a slip.
    pub near_misses: Vec<NearMiss>,
}

/// What makes a person one: an id within its cohort, or a code within its cohort and home municipality, which stay too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name<'a> {
    Person(u16, &'a str),
    Code(u16, usize, &'a str),
}

/// Links the records of one person over waves.
///
/// # Rule
///
/// ```text
/// name      = (cohort, id)                            where the record has an id
///           = (cohort, home municipality, code)       otherwise
/// same name in two waves                              one person
/// two records that count, or two known sexes,
///   under one name in one wave and year               a collision: that name links nothing, in no wave
/// ```
///
/// A code that stands beside one id, in whichever record, is that person's everywhere; a code beside two ids is a
/// collision of those without one. Codes are compared as they are. Near ones ([`is_near`]) of one cohort and
/// municipality that never answered in the same wave, and are not known to be of two sexes, are reported, and linked only
/// if `link_near` says so and neither is near to a third one.
///
/// # Input and result
///
/// Records in any order; the result does not depend on it but for the numbers of persons, which follow the order of names.
/// A record without id and code is nobody's.
#[must_use]
pub fn link(records: &[Record], link_near: bool) -> Linking {
    let mut ids: BTreeMap<(u16, usize, &str), BTreeSet<&str>> = BTreeMap::new();
    for record in records {
        if let (Some(code), Some(id)) = (&record.code, &record.person) {
            ids.entry((record.cohort, record.municipality, code)).or_default().insert(id);
        }
    }
    let mut named: BTreeMap<Name<'_>, Vec<usize>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate() {
        let by_code = record.code.as_ref().map(|code| {
            let of_code = ids.get(&(record.cohort, record.municipality, code.as_str()));
            match of_code.map(|ids| ids.iter().copied().collect::<Vec<_>>()).as_deref() {
                Some([id]) => Name::Person(record.cohort, id),
                _ => Name::Code(record.cohort, record.municipality, code),
            }
        });
        let by_id = record.person.as_ref().map(|id| Name::Person(record.cohort, id));
        if let Some(name) = by_id.or(by_code) {
            named.entry(name).or_default().push(place);
        }
    }
    let mut linking = Linking { person: vec![None; records.len()], ..Linking::default() };
    let mut good: Vec<(Name<'_>, Vec<usize>)> = Vec::new();
    for (name, places) in named {
        let many_ids = matches!(name, Name::Code(cohort, place, code) if ids.get(&(cohort, place, code)).is_some_and(|ids| ids.len() > 1));
        if many_ids || collides(records, &places) {
            linking.collisions.push(places);
            continue;
        }
        let counted: Vec<usize> = places.into_iter().filter(|place| records[*place].counts).collect();
        if !counted.is_empty() {
            good.push((name, counted));
        }
    }
    linking.shared = shared(records);
    linking.near_misses = near_misses(records, &good, link_near);
    for (number, (_, places)) in good.iter().enumerate() {
        places.iter().for_each(|place| linking.person[*place] = Some(number));
    }
    for near in linking.near_misses.iter().filter(|near| near.linked) {
        let number = linking.person[near.first[0]];
        near.second.iter().for_each(|place| linking.person[*place] = number);
    }
    linking.persons = linking.person.iter().flatten().collect::<BTreeSet<_>>().len();
    linking
}

/// Whether two people are behind the records of one name.
fn collides(records: &[Record], places: &[usize]) -> bool {
    let mut waves: BTreeMap<(u16, usize), (usize, BTreeSet<Sex>)> = BTreeMap::new();
    for record in places.iter().map(|place| &records[*place]) {
        let (counted, sexes) = waves.entry((record.year, record.wave)).or_default();
        *counted += usize::from(record.counts);
        if record.sex != Sex::Other {
            sexes.insert(record.sex);
        }
    }
    waves.values().any(|(counted, sexes)| *counted > 1 || sexes.len() > 1)
}

/// Records of one wave with one code in several municipalities.
fn shared(records: &[Record]) -> Vec<Vec<usize>> {
    let mut of_code: BTreeMap<(u16, usize, &str), Vec<usize>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate().filter(|(_, record)| record.counts) {
        if let Some(code) = &record.code {
            of_code.entry((record.year, record.wave, code)).or_default().push(place);
        }
    }
    let several = |places: &Vec<usize>| {
        places.iter().any(|place| records[*place].municipality != records[places[0]].municipality)
    };
    of_code.into_values().filter(several).collect()
}

fn near_misses(records: &[Record], good: &[(Name<'_>, Vec<usize>)], link_near: bool) -> Vec<NearMiss> {
    let waves = |places: &[usize]| -> BTreeSet<(u16, usize)> {
        places.iter().map(|place| (records[*place].year, records[*place].wave)).collect()
    };
    let sexes = |places: &[usize]| -> BTreeSet<Sex> {
        places.iter().map(|place| records[*place].sex).filter(|sex| *sex != Sex::Other).collect()
    };
    let may_be_one = |a: &[usize], b: &[usize]| {
        let both: BTreeSet<Sex> = sexes(a).union(&sexes(b)).copied().collect();
        waves(a).is_disjoint(&waves(b)) && both.len() < 2
    };
    let codes: Vec<(u16, usize, &str, &[usize])> = good
        .iter()
        .filter_map(|(name, places)| match name {
            Name::Code(cohort, municipality, code) => Some((*cohort, *municipality, *code, places.as_slice())),
            Name::Person(..) => None,
        })
        .collect();
    let mut pairs = Vec::new();
    let mut near: BTreeMap<usize, usize> = BTreeMap::new();
    for group in codes.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (at, other) in candidates(&group.iter().map(|(_, _, code, _)| *code).collect::<Vec<_>>()) {
            let ((.., first, of_first), (.., second, of_second)) = (group[at], group[other]);
            if is_near(first, second) && may_be_one(of_first, of_second) {
                *near.entry(of_first[0]).or_default() += 1;
                *near.entry(of_second[0]).or_default() += 1;
                pairs.push((of_first, of_second));
            }
        }
    }
    let pair = |(first, second): (&[usize], &[usize])| {
        // The one that answered first stands first.
        let (first, second) = if waves(first) <= waves(second) { (first, second) } else { (second, first) };
        let ambiguous = near[&first[0]] > 1 || near[&second[0]] > 1;
        NearMiss { first: first.to_vec(), second: second.to_vec(), ambiguous, linked: link_near && !ambiguous }
    };
    pairs.into_iter().map(pair).collect()
}

/// Pairs of codes that can differ by one slip: they are alike once at most one letter of each is left out. Comparing every
/// code with every other would take long in a city.
fn candidates(codes: &[&str]) -> BTreeSet<(usize, usize)> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, code) in codes.iter().enumerate() {
        let mut forms = BTreeSet::from([(*code).to_owned()]);
        forms.extend(code.char_indices().map(|(at, letter)| {
            let mut shorter = (*code).to_owned();
            shorter.replace_range(at..at + letter.len_utf8(), "");
            shorter
        }));
        forms.into_iter().for_each(|form| alike.entry(form).or_default().push(place));
    }
    let mut pairs = BTreeSet::new();
    for places in alike.values() {
        for (at, first) in places.iter().enumerate() {
            pairs.extend(places[at + 1..].iter().map(|second| (*first, *second)));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(wave: usize, municipality: usize, code: &str) -> Record {
        Record {
            year: if wave == 0 { 2023 } else { 2026 },
            wave,
            cohort: 2023,
            municipality,
            sex: Sex::Other,
            person: None,
            code: (!code.is_empty()).then(|| code.into()),
            counts: true,
        }
    }

    #[test]
    fn one_code_in_two_waves_is_one_person() {
        let records = [record(0, 0, "KA07NA"), record(0, 1, "KA07NA"), record(1, 0, "KA07NA"), record(1, 0, "")];
        let linking = link(&records, false);
        assert_eq!((linking.person, linking.persons), (vec![Some(0), Some(1), Some(0), None], 2));
        assert_eq!((linking.collisions.len(), linking.shared), (0, vec![vec![0, 1]]));
    }

    #[test]
    fn two_people_under_one_code_are_not_linked() {
        // The second is a duplicate by its code, and a boy where the first is a girl.
        let mut records = vec![record(0, 0, "KA07NA"), record(0, 0, "KA07NA"), record(1, 0, "KA07NA")];
        records[0].sex = Sex::Female;
        records[1].counts = false;
        assert_eq!(link(&records, false).person, [Some(0), None, Some(0)]);
        records[1].sex = Sex::Male;
        let linking = link(&records, false);
        assert_eq!((linking.person, linking.collisions), (vec![None; 3], vec![vec![0, 1, 2]]));
    }

    #[test]
    fn an_id_carries_its_code_along() {
        let mut records = vec![record(0, 0, "KA07NA"), record(1, 0, "KA07NA"), record(0, 0, "EL01BO")];
        records[1].person = Some("P1".into());
        assert_eq!(link(&records, false).person, [Some(0), Some(0), Some(1)]);
        // Of two ids nobody can say whose the first answer is; each id keeps its own.
        records[2] = Record { person: Some("P2".into()), ..record(1, 0, "KA07NA") };
        let linking = link(&records, false);
        assert_eq!((linking.person, linking.collisions), (vec![None, Some(0), Some(1)], vec![vec![0]]));
    }

    #[test]
    fn near_codes_are_told_and_linked_when_asked() {
        let records = [record(0, 0, "KA07NA"), record(1, 0, "KA07NB"), record(1, 1, "KA07NA")];
        let linking = link(&records, false);
        assert_eq!(linking.persons, 3);
        let told = NearMiss { first: vec![0], second: vec![1], ambiguous: false, linked: false };
        assert_eq!(linking.near_misses, [told]);
        let linking = link(&records, true);
        assert_eq!((linking.person[0], linking.persons), (linking.person[1], 2));
    }

    #[test]
    fn near_to_two_is_near_to_none() {
        let records = [record(0, 0, "KA07NA"), record(1, 0, "KA07NB"), record(1, 0, "KA08NA")];
        let linking = link(&records, true);
        assert_eq!((linking.persons, linking.near_misses.len()), (3, 2));
        assert!(linking.near_misses.iter().all(|near| near.ambiguous && !near.linked));
        // Those who answered in the same wave are two people.
        assert!(link(&records[1..], true).near_misses.is_empty());
    }

    /// Every pair that is near is found without comparing all with all.
    #[test]
    fn candidates_hold_every_near_pair() {
        let codes = ["KA07NA", "KA70NA", "KA07N", "KA07NAX", "XA07NA", "KÅ07NA", "AK07NA", "K", "", "EL01BO", "EL01OB"];
        let found = candidates(&codes);
        for (at, first) in codes.iter().enumerate() {
            for (other, second) in codes.iter().enumerate().skip(at + 1) {
                assert!(!is_near(first, second) || found.contains(&(at, other)), "{first} {second}");
            }
        }
        assert!(!found.contains(&(0, 9)));
    }
}
