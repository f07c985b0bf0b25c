//! Commuting: balance and self-containment.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::read::Missing;
use crate::register::official::{Area, Level, Value};
use crate::text::Text;

/// Self-containment: of the employed people who live in an area, the share who also work there.
///
/// # Formula
///
/// ```text
/// self-containment            = 100 * live and work / employed residents
/// of the jobs                 = 100 * live and work / jobs
/// out-commuting               = 100 * (employed residents - live and work) / employed residents
/// commuting balance           = 100 * (jobs - employed residents) / employed residents
/// ```
///
/// From a matrix of origins and destinations T: jobs = column sum of the area's workplaces, employed residents = row sum
/// of its homes, live and work = sum of T over pairs inside the area. For several municipalities those who commute
/// between them live and work in the area; where no matrix says so (a centrality class, the country) people who live and
/// work in the same municipality are added up, and the notes say so.
///
/// # Input and result
///
/// | name            | shape | unit            | rule                |
/// |-----------------|-------|-----------------|---------------------|
/// | `live_and_work` | 1     | employed people |                     |
/// | `residents`     | 1     | employed people | > 0, else no result |
/// | result          | 1     | percent         | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::commuting::self_containment;
/// assert_eq!(self_containment(750.0, 1000.0), Some(75.0));
/// ```
///
/// # Source
///
/// Goodman, The definition and analysis of local labour markets, Oxford Bulletin of Economics and Statistics 32 (1970)
/// (supply-side and demand-side self-containment); counts: Statistics Norway, table 03321.
#[must_use]
pub fn self_containment(live_and_work: f64, residents: f64) -> Option<f64> {
    (residents > 0.0).then(|| 100.0 * live_and_work / residents)
}

/// Work and home of an area.
#[derive(Clone, Copy, Debug)]
pub(super) struct Balance {
    /// Employed people who work there.
    pub(super) jobs: Value,
    /// Employed people who live there.
    pub(super) residents: Value,
    /// Those who do both.
    pub(super) both: Value,
}

/// The newest year of the registers; a problem where there is none.
pub(super) fn newest(registers: &Registers, problems: &mut Problems) -> Option<u16> {
    let flows = registers.commuting.as_ref().and_then(|flows| flows.years().last().copied());
    let totals = registers.commuting_totals.as_ref().and_then(|totals| totals.years().last().copied());
    // One year for both, or the figures would not be of one day.
    let year = match (flows, totals) {
        (Some(flows), Some(totals)) => Some(flows.min(totals)),
        _ => flows.or(totals),
    };
    if year.is_none() {
        registers.need(&["commuting", "commuting_totals"], problems);
    }
    year
}

/// Whether a municipality has figures.
pub(super) fn has(registers: &Registers, year: u16, code: &str) -> bool {
    let area = registers.areas.municipality(code, Text::default());
    let Balance { jobs, residents, .. } = balance_of(registers, year, &area);
    [jobs, residents].iter().all(|value| value.get() != Err(Missing::NotAvailable))
}

/// From the matrix where the area is made of the project's own municipalities, since a matrix may be cut to these; from
/// the totals otherwise.
pub(super) fn balance_of(registers: &Registers, year: u16, area: &Area) -> Balance {
    let totals = registers.commuting_totals.as_ref();
    let total =
        |measure| totals.map_or(Value::none(Missing::NotAvailable), |totals| totals.get(area, year, "", measure));
    let own = matches!(area.level, Level::Region | Level::Project)
        || (area.level == Level::Municipality && registers.areas.is_own(&area.code));
    match registers.commuting.as_ref().filter(|_| own) {
        Some(flows) => {
            let [jobs, residents, both] = flows.of(year, &area.members);
            Balance { jobs, residents, both }
        }
        None => {
            Balance { jobs: total("workplaces"), residents: total("employed_residents"), both: total("live_and_work") }
        }
    }
}

/// Commuting by area, of the newest year.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let year = newest(registers, problems)?;
    let has = |code: &str| has(registers, year, code);
    registers.warn("commuting", &has, problems);
    let draft = Draft {
        title: Text::new("Pendling", "Pendling", "Commuting"),
        base: Text::new(
            "Andel av dem som bor i området og er i arbeid, som også arbeider der. Balanse: arbeidsplasser minus \
             sysselsatte som bor der, i prosent av de siste. 4. kvartal.",
            "Del av dei som bur i området og er i arbeid, som òg arbeider der. Balanse: arbeidsplassar minus sysselsette \
             som bur der, i prosent av dei siste. 4. kvartal.",
            "Share of those who live in the area and work, who also work there. Balance: jobs less employed residents, in \
             percent of the latter. 4th quarter.",
        ),
        method: Text::new(
            "I en region regnes de som pendler mellom kommunene i den, som at de bor og arbeider der. I \
             sentralitetsklasser, fylke og land er det summen av dem som bor og arbeider i samme kommune.",
            "I ein region blir dei som pendlar mellom kommunane i han, rekna som at dei bur og arbeider der. I \
             sentralitetsklassar, fylke og land er det summen av dei som bur og arbeider i same kommune.",
            "In a region those who commute between its municipalities live and work there. In centrality classes, county and \
             country it is the sum of those who live and work in the same municipality.",
        ),
        unit: Unit::Percent,
        decimals: 1,
        period: period(year, year),
        columns: vec![
            column("self_containment", "bor og arbeider her", "bur og arbeider her", "live and work here"),
            column("of_jobs", "av arbeidsplassene", "av arbeidsplassane", "of the jobs"),
            column("out", "pendler ut", "pendlar ut", "commute out"),
            column("balance", "balanse", "balanse", "balance"),
        ],
        has: &has,
        registers: &["commuting", "commuting_totals"],
    };
    Some(draft.figures(registers, &|at, area| {
        let Balance { jobs, residents, both } = balance_of(registers, year, area);
        match at {
            0 => Figure::share(both, residents),
            1 => Figure::share(both, jobs),
            2 => Figure::share(Value::of([residents, both], |[all, both]| Some(all - both)), residents),
            _ => {
                let net = Value::of([jobs, residents], |[jobs, residents]| Some(jobs - residents));
                let value = Value::of([net, residents], |[net, residents]| Some(100.0 * net / residents));
                Figure { value, numerator: net, ..Figure::ratio(jobs, residents) }
            }
        }
    }))
}
