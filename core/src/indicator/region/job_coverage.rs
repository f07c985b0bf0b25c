//! Job coverage.

use super::Registers;
use super::commuting::{Balance, balance_of, newest};
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::text::Text;

/// Job coverage: jobs in an area for each hundred employed people who live there.
///
/// # Formula
///
/// ```text
/// coverage = 100 * jobs / employed residents
/// ```
///
/// Over 100 more people commute in than out.
///
/// # Input and result
///
/// | name        | shape | unit                                   | rule                |
/// |-------------|-------|----------------------------------------|---------------------|
/// | `jobs`      | 1     | employed people by workplace           |                     |
/// | `residents` | 1     | employed people by place of residence  | > 0, else no result |
/// | result      | 1     | per hundred                            | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::job_coverage::job_coverage;
/// assert_eq!(job_coverage(900.0, 1000.0), Some(90.0));
/// ```
///
/// # Source
///
/// Statistics Norway, register-based employment, 4th quarter, table 03321 (employed people by workplace and residence);
/// "arbeidsplassdekning" as in the ministry's regional analyses.
#[must_use]
pub fn job_coverage(jobs: f64, residents: f64) -> Option<f64> {
    (residents > 0.0).then(|| 100.0 * jobs / residents)
}

/// Job coverage by area, of the newest year.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let year = newest(registers, problems)?;
    let has = |code: &str| super::commuting::has(registers, year, code);
    registers.warn("commuting", &has, problems);
    let draft = Draft {
        title: Text::new("Arbeidsplassdekning", "Arbeidsplassdekning", "Job coverage"),
        base: Text::new(
            "Arbeidsplasser i området per 100 sysselsatte som bor der, 4. kvartal.",
            "Arbeidsplassar i området per 100 sysselsette som bur der, 4. kvartal.",
            "Jobs in the area per 100 employed people who live there, 4th quarter.",
        ),
        method: Text::default(),
        unit: Unit::PerHundred,
        decimals: 1,
        period: period(year, year),
        columns: vec![column("coverage", "dekning", "dekning", "coverage")],
        has: &has,
        registers: &["commuting", "commuting_totals"],
    };
    Some(draft.figures(registers, &|_, area| {
        let Balance { jobs, residents, .. } = balance_of(registers, year, area);
        Figure::ratio(jobs, residents)
    }))
}
