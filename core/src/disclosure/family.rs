//! The families of published cubes, told by policy and axes, and whether a cube that was read back has the shape of its
//! family.
//!
//! What a page loads knows no indicators, so it can only look at shapes. The audit of a folder knows more.

use crate::cube::{Cell, Cube, Role, Status};

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
        let measures = |ids: &[&str]| cube.measures.iter().map(|measure| &measure.id[..]).eq(ids.iter().copied());
        match &cube.about.policy[..] {
            OPEN => {
                let ids = ["value", "numerator", "denominator", "place_from", "place_to", "place_of"];
                let axes = cube.dimensions.iter().map(|axis| &axis.id[..]);
                axes.eq(["figure", "period", "area"]) && measures(&ids) && cube.cells.iter().all(is_open_cell)
            }
            RECRUITMENT => {
                let units: Vec<&str> = cube.measures.iter().map(|measure| &measure.unit[..]).collect();
                let known = units.first().copied().filter(|unit| UNITS.contains(unit)).unwrap_or_default();
                has_axes(cube)
                    && measures(&["value", "lower", "upper", "band", "bands"])
                    && units == [known, known, known, "band", "band"]
                    && cube.cells.iter().all(is_recruitment_cell)
            }
            _ => true,
        }
    }
}

/// Whether a cube has the axes of recruitment: figure (its id names the shape), period, area, group.
fn has_axes(cube: &Cube) -> bool {
    let [figure, period, area, group] = &cube.dimensions[..] else { return false };
    matches!(&figure.id[..], "figure" | "figure_curve" | "figure_funnel" | "figure_gap")
        && [(period, "period", Role::Time), (area, "area", Role::Geo), (group, "group", Role::Other)]
            .iter()
            .all(|(axis, id, role)| axis.id == *id && axis.role == *role)
        && figure.role == Role::Other
        && cube.dimensions.iter().all(|axis| !axis.categories.is_empty())
}

fn is_open_cell(cell: &Cell) -> bool {
    match cell.status {
        Status::Exact => cell.values.first().is_some_and(Option::is_some),
        Status::Hidden | Status::NotAvailable | Status::NotYet | Status::NotApplicable => {
            cell.values.iter().all(Option::is_none)
        }
        _ => false,
    }
}

/// A value with the ends of its interval that are known, a band, or nothing.
fn is_recruitment_cell(cell: &Cell) -> bool {
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
