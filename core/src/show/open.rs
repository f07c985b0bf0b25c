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
pub(super) struct Line {
    pub(super) label: String,
    /// It is made of several municipalities.
    pub(super) is_group: bool,
    pub(super) said: Vec<Said>,
}

/// A cube of official statistics, read for display.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statistics {
    pub(super) columns: Vec<String>,
    pub(super) period: String,
    pub(super) lines: Vec<Line>,
    pub(super) unit: String,
    pub(super) decimals: u8,
}

impl Statistics {
    pub(super) fn of(cube: &Cube, lang: Lang) -> Self {
        let labels = |id: &str| -> Vec<String> {
            let axis = cube.dimensions.iter().find(|axis| axis.id == id);
            let categories = axis.map(|axis| axis.categories.as_slice()).unwrap_or_default();
            categories.iter().map(|category| category.label.get(lang).to_owned()).collect()
        };
        let (columns, areas) = (labels("figure"), labels("area"));
        let codes = cube.dimensions.iter().find(|axis| axis.id == "area");
        let lines = areas.iter().enumerate().map(|(at, label)| {
            let code = codes.and_then(|axis| axis.categories.get(at)).map_or("", |category| category.code.as_str());
            let is_group = code.len() != 4 || !code.bytes().all(|byte| byte.is_ascii_digit());
            let said = (0..columns.len()).map(|column| said(cube, column, at));
            Line { label: label.clone(), is_group, said: said.collect() }
        });
        let lines = lines.collect();
        let measure = cube.measures.first();
        Self {
            columns,
            period: labels("period").join(", "),
            lines,
            unit: measure.map(|measure| measure.unit.clone()).unwrap_or_default(),
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
