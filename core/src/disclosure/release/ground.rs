//! Published groups, cut into the pieces that nothing published divides further.
//!
//! What is said of a group is said of the number of people in it who said yes. Two publications of one municipality and
//! year with 15 and 16 answers are two groups, the smaller inside the larger: who reads both must be expected to know that
//! one answer came late. Where answers were withdrawn or changed instead, this assumes more than anybody can know, so
//! nobody finds out more than is found out here.

use super::Atom;
use std::collections::{BTreeMap, BTreeSet};

/// Municipalities that were put together, or one that was divided: the answers of one side are those of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Codes before.
    pub old: Vec<String>,
    /// Codes after.
    pub new: Vec<String>,
    /// The year of the change.
    pub year: u16,
}

impl Boundary {
    /// The code that stands for all of the others, and these.
    fn whole(&self) -> Option<(&String, &[String])> {
        match (self.old.as_slice(), self.new.as_slice()) {
            (parts, [whole]) => Some((whole, parts)),
            ([whole], parts) => Some((whole, parts)),
            _ => None,
        }
    }
}

/// Numbers of answers that do not fit each other across a change of boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The year of the answers.
    pub year: u16,
    /// The municipality that holds fewer than its parts.
    pub municipality: String,
}

/// The pieces, and what each group consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ground {
    /// By piece how many people are in it.
    pub(super) sizes: Vec<u64>,
    /// By group its pieces, rising.
    pub(super) groups: Vec<Vec<usize>>,
}

/// Answers that came in between one publication and the next: year, municipality, whether others of its parts are not
/// among them, and how many there were before.
type Element = (u16, String, bool, u64);

impl Ground {
    /// Cuts some groups.
    pub(super) fn new(groups: &[&[Atom]], boundaries: &[Boundary]) -> Result<Self, Misfit> {
        let mut versions: BTreeMap<(u16, &str), BTreeSet<u64>> = BTreeMap::new();
        for atom in groups.iter().copied().flatten() {
            versions.entry((atom.year, &atom.municipality)).or_default().insert(atom.n);
        }
        let mut whole = Whole { versions, boundaries, sizes: BTreeMap::new() };
        let mut of_element: BTreeMap<Element, Vec<usize>> = BTreeMap::new();
        for (number, group) in groups.iter().enumerate() {
            let mut elements = BTreeSet::new();
            for atom in *group {
                elements.extend(whole.elements(atom.year, &atom.municipality, atom.n, 0)?);
            }
            elements.into_iter().for_each(|element| of_element.entry(element).or_default().push(number));
        }
        let mut of_signature: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
        for (element, signature) in of_element {
            *of_signature.entry(signature).or_default() += whole.sizes[&element];
        }
        let mut ground = Self { sizes: Vec::new(), groups: vec![Vec::new(); groups.len()] };
        for (signature, size) in of_signature {
            signature.iter().for_each(|group| ground.groups[*group].push(ground.sizes.len()));
            ground.sizes.push(size);
        }
        Ok(ground)
    }

    /// How many people some pieces hold.
    pub(super) fn size(&self, pieces: &[usize]) -> u64 {
        pieces.iter().map(|piece| self.sizes[*piece]).sum()
    }
}

struct Whole<'a> {
    versions: BTreeMap<(u16, &'a str), BTreeSet<u64>>,
    boundaries: &'a [Boundary],
    sizes: BTreeMap<Element, u64>,
}

/// As many changes of boundaries after each other as are followed.
const DEPTH: usize = 8;

