//! How the codes of a dimension sum up.

use super::{code, codes};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A code and those that it is the sum of. The same parent may have several: trees that overlap.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Branch {
    /// The sum.
    #[serde(deserialize_with = "code")]
    pub parent: String,
    /// What is summed.
    #[serde(deserialize_with = "codes")]
    pub children: Vec<String>,
}

/// What cannot be a hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HierarchyProblem {
    /// A code lies below itself.
    Circle {
        /// The code.
        code: String,
    },
    /// A child is summed twice.
    Twice {
        /// The parent.
        parent: String,
        /// The child.
        child: String,
    },
    /// Two trees of the same parent do not cover the same codes.
    Uneven {
        /// The parent.
        parent: String,
        /// A code that only one of them covers.
        code: String,
    },
}

/// The codes of a dimension and how they sum up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    codes: Vec<String>,
    places: BTreeMap<String, usize>,
    /// By parent.
    branches: Vec<Vec<Vec<usize>>>,
    /// Parents, each after its children.
    bottom_up: Vec<usize>,
    is_root: Vec<bool>,
}

impl Hierarchy {
    /// Codes in the order in which branches name them, then those of `others` that no branch names.
    ///
    /// # Errors
    ///
    /// [`HierarchyProblem`].
    pub fn new(branches: &[Branch], others: &[String]) -> Result<Self, HierarchyProblem> {
        let mut codes: Vec<String> = Vec::new();
        let mut places = BTreeMap::new();
        let named = branches.iter().flat_map(|branch| std::iter::once(&branch.parent).chain(&branch.children));
        for code in named.chain(others) {
            places.entry(code.clone()).or_insert_with(|| {
                codes.push(code.clone());
                codes.len() - 1
            });
        }
        let mut by_parent = vec![Vec::new(); codes.len()];
        let mut is_root = vec![true; codes.len()];
        for branch in branches.iter().filter(|branch| !branch.children.is_empty()) {
            let children: Vec<usize> = branch.children.iter().map(|child| places[child]).collect();
            for child in &children {
                is_root[*child] = false;
            }
            by_parent[places[&branch.parent]].push(children);
        }
        let mut hierarchy = Self { codes, places, branches: by_parent, bottom_up: Vec::new(), is_root };
        hierarchy.bottom_up = hierarchy.ordered()?;
        hierarchy.check()?;
        Ok(hierarchy)
    }

    /// Codes that are summed to `total`, and nothing else.
    ///
    /// # Errors
    ///
    /// [`HierarchyProblem::Circle`] when the total is one of them.
    pub fn flat(total: &str, codes: &[String]) -> Result<Self, HierarchyProblem> {
        Self::new(&[Branch { parent: total.into(), children: codes.to_vec() }], &[])
    }

    /// How many codes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The name of a code.
    #[must_use]
    pub fn code(&self, place: usize) -> &str {
        &self.codes[place]
    }

    /// A code by its name.
    #[must_use]
    pub fn place(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }

    /// What a code is the sum of, in each tree.
    pub fn branches(&self, code: usize) -> impl Iterator<Item = &[usize]> {
        self.branches[code].iter().map(Vec::as_slice)
    }

    /// Whether a code is no sum.
    #[must_use]
    pub fn is_leaf(&self, code: usize) -> bool {
        self.branches[code].is_empty()
    }

    /// Whether a code is everybody: part of no sum, and the sum of all others.
    #[must_use]
    pub fn is_root(&self, code: usize) -> bool {
        self.is_root[code] && !self.is_leaf(code)
    }

    /// Sums, each after those that it is the sum of.
    pub(super) fn bottom_up(&self) -> impl Iterator<Item = usize> + use<> {
        self.bottom_up.clone().into_iter()
    }

    fn ordered(&self) -> Result<Vec<usize>, HierarchyProblem> {
        // 0 not seen, 1 being looked at, 2 done.
        let mut state = vec![0_u8; self.len()];
        let mut order = Vec::new();
        for start in 0..self.len() {
            let mut path = vec![(start, false)];
            while let Some((code, done)) = path.pop() {
                if done {
                    state[code] = 2;
                    if !self.is_leaf(code) {
                        order.push(code);
                    }
                } else if state[code] == 1 {
                    return Err(HierarchyProblem::Circle { code: self.codes[code].clone() });
                } else if state[code] == 0 {
                    state[code] = 1;
                    path.push((code, true));
                    let below = self.branches[code].iter().flatten().filter(|child| state[**child] < 2);
                    path.extend(below.map(|child| (*child, false)));
                }
            }
        }
        Ok(order)
    }

