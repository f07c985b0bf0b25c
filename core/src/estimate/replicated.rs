//! The figures of the stream in each replicate, from sums by domain and sampling unit.

use super::plan::{Kind, Plan, Variable};
use super::replication::Made;
use super::sampled::Sampled;
use super::{EstimateProblem, Note};
use crate::design::Design;
use crate::estimate::NoEstimate;
use crate::problem::Problem;
use crate::weight::replicate::{Cells, Multipliers, ReplicateEstimates, ReplicateRatios, Scaling, Sums};

/// Numbers that are held: two per figure and replicate.
const LIMIT: usize = 1 << 25;

/// The replicates of all figures.
#[derive(Clone, Debug)]
pub(super) struct Replicated {
    made: Made,
    scaling: Scaling,
    /// Degrees of freedom of the whole sample.
    pub(super) df: f64,
    /// The name of the method.
    pub(super) name: &'static str,
    cells: Cells,
    ratios: ReplicateRatios,
}

/// What a figure takes from the sums of a slot.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    /// What is above the line.
    Above(usize),
    /// The ratio.
    Ratio(usize),
    /// What is above the line over what is below the line of another.
    Over(usize, usize),
}

impl Replicated {
    /// Replicates for a sample. `slots` are sums by slot, unit of the first stage, numerator and denominator.
    pub(super) fn new(
        plan: &Plan,
        sample: &Sampled,
        (count, slots): (usize, &[(u32, u32, f64, f64)]),
    ) -> Result<Option<Self>, Box<Problem>> {
        let (Some(replication), Some(units)) = (&plan.question.replication, &sample.first) else { return Ok(None) };
        let stages = sample.stages.stages();
        // A record for each unit: replicates know no more of a sample.
        let design = Design {
            stages: stages.clone(),
            units: vec![(0..).take(units.weighted.len()).collect()],
            weights: units.weighted.iter().map(|weighted| f64::from(u8::from(*weighted))).collect(),
        };
        let label = |unit: usize| units.names.get(unit).cloned().unwrap_or_default();
        let (made, scaling) = replication.of(&plan.file, &design, true, label)?;
        let wanted = count.saturating_mul(made.replicates());
        if wanted > LIMIT {
            let what = EstimateProblem::TooManyReplicates { count: wanted, limit: LIMIT };
            return Err(Box::new(Problem::error(&plan.file, what)));
        }
        let df = made.df(&units.weighted);
        let cells = Cells::new(count, units.weighted.len(), slots);
        let ratios = ReplicateRatios::new(made.replicates(), Vec::new());
        Ok(Some(Self { name: replication.name(stages), made, scaling, df, cells, ratios }))
    }

    /// How many blocks of replicates there are.
    pub(super) fn blocks(&self) -> usize {
        Cells::blocks(self.made.replicates())
    }

    /// The sums of a block, on any thread.
    pub(super) fn block(&self, block: usize) -> Sums {
        self.cells.block(&self.made, block)
    }

    /// Takes all blocks.
    pub(super) fn complete(&mut self, blocks: Vec<Sums>) {
        self.ratios = ReplicateRatios::new(self.made.replicates(), blocks);
    }

    /// How many replicates there are.
    pub(super) fn len(&self) -> usize {
        self.made.replicates()
    }

    /// A figure in each replicate.
    pub(super) fn values(&self, of: Of) -> Vec<Option<f64>> {
        match of {
            Of::Above(slot) => self.ratios.above(slot).into_iter().map(Some).collect(),
            Of::Ratio(slot) => self.ratios.of(slot),
            Of::Over(slot, below) => {
                let pairs = self.ratios.above(slot).into_iter().zip(self.ratios.below(below));
                pairs.map(|(above, below)| Some(above / below).filter(|ratio| ratio.is_finite())).collect()
            }
        }
    }

    /// The variance of a figure.
    pub(super) fn variance(&self, estimate: f64, values: &[Option<f64>]) -> Result<f64, Note> {
        self.scaling.variance(estimate, values).map_err(|reason| match reason {
            NoEstimate::TooFewReplicates => Note::TooFewReplicates,
            _ => Note::TooLarge,
        })
    }

    /// The covariances of figures. Each pair is over the replicates that have both.
    pub(super) fn covariance(&self, figures: &[(Option<f64>, Vec<Option<f64>>)]) -> Vec<Vec<Option<f64>>> {
        let known: Vec<usize> = (0..figures.len()).filter(|place| figures[*place].0.is_some()).collect();
        let joint = |places: &[usize]| {
            let replicate = |number: usize| places.iter().map(|place| figures[*place].1[number]).collect();
            let estimates = places.iter().filter_map(|place| figures[*place].0).collect();
            let replicates = (0..self.len()).map(replicate).collect();
            self.scaling.covariance(&ReplicateEstimates { estimates, replicates }).ok()
        };
        let whole = known.iter().all(|place| figures[*place].1.iter().all(Option::is_some));
        let all = whole.then(|| joint(&known)).flatten();
        let mut matrix = vec![vec![None; figures.len()]; figures.len()];
        for (row, a) in known.iter().enumerate() {
            for (column, b) in known.iter().enumerate().take(row + 1) {
                let covariance = match &all {
                    Some(all) => Some(all[(row, column)]),
                    None => joint(&[*a, *b]).map(|both| both[(0, 1)]),
                };
                matrix[*a][*b] = covariance;
                matrix[*b][*a] = covariance;
            }
        }
        matrix
    }

    /// Degrees of freedom of a domain that holds some units.
    pub(super) fn domain_df(&self, sample: &Sampled, units: impl Iterator<Item = u32>) -> f64 {
        let Some(first) = &sample.first else { return self.df };
        let mut weighted = vec![false; first.weighted.len()];
        units.for_each(|unit| weighted[unit as usize] = true);
        self.made.df(&weighted)
    }
}

/// What a figure of a statistic takes.
pub(super) fn of(variable: &Variable, slot: usize, domain: usize) -> Of {
    match variable.kind {
        _ if variable.is_total => Of::Above(slot),
        Kind::EachCode { .. } => Of::Over(slot, domain),
        _ => Of::Ratio(slot),
    }
}
