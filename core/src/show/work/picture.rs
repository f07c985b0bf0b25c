//! The picture of a cube: its heading, and panels of rows or curves.

use super::rows::{Mark, Row, Track};
use super::words::{group_heading, heading, in_words, is_hidden, is_total, why_hidden};
use super::{AREA, Figures, GROUP, Place, Said, Shape, curve, gap, push_part};
use crate::cube::Cube;
use crate::show::canvas::{Canvas, Ink};
use crate::text::Lang;

/// Rows that stand together.
pub(super) struct Panel<'a> {
    pub(super) heading: String,
    pub(super) rows: Vec<Row<'a>>,
}

/// Draws the newest period.
pub(in crate::show) fn push_panels(canvas: &mut Canvas, cube: &Cube, lang: Lang) {
    let figures = Figures::of(cube, lang);
    let period = figures.newest();
    canvas.paragraph(Ink::Strong, 13, &heading(&figures, period));
    canvas.y += 4;
    if is_hidden(&figures, period) {
        return canvas.paragraph(Ink::Plain, 13, why_hidden(lang));
    }
    match figures.shape {
        Shape::Curve => curve::push(canvas, &figures, period),
        Shape::Gap => gap::push(canvas, &figures, period),
        Shape::Funnel => push_rows(canvas, &figures, &steps(&figures, period)),
        Shape::Bars => push_rows(canvas, &figures, &bars(&figures, period)),
    }
}

/// Appends the picture for inside a page, with its words for those who do not see it.
pub(in crate::show) fn inline(out: &mut String, cube: &Cube, id: &str, title: &str, lang: Lang) {
    let mut canvas = Canvas::new();
    push_panels(&mut canvas, cube, lang);
    canvas.inline(out, id, title, &in_words(cube, lang));
}

fn row<'a>(figures: &Figures<'a>, label: &'a str, at: Place, mark: Mark) -> Option<Row<'a>> {
    let said = figures.said(at);
    (said != Said::Absent).then_some(Row { label, said, mark })
}

/// A row per group, in a panel per area. Without groups a row per area, and of one area a row per figure.
fn bars<'a>(figures: &Figures<'a>, period: usize) -> Vec<Panel<'a>> {
    let groups = figures.count(GROUP);
    let row = |label, at: Place| {
        row(figures, label, at, if is_total(figures, at[GROUP]) { Mark::Words } else { Mark::Point })
    };
    if groups > 1 {
        let areas = 0..figures.count(AREA);
        return areas
            .map(|area| Panel {
                heading: figures.heading_of(area, None),
                rows: (0..groups)
                    .filter_map(|group| row(figures.label(GROUP, group), [0, period, area, group]))
                    .collect(),
            })
            .collect();
    }
    let rows = match figures.count(AREA) {
        1 => (0..figures.count(0)).filter_map(|figure| row(figures.label(0, figure), [figure, period, 0, 0])).collect(),
        areas => (0..areas).filter_map(|area| row(figures.label(AREA, area), [0, period, area, 0])).collect(),
    };
    vec![Panel { heading: String::new(), rows }]
}

/// A row per step, in a panel per area and group.
fn steps<'a>(figures: &Figures<'a>, period: usize) -> Vec<Panel<'a>> {
    let parts = figures.parts();
    let panels = parts.into_iter().map(|(area, group)| Panel {
        heading: figures.heading_of(area, Some(group)),
        rows: (0..figures.count(0))
            .filter_map(|step| row(figures, figures.label(0, step), [step, period, area, group], Mark::Pale))
            .collect(),
    });
    panels.collect()
}

/// Draws panels of rows, all on one scale.
fn push_rows(canvas: &mut Canvas, figures: &Figures<'_>, panels: &[Panel<'_>]) {
    let rows = || panels.iter().flat_map(|panel| &panel.rows);
    let scale = Track::scale(rows(), figures.unit());
    let track = Track::of(figures, rows());
    for panel in panels.iter().filter(|panel| !panel.rows.is_empty()) {
        group_heading(canvas, &panel.heading);
        for row in &panel.rows {
            canvas.figure_row(figures, row, track, scale);
        }
        canvas.scale_below(figures, track, scale);
    }
}

impl Figures<'_> {
    /// Areas and groups, each with each.
    pub(super) fn parts(&self) -> Vec<(usize, usize)> {
        (0..self.count(AREA)).flat_map(|area| (0..self.count(GROUP)).map(move |group| (area, group))).collect()
    }

    /// The area where there are several, and the group where there are several.
    pub(super) fn heading_of(&self, area: usize, group: Option<usize>) -> String {
        let mut out = String::new();
        if self.count(AREA) > 1 {
            push_part(&mut out, self.label(AREA, area));
        }
        if let Some(group) = group.filter(|_| self.count(GROUP) > 1) {
            push_part(&mut out, self.label(GROUP, group));
        }
        out
    }
}
