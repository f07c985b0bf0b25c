//! What the variance of an estimate from calibrated weights is computed from.

use super::Margin;

/// Takes from influence values what the auxiliaries explain.
///
/// An estimate from calibrated weights varies less than one from the design weights, because the population totals of the
/// auxiliaries are known. Its variance is the design variance of `w[i] * e[i]`, where w are the calibrated weights and e
/// the residuals of the influence values z:
///
/// ```text
/// post-stratification   e[i] = z[i] - sum(d[j] * z[j]) / sum(d[j]),  j in the category of i, d the design weights
/// raking                margin after margin, ten times:
///                       e[i] = e[i] - r[i] * mean(e[j] / r[j]),  j in the category of i,
///                       r = weight after that margin in the last round / final weight
/// calibration           e[i] = z[i] - x[i]' B,  B of the regression of z on x with the design weights
/// ```
///
/// These are the conventions of R `survey` (`svyrecvar`); the mean in raking is without weights there, and here. For
/// weights that were trimmed afterwards, multiply z with trimmed / calibrated weight before, and divide after.
///
/// Rows of design weight 0 take no part in the sums; their residuals are multiplied with a weight of 0.
///
/// ```
/// use bygdepuls_core::weight::{Category, Margin, post_stratification::post_stratify};
/// let all = Margin { name: "all".into(), categories: vec![Category { label: "all".into(), total: 9.0 }], rows: vec![0, 0] };
/// let calibrated = post_stratify(&[1.0, 2.0], &all)?;
/// let mut z = [6.0, 3.0];
/// calibrated.residuals.project(&mut z);
/// assert_eq!(z, [2.0, -1.0]); // the weighted mean is 4
/// # Ok::<(), bygdepuls_core::weight::WeightProblem>(())
/// ```
#[derive(Clone, Debug)]
pub struct Residuals(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// From the weighted mean of the category. `share` is d / sum(d) within it.
    Within { rows: Vec<usize>, share: Vec<f64>, categories: usize },
    /// Margin after margin.
    Raked(Vec<Ring>),
    /// From a regression on columns that are orthonormal under the design weights: `basis[k]` is a column of them divided
    /// by the square root of the weight, `weights` are the design weights.
    Regression { basis: Vec<Vec<f64>>, weights: Vec<f64> },
}

/// One margin of a raking.
#[derive(Clone, Debug)]
struct Ring {
    rows: Vec<usize>,
    /// Weight after this margin in the last round / final weight.
    ratio: Vec<f64>,
    /// 1 / records with weight in the category of a record, 0 for a record without weight.
    share: Vec<f64>,
    categories: usize,
}

/// Rounds over the margins of a raking, as R `survey` takes.
const ROUNDS: usize = 10;

impl Residuals {
    /// Of post-stratification; `sums` are those of the design weights.
    pub(super) fn within(weights: &[f64], rows: &[usize], sums: &[f64]) -> Self {
        let share = weights.iter().zip(rows).map(|(weight, row)| if *weight > 0.0 { weight / sums[*row] } else { 0.0 });
        Self(Kind::Within { rows: rows.to_vec(), share: share.collect(), categories: sums.len() })
    }

    /// Of raking; `factors` are those of the last round, by margin and category.
    pub(super) fn raked(weights: &[f64], margins: &[Margin], factors: &[Vec<f64>]) -> Self {
        let mut ratio = vec![1.0; weights.len()];
        let mut rings = Vec::with_capacity(margins.len());
        for (margin, factors) in margins.iter().zip(factors).rev() {
            let counted: Vec<f64> = weights.iter().map(|weight| if *weight > 0.0 { 1.0 } else { 0.0 }).collect();
            let counts = super::sums(&counted, &margin.rows, margin.categories.len());
            let share =
                counted.iter().zip(&margin.rows).map(|(one, row)| if *one > 0.0 { 1.0 / counts[*row] } else { 0.0 });
            rings.push(Ring {
                rows: margin.rows.clone(),
                ratio: ratio.clone(),
                share: share.collect(),
                categories: margin.categories.len(),
            });
            for (ratio, row) in ratio.iter_mut().zip(&margin.rows) {
                *ratio /= factors[*row];
            }
        }
        rings.reverse();
        Self(Kind::Raked(rings))
    }

    /// Of calibration.
    pub(super) fn regression(basis: Vec<Vec<f64>>, weights: &[f64]) -> Self {
        Self(Kind::Regression { basis, weights: weights.to_vec() })
    }

    /// Replaces influence values, one per record, by their residuals.
    ///
    /// # Panics
    ///
    /// When there are not as many values as weights.
    pub fn project(&self, influence: &mut [f64]) {
        match &self.0 {
            Kind::Within { rows, share, categories } => {
                assert_eq!(influence.len(), rows.len(), "one influence value per record");
                let terms: Vec<f64> = influence.iter().zip(share).map(|(value, share)| value * share).collect();
                let means = super::sums(&terms, rows, *categories);
                influence.iter_mut().zip(rows).for_each(|(value, row)| *value -= means[*row]);
            }
            Kind::Raked(rings) => {
                for ring in (0..ROUNDS).flat_map(|_| rings) {
                    ring.project(influence);
                }
            }
            Kind::Regression { basis, weights } => {
                assert_eq!(influence.len(), weights.len(), "one influence value per record");
                for column in basis {
                    let terms = influence.iter().zip(column).zip(weights);
                    let slope = super::sum(terms.map(|((value, x), weight)| value * x * weight));
                    influence.iter_mut().zip(column).for_each(|(value, x)| *value -= slope * x);
                }
            }
        }
    }
}

impl Ring {
    fn project(&self, values: &mut [f64]) {
        assert_eq!(values.len(), self.rows.len(), "one influence value per record");
        let terms = values.iter().zip(&self.ratio).zip(&self.share);
        let terms: Vec<f64> = terms.map(|((value, ratio), share)| value / ratio * share).collect();
        let means = super::sums(&terms, &self.rows, self.categories);
        for ((value, row), ratio) in values.iter_mut().zip(&self.rows).zip(&self.ratio) {
            *value -= ratio * means[*row];
        }
    }
}
