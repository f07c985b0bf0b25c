//! The chart as a picture of its own: a complete SVG document, and the same in words.

use super::canvas::{Canvas, Ink, WIDTH};
use super::number::push_plain;
use super::shown::{Content, Panel, Shown};
use super::{Part, date, markup, open, source_line, words, work};
use crate::cube::Cube;
use crate::disclosure::{Family, SafeCube};
use crate::text::Lang;
use markup::{push_all, push_text};

/// Space around the picture.
const MARGIN: i64 = 16;
/// Size of the title and of the text below the chart.
const TITLE: i64 = 17;
const NOTE: i64 = 11;

/// Dark colours, for a viewer that asks for them. The attributes on the elements are the light ones.
pub(crate) const DARK: &str = "<style>@media (prefers-color-scheme:dark){.bp-bg{fill:#14191f}.bp-strong,.bp-plain{fill:#f0f3f6}\
.bp-soft{fill:#b6c0cb}.bp-off{fill:#232b34;stroke:#8b96a3}.bp-on{fill:#7cb8f2;stroke:#7cb8f2}.bp-line{fill:#8b96a3}\
.bp-interval{fill:#2f5f8f;stroke:#7cb8f2}.bp-point{fill:#7cb8f2;stroke:#14191f}.bp-none{stroke:#8b96a3}\
.bp-whisker{fill:#f0f3f6;stroke:#14191f}.bp-step{stroke:#7cb8f2}}</style>";

/// The figure as an SVG document that needs nothing around it: title, notice, chart, how to read it, base, source and
/// date are in the picture, and the whole of it in words in its description.
#[must_use]
pub fn svg(cube: &SafeCube, lang: Lang) -> String {
    let content = Content::of(cube, lang);
    let title = cube.title.get(lang);
    let mut canvas = Canvas::new();
    canvas.paragraph(Ink::Strong, TITLE, title);
    canvas.paragraph(Ink::Plain, 13, &super::place(cube, &content, lang));
    let notice = cube.about.notice.get(lang);
    if !notice.is_empty() {
        canvas.y += 4;
        canvas.paragraph(Ink::Strong, 12, notice);
    }
    canvas.y += 12;
    match (super::instead(cube, &content, lang), Family::of(cube)) {
        (Some(sentence), _) => canvas.paragraph(Ink::Plain, 13, sentence),
        (None, Family::Answers) => canvas.panels(&content, lang),
        (None, Family::Open) => open::push_panels(&mut canvas, cube, lang),
        (None, Family::Recruitment) => work::push_panels(&mut canvas, cube, lang),
    }
    canvas.y += 10;
    for note in notes(cube, &content, Part::Picture, lang) {
        canvas.y += 5;
        canvas.paragraph(Ink::Soft, NOTE, &note);
    }
    let (width, height) = (WIDTH + 2 * MARGIN, canvas.y + 2 * MARGIN);
    let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    push_plain(&mut out, width);
    out.push_str("\" height=\"");
    push_plain(&mut out, height);
    out.push_str("\" viewBox=\"");
    for (place, number) in [-MARGIN, -MARGIN, width, height].into_iter().enumerate() {
        out.push_str(if place > 0 { " " } else { "" });
        push_plain(&mut out, number);
    }
    push_all(&mut out, &["\" role=\"img\" aria-labelledby=\"t d\" lang=\"", lang.tag(), "\""]);
    out.push_str(" font-family=\"Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif\"><title id=\"t\">");
    push_text(&mut out, title);
    out.push_str("</title><desc id=\"d\">");
    push_text(&mut out, &alt_text(cube, lang));
    push_all(&mut out, &["</desc>", DARK, "<rect class=\"bp-bg\" fill=\"#ffffff\""]);
    for (name, number) in [(" x=\"", -MARGIN), ("\" y=\"", -MARGIN), ("\" width=\"", width), ("\" height=\"", height)] {
        out.push_str(name);
        push_plain(&mut out, number);
    }
    push_all(&mut out, &["\"/>", &canvas.out, "</svg>"]);
    out
}

/// The figure in words, for where a picture of it is pasted: all that the picture shows, and no more.
#[must_use]
pub fn alt_text(cube: &SafeCube, lang: Lang) -> String {
    match Family::of(cube) {
        Family::Answers => in_words(cube, &Content::of(cube, lang), lang),
        Family::Open => around(cube, &open::in_words(cube, lang), lang),
        Family::Recruitment => around(cube, &work::in_words(cube, lang), lang),
    }
}

/// The newest period of a figure in words: a paragraph for case papers.
#[cfg(feature = "compute")]
#[must_use]
pub fn newest_in_words(cube: &SafeCube, lang: Lang) -> String {
    match Family::of(cube) {
        Family::Answers => in_words(cube, &Content::of(cube, lang).newest(), lang),
        Family::Open => around(cube, &open::brief(cube, lang), lang),
        Family::Recruitment => alt_text(cube, lang),
    }
}

