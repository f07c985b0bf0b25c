//! The picture of a cube: its heading, and panels of rows or curves.

use super::rows::{Mark, Row, Track};
use super::spoken::in_words;
use super::words::{heading, is_hidden, is_total, why_hidden};
use super::{AREA, Figures, GROUP, Place, Said, Shape, curve, gap};
use crate::cube::Cube;
use crate::show::canvas::{Canvas, Ink};
use crate::show::shown::push_part;
use crate::text::Lang;

/// Rows that stand together.
pub(super) struct Panel<'a> {
    /// The area, where it begins.
    pub(super) part: String,
    pub(super) heading: String,
    pub(super) rows: Vec<Row<'a>>,
    /// What the rows say together.
    pub(super) after: String,
    /// The scale stands below.
    pub(super) has_scale: bool,
}

/// Draws the newest period of which enough is shown.
pub(in crate::show) fn push_panels(canvas: &mut Canvas, cube: &Cube, lang: Lang) {
    let figures = Figures::of(cube, lang);
    let period = figures.newest();
    canvas.paragraph(Ink::Strong, 13, &heading(&figures, period));
    canvas.y += 4;
    if is_hidden(&figures, period) {
        canvas.paragraph(Ink::Plain, 13, why_hidden(lang));
    } else if figures.shape == Shape::Curve {
        curve::push(canvas, &figures, period);
    } else {
        push_rows(canvas, &figures, &panels(&figures, period));
    }
}

/// Appends the picture for inside a page, with its words for those who do not see it.
pub(in crate::show) fn inline(out: &mut String, cube: &Cube, id: &str, title: &str, lang: Lang) {
    let mut canvas = Canvas::new();
    push_panels(&mut canvas, cube, lang);
    canvas.inline(out, id, title, &in_words(cube, lang));
}

/// The heading of a part of a picture, with space above it.
pub(super) fn push_part_heading(canvas: &mut Canvas, heading: &str) {
    canvas.y += if heading.is_empty() { 10 } else { 16 };
    canvas.paragraph(Ink::Strong, 15, heading);
}

/// What stands together in a picture of rows.
///
/// Gaps: a panel per area and field. A funnel: a panel per area and group, with a row per step. Bars: a row per group, in a
/// panel per area; without groups a row per area, and of one area a row per figure.
fn panels<'a>(figures: &Figures<'a>, period: usize) -> Vec<Panel<'a>> {
    if figures.shape == Shape::Gap {
        return gap::panels(figures, period);
    }
    let is_funnel = figures.shape == Shape::Funnel;
    let (areas, groups) = (figures.count(AREA), figures.count(GROUP));
    let along = figures.along();
    let mut out = Vec::new();
    for area in 0..if along == AREA { 1 } else { areas } {
        for group in 0..if along == GROUP { 1 } else { groups } {
            let mut rows = Vec::new();
            for at in 0..figures.count(along) {
                let mut place: Place = [0, period, area, group];
                place[along] = at;
                let said = figures.said(place);
                let mark = match is_funnel {
                    true => Mark::Pale,
                    false if is_total(figures, place[GROUP]) => Mark::Words,
                    false => Mark::Point,
                };
                if said != Said::Absent {
                    rows.push(Row { label: figures.label(along, at), said, mark });
                }
            }
            let part = if along == AREA { String::new() } else { figures.heading_of(area, is_funnel.then_some(group)) };
            out.push(Panel { part, heading: String::new(), rows, after: String::new(), has_scale: true });
        }
    }
    out
}

/// Draws panels of rows, all on one scale.
fn push_rows(canvas: &mut Canvas, figures: &Figures<'_>, panels: &[Panel<'_>]) {
    let mut said = Vec::new();
    for row in panels.iter().flat_map(|panel| &panel.rows).filter(|row| row.mark != Mark::Words) {
        said.push(row.said);
    }
    let scale = figures.scale(&said);
    let track = Track::of(figures, panels);
    for panel in panels {
        push_part_heading(canvas, &panel.part);
        canvas.paragraph(Ink::Strong, 13, &panel.heading);
        for row in &panel.rows {
            canvas.figure_row(figures, row, track, scale);
        }
        canvas.paragraph(Ink::Soft, 12, &panel.after);
        if panel.has_scale {
            canvas.scale_below(figures, track, scale);
        }
    }
}

impl Figures<'_> {
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
