//! The chi-squared distribution. Degrees of freedom may be any positive number.

use super::gamma;

/// P(X <= x) with `df` degrees of freedom.
#[must_use]
pub fn cdf(x: f64, df: f64) -> f64 {
    gamma::tails(0.5 * df, 0.5 * x).0
}

/// P(X > x) with `df` degrees of freedom, with full relative precision far out.
#[must_use]
pub fn upper_tail(x: f64, df: f64) -> f64 {
    gamma::tails(0.5 * df, 0.5 * x).1
}

/// The x that is exceeded with probability `tail`, 0 < tail < 1.
///
/// # Example
///
/// ```
/// use bygdepuls_core::distribution::chi_squared;
/// assert!((chi_squared::upper_quantile(0.05, 1.0) - 3.841_458_820_694_124).abs() < 1e-14);
/// ```
#[must_use]
pub fn upper_quantile(tail: f64, df: f64) -> f64 {
    2.0 * gamma::quantile_of_tails(1.0 - tail, tail, 0.5 * df)
}
