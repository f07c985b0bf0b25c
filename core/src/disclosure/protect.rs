//! From what an indicator counted to what may be published.

use super::release::{Atom, Figure, Ledger, Past, Person, Release, ReleaseProblem, Settled, Shown, Topic, elsewhere};
use super::{Cutting, Fixed, Policy, SafeCube, Series, Tier, plan};
use crate::cube::{About, Cell, Cube, Measure, Role, Status};
use crate::indicator::share::{Area, Period, Shares, Stratum, area_dimension, category, dimension, period_dimension};
use crate::interval::{Level, wang};
use crate::problem::{Problem, Problems};
use crate::project::GeoLevel;
use crate::text::Text;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What an indicator counted, and what is to be said with its figures.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Id of the indicator.
    pub id: &'a str,
    /// The counts, private.
    pub shares: Shares<'a>,
    /// What a figure must always carry.
    pub about: About,
}

/// A release: what may be published, and what the ledger is to remember of it.
#[derive(Clone, Debug)]
pub struct Protected {
    /// By input, its public cube.
    pub cubes: Vec<SafeCube>,
    /// By input and wave how it is cut.
    pub series: Vec<Vec<Series>>,
    /// By input and wave what was decided of the cut.
    pub fixed: Vec<Vec<Fixed>>,
    /// The entry of the ledger; none when all of it was published before.
    pub release: Option<Release>,
}

