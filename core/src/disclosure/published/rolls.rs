//! How many people there are in a group, as anybody can know: who is on the roll of a school, who lives in a municipality.

use crate::disclosure::DisclosureProblem;
use crate::disclosure::tables::code_of_csv;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::columns::{Categories, Columns, Want};
use crate::read::{Head, ReadProblem};

/// A group and how many there are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    /// Dimension and code.
    pub codes: Vec<(String, String)>,
    /// How many people.
    pub people: u64,
}

/// The column of people.
const PEOPLE: &str = "n";

impl Roll {
    /// Reads groups from a CSV file: the column `n`, and columns named as dimensions of the releases. Nothing is gained
    /// from columns of other names; they are passed over.
    pub fn read(file: &str, bytes: &[u8], dims: &[String], problems: &mut Problems) -> Vec<Self> {
        let Some(head) = Head::find(file, bytes, true, &mut Problems::new()) else {
            problems.push(Problem::error(file, ReadProblem::EmptyFile));
            return Vec::new();
        };
        let dims: Vec<&String> = dims.iter().filter(|name| head.names.contains(name)).collect();
        let mut wanted: Vec<Want> = dims.iter().map(|name| Want::Category((*name).clone())).collect();
        wanted.push(Want::Required(PEOPLE.into()));
        let Some(columns) = Columns::read(file, bytes, &wanted, &[], problems) else { return Vec::new() };
        let empty = Categories::default();
        let mut rolls = Vec::new();
        for (row, people) in columns.required(PEOPLE).unwrap_or_default().iter().enumerate() {
            let code = |name: &&String| {
                let code = columns.categories(name).unwrap_or(&empty).label(row)?;
                (!code.is_empty()).then(|| ((*name).clone(), code_of_csv(code).to_owned()))
            };
            match super::assemble::count(*people) {
                Some(people) => rolls.push(Self { codes: dims.iter().filter_map(code).collect(), people }),
                None => {
                    let problem = Problem::error(file, DisclosureProblem::NotACount).column(PEOPLE);
                    problems.push(columns.at(problem.value(people.to_string(), Privacy::Open), row));
                }
            }
        }
        rolls
    }
}
