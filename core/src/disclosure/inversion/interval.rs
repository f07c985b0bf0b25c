//! The kinds of interval that are published.

use super::f;
use crate::distribution::{beta, normal};
use crate::interval::{Counts, Level, ProportionMethod, count_interval};

/// How a published interval was made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum IntervalMethod {
    /// One of ours: from counts, from a simple random sample, or of a finite population.
    Proportion(ProportionMethod),
    /// p ± z √(p (1 − p) / n): the textbook's.
    Wald,
    /// Equal tails of beta(x + yes, n − x + no).
    Beta {
        /// What the prior adds to those who said yes.
        yes: f64,
        /// What the prior adds to those who did not.
        no: f64,
    },
}

impl IntervalMethod {
    /// The limits for x of n as shares; none where the method has none.
    pub(super) fn limits(self, x: u64, n: u64, population: Option<u64>, level: Level) -> Option<(f64, f64)> {
        match self {
            Self::Proportion(method) => {
                let interval = count_interval(method, Counts { x, n, population }, level).ok()?;
                Some((interval.lower, interval.upper))
            }
            Self::Wald => {
                let p = f(x) / f(n);
                let half = normal::upper_quantile(level.tail()) * (p * (1.0 - p) / f(n)).sqrt();
                Some((p - half, p + half))
            }
            Self::Beta { yes, no } => {
                let (a, b) = (f(x) + yes, f(n - x) + no);
                let tail = level.tail();
                let positive = a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite();
                positive.then(|| {
                    (
                        beta::quantile_of_tails(tail, 1.0 - tail, a, b).0,
                        beta::quantile_of_tails(1.0 - tail, tail, a, b).0,
                    )
                })
            }
        }
    }
}
