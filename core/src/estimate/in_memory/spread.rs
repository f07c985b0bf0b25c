//! How an estimate varies: by influence values, or from replicate to replicate.

use super::sample::Sample;
use crate::design::Influence;
use crate::estimate::NoEstimate;
use crate::weight::replicate::ReplicateEstimates;
use std::collections::BTreeMap;

/// What the variance of an estimate is made of.
#[derive(Clone, Debug)]
pub(super) enum Spread {
    /// Sums of influence values by sampling unit.
    Influence(Influence),
    /// The estimate in each replicate.
    Replicates(f64, Vec<Option<f64>>),
}

impl Spread {
    /// That of a linear combination of estimates.
    pub(super) fn combined(parts: &[(f64, &Self)]) -> Option<Self> {
        let (_, first) = parts.first()?;
        match first {
            Self::Influence(stages) => {
                let mut sums = vec![BTreeMap::<u32, f64>::new(); stages.0.len()];
                for (factor, part) in parts {
                    let Self::Influence(stages) = part else { return None };
                    for (sums, stage) in sums.iter_mut().zip(&stages.0) {
                        stage.iter().for_each(|(unit, sum)| *sums.entry(*unit).or_default() += factor * sum);
                    }
                }
                Some(Self::Influence(Influence(sums.into_iter().map(|sums| sums.into_iter().collect()).collect())))
            }
            Self::Replicates(_, replicates) => {
                let mut estimate = 0.0;
                let mut sums = vec![Some(0.0); replicates.len()];
                for (factor, part) in parts {
                    let Self::Replicates(own, replicates) = part else { return None };
                    estimate += factor * own;
                    for (sum, replicate) in sums.iter_mut().zip(replicates) {
                        *sum = sum.zip(*replicate).map(|(sum, replicate)| sum + factor * replicate);
                    }
                }
                Some(Self::Replicates(estimate, sums))
            }
        }
    }
}

impl Sample<'_> {
    /// Sums of influence values by sampling unit, of some records.
    pub(super) fn influence(&self, rows: &[usize], values: &[Option<f64>]) -> Influence {
        if let Some(residuals) = &self.residuals {
            // Known totals bind all records, those outside the domain too.
            let weights = &self.design.weights;
            let mut all = vec![0.0; weights.len()];
            for (row, value) in rows.iter().zip(values) {
                let weight = weights[*row];
                all[*row] = value.filter(|_| weight != 0.0).map_or(0.0, |value| value / weight);
            }
            residuals.project(&mut all);
            let weighted: Vec<_> = all.iter().zip(weights).map(|(value, weight)| Some(value * weight)).collect();
            return self.design.influence(&weighted);
        }
        let stages = self.design.units.iter().map(|units| {
            let mut sums = BTreeMap::<u32, f64>::new();
            for (row, value) in rows.iter().zip(values) {
                if let Some(value) = value {
                    *sums.entry(units[*row]).or_default() += value;
                }
            }
            sums.into_iter().collect()
        });
        Influence(stages.collect())
    }

    /// The covariance of two estimates.
    pub(super) fn covariance_of(&self, a: &Spread, b: &Spread) -> Result<f64, NoEstimate> {
        let covariance = match (a, b) {
            (Spread::Influence(a), Spread::Influence(b)) => self.prepared.covariance(a, b)?,
            (Spread::Replicates(one, a), Spread::Replicates(two, b)) => {
                let both = a.iter().zip(b).map(|(a, b)| Some(vec![(*a)?, (*b)?])).collect();
                let estimates = ReplicateEstimates { estimates: vec![*one, *two], replicates: both };
                self.scaling.covariance(&estimates)?[(0, 1)]
            }
            _ => return Err(NoEstimate::TooFewReplicates),
        };
        if covariance.is_finite() { Ok(covariance) } else { Err(NoEstimate::NotFinite) }
    }

    /// The variance of an estimate.
    pub(super) fn variance(&self, spread: &Spread) -> Result<f64, NoEstimate> {
        // What rounding leaves of a variance of 0 may be below it.
        self.covariance_of(spread, spread).map(|variance| variance.max(0.0))
    }
}
