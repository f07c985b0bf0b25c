//! Official statistics as an accessible picture and table: figures with decimals, their places, the publisher's symbols.
//!
//! The picture draws the first figure of every area as a bar, with a line at that of the whole country. The table has all
//! figures, one column each, and may be scrolled sideways where it is wider than its page.

mod picture;
mod table;
mod words;

pub(super) use picture::{inline, push_panels};
pub(super) use table::push as push_table;
#[cfg(feature = "compute")]
pub(super) use words::brief;
pub(super) use words::{in_words, keys};

use super::number;
use crate::cube::{Cube, Status};
use crate::text::Lang;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// A number, with its place: from, to, of.
    Number(f64, Option<[i64; 3]>),
    /// Statistics Norway's symbol.
    Symbol(&'static str),
}

/// One line: an area with its figures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line<'a> {
    pub(super) label: &'a str,
    /// It is made of several municipalities.
    pub(super) is_group: bool,
    pub(super) said: Vec<Said>,
}

/// A cube of official statistics, read for display.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statistics<'a> {
    pub(super) columns: Vec<&'a str>,
    pub(super) period: &'a str,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) unit: &'a str,
    pub(super) decimals: u8,
}

impl<'a> Statistics<'a> {
    pub(super) fn of(cube: &'a Cube, lang: Lang) -> Self {
        let axis = |at: usize| cube.dimensions.get(at).map_or(&[][..], |axis| &axis.categories);
        let mut columns = Vec::new();
        for column in axis(0) {
            columns.push(column.label.get(lang));
        }
        let mut lines = Vec::new();
        for (at, area) in axis(2).iter().enumerate() {
            let is_group = area.code.len() != 4 || !area.code.bytes().all(|byte| byte.is_ascii_digit());
            let mut all = Vec::new();
            for column in 0..columns.len() {
                all.push(said(cube, column, at));
            }
            lines.push(Line { label: area.label.get(lang), is_group, said: all });
        }
        let measure = cube.measures.first();
        Self {
            columns,
            period: axis(1).first().map_or("", |period| period.label.get(lang)),
            lines,
            unit: measure.map_or("", |measure| &measure.unit),
            decimals: measure.map_or(0, |measure| measure.decimals),
        }
    }

    /// The number of a cell in words, or its symbol.
    pub(super) fn words(&self, said: Said, lang: Lang) -> String {
        match said {
            Said::Number(value, _) => number::decimal(value, self.decimals, lang),
            Said::Symbol(symbol) => symbol.into(),
        }
    }
}

fn said(cube: &Cube, column: usize, area: usize) -> Said {
    let Some(cell) = cube.cell(&[column, 0, area]) else { return Said::Symbol("..") };
    let value = |measure| cube.value(cell, measure);
    let place = || {
        let of = |measure| value(measure).and_then(number::whole);
        Some([of("place_from")?, of("place_to")?, of("place_of")?])
    };
    match (cell.status, value("value").filter(|value| value.is_finite())) {
        (Status::Exact, Some(number)) => Said::Number(number, place()),
        (Status::Hidden, _) => Said::Symbol(":"),
        (Status::NotYet, _) => Said::Symbol("…"),
        (Status::NotApplicable, _) => Said::Symbol("."),
        _ => Said::Symbol(".."),
    }
}
