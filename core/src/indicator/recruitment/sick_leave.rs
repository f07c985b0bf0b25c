//! Days lost to sickness, and attendance.

use super::draft::{Draft, column};
use super::figures::{Behind, Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::table::{Axes, Key, Table, Tally};
use crate::problem::Problems;
use crate::register::recruitment::{Absence, Day, Recruitment};
use crate::text::Text;
use std::collections::BTreeSet;

/// Sick leave: lost days by agreed days.
///
/// # Formula
///
/// ```text
/// sick leave = lost / agreed               in percent: times 100
/// lost       = sum of days of absence x size of position (0-1) x degree of incapacity (0.2-1)
/// ```
///
/// # Input and result
///
/// | name     | shape | unit         | rule                                             |
/// |----------|-------|--------------|--------------------------------------------------|
/// | `lost`   | 1     | working days | self-certified days have degree 1                |
/// | `agreed` | 1     | working days | by size of position; > 0, else no result         |
/// | result   | 1     | share        | not rounded                                      |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::sick_leave::{attendance, sick_leave};
/// // 10 days of absence in an 80 % position, half incapable, are 4 lost days; of 50 agreed.
/// assert_eq!(sick_leave(10.0 * 0.8 * 0.5, 50.0), Some(0.08));
/// assert_eq!(attendance(4.0, 50.0), Some(0.92));
/// ```
///
/// # Source
///
/// Statistics Norway, "Sykefravær" (sykefratot), and NAV, about the statistics: lost days in percent of agreed days.
#[must_use]
pub fn sick_leave(lost: f64, agreed: f64) -> Option<f64> {
    (agreed > 0.0).then(|| lost / agreed)
}

/// Attendance: what is not sick leave, `1 - lost / agreed`. Other absence counts as attendance: it is not days worked by days
/// agreed.
#[must_use]
pub fn attendance(lost: f64, agreed: f64) -> Option<f64> {
    sick_leave(lost, agreed).map(|share| 1.0 - share)
}

/// Days by year and field. Rows that repeat the same people by quarter count each person once.
#[derive(Clone, Debug, Default)]
struct Days {
    agreed: f64,
    lost: f64,
    periods: BTreeSet<(Day, Day)>,
}

impl Tally for Days {
    fn merge(&mut self, other: &Self) {
        self.agreed += other.agreed;
        self.lost += other.lost;
        self.periods.extend(&other.periods);
    }
}

/// Sick leave by year and field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    share(registers, problems, sick_leave, draft())
}

/// Attendance by year and field.
#[must_use]
pub fn attendance_figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    share(registers, problems, attendance, draft_attendance())
}

fn share(
    registers: &Recruitment,
    problems: &mut Problems,
    formula: fn(f64, f64) -> Option<f64>,
    draft: Draft<'_>,
) -> Option<Figures> {
    let Some(rows) = &registers.absence else {
        need(registers, "absence", problems);
        return None;
    };
    let axes = Axes::of(registers, rows.iter().map(|row| (row.from.year(), row.field)));
    let key = |row: &Absence| {
        let (period, place, group) = (row.from.year(), row.place, row.field);
        Some(Key { period, place, group, employer: Some(row.employer), units: row.persons })
    };
    let table: Table<Days> = axes.table(registers, rows, key, |days: &mut Days, row| {
        days.agreed += row.agreed;
        days.lost += row.lost;
        days.periods.insert((row.from, row.to));
    });
    Some(draft.fill(registers, axes.years(), axes.fields(registers), |at| {
        let days = table.sum(at);
        let behind = once(&table.behind(at), days.periods.len() as u64);
        Entry::plain(formula(days.lost, days.agreed).ok_or_else(NoFigure::nobody), behind.units, behind)
    }))
}

/// Persons, where each stands in as many rows as there are periods: rounded down, so that nobody counts twice.
fn once(behind: &Behind, periods: u64) -> Behind {
    let mut persons = Behind::default();
    for (employer, units) in &behind.employers {
        persons.add(Some(*employer), units / periods.max(1));
    }
    persons
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Sykefravær", "Sjukefråvær", "Sick leave"),
        base: Text::new(
            "Tapte dagsverk i prosent av avtalte dagsverk, etter år.",
            "Tapte dagsverk i prosent av avtalte dagsverk, etter år.",
            "Days lost in percent of days agreed, by year.",
        ),
        method: Text::new(
            "Tapte dagsverk er fraværsdager × stillingsandel × sykeuføregrad; egenmeldt fravær har grad 1. Alle ansatte er med: uten intervall.",
            "Tapte dagsverk er fråværsdagar × stillingsdel × sjukeuføregrad; eigenmeldt fråvær har grad 1. Alle tilsette er med: utan intervall.",
            "Days lost are days of absence × size of position × degree of incapacity; self-certified absence has degree 1. All staff are included: no interval.",
        ),
        unit: "percent",
        decimals: 1,
        shape: Shape::Bars,
        columns: vec![column("sick_leave", Kind::Ratio, "sykefravær", "sjukefråvær", "sick leave")],
        registers: &["absence"],
    }
}

fn draft_attendance() -> Draft<'static> {
    Draft {
        title: Text::new("Nærvær", "Nærvær", "Attendance"),
        base: Text::new(
            "100 minus sykefraværet i prosent, etter år.",
            "100 minus sjukefråværet i prosent, etter år.",
            "100 less sick leave in percent, by year.",
        ),
        method: Text::new(
            "Nærvær er her 100 − sykefraværsprosent. Annet fravær teller som nærvær: det er ikke faktisk arbeidet tid av avtalt tid. Uten intervall.",
            "Nærvær er her 100 − sjukefråværsprosent. Anna fråvær tel som nærvær: det er ikkje faktisk arbeidd tid av avtalt tid. Utan intervall.",
            "Attendance is here 100 − sick leave in percent. Other absence counts as attendance: it is not time worked by time agreed. No interval.",
        ),
        columns: vec![column("attendance", Kind::Ratio, "nærvær", "nærvær", "attendance")],
        ..draft()
    }
}
