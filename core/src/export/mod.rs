//! Results as files: cubes as JSON-stat 2.0 out and in and as tidy CSV, estimates, intervals, problems,
//! protected tables and audits as JSON.

#[cfg(feature = "compute")]
pub mod audited;
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
pub mod plain;
#[cfg(feature = "compute")]
pub mod problems;
#[cfg(feature = "compute")]
pub mod protected;
#[cfg(feature = "compute")]
pub mod recruitment;
#[cfg(all(test, feature = "compute"))]
mod schema;
