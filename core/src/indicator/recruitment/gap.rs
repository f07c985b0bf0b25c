//! What will be missing: demand less supply, by field and horizon.

use super::demand::{By, Demand, demand, newest};
use super::figures::{Figures, NoFigure, Shape};
use super::gap_assumptions::Assumptions;
use super::gap_closing::{Closing, closing};
use super::gap_figures::{At, Draft, sum};
use super::gap_quantity::Quantity;
use super::gap_words as words;
use super::need;
use super::supply::{Supply, supply};
use crate::cube::Category;
use crate::interval::Level;
use crate::problem::Problems;
use crate::register::recruitment::Recruitment;
use crate::text::Text;
use std::collections::BTreeSet;

/// The gap, what it is made of, and who could close it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Demand, supply and their difference.
    pub gap: Figures,
    /// Demand, its parts apart.
    pub demand: Figures,
    /// Supply, its parts apart.
    pub supply: Figures,
    /// Demand by occupation, STYRK-08 in four digits. Internal.
    pub occupations: Figures,
    /// Who could close each gap, area by area, horizon by horizon. Internal.
    pub closings: Vec<Closing>,
}

/// Demand less supply by field, horizon and area, with intervals from a simulation.
///
/// # Formula
///
/// ```text
/// gap      = demand - supply
/// demand   = age-out + exits + expansion - internal supply
/// supply   = those who live here + those who come home + those who finish an education
/// value    its exact expectation; no draw enters it
/// interval the middle 95 % of the draws, quantiles by Hyndman and Fan's rule 7
/// ```
///
/// A draw takes the yearly shares of leavers from Beta distributions and who leaves from binomial ones; expansion from Rao and
/// Wu's bootstrap of the business survey; the chances of coming home from their posteriors, the same for all who said the same
/// in the same wave, and who comes from binomial distributions. Demand and supply are independent of each other.
///
/// `all` is the sum of the fields and of those who belong to none: people missing in one field are not made up for by those
/// left over in another, so it says less than the fields do.
///
/// # Input and result
///
/// | name          | rule                                                                                          |
/// |---------------|-----------------------------------------------------------------------------------------------|
/// | `staff`       | the newest reference day up to today; without it no demand and no gap                        |
/// | `businesses`  | expected hires and leavers; without them no expansion, which is said                          |
/// | `cvs`         | those whose consent is valid today; without them, and without cohorts, no supply and no gap   |
/// | `courses`     | what earlier answers have turned into; without them the prior alone                           |
/// | result        | persons, not rounded; a gap below 0 is a surplus                                               |
///
/// None where there are neither staff nor CVs.
///
/// # Source
///
/// Cedefop: replacement demand, expansion demand, job opportunities. NAV and KS measure shortage and turnover of today; this one
/// looks ahead, so it compares with neither of them directly.
#[must_use]
pub fn gap(register: &Recruitment, assumptions: &Assumptions, level: Level) -> Option<Gap> {
    if register.staff.is_none() && register.cvs.is_none() {
        return None;
    }
    let by = By::Fields(register.fields.len());
    let needed = demand(register, &by, assumptions);
    let had = supply(register, assumptions);
    let draft = Draft { register, assumptions, level };
    let notes = words::expansion_notes(register, assumptions);
    let of_demand = |what: fn(&Demand) -> Quantity| {
        let (needed, notes) = (&needed, &notes);
        move |at: At| {
            let groups = &needed.as_ref().map_err(Clone::clone)?[at.area][at.horizon];
            let mut notes = notes.clone();
            notes.extend(words::no_age(at.of(groups).map(|demand| demand.no_age).sum()));
            Ok((sum(at.of(groups).map(what)), notes))
        }
    };
    let of_supply = |what: fn(&Supply) -> Quantity| {
        let had = &had;
        move |at: At| {
            let groups = &had.as_ref().map_err(Clone::clone)?[at.area][at.horizon];
            Ok((sum(at.of(groups).map(what)), Vec::new()))
        }
    };
    let missing = |at: At| {
        let ((mut gap, notes), (had, _)) = (of_demand(Demand::total)(at)?, of_supply(Supply::total)(at)?);
        gap.add(&had, -1.0);
        Ok((gap, notes))
    };
    let fields: Vec<Category> =
        register.fields.iter().map(|field| Category { code: field.id.clone(), label: field.name.clone() }).collect();
    let day = newest(register);
    Some(Gap {
        gap: draft.figures(
            words::gap(day, assumptions),
            Shape::Gap,
            &fields,
            &[("demand", &of_demand(Demand::total)), ("supply", &of_supply(Supply::total)), ("gap", &missing)],
        ),
        demand: draft.figures(
            words::demand(day, assumptions),
            Shape::Bars,
            &fields,
            &[
                ("demand", &of_demand(Demand::total)),
                ("replacement", &of_demand(Demand::replacement)),
                ("age_out", &of_demand(|demand| demand.age_out.clone())),
                ("exits", &of_demand(|demand| demand.exits.clone())),
                ("expansion", &of_demand(|demand| demand.expansion.clone())),
                ("internal", &of_demand(|demand| demand.internal.clone())),
            ],
        ),
        supply: draft.figures(
            words::supply(assumptions),
            Shape::Bars,
            &fields,
            &[
                ("supply", &of_supply(Supply::total)),
                ("here", &of_supply(|supply| supply.here.clone())),
                ("returning", &of_supply(|supply| supply.returning.clone())),
                ("education", &of_supply(|supply| supply.education.clone())),
            ],
        ),
        occupations: occupations(&draft),
        closings: match &had {
            Ok(had) => closings(&draft, had, &missing),
            Err(_) => Vec::new(),
        },
    })
}

