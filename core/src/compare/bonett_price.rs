//! Bonett and Price's interval of a change among the same people.

use super::{Interval, Pairs, real, z};
use crate::interval::Level;

/// Net change of a share, second time minus first: Wald's interval with one more person changing each way.
///
/// # Formula
///
/// ```text
/// q_b = (b + 1) / (n + 2),   q_c = (c + 1) / (n + 2)
/// interval = q_c - q_b -+ z sqrt((q_b + q_c - (q_c - q_b)^2) / (n + 2))
/// ```
///
/// with b stopped and c started. Defined for every table; for a handful of people it can pass −1 and 1.
///
/// ```
/// use bygdepuls_core::{compare::{Pairs, bonett_price}, interval::Level};
/// let interval = bonett_price::adjusted(&Pairs::new(36, 12, 20, 12)?, Level::P95);
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "-0.0402 0.2353");
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
///
/// # Source
///
/// D. G. Bonett, R. M. Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired
/// data", Journal of Educational and Behavioral Statistics 37 (2012).
#[must_use]
pub fn adjusted(pairs: &Pairs, level: Level) -> Interval {
    let n = real(pairs.n()) + 2.0;
    let (stopped, started) = ((real(pairs.stopped) + 1.0) / n, (real(pairs.started) + 1.0) / n);
    let change = started - stopped;
    Interval::around(change, z(level) * ((stopped + started - change * change) / n).sqrt())
}
