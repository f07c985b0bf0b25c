//! The projection by cohort components, from registers of births, deaths and moves.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, period};
use super::projection::{GIRLS, People, Rates, STEP, STEPS, cohort_component};
use crate::problem::Problems;
use crate::register::official::{Ages, Area, Counts, OLDEST, Value, Who};
use crate::text::Text;
use std::ops::Range;

/// Single years of age, the last one open.
const AGES: usize = OLDEST as usize + 1;
/// From this age on all have one rate of death and one of moving: there are too few of each.
const OLD: usize = 90;
/// The newest years that rates are taken of.
const YEARS: usize = 5;
/// What one year gives: women and men on 1 January of it and of the next, births, deaths and net moves of both sexes.
const BLOCKS: usize = 9;

/// The registers that it needs, all of them.
pub(super) struct Components<'a> {
    ages: &'a Ages,
    fertility: &'a Counts,
    mortality: &'a Counts,
    migration: &'a Counts,
}

impl<'a> Components<'a> {
    /// None where one of them is not there.
    pub(super) fn of(registers: &'a Registers) -> Option<Self> {
        Some(Self {
            ages: registers.population.as_ref()?,
            fertility: registers.fertility.as_ref()?,
            mortality: registers.mortality.as_ref()?,
            migration: registers.migration.as_ref()?,
        })
    }

    /// The years of the rates: the newest that all registers have, with the population on both sides.
    fn years(&self) -> Vec<u16> {
        let known = |year: u16| self.ages.is_complete(year, 0, OLDEST) && self.ages.is_complete(year + 1, 0, OLDEST);
        let both = |year: &u16| self.mortality.years().contains(year) && self.migration.years().contains(year);
        let years = self.fertility.years().into_iter().filter(both).filter(|year| known(*year));
        let years: Vec<u16> = years.collect();
        years[years.len().saturating_sub(YEARS)..].to_vec()
    }

    /// Everything that the projection of an area is made of, year by year.
    fn inputs(&self, area: &Area, years: &[u16]) -> Vec<Value> {
        let mut all = Vec::new();
        for &year in years {
            for (year, who) in [(year, Who::Women), (year, Who::Men), (year + 1, Who::Women), (year + 1, Who::Men)] {
                all.extend((0..=OLDEST).map(|age| self.ages.persons(area, year, age, age, who)));
            }
            // An age that the register of births does not have is one at which nobody gives birth.
            let is_known = |age: &str| self.fertility.parts().iter().any(|part| part == age);
            let zero = Value::of([self.ages.persons(area, year, 0, OLDEST, Who::All)], |_| Some(0.0));
            all.extend(
                (0..=OLDEST)
                    .map(|age| age.to_string())
                    .map(|age| if is_known(&age) { self.fertility.get(area, year, &age, "births") } else { zero }),
            );
            for sex in ["female", "male"] {
                all.extend((0..=OLDEST).map(|age| self.mortality.get(area, year, &format!("{sex} {age}"), "deaths")));
            }
            for sex in ["female", "male"] {
                all.extend((0..=OLDEST).map(|age| {
                    let get = |measure| self.migration.get(area, year, &format!("{sex} {age}"), measure);
                    Value::of([get("in_migration"), get("out_migration")], |[moved_in, out]| Some(moved_in - out))
                }));
            }
        }
        all
    }
}

/// One block of one year.
fn block(inputs: &[f64], year: usize, at: usize) -> &[f64] {
    let start = (year * BLOCKS + at) * AGES;
    &inputs[start..start + AGES]
}

/// A block summed over all years.
fn pooled(inputs: &[f64], at: usize) -> Vec<f64> {
    let years = inputs.len() / (BLOCKS * AGES);
    (0..AGES).map(|age| (0..years).map(|year| block(inputs, year, at)[age]).sum()).collect()
}

