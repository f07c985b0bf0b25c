//! Figures of the region's own registers of recruitment and competence: what of them may be published.
//!
//! [`publish`] is the one way. It shows a figure by how many stand behind it, never by its value: by the number of units
//! (persons, positions, businesses), the number of employers, and the share of the largest of them. What is shown is coarse
//! enough that nobody can be read out of it by whoever knows all the others.
//!
//! | kind | shown |
//! |---|---|
//! | share of n | n < 10 nothing, < 20 thirds, < 50 fifths, else percent in steps worth five units |
//! | ratio of amounts | in steps worth five units |
//! | part of a number that is a figure of its own | that of the number as it is shown |
//! | median of days | whole weeks |
//! | number | the nearest multiple of five |
//! | comparison of two groups, part of a sum, second variant of a base | never |
//! | what others have published | as they did |
//!
//! A step of a funnel is 100 % less what fell out before it, as the share of that is shown.
//!
//! Where units do not count alike, five are five of the heaviest ([`Entry::worth`](crate::indicator::recruitment::Entry)): a
//! business that stands for seven makes a number a multiple of 35, and n of a curve is how many have been, or could have been,
//! followed so long.
//!
//! An interval is laid around the value as it is shown, its two sides rounded up to steps: were its ends rounded by themselves,
//! value and ends together would say more than each. Of a share its sides are those of the widest interval that any count with
//! that value has, so that they follow from the value and n alone. A difference is that of what is shown. Either the figure for
//! everybody is shown or those by field, never both: what is left when the others are subtracted would be known. A gap is
//! shown where both its demand and its supply are.

mod cell;

use super::{Family, SafeCube};
use crate::cube::{About, Category, Cell, Cube, Dimension, Measure, Role, Status};
use crate::indicator::recruitment::{Behind, CATALOGUE, Column, Figures, Kind, Shape};
use crate::text::Text;
use cell::cell;

/// The name of the policy in cubes.
pub const POLICY: &str = super::family::RECRUITMENT;

/// The group of everybody.
pub const ALL: &str = "all";

/// Which groups a release holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// Everybody together.
    All,
    /// The fields, without a total.
    Fields,
}

/// The rules, as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// So many units must stand behind a figure.
    pub min_units: u64,
    /// So many employers, where employers stand behind it.
    pub min_employers: u64,
    /// The largest employer may have at most so many percent of the units.
    pub dominance: u64,
    /// What figures show; gaps, demand and supply always show fields.
    pub groups: Groups,
}

impl Default for Rules {
    fn default() -> Self {
        Self { min_units: 10, min_employers: 3, dominance: 75, groups: Groups::All }
    }
}

impl Rules {
    /// Whether a figure with so many behind it may be shown at all.
    #[must_use]
    pub fn permit(&self, behind: &Behind) -> bool {
        let largest = behind.employers.values().max().copied().unwrap_or(0);
        let several = behind.employers.is_empty()
            || (behind.employers.len() as u64 >= self.min_employers && largest * 100 <= self.dominance * behind.units);
        behind.units >= self.min_units && several
    }
}

/// Figures that always show fields.
const BY_FIELD: [&str; 3] = ["gap", "demand", "supply"];

/// Whether anything of a figure may be public.
#[must_use]
pub(crate) fn has_public_columns(figures: &Figures) -> bool {
    figures.columns.iter().any(is_public)
}

/// Whether values of a column may be public.
fn is_public(column: &Column) -> bool {
    !matches!(column.kind, Kind::Comparison | Kind::Internal)
}

/// The public cube of a figure: figure × period × area × group. `about` carries notice and dates.
#[must_use]
pub fn publish(id: &str, figures: &Figures, rules: &Rules, about: About) -> SafeCube {
    // What a gap is made of is divided as the gap is: beside its fields, a total of them would tell of those not shown.
    let fields = BY_FIELD.contains(&id) || rules.groups == Groups::Fields;
    let has_all = figures.groups.iter().any(|group| group.code == ALL);
    let has_fields = figures.groups.iter().any(|group| group.code != ALL);
    // Of two divisions of the same people one is shown.
    let is_age = |group: &Category| group.code.starts_with("age_");
    let keep = |group: &Category| !is_age(group) && (group.code == ALL) != (fields && has_fields) || !has_all;
    let groups: Vec<usize> = (0..figures.groups.len()).filter(|group| keep(&figures.groups[*group])).collect();
    // A cube has one unit: that of the headline.
    let headline = figures.columns.first().map_or("", |column| figures.unit_of(column));
    let shown = |at: &usize| {
        let column = &figures.columns[*at];
        is_public(column) && figures.unit_of(column) == headline
    };
    let columns: Vec<usize> = (0..figures.columns.len()).filter(shown).collect();
    let mut cells = Vec::new();
    for &column in &columns {
        for period in 0..figures.periods.len() {
            for area in 0..figures.areas.len() {
                for &group in &groups {
                    cells.push(cell(figures, [column, period, area, group], rules));
                }
            }
        }
    }
    let picked = |from: &[Category], at: &[usize]| at.iter().map(|at| from[*at].clone()).collect::<Vec<_>>();
    let names: Vec<Category> = figures.columns.iter().map(|column| column.category.clone()).collect();
    let about = About {
        base: figures.base.clone(),
        method: figures.method.clone(),
        sources: if figures.sources.is_empty() { about.sources } else { figures.sources.clone() },
        protection: protection(rules, fields && has_fields),
        policy: POLICY.into(),
        ..about
    };
    SafeCube::vouch(Cube {
        id: id.into(),
        title: figures.title.clone(),
        dimensions: dimensions(
            figures.shape,
            picked(&names, &columns),
            figures.periods.clone(),
            figures.areas.clone(),
            picked(&figures.groups, &groups),
        ),
        measures: measures(headline, figures.decimals),
        cells,
        about,
    })
}

