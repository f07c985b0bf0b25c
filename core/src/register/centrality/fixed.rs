//! Weights and amounts as whole numbers, so that a sum over millions of pairs is exact.
//!
//! A weight is a whole number of 2^-62, an amount one of 2^-k with k as large as the amounts of all units together allow;
//! whole amounts, as jobs are, have k = 0. The products are added in 128 bits: no sum is rounded before the last step, so
//! it does not depend on the order of the pairs or on how many pieces they came in. The rounding of a weight is below
//! 2^-62 of the weight of a place next door.

use crate::sum::Sum;

/// Bits behind the point of a weight.
pub(super) const WEIGHT_BITS: i32 = 62;

/// The largest total of amounts, in whole numbers: times the largest weight it is below 2^124.
const TOTAL_BITS: i32 = 62;

/// A weight from 0 to 1 as a whole number.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 2^62, and whole")]
pub(super) fn weight(weight: f64) -> u64 {
    libm::rint(libm::ldexp(weight.clamp(0.0, 1.0), WEIGHT_BITS)) as u64
}

/// Amounts as whole numbers of 2^-bits, and the bits.
pub(super) fn amounts(amounts: &[f64]) -> (Vec<u64>, i32) {
    let total = amounts.iter().copied().collect::<Sum>().value();
    let whole = amounts.iter().all(|amount| libm::trunc(*amount) == *amount);
    let (_, exponent) = libm::frexp(total);
    let bits = if whole && exponent < TOTAL_BITS { 0 } else { (TOTAL_BITS - 1 - exponent).clamp(-1000, 52) };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^62, and whole")]
    let scaled = |amount: &f64| libm::rint(libm::ldexp(*amount, bits)) as u64;
    (amounts.iter().map(scaled).collect(), bits)
}

/// A sum of products of weights and amounts as a number.
#[allow(clippy::cast_precision_loss, reason = "rounded once, on purpose")]
pub(super) fn value(sum: u128, bits: i32) -> f64 {
    libm::ldexp(sum as f64, -WEIGHT_BITS - bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_amounts_are_exact_and_others_nearly() {
        let (jobs, bits) = amounts(&[26.0, 365.0]);
        assert_eq!((jobs.as_slice(), bits), ([26, 365].as_slice(), 0));
        assert_eq!(
            value(u128::from(jobs[0]) * u128::from(weight(0.5)) + u128::from(jobs[1]) * u128::from(weight(1.0)), bits),
            378.0
        );
        let (some, bits) = amounts(&[0.1, 12.25]);
        assert!((value(u128::from(some[0]) * u128::from(weight(1.0)), bits) - 0.1).abs() < 1e-15);
        assert_eq!(amounts(&[]).0, Vec::<u64>::new());
        let (large, bits) = amounts(&[1e140, 1e100]);
        assert!((value(u128::from(large[0]) * u128::from(weight(1.0)), bits) / 1e140 - 1.0).abs() < 1e-15);
    }
}
