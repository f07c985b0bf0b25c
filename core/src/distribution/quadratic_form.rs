//! Sums of weighted chi-squared variables, and their ratio to one more: what a Rao–Scott test without a correction of
//! moments is compared with.
//!
//! ```text
//! P( a_1 X_1 + … + a_k X_k  >  x V ),   X_i ~ chi-squared with 1 degree of freedom,   V ~ chi-squared(df) / df
//! ```
//!
//! All independent; with infinitely many degrees of freedom V is 1.
//!
//! | function | what it is |
//! |---|---|
//! | [`exact`] | Ruben's series, full relative precision; coefficients positive |
//! | [`saddlepoint`] | Lugannani and Rice's approximation as R's `survey` has it |
//! | [`satterthwaite`] | one scaled F with the same two moments |

use super::{beta, fisher_f, gamma, normal};

/// The mean `a` and the number of effective terms: `(scale, df)` of the scaled chi-squared with the same two moments.
fn moments(coefficients: &[f64]) -> (f64, f64) {
    let sum: f64 = coefficients.iter().sum();
    let squares: f64 = coefficients.iter().map(|a| a * a).sum();
    (squares / sum, sum * sum / squares)
}

/// The upper tail by Satterthwaite's approximation: a scaled F with the same mean and variance of the numerator.
///
/// # Source
///
/// F. E. Satterthwaite, Biometrics Bulletin 2 (1946); R, `survey:::pFsum(method = "satterthwaite")`.
#[must_use]
pub fn satterthwaite(x: f64, coefficients: &[f64], df: f64) -> f64 {
    let (scale, numerator_df) = moments(coefficients);
    fisher_f::upper_tail(x / (numerator_df * scale), numerator_df, df)
}

/// The upper tail by the saddlepoint approximation, to the digit of R's `survey:::pFsum(method = "saddlepoint")`.
///
/// # Formula
///
/// ```text
/// K(s)  = -1/2 sum log(1 - 2 s lambda_i),      K'(s) = at
/// w = sign(s) sqrt(2 (s at - K(s))),           v = s sqrt(K''(s))
/// tail  = Q(w + log(v/w)/w)
/// ```
///
/// With infinite `df` the lambda are the coefficients and `at` is x. Otherwise `at` is 0 and −x/df is added to the
/// lambda, as many times as there are *whole* degrees of freedom: `df` is rounded down, as R does, but not from a
/// whole number less the last digits, where R loses or keeps one by chance. Where
/// |s| < 1e-4 (lambda scaled so that the largest is 1), x is about the mean, the formula loses its digits, and
/// [`satterthwaite`]'s figure is given, as R does.
///
/// `None` where there is no positive coefficient or x is not positive.
///
/// # Source
///
/// R. Lugannani, S. Rice, Advances in Applied Probability 12 (1980), in the form of O. E. Barndorff-Nielsen (1990); D.
/// Kuonen, Biometrika 86 (1999).
#[must_use]
pub fn saddlepoint(x: f64, coefficients: &[f64], df: f64) -> Option<f64> {
    let largest = coefficients.iter().copied().fold(0.0, f64::max);
    if !(largest > 0.0 && largest.is_finite() && x > 0.0 && x.is_finite() && df >= 1.0) {
        return None;
    }
    let mut terms: Vec<(f64, f64)> = coefficients.iter().map(|a| (a / largest, 1.0)).collect();
    let at = if df.is_infinite() {
        x / largest
    } else {
        // As whole as rounding lets it be: in a simple sample df is a whole number but for the last digits.
        terms.push((-x / df / largest, (df * (1.0 + 1e-12)).floor()));
        0.0
    };
    let sum = |f: &dyn Fn(f64) -> f64| terms.iter().map(|&(lambda, times)| times * f(lambda)).sum::<f64>();
    let slope = |s: f64| sum(&|lambda| lambda / (1.0 - 2.0 * s * lambda));
    // K' rises from below `at` to infinity between the poles.
    let smallest = terms.iter().map(|term| term.0).fold(f64::INFINITY, f64::min);
    #[expect(clippy::cast_precision_loss, reason = "a few coefficients")]
    let (mut low, mut high) =
        (if smallest < 0.0 { 0.5 / smallest } else { -(coefficients.len() as f64) / (2.0 * at) - 1.0 }, 0.5);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if slope(middle) > at {
            high = middle;
        } else {
            low = middle;
        }
    }
    let s = 0.5 * (low + high);
    if s.abs() < 1e-4 {
        return Some(satterthwaite(x, coefficients, df));
    }
    let cumulant = -0.5 * sum(&|lambda| libm::log1p(-2.0 * s * lambda));
    let second = 2.0 * sum(&|lambda| (lambda / (1.0 - 2.0 * s * lambda)) * (lambda / (1.0 - 2.0 * s * lambda)));
    let w = (2.0 * (s * at - cumulant)).sqrt().copysign(s);
    let v = s * second.sqrt();
    Some(normal::upper_tail(w + libm::log(v / w) / w))
}

