//! The binomial distribution.

use super::{beta, gamma};
use std::f64::consts::PI;

/// P(X = x), X ~ binomial(n, p); `q` is 1 − p, with its own digits.
///
/// # Source
///
/// C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
#[must_use]
pub fn mass(x: f64, n: f64, p: f64, q: f64) -> f64 {
    if x < 0.0 || x > n {
        0.0
    } else if p <= 0.0 || q <= 0.0 {
        f64::from(u8::from(if p <= 0.0 { x == 0.0 } else { x == n }))
    } else if x == 0.0 {
        libm::exp(n * ln_of(q, p))
    } else if x == n {
        libm::exp(n * ln_of(p, q))
    } else {
        let rest = n - x;
        let past = if p <= q { n * p - x } else { rest - n * q };
        let exponent = gamma::stirling_error(n) - gamma::stirling_error(x) - gamma::stirling_error(rest);
        let deviances = gamma::deviance(x, n * p, past) + gamma::deviance(rest, n * q, -past);
        (n / (2.0 * PI) / x / rest).sqrt() * libm::exp(exponent - deviances)
    }
}

/// P(X <= x) and P(X > x), each with its own digits.
///
/// # Example
///
/// ```
/// use bygdepuls_core::distribution::binomial;
/// let (lower, upper) = binomial::tails(1.0, 3.0, 0.5, 0.5);
/// assert!((lower - 0.5).abs() < 1e-15 && (upper - 0.5).abs() < 1e-15);
/// ```
#[must_use]
pub fn tails(x: f64, n: f64, p: f64, q: f64) -> (f64, f64) {
    if x < 0.0 {
        (0.0, 1.0)
    } else if x >= n {
        (1.0, 0.0)
    } else {
        let (upper, lower) = beta::tails(p, q, x + 1.0, n - x);
        (lower, upper)
    }
}

/// ln of `part`, from it or from 1 − `part`.
fn ln_of(part: f64, other: f64) -> f64 {
    if part < 0.5 { libm::log(part) } else { libm::log1p(-other) }
}
