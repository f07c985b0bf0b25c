//! The chi-squared distribution.

use super::gamma;

/// P(X > x) with `df` degrees of freedom.
#[must_use]
pub fn upper_tail(x: f64, df: f64) -> f64 {
    gamma::tails(0.5 * df, 0.5 * x).1
}

/// The x that is exceeded with probability `tail`, 0 < tail < 1.
#[must_use]
pub fn upper_quantile(tail: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, df + 10.0);
    while upper_tail(high, df) > tail {
        high *= 2.0;
    }
    let mut x = df.min(0.5 * high);
    for _ in 0..300 {
        let excess = upper_tail(x, df) - tail;
        if excess > 0.0 {
            low = x;
        } else {
            high = x;
        }
        let half = 0.5 * df;
        let density = 0.5 * libm::exp((half - 1.0) * libm::log(0.5 * x) - 0.5 * x - gamma::ln_gamma(half));
        let step = x + excess / density;
        let next = if step > low && step < high { step } else { 0.5 * (low + high) };
        if (next - x).abs() <= 2.0 * f64::EPSILON * x || next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}
