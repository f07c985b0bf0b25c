//! Sums that do not depend on the order of their terms.
//!
//! A double is a whole number of units of 2^-1074, so a sum of doubles can be kept exactly, as a large whole number, and
//! rounded once at the end. Then it is the same however the terms are ordered and whichever thread added them. Most
//! terms fit a 128-bit whole number of units of 2^-80; the others go to a long accumulator that holds any double.
//!
//! Source of the idea: Kulisch, *Computer Arithmetic and Validity*, 2013, chapter 8 (complete arithmetic).

mod double_double;
mod moments;
mod saved;
mod side_by_side;

pub use double_double::DoubleDouble;
pub use moments::Moments;
pub use side_by_side::Sums;

/// Where the short accumulator begins: its unit is 2^-80.
const SHORT: i32 = -80;
/// Where the long accumulator begins: its unit is that of the smallest double.
const LONG: i32 = -1074;
/// Limbs of 32 bits: 2098 bits of doubles, and room for 2^64 of them.
const LIMBS: usize = 68;

/// An exact sum of doubles.
///
/// ```
/// # use bygdepuls_core::sum::Sum;
/// let mut sum = Sum::default();
/// for term in [1e300, 1.0, -1e300, 0.1, 0.2] {
///     sum.add(term);
/// }
/// assert_eq!(sum.value(), 1.3); // rounded once; added one after the other it would be 0.30000000000000004
/// ```
///
/// # Terms
///
/// Finite doubles. Infinities and what is not a number are left out: check the input first.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    short: i128,
    long: Option<Box<Long>>,
}

impl Sum {
    /// Adds a term.
    #[inline]
    pub fn add(&mut self, term: f64) {
        let (mantissa, exponent) = parts(term);
        // Up to 2^66 units times a mantissa below 2^53 is below 2^119: a few hundred such terms fit, more are checked.
        if let Ok(shift @ 0..=66) = u32::try_from(exponent - SHORT)
            && let Some(short) = self.short.checked_add(i128::from(mantissa) << shift)
        {
            self.short = short;
        } else if mantissa != 0 && term.is_finite() {
            self.long().add(i128::from(mantissa), exponent);
        }
    }

    /// Adds another sum: the same as adding its terms.
    pub fn merge(&mut self, other: &Self) {
        match self.short.checked_add(other.short) {
            Some(short) => self.short = short,
            None => self.long().add(other.short, SHORT),
        }
        if let Some(long) = &other.long {
            self.long().merge(long);
        }
    }

    /// The sum, correctly rounded: to the nearest double, ties to even.
    ///
    /// Zero is positive. A sum beyond the largest double is infinite.
    #[must_use]
    pub fn value(&self) -> f64 {
        match &self.long {
            // The conversion rounds correctly, and a power of two changes no digits.
            #[allow(clippy::cast_precision_loss, reason = "rounded on purpose")]
            None => self.short as f64 * power(SHORT),
            Some(long) => {
                let mut long = long.clone();
                long.add(self.short, SHORT);
                long.value()
            }
        }
    }

    /// The sum with twice the digits of a double.
    #[must_use]
    pub fn double_double(&self) -> DoubleDouble {
        let high = self.value();
        let mut rest = self.clone();
        rest.add(-high);
        DoubleDouble::new(high, rest.value())
    }

    #[cold]
    fn long(&mut self) -> &mut Long {
        self.long.get_or_insert_default()
    }
}

