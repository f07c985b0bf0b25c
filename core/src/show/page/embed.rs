//! The page that shows how to embed a figure, with the figure embedded.

use super::{CLOSE, File, file, link, open, push_top, words};
use crate::disclosure::SafeCube;
use crate::show::markup::{escaped, push_all, push_element, push_text};
use crate::show::shown::Content;
use crate::show::{View, figure};
use crate::text::{Lang, Text};

/// Stands in snippets when the address of the folder is not known.
pub(crate) const UNKNOWN: &str = "https://www.example.org/";

/// Loads the widget on our own page. Until its files are there, the figures inside the elements stand.
const SCRIPT: &str = "<script type=\"module\" src=\"assets/bygdepuls.js\"></script>\n";

/// `embed.html` in one language: each figure as the widget with the whole figure as its fallback, and the code to paste
/// for three kinds of publishing systems. `address` is where the folder will be on the web (`https://…/`), or empty.
#[must_use]
pub fn embed(cubes: &[SafeCube], region: &Text, view: &View, address: &str, lang: Lang) -> String {
    let mut heading = String::from(words::to_embed(lang));
    if !region.get(lang).is_empty() {
        push_all(&mut heading, &[": ", region.get(lang)]);
    }
    let mut base = String::from(if address.is_empty() { UNKNOWN } else { address });
    if !base.ends_with('/') {
        base.push('/');
    }
    let mut out = open(&heading, "embed", "bp-page", SCRIPT, lang);
    push_top(&mut out, "embed", &heading, words::embed_lead(lang), lang);
    if address.is_empty() {
        push_all(&mut out, &["<p>", words::address_note(lang), "</p>\n"]);
    }
    for cube in cubes {
        push_element(&mut out, "<article class=\"bp-entry\"><h2>", cube.title.get(lang), "</h2>\n");
        push_way(&mut out, words::way_element(lang), words::way_element_help(lang));
        push_code(&mut out, &element(cube, &base, lang));
        push_way(&mut out, words::way_frame(lang), words::way_frame_help(lang));
        push_code(&mut out, &frame(cube, &base, lang));
        push_way(&mut out, words::way_picture(lang), words::way_picture_help(lang));
        out.push_str("<ul>");
        for (kind, text) in [
            (File::Svg, words::svg(lang)),
            (File::Png, words::png(lang)),
            (File::Alt, words::alt(lang)),
            (File::Table, words::table(lang)),
        ] {
            push_all(&mut out, &["<li>", &link(&file(&cube.id, kind, lang), text), "</li>"]);
        }
        push_all(&mut out, &["</ul>\n<h3>", words::example(lang), "</h3>\n<div class=\"bp-example\">\n"]);
        let data = escaped(&file(&cube.id, File::Data, lang));
        let attributes = ["\" lang=\"", lang.tag(), "\" heading-level=\"4\">\n"].concat();
        let view = View { id: cube.id.clone(), heading_level: 4, ..view.clone() };
        push_all(&mut out, &["<bygdepuls-indicator src=\"", &data, &attributes]);
        out.push_str(&figure(cube, &view, lang));
        out.push_str("\n</bygdepuls-indicator>\n</div>\n</article>\n");
    }
    out.push_str("</main>\n<footer class=\"bp-foot\"><p>");
    out.push_str(&link(&file("index", File::Page, lang), words::to_report(lang)));
    push_all(&mut out, &["</p></footer>", CLOSE]);
    out
}

fn push_way(out: &mut String, heading: &str, help: &str) {
    push_all(out, &["<h3>", heading, "</h3>\n<p>", help, "</p>\n"]);
}

/// A snippet as text. Its lines wrap, so nothing scrolls sideways.
fn push_code(out: &mut String, code: &str) {
    out.push_str("<pre class=\"bp-code\"><code>");
    // Line breaks mean something here, so each line is escaped by itself.
    for (place, line) in code.lines().enumerate() {
        out.push_str(if place > 0 { "\n" } else { "" });
        push_text(out, line);
    }
    out.push_str("</code></pre>\n");
}

/// The element, with a link inside for where scripts fail: a link does not grow old, a pasted table does.
fn element(cube: &SafeCube, base: &str, lang: Lang) -> String {
    let mut out = String::new();
    push_all(&mut out, &["<script type=\"module\" src=\"", &escaped(base), "assets/bygdepuls.js\"></script>\n"]);
    let data = escaped(&file(&cube.id, File::Data, lang));
    push_all(&mut out, &["<bygdepuls-indicator src=\"", &escaped(base), &data, "\" lang=\"", lang.tag(), "\">\n"]);
    let mut href = String::from(base);
    href.push_str(&file(&cube.id, File::Page, lang));
    push_all(&mut out, &["  ", &link(&href, cube.title.get(lang)), "\n</bygdepuls-indicator>"]);
    out
}

/// A height that holds the figure: by its number of rows, never by what they show.
pub(crate) fn frame_height(content: &Content) -> i64 {
    let rows: usize = content.panels.iter().map(|panel| panel.rows.len() + 2).sum();
    750 + 75 * i64::try_from(rows).unwrap_or(0).min(40)
}

/// The frame, with a height that holds the figure in a column of text.
fn frame(cube: &SafeCube, base: &str, lang: Lang) -> String {
    let height = frame_height(&Content::of(cube, lang));
    let mut out = String::new();
    let page = escaped(&file(&cube.id, File::Page, lang));
    push_all(&mut out, &["<iframe src=\"", &escaped(base), &page, "\" title=\"", &escaped(cube.title.get(lang))]);
    out.push_str("\"\n  width=\"100%\" height=\"");
    crate::show::number::push_plain(&mut out, height);
    out.push_str("\" loading=\"lazy\" sandbox></iframe>");
    out
}
