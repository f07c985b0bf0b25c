//! The beta distribution and the regularised incomplete beta function.

use super::gamma::{deviance, ln_gamma, stirling_error};
use super::root;
use std::f64::consts::PI;

/// The p with `I_p(a, b) = mass`, for 0 < mass < 1 and a, b > 0.
#[must_use]
pub fn quantile(mass: f64, a: f64, b: f64) -> f64 {
    quantile_parts(mass, a, b).0
}

/// The quantile p and 1 − p, each with its own digits.
#[must_use]
pub fn quantile_parts(mass: f64, a: f64, b: f64) -> (f64, f64) {
    quantile_of_tails(mass, 1.0 - mass, a, b)
}

/// The p with `I_p(a, b) = lower` and 1 − p, each with its own digits.
///
/// `upper` is 1 − `lower`: of two such numbers the smaller is what counts, so that a mass of 1e-200 can be asked for at
/// either end. Halley's method on logarithms from an approximation finds most quantiles in three steps; where it does not,
/// Newton's inside a bracket looks for the smaller of p and 1 − p.
#[must_use]
pub fn quantile_of_tails(lower: f64, upper: f64, a: f64, b: f64) -> (f64, f64) {
    let (p, q) = approximate_quantile(lower, upper, a, b);
    let (found, of_p) = if p <= q { (near(lower, upper, a, b, p), true) } else { (near(upper, lower, b, a, q), false) };
    match found {
        Some(p) if of_p => return (p, 1.0 - p),
        Some(q) => return (1.0 - q, q),
        None => {}
    }
    let (below, above) = tails(0.5, 0.5, a, b);
    if if lower <= upper { below >= lower } else { above <= upper } {
        let p = smaller(lower, upper, a, b);
        (p, 1.0 - p)
    } else {
        let q = smaller(upper, lower, b, a);
        (1.0 - q, q)
    }
}

/// About where a quantile and 1 less it are.
///
/// # Source
///
/// K. L. Majumder, G. P. Bhattacharjee, "Algorithm AS 63", and G. W. Cran, K. J. Martin, G. E. Thomas, "Remark AS R19 and
/// algorithm AS 109", Applied Statistics 26 (1977); below 1 the first term of the series of the smaller tail.
fn approximate_quantile(lower: f64, upper: f64, a: f64, b: f64) -> (f64, f64) {
    let near_end = |mass: f64, a: f64, b: f64| libm::exp((libm::log(mass * a) + ln_beta(a, b)) / a);
    if a <= 1.0 || b <= 1.0 {
        // Of the ends the one whose series gives the smaller number is the nearer.
        let (p, q) = (near_end(lower, a, b), near_end(upper, b, a));
        return if p <= q { (p, 1.0 - p) } else { (1.0 - q, q) };
    }
    let tail = (-2.0 * libm::log(lower.min(upper))).sqrt();
    let z = tail - (2.30753 + 0.27061 * tail) / (1.0 + (0.99229 + 0.04481 * tail) * tail);
    let z = if lower <= upper { z } else { -z };
    let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let r = (z * z - 3.0) / 6.0;
    let h = 2.0 / (s + t);
    let w = z * (h + r).sqrt() / h - (t - s) * (r + 5.0 / 6.0 - 2.0 / (3.0 * h));
    let odds = a / (b * libm::exp(2.0 * w));
    (odds / (1.0 + odds), 1.0 / (1.0 + odds))
}

/// The p with `I_p(a, b) = lower`, from a start not far from it; `None` when that does not lead there soon.
fn near(lower: f64, upper: f64, a: f64, b: f64, start: f64) -> Option<f64> {
    let shape = Shape::new(a, b);
    let mut p = start;
    for _ in 0..8 {
        if !(p > 0.0 && p < 0.75) {
            return None;
        }
        let q = 1.0 - p;
        let front = shape.front(p, q);
        let (below, above) = shape.tails(p, q, front);
        // Value, slope and curvature against ln p of the logarithm of the smaller tail.
        let (value, slope, sign) = if lower <= upper {
            (libm::log(below / lower), front / q / below, -1.0)
        } else {
            (-libm::log(above / upper), front / q / above, 1.0)
        };
        let curvature = a - (b - 1.0) * p / q + sign * slope;
        let newton = -value / slope;
        let step = newton / (1.0 + 0.5 * newton * curvature).max(0.5);
        if !step.is_finite() {
            return None;
        }
        p = if step.abs() < 0.5 { p + p * libm::expm1(step) } else { p * libm::exp(step) };
        // What is left after this step is about its cube.
        if step.abs() * (1.0 + slope + curvature.abs()) < 3e-6 {
            return (p > 0.0 && p < 0.75).then_some(p);
        }
    }
    None
}

