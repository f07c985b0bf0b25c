//! The table of recruitment: a figure a column, groups, areas and periods as rows. Of a single row the figures are the
//! rows, which needs no more width than a phone has.

use super::words::{caption, unclear};
use super::{AREA, FIGURE, Figures, GROUP, PERIOD, Place, Said, Shape, push_part};
use crate::cube::Cube;
use crate::show::markup::{Put, fill, push_element};
use crate::show::number::push_plain;
use crate::show::shown::push_head;
use crate::show::table::{END_OF_WIDE, push_wide};
use crate::text::Lang;

/// Appends the table.
pub(in crate::show) fn push(out: &mut String, cube: &Cube, title: &str, lang: Lang) {
    let figures = Figures::of(cube, lang);
    let name = caption(&figures, title);
    let areas = figures.count(AREA);
    let has_parts = areas > 1 && (figures.count(GROUP) > 1 || figures.count(PERIOD) > 1);
    let mut axes = Vec::new();
    for axis in [GROUP, AREA, PERIOD] {
        if figures.count(axis) > 1 && !(axis == AREA && has_parts) {
            axes.push(axis);
        }
    }
    let axis = |at: usize| cube.dimensions.get(at).map_or("", |axis| axis.label.get(lang));
    let mut columns = Vec::new();
    for column in 0..figures.count(FIGURE) {
        columns.push(figures.label(FIGURE, column));
    }
    if axes.is_empty() {
        // Of a single row the figures are the rows.
        push_wide(out, &name, axis(FIGURE), &[lang.pick("Verdi", "Verdi", "Value")]);
        out.put("<tbody>");
        for (column, label) in columns.iter().enumerate() {
            push_element(out, "<tr><th scope=\"row\">", label, "</th>");
            push_cell(out, &figures, [column, 0, 0, 0]);
            out.put("</tr>");
        }
    } else {
        let mut head = String::new();
        for at in &axes {
            push_head(&mut head, axis(*at));
        }
        push_wide(out, &name, &head, &columns);
        for area in 0..areas {
            if has_parts || area == 0 {
                out.put(if area > 0 { "</tbody><tbody>" } else { "<tbody>" });
            }
            if has_parts {
                out.put("<tr><th scope=\"rowgroup\" colspan=\"");
                push_plain(out, i64::try_from(columns.len()).unwrap_or(0) + 1);
                push_element(out, "\">", figures.label(AREA, area), "</th></tr>");
            }
            for group in 0..figures.count(GROUP) {
                // A field of which nothing is shown is one row and not one for each period.
                let (axes, periods) = match figures.count(GROUP) > 1 && figures.is_unknown(area, group) {
                    true => (&axes[..axes.len().saturating_sub(1)], 1),
                    false => (&axes[..], figures.count(PERIOD)),
                };
                for period in 0..periods {
                    push_row(out, &figures, axes, [0, period, area, group]);
                }
            }
        }
    }
    out.put("</tbody>");
    out.put(END_OF_WIDE);
}

impl Figures<'_> {
    /// Whether several periods of an area and group are all hidden.
    fn is_unknown(&self, area: usize, group: usize) -> bool {
        let periods = self.count(PERIOD);
        let hidden = |figure| move |period| self.said([figure, period, area, group]) == Said::Hidden;
        periods > 1 && (0..self.count(FIGURE)).all(|figure| (0..periods).all(hidden(figure)))
    }
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
