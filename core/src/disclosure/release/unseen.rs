//! Whether a figure may be published is decided before anybody looks at it.
//!
//! A figure that is taken back since its own answers would give something away says by that what they are not. So what is
//! asked is another thing: whether *any* of what could be shown of so many answers, beside all that readers have already,
//! would give something away. Whoever knows the numbers of answers and what is published can work out the same, and learns
//! nothing from what is not shown.
//!
//! # Source
//!
//! K. Kenthapadi, N. Mishra, K. Nissim, "Simulatable auditing", Proceedings of PODS 2005, section 2.

use super::audit::{Said, audit};
use super::ground::Ground;
use super::{Atom, Boundary, Finding};
use std::collections::BTreeSet;

/// Something published: of whom, between which counts, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Statement<'a> {
    pub(super) atoms: &'a [Atom],
    pub(super) limits: (u64, u64),
    pub(super) name: String,
}

/// Published groups with their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    pub(super) ground: Ground,
    pub(super) names: Vec<String>,
}

impl Scene {
    /// What a group is called: the smallest published one that it is in, and how many it has.
    pub(super) fn name(&self, pieces: &[usize]) -> String {
        let holds = |group: &&Vec<usize>| pieces.iter().all(|piece| group.contains(piece));
        let groups = self.ground.groups.iter().enumerate().filter(|(_, group)| holds(group));
        let smallest = groups.min_by_key(|(number, group)| (self.ground.size(group), *number));
        let name = smallest.map(|(number, _)| self.names[number].as_str()).unwrap_or_default();
        format!("{name} (n = {})", self.ground.size(pieces))
    }
}

/// What follows from a figure beside what is published.
#[derive(Clone, Debug)]
pub(super) struct Beside<'a> {
    scene: Scene,
    earlier: Vec<Said>,
    /// Nothing that is published has to do with it.
    is_alone: bool,
    near: Vec<Statement<'a>>,
}

impl<'a> Beside<'a> {
    /// A figure of some people, `n` of them by its name. `None` where the numbers of answers do not fit each other.
    pub(super) fn new(
        atoms: &'a [Atom],
        name: String,
        published: &[Statement<'a>],
        boundaries: &[Boundary],
    ) -> Option<Self> {
        let near = near(atoms, published, boundaries);
        let groups: Vec<&[Atom]> = near.iter().map(|one| one.atoms).chain([atoms]).collect();
        let ground = Ground::new(&groups, boundaries).ok()?;
        let says =
            |(group, one): (usize, &Statement<'_>)| Said { group, at_least: one.limits.0, at_most: one.limits.1 };
        let earlier = near.iter().enumerate().map(says).collect();
        let names = near.iter().map(|one| one.name.clone()).chain([name]).collect();
        Some(Self { scene: Scene { ground, names }, earlier, is_alone: near.is_empty(), near })
    }

    /// What follows if so many said yes, at least and at most; `None` if that cannot be.
    fn follows(&self, (at_least, at_most): (u64, u64)) -> Option<Option<(Finding, String)>> {
        let own = Said { group: self.near.len(), at_least, at_most };
        let found = audit(&self.scene.ground, &self.earlier, &[own]).ok()?;
        Some(found.first().map(|found| (found.finding, self.scene.name(&found.pieces))))
    }

    /// The first of what could be shown that gives something away: what, and of whom.
    pub(super) fn could_give(&self, could: &[(u64, u64)]) -> Option<(Finding, String)> {
        if self.is_alone {
            return None;
        }
        could.iter().find_map(|limits| self.follows(*limits).flatten())
    }

    /// Whether so many may have said yes, by what is published.
    pub(super) fn fits(&self, limits: (u64, u64)) -> bool {
        self.is_alone || self.follows(limits).is_some()
    }
}

/// What is published of the same people, or of others who are in a publication with them, and so on.
fn near<'a>(atoms: &[Atom], published: &[Statement<'a>], boundaries: &[Boundary]) -> Vec<Statement<'a>> {
    // Municipalities that became others: whichever they are, all are looked at together.
    let place = |atom: &Atom| {
        let has_changed =
            boundaries.iter().any(|one| one.old.iter().chain(&one.new).any(|code| *code == atom.municipality));
        (atom.year, if has_changed { String::new() } else { atom.municipality.clone() })
    };
    let mut places: BTreeSet<(u16, String)> = atoms.iter().map(place).collect();
    let mut found = vec![false; published.len()];
    loop {
        let mut has_more = false;
        for (one, found) in published.iter().zip(&mut found).filter(|(_, found)| !**found) {
            if one.atoms.iter().any(|atom| places.contains(&place(atom))) {
                places.extend(one.atoms.iter().map(place));
                (*found, has_more) = (true, true);
            }
        }
        if !has_more {
            break;
        }
    }
    published.iter().zip(found).filter(|(_, found)| *found).map(|(one, _)| one.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[(&str, u64)]) -> Vec<Atom> {
        list.iter()
            .map(|(code, n)| Atom { year: 2025, municipality: (*code).into(), n: *n, people: Vec::new() })
            .collect()
    }

    /// Of 30 people 12 to 17 said yes. With 12 more, 9 to 16 of 42 would leave at most 4 of the twelve; with 15 more no fifth of
    /// 45 comes so near.
    #[test]
    fn what_a_larger_group_could_give_away() {
        let (before, with_12, with_15) = (of(&[("A", 30)]), of(&[("A", 42)]), of(&[("A", 45)]));
        let said = [Statement { atoms: &before, limits: (12, 17), name: "a".into() }];
        let fifths = |n: u64| crate::disclosure::Policy::default().limits(n, "A", None);
        let beside = |atoms| Beside::new(atoms, "b".into(), &said, &[]).unwrap();
        assert_eq!(beside(&with_12).could_give(&fifths(42)), Some((Finding::Narrow, "b (n = 12)".into())));
        assert_eq!(beside(&with_15).could_give(&fifths(45)), None);
        assert!(beside(&with_12).fits((9, 16)) && !beside(&with_12).fits((0, 8)));
    }

    /// A figure of other people has nothing to do with it, unless a third one holds both.
    #[test]
    fn what_hangs_together() {
        let groups = [of(&[("A", 12)]), of(&[("B", 14)]), of(&[("B", 14), ("C", 15)]), of(&[("D", 9)])];
        let said: Vec<Statement<'_>> =
            groups.iter().map(|atoms| Statement { atoms, limits: (0, 5), name: String::new() }).collect();
        let names = |atoms: &[Atom], boundaries: &[Boundary]| -> Vec<String> {
            near(atoms, &said, boundaries).iter().map(|one| one.atoms[0].municipality.clone()).collect()
        };
        assert_eq!(names(&of(&[("C", 15)]), &[]), ["B", "B"]);
        assert_eq!(names(&of(&[("E", 15)]), &[]), [""; 0]);
        let merged = Boundary { old: vec!["A".into(), "D".into()], new: vec!["E".into()], year: 2026 };
        assert_eq!(names(&of(&[("E", 15)]), &[merged]), ["A", "D"]);
    }
}
