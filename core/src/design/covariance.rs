//! Linearised covariance from influence values summed by sampling unit.

use super::stages::{LonelyPsu, Stage, Stages};
use super::{Design, DesignProblem};
use nalgebra::DMatrix;

/// How much each sampling unit moves an estimate: for each stage, the units that hold records of the domain with the sum
/// of their records' influence, ascending by unit. Units that are not listed have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Influence(pub Vec<Vec<(u32, f64)>>);

impl Stages {
    /// The variance of an estimate: its covariance with itself.
    ///
    /// # Errors
    ///
    /// As [`Stages::covariance`].
    pub fn variance(&self, influence: &Influence) -> Result<f64, DesignProblem> {
        self.covariance(influence, influence)
    }

    /// The covariance of two estimates over the same sample.
    ///
    /// # Formula
    ///
    /// ```text
    /// stage 1:      V1 = sum over strata h of  f[h] n[h] / (n[h] - 1) * sum over units (u - mean u) (v - mean v)
    /// f[h]          = (N[h] - n[h]) / N[h], or 1 without a population
    /// later stages: the same inside each unit of the stage before, times n/N of all its ancestors
    /// ```
    ///
    /// n counts all units of the stratum in the sample; units without records of the domain have u = 0. Without a
    /// population at the first stage, later stages add nothing: the first then holds their variance already.
    ///
    /// # Errors
    ///
    /// [`DesignProblem::LonelyPsu`] under [`LonelyPsu::Fail`].
    ///
    /// # Source
    ///
    /// T. Lumley, *Complex Surveys* (2010), sections 2.2 and 3.1; C.-E. Särndal and others, *Model Assisted Survey
    /// Sampling* (1992), results 4.3.1 and 5.5.1. Lonely units: B. Schneider, "Lonely PSUs and the adjust option" (2022).
    pub fn covariance(&self, a: &Influence, b: &Influence) -> Result<f64, DesignProblem> {
        let mut sum = 0.0;
        // By unit of the stage before: the product of the sampling fractions of it and its ancestors.
        let mut fraction = vec![1.0];
        for (number, stage) in self.stages.iter().enumerate() {
            let (Some(a), Some(b)) = (a.0.get(number), b.0.get(number)) else { break };
            if fraction.iter().all(|fraction| *fraction == 0.0) {
                break;
            }
            let of_unit = |unit: u32| fraction[stage.parent.get(unit as usize).map_or(0, |parent| *parent as usize)];
            sum += self.of_stage(number, stage, a, b, &of_unit)?;
            fraction = (0..)
                .zip(&stage.stratum)
                .map(|(unit, stratum)| of_unit(unit) * stage.fraction(unit, *stratum))
                .collect();
        }
        Ok(sum)
    }

    /// The covariances of estimates with each other.
    ///
    /// # Errors
    ///
    /// As [`Stages::covariance`].
    pub fn covariance_matrix(&self, influences: &[Influence]) -> Result<DMatrix<f64>, DesignProblem> {
        let mut matrix = DMatrix::zeros(influences.len(), influences.len());
        for (row, a) in influences.iter().enumerate() {
            for (column, b) in influences.iter().enumerate().take(row + 1) {
                let covariance = self.covariance(a, b)?;
                matrix[(row, column)] = covariance;
                matrix[(column, row)] = covariance;
            }
        }
        Ok(matrix)
    }

