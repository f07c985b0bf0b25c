//! Sampling designs: strata, sampling units in one or more stages, finite populations, weights.
//!
//! | term | here |
//! |---|---|
//! | stratum, PSU, later stages | [`Stage`], [`Stratum`] |
//! | finite population correction | [`Stratum::population`] |
//! | strata with a single PSU | [`LonelyPsu`] |
//! | linearised variance and covariance | [`Stages::covariance`], from [`Influence`] |
//! | unequal probabilities without replacement | [`Design::brewer`], [`JointProbabilities`] |
//! | degrees of freedom | [`Design::df`], [`Design::domain_df`] |
//!
//! An estimate has an influence value for each record: how much the record moves it. Summed by sampling unit, these
//! values are all that a variance needs; so every estimator hands over its influence and never asks how the sample was
//! drawn. A domain keeps the full design: records outside it have influence 0, and their units still count.

mod covariance;
mod pps;
mod problem;
mod question;
mod sample;
mod stages;

pub use covariance::{ElementSums, Influence, Prepared};
pub use pps::{JointProbabilities, PpsProblem, PpsVariance};
pub use problem::DesignProblem;
pub(crate) use question::Test;
pub use question::{Comparison, Condition, DesignQuestion};
pub use sample::{Design, StageColumns};
pub use stages::{LonelyPsu, Stage, Stages, Stratum};
