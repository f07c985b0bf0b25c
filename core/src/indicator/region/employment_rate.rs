//! Employment rate.

use super::Registers;
use super::commuting::balance_of;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::read::Missing;
use crate::register::official::{Area, NATION, Value, Who};
use crate::text::Text;

/// The ages that register-based employment counts.
const AGES: (u16, u16) = (15, 74);

/// Employment rate: employed residents, in percent of residents of the same ages.
///
/// # Formula
///
/// ```text
/// rate = 100 * employed residents / residents
/// ```
///
/// # Input and result
///
/// | name        | shape | unit                             | rule                |
/// |-------------|-------|----------------------------------|---------------------|
/// | `employed`  | 1     | persons by place of residence    |                     |
/// | `residents` | 1     | persons of the same ages         | > 0, else no result |
/// | result      | 1     | percent                          | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::employment_rate::employment_rate;
/// assert_eq!(employment_rate(132.0, 200.0), Some(66.0));
/// ```
///
/// # Source
///
/// Statistics Norway, register-based employment, table 06445 (employed in percent of the population, 15–74).
#[must_use]
pub fn employment_rate(employed: f64, residents: f64) -> Option<f64> {
    (residents > 0.0).then(|| 100.0 * employed / residents)
}

/// Employment rate by area, of the newest year: from the register of employment, or from employed residents by table 03321
/// (4th quarter) and those who were 15–74 on 1 January after it, which the notes then say.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    if let Some(counts) = &registers.employment {
        let year = counts.years().last().copied()?;
        let has = |code: &str| code != NATION && counts.has(year, code);
        registers.warn("employment", &has, problems);
        let draft = draft(year, Text::default(), &has, &["employment"]);
        return Some(draft.figures(registers, &|_, area| {
            let get = |measure| counts.get(area, year, "", measure);
            Figure::share(get("employed"), get("population"))
        }));
    }
    if registers.commuting.is_none() && registers.commuting_totals.is_none() {
        registers.need(&["employment", "commuting", "commuting_totals"], problems);
        return None;
    }
    let year = super::commuting::newest(registers, problems)?;
    let (ages, register) = registers.ages(&[AGES], problems)?;
    if !ages.is_complete(year + 1, AGES.0, AGES.1) {
        registers.need_years("15–74, 1 January after the year of commuting", problems);
        return None;
    }
    let residents = |area: &Area| ages.persons(area, year + 1, AGES.0, AGES.1, Who::All);
    let employed = |area: &Area| balance_of(registers, year, area).residents;
    let has = |code: &str| {
        let area = registers.areas.municipality(code, Text::default());
        [residents(&area), employed(&area)].iter().all(|value: &Value| value.get() != Err(Missing::NotAvailable))
    };
    registers.warn(register, &has, problems);
    let after = year + 1;
    let method = Text::new(
        &format!(
            "Sysselsatte etter bosted i 4. kvartal {year}, i prosent av dem som var 15–74 år 1. januar {after}: teller og \
             nevner er fra hver sin dag. Sysselsatte er 15–74 år."
        ),
        &format!(
            "Sysselsette etter bustad i 4. kvartal {year}, i prosent av dei som var 15–74 år 1. januar {after}: teljar og \
             nemnar er frå kvar sin dag. Sysselsette er 15–74 år."
        ),
        &format!(
            "Employed residents of the 4th quarter {year}, in percent of those aged 15–74 on 1 January {after}: the two \
             counts are of different days. The employed are 15–74."
        ),
    );
    let used = ["commuting", "commuting_totals", register];
    let draft = draft(year, method, &has, &used);
    Some(draft.figures(registers, &|_, area| Figure::share(employed(area), residents(area))))
}

fn draft<'a>(year: u16, method: Text, has: &'a dyn Fn(&str) -> bool, registers: &'a [&'static str]) -> Draft<'a> {
    Draft {
        title: Text::new("Sysselsetting", "Sysselsetjing", "Employment rate"),
        base: Text::new(
            "Sysselsatte som bor i området, i prosent av befolkningen i samme alder.",
            "Sysselsette som bur i området, i prosent av folkemengda i same alder.",
            "Employed people who live in the area, in percent of the population of the same ages.",
        ),
        method,
        unit: Unit::Percent,
        decimals: 1,
        period: period(year, year),
        columns: vec![column("employment_rate", "sysselsatt", "sysselsett", "employed")],
        has,
        registers,
    }
}