    fn of_stage(
        &self,
        number: usize,
        stage: &Stage,
        a: &[(u32, f64)],
        b: &[(u32, f64)],
        fraction: &impl Fn(u32) -> f64,
    ) -> Result<f64, DesignProblem> {
        let mut pairs = Pairs { a, b, stage };
        let centre = self.centre(stage, a, b);
        let (mut sum, mut present, mut averaged) = (0.0, 0_u32, 0_u32);
        let mut units = Vec::new();
        while let Some(stratum) = pairs.stratum(&mut units) {
            let of = &stage.strata[stratum as usize];
            present += 1;
            if stage.is_census(stratum) {
                continue;
            }
            let n = f64::from(of.sampled);
            let here = units.len();
            let lonely = of.sampled == 1;
            let lonely_in_domain = here == 1 && !lonely && self.adjust_domain_lonely;
            let from = match self.lonely {
                LonelyPsu::Fail if lonely => {
                    return Err(DesignProblem::LonelyPsu { stratum: of.label.clone(), stage: number + 1 });
                }
                LonelyPsu::Average if lonely || lonely_in_domain => {
                    averaged += 1;
                    continue;
                }
                LonelyPsu::Adjust if lonely || lonely_in_domain => centre,
                _ if lonely => continue,
                _ => {
                    let total = units.iter().fold((0.0, 0.0), |sum, (_, a, b)| (sum.0 + a, sum.1 + b));
                    (total.0 / n, total.1 / n)
                }
            };
            let scale = fraction(units[0].0) * if lonely { 1.0 } else { n / (n - 1.0) };
            let correction = |unit: u32| match &stage.unit_correction {
                Some(corrections) => corrections[unit as usize],
                None => of.correction(),
            };
            let products = units.iter().map(|(unit, a, b)| correction(*unit) * (a - from.0) * (b - from.1));
            // Units without records of the domain: each at 0.
            #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
            let corrections = match &stage.unit_correction {
                Some(corrections) => {
                    let all = corrections[stage.units(stratum)].iter().sum::<f64>();
                    all - units.iter().map(|(unit, ..)| correction(*unit)).sum::<f64>()
                }
                None => (n - here as f64) * of.correction(),
            };
            let others = corrections * from.0 * from.1;
            sum += scale * (products.sum::<f64>() + others);
        }
        if averaged > 0 && averaged < present {
            sum *= f64::from(present) / f64::from(present - averaged);
        }
        Ok(sum)
    }

    /// The mean over all units of the stage, with which a lonely one is compared.
    #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
    fn centre(&self, stage: &Stage, a: &[(u32, f64)], b: &[(u32, f64)]) -> (f64, f64) {
        if self.lonely != LonelyPsu::Adjust {
            return (0.0, 0.0);
        }
        let mean = |list: &[(u32, f64)]| list.iter().map(|(_, value)| value).sum::<f64>() / stage.stratum.len() as f64;
        (mean(a), mean(b))
    }
}

impl Stage {
    /// The units of a stratum.
    fn units(&self, stratum: u32) -> std::ops::Range<usize> {
        self.stratum.partition_point(|other| *other < stratum)..self.stratum.partition_point(|other| *other <= stratum)
    }

    /// Whether every unit of a stratum was certain to be in the sample.
    fn is_census(&self, stratum: u32) -> bool {
        match &self.unit_correction {
            Some(corrections) => corrections[self.units(stratum)].iter().all(|correction| *correction < 1e-7),
            None => self.strata[stratum as usize].is_census(),
        }
    }

    /// The sampling fraction of a unit; 0 where the population is very large.
    fn fraction(&self, unit: u32, stratum: u32) -> f64 {
        match &self.unit_correction {
            Some(corrections) => 1.0 - corrections[unit as usize],
            None => 1.0 - self.strata[stratum as usize].correction(),
        }
    }
}

/// Two lists by unit, walked through together.
struct Pairs<'a> {
    a: &'a [(u32, f64)],
    b: &'a [(u32, f64)],
    stage: &'a Stage,
}

impl Pairs<'_> {
    /// The next stratum that either list has units of, and those units.
    fn stratum(&mut self, units: &mut Vec<(u32, f64, f64)>) -> Option<u32> {
        units.clear();
        let mut stratum = None;
        loop {
            let next = match (self.a.first(), self.b.first()) {
                (Some((a, _)), Some((b, _))) => *a.min(b),
                (Some((unit, _)), None) | (None, Some((unit, _))) => *unit,
                (None, None) => return stratum,
            };
            let of_next = self.stage.stratum[next as usize];
            if *stratum.get_or_insert(of_next) != of_next {
                return stratum;
            }
            let take = |list: &mut &[(u32, f64)]| match list {
                [(unit, value), rest @ ..] if *unit == next => {
                    let value = *value;
                    *list = rest;
                    value
                }
                _ => 0.0,
            };
            units.push((next, take(&mut self.a), take(&mut self.b)));
        }
    }
}

impl Design {
    /// Sums influence values by sampling unit. `values` has one per record; `None` outside the domain.
    #[must_use]
    pub fn influence(&self, values: &[Option<f64>]) -> Influence {
        let stages = self.units.iter().zip(&self.stages.stages).map(|(units, stage)| {
            let mut sums = vec![None; stage.stratum.len()];
            for (unit, value) in units.iter().zip(values) {
                if let Some(value) = value {
                    *sums[*unit as usize].get_or_insert(0.0) += value;
                }
            }
            (0..).zip(sums).filter_map(|(unit, sum)| Some((unit, sum?))).collect()
        });
        Influence(stages.collect())
    }
}
