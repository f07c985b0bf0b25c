//! An estimate by sampling unit: what its variance is made of.

use super::sampled::Sampled;
use crate::design::{DesignProblem, ElementSums, Influence};
use crate::sum::DoubleDouble;

/// The influence of the records of a unit on an estimate; of a stratum, where records are units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Term {
    /// The unit of the last stage that has ids, or the stratum.
    pub(super) unit: u32,
    /// Records with a value.
    pub(super) records: u64,
    /// Those with a weight above 0.
    pub(super) weighted: u64,
    /// The sum of their influence.
    pub(super) sum: DoubleDouble,
    /// The sum of its squares, where records are units.
    pub(super) square: DoubleDouble,
}

impl Term {
    /// Adds a term to a list that is ascending by unit.
    pub(super) fn push(list: &mut Vec<Self>, term: Self) {
        match list.last_mut() {
            Some(last) if last.unit == term.unit => {
                last.records += term.records;
                last.weighted += term.weighted;
                last.sum = last.sum + term.sum;
                last.square = last.square + term.square;
            }
            _ => list.push(term),
        }
    }

    /// A linear combination of estimates over different records.
    pub(super) fn combined(lists: &[(f64, Vec<Self>)]) -> Vec<Self> {
        let mut all: Vec<Self> = lists
            .iter()
            .flat_map(|(factor, list)| {
                list.iter().map(move |term| Self {
                    sum: term.sum * *factor,
                    square: term.square * DoubleDouble::product(*factor, *factor),
                    ..*term
                })
            })
            .collect();
        // Stable: terms of one unit stay in the order of the lists.
        all.sort_by_key(|term| term.unit);
        let mut joined = Vec::with_capacity(all.len());
        all.into_iter().for_each(|term| Self::push(&mut joined, term));
        joined
    }
}

/// The variance of an estimate.
pub(super) fn variance(sample: &Sampled, terms: &[Term]) -> Result<f64, DesignProblem> {
    let by_unit = by_unit(sample, terms);
    let mut variance = sample.stages.covariance(&by_unit, &by_unit)?;
    if sample.elements {
        let sums = terms.iter().map(|term| ElementSums {
            stratum: term.unit,
            records: term.records,
            a: term.sum,
            b: term.sum,
            product: term.square,
        });
        variance += sample.stages.elements(&sums.collect::<Vec<_>>())?;
    }
    // What rounding leaves of a variance of 0 may be below it.
    Ok(variance.max(0.0))
}

/// The covariance of two estimates. `products` are the sums of products of their influence by unit, and how many records
/// count in both.
pub(super) fn covariance(
    sample: &Sampled,
    a: &[Term],
    b: &[Term],
    products: &[(u32, u64, DoubleDouble)],
) -> Result<f64, DesignProblem> {
    let mut covariance = sample.stages.covariance(&by_unit(sample, a), &by_unit(sample, b))?;
    if sample.elements {
        let mut units: Vec<u32> = a.iter().chain(b).map(|term| term.unit).collect();
        units.sort_unstable();
        units.dedup();
        let of = |terms: &[Term], unit: u32| {
            terms.binary_search_by_key(&unit, |term| term.unit).map_or(Term::default(), |place| terms[place])
        };
        let sums = units.into_iter().map(|unit| {
            let (a, b) = (of(a, unit), of(b, unit));
            let (both, product) = products
                .binary_search_by_key(&unit, |(unit, ..)| *unit)
                .map_or((0, DoubleDouble::default()), |place| (products[place].1, products[place].2));
            let records = (a.records + b.records).saturating_sub(both);
            ElementSums { stratum: unit, records, a: a.sum, b: b.sum, product }
        });
        covariance += sample.stages.elements(&sums.collect::<Vec<_>>())?;
    }
    Ok(covariance)
}

