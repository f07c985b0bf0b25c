//! Recruitments that ended without anybody hired.

use super::course::{End, end};
use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, Shape};
use super::need;
use super::table::{Axes, Key};
use crate::compare::real;
use crate::problem::Problems;
use crate::register::recruitment::{Position, Recruitment};
use crate::text::Text;

/// Failed recruitment: the share of ended recruitments of which nobody was hired.
///
/// # Formula
///
/// ```text
/// share = failed / (failed + filled)              in percent: times 100
/// ```
///
/// # Input and result
///
/// | name     | shape | unit      | rule                                     |
/// |----------|-------|-----------|------------------------------------------|
/// | `failed` | 1     | positions | ended without anybody hired              |
/// | `filled` | 1     | positions | somebody accepted                        |
/// | result   | 1     | share     | 0 to 1; none where no recruitment ended  |
///
/// Positions that were withdrawn, and those that are still open, are in neither.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::failed_recruitment::failed_recruitment;
/// // Of ten positions six were filled, two ended without anybody hired, one was withdrawn, one is open.
/// assert_eq!(failed_recruitment(2, 6), Some(0.25));
/// ```
///
/// # Source
///
/// Own definition, after NAV's *Bedriftsundersøkelsen*: businesses that hired nobody.
#[must_use]
pub fn failed_recruitment(failed: u64, filled: u64) -> Option<f64> {
    (failed + filled > 0).then(|| real(failed) / real(failed + filled))
}

/// The share by year of advertisement and field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(positions) = &registers.positions else {
        need(registers, "positions", problems);
        return None;
    };
    let today = registers.today;
    let key = |row: &Position| {
        let (period, place, group) = (row.advertised.year(), row.place, row.field);
        let key = Key { period, place, group, employer: Some(row.employer), units: 1 };
        let has_failed = match end(row, today) {
            End::Filled(_) => Some(false),
            End::Failed(_) => Some(true),
            End::Withdrawn(_) | End::Open => None,
        };
        (row.advertised <= today).then_some((key, has_failed))
    };
    let (axes, ended, others) = Axes::tables(
        registers,
        positions.iter(),
        key,
        |failed: &mut u64, _, has_failed| *failed += u64::from(has_failed),
        |[open, withdrawn]: &mut [u64; 2], row| {
            *if end(row, today) == End::Open { open } else { withdrawn } += 1;
        },
    );
    Some(draft().fill(registers, axes.years(), axes.fields(registers), |at| {
        Entry::share(*ended.sum(at), ended.n(at), ended.behind(at)).unfinished(*others.sum(at))
    }))
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Mislykket rekruttering", "Mislukka rekruttering", "Failed recruitment"),
        base: Text::new(
            "Utlysninger som endte uten tilsetting, i prosent av alle avsluttede utlysninger, etter år for utlysning.",
            "Utlysingar som enda utan tilsetjing, i prosent av alle avslutta utlysingar, etter år for utlysing.",
            "Recruitments that ended without anybody hired, in percent of all that ended, by year of advertisement.",
        ),
        method: Text::new(
            "Trukne og åpne stillinger er utenfor både teller og nevner. Intervall: Wilson, 95 %.",
            "Trekte og opne stillingar er utanfor både teljar og nemnar. Intervall: Wilson, 95 %.",
            "Positions that were withdrawn or are open are in neither count. Interval: Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![column("failed", Kind::Share, "uten tilsetting", "utan tilsetjing", "nobody hired")],
        registers: &["positions"],
    }
}
