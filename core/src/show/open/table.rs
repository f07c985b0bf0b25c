//! The table of official statistics: an area a row, a figure a column.

use super::words::{caption, place};
use super::{Said, Statistics};
use crate::cube::Cube;
use crate::show::markup::{Put, fill, push_element};
use crate::show::table::{END_OF_WIDE, push_wide};
use crate::text::Lang;

/// Appends the table, in a part of the page that scrolls sideways where it must.
pub(in crate::show) fn push(out: &mut String, cube: &Cube, title: &str, lang: Lang) {
    let statistics = Statistics::of(cube, lang);
    let mut name = String::from(title);
    name.put(", ");
    name.put(&caption(&statistics, lang));
    push_wide(out, &name, lang.pick("Område", "Område", "Area"), &statistics.columns);
    out.put("<tbody>");
    for line in &statistics.lines {
        let class = if line.is_group { " class=\"bp-group\"" } else { "" };
        fill(out, "<tr{!}><th scope=\"row\">{}</th>", &[class, line.label]);
        for (column, said) in line.said.iter().enumerate() {
            let class = if matches!(said, Said::Symbol(_)) { " class=\"bp-none\"" } else { "" };
            fill(out, "<td{!}>{}", &[class, &statistics.words(*said, lang)]);
            if let Said::Number(_, Some(at)) = said
                && column == 0
            {
                push_element(out, " <small>", &place(*at, lang), "</small>");
            }
            out.put("</td>");
        }
        out.put("</tr>");
    }
    out.put("</tbody>");
    out.put(END_OF_WIDE);
}
