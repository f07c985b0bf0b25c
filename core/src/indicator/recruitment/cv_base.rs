//! The CV base: how many could come, by field and when.

use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, Shape};
use super::need;
use super::table::{Axes, Key, Table};
use crate::compare::real;
use crate::problem::Problems;
use crate::register::recruitment::{Cv, Recruitment, Wants};
use crate::text::Text;

/// When somebody could begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// Wants a job in the region now, and no education is under way beyond this year.
    Now,
    /// Has an education under way that is done within three years.
    WithinThreeYears,
    /// Later, or nobody knows when.
    Later,
}

/// When somebody could begin; `None`: wants to be told, and no more.
///
/// An education that is done in the year of the run counts as done. Who wants a job later and has no education under way has
/// not said when.
///
/// ```
/// use bygdepuls_core::indicator::recruitment::cv_base::{Horizon, horizon};
/// use bygdepuls_core::register::recruitment::Wants;
/// assert_eq!(horizon(Wants::Now, None, 2026), Some(Horizon::Now));
/// assert_eq!(horizon(Wants::Now, Some(2029), 2026), Some(Horizon::WithinThreeYears));
/// assert_eq!(horizon(Wants::Later, Some(2030), 2026), Some(Horizon::Later));
/// assert_eq!(horizon(Wants::Later, None, 2026), Some(Horizon::Later));
/// assert_eq!(horizon(Wants::Told, None, 2026), None);
/// ```
#[must_use]
pub fn horizon(wants: Wants, done: Option<u16>, year: u16) -> Option<Horizon> {
    let under_way = done.filter(|done| *done > year);
    match (wants, under_way) {
        (Wants::Told, _) => None,
        (Wants::Now, None) => Some(Horizon::Now),
        (_, Some(done)) if done <= year + 3 => Some(Horizon::WithinThreeYears),
        _ => Some(Horizon::Later),
    }
}

/// How many in the CV base could begin now, within three years, or later, by field.
///
/// Only rows with a consent that holds on the day of the run are there to be counted. Areas are those of the home municipality.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(cvs) = &registers.cvs else {
        need(registers, "cv", problems);
        return None;
    };
    let year = registers.today.year();
    let when = |cv: &Cv| horizon(cv.wants, cv.done, year);
    let counted = cvs.iter().filter(|cv| when(cv).is_some());
    let axes = Axes::of(registers, counted.map(|cv| (year, cv.field)));
    let tables: Vec<Table<u64>> = [Horizon::Now, Horizon::WithinThreeYears, Horizon::Later]
        .into_iter()
        .map(|horizon| {
            let key = |cv: &Cv| {
                let (period, place, group) = (year, cv.home, cv.field);
                (when(cv) == Some(horizon)).then_some(Key { period, place, group, employer: None, units: 1 })
            };
            axes.table(registers, cvs, key, |count: &mut u64, _| *count += 1)
        })
        .collect();
    Some(draft().fill(registers, axes.years(), axes.fields(registers), |at| {
        let table = &tables[at.column];
        Entry::plain(Ok(real(*table.sum(at))), table.n(at), table.behind(at))
    }))
}

fn draft() -> Draft<'static> {
    let count = |code, nb, nn, en| column(code, Kind::Count, nb, nn, en);
    Draft {
        title: Text::new("Hvem som kunne komme", "Kven som kunne kome", "Who could come"),
        base: Text::new(
            "Personer i CV-basen med gyldig samtykke på dagen for kjøringen, som ønsker jobb i regionen nå eller senere.",
            "Personar i CV-basen med gyldig samtykke på dagen for køyringa, som ønskjer jobb i regionen no eller seinare.",
            "Persons in the CV base with a consent that holds on the day of the run, who want a job in the region now or later.",
        ),
        method: Text::new(
            "Nå: ønsker jobb nå, uten utdanning under arbeid. Innen tre år: en utdanning blir ferdig innen tre år. Senere: alle andre. Telt, uten intervall.",
            "No: ønskjer jobb no, utan utdanning under arbeid. Innan tre år: ei utdanning blir ferdig innan tre år. Seinare: alle andre. Talde, utan intervall.",
            "Now: want a job now, with no education under way. Within three years: an education is done within three years. Later: all others. Counted, no interval.",
        ),
        unit: "persons",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![
            count("now", "nå", "no", "now"),
            count("within_3_years", "innen tre år", "innan tre år", "within three years"),
            count("later", "senere", "seinare", "later"),
        ],
        registers: &["cv"],
    }
}
