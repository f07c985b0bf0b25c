//! The report: every figure of a run on one page, to read or print.

use super::{CLOSE, File, file, link, open, push_explained, push_top, words};
use crate::disclosure::SafeCube;
use crate::show::View;
use crate::show::markup::{id_of, push_all, push_element};
use crate::text::{Lang, Text};

/// `index.html` in one language: a plain, printable report with every figure, how it was made and what can be
/// downloaded. `view.id` is not used: each figure takes the id of its cube.
#[must_use]
pub fn report(cubes: &[SafeCube], region: &Text, view: &View, lang: Lang) -> String {
    let mut heading = String::from("Bygdepuls");
    if !region.get(lang).is_empty() {
        push_all(&mut heading, &[lang.pick(" for ", " for ", " for "), region.get(lang)]);
    }
    let mut out = open(&heading, "index", "bp-page", "", lang);
    push_top(&mut out, "index", &heading, words::report_lead(lang), lang);
    if cubes.len() > 1 {
        push_all(&mut out, &["<nav class=\"bp-contents\" aria-label=\"", words::contents(lang), "\"><ul>"]);
        for cube in cubes {
            push_all(&mut out, &["<li><a href=\"#", &id_of(&cube.id), "-h\">"]);
            push_element(&mut out, "", cube.title.get(lang), "</a></li>");
        }
        out.push_str("</ul></nav>\n");
    }
    for cube in cubes {
        out.push_str("<article class=\"bp-entry\">");
        push_explained(&mut out, cube, view, lang);
        push_downloads(&mut out, &cube.id, lang);
        out.push_str("</article>\n");
    }
    out.push_str("</main>\n<footer class=\"bp-foot\"><p>");
    out.push_str(&link(&file("report", File::Page, lang), words::to_yearly(lang)));
    out.push_str("</p><p>");
    out.push_str(&link(&file("brief", File::Page, lang), words::to_brief(lang)));
    out.push_str("</p><p>");
    out.push_str(&link(&file("embed", File::Page, lang), words::to_embed(lang)));
    push_all(&mut out, &["</p></footer>", CLOSE]);
    out
}

fn push_downloads(out: &mut String, id: &str, lang: Lang) {
    push_all(out, &["<div class=\"bp-downloads\"><h3>", words::downloads(lang), "</h3>\n<ul>"]);
    for (kind, text) in [
        (File::Data, words::data(lang)),
        (File::Csv, words::csv(lang)),
        (File::Svg, words::svg(lang)),
        (File::Png, words::png(lang)),
        (File::Alt, words::alt(lang)),
        (File::Table, words::table(lang)),
    ] {
        push_all(out, &["<li>", &link(&file(id, kind, lang), text), "</li>"]);
    }
    out.push_str("</ul></div>\n");
}