/// Rates of the years together: fertility, then those of women and of men; `None` where somebody of an age moved or died
/// where nobody of that age had been.
///
/// # Formula
///
/// ```text
/// fertility[a] = births by mothers of a / mean of women of a on 1 January of the year and of the next
/// survival[a]  = 1 - deaths of those a + 1 at the end of the year / people of a on 1 January          from 90 on one rate
/// migration[a] = (in - out) of those a + 1 at the end of the year / people of a on 1 January          from 90 on one rate
/// newborn      = 1 - (deaths - in + out of those born in the year) / births of the sex
/// ```
fn rates(inputs: &[f64]) -> Option<(Vec<f64>, [Rates; 2])> {
    let block = |at| pooled(inputs, at);
    let births = block(4);
    let (now, next) = (block(0), block(2));
    let divided = |events: f64, people: f64| match (events == 0.0, people > 0.0) {
        (_, true) => Some(events / people),
        (true, false) => Some(0.0),
        (false, false) => None,
    };
    let fertility = (0..AGES).map(|age| divided(births[age], (now[age] + next[age]) / 2.0));
    let fertility: Vec<f64> = fertility.collect::<Option<_>>()?;
    let all_births: f64 = births.iter().sum();
    let of_sex = |people: usize, deaths: usize, moves: usize, share: f64| -> Option<Rates> {
        let (people, deaths, moves) = (block(people), block(deaths), block(moves));
        // Those of `a` on 1 January are a year older at its end; the open age takes in those before it.
        let per_person = |events: &[f64]| -> Option<Vec<f64>> {
            let sum = |of: &[f64], ages: Range<usize>| of[ages].iter().sum::<f64>();
            let old = divided(sum(events, OLD + 1..AGES), sum(&people, OLD..AGES))?;
            (0..AGES).map(|age| if age < OLD { divided(events[age + 1], people[age]) } else { Some(old) }).collect()
        };
        let survival = per_person(&deaths)?.into_iter().map(|rate| 1.0 - rate).collect();
        let survival_of_newborn = 1.0 - divided(deaths[0] - moves[0], all_births * share)?;
        Some(Rates { survival, migration: per_person(&moves)?, survival_of_newborn })
    };
    Some((fertility, [of_sex(0, 5, 7, GIRLS)?, of_sex(1, 6, 8, 1.0 - GIRLS)?]))
}

/// The population some years ahead.
fn ahead(inputs: &[f64], years: u16) -> Option<f64> {
    let (fertility, [women, men]) = rates(inputs)?;
    let last = inputs.len() / (BLOCKS * AGES) - 1;
    let mut people = People { women: block(inputs, last, 2).to_vec(), men: block(inputs, last, 3).to_vec() };
    for _ in 0..years {
        people = cohort_component(&people, [&women, &men], &fertility, GIRLS)?;
    }
    Some(people.women.iter().chain(&people.men).sum())
}

