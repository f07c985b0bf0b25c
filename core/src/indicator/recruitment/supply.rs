//! How many can be had: those who live here, those who come home, those who are done with an education.

use super::assumptions::Assumptions;
use super::demand::area;
use super::draws::{Purpose, Stream};
use super::figures::NoFigure;
use super::quantity::Quantity;
use super::returning::{Chance, chance_of_returning};
use crate::register::recruitment::{Recruitment, Wants};
use crate::sum::Sum;
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Where somebody comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum From {
    /// The CV base, done with education and living elsewhere.
    Away,
    /// An education that is done within the horizon.
    Education,
}

/// What somebody said when: wave and intent; without an intent the wave says nothing.
type Said = (Option<String>, Option<u8>);

/// Which group of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Division {
    /// By the year in which they left 10th grade.
    Cohort,
    /// By the wave in which they last stated an intent.
    Wave,
    /// By the intent stated, 1 to 5.
    Intent,
    /// By the year in which an education under way will be done.
    Education,
    /// By whether they live in the region already: `here`, `away`.
    Residence,
}

/// What a group of people adds to supply.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// How people are divided.
    pub division: Division,
    /// Code of the group: `2019`, `w3`, `5`; empty: not known.
    pub code: String,
    /// How many they are.
    pub persons: u64,
    /// How many of them are expected.
    pub expected: f64,
}

/// Supply of one area, horizon and field.
#[derive(Clone, Debug, Default)]
pub(super) struct Supply {
    /// Those who live here and want a job.
    pub(super) here: Quantity,
    /// Those who come home.
    pub(super) returning: Quantity,
    /// Those who finish an education within the horizon, and come home or live here.
    pub(super) education: Quantity,
    /// Persons and expectation by division and code.
    parts: BTreeMap<(Division, String), (u64, Sum)>,
}

impl Supply {
    pub(super) fn total(&self) -> Quantity {
        let mut sum = self.here.clone();
        sum.add(&self.returning, 1.0);
        sum.add(&self.education, 1.0);
        sum
    }

    /// What each group adds, by division, the largest first.
    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |((division, code), (persons, expected)): (&(Division, String), &(u64, Sum))| Part {
            division: *division,
            code: code.clone(),
            persons: *persons,
            expected: expected.value(),
        };
        let mut parts: Vec<Part> = self.parts.iter().map(part).collect();
        parts.sort_by(|a, b| a.division.cmp(&b.division).then(b.expected.total_cmp(&a.expected)));
        parts
    }
}

