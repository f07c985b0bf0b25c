//! Demand against supply: two bars per field, and below them the gap with its interval. All fields of all areas have one
//! scale, and stand in one order.

use super::rows::{Mark, Row, Track};
use super::words::{group_heading, is_total, verdict};
use super::{AREA, Figures, GROUP, Said};
use crate::show::canvas::{Canvas, Ink};

/// The rows of a field.
fn rows<'a>(figures: &Figures<'a>, period: usize, area: usize, group: usize) -> Vec<Row<'a>> {
    let row = |column: usize| {
        let mark = match &figures.categories(0).get(column)?.code[..] {
            _ if is_total(figures, group) => Mark::Words,
            "demand" => Mark::Bar,
            "supply" => Mark::Pale,
            _ => Mark::Point,
        };
        let said = figures.said([column, period, area, group]);
        (said != Said::Absent).then(|| Row { label: figures.label(0, column), said, mark })
    };
    (0..figures.count(0)).filter_map(row).collect()
}

/// Draws the fields of a period.
pub(super) fn push(canvas: &mut Canvas, figures: &Figures<'_>, period: usize) {
    let areas = 0..figures.count(AREA);
    let order = figures.by_gap(period, areas.clone());
    let all: Vec<Vec<Vec<Row<'_>>>> =
        areas.map(|area| order.iter().map(|group| rows(figures, period, area, *group)).collect::<Vec<_>>()).collect();
    let scale = Track::scale(all.iter().flatten().flatten(), figures.unit());
    let track = Track::of(figures, all.iter().flatten().flatten());
    for (area, fields) in all.iter().enumerate() {
        group_heading(canvas, &figures.heading_of(area, None));
        for (rows, group) in fields.iter().zip(&order).filter(|(rows, _)| !rows.is_empty()) {
            canvas.y += 8;
            if figures.count(GROUP) > 1 {
                canvas.paragraph(Ink::Strong, 13, figures.label(GROUP, *group));
            }
            for row in rows {
                canvas.figure_row(figures, row, track, scale);
            }
            let gap = figures.said([figures.gap(), period, area, *group]);
            canvas.paragraph(Ink::Soft, 12, verdict(gap, figures.lang));
        }
        canvas.y += 2;
        canvas.scale_below(figures, track, scale);
    }
}