impl<'a> Whole<'a> {
    /// The parts of a municipality of which something is published.
    fn parts(&self, year: u16, code: &str, depth: usize) -> Vec<&'a str> {
        if depth > DEPTH {
            return Vec::new();
        }
        let changes = self.boundaries.iter().filter_map(Boundary::whole);
        let parts = changes.filter(|(whole, _)| *whole == code).flat_map(|(_, parts)| parts).map(String::as_str);
        let is_known =
            |part: &&str| self.versions.contains_key(&(year, *part)) || !self.parts(year, part, depth + 1).is_empty();
        parts.filter(|part| *part != code).filter(is_known).collect()
    }

    fn elements(&mut self, year: u16, code: &str, n: u64, depth: usize) -> Result<BTreeSet<Element>, Misfit> {
        let known = self.versions.get(&(year, code)).cloned().unwrap_or_default();
        let mut found = BTreeSet::new();
        let mut floor = 0;
        let mut has_parts = false;
        let parts = self.parts(year, code, depth);
        if !parts.is_empty() {
            has_parts = true;
            // All that is known of the parts is inside, late answers too; or as much as was published first.
            let mut fits = None;
            for latest in [true, false] {
                let mut inside = BTreeSet::new();
                for part in &parts {
                    inside.extend(self.part(year, part, latest, depth)?);
                }
                let size: u64 = inside.iter().map(|element| self.sizes[element]).sum();
                if size <= n {
                    fits = Some((inside, size));
                    break;
                }
            }
            let misfit = Misfit { year, municipality: code.into() };
            (found, floor) = fits.ok_or(misfit)?;
        }
        for step in known.range(..=n) {
            if *step > floor {
                let element = (year, code.to_string(), has_parts, floor);
                self.sizes.insert(element.clone(), step - floor);
                found.insert(element);
                floor = *step;
            }
        }
        Ok(found)
    }

    /// A part as it was published last, or first.
    fn part(&mut self, year: u16, code: &str, latest: bool, depth: usize) -> Result<BTreeSet<Element>, Misfit> {
        let known = self.versions.get(&(year, code)).cloned().unwrap_or_default();
        let n = if latest { known.last() } else { known.first() };
        if let Some(n) = n {
            return self.elements(year, code, *n, depth + 1);
        }
        let mut all = BTreeSet::new();
        for part in self.parts(year, code, depth + 1) {
            all.extend(self.part(year, part, latest, depth + 1)?);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(list: &[(u16, &str, u64)]) -> Vec<Atom> {
        let atom = |(year, code, n): &(u16, &str, u64)| Atom {
            year: *year,
            municipality: (*code).into(),
            n: *n,
            people: Vec::new(),
        };
        list.iter().map(atom).collect()
    }

    fn cut(groups: &[&[(u16, &str, u64)]], boundaries: &[Boundary]) -> Result<Vec<(u64, Vec<usize>)>, Misfit> {
        let groups: Vec<Vec<Atom>> = groups.iter().map(|group| atoms(group)).collect();
        let groups: Vec<&[Atom]> = groups.iter().map(Vec::as_slice).collect();
        let ground = Ground::new(&groups, boundaries)?;
        let of_piece =
            |piece: usize| (0..groups.len()).filter(|group| ground.groups[*group].contains(&piece)).collect();
        Ok(ground.sizes.iter().enumerate().map(|(piece, size)| (*size, of_piece(piece))).collect())
    }

    #[test]
    fn a_late_answer_is_a_piece_of_its_own() {
        let pieces = cut(&[&[(2025, "A", 15), (2025, "B", 9)], &[(2025, "A", 16), (2025, "B", 9)]], &[]).unwrap();
        assert_eq!(pieces, [(24, vec![0, 1]), (1, vec![1])]);
    }

    #[test]
    fn a_region_and_some_of_its_municipalities() {
        let pieces = cut(&[&[(2025, "A", 15), (2025, "B", 9), (2025, "C", 3)], &[(2025, "A", 15)]], &[]).unwrap();
        assert_eq!(pieces, [(12, vec![0]), (15, vec![0, 1])]);
    }

    /// A and B became C: of B nothing was published, and it is what is left of C.
    #[test]
    fn old_municipalities_are_parts_of_the_new_one() {
        let merged = Boundary { old: vec!["A".into(), "B".into()], new: vec!["C".into()], year: 2020 };
        let pieces = cut(&[&[(2019, "A", 12)], &[(2019, "C", 30)], &[(2019, "C", 33)]], std::slice::from_ref(&merged));
        assert_eq!(pieces.unwrap(), [(12, vec![0, 1, 2]), (18, vec![1, 2]), (3, vec![2])]);
        // Another year has nothing to do with it.
        assert_eq!(cut(&[&[(2018, "A", 12)], &[(2019, "C", 30)]], std::slice::from_ref(&merged)).unwrap().len(), 2);
        // Fewer answers in the whole than in a part.
        assert!(cut(&[&[(2019, "A", 12)], &[(2019, "C", 9)]], &[merged]).is_err());
        // One that was divided is the same the other way round.
        let divided = Boundary { old: vec!["C".into()], new: vec!["A".into(), "B".into()], year: 2024 };
        assert_eq!(cut(&[&[(2019, "A", 12)], &[(2019, "C", 30)]], &[divided]).unwrap().len(), 2);
    }
}
