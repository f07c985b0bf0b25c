//! The standing indicators of a region, from open registers: one file each, each with its formula alone and where its
//! numbers come from.
//!
//! Every figure is given for the project's municipalities, its regions, the project as a whole, and what they are held
//! against: the centrality class, the county, the country. A municipality also has its place in its class, as far as that
//! is certain: see [`place`].

pub mod age_structure;
pub mod centrality;
mod cohorts;
pub mod commuting;
pub mod dependency_ratio;
pub mod education;
pub mod employment_rate;
mod figures;
pub mod job_coverage;
pub mod jobs;
pub mod neet;
pub mod net_migration;
pub mod place;
pub mod population_change;
pub mod population_growth;
pub mod projection;
mod registers;
pub mod replacement;
pub mod shift_share;
pub mod youth_loss;

pub use figures::{Column, Entry, Figure, Figures, Unit};
pub use registers::{NAMES, Registers};
