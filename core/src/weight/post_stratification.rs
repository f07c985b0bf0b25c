//! Post-stratification.

use super::{Calibrated, Margin, Residuals, WeightProblem, check_weights};

/// Weights whose sum in each category is the population's.
///
/// # Formula
///
/// ```text
/// g[i] = N[c] / sum(w[j] where j in c),   c the category of i
/// ```
///
/// # Input and result
///
/// | name       | shape | unit                 | rule                          |
/// |------------|-------|----------------------|-------------------------------|
/// | `weights`  | n     | units represented    | finite, >= 0, sum > 0         |
/// | `margin`   | n     | category per record  | totals finite, >= 0           |
/// | result     | n     | units represented    | sums to the total per category |
///
/// A category with total 0 and no weight is left alone.
///
/// # Errors
///
/// [`WeightProblem::EmptyCategory`] where the population has units and the sample no weight,
/// [`WeightProblem::ZeroTotal`] where it is the other way round; merge such categories with others. Malformed input:
/// [`WeightProblem::BadWeight`], [`WeightProblem::NoWeight`], [`WeightProblem::BadTotal`],
/// [`WeightProblem::LengthMismatch`], [`WeightProblem::NoCategory`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::weight::{Category, Margin, post_stratification::post_stratify};
/// let category = |label: &str, total| Category { label: label.into(), total };
/// let sex = Margin { name: "sex".into(), categories: vec![category("F", 6.0), category("M", 5.0)], rows: vec![0, 0, 1] };
/// assert_eq!(post_stratify(&[1.0, 2.0, 2.0], &sex)?.weights, [2.0, 4.0, 5.0]);
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
///
/// # Source
///
/// Särndal, Swensson and Wretman, *Model Assisted Survey Sampling*, 1992, section 7.6; residuals as R `survey` takes them.
pub fn post_stratify(weights: &[f64], margin: &Margin) -> Result<Calibrated, WeightProblem> {
    check_weights(weights)?;
    let sums = margin.check(weights)?;
    let factors = factors(margin, &sums);
    let g: Vec<f64> =
        weights.iter().zip(&margin.rows).map(|(weight, row)| if *weight > 0.0 { factors[*row] } else { 1.0 }).collect();
    Ok(Calibrated {
        weights: weights.iter().zip(&g).map(|(weight, g)| weight * g).collect(),
        g,
        iterations: 1,
        residuals: Residuals::within(weights, &margin.rows, &sums),
    })
}

/// What the weights of each category are multiplied with; the margin has been checked.
pub(super) fn factors(margin: &Margin, sums: &[f64]) -> Vec<f64> {
    let factor = |(category, sum): (&super::Category, &f64)| if *sum > 0.0 { category.total / sum } else { 1.0 };
    margin.categories.iter().zip(sums).map(factor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weight::margin;

    #[test]
    fn a_category_without_weight_or_without_total_is_named() {
        let sex = margin("sex", &[("F", 6.0), ("M", 5.0)], &[0, 0]);
        let empty = WeightProblem::EmptyCategory { margin: "sex".into(), category: "M".into(), total: 5.0 };
        assert_eq!(post_stratify(&[1.0, 2.0], &sex).unwrap_err(), empty);
        let sex = margin("sex", &[("F", 0.0), ("M", 5.0)], &[0, 1]);
        let zero = WeightProblem::ZeroTotal { margin: "sex".into(), category: "F".into(), weight: 1.0 };
        assert_eq!(post_stratify(&[1.0, 2.0], &sex).unwrap_err(), zero);
        assert_eq!(post_stratify(&[0.0, 2.0], &sex).unwrap().weights, [0.0, 5.0], "weight 0 stays 0");
    }

    #[test]
    fn malformed_input_is_refused() {
        let sex = margin("sex", &[("F", 6.0)], &[0, 1]);
        assert!(matches!(post_stratify(&[1.0, 1.0], &sex), Err(WeightProblem::NoCategory { row: 1, .. })));
        assert!(matches!(post_stratify(&[1.0], &sex), Err(WeightProblem::LengthMismatch { .. })));
        assert!(matches!(post_stratify(&[0.0, 0.0], &sex), Err(WeightProblem::NoWeight)));
        assert!(matches!(post_stratify(&[1.0, -1.0], &sex), Err(WeightProblem::BadWeight { row: 1, .. })));
        assert!(matches!(post_stratify(&[1.0, f64::NAN], &sex), Err(WeightProblem::BadWeight { row: 1, .. })));
        let sex = margin("sex", &[("F", f64::NAN)], &[0]);
        assert!(matches!(post_stratify(&[1.0], &sex), Err(WeightProblem::BadTotal { .. })));
    }
}
