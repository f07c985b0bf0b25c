//! Net change: of a wave from year to year, of windows of years, and of one cohort from wave to wave.

use super::people::People;
use crate::indicator::return_intent;
use crate::indicator::share::{Period, Shares, Stratum};
use crate::interval::remainder::Stratum as Remainder;
use crate::panel::change::{Change, Twice, between, within};
use crate::problem::Problems;
use crate::project::{DontKnow, Loaded, Project};
use crate::register::cohort::Meeting;
use crate::text::{Lang, Text};
use serde::Serialize;

/// A change of a share between two times.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeRow {
    /// `years`: one wave, one year to the next, two cohorts; `windows`: the same, years pooled; `cohort`: one cohort, two waves.
    pub kind: &'static str,
    /// What it is the share of: the wave's headline figure of return intent, or `intent` of all who answered, wherever they
    /// live now, where a cohort is followed.
    pub figure: String,
    /// Code of the home municipality; of the region its id.
    pub municipality: String,
    /// Id of the wave the first time.
    pub wave_before: String,
    /// The second time.
    pub wave_after: String,
    /// Year or window of years the first time.
    pub period_before: String,
    /// The second time.
    pub period_after: String,
    /// The cohort, where one is followed.
    pub cohort: Option<u16>,
    /// `linked`, `pseudo_panel` where a cohort is followed and nobody is linked, or `independent`.
    pub basis: &'static str,
    /// The figures.
    #[serde(flatten)]
    pub change: Change,
    /// Whether the interval leaves 0 out.
    pub detected: bool,
    /// The change in plain words.
    pub sentence: Text,
}

pub(super) fn rows(loaded: &Loaded, people: &People<'_>, problems: &mut Problems) -> Vec<ChangeRow> {
    let mut rows = Vec::new();
    if people.answers.is_none() {
        return rows;
    }
    let project = &loaded.project;
    // Warnings of cohorts that are too small for their answers were given with the rows.
    if let Some(shares) = return_intent::count(people.sample, &loaded.frame, problems) {
        let single = shares.windows(1);
        rows.extend(of_periods("years", &shares, project, &single));
        for width in project.release.windows.iter().filter(|width| **width > 1) {
            rows.extend(of_periods("windows", &shares, project, &shares.windows(*width)));
        }
    }
    for (cohort, first, second) in people.pairs() {
        rows.extend(of_cohort(loaded, people, cohort, first, second));
    }
    rows
}

fn of_periods(kind: &'static str, shares: &Shares<'_>, project: &Project, periods: &[Period]) -> Vec<ChangeRow> {
    let mut rows = Vec::new();
    let areas = shares.single_areas().into_iter().chain([shares.region()]);
    for area in areas {
        for (wave, one) in project.survey.waves.iter().enumerate() {
            let figure = shares.headline(wave);
            let strata = |period: &Period| -> Vec<Remainder> {
                let found = shares.strata(figure, DontKnow::Outside, wave, period, &area.municipalities);
                let part = |one: &Stratum| Remainder { population: one.base_population(), n: one.n, x: one.x };
                found.iter().map(part).collect()
            };
            for pair in periods.windows(2) {
                let change = between(&strata(&pair[0]), &strata(&pair[1]));
                rows.push(row(ChangeRow {
                    kind,
                    figure: shares.figures()[figure].id.to_owned(),
                    municipality: area.code.clone(),
                    wave_before: one.id.clone(),
                    wave_after: one.id.clone(),
                    period_before: pair[0].code.clone(),
                    period_after: pair[1].code.clone(),
                    cohort: None,
                    basis: "independent",
                    change,
                    detected: false,
                    sentence: Text::default(),
                }));
            }
        }
    }
    rows
}

fn of_cohort(loaded: &Loaded, people: &People<'_>, cohort: u16, first: usize, second: usize) -> Vec<ChangeRow> {
    let project = &loaded.project;
    let rows = people.sample.rows.len();
    let answers = |wave: usize, place: usize| -> Vec<(usize, bool)> {
        let of_place = people.rows(people.year(cohort, wave), wave);
        let of_place = of_place.filter(|row| people.records[*row].municipality == place);
        // Who is not linked is nobody else: a number of their own.
        let person = |row: usize| people.linking.person[row].unwrap_or(rows + row);
        of_place.filter_map(|row| Some((person(row), people.is_yes(people.answer(row)?)))).collect()
    };
    let outside = |wave: usize, place: usize| {
        let of_place = people.rows(people.year(cohort, wave), wave);
        let of_place = of_place.filter(|row| people.records[*row].municipality == place);
        of_place.filter(|row| people.does_not_know(*row)).count() as u64
    };
    let meeting = Meeting { year: people.year(cohort, first), wave: first, cohort };
    // A cohort that the register lacks may be on a class list.
    let size = |place: usize| {
        let size = loaded.cohort_size(meeting, place);
        size.population.or(size.listed).unwrap_or_default()
    };
    let strata: Vec<Twice> = (0..project.municipalities.len())
        .map(|place| Twice {
            population: size(place),
            outside: [outside(first, place), outside(second, place)],
            first: answers(first, place),
            second: answers(second, place),
        })
        .collect();
    let single = project.municipalities.iter().enumerate().map(|(place, one)| (&one.code, &strata[place..=place]));
    let areas = single.chain([(&project.id, strata.as_slice())]);
    areas
        .map(|(code, strata)| {
            let change = within(strata);
            row(ChangeRow {
                kind: "cohort",
                figure: "intent".into(),
                municipality: code.clone(),
                wave_before: project.survey.waves[first].id.clone(),
                wave_after: project.survey.waves[second].id.clone(),
                period_before: people.year(cohort, first).to_string(),
                period_after: people.year(cohort, second).to_string(),
                cohort: Some(cohort),
                basis: if change.n_common > 0 { "linked" } else { "pseudo_panel" },
                change,
                detected: false,
                sentence: Text::default(),
            })
        })
        .collect()
}

fn row(row: ChangeRow) -> ChangeRow {
    let [nb, nn, en] = Lang::ALL.map(|lang| row.change.sentence(lang));
    ChangeRow { detected: row.change.is_detected(), sentence: Text { nb, nn, en }, ..row }
}
