//! Population change by its components.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{Ages, Area, Counts, NATION, OLDEST, Value, Who};
use crate::text::Text;

/// The components of a year's change in population, per 1 000 of the mean population.
///
/// # Formula
///
/// ```text
/// rate = 1000 * component / ((N[t] + N[t + 1]) / 2)
/// ```
///
/// Components: births, deaths, births − deaths, in-migration, out-migration, in − out; and `N[t + 1] − N[t]`. The last
/// differs from the sum of the parts by what Statistics Norway corrects afterwards.
///
/// # Input and result
///
/// | name           | shape | unit                       | rule                |
/// |----------------|-------|----------------------------|---------------------|
/// | `component`    | 1     | persons in the year        |                     |
/// | `start`, `end` | 1     | persons on 1 January       | sum > 0, else no result |
/// | result         | 1     | per 1 000                  | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::population_change::rate;
/// assert_eq!(rate(-12.0, 1010.0, 990.0), Some(-12.0));
/// ```
///
/// # Source
///
/// Statistics Norway, table 06913, Population 1 January and population changes during the calendar year; rates "per 1 000
/// middelfolkemengde".
#[must_use]
pub fn rate(component: f64, start: f64, end: f64) -> Option<f64> {
    (start + end > 0.0).then(|| 1000.0 * component / ((start + end) / 2.0))
}

/// The registers of change and population, and the last year that both have.
pub(super) fn tables<'a>(
    registers: &'a Registers,
    problems: &mut Problems,
) -> Option<(&'a Counts, &'a Ages, &'static str, Vec<u16>)> {
    let Some(change) = &registers.change else {
        registers.need(&["change"], problems);
        return None;
    };
    let (ages, register) = registers.ages(&[(0, OLDEST)], problems)?;
    let is_known = |year: &u16| ages.is_complete(*year, 0, OLDEST) && ages.is_complete(year + 1, 0, OLDEST);
    let years: Vec<u16> = change.years().into_iter().filter(is_known).collect();
    if years.is_empty() {
        registers.need_years("change in t, population on 1 January of t and t + 1", problems);
        return None;
    }
    Some((change, ages, register, years))
}

/// A component as a rate, with the spread of its events: Poisson.
pub(super) fn figure(component: Value, events: Value, mean: Value) -> Figure {
    let value = Value::of([component, mean], |[component, mean]| Some(1000.0 * component / mean));
    let spread = Value::of([events, mean], |[events, mean]| Some(1000.0 * libm::sqrt(events.max(1.0)) / mean));
    Figure { value, numerator: component, denominator: mean, spread }
}

/// The mean population of a year.
pub(super) fn mean(ages: &Ages, area: &Area, year: u16) -> Value {
    let at = |year| ages.persons(area, year, 0, OLDEST, Who::All);
    Value::of([at(year), at(year + 1)], |[start, end]| Some((start + end) / 2.0))
}

/// Components by area, of the last year that the registers have.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let (change, ages, register, years) = tables(registers, problems)?;
    let year = *years.last()?;
    let has = |code: &str| code != NATION && change.has(year, code) && ages.has(year, code) && ages.has(year + 1, code);
    registers.warn("change", &has, problems);
    let draft = Draft {
        title: Text::new("Befolkningsendring", "Folkeendring", "Population change"),
        base: Text::new(
            "Fødte, døde og flyttinger i året, per 1 000 av middelfolkemengden.",
            "Fødde, døde og flyttingar i året, per 1 000 av middelfolkemengda.",
            "Births, deaths and moves in the year, per 1,000 of the mean population.",
        ),
        method: Text::new(
            "Middelfolkemengden er gjennomsnittet av folketallet 1. januar i året og året etter.",
            "Middelfolkemengda er gjennomsnittet av folketalet 1. januar i året og året etter.",
            "The mean population is the mean of the population on 1 January of the year and of the next.",
        ),
        unit: Unit::PerMille,
        decimals: 1,
        period: period(year, year),
        columns: vec![
            column("growth", "endring", "endring", "change"),
            column("natural", "fødselsoverskudd", "fødselsoverskot", "births less deaths"),
            column("net_migration", "nettoinnflytting", "nettoinnflytting", "net in-migration"),
            column("births", "fødte", "fødde", "births"),
            column("deaths", "døde", "døde", "deaths"),
            column("in_migration", "innflyttinger", "innflyttingar", "in-migration"),
            column("out_migration", "utflyttinger", "utflyttingar", "out-migration"),
        ],
        has: &has,
        registers: &["change", register],
    };
    Some(draft.figures(registers, &|at, area| {
        let get = |measure| change.get(area, year, "", measure);
        let [births, deaths, moved_in, moved_out] = ["births", "deaths", "in_migration", "out_migration"].map(get);
        let less = |a: Value, b: Value| Value::of([a, b], |[a, b]| Some(a - b));
        let mean = mean(ages, area, year);
        let persons = |year| ages.persons(area, year, 0, OLDEST, Who::All);
        match at {
            0 => {
                figure(less(persons(year + 1), persons(year)), Value::sum([births, deaths, moved_in, moved_out]), mean)
            }
            1 => figure(less(births, deaths), Value::sum([births, deaths]), mean),
            2 => figure(less(moved_in, moved_out), Value::sum([moved_in, moved_out]), mean),
            _ => {
                let one = [births, deaths, moved_in, moved_out][at - 3];
                figure(one, one, mean)
            }
        }
    }))
}
