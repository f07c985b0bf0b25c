//! Direct standardisation.

use super::{
    Calibrated, Category, Margin, WeightProblem, check_weights, post_stratification::post_stratify, same_length, sums,
};

/// Weights under which every group has the composition of one standard population, so that groups can be compared.
///
/// # Formula
///
/// ```text
/// g[i] = (N[c] / sum(N)) * sum(w[j], j in o) / sum(w[j], j in c and o),   c the category and o the group of i
/// ```
///
/// Each group keeps its sum of weights. The means of the groups are then directly standardised rates. Their residuals are
/// those of post-stratification to the cells of category and group.
///
/// # Input and result
///
/// | name       | shape | unit                | rule                                                        |
/// |------------|-------|---------------------|-------------------------------------------------------------|
/// | `weights`  | n     | units represented   | finite, >= 0, sum > 0                                       |
/// | `standard` | n     | category per record | totals of the standard population; only their shares matter |
/// | `groups`   | n     | position            | of the label in `labels`                                    |
/// | result     | n     | units represented   | same sum in every group with weight                         |
///
/// # Errors
///
/// [`WeightProblem::EmptyCategory`] names a category that the standard has and a group has not: R's `svystandardize`
/// leaves it out with a warning, and the group then has another composition than the others. Otherwise those of
/// [`post_stratify`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::{Category, Margin, standardisation::standardise};
/// let category = |label: &str, total| Category { label: label.into(), total };
/// let ages = vec![category("young", 1.0), category("old", 1.0)];
/// let age = Margin { name: "age".into(), categories: ages, rows: vec![0, 0, 0, 1] };
/// let standard = standardise(&[1.0; 4], &age, &[0; 4], &["all".into()])?;
/// assert_eq!(standard.weights, [2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0, 2.0]);
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Korn and Graubard, *Analysis of Health Surveys*, 1999, section 2.8; R package `survey`, `svystandardize`.
pub fn standardise(
    weights: &[f64],
    standard: &Margin,
    groups: &[usize],
    labels: &[String],
) -> Result<Calibrated, WeightProblem> {
    check_weights(weights)?;
    standard.check(weights)?;
    same_length("groups", weights.len(), groups.len())?;
    if let Some(row) = groups.iter().position(|group| *group >= labels.len()) {
        return Err(WeightProblem::NoCategory { margin: "groups".into(), row });
    }
    let all = standard.total();
    let sizes = sums(weights, groups, labels.len());
    let count = standard.categories.len();
    let cell = |(label, size): (&String, &f64)| {
        let size = *size;
        let cell = move |category: &Category| Category {
            label: format!("{},{label}", category.label),
            total: category.total / all * size,
        };
        standard.categories.iter().map(cell).collect::<Vec<_>>()
    };
    let cells = Margin {
        name: format!("{} by group", standard.name),
        categories: labels.iter().zip(&sizes).flat_map(cell).collect(),
        rows: groups.iter().zip(&standard.rows).map(|(group, category)| group * count + category).collect(),
    };
    post_stratify(weights, &cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weight::margin;

    #[test]
    fn a_category_that_a_group_has_not_is_named() {
        let age = margin("age", &[("young", 3.0), ("old", 1.0)], &[0, 1, 0]);
        let refused = standardise(&[1.0; 3], &age, &[0, 0, 1], &["a".into(), "b".into()]).unwrap_err();
        let WeightProblem::EmptyCategory { category, total, .. } = refused else { panic!() };
        assert_eq!((category.as_str(), total), ("old,b", 0.25));
    }
}
