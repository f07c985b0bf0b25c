//! Numbers of twice the digits of a double, for differences of sums that are nearly the same.
//!
//! Source: T. J. Dekker, "A floating-point technique for extending the available precision", *Numerische Mathematik* 18
//! (1971).

use std::ops::{Add, Div, Mul, Neg, Sub};

/// The sum of two doubles that do not overlap: about 32 decimal digits.
///
/// ```
/// # use bygdepuls_core::sum::DoubleDouble;
/// let third = DoubleDouble::product(1.0 / 3.0, 3.0);
/// assert_eq!((third - DoubleDouble::from(1.0)).value(), -2.0_f64.powi(-54)); // what the rounding of 1/3 left
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DoubleDouble {
    pub(super) high: f64,
    pub(super) low: f64,
}

impl DoubleDouble {
    /// `high + low`, exactly.
    #[must_use]
    pub fn new(high: f64, low: f64) -> Self {
        let sum = high + low;
        if !sum.is_finite() {
            return Self { high: sum, low: 0.0 };
        }
        let part = sum - high;
        Self { high: sum, low: (high - (sum - part)) + (low - part) }
    }

    /// `a × b`, exactly unless it is out of the range of doubles.
    #[must_use]
    pub fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        let ((a, a_low), (b, b_low)) = (halves(a), halves(b));
        Self { high, low: a_low * b_low - (((high - a * b) - a_low * b) - a * b_low) }
    }

    /// The nearest double.
    #[must_use]
    pub fn value(self) -> f64 {
        self.high
    }
}

/// A double as a sum of two with half the digits.
fn halves(a: f64) -> (f64, f64) {
    let scaled = 134_217_729.0 * a;
    let high = scaled - (scaled - a);
    (high, a - high)
}

impl From<f64> for DoubleDouble {
    fn from(value: f64) -> Self {
        Self { high: value, low: 0.0 }
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let sum = Self::new(self.high, other.high);
        Self::new(sum.high, sum.low + (self.low + other.low))
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Sub for DoubleDouble {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = Self::product(self.high, other.high);
        Self::new(product.high, product.low + (self.high * other.low + self.low * other.high))
    }
}

impl Mul<f64> for DoubleDouble {
    type Output = Self;

    fn mul(self, other: f64) -> Self {
        let product = Self::product(self.high, other);
        Self::new(product.high, product.low + self.low * other)
    }
}

impl Div<f64> for DoubleDouble {
    type Output = Self;

    fn div(self, other: f64) -> Self {
        let first = self.high / other;
        let rest = self - Self::product(first, other);
        Self::new(first, rest.high / other)
    }
}
