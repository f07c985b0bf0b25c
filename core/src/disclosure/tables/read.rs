//! A table of counts from a CSV file.

use super::{Branch, Contribution, Formula, Hierarchy, Spec, Table, code_of_csv};
use crate::disclosure::DisclosureProblem;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::columns::{Categories, Columns, Want};
use std::collections::{BTreeMap, BTreeSet};

/// The most cells of one table.
pub(in crate::disclosure) const LIMIT: usize = 2_000_000;
/// The most people in one table: sums of whole numbers stay exact in every step.
const PEOPLE: u64 = 1_000_000_000_000;
/// Whole numbers from here on, 2^53, are not told apart.
const FAR: f64 = 9_007_199_254_740_992.0;
/// The name of the sum in a dimension without a hierarchy.
const TOTAL: &str = "Total";

impl Table {
    /// Reads the counts of a table's innermost cells. `None` when there are errors; problems say which.
    ///
    /// Records of the same cell add up. Cells without a record are 0. Sums are computed; records of sums are an error, or
    /// checked and left out where [`Spec::totals_included`] says that there are some.
    pub fn read(spec: &Spec, file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let formula = spec.formula.as_deref().map(|text| {
            Formula::parse(text).map_err(|problem| {
                let problem = Problem::error(file, DisclosureProblem::Formula(problem)).column("formula");
                problems.push(problem.value(text, Privacy::Open));
            })
        });
        let formula = formula.and_then(Result::ok);
        let named: BTreeSet<&String> = formula.iter().flat_map(|formula| formula.terms.iter().flatten()).collect();
        let beside = named.iter().filter(|name| !spec.dims.contains(name));
        let mut wanted: Vec<Want> = spec.dims.iter().chain(beside.copied()).cloned().map(Want::Category).collect();
        wanted.extend(spec.freq_var.clone().map(Want::Required));
        wanted.extend(spec.contributor_var.clone().map(Want::Category));
        let columns = Columns::read(file, bytes, &wanted, &[], problems)?;
        let empty = Categories::default();
        let category = |name: &str| columns.categories(name).unwrap_or(&empty);

        let mut dimensions = Vec::new();
        for name in &spec.dims {
            let labels = || category(name).labels.iter().map(|label| (label, code_of_csv(label)));
            let mut codes: Vec<String> = labels().map(|(_, code)| code.to_owned()).collect();
            if labels().any(|(label, code)| **label != *code) {
                codes.sort_unstable();
            }
            let hierarchy = match spec.hierarchies.get(name) {
                Some(branches) if branches.iter().any(|branch| !branch.children.is_empty()) => {
                    Hierarchy::new(branches, &[])
                }
                Some(_) => Hierarchy::new(&[], &codes),
                None => {
                    codes.retain(|code| code != TOTAL);
                    Hierarchy::new(&[Branch { parent: TOTAL.into(), children: codes }], &[])
                }
            };
            match hierarchy {
                Ok(hierarchy) => dimensions.push((name.clone(), hierarchy)),
                Err(problem) => {
                    let problem = Problem::error(file, DisclosureProblem::Hierarchy(problem));
                    problems.push(problem.column(name));
                }
            }
        }
        if problems.errors() > before {
            return None;
        }
        let cells = dimensions.iter().try_fold(1, |cells: usize, (_, codes)| cells.checked_mul(codes.len()));
        if cells.is_none_or(|cells| cells > LIMIT) {
            problems.push(Problem::error(file, DisclosureProblem::TooManyCells { limit: LIMIT }));
            return None;
        }
        // By dimension and label the code.
        let codes: Vec<Vec<usize>> = dimensions
            .iter()
            .map(|(name, hierarchy)| {
                let mut code = |(label, text): (usize, &std::sync::Arc<str>)| {
                    let text = code_of_csv(text);
                    let fits = |place: &usize| spec.totals_included || hierarchy.is_leaf(*place);
                    let place = hierarchy.place(text).filter(fits);
                    place.unwrap_or_else(|| {
                        let what = match hierarchy.place(text) {
                            Some(_) => DisclosureProblem::SumAmongParts,
                            None => DisclosureProblem::OutsideHierarchy,
                        };
                        let row = category(name).codes.iter().position(|code| *code as usize == label);
                        let problem = Problem::error(file, what).column(name).value(text, Privacy::Answer);
                        problems.push(columns.at(problem, row.unwrap_or_default()));
                        0
                    })
                };
                category(name).labels.iter().enumerate().map(&mut code).collect()
            })
            .collect();
        let counts = spec.freq_var.as_ref().and_then(|name| columns.required(name).map(|counts| (name, counts)));
        let mut inner: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
        if columns.rows() == 0 {
            problems.push(Problem::error(file, DisclosureProblem::NoRecords));
            return None;
        }
        let mut people = 0;
        // Sums that the file states, with the record that does so first.
        let mut stated: BTreeMap<Vec<usize>, (u64, usize)> = BTreeMap::new();
        let is_inner = |key: &[usize]| key.iter().zip(&dimensions).all(|(code, (_, codes))| codes.is_leaf(*code));
        // Where there are other columns, records of one cell are meant to be added up.
        let is_key = |name: &String| spec.dims.contains(name) || named.contains(name);
        let is_whole = columns.names.iter().all(|name| is_key(name) || spec.freq_var.as_ref() == Some(name));
        let mut again: (u64, Option<usize>) = (0, None);
        let who = spec.contributor_var.as_deref().map(category);
        let mut contributions: Vec<Contribution> = Vec::new();
        for row in 0..columns.rows() {
            let code = |(name, codes): (&String, &Vec<usize>)| codes[category(name).codes[row] as usize];
            let key: Vec<usize> = spec.dims.iter().zip(&codes).map(code).collect();
            let count = counts.map_or(Some(1), |(_, counts)| whole(counts[row]));
            match count {
                Some(count) if !is_inner(&key) => stated.entry(key).or_insert((0, row)).0 += count.min(PEOPLE + 1),
                Some(count) if count <= PEOPLE - people => {
                    people += count;
                    if spec.rule.is_of_amounts() {
                        let own = who.map_or_else(|| u32::try_from(row).unwrap_or(u32::MAX), |who| who.codes[row]);
                        contributions.push((key.clone(), own, count));
                    }
                    if counts.is_some() && is_whole && inner.contains_key(&key) {
                        again = (again.0 + 1, again.1.or(Some(row)));
                    }
                    *inner.entry(key).or_default() += count;
                }
                Some(_) => {
                    let problem = Problem::error(file, DisclosureProblem::TooManyPeople { limit: PEOPLE });
                    problems.push(columns.at(problem, row));
                    return None;
                }
                None if counts.is_some_and(|(_, counts)| counts[row] >= FAR && counts[row].fract() == 0.0) => {
                    let problem = Problem::error(file, DisclosureProblem::TooManyPeople { limit: PEOPLE });
                    problems.push(columns.at(problem, row));
                }
                None => {
                    let (name, counts) = counts.unwrap_or((&spec.id, &[]));
                    let problem = Problem::error(file, DisclosureProblem::NotACount).column(name);
                    let value = counts.get(row).map_or_else(String::new, ToString::to_string);
                    problems.push(columns.at(problem.value(value, Privacy::Answer), row));
                }
            }
        }
        if let (count, Some(row)) = again {
            let problem = Problem::warning(file, DisclosureProblem::AddedUp { count });
            problems.push(columns.at(problem, row));
        }
        let asked = formula.map(|formula| {
            let mut of = |column: &String| asked_codes(column, &dimensions, category(column), &columns, problems);
            formula.terms.iter().map(|term| term.iter().filter_map(&mut of).collect()).collect::<Vec<Term>>()
        });
        if problems.errors() > before {
            return None;
        }
        let mut table = Self::new(dimensions, &inner);
        if !spec.response_dim.is_empty() {
            table = table.with_answers(&spec.response_dim);
        }
        for (key, (count, row)) in stated {
            let cell = table.place(&key);
            if table.count(cell) != count {
                let problem = Problem::error(file, DisclosureProblem::NotTheSum);
                problems.push(columns.at(problem.value(table.key(cell).join(" × "), Privacy::Answer), row));
            }
        }
        table = table.keeping(&spec.keep);
        if problems.errors() > before {
            return None;
        }
        if spec.rule.is_of_amounts() {
            table = table.with_contributions(&contributions);
        }
        Some(match asked {
            Some(terms) => {
                let dimensions = table.dimensions.clone();
                table.only(|codes| terms.iter().any(|term| is_of(term, codes, &dimensions)))
            }
            None => table,
        })
    }
}

