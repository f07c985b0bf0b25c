//! Distributions that intervals and tests are read from, with the same digits on every machine.
//!
//! | distribution | file |
//! |---|---|
//! | normal | [`normal`] |
//! | Student's t | [`student_t`] |
//! | chi-squared | [`chi_squared`] |
//! | Fisher's F | [`fisher_f`] |
//! | beta, and the regularised incomplete beta function | [`beta`] |
//! | gamma, and the regularised incomplete gamma function | [`gamma`] |
//! | binomial | [`binomial`] |
//! | hypergeometric | [`hypergeometric`] |
//! | weighted sums of chi-squared variables | [`quadratic_form`] |
//!
//! Upper tails are computed as such, never as one minus the lower tail, so that small p values keep their digits.
//! Against values computed with 400 digits (`tests/distribution.rs`; degrees of freedom from 1/2 to a million, tails
//! down to 1e-300) tails and quantiles differ by less than 1e-13 of their size, and beyond 1e-100 by less than 5e-13.
//!
//! Transcendental functions come from `libm`. `statrs` 0.18 is a witness in the tests: on the same arguments its tails
//! of the normal, chi-squared, beta, F and t distributions have 8 to 10 digits, not the 12 that the reference asks for,
//! and it takes `ln` and `exp` from the platform, so that native and wasm differ in the last ones.

pub mod beta;
pub mod binomial;
pub mod chi_squared;
pub mod fisher_f;
pub mod gamma;
pub mod hypergeometric;
pub mod normal;
pub mod quadratic_form;
pub(crate) mod root;
pub mod student_t;
