//! Exact sums that stand together in memory.

use super::{Long, SHORT, Sum, parts};

/// `N` exact sums of doubles, as [`Sum`], but side by side: what one record adds to stands in one place.
///
/// ```
/// # use bygdepuls_core::sum::Sums;
/// let mut sums = Sums::<2>::default();
/// for term in [1e100, 1.0, -1e100] {
///     sums.add(0, term);
/// }
/// assert_eq!(sums.sum(0).value(), 1.0); // added one after the other it would be 0
/// ```
#[derive(Clone, Debug)]
pub struct Sums<const N: usize> {
    pub(super) short: [i128; N],
    pub(super) long: Option<Box<[Long; N]>>,
}

impl<const N: usize> Default for Sums<N> {
    fn default() -> Self {
        Self { short: [0; N], long: None }
    }
}

impl<const N: usize> Sums<N> {
    /// Adds a finite term to the sum at a place.
    #[inline]
    pub fn add(&mut self, place: usize, term: f64) {
        let (mantissa, exponent) = parts(term);
        if let Ok(shift @ 0..=66) = u32::try_from(exponent - SHORT)
            && let Some(short) = self.short[place].checked_add(i128::from(mantissa) << shift)
        {
            self.short[place] = short;
        } else if mantissa != 0 && term.is_finite() {
            self.long(place).add(i128::from(mantissa), exponent);
        }
    }

    /// Adds other sums: the same as adding their terms.
    pub fn merge(&mut self, other: &Self) {
        for place in 0..N {
            match self.short[place].checked_add(other.short[place]) {
                Some(short) => self.short[place] = short,
                None => self.long(place).add(other.short[place], SHORT),
            }
            if let Some(long) = &other.long {
                self.long(place).merge(&long[place]);
            }
        }
    }

    /// The sum at a place.
    #[must_use]
    pub fn sum(&self, place: usize) -> Sum {
        let long = self.long.as_ref().map(|long| Box::new(long[place].clone()));
        Sum { short: self.short[place], long }
    }

    #[cold]
    fn long(&mut self, place: usize) -> &mut Long {
        &mut self.long.get_or_insert_with(|| Box::new(std::array::from_fn(|_| Long::default())))[place]
    }
}
