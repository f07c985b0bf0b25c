//! Weights of those who stayed in a panel, so that they stand for those who did not.

use crate::design::Design;
use crate::model::{ModelMatrix, logistic};
use crate::register::Sex;
use crate::weight::{response_propensity, weighting_class};
use std::collections::BTreeMap;

/// Weights by classes of home municipality and sex.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// The class of each person.
    pub class: Vec<usize>,
    /// The classes: `5042 female`, `5042`, `5042+5043`.
    pub labels: Vec<String>,
    /// What the weights of those who stayed were multiplied with, by class.
    pub factors: Vec<f64>,
    /// The weight of each person; 0 for those who did not stay.
    pub weights: Vec<f64>,
}

/// Weighting classes of home municipality × sex. `None` if nobody stayed.
///
/// # Formula
///
/// ```text
/// w'[i] = w[i] * sum(w[j], j in c) / sum(w[j], j in c and stayed),   c the class of i, for those who stayed
/// ```
///
/// A class in which nobody stayed is put together with others: first the sexes of its municipality, then, if still nobody
/// stayed, municipalities that follow each other in the order given, which is the project's order.
///
/// # Input and result
///
/// | name     | shape | unit              | rule                                |
/// |----------|-------|-------------------|-------------------------------------|
/// | `weights`| n     | units represented | finite, >= 0, sum > 0               |
/// | `groups` | n     |                   | position in `names`, and sex        |
/// | `stayed` | n     | yes or no         |                                     |
///
/// # Source
///
/// As [`weighting_class::adjust`].
#[must_use]
pub fn classes(weights: &[f64], groups: &[(usize, Sex)], stayed: &[bool], names: &[&str]) -> Option<Classes> {
    let stayers = |of: &dyn Fn(usize, Sex) -> bool| {
        groups.iter().zip(stayed).zip(weights).any(|((group, stayed), w)| *stayed && *w > 0.0 && of(group.0, group.1))
    };
    let members = |of: &dyn Fn(usize, Sex) -> bool| groups.iter().any(|group| of(group.0, group.1));
    // Runs of municipalities in each of which somebody stayed.
    let mut runs: Vec<Vec<usize>> = vec![Vec::new()];
    for place in 0..names.len() {
        if !members(&|other, _| other == place) {
            continue;
        }
        if let Some(run) = runs.last_mut() {
            run.push(place);
            let is_full = stayers(&|other, _| run.contains(&other));
            if is_full {
                runs.push(Vec::new());
            }
        }
    }
    let rest = runs.pop().unwrap_or_default();
    runs.last_mut()?.extend(rest);
    let mut labels = Vec::new();
    let mut class_of: BTreeMap<(usize, Sex), usize> = BTreeMap::new();
    for run in &runs {
        let present = |sex: Sex| members(&|place, other| run.contains(&place) && other == sex);
        let sexes: Vec<Sex> = Sex::ALL.into_iter().filter(|sex| present(*sex)).collect();
        let whole = |sex: &Sex| stayers(&|place, other| run.contains(&place) && other == *sex);
        let by_sex = run.len() == 1 && sexes.iter().all(whole);
        let name = run.iter().map(|place| names[*place]).collect::<Vec<_>>().join("+");
        for sex in &sexes {
            if by_sex || *sex == sexes[0] {
                labels.push(if by_sex { format!("{name} {}", sex.code()) } else { name.clone() });
            }
            run.iter().for_each(|place| {
                class_of.insert((*place, *sex), labels.len() - 1);
            });
        }
    }
    let class: Vec<usize> = groups.iter().map(|group| class_of.get(group).copied()).collect::<Option<_>>()?;
    let adjusted = weighting_class::adjust(weights, &class, &labels, stayed).ok()?;
    Some(Classes { class, labels, factors: adjusted.factors, weights: adjusted.weights })
}

/// Weights divided by the probability of staying, from a logistic regression with the weights.
///
/// # Formula
///
/// ```text
/// log(p[i] / (1 - p[i])) = x[i] b,   w'[i] = w[i] / p[i] for those who stayed, 0 for the others
/// ```
///
/// `columns` are the variables of the model with their values; an intercept is added. `None` where the model cannot be
/// fitted: everybody stayed or nobody did, or the variables tell who stayed without error ([`logistic::fit`]).
///
/// # Source
///
/// Little, *International Statistical Review* 54, 1986, 139–157.
#[must_use]
pub fn propensity(weights: &[f64], columns: &[(&str, &[f64])], stayed: &[bool]) -> Option<Vec<f64>> {
    let design = Design::simple(weights.to_vec());
    let y: Vec<f64> = stayed.iter().map(|stayed| f64::from(u8::from(*stayed))).collect();
    let fit = logistic::fit(&design, &ModelMatrix::of_numbers(columns), &y).ok()?;
    response_propensity::adjust(weights, stayed, &fit.fitted).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Sex::{Female, Male};

    #[test]
    fn classes_without_anybody_left_are_put_together() {
        let groups = [(0, Female), (0, Female), (0, Male), (1, Female), (2, Male), (2, Female)];
        let names = ["A", "B", "C"];
        let stayed = [true, false, true, false, true, true];
        // B lost everybody: it goes with C.
        let made = classes(&[1.0; 6], &groups, &stayed, &names).unwrap();
        assert_eq!(made.labels, ["A female", "A male", "B+C"]);
        assert_eq!((made.factors, made.weights), (vec![2.0, 1.0, 1.5], vec![2.0, 0.0, 1.0, 0.0, 1.5, 1.5]));
        // The boy of A did not stay: A is one class. The last without anybody goes with the one before.
        let stayed = [true, false, false, true, false, false];
        let made = classes(&[1.0; 6], &groups, &stayed, &names).unwrap();
        assert_eq!((made.labels, made.factors), (vec!["A".to_owned(), "B+C".into()], vec![3.0, 3.0]));
        assert!(classes(&[1.0; 6], &groups, &[false; 6], &names).is_none());
    }
}
