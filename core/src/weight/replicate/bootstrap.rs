//! Bootstraps by strata.

use super::cells::{BLOCK, Multipliers};
use super::jackknife::first;
use super::{Factors, ReplicateProblem, Replicates, Scaling, rank, strata, weighted_units};
use crate::design::{Design, LonelyPsu, Stage};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;
use std::ops::Range;

/// How units are drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BootstrapMethod {
    /// Rao and Wu's rescaling: n - 1 of the n units of a stratum, with replacement; a unit drawn k times has the factor
    /// k n / (n - 1). Finite populations do not enter. R's `subbootstrap`.
    RaoWu,
    /// Canty and Davison: n units without replacement from the sample repeated to the size of the population; with
    /// replacement where there is none. R's `bootstrap`.
    CantyDavison,
}

/// A bootstrap: factors are drawn when they are needed, so the matrix of units by replicates is never held.
///
/// # Random numbers
///
/// ChaCha with 8 rounds; the key is the seed in its first eight bytes, lowest first, and zeros. Replicates come in blocks of
/// 64. The stream `b * 2^32 + h` draws block b of stratum h (strata in the order of their labels, both from 0): replicate
/// after replicate, draw after draw, unit by unit. A draw below n is `(x n) >> 32` of a 32-bit word x; words with
/// `x n mod 2^32 < 2^32 mod n` are passed over, so that all are equally likely (Lemire). So any block of any stratum can be
/// drawn alone, and replicates are the same whichever thread draws them.
///
/// Canty and Davison: stream `(2^32 - 1) * 2^32 + h` first puts the units of a stratum in random order (Fisher and Yates, from
/// the last place), in which they are repeated to N, so that which of them come once more is random; replicates draw without
/// replacement from those N (Floyd).
///
/// # Errors
///
/// See [`Bootstrap::new`].
///
/// # Source
///
/// J. N. K. Rao and C. F. J. Wu, "Resampling inference with complex survey data", JASA 83 (1988); A. J. Canty and
/// A. C. Davison, "Resampling-based variance estimation for labour force surveys", The Statistician 48 (1999); D. Lemire, "Fast
/// random integer generation in an interval", ACM TOMACS 29 (2019).
#[derive(Clone, Debug)]
pub struct Bootstrap {
    method: BootstrapMethod,
    strata: Vec<Drawn>,
    replicates: usize,
    seed: u64,
}

/// A stratum to draw from.
#[derive(Clone, Debug)]
struct Drawn {
    units: Range<u32>,
    /// Size of the population, and the units in random order; for Canty and Davison.
    population: Option<(u32, Vec<u32>)>,
}