/// Population 10 and 20 years ahead by area, by cohort components.
pub(super) fn figures(registers: &Registers, parts: &Components<'_>, problems: &mut Problems) -> Option<Figures> {
    let years = parts.years();
    let (Some(first), Some(newest)) = (years.first().copied(), years.last().copied()) else {
        registers.need_years("births, deaths and moves of t; population on 1 January of t and t + 1", problems);
        return None;
    };
    let start = newest + 1;
    let has = |code: &str| parts.ages.has(start, code) && parts.mortality.has(newest, code);
    registers.warn("mortality", &has, problems);
    let span = if first == newest { newest.to_string() } else { format!("{first}–{newest}") };
    let draft = Draft {
        title: Text::new("Befolkning framover", "Folkemengd framover", "Population ahead"),
        base: Text::new(
            &format!(
                "Endring i folketallet fra {start}, i prosent, dersom fødsler, død og flytting blir som i {span}."
            ),
            &format!("Endring i folketalet frå {start}, i prosent, dersom fødslar, død og flytting blir som i {span}."),
            &format!("Change in population from {start}, in percent, if births, deaths and moves stay as in {span}."),
        ),
        method: Text::new(
            &format!(
                "Kohortkomponenter: år for år etter kjønn og ett års alder, med ratene for fødsler, død og nettoflytting i \
                 {span}, fra 90 år med én rate for alle; 100 jenter per 105 gutter. En framskriving av det som har vært, ikke en \
                 prognose."
            ),
            &format!(
                "Kohortkomponentar: år for år etter kjønn og eitt års alder, med ratene for fødslar, død og nettoflytting i \
                 {span}, frå 90 år med éi rate for alle; 100 jenter per 105 gutar. Ei framskriving av det som har vore, ikkje \
                 ei prognose."
            ),
            &format!(
                "Cohort components: year by year by sex and single years of age, with the rates of births, deaths and net \
                 migration of {span}, one rate for all from 90 on; 100 girls per 105 boys. It carries on what has been; it is no \
                 forecast."
            ),
        ),
        unit: Unit::Percent,
        decimals: 1,
        period: period(start, start + STEPS[STEPS.len() - 1] * STEP),
        columns: STEPS.iter().map(|step| super::projection::column_of(start + step * STEP)).collect(),
        has: &has,
        registers: &["population", "fertility", "mortality", "migration"],
    };
    Some(draft.figures(registers, &|at, area| {
        let inputs = parts.inputs(area, &years);
        let total = Value::of_all(&inputs, |inputs| ahead(inputs, STEPS[at] * STEP));
        let now = parts.ages.persons(area, start, 0, OLDEST, Who::All);
        let change = Figure::change(now, total, false);
        Figure::plain(change.value, total, now)
    }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// One year: 100 women and 100 men of every age on both sides; mothers of 30 have 205 children; of those who are 105 and over at
    /// the end of the year 100 of each sex die, and of women who become 21, 10 more move out than in.
    fn year() -> Vec<f64> {
        let mut inputs = vec![100.0; 4 * AGES];
        inputs.extend(vec![0.0; 5 * AGES]);
        inputs[4 * AGES + 30] = 205.0;
        inputs[7 * AGES + 21] = -10.0;
        inputs
    }

    #[test]
    fn rates_by_hand() {
        let mut inputs = year();
        // 1 600 people of 90 and over, 200 of each sex die in a year: one rate of 1 / 8.
        for sex in [5, 6] {
            inputs[sex * AGES + 105] = 200.0;
        }
        let (fertility, [women, men]) = rates(&inputs).unwrap();
        assert_eq!((fertility[30], fertility[29]), (2.05, 0.0));
        assert_eq!((women.survival[89], women.survival[90], men.survival[105]), (1.0, 0.875, 0.875));
        assert_eq!((women.migration[20], women.migration[21], men.migration[20]), (-0.1, 0.0, 0.0));
        assert_eq!(women.survival_of_newborn, 1.0);
        // Two years that are alike have the rates of one.
        let two: Vec<f64> = inputs.iter().chain(&inputs).copied().collect();
        assert_eq!(rates(&two).unwrap().0, fertility);
        // Of nobody nobody dies, and nobody can die.
        inputs[2] = 0.0;
        assert!(rates(&inputs).is_some());
        inputs[5 * AGES + 3] = 1.0;
        assert!(rates(&inputs).is_none());
    }

    /// Nobody dies, so the open age grows by those of 104 every year; 100 girls and 105 boys are born, until the women of the
    /// tenth step have become 30: then births are 2.05 (100 + 90) / 2 = 194.75, of which 95 girls and 99.75 boys.
    #[test]
    fn ten_years_by_hand() {
        let start = 21_200.0;
        let born = 9.0 * 205.0 + 194.75;
        let moved = 10.0 * 10.0;
        assert!((ahead(&year(), 10).unwrap() - (start + born - moved)).abs() < 1e-9);
        assert_eq!(ahead(&year(), 0), Some(start));
    }
}
