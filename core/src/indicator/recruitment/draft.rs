//! What a metric says of itself, and how it is filled: column by column, period by period, area by area, group by group.

use super::figures::{Behind, Column, Entry, Figures, Kind, NoFigure, Shape};
use crate::compare::{Interval, real};
use crate::cube::Category;
use crate::interval::{Level, wilson};
use crate::register::recruitment::Recruitment;
use crate::survival::NoCurve;
use crate::text::{Lang, Text};

/// What a metric says of itself.
pub(super) struct Draft<'a> {
    pub(super) title: Text,
    pub(super) base: Text,
    pub(super) method: Text,
    pub(super) unit: &'static str,
    pub(super) decimals: u8,
    pub(super) shape: Shape,
    pub(super) columns: Vec<Column>,
    /// The registers that it is made of.
    pub(super) registers: &'a [&'static str],
}

/// Which figure is asked for, by position on each axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) column: usize,
    pub(super) period: usize,
    pub(super) area: usize,
    pub(super) group: usize,
}

impl Draft<'_> {
    /// All figures, one by one.
    pub(super) fn fill(
        self,
        registers: &Recruitment,
        periods: Vec<Category>,
        groups: Vec<Category>,
        mut of: impl FnMut(At) -> Entry,
    ) -> Figures {
        let areas: Vec<Category> =
            registers.areas.iter().map(|area| Category { code: area.id.clone(), label: area.name.clone() }).collect();
        let mut entries = Vec::with_capacity(self.columns.len() * periods.len() * areas.len() * groups.len());
        for column in 0..self.columns.len() {
            for period in 0..periods.len() {
                for area in 0..areas.len() {
                    entries.extend((0..groups.len()).map(|group| of(At { column, period, area, group })));
                }
            }
        }
        let sources = self.registers.iter().filter_map(|name| registers.source(name).cloned()).collect();
        let Self { title, base, method, unit, decimals, shape, columns, .. } = self;
        Figures {
            title,
            base,
            method,
            unit,
            decimals,
            shape,
            columns,
            periods,
            areas,
            groups,
            entries,
            sources,
            sentences: Vec::new(),
        }
    }
}

/// A column.
pub(super) fn column(code: &str, kind: Kind, nb: &str, nn: &str, en: &str) -> Column {
    Column { category: Category { code: code.into(), label: Text::new(nb, nn, en) }, kind }
}

/// A period that is a year.
pub(super) fn year(year: u16) -> Category {
    Category { code: year.to_string(), label: Text::same(&year.to_string()) }
}

/// The group of all.
pub(super) fn all() -> Category {
    Category { code: "all".into(), label: Text::new("alle", "alle", "all") }
}

/// A count in a sentence, in three languages: `{}` is where it stands.
pub(super) fn counted(count: u64, nb: &str, nn: &str, en: &str) -> Text {
    let fill = |words: &str| words.replace("{}", &count.to_string());
    Text { nb: fill(nb), nn: fill(nn), en: fill(en) }
}

impl NoFigure {
    /// There is nobody of whom it could be said.
    pub(super) fn nobody() -> Self {
        Self { code: "nobody", words: Text::new("ingen å regne av", "ingen å rekne av", "nobody to compute it of") }
    }

    /// Why a curve has no figure.
    pub(super) fn of_curve(why: NoCurve) -> Self {
        let [nb, nn, en] = Lang::ALL.map(|lang| why.message(lang));
        Self { code: why.code(), words: Text::new(nb, nn, en) }
    }
}

impl Entry {
    /// A figure without an interval.
    pub(super) fn plain(value: Result<f64, NoFigure>, n: u64, behind: Behind) -> Self {
        Self { value, interval: None, method: "", n, x: None, behind, worth: None, part: None, notes: Vec::new() }
    }

    /// No figure of nobody.
    pub(super) fn nobody() -> Self {
        Self::plain(Err(NoFigure::nobody()), 0, Behind::default())
    }

    /// A share of units, x of n, with Wilson's interval: what rows like these would give.
    pub(super) fn share(x: u64, n: u64, behind: Behind) -> Self {
        let value = if n > 0 { Ok(real(x) / real(n)) } else { Err(NoFigure::nobody()) };
        let entry = Self { x: Some(x), ..Self::plain(value, n, behind) };
        match wilson::score(x, n, Level::P95) {
            Ok(limits) => entry.with(limits.into(), "wilson"),
            Err(_) => entry,
        }
    }

    /// What somebody else has published.
    pub(super) fn published(value: f64) -> Self {
        Self::plain(Ok(value), 0, Behind::default())
    }

    /// With an interval.
    pub(super) fn with(self, interval: Interval, method: &'static str) -> Self {
        Self { interval: Some(interval), method, ..self }
    }

    /// With what one unit adds to the value at most.
    pub(super) fn worth(self, worth: f64) -> Self {
        Self { worth: Some(worth), ..self }
    }

    /// With what must be said where a count is above 0.
    pub(super) fn note(mut self, count: u64, nb: &str, nn: &str, en: &str) -> Self {
        if count > 0 {
            self.notes.push(counted(count, nb, nn, en));
        }
        self
    }

    /// With how many positions are still open, and how many were withdrawn: neither has failed or been filled.
    pub(super) fn unfinished(self, [open, withdrawn]: [u64; 2]) -> Self {
        self.note(
            open,
            "stillinger som fortsatt er åpne, regnes ikke med: {}",
            "stillingar som framleis er opne, blir ikkje rekna med: {}",
            "positions that are still open are not counted: {}",
        )
        .note(
            withdrawn,
            "stillinger som ble trukket, regnes ikke med: {}",
            "stillingar som vart trekte, blir ikkje rekna med: {}",
            "positions that were withdrawn are not counted: {}",
        )
    }
}
