//! Positions beyond those of today, as businesses expect them.

use super::super::assumptions::Assumptions;
use super::super::figures::Behind;
use super::By;
use crate::compare::real;
use crate::design::{LonelyPsu, Stage, Stratum};
use crate::register::recruitment::{Business, Recruitment};
use crate::weight::replicate::{BLOCK, Bootstrap, BootstrapMethod, Multipliers};
use std::collections::BTreeMap;

/// Area, horizon and group.
pub(super) type Place = (usize, usize, usize);

/// What is expected at one place: the estimate, each draw, the businesses that add to it, and how many the heaviest stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Expected {
    pub(super) mean: f64,
    pub(super) draws: Vec<f64>,
    pub(super) behind: Behind,
    pub(super) heaviest: f64,
}

/// The years ahead that are taken for each horizon: the longest that was asked for and is not beyond it.
pub(in crate::indicator::recruitment) fn asked(register: &Recruitment, horizons: &[u16]) -> Vec<Option<u8>> {
    let years = || register.businesses.iter().flatten().flat_map(|business| &business.outlook).map(|row| row.years);
    horizons.iter().map(|horizon| years().filter(|years| u16::from(*years) <= *horizon).max()).collect()
}

/// The survey's expectations, expanded by stratum: N/n for each business of the n that answered of N.
///
/// The draws are Rao and Wu's bootstrap; what a stratum varies by is made smaller by √(1 − n/N), so that a stratum of which all
/// answered does not vary. A stratum with one answer does not vary either, and one without is not in the estimate.
pub(super) fn survey(register: &Recruitment, by: &By, assumptions: &Assumptions) -> BTreeMap<Place, Expected> {
    // Sorted by what they say, so that the order of rows decides nothing.
    let known = |business: &&Business| usize::from(business.stratum) < register.strata.len();
    let mut businesses: Vec<&Business> = register.businesses.iter().flatten().filter(known).collect();
    businesses.sort_by_cached_key(|business| {
        let mut outlook: Vec<_> =
            business.outlook.iter().map(|row| (row.years, row.field, row.occupation, row.expansion)).collect();
        outlook.sort_unstable();
        (business.stratum, business.place, outlook)
    });
    let mut stage = Stage { strata: Vec::new(), stratum: Vec::new(), parent: Vec::new(), unit_correction: None };
    for own in businesses.chunk_by(|a, b| a.stratum == b.stratum) {
        let stratum = &register.strata[usize::from(own[0].stratum)];
        let sampled = u32::try_from(own.len()).unwrap_or(u32::MAX);
        let population = f64::from(stratum.businesses.max(sampled));
        stage.stratum.extend(own.iter().map(|_| u32::try_from(stage.strata.len()).unwrap_or(u32::MAX)));
        stage.strata.push(Stratum { label: stratum.code.clone(), sampled, population: Some(population) });
    }
    let years = asked(register, &assumptions.horizons);
    // What each business says of each place.
    let mut said: BTreeMap<(usize, Place), i64> = BTreeMap::new();
    for (unit, business) in businesses.iter().enumerate() {
        let areas = register.areas.iter().enumerate();
        for (area, _) in areas.filter(|(_, area)| area.municipalities.contains(&business.place)) {
            for (horizon, years) in years.iter().enumerate() {
                for row in business.outlook.iter().filter(|row| Some(row.years) == *years) {
                    let Some(group) = by.index(row.field, row.occupation) else { continue };
                    *said.entry((unit, (area, horizon, group))).or_default() += i64::from(row.expansion);
                }
            }
        }
    }
    // And what that is when it stands for the others of its stratum.
    let weight = |unit: usize| {
        let stratum = &stage.strata[stage.stratum[unit] as usize];
        stratum.population.unwrap_or_default() / f64::from(stratum.sampled)
    };
    #[allow(clippy::cast_precision_loss, reason = "numbers of positions")]
    let parts: BTreeMap<(usize, Place), f64> =
        said.into_iter().map(|(at, positions)| (at, weight(at.0) * positions as f64)).collect();
    let mut result: BTreeMap<Place, Expected> = BTreeMap::new();
    for ((unit, place), part) in &parts {
        let expected = result.entry(*place).or_default();
        expected.mean += part;
        expected.heaviest = expected.heaviest.max(weight(*unit));
        // Who expects neither more nor fewer adds nothing that others could hide behind. No employer of the staff: counted from
        // the other end, so that the two never meet.
        if *part != 0.0 {
            expected.behind.add(u32::try_from(*unit).ok().map(|unit| u32::MAX - unit), 1);
        }
    }
    let draws = assumptions.draws as usize;
    let Ok(bootstrap) = Bootstrap::new(&stage, LonelyPsu::Certainty, BootstrapMethod::RaoWu, draws, assumptions.seed)
    else {
        return result;
    };
    for expected in result.values_mut() {
        expected.draws = vec![expected.mean; draws];
    }
    let mut rows = Vec::new();
    for chunk in 0..bootstrap.chunks() {
        let shrink = stage.strata[chunk].correction().max(0.0).sqrt();
        let units = bootstrap.units(chunk);
        let (first, end) = (units.start as usize, units.end as usize);
        if shrink == 0.0 || parts.range((first, (0, 0, 0))..(end, (0, 0, 0))).next().is_none() {
            continue;
        }
        for block in 0..draws.div_ceil(BLOCK) {
            bootstrap.fill(chunk, block, &mut rows);
            for ((unit, place), part) in parts.range((first, (0, 0, 0))..(end, (0, 0, 0))) {
                let Some(expected) = result.get_mut(place) else { continue };
                let here = expected.draws.iter_mut().skip(block * BLOCK);
                here.zip(&rows[unit - first]).for_each(|(draw, factor)| *draw += shrink * part * (factor - 1.0));
            }
        }
    }
    result
}

/// A percentage of the staff of today.
pub(super) fn percent_of(staff: u64, percent: f64) -> f64 {
    real(staff) * percent / 100.0
}
