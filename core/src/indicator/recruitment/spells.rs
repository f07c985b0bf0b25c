//! Times in whole days, counted: as many numbers as there are days, however many positions there are.

use super::figures::{Behind, Entry, NoFigure};
use super::table::Tally;
use crate::compare::Interval;
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

impl Entry {
    /// The median of a curve with Brookmeyer and Crowley's interval, which is open above where the curve has not come so far.
    pub(super) fn median(curve: Result<KaplanMeier, NoCurve>, behind: Behind) -> Self {
        let curve = match curve {
            Ok(curve) => curve,
            Err(why) => return Self::plain(Err(NoFigure::of_curve(why)), 0, behind),
        };
        let median = curve.quantile(0.5, Level::P95);
        let entry = Self::plain(median.estimate.map_err(NoFigure::of_curve), curve.n, behind);
        match (entry.value.is_ok(), median.lower) {
            (true, Ok(lower)) => {
                entry.with(Interval { lower, upper: median.upper.unwrap_or(f64::INFINITY) }, "brookmeyer-crowley")
            }
            _ => entry,
        }
    }

    /// The share for whom it has not happened after some days, with the log–log interval.
    pub(super) fn staying(curve: &Result<KaplanMeier, NoCurve>, days: u32, behind: Behind) -> Self {
        let curve = match curve {
            Ok(curve) => curve,
            Err(why) => return Self::plain(Err(NoFigure::of_curve(*why)), 0, behind),
        };
        let time = f64::from(days);
        let step = curve.at(time);
        let value = step.map(|step| step.survival).map_err(NoFigure::of_curve);
        let entry = Self::plain(value, curve.n, behind);
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