/// The newest period of a figure, one line per panel: `10. klasse, 2026: 40–60 %`.
#[cfg(feature = "compute")]
pub(crate) fn newest_lines(cube: &SafeCube, lang: Lang) -> Vec<String> {
    match Family::of(cube) {
        Family::Answers => {}
        Family::Open => return vec![open::brief(cube, lang)],
        Family::Recruitment => return vec![work::in_words(cube, lang)],
    }
    let one = |panel: &Panel| match panel.rows.as_slice() {
        [row] if row.shown != Shown::Hidden && !panel.heading.is_empty() => {
            let alone = Panel { heading: String::new(), rows: vec![row.clone()] };
            [&panel.heading, ", ", &line(&alone, lang)].concat()
        }
        _ => line(panel, lang),
    };
    Content::of(cube, lang).newest().panels.iter().map(one).collect()
}

/// Figures in words, with what must stand around them.
fn around(cube: &Cube, figures: &str, lang: Lang) -> String {
    let mut out = String::new();
    let content = Content::of(cube, lang);
    for sentence in [cube.title.get(lang), &super::place(cube, &content, lang), cube.about.notice.get(lang), figures] {
        push_sentence(&mut out, sentence);
    }
    for note in notes(cube, &content, Part::Words, lang) {
        push_sentence(&mut out, &note);
    }
    out
}

fn in_words(cube: &Cube, content: &Content, lang: Lang) -> String {
    let mut out = String::new();
    push_sentence(&mut out, cube.title.get(lang));
    push_sentence(&mut out, &content.place);
    push_sentence(&mut out, cube.about.notice.get(lang));
    if content.is_hidden() {
        push_sentence(&mut out, words::hidden_sentence(lang));
    } else {
        for panel in &content.panels {
            push_sentence(&mut out, &line(panel, lang));
        }
    }
    for note in notes(cube, content, Part::Words, lang) {
        push_sentence(&mut out, &note);
    }
    out
}

/// A panel in words: `10. klasse: 2025: 20–40 %; 2026: 40–60 %`.
fn line(panel: &Panel, lang: Lang) -> String {
    let mut line = String::new();
    if panel.is_hidden() {
        push_all(&mut line, &[&panel.heading, ": ", words::hidden_sentence(lang)]);
    } else {
        for row in &panel.rows {
            line.push_str(match (line.is_empty(), panel.heading.is_empty()) {
                (true, true) => "",
                (true, false) => &panel.heading,
                _ => "; ",
            });
            if line == panel.heading && !line.is_empty() {
                line.push_str(": ");
            }
            push_all(&mut line, &[&row.label, ": "]);
            match row.shown {
                Shown::Hidden => line.push_str(words::not_shown_aloud(lang)),
                shown => line.push_str(&shown.words(lang)),
            }
            if let Shown::Exact { interval: Some((lower, upper)), .. } = row.shown {
                push_all(&mut line, &[" (", &super::number::percent_span(lower, upper, lang), ")"]);
            }
        }
    }
    line
}

/// What stands below the chart: the mark, how to read it, base, sources, date.
fn notes(cube: &Cube, content: &Content, part: Part, lang: Lang) -> Vec<String> {
    let mut out = vec![super::hidden_note(cube, content, lang)];
    out.extend(super::keys(cube, content, part, lang).into_iter().map(String::from));
    out.push(cube.about.base.get(lang).into());
    if !cube.about.sources.is_empty() {
        let mut line = String::from(words::source(cube.about.sources.len() > 1, lang));
        for (place, source) in cube.about.sources.iter().enumerate() {
            push_all(&mut line, &[if place > 0 { "; " } else { ": " }, &source_line(source, lang)]);
        }
        line.push('.');
        out.push(line);
    }
    if !cube.about.updated.is_empty() {
        let mut line = String::from(words::updated(lang));
        push_all(&mut line, &[" ", &date::words(&cube.about.updated, lang)]);
        if !cube.about.valid_until.is_empty() {
            push_all(&mut line, &[words::valid_until(lang), &date::words(&cube.about.valid_until, lang)]);
        }
        line.push('.');
        out.push(line);
    }
    // A picture knows no other day than that of its edition.
    if date::is_after(&cube.about.updated, &cube.about.valid_until) {
        let (before, after) = words::old(lang);
        let mut line = String::from(before);
        push_all(&mut line, &[&date::words(&cube.about.valid_until, lang), after]);
        out.push(line);
    }
    out.retain(|note| !note.is_empty());
    out
}

/// Appends a sentence, with a full stop unless it ends with one.
fn push_sentence(out: &mut String, sentence: &str) {
    if !sentence.is_empty() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(sentence);
        if !sentence.ends_with(['.', '!', '?']) {
            out.push('.');
        }
    }
}
