//! Replicate weights that others have made.

use super::{Factors, ReplicateProblem, Replicates, Scaling, rank, weighted_units};
use crate::design::Design;

/// How given replicates were made, which says how their estimates become a variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GivenMethod {
    /// Balanced half-samples: scale 1 / R.
    Brr,
    /// Fay's method: scale 1 / (R (1 - rho)²).
    Fay {
        /// The part of its weight that the other half keeps.
        rho: f64,
    },
    /// Jackknife without strata: scale 1 / the largest factor of the first replicate, which is (n - 1) / n.
    Jk1,
    /// Jackknife by strata: rscale 1 / the largest factor of each replicate, which is (n - 1) / n of its stratum.
    Jkn,
    /// Bootstrap: scale 1 / (R - 1).
    Bootstrap,
    /// Any other: scale and rscales 1 where they are not given.
    Other,
}

impl GivenMethod {
    /// The method with a name on the command line.
    #[must_use]
    pub fn parse(name: &str, rho: Option<f64>) -> Option<Self> {
        Some(match name {
            "brr" => Self::Brr,
            "fay" => Self::Fay { rho: rho? },
            "jk1" => Self::Jk1,
            "jkn" => Self::Jkn,
            "bootstrap" => Self::Bootstrap,
            "other" => Self::Other,
            _ => return None,
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Brr => "brr",
            Self::Fay { .. } => "fay",
            Self::Jk1 => "jk1",
            Self::Jkn => "jkn",
            Self::Bootstrap => "bootstrap",
            Self::Other => "other",
        }
    }
}

/// Given factors: a table with a row per primary sampling unit and a column per replicate.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    /// The rows.
    pub rows: &'a [Vec<f64>],
    /// For each record of the design the row of its unit; `None` where the table has none.
    pub of_record: &'a [Option<usize>],
    /// How they were made.
    pub method: GivenMethod,
    /// In place of the method's scale.
    pub scale: Option<f64>,
    /// In place of the method's rscales, one per replicate.
    pub rscales: Option<Vec<f64>>,
    /// Whether deviations are taken from the estimate.
    pub mse: bool,
}

impl Replicates {
    /// Replicates from a table of factors, which multiply the weights of the design.
    ///
    /// Units of the table that are not in the design do no harm.
    ///
    /// # Errors
    ///
    /// [`ReplicateProblem::NoRow`], [`ReplicateProblem::TwoRows`], [`ReplicateProblem::Ragged`],
    /// [`ReplicateProblem::InvalidFactor`], [`ReplicateProblem::InvalidScale`], [`ReplicateProblem::InvalidRho`],
    /// [`ReplicateProblem::TooFew`].
    ///
    /// # Source
    ///
    /// Scales as R `survey`, `svrepdesign(combined.weights = FALSE)`.
    pub fn given(design: &Design, given: &Given<'_>) -> Result<Self, ReplicateProblem> {
        let units = design.stages.stages.first().map_or(0, |stage| stage.stratum.len());
        let mut row_of = vec![None; units];
        for (record, unit) in design.units.first().into_iter().flatten().enumerate() {
            let row = given.of_record.get(record).copied().flatten().filter(|row| *row < given.rows.len());
            let row = row.ok_or(ReplicateProblem::NoRow { record })?;
            if *row_of[*unit as usize].get_or_insert(row) != row {
                return Err(ReplicateProblem::TwoRows { record });
            }
        }
        let count = given.rows.first().map_or(0, Vec::len);
        if count < 2 {
            return Err(ReplicateProblem::TooFew);
        }
        if let Some(row) = given.rows.iter().position(|row| row.len() != count) {
            return Err(ReplicateProblem::Ragged { row });
        }
        let invalid = |row: &Vec<f64>| row.iter().position(|factor| !(factor.is_finite() && *factor >= 0.0));
        for (row, factors) in given.rows.iter().enumerate() {
            if let Some(replicate) = invalid(factors) {
                return Err(ReplicateProblem::InvalidFactor { row, replicate });
            }
        }
        let of_units = || row_of.iter().flatten().map(|row| &given.rows[*row]);
        let factors: Vec<f64> = (0..count).flat_map(|replicate| of_units().map(move |row| row[replicate])).collect();
        let scaling = scaling(given, count, &factors, units)?;
        let weighted = weighted_units(design, units);
        let factor = |replicate: usize, unit: u32| factors[replicate * units + unit as usize];
        #[allow(clippy::cast_precision_loss, reason = "a rank")]
        let df = rank(count, units, |unit| weighted[unit as usize], factor) as f64 - 1.0;
        Ok(Self { factors: Factors::Each(factors), units, scaling, df })
    }
}

fn scaling(given: &Given<'_>, count: usize, factors: &[f64], units: usize) -> Result<Scaling, ReplicateProblem> {
    #[allow(clippy::cast_precision_loss, reason = "a number of replicates")]
    let replicates = count as f64;
    let largest = |replicate: usize| factors[replicate * units..][..units].iter().fold(0.0, |a: f64, b| a.max(*b));
    let scale = match given.method {
        GivenMethod::Brr => 1.0 / replicates,
        GivenMethod::Fay { rho } if !(0.0..1.0).contains(&rho) => return Err(ReplicateProblem::InvalidRho),
        GivenMethod::Fay { rho } => 1.0 / (replicates * (1.0 - rho) * (1.0 - rho)),
        GivenMethod::Jk1 => 1.0 / largest(0),
        GivenMethod::Bootstrap => 1.0 / (replicates - 1.0),
        GivenMethod::Jkn | GivenMethod::Other => 1.0,
    };
    let rscales = match (&given.rscales, given.method) {
        (Some(rscales), _) => rscales.clone(),
        (None, GivenMethod::Jkn) => (0..count).map(|replicate| 1.0 / largest(replicate)).collect(),
        (None, _) => vec![1.0; count],
    };
    let scale = given.scale.unwrap_or(scale);
    let valid = |scale: &f64| scale.is_finite() && *scale >= 0.0;
    if rscales.len() != count || !valid(&scale) || !rscales.iter().all(valid) {
        return Err(ReplicateProblem::InvalidScale);
    }
    Ok(Scaling { scale, rscales, mse: given.mse })
}
