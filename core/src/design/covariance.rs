//! Linearised covariance from influence values summed by sampling unit.

use super::stages::{LonelyPsu, Stage, Stages, Stratum};
use super::{Design, DesignProblem};
use crate::sum::DoubleDouble;
use nalgebra::DMatrix;
use std::borrow::Cow;

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
        self.prepared().covariance(a, b)
    }

    /// The covariances of estimates with each other.
    ///
    /// # Errors
    ///
    /// As [`Stages::covariance`].
    pub fn covariance_matrix(&self, influences: &[Influence]) -> Result<DMatrix<f64>, DesignProblem> {
        let prepared = self.prepared();
        let mut matrix = DMatrix::zeros(influences.len(), influences.len());
        for (row, a) in influences.iter().enumerate() {
            for (column, b) in influences.iter().enumerate().take(row + 1) {
                let covariance = prepared.covariance(a, b)?;
                matrix[(row, column)] = covariance;
                matrix[(column, row)] = covariance;
            }
        }
        Ok(matrix)
    }

    /// The stages, ready for many estimates: what does not depend on the estimate is computed once.
    #[must_use]
    pub fn prepared(&self) -> Prepared<'_> {
        Prepared::new(Cow::Borrowed(self))
    }

    /// As [`Stages::prepared`], with the stages inside.
    #[must_use]
    pub fn into_prepared(self) -> Prepared<'static> {
        Prepared::new(Cow::Owned(self))
    }

    fn fractions(&self) -> Vec<Vec<f64>> {
        let mut fractions = vec![vec![1.0]];
        for stage in &self.stages {
            let above = fractions.last().map_or(&[][..], Vec::as_slice);
            let of_unit = |unit: u32| above[stage.parent.get(unit as usize).map_or(0, |parent| *parent as usize)];
            let own = (0..)
                .zip(&stage.stratum)
                .map(|(unit, stratum)| of_unit(unit) * stage.fraction(unit, *stratum))
                .collect();
            fractions.push(own);
        }
        fractions
    }

    /// What the units of a stratum are compared with.
    fn centre_of(&self, number: usize, stratum: &Stratum, here: u64, census: bool) -> Result<Centre, DesignProblem> {
        if census {
            return Ok(Centre::Nothing);
        }
        let lonely = stratum.sampled == 1;
        let in_domain = here == 1 && !lonely && self.adjust_domain_lonely;
        match self.lonely {
            LonelyPsu::Fail if lonely => {
                Err(DesignProblem::LonelyPsu { stratum: stratum.label.clone(), stage: number + 1 })
            }
            LonelyPsu::Average if lonely || in_domain => Ok(Centre::Averaged),
            LonelyPsu::Adjust if lonely || in_domain => Ok(Centre::OfAll),
            _ if lonely => Ok(Centre::Nothing),
            _ => Ok(Centre::OfStratum),
        }
    }
}

/// With what the units of a stratum are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Centre {
    /// Their mean.
    OfStratum,
    /// The mean of all units of the stage.
    OfAll,
    /// The stratum adds nothing.
    Nothing,
    /// The stratum adds as much as the mean of the others.
    Averaged,
}

/// Stages with the products of their sampling fractions.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    stages: Cow<'a, Stages>,
    /// For each stage, by unit of the stage before: the product of the sampling fractions of it and its ancestors.
    fractions: Vec<Vec<f64>>,
    /// How many stages add to a variance: none after one whose population is very large.
    stages_that_add: usize,
}

/// What a variance needs to know of the records in a stratum where each record is a unit: sums of two estimates'
/// influence over the records that the domains hold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ElementSums {
    /// The stratum.
    pub stratum: u32,
    /// Records of the domains.
    pub records: u64,
    /// The sum of the first influence. With the digits of two doubles: what varies may be little beside it.
    pub a: DoubleDouble,
    /// The sum of the second influence.
    pub b: DoubleDouble,
    /// The sum of their products.
    pub product: DoubleDouble,
}

