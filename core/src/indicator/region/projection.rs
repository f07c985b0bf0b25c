//! Population projection by cohort components, and by cohort change alone (Hamilton–Perry).

use super::Registers;
use super::cohorts::Components;
use super::figures::{Column, Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{Ages, Area, OLDEST, Value, Who};
use crate::text::Text;

/// Years of a group, and of a step.
pub(super) const STEP: u16 = 5;
/// Groups 0–4, 5–9, …, 80–84, 85 and over.
const GROUPS: u16 = 18;
/// The groups of those who may become parents: 15–49.
const PARENTS: std::ops::Range<usize> = 3..10;
/// Steps ahead: 10 and 20 years.
pub(super) const STEPS: [u16; 2] = [2, 4];

/// A projection from two counts alone, by Hamilton and Perry: every group goes on to change as the group before it did.
/// Deaths and moves are in the ratios, which stay as they are; nothing is assumed about either.
///
/// # Formula
///
/// ```text
/// ratio[g]     = now[g + 1] / then[g]                                   the open group: now[last] / (then[last - 1] + then[last])
/// children     = now[0] / (now[3] + … + now[9])                         per adult of 15–49
///
/// each step
/// next[g + 1]  = people[g] * ratio[g]
/// next[last]   = (people[last - 1] + people[last]) * ratio[last]
/// next[0]      = (next[3] + … + next[9]) * children
/// ```
///
/// # Input and result
///
/// | name   | shape | unit    | rule                                                   |
/// |--------|-------|---------|--------------------------------------------------------|
/// | `then` | n     | persons | by groups of five years, the last one open; n > 10     |
/// | `now`  | n     | persons | the same, one step on                                  |
/// | `steps`| 1     | steps of five years |                                            |
/// | result | n     | persons | not rounded; none where somebody came out of an empty group |
///
/// An empty group that stays empty has the ratio 0.
///
/// # Source
///
/// Hamilton and Perry, A short method for projecting population by age from one decennial census to another, Social Forces
/// 41 (1962); Swanson, Schlottmann and Schmidt, Forecasting the population of census tracts by age and sex, Population Research and Policy Review 29 (2010).
#[must_use]
pub fn hamilton_perry(then: &[f64], now: &[f64], steps: u16) -> Option<Vec<f64>> {
    if then.len() != now.len() || now.len() <= PARENTS.end {
        return None;
    }
    let ratio = |now: f64, then: f64| match (now == 0.0, then > 0.0) {
        (true, _) => Some(0.0),
        (_, true) => Some(now / then),
        (false, false) => None,
    };
    let last = now.len() - 1;
    let parents = |groups: &[f64]| groups[PARENTS].iter().sum::<f64>();
    let older: Vec<f64> = (0..last - 1).map(|group| ratio(now[group + 1], then[group])).collect::<Option<_>>()?;
    let open = ratio(now[last], then[last - 1] + then[last])?;
    let children = ratio(now[0], parents(now))?;
    let mut people = now.to_vec();
    for _ in 0..steps {
        let mut next = vec![0.0; people.len()];
        for (group, ratio) in older.iter().enumerate() {
            next[group + 1] = people[group] * ratio;
        }
        next[last] = (people[last - 1] + people[last]) * open;
        next[0] = parents(&next) * children;
        people = next;
    }
    Some(people)
}

/// Rates of one sex by single year of age, the last age open.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Share of those of an age who are alive a year on; of the open age, who stay in it.
    pub survival: Vec<f64>,
    /// Net in-migration of a year per person of an age at its start.
    pub migration: Vec<f64>,
    /// Share of the newborn who are alive on 1 January after.
    pub survival_of_newborn: f64,
}

/// People by single year of age, the last age open.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// Women.
    pub women: Vec<f64>,
    /// Men.
    pub men: Vec<f64>,
}

/// Girls among the newborn: 100 of 205.
pub const GIRLS: f64 = 100.0 / 205.0;

