//! What became of the municipalities between two days.

use super::lineage::join;
use super::{Code, Day, Register};
use std::collections::{BTreeMap, BTreeSet};

/// Municipalities of one day that together became municipalities of another day, and nothing else did.
///
/// One and one: the same, perhaps with another code or name. Several and one: they were merged. Anything and several: somewhere
/// on the way one was divided, and only the sum over all of them can be carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Codes on the first day, ascending.
    pub from: Vec<Code>,
    /// Codes on the other day, ascending.
    pub to: Vec<Code>,
    /// Where one was divided on the way, seen in the direction of the conversion.
    pub divisions: Vec<Division>,
}

impl Group {
    fn add(&mut self, other: &Self) {
        self.from.extend(&other.from);
        self.to.extend(&other.to);
        self.divisions.extend(other.divisions.iter().cloned());
        self.from.sort_unstable();
        self.to.sort_unstable();
        self.divisions.sort();
        self.divisions.dedup();
    }

    /// Whether figures of the single municipalities of the first day say nothing about those of the other day.
    #[must_use]
    pub fn is_divided(&self) -> bool {
        self.to.len() > 1
    }
}

/// One municipality that became several, in the direction of a conversion: backwards in time, a merger divides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Division {
    /// The first day after the change.
    pub day: Day,
    /// The one, as in `5012 Snillfjord`.
    pub one: String,
    /// What it became, or was made of.
    pub several: Vec<String>,
}

/// What became of the municipalities between two days, either way in time.
///
/// ```
/// use bygdepuls_core::register::municipality::{Code, Day, Register};
/// let transition = Register::embedded().transition(Day::january(2017), Day::january(2024));
/// let of = |code: &str| transition.of(Code::parse(code)?).map(|group| group.to.iter().map(ToString::to_string).collect::<Vec<_>>());
/// assert_eq!(of("1739"), Some(vec!["5043".to_string()])); // Røyrvik
/// assert_eq!(of("1534").map(|to| to.len()), Some(2)); // Haram: in Ålesund, and out again with a part of it
/// ```
#[derive(Clone, Debug)]
pub struct Transition {
    /// By the first code.
    pub groups: Vec<Group>,
    of: BTreeMap<Code, usize>,
}

impl Transition {
    /// The group that a code of the first day is in.
    #[must_use]
    pub fn of(&self, code: Code) -> Option<&Group> {
        self.groups.get(*self.of.get(&code)?)
    }

    fn new(mut groups: Vec<Group>) -> Self {
        groups.sort_by(|one, other| one.from.cmp(&other.from));
        let numbered = groups.iter().enumerate();
        let of = numbered.flat_map(|(index, group)| group.from.iter().map(move |code| (*code, index))).collect();
        Self { groups, of }
    }

    /// The groups that lead into each of these sets of codes, as one group each: what is a unit in one year of a series is one in
    /// all of them.
    pub(super) fn with_units(&self, units: &[BTreeSet<Code>]) -> Self {
        let (mut joined, mut groups): (Vec<Option<Group>>, Vec<Group>) = (vec![None; units.len()], Vec::new());
        for group in &self.groups {
            let Some(unit) = units.iter().position(|unit| group.to.iter().any(|code| unit.contains(code))) else {
                groups.push(group.clone());
                continue;
            };
            match &mut joined[unit] {
                Some(whole) => whole.add(group),
                none => *none = Some(group.clone()),
            }
        }
        groups.extend(joined.into_iter().flatten());
        Self::new(groups)
    }
}

/// Codes of either day and divisions of a group, while it is found.
type Sets = (BTreeSet<Code>, BTreeSet<Code>, BTreeSet<Division>);

impl Register {
    /// What became of the municipalities between two days; the second may be before the first.
    #[must_use]
    pub fn transition(&self, from: Day, to: Day) -> Transition {
        let onwards = from <= to;
        let next = if onwards { &self.successors } else { &self.predecessors };
        let valid: Vec<usize> = self.on(from).map(|version| version.index).collect();
        let mut parent: Vec<usize> = (0..self.versions.len()).collect();
        let mut divided: Vec<usize> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = valid.clone();
        // Only the two days count: what was divided and put together again in between is whole.
        let ends: BTreeMap<usize, BTreeSet<usize>> =
            valid.iter().map(|start| (*start, self.ends(*start, to, next))).collect();
        for (start, ends) in &ends {
            ends.iter().for_each(|end| join(&mut parent, *start, *end));
        }
        while let Some(index) = open.pop() {
            if seen.insert(index) && !self.versions[index].is_valid_on(to) {
                if next[index].len() > 1 {
                    divided.push(index);
                }
                open.extend(&next[index]);
            }
        }
        self.grouped(&ends, &parent, &divided, to, next)
    }

    /// Versions on the other day that a version leads to.
    pub(super) fn ends(&self, start: usize, to: Day, next: &[Vec<usize>]) -> BTreeSet<usize> {
        let (mut ends, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![start]);
        while let Some(index) = open.pop() {
            if self.versions[index].is_valid_on(to) {
                ends.insert(index);
            } else {
                open.extend(next[index].iter().filter(|next| seen.insert(**next)));
            }
        }
        ends
    }

    fn grouped(
        &self,
        ends: &BTreeMap<usize, BTreeSet<usize>>,
        parent: &[usize],
        divided: &[usize],
        to: Day,
        next: &[Vec<usize>],
    ) -> Transition {
        let root = |mut index: usize| {
            while parent[index] != index {
                index = parent[index];
            }
            index
        };
        let mut groups: BTreeMap<usize, Sets> = BTreeMap::new();
        for (start, ends) in ends {
            let (from, new, _) = groups.entry(root(*start)).or_default();
            from.insert(self.versions[*start].code);
            new.extend(ends.iter().map(|end| self.versions[*end].code));
        }
        for &index in divided {
            let Some(end) = self.ends(index, to, next).first().copied() else { continue };
            let label = |index: &usize| format!("{} {}", self.versions[*index].code, self.versions[*index].name);
            let several: Vec<String> = next[index].iter().map(label).collect();
            let version = &self.versions[index];
            let day = if version.from > to { version.from } else { version.to.unwrap_or(version.from) };
            let (.., divisions) = groups.entry(root(end)).or_default();
            divisions.insert(Division { day, one: label(&index), several });
        }
        let group = |(from, to, divisions): Sets| Group {
            from: from.into_iter().collect(),
            to: to.into_iter().collect(),
            divisions: divisions.into_iter().collect(),
        };
        Transition::new(groups.into_values().map(group).collect())
    }
}
