//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// P(Z <= z).
#[must_use]
pub fn cdf(z: f64) -> f64 {
    upper_tail(-z)
}

/// P(Z > z), with full relative precision far out.
#[must_use]
pub fn upper_tail(z: f64) -> f64 {
    // What the product z / sqrt 2 rounds away counts for 2 z^2 as much in the tail: 1e-13 of a tail of 1e-300.
    const REST: f64 = -4.833_646_656_726_457e-17;
    let y = z * FRAC_1_SQRT_2;
    let rounded = libm::fma(z, FRAC_1_SQRT_2, -y) + z * REST;
    let tail = 0.5 * libm::erfc(y);
    if z.is_finite() && tail > 0.0 { tail - libm::exp(-y * y) / PI.sqrt() * rounded } else { tail }
}

/// The density at z.
#[must_use]
pub fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// The z that a standard normal variable exceeds with probability `tail`, 0 < tail < 1.
///
/// # Formula
///
/// ```text
/// Q(z) = erfc(z / sqrt 2) / 2 = tail
/// ```
///
/// Newton's method on ln Q, which is concave, from a bound above the root, so that no step passes it. Near the middle
/// from 0 on `erf(z / sqrt 2) / 2 = 1/2 - tail`, which keeps the digits there.
#[must_use]
pub fn upper_quantile(tail: f64) -> f64 {
    if tail > 0.5 {
        return -upper_quantile(1.0 - tail);
    }
    let middle = tail > 0.25;
    // Q(z) <= e^(-z^2/2) / 2.
    let mut z = if middle { 0.0 } else { (-2.0 * libm::log(2.0 * tail)).sqrt() };
    for _ in 0..100 {
        let step = if middle {
            (0.5 - tail - 0.5 * libm::erf(z * FRAC_1_SQRT_2)) / density(z)
        } else {
            let at = upper_tail(z);
            at / density(z) * libm::log(at / tail)
        };
        // Where the tail is no number above 0 any more, the bound is all there is.
        if step.is_nan() {
            break;
        }
        z += step;
        if step.abs() <= 2.0 * f64::EPSILON * z {
            break;
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    /// To 40 digits: 1.959963984540054235524594430520551527955.
    #[test]
    fn the_normal_quantile() {
        assert!((upper_quantile(0.025) - 1.959_963_984_540_054).abs() < 1e-15);
        assert_eq!(upper_quantile(0.5), 0.0);
        for tail in [1e-9, 1e-4, 0.005, 0.05, 0.2, 0.4999] {
            let witness = Normal::standard().inverse_cdf(1.0 - tail);
            assert!((upper_quantile(tail) - witness).abs() < 1e-7 * witness, "{tail}");
        }
    }
}
