//! The gamma function and the regularised incomplete gamma function.

/// ln Γ(x), x > 0.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The derivative of ln Γ at x > 0.
///
/// Recurrence up to 10, then the asymptotic series (NIST DLMF 5.5.2, 5.11.2).
#[must_use]
pub fn digamma(x: f64) -> f64 {
    const SERIES: [f64; 7] =
        [-1.0 / 12.0, 1.0 / 120.0, -1.0 / 252.0, 1.0 / 240.0, -1.0 / 132.0, 691.0 / 32760.0, -1.0 / 12.0];
    let mut x = x;
    let mut shift = 0.0;
    while x < 10.0 {
        shift -= 1.0 / x;
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let tail = SERIES.iter().rev().fold(0.0, |sum, term| (sum + term) * inverse);
    shift + libm::log(x) - 0.5 / x + tail
}

/// P(a, x) and Q(a, x) = 1 − P, each with its own digits. a > 0, x >= 0.
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions, 8.11.4 (series) and 8.9.2 (continued fraction).
#[must_use]
pub fn tails(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    let front = libm::exp(a * libm::log(x) - x - ln_gamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
        for _ in 0..100_000 {
            k += 1.0;
            term *= x / k;
            sum += term;
            if term < sum * f64::EPSILON * 0.25 {
                break;
            }
        }
        let lower = front * sum;
        (lower, 1.0 - lower)
    } else {
        let upper = front * upper_fraction(a, x);
        (1.0 - upper, upper)
    }
}

/// The continued fraction of Γ(a, x) x^-a e^x, by Lentz's method.
fn upper_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut result = d;
    let mut k = 0.0;
    for _ in 0..100_000 {
        k += 1.0;
        let an = -k * (k - a);
        b += 2.0;
        let nonzero = |value: f64| if value.abs() < TINY { TINY } else { value };
        d = 1.0 / nonzero(an * d + b);
        c = nonzero(b + an / c);
        result *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    result
}
