//! Sums of products that do not depend on the order of their terms.

use super::{DoubleDouble, LONG, Long, parts, power};

/// The unit of the short accumulators is 2^-140.
const UNIT: i32 = -140;
/// Products of 106 bits moved by this many units fill 200 of 256 bits: room for 2^55 of them.
const MOST: u32 = 94;
/// From this exponent on a product does not fit the long accumulator either.
const LIMIT: i32 = 930;

/// Exact sums of products of two doubles, `N` of them side by side.
///
/// A product of two doubles is a whole number of 106 bits times a power of two. Between 2^-34 and 2^60 it is added to a
/// whole number of 256 bits, otherwise to one as long as doubles need.
///
/// ```
/// # use bygdepuls_core::sum::Moments;
/// let mut moments = Moments::<1>::default();
/// for (a, b) in [(0.1, 0.1), (1e8, 1e8), (-1e8, 1e8), (0.1, -0.1)] {
///     moments.add(0, a, b);
/// }
/// assert_eq!(moments.value(0).map(|sum| sum.value()), Some(0.0));
/// ```
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct Moments<const N: usize> {
    pub(super) short: [Wide; N],
    pub(super) long: Option<Box<[Long; N]>>,
    /// Whether a product was too large for any of them.
    pub(super) huge: bool,
}

/// 256 bits, as two words with a sign.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wide {
    pub(super) low: [u64; 2],
    pub(super) high: [u64; 2],
}

impl<const N: usize> Default for Moments<N> {
    fn default() -> Self {
        Self { short: [Wide::default(); N], long: None, huge: false }
    }
}

impl<const N: usize> Moments<N> {
    /// Adds `a × b` to the sum at a place. Both are finite.
    #[inline]
    pub fn add(&mut self, place: usize, a: f64, b: f64) {
        let ((a, a_exponent), (b, b_exponent)) = (parts(a), parts(b));
        let (product, exponent) = (i128::from(a) * i128::from(b), a_exponent + b_exponent);
        match u32::try_from(exponent - UNIT) {
            Ok(shift @ 0..=MOST) => self.short[place].add(product, shift),
            _ if product == 0 => {}
            _ => self.add_long(place, product, exponent),
        }
    }

    /// Reads from all that the sums take in memory.
    #[inline]
    pub(crate) fn touch(&self) -> u64 {
        self.short.iter().step_by(2).fold(0, |seen, sum| seen ^ sum.low[0])
    }

    #[cold]
    fn add_long(&mut self, place: usize, product: i128, exponent: i32) {
        if exponent > LIMIT {
            self.huge = true;
            return;
        }
        // What is below the smallest double is cut off: the same for the same product, whatever the order.
        let cut = (LONG - exponent).clamp(0, 127).cast_unsigned();
        self.long_mut()[place].add(product >> cut, exponent.max(LONG));
    }

    fn long_mut(&mut self) -> &mut [Long; N] {
        self.long.get_or_insert_with(|| Box::new(std::array::from_fn(|_| Long::default())))
    }

    /// Adds other sums: the same as adding their terms.
    pub fn merge(&mut self, other: &Self) {
        for (own, other) in self.short.iter_mut().zip(&other.short) {
            own.merge(*other);
        }
        if let Some(other) = &other.long {
            for (own, other) in self.long_mut().iter_mut().zip(other.iter()) {
                own.merge(other);
            }
        }
        self.huge |= other.huge;
    }

    /// A sum, with twice the digits of a double; `None` when a product was too large.
    #[must_use]
    pub fn value(&self, place: usize) -> Option<DoubleDouble> {
        if self.huge {
            return None;
        }
        let Some(long) = &self.long else { return Some(self.short[place].value()) };
        let mut long = long[place].clone();
        let (low, high) = self.short[place].words();
        let halves = [low & u128::from(u64::MAX), low >> 64];
        for (half, exponent) in halves.into_iter().zip([UNIT, UNIT + 64]) {
            long.add(half.cast_signed(), exponent);
        }
        long.add(high, UNIT + 128);
        let sum = long.value();
        if !sum.is_finite() {
            return None;
        }
        let (mantissa, exponent) = parts(-sum);
        long.add(i128::from(mantissa), exponent);
        Some(DoubleDouble::new(sum, long.value()))
    }
}

