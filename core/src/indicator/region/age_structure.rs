//! Age structure.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{OLDEST, Who};
use crate::text::Text;

/// The groups: id, from, to, the headline first.
const GROUPS: [(&str, u16, u16); 5] =
    [("old", 67, OLDEST), ("young", 0, 19), ("young_adults", 20, 29), ("working", 20, 66), ("oldest", 80, OLDEST)];

/// The share of the population in some ages.
///
/// # Formula
///
/// ```text
/// share = 100 * N[a..b] / N
/// ```
///
/// Groups: 67 and over, 0–19, 20–29, 20–66, 80 and over. They overlap: 20–29 is part of 20–66, 80 and over of 67 and over.
///
/// # Input and result
///
/// | name    | shape | unit                 | rule                |
/// |---------|-------|----------------------|---------------------|
/// | `group` | 1     | persons on 1 January |                     |
/// | `all`   | 1     | persons on 1 January | > 0, else no result |
/// | result  | 1     | percent, 0 to 100    | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::age_structure::share;
/// assert_eq!(share(55.0, 200.0), Some(27.5));
/// ```
///
/// # Source
///
/// Statistics Norway, table 07459; groups of Kommunefakta (0–19, 20–66, 67 and over, 80 and over).
#[must_use]
pub fn share(group: f64, all: f64) -> Option<f64> {
    (all > 0.0).then(|| 100.0 * group / all)
}

/// Age structure by area, of the newest year.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let ranges: Vec<(u16, u16)> = GROUPS.iter().map(|(_, from, to)| (*from, *to)).chain([(0, OLDEST)]).collect();
    let (ages, register, year) = registers.newest_ages(&ranges, problems)?;
    let has = |code: &str| ages.has(year, code);
    let draft = Draft {
        title: Text::new("Alderssammensetning", "Alderssamansetjing", "Age structure"),
        base: Text::new(
            "Andel av befolkningen 1. januar, etter alder.",
            "Del av folkemengda 1. januar, etter alder.",
            "Share of the population on 1 January, by age.",
        ),
        method: Text::default(),
        unit: Unit::Percent,
        decimals: 1,
        period: period(year, year),
        columns: vec![
            column("old", "67 år og eldre", "67 år og eldre", "67 and over"),
            column("young", "0–19 år", "0–19 år", "0–19"),
            column("young_adults", "20–29 år", "20–29 år", "20–29"),
            column("working", "20–66 år", "20–66 år", "20–66"),
            column("oldest", "80 år og eldre", "80 år og eldre", "80 and over"),
        ],
        has: &has,
        registers: &[register],
    };
    Some(draft.figures(registers, &|at, area| {
        let (_, from, to) = GROUPS[at];
        let [group, all] = [(from, to), (0, OLDEST)].map(|(from, to)| ages.persons(area, year, from, to, Who::All));
        Figure::share(group, all)
    }))
}