/// The axes; the first one's id names the shape.
fn dimensions(
    shape: Shape,
    figure: Vec<Category>,
    period: Vec<Category>,
    area: Vec<Category>,
    group: Vec<Category>,
) -> Vec<Dimension> {
    let dimension = |id: &str, label: Text, role, categories| Dimension { id: id.into(), label, role, categories };
    vec![
        dimension(shape.axis(), Text::new("Tall", "Tal", "Figure"), Role::Other, figure),
        dimension("period", Text::new("Periode", "Periode", "Period"), Role::Time, period),
        dimension("area", Text::new("Område", "Område", "Area"), Role::Geo, area),
        dimension("group", Text::new("Felt", "Felt", "Field"), Role::Other, group),
    ]
}

fn measures(unit: &str, decimals: u8) -> Vec<Measure> {
    let measure = |id: &str, nb, nn, en, unit: &str, decimals| Measure {
        id: id.into(),
        label: Text::new(nb, nn, en),
        unit: unit.into(),
        decimals,
    };
    vec![
        measure("value", "verdi", "verdi", "value", unit, decimals),
        measure("lower", "fra", "frå", "from", unit, decimals),
        measure("upper", "til", "til", "to", unit, decimals),
        measure("band", "bånd", "band", "band", "band", 0),
        measure("bands", "antall bånd", "tal på band", "bands", "band", 0),
    ]
}

/// Whether a cube is of the registers of recruitment.
#[must_use]
pub fn is_recruitment(cube: &Cube) -> bool {
    cube.about.policy == POLICY
}

/// Whether a cube that was read back has the form that [`publish`] makes: its axes, its measures, multiples of steps or bands,
/// and nothing beside the mark of what is hidden.
#[must_use]
pub fn is_sound(cube: &Cube) -> bool {
    let unit = cube.measures.first().map_or(("", 0), |measure| (measure.unit.as_str(), measure.decimals));
    let groups = cube.dimensions.last().map(|axis| axis.categories.as_slice()).unwrap_or_default();
    let either = groups.len() == 1 || groups.iter().all(|group| group.code != ALL);
    let fits = |cell: &Cell| match (cell.status, cell.values.as_slice()) {
        (Status::Band, [.., Some(band), Some(bands)]) => {
            (*bands == 3.0 || *bands == 5.0) && libm::floor(*band) == *band
        }
        (status, _) => matches!(status, Status::Exact | Status::Hidden),
    };
    let is_ours = CATALOGUE.iter().any(|one| one.id == cube.id);
    is_recruitment(cube)
        && is_ours
        && either
        && Family::is_sound(cube)
        && cube.measures == measures(unit.0, unit.1)
        && cube.cells.iter().all(fits)
}

fn protection(rules: &Rules, fields: bool) -> Text {
    let Rules { min_units, min_employers, dominance, .. } = rules;
    let which = if fields {
        ("Felt vises uten sum", "Felt blir viste utan sum", "Fields are shown without a total")
    } else {
        ("Bare tallet for alle vises", "Berre talet for alle blir vist", "Only the figure for everybody is shown")
    };
    Text::new(
        &format!(
            "Et tall vises bare når minst {min_units} står bak, fra minst {min_employers} arbeidsgivere, den største med høyst \
             {dominance} %. Andeler av færre enn 50 vises i tredeler eller femdeler; ellers er tall rundet av til trinn som er \
             verdt minst fem, og mediantider til hele uker. {}.",
            which.0
        ),
        &format!(
            "Eit tal blir vist berre når minst {min_units} står bak, frå minst {min_employers} arbeidsgivarar, den største med \
             høgst {dominance} %. Delar av færre enn 50 blir viste i tredelar eller femdelar; elles er tal runda av til trinn \
             som er verde minst fem, og mediantider til heile veker. {}.",
            which.1
        ),
        &format!(
            "A figure is shown only with at least {min_units} behind it, from at least {min_employers} employers, the largest \
             with at most {dominance}%. Shares of fewer than 50 are shown in thirds or fifths; other figures are rounded to \
             steps worth at least five, and median times to whole weeks. {}.",
            which.2
        ),
    )
}

#[cfg(test)]
mod tests;
