//! What will be missing: demand less supply, by field and horizon.

mod closing;
mod draft;
mod words;

use super::assumptions::Assumptions;
use super::demand::{By, Demand, demand, newest};
use super::figures::{Figures, Kind, NoFigure, Shape};
use super::quantity::Quantity;
pub use closing::Closing;
use closing::closing;
use draft::{At, Draft, sum};

use super::need;
use super::supply::{Supply, supply};
use crate::cube::Category;
use crate::interval::Level;
use crate::problem::Problems;
use crate::register::recruitment::{Field, Recruitment};
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
    let draft = Draft { register, assumptions, level };
    let (needed, had) = (needed(&draft), supply(register, assumptions));
    let (gap, closings) = missing(&draft, &needed, &had);
    Some(Gap {
        gap,
        demand: demand_of(&draft, &needed),
        supply: supply_of(&draft, &had),
        occupations: occupations(&draft),
        closings,
    })
}

/// The gap with the project's assumptions, at 95 %; who could close it stands in its sentences.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let draft = of_project(registers, problems)?;
    let (gap, closings) = missing(&draft, &needed(&draft), &supply(registers, draft.assumptions));
    Some(Figures { sentences: closings.into_iter().map(|closing| closing.sentence).collect(), ..gap })
}

/// Demand and its parts.
#[must_use]
pub fn demand_figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let draft = of_project(registers, problems)?;
    Some(demand_of(&draft, &needed(&draft)))
}

/// Supply and its parts.
#[must_use]
pub fn supply_figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let draft = of_project(registers, problems)?;
    Some(supply_of(&draft, &supply(registers, draft.assumptions)))
}

/// Demand by occupation.
#[must_use]
pub fn occupation_figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    of_project(registers, problems).map(|draft| occupations(&draft))
}

/// What the project assumes; none where it has neither staff nor a CV base.
fn of_project<'a>(registers: &'a Recruitment, problems: &mut Problems) -> Option<Draft<'a>> {
    if registers.staff.is_none() && registers.cvs.is_none() {
        need(registers, "staff", problems);
        return None;
    }
    Some(Draft { register: registers, assumptions: &registers.assumptions, level: Level::P95 })
}

type Needed = Result<Vec<Vec<Vec<Demand>>>, NoFigure>;
type Had = Result<Vec<Vec<Vec<Supply>>>, NoFigure>;
type Value = Result<(Quantity, Vec<Text>), NoFigure>;

fn needed(draft: &Draft<'_>) -> Needed {
    demand(draft.register, &By::Fields(draft.register.fields.len()), draft.assumptions)
}

/// A part of demand at a place, with what must be said of it.
fn of_demand(needed: &Needed, notes: &[Text], what: fn(&Demand) -> Quantity) -> impl Fn(At) -> Value {
    move |at| {
        let groups = &needed.as_ref().map_err(Clone::clone)?[at.area][at.horizon];
        let no_age = words::no_age(at.of(groups).map(|demand| demand.no_age).sum());
        Ok((sum(at.of(groups).map(what)), notes.iter().cloned().chain(no_age).collect()))
    }
}

/// A part of supply at a place.
fn of_supply(had: &Had, what: fn(&Supply) -> Quantity) -> impl Fn(At) -> Value {
    move |at| {
        let groups = &had.as_ref().map_err(Clone::clone)?[at.area][at.horizon];
        Ok((sum(at.of(groups).map(what)), Vec::new()))
    }
}

/// The fields.
fn fields(register: &Recruitment) -> Vec<Category> {
    let category = |field: &Field| Category { code: field.id.clone(), label: field.name.clone() };
    register.fields.iter().map(category).collect()
}

/// Demand, supply and what is missing; and who could close it.
fn missing(draft: &Draft<'_>, needed: &Needed, had: &Had) -> (Figures, Vec<Closing>) {
    let Draft { register, assumptions, .. } = draft;
    let notes = words::expansion_notes(register, assumptions);
    let (demand, supply) = (of_demand(needed, &notes, Demand::total), of_supply(had, Supply::total));
    let missing = |at: At| {
        let ((mut gap, notes), (had, _)) = (demand(at)?, supply(at)?);
        gap.add(&had, -1.0);
        Ok((gap, notes))
    };
    let columns: [(&str, &dyn Fn(At) -> Value); 3] = [("demand", &demand), ("supply", &supply), ("gap", &missing)];
    let words = words::gap(newest(register), assumptions);
    let closings = had.as_ref().map_or_else(|_| Vec::new(), |had| closings(draft, had, &missing));
    (draft.figures(words, Shape::Gap, &fields(register), &columns), closings)
}

/// Demand and its parts.
fn demand_of(draft: &Draft<'_>, needed: &Needed) -> Figures {
    let Draft { register, assumptions, .. } = draft;
    let notes = words::expansion_notes(register, assumptions);
    let part = |what| of_demand(needed, &notes, what);
    draft.figures(
        words::demand(newest(register), assumptions),
        Shape::Bars,
        &fields(register),
        &[
            ("demand", &part(Demand::total)),
            ("replacement", &part(Demand::replacement)),
            ("age_out", &part(|demand| demand.age_out.clone())),
            ("exits", &part(|demand| demand.exits.clone())),
            ("expansion", &part(|demand| demand.expansion.clone())),
            ("internal", &part(|demand| demand.internal.clone())),
        ],
    )
}

/// Supply and its parts.
fn supply_of(draft: &Draft<'_>, had: &Had) -> Figures {
    let part = |what| of_supply(had, what);
    draft.figures(
        words::supply(draft.assumptions),
        Shape::Bars,
        &fields(draft.register),
        &[
            ("supply", &part(Supply::total)),
            ("here", &part(|supply| supply.here.clone())),
            ("returning", &part(|supply| supply.returning.clone())),
            ("education", &part(|supply| supply.education.clone())),
        ],
    )
}

/// Demand by occupation.
fn occupations(draft: &Draft<'_>) -> Figures {
    let Draft { register, assumptions, .. } = draft;
    let staff = register.staff.iter().flatten().map(|row| row.occupation);
    let outlook = register.businesses.iter().flatten().flat_map(|business| &business.outlook);
    let codes: BTreeSet<u16> = staff.chain(outlook.map(|row| row.occupation)).collect();
    let needed = demand(register, &By::Occupations(codes.iter().copied().collect()), assumptions);
    let notes = words::expansion_notes(register, assumptions);
    let part = |what| of_demand(&needed, &notes, what);
    let groups: Vec<Category> = codes.iter().map(|code| words::occupation(*code)).collect();
    let mut figures = draft.figures(
        words::demand(newest(register), assumptions),
        Shape::Bars,
        &groups,
        &[
            ("demand", &part(Demand::total)),
            ("replacement", &part(Demand::replacement)),
            ("age_out", &part(|demand| demand.age_out.clone())),
            ("expansion", &part(|demand| demand.expansion.clone())),
        ],
    );
    // The same demand, divided in another way than it is by field.
    figures.columns.iter_mut().for_each(|column| column.kind = Kind::Internal);
    figures
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
