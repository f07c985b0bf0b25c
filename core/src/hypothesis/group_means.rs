//! Weighted means of groups, and the covariance of their differences.

use super::{TestProblem, TestResult};
use crate::design::{Design, Influence};
use crate::distribution::fisher_f;
use nalgebra::{DMatrix, DVector};

/// Means of groups under a design, with what each record moves them.
pub(super) struct GroupMeans<'a> {
    design: &'a Design,
    pub(super) means: Vec<f64>,
    influences: Vec<Vec<Option<f64>>>,
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
        let influence = |of: usize| {
            let value = |(used, weight): (&Option<(usize, f64)>, &f64)| {
                used.map(|(group, y)| if group == of { weight * (y - means[of]) / totals[of].1 } else { 0.0 })
            };
            used.iter().zip(&design.weights).map(value).collect()
        };
        let influences = (0..count).map(influence).collect();
        let df = design.domain_df(|row| used[row].is_some());
        Ok(Self { design, means, influences, df })
    }

    /// A group's mean less that of the first group.
    pub(super) fn difference(&self, group: usize) -> f64 {
        self.means[group] - self.means[0]
    }

    fn influence(&self, group: usize) -> Influence {
        let of_first = &self.influences[0];
        let values = self.influences[group].iter().zip(of_first).map(|(own, first)| own.zip(*first));
        self.design.influence(&values.map(|pair| pair.map(|(own, first)| own - first)).collect::<Vec<_>>())
    }

    /// The standard error of the second group's difference.
    pub(super) fn se(&self) -> Result<f64, TestProblem> {
        Ok(self.design.stages.variance(&self.influence(1))?.max(0.0).sqrt())
    }

    /// The standard error of the first group's mean.
    pub(super) fn se_of_mean(&self) -> Result<f64, TestProblem> {
        Ok(self.design.stages.variance(&self.design.influence(&self.influences[0]))?.max(0.0).sqrt())
    }

    /// Wald's test that all means are equal: the statistic as chi-squared, its p value from F.
    pub(super) fn all_equal(&self) -> Result<TestResult, TestProblem> {
        let parts = self.means.len() - 1;
        let influences: Vec<Influence> = (1..=parts).map(|group| self.influence(group)).collect();
        let covariance = self.design.stages.covariance_matrix(&influences)?;
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