/// The gap with the project's assumptions, at 95 %; who could close it stands in its sentences.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let whole = of_project(registers, problems)?;
    Some(Figures { sentences: whole.closings.into_iter().map(|closing| closing.sentence).collect(), ..whole.gap })
}

/// Demand and its parts.
#[must_use]
pub fn demand_figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    of_project(registers, problems).map(|whole| whole.demand)
}

/// Supply and its parts.
#[must_use]
pub fn supply_figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    of_project(registers, problems).map(|whole| whole.supply)
}

/// Demand by occupation.
#[must_use]
pub fn occupation_figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    of_project(registers, problems).map(|whole| whole.occupations)
}

fn of_project(registers: &Recruitment, problems: &mut Problems) -> Option<Gap> {
    let whole = gap(registers, &registers.assumptions, Level::P95);
    if whole.is_none() {
        need(registers, "staff", problems);
    }
    whole
}

/// Demand by occupation.
fn occupations(draft: &Draft<'_>) -> Figures {
    let Draft { register, assumptions, .. } = draft;
    let staff = register.staff.iter().flatten().map(|row| row.occupation);
    let outlook = register.businesses.iter().flatten().flat_map(|business| &business.outlook);
    let codes: BTreeSet<u16> = staff.chain(outlook.map(|row| row.occupation)).collect();
    let needed = demand(register, &By::Occupations(codes.iter().copied().collect()), assumptions);
    let cell = |what: fn(&Demand) -> Quantity| {
        let needed = &needed;
        move |at: At| {
            let groups = &needed.as_ref().map_err(Clone::clone)?[at.area][at.horizon];
            Ok((sum(at.of(groups).map(what)), Vec::new()))
        }
    };
    let groups: Vec<Category> = codes.iter().map(|code| words::occupation(*code)).collect();
    draft.figures(
        words::demand(newest(register), assumptions),
        Shape::Bars,
        &groups,
        &[
            ("demand", &cell(Demand::total)),
            ("replacement", &cell(Demand::replacement)),
            ("age_out", &cell(|demand| demand.age_out.clone())),
            ("expansion", &cell(|demand| demand.expansion.clone())),
        ],
    )
}

/// Who could close the gaps, where something is missing.
fn closings(
    draft: &Draft<'_>,
    had: &[Vec<Vec<Supply>>],
    missing: &dyn Fn(At) -> Result<(Quantity, Vec<Text>), NoFigure>,
) -> Vec<Closing> {
    let Draft { register, assumptions, level } = draft;
    let mut closings = Vec::new();
    for (area, area_of) in register.areas.iter().enumerate() {
        for (horizon, years) in assumptions.horizons.iter().enumerate() {
            for (group, field) in register.fields.iter().enumerate() {
                let Ok((gap, _)) = missing(At { area, horizon, group: Some(group) }) else { continue };
                closings.extend(closing(area_of, *years, field, &gap, *level, &had[area][horizon][group]));
            }
        }
    }
    closings
}
