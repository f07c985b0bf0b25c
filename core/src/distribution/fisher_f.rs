//! Fisher's F distribution. Degrees of freedom may be any positive numbers; the second may be infinite.

use super::{beta, chi_squared};

/// P(X <= x) with `df1` and `df2` degrees of freedom.
#[must_use]
pub fn cdf(x: f64, df1: f64, df2: f64) -> f64 {
    tails(x, df1, df2).0
}

/// P(X > x) with `df1` and `df2` degrees of freedom, with full relative precision far out.
#[must_use]
pub fn upper_tail(x: f64, df1: f64, df2: f64) -> f64 {
    tails(x, df1, df2).1
}

fn tails(x: f64, df1: f64, df2: f64) -> (f64, f64) {
    let scaled = df1 * x;
    if scaled <= 0.0 {
        (0.0, 1.0)
    } else if scaled.is_infinite() {
        (1.0, 0.0)
    } else if df2.is_infinite() {
        (chi_squared::cdf(scaled, df1), chi_squared::upper_tail(scaled, df1))
    } else {
        let (upper, lower) = beta::tails(df2 / (df2 + scaled), scaled / (df2 + scaled), 0.5 * df2, 0.5 * df1);
        (lower, upper)
    }
}

/// The x that is exceeded with probability `tail`, 0 < tail < 1.
///
/// # Example
///
/// ```
/// use bygdepuls_core::distribution::fisher_f;
/// // The square of the t quantile: R, `qt(0.975, 10)^2` is 4.964602743730711.
/// assert!((fisher_f::upper_quantile(0.05, 1.0, 10.0) - 4.964_602_743_730_711).abs() < 1e-13);
/// ```
#[must_use]
pub fn upper_quantile(tail: f64, df1: f64, df2: f64) -> f64 {
    if df2.is_infinite() {
        return chi_squared::upper_quantile(tail, df1) / df1;
    }
    let (other, part) = beta::quantile_of_tails(tail, 1.0 - tail, 0.5 * df2, 0.5 * df1);
    df2 / df1 * (part / other)
}
