//! How many of those hired are still employed after some months.

use super::draft::{Draft, column};
use super::figures::{Column, Entry, Figures, Kind, Shape};
use super::need;
use super::spells::{Spells, days_of};
use super::table::{Axes, Key, Table};
use crate::problem::Problems;
use crate::register::recruitment::{Position, Recruitment};
use crate::survival::{Moments, NoCurve};
use crate::text::Text;

/// Retention: the share of those hired who have not left after a number of months.
///
/// # Formula
///
/// ```text
/// t            = left - started, of those who have left; otherwise today - started, censored
/// retention(k) = S(365 k / 12)                    S Kaplan and Meier's, in whole days
/// ```
///
/// # Input and result
///
/// | name      | shape          | unit   | rule                                                               |
/// |-----------|----------------|--------|--------------------------------------------------------------------|
/// | `moments` | distinct times | days   | end 0: left                                                        |
/// | `months`  | 1              | months | twelve are 365 days                                                |
/// | result    | 1              | share  | 0 to 1; the reason where nobody has been followed so long          |
///
/// Whoever has the last day of work on day 365 has left within 12 months. Those hired less than that ago count as long as they
/// have been followed.
///
/// # Errors
///
/// [`NoCurve::NotFollowed`] beyond the last day on which anybody was followed, unless all have left.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::retention::retention;
/// use bygdepuls_core::survival::{Moments, Spell};
/// // Of five one left after 100 days, one was hired 200 days ago, one left after 300; two have been here for 400 days.
/// let spells = [Spell::ended(100.0), Spell::censored(200.0), Spell::ended(300.0), Spell::censored(400.0), Spell::censored(400.0)];
/// let twelve = retention(&Moments::of(&spells, 1)?, 12)?;
/// assert!((twelve - 8.0 / 15.0).abs() < 1e-15); // 4/5 × 2/3
/// # Ok::<(), bygdepuls_core::survival::NoCurve>(())
/// ```
///
/// # Source
///
/// Own definition; E. L. Kaplan, P. Meier, JASA 53 (1958).
pub fn retention(moments: &Moments, months: u32) -> Result<f64, NoCurve> {
    moments.kaplan_meier().at(f64::from(days_of(months))).map(|step| step.survival)
}

/// Retention at 12 and 24 months by year of the first day of work and field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    curve(registers, problems, &[12, 24], Shape::Bars)
}

/// The same every third month for three years, as a curve.
#[must_use]
pub fn retention_curve(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    curve(registers, problems, &QUARTERS, Shape::Curve)
}

/// Months of the curve.
const QUARTERS: [u32; 13] = [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36];

fn curve(registers: &Recruitment, problems: &mut Problems, months: &[u32], shape: Shape) -> Option<Figures> {
    let (axes, stays, odd) = stays(registers, problems)?;
    let curves = stays.map(|spells| spells.moments().map(|moments| moments.kaplan_meier()));
    Some(draft(months, shape).fill(registers, axes.years(), axes.fields(registers), |at| {
        Entry::staying(curves.sum(at), days_of(months[at.column]), QUARTERS.map(days_of).into_iter(), curves.behind(at))
            .note(
                odd.n(at),
                "{} sluttet før de begynte og regnes ikke med",
                "{} slutta før dei byrja og blir ikkje rekna med",
                "{} left before they started and are not counted",
            )
    }))
}

/// How long those hired have stayed, by year of the first day and field; and those whose last day is before the first one.
fn stays(registers: &Recruitment, problems: &mut Problems) -> Option<(Axes, Table<Spells<2>>, Table<()>)> {
    let Some(positions) = &registers.positions else {
        need(registers, "positions", problems);
        return None;
    };
    let today = registers.today;
    let started = |row: &Position| row.started.filter(|day| *day <= today);
    let stay = |row: &Position| {
        let left = row.left.filter(|day| *day <= today);
        let days = left.unwrap_or(today).since(started(row)?);
        Some((u32::try_from(days).ok()?, usize::from(left.is_none())))
    };
    let key = |row: &Position| {
        let (period, place, group) = (started(row)?.year(), row.place, row.field);
        Some((Key { period, place, group, employer: Some(row.employer), units: 1 }, stay(row)))
    };
    Some(Axes::tables(
        registers,
        positions.iter(),
        key,
        |spells: &mut Spells<2>, _, (days, how)| spells.add(days, how),
        |(): &mut (), _| {},
    ))
}

fn draft(months: &[u32], shape: Shape) -> Draft<'static> {
    let column = |months: &u32| -> Column {
        let words = |word: &str| format!("{months} {word}");
        column(&format!("m{months}"), Kind::Share, &words("måneder"), &words("månader"), &words("months"))
    };
    Draft {
        title: Text::new("Blir i jobben", "Blir i jobben", "Retention"),
        base: Text::new(
            "Andel av de tilsatte som ikke har sluttet etter så mange måneder, etter år for første arbeidsdag.",
            "Del av dei tilsette som ikkje har slutta etter så mange månader, etter år for første arbeidsdag.",
            "Share of those hired who have not left after so many months, by year of the first day of work.",
        ),
        method: Text::new(
            "Kaplan–Meier; de som fortsatt er ansatt, er sensurert i dag. Tolv måneder er 365 dager. Intervall: log-log, 95 %.",
            "Kaplan–Meier; dei som framleis er tilsette, er sensurerte i dag. Tolv månader er 365 dagar. Intervall: log-log, 95 %.",
            "Kaplan–Meier; those still employed are censored today. Twelve months are 365 days. Interval: log-log, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape,
        columns: months.iter().map(column).collect(),
        registers: &["positions"],
    }
}
