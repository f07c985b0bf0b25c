//! A safe cube as an accessible picture and table, in bokmål, nynorsk and English.
//!
//! | what | function | for |
//! |---|---|---|
//! | a figure: heading, chart, table, base, source, date | [`figure`], with [`CSS`] | reports and the widget |
//! | the chart alone, complete with text | [`svg`], and its words as [`alt_text`] | a picture in an article |
//! | the table alone | [`table`] | a publishing system that takes neither scripts nor files |
//! | whole pages | [`page`] | `index.html`, `embed.html`, the page in an iframe |
//! | exact figures for those bound by confidentiality | [`internal`] (feature `compute`) | `out/internal` |
//!
//! Nothing here has an inline style or script, so it works under a strict Content-Security-Policy. Everything public is
//! made from what [`shown`] reads out of a cube: a band, a whole percent, or the mark for what is not shown.

pub mod date;
mod document;
#[cfg(feature = "compute")]
pub mod internal;
mod markup;
pub mod number;
pub mod page;
mod picture;
mod shown;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod wrap;

use crate::cube::{About, Cube, Source};
use crate::disclosure::SafeCube;
use crate::text::Lang;
use markup::{escaped, id_of, push_all, push_element, push_text};
use shown::Content;

pub use document::{alt_text, svg};
pub use table::table;

/// The stylesheet of [`figure`]. Colours come from Designsystemet's `--ds-*` properties where the page has them, and
/// follow the page's `color-scheme`.
pub const CSS: &str = include_str!("figure.css");

/// How a figure sits in its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Today, ISO 8601. With it, a figure past its date says that it is old.
    pub today: Option<String>,
    /// Level of the figure's heading, 1 to 6.
    pub heading_level: u8,
    /// Start of every `id` in the figure, unique in the page. Empty: the id of the cube.
    pub id: String,
}

impl Default for View {
    fn default() -> Self {
        Self { today: None, heading_level: 2, id: String::new() }
    }
}

/// A figure as an HTML fragment: heading, notice, chart, table, what is not shown and why, how to read it, base,
/// sources, date. Style it with [`CSS`].
#[must_use]
pub fn figure(cube: &SafeCube, view: &View, lang: Lang) -> String {
    let mut out = figure_open(cube, view, lang);
    if !cube.about.method.get(lang).is_empty() || !cube.about.protection.get(lang).is_empty() {
        push_all(&mut out, &["<details class=\"bp-more\"><summary>", words::method_and_protection(lang), "</summary>"]);
        push_element(&mut out, "<p>", cube.about.method.get(lang), "</p>");
        push_element(&mut out, "<p>", cube.about.protection.get(lang), "</p>");
        out.push_str("</details>");
    }
    out.push_str("</figure>");
    out
}

/// The figure up to where method and protection follow.
fn figure_open(cube: &Cube, view: &View, lang: Lang) -> String {
    let content = Content::of(cube, lang);
    let id = id_of(if view.id.is_empty() { &cube.id } else { &view.id });
    let title = cube.title.get(lang);
    let level = ["1", "2", "3", "4", "5", "6"][usize::from(view.heading_level.clamp(1, 6)) - 1];
    let mut out = String::new();
    push_all(&mut out, &["<figure class=\"bp-figure\" lang=\"", lang.tag(), "\" aria-labelledby=\"", &id, "-h\">"]);
    push_all(&mut out, &["<h", level, " class=\"bp-title\" id=\"", &id, "-h\">"]);
    push_text(&mut out, title);
    push_all(&mut out, &["</h", level, ">"]);
    push_element(&mut out, "<p class=\"bp-place\">", &content.place, "</p>");
    push_element(&mut out, "<p class=\"bp-notice\">", cube.about.notice.get(lang), "</p>");
    push_old(&mut out, &cube.about, view, lang);
    if content.is_hidden() {
        push_all(&mut out, &["<p class=\"bp-hidden\">", words::hidden_sentence(lang), "</p>"]);
    } else {
        out.push_str("<div class=\"bp-body\">");
        out.push_str(&picture::inline(&content, &id, title, lang));
        let mut caption = String::from(words::table_of(lang));
        caption.push_str(title);
        table::push(&mut out, &content, &caption, lang);
        out.push_str("</div>");
    }
    push_element(&mut out, "<p class=\"bp-hidden\">", &content.hidden_note(lang), "</p>");
    out.push_str("<dl class=\"bp-about\">");
    push_keys(&mut out, &content, lang);
    push_element(&mut out, &term(words::base(lang)), cube.about.base.get(lang), "</dd></div>");
    push_sources(&mut out, &cube.about.sources, lang);
    if !cube.about.updated.is_empty() {
        out.push_str(&term(words::updated(lang)));
        push_dates(&mut out, &cube.about, lang);
        out.push_str("</dd></div>");
    }
    out.push_str("</dl>");
    out
}

/// Opens one entry of the list under a figure.
fn term(name: &str) -> String {
    let mut out = String::new();
    push_all(&mut out, &["<div><dt>", name, "</dt><dd>"]);
    out
}

/// A date for people and machines.
fn time(iso: &str, lang: Lang) -> String {
    let mut out = String::new();
    push_all(&mut out, &["<time datetime=\"", &escaped(iso), "\">", &escaped(&date::words(iso, lang)), "</time>"]);
    out
}

/// The date of the edition, and the date up to which it holds: so a reader without script sees when it is old.
fn push_dates(out: &mut String, about: &About, lang: Lang) {
    out.push_str(&time(&about.updated, lang));
    if !about.valid_until.is_empty() {
        push_all(out, &[words::valid_until(lang), &time(&about.valid_until, lang)]);
    }
}

/// Says that a figure is past its date.
fn push_old(out: &mut String, about: &About, view: &View, lang: Lang) {
    if view.today.as_deref().is_some_and(|today| date::is_after(today, &about.valid_until)) {
        let (before, after) = words::old(lang);
        push_all(out, &["<p class=\"bp-old\">", before, &time(&about.valid_until, lang), after, "</p>"]);
    }
}

/// How to read what is shown, as one entry of the list under a figure.
fn push_keys(out: &mut String, content: &Content, lang: Lang) {
    let keys = content.keys(lang);
    if !keys.is_empty() {
        push_all(out, &["<div><dt>", words::reading(lang), "</dt>"]);
        for key in keys {
            push_all(out, &["<dd>", key, "</dd>"]);
        }
        out.push_str("</div>");
    }
}

fn push_sources(out: &mut String, sources: &[Source], lang: Lang) {
    if sources.is_empty() {
        return;
    }
    out.push_str("<div><dt>");
    out.push_str(words::source(sources.len() > 1, lang));
    out.push_str("</dt>");
    for source in sources {
        push_element(out, "<dd>", &source_line(source, lang), "</dd>");
    }
    out.push_str("</div>");
}

/// A source in words: name, date, licence.
fn source_line(source: &Source, lang: Lang) -> String {
    let mut line = String::from(source.name.get(lang));
    if !source.date.is_empty() {
        push_all(&mut line, &[", ", &date::words(&source.date, lang)]);
    }
    if !source.licence.is_empty() {
        push_all(&mut line, &[" (", words::licence(lang), " ", &source.licence, ")"]);
    }
    line
}