impl Bootstrap {
    /// A bootstrap of the first stage of a design.
    ///
    /// A stratum of one unit, or one that the sample holds completely (Canty–Davison only), keeps its factor 1: it adds
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`ReplicateProblem::TooFew`] for fewer than two replicates; [`ReplicateProblem::OneUnit`] where `lonely` is
    /// [`LonelyPsu::Fail`]; [`ReplicateProblem::NoUnits`], [`ReplicateProblem::UnequalProbabilities`].
    pub fn new(
        stage: &Stage,
        lonely: LonelyPsu,
        method: BootstrapMethod,
        replicates: usize,
        seed: u64,
    ) -> Result<Self, ReplicateProblem> {
        if stage.stratum.is_empty() {
            return Err(ReplicateProblem::NoUnits);
        }
        if stage.unit_correction.is_some() {
            return Err(ReplicateProblem::UnequalProbabilities);
        }
        if replicates < 2 {
            return Err(ReplicateProblem::TooFew);
        }
        let alone = stage.strata.iter().find(|stratum| stratum.sampled == 1 && !stratum.is_census());
        if let (LonelyPsu::Fail, Some(stratum)) = (lonely, alone) {
            return Err(ReplicateProblem::OneUnit { stratum: stratum.label.clone() });
        }
        let mut bootstrap = Self { method, strata: Vec::new(), replicates, seed };
        let drawn = stage.strata.iter().zip(strata(stage)).enumerate().map(|(number, (stratum, units))| {
            let population = stratum.population.filter(|_| method == BootstrapMethod::CantyDavison).map(|population| {
                // A population that is no whole number, or larger than any, loses what is beyond.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative; saturates")]
                let size = (population as u32).max(stratum.sampled);
                let mut order: Vec<u32> = (0..stratum.sampled).collect();
                let mut rng = bootstrap.rng(number, u32::MAX as usize);
                for last in (1..stratum.sampled).rev() {
                    order.swap(last as usize, below(&mut rng, last + 1) as usize);
                }
                (size, order)
            });
            Drawn { units, population }
        });
        bootstrap.strata = drawn.collect();
        Ok(bootstrap)
    }

    /// How replicate estimates become a variance: 1 / (R - 1); Canty and Davison's times m / (m - 1), m the harmonic mean of
    /// the numbers of units in strata.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
    pub fn scaling(&self) -> Scaling {
        let of_replicates = 1.0 / (self.replicates as f64 - 1.0);
        let inverse = |drawn: &Drawn| 1.0 / drawn.units.len() as f64;
        let units = self.strata.len() as f64 / self.strata.iter().map(inverse).sum::<f64>();
        let scale = match self.method {
            BootstrapMethod::CantyDavison if units > 1.0 => of_replicates * units / (units - 1.0),
            _ => of_replicates,
        };
        Scaling { scale, rscales: vec![1.0; self.replicates], mse: false }
    }

    /// All factors at once, for estimators of any kind.
    ///
    /// # Errors
    ///
    /// As [`Bootstrap::new`].
    #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
    pub fn of_design(
        design: &Design,
        method: BootstrapMethod,
        replicates: usize,
        seed: u64,
    ) -> Result<Replicates, ReplicateProblem> {
        let stage = first(design)?;
        let bootstrap = Self::new(stage, design.stages.lonely, method, replicates, seed)?;
        let units = stage.stratum.len();
        let mut factors = vec![0.0; replicates * units];
        let mut rows = Vec::new();
        for block in 0..replicates.div_ceil(BLOCK) {
            for chunk in 0..bootstrap.chunks() {
                bootstrap.fill(chunk, block, &mut rows);
                for (unit, row) in bootstrap.units(chunk).zip(&rows) {
                    for (replicate, factor) in (block * BLOCK..replicates).zip(row) {
                        factors[replicate * units + unit as usize] = *factor;
                    }
                }
            }
        }
        let weighted = weighted_units(design, units);
        let factor = |replicate: usize, unit: u32| factors[replicate * units + unit as usize];
        let rank = rank(replicates, units, |unit| weighted[unit as usize], factor);
        let scaling = bootstrap.scaling();
        Ok(Replicates { factors: Factors::Each(factors), units, scaling, df: rank as f64 - 1.0 })
    }

    fn rng(&self, stratum: usize, block: usize) -> ChaCha8Rng {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream((block as u64) << 32 | stratum as u64);
        rng
    }
}

impl Multipliers for Bootstrap {
    fn replicates(&self) -> usize {
        self.replicates
    }

    fn chunks(&self) -> usize {
        self.strata.len()
    }

    fn units(&self, chunk: usize) -> Range<u32> {
        self.strata[chunk].units.clone()
    }

    fn fill(&self, chunk: usize, block: usize, rows: &mut Vec<[f64; BLOCK]>) {
        let drawn = &self.strata[chunk];
        rows.clear();
        let n = drawn.units.end - drawn.units.start;
        if n == 1 {
            rows.push([1.0; BLOCK]);
            return;
        }
        rows.resize(n as usize, [0.0; BLOCK]);
        let mut rng = self.rng(chunk, block);
        let here = self.replicates.saturating_sub(block * BLOCK).min(BLOCK);
        match (&drawn.population, self.method) {
            (Some((population, order)), _) => {
                for replicate in 0..here {
                    let mut taken = BTreeSet::new();
                    for last in population - n..*population {
                        let place = below(&mut rng, last + 1);
                        let place = if taken.insert(place) { place } else { last };
                        taken.insert(place);
                        rows[order[(place % n) as usize] as usize][replicate] += 1.0;
                    }
                }
            }
            (None, BootstrapMethod::CantyDavison) => {
                for replicate in 0..here {
                    (0..n).for_each(|_| rows[below(&mut rng, n) as usize][replicate] += 1.0);
                }
            }
            (None, BootstrapMethod::RaoWu) => {
                for replicate in 0..here {
                    (1..n).for_each(|_| rows[below(&mut rng, n) as usize][replicate] += 1.0);
                }
                let factor = f64::from(n) / f64::from(n - 1);
                rows.as_flattened_mut().iter_mut().for_each(|count| *count *= factor);
            }
        }
    }
}

/// A whole number below `n`, each as likely as the others.
#[inline]
fn below(rng: &mut ChaCha8Rng, n: u32) -> u32 {
    loop {
        let product = u64::from(rng.next_u32()) * u64::from(n);
        #[allow(clippy::cast_possible_truncation, reason = "the lower and the upper half")]
        let (low, high) = (product as u32, (product >> 32) as u32);
        // 2^32 mod n is below n, so the remainder is only computed where it can matter.
        if low >= n || low >= n.wrapping_neg() % n {
            return high;
        }
    }
}