    /// Each tree of a parent covers the same codes, each of them once.
    fn check(&mut self) -> Result<(), HierarchyProblem> {
        let mut leaves: Vec<Vec<usize>> = (0..self.len()).map(|code| vec![code]).collect();
        for parent in &self.bottom_up {
            let mut first: Option<Vec<usize>> = None;
            for children in &self.branches[*parent] {
                let mut below: Vec<usize> = children.iter().flat_map(|child| leaves[*child].clone()).collect();
                below.sort_unstable();
                if let Some(pair) = below.windows(2).find(|pair| pair[0] == pair[1]) {
                    let (parent, child) = (self.codes[*parent].clone(), self.codes[pair[0]].clone());
                    return Err(HierarchyProblem::Twice { parent, child });
                }
                if let Some(first) = &first
                    && let Some(code) = uneven(first, &below)
                {
                    let (parent, code) = (self.codes[*parent].clone(), self.codes[code].clone());
                    return Err(HierarchyProblem::Uneven { parent, code });
                }
                first.get_or_insert(below);
            }
            leaves[*parent] = first.unwrap_or_default();
        }
        // The roots of trees that stand side by side are sums, but not of everybody.
        let all = (0..self.len()).filter(|code| self.is_leaf(*code)).count();
        self.is_root.iter_mut().zip(&leaves).for_each(|(is_root, leaves)| *is_root &= leaves.len() == all);
        Ok(())
    }
}

/// A number that only one of two ascending lists has.
fn uneven(a: &[usize], b: &[usize]) -> Option<usize> {
    let only = |a: &[usize], b: &[usize]| a.iter().copied().find(|code| b.binary_search(code).is_err());
    only(a, b).or_else(|| only(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hierarchy(branches: &[(&str, &[&str])]) -> Result<Hierarchy, HierarchyProblem> {
        let branch = |(parent, children): &(&str, &[&str])| Branch {
            parent: (*parent).into(),
            children: children.iter().map(ToString::to_string).collect(),
        };
        Hierarchy::new(&branches.iter().map(branch).collect::<Vec<_>>(), &[])
    }

    #[test]
    fn parents_come_after_their_children() {
        let tree = hierarchy(&[
            ("T", &["R", "S"]),
            ("T", &["x", "y"]),
            ("R", &["a"]),
            ("S", &["b"]),
            ("x", &["a"]),
            ("y", &["b"]),
        ]);
        let tree = tree.unwrap();
        let order: Vec<&str> = tree.bottom_up().map(|code| tree.code(code)).collect();
        assert_eq!(order.last(), Some(&"T"));
        assert_eq!(order.len(), 5);
        assert!(tree.is_root(0) && !tree.is_root(1) && tree.is_leaf(tree.place("a").unwrap()));
        assert_eq!(tree.branches(0).count(), 2);
    }

    #[test]
    fn trees_side_by_side_have_no_total() {
        let trees = hierarchy(&[("R", &["a", "b"]), ("S", &["c"])]).unwrap();
        assert!((0..trees.len()).all(|code| !trees.is_root(code)));
    }

    #[test]
    fn what_is_no_hierarchy() {
        let circle = hierarchy(&[("a", &["b"]), ("b", &["a"])]);
        assert!(matches!(circle, Err(HierarchyProblem::Circle { .. })));
        let twice = hierarchy(&[("T", &["R", "a"]), ("R", &["a", "b"])]);
        assert_eq!(twice, Err(HierarchyProblem::Twice { parent: "T".into(), child: "a".into() }));
        let uneven = hierarchy(&[("T", &["a", "b"]), ("T", &["R"]), ("R", &["a"])]);
        assert_eq!(uneven, Err(HierarchyProblem::Uneven { parent: "T".into(), code: "b".into() }));
    }
}
