//! What is visible now and in the next five years, at which level, and why.

use super::load::Population;
use super::{GeoLevel, Project};
use crate::disclosure::{Policy, Series, Tier, plan};
use crate::indicator::share::{Area, Period, Shares};

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
    /// How the series is cut, years at hand only.
    pub series: Option<Series>,
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
    pub(super) fn new(shares: &Shares<'_>, population: &Population) -> Self {
        let project = shares.project();
        let rounds = &project.survey.rounds;
        let last = rounds.last().map_or(0, |round| round.year);
        let mut years: Vec<u16> = rounds.iter().map(|round| round.year).collect();
        years.extend((1..=AHEAD).map(|ahead| last + ahead));
        let policy = &project.release.policy;
        let mut rows = Vec::new();
        for level in [GeoLevel::Region, GeoLevel::Municipality] {
            let areas = if level == GeoLevel::Region { vec![shares.region()] } else { shares.single_areas() };
            let pool = if level == GeoLevel::Region { Vec::new() } else { project.pool() };
            for wave in 0..project.survey.waves.len() {
                let n = |period: &Period, places: &[usize]| Some(seen(shares, wave, period, places).1);
                let periods_of = |width| shares.windows(width);
                let series = plan(policy, wave, &areas, &project.release.windows, &pool, &periods_of, &n);
                for area in &areas {
                    let years = years.iter().enumerate().map(|(position, &year)| {
                        if position < rounds.len() {
                            let period = Period { code: String::new(), rounds: position..position + 1 };
                            Some(seen(shares, wave, &period, &area.municipalities))
                        } else {
                            expected(shares, population, wave, year, area)
                        }
                    });
                    let years: Vec<Option<(u64, u64)>> = years.collect();
                    let tiers = years.iter().map(|year| year.map(|(_, n)| policy.tier(n, &area.code))).collect();
                    let place = area.municipalities[0];
                    let series = series.iter().find(|one| one.area.municipalities.contains(&place)).cloned();
                    rows.push(Row { level, wave, area: area.clone(), years, tiers, series });
                }
            }
        }
        Self { years, ahead: usize::from(AHEAD), published: project.release.level, rows, policy: policy.clone() }
    }
}

/// Population and answers of the public figure.
fn seen(shares: &Shares<'_>, wave: usize, period: &Period, places: &[usize]) -> (u64, u64) {
    let strata = shares.strata(shares.headline(wave), shares.project().release.dont_know, wave, period, places);
    (strata.iter().map(|stratum| stratum.population).sum(), strata.iter().map(|stratum| stratum.n).sum())
}

fn expected(shares: &Shares<'_>, register: &Population, wave: usize, year: u16, area: &Area) -> Option<(u64, u64)> {
    let project = shares.project();
    let rounds = project.survey.rounds.len();
    let last = Period { code: String::new(), rounds: rounds.checked_sub(1)?..rounds };
    let (whole, answers) = seen(shares, wave, &last, &shares.region().municipalities);
    if whole == 0 {
        return None;
    }
    let cohort = Project::cohort(&project.survey.waves[wave], year);
    let sizes = area
        .municipalities
        .iter()
        .map(|&place| register.cohort(&project.municipalities[place].code, cohort, project.population.age));
    let population = sizes.sum::<Option<u64>>()?;
    Some((population, (2 * population * answers + whole) / (2 * whole)))
}
