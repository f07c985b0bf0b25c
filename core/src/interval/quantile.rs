//! Quantiles of the normal and the beta distribution, with the same digits on every machine.
//!
//! Transcendental functions come from `libm`. (`statrs` 0.18 equals the reference grids too, but takes `ln` and `exp`
//! from the platform: native and wasm then differ in the last digits. It is a witness in the tests.)

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// The z that a standard normal variable exceeds with probability `tail`.
///
/// # Formula
///
/// ```text
/// Q(z) = erfc(z / sqrt 2) / 2 = tail
/// ```
///
/// Newton's method from 0: Q is convex and falls for z > 0, so that the steps never pass the root. `tail` lies above 0
/// and is at most 1/2.
pub(crate) fn normal_upper(tail: f64) -> f64 {
    let mut z = 0.0f64;
    // Eight steps are enough for 95 %; the last ones change nothing.
    for _ in 0..60 {
        let excess = 0.5 * libm::erfc(z * FRAC_1_SQRT_2) - tail;
        let density = libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
        let next = z + excess / density;
        if next <= z {
            break;
        }
        z = next;
    }
    z
}

/// The p with `I_p(a, b) = mass`, for 0 < mass < 1 and a, b > 0.
///
/// Newton's method inside a bracket that every step narrows; where a step would leave the bracket, it is halved.
pub(crate) fn beta(mass: f64, a: f64, b: f64) -> f64 {
    let ln_beta = ln_beta(a, b);
    let (mut low, mut high) = (0.0f64, 1.0f64);
    let mut p = a / (a + b);
    for _ in 0..200 {
        let excess = beta_regularised(a, b, p, ln_beta) - mass;
        if excess > 0.0 {
            high = p;
        } else {
            low = p;
        }
        let density = libm::exp((a - 1.0) * libm::log(p) + (b - 1.0) * libm::log1p(-p) - ln_beta);
        let step = p - excess / density;
        let next = if step > low && step < high { step } else { 0.5 * (low + high) };
        if (next - p).abs() <= 2.0 * f64::EPSILON * p || next <= low || next >= high {
            return next;
        }
        p = next;
    }
    p
}

fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// The regularised incomplete beta function `I_x(a, b)`, by its continued fraction.
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions, 8.17.22 and 8.17.4; evaluated by Lentz's method.
fn beta_regularised(a: f64, b: f64, x: f64, ln_beta: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - ln_beta);
    // The fraction converges fast on this side of the mean, and the other side is its mirror image.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(a, b, x) / a
    } else {
        1.0 - front * continued_fraction(b, a, 1.0 - x) / b
    }
}

fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let nonzero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    let mut m = 0.0;
    for _ in 0..10_000 {
        m += 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for coefficient in [even, odd] {
            d = 1.0 / nonzero(1.0 + coefficient * d);
            c = nonzero(1.0 + coefficient / c);
            result *= c * d;
        }
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Beta, ContinuousCDF, Normal};

    /// To 40 digits: 1.959963984540054235524594430520551527955.
    #[test]
    fn the_normal_quantile() {
        assert!((normal_upper(0.025) - 1.959_963_984_540_054).abs() < 1e-15);
        assert_eq!(normal_upper(0.5), 0.0);
        for tail in [1e-9, 1e-4, 0.005, 0.05, 0.2, 0.4999] {
            let witness = Normal::standard().inverse_cdf(1.0 - tail);
            assert!((normal_upper(tail) - witness).abs() < 1e-7 * witness, "{tail}");
        }
    }

    #[test]
    fn the_beta_quantile_agrees_with_a_witness() {
        // I_p(1, 1) = p, and I_p(a, 1) = p^a.
        assert!((beta(0.025, 1.0, 1.0) - 0.025).abs() < 1e-17);
        assert!((beta(0.25, 2.0, 1.0) - 0.5).abs() < 1e-15);
        for (a, b) in [(0.5, 0.5), (1.0, 60.0), (3.0, 7.0), (40.0, 21.0), (900.0, 4000.0)] {
            for mass in [0.005, 0.025, 0.5, 0.975] {
                let witness = Beta::new(a, b).unwrap().inverse_cdf(mass);
                let ours = beta(mass, a, b);
                assert!((ours - witness).abs() < 1e-9 * witness, "{a} {b} {mass}: {ours} is not {witness}");
            }
        }
    }
}
