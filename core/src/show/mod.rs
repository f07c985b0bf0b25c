//! A safe cube as an accessible picture and table, in bokmål, nynorsk and English.
//!
//! | what | function | for |
//! |---|---|---|
//! | a figure: heading, chart, table, base, source, date | [`figure`], with [`CSS`] | reports and the widget |
//! | the chart alone, complete with text | [`svg`], and its words as [`alt_text`] | a picture in an article |
//! | the table alone | [`table`] | a publishing system that takes neither scripts nor files |
//! | whole pages | [`page`] | `index.html`, `embed.html`, the page in an iframe |
//! | exact figures for those bound by confidentiality | [`internal`] (feature `compute`) | `out/internal` |
//! | the yearly report of all that, in one document | [`yearly`] (feature `compute`) | `out/internal` |
//!
//! Nothing here has an inline style or script, so it works under a strict Content-Security-Policy. Everything public is
//! made from what the module `shown` reads out of a cube: a band, a whole percent, or the mark for what is not shown.

pub mod date;
mod document;
#[cfg(feature = "compute")]
pub mod internal;
pub(crate) mod markup;
pub mod number;
#[cfg(feature = "compute")]
mod open;
pub mod page;
mod picture;
pub(crate) mod shown;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod words;
mod wrap;
#[cfg(feature = "compute")]
pub mod yearly;

use crate::cube::{About, Cube, Source};
use crate::disclosure::SafeCube;
use crate::text::Lang;
use markup::{Put, fill, id_of, push_all, push_element};
use shown::Content;

#[cfg(feature = "audit-page")]
pub(crate) use document::DARK;
#[cfg(feature = "compute")]
pub use document::newest_in_words;
#[cfg(feature = "compute")]
pub(crate) use document::newest_lines;
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
    let (method, protection) = (cube.about.method.get(lang), cube.about.protection.get(lang));
    if !method.is_empty() || !protection.is_empty() {
        fill(&mut out, "<details class=\"bp-more\"><summary>{}</summary>", &[words::method_and_protection(lang)]);
        push_element(&mut out, "<p>", method, "</p>");
        push_element(&mut out, "<p>", protection, "</p>");
        out.put("</details>");
    }
    out.put("</figure>");
    out
}

/// The newest period of a figure: chart and table, or the sentence that nothing is shown.
#[cfg(feature = "compute")]
fn picture_of_newest(cube: &SafeCube, lang: Lang) -> String {
    if is_open(cube) {
        return String::new();
    }
    let content = Content::of(cube, lang).newest();
    let id = id_of(&cube.id);
    let title = cube.title.get(lang);
    let mut out = String::new();
    fill(&mut out, "<div class=\"bp-figure\" lang=\"{}\">", &[lang.tag()]);
    if content.is_hidden() {
        fill(&mut out, "<p class=\"bp-hidden\">{}</p>", &[words::hidden_sentence(lang)]);
    } else {
        out.put("<div class=\"bp-body\">");
        picture::inline(&mut out, &content, &id, title, lang);
        let mut caption = String::from(words::table_of(lang));
        caption.put(title);
        table::push(&mut out, &content, &caption, lang);
        out.put("</div>");
    }
    out.put("</div>\n");
    out
}

/// The figure up to where method and protection follow.
fn figure_open(cube: &Cube, view: &View, lang: Lang) -> String {
    let content = Content::of(cube, lang);
    let id = id_of(if view.id.is_empty() { &cube.id } else { &view.id });
    let title = cube.title.get(lang);
    let level = ["1", "2", "3", "4", "5", "6"][usize::from(view.heading_level.clamp(1, 6)) - 1];
    let mut out = String::new();
    fill(
        &mut out,
        "<figure class=\"bp-figure\" lang=\"{}\" aria-labelledby=\"{}-h\"><h{} class=\"bp-title\" id=\"{}-h\">{}</h{}>",
        &[lang.tag(), &id, level, &id, title, level],
    );
    if !is_open(cube) {
        push_element(&mut out, "<p class=\"bp-place\">", &content.place, "</p>");
    }
    push_element(&mut out, "<p class=\"bp-notice\">", cube.about.notice.get(lang), "</p>");
    push_old(&mut out, &cube.about, view, lang);
    if is_open(cube) {
        push_open(&mut out, cube, &id, lang);
    } else if content.is_hidden() {
        fill(&mut out, "<p class=\"bp-hidden\">{}</p>", &[words::hidden_sentence(lang)]);
    } else {
        out.put("<div class=\"bp-body\">");
        picture::inline(&mut out, &content, &id, title, lang);
        let mut caption = String::from(words::table_of(lang));
        caption.put(title);
        table::push(&mut out, &content, &caption, lang);
        out.put("</div>");
    }
    if !is_open(cube) {
        push_element(&mut out, "<p class=\"bp-hidden\">", &content.hidden_note(lang), "</p>");
    }
    out.put("<dl class=\"bp-about\">");
    push_keys(&mut out, cube, &content, lang);
    push_entry(&mut out, words::base(lang), &[cube.about.base.get(lang)]);
    push_sources(&mut out, &cube.about.sources, lang);
    if !cube.about.updated.is_empty() {
        let mut dates = String::new();
        push_dates(&mut dates, &cube.about, lang);
        fill(&mut out, "<div><dt>{}</dt><dd>{!}</dd></div>", &[words::updated(lang), &dates]);
    }
    out.put("</dl>");
    out
}