/// One year of a projection by cohort components, from rates that are given.
///
/// # Formula
///
/// ```text
/// next[a + 1]  = now[a] * (survival[a] + migration[a])
/// next[last]   = the same for last - 1, and for last
/// births       = sum(fertility[a] * (women now[a] + women next[a]) / 2)
/// next[0]      = births * girls * survival of newborn         boys: births * (1 - girls)
/// ```
///
/// # Input and result
///
/// | name        | shape | unit              | rule                                                    |
/// |-------------|-------|-------------------|---------------------------------------------------------|
/// | `now`       | 2 × n | persons           | women and men by age                                    |
/// | `rates`     | 2     | per person, year  | of women, of men; all of length n                       |
/// | `fertility` | n     | births per woman and year | by age                                          |
/// | `girls`     | 1     | share             | 0 to 1, see [`GIRLS`]                                   |
/// | result      | 2 × n | persons           | not rounded; none for unequal lengths; never below zero |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::projection::{People, Rates, cohort_component};
/// let rates = Rates { survival: vec![1.0, 0.5], migration: vec![-0.1, 0.0], survival_of_newborn: 1.0 };
/// let now = People { women: vec![10.0, 20.0], men: vec![10.0, 20.0] };
/// let next = cohort_component(&now, [&rates, &rates], &[0.0, 0.1], 0.5).unwrap();
/// // 10 * 0.9 + 20 * 0.5 = 19; births 0.1 * (20 + 19) / 2 = 1.95.
/// assert_eq!(next.women[1], 19.0);
/// assert!((next.women[0] - 0.975).abs() < 1e-12);
/// ```
///
/// # Source
///
/// Preston, Heuveline and Guillot, Demography (2001), chapter 6.
#[must_use]
pub fn cohort_component(now: &People, rates: [&Rates; 2], fertility: &[f64], girls: f64) -> Option<People> {
    let n = fertility.len();
    let same = |rates: &Rates| rates.survival.len() == n && rates.migration.len() == n;
    if n < 2 || now.women.len() != n || now.men.len() != n || !rates.iter().all(|rates| same(rates)) {
        return None;
    }
    let older = |now: &[f64], rates: &Rates| -> Vec<f64> {
        let mut next = vec![0.0; n];
        for age in 0..n {
            let left = now[age] * (rates.survival[age] + rates.migration[age]);
            next[(age + 1).min(n - 1)] += left.max(0.0);
        }
        next
    };
    let (mut women, mut men) = (older(&now.women, rates[0]), older(&now.men, rates[1]));
    let births: f64 = (0..n).map(|age| fertility[age] * (now.women[age] + women[age]) / 2.0).sum();
    women[0] = births * girls * rates[0].survival_of_newborn;
    men[0] = births * (1.0 - girls) * rates[1].survival_of_newborn;
    Some(People { women, men })
}

/// Population 10 and 20 years ahead by area: by cohort components where there are registers of births by the mother's age and
/// of deaths and moves by sex and age, else from the last two counts five years apart, Hamilton–Perry. The method says which.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    if let Some(parts) = Components::of(registers) {
        return super::cohorts::figures(registers, &parts, problems);
    }
    let groups: Vec<(u16, u16)> = (0..GROUPS).map(group).collect();
    let (ages, register) = registers.ages(&groups, problems)?;
    let is_known = |year: u16| groups.iter().all(|(from, to)| ages.is_complete(year, *from, *to));
    let Some(last) = ages.years().rfind(|year| is_known(*year) && is_known(year - STEP)) else {
        registers.need_years("all ages on 1 January of t and t − 5", problems);
        return None;
    };
    let has = |code: &str| ages.has(last, code);
    registers.warn(register, &has, problems);
    let columns = STEPS.iter().map(|step| column_of(last + step * STEP)).collect();
    let (first, now) = (last - STEP, last);
    let draft = Draft {
        title: Text::new("Befolkning framover", "Folkemengd framover", "Population ahead"),
        base: Text::new(
            &format!("Endring i folketallet fra {now}, i prosent, dersom alt går som fra {first} til {now}."),
            &format!("Endring i folketalet frå {now}, i prosent, dersom alt går som frå {first} til {now}."),
            &format!("Change in population from {now}, in percent, if all goes as from {first} to {now}."),
        ),
        method: Text::new(
            "Hamilton–Perry: hver femårsgruppe endrer seg som gruppen foran gjorde, flytting og død under ett; barn 0–4 per \
             voksen 15–49 er som nå. En framskriving av det som har vært, ikke en prognose.",
            "Hamilton–Perry: kvar femårsgruppe endrar seg som gruppa framfor gjorde, flytting og død under eitt; barn 0–4 per \
             vaksen 15–49 er som no. Ei framskriving av det som har vore, ikkje ei prognose.",
            "Hamilton–Perry: every five-year group changes as the one before it did, moves and deaths in one; children of 0–4 \
             per adult of 15–49 stay as now. It carries on what has been; it is no forecast.",
        ),
        unit: Unit::Percent,
        decimals: 1,
        period: period(last, last + STEPS[STEPS.len() - 1] * STEP),
        columns,
        has: &has,
        registers: &[register],
    };
    Some(draft.figures(registers, &|at, area| ahead(ages, area, last, STEPS[at])))
}

