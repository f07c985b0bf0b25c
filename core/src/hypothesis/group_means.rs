//! Weighted means of groups, and the covariance of their differences.

use super::{TestProblem, TestResult};
use crate::design::{Design, Influence};
use crate::distribution::fisher_f;
use nalgebra::{DMatrix, DVector};

/// Means of groups under a design, with what each record moves them.
pub(super) struct GroupMeans<'a> {
    design: &'a Design,
    pub(super) means: Vec<f64>,
    /// The group and the value of each record that is used.
    used: Vec<Option<(usize, f64)>>,
    /// Sums of weights.
    weights: Vec<f64>,
    /// A standard error that is all rounding: values that are all the same have none.
    rounding: f64,
    /// Degrees of freedom of the records that were used.
    pub(super) df: f64,
}

impl<'a> GroupMeans<'a> {
    /// The means of `values` in the groups 0 to `count`; records without a value or a group are outside.
    pub(super) fn new(
        design: &'a Design,
        values: &[Option<f64>],
        groups: &[Option<usize>],
        count: usize,
    ) -> Result<Self, TestProblem> {
        let mut totals = vec![(0.0, 0.0); count];
        let used: Vec<Option<(usize, f64)>> = groups.iter().zip(values).map(|(group, y)| (*group).zip(*y)).collect();
        for (used, weight) in used.iter().zip(&design.weights) {
            if let Some((group, value)) = used {
                totals[*group].0 += weight * value;
                totals[*group].1 += weight;
            }
        }
        if totals.iter().any(|(_, weight)| *weight <= 0.0) {
            return Err(TestProblem::NoRecords);
        }
        let means: Vec<f64> = totals.iter().map(|(sum, weight)| sum / weight).collect();
        let largest = used.iter().flatten().fold(0.0, |most: f64, (_, value)| most.max(value.abs()));
        let df = design.domain_df(|row| used[row].is_some());
        let weights = totals.iter().map(|total| total.1).collect();
        Ok(Self { design, means, used, weights, rounding: 1e-14 * largest, df })
    }

    /// A group's mean less that of the first group.
    pub(super) fn difference(&self, group: usize) -> f64 {
        self.means[group] - self.means[0]
    }

    /// What each unit moves a sum of means, each times a factor.
    fn influence(&self, factor: impl Fn(usize) -> f64) -> Influence {
        let value = |(used, weight): (&Option<(usize, f64)>, &f64)| {
            used.map(|(group, y)| factor(group) * weight * (y - self.means[group]) / self.weights[group])
        };
        self.design.influence(&self.used.iter().zip(&self.design.weights).map(value).collect::<Vec<_>>())
    }

    /// What each unit moves a group's difference from the first.
    fn influence_of_difference(&self, group: usize) -> Influence {
        self.influence(|of| if of == group { 1.0 } else { -f64::from(u8::from(of == 0)) })
    }

    /// The standard error of the second group's difference.
    pub(super) fn se(&self) -> Result<f64, TestProblem> {
        self.se_of(&self.influence_of_difference(1))
    }

    /// The standard error of the first group's mean.
    pub(super) fn se_of_mean(&self) -> Result<f64, TestProblem> {
        self.se_of(&self.influence(|_| 1.0))
    }

    fn se_of(&self, influence: &Influence) -> Result<f64, TestProblem> {
        let se = self.design.stages.variance(influence)?.max(0.0).sqrt();
        Ok(if se <= self.rounding { 0.0 } else { se })
    }

    /// Wald's test that all means are equal: the statistic as chi-squared, its p value from F.
    pub(super) fn all_equal(&self) -> Result<TestResult, TestProblem> {
        let parts = self.means.len() - 1;
        let influences: Vec<Influence> = (1..=parts).map(|group| self.influence_of_difference(group)).collect();
        let covariance = self.design.stages.covariance_matrix(&influences)?;
        if covariance.diagonal().iter().all(|variance| *variance <= self.rounding * self.rounding) {
            return Err(TestProblem::NoVariance);
        }
        let differences = DVector::from_fn(parts, |group, _| self.difference(group + 1));
        let statistic = wald(&differences, covariance, self.df)?;
        #[expect(clippy::cast_precision_loss, reason = "a number of groups")]
        let numerator = parts as f64;
        let df = self.df - numerator;
        if df <= 0.0 {
            return Err(TestProblem::NoDf { df });
        }
        let p_value = fisher_f::upper_tail(statistic / numerator, numerator, df);
        Ok(TestResult { statistic, parameter: vec![numerator, df], p_value })
    }
}

/// b' V⁻¹ b, for a covariance that is not singular.
pub(crate) fn wald(b: &DVector<f64>, covariance: DMatrix<f64>, df: f64) -> Result<f64, TestProblem> {
    let parts = b.len();
    let scale: Vec<f64> = covariance.diagonal().iter().map(|variance| variance.sqrt()).collect();
    if scale.iter().all(|scale| *scale == 0.0) {
        return Err(TestProblem::NoVariance);
    }
    let singular = TestProblem::SingularCovariance { parts, df };
    if scale.iter().any(|scale| scale.is_nan() || *scale <= 0.0) {
        return Err(singular);
    }
    // As correlations, so that units of measurement do not decide what is small.
    let correlation = DMatrix::from_fn(parts, parts, |i, j| covariance[(i, j)] / (scale[i] * scale[j]));
    let Some(cholesky) = correlation.cholesky() else { return Err(singular) };
    if cholesky.l_dirty().diagonal().iter().any(|pivot| pivot * pivot < 1e-13) {
        return Err(singular);
    }
    let standardised = DVector::from_fn(parts, |i, _| b[i] / scale[i]);
    Ok(standardised.dot(&cholesky.solve(&standardised)))
}
