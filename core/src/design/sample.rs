//! The design of records in memory.

use super::stages::{Stage, Stages, Stratum};
use super::{DesignProblem, LonelyPsu};
use crate::read::columns::Categories;
use std::cmp::Ordering;

/// What the columns of a file say of one stage.
#[derive(Clone, Debug, Default)]
pub struct StageColumns<'a> {
    /// The stratum: one column, or the interaction of several. Without one, one stratum.
    pub strata: Vec<&'a Categories>,
    /// The sampling unit; at the last stage, without one each record is a unit.
    pub units: Option<&'a Categories>,
    /// The finite population of each record's stratum: number of units, or the fraction that was sampled.
    pub fpc: Option<&'a [f64]>,
}

/// The design of a sample: its stages, and the units and the weight of each record.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// The stages.
    pub stages: Stages,
    /// For each stage the unit of each record.
    pub units: Vec<Vec<u32>>,
    /// Design weights, one per record; 0 leaves a record out of estimates but in the design.
    pub weights: Vec<f64>,
}

impl Design {
    /// The design of `rows` records.
    ///
    /// Without `weights` the weight of a record is the inverse of its probability, the product of the sampling fractions;
    /// without populations too, it is 1. With `nest`, ids of units are those inside their stratum, so that unit 1 of
    /// stratum A and unit 1 of stratum B are two; without it that is an error. Ids of later stages are always those inside
    /// their unit.
    ///
    /// Finite populations are sizes where any of the stage is above 1, otherwise sampling fractions.
    ///
    /// # Errors
    ///
    /// All problems that there are, each with a record that shows it.
    pub fn new(
        rows: usize,
        stages: &[StageColumns<'_>],
        weights: Option<Vec<f64>>,
        nest: bool,
        lonely: LonelyPsu,
    ) -> Result<Self, Vec<DesignProblem>> {
        let element = [StageColumns::default()];
        let stages = if stages.is_empty() { &element } else { stages };
        let mut problems = Vec::new();
        let (mut built, mut units) = (Vec::new(), Vec::<Vec<u32>>::new());
        for (columns, number) in stages.iter().zip(1..) {
            let (stage, of_rows) = stage(rows, columns, units.last(), nest, number, &mut problems);
            built.push(stage);
            units.push(of_rows);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let probability = |row: usize| -> f64 {
            let fractions = built.iter().zip(&units).map(|(stage, units)| {
                let stratum = &stage.strata[stage.stratum[units[row] as usize] as usize];
                stratum.population.map_or(1.0, |population| f64::from(stratum.sampled) / population)
            });
            fractions.product()
        };
        let weights = weights.unwrap_or_else(|| (0..rows).map(|row| 1.0 / probability(row)).collect());
        let stages = Stages { stages: built, lonely, adjust_domain_lonely: false };
        Ok(Self { stages, units, weights })
    }

    /// Independent records of equal probability from a very large population.
    #[must_use]
    pub fn simple(weights: Vec<f64>) -> Self {
        let rows = weights.len();
        let mut problems = Vec::new();
        let (stage, units) = stage(rows, &StageColumns::default(), None, false, 1, &mut problems);
        let stages = Stages { stages: vec![stage], lonely: LonelyPsu::default(), adjust_domain_lonely: false };
        Self { stages, units: vec![units], weights }
    }

    /// Degrees of freedom: primary sampling units less strata, of those with a weight above 0.
    #[must_use]
    pub fn df(&self) -> f64 {
        self.domain_df(|_| true)
    }

    /// Degrees of freedom of a domain: its primary sampling units less its strata.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "numbers of units")]
    pub fn domain_df(&self, contains: impl Fn(usize) -> bool) -> f64 {
        let (Some(units), Some(stage)) = (self.units.first(), self.stages.stages.first()) else { return 0.0 };
        let mut unit_seen = vec![false; stage.stratum.len()];
        let mut stratum_seen = vec![false; stage.strata.len()];
        for (row, (unit, weight)) in units.iter().zip(&self.weights).enumerate() {
            if *weight != 0.0 && contains(row) {
                unit_seen[*unit as usize] = true;
                stratum_seen[stage.stratum[*unit as usize] as usize] = true;
            }
        }
        let count = |seen: &[bool]| seen.iter().filter(|seen| **seen).count() as f64;
        count(&unit_seen) - count(&stratum_seen)
    }
}

/// One stage, and the unit of each record in it.
fn stage(
    rows: usize,
    columns: &StageColumns<'_>,
    parents: Option<&Vec<u32>>,
    nest: bool,
    number: usize,
    problems: &mut Vec<DesignProblem>,
) -> (Stage, Vec<u32>) {
    // Sorted by the unit of the stage before, then stratum, then id: units of a stratum become neighbours.
    let parent = |row: usize| parents.map_or(0, |parents| parents[row]);
    let by_stratum = |a: usize, b: usize| {
        let codes = columns.strata.iter().map(|column| column.codes[a].cmp(&column.codes[b]));
        codes.fold(parent(a).cmp(&parent(b)), Ordering::then)
    };
    let id = |row: usize| columns.units.map_or(u32::try_from(row).unwrap_or(u32::MAX), |units| units.codes[row]);
    // Records stand in the order of the file within a unit.
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|a, b| by_stratum(*a, *b).then_with(|| id(*a).cmp(&id(*b))));
    let mut built = Stage { strata: Vec::new(), stratum: Vec::new(), parent: Vec::new(), unit_correction: None };
    let mut of_rows = vec![0; rows];
    // The stratum of each id, to see that it has no other.
    let checked = columns.units.filter(|_| !nest && number == 1);
    let mut stratum_of = vec![None; checked.map_or(0, |units| units.labels.len())];
    let sizes = fpc_kind(columns.fpc, number, problems);
    for (stratum_number, records) in (0..).zip(order.chunk_by(|a, b| by_stratum(*a, *b).is_eq())) {
        let first_unit = built.stratum.len();
        for of_unit in records.chunk_by(|a, b| id(*a) == id(*b)) {
            let row = of_unit[0];
            let unit = u32::try_from(built.stratum.len()).unwrap_or(u32::MAX);
            of_unit.iter().for_each(|row| of_rows[*row] = unit);
            built.stratum.push(stratum_number);
            if parents.is_some() {
                built.parent.push(parent(row));
            }
            if let Some(units) = checked {
                let code = units.codes[row] as usize;
                if stratum_of[code].replace(stratum_number).is_some() {
                    let unit = units.labels[code].to_string();
                    problems.push(DesignProblem::NotNested { unit, stage: number, row });
                }
            }
        }
        let sampled = u32::try_from(built.stratum.len() - first_unit).unwrap_or(u32::MAX);
        let first = records[0];
        let names = columns.strata.iter().map(|column| &*column.labels[column.codes[first] as usize]);
        let label = names.collect::<Vec<_>>().join(":");
        let population = columns.fpc.and_then(|fpc| {
            if let Some(row) = records.iter().find(|row| fpc[**row].to_bits() != fpc[first].to_bits()) {
                problems.push(DesignProblem::FpcVaries { stratum: label.clone(), stage: number, row: *row });
            }
            let population = if sizes { fpc[first] } else { f64::from(sampled) / fpc[first] };
            if population < f64::from(sampled) * (1.0 - 1e-9) {
                let stratum = label.clone();
                problems.push(DesignProblem::MoreThanPopulation {
                    stratum,
                    stage: number,
                    sampled,
                    population,
                    row: first,
                });
            }
            population.is_finite().then_some(population)
        });
        built.strata.push(Stratum { label, sampled, population });
    }
    (built, of_rows)
}

/// Whether the finite populations of a stage are sizes; otherwise they are fractions.
fn fpc_kind(fpc: Option<&[f64]>, stage: usize, problems: &mut Vec<DesignProblem>) -> bool {
    let Some(fpc) = fpc else { return false };
    if let Some(row) = fpc.iter().position(|value| value.is_nan() || *value <= 0.0) {
        problems.push(DesignProblem::InvalidFpc { stage, row });
    }
    let sizes = fpc.iter().any(|value| *value > 1.0);
    if let Some(row) = fpc.iter().position(|value| sizes && *value < 1.0) {
        problems.push(DesignProblem::MixedFpc { stage, row });
    }
    sizes
}
