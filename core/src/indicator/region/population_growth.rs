//! Population growth.

use super::Registers;
use super::figures::{Column, Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{OLDEST, Who};
use crate::text::Text;

/// Years back, the headline first.
const SPANS: [u16; 4] = [10, 1, 5, 20];

/// Population growth: how many more people, in percent of those at the start.
///
/// # Formula
///
/// ```text
/// growth = 100 * (N[t] - N[t - k]) / N[t - k]        k = 10, 1, 5, 20 years
/// ```
///
/// # Input and result
///
/// | name   | shape | unit                  | rule                       |
/// |--------|-------|-----------------------|----------------------------|
/// | `from` | 1     | persons on 1 January  | > 0, else no result        |
/// | `to`   | 1     | persons on 1 January  |                            |
/// | result | 1     | percent               | not rounded                |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::population_growth::growth;
/// assert_eq!(growth(200.0, 190.0), Some(-5.0));
/// ```
///
/// # Source
///
/// Statistics Norway, Population, population growth in percent; table 07459 (population on 1 January).
#[must_use]
pub fn growth(from: f64, to: f64) -> Option<f64> {
    (from > 0.0).then(|| 100.0 * (to - from) / from)
}

/// Population growth by area, over the spans of years that the register has.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let (ages, register) = registers.ages(&[(0, OLDEST)], problems)?;
    let has = |year| move |code: &str| ages.has(year, code);
    // A register cut to some ages has no population of the years that it cuts.
    let complete: Vec<u16> = ages.years().filter(|year| ages.is_complete(*year, 0, OLDEST)).collect();
    let Some(&last) = complete.last() else {
        registers.need_years("1 January, all ages", problems);
        return None;
    };
    let spans: Vec<u16> = SPANS.into_iter().filter(|span| complete.contains(&(last - span))).collect();
    let Some(&first) = spans.first() else {
        registers.need_years("two of the years t, t − 1, t − 5, t − 10", problems);
        return None;
    };
    registers.warn(register, &has(last), problems);
    let columns: Vec<Column> = spans.iter().map(|span| span_column(*span, last)).collect();
    let draft = Draft {
        title: Text::new("Befolkningsvekst", "Folkevekst", "Population growth"),
        base: Text::new(
            "Endring i folketallet 1. januar, i prosent av folketallet ved starten.",
            "Endring i folketalet 1. januar, i prosent av folketalet ved starten.",
            "Change in population on 1 January, in percent of the population at the start.",
        ),
        method: Text::new(
            "Folketallet er på grensene fra 2024 alle år.",
            "Folketalet er på grensene frå 2024 alle år.",
            "Population is on the boundaries of 2024 in all years.",
        ),
        unit: Unit::Percent,
        decimals: 1,
        period: period(last - first, last),
        columns,
        has: &has(last),
        registers: &[register],
    };
    Some(draft.figures(registers, &|at, area| {
        let [from, to] = [last - spans[at], last].map(|year| ages.persons(area, year, 0, OLDEST, Who::All));
        Figure::change(from, to, false)
    }))
}

fn span_column(span: u16, last: u16) -> Column {
    let years = format!("{}–{last}", last - span);
    let code = format!("growth_{span}");
    match span {
        1 => column(&code, &format!("1 år, {years}"), &format!("1 år, {years}"), &format!("1 year, {years}")),
        _ => column(
            &code,
            &format!("{span} år, {years}"),
            &format!("{span} år, {years}"),
            &format!("{span} years, {years}"),
        ),
    }
}