impl Extend<f64> for Sum {
    fn extend<T: IntoIterator<Item = f64>>(&mut self, terms: T) {
        terms.into_iter().for_each(|term| self.add(term));
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<T: IntoIterator<Item = f64>>(terms: T) -> Self {
        let mut sum = Self::default();
        sum.extend(terms);
        sum
    }
}

/// A double as a signed whole mantissa and a power of two.
#[inline]
fn parts(term: f64) -> (i64, i32) {
    let bits = term.to_bits();
    let fraction = (bits & ((1 << 52) - 1)).cast_signed();
    #[allow(clippy::cast_possible_truncation, reason = "eleven bits")]
    let biased = (bits >> 52 & 0x7ff) as i32;
    let (size, exponent) = if biased == 0 { (fraction, LONG) } else { (fraction | 1 << 52, biased - 1075) };
    (if term.is_sign_negative() { -size } else { size }, exponent)
}

/// 2 to a power that a normal double can hold.
fn power(exponent: i32) -> f64 {
    f64::from_bits(u64::from((exponent + 1023).cast_unsigned()) << 52)
}

/// A whole number of units of 2^-1074 in limbs of 32 bits, lowest first. Between additions every limb but the last is
/// within 32 bits, and the last carries the sign.
#[derive(Clone, Debug)]
struct Long([i64; LIMBS]);

impl Default for Long {
    fn default() -> Self {
        Self([0; LIMBS])
    }
}

impl Long {
    /// Adds `number` × 2^`exponent`.
    fn add(&mut self, number: i128, exponent: i32) {
        let shift = (exponent - LONG).cast_unsigned() as usize;
        let (limb, bits) = (shift / 32, shift % 32);
        let negative = number < 0;
        let size = number.unsigned_abs();
        // 128 bits and a shift of up to 31 touch five limbs.
        let pieces = [size << bits, if bits == 0 { 0 } else { size >> (128 - bits) }];
        let mut carry = 0_i64;
        for place in limb..LIMBS {
            let piece = match place - limb {
                index @ 0..=3 => (pieces[0] >> (32 * index)) & 0xffff_ffff,
                4 => pieces[1],
                _ if carry == 0 => break,
                _ => 0,
            };
            #[allow(clippy::cast_possible_truncation, reason = "32 bits")]
            let piece = piece as i64;
            carry += self.0[place] + if negative { -piece } else { piece };
            if place + 1 < LIMBS {
                self.0[place] = carry & 0xffff_ffff;
                carry >>= 32;
            } else {
                self.0[place] = carry;
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        let mut carry = 0;
        for (place, (own, other)) in self.0.iter_mut().zip(&other.0).enumerate() {
            carry += *own + other;
            if place + 1 < LIMBS {
                *own = carry & 0xffff_ffff;
                carry >>= 32;
            } else {
                *own = carry;
            }
        }
    }

    /// Rounded to the nearest double, ties to even.
    fn value(&self) -> f64 {
        let negative = self.0[LIMBS - 1] < 0;
        let mut size = Self::default();
        let mut carry = 0;
        for (place, (size, limb)) in size.0.iter_mut().zip(&self.0).enumerate() {
            carry += if negative { -limb } else { *limb };
            *size = if place + 1 < LIMBS { carry & 0xffff_ffff } else { carry };
            carry >>= 32;
        }
        let Some(top) = size.0.iter().rposition(|limb| *limb != 0) else { return 0.0 };
        // Four limbs from the top, and one bit for all that is below them: enough for one rounding.
        let low = top.saturating_sub(3);
        let sticky = size.0[..low].iter().any(|limb| *limb != 0);
        let window =
            size.0[low..=top].iter().rev().fold(0_u128, |sum, limb| sum << 32 | u128::from(limb.cast_unsigned()));
        let value = scaled(window | u128::from(sticky), i32::try_from(low * 32).unwrap_or(0) + LONG);
        if negative { -value } else { value }
    }
}

/// `number` × 2^`exponent`, rounded once, also among the smallest doubles, where the unit is fixed.
fn scaled(number: u128, exponent: i32) -> f64 {
    // Below 2^-1022 a double counts units of 2^-1074, and so does the lowest window: nothing is rounded there.
    #[allow(clippy::cast_precision_loss, reason = "rounded on purpose")]
    let rounded = number as f64;
    if exponent > 800 {
        return rounded * power(800) * power(exponent - 800);
    }
    if exponent < -1000 {
        return rounded * power(-1000) * power(exponent + 1000);
    }
    rounded * power(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use proptest::prelude::*;

    /// The sum as a whole number of units of 2^-1074.
    fn exact(terms: &[f64]) -> BigInt {
        terms.iter().fold(BigInt::ZERO, |sum, term| {
            let (mantissa, exponent) = parts(*term);
            sum + (BigInt::from(mantissa) << (exponent - LONG))
        })
    }

    /// Rounded by hand: the nearest whole multiple of the unit of the result, ties to even.
    fn rounded(number: &BigInt) -> f64 {
        let size = number.magnitude();
        let bits = size.bits();
        let mut cut = bits.saturating_sub(53);
        let mut kept = size >> cut;
        let rest = size - (&kept << cut);
        if cut > 0 {
            let half = num_bigint::BigUint::from(1_u8) << (cut - 1);
            if rest > half || (rest == half && kept.bit(0)) {
                kept += 1_u8;
            }
            if kept.bits() > 53 {
                kept >>= 1;
                cut += 1;
            }
        }
        let mantissa = u64::try_from(&kept).unwrap();
        let bits = if mantissa >> 52 == 0 { mantissa } else { (cut + 1) << 52 | (mantissa & ((1 << 52) - 1)) };
        let value = if cut + 1 >= 0x7ff { f64::INFINITY } else { f64::from_bits(bits) };
        if number.sign() == num_bigint::Sign::Minus { -value } else { value }
    }

    fn finite() -> impl Strategy<Value = f64> {
        prop_oneof![
            any::<f64>().prop_filter("finite", |term| term.is_finite()),
            -100.0..100.0_f64,
            (-1000_i32..1000).prop_map(|thousandths| f64::from(thousandths) / 1000.0),
            prop::sample::select(vec![0.0, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -5e-324, 1e-30, 1e22]),
        ]
    }

    proptest! {
        #[test]
        fn exact_whatever_the_order_and_the_pieces(terms in prop::collection::vec(finite(), 0..60), at in 0_usize..60) {
            let expected = rounded(&exact(&terms)).to_bits();
            let whole: Sum = terms.iter().copied().collect();
            prop_assert_eq!(whole.value().to_bits() << 1, expected << 1);
            let (first, second) = terms.split_at(at.min(terms.len()));
            let mut merged: Sum = second.iter().rev().copied().collect();
            merged.merge(&first.iter().copied().collect());
            prop_assert_eq!(merged.value().to_bits(), whole.value().to_bits());
        }
    }

    #[test]
    fn worked_by_hand() {
        let sum = |terms: &[f64]| terms.iter().copied().collect::<Sum>().value();
        assert_eq!(sum(&[]), 0.0);
        assert_eq!(sum(&[0.1; 10]), 1.0, "added one after the other it is 0.9999999999999999");
        assert_eq!(sum(&[1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum(&[5e-324, 5e-324]), 1e-323);
        assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]), f64::MAX);
        assert_eq!(sum(&[f64::MAX, f64::MAX]), f64::INFINITY);
        assert_eq!(sum(&[1.0, f64::NAN, f64::INFINITY]), 1.0, "left out, as documented");
        assert_eq!(sum(&vec![5e11; 10_000]), 5e15, "more than the short accumulator holds");
    }
}