impl Wide {
    #[inline]
    fn words(self) -> (u128, i128) {
        let join = |[low, high]: [u64; 2]| u128::from(low) | u128::from(high) << 64;
        (join(self.low), join(self.high).cast_signed())
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "halves of words")]
    fn set(&mut self, low: u128, high: i128) {
        let halves = |word: u128| [word as u64, (word >> 64) as u64];
        (self.low, self.high) = (halves(low), halves(high.cast_unsigned()));
    }

    /// Adds `number` × 2^`shift` units, `shift` below 128.
    #[inline]
    fn add(&mut self, number: i128, shift: u32) {
        let (low, high) = self.words();
        let (low, carry) = low.overflowing_add(number.cast_unsigned() << shift);
        self.set(low, high.wrapping_add((number >> 1) >> (127 - shift)).wrapping_add(i128::from(carry)));
    }

    fn merge(&mut self, other: Self) {
        let ((low, high), (other_low, other_high)) = (self.words(), other.words());
        let (low, carry) = low.overflowing_add(other_low);
        self.set(low, high.wrapping_add(other_high).wrapping_add(i128::from(carry)));
    }

    /// The first 106 binary digits.
    fn value(self) -> DoubleDouble {
        let (low, high) = self.words();
        let negative = high < 0;
        let (low, high) = if negative {
            let (low, carry) = (!low).overflowing_add(1);
            (low, (!high).cast_unsigned().wrapping_add(u128::from(carry)))
        } else {
            (low, high.cast_unsigned())
        };
        // The 128 digits from the first on.
        let zeros = if high == 0 { 128 + low.leading_zeros() } else { high.leading_zeros() };
        let top = match zeros {
            0 => high,
            1..=127 => high << zeros | low >> (128 - zeros),
            128..=255 => low << (zeros - 128),
            _ => return DoubleDouble::default(),
        };
        let exponent = UNIT + 128 - zeros.cast_signed();
        #[allow(clippy::cast_precision_loss, reason = "53 digits each")]
        let piece = |from: u32| ((top >> from) & ((1 << 53) - 1)) as f64 * power(exponent + from.cast_signed());
        let value = DoubleDouble::new(piece(75), piece(22));
        if negative { -value } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use proptest::prelude::*;

    /// The sum of products in units of 2^-2148.
    fn exact(terms: &[(f64, f64)]) -> BigInt {
        let unit = |(mantissa, exponent): (i64, i32)| BigInt::from(mantissa) << (exponent + 1074);
        terms.iter().map(|(a, b)| unit(parts(*a)) * unit(parts(*b))).sum()
    }

    fn units(value: f64) -> BigInt {
        let (mantissa, exponent) = parts(value);
        BigInt::from(mantissa) << (exponent + 2148)
    }

    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            -10.0..10.0_f64,
            (-1000_i32..1000).prop_map(|thousandths| f64::from(thousandths) / 1000.0),
            prop::sample::select(vec![0.0, 1e-9, 1e9, 1e-140, 1e140, -1e70, 3e12, 0.1, 1.0]),
        ]
    }

    proptest! {
        #[test]
        fn exact_whatever_the_order_and_the_pieces(terms in prop::collection::vec((number(), number()), 0..40), at in 0_usize..40) {
            let mut whole = Moments::<2>::default();
            terms.iter().for_each(|(a, b)| whole.add(1, *a, *b));
            let (first, second) = terms.split_at(at.min(terms.len()));
            let (mut merged, mut other) = (Moments::<2>::default(), Moments::<2>::default());
            second.iter().rev().for_each(|(a, b)| merged.add(1, *a, *b));
            first.iter().for_each(|(a, b)| other.add(1, *a, *b));
            merged.merge(&other);
            let value = whole.value(1).unwrap();
            prop_assert_eq!(merged.value(1).unwrap(), value);
            // What the two doubles leave is below 2^-103 of the sum, or below the smallest double.
            let exact = exact(&terms);
            let left = exact.clone() - units(value.high) - units(value.low);
            prop_assert!((left.magnitude() << 103) <= exact.magnitude() + (num_bigint::BigUint::from(1_u8) << 1300), "{value:?}");
        }
    }

    #[test]
    fn worked_by_hand() {
        let mut moments = Moments::<1>::default();
        moments.add(0, 3.0, 7.0);
        moments.add(0, -0.5, 0.25);
        assert_eq!(moments.value(0), Some(DoubleDouble::from(20.875)));
        moments.add(0, -1e3, 1.0);
        assert_eq!(moments.value(0), Some(DoubleDouble::from(-979.125)));
        moments.add(0, 1e149, 1e149);
        assert!(moments.value(0).is_some(), "a square of a number that a file may hold");
        moments.add(0, 1e200, 1e200);
        assert_eq!(moments.value(0), None, "beyond the largest double");
    }
}
