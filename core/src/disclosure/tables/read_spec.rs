//! Specifications and hierarchies from files.

use super::{Branch, Spec};
use crate::disclosure::DisclosureProblem;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::columns::{Categories, Columns, Want};
use crate::read::{Head, ReadProblem};
use std::collections::BTreeMap;

/// The columns of a file of hierarchies.
const DIMENSION: &str = "dimension";
const PARENT: &str = "parent";
const CHILD: &str = "child";
const TREE: &str = "tree";

impl Spec {
    /// Reads a specification from JSON. `None` when it is none; problems say why, and on which line.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        match serde_json::from_slice::<Self>(bytes) {
            Ok(spec) => Some(spec),
            Err(error) => {
                problems.push(DisclosureProblem::not_json(file, &error));
                None
            }
        }
    }

    /// Whether the dimensions can be those of a table; problems say what is wrong.
    pub fn check(&self, file: &str, problems: &mut Problems) -> bool {
        let before = problems.errors();
        if self.dims.is_empty() {
            problems.push(Problem::error(file, DisclosureProblem::NoDimensions));
        }
        for (place, name) in self.dims.iter().enumerate() {
            if self.dims[..place].contains(name) {
                problems.push(Problem::error(file, DisclosureProblem::DimensionTwice).column(name));
            }
        }
        for name in self.hierarchies.keys().filter(|name| !self.dims.contains(name)) {
            let what = DisclosureProblem::UnknownDimension { exists: self.dims.clone() };
            problems.push(Problem::error(file, what).column("hierarchies").value(name, Privacy::Open));
        }
        problems.errors() == before
    }
}

/// Reads how the codes of dimensions sum up from a CSV file with the columns `parent` and `child`, and `dimension` where
/// there are several. Records of one parent are one sum; where a parent has several, as in trees that overlap, a column
/// `tree` tells them apart. Problems say what is wrong.
///
/// ```
/// # use bygdepuls_core::{disclosure::tables::read_hierarchies, problem::Problems};
/// let file = b"parent,child\nNamdal,5043\nNamdal,5044\n";
/// let branches = read_hierarchies("h.csv", file, &["mun".into()], &mut Problems::new());
/// assert_eq!(branches["mun"][0].children, ["5043", "5044"]);
/// ```
pub fn read_hierarchies(
    file: &str,
    bytes: &[u8],
    dims: &[String],
    problems: &mut Problems,
) -> BTreeMap<String, Vec<Branch>> {
    let mut branches: BTreeMap<String, Vec<Branch>> = BTreeMap::new();
    let Some(head) = Head::find(file, bytes, true, &mut Problems::new()) else {
        problems.push(Problem::error(file, ReadProblem::EmptyFile));
        return branches;
    };
    let has = |name: &str| head.names.iter().any(|other| other == name);
    let mut wanted: Vec<Want> = [PARENT, CHILD].map(|name| Want::Category(name.into())).into();
    wanted.extend([DIMENSION, TREE].into_iter().filter(|name| has(name)).map(|name| Want::Category(name.into())));
    if !has(DIMENSION) && dims.len() != 1 {
        problems.push(Problem::error(file, DisclosureProblem::WhichDimension));
        return branches;
    }
    let Some(columns) = Columns::read(file, bytes, &wanted, &[], problems) else { return branches };
    let empty = Categories::default();
    let text = |name: &str, row: usize| -> String {
        columns.categories(name).unwrap_or(&empty).label(row).map(ToString::to_string).unwrap_or_default()
    };
    let mut places: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for row in 0..columns.rows() {
        let dimension = if has(DIMENSION) { text(DIMENSION, row) } else { dims.first().cloned().unwrap_or_default() };
        if !dims.contains(&dimension) {
            let what = DisclosureProblem::UnknownDimension { exists: dims.to_vec() };
            let problem = Problem::error(file, what).column(DIMENSION).value(dimension, Privacy::Open);
            problems.push(columns.at(problem, row));
            continue;
        }
        let (parent, child, tree) = (text(PARENT, row), text(CHILD, row), text(TREE, row));
        let own = branches.entry(dimension.clone()).or_default();
        let place = *places.entry((dimension, parent.clone(), tree)).or_insert_with(|| {
            own.push(Branch { parent, children: Vec::new() });
            own.len() - 1
        });
        own[place].children.push(child);
    }
    branches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_that_overlap() {
        let file = "dimension,parent,child,tree\nmun,T,R,1\nmun,T,x,2\nmun,T,y,2\nmun,R,x,1\nmun,R,y,1\n";
        let branches = read_hierarchies("h.csv", file.as_bytes(), &["mun".into(), "sex".into()], &mut Problems::new());
        let sums: Vec<String> =
            branches["mun"].iter().map(|branch| format!("{}={}", branch.parent, branch.children.join("+"))).collect();
        assert_eq!(sums, ["T=R", "T=x+y", "R=x+y"]);
    }

    #[test]
    fn what_is_no_hierarchy_file() {
        let codes = |file: &str, dims: &[&str]| -> Vec<&'static str> {
            let dims: Vec<String> = dims.iter().map(ToString::to_string).collect();
            let mut problems = Problems::new();
            read_hierarchies("h.csv", file.as_bytes(), &dims, &mut problems);
            problems.list().iter().map(|problem| problem.what.code()).collect()
        };
        assert_eq!(codes("parent,child\nT,a\n", &["mun", "sex"]), ["which-dimension"]);
        assert_eq!(codes("dimension,parent,child\nsize,T,a\n", &["mun", "sex"]), ["unknown-dimension"]);
        assert_eq!(codes("parent,kid\nT,a\n", &["mun"]), ["missing-column"]);
        assert_eq!(codes("", &["mun"]), ["empty-file"]);
    }

    #[test]
    fn a_specification_that_is_none_says_where() {
        let read = |text: &str| {
            let mut problems = Problems::new();
            assert!(Spec::read("spec.json", text.as_bytes(), &mut problems).is_none());
            problems.list()[0].line
        };
        assert_eq!(read("{\n \"dims\": [\"a\"],\n oops}"), Some(3));
        assert_eq!(read("{\n \"dims\": [\"a\"],\n \"rule\": {\"fun\": \"large\"}}"), Some(3));
    }
}
