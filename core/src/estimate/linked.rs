//! Covariance of estimates from samples of several strata that share people: years of one survey, linked by person.
//!
//! # Formula
//!
//! ```text
//! cov(a, b) = sum over ordered pairs of strata h ≠ g with m >= 2 people in both samples of
//!             n[h] n[g] × (m / (n[h] n[g]) - K / (N[h] N[g])) × s[hg]
//! s[hg]     = sum over those people of (u - mean u) (v - mean v) / (m - 1)
//! ```
//!
//! u is what a person's record in h moves estimate a, v what their record in g moves b; 0 for a record outside the domain
//! or without a value. K is how many people the two populations share: the smaller of N\[h\] and N\[g\]; without finite
//! populations that part is 0. A stratum that was asked in full has no covariance with others. The covariance inside a
//! stratum is that of the [design](crate::design), with records as units, and comes on top.
//!
//! With one simple random sample per year it is [`overlap::of_mean`](crate::compare::overlap::of_mean). K is as large as
//! it can be: where fewer people stay from one population to the next, and answer alike both times, the variance of a
//! change comes out too large rather than too small. s can be larger than the variances admit; then a change has no
//! standard error and no interval, and a [note](super::Note::NegativeVariance) says so.
//!
//! A person may be in a stratum once: strata are those of a year (`--strata year:town`). An empty id is nobody.
//!
//! # Source
//!
//! L. Kish, *Survey Sampling*, 1965, section 12.4; S. M. Tam, "On covariances from overlapping samples", The American
//! Statistician 38 (1984); Y. G. Berger, "Variance estimation for measures of change in probability sampling", The
//! Canadian Journal of Statistics 32 (2004), for strata.

use super::Question;
use crate::design::Stratum;
use std::collections::BTreeMap;

impl Question {
    /// Says which column tells who is the same person in several records.
    ///
    /// | design | the person |
    /// |---|---|
    /// | sampling units | adds nothing: give the person as a unit |
    /// | strata without sampling units, by linearisation | links the strata |
    /// | otherwise, also with replicates and for statistics in memory | is the sampling unit |
    pub fn link(&mut self, person: &str) {
        if !self.design.psu.is_empty() {
            return;
        }
        if self.design.strata.is_empty() || self.replication.is_some() || self.needs_memory() {
            self.design.psu.push(person.to_owned());
        } else {
            self.person = Some(person.to_owned());
        }
    }
}

/// What a person's record in a stratum moves an estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moved {
    pub(super) person: u32,
    pub(super) stratum: u32,
    pub(super) by: f64,
}

/// The people in the samples of several strata.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    /// By person, those with several strata only.
    strata: BTreeMap<u32, Vec<u32>>,
    /// By two strata, the lower first: how many people are in both samples, and the factor of their covariance.
    pairs: BTreeMap<(u32, u32), (f64, f64)>,
}

impl Links {
    /// From person and stratum of each record, ascending and each once.
    #[allow(clippy::cast_precision_loss, reason = "numbers of people")]
    pub(super) fn new(records: &[(u32, u32)], strata: &[Stratum]) -> Self {
        let mut links = Self::default();
        let mut common: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for of_person in records.chunk_by(|a, b| a.0 == b.0).filter(|list| list.len() > 1) {
            let own: Vec<u32> = of_person.iter().map(|(_, stratum)| *stratum).collect();
            for (place, second) in own.iter().enumerate() {
                own[..place].iter().for_each(|first| *common.entry((*first, *second)).or_default() += 1);
            }
            links.strata.insert(of_person[0].0, own);
        }
        for ((first, second), people) in common.into_iter().filter(|(_, people)| *people >= 2) {
            let (h, g) = (&strata[first as usize], &strata[second as usize]);
            let people = people as f64;
            let fixed = match h.population.zip(g.population) {
                // Where everybody was asked there is nothing that could vary together.
                _ if h.is_census() || g.is_census() => people,
                Some((h_size, g_size)) => {
                    f64::from(h.sampled) / h_size * (f64::from(g.sampled) / g_size) * h_size.min(g_size)
                }
                None => 0.0,
            };
            links.pairs.insert((first, second), (people, people - fixed));
        }
        links
    }

    /// What sharing people adds to the covariance of two estimates. Both lists are ascending by person and stratum.
    pub(super) fn covariance(&self, a: &[Moved], b: &[Moved]) -> f64 {
        let mut sums: BTreeMap<(u32, u32), [f64; 3]> = BTreeMap::new();
        let linked = |moved: &&Moved| self.strata.contains_key(&moved.person);
        for first in a.iter().filter(linked) {
            for other in self.others(first) {
                let second = b.binary_search_by_key(&(first.person, other), |moved| (moved.person, moved.stratum));
                let sums = sums.entry((first.stratum, other)).or_default();
                sums[0] += first.by;
                sums[2] += second.map_or(0.0, |place| first.by * b[place].by);
            }
        }
        for second in b.iter().filter(linked) {
            for other in self.others(second) {
                sums.entry((other, second.stratum)).or_default()[1] += second.by;
            }
        }
        sums.into_iter()
            .filter_map(|((first, second), [a, b, product])| {
                let (people, factor) = self.pairs.get(&(first.min(second), first.max(second)))?;
                Some(factor * (product - a * b / people) / (people - 1.0))
            })
            .sum()
    }

    /// The other strata of a person.
    fn others(&self, moved: &Moved) -> impl Iterator<Item = u32> {
        let strata = self.strata.get(&moved.person).into_iter().flatten().copied();
        let own = moved.stratum;
        strata.filter(move |stratum| *stratum != own)
    }
}