impl<'a> Prepared<'a> {
    fn new(stages: Cow<'a, Stages>) -> Self {
        let fractions = stages.fractions();
        let none = |fractions: &Vec<f64>| fractions.iter().all(|fraction| *fraction == 0.0);
        let stages_that_add = fractions.iter().position(none).unwrap_or(stages.stages.len()).min(stages.stages.len());
        Self { stages, fractions, stages_that_add }
    }

    /// The stages.
    #[must_use]
    pub fn stages(&self) -> &Stages {
        &self.stages
    }

    /// As [`Stages::covariance`].
    ///
    /// # Errors
    ///
    /// As [`Stages::covariance`].
    pub fn covariance(&self, a: &Influence, b: &Influence) -> Result<f64, DesignProblem> {
        let mut sum = 0.0;
        for (number, stage) in self.stages.stages.iter().enumerate().take(self.stages_that_add) {
            let (Some(a), Some(b)) = (a.0.get(number), b.0.get(number)) else { break };
            let fraction = &self.fractions[number];
            let of_unit = |unit: u32| fraction[stage.parent.get(unit as usize).map_or(0, |parent| *parent as usize)];
            sum += self.stages.of_stage(number, stage, a, b, &of_unit)?;
        }
        Ok(sum)
    }

    /// What the last stage adds, where each record is a unit and only the sums of its strata are known; ascending by
    /// stratum. The strata of a later stage are the units of the stage before.
    ///
    /// # Errors
    ///
    /// As [`Stages::covariance`].
    #[allow(clippy::cast_precision_loss, reason = "numbers of records")]
    pub fn elements(&self, sums: &[ElementSums]) -> Result<f64, DesignProblem> {
        let last = self.stages.stages.iter().enumerate().next_back();
        let Some((number, stage)) = last.filter(|(number, _)| *number < self.stages_that_add) else { return Ok(0.0) };
        let fraction = |stratum: u32| if number == 0 { 1.0 } else { self.fractions[number][stratum as usize] };
        let all: f64 = stage.strata.iter().map(|stratum| f64::from(stratum.sampled)).sum();
        let mean = |value: fn(&ElementSums) -> DoubleDouble| {
            sums.iter().fold(DoubleDouble::default(), |sum, of| sum + value(of)) / all
        };
        let centre = (mean(|sums| sums.a), mean(|sums| sums.b));
        let (mut sum, mut averaged) = (0.0, 0_usize);
        for of in sums {
            let stratum = &stage.strata[of.stratum as usize];
            let n = f64::from(stratum.sampled);
            let scale = fraction(of.stratum) * stratum.correction();
            let spread = match self.stages.centre_of(number, stratum, of.records, stratum.is_census())? {
                Centre::Nothing => continue,
                Centre::Averaged => {
                    averaged += 1;
                    continue;
                }
                Centre::OfStratum => of.product - of.a * of.b / n,
                Centre::OfAll => of.product - centre.0 * of.b - of.a * centre.1 + centre.0 * centre.1 * n,
            };
            sum += scale * spread.value() * if stratum.sampled == 1 { 1.0 } else { n / (n - 1.0) };
        }
        if averaged > 0 && averaged < sums.len() {
            sum *= sums.len() as f64 / (sums.len() - averaged) as f64;
        }
        Ok(sum)
    }
}

impl Stages {
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
            let n = f64::from(of.sampled);
            let here = units.len();
            let from = match self.centre_of(number, of, here as u64, stage.is_census(stratum))? {
                Centre::Nothing => continue,
                Centre::Averaged => {
                    averaged += 1;
                    continue;
                }
                Centre::OfAll => centre,
                Centre::OfStratum => {
                    let total = units.iter().fold((0.0, 0.0), |sum, (_, a, b)| (sum.0 + a, sum.1 + b));
                    (total.0 / n, total.1 / n)
                }
            };
            let scale = fraction(units[0].0) * if of.sampled == 1 { 1.0 } else { n / (n - 1.0) };
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
