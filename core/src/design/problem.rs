//! What can be wrong with a design.

use std::fmt;

/// Why a sample cannot have the design that it is said to have, or why the design gives no variance.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DesignProblem {
    /// The sample holds a single unit of a stratum, and [`LonelyPsu::Fail`](super::LonelyPsu::Fail) was chosen.
    LonelyPsu {
        /// The stratum.
        stratum: String,
        /// The stage, from 1.
        stage: usize,
    },
    /// A unit's id occurs in two strata, and ids were not said to be nested in strata.
    NotNested {
        /// The id.
        unit: String,
        /// The stage, from 1.
        stage: usize,
        /// A record with it.
        row: usize,
    },
    /// Population sizes and sampling fractions are mixed in one stage.
    MixedFpc {
        /// The stage, from 1.
        stage: usize,
        /// A record with a fraction.
        row: usize,
    },
    /// A finite population that is not a positive number.
    InvalidFpc {
        /// The stage, from 1.
        stage: usize,
        /// The record.
        row: usize,
    },
    /// The finite population differs within a stratum.
    FpcVaries {
        /// The stratum.
        stratum: String,
        /// The stage, from 1.
        stage: usize,
        /// The first record that differs.
        row: usize,
    },
    /// A probability that is not above 0 and at most 1.
    InvalidProbability {
        /// The stage, from 1.
        stage: usize,
        /// The record.
        row: usize,
    },
    /// The probability differs within a sampling unit.
    ProbabilityVaries {
        /// The stage, from 1.
        stage: usize,
        /// The first record that differs.
        row: usize,
    },
    /// More units in the sample than in the population.
    MoreThanPopulation {
        /// The stratum.
        stratum: String,
        /// The stage, from 1.
        stage: usize,
        /// Units in the sample.
        sampled: u32,
        /// Units in the population.
        population: f64,
        /// A record of the stratum.
        row: usize,
    },
}

impl DesignProblem {
    /// The record at which the problem shows.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::LonelyPsu { .. } => None,
            Self::NotNested { row, .. }
            | Self::MixedFpc { row, .. }
            | Self::InvalidFpc { row, .. }
            | Self::InvalidProbability { row, .. }
            | Self::ProbabilityVaries { row, .. }
            | Self::FpcVaries { row, .. }
            | Self::MoreThanPopulation { row, .. } => Some(*row),
        }
    }
}

impl DesignProblem {
    /// The stage, from 1.
    #[must_use]
    pub fn stage(&self) -> usize {
        match self {
            Self::LonelyPsu { stage, .. }
            | Self::NotNested { stage, .. }
            | Self::MixedFpc { stage, .. }
            | Self::InvalidFpc { stage, .. }
            | Self::InvalidProbability { stage, .. }
            | Self::ProbabilityVaries { stage, .. }
            | Self::FpcVaries { stage, .. }
            | Self::MoreThanPopulation { stage, .. } => *stage,
        }
    }
}

impl fmt::Display for DesignProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LonelyPsu { stratum, stage } => {
                write!(f, "stratum {stratum} has a single sampling unit at stage {stage}")
            }
            Self::NotNested { unit, stage, .. } => write!(f, "unit {unit} of stage {stage} lies in two strata"),
            Self::MixedFpc { stage, .. } => {
                write!(f, "the finite populations of stage {stage} are sizes in some records and fractions in others")
            }
            Self::InvalidFpc { stage, .. } => write!(f, "the finite population of stage {stage} is not above 0"),
            Self::InvalidProbability { stage, .. } => {
                write!(f, "a probability of stage {stage} is not above 0 and at most 1")
            }
            Self::ProbabilityVaries { stage, .. } => {
                write!(f, "the probability of a sampling unit at stage {stage} is not the same in all its records")
            }
            Self::FpcVaries { stratum, stage, .. } => {
                write!(f, "the finite population of stratum {stratum} at stage {stage} is not the same in all records")
            }
            Self::MoreThanPopulation { stratum, stage, sampled, population, .. } => write!(
                f,
                "stratum {stratum} at stage {stage} has {sampled} units in the sample, {population} in the population"
            ),
        }
    }
}

impl std::error::Error for DesignProblem {}
