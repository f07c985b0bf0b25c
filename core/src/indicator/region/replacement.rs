//! Replacement of those who leave working life by the young.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{Value, Who};
use crate::text::Text;

/// The age of 10th grade, on 1 January of its last spring.
const GRADE: u16 = 15;
/// The ages of those who are leaving working life, and how many years they take.
const LEAVING: (u16, u16) = (60, 64);
/// Those who enter and those who leave working life in the next five years.
const ENTERING: (u16, u16) = (15, 19);
const RETIRING: (u16, u16) = (62, 66);

/// Replacement: how many young people there are for each hundred who leave working life in a year.
///
/// # Formula
///
/// ```text
/// cohort   = 100 * N[15] / (N[60..64] / 5)          10th grade for each hundred of one year of the leaving
/// entering = 100 * N[15..19] / N[62..66]            five years ahead: who turns 20 for each hundred who turn 67
/// ```
///
/// Ages on 1 January, residents, as if nobody moved or died: what the place itself brings forth, before anyone is recruited.
///
/// # Input and result
///
/// | name      | shape | unit                  | rule                |
/// |-----------|-------|-----------------------|---------------------|
/// | `young`   | 1     | persons of one year   |                     |
/// | `leaving` | 1     | persons of five years | > 0, else no result |
/// | result    | 1     | per hundred           | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::replacement::replacement;
/// assert_eq!(replacement(12.0, 80.0), Some(75.0)); // 12 young for 16 leaving a year
/// ```
///
/// # Source
///
/// Own definition: size of 10th grade by yearly leavers of 60–64 ("trengselsfaktor"); simple age-out of those who reach 67
/// (replacement demand, Cedefop).
#[must_use]
pub fn replacement(young: f64, leaving: f64) -> Option<f64> {
    (leaving > 0.0).then(|| 100.0 * young / (leaving / 5.0))
}

/// Replacement by area, of the newest year.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let ranges = [(GRADE, GRADE), LEAVING, ENTERING, RETIRING];
    let (ages, register) = registers.ages(&ranges, problems)?;
    let Some(year) = ages.years().rfind(|year| ranges.iter().all(|(from, to)| ages.is_complete(*year, *from, *to)))
    else {
        registers.need_years("ages 15–19 and 60–66", problems);
        return None;
    };
    let has = |code: &str| ages.has(year, code);
    registers.warn(register, &has, problems);
    let draft = Draft {
        title: Text::new(
            "Unge for dem som går ut av arbeidslivet",
            "Unge for dei som går ut av arbeidslivet",
            "Young people for those who leave working life",
        ),
        base: Text::new(
            "10. klasse: 15-åringer per 100 i ett årskull av dem på 60–64 år. Fem år fram: de som fyller 20 år, per 100 som \
             fyller 67 år. 1. januar.",
            "10. klasse: 15-åringar per 100 i eitt årskull av dei på 60–64 år. Fem år fram: dei som fyller 20 år, per 100 \
             som fyller 67 år. 1. januar.",
            "10th grade: 15-year-olds per 100 in one year of those aged 60–64. Five years ahead: those who turn 20, per 100 \
             who turn 67. 1 January.",
        ),
        method: Text::new(
            "Som om ingen flytter eller dør: det stedet selv gir, før noen er rekruttert.",
            "Som om ingen flyttar eller døyr: det staden sjølv gir, før nokon er rekruttert.",
            "As if nobody moved or died: what the place itself gives, before anyone is recruited.",
        ),
        unit: Unit::PerHundred,
        decimals: 0,
        period: period(year, year),
        columns: vec![
            column("entering", "fem år fram", "fem år fram", "five years ahead"),
            column("cohort", "10. klasse", "10. klasse", "10th grade"),
        ],
        has: &has,
        registers: &[register],
    };
    Some(draft.figures(registers, &|at, area| {
        let [young, leaving, entering, retiring] =
            ranges.map(|(from, to)| ages.persons(area, year, from, to, Who::All));
        if at == 0 {
            return Figure::ratio(entering, retiring);
        }
        let figure = Figure::ratio(young, leaving);
        let five_times = |value: Value| Value::of([value], |[value]| Some(5.0 * value));
        Figure {
            value: Value::of([young, leaving], |[a, b]| replacement(a, b)),
            spread: five_times(figure.spread),
            ..figure
        }
    }))
}
