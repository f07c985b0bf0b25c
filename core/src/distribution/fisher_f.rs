//! Fisher's F distribution. Degrees of freedom may be any positive numbers; the second may be infinite.

use super::{beta, chi_squared};

/// P(X > x) with `df1` and `df2` degrees of freedom.
#[must_use]
pub fn upper_tail(x: f64, df1: f64, df2: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if df2.is_infinite() {
        return chi_squared::upper_tail(df1 * x, df1);
    }
    if x.is_infinite() {
        return 0.0;
    }
    let scaled = df1 * x;
    beta::tails(df2 / (df2 + scaled), scaled / (df2 + scaled), 0.5 * df2, 0.5 * df1).0
}
