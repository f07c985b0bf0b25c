//! Vacant positions by all positions.

use super::course::{End, end};
use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::table::{Axes, Key};
use crate::compare::real;
use crate::cube::Category;
use crate::problem::Problems;
use crate::register::recruitment::{Day, Position, Recruitment};
use crate::text::Text;

/// Vacancy rate: vacant positions by vacant and filled ones on a reference day, as a share.
///
/// # Formula
///
/// ```text
/// rate = V / (V + J)                 in percent: times 100
/// ```
///
/// # Input and result
///
/// | name     | shape | unit        | rule                                                                            |
/// |----------|-------|-------------|---------------------------------------------------------------------------------|
/// | `vacant`, V | 1  | positions   | advertised on the day or before, and nobody hired, not withdrawn, not ended by it |
/// | `jobs`, J   | 1  | employments | staff on the reference day                                                      |
/// | result   | 1     | share       | 0 to 1; none where both are 0                                                   |
///
/// Part-time counts as 1. A position is vacant from the day on which it is advertised until there is a contract: one that is
/// accepted on the reference day is not vacant.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::vacancy_rate::vacancy_rate;
/// assert_eq!(vacancy_rate(3, 97), Some(0.03)); // 3 of 100 positions
/// assert_eq!(vacancy_rate(0, 0), None);
/// ```
///
/// # Source
///
/// Statistics Norway, "Ledige stillinger" (ledstill), definition at ssb.no, word 311151: vacant positions in percent of
/// employments and vacant positions together.
#[must_use]
pub fn vacancy_rate(vacant: u64, jobs: u64) -> Option<f64> {
    (vacant + jobs > 0).then(|| real(vacant) / real(vacant + jobs))
}

/// Vacancy rate on each reference day of the staff, by field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let (Some(positions), Some(staff)) = (&registers.positions, &registers.staff) else {
        let missing = if registers.positions.is_none() { "positions" } else { "staff" };
        need(registers, missing, problems);
        return None;
    };
    let mut days: Vec<Day> = staff.iter().map(|row| row.day).filter(|day| *day <= registers.today).collect();
    days.sort_unstable();
    days.dedup();
    let first = positions.iter().map(|position| position.advertised).min();
    let fields = positions.iter().map(|row| row.field).chain(staff.iter().map(|row| row.field));
    // A period is a reference day, by its number.
    let number = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
    let numbers: Vec<u16> = (0..days.len()).map(number).collect();
    let groups = Axes::of(registers, fields.map(|field| (0, field))).groups;
    let axes = Axes::new(registers, numbers, groups);
    let jobs = axes.table(
        registers,
        staff,
        |row| {
            let place = days.binary_search(&row.day).ok()?;
            Some(Key {
                period: number(place),
                place: row.place,
                group: row.field,
                employer: Some(row.employer),
                units: row.persons,
            })
        },
        |_: &mut (), _| {},
    );
    let known = employers(registers, &days);
    // Few positions are vacant on a reference day: those that are stand in a list, once a day.
    let vacant: Vec<(u16, &Position)> = positions.iter().flat_map(|row| on_days(row, &days)).collect();
    let key = |(period, row): &(u16, &Position)| {
        let (period, place, group) = (*period, row.place, row.field);
        Some(Key { period, place, group, employer: Some(row.employer), units: 1 })
    };
    let vacant = axes.table(registers, &vacant, key, |unknown: &mut u64, (day, row)| {
        *unknown += u64::from(!known[usize::from(*day)].get(row.employer as usize).copied().unwrap_or_default());
    });
    let by_day = days.windows(2).any(|pair| pair[0].year() == pair[1].year());
    let periods = days.iter().map(|day| {
        let code = if by_day { day.to_iso() } else { day.year().to_string() };
        Category { label: Text::same(&code), code }
    });
    let groups = axes.fields(registers);
    Some(draft().fill(registers, periods.collect(), groups, |at| {
        if first.is_none_or(|first| days[at.period] < first) {
            return Entry::plain(Err(not_covered()), 0, jobs.behind(at));
        }
        let (v, j) = (vacant.n(at), jobs.n(at));
        let mut behind = jobs.behind(at);
        behind.merge(&vacant.behind(at));
        Entry { value: vacancy_rate(v, j).ok_or_else(NoFigure::nobody), ..Entry::share(v, v + j, behind) }.note(
            *vacant.sum(at),
            "{} ledige stillinger er hos arbeidsgivere uten ansatte i registeret",
            "{} ledige stillingar er hos arbeidsgivarar utan tilsette i registeret",
            "{} vacant positions are at employers without staff in the register",
        )
    }))
}

/// The reference days on which a position is vacant, by number: from the day of advertisement to the end.
fn on_days<'a>(position: &'a Position, days: &'a [Day]) -> impl Iterator<Item = (u16, &'a Position)> {
    let first = days.partition_point(|day| *day < position.advertised);
    let open = days[first..].iter().take_while(|day| end(position, **day) == End::Open);
    (first..).zip(open).filter_map(move |(number, _)| Some((u16::try_from(number).ok()?, position)))
}

/// By day: which employers have staff on it.
fn employers(registers: &Recruitment, days: &[Day]) -> Vec<Vec<bool>> {
    let mut known = vec![vec![false; registers.employers.0.len()]; days.len()];
    for row in registers.staff.iter().flatten() {
        let of_day = days.binary_search(&row.day).ok().and_then(|place| known.get_mut(place));
        if let Some(has) = of_day.and_then(|day| day.get_mut(row.employer as usize)) {
            *has = true;
        }
    }
    known
}

fn not_covered() -> NoFigure {
    NoFigure {
        code: "not_covered",
        words: Text::new(
            "ingen stillinger er registrert før denne dagen",
            "ingen stillingar er registrerte før denne dagen",
            "no positions were registered before this day",
        ),
    }
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Ledige stillinger", "Ledige stillingar", "Vacancy rate"),
        base: Text::new(
            "Ledige stillinger i prosent av alle stillinger, ledige og besatte, på referansedagen.",
            "Ledige stillingar i prosent av alle stillingar, ledige og besette, på referansedagen.",
            "Vacant positions in percent of all positions, vacant and filled, on the reference day.",
        ),
        method: Text::new(
            "V/(V+J) som hos SSB: V er utlyst og uten kontrakt på dagen, J er arbeidstakerforhold. Deltid teller som 1. Intervall: Wilson, 95 %.",
            "V/(V+J) som hos SSB: V er utlyst og utan kontrakt på dagen, J er arbeidstakarforhold. Deltid tel som 1. Intervall: Wilson, 95 %.",
            "V/(V+J) as Statistics Norway has it: V is advertised and without a contract on the day, J are employments. Part-time counts as 1. Interval: Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 1,
        shape: Shape::Bars,
        columns: vec![column("vacancy_rate", Kind::Share, "ledige", "ledige", "vacant")],
        registers: &["positions", "staff"],
    }
}
