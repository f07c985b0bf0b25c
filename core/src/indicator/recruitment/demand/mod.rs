//! How many will be needed: those who leave, and positions beyond those of today.

mod exits;
mod expansion;

use super::assumptions::{Assumptions, Expansion, Growth};
use super::draws::{Purpose, Stream};
use super::figures::{Behind, NoFigure};
use super::quantity::Quantity;
use crate::compare::real;
use crate::register::recruitment::{Day, Field, Recruitment, Staff};
use crate::text::Text;
use exits::{Path, Rates, leaving};
pub(super) use expansion::asked;
use expansion::{percent_of, survey};
use std::collections::BTreeMap;

/// What demand is divided by.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// Fields, then those that belong to none.
    Fields(usize),
    /// Occupations of four digits.
    Occupations(Vec<u16>),
}

impl By {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Fields(fields) => fields + 1,
            Self::Occupations(occupations) => occupations.len(),
        }
    }

    /// The field of a group.
    fn field<'a>(&self, register: &'a Recruitment, group: usize) -> Option<&'a Field> {
        let field = match self {
            Self::Fields(_) => group,
            Self::Occupations(occupations) => {
                let of_occupation = |row: &&Staff| Some(&row.occupation) == occupations.get(group);
                usize::from(register.staff.iter().flatten().find(of_occupation)?.field)
            }
        };
        register.fields.get(field)
    }

    /// The group of a row.
    pub(super) fn index(&self, field: u8, occupation: u16) -> Option<usize> {
        match self {
            Self::Fields(fields) => Some(usize::from(field).min(*fields)),
            Self::Occupations(occupations) => occupations.binary_search(&occupation).ok(),
        }
    }
}

/// Demand of one area, horizon and group, its parts apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Demand {
    /// Staff on the reference day.
    pub(super) staff: Quantity,
    /// Staff who reach the age of retirement.
    pub(super) age_out: Quantity,
    /// Staff who leave before.
    pub(super) exits: Quantity,
    /// Positions beyond those of today.
    pub(super) expansion: Quantity,
    /// The businesses that expect them, where a survey says so.
    businesses: Behind,
    /// Whether they are a percentage of all staff.
    grows: bool,
    /// Staff who come from other fields inside the region.
    pub(super) internal: Quantity,
    /// Staff whose age is not known, who are not among those who leave.
    pub(super) no_age: u64,
}

impl Demand {
    /// Replacement: age-out and exits before it. Behind it are the staff who may leave.
    pub(super) fn replacement(&self) -> Quantity {
        let mut sum = self.age_out.clone();
        sum.add(&self.exits, 1.0);
        sum
    }

    /// Replacement and expansion less internal supply. Behind it are those who add to it: staff who may leave, or all of them
    /// where positions are a percentage of staff, and businesses that expect more or fewer.
    pub(super) fn total(&self) -> Quantity {
        let mut sum = self.replacement();
        let leaving = std::mem::take(&mut sum.behind);
        sum.add(&self.expansion, 1.0);
        sum.add(&self.internal, -1.0);
        sum.behind = if self.grows { self.staff.behind.clone() } else { leaving };
        sum.behind.merge(&self.businesses);
        sum
    }
}

/// Demand by area, horizon and group.
///
/// # Formula
///
/// ```text
/// age-out      staff aged a with a + h >= R
/// exits        N_a Q_a(h) of the others, Q_a(h) = 1 - (1 - q_a)(1 - q_(a+1)) ... (1 - q_(a+h-1)), q the yearly share that leaves
/// replacement  age-out + exits
/// expansion    S_(t+h) - S_t: sum over strata N/n sum of what businesses expect, or a percentage of S_t; may be below 0
/// demand       replacement + expansion - internal supply
/// ```
///
/// In each draw: q from its Beta distribution, one per age band for all; who leaves, binomial; expansion from the bootstrap of
/// the survey.
///
/// # Input and result
///
/// Staff on the newest reference day up to today, each person once (in the field that comes first, where there are two jobs);
/// the horizon counts from that day. Staff of unknown age do not leave, and are counted.
///
/// # Source
///
/// Replacement and expansion demand: Cedefop, job opportunities. Yearly exits: KS, turnover of municipal employees.
pub(super) fn demand(
    register: &Recruitment,
    by: &By,
    assumptions: &Assumptions,
) -> Result<Vec<Vec<Vec<Demand>>>, NoFigure> {
    let rates = Rates::new(register, assumptions)?;
    let day = newest(register).ok_or_else(nobody)?;
    let staff = persons(register, day);
    let draws = assumptions.draws;
    let rate_draws = rates.draws(draws, assumptions.seed);
    let mut chances: BTreeMap<Path, Vec<f64>> = BTreeMap::new();
    let mut number = 0;
    let mut result: Vec<Vec<Vec<Demand>>> = Vec::new();
    for area in &register.areas {
        let here: Vec<&Staff> = staff.iter().filter(|row| area.municipalities.contains(&row.place)).copied().collect();
        let mut of_area = Vec::new();
        for horizon in &assumptions.horizons {
            let mut groups = vec![Demand::default(); by.len()];
            let mut ways: BTreeMap<(usize, Path), (u32, Behind)> = BTreeMap::new();
            for row in &here {
                let Some(group) = by.index(row.field, row.occupation) else { continue };
                let (persons, group_of) = (u64::from(row.persons), &mut groups[group]);
                group_of.staff.add_sure(real(persons));
                group_of.staff.behind.add(Some(row.employer), persons);
                let Some(age) = row.age else {
                    group_of.no_age += persons;
                    continue;
                };
                if u16::from(age) + horizon >= u16::from(assumptions.retirement) {
                    group_of.age_out.add_sure(real(persons));
                    group_of.age_out.behind.add(Some(row.employer), persons);
                } else {
                    let path = rates.path(age, *horizon);
                    if path.iter().any(|years| *years > 0) {
                        let (n, behind) = ways.entry((group, path)).or_default();
                        *n += row.persons;
                        behind.add(Some(row.employer), persons);
                    }
                }
            }
            for ((group, path), (n, behind)) in ways {
                let chance = chances.entry(path.clone()).or_insert_with(|| leaving(&rate_draws, &path, draws));
                let mut stream = Stream::new(assumptions.seed, Purpose::Exit, number);
                number += 1;
                let mean = f64::from(n) * rates.expected(&path);
                let exits = &mut groups[group].exits;
                exits.add_drawn(mean, chance.iter().map(|p| f64::from(stream.binomial(n, *p))));
                if mean > 0.0 {
                    exits.behind.merge(&behind);
                }
            }
            of_area.push(groups);
        }
        result.push(of_area);
    }
    expand(register, by, assumptions, &mut result);
    Ok(result)
}

