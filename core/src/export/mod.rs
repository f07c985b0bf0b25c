//! Results as files: cubes as JSON-stat 2.0 out and in and as tidy CSV, estimates and problems as JSON.

pub mod csv;
#[cfg(feature = "compute")]
pub mod estimates;
mod json;
pub mod jsonstat;
#[cfg(feature = "compute")]
pub mod problems;