/// The upper tail to full relative precision, coefficients positive.
///
/// # Formula
///
/// ```text
/// b = smallest coefficient,  g_i = 1 - b/a_i
/// c_0 = prod sqrt(b/a_i),    c_j = 1/(2j) sum_{r<j} c_r sum_i g_i^(j-r)
/// tail = sum_j c_j P(chi-squared(k + 2j) > x/b)            with infinite df
///      = sum_j c_j P(F(k + 2j, df) > x / (b (k + 2j)))     otherwise
/// ```
///
/// All terms are positive, so that no digits cancel however small the tail. `None` where a coefficient is not
/// positive, where x is negative or not a number, or where the coefficients are so unlike (a ratio above about a
/// hundred thousand) that two million terms are not enough.
///
/// # Source
///
/// H. Ruben, "Probability content of regions under spherical normal distributions IV", Annals of Mathematical
/// Statistics 33 (1962); what `CompQuadForm::farebrother` computes, and for finite df what `CompQuadForm::davies` is
/// asked for by R's `survey` (`lincom`).
#[must_use]
pub fn exact(x: f64, coefficients: &[f64], df: f64) -> Option<f64> {
    const TERMS: u32 = 2_000_000;
    let smallest = coefficients.iter().copied().fold(f64::INFINITY, f64::min);
    let fine = coefficients.iter().all(|a| *a > 0.0 && a.is_finite());
    if !(fine && smallest.is_finite() && x >= 0.0 && x.is_finite() && df > 0.0) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few coefficients")]
    let half = 0.5 * coefficients.len() as f64;
    let y = x / smallest;
    // The tail of k + 2j degrees of freedom and what the next one has more.
    let (mut tail, mut more) = if df.is_infinite() {
        (gamma::tails(half, 0.5 * y).1, gamma::front(half, 0.5 * y) / half)
    } else {
        let (inner, outer) = (df / (df + y), y / (df + y));
        (beta::tails(inner, outer, 0.5 * df, half).0, beta::front(inner, outer, 0.5 * df, half) / half)
    };
    let grow = |a: f64| if df.is_infinite() { 0.5 * y / (a + 1.0) } else { y / (df + y) * (0.5 * df + a) / (a + 1.0) };
    let ratios: Vec<f64> = coefficients.iter().map(|a| 1.0 - smallest / a).collect();
    let mut weight = coefficients.iter().fold(1.0, |product, a| product * (smallest / a).sqrt());
    let mut powers = vec![0.0; ratios.len()];
    let (mut sum, mut last) = (weight * tail, weight * tail);
    for j in 1..TERMS {
        for (power, ratio) in powers.iter_mut().zip(&ratios) {
            *power = ratio * (*power + weight);
        }
        weight = powers.iter().sum::<f64>() / (2.0 * f64::from(j));
        tail += more;
        more *= grow(half + f64::from(j) - 1.0);
        let term = weight * tail;
        sum += term;
        // The terms fall at least as fast from here: what is left is at most a geometric series.
        if term <= last && term * last <= 1e-17 * sum * (last - term) {
            return Some(sum);
        }
        last = term;
    }
    None
}
