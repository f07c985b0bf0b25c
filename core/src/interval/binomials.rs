//! Binomial coefficients in whole numbers.

use num_bigint::BigUint;

/// `C(n, k)`, exact; 0 for `k > n`.
pub(crate) fn binomial(n: u64, k: u64) -> BigUint {
    if k > n {
        return BigUint::ZERO;
    }
    let k = k.min(n - k);
    let mut result = BigUint::from(1u32);
    for i in 0..k {
        result = result * (n - i) / (i + 1);
    }
    result
}