/// The population of an area some steps ahead, against now.
fn ahead(ages: &Ages, area: &Area, last: u16, steps: u16) -> Figure {
    let counts = |year: u16| {
        (0..GROUPS).map(move |at| {
            let (from, to) = group(at);
            ages.persons(area, year, from, to, Who::All)
        })
    };
    let both: Vec<Value> = counts(last - STEP).chain(counts(last)).collect();
    let total = Value::of_all(&both, |counts| {
        let (then, now) = counts.split_at(usize::from(GROUPS));
        Some(hamilton_perry(then, now, steps)?.iter().sum())
    });
    let start = Value::sum(counts(last));
    let change = Figure::change(start, total, false);
    Figure::plain(change.value, total, start)
}

/// From and to of a group.
const fn group(at: u16) -> (u16, u16) {
    (at * STEP, if at + 1 == GROUPS { OLDEST } else { at * STEP + STEP - 1 })
}

pub(super) fn column_of(year: u16) -> Column {
    column(&format!("to_{year}"), &format!("til {year}"), &format!("til {year}"), &format!("to {year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eleven groups of 100 that halve from group to group: then all 100, now 0–4 100 and the rest 50.
    #[test]
    fn ratios_carry_on() {
        let then = vec![100.0; 11];
        let mut now = vec![50.0; 11];
        now[0] = 100.0;
        // Open group: 50 / 200 of 50 + 50. Children: 100 / 350 per adult.
        let next = hamilton_perry(&then, &now, 1).unwrap();
        let mut expected = vec![25.0; 11];
        expected[1] = 50.0;
        expected[0] = 7.0 * 25.0 * 100.0 / 350.0;
        assert_eq!(next, expected);
        // The second step has the same ratios: 0–4 of 50 gives 25, 5–9 of 50 gives 25, the others 12.5.
        let second = hamilton_perry(&then, &now, 2).unwrap();
        assert_eq!(second[..4], [7.0 * 12.5 * 100.0 / 350.0, 25.0, 25.0, 12.5]);
        assert_eq!(hamilton_perry(&then, &now, 0).unwrap(), now);
    }

    #[test]
    fn nobody_comes_out_of_an_empty_group() {
        let mut then = vec![10.0; 11];
        let mut now = vec![10.0; 11];
        then[5] = 0.0;
        assert_eq!(hamilton_perry(&then, &now, 1), None);
        now[6] = 0.0;
        assert_eq!(hamilton_perry(&then, &now, 1).unwrap()[6], 0.0);
        assert_eq!(hamilton_perry(&[1.0; 5], &[1.0; 5], 1), None);
    }

    #[test]
    fn nobody_is_below_zero() {
        let rates = Rates { survival: vec![0.5, 0.5], migration: vec![-0.9, 0.0], survival_of_newborn: 1.0 };
        let now = People { women: vec![10.0, 0.0], men: vec![0.0, 0.0] };
        let next = cohort_component(&now, [&rates, &rates], &[0.0, 0.0], GIRLS).unwrap();
        assert_eq!(next.women, [0.0, 0.0]);
        assert_eq!(cohort_component(&now, [&rates, &rates], &[0.0], GIRLS), None);
    }
}
