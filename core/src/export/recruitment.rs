//! Figures of recruitment as they are, for those bound by confidentiality: JSON, CSV, and the cube of the internal page.

use super::csv::push_row;
use crate::compare::Interval;
use crate::cube::{About, Category, Cell, Cube, Dimension, Measure, Role, Status};
use crate::indicator::recruitment::{Column, Entry, Figures};
use crate::text::{Lang, Text};
use serde_json::{Value, json};

/// One figure with everything that is known of it.
struct Row<'a> {
    at: [usize; 4],
    entry: &'a Entry,
    unit: &'static str,
    scale: f64,
}

impl Row<'_> {
    fn codes<'a>(&self, figures: &'a Figures) -> [&'a Category; 4] {
        let [column, period, area, group] = self.at;
        let (period, area, group) = (&figures.periods[period], &figures.areas[area], &figures.groups[group]);
        [&figures.columns[column].category, period, area, group]
    }

    fn value(&self) -> Option<f64> {
        self.entry.value.as_ref().ok().map(|value| self.scale * value)
    }

    /// The ends of the interval; none where there is none, or an end is not known.
    fn ends(&self) -> [Option<f64>; 2] {
        let finite = |end: f64| Some(self.scale * end).filter(|end| end.is_finite());
        self.entry.interval.map_or([None, None], |Interval { lower, upper }| [finite(lower), finite(upper)])
    }

    fn status(&self) -> &'static str {
        self.entry.value.as_ref().map_or_else(|why| why.code, |_| "ok")
    }

    /// Why there is no figure, and what must be said of it.
    fn notes(&self, lang: Lang) -> Vec<&str> {
        let why = self.entry.value.as_ref().err().map(|why| why.words.get(lang));
        why.into_iter().chain(self.entry.notes.iter().map(|note| note.get(lang))).collect()
    }
}

fn rows(figures: &Figures) -> impl Iterator<Item = Row<'_>> {
    let [periods, areas, groups] = [figures.periods.len(), figures.areas.len(), figures.groups.len()];
    figures.entries.iter().enumerate().map(move |(index, entry)| {
        let at = [
            index / groups / areas / periods,
            index / groups / areas % periods,
            index / groups % areas,
            index % groups,
        ];
        let column = &figures.columns[at[0]];
        Row { at, entry, unit: figures.unit_of(column), scale: figures.scale_of(column) }
    })
}

/// A metric with all its figures. Values are in the unit that stands beside them, with all their digits.
#[must_use]
pub fn json(id: &str, figures: &Figures, lang: Lang) -> Value {
    let row = |row: Row<'_>| {
        let [figure, period, area, group] = row.codes(figures);
        let [lower, upper] = row.ends();
        json!({
            "figure": figure.code, "figure_label": figure.label.get(lang),
            "period": period.code, "area": area.code,
            "group": group.code, "group_label": group.label.get(lang),
            "value": row.value(), "unit": row.unit, "lower": lower, "upper": upper,
            "interval": row.entry.method, "n": row.entry.n, "x": row.entry.x,
            "units": row.entry.behind.units, "employers": row.entry.behind.employers.len(),
            "status": row.status(), "notes": row.notes(lang),
        })
    };
    let rows: Vec<Value> = rows(figures).map(row).collect();
    let text = |text: &Text| text.get(lang).to_owned();
    let sources: Vec<String> = figures.sources.iter().map(|source| text(&source.name)).collect();
    let sentences: Vec<String> = figures.sentences.iter().map(text).collect();
    json!({
        "id": id, "title": text(&figures.title), "base": text(&figures.base), "method": text(&figures.method),
        "unit": figures.unit, "sources": sources, "rows": rows, "sentences": sentences,
    })
}

/// The columns of [`csv`].
const COLUMNS: [&str; 16] = [
    "marking",
    "metric",
    "figure",
    "period",
    "area",
    "group",
    "value",
    "unit",
    "lower",
    "upper",
    "interval",
    "n",
    "x",
    "employers",
    "status",
    "notes",
];

/// All figures of some metrics as CSV, one row each; the first column says that they are internal.
#[must_use]
pub fn csv(metrics: &[(&str, Figures)], lang: Lang) -> String {
    let mut out = String::new();
    push_row(&mut out, &COLUMNS);
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    for (id, figures) in metrics {
        for row in rows(figures) {
            let codes = row.codes(figures).map(|category| category.code.as_str());
            let ends = row.ends().map(number);
            let (value, notes) = (number(row.value()), row.notes(lang).join("; "));
            let (n, x) = (row.entry.n.to_string(), row.entry.x.map(|x| x.to_string()).unwrap_or_default());
            let employers = row.entry.behind.employers.len().to_string();
            let mut fields = vec!["INTERNT", *id];
            fields.extend(codes);
            fields.extend([value.as_str(), row.unit, &ends[0], &ends[1], row.entry.method, &n, &x, &employers]);
            fields.extend([row.status(), &notes]);
            push_row(&mut out, &fields);
        }
    }
    out
}

/// The internal cube of a metric: figure × period × area × group, exact. A cube has one unit: comparisons of two groups, which
/// have none, are in [`json()`] and [`csv`].
#[must_use]
pub fn cube(id: &str, figures: &Figures, about: About) -> Cube {
    let has_unit = |column: &&Column| figures.unit_of(column) == figures.unit;
    let names = figures.columns.iter().filter(has_unit).map(|column| column.category.clone()).collect();
    let dimension =
        |id: &str, label: Text, role, categories: Vec<Category>| Dimension { id: id.into(), label, role, categories };
    let measure = |id: &str, nb, nn, en, unit: &str, decimals| Measure {
        id: id.into(),
        label: Text::new(nb, nn, en),
        unit: unit.into(),
        decimals,
    };
    let (unit, decimals) = (figures.unit, figures.decimals.max(1));
    #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
    let cell = |row: Row<'_>| {
        let [lower, upper] = row.ends();
        let counts = [Some(row.entry.n), row.entry.x].map(|count| count.map(|count| count as f64));
        let status = if row.entry.value.is_ok() { Status::Exact } else { Status::NotAvailable };
        Cell { status, values: vec![row.value(), lower, upper, counts[0], counts[1]] }
    };
    Cube {
        id: id.into(),
        title: figures.title.clone(),
        dimensions: vec![
            dimension(figures.shape.axis(), Text::new("Tall", "Tal", "Figure"), Role::Other, names),
            dimension("period", Text::new("Periode", "Periode", "Period"), Role::Time, figures.periods.clone()),
            dimension("area", Text::new("Område", "Område", "Area"), Role::Geo, figures.areas.clone()),
            dimension("group", Text::new("Felt", "Felt", "Field"), Role::Other, figures.groups.clone()),
        ],
        measures: vec![
            measure("value", "verdi", "verdi", "value", unit, decimals),
            measure("value_lower", "fra", "frå", "from", unit, decimals),
            measure("value_upper", "til", "til", "to", unit, decimals),
            measure("n", "n", "n", "n", "count", 0),
            measure("x", "x", "x", "x", "count", 0),
        ],
        cells: rows(figures).filter(|row| row.unit == figures.unit).map(cell).collect(),
        about: About {
            base: figures.base.clone(),
            method: figures.method.clone(),
            sources: if figures.sources.is_empty() { about.sources } else { figures.sources.clone() },
            policy: "none".into(),
            ..about
        },
    }
}
