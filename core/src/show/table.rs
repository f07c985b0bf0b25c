//! The table of a figure: every value that the chart shows, in words.

use super::shown::{Content, Shown};
use super::{Part, View, markup, words};
use super::{push_dates, push_old, source_line};
use crate::disclosure::{Family, SafeCube};
use crate::text::Lang;
use markup::{Put, fill, push_all, push_element, push_text};

/// The table alone, to paste into a page: caption, what the mark means, how to read it, base, sources and date.
#[must_use]
pub fn table(cube: &SafeCube, view: &View, lang: Lang) -> String {
    let content = Content::of(cube, lang);
    let title = cube.title.get(lang);
    let mut out = String::new();
    fill(&mut out, "<div class=\"bp-figure\" lang=\"{}\">", &[lang.tag()]);
    push_element(&mut out, "<p class=\"bp-notice\"><strong>", cube.about.notice.get(lang), "</strong></p>");
    push_old(&mut out, &cube.about, view, lang);
    let mut caption = String::from(title);
    let place = super::place(cube, &content, lang);
    if !place.is_empty() {
        push_all(&mut caption, &[", ", &place]);
    }
    match (super::instead(cube, &content, lang), Family::of(cube)) {
        (Some(sentence), _) => {
            push_element(&mut out, "<p><strong>", &caption, "</strong></p>");
            fill(&mut out, "<p class=\"bp-hidden\">{}</p>", &[sentence]);
        }
        (None, Family::Answers) => push(&mut out, &content, &caption, lang),
        (None, Family::Open) => super::open::push_table(&mut out, cube, title, lang),
        (None, Family::Recruitment) => super::work::push_table(&mut out, cube, title, lang),
    }
    push_element(&mut out, "<p class=\"bp-hidden\">", &super::hidden_note(cube, &content, lang), "</p>");
    for key in super::keys(cube, &content, Part::Table, lang) {
        fill(&mut out, "<p>{}</p>", &[key]);
    }
    push_end(&mut out, cube, lang);
    out
}

/// Base, sources and date, and the end of the table's frame.
fn push_end(out: &mut String, cube: &SafeCube, lang: Lang) {
    push_element(out, "<p>", cube.about.base.get(lang), "</p>");
    out.put("<p>");
    if !cube.about.sources.is_empty() {
        push_all(out, &[words::source(cube.about.sources.len() > 1, lang), ": "]);
        for (place, source) in cube.about.sources.iter().enumerate() {
            out.put(if place > 0 { "; " } else { "" });
            push_text(out, &source_line(source, lang));
        }
        out.put(". ");
    }
    push_all(out, &[words::updated(lang), " "]);
    push_dates(out, &cube.about, lang);
    out.put(".</p></div>");
}

/// Begins a table of many columns, in a part of the page that scrolls sideways where it must and that the keyboard reaches.
/// [`END_OF_WIDE`] ends it.
pub(super) fn push_wide(out: &mut String, name: &str, row_head: &str, columns: &[&str]) {
    fill(
        out,
        "<div class=\"bp-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table class=\"bp-table bp-open\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
        &[name, name, row_head],
    );
    for column in columns {
        push_element(out, "<th scope=\"col\">", column, "</th>");
    }
    out.put("</tr></thead>");
}

pub(super) const END_OF_WIDE: &str = "</table></div>";

/// Appends a `<table>` of two columns, grouped by panel. A hidden panel is the one sentence.
pub(super) fn push(out: &mut String, content: &Content, caption: &str, lang: Lang) {
    fill(
        out,
        "<table class=\"bp-table\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>",
        &[caption, &content.row_head, words::share(lang)],
    );
    for panel in &content.panels {
        out.put("<tbody>");
        push_element(out, "<tr><th scope=\"rowgroup\" colspan=\"2\">", &panel.heading, "</th></tr>");
        if panel.is_hidden() {
            fill(out, "<tr><td colspan=\"2\" class=\"bp-hidden\">{}</td></tr>", &[words::hidden_sentence(lang)]);
        } else {
            for row in &panel.rows {
                let class = if row.shown == Shown::Hidden { " class=\"bp-none\"" } else { "" };
                let texts = [row.label.as_str(), class, &row.shown.words(lang)];
                fill(out, "<tr><th scope=\"row\">{}</th><td{!}>{}", &texts);
                push_element(out, " <small>(", &row.shown.detail(lang), ")</small>");
                out.put("</td></tr>");
            }
        }
        out.put("</tbody>");
    }
    out.put("</table>");
}
