//! Centrality: the index from basic units, the class from the index, and the district index.
//!
//! What Statistics Norway prints of the method, and what has to be assumed, stands at [`Parameters`]; the files and the
//! commands in `docs/centrality.md`.
//!
//! Pairs of units are streamed. A piece of a CSV file becomes a state ([`Pairs`]), a block of a packed file another
//! ([`Counted`]); states merge, and their sums are whole numbers, so the result has the same bits in one piece or many,
//! in any order, natively and in wasm.

mod classify;
mod codes;
mod decay;
pub mod district;
mod edition;
mod fixed;
mod index;
mod packed;
mod pairs;
mod parameters;
mod problem;
mod reach;
pub mod report;
mod rows;
mod travel;
mod units;
mod write;

pub use classify::{Limits, classify};
pub use decay::Decay;
pub use edition::{EDITIONS, Edition, class, edition};
pub use index::{Central, Index, Municipality, index};
pub use packed::{Counted, Counting, Packed, header_length, is_packed};
pub use pairs::Pairs;
pub use parameters::{OwnUnit, Parameters, Scale, ServiceRule, Transform, Unknown};
pub use problem::CentralityProblem;
pub use reach::{Plan, Reach, Tally};
pub use travel::{Places, Travel, TravelColumns, codes_of};
pub use units::{ServicesFile, UnitColumns, Units};
pub use write::{Gathered, Packing};

#[cfg(test)]
mod tests;
