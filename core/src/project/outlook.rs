//! What is visible now and in the next five years, at which level, and why.

use super::cohort::Population;
use super::{GeoLevel, Project};
use crate::disclosure::{Cutting, Fixed, Policy, Series, Tier, plan};
use crate::indicator::share::{Area, Period, Shares, period_code};
use std::ops::Range;

/// Years ahead.
const AHEAD: u16 = 5;

/// One area of one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The level it belongs to.
    pub level: GeoLevel,
    /// Position of the wave.
    pub wave: usize,
    /// The area.
    pub area: Area,
    /// Per year: the cohort's size and the answers (seen or expected), where known.
    pub years: Vec<Option<(u64, u64)>>,
    /// Per year: what those answers alone allow.
    pub tiers: Vec<Option<Tier>>,
    /// How the series is cut now, by the years at hand.
    pub series: Option<Series>,
    /// How it will be cut when the years to come have been as expected.
    pub expected: Option<Series>,
    /// The windows of that cut which are still to come: period, answers, tier.
    pub coming: Vec<(String, Option<u64>, Option<Tier>)>,
}

/// Which series are shown, at both levels, for the years at hand and the next five.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The years; the last [`Outlook::ahead`] are still to come.
    pub years: Vec<u16>,
    /// How many of them are still to come.
    pub ahead: usize,
    /// The level that is published.
    pub published: GeoLevel,
    /// Region first, then municipalities, each by wave.
    pub rows: Vec<Row>,
    /// Thresholds.
    pub policy: Policy,
}

impl Outlook {
    /// For the years at hand n is what was seen. For years to come N is the cohort by the register (those who are
    /// younger now, as if nobody moved) and n is N times the wave's last share of answers in the whole region.
    pub(super) fn new(shares: &Shares<'_>, population: &Population, fixed: &[Fixed], policy: &Policy) -> Self {
        let project = shares.project();
        let rounds = &project.survey.rounds;
        let last = rounds.last().map_or(0, |round| round.year);
        let mut years: Vec<u16> = rounds.iter().map(|round| round.year).collect();
        years.extend((1..=AHEAD).map(|ahead| last + ahead));
        let mut rows = Vec::new();
        for level in [GeoLevel::Region, GeoLevel::Municipality] {
            let areas = if level == GeoLevel::Region { vec![shares.region()] } else { shares.single_areas() };
            let pool = if level == GeoLevel::Region { Vec::new() } else { project.pool() };
            for (wave, fixed) in fixed.iter().enumerate() {
                let n = |period: &Period, places: &[usize]| Some(seen(shares, wave, period, places).1);
                let cutting = Cutting { policy, windows: &project.release.windows, pool: &pool, fixed };
                let periods_of = |width: usize, some: Range<usize>| shares.windows_in(width, some);
                let series = plan(&cutting, wave, &areas, &periods_of, &n);
                let n = |period: &Period, places: &[usize]| {
                    let one = |at: usize| answers(shares, population, wave, &years, at, places);
                    period.rounds.clone().map(one).map(|known| known.map(|(_, n)| n)).sum::<Option<u64>>()
                };
                let periods_of = |width: usize, some: Range<usize>| windows(&years, width, some);
                let expected = plan(&cutting, wave, &areas, &periods_of, &n);
                for area in &areas {
                    let known = |at: usize| answers(shares, population, wave, &years, at, &area.municipalities);
                    let years: Vec<Option<(u64, u64)>> = (0..years.len()).map(known).collect();
                    let tiers = years.iter().map(|year| year.map(|(_, n)| policy.tier(n, &area.code))).collect();
                    let place = area.municipalities[0];
                    let of_area =
                        |list: &[Series]| list.iter().find(|one| one.area.municipalities.contains(&place)).cloned();
                    let (series, expected) = (of_area(&series), of_area(&expected));
                    let coming = expected.iter().flat_map(|one| {
                        let later = one.periods.iter().filter(|period| period.rounds.end > rounds.len());
                        later.map(|period| {
                            let n = n(period, &one.area.municipalities);
                            (period.code.clone(), n, n.map(|n| policy.tier(n, &one.area.code)))
                        })
                    });
                    let coming = coming.collect();
                    rows.push(Row { level, wave, area: area.clone(), years, tiers, series, expected, coming });
                }
            }
        }
        Self { years, ahead: usize::from(AHEAD), published: project.release.level, rows, policy: policy.clone() }
    }
}

/// Windows of a width over all years, those to come included.
fn windows(years: &[u16], width: usize, some: Range<usize>) -> Vec<Period> {
    let years = years.get(some.start..some.end.min(years.len())).unwrap_or_default();
    let start = |window: usize| some.start + window * width;
    years
        .chunks_exact(width.max(1))
        .enumerate()
        .map(|(window, years)| Period { code: period_code(years), rounds: start(window)..start(window + 1) })
        .collect()
}

/// Population and answers of one year: seen, or expected. `None` where the register or an earlier round says nothing.
fn answers(
    shares: &Shares<'_>,
    register: &Population,
    wave: usize,
    years: &[u16],
    at: usize,
    places: &[usize],
) -> Option<(u64, u64)> {
    if at < shares.project().survey.rounds.len() {
        return Some(seen(shares, wave, &Period { code: String::new(), rounds: at..at + 1 }, places));
    }
    expected(shares, register, wave, years[at], places)
}

/// Population and answers of the public figure.
fn seen(shares: &Shares<'_>, wave: usize, period: &Period, places: &[usize]) -> (u64, u64) {
    let strata = shares.strata(shares.headline(wave), shares.project().release.dont_know, wave, period, places);
    (strata.iter().map(|stratum| stratum.population).sum(), strata.iter().map(|stratum| stratum.n).sum())
}

fn expected(
    shares: &Shares<'_>,
    register: &Population,
    wave: usize,
    year: u16,
    places: &[usize],
) -> Option<(u64, u64)> {
    let project = shares.project();
    let rounds = project.survey.rounds.len();
    let last = Period { code: String::new(), rounds: rounds.checked_sub(1)?..rounds };
    let (whole, answers) = seen(shares, wave, &last, &shares.region().municipalities);
    if whole == 0 || answers == 0 {
        return None;
    }
    let cohort = Project::cohort(&project.survey.waves[wave], year);
    let sizes = places
        .iter()
        .map(|&place| register.cohort(&project.municipalities[place].code, cohort, project.population.age));
    let population = sizes.sum::<Option<u64>>()?;
    Some((population, (2 * population * answers + whole) / (2 * whole)))
}
