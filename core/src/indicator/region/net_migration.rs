//! Net in-migration.

use super::Registers;
use super::figures::{Column, Draft, Figures, Unit, column, period};
use super::population_change::{figure, mean, tables};
use crate::problem::Problems;
use crate::register::official::{Area, NATION, Value};
use crate::text::Text;

/// Years that are taken together.
const SPANS: [u16; 2] = [5, 1];

/// Net in-migration: moves in less moves out, per 1 000 of the mean population.
///
/// # Formula
///
/// ```text
/// rate = 1000 * sum(in[y] - out[y]) / sum(mean population[y])      y over 5 years, over 1 year
/// ```
///
/// Moves inside the country and across its border; in an area of several municipalities also those between them, which
/// cancel.
///
/// # Input and result
///
/// | name     | shape | unit                | rule                |
/// |----------|-------|---------------------|---------------------|
/// | `in`     | 1     | moves in the years  |                     |
/// | `out`    | 1     | moves in the years  |                     |
/// | `mean`   | 1     | person-years        | > 0, else no result |
/// | result   | 1     | per 1 000 and year  | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::net_migration::rate;
/// assert_eq!(rate(112.0, 100.0, 4000.0), Some(3.0));
/// ```
///
/// # Source
///
/// Statistics Norway, table 06913; "nettoinnflytting per 1 000 middelfolkemengde".
#[must_use]
pub fn rate(moved_in: f64, moved_out: f64, mean: f64) -> Option<f64> {
    (mean > 0.0).then(|| 1000.0 * (moved_in - moved_out) / mean)
}

/// Net in-migration by area, over the last five years and the last one.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let (change, ages, register, years) = tables(registers, problems)?;
    let last = *years.last()?;
    let is_whole = |span: &u16| (last + 1 - span..=last).all(|year| years.contains(&year));
    let spans: Vec<u16> = SPANS.into_iter().filter(is_whole).collect();
    let longest = *spans.first()?;
    let has = |code: &str| code != NATION && change.has(last, code) && ages.has(last, code) && ages.has(last + 1, code);
    registers.warn("change", &has, problems);
    let column_of = |span: &u16| -> Column {
        let years = if *span == 1 { last.to_string() } else { format!("{}–{last}", last + 1 - span) };
        column(&format!("net_{span}"), &years, &years, &years)
    };
    let draft = Draft {
        title: Text::new("Nettoinnflytting", "Nettoinnflytting", "Net in-migration"),
        base: Text::new(
            "Innflyttinger minus utflyttinger per 1 000 av middelfolkemengden og år.",
            "Innflyttingar minus utflyttingar per 1 000 av middelfolkemengda og år.",
            "Moves in less moves out, per 1,000 of the mean population and year.",
        ),
        method: Text::new(
            "Flyttinger innenlands og over landegrensen.",
            "Flyttingar innanlands og over landegrensa.",
            "Moves inside the country and across its border.",
        ),
        unit: Unit::PerMille,
        decimals: 1,
        period: period(last + 1 - longest, last),
        columns: spans.iter().map(column_of).collect(),
        has: &has,
        registers: &["change", register],
    };
    Some(draft.figures(registers, &|at, area: &Area| {
        let years = last + 1 - spans[at]..=last;
        let sum = |measure| Value::sum(years.clone().map(|year| change.get(area, year, "", measure)));
        let [moved_in, moved_out] = ["in_migration", "out_migration"].map(sum);
        let person_years = Value::sum(years.clone().map(|year| mean(ages, area, year)));
        let net = Value::of([moved_in, moved_out], |[a, b]| Some(a - b));
        figure(net, Value::sum([moved_in, moved_out]), person_years)
    }))
}
