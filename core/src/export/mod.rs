//! Cubes as files: JSON-stat 2.0 out and in, tidy CSV out.

pub mod csv;
mod json;
pub mod jsonstat;