/// The public cubes of all indicators of a project: wave × period × area, one figure per wave, one variant of the base, one
/// level. All of them together with everything that was published before give nothing away: see [`super::release`].
///
/// A cell shows a band of `bands` equal parts, `band = min(bands, floor(bands * x / n) + 1)`: lower limit included, the
/// last part closed. The bands are of unweighted answers: weights with few distinct values would name the group that
/// answered. Where the exact tier applies, the whole percent of x / n, n, and Wang's exact interval of the pooled
/// cohort, its ends rounded outwards: all are functions of x, n and the register's N, so they say no more than x. (N of
/// the base would be nearer, but an interval made with it tells how many were outside the base: who doesn't know, who
/// lives here.) Below `end_code` on either side only "under" or "over" the share of `end_code` people, without interval.
///
/// # Errors
///
/// Problems, and `None`: a release that cannot be made safe. Warnings: what stands as it was published, what the audit hid,
/// what is out already.
#[must_use]
pub fn protect(inputs: &[Input<'_>], past: Past<'_>, date: &str, problems: &mut Problems) -> Option<Protected> {
    let mut result = Protected { cubes: Vec::new(), series: Vec::new(), fixed: Vec::new(), release: None };
    let mut figures = Vec::new();
    let project = inputs.first()?.shares.project();
    let before = problems.errors();
    for input in inputs {
        known_municipalities(input, past, problems);
        let now = if problems.errors() > before { BTreeMap::new() } else { people(&input.shares) };
        for what in elsewhere(&now, past.ledger, past.boundaries) {
            problems.push(Problem::error(&project.file, what).column("wave, answers"));
        }
        if problems.errors() > before {
            continue;
        }
        let waves = 0..project.survey.waves.len();
        let settled: Vec<Option<Settled>> = waves.map(|wave| settle(input, wave, past, date, problems)).collect();
        let settled: Vec<Settled> = settled.into_iter().flatten().collect();
        if problems.errors() > before {
            continue;
        }
        figures.extend(settled.iter().flat_map(|wave| &wave.drafts).map(|draft| draft.figure.clone()));
        result.cubes.push(cube(input, &settled, date));
        result.series.push(settled.iter().flat_map(|wave| wave.series.clone()).collect());
        result.fixed.push(settled.into_iter().map(|wave| wave.fixed).collect());
    }
    if figures.iter().any(|figure| !past.ledger.has(figure)) {
        let last = past.ledger.releases.last().map(|release| release.date.as_str());
        if let Some(last) = last.filter(|last| *last > date) {
            let what = ReleaseProblem::BeforeLast { last: last.into() };
            problems.push(Problem::error(&project.file, what).value(date, crate::problem::Privacy::Open));
        }
        result.release = Some(Release::new(&project.id, date, past.ledger, figures));
    }
    (problems.errors() == before).then_some(result)
}

/// Earlier figures of municipalities that nobody knows any more cannot be set beside new ones.
fn known_municipalities(input: &Input<'_>, past: Past<'_>, problems: &mut Problems) {
    let project = input.shares.project();
    let mut told = BTreeSet::new();
    for figure in past.ledger.figures().filter(|figure| figure.is_shown() && figure.indicator == input.id) {
        for Atom { municipality: code, .. } in &figure.atoms {
            let is_known = project.municipalities.iter().any(|entry| entry.code == *code)
                || past.boundaries.iter().any(|change| change.old.contains(code) || change.new.contains(code));
            if !is_known && told.insert(code) {
                let what = ReleaseProblem::UnknownMunicipality { code: code.clone(), figure: figure.name() };
                problems.push(Problem::error(&project.file, what).column("municipality.code"));
            }
        }
    }
}

/// Who is in the base of the figures that may be public, by wave, year and municipality.
fn people(shares: &Shares<'_>) -> BTreeMap<(String, u16, String), Vec<Person>> {
    let project = shares.project();
    let mut people = BTreeMap::new();
    for (wave, of_wave) in project.survey.waves.iter().enumerate() {
        for (round, of_round) in project.survey.rounds.iter().enumerate() {
            for (place, entry) in project.municipalities.iter().enumerate() {
                let at = [shares.headline(wave), project.release.dont_know as usize, round, wave, place];
                people.insert((of_wave.id.clone(), of_round.year, entry.code.clone()), shares.people(at).to_vec());
            }
        }
    }
    people
}

/// What of a wave is shown.
fn settle(input: &Input<'_>, wave: usize, past: Past<'_>, date: &str, problems: &mut Problems) -> Option<Settled> {
    let shares = &input.shares;
    let project = shares.project();
    let release = &project.release;
    let policy = release.policy.of(input.id);
    let (areas, pool) = match release.level {
        GeoLevel::Region => (vec![shares.region()], Vec::new()),
        GeoLevel::Municipality => (shares.single_areas(), project.pool()),
    };
    let n = |period: &Period, places: &[usize]| {
        Some(strata(shares, wave, period, places).iter().map(|stratum| stratum.n).sum())
    };
    let periods_of = |width, some| shares.windows_in(width, some);
    let topic = Topic {
        indicator: input.id,
        wave: &project.survey.waves[wave].id,
        base: (shares.figures()[shares.headline(wave)].id, release.dont_know.code()),
        past,
        cut: &|fixed| {
            let cutting = Cutting { policy: &policy, windows: &release.windows, pool: &pool, fixed };
            plan(&cutting, wave, &areas, &periods_of, &n)
        },
        figure: &|series, period, wider| figure(input, series, period, wider, date),
        limits: &|figure, wider| policy.limits(figure.n, &figure.area, wider),
        wider: &|figure| policy.wider_bands(figure.n, &figure.area),
        windows: &release.windows,
        pool: &pool,
        file: &project.file,
        known: RefCell::default(),
    };
    topic.settle(published(shares, input.id, wave, past.ledger), problems)
}

/// How a wave was cut in earlier releases, what an audit hid included, in rounds and municipalities of the project as it is now.
fn published(shares: &Shares<'_>, id: &str, wave: usize, ledger: &Ledger) -> Fixed {
    let project = shares.project();
    let rounds = &project.survey.rounds;
    let mut fixed = Fixed::default();
    let topic = (id, project.survey.waves[wave].id.as_str());
    let stays = |figure: &&Figure| (figure.is_shown() || figure.by_audit) && figure.topic() == topic;
    for figure in ledger.figures().rev().filter(stays) {
        let years: BTreeSet<Option<usize>> =
            figure.atoms.iter().map(|atom| rounds.iter().position(|round| round.year == atom.year)).collect();
        let place = |atom: &Atom| project.municipalities.iter().position(|entry| entry.code == atom.municipality);
        let places: Option<BTreeSet<usize>> = figure.atoms.iter().map(place).collect();
        let years: Option<Vec<usize>> = years.into_iter().collect();
        let (Some(years), Some(places)) = (years, places) else { continue };
        let (Some(first), Some(last)) = (years.first(), years.last()) else { continue };
        let area: Vec<usize> = places.into_iter().collect();
        if figure.is_shown() {
            fixed.shown.insert(area.clone());
        }
        let periods = fixed.periods.entry(area).or_default();
        let is_free = |period: &Period| period.rounds.end <= *first || period.rounds.start > *last;
        if last - first + 1 == years.len() && periods.iter().all(is_free) {
            let code = shares.windows_in(years.len(), *first..last + 1).into_iter().next().map(|period| period.code);
            periods.push(Period { code: code.unwrap_or_default(), rounds: *first..last + 1 });
        }
    }
    fixed.periods.values_mut().for_each(|periods| periods.sort_by_key(|period| period.rounds.start));
    fixed.periods.retain(|_, periods| !periods.is_empty());
    fixed
}

/// A figure as the policy alone shows it, or in so many wider bands.
fn figure(input: &Input<'_>, series: &Series, period: usize, wider: Option<u64>, date: &str) -> Figure {
    let shares = &input.shares;
    let project = shares.project();
    let Series { wave, area, .. } = series;
    let period = &series.periods[period];
    let all = strata(shares, *wave, period, &area.municipalities);
    let mut atoms = Vec::new();
    for round in period.rounds.clone() {
        for &place in &area.municipalities {
            let one = Period { code: String::new(), rounds: round..round + 1 };
            let n = strata(shares, *wave, &one, &[place]).iter().map(|stratum| stratum.n).sum();
            let at = [shares.headline(*wave), project.release.dont_know as usize, round, *wave, place];
            let mut people: Vec<String> = shares.people(at).iter().map(|person| person.token.write()).collect();
            people.sort();
            let municipality = project.municipalities[place].code.clone();
            atoms.push(Atom { year: project.survey.rounds[round].year, municipality, n, people });
        }
    }
    atoms.sort();
    let (shown, limits) = public_cell(&project.release.policy.of(input.id), &area.code, wider, &all);
    Figure {
        indicator: input.id.into(),
        wave: project.survey.waves[*wave].id.clone(),
        figure: shares.figures()[shares.headline(*wave)].id.into(),
        base: project.release.dont_know.code().into(),
        period: period.code.clone(),
        area: area.code.clone(),
        n: atoms.iter().map(|atom| atom.n).sum(),
        atoms,
        shown,
        at_least: limits.map(|(low, _)| low),
        at_most: limits.map(|(_, high)| high),
        by_audit: false,
        since: date.into(),
    }
}

/// The public cube of what is shown.
fn cube(input: &Input<'_>, settled: &[Settled], date: &str) -> SafeCube {
    let Input { id, shares, about } = input;
    let project = shares.project();
    let policy = project.release.policy.of(id);
    let series: Vec<&Series> = settled.iter().flat_map(|wave| &wave.series).collect();
    let mut about = about.clone();

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

    let drafts = || settled.iter().flat_map(|wave| &wave.drafts);
    let exact = areas.iter().any(|area| policy.larger_units.contains(&area.code))
        || drafts().any(|draft| draft.figure.shown.share.is_some());
    let mut measures = measures();
    measures.truncate(if exact { MEASURES.len() } else { 2 });
    let mut cells = Vec::new();
    for wave in settled {
        for period in &periods {
            for area in &areas {
                let is_here = |series: &Series, at: usize| series.area == *area && series.periods[at] == *period;
                let mut drafts = wave.drafts.iter();
                let draft = drafts.find(|draft| is_here(&wave.series[draft.series], draft.period));
                let mut cell = match draft {
                    Some(draft) => shown_cell(&draft.figure.shown),
                    None => Cell { status: Status::Absent, values: vec![None; MEASURES.len()] },
                };
                cell.values.truncate(measures.len());
                cells.push(cell);
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
    let width = |series: &&Series| series.periods.iter().map(|period| period.rounds.len()).max().unwrap_or(1);
    about.protection = policy.words(&codes, series.iter().map(width).max().unwrap_or(1));
    let is_wider = |figure: &Figure| {
        let bands = policy.bands(figure.n, &figure.area);
        figure.shown.bands.is_some_and(|shown| bands.is_none_or(|bands| shown < bands))
    };
    if drafts().any(|draft| is_wider(&draft.figure)) {
        about.protection.nb += WIDER.0;
        about.protection.nn += WIDER.1;
        about.protection.en += WIDER.2;
    }
    // Whether answers have changed since is not said.
    let stands = drafts().filter(|draft| draft.figure.is_shown() && !draft.is_new);
    let since = stands.map(|draft| draft.figure.since.as_str());
    let since: BTreeSet<&str> = since.filter(|since| *since != date).collect();
    if !since.is_empty() {
        let words = standing(&since.into_iter().collect::<Vec<_>>().join(", "));
        about.protection.nb += &words.nb;
        about.protection.nn += &words.nn;
        about.protection.en += &words.en;
    }
    SafeCube::vouch(Cube { id: (*id).into(), title: shares.words.title.clone(), dimensions, measures, cells, about })
}

/// What is said where a band is wider than by the policy.
const WIDER: (&str, &str, &str) = (
    " Noen grupper vises grovere enn antall svar tilsier, siden de henger sammen med noe som er publisert før.",
    " Nokre grupper blir viste grovare enn talet på svar tilseier, sidan dei heng saman med noko som er publisert før.",
    " Some groups are shown more coarsely than by their number of answers, since they hang together with something that was \
     published before.",
);

/// What is said with figures that were published before.
fn standing(since: &str) -> Text {
    Text {
        nb: format!(
            " Noen tall står som de ble publisert {since}: en gruppe vises på nytt tidligst når minst 10 svar er kommet til \
             eller falt fra."
        ),
        nn: format!(
            " Nokre tal står som dei vart publiserte {since}: ei gruppe blir vist på nytt tidlegast når minst 10 svar er \
             komne til eller falle frå."
        ),
        en: format!(
            " Some figures stand as published on {since}: a group is shown anew at the earliest once 10 answers have been \
             added or withdrawn."
        ),
    }
}

/// The strata of the one figure and variant that may be public.
fn strata(shares: &Shares<'_>, wave: usize, period: &Period, municipalities: &[usize]) -> Vec<Stratum> {
    shares.strata(shares.headline(wave), shares.project().release.dont_know, wave, period, municipalities)
}

/// What every public cube holds, or the first two of it.
pub(crate) fn measures() -> Vec<Measure> {
    let measure = |&(id, unit, nb, nn, en): &(&str, &str, &str, &str, &str)| Measure {
        id: id.into(),
        label: Text::new(nb, nn, en),
        unit: unit.into(),
        decimals: 0,
    };
    MEASURES.iter().map(measure).collect()
}

const MEASURES: [(&str, &str, &str, &str, &str); 6] = [
    ("band", "band", "del av skalaen", "del av skalaen", "part of the scale"),
    ("bands", "band", "deler i skalaen", "delar i skalaen", "parts of the scale"),
    ("share", "percent", "andel", "del", "share"),
    ("n", "persons", "svar", "svar", "answers"),
    ("ci_lower", "percent", "95 % fra", "95 % frå", "95 % from"),
    ("ci_upper", "percent", "95 % til", "95 % til", "95 % to"),
];

/// What the policy shows of a group, if anything in so many `wider` bands, and how many said yes by that, at least and at most.
fn public_cell(policy: &Policy, area: &str, wider: Option<u64>, strata: &[Stratum]) -> (Shown, Option<(u64, u64)>) {
    let mut all = Stratum::default();
    for stratum in strata {
        all += *stratum;
    }
    let Stratum { x, n, population, .. } = all;
    let shown = |status: Status| Shown { status: status.code().into(), ..Shown::default() };
    let band = |bands: u64| {
        let band = Policy::band(x, n, bands);
        let shown = Shown { band: Some(band), bands: Some(bands), ..shown(Status::Band) };
        (shown, Some(Policy::band_limits(band, bands, n)))
    };
    match (policy.tier(n, area), wider.or(policy.bands(n, area))) {
        (Tier::Hidden, _) => (Shown::hidden(), None),
        (_, Some(bands)) => band(bands),
        (_, None) => {
            let limit = percent(policy.end_code, n);
            let coded = |status, share| Shown { share: Some(share), n: Some(n), ..shown(status) };
            if x < policy.end_code {
                (coded(Status::Under, limit), Some((0, policy.end_code - 1)))
            } else if n - x < policy.end_code {
                (coded(Status::Over, 100 - limit), Some((n + 1 - policy.end_code, n)))
            } else {
                let interval = wang::interval(population, n, x, Level::P95).ok();
                let ci_lower = interval.map(|interval| 100 * interval.lower / population);
                let ci_upper = interval.map(|interval| (100 * interval.upper).div_ceil(population));
                (Shown { ci_lower, ci_upper, ..coded(Status::Exact, percent(x, n)) }, Some((x, x)))
            }
        }
    }
}

/// The cell of what is shown, with all measures.
fn shown_cell(shown: &Shown) -> Cell {
    let number = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok()).map(f64::from);
    let Shown { band, bands, share, n, ci_lower, ci_upper, .. } = *shown;
    Cell {
        status: Status::from_code(&shown.status).unwrap_or(Status::Hidden),
        values: [band, bands, share, n, ci_lower, ci_upper].map(number).into(),
    }
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

    fn values(policy: &Policy, area: &str, strata: &[Stratum]) -> (Status, Vec<Option<f64>>) {
        let Cell { status, values } = shown_cell(&public_cell(policy, area, None, strata).0);
        (status, values)
    }

    #[test]
    fn bands_are_closed_below_and_the_last_one_above() {
        assert_eq!([0, 1, 3, 4, 7, 8, 12].map(|x| Policy::band(x, 12, 3)), [1, 1, 1, 2, 2, 3, 3]);
        assert_eq!([0, 3, 4, 8, 12, 16, 19, 20].map(|x| Policy::band(x, 20, 5)), [1, 1, 2, 3, 4, 5, 5, 5]);
    }

    /// What is shown is a function of the tier and the band: nobody's n or x.
    #[test]
    fn a_band_says_nothing_but_the_band() {
        let policy = Policy::default();
        let cell = |n, x| values(&policy, "5042", &[stratum(60, n, x)]);
        assert_eq!(cell(9, 9), (Status::Hidden, vec![None; 6]));
        assert_eq!(cell(9, 0), cell(0, 0));
        assert_eq!(cell(10, 0), cell(19, 6));
        assert_eq!(cell(20, 20), cell(59, 48));
        assert_eq!(cell(20, 20).1, [Some(5.0), Some(5.0), None, None, None, None]);
    }

    #[test]
    fn the_ends_of_exact_figures_are_coded_without_interval() {
        let policy = Policy { larger_units: vec!["r".into()], ..Policy::default() };
        let cell = |x: u64| values(&policy, "r", &[stratum(25, 20, x / 2), stratum(25, 20, x - x / 2)]);
        assert_eq!(cell(4), (Status::Under, vec![None, None, Some(13.0), Some(40.0), None, None]));
        assert_eq!(cell(0), cell(4));
        assert_eq!(cell(36), (Status::Over, vec![None, None, Some(87.0), Some(40.0), None, None]));
        let (status, shown) = cell(24);
        assert_eq!((status, shown[2], shown[3]), (Status::Exact, Some(60.0), Some(40.0)));
        // 27 to 33 of 50, by tests/reference/recompute.py; equal-tailed it would be 26 to 33.
        assert_eq!(shown[4..], [Some(54.0), Some(66.0)]);
        // Independent of how the 24 spread over municipalities.
        let other = values(&policy, "r", &[stratum(25, 20, 20), stratum(25, 20, 4)]);
        assert_eq!(other.1, shown);
        // Nor of how many were seen outside the base.
        let outside = [Stratum { outside: 7, ..stratum(25, 20, 12) }, stratum(25, 20, 12)];
        assert_eq!(values(&policy, "r", &outside).1, shown);
        // n above N, or N above what the method takes: no interval, and no panic.
        for population in [20, wang::LARGEST_POPULATION + 1] {
            let none = values(&policy, "r", &[stratum(population, 40, 24)]);
            assert_eq!((none.0, none.1[4]), (Status::Exact, None));
        }
    }
}
