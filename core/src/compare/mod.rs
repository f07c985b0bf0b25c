//! Differences and changes between groups and years, one file per method. Samples are taken as simple and independent;
//! with weights, strata or clusters use an estimate's contrast instead.
//!
//! | question | method | where |
//! |---|---|---|
//! | difference of two shares | Newcombe's hybrid score (the default here) | [`newcombe`] |
//! | | Miettinen–Nurminen and Mee score | [`miettinen_nurminen`] |
//! | | Agresti–Caffo | [`agresti_caffo`] |
//! | | Wald, for comparison with old tables only | [`wald`] |
//! | | Cohen's h | [`cohen_h`] |
//! | ratio of two shares | Katz | [`risk_ratio`] |
//! | ratio of two odds | sample, Woolf, Haldane | [`odds_ratio`] |
//! | | conditional, exact limits | [`exact_odds_ratio`] |
//! | the same people twice | Newcombe's paired, Tango, Bonett–Price, Wald | [`newcombe_paired`], [`tango`], [`bonett_price`], [`wald`] |
//! | | conditional odds ratio, exact limits | [`paired_odds_ratio`] |
//! | | agreement beyond chance | [`kappa`] |
//! | | flows between k answers | [`flow`] |
//! | before and after, beside a comparison group | difference in differences | [`difference_in_differences`] |
//! | two groups before anything was tried | standardised difference | [`standardised_difference`] |
//! | partly the same people twice | covariance of the overlap (Kish, Tam) | [`overlap`] |
//!
//! A difference of two groups is *first minus second*; a change is *second time minus first time*.
//! Every figure that does not exist is a [`NoResult`] with its reason, never a NaN.

pub mod agresti_caffo;
pub mod bonett_price;
pub mod cohen_h;
mod counts;
pub mod difference_in_differences;
pub mod exact_odds_ratio;
pub mod flow;
pub mod kappa;
pub(crate) mod masses;
pub mod miettinen_nurminen;
pub mod newcombe;
pub mod newcombe_paired;
mod no_result;
pub mod odds_ratio;
pub mod overlap;
pub mod paired_odds_ratio;
pub mod risk_ratio;
pub(crate) mod root;
pub mod standardised_difference;
pub mod tango;
pub mod wald;

pub use counts::{Crosstab, Pairs, TwoGroups};
pub use no_result::NoResult;

use crate::distribution::normal;
use crate::interval::Level;

/// An interval of a difference or a ratio, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The smallest.
    pub lower: f64,
    /// The largest; infinite for a ratio that nothing bounds.
    pub upper: f64,
}

impl Interval {
    /// `centre - half` to `centre + half`.
    fn around(centre: f64, half: f64) -> Self {
        Self { lower: centre - half, upper: centre + half }
    }
}

/// The normal quantile of 1 − α/2.
fn z(level: Level) -> f64 {
    normal::upper_quantile(level.tail())
}

/// Counts of people are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts of people")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}
