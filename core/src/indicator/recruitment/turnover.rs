//! Staff who have gone a year later.

use super::draft::{At, Draft, all, column, year};
use super::figures::{Behind, Column, Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::table::{Axes, Key, Table};
use crate::compare::real;
use crate::cube::Category;
use crate::problem::Problems;
use crate::register::recruitment::{Contract, Day, NO_FIELD, Recruitment, Staff};
use crate::text::Text;

/// Turnover: the share of those employed on 1 December who are no longer employed there on 1 December of the year after.
///
/// # Formula
///
/// ```text
/// turnover = left / staff                       in percent: times 100
/// ```
///
/// # Input and result
///
/// | name    | shape | unit    | rule                                                                            |
/// |---------|-------|---------|---------------------------------------------------------------------------------|
/// | `left`  | 1     | persons | of them not employed on the same day of the next year: by the same employer, or by any of the register |
/// | `staff` | 1     | persons | employed on the day, known by a pseudonym                                       |
/// | result  | 1     | share   | none of nobody                                                                  |
///
/// Monthly and hourly paid are told apart by what they are on the first day; who has both is monthly paid. Of several rows of a
/// person the first one gives place, field and age. An employer that has no persons in the register on the second day is not
/// known to have lost anybody: its staff are not counted.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::turnover::turnover;
/// // Of 40 employed in a municipality, 3 work for another one of the region a year later and 5 are gone.
/// assert_eq!(turnover(8, 40), Some(0.2)); // of the employer
/// assert_eq!(turnover(5, 40), Some(0.125)); // of the sector
/// ```
///
/// # Source
///
/// KS, turnover (ks.no): employed on 1 December t who are not employed in the sector or the municipality on 1 December t+1, by
/// those employed on 1 December t; monthly and hourly paid apart. By age it is U-shaped: 5.2 % at 55–60, 40.7 % at 65–67.
#[must_use]
pub fn turnover(left: u64, staff: u64) -> Option<f64> {
    (staff > 0).then(|| real(left) / real(staff))
}

/// Days between reference days that are a year apart.
const A_YEAR: std::ops::RangeInclusive<i32> = 350..=380;

/// Oldest ages of the age groups: with KS's 55–60 and 65–67 among them.
const OLDEST: [u8; 7] = [24, 34, 44, 54, 60, 64, 67];

/// Somebody employed on a reference day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Employed {
    person: u32,
    employer: u32,
    line: u32,
    contract: Option<Contract>,
    place: u16,
    field: u8,
    age: u8,
    /// The year of the reference day.
    year: u16,
    /// Still there a year later.
    stays: bool,
}

/// Turnover by year of the first day, by field and by age.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(staff) = registers.staff.as_deref() else {
        need(registers, "staff", problems);
        return None;
    };
    let mut days: Vec<Day> = staff.iter().map(|row| row.day).filter(|day| *day <= registers.today).collect();
    days.sort_unstable();
    days.dedup();
    if !staff.iter().any(|row| row.person.is_some()) {
        let periods = pairs(&days).iter().map(|(first, _)| year(first.year())).collect();
        return Some(
            draft(false)
                .fill(registers, periods, vec![all()], |_| Entry::plain(Err(not_followed()), 0, Behind::default())),
        );
    }
    let mut of_employer = Vec::new();
    let mut of_sector = Vec::new();
    for (first, second) in pairs(&days) {
        let (now, later) = (on(staff, first), on(staff, second));
        follow(&now, &later, &mut of_employer, &mut of_sector);
    }
    let aggregated = staff.iter().filter(|row| row.person.is_none()).map(|row| u64::from(row.persons)).sum();
    let fields = Axes::of(registers, of_employer.iter().map(|one: &Employed| (one.year, one.field)));
    let ages = Axes::new(registers, fields.periods.clone(), (0..8).collect());
    let contracts = [Some(Contract::Monthly), Some(Contract::Hourly), None];
    let tables = |axes: &Axes, group: fn(&Employed) -> u8| -> Vec<Table<u64>> {
        let of = |rows: &[Employed], contract: Option<Contract>| {
            let key = |one: &Employed| {
                let counts = contract.is_none() || one.contract == contract;
                let (period, place, employer) = (one.year, one.place, Some(one.employer));
                counts.then_some(Key { period, place, group: group(one), employer, units: 1 })
            };
            axes.table(registers, rows, key, |left: &mut u64, one| *left += u64::from(!one.stays))
        };
        [&of_employer, &of_sector].iter().flat_map(|rows| contracts.map(|contract| of(rows, contract))).collect()
    };
    let by_field = tables(&fields, |one| one.field);
    let by_age = tables(&ages, |one| one.age);
    let mut groups = fields.fields(registers);
    let first_age = groups.len();
    groups.extend((0..8).map(age_group));
    let is_known = of_employer.iter().any(|one| one.contract.is_some());
    Some(draft(is_known).fill(registers, fields.years(), groups, |at| {
        let (table, at) = match at.group.checked_sub(first_age) {
            None => (&by_field[at.column], at),
            Some(age) => (&by_age[at.column], At { group: age + 1, ..at }),
        };
        Entry::share(*table.sum(at), table.n(at), table.behind(at)).note(
            aggregated,
            "{} ansatte i rader uten person regnes ikke med",
            "{} tilsette i rader utan person blir ikkje rekna med",
            "{} staff in rows without a person are not counted",
        )
    }))
}

