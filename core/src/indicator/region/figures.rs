//! What an indicator gives: figures by area, with what they are computed of and how far they would vary.

use super::Registers;
use super::place::{Place, place};
use crate::cube::{Category, Source};
use crate::register::official::{Area, Level, Value};
use crate::text::Text;
use std::collections::BTreeMap;

/// The sources of some figures.
pub(super) type Sources = Vec<Source>;

/// The unit of all figures of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Percent.
    Percent,
    /// Per 100 of others than those who are counted: it may be more than 100, and is no share.
    PerHundred,
    /// Percentage points.
    Points,
    /// Per 1 000 of the mean population.
    PerMille,
    /// Persons.
    Persons,
    /// Jobs.
    Jobs,
    /// A number without a unit.
    Index,
}

impl Unit {
    /// The word in cubes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::PerHundred => "per_hundred",
            Self::Points => "points",
            Self::PerMille => "per_mille",
            Self::Persons => "persons",
            Self::Jobs => "jobs",
            Self::Index => "index",
        }
    }
}

/// One figure of one area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The figure, in the indicator's unit.
    pub value: Value,
    /// The count above the line.
    pub numerator: Value,
    /// The count below the line.
    pub denominator: Value,
    /// The standard error of the value, were the people of the area drawn anew from a population that goes on: see
    /// [`super::place`]. Without one there is no place.
    pub spread: Value,
}

impl Figure {
    /// A share in percent, `100 x / n`, of people who each are in the share or not. Spread: binomial, of (x + 1) / (n + 2),
    /// so that none and all are not certain.
    #[must_use]
    pub fn share(x: Value, n: Value) -> Self {
        let spread = Value::of([x, n], |[x, n]| {
            let p = (x + 1.0) / (n + 2.0);
            Some(100.0 * libm::sqrt((p * (1.0 - p)).max(0.0) / n))
        });
        Self { value: percent(x, n), numerator: x, denominator: n, spread }
    }

    /// A ratio of two counts in percent, `100 a / b`, of different people. Spread: both Poisson.
    #[must_use]
    pub fn ratio(a: Value, b: Value) -> Self {
        let spread = Value::of([a, b], |[a, b]| {
            let (a, ratio) = (a.max(1.0), a.max(1.0) / b);
            Some(100.0 * ratio * libm::sqrt(1.0 / a + 1.0 / b))
        });
        Self { value: percent(a, b), numerator: a, denominator: b, spread }
    }

    /// What has become of a count in percent, `100 (to / from - 1)` or, with `whole`, `100 to / from`. Spread: the later
    /// count Poisson, the earlier one given.
    #[must_use]
    pub fn change(from: Value, to: Value, whole: bool) -> Self {
        let value = Value::of([from, to], |[from, to]| {
            Some(if whole { 100.0 * to / from } else { 100.0 * (to - from) / from })
        });
        let spread = Value::of([from, to], |[from, to]| Some(100.0 * libm::sqrt(to.max(1.0)) / from));
        Self { value, numerator: to, denominator: from, spread }
    }

    /// A figure without spread, and so without place.
    #[must_use]
    pub fn plain(value: Value, numerator: Value, denominator: Value) -> Self {
        Self { value, numerator, denominator, spread: Value::none(crate::read::Missing::NotApplicable) }
    }
}

fn percent(x: Value, n: Value) -> Value {
    Value::of([x, n], |[x, n]| Some(100.0 * x / n))
}

/// A figure with the place of its area in its class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// The figure.
    pub figure: Figure,
    /// The place, of municipalities.
    pub place: Option<Place>,
}

/// One figure that is given for every area.
pub type Column = Category;

/// What an indicator gives.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Title.
    pub title: Text,
    /// What the figures are of.
    pub base: Text,
    /// How they are computed, and what is assumed.
    pub method: Text,
    /// Unit of the values.
    pub unit: Unit,
    /// Decimals to show.
    pub decimals: u8,
    /// The year or years.
    pub period: Category,
    /// The figures; the first one is drawn.
    pub columns: Vec<Column>,
    /// The areas.
    pub areas: Vec<Area>,
    /// By column, then area.
    pub entries: Vec<Entry>,
    /// Where the counts come from.
    pub sources: Vec<Source>,
}

/// What an indicator says of itself, and for which areas it has counts.
pub(super) struct Draft<'a> {
    pub(super) title: Text,
    pub(super) base: Text,
    pub(super) method: Text,
    pub(super) unit: Unit,
    pub(super) decimals: u8,
    pub(super) period: Category,
    pub(super) columns: Vec<Column>,
    /// Which municipalities the register has.
    pub(super) has: &'a dyn Fn(&str) -> bool,
    /// The registers that it is made of.
    pub(super) registers: &'a [&'static str],
}

impl Draft<'_> {
    /// The figures of all areas, by a formula for a column and an area.
    pub(super) fn figures(self, registers: &Registers, of: &dyn Fn(usize, &Area) -> Figure) -> Figures {
        let areas = registers.areas.list(self.has);
        let classes = areas.iter().filter(|area| area.level == Level::Municipality).filter_map(|area| area.class);
        let mut peers: BTreeMap<u8, Vec<Area>> = BTreeMap::new();
        for class in classes {
            peers.entry(class).or_insert_with(|| registers.areas.peers(class, self.has));
        }
        let mut entries = Vec::new();
        for column in 0..self.columns.len() {
            let by_class: BTreeMap<u8, Vec<(&str, Figure)>> = peers
                .iter()
                .map(|(class, peers)| {
                    (*class, peers.iter().map(|peer| (peer.code.as_str(), of(column, peer))).collect())
                })
                .collect();
            for area in &areas {
                let figure = of(column, area);
                let is_one = area.level == Level::Municipality;
                let peers = area.class.filter(|_| is_one).and_then(|class| by_class.get(&class));
                let place = peers.and_then(|peers| place(&area.code, peers));
                entries.push(Entry { figure, place });
            }
        }
        let (sources, notes) = (registers.sources(self.registers), registers.notes(self.registers));
        let Self { title, base, method, unit, decimals, period, columns, .. } = self;
        let method = method.followed_by(&notes);
        Figures { title, base, method, unit, decimals, period, columns, areas, entries, sources }
    }
}

/// A column, or a period.
pub(super) fn column(code: &str, nb: &str, nn: &str, en: &str) -> Category {
    Category { code: code.into(), label: Text::new(nb, nn, en) }
}

/// The period of a year, or of two years and what happened between them.
pub(super) fn period(from: u16, to: u16) -> Category {
    if from == to {
        Category { code: to.to_string(), label: Text::same(&to.to_string()) }
    } else {
        Category { code: format!("{from}-{to}"), label: Text::same(&format!("{from}–{to}")) }
    }
}
