//! Jobs.

use super::Registers;
use super::commuting::{balance_of, newest};
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{Area, Counts, Value};
use crate::text::Text;

/// The part of a register of jobs that is the sum of the others, where it has one.
pub(super) const ALL: &str = "all";

/// The industry that is all jobs, or the sum of the industries.
pub(super) fn all_jobs(jobs: &Counts, area: &Area, year: u16) -> Value {
    if jobs.parts().iter().any(|part| part == ALL) {
        jobs.get(area, year, ALL, "jobs")
    } else {
        jobs.over_parts(area, year, &[], "jobs")
    }
}

/// Jobs by area: employed people by where they work, of the newest year, from the register of jobs or that of commuting.
///
/// # Source
///
/// Statistics Norway, register-based employment, 4th quarter: tables 03321 and 13470. An employed person counts once, in
/// the main job.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let (register, year) = match &registers.jobs {
        Some(jobs) => ("jobs", jobs.years().last().copied()?),
        None if registers.commuting.is_some() || registers.commuting_totals.is_some() => {
            ("commuting", newest(registers, problems)?)
        }
        None => {
            registers.need(&["jobs", "commuting", "commuting_totals"], problems);
            return None;
        }
    };
    let of = |area: &Area| match &registers.jobs {
        Some(jobs) => all_jobs(jobs, area, year),
        None => balance_of(registers, year, area).jobs,
    };
    let has = |code: &str| {
        of(&registers.areas.municipality(code, Text::default())).get() != Err(crate::read::Missing::NotAvailable)
    };
    registers.warn(register, &has, problems);
    let draft = Draft {
        title: Text::new("Arbeidsplasser", "Arbeidsplassar", "Jobs"),
        base: Text::new(
            "Sysselsatte etter arbeidssted, 4. kvartal. Hver person teller én gang.",
            "Sysselsette etter arbeidsstad, 4. kvartal. Kvar person tel éin gong.",
            "Employed people by place of work, 4th quarter. Each person counts once.",
        ),
        method: Text::default(),
        unit: Unit::Jobs,
        decimals: 0,
        period: period(year, year),
        columns: vec![column("jobs", "arbeidsplasser", "arbeidsplassar", "jobs")],
        has: &has,
        registers: &[register, "commuting_totals"],
    };
    Some(draft.figures(registers, &|_, area| {
        let jobs = of(area);
        Figure::plain(jobs, jobs, Value::none(crate::read::Missing::NotApplicable))
    }))
}