fn smaller(lower: f64, upper: f64, a: f64, b: f64) -> f64 {
    let shape = Shape::new(a, b);
    root::of_increasing(0.0, 0.5, (a / (a + b)).min(0.5), |p| {
        let q = 1.0 - p;
        let front = shape.front(p, q);
        let (below, above) = shape.tails(p, q, front);
        let density = front / q;
        if lower <= upper {
            (libm::log(below / lower), density / below)
        } else {
            (-libm::log(above / upper), density / above)
        }
    })
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

/// `I_x(a, b)` and `1 − I_x(a, b)`, each with its own digits, from x and y = 1 − x: by a continued fraction.
///
/// The number of steps grows as the root of the larger of a and b: some thousands for a million.
///
/// # Source
///
/// A. R. DiDonato, A. H. Morris, "Algorithm 708: significant digit computation of the incomplete beta function ratios",
/// ACM TOMS 18 (1992), equation 9; the front factor as in C. Loader, "Fast and accurate computation of binomial
/// probabilities" (2000).
#[must_use]
pub fn tails(x: f64, y: f64, a: f64, b: f64) -> (f64, f64) {
    if x <= 0.0 || y <= 0.0 {
        return if x <= 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let shape = Shape::new(a, b);
    shape.tails(x, y, shape.front(x, y))
}

/// Two shapes, and what of the density depends on them alone.
struct Shape {
    a: f64,
    b: f64,
    scale: f64,
    exponent: f64,
}

impl Shape {
    fn new(a: f64, b: f64) -> Self {
        let n = a + b;
        let exponent = stirling_error(n) - stirling_error(a) - stirling_error(b);
        Self { a, b, scale: (a / n * b / (2.0 * PI)).sqrt(), exponent }
    }

    /// As [`front`].
    fn front(&self, x: f64, y: f64) -> f64 {
        let &Self { a, b, scale, exponent } = self;
        let n = a + b;
        let past = past_mean(x, y, a, b);
        scale * libm::exp(exponent - deviance(a, n * x, past) - deviance(b, n * y, -past))
    }

    /// As [`tails`], from the front factor; x and y above 0.
    fn tails(&self, x: f64, y: f64, front: f64) -> (f64, f64) {
        let &Self { a, b, .. } = self;
        let past = past_mean(x, y, a, b);
        if past <= 0.0 {
            let lower = front / continued_fraction(x, y, a, b, -past);
            (lower, 1.0 - lower)
        } else {
            let upper = front / continued_fraction(y, x, b, a, past);
            (1.0 - upper, upper)
        }
    }
}

/// `(a + b) x − a`, from the smaller of x and y.
fn past_mean(x: f64, y: f64, a: f64, b: f64) -> f64 {
    if x <= y { (a + b) * x - a } else { b - (a + b) * y }
}

/// `x^a y^b / B(a, b)`.
pub(crate) fn front(x: f64, y: f64, a: f64, b: f64) -> f64 {
    Shape::new(a, b).front(x, y)
}

/// What `x^a y^b / B(a, b)` is divided by to give `I_x(a, b)`; `before` = a − (a + b) x >= 0. By Lentz's method.
fn continued_fraction(x: f64, y: f64, a: f64, b: f64, before: f64) -> f64 {
    let mut c = a / (a + 1.0) * (before + 1.0);
    let mut d = 0.0;
    let mut result = c;
    let mut n = 0.0;
    loop {
        let k = a + 2.0 * n + 1.0;
        let alpha = (a + n) / k * ((a + b + n) / k) * (n + 1.0) * (b - n - 1.0) * x * x;
        n += 1.0;
        let beta = n + n * (b - n) * x / k + (a + n) / (k + 2.0) * (before + 1.0 + n * (1.0 + y));
        d = 1.0 / (beta + alpha * d);
        c = beta + alpha / c;
        result *= c * d;
        // The second is for numbers beyond 10^13, for which this is not made.
        if (c * d - 1.0).abs() < f64::EPSILON || n > 1e7 {
            return result;
        }
    }
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
