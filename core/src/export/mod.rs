//! Cubes as files: JSON-stat 2.0 out and in, tidy CSV out.

mod json;
pub mod jsonstat;