/// Reference days with the one that is nearest to a year later; of each year the last one, so that nobody counts twice in it.
pub(super) fn pairs(days: &[Day]) -> Vec<(Day, Day)> {
    let later = |first: &Day| {
        let about = days.iter().filter(|day| A_YEAR.contains(&day.since(*first)));
        about.min_by_key(|day| (day.since(*first) - 365).abs()).map(|second| (*first, *second))
    };
    let mut pairs: Vec<(Day, Day)> = days.iter().rev().filter_map(later).collect();
    pairs.dedup_by_key(|(first, _)| first.year());
    pairs.reverse();
    pairs
}

/// Persons employed on a day, by person and employer, each once.
fn on(staff: &[Staff], day: Day) -> Vec<Employed> {
    let age_group = |age: u8| OLDEST.iter().position(|oldest| age <= *oldest).unwrap_or(OLDEST.len());
    let one = |row: &Staff| {
        Some(Employed {
            person: row.person?,
            employer: row.employer,
            line: row.line,
            contract: row.contract,
            place: row.place,
            field: row.field,
            age: row.age.and_then(|age| u8::try_from(age_group(age)).ok()).unwrap_or(NO_FIELD),
            year: row.day.year(),
            stays: false,
        })
    };
    let mut all: Vec<Employed> = staff.iter().filter(|row| row.day == day).filter_map(one).collect();
    all.sort_unstable();
    all.dedup_by(|other, kept| {
        let same = (other.person, other.employer) == (kept.person, kept.employer);
        if same {
            kept.contract = monthly_first(kept.contract, other.contract);
        }
        same
    });
    all
}

/// Monthly paid where any of the rows is, else hourly, else not known.
fn monthly_first(one: Option<Contract>, other: Option<Contract>) -> Option<Contract> {
    [one, other].into_iter().flatten().min()
}

/// Who of those employed is still there: at the employer, and at any employer of the register.
fn follow(now: &[Employed], later: &[Employed], of_employer: &mut Vec<Employed>, of_sector: &mut Vec<Employed>) {
    let mut employers: Vec<u32> = later.iter().map(|one| one.employer).collect();
    employers.sort_unstable();
    employers.dedup();
    let has = |person: u32, employer: Option<u32>| {
        let from = later.partition_point(|one| one.person < person);
        let rows = later[from..].iter().take_while(|one| one.person == person);
        rows.into_iter().any(|one| employer.is_none_or(|employer| one.employer == employer))
    };
    let known = now.iter().filter(|one| employers.binary_search(&one.employer).is_ok());
    for one in known {
        of_employer.push(Employed { stays: has(one.person, Some(one.employer)), ..*one });
        match of_sector.last_mut() {
            Some(last) if (last.person, last.year) == (one.person, one.year) => {
                last.contract = monthly_first(last.contract, one.contract);
            }
            _ => of_sector.push(Employed { stays: has(one.person, None), ..*one }),
        }
    }
}

