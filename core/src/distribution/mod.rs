//! Distributions that intervals and tests are read from, with the same digits on every machine.
//!
//! | distribution | file |
//! |---|---|
//! | normal | [`normal`] |
//! | Student's t | [`student_t`] |
//! | chi-squared | [`chi_squared`] |
//! | Fisher's F | [`fisher_f`] |
//! | beta, and the regularised incomplete beta function | [`beta`] |
//! | gamma, and its derivatives | [`gamma`] |
//!
//! Transcendental functions come from `libm`. (`statrs` 0.18 equals the reference grids too, but takes `ln` and `exp`
//! from the platform: native and wasm then differ in the last digits. It is a witness in the tests.)
//!
//! Upper tails are computed as such, never as one minus the lower tail, so that small p values keep their digits.

pub mod beta;
pub mod chi_squared;
pub mod fisher_f;
pub mod gamma;
pub mod normal;
pub mod student_t;
