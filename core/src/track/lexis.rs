//! Cohort by year: a Lexis diagram as a table.
//!
//! Age, period and cohort are one fact too few: `age = period - cohort`. What is linear in one of them can be moved to the
//! other two without any figure changing, so no table of this kind says whether people grow fonder of a place with age,
//! with the times, or because later cohorts are others. The grid is shown; linear effects are not claimed.

use super::people::People;
use crate::indicator::share::Stratum;
use crate::indicator::share::stratified_share;
use crate::interval::remainder::{self, Stratum as Remainder};
use crate::interval::{Level, wang};
use crate::project::Loaded;
use crate::register::cohort::{Meeting, birth_year, meetings};
use serde::Serialize;
use std::ops::RangeInclusive;

/// A cohort of a municipality, or of the region, in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LexisCell {
    /// The year in which it left 10th grade.
    pub cohort: u16,
    /// The year in which most of it were born.
    pub birth_year: u16,
    /// The year.
    pub year: u16,
    /// Id of the wave that meets it.
    pub wave: String,
    /// Age on 1 January of the year.
    pub age: u16,
    /// Code of the home municipality; of the region its id.
    pub municipality: String,
    /// `asked`, or `due`: no answers yet.
    pub status: &'static str,
    /// The cohort where it grew up; null where the register has no number.
    pub population: Option<u64>,
    /// Answered the trend item with one of its answers, wherever they live now.
    pub n: Option<u64>,
    /// Said yes: "somewhat agree" or "strongly agree".
    pub x: Option<u64>,
    /// The share of yes, in the region stratified by municipality.
    pub share: Option<f64>,
    /// 95 % interval for this cohort: Wang's for one municipality, Bayes on the remainder for the region.
    pub ci_lower: Option<f64>,
    /// Upper end.
    pub ci_upper: Option<f64>,
}

pub(super) fn cells(loaded: &Loaded, people: &People<'_>, due: RangeInclusive<u16>) -> Vec<LexisCell> {
    let project = &loaded.project;
    let mut years: Vec<u16> = project.survey.rounds.iter().map(|round| round.year).chain(due).collect();
    years.sort_unstable();
    years.dedup();
    let mut met: Vec<Meeting> = years.into_iter().flat_map(|year| meetings(project, year)).collect();
    met.sort_by_key(|meeting| (meeting.cohort, meeting.year, meeting.wave));
    let mut cells = Vec::new();
    for meeting in met {
        let strata = strata(loaded, people, meeting);
        for (place, municipality) in project.municipalities.iter().enumerate() {
            let own = strata.as_ref().map(|strata| &strata[place..=place]);
            let size = loaded.cohort_size(meeting, place).population;
            cells.push(cell(loaded, meeting, &municipality.code, size, own));
        }
        let places = 0..project.municipalities.len();
        let size = super::sum(places.map(|place| loaded.cohort_size(meeting, place).population));
        cells.push(cell(loaded, meeting, &project.id, size, strata.as_deref()));
    }
    cells
}

/// The answers to the trend item by municipality; `None` for a year without answers, or where it is not asked.
pub(super) fn strata(loaded: &Loaded, people: &People<'_>, meeting: Meeting) -> Option<Vec<Stratum>> {
    let project = &loaded.project;
    let round = project.survey.rounds.iter().position(|round| round.year == meeting.year)?;
    people.answers.as_ref()?;
    let mut strata: Vec<Stratum> = (0..project.municipalities.len())
        .map(|place| Stratum { population: loaded.frame.size(round, meeting.wave, place), ..Stratum::default() })
        .collect();
    for row in people.rows(meeting.year, meeting.wave) {
        let stratum = &mut strata[people.records[row].municipality];
        stratum.responded += 1;
        match people.answer(row) {
            Some(answer) => {
                stratum.n += 1;
                stratum.x += u64::from(people.is_yes(answer));
            }
            // As in the indicator: who says "don't know" is seen to be outside the base.
            None => stratum.outside += u64::from(people.does_not_know(row)),
        }
    }
    Some(strata)
}

fn cell(
    loaded: &Loaded,
    meeting: Meeting,
    municipality: &str,
    population: Option<u64>,
    strata: Option<&[Stratum]>,
) -> LexisCell {
    let project = &loaded.project;
    let (age, wave) = (project.population.age, &project.survey.waves[meeting.wave]);
    let interval = strata.filter(|strata| strata.iter().all(Stratum::fits)).and_then(|strata| {
        let base: u64 = strata.iter().map(Stratum::base_population).sum();
        let found = match strata {
            [one] => wang::interval(base, one.n, one.x, Level::P95).ok(),
            several => {
                let part = |one: &Stratum| Remainder { population: one.base_population(), n: one.n, x: one.x };
                remainder::uniform_prior(&several.iter().map(part).collect::<Vec<_>>(), Level::P95).ok()
            }
        };
        let found = found.filter(|_| base > 0)?;
        let of_base = |count: u64| crate::compare::real(count) / crate::compare::real(base);
        Some((of_base(found.lower), of_base(found.upper)))
    });
    let add = |field: fn(&Stratum) -> u64| strata.map(|strata| strata.iter().map(field).sum());
    LexisCell {
        cohort: meeting.cohort,
        birth_year: birth_year(meeting.cohort, age),
        year: meeting.year,
        wave: wave.id.clone(),
        age: age + wave.years_after,
        municipality: municipality.to_owned(),
        status: if strata.is_some() { "asked" } else { "due" },
        population,
        n: add(|one| one.n),
        x: add(|one| one.x),
        share: strata.and_then(stratified_share),
        ci_lower: interval.map(|(lower, _)| lower),
        ci_upper: interval.map(|(_, upper)| upper),
    }
}