/// Supply by area, horizon and field (last: no field).
///
/// # Formula
///
/// ```text
/// supply = sum over people of p;  p = 1 for those who live here, else the chance of coming home within h years
/// ```
///
/// Counted are those of the CV base who want a job now or later (not those who only want to be told), in the area of their home
/// municipality; an education under way must be done by the end of the year h years after that of the run. Cohorts of young
/// people beyond the base come home as those do who stated no intent.
///
/// In each draw the chance is the same for all who stated the same intent in the same wave, in all fields and areas; given it,
/// each comes home or not.
pub(super) fn supply(register: &Recruitment, assumptions: &Assumptions) -> Result<Vec<Vec<Vec<Supply>>>, NoFigure> {
    if register.cvs.is_none() && assumptions.cohorts.is_empty() {
        return Err(no_cvs());
    }
    let fields = register.fields.len();
    let mut result = vec![vec![vec![Supply::default(); fields + 1]; assumptions.horizons.len()]; register.areas.len()];
    let mut groups: BTreeMap<(usize, usize, usize, From, Said), u32> = BTreeMap::new();
    let year = register.today.year();
    let chances = Chances::new(register, assumptions);
    for (area, of_area) in register.areas.iter().enumerate() {
        let wanted = register.cvs.iter().flatten().filter(|cv| cv.wants != Wants::Told);
        for cv in wanted.filter(|cv| of_area.municipalities.contains(&cv.home)) {
            let group = usize::from(cv.field).min(fields);
            let said = said(cv.wave.as_deref(), cv.intent);
            for (horizon, years) in assumptions.horizons.iter().enumerate() {
                if cv.done.is_some_and(|done| done > year.saturating_add(*years)) {
                    continue;
                }
                let supply = &mut result[area][horizon][group];
                let expected = if cv.lives_here { 1.0 } else { chances.mean(&said, horizon) };
                let mut add = |division, code: String| {
                    let (persons, sum) = supply.parts.entry((division, code)).or_default();
                    *persons += 1;
                    sum.add(expected);
                };
                add(Division::Cohort, cv.cohort.map(|cohort| cohort.to_string()).unwrap_or_default());
                add(Division::Residence, if cv.lives_here { "here" } else { "away" }.into());
                if !cv.lives_here {
                    add(Division::Wave, cv.wave.clone().unwrap_or_default());
                    add(Division::Intent, cv.intent.map(|intent| intent.to_string()).unwrap_or_default());
                }
                if let Some(done) = cv.done {
                    add(Division::Education, done.to_string());
                }
                let quantity = match cv.done {
                    Some(_) => &mut supply.education,
                    None if cv.lives_here => &mut supply.here,
                    None => &mut supply.returning,
                };
                quantity.behind.add(None, 1);
                if cv.lives_here {
                    quantity.add_sure(1.0);
                } else {
                    let from = if cv.done.is_some() { From::Education } else { From::Away };
                    *groups.entry((area, horizon, group, from, said.clone())).or_default() += 1;
                }
            }
        }
    }
    for cohort in &assumptions.cohorts {
        let group = register.fields.iter().position(|field| field.id == cohort.field);
        let (Some(area), Some(group)) = (area(register, cohort.area.as_deref()), group) else { continue };
        let unknown = (None, None);
        for (horizon, years) in assumptions.horizons.iter().enumerate() {
            if cohort.done >= year && cohort.done <= year.saturating_add(*years) {
                let supply = &mut result[area][horizon][group];
                let (persons, sum) = supply.parts.entry((Division::Education, cohort.done.to_string())).or_default();
                *persons += u64::from(cohort.persons);
                sum.add(f64::from(cohort.persons) * chances.mean(&unknown, horizon));
                supply.education.behind.add(None, u64::from(cohort.persons));
                *groups.entry((area, horizon, group, From::Education, unknown.clone())).or_default() += cohort.persons;
            }
        }
    }
    for (number, ((area, horizon, group, from, said), n)) in groups.into_iter().enumerate() {
        let Some((chance, draws)) = chances.get(&said, horizon) else { continue };
        let mut stream = Stream::new(assumptions.seed, Purpose::Return, number);
        let supply = &mut result[area][horizon][group];
        let quantity = if from == From::Education { &mut supply.education } else { &mut supply.returning };
        quantity.add_drawn(f64::from(n) * chance.mean(), draws.iter().map(|p| f64::from(stream.binomial(n, *p))));
    }
    Ok(result)
}

fn no_cvs() -> NoFigure {
    let words = Text::new("ingen CV-base er oppgitt", "ingen CV-base er oppgitt", "no CV base is given");
    NoFigure { code: "no_cvs", words }
}

fn said(wave: Option<&str>, intent: Option<u8>) -> Said {
    (wave.filter(|_| intent.is_some()).map(Into::into), intent)
}

/// Chances of coming home by what was said and horizon, with their draws.
struct Chances(BTreeMap<(Said, usize), (Chance, Vec<f64>)>);

impl Chances {
    fn new(register: &Recruitment, assumptions: &Assumptions) -> Self {
        let away = register.cvs.iter().flatten().filter(|cv| !cv.lives_here);
        let mut all: BTreeSet<Said> = away.map(|cv| said(cv.wave.as_deref(), cv.intent)).collect();
        all.insert((None, None));
        let courses = register.courses.as_deref().unwrap_or_default();
        let mut chances = BTreeMap::new();
        for (wave, intent) in all {
            for (horizon, years) in assumptions.horizons.iter().enumerate() {
                let prior = &assumptions.prior;
                let chance = chance_of_returning(courses, register.today, prior, wave.as_deref(), intent, *years);
                let mut stream = Stream::new(assumptions.seed, Purpose::Chance, chances.len());
                let draws = (0..assumptions.draws).map(|_| stream.beta(chance.a, chance.b)).collect();
                chances.insert(((wave.clone(), intent), horizon), (chance, draws));
            }
        }
        Self(chances)
    }

    fn get(&self, said: &Said, horizon: usize) -> Option<&(Chance, Vec<f64>)> {
        self.0.get(&(said.clone(), horizon))
    }

    fn mean(&self, said: &Said, horizon: usize) -> f64 {
        self.get(said, horizon).map_or(0.0, |(chance, _)| chance.mean())
    }
}