/// An age group, by its number.
fn age_group(number: usize) -> Category {
    let to = OLDEST.get(number).copied();
    let from = number.checked_sub(1).map(|before| OLDEST[before] + 1);
    let (code, label) = match (from, to) {
        (None, Some(to)) => {
            (format!("age_{to}"), Text::new(&format!("–{to} år"), &format!("–{to} år"), &format!("–{to} years")))
        }
        (Some(from), Some(to)) => {
            let years = format!("{from}–{to}");
            (
                format!("age_{from}_{to}"),
                Text::new(&format!("{years} år"), &format!("{years} år"), &format!("{years} years")),
            )
        }
        (Some(from), None) => (
            format!("age_{from}"),
            Text::new(&format!("{from}– år"), &format!("{from}– år"), &format!("{from}– years")),
        ),
        (None, None) => return all(),
    };
    Category { code, label }
}

fn not_followed() -> NoFigure {
    NoFigure {
        code: "not_followed",
        words: Text::new(
            "radene er summer, så ingen kan følges fra år til år",
            "radene er summar, så ingen kan følgjast frå år til år",
            "rows are sums, so nobody can be followed from year to year",
        ),
    }
}

/// Who is paid by the hour would be told by those paid by the month and all: where contracts are known, all are internal. So is
/// who left the register, being a part of those who left an employer.
fn draft(is_known: bool) -> Draft<'static> {
    let share = |code, nb, nn, en| -> Column { column(code, Kind::Share, nb, nn, en) };
    let internal = |code, nb, nn, en| -> Column { column(code, Kind::Internal, nb, nn, en) };
    let everybody = if is_known { Kind::Internal } else { Kind::Share };
    Draft {
        title: Text::new("Turnover", "Turnover", "Turnover"),
        base: Text::new(
            "Andel av de ansatte på referansedagen (vanligvis 1. desember) som ikke er ansatt samme dag året etter: hos samme arbeidsgiver, eller hos noen i registeret.",
            "Del av dei tilsette på referansedagen (vanlegvis 1. desember) som ikkje er tilsette same dag året etter: hos same arbeidsgivar, eller hos nokon i registeret.",
            "Share of staff on the reference day (usually 1 December) who are not employed on the same day of the next year: by the same employer, or by any of the register.",
        ),
        method: Text::new(
            "Som KS: fast og timelønt hver for seg. Bare personer som kan følges, hos arbeidsgivere med ansatte begge dager. Året er det første. Intervall: Wilson, 95 %.",
            "Som KS: fast og timelønt kvar for seg. Berre personar som kan følgjast, hos arbeidsgivarar med tilsette begge dagar. Året er det første. Intervall: Wilson, 95 %.",
            "As KS: monthly and hourly paid apart. Only persons who can be followed, at employers with staff on both days. The year is the first one. Interval: Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 1,
        shape: Shape::Bars,
        columns: vec![
            share("monthly", "fast lønn", "fast løn", "monthly paid"),
            share("hourly", "timelønn", "timeløn", "hourly paid"),
            column("everybody", everybody, "alle", "alle", "all"),
            internal(
                "monthly_sector",
                "fast lønn, ut av registeret",
                "fast løn, ut av registeret",
                "monthly paid, out of the register",
            ),
            internal(
                "hourly_sector",
                "timelønn, ut av registeret",
                "timeløn, ut av registeret",
                "hourly paid, out of the register",
            ),
            internal(
                "everybody_sector",
                "alle, ut av registeret",
                "alle, ut av registeret",
                "all, out of the register",
            ),
        ],
        registers: &["staff"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_year_the_last_reference_day_counts() {
        let day = |text: &str| Day::iso(text).unwrap();
        let days = ["2023-06-01", "2023-12-01", "2024-03-01", "2024-06-01", "2024-12-01", "2025-12-02"].map(day);
        let expected = [("2023-12-01", "2024-12-01"), ("2024-12-01", "2025-12-02")];
        assert_eq!(pairs(&days), expected.map(|(first, second)| (day(first), day(second))));
        assert_eq!(pairs(&days[..3]), []);
    }
}
