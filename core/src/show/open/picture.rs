//! The chart of official statistics: a bar for each area, a line for the whole country.

use super::words::{benchmark, heading};
use super::{Line, Said, Statistics};
use crate::cube::Cube;
use crate::show::canvas::{Canvas, Ink, Shape, WIDTH};
use crate::show::scale::Scale;
use crate::show::{words as fixed, wrap};
use crate::text::Lang;

/// Where bars begin beside labels, and how long the longest one is.
const LEFT: i64 = 112;
const LENGTH: i64 = 156;
/// Height of a line, and of its bar.
const HEIGHT: i64 = 20;
const BAR: i64 = 12;
const BODY: i64 = 12;

fn value(line: &Line<'_>) -> Option<f64> {
    match line.said.first() {
        Some(Said::Number(value, _)) => Some(*value),
        _ => None,
    }
}

/// Draws all lines.
pub(in crate::show) fn push_panels(canvas: &mut Canvas, cube: &Cube, lang: Lang) {
    let statistics = Statistics::of(cube, lang);
    canvas.paragraph(Ink::Strong, 13, &heading(&statistics, lang));
    canvas.y += 6;
    let values: Vec<f64> = statistics.lines.iter().filter_map(value).collect();
    let scale = Scale::holding(&values);
    let at = |value| LEFT + scale.at(value, LENGTH);
    let line_of_nation = benchmark(&statistics).map(at);
    let mut drawn_to = canvas.y;
    for line in &statistics.lines {
        let ink = if line.is_group { Ink::Strong } else { Ink::Plain };
        let limit = if line.is_group { (LEFT - 8) * 10 / 11 } else { LEFT - 8 };
        if line.is_group {
            canvas.y += 4;
        }
        let is_beside = wrap::width(line.label, BODY) <= limit;
        if !is_beside {
            canvas.paragraph(ink, BODY, line.label);
        }
        let middle = canvas.y + HEIGHT / 2;
        if is_beside {
            canvas.text(ink, "", BODY, 0, middle + 4, line.label);
        }
        if let Some(value) = value(line) {
            let (zero, end) = (at(0.0), at(value));
            let shape = if line.is_group { Shape::Interval } else { Shape::On };
            canvas.rect(shape, zero.min(end), middle - BAR / 2, (end - zero).abs().max(1), BAR, 1);
        }
        if let Some(x) = line_of_nation {
            // Through the gaps too, but not through the letters of a label.
            let is_free = is_beside || wrap::width(line.label, BODY) * 11 / 10 < x - 2;
            let from = if is_free { drawn_to } else { canvas.y };
            canvas.rect(Shape::Line, x - 1, from, 2, canvas.y + HEIGHT - from, 0);
        }
        drawn_to = canvas.y + HEIGHT;
        let said = line.said.first().copied().unwrap_or(Said::Symbol(".."));
        let ink = if matches!(said, Said::Symbol(_)) { Ink::Soft } else { Ink::Strong };
        canvas.text(ink, "end", BODY, WIDTH, middle + 4, &statistics.words(said, lang));
        canvas.y += HEIGHT;
    }
}

/// Appends the chart for inside a page: its values stand in the table.
pub(in crate::show) fn inline(out: &mut String, cube: &Cube, id: &str, title: &str, lang: Lang) {
    let mut canvas = Canvas::new();
    push_panels(&mut canvas, cube, lang);
    canvas.inline(out, id, title, fixed::see_table(lang));
}
