//! Dependency ratios.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{OLDEST, Value, Who};
use crate::text::Text;

/// The first and the last year of the working ages.
pub const WORKING: (u16, u16) = (20, 64);

/// Dependency ratio: how many people there are outside the working ages for each hundred within them.
///
/// # Formula
///
/// ```text
/// young = 100 * N[0..19] / N[20..64]
/// old   = 100 * N[65..]  / N[20..64]
/// total = young + old
/// ```
///
/// # Input and result
///
/// | name      | shape | unit                 | rule                |
/// |-----------|-------|----------------------|---------------------|
/// | `outside` | 1     | persons on 1 January |                     |
/// | `working` | 1     | persons on 1 January | > 0, else no result |
/// | result    | 1     | per hundred          | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::dependency_ratio::ratio;
/// assert_eq!(ratio(90.0, 120.0), Some(75.0));
/// ```
///
/// # Source
///
/// Statistics Norway, National population projections: "forsørgerbyrde", young 0–19, old 65 and over, working 20–64.
/// Other bodies use other limits (Eurostat 0–14, 15–64); they stand in [`WORKING`].
#[must_use]
pub fn ratio(outside: f64, working: f64) -> Option<f64> {
    (working > 0.0).then(|| 100.0 * outside / working)
}

/// Dependency ratios by area, of the newest year.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let (low, high) = WORKING;
    let ranges = [(low, high), (0, low - 1), (high + 1, OLDEST)];
    let (ages, register, year) = registers.newest_ages(&ranges, problems)?;
    let has = |code: &str| ages.has(year, code);
    let draft = Draft {
        title: Text::new("Forsørgerbyrde", "Forsørgjarbyrde", "Dependency ratio"),
        base: Text::new(
            "Barn og unge (0–19 år) og eldre (65 år og eldre) per 100 i yrkesaktiv alder (20–64 år), 1. januar.",
            "Barn og unge (0–19 år) og eldre (65 år og eldre) per 100 i yrkesaktiv alder (20–64 år), 1. januar.",
            "Children and youth (0–19) and the old (65 and over) per 100 of working age (20–64), 1 January.",
        ),
        method: Text::default(),
        unit: Unit::PerHundred,
        decimals: 1,
        period: period(year, year),
        columns: vec![
            column("total", "i alt", "i alt", "total"),
            column("young", "0–19 år", "0–19 år", "0–19"),
            column("old", "65 år og eldre", "65 år og eldre", "65 and over"),
        ],
        has: &has,
        registers: &[register],
    };
    Some(draft.figures(registers, &|at, area| {
        let [working, young, old] = ranges.map(|(from, to)| ages.persons(area, year, from, to, Who::All));
        let outside = [Value::sum([young, old]), young, old][at];
        Figure::ratio(outside, working)
    }))
}
