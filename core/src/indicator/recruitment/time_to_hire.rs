//! Days from the application of whoever was hired to the accepted offer.

use super::course::{End, end};
use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, Shape};
use super::need;
use super::spells::Spells;
use super::table::{Axes, Key};
use crate::interval::Level;
use crate::problem::Problems;
use crate::register::recruitment::{Position, Recruitment};
use crate::survival::{Moments, Quantile};
use crate::text::Text;

/// Time to hire: the median of days from the application of whoever was hired to the accepted offer.
///
/// # Formula
///
/// ```text
/// t      = accepted - application received
/// median = the first day at which half or more are through
/// ```
///
/// # Input and result
///
/// | name      | shape          | unit | rule                                          |
/// |-----------|----------------|------|-----------------------------------------------|
/// | `moments` | distinct times | days | hired only: nothing is censored               |
/// | result    | 1              | days | with Brookmeyer and Crowley's limits          |
///
/// Of an even number it is the middle of the two in the middle. Positions that nobody was hired for have no such time.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::time_to_hire::time_to_hire;
/// use bygdepuls_core::survival::{Moments, Spell};
/// let moments = Moments::of(&[7.0, 10.0, 24.0, 41.0].map(Spell::ended), 1)?;
/// assert_eq!(time_to_hire(&moments).estimate, Ok(17.0)); // between 10 and 24
/// # Ok::<(), bygdepuls_core::survival::NoCurve>(())
/// ```
///
/// # Source
///
/// allvoices.co: accepted less application received.
#[must_use]
pub fn time_to_hire(moments: &Moments) -> Quantile {
    moments.kaplan_meier().quantile(0.5, Level::P95)
}

/// Median time to hire by year of advertisement and field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(positions) = &registers.positions else {
        need(registers, "positions", problems);
        return None;
    };
    let today = registers.today;
    let key = |row: &Position| {
        let End::Filled(accepted) = end(row, today) else { return None };
        let days = accepted.zip(row.applied).map(|(accepted, applied)| accepted.since(applied));
        let (period, place, group) = (row.advertised.year(), row.place, row.field);
        let key = Key { period, place, group, employer: Some(row.employer), units: 1 };
        (row.advertised <= today).then_some((key, days.and_then(|days| u32::try_from(days).ok())))
    };
    let (axes, times, unknown) = Axes::tables(
        registers,
        positions.iter(),
        key,
        |spells: &mut Spells<2>, _, days| spells.add(days, 0),
        |(): &mut (), _| {},
    );
    Some(draft().fill(registers, axes.years(), axes.fields(registers), |at| {
        let curve = times.sum(at).moments().map(|moments| moments.kaplan_meier());
        Entry::median(curve, times.behind(at)).note(
            unknown.n(at),
            "{} tilsatte uten kjent dag for søknad eller aksept regnes ikke med",
            "{} tilsette utan kjend dag for søknad eller aksept blir ikkje rekna med",
            "{} hired without a known day of application or acceptance are not counted",
        )
    }))
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Tid til tilsetting", "Tid til tilsetjing", "Time to hire"),
        base: Text::new(
            "Dager fra søknaden til den som ble tilsatt kom, til tilbudet var akseptert. Etter år for utlysning.",
            "Dagar frå søknaden til den som vart tilsett kom, til tilbodet var akseptert. Etter år for utlysing.",
            "Days from the application of whoever was hired to the accepted offer, by year of advertisement.",
        ),
        method: Text::new(
            "Median av tilsatte. Intervall: Brookmeyer–Crowley, 95 %.",
            "Median av tilsette. Intervall: Brookmeyer–Crowley, 95 %.",
            "Median of those hired. Interval: Brookmeyer–Crowley, 95 %.",
        ),
        unit: "days",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![column("days", Kind::Days, "dager", "dagar", "days")],
        registers: &["positions"],
    }
}
