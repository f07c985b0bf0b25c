//! Young people outside education, employment and training.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::NATION;
use crate::text::Text;

/// NEET: the share of residents of 15–29 who are neither employed, in education nor in a labour market scheme.
///
/// # Formula
///
/// ```text
/// neet = 100 * outside / population[15..29]
/// ```
///
/// # Input and result
///
/// | name         | shape | unit             | rule                |
/// |--------------|-------|------------------|---------------------|
/// | `outside`    | 1     | persons of 15–29 |                     |
/// | `population` | 1     | persons of 15–29 | > 0, else no result |
/// | result       | 1     | percent          | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::neet::neet;
/// assert_eq!(neet(9.0, 120.0), Some(7.5));
/// ```
///
/// # Source
///
/// Statistics Norway, register-based; definition at ssb.no, word 372003: residents of 15–29 neither employed, in education
/// nor in a scheme, by residents of 15–29. (Labour force surveys give other figures.)
#[must_use]
pub fn neet(outside: f64, population: f64) -> Option<f64> {
    (population > 0.0).then(|| 100.0 * outside / population)
}

/// NEET by area, of the newest year.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let Some(counts) = &registers.neet else {
        registers.need(&["neet"], problems);
        return None;
    };
    let year = counts.years().last().copied()?;
    let has = |code: &str| code != NATION && counts.has(year, code);
    registers.warn("neet", &has, problems);
    let draft = Draft {
        title: Text::new(
            "Unge utenfor arbeid og utdanning",
            "Unge utanfor arbeid og utdanning",
            "Young people outside work and education",
        ),
        base: Text::new(
            "Bosatte 15–29 år som verken er sysselsatt, under utdanning eller på tiltak, i prosent av alle bosatte 15–29 år.",
            "Busette 15–29 år som verken er sysselsette, under utdanning eller på tiltak, i prosent av alle busette 15–29 år.",
            "Residents of 15–29 neither employed, in education nor in a scheme, in percent of all residents of 15–29.",
        ),
        method: Text::new("Registerbasert.", "Registerbasert.", "Register-based."),
        unit: Unit::Percent,
        decimals: 1,
        period: period(year, year),
        columns: vec![column("neet", "utenfor", "utanfor", "outside")],
        has: &has,
        registers: &["neet"],
    };
    Some(draft.figures(registers, &|_, area| {
        let get = |measure| counts.get(area, year, "", measure);
        Figure::share(get("outside"), get("population"))
    }))
}
