//! The logistic model of the hypotheses.

use super::{People, Roles};
use crate::model::{Fit, ModelMatrix, ModelProblem, logistic};
use std::collections::BTreeMap;

/// The logistic model of a tie, or of a number of friends, with what is held alike.
pub(super) fn model(
    people: &People<'_>,
    others: &[(&str, Vec<String>)],
    base: &[Option<bool>],
    cause: &[Option<f64>],
) -> Result<Model, ModelProblem> {
    let rows: Vec<usize> = (0..people.len()).filter(|row| base[*row].is_some() && cause[*row].is_some()).collect();
    let mut columns = vec![("cause".to_owned(), rows.iter().filter_map(|row| cause[*row]).collect::<Vec<_>>())];
    for (name, values) in others {
        let used: Vec<&str> = rows.iter().map(|row| values[*row].as_str()).collect();
        columns.extend(dummies(name, &used));
    }
    let named: Vec<(&str, &[f64])> = columns.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect();
    let mut matrix = ModelMatrix::of_numbers(&named);
    matrix.rows.clone_from(&rows);
    let y: Vec<f64> = rows.iter().filter_map(|row| base[*row]).map(|yes| f64::from(u8::from(yes))).collect();
    let fit = logistic::fit(&people.design, &matrix, &y)?;
    Ok(Model { fit, rows, columns: columns.into_iter().map(|(_, values)| values).collect() })
}

/// A fitted model with its records and its columns, without the intercept; the cause is the first.
pub(super) struct Model {
    pub(super) fit: Fit,
    pub(super) rows: Vec<usize>,
    pub(super) columns: Vec<Vec<f64>>,
}

/// What is held alike: year, wave, home municipality, and the project's own.
pub(super) fn others<'a>(people: &People<'_>, roles: &'a Roles) -> Vec<(&'a str, Vec<String>)> {
    let (places, project) = (people.places(), people.project());
    let of = |word: &dyn Fn(&(u16, usize, usize)) -> String| places.iter().map(word).collect::<Vec<_>>();
    let mut others = vec![
        ("year", of(&|place| place.0.to_string())),
        ("wave", of(&|place| project.survey.waves[place.1].code.clone())),
        ("home", of(&|place| project.municipalities[place.2].code.clone())),
    ];
    for name in roles.adjust.iter().filter(|name| people.column(name).is_some()) {
        let codes = people.codes(name);
        others.push((name, codes.iter().map(|code| code.unwrap_or("missing").to_owned()).collect()));
    }
    others
}

/// A column for each category but the first; the rarest, below ten records, are one.
fn dummies(name: &str, values: &[&str]) -> Vec<(String, Vec<f64>)> {
    const FEWEST: usize = 10;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    values.iter().for_each(|value| *counts.entry(value).or_default() += 1);
    let rare = |value: &str| counts.get(value).is_some_and(|n| *n < FEWEST);
    let mut levels: Vec<&str> = counts.keys().copied().filter(|value| !rare(value)).collect();
    if counts.keys().any(|value| rare(value)) {
        levels.push("rare");
    }
    let column = |level: &&str| {
        let of = |value: &&str| f64::from(u8::from(if rare(value) { "rare" } else { value } == *level));
        (format!("{name}{level}"), values.iter().map(of).collect())
    };
    levels.iter().skip(1).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_categories_are_one() {
        let counts = [("1", 12), ("2", 11), ("3", 2), ("missing", 1)];
        let values: Vec<&str> = counts.iter().flat_map(|(code, n)| vec![*code; *n]).collect();
        let columns = dummies("sex", &values);
        let sums: Vec<(String, f64)> = columns.into_iter().map(|(name, values)| (name, values.iter().sum())).collect();
        assert_eq!(sums, [("sex2".to_owned(), 11.0), ("sexrare".to_owned(), 3.0)]);
    }
}
