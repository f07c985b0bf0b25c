//! Recruitment and competence as accessible pictures and tables: values with their intervals.
//!
//! | shape | id of the first axis | picture |
//! |---|---|---|
//! | bars | `figure` | a point on a track with its interval, a row per group or area |
//! | curve | `figure_curve` | steps with their interval, one small chart per group and area |
//! | funnel | `figure_funnel` | a bar per step with its interval |
//! | gap | `figure_gap` | demand, supply and gap per field, the largest gap first |
//!
//! The newest period of which enough is shown is drawn, the table has all. What stands side by side has one scale. A band is drawn as its whole
//! part of the track and never as a point; what is not shown leaves nothing in picture, table or words.

mod curve;
mod gap;
mod keys;
mod picture;
mod rows;
mod spoken;
mod table;
mod words;

pub(super) use keys::keys;
pub(super) use picture::{inline, push_panels};
pub(super) use spoken::in_words;
pub(super) use table::push as push_table;
pub(super) use words::{instead, place};

use super::markup::Put;
use super::number;
use super::scale::Scale;
use super::shown::{Shown, push_part};
use crate::cube::{Category, Cell, Cube, Status};
use crate::text::Lang;

/// How a cube is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Bars,
    Curve,
    Funnel,
    Gap,
}

/// What may be shown of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said {
    /// A value, and from where to where it may as well lie; an end that is not known is infinite.
    Exact { value: f64, interval: Option<(f64, f64)> },
    /// The share lies in part `band` of `bands`.
    Band([i64; 2]),
    /// Not shown, for whatever reason.
    Hidden,
    /// There is no such figure.
    Missing,
    /// The cell has no meaning.
    Absent,
}

/// One cell's place: figure, period, area, group.
type Place = [usize; 4];

const FIGURE: usize = 0;
const PERIOD: usize = 1;
const AREA: usize = 2;
const GROUP: usize = 3;

/// A cube of recruitment, read for display.
#[derive(Clone, Copy)]
struct Figures<'a> {
    cube: &'a Cube,
    lang: Lang,
    shape: Shape,
    decimals: u8,
}

impl<'a> Figures<'a> {
    fn of(cube: &'a Cube, lang: Lang) -> Self {
        let shape = match cube.dimensions.first().map_or("", |axis| &axis.id[..]) {
            "figure_curve" => Shape::Curve,
            "figure_funnel" => Shape::Funnel,
            "figure_gap" => Shape::Gap,
            _ => Shape::Bars,
        };
        Self { cube, lang, shape, decimals: decimals(cube) }
    }

