//! The table of recruitment: a figure a column, groups, areas and periods as rows. Of a single row the figures are the
//! rows, which needs no more width than a phone has.

use super::words::{caption, unclear};
use super::{AREA, Figures, GROUP, PERIOD, Place, Said, Shape, push_part};
use crate::cube::Cube;
use crate::show::markup::{Put, fill, push_element};
use crate::show::shown::push_head;
use crate::text::Lang;

/// Appends the table, in a part of the page that scrolls sideways where it must.
pub(in crate::show) fn push(out: &mut String, cube: &Cube, title: &str, lang: Lang) {
    let figures = Figures::of(cube, lang);
    let name = caption(&figures, title);
    fill(out, "<div class=\"bp-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">", &[&name]);
    fill(out, "<table class=\"bp-table bp-open\"><caption>{}</caption><thead><tr><th scope=\"col\">", &[&name]);
    let areas = figures.count(AREA);
    let has_parts = areas > 1 && (figures.count(GROUP) > 1 || figures.count(PERIOD) > 1);
    let axes = [(GROUP, true), (AREA, !has_parts), (PERIOD, true)];
    let axes: Vec<usize> =
        axes.into_iter().filter(|(axis, wanted)| *wanted && figures.count(*axis) > 1).map(|(axis, _)| axis).collect();
    if axes.is_empty() {
        push_single(out, &figures);
    } else {
        let mut head = String::new();
        for axis in &axes {
            push_head(&mut head, cube.dimensions.get(*axis).map_or("", |axis| axis.label.get(lang)));
        }
        fill(out, "{}</th>", &[&head]);
        for column in 0..figures.count(0) {
            push_element(out, "<th scope=\"col\">", figures.label(0, column), "</th>");
        }
        out.put("</tr></thead>");
        for area in 0..areas {
            if has_parts || area == 0 {
                out.put("<tbody>");
            }
            if has_parts {
                out.put("<tr><th scope=\"rowgroup\" colspan=\"");
                crate::show::number::push_plain(out, i64::try_from(figures.count(0)).unwrap_or(0) + 1);
                push_element(out, "\">", figures.label(AREA, area), "</th></tr>");
            }
            for group in 0..figures.count(GROUP) {
                for period in 0..figures.count(PERIOD) {
                    push_row(out, &figures, &axes, [0, period, area, group]);
                }
            }
            if has_parts || area + 1 == areas {
                out.put("</tbody>");
            }
        }
    }
    out.put("</table></div>");
}

/// A row per figure.
fn push_single(out: &mut String, figures: &Figures<'_>) {
    let axis = |at: usize| figures.cube.dimensions.get(at).map_or("", |axis| axis.label.get(figures.lang));
    let value = figures.cube.measures.first().map_or("", |measure| measure.label.get(figures.lang));
    fill(out, "{}</th><th scope=\"col\">{}</th></tr></thead><tbody>", &[axis(0), value]);
    for column in 0..figures.count(0) {
        push_element(out, "<tr><th scope=\"row\">", figures.label(0, column), "</th>");
        push_cell(out, figures, [column, 0, 0, 0]);
        out.put("</tr>");
    }
    out.put("</tbody>");
}

/// A row of one group, area and period, unless none of its cells has a meaning.
fn push_row(out: &mut String, figures: &Figures<'_>, axes: &[usize], at: Place) {
    let place = |column: usize| [column, at[PERIOD], at[AREA], at[GROUP]];
    if (0..figures.count(0)).all(|column| figures.said(place(column)) == Said::Absent) {
        return;
    }
    let mut label = String::new();
    for axis in axes {
        push_part(&mut label, figures.label(*axis, at[*axis]));
    }
    let class = if figures.is_all(at[GROUP]) && figures.count(GROUP) > 1 { " class=\"bp-group\"" } else { "" };
    fill(out, "<tr{!}><th scope=\"row\">{}</th>", &[class, &label]);
    for column in 0..figures.count(0) {
        push_cell(out, figures, place(column));
    }
    out.put("</tr>");
}

fn push_cell(out: &mut String, figures: &Figures<'_>, at: Place) {
    let said = figures.said(at);
    let class = if matches!(said, Said::Hidden | Said::Missing) { " class=\"bp-none\"" } else { "" };
    fill(out, "<td{!}>{}", &[class, &figures.value(said)]);
    push_element(out, " <small>", &figures.bracket(said), "</small>");
    if figures.shape == Shape::Gap && at[0] == figures.gap() {
        push_element(out, " <small>", unclear(said, figures.lang), "</small>");
    }
    out.put("</td>");
}
