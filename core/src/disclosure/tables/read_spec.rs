//! Specifications and hierarchies from files.

use super::{Branch, Formula, Hierarchy, HierarchyProblem, Spec, code_of_csv, trim};
use crate::disclosure::DisclosureProblem;
use crate::disclosure::form::{Form, Member, checked, line_of, needed, perhaps};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::columns::{Categories, Columns, Want};
use crate::read::{Head, ReadProblem};
use std::collections::BTreeMap;

/// The columns of a file of hierarchies.
const DIMENSION: &str = "dimension";
const PARENT: &str = "parent";
const CHILD: &str = "child";
const TREE: &str = "tree";

/// A sum and its parts in JSON.
const BRANCH: &[Member] = &[needed(PARENT, Form::Code), needed("children", Form::List(&Form::Code))];
/// By dimension its sums.
pub(in crate::disclosure) const BRANCHES: Form = Form::Map(&Form::List(&Form::Members(BRANCH)));

/// What a rule says beside its name.
const FUN: Member = needed("fun", Form::Text);
const RULES: &[(&str, &[Member])] = &[
    ("small", &[FUN, needed("maxN", Form::Whole), perhaps("protectZeros", Form::Flag)]),
    ("kdis", &[FUN, needed("coalition", Form::Whole), perhaps("upperBound", Form::Whole)]),
    ("contributors", &[FUN, needed("maxN", Form::Whole)]),
    ("dominance", &[FUN, needed("n", Form::Whole), needed("k", Form::Whole)]),
    ("ppercent", &[FUN, needed("p", Form::Whole)]),
];

static SPEC: Form = Form::Members(&[
    needed("dims", Form::List(&Form::Text)),
    needed("rule", Form::Kinds("fun", RULES)),
    perhaps("hierarchies", BRANCHES),
    perhaps("freqVar", Form::Text),
    perhaps("contributorVar", Form::Text),
    perhaps("formula", Form::Text),
    perhaps("response_dim", Form::Texts),
    perhaps("responseDim", Form::Texts),
    perhaps("keep", Form::List(&Form::Code)),
    perhaps("totalsIncluded", Form::Flag),
    perhaps("dimVar", Form::Texts),
    perhaps("id", Form::Text),
    perhaps("group", Form::Text),
    perhaps("family", Form::Text),
]);

impl Spec {
    /// Reads a specification from JSON: names and codes without the spaces around them, as in CSV. `None` when it is none;
    /// problems say all that is wrong, with path and line.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let text = checked(file, bytes, &SPEC, problems)?;
        let mut spec = match serde_json::from_str::<Self>(text) {
            Ok(spec) => spec,
            Err(error) => {
                problems.push(Problem::error(file, DisclosureProblem::NotJson).line(error.line().max(1) as u64));
                return None;
            }
        };
        let before = problems.errors();
        let names = [&mut spec.freq_var, &mut spec.contributor_var].into_iter().flatten();
        names.chain(&mut spec.dims).chain(&mut spec.response_dim).chain(&mut spec.keep).for_each(trim);
        for (name, place) in trim_branches(&mut spec.hierarchies) {
            let problem = Problem::error(file, DisclosureProblem::CodesAlike).column(format!("hierarchies.{name}"));
            let line = line_of(text, &["hierarchies", &name]);
            problems.push(problem.line(line).value(place, Privacy::Open));
        }
        if let Some(Err(problem)) = spec.formula.as_deref().map(Formula::parse) {
            let problem = Problem::error(file, DisclosureProblem::Formula(problem)).column("formula");
            let value = spec.formula.clone().unwrap_or_default();
            problems.push(problem.line(line_of(text, &["formula"])).value(value, Privacy::Open));
        }
        for (name, branches) in &spec.hierarchies {
            let Err(problem) = Hierarchy::new(branches, &[]) else { continue };
            let place = branches.iter().position(|branch| is_about(&problem, branch)).unwrap_or_default();
            // Spaces around the name are not in the path: then it is the line of them all.
            let line = line_of(text, &["hierarchies", name, &place.to_string()]);
            let problem = Problem::error(file, DisclosureProblem::Hierarchy(problem)).line(line);
            problems.push(problem.column(format!("hierarchies.{name}[{place}]")));
        }
        (problems.errors() == before).then_some(spec)
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
        for name in self.response_dim.iter().filter(|name| !self.dims.contains(name)) {
            let what = DisclosureProblem::UnknownDimension { exists: self.dims.clone() };
            problems.push(Problem::error(file, what).column("response_dim").value(name, Privacy::Open));
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
        let label = columns.categories(name).unwrap_or(&empty).label(row);
        label.map(|label| code_of_csv(label).to_owned()).unwrap_or_default()
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
    for (dimension, branches) in &branches {
        let Err(problem) = Hierarchy::new(branches, &[]) else { continue };
        let is_there = |row: &usize| {
            let branch = Branch { parent: text(PARENT, *row), children: vec![text(CHILD, *row)] };
            (!has(DIMENSION) || text(DIMENSION, *row) == *dimension) && is_about(&problem, &branch)
        };
        let row = (0..columns.rows()).find(is_there).unwrap_or_default();
        let problem = Problem::error(file, DisclosureProblem::Hierarchy(problem.clone())).column(dimension);
        problems.push(columns.at(problem, row));
    }
    branches
}

/// Whether a sum is one that a problem is about.
fn is_about(problem: &HierarchyProblem, branch: &Branch) -> bool {
    match problem {
        HierarchyProblem::Circle { code: parent }
        | HierarchyProblem::Twice { parent, .. }
        | HierarchyProblem::Uneven { parent, .. } => branch.parent == *parent,
    }
}

/// Takes the spaces around codes away. Gives back dimension and code where two that were told apart become one.
pub(in crate::disclosure) fn trim_branches(hierarchies: &mut BTreeMap<String, Vec<Branch>>) -> Vec<(String, String)> {
    let mut alike = Vec::new();
    for (mut name, mut branches) in std::mem::take(hierarchies) {
        trim(&mut name);
        let mut spelt: BTreeMap<String, String> = BTreeMap::new();
        for code in
            branches.iter_mut().flat_map(|branch| std::iter::once(&mut branch.parent).chain(&mut branch.children))
        {
            let raw = code.clone();
            trim(code);
            if *spelt.entry(code.clone()).or_insert_with(|| raw.clone()) != raw {
                alike.push((name.clone(), code.clone()));
            }
        }
        if hierarchies.contains_key(&name) {
            alike.push((name.clone(), name.clone()));
        }
        hierarchies.entry(name).or_default().append(&mut branches);
    }
    alike.dedup();
    alike
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
