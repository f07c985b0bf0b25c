//! From what an indicator counted to what may be published.

use super::{Policy, SafeCube, Series, Tier, plan};
use crate::cube::{About, Cell, Cube, Measure, Role, Status};
use crate::indicator::share::{Area, Period, Shares, Stratum, area_dimension, category, dimension, period_dimension};
use crate::interval::{Level, wang};
use crate::project::GeoLevel;
use crate::text::Text;

/// The public cube of an indicator: wave × period × area, one figure per wave, one variant of the base, one level.
///
/// A cell shows a band of `bands` equal parts, `band = min(bands, floor(bands * x / n) + 1)`: lower limit included, the
/// last part closed. The bands are of unweighted answers: weights with few distinct values would name the group that
/// answered. Where the exact tier applies, the whole percent of x / n, n, and Wang's exact interval of the pooled
/// cohort, its ends rounded outwards: all are functions of x, n and the register's N, so they say no more than x. (N of
/// the base would be nearer, but an interval made with it tells how many were outside the base: who doesn't know, who
/// lives here.) Below `end_code` on either side only "under" or "over" the share of `end_code` people, without interval.
#[must_use]
pub fn protect(shares: &Shares<'_>, id: &str, mut about: About) -> SafeCube {
    let project = shares.project();
    let release = &project.release;
    let policy = &release.policy;
    let series = cut(shares);

    let mut periods: Vec<Period> = Vec::new();
    let mut areas: Vec<Area> = Vec::new();
    for one in &series {
        for period in &one.periods {
            if !periods.contains(period) {
                periods.push(period.clone());
            }
        }
        if !areas.contains(&one.area) {
            areas.push(one.area.clone());
        }
    }
    periods.sort_by_key(|period| (period.rounds.start, period.rounds.end));
    areas.sort_by_key(|area| area.municipalities.clone());

    let exact = areas.iter().any(|area| policy.larger_units.contains(&area.code));
    let measures: Vec<Measure> = MEASURES
        .iter()
        .take(if exact { MEASURES.len() } else { 2 })
        .map(|&(id, unit, nb, nn, en)| Measure {
            id: id.into(),
            label: Text::new(nb, nn, en),
            unit: unit.into(),
            decimals: 0,
        })
        .collect();
    let mut cells = Vec::new();
    for wave in 0..project.survey.waves.len() {
        for period in &periods {
            for area in &areas {
                let part =
                    series.iter().any(|one| one.wave == wave && one.area == *area && one.periods.contains(period));
                let (status, mut values) = if part {
                    let strata = strata(shares, wave, period, &area.municipalities);
                    public_cell(policy, &area.code, &strata)
                } else {
                    (Status::Absent, [None; MEASURES.len()].to_vec())
                };
                values.truncate(measures.len());
                cells.push(Cell { status, values });
            }
        }
    }
    let waves = project.survey.waves.iter().enumerate().map(|(position, wave)| {
        let who = &shares.figures()[shares.headline(position)].who;
        let label = Text {
            nb: format!("{}{}", wave.name.nb, who.nb),
            nn: format!("{}{}", wave.name.nn, who.nn),
            en: format!("{}{}", wave.name.en, who.en),
        };
        category(&wave.id, label)
    });
    let dimensions = vec![
        dimension("wave", Text::new("Bølge", "Bølgje", "Wave"), Role::Other, waves.collect()),
        period_dimension(&periods),
        area_dimension(&areas),
    ];
    about.policy = Policy::NAME.into();
    let codes: Vec<&str> = areas.iter().map(|area| area.code.as_str()).collect();
    about.protection = policy.words(&codes, series.iter().map(|one| one.width).max().unwrap_or(1));
    SafeCube::vouch(Cube { id: id.into(), title: shares.words.title.clone(), dimensions, measures, cells, about })
}

/// How the release is cut, all waves.
pub(crate) fn cut(shares: &Shares<'_>) -> Vec<Series> {
    let project = shares.project();
    let release = &project.release;
    let (areas, pool) = match release.level {
        GeoLevel::Region => (vec![shares.region()], Vec::new()),
        GeoLevel::Municipality => (shares.single_areas(), project.pool()),
    };
    let periods_of = |width| shares.windows(width);
    let waves = 0..project.survey.waves.len();
    waves
        .flat_map(|wave| {
            let n = |period: &Period, places: &[usize]| {
                Some(strata(shares, wave, period, places).iter().map(|stratum| stratum.n).sum())
            };
            plan(&release.policy, wave, &areas, &release.windows, &pool, &periods_of, &n)
        })
        .collect()
}

/// The strata of the one figure and variant that may be public.
fn strata(shares: &Shares<'_>, wave: usize, period: &Period, municipalities: &[usize]) -> Vec<Stratum> {
    shares.strata(shares.headline(wave), shares.project().release.dont_know, wave, period, municipalities)
}

