//! The beta distribution and the regularised incomplete beta function.

use super::gamma::ln_gamma;

/// The p with `I_p(a, b) = mass`, for 0 < mass < 1 and a, b > 0.
#[must_use]
pub fn quantile(mass: f64, a: f64, b: f64) -> f64 {
    quantile_parts(mass, a, b).0
}

/// The quantile p and 1 − p, each with its own digits.
///
/// Newton's method inside a bracket that every step narrows; where a step would leave the bracket, it is halved. The
/// smaller of p and 1 − p is what is looked for.
#[must_use]
pub fn quantile_parts(mass: f64, a: f64, b: f64) -> (f64, f64) {
    // The median lies near the mean: what is below half of the mass is looked for from below.
    if cdf(0.5, a, b) < mass {
        let q = smaller(1.0 - mass, b, a);
        (1.0 - q, q)
    } else {
        let p = smaller(mass, a, b);
        (p, 1.0 - p)
    }
}

fn smaller(mass: f64, a: f64, b: f64) -> f64 {
    let ln_beta = ln_beta(a, b);
    let (mut low, mut high) = (0.0f64, 1.0f64);
    let mut p = (a / (a + b)).min(0.5);
    for _ in 0..2000 {
        let excess = cdf(p, a, b) - mass;
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

/// ln B(a, b).
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// `I_x(a, b)`: P(X <= x).
#[must_use]
pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
    tails(x, 1.0 - x, a, b).0
}

/// `I_x(a, b)` and `1 − I_x(a, b)`, each with its own digits, from x and y = 1 − x: by the continued fraction.
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions, 8.17.22 and 8.17.4; evaluated by Lentz's method.
#[must_use]
pub fn tails(x: f64, y: f64, a: f64, b: f64) -> (f64, f64) {
    if x <= 0.0 || y <= 0.0 {
        return if x <= 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let ln = |part: f64, other: f64| if part < 0.5 { libm::log(part) } else { libm::log1p(-other) };
    let front = libm::exp(a * ln(x, y) + b * ln(y, x) - ln_beta(a, b));
    // The fraction converges fast on this side of the mean, and the other side is its mirror image.
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = front * continued_fraction(a, b, x) / a;
        (lower, 1.0 - lower)
    } else {
        let upper = front * continued_fraction(b, a, y) / b;
        (1.0 - upper, upper)
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
    use statrs::distribution::{Beta, ContinuousCDF};

    #[test]
    fn the_beta_quantile_agrees_with_a_witness() {
        // I_p(1, 1) = p, and I_p(a, 1) = p^a.
        assert!((quantile(0.025, 1.0, 1.0) - 0.025).abs() < 1e-17);
        assert!((quantile(0.25, 2.0, 1.0) - 0.5).abs() < 1e-15);
        for (a, b) in [(0.5, 0.5), (1.0, 60.0), (3.0, 7.0), (40.0, 21.0), (900.0, 4000.0)] {
            for mass in [0.005, 0.025, 0.5, 0.975] {
                let witness = Beta::new(a, b).unwrap().inverse_cdf(mass);
                let ours = quantile(mass, a, b);
                assert!((ours - witness).abs() < 1e-9 * witness, "{a} {b} {mass}: {ours} is not {witness}");
            }
        }
    }
}
