//! How many apply for a position.

use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::table::{Axes, Key};
use crate::compare::{Interval, real};
use crate::distribution::student_t;
use crate::interval::Level;
use crate::problem::Problems;
use crate::register::recruitment::{Position, Recruitment};
use crate::text::Text;

/// Applicants per position: applications by positions advertised.
///
/// # Formula
///
/// ```text
/// mean = sum(a[i]) / n
/// ```
///
/// # Input and result
///
/// | name           | shape | unit                 | rule                                         |
/// |----------------|-------|----------------------|----------------------------------------------|
/// | `applications` | 1     | applications         | sum over positions of which it is known      |
/// | `positions`, n | 1     | positions            | those positions; 0 applications count        |
/// | result         | 1     | persons per position | none where it is known of no position        |
///
/// Per position, not per advertisement. The same formula serves qualified applicants.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::applicants::applicants_per_position;
/// // Four positions with 0, 2, 3 and 7 applications.
/// assert_eq!(applicants_per_position(12, 4), Some(3.0));
/// ```
///
/// # Source
///
/// Own definition.
#[must_use]
pub fn applicants_per_position(applications: u64, positions: u64) -> Option<f64> {
    (positions > 0).then(|| real(applications) / real(positions))
}

/// Applicants and qualified applicants per position by year of advertisement and field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(positions) = &registers.positions else {
        need(registers, "positions", problems);
        return None;
    };
    let counts: [fn(&Position) -> Option<u32>; 2] = [|row| row.applications, |row| row.qualified];
    let tables = counts.map(|count| {
        let key = |row: &Position| {
            let (period, place, group) = (row.advertised.year(), row.place, row.field);
            let key = Key { period, place, group, employer: Some(row.employer), units: 1 };
            (row.advertised <= registers.today).then(|| (key, count(row)))
        };
        // Sum, and sum of squares.
        let add = |[sum, squares]: &mut [u64; 2], _: &Position, count: u32| {
            let count = u64::from(count);
            *sum += count;
            *squares = squares.saturating_add(count * count);
        };
        Axes::tables(registers, positions.iter(), key, add, |(): &mut (), _| {})
    });
    let [(axes, ..), _] = &tables;
    Some(draft().fill(registers, axes.years(), axes.fields(registers), |at| {
        let (_, table, unknown) = &tables[at.column];
        let (n, [sum, squares]) = (table.n(at), *table.sum(at));
        let entry = Entry::plain(applicants_per_position(sum, n).ok_or_else(NoFigure::nobody), n, table.behind(at));
        let entry = match mean_interval(n, sum, squares) {
            Some(interval) => entry.with(interval, "t"),
            None => entry,
        };
        entry.note(
            unknown.n(at),
            "ukjent for {} stillinger, som ikke regnes med",
            "ukjent for {} stillingar, som ikkje blir rekna med",
            "not known of {} positions, which are not counted",
        )
    }))
}

/// Student's interval of a mean of counts; not below 0, and none of fewer than two.
fn mean_interval(n: u64, sum: u64, squares: u64) -> Option<Interval> {
    if n < 2 {
        return None;
    }
    let (n, sum) = (real(n), real(sum));
    let mean = sum / n;
    let variance = ((real(squares) - sum * mean) / (n - 1.0)).max(0.0);
    let half = student_t::upper_quantile(Level::P95.tail(), n - 1.0) * (variance / n).sqrt();
    Some(Interval { lower: (mean - half).max(0.0), upper: mean + half })
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Søkere per stilling", "Søkjarar per stilling", "Applicants per position"),
        base: Text::new(
            "Søknader per utlyst stilling, og hvor mange av søkerne som var kvalifisert, etter år for utlysning.",
            "Søknader per utlyst stilling, og kor mange av søkjarane som var kvalifiserte, etter år for utlysing.",
            "Applications per position advertised, and how many of the applicants were qualified, by year of advertisement.",
        ),
        method: Text::new(
            "Gjennomsnitt over stillinger der tallet er kjent; ingen søkere teller som 0. Per stilling, ikke per annonse. Intervall: t, 95 %.",
            "Gjennomsnitt over stillingar der talet er kjent; ingen søkjarar tel som 0. Per stilling, ikkje per annonse. Intervall: t, 95 %.",
            "Mean over positions of which the number is known; no applicants count as 0. Per position, not per advertisement. Interval: t, 95 %.",
        ),
        unit: "per_position",
        decimals: 1,
        shape: Shape::Bars,
        columns: vec![
            column("applicants", Kind::Ratio, "søkere", "søkjarar", "applicants"),
            column("qualified", Kind::Ratio, "kvalifiserte søkere", "kvalifiserte søkjarar", "qualified applicants"),
        ],
        registers: &["positions"],
    }
}
