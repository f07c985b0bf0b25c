//! Times in whole days, counted: as many numbers as there are days, however many positions there are.

use super::figures::{Behind, Entry, NoFigure};
use super::table::Tally;
use crate::compare::{Interval, real};
use crate::interval::Level;
use crate::survival::{KaplanMeier, Moments, NoCurve};
use std::collections::BTreeMap;

/// How many ended after each number of days, by how; the last of the `K` is for those who were last seen then.
#[derive(Clone, Debug, Default)]
pub(super) struct Spells<const K: usize> {
    short: Vec<[u32; K]>,
    /// Beyond [`LONG`] days, so that one odd date takes no room.
    long: BTreeMap<u32, [u32; K]>,
}

const LONG: usize = 4096;

impl<const K: usize> Spells<K> {
    /// Adds somebody who ended so, or was last seen, after some days.
    pub(super) fn add(&mut self, days: u32, how: usize) {
        let at = days as usize;
        if at >= LONG {
            self.long.entry(days).or_insert([0; K])[how] += 1;
            return;
        }
        if self.short.len() <= at {
            self.short.resize(at + 1, [0; K]);
        }
        self.short[at][how] += 1;
    }

    /// The same by time.
    pub(super) fn moments(&self) -> Result<Moments, NoCurve> {
        let all = (0..).zip(&self.short).chain(self.long.iter().map(|(days, counts)| (*days, counts)));
        let seen = all.filter(|(_, counts)| counts.iter().any(|count| *count > 0));
        Moments::counted(
            K - 1,
            seen.map(|(days, counts)| {
                let (ends, last) = counts.split_at(K - 1);
                (
                    f64::from(days),
                    ends.iter().map(|count| u64::from(*count)).collect(),
                    last.iter().map(|count| u64::from(*count)).sum(),
                )
            }),
        )
    }
}

impl<const K: usize> Tally for Spells<K> {
    fn merge(&mut self, other: &Self) {
        if self.short.len() < other.short.len() {
            self.short.resize(other.short.len(), [0; K]);
        }
        let add = |sums: &mut [u32; K], more: &[u32; K]| sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        self.short.iter_mut().zip(&other.short).for_each(|(sums, more)| add(sums, more));
        for (days, more) in &other.long {
            add(self.long.entry(*days).or_insert([0; K]), more);
        }
    }
}

/// Days until so many months have passed: 365 in twelve.
pub(super) const fn days_of(months: u32) -> u32 {
    months * 365 / 12
}

/// What one person adds to the share after some days, at most. It is the same for all days of a family of which at least half
/// are followed, so that they are rounded alike; after that each of the few who are left would be seen.
pub(super) fn worth(curve: &KaplanMeier, days: u32, family: impl Iterator<Item = u32>) -> f64 {
    let half = real(curve.n) / 2.0;
    let followed = |days: u32| Some(curve.followed(f64::from(days))).filter(|followed| *followed >= half);
    match followed(days) {
        Some(own) => 1.0 / family.filter_map(followed).fold(own, f64::min),
        None => 1.0,
    }
}

impl Entry {
    /// The median of a curve with Brookmeyer and Crowley's interval, which is open above where the curve has not come so far.
    pub(super) fn median(curve: Result<KaplanMeier, NoCurve>, behind: Behind) -> Self {
        let curve = match curve {
            Ok(curve) => curve,
            Err(why) => return Self::plain(Err(NoFigure::of_curve(why)), 0, behind),
        };
        let median = curve.quantile(0.5, Level::P95);
        let entry = Self::plain(median.estimate.map_err(NoFigure::of_curve), curve.n, behind);
        // A median that the curve has not come to can have a lower limit: it is no earlier.
        match median.lower {
            Ok(lower) => {
                entry.with(Interval { lower, upper: median.upper.unwrap_or(f64::INFINITY) }, "brookmeyer-crowley")
            }
            Err(_) => entry,
        }
    }

    /// The share for whom it has not happened after some days, with the log–log interval; `family`: all days of which figures
    /// are given.
    pub(super) fn staying(
        curve: &Result<KaplanMeier, NoCurve>,
        days: u32,
        family: impl Iterator<Item = u32>,
        behind: Behind,
    ) -> Self {
        let curve = match curve {
            Ok(curve) => curve,
            Err(why) => return Self::plain(Err(NoFigure::of_curve(*why)), 0, behind),
        };
        let time = f64::from(days);
        let step = curve.at(time);
        let value = step.map(|step| step.survival).map_err(NoFigure::of_curve);
        let entry = Self::plain(value, curve.n, behind).worth(worth(curve, days, family));
        match step.and_then(|step| step.interval(Level::P95)) {
            Ok(limits) => entry.with(limits.into(), "log-log"),
            Err(_) => entry,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_that_are_left_are_worth_much() {
        // Ten left early, 50 were last seen after 400 days, 30 after 500, 10 after 800.
        let mut spells = Spells::<2>::default();
        for (days, how, many) in [(5, 0, 10), (400, 1, 50), (500, 1, 30), (800, 1, 10)] {
            (0..many).for_each(|_| spells.add(days, how));
        }
        let curve = spells.moments().unwrap().kaplan_meier();
        let worth = |days, family: &[u32]| worth(&curve, days, family.iter().copied());
        assert_eq!([0, 365, 400].map(|days| worth(days, &[0, 365])), [0.01; 3]);
        // 40 of 90 are still there on day 401: 44 of 100. Of 800 days nothing is told.
        assert_eq!([401, 800].map(|days| worth(days, &[0, 365])), [1.0; 2]);
        (0..60).for_each(|_| spells.add(800, 1));
        let curve = spells.moments().unwrap().kaplan_meier();
        // 100 of 150 on day 401: 107 of 160. All days of the family are rounded as the least followed of them.
        let all = [0, 401].map(|days| super::worth(&curve, days, [0, 401, 700].into_iter()));
        assert!(all.iter().all(|worth| (worth * 160.0 * 100.0 / 150.0 - 1.0).abs() < 1e-12), "{all:?}");
        assert_eq!(super::worth(&curve, 700, [0].into_iter()), 1.0);
    }

    #[test]
    fn a_median_that_is_not_reached_is_no_earlier_than_its_lower_limit() {
        // R 4.2.2, survival: survfit(Surv(c(1:8, rep(20, 12)), rep(1:0, c(8, 12))) ~ 1, conf.type = "log-log"): NA, 5, NA.
        let mut spells = Spells::<2>::default();
        (1..=8).for_each(|day| spells.add(day, 0));
        (0..12).for_each(|_| spells.add(20, 1));
        let entry = Entry::median(spells.moments().map(|moments| moments.kaplan_meier()), Behind::default());
        assert_eq!(entry.value.map_err(|why| why.code), Err("not_reached"));
        assert_eq!(entry.interval, Some(Interval { lower: 5.0, upper: f64::INFINITY }));
    }

    #[test]
    fn long_times_take_no_room_and_stand_in_order() {
        let mut spells = Spells::<2>::default();
        for (days, how) in [(3_000_000, 0), (5, 0), (5, 1), (36_500, 1)] {
            spells.add(days, how);
        }
        let mut twice = spells.clone();
        twice.merge(&spells);
        assert!(twice.short.len() == 6);
        let curve = twice.moments().unwrap().kaplan_meier();
        let steps: Vec<_> =
            curve.steps.iter().map(|step| (step.time, step.at_risk, step.ended, step.censored)).collect();
        assert_eq!(steps, [(5.0, 8, 2, 2), (36_500.0, 4, 0, 2), (3_000_000.0, 2, 2, 0)]);
    }
}