/// By dimension, the codes that one table of a formula shows.
type Term = BTreeMap<usize, BTreeSet<usize>>;

/// Which dimension a column of a formula is of, and which of its codes it holds.
fn asked_codes(
    column: &String,
    dimensions: &[(String, Hierarchy)],
    category: &Categories,
    columns: &Columns,
    problems: &mut Problems,
) -> Option<(usize, BTreeSet<usize>)> {
    if let Some(place) = dimensions.iter().position(|(name, _)| name == column) {
        let hierarchy = &dimensions[place].1;
        return Some((place, (0..hierarchy.len()).filter(|code| hierarchy.is_leaf(*code)).collect()));
    }
    let is_in = |hierarchy: &Hierarchy, label: &str| hierarchy.place(code_of_csv(label));
    let found =
        |hierarchy: &Hierarchy| category.labels.iter().filter(|label| is_in(hierarchy, label).is_some()).count();
    // The first of those that have the most of its codes.
    let (place, (_, hierarchy)) = dimensions.iter().enumerate().rev().max_by_key(|(_, (_, codes))| found(codes))?;
    let problem = |what| Problem::error(&columns.file, what).column(column);
    if found(hierarchy) == 0 {
        problems.push(problem(DisclosureProblem::NoDimension));
        return None;
    }
    let mut codes = BTreeSet::new();
    for (label, text) in category.labels.iter().enumerate() {
        if let Some(code) = is_in(hierarchy, text) {
            codes.insert(code);
        } else {
            let row = category.codes.iter().position(|code| *code as usize == label).unwrap_or_default();
            let problem = problem(DisclosureProblem::OutsideHierarchy).value(&**text, Privacy::Answer);
            problems.push(columns.at(problem, row));
        }
    }
    Some((place, codes))
}

/// Whether a cell belongs to one table of a formula: the term's codes, and totals of the dimensions that it does not name.
fn is_of(term: &Term, codes: &[usize], dimensions: &[(String, Hierarchy)]) -> bool {
    codes.iter().zip(dimensions).enumerate().all(|(place, (code, (_, hierarchy)))| {
        term.get(&place).map_or_else(|| hierarchy.is_root(*code), |asked| asked.contains(code))
    })
}

/// A number of people.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 2^53")]
fn whole(count: f64) -> Option<u64> {
    let is_count = (0.0..FAR).contains(&count) && count.fract() == 0.0;
    is_count.then_some(count as u64)
}
