//! What a published figure gives away: which counts could have made it.
//!
//! The reader knows the roll. A percentage, an interval, a smoothed rate, a mean, a rank or an arrow is a function of
//! x of n, so whoever knows n, or only a range of it, tries them all and keeps those that fit. [`candidates`] does the
//! same, and [`Verdict`] says what the rest prove.
//!
//! | published | [`Shown`] | attack |
//! |---|---|---|
//! | percentage, "k of 10", rounded to 5 or 10 | [`Shown::Share`] | T18–T20 |
//! | a band, "under 5 %" | [`Shown::Within`] | |
//! | a count, exact or rounded to 3 | [`Shown::Count`] | |
//! | an interval of any kind | [`Shown::Interval`] | T21, T25 |
//! | a smoothed rate with a known prior | [`Shown::Smoothed`] | T24 |
//! | "5.8 points above the county" | [`Shown::Difference`] | T28 |
//! | an arrow, "significantly higher" | [`Shown::Flag`] | T27 |
//! | "91 % answered" | [`Shown::Response`] | T29 |
//! | the mean of a scale, perhaps with its standard deviation | [`mean::Mean`] | T26 |
//! | an order of groups | [`rank::ranked`] | T27 |

mod interval;
pub mod mean;
pub mod rank;
mod rounding;
mod verdict;

pub use interval::IntervalMethod;
pub use rounding::{Rounding, Ties};
pub use verdict::{Alike, Verdict};

use crate::distribution::binomial;
use crate::interval::Level;
use std::ops::RangeInclusive;

/// A figure as it was published.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// A share x/n times `per`: 100 for a percentage, 10 for "k of 10".
    Share {
        /// The figure.
        value: f64,
        /// What the share was multiplied by.
        per: f64,
        /// How it was rounded.
        rounding: Rounding,
    },
    /// The percentage lies between two limits.
    Within {
        /// From this percentage on.
        lower: f64,
        /// Up to this percentage.
        upper: f64,
        /// Whether the lower and the upper limit are included.
        included: (bool, bool),
    },
    /// The count x, with n beside it where that is shown too.
    Count {
        /// The count.
        x: f64,
        /// The number of answers, rounded in the same way.
        n: Option<f64>,
        /// How both were rounded.
        rounding: Rounding,
    },
    /// The limits of an interval, in percent.
    Interval {
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
        /// How it was made.
        method: IntervalMethod,
        /// Its level.
        level: Level,
        /// How the limits were rounded.
        rounding: Rounding,
    },
    /// A smoothed percentage 100 (x + yes) / (n + yes + no).
    Smoothed {
        /// The figure.
        value: f64,
        /// What the prior adds to those who said yes.
        yes: f64,
        /// What the prior adds to those who did not.
        no: f64,
        /// How it was rounded.
        rounding: Rounding,
    },
    /// Percentage points above a known percentage; negative below it.
    Difference {
        /// The points.
        points: f64,
        /// The percentage that it is the difference from.
        reference: f64,
        /// How the points were rounded.
        rounding: Rounding,
        /// How the reference was rounded before it was printed; none where it is known exactly.
        reference_rounding: Option<Rounding>,
    },
    /// An arrow by a one-sided exact binomial test against a known share.
    Flag {
        /// Whether it stands there.
        raised: bool,
        /// Whether it says "higher"; otherwise "lower".
        higher: bool,
        /// The known share, 0 to 1.
        reference: f64,
        /// Raised below this probability.
        alpha: f64,
    },
    /// The percentage of the roll that answered: n of the population.
    Response {
        /// The figure.
        value: f64,
        /// How it was rounded.
        rounding: Rounding,
    },
}

/// What the reader knows beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    /// How many may have answered.
    pub n: RangeInclusive<u64>,
    /// How many there are in all; what intervals of finite populations and response rates need.
    pub population: Option<u64>,
}

impl Roll {
    /// So many answered.
    #[must_use]
    pub fn known(n: u64) -> Self {
        Self { n: n..=n, population: None }
    }

    /// Between so many answered.
    #[must_use]
    pub fn between(fewest: u64, most: u64) -> Self {
        Self { n: fewest..=most, population: None }
    }

    /// So many are on the roll, and anything from 1 to all of them answered.
    #[must_use]
    pub fn of_population(population: u64) -> Self {
        Self { n: 1..=population, population: Some(population) }
    }
}

