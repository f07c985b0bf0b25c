//! Which versions are one municipality: through new codes and new names, and through mergers and divisions that kept the name.

use super::name::{plain, share};
use super::{Day, Municipality, Register};
use std::collections::BTreeSet;

impl Register {
    /// For each version the first version of its municipality.
    ///
    /// One version continues another when nothing else went in or out, or when it keeps the code or one of the names. A
    /// municipality that was given up and made again from what it had become (Haram 2020 and 2024, Tolga 1966 and 1976) is
    /// one too.
    pub(super) fn lineages(&self) -> Vec<usize> {
        let mut parent: Vec<usize> = (0..self.versions.len()).collect();
        let shares = |old: usize, new: usize| share(&self.versions[old].name, &self.versions[new].name);
        for (old, list) in self.successors.iter().enumerate() {
            let mut ended = true;
            for &new in list {
                let alone = list.len() == 1 && self.predecessors[new].len() == 1;
                let named = alone || shares(old, new);
                ended &= !named;
                if named || self.versions[old].code == self.versions[new].code {
                    join(&mut parent, old, new);
                }
            }
            if ended {
                self.after(old).into_iter().filter(|new| shares(old, *new)).for_each(|new| join(&mut parent, old, new));
            }
        }
        (0..parent.len()).map(|index| root(&parent, index)).collect()
    }

    /// All that came of a version, however late.
    fn after(&self, index: usize) -> BTreeSet<usize> {
        let (mut found, mut open) = (BTreeSet::new(), vec![index]);
        while let Some(index) = open.pop() {
            open.extend(self.successors[index].iter().filter(|next| found.insert(**next)));
        }
        found
    }

    /// All versions of the municipality that a version is of, by day.
    pub(super) fn versions_of(&self, lineage: usize) -> Vec<usize> {
        let mut own: Vec<usize> = (0..self.versions.len()).filter(|index| self.lineage[*index] == lineage).collect();
        own.sort_by_key(|index| (self.versions[*index].from, *index));
        own
    }
}

impl Register {
    /// The first day and the day after the last of a code and a name, mergers on the way left out of account.
    pub(super) fn span(&self, of: &Municipality) -> (Day, Option<Day>) {
        let same = |one: &&Municipality| plain(&one.name) == plain(&of.name);
        let (mut from, mut to) = (of.from, of.to);
        let history = self.history(of.code);
        for one in history.iter().rev().filter(same) {
            if one.to == Some(from) {
                from = one.from;
            }
        }
        for one in history.iter().filter(same) {
            if Some(one.from) == to {
                to = one.to;
            }
        }
        (from, to)
    }
}

fn root(parent: &[usize], mut index: usize) -> usize {
    while parent[index] != index {
        index = parent[index];
    }
    index
}

pub(super) fn join(parent: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parent, one), root(parent, other));
    parent[one.max(other)] = one.min(other);
}
