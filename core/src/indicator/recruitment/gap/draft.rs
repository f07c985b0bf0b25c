//! Quantities put into figures.

use super::super::assumptions::Assumptions;
use super::super::figures::{Column, Entry, Figures, Kind, NoFigure, Shape};
use super::super::quantity::Quantity;
use super::words;
use crate::cube::{Category, Source};
use crate::interval::Level;
use crate::register::recruitment::Recruitment;
use crate::text::Text;

/// A place in a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) area: usize,
    pub(super) horizon: usize,
    /// Position of the group; none: all of them.
    pub(super) group: Option<usize>,
}

impl At {
    /// The group of the place, or all groups.
    pub(super) fn of<T>(self, groups: &[T]) -> impl Iterator<Item = &T> {
        let all = self.group.map_or(0..groups.len(), |group| group..group + 1);
        groups.get(all).unwrap_or_default().iter()
    }
}

/// The sum of quantities, draw by draw.
pub(super) fn sum(quantities: impl Iterator<Item = Quantity>) -> Quantity {
    let mut sum = Quantity::default();
    quantities.for_each(|quantity| sum.add(&quantity, 1.0));
    sum
}

/// A quantity at each place, with what must be said of it.
type Values<'a> = &'a dyn Fn(At) -> Result<(Quantity, Vec<Text>), NoFigure>;

/// What all figures of the gap have in common.
pub(super) struct Draft<'a> {
    pub(super) register: &'a Recruitment,
    pub(super) assumptions: &'a Assumptions,
    pub(super) level: Level,
}

impl Draft<'_> {
    /// A figure with a column per quantity, for `all` and each group.
    pub(super) fn figures(
        &self,
        [title, base, method]: [Text; 3],
        shape: Shape,
        groups: &[Category],
        columns: &[(&str, Values<'_>)],
    ) -> Figures {
        let areas = &self.register.areas;
        let mut entries = Vec::new();
        for (_, values) in columns {
            for horizon in 0..self.assumptions.horizons.len() {
                for area in 0..areas.len() {
                    let all = std::iter::once(None).chain((0..groups.len()).map(Some));
                    entries.extend(all.map(|group| self.entry(values(At { area, horizon, group }))));
                }
            }
        }
        // With its parts beside it, a sum could be computed more closely than it is shown.
        let kind = |code: &str| if matches!(code, "demand" | "supply" | "gap") { Kind::Count } else { Kind::Internal };
        let column = |(code, _): &(&str, Values<'_>)| Column { category: words::column(code), kind: kind(code) };
        Figures {
            title,
            base,
            method,
            unit: "persons",
            decimals: 1,
            shape,
            columns: columns.iter().map(column).collect(),
            periods: self.assumptions.horizons.iter().map(|years| words::horizon(*years)).collect(),
            areas: areas.iter().map(|area| Category { code: area.id.clone(), label: area.name.clone() }).collect(),
            groups: std::iter::once(words::all()).chain(groups.iter().cloned()).collect(),
            entries,
            sources: self.sources(),
            sentences: Vec::new(),
        }
    }

    fn entry(&self, value: Result<(Quantity, Vec<Text>), NoFigure>) -> Entry {
        let entry = Entry {
            value: Ok(0.0),
            interval: None,
            method: "simulation",
            n: 0,
            x: None,
            behind: Default::default(),
            worth: None,
            part: None,
            notes: Vec::new(),
        };
        match value {
            Err(reason) => Entry { value: Err(reason), ..entry },
            Ok((quantity, notes)) => Entry {
                value: Ok(quantity.mean),
                interval: quantity.interval(self.level),
                n: quantity.behind.units,
                behind: quantity.behind,
                worth: (quantity.heaviest > 0.0).then_some(quantity.heaviest),
                notes,
                ..entry
            },
        }
    }

    fn sources(&self) -> Vec<Source> {
        let used = ["staff", "strata", "business", "cv", "courses"];
        used.iter().filter_map(|name| self.register.source(name)).cloned().collect()
    }
}
