//! Whole numbers modulo the prime 2^61 − 1, for linear dependence among groups and sums of cells.
//!
//! They are exact, and of one size whatever the table. A dependence among the rationals is one there; one that is there
//! alone would take a determinant that the prime divides.

/// 2^61 − 1.
const PRIME: u64 = (1 << 61) - 1;

/// −1.
pub(in crate::disclosure) const MINUS_ONE: u64 = PRIME - 1;

#[allow(clippy::cast_possible_truncation, reason = "below 2^61")]
pub(in crate::disclosure) fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let folded = (product as u64 & PRIME) + (product >> 61) as u64;
    if folded >= PRIME { folded - PRIME } else { folded }
}

pub(in crate::disclosure) fn plus(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

pub(in crate::disclosure) fn minus(a: u64) -> u64 {
    if a == 0 { 0 } else { PRIME - a }
}

/// 1 / a, as a^(p − 2).
pub(in crate::disclosure) fn inverse(a: u64) -> u64 {
    let (mut result, mut base, mut power) = (1, a, PRIME - 2);
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic() {
        assert_eq!(times(MINUS_ONE, MINUS_ONE), 1);
        assert_eq!(times(inverse(12_345), 12_345), 1);
    }
}
