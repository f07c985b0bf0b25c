//! "You said – we did": the measures, by the answers of the questionnaire that they answer.

use super::{CLOSE, File, file, link, open, push_top, words};
use crate::register::open_measures::{OpenMeasure, OpenMeasures};
use crate::show::markup::{fill, push_all, push_element};
use crate::text::{Lang, Text};

/// The stem of the page and of the open data beside it.
pub(crate) const STEM: &str = "measures";

/// `measures.html` in one language.
#[must_use]
pub fn measures(open_measures: &OpenMeasures, region: &Text, lang: Lang) -> String {
    let mut heading = String::from(title(lang));
    if !region.get(lang).is_empty() {
        push_all(&mut heading, &[": ", region.get(lang)]);
    }
    let mut out = open(&heading, STEM, "bp-page", "", lang);
    push_top(&mut out, STEM, &heading, lead(lang), lang);
    push_lists(&mut out, open_measures, "h2", lang);
    out.push_str("</main>\n<footer class=\"bp-foot\"><p>");
    out.push_str(&link(&file(STEM, File::Data, lang), words::data_of_measures(lang)));
    out.push_str("</p><p>");
    out.push_str(&link(&file("index", File::Page, lang), words::to_report(lang)));
    push_all(&mut out, &["</p></footer>", CLOSE]);
    out
}

/// The themes with their measures, and the measures without a theme.
pub(super) fn push_lists(out: &mut String, open_measures: &OpenMeasures, level: &str, lang: Lang) {
    for theme in &open_measures.themes {
        fill(out, "<{!}>{}{}{}</{!}>\n<ul>", &[level, quotes(lang).0, theme.words.get(lang), quotes(lang).1, level]);
        open_measures.answering(theme).for_each(|measure| push_one(out, measure, lang));
        out.push_str("</ul>\n");
    }
    let mut others = open_measures.others().peekable();
    if others.peek().is_some() {
        fill(out, "<{!}>{}</{!}>\n<ul>", &[level, lang.pick("Andre tiltak", "Andre tiltak", "Other measures"), level]);
        others.for_each(|measure| push_one(out, measure, lang));
        out.push_str("</ul>\n");
    }
}

fn push_one(out: &mut String, measure: &OpenMeasure, lang: Lang) {
    let words = [measure.title.get(lang), measure.status_words(lang), &measure.responsible];
    fill(out, "<li><strong>{}</strong> ({}; {})", &words);
    push_element(out, ". ", measure.result.get(lang), "");
    out.push_str("</li>");
}

const fn quotes(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Nb | Lang::Nn => ("«", "»"),
        Lang::En => ("“", "”"),
    }
}

/// What the page is called.
pub(crate) const fn title(lang: Lang) -> &'static str {
    lang.pick("Dere sa – vi gjorde", "De sa – vi gjorde", "You said – we did")
}

/// How the list came about. It holds whatever anybody answered.
pub(super) const fn lead(lang: Lang) -> &'static str {
    lang.pick(
        "I undersøkelsen kunne dere velge hva som må til, og hva som er viktigst. Her er tiltakene som svarer på det dere kunne \
         velge. Hvor mange som valgte hva, står ikke her.",
        "I undersøkinga kunne de velje kva som må til, og kva som er viktigast. Her er tiltaka som svarar på det de kunne velje. \
         Kor mange som valde kva, står ikkje her.",
        "In the survey you could choose what must be in place, and what matters most. Here are the measures that answer what you \
         could choose. How many chose what is not shown.",
    )
}