/// Adds expansion and internal supply.
fn expand(register: &Recruitment, by: &By, assumptions: &Assumptions, result: &mut [Vec<Vec<Demand>>]) {
    match &assumptions.expansion {
        Expansion::None => {}
        Expansion::BusinessSurvey => {
            for ((area, horizon, group), expected) in survey(register, by, assumptions) {
                let demand = &mut result[area][horizon][group];
                demand.businesses = expected.behind.clone();
                let expansion = &mut demand.expansion;
                if expected.draws.is_empty() {
                    expansion.add_sure(expected.mean);
                } else {
                    expansion.add_drawn(expected.mean, expected.draws.into_iter());
                }
                expansion.behind = expected.behind;
                expansion.heaviest = expected.heaviest;
            }
        }
        Expansion::Given(growth) => {
            for group in 0..by.len() {
                let field = by.field(register, group);
                for (horizon, years) in assumptions.horizons.iter().enumerate() {
                    let Some(percent) = given(growth, field, *years).filter(|percent| *percent != 0.0) else {
                        continue;
                    };
                    for area in result.iter_mut() {
                        let demand = &mut area[horizon][group];
                        let staff = demand.staff.behind.units;
                        demand.expansion.add_sure(percent_of(staff, percent));
                        demand.expansion.behind = demand.staff.behind.clone();
                        demand.grows = true;
                    }
                }
            }
        }
    }
    let By::Fields(_) = by else { return };
    for internal in &assumptions.internal {
        let area = area(register, internal.area.as_deref());
        let group = register.fields.iter().position(|field| field.id == internal.field);
        let (Some(area), Some(group)) = (area, group) else { continue };
        for (horizon, years) in assumptions.horizons.iter().enumerate() {
            result[area][horizon][group].internal.add_sure(internal.per_year * f64::from(*years));
        }
    }
}

/// The percentage of a field: its own line, else that of all fields.
fn given(growth: &[Growth], field: Option<&Field>, years: u16) -> Option<f64> {
    let own = |line: &&Growth| line.years == years && line.field.as_ref() == field.map(|field| &field.id);
    let line = growth.iter().filter(|_| field.is_some()).find(own);
    line.or_else(|| growth.iter().find(|line| line.years == years && line.field.is_none())).map(|line| line.percent)
}

/// The area that is named, or the first.
pub(super) fn area(register: &Recruitment, id: Option<&str>) -> Option<usize> {
    id.map_or((!register.areas.is_empty()).then_some(0), |id| register.areas.iter().position(|area| area.id == id))
}

/// The newest reference day that has come.
pub(super) fn newest(register: &Recruitment) -> Option<Day> {
    register.staff.iter().flatten().map(|row| row.day).filter(|day| *day <= register.today).max()
}

/// The rows of a day, each person once.
fn persons(register: &Recruitment, day: Day) -> Vec<&Staff> {
    let rows = || register.staff.iter().flatten().filter(move |row| row.day == day);
    let mut persons: BTreeMap<u32, &Staff> = BTreeMap::new();
    for row in rows() {
        let Some(person) = row.person else { continue };
        let key = |row: &Staff| (row.field, row.place, row.occupation, row.age, row.employer);
        let kept = persons.entry(person).or_insert(row);
        if key(row) < key(kept) {
            *kept = row;
        }
    }
    let mut all: Vec<&Staff> = rows().filter(|row| row.person.is_none()).collect();
    all.extend(persons.into_values());
    all
}

fn nobody() -> NoFigure {
    let words = Text::new(
        "registeret over ansatte har ingen på noen dato til og med i dag",
        "registeret over tilsette har ingen på nokon dato til og med i dag",
        "the register of staff has nobody on any reference day up to today",
    );
    NoFigure { code: "no_staff", words }
}
