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
//! the numbers are; whole days are.

pub mod competing;
pub mod kaplan_meier;
mod no_curve;
mod quantile;

pub use competing::{CompetingEnds, competing};
pub use kaplan_meier::{KaplanMeier, kaplan_meier};
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

/// The people at one time.
#[derive(Clone, Debug, PartialEq)]
struct Moment {
    time: f64,
    /// Followed until this time or longer.
    at_risk: u64,
    /// How many for whom each end came.
    ends: Vec<u64>,
    censored: u64,
}

/// The distinct times in rising order, with `kinds` ends.
fn moments(spells: &[Spell], kinds: usize) -> Result<Vec<Moment>, NoCurve> {
    if spells.is_empty() {
        return Err(NoCurve::Nobody);
    }
    if let Some(person) = spells.iter().position(|spell| !(spell.time.is_finite() && spell.time >= 0.0)) {
        return Err(NoCurve::NotATime { person });
    }
    if let Some(person) = spells.iter().position(|spell| spell.end.is_some_and(|end| end >= kinds)) {
        return Err(NoCurve::UnknownEnd { person });
    }
    let mut order: Vec<&Spell> = spells.iter().collect();
    order.sort_by(|a, b| a.time.total_cmp(&b.time));
    let mut at_risk = spells.len() as u64;
    let mut moments = Vec::new();
    for group in order.chunk_by(|a, b| a.time == b.time) {
        let mut moment = Moment { time: group[0].time, at_risk, ends: vec![0; kinds], censored: 0 };
        for spell in group {
            match spell.end {
                Some(end) => moment.ends[end] += 1,
                None => moment.censored += 1,
            }
        }
        at_risk -= group.len() as u64;
        moments.push(moment);
    }
    Ok(moments)
}

/// The interval of a share on the scale log(-log): inside 0 and 1; none at 0 and 1, where that scale has no place.
fn log_log(share: f64, se: f64, level: Level) -> Option<ShareInterval> {
    if !(share > 0.0 && share < 1.0 && se.is_finite()) {
        return None;
    }
    let log = libm::log(share);
    let centre = libm::log(-log);
    let half = normal::upper_quantile(level.tail()) * se / (share * log).abs();
    let limit = |at: f64| libm::exp(-libm::exp(at));
    Some(ShareInterval { lower: limit(centre + half), upper: limit(centre - half) })
}
