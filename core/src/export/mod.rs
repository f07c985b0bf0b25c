//! Results as files: cubes as JSON-stat 2.0 out and in and as tidy CSV, estimates, intervals and problems as JSON.

pub mod csv;
#[cfg(feature = "compute")]
pub mod estimates;
#[cfg(feature = "audit-page")]
pub mod findings;
#[cfg(feature = "compute")]
pub mod intervals;
pub(crate) mod json;
pub mod jsonstat;
#[cfg(feature = "compute")]
pub mod problems;
#[cfg(all(test, feature = "compute"))]
mod schema;
