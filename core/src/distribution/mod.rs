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
//! Transcendental functions come from `libm`. (`statrs` 0.18 takes `ln` and `exp` from the platform: native and wasm
//! then differ in the last digits. It is a witness in the tests.)
//!
//! Upper tails are computed as such, never as one minus the lower tail, so that small p values keep their digits.

pub mod beta;
pub mod binomial;
pub mod chi_squared;
pub mod fisher_f;
pub mod gamma;
pub mod hypergeometric;
pub mod normal;
pub mod quadratic_form;
mod root;
pub mod student_t;
