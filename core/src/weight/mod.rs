//! Weights.

pub mod replicate;