const MEASURES: [(&str, &str, &str, &str, &str); 6] = [
    ("band", "band", "del av skalaen", "del av skalaen", "part of the scale"),
    ("bands", "band", "deler i skalaen", "delar i skalaen", "parts of the scale"),
    ("share", "percent", "andel", "del", "share"),
    ("n", "persons", "svar", "svar", "answers"),
    ("ci_lower", "percent", "95 % fra", "95 % frå", "95 % from"),
    ("ci_upper", "percent", "95 % til", "95 % til", "95 % to"),
];

fn public_cell(policy: &Policy, area: &str, strata: &[Stratum]) -> (Status, Vec<Option<f64>>) {
    let mut all = Stratum::default();
    for stratum in strata {
        all += *stratum;
    }
    let Stratum { x, n, population, .. } = all;
    let number = |number: u64| u32::try_from(number).ok().map(f64::from);
    let band = |bands: u64| (Status::Band, vec![number(band(x, n, bands)), number(bands), None, None, None, None]);
    match policy.tier(n, area) {
        Tier::Hidden => (Status::Hidden, vec![None; MEASURES.len()]),
        Tier::Thirds => band(3),
        Tier::Fifths => band(5),
        Tier::Exact => {
            let limit = percent(policy.end_code, n);
            if x < policy.end_code {
                (Status::Under, vec![None, None, number(limit), number(n), None, None])
            } else if n - x < policy.end_code {
                (Status::Over, vec![None, None, number(100 - limit), number(n), None, None])
            } else {
                let interval = wang::interval(population, n, x, Level::P95).ok();
                let lower = interval.map(|interval| 100 * interval.lower / population);
                let upper = interval.map(|interval| (100 * interval.upper).div_ceil(population));
                let ends = [lower, upper].map(|end| end.and_then(number));
                (Status::Exact, vec![None, None, number(percent(x, n)), number(n), ends[0], ends[1]])
            }
        }
    }
}

/// The band of x of n, from 1 to `bands`: lower limit included, the last one closed.
fn band(x: u64, n: u64, bands: u64) -> u64 {
    (bands * x / n + 1).min(bands)
}

/// Whole percent, halves upwards.
fn percent(part: u64, whole: u64) -> u64 {
    (200 * part + whole) / (2 * whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(population: u64, n: u64, x: u64) -> Stratum {
        Stratum { population, n, x, ..Stratum::default() }
    }

    #[test]
    fn bands_are_closed_below_and_the_last_one_above() {
        assert_eq!([0, 1, 3, 4, 7, 8, 12].map(|x| band(x, 12, 3)), [1, 1, 1, 2, 2, 3, 3]);
        assert_eq!([0, 3, 4, 8, 12, 16, 19, 20].map(|x| band(x, 20, 5)), [1, 1, 2, 3, 4, 5, 5, 5]);
    }

    /// What is shown is a function of the tier and the band: nobody's n or x.
    #[test]
    fn a_band_says_nothing_but_the_band() {
        let policy = Policy::default();
        let cell = |n, x| public_cell(&policy, "5042", &[stratum(60, n, x)]);
        assert_eq!(cell(9, 9), (Status::Hidden, vec![None; 6]));
        assert_eq!(cell(9, 0), cell(0, 0));
        assert_eq!(cell(10, 0), cell(19, 6));
        assert_eq!(cell(20, 20), cell(59, 48));
        assert_eq!(cell(20, 20).1, [Some(5.0), Some(5.0), None, None, None, None]);
    }

    #[test]
    fn the_ends_of_exact_figures_are_coded_without_interval() {
        let policy = Policy { larger_units: vec!["r".into()], ..Policy::default() };
        let cell = |x: u64| public_cell(&policy, "r", &[stratum(25, 20, x / 2), stratum(25, 20, x - x / 2)]);
        assert_eq!(cell(4), (Status::Under, vec![None, None, Some(13.0), Some(40.0), None, None]));
        assert_eq!(cell(0), cell(4));
        assert_eq!(cell(36), (Status::Over, vec![None, None, Some(87.0), Some(40.0), None, None]));
        let (status, values) = cell(24);
        assert_eq!((status, values[2], values[3]), (Status::Exact, Some(60.0), Some(40.0)));
        // 27 to 33 of 50, by tests/reference/recompute.py; equal-tailed it would be 26 to 33.
        assert_eq!(values[4..], [Some(54.0), Some(66.0)]);
        // Independent of how the 24 spread over municipalities.
        let other = public_cell(&policy, "r", &[stratum(25, 20, 20), stratum(25, 20, 4)]);
        assert_eq!(other.1, values);
        // Nor of how many were seen outside the base.
        let outside = [Stratum { outside: 7, ..stratum(25, 20, 12) }, stratum(25, 20, 12)];
        assert_eq!(public_cell(&policy, "r", &outside).1, values);
        // n above N, or N above what the method takes: no interval, and no panic.
        for population in [20, wang::LARGEST_POPULATION + 1] {
            let none = public_cell(&policy, "r", &[stratum(population, 40, 24)]);
            assert_eq!((none.0, none.1[4]), (Status::Exact, None));
        }
    }
}
