//! The jackknife: each replicate leaves out one unit.

use super::{Deleted, Factors, ReplicateProblem, Replicates, Scaling, rank, strata, weighted_units};
use crate::design::{Design, LonelyPsu, Stage, Stratum};

impl Replicates {
    /// The jackknife of a design without strata (`JK1`).
    ///
    /// # Formula
    ///
    /// ```text
    /// factors   0 for the unit left out, n / (n - 1) for the others
    /// scale     (n - 1) / n * (N - n) / N
    /// ```
    ///
    /// When the sample holds all units of the population there are no replicates, and no variance.
    ///
    /// # Errors
    ///
    /// [`ReplicateProblem::Stratified`], [`ReplicateProblem::OneUnit`], [`ReplicateProblem::NoUnits`],
    /// [`ReplicateProblem::UnequalProbabilities`].
    ///
    /// # Source
    ///
    /// K. M. Wolter, *Introduction to Variance Estimation* (2007), section 4.2; R `survey`, `jk1weights`.
    pub fn jk1(design: &Design) -> Result<Self, ReplicateProblem> {
        let stage = first(design)?;
        let [stratum] = stage.strata.as_slice() else { return Err(ReplicateProblem::Stratified) };
        if stratum.is_census() {
            return Ok(none(stage));
        }
        if stratum.sampled < 2 {
            return one_unit(stratum);
        }
        let n = f64::from(stratum.sampled);
        let deleted = |unit| Deleted { unit, raised: 0..stratum.sampled, factor: n / (n - 1.0) };
        let deleted: Vec<_> = (0..stratum.sampled).map(deleted).collect();
        let scaling =
            Scaling { scale: stratum.correction() * (n - 1.0) / n, rscales: vec![1.0; deleted.len()], mse: false };
        Ok(of(design, stage, deleted, scaling))
    }

    /// The jackknife of a stratified design (`JKn`).
    ///
    /// # Formula
    ///
    /// ```text
    /// factors   0 for the unit left out, n[h] / (n[h] - 1) for the others of its stratum h, 1 elsewhere
    /// rscales   (n[h] - 1) / n[h] * (N[h] - n[h]) / N[h]
    /// ```
    ///
    /// Strata that the sample holds completely have no replicates. A stratum of one unit: `remove` and `certainty` give it
    /// none; `average` neither, and multiplies the scale with units / replicates; `adjust` leaves it out once, the other
    /// H - 1 strata having the factor H / (H - 1) and rscale (H - 1) / H. Where no stratum shows any variation, there are no
    /// replicates to have.
    ///
    /// # Errors
    ///
    /// [`ReplicateProblem::OneUnit`] under [`LonelyPsu::Fail`] or when no stratum has more, [`ReplicateProblem::NoUnits`],
    /// [`ReplicateProblem::UnequalProbabilities`].
    ///
    /// # Source
    ///
    /// K. M. Wolter, *Introduction to Variance Estimation* (2007), section 4.5; R `survey`, `jknweights`.
    pub fn jkn(design: &Design) -> Result<Self, ReplicateProblem> {
        let stage = first(design)?;
        let (mut deleted, mut rscales) = (Vec::new(), Vec::new());
        let units = u32::try_from(stage.stratum.len()).unwrap_or(u32::MAX);
        let mut averaged = false;
        for (stratum, range) in stage.strata.iter().zip(strata(stage)) {
            let n = f64::from(stratum.sampled);
            match design.stages.lonely {
                _ if stratum.is_census() => {}
                _ if stratum.sampled > 1 => {
                    let factor = n / (n - 1.0);
                    deleted.extend(range.clone().map(|unit| Deleted { unit, raised: range.clone(), factor }));
                    rscales.extend(range.map(|_| stratum.correction() * (n - 1.0) / n));
                }
                LonelyPsu::Fail => return one_unit(stratum),
                LonelyPsu::Adjust if stage.strata.len() > 1 => {
                    #[allow(clippy::cast_precision_loss, reason = "a number of strata")]
                    let strata = stage.strata.len() as f64;
                    let factor = strata / (strata - 1.0);
                    deleted.push(Deleted { unit: range.start, raised: 0..units, factor });
                    rscales.push((strata - 1.0) / strata);
                }
                LonelyPsu::Average => averaged = true,
                _ => {}
            }
        }
        if deleted.is_empty() {
            let alone = stage.strata.iter().find(|stratum| !stratum.is_census());
            return alone.map_or(Ok(none(stage)), one_unit);
        }
        #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
        let scale = if averaged { stage.stratum.len() as f64 / deleted.len() as f64 } else { 1.0 };
        Ok(of(design, stage, deleted, Scaling { scale, rscales, mse: false }))
    }
}

/// The first stage, of equal probabilities.
pub(super) fn first(design: &Design) -> Result<&Stage, ReplicateProblem> {
    match design.stages.stages.first() {
        Some(stage) if stage.stratum.is_empty() => Err(ReplicateProblem::NoUnits),
        Some(stage) if stage.unit_correction.is_some() => Err(ReplicateProblem::UnequalProbabilities),
        Some(stage) => Ok(stage),
        None => Err(ReplicateProblem::NoUnits),
    }
}

fn one_unit<T>(stratum: &Stratum) -> Result<T, ReplicateProblem> {
    Err(ReplicateProblem::OneUnit { stratum: stratum.label.clone() })
}

/// The sample is the population.
fn none(stage: &Stage) -> Replicates {
    let scaling = Scaling { scale: 0.0, rscales: Vec::new(), mse: false };
    Replicates { factors: Factors::Deleted(Vec::new()), units: stage.stratum.len(), scaling, df: 0.0 }
}

fn of(design: &Design, stage: &Stage, deleted: Vec<Deleted>, scaling: Scaling) -> Replicates {
    let units = stage.stratum.len();
    let mut replicates = Replicates { factors: Factors::Deleted(deleted), units, scaling, df: 0.0 };
    replicates.df = df(design, stage, &replicates);
    replicates
}

/// The rank less 1. Where every stratum has a replicate per unit and every unit has weight, it is units less strata: no need
/// to take apart a matrix of units by units.
#[allow(clippy::cast_precision_loss, reason = "numbers of units")]
fn df(design: &Design, stage: &Stage, replicates: &Replicates) -> f64 {
    let weighted = weighted_units(design, stage.stratum.len());
    let complete = stage.strata.iter().all(|stratum| stratum.sampled > 1 && !stratum.is_census());
    if complete && weighted.iter().all(|weighted| *weighted) {
        return stage.stratum.len() as f64 - stage.strata.len() as f64;
    }
    let factor = |replicate, unit| replicates.factor(replicate, unit);
    rank(replicates.len(), stage.stratum.len(), |unit| weighted[unit as usize], factor) as f64 - 1.0
}
