//! Time until something happens, with people of whom it is not yet known.
//!
//! | question | method | where |
//! |---|---|---|
//! | who is still waiting, or still here, after a time | Kaplan–Meier, Greenwood, log–log interval | [`kaplan_meier()`] |
//! | the time after which half are through | Brookmeyer–Crowley | [`KaplanMeier::quantile`] |
//! | which of several ends came, by a time | Aalen–Johansen | [`competing()`] |
//!
//! A person is a [`Spell`]: how long they were followed, and whether the end was seen. Who was followed to the same time as
//! somebody for whom it happened was still at risk then: at equal times ends come before censorings. Times are equal when
//! the numbers are; whole days are. Where many people have few times, count them first: [`Moments`].

pub mod competing;
pub mod kaplan_meier;
mod moments;
mod no_curve;
mod quantile;

pub use competing::{CompetingEnds, competing};
pub use kaplan_meier::{KaplanMeier, kaplan_meier};
pub use moments::Moments;
pub use no_curve::NoCurve;
pub use quantile::Quantile;

use crate::distribution::normal;
use crate::interval::{Level, ShareInterval};

/// One person: followed for a time from the start, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spell {
    /// From the start to the end or to the last day on which the person was seen; finite, 0 or more.
    pub time: f64,
    /// Which end came, from 0; none: not yet, when the person was last seen.
    pub end: Option<usize>,
}

impl Spell {
    /// Somebody for whom it happened.
    #[must_use]
    pub const fn ended(time: f64) -> Self {
        Self { time, end: Some(0) }
    }

    /// Somebody for whom it had not happened when last seen.
    #[must_use]
    pub const fn censored(time: f64) -> Self {
        Self { time, end: None }
    }
}

/// The interval of a share on the scale log(-log): inside 0 and 1; none at 0 and 1, where that scale has no place.
pub(crate) fn log_log(share: f64, se: f64, level: Level) -> Option<ShareInterval> {
    if !(share > 0.0 && share < 1.0 && se.is_finite()) {
        return None;
    }
    let log = libm::log(share);
    let centre = libm::log(-log);
    let half = normal::upper_quantile(level.tail()) * se / (share * log).abs();
    let limit = |at: f64| libm::exp(-libm::exp(at));
    Some(ShareInterval { lower: limit(centre + half), upper: limit(centre - half) })
}
