//! One statistic of the records of a group.

use crate::estimate::quantile::Ordered;
use crate::estimate::{
    Linearised, NoEstimate, QuantileIntervalMethod, QuantileRule, correlation, is_nothing, mean, ratio, total, variance,
};

/// A statistic with the values of the records of a group.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Mean(Vec<Option<f64>>),
    Total(Vec<Option<f64>>),
    Ratio(Vec<Option<f64>>, Vec<Option<f64>>),
    Quantile { values: Vec<Option<f64>>, p: f64, rule: QuantileRule, interval: QuantileIntervalMethod },
    Variance(Vec<Option<f64>>),
    Correlation(Vec<Option<f64>>, Vec<Option<f64>>),
}

impl Part {
    /// Whether a record counts.
    pub(super) fn has(&self, record: usize) -> bool {
        match self {
            Self::Mean(values) | Self::Total(values) | Self::Quantile { values, .. } | Self::Variance(values) => {
                values[record].is_some()
            }
            Self::Ratio(y, x) | Self::Correlation(y, x) => y[record].is_some() && x[record].is_some(),
        }
    }

    /// The estimate with any weights.
    pub(super) fn estimate(&self, weights: &[f64]) -> Result<f64, NoEstimate> {
        match self {
            Self::Mean(values) => mean::estimate(weights, values),
            Self::Total(values) => total::estimate(weights, values),
            Self::Ratio(y, x) => ratio::estimate(weights, y, x),
            Self::Quantile { values, p, rule, .. } => Ordered::new(weights, values)?.quantile(*p, *rule),
            Self::Variance(values) => variance::estimate(weights, values),
            Self::Correlation(y, x) => Ok(correlation::linearised(weights, y, x)?.estimate),
        }
    }

    /// Whether the values themselves leave something uncertain: they are not all equal, or not all on a line.
    pub(super) fn varies(&self, weights: &[f64]) -> bool {
        if let Self::Total(values) = self {
            let mut values = values.iter().flatten();
            let first = values.next();
            return values.any(|value| Some(value) != first);
        }
        let Some(Ok(Linearised { estimate, influence })) = self.linearised(weights) else { return false };
        let squares: f64 = influence.iter().flatten().map(|value| value * value).sum();
        !is_nothing(squares.sqrt(), estimate.abs())
    }

    /// The estimate with its influence values; a quantile has none.
    pub(super) fn linearised(&self, weights: &[f64]) -> Option<Result<Linearised, NoEstimate>> {
        Some(match self {
            Self::Mean(values) => mean::linearised(weights, values),
            Self::Total(values) => total::linearised(weights, values),
            Self::Ratio(y, x) => ratio::linearised(weights, y, x),
            Self::Variance(values) => variance::linearised(weights, values),
            Self::Correlation(y, x) => correlation::linearised(weights, y, x),
            Self::Quantile { .. } => return None,
        })
    }
}
