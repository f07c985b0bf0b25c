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
/// # Example
///
/// ```
/// use bygdepuls_core::design::{Design, LonelyPsu};
/// use bygdepuls_core::weight::replicate::{Bootstrap, BootstrapMethod, Cells, ReplicateRatios};
/// let design = Design::simple(vec![1.0; 4]); // four sampling units
/// let bootstrap = Bootstrap::new(&design.stages.stages[0], LonelyPsu::Fail, BootstrapMethod::RaoWu, 200, 1)?;
/// // Domain, unit, weights of yes, weights of all: one domain with 5 of 10.
/// let cells = Cells::new(1, 4, &[(0, 0, 1.0, 3.0), (0, 1, 2.0, 3.0), (0, 2, 1.0, 2.0), (0, 3, 1.0, 2.0)]);
/// let blocks = (0..Cells::blocks(200)).map(|block| cells.block(&bootstrap, block)).collect();
/// let shares = ReplicateRatios::new(200, blocks).of(0);
/// let se = bootstrap.scaling().variance(0.5, &shares)?.sqrt();
/// assert!((0.05..0.1).contains(&se)); // linearised: 0.067
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// [`LonelyPsu::Fail`], or no stratum has more than one; [`ReplicateProblem::NoUnits`], [`ReplicateProblem::UnequalProbabilities`].
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
        let all_alone = stage.strata.iter().all(|stratum| stratum.sampled == 1);
        if let Some(stratum) = alone.filter(|_| lonely == LonelyPsu::Fail || all_alone) {
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
    pub fn of_design(
        design: &Design,
        method: BootstrapMethod,
        replicates: usize,
        seed: u64,
    ) -> Result<Replicates, ReplicateProblem> {
        let stage = first(design)?;
        let bootstrap = Self::new(stage, design.stages.lonely, method, replicates, seed)?;
        let units = stage.stratum.len();
        let factors = bootstrap.factors(units);
        let (scaling, df) = (bootstrap.scaling(), bootstrap.df(&weighted_units(design, units)));
        Ok(Replicates { factors: Factors::Each(factors), units, scaling, df })
    }

    /// Degrees of freedom: the rank of the factors of the units that have a weight, less 1; R - 1 replicates where such units
    /// less strata are at least 64 more than replicates, as then random factors are independent.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
    pub fn df(&self, weighted: &[bool]) -> f64 {
        let units = weighted.iter().filter(|weighted| **weighted).count();
        if units >= self.replicates + self.strata.len() + 64 {
            return self.replicates as f64 - 1.0;
        }
        let factors = self.factors(weighted.len());
        let factor = |replicate: usize, unit: u32| factors[replicate * weighted.len() + unit as usize];
        rank(self.replicates, weighted.len(), |unit| weighted[unit as usize], factor) as f64 - 1.0
    }

    /// All factors, replicate after replicate.
    fn factors(&self, units: usize) -> Vec<f64> {
        let mut factors = vec![0.0; self.replicates * units];
        let mut rows = Vec::new();
        for block in 0..self.replicates.div_ceil(BLOCK) {
            for chunk in 0..self.chunks() {
                self.fill(chunk, block, &mut rows);
                for (unit, row) in self.units(chunk).zip(&rows) {
                    for (replicate, factor) in (block * BLOCK..self.replicates).zip(row) {
                        factors[replicate * units + unit as usize] = *factor;
                    }
                }
            }
        }
        factors
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
        let replicates = 0..here;
        match (&drawn.population, self.method) {
            (Some((population, order)), _) => replicates.for_each(|replicate| {
                let mut taken = BTreeSet::new();
                for last in population - n..*population {
                    let place = below(&mut rng, last + 1);
                    let place = if taken.insert(place) { place } else { last };
                    taken.insert(place);
                    rows[order[(place % n) as usize] as usize][replicate] += 1.0;
                }
            }),
            (None, BootstrapMethod::CantyDavison) => replicates.for_each(|replicate| {
                (0..n).for_each(|_| rows[below(&mut rng, n) as usize][replicate] += 1.0);
            }),
            (None, BootstrapMethod::RaoWu) => {
                replicates.for_each(|replicate| {
                    (1..n).for_each(|_| rows[below(&mut rng, n) as usize][replicate] += 1.0);
                });
                let factor = f64::from(n) / f64::from(n - 1);
                rows.as_flattened_mut().iter_mut().for_each(|count| *count *= factor);
            }
        }
    }
}

/// A whole number below `n`, each as likely as the others.
#[inline]
pub(crate) fn below(rng: &mut ChaCha8Rng, n: u32) -> u32 {
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