    fn categories(&self, axis: usize) -> &'a [Category] {
        self.cube.dimensions.get(axis).map_or(&[], |axis| &axis.categories)
    }

    fn count(&self, axis: usize) -> usize {
        self.categories(axis).len()
    }

    fn label(&self, axis: usize, at: usize) -> &'a str {
        self.categories(axis).get(at).map_or("", |category| category.label.get(self.lang))
    }

    fn unit(&self) -> &'a str {
        self.cube.measures.first().map_or("", |measure| &measure.unit)
    }

    /// Reads a cell: whatever else may stand in it, a band is its place and no more, and a symbol nothing.
    fn said(&self, at: Place) -> Said {
        let Some(cell) = self.cube.cell(&at) else { return Said::Absent };
        let value = |measure| self.cube.value(cell, measure).filter(|value| value.is_finite());
        let whole = |measure| value(measure).and_then(number::whole);
        match cell.status {
            Status::Absent => Said::Absent,
            Status::Exact => {
                let (lower, upper) = (self.end(cell, true), self.end(cell, false));
                let interval = (lower.is_finite() || upper.is_finite()) && lower <= upper;
                value("value")
                    .map_or(Said::Missing, |value| Said::Exact { value, interval: interval.then_some((lower, upper)) })
            }
            Status::Band => match whole("band").zip(whole("bands")) {
                Some((band, bands)) if (2..=20).contains(&bands) && (1..=bands).contains(&band) => {
                    Said::Band([band, bands])
                }
                _ => Said::Hidden,
            },
            Status::NotAvailable | Status::NotYet | Status::NotApplicable => Said::Missing,
            _ => Said::Hidden,
        }
    }

    /// An end of an interval; infinite where it is not known. Internal cubes have longer names for it.
    fn end(&self, cell: &Cell, is_lower: bool) -> f64 {
        let (names, none) = match is_lower {
            true => (["lower", "value_lower"], f64::NEG_INFINITY),
            false => (["upper", "value_upper"], f64::INFINITY),
        };
        let end = self.cube.value(cell, names[0]).or_else(|| self.cube.value(cell, names[1]));
        end.filter(|end| end.is_finite()).unwrap_or(none)
    }

    /// All that is said of one period.
    fn all_of(&self, period: usize) -> Vec<Said> {
        let mut out = Vec::new();
        for figure in 0..self.count(FIGURE) {
            for area in 0..self.count(AREA) {
                for group in 0..self.count(GROUP) {
                    out.push(self.said([figure, period, area, group]));
                }
            }
        }
        out
    }

    /// One scale for all that is drawn. Bands are parts of 0 to 100 %.
    fn scale(&self, drawn: &[Said]) -> Scale {
        let (mut values, mut has_band) = (Vec::new(), false);
        for said in drawn {
            match said {
                Said::Exact { value, interval } => {
                    let (lower, upper) = interval.unwrap_or((*value, *value));
                    values.extend([*value, lower, upper]);
                }
                Said::Band(_) => has_band = true,
                _ => {}
            }
        }
        Scale::round(&values, self.unit() == "percent", has_band)
    }

    /// The newest period of which at least half as much is shown as of that of which most is: the first months of a year that
    /// has just begun are no picture.
    fn newest(&self) -> usize {
        let is_shown = |said: &&Said| matches!(said, Said::Exact { .. } | Said::Band(_));
        let shown = |period| self.all_of(period).iter().filter(is_shown).count();
        let periods = self.count(PERIOD);
        let most = (0..periods).map(shown).max().unwrap_or(0);
        (0..periods).rev().find(|period| 2 * shown(*period) >= most).unwrap_or(0)
    }

    /// A number in words: `61 %`, `12,5`, `−3`.
    fn amount(&self, value: f64) -> String {
        self.with_decimals(value, self.decimals)
    }

    /// A number with so many decimals, and the sign of percent.
    fn with_decimals(&self, value: f64, decimals: u8) -> String {
        let mut out = number::decimal(value, decimals, self.lang);
        if self.unit() == "percent" {
            out.put(self.lang.pick("\u{a0}%", "\u{a0}%", "%"));
        }
        out
    }

    /// An interval in words: `54–68 %`, `−3 til 12`, `54 eller mer`.
    fn span(&self, (lower, upper): (f64, f64)) -> String {
        if lower.is_finite() && upper.is_finite() {
            let mut out = number::decimal(lower, self.decimals, self.lang);
            out.put(if lower < 0.0 { self.lang.pick("\u{a0}til ", "\u{a0}til ", "\u{a0}to ") } else { "–" });
            out.put(&self.amount(upper));
            return out;
        }
        let mut out = self.amount(if lower.is_finite() { lower } else { upper });
        out.put(match lower.is_finite() {
            true => self.lang.pick(" eller mer", " eller meir", " or more"),
            false => self.lang.pick(" eller mindre", " eller mindre", " or less"),
        });
        out
    }

    /// The value as it is read: `61 %`, `20–40 %`, `: ikke vist`, `..`. Empty where the cell has no meaning.
    fn value(&self, said: Said) -> String {
        match said {
            Said::Exact { value, .. } => self.amount(value),
            Said::Band([band, bands]) => Shown::Band { band, bands }.words(self.lang),
            Said::Hidden => Shown::Hidden.words(self.lang),
            Said::Missing => "..".into(),
            Said::Absent => String::new(),
        }
    }

    /// The interval in brackets, where there is one and it leaves anything open.
    fn bracket(&self, said: Said) -> String {
        match said {
            Said::Exact { interval: Some(ends), .. } if ends.0 < ends.1 => ["(", &self.span(ends), ")"].concat(),
            _ => String::new(),
        }
    }
}

/// As many decimals as a cube asks for; none where all that it shows is whole, since it was rounded then.
fn decimals(cube: &Cube) -> u8 {
    for cell in cube.cells.iter().filter(|cell| cell.status == Status::Exact) {
        for value in cell.values.iter().take(3).flatten() {
            if *value != value.trunc() {
                return cube.measures.first().map_or(0, |measure| measure.decimals);
            }
        }
    }
    0
}
