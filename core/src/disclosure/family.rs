//! The families of published cubes, told by policy and axes, and whether a cube that was read back has the shape of its
//! family.
//!
//! What a page loads knows no indicators, so it can only look at shapes. The audit of a folder knows more.

use crate::cube::{Cell, Cube, Status};

/// The policy of cubes of official statistics.
pub const OPEN: &str = "open";
/// The policy of cubes of recruitment and competence.
pub const RECRUITMENT: &str = "recruitment";

/// What the values of a figure of recruitment may be.
const UNITS: [&str; 8] = ["percent", "points", "days", "persons", "positions", "per_position", "per_place", "ratio"];

/// What a cube is of, which decides how it is read and drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Shares of answers.
    Answers,
    /// Official statistics: figures with their places.
    Open,
    /// Recruitment and competence: values with intervals. Internal ones too.
    Recruitment,
}

impl Family {
    /// The family of a cube.
    #[must_use]
    pub fn of(cube: &Cube) -> Self {
        match &cube.about.policy[..] {
            OPEN => Self::Open,
            _ if has_axes(cube) => Self::Recruitment,
            _ => Self::Answers,
        }
    }

    /// Whether a cube has the axes, measures and cells of the family that its policy names: as many values as statuses
    /// allow, and none where a symbol stands. Shares of answers are not looked at here.
    #[must_use]
    pub fn is_sound(cube: &Cube) -> bool {
        let (axes, measures, fits): (bool, &[&str], fn(&Cell) -> bool) = match &cube.about.policy[..] {
            OPEN => {
                let has_axes = is_named(cube, 0, "figure") && has_place(cube) && cube.dimensions.len() == 3;
                (has_axes, &OPEN_MEASURES, fits_open)
            }
            RECRUITMENT => (has_axes(cube) && has_unit(cube), &RECRUITMENT_MEASURES, fits_recruitment),
            _ => return true,
        };
        axes && cube.measures.len() == measures.len()
            && cube.measures.iter().zip(measures).all(|(measure, id)| measure.id == *id)
            && cube.cells.iter().all(fits)
    }
}

const OPEN_MEASURES: [&str; 6] = ["value", "numerator", "denominator", "place_from", "place_to", "place_of"];
const RECRUITMENT_MEASURES: [&str; 5] = ["value", "lower", "upper", "band", "bands"];

fn is_named(cube: &Cube, axis: usize, id: &str) -> bool {
    cube.dimensions.get(axis).is_some_and(|axis| axis.id == id && !axis.categories.is_empty())
}

/// Whether the second and third axes are period and area.
fn has_place(cube: &Cube) -> bool {
    is_named(cube, 1, "period") && is_named(cube, 2, "area")
}

/// Whether values and the ends of intervals have one known unit.
fn has_unit(cube: &Cube) -> bool {
    let unit = |at: usize| cube.measures.get(at).map_or("", |measure| &measure.unit);
    UNITS.contains(&unit(0)) && unit(1) == unit(0) && unit(2) == unit(0)
}

/// Whether a cube has the axes of recruitment: figure (its id names the shape), period, area, group.
fn has_axes(cube: &Cube) -> bool {
    let shapes = ["figure", "figure_curve", "figure_funnel", "figure_gap"];
    shapes.iter().any(|shape| is_named(cube, 0, shape))
        && has_place(cube)
        && is_named(cube, 3, "group")
        && cube.dimensions.len() == 4
}

fn fits_open(cell: &Cell) -> bool {
    match cell.status {
        Status::Exact => cell.values.first().is_some_and(Option::is_some),
        Status::Hidden | Status::NotAvailable | Status::NotYet | Status::NotApplicable => {
            cell.values.iter().all(Option::is_none)
        }
        _ => false,
    }
}

/// A value with the ends of its interval that are known, a band, or nothing.
fn fits_recruitment(cell: &Cell) -> bool {
    let [value, lower, upper, band, bands] = cell.values[..] else { return false };
    let has_band = band.is_some() || bands.is_some();
    let has_interval = lower.is_some() || upper.is_some();
    match cell.status {
        Status::Exact => value.is_some() && !has_band && lower.zip(upper).is_none_or(|(lower, upper)| lower <= upper),
        Status::Band => {
            let fits = |(band, bands): (f64, f64)| (2.0..=20.0).contains(&bands) && (1.0..=bands).contains(&band);
            value.is_none() && !has_interval && band.zip(bands).is_some_and(fits)
        }
        Status::Hidden | Status::NotAvailable | Status::Absent => cell.values.iter().all(Option::is_none),
        _ => false,
    }
}
