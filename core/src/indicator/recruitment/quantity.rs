//! A number of persons that is not known for sure.

use super::figures::Behind;
use crate::compare::Interval;
use crate::describe::QuantileRule;
use crate::describe::quantile::quantile;
use crate::interval::Level;

/// What is expected, and what the draws gave; without draws it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Quantity {
    /// Its exact expectation.
    pub(super) mean: f64,
    /// What is known for sure, in every draw.
    sure: f64,
    /// What each draw has beyond that; empty: nothing.
    draws: Vec<f64>,
    /// Who stands behind it.
    pub(super) behind: Behind,
    /// How many one unit, the heaviest, stands for; 0: each for one.
    pub(super) heaviest: f64,
}

impl Quantity {
    /// Adds what is known for sure.
    pub(super) fn add_sure(&mut self, value: f64) {
        self.mean += value;
        self.sure += value;
    }

    /// Adds a part with its expectation and its draws.
    pub(super) fn add_drawn(&mut self, mean: f64, draws: impl ExactSizeIterator<Item = f64>) {
        self.mean += mean;
        self.draws.resize(draws.len(), 0.0);
        self.draws.iter_mut().zip(draws).for_each(|(sum, draw)| *sum += draw);
    }

    /// Adds another one, draw by draw, times 1 or −1.
    pub(super) fn add(&mut self, other: &Self, sign: f64) {
        self.mean += sign * other.mean;
        self.sure += sign * other.sure;
        if !other.draws.is_empty() {
            self.draws.resize(other.draws.len(), 0.0);
            self.draws.iter_mut().zip(&other.draws).for_each(|(sum, draw)| *sum += sign * draw);
        }
        self.behind.merge(&other.behind);
        self.heaviest = self.heaviest.max(other.heaviest);
    }

    /// The draws in rising order; one value where nothing is drawn.
    pub(super) fn ordered(&self) -> Vec<f64> {
        let mut ordered: Vec<f64> = self.draws.iter().map(|draw| self.sure + draw).collect();
        if ordered.is_empty() {
            ordered.push(self.mean);
        }
        ordered.sort_unstable_by(f64::total_cmp);
        ordered
    }

    /// Between which values the middle draws lie, by Hyndman and Fan's rule 7.
    pub(super) fn interval(&self, level: Level) -> Option<Interval> {
        let ordered = self.ordered();
        let limit = |share| quantile(&ordered, share, QuantileRule::HyndmanFan7).ok();
        Some(Interval { lower: limit(level.tail())?, upper: limit(1.0 - level.tail())? })
    }
}
