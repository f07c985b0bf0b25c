//! Survey statistics and indicators for small regions: bytes in, values out.
//!
//! Nothing here opens a file, asks a clock, prints or starts a thread. The way of the data is one way:
//!
//! ```text
//! CSV bytes + codebook -> read -> sample -> indicator -> cube -> disclosure::protect -> SafeCube -> export, show
//! ```
//!
//! Without the feature `compute` only cubes and their display remain: that is what a widget loads.

pub mod cube;
pub mod date;
pub mod disclosure;
#[cfg(feature = "compute")]
pub mod estimate;
pub mod export;
#[cfg(feature = "compute")]
pub mod indicator;
#[cfg(feature = "compute")]
pub mod interval;
#[cfg(feature = "compute")]
pub mod problem;
#[cfg(feature = "compute")]
pub mod project;
#[cfg(feature = "compute")]
pub mod read;
#[cfg(feature = "compute")]
pub mod sample;
pub mod show;
#[cfg(feature = "compute")]
pub mod sum;
pub mod text;