/// Whether a cube is of official statistics. What a page loads draws none: see [`crate::export::jsonstat::read`].
#[cfg(feature = "compute")]
fn is_open(cube: &Cube) -> bool {
    crate::disclosure::open::is_open(cube)
}

#[cfg(not(feature = "compute"))]
const fn is_open(_: &Cube) -> bool {
    false
}

/// Picture and table of official statistics.
#[cfg(feature = "compute")]
fn push_open(out: &mut String, cube: &Cube, id: &str, lang: Lang) {
    let title = cube.title.get(lang);
    out.put("<div class=\"bp-body bp-wide\">");
    open::inline(out, cube, id, title, lang);
    open::push_table(out, cube, title, lang);
    out.put("</div>");
}

#[cfg(not(feature = "compute"))]
const fn push_open(_: &mut String, _: &Cube, _: &str, _: Lang) {}

/// Appends a date for people and machines.
fn push_time(out: &mut String, iso: &str, lang: Lang) {
    fill(out, "<time datetime=\"{}\">{}</time>", &[iso, &date::words(iso, lang)]);
}

/// The date of the edition, and the date up to which it holds: so a reader without script sees when it is old.
fn push_dates(out: &mut String, about: &About, lang: Lang) {
    push_time(out, &about.updated, lang);
    if !about.valid_until.is_empty() {
        out.put(words::valid_until(lang));
        push_time(out, &about.valid_until, lang);
    }
}

/// Says that a figure is past its date.
fn push_old(out: &mut String, about: &About, view: &View, lang: Lang) {
    if view.today.as_deref().is_some_and(|today| date::is_after(today, &about.valid_until)) {
        let (before, after) = words::old(lang);
        out.put("<p class=\"bp-old\">");
        out.put(before);
        push_time(out, &about.valid_until, lang);
        fill(out, "{}</p>", &[after]);
    }
}

/// How to read what is shown, as one entry of the list under a figure.
fn push_keys(out: &mut String, cube: &Cube, content: &Content, lang: Lang) {
    #[cfg(feature = "compute")]
    if is_open(cube) {
        return push_entry(out, words::reading(lang), &open::keys(cube, open::Part::Figure, lang));
    }
    let _ = cube;
    let keys = content.keys(lang);
    push_entry(out, words::reading(lang), &keys);
}

fn push_sources(out: &mut String, sources: &[Source], lang: Lang) {
    let lines: Vec<String> = sources.iter().map(|source| source_line(source, lang)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    push_entry(out, words::source(lines.len() > 1, lang), &lines);
}

/// Appends one name with its descriptions; nothing when there are none.
fn push_entry(out: &mut String, name: &str, descriptions: &[&str]) {
    if descriptions.iter().any(|description| !description.is_empty()) {
        fill(out, "<div><dt>{}</dt>", &[name]);
        for description in descriptions {
            fill(out, "<dd>{}</dd>", &[description]);
        }
        out.put("</div>");
    }
}

/// A source in words: name, date, licence. Not escaped.
pub(crate) fn source_line(source: &Source, lang: Lang) -> String {
    let mut line = String::from(source.name.get(lang));
    if !source.date.is_empty() {
        push_all(&mut line, &[", ", &date::words(&source.date, lang)]);
    }
    if !source.licence.is_empty() {
        push_all(&mut line, &[" (", words::licence(lang), " ", &source.licence, ")"]);
    }
    line
}
