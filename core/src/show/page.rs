//! Whole pages: the report, the page that shows how to embed a figure, and the page for an iframe.
//!
//! One page per language. Bokmål has the plain name (`index.html`), the others their tag (`index.nn.html`,
//! `index.en.html`); [`file()`] makes all names. Every page is complete without script, has no inline style or script, and
//! looks for `assets/bygdepuls.css` ([`super::CSS`]) and `assets/page.css` ([`CSS`]) beside it.

#[cfg(feature = "compute")]
pub mod brief;
pub(crate) mod embed;
#[cfg(feature = "compute")]
pub(crate) mod measures;
mod report;
pub(crate) mod words;
#[cfg(feature = "compute")]
pub mod yearly;

use super::markup::{escaped, push_all, push_element};
use super::words as figure_words;
use super::{View, figure, figure_open};
use crate::disclosure::SafeCube;
use crate::text::Lang;

#[cfg(feature = "compute")]
pub use brief::brief;
pub use embed::embed;
#[cfg(feature = "compute")]
pub use measures::measures;
pub use report::report;
#[cfg(feature = "compute")]
pub use yearly::yearly;

/// The stylesheet of pages, written to `assets/page.css`.
pub const CSS: &str = include_str!("page/page.css");

/// One of the files that are written for an indicator, or for a whole report under the stems `index` and `embed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The cube, JSON-stat: `return_intent.json`, one for all languages.
    Data,
    /// The cube, CSV: `return_intent.csv`, one for all languages.
    Csv,
    /// A page: `return_intent.html`, `return_intent.nn.html`.
    Page,
    /// The SVG document: `return_intent.svg`, …
    Svg,
    /// The picture: `return_intent.png`, …
    Png,
    /// The picture's alternative text: `return_intent.alt.txt`, …
    Alt,
    /// The table to paste: `return_intent.table.html`, …
    Table,
    /// Plain text: `brief.txt`, `brief.nn.txt`, …
    Text,
}

/// The name of a file. Names stay the same from year to year.
#[must_use]
pub fn file(stem: &str, file: File, lang: Lang) -> String {
    let (by_language, ending) = match file {
        File::Data => (false, ".json"),
        File::Csv => (false, ".csv"),
        File::Page => (true, ".html"),
        File::Svg => (true, ".svg"),
        File::Png => (true, ".png"),
        File::Alt => (true, ".alt.txt"),
        File::Table => (true, ".table.html"),
        File::Text => (true, ".txt"),
    };
    let mut name = String::from(stem);
    if by_language && lang != Lang::Nb {
        push_all(&mut name, &[".", lang.tag()]);
    }
    name.push_str(ending);
    name
}

/// The page for an iframe: one figure and nothing else. Complete without script.
#[must_use]
pub fn standalone(cube: &SafeCube, view: &View, lang: Lang) -> String {
    let mut out = open(cube.title.get(lang), "", "bp-page bp-alone", "", lang);
    push_all(&mut out, &["<main>", &figure(cube, &View { heading_level: 1, ..view.clone() }, lang), "</main>"]);
    out.push_str(CLOSE);
    out
}

/// Opens a page up to and with `<body>`. `stem` names the page in the other languages; `scripts` is markup of ours.
fn open(title: &str, stem: &str, class: &str, scripts: &str, lang: Lang) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    push_all(&mut out, &[lang.tag(), "\">\n<head>\n<meta charset=\"utf-8\">\n"]);
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    push_element(&mut out, "<title>", title, "</title>\n");
    out.push_str("<link rel=\"stylesheet\" href=\"assets/bygdepuls.css\">\n");
    out.push_str("<link rel=\"stylesheet\" href=\"assets/page.css\">\n");
    if !stem.is_empty() {
        for other in Lang::ALL {
            let name = file(stem, File::Page, other);
            push_all(&mut out, &["<link rel=\"alternate\" hreflang=\"", other.tag(), "\" href=\"", &name, "\">\n"]);
        }
    }
    push_all(&mut out, &[scripts, "</head>\n<body class=\"", class, "\">\n"]);
    out
}

/// Closes what [`open`] opened.
const CLOSE: &str = "\n</body>\n</html>\n";

/// The top of a page: a link past it, the languages, the heading and a first paragraph.
fn push_top(out: &mut String, stem: &str, heading: &str, lead: &str, lang: Lang) {
    push_all(out, &["<a class=\"bp-skip\" href=\"#innhold\">", words::skip(lang), "</a>\n<header class=\"bp-top\">\n"]);
    push_all(out, &["<nav aria-label=\"", words::languages(lang), "\"><ul class=\"bp-languages\">"]);
    for (other, name) in Lang::ALL.into_iter().zip(["Bokmål", "Nynorsk", "English"]) {
        let current = if other == lang { " aria-current=\"page\"" } else { "" };
        let (tag, href) = (other.tag(), file(stem, File::Page, other));
        push_all(out, &["<li><a href=\"", &href, "\" lang=\"", tag, "\" hreflang=\"", tag, "\"", current]);
        push_all(out, &[">", name, "</a></li>"]);
    }
    out.push_str("</ul></nav>\n");
    push_element(out, "<h1>", heading, "</h1>\n");
    push_element(out, "<p class=\"bp-lead\">", lead, "</p>\n");
    out.push_str("</header>\n<main id=\"innhold\">\n");
}

/// A figure on a page of several, and below it how it was made and protected.
fn push_explained(out: &mut String, cube: &SafeCube, view: &View, lang: Lang) {
    let view = View { id: cube.id.clone(), heading_level: 2, ..view.clone() };
    push_all(out, &[&figure_open(cube, &view, lang), "</figure>\n"]);
    for (name, text) in
        [(figure_words::method(lang), &cube.about.method), (figure_words::protection(lang), &cube.about.protection)]
    {
        if !text.get(lang).is_empty() {
            push_all(out, &["<h3>", name, "</h3>\n"]);
            push_element(out, "<p>", text.get(lang), "</p>\n");
        }
    }
}

/// A link, both parts escaped.
fn link(href: &str, text: &str) -> String {
    let mut out = String::new();
    push_all(&mut out, &["<a href=\"", &escaped(href), "\">", &escaped(text), "</a>"]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_the_same() {
        assert_eq!(file("return_intent", File::Page, Lang::Nb), "return_intent.html");
        assert_eq!(file("return_intent", File::Page, Lang::Nn), "return_intent.nn.html");
        assert_eq!(file("return_intent", File::Data, Lang::En), "return_intent.json");
        assert_eq!(file("return_intent", File::Table, Lang::En), "return_intent.en.table.html");
        assert_eq!(file("index", File::Page, Lang::Nb), "index.html");
    }
}
