//! What each unit reaches: jobs and services, weighted down with the minutes to them.

use super::decay::Decay;
use super::fixed;
use super::parameters::{OwnUnit, Parameters, ServiceRule};
use super::units::Units;

/// What a place so many minutes away counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// Whether it is within the limit.
    pub(super) counts: bool,
    pub(super) jobs: u64,
    pub(super) services: u64,
    /// Position in [`Plan::levels`] of the services' weight; after the last where it is 0, [`NO_LEVEL`] where it is not
    /// among them.
    pub(super) level: u32,
}

/// Not among the levels.
pub(super) const NO_LEVEL: u32 = u32::MAX;

/// Whole minutes below this have their weights ready: all that the reader of records calls whole.
const WHOLE: usize = 1 << 10;

/// All that a piece of pairs is counted with.
#[derive(Debug)]
pub struct Plan<'a> {
    pub(super) units: &'a Units,
    pub(super) parameters: &'a Parameters,
    /// For each unit its jobs, and its services or the first 64 of its functions as bits.
    pub(super) values: Vec<[u64; 2]>,
    /// Words of 64 functions of each unit; 0 unless functions are counted once.
    pub(super) words: usize,
    bits: [i32; 2],
    whole: Box<[Weight; WHOLE]>,
    /// Weights of services that functions are kept apart by, descending.
    pub(super) levels: Vec<u64>,
}

impl<'a> Plan<'a> {
    /// Makes ready.
    #[must_use]
    pub fn new(units: &'a Units, parameters: &'a Parameters) -> Self {
        let (jobs, job_bits) = fixed::amounts(&units.jobs);
        let distinct = parameters.services == ServiceRule::Distinct;
        let (services, service_bits) = if distinct { (Vec::new(), 0) } else { fixed::amounts(&units.services) };
        let words = if distinct { units.words } else { 0 };
        let second = |unit: usize| match words {
            0 => services.get(unit).copied().unwrap_or_default(),
            words => units.functions[unit * words],
        };
        let values = jobs.iter().enumerate().map(|(unit, jobs)| [*jobs, second(unit)]).collect();
        let decay = &parameters.services_decay;
        let some = decay.weights().unwrap_or_else(|| {
            (0..1000)
                .map(f64::from)
                .take_while(|minutes| *minutes <= parameters.limit)
                .map(|m| decay.weight(m))
                .collect()
        });
        let mut levels: Vec<u64> = some.into_iter().map(fixed::weight).filter(|weight| *weight > 0).collect();
        levels.sort_unstable_by(|a, b| b.cmp(a));
        levels.dedup();
        if words == 0 {
            levels.clear();
        }
        let mut plan = Self {
            units,
            parameters,
            values,
            words,
            bits: [job_bits, service_bits],
            whole: Box::new([Weight::default(); WHOLE]),
            levels,
        };
        for (minutes, place) in (0_u32..).zip(0..WHOLE) {
            plan.whole[place] = plan.computed(f64::from(minutes));
        }
        plan
    }

    /// The units.
    #[must_use]
    pub fn units(&self) -> &'a Units {
        self.units
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &'a Parameters {
        self.parameters
    }

    /// The weight of whole minutes below 1000.
    #[inline]
    pub(super) fn whole(&self, minutes: u32) -> Weight {
        self.whole[minutes as usize % WHOLE]
    }

    /// The weight of any minutes.
    pub(super) fn computed(&self, minutes: f64) -> Weight {
        let Parameters { jobs_decay, services_decay, limit, .. } = self.parameters;
        if minutes > *limit {
            let level = u32::try_from(self.levels.len()).unwrap_or(NO_LEVEL);
            return Weight { counts: false, jobs: 0, services: 0, level };
        }
        let weight = |decay: &Decay| fixed::weight(decay.weight(minutes));
        let services = weight(services_decay);
        let level = self.levels.binary_search_by(|level| services.cmp(level));
        let level = if services == 0 { Some(self.levels.len()) } else { level.ok() };
        let level = level.and_then(|level| u32::try_from(level).ok()).unwrap_or(NO_LEVEL);
        Weight { counts: true, jobs: weight(jobs_decay), services, level }
    }

    /// The functions of a unit as bits.
    pub(super) fn functions(&self, unit: usize) -> &[u64] {
        &self.units.functions[unit * self.words..(unit + 1) * self.words]
    }

    /// Masks that each unit has: by level, and one more for what counts nothing, so that nothing has to be asked.
    pub(super) fn masks(&self) -> usize {
        (self.levels.len() + 1) * self.words
    }

    /// What functions in reach add up to: each once, with its largest weight. `masks` holds the functions by level, and
    /// is empty afterwards.
    pub(super) fn fold(&self, masks: &mut [u64]) -> u128 {
        let mut sum = 0;
        for word in 0..self.words {
            let mut seen = 0;
            for (level, weight) in self.levels.iter().enumerate() {
                let mask = std::mem::take(&mut masks[level * self.words + word]);
                sum += u128::from((mask & !seen).count_ones()) * u128::from(*weight);
                seen |= mask;
            }
        }
        sum
    }

    /// The weight of the unit itself where the file does not have it.
    pub(super) fn own(&self) -> Option<Weight> {
        match self.parameters.own {
            OwnUnit::Add(minutes) => Some(self.computed(minutes)).filter(|weight| weight.counts),
            OwnUnit::AsInFile => None,
        }
    }

    /// Jobs and services that a unit reaches.
    pub(super) fn value(&self, reach: &Reach, unit: usize) -> [f64; 2] {
        [fixed::value(reach.jobs[unit], self.bits[0]), fixed::value(reach.services[unit], self.bits[1])]
    }
}

/// What was reached, unit by unit, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    pub(super) jobs: Vec<u128>,
    pub(super) services: Vec<u128>,
    /// Pairs that begin in the unit, those beyond the limit included.
    pub(super) pairs: Vec<u32>,
    /// Units that the file has a pair with themselves of.
    pub(super) own: Vec<bool>,
    pub(super) tally: Tally,
}

/// How many pairs there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// That count.
    pub counted: u64,
    /// Farther away than the limit.
    pub beyond: u64,
    /// With a code that is not among the units, left out.
    pub unknown: u64,
    /// That stand in one direction only.
    pub one_way: u64,
    /// Units that the file has no pair with themselves of.
    pub own_added: u64,
}

impl Reach {
    pub(super) fn new(units: usize) -> Self {
        Self {
            jobs: vec![0; units],
            services: vec![0; units],
            pairs: vec![0; units],
            own: vec![false; units],
            tally: Tally::default(),
        }
    }

    /// Adds what another piece reached.
    pub(super) fn merge(&mut self, other: &Self) {
        let add = |own: &mut Vec<u128>, other: &Vec<u128>| {
            own.iter_mut().zip(other).for_each(|(own, other)| *own = own.wrapping_add(*other));
        };
        add(&mut self.jobs, &other.jobs);
        add(&mut self.services, &other.services);
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(own, other)| *own += other);
        self.own.iter_mut().zip(&other.own).for_each(|(own, other)| *own |= other);
        self.tally.counted += other.tally.counted;
        self.tally.beyond += other.tally.beyond;
        self.tally.unknown += other.tally.unknown;
        self.tally.one_way += other.tally.one_way;
        self.tally.own_added += other.tally.own_added;
    }
}
