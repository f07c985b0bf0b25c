//! Demand against supply: two bars per field, and below them the gap with its interval. All fields of all areas have one
//! scale and stand in one order: all of them together first, then by gap, the largest first. Fields of which nothing is shown
//! are named in one line below.

use super::picture::Panel;
use super::rows::{Mark, Row};
use super::words::{self, is_total, verdict};
use super::{AREA, FIGURE, Figures, GROUP, Said};
use crate::show::markup::Put;

/// A panel per area and field.
pub(super) fn panels<'a>(figures: &Figures<'a>, period: usize) -> Vec<Panel<'a>> {
    let mut out = Vec::new();
    let areas = figures.count(AREA);
    let order = figures.by_gap(period, 0, areas);
    for area in 0..areas {
        let mut part = figures.heading_of(area, None);
        let mut not_shown = String::new();
        let begin = out.len();
        for group in &order {
            let mut rows = Vec::new();
            for (column, category) in figures.categories(FIGURE).iter().enumerate() {
                let said = figures.said([column, period, area, *group]);
                let mark = match &category.code[..] {
                    _ if is_total(figures, *group) => Mark::Words,
                    "demand" => Mark::Bar,
                    "supply" => Mark::Pale,
                    _ => Mark::Point,
                };
                if said != Said::Absent {
                    rows.push(Row { label: figures.label(FIGURE, column), said, mark });
                }
            }
            if rows.iter().all(|row| row.said == Said::Hidden) {
                not_shown.put(if not_shown.is_empty() { words::not_shown(figures.lang) } else { "; " });
                not_shown.put(figures.label(GROUP, *group));
                continue;
            }
            out.push(Panel {
                part: std::mem::take(&mut part),
                heading: figures.field(*group),
                rows,
                after: verdict(figures.said([figures.gap(), period, area, *group]), figures.lang).into(),
                has_scale: false,
            });
        }
        if let Some(last) = out.get_mut(begin..).and_then(<[_]>::last_mut) {
            last.has_scale = true;
        }
        if !not_shown.is_empty() {
            out.push(Panel { part, heading: String::new(), rows: Vec::new(), after: not_shown, has_scale: false });
        }
    }
    out
}

impl Figures<'_> {
    /// The column of the gap.
    pub(super) fn gap(&self) -> usize {
        let columns = self.categories(FIGURE);
        columns.iter().position(|column| column.code == "gap").unwrap_or(columns.len().saturating_sub(1))
    }

    /// The label of a group, where there are several.
    fn field(&self, group: usize) -> String {
        if self.count(GROUP) > 1 { self.label(GROUP, group).into() } else { String::new() }
    }

    /// Groups by their largest gap in some areas. What is not shown stands last, in the order of the cube.
    pub(super) fn by_gap(&self, period: usize, from: usize, to: usize) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        let mut gaps: Vec<f64> = Vec::new();
        // By hand: the standard library's sort is larger than all that is drawn with it.
        for group in 0..self.count(GROUP) {
            let mut gap = if self.is_all(group) { f64::INFINITY } else { f64::NEG_INFINITY };
            for area in from..to {
                if let Said::Exact { value, .. } = self.said([self.gap(), period, area, group]) {
                    gap = gap.max(value);
                }
            }
            let before = gaps.iter().take_while(|known| **known >= gap).count();
            gaps.insert(before, gap);
            out.insert(before, group);
        }
        out
    }
}
