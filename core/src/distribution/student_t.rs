//! Student's t distribution. Degrees of freedom may be any positive number; infinite ones make it normal.

use super::{beta, normal};

/// P(|T| > |t|): the two-sided p value, with full relative precision far out.
#[must_use]
pub fn two_sided(t: f64, df: f64) -> f64 {
    tails(t, df).0
}

/// P(T > t).
#[must_use]
pub fn upper_tail(t: f64, df: f64) -> f64 {
    let (outside, inside) = tails(t, df);
    if t >= 0.0 { 0.5 * outside } else { 0.5 + 0.5 * inside }
}

/// P(T <= t).
#[must_use]
pub fn cdf(t: f64, df: f64) -> f64 {
    upper_tail(-t, df)
}

/// P(|T| > |t|) and P(|T| <= |t|).
fn tails(t: f64, df: f64) -> (f64, f64) {
    let t = t.abs();
    if df.is_infinite() {
        return (2.0 * normal::upper_tail(t), libm::erf(t * std::f64::consts::FRAC_1_SQRT_2));
    }
    if t.is_infinite() {
        return (0.0, 1.0);
    }
    let square = t / df * t;
    if square > 1e300 {
        // The first term is all there is to see: I_x(a, 1/2) = x^a / (a B(a, 1/2)), x = df/t^2.
        let a = 0.5 * df;
        return (libm::exp(a * (libm::log(df) - 2.0 * libm::log(t)) - libm::log(a) - beta::ln_beta(a, 0.5)), 1.0);
    }
    beta::tails(1.0 / (1.0 + square), square / (1.0 + square), 0.5 * df, 0.5)
}

/// The t that is exceeded with probability `tail`, 0 < tail < 1.
///
/// # Example
///
/// ```
/// use bygdepuls_core::distribution::student_t;
/// // One degree of freedom: tan(0.475 pi).
/// assert!((student_t::upper_quantile(0.025, 1.0) - 12.706_204_736_174_7).abs() < 1e-12);
/// ```
#[must_use]
pub fn upper_quantile(tail: f64, df: f64) -> f64 {
    if df.is_infinite() {
        return normal::upper_quantile(tail);
    }
    if tail > 0.5 {
        return -upper_quantile(1.0 - tail, df);
    }
    let (inner, outer) = beta::quantile_of_tails(2.0 * tail, 1.0 - 2.0 * tail, 0.5 * df, 0.5);
    (df * (outer / inner)).sqrt()
}
