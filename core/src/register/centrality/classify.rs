//! A table with the class of each index beside it, the rest byte for byte as it was.

use super::edition::{class, edition};
use super::problem::CentralityProblem;
use super::units::column;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::{Columns, Head, Want};
use crate::weight::column::append;
use crate::weight::targets::TargetProblem;

/// The name of the new column.
const NAME: &str = "centrality_class";

/// Limits of classes, and the edition that they are of.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// The edition; empty where it is not told.
    pub edition: String,
    /// The least index of classes 1 to 5.
    pub limits: [f64; 5],
}

impl Limits {
    /// The limits of an edition; the problem when none are known.
    ///
    /// # Errors
    ///
    /// [`CentralityProblem::UnknownEdition`].
    pub fn of(name: &str) -> Result<Self, CentralityProblem> {
        let found = edition(name).ok_or(CentralityProblem::UnknownEdition)?;
        Ok(Self { edition: found.name.to_owned(), limits: found.limits })
    }

    /// Reads limits given by hand: five numbers from 0 to 1000, descending, with commas between.
    #[must_use]
    pub fn parse(text: &str) -> Option<[f64; 5]> {
        let numbers: Vec<f64> = text.split(',').map(|one| one.trim().parse().ok()).collect::<Option<_>>()?;
        let limits: [f64; 5] = numbers.try_into().ok()?;
        let descend = limits.windows(2).all(|two| two[0] > two[1]);
        (descend && limits.iter().all(|limit| (0.0..=1000.0).contains(limit))).then_some(limits)
    }
}

/// The file with the column `centrality_class` after the others. `None` when there are errors.
///
/// An index that is missing has no class: the field is empty. One outside 0 to 1000 is an error. A column `edition` must
/// hold the limits' edition on every line; where the file has none, a warning says that the edition was not checked. An
/// index with decimals between two classes of whole numbers, as 924.6, is classed as it is, and a warning says so.
pub fn classify(file: &str, bytes: &[u8], index: &str, limits: &Limits, problems: &mut Problems) -> Option<Vec<u8>> {
    let before = problems.errors();
    let head = Head::find(file, bytes, true, &mut Problems::new());
    let editions = head.as_ref().and_then(|head| column(head, None, &["edition", "utgave", "utgåve"]));
    let mut wanted = vec![Want::Number(index.to_owned())];
    wanted.extend(editions.iter().map(|name| Want::Category(name.clone())));
    let data = Columns::read(file, bytes, &wanted, &[], problems)?;
    if data.names.iter().any(|name| name == NAME) {
        problems.push(Problem::error(file, TargetProblem::NameTaken).column(NAME));
    }
    match &editions {
        Some(name) => {
            let categories = data.categories(name)?;
            for row in 0..data.rows() {
                let own = categories.label(row).map(|label| label.trim().to_owned()).unwrap_or_default();
                if !limits.edition.is_empty() && own != limits.edition {
                    let what = CentralityProblem::OtherEdition { limits: limits.edition.clone() };
                    let problem = data.at(Problem::error(file, what), row).column(name.as_str());
                    problems.push(problem.value(own, Privacy::Open));
                }
            }
            if limits.edition.is_empty() {
                problems.push(Problem::warning(file, CentralityProblem::EditionNotChecked));
            }
        }
        None => problems.push(Problem::warning(file, CentralityProblem::EditionNotChecked)),
    }
    let mut between = 0;
    let mut classes = Vec::new();
    for (row, value) in data.numbers(index)?.iter().enumerate() {
        let Some(value) = *value else {
            classes.push(String::new());
            continue;
        };
        if !(0.0..=1000.0).contains(&value) {
            let problem = data.at(Problem::error(file, CentralityProblem::NoIndex), row);
            problems.push(problem.column(index).value(value.to_string(), Privacy::Open));
        }
        between += u64::from(limits.limits.iter().any(|limit| value < *limit && value > limit - 1.0));
        classes.push(class(value, &limits.limits).to_string());
    }
    if between > 0 {
        problems.push(Problem::warning(file, CentralityProblem::BetweenClasses { count: between }).column(index));
    }
    if problems.errors() > before {
        return None;
    }
    append(bytes, &head?, NAME, &classes)
}
