//! Student's t distribution. Degrees of freedom may be any positive number; infinite ones make it normal.

use super::{beta, gamma, normal};
use std::f64::consts::PI;

/// P(|T| > |t|): the two-sided p value.
#[must_use]
pub fn two_sided(t: f64, df: f64) -> f64 {
    if df.is_infinite() {
        return 2.0 * normal::upper_tail(t.abs());
    }
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
    }
    beta::tails(df / (df + square), square / (df + square), 0.5 * df, 0.5).0
}

/// P(T > t).
#[must_use]
pub fn upper_tail(t: f64, df: f64) -> f64 {
    let half = 0.5 * two_sided(t, df);
    if t >= 0.0 { half } else { 1.0 - half }
}

/// The t that is exceeded with probability `tail`, 0 < tail < 1.
#[must_use]
pub fn upper_quantile(tail: f64, df: f64) -> f64 {
    if df.is_infinite() {
        return normal::upper_quantile(tail);
    }
    if tail > 0.5 {
        return -upper_quantile(1.0 - tail, df);
    }
    if tail == 0.5 {
        return 0.0;
    }
    let ratio = beta::quantile_parts(2.0 * tail, 0.5 * df, 0.5);
    let mut t = (df * ratio.1 / ratio.0).sqrt();
    // Two steps of Newton's method on t itself.
    for _ in 0..2 {
        let step = (upper_tail(t, df) - tail) / density(t, df);
        if step.is_finite() {
            t += step;
        }
    }
    t
}

fn density(t: f64, df: f64) -> f64 {
    let ln_front = gamma::ln_gamma(0.5 * (df + 1.0)) - gamma::ln_gamma(0.5 * df);
    libm::exp(ln_front - 0.5 * (df + 1.0) * libm::log1p(t * t / df)) / (df * PI).sqrt()
}
