//! The table of official statistics: an area a row, a figure a column.

use super::words::{caption, place};
use super::{Said, Statistics};
use crate::cube::Cube;
use crate::show::markup::{Put, fill, push_element};
use crate::text::Lang;

/// Appends the table, in a part of the page that scrolls sideways where it must.
pub(in crate::show) fn push(out: &mut String, cube: &Cube, title: &str, lang: Lang) {
    let statistics = Statistics::of(cube, lang);
    let mut name = String::from(title);
    name.put(", ");
    name.put(&caption(&statistics, lang));
    fill(out, "<div class=\"bp-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">", &[&name]);
    let area = lang.pick("Område", "Område", "Area");
    fill(
        out,
        "<table class=\"bp-table bp-open\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
        &[&name, area],
    );
    for column in &statistics.columns {
        push_element(out, "<th scope=\"col\">", column, "</th>");
    }
    out.put("</tr></thead><tbody>");
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
    out.put("</tbody></table></div>");
}