/// The largest n that is tried: the number of pairs grows with its square.
pub const LARGEST_ROLL: u64 = 2_000;

/// One pair of counts that would have given the figure: `x` of `n` said yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Answers.
    pub n: u64,
    /// Those who said yes.
    pub x: u64,
}

/// All (x, n) that would have given a figure, by n, then x. n = 0 publishes nothing and is never one of them; n above
/// [`LARGEST_ROLL`] is not tried.
///
/// Where the rule for ties is not known, [`Ties::Either`] takes both sides. Limits of an interval fit as the method
/// gives them, and cut off at 0 and 100. Where a method has no interval for a pair, that pair published none.
///
/// # Formula
///
/// ```text
/// { (x, n) : n in roll, 0 <= x <= n, round(f(x, n)) = shown }
/// ```
///
/// # Example
///
/// ```
/// use bygdepuls_core::disclosure::inversion::{Candidate, Roll, Rounding, Shown, candidates};
/// // "18.2 %": 2 of 11 or 4 of 22. A class of 11 knows which.
/// let shown = Shown::Share { value: 18.2, per: 100.0, rounding: Rounding::decimals(1) };
/// let found = candidates(&shown, &Roll::between(3, 30));
/// assert_eq!(found, [Candidate { n: 11, x: 2 }, Candidate { n: 22, x: 4 }]);
/// assert_eq!(candidates(&shown, &Roll::known(11)).len(), 1);
/// ```
#[must_use]
pub fn candidates(shown: &Shown, roll: &Roll) -> Vec<Candidate> {
    let mut found = Vec::new();
    for n in (*roll.n.start()).max(1)..=(*roll.n.end()).min(LARGEST_ROLL) {
        if let Shown::Response { value, rounding } = shown {
            // The rate says how many answered, and nothing of what they said.
            let fits = roll.population.is_some_and(|all| rounding.fits(100.0 * f(n) / f(all), *value));
            found.extend((0..=n).filter(|_| fits).map(|x| Candidate { n, x }));
            continue;
        }
        found.extend((0..=n).filter(|&x| fits(shown, x, n, roll.population)).map(|x| Candidate { n, x }));
    }
    found
}

/// A count as a number. Counts on a roll are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
const fn f(count: u64) -> f64 {
    count as f64
}

fn fits(shown: &Shown, x: u64, n: u64, population: Option<u64>) -> bool {
    let share = f(x) / f(n);
    match *shown {
        Shown::Share { value, per, rounding } => rounding.fits(per * f(x) / f(n), value),
        Shown::Within { lower, upper, included } => {
            // Compared as x of n: 100 * 1 / 3 is not a third of 100.
            let (at, from, to) = (100.0 * f(x), lower * f(n), upper * f(n));
            let on = |limit: f64| (at - limit).abs() <= TINY;
            (at > from && !on(from) || included.0 && on(from)) && (at < to && !on(to) || included.1 && on(to))
        }
        Shown::Count { x: value, n: answers, rounding } => {
            rounding.fits(f(x), value) && answers.is_none_or(|answers| rounding.fits(f(n), answers))
        }
        Shown::Interval { lower, upper, method, level, rounding } => {
            method.limits(x, n, population, level).is_some_and(|(low, high)| {
                let one = |limit: f64, shown| {
                    rounding.fits(100.0 * limit, shown) || rounding.fits(100.0 * limit.clamp(0.0, 1.0), shown)
                };
                one(low, lower) && one(high, upper)
            })
        }
        Shown::Smoothed { value, yes, no, rounding } => rounding.fits(100.0 * (f(x) + yes) / (f(n) + yes + no), value),
        Shown::Difference { points, reference, rounding, reference_rounding } => {
            let slack = reference_rounding.map_or(0.0, Rounding::half);
            rounding.within(100.0 * share - reference, points, slack)
        }
        Shown::Flag { raised, higher, reference, alpha } => {
            // P(X >= x) is P(X > x - 1).
            let tails = |x: f64| binomial::tails(x, f(n), reference, 1.0 - reference);
            let tail = if higher { tails(f(x) - 1.0).1 } else { tails(f(x)).0 };
            (tail < alpha) == raised
        }
        Shown::Response { .. } => false,
    }
}

/// Two figures that differ by less are the same: rounding of doubles, never of people.
const TINY: f64 = 1e-9;

#[cfg(test)]
mod tests;
