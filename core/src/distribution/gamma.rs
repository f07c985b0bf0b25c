//! The gamma function and the regularised incomplete gamma function.

use super::root;
use std::f64::consts::PI;

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

/// ln Γ(x + 1) less Stirling's formula, x > 0: `ln Γ(x+1) − (x + 1/2) ln x + x − ln(2π)/2`.
///
/// Densities written with it keep their digits for large x, where differences of ln Γ lose them.
///
/// # Source
///
/// C. Loader, "Fast and accurate computation of binomial probabilities" (2000). Recurrence up to 7, then the
/// asymptotic series (NIST DLMF 5.11.1), of which fewer terms are needed from 15 on.
pub(crate) fn stirling_error(x: f64) -> f64 {
    const SERIES: [f64; 10] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
        43_867.0 / 244_188.0,
        -174_611.0 / 125_400.0,
    ];
    let mut x = x;
    let mut shift = 0.0;
    while x < 7.0 {
        shift += (x + 0.5) * libm::log1p(1.0 / x) - 1.0;
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let terms = if x < 15.0 { &SERIES[..] } else { &SERIES[..6] };
    shift + terms.iter().rev().fold(0.0, |sum, term| sum * inverse + term) / x
}

/// `x ln(x/m) + m − x`, x > 0, from m and `difference` = m − x, both with their own digits.
///
/// # Source
///
/// C. Loader, "Fast and accurate computation of binomial probabilities" (2000), there `bd0`.
pub(crate) fn deviance(x: f64, m: f64, difference: f64) -> f64 {
    let u = difference / x;
    if u.abs() > 0.5 {
        return x * libm::log(x / m) + difference;
    }
    x * log_excess(u)
}

/// `u − ln(1 + u)`, with its own digits near 0.
fn log_excess(u: f64) -> f64 {
    if u.abs() > 0.1 {
        return u - libm::log1p(u);
    }
    // With r = u/(2+u): ln(1+u) = 2 (r + r^3/3 + r^5/5 + …), and u − 2r = u r.
    let r = u / (2.0 + u);
    let square = r * r;
    let (mut term, mut sum, mut k) = (r * square, 0.0, 3.0);
    while term.abs() > 1e-18 * square {
        sum += term / k;
        term *= square;
        k += 2.0;
    }
    u * r - 2.0 * sum
}

/// `x^a e^-x / Γ(a)`.
pub(crate) fn front(a: f64, x: f64) -> f64 {
    (a / (2.0 * PI)).sqrt() * libm::exp(-stirling_error(a) - deviance(a, x, x - a))
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
    let front = front(a, x);
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
        while term >= sum * f64::EPSILON * 0.25 {
            k += 1.0;
            term *= x / k;
            sum += term;
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
    let mut b = x + 1.0 - a;
    let mut c = f64::INFINITY;
    let mut d = 1.0 / b;
    let mut result = d;
    let mut k = 0.0;
    loop {
        k += 1.0;
        let an = -k * (k - a);
        b += 2.0;
        // x > a + 1 keeps both away from zero.
        d = 1.0 / (an * d + b);
        c = b + an / c;
        result *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            return result;
        }
    }
}

/// The x with P(a, x) = `lower` and Q(a, x) = `upper`, which add to 1: the smaller of the two is what counts.
#[must_use]
pub fn quantile_of_tails(lower: f64, upper: f64, a: f64) -> f64 {
    let mut high = a + 10.0;
    while tails(a, high).1 > upper {
        high *= 2.0;
    }
    root::of_increasing(0.0, high, a, |x| {
        let (below, above) = tails(a, x);
        let front = front(a, x);
        if lower <= upper {
            (libm::log(below / lower), front / below)
        } else {
            (-libm::log(above / upper), front / above)
        }
    })
}
