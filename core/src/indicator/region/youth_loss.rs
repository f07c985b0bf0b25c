//! Youth loss.

use super::Registers;
use super::figures::{Column, Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::Who;
use crate::text::Text;

/// The age from which on a cohort is followed, and for how long.
const FROM: u16 = 15;
const YEARS: [u16; 3] = [10, 5, 15];
/// Cohorts that are taken together, so that one family is not the figure.
const POOLED: u16 = 5;

/// Cohort ratio: how large a cohort is some years on, for each hundred that it was.
///
/// # Formula
///
/// ```text
/// ratio = 100 * N(t + k, a + k) / N(t, a)
/// ```
///
/// a = 15: pooled over ages 15–19 to 25–29 (k = 10), and for single ages 15 to 25, 20 and 30. Under 100 more have left
/// (or died, which few do at that age) than came; those who came are others than those who left.
///
/// # Input and result
///
/// | name   | shape | unit                 | rule                |
/// |--------|-------|----------------------|---------------------|
/// | `then` | 1     | persons on 1 January | > 0, else no result |
/// | `now`  | 1     | persons on 1 January | k years on and older |
/// | result | 1     | per hundred          | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::youth_loss::cohort_ratio;
/// assert_eq!(cohort_ratio(50.0, 34.0), Some(68.0));
/// ```
///
/// # Source
///
/// Cohort change ratio: Siegel and Swanson, The Methods and Materials of Demography (2004), chapter 21. Counts: Statistics
/// Norway, table 07459.
#[must_use]
pub fn cohort_ratio(then: f64, now: f64) -> Option<f64> {
    (then > 0.0).then(|| 100.0 * now / then)
}

/// One cohort: from which ages to which, years on.
type Cohort = ((u16, u16), u16);

/// Youth loss by area, of the cohorts that the registers have in the newest year.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let pooled: Cohort = ((FROM, FROM + POOLED - 1), YEARS[0]);
    let wanted = [pooled].into_iter().chain(YEARS.map(|k| ((FROM, FROM), k)));
    let tables = [(registers.age_bands.as_ref(), "age_bands"), (registers.population.as_ref(), "population")];
    let tables: Vec<_> = tables.into_iter().filter_map(|(ages, id)| Some((ages?, id))).collect();
    if tables.is_empty() {
        registers.need(&["population", "age_bands"], problems);
        return None;
    }
    let last = tables.iter().filter_map(|(ages, _)| ages.years().next_back()).max()?;
    let cohorts: Vec<(Cohort, usize)> = wanted
        .filter_map(|((low, high), k)| {
            let has = |at: &usize| {
                let (ages, _) = tables[*at];
                ages.is_complete(last - k, low, high) && ages.is_complete(last, low + k, high + k)
            };
            Some((((low, high), k), (0..tables.len()).find(has)?))
        })
        .collect();
    let Some(&(_, first)) = cohorts.first() else {
        registers.need_years("N(t, 15) and N(t + k, 15 + k), k = 5, 10, 15", problems);
        return None;
    };
    let longest = cohorts.iter().map(|((_, k), _)| *k).max().unwrap_or_default();
    let has = |code: &str| tables[first].0.has(last, code);
    registers.warn(tables[first].1, &has, problems);
    let columns: Vec<Column> = cohorts.iter().map(|(cohort, _)| column_of(*cohort)).collect();
    let used: Vec<&'static str> = tables.iter().map(|(_, id)| *id).collect();
    let draft = Draft {
        title: Text::new("Ungdomstap", "Ungdomstap", "Youth loss"),
        base: Text::new(
            "Hvor mange et årskull er k år senere, per 100 som bodde her da. Under 100: flere har flyttet ut enn inn.",
            "Kor mange eit årskull er k år seinare, per 100 som budde her då. Under 100: fleire har flytta ut enn inn.",
            "How many a cohort is k years on, for each 100 who lived here then. Under 100: more moved out than in.",
        ),
        method: Text::new(
            "N(t + k, a + k) / N(t, a), folkemengde 1. januar. De som kom, er andre enn de som dro.",
            "N(t + k, a + k) / N(t, a), folkemengd 1. januar. Dei som kom, er andre enn dei som drog.",
            "N(t + k, a + k) / N(t, a), population on 1 January. Those who came are others than those who left.",
        ),
        unit: Unit::PerHundred,
        decimals: 1,
        period: period(last - longest, last),
        columns,
        has: &has,
        registers: &used,
    };
    Some(draft.figures(registers, &|at, area| {
        let (((low, high), k), table) = cohorts[at];
        let ages = tables[table].0;
        let then = ages.persons(area, last - k, low, high, Who::All);
        let now = ages.persons(area, last, low + k, high + k, Who::All);
        Figure::change(then, now, true)
    }))
}

fn column_of(((low, high), k): Cohort) -> Column {
    let span = |low: u16, high: u16| if low == high { low.to_string() } else { format!("{low}–{high}") };
    let (then, now) = (span(low, high), span(low + k, high + k));
    let code = format!("from_{}_to_{}", then.replace('–', "_"), now.replace('–', "_"));
    column(
        &code,
        &format!("fra {then} til {now} år"),
        &format!("frå {then} til {now} år"),
        &format!("from {then} to {now}"),
    )
}
