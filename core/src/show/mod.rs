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

mod canvas;
pub mod date;
mod document;
#[cfg(feature = "compute")]
pub mod internal;
pub(crate) mod markup;
pub mod number;
mod open;
pub mod page;
mod picture;
mod scale;
pub(crate) mod shown;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod words;
mod work;
mod wrap;
#[cfg(feature = "compute")]
pub mod yearly;

use crate::cube::{About, Cube, Source};
use crate::disclosure::{Family, SafeCube};
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

/// What of a figure is shown somewhere, and so needs its explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Picture and table.
    Figure,
    /// The picture alone, of official statistics the first figure without places.
    Picture,
    /// The table alone.
    Table,
    /// The picture in words.
    Words,
}

impl Part {
    const fn has_picture(self) -> bool {
        matches!(self, Self::Figure | Self::Picture)
    }

    const fn has_table(self) -> bool {
        matches!(self, Self::Figure | Self::Table)
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

/// The newest period of a figure: chart and table, or the sentence that nothing is shown. Nothing of official
/// statistics, which words alone say.
#[cfg(feature = "compute")]
fn picture_of_newest(cube: &SafeCube, lang: Lang) -> String {
    if Family::of(cube) == Family::Open {
        return String::new();
    }
    let mut out = String::new();
    fill(&mut out, "<div class=\"bp-figure\" lang=\"{}\">", &[lang.tag()]);
    push_body(&mut out, cube, &Content::of(cube, lang).newest(), &id_of(&cube.id), lang);
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
    push_element(&mut out, "<p class=\"bp-place\">", &place(cube, &content, lang), "</p>");
    push_element(&mut out, "<p class=\"bp-notice\">", cube.about.notice.get(lang), "</p>");
    push_old(&mut out, &cube.about, view, lang);
    push_body(&mut out, cube, &content, &id, lang);
    push_element(&mut out, "<p class=\"bp-hidden\">", &hidden_note(cube, &content, lang), "</p>");
    out.put("<dl class=\"bp-about\">");
    push_entry(&mut out, words::reading(lang), &keys(cube, &content, Part::Figure, lang));
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

/// Picture and table, or the sentence that nothing is shown.
fn push_body(out: &mut String, cube: &Cube, content: &Content, id: &str, lang: Lang) {
    let title = cube.title.get(lang);
    if let Some(sentence) = instead(cube, content, lang) {
        return fill(out, "<p class=\"bp-hidden\">{}</p>", &[sentence]);
    }
    let family = Family::of(cube);
    let is_wide = if family == Family::Answers { "" } else { " bp-wide" };
    fill(out, "<div class=\"bp-body{!}\">", &[is_wide]);
    match family {
        Family::Answers => {
            picture::inline(out, content, id, title, lang);
            table::push(out, content, &[words::table_of(lang), title].concat(), lang);
        }
        Family::Open => {
            open::inline(out, cube, id, title, lang);
            open::push_table(out, cube, title, lang);
        }
        Family::Recruitment => {
            work::inline(out, cube, id, title, lang);
            work::push_table(out, cube, title, lang);
        }
    }
    out.put("</div>");
}

/// The sentence in place of picture and table when nothing is shown.
fn instead(cube: &Cube, content: &Content, lang: Lang) -> Option<&'static str> {
    match Family::of(cube) {
        Family::Answers => content.is_hidden().then(|| words::hidden_sentence(lang)),
        Family::Open => None,
        Family::Recruitment => work::instead(cube, lang),
    }
}

/// What the figures are of, where the title does not say it.
fn place(cube: &Cube, content: &Content, lang: Lang) -> String {
    match Family::of(cube) {
        Family::Answers => content.place.clone(),
        Family::Open => String::new(),
        Family::Recruitment => work::place(cube, lang),
    }
}

/// What to say about hidden figures before all else: in the other families it is among the keys.
fn hidden_note(cube: &Cube, content: &Content, lang: Lang) -> String {
    if Family::of(cube) == Family::Answers { content.hidden_note(lang) } else { String::new() }
}

/// How to read what is shown.
fn keys(cube: &Cube, content: &Content, part: Part, lang: Lang) -> Vec<&'static str> {
    match Family::of(cube) {
        Family::Answers => content.keys(lang),
        Family::Open => open::keys(cube, part, lang),
        Family::Recruitment => work::keys(cube, part, lang),
    }
}

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