/// Whether all strata that hold something have a variance.
pub(super) fn variance_of(sample: &Sampled, units: &[(u32, f64)]) -> Result<(), DesignProblem> {
    let terms: Vec<Term> = units
        .iter()
        .map(|(unit, sum)| Term { unit: *unit, records: 1, weighted: 1, sum: (*sum).into(), square: (*sum).into() })
        .collect();
    variance(sample, &terms).map(|_| ())
}

/// Sums by unit of each stage that has ids.
fn by_unit(sample: &Sampled, terms: &[Term]) -> Influence {
    let stages = &sample.stages.stages().stages;
    let mut lists = Vec::new();
    let mut list: Vec<(u32, f64)> = terms.iter().map(|term| (term.unit, term.sum.value())).collect();
    for stage in stages[..stages.len() - usize::from(sample.elements)].iter().rev() {
        let mut above: Vec<(u32, f64)> = Vec::new();
        for (unit, sum) in list.iter().filter(|_| !stage.parent.is_empty()) {
            let parent = stage.parent[*unit as usize];
            match above.last_mut() {
                Some((last, total)) if *last == parent => *total += sum,
                _ => above.push((parent, *sum)),
            }
        }
        lists.push(std::mem::replace(&mut list, above));
    }
    lists.reverse();
    Influence(lists)
}

/// Whether everything in the strata of an estimate was drawn, at every stage: then a variance of 0 is certainty.
pub(super) fn is_census(sample: &Sampled, terms: &[Term]) -> bool {
    let stages = &sample.stages.stages().stages;
    let with_ids = stages.len() - usize::from(sample.elements);
    let all = |term: &Term| {
        let mut unit = term.unit as usize;
        if sample.elements && !stages[with_ids].strata[unit].is_census() {
            return false;
        }
        for stage in stages[..with_ids].iter().rev() {
            if !stage.strata[stage.stratum[unit] as usize].is_census() {
                return false;
            }
            unit = stage.parent.get(unit).map_or(unit, |parent| *parent as usize);
        }
        true
    };
    !terms.is_empty() && terms.iter().all(all)
}

/// Units and strata of the first stage that hold records.
#[allow(clippy::cast_precision_loss, reason = "numbers of units")]
pub(super) fn counts(sample: &Sampled, terms: &[Term]) -> Counts {
    let stages = &sample.stages.stages().stages;
    let with_ids = stages.len() - usize::from(sample.elements);
    let Some(first) = stages.first() else { return Counts::default() };
    let mut counts = Counts::default();
    let (mut last_unit, mut last_stratum, mut last_any, mut last_any_unit) = (None, None, None, None);
    for term in terms {
        let unit = stages[..with_ids].iter().skip(1).rev().fold(term.unit, |unit, stage| stage.parent[unit as usize]);
        let stratum = if with_ids == 0 { unit } else { first.stratum[unit as usize] };
        if last_any != Some(stratum) {
            last_any = Some(stratum);
            let stratum = &first.strata[stratum as usize];
            counts.strata += 1;
            counts.lonely += usize::from(stratum.sampled == 1 && !stratum.is_census());
        }
        if with_ids == 0 {
            counts.units += term.records;
            counts.df += term.weighted as f64;
        } else {
            counts.units += u64::from(last_any_unit != Some(unit));
            last_any_unit = Some(unit);
            if term.weighted > 0 && last_unit != Some(unit) {
                counts.df += 1.0;
                last_unit = Some(unit);
            }
        }
        if term.weighted == 0 {
            continue;
        }
        if last_stratum != Some(stratum) {
            last_stratum = Some(stratum);
            counts.df -= 1.0;
        }
    }
    counts
}

/// What [`counts`] finds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    /// Units that hold records.
    pub(super) units: u64,
    /// Units less strata, of those with a weight above 0.
    pub(super) df: f64,
    /// Strata that hold records.
    pub(super) strata: usize,
    /// Those of one unit that are not a census.
    pub(super) lonely: usize,
}
