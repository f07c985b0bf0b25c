//! The yearly report, public edition: every figure of a run in one document, to read or print. It is made of safe cubes
//! alone; the internal edition is [`crate::show::yearly`].

use super::{CLOSE, File, file, link, measures, open, push_explained, push_top, words};
use crate::disclosure::SafeCube;
use crate::register::open_measures::OpenMeasures;
use crate::show::markup::{fill, id_of, push_all, push_element};
use crate::show::yearly::{STEM, title};
use crate::show::{View, newest_lines};
use crate::text::{Lang, Text};

/// The stylesheet of both editions, written to `assets/report.css`.
pub const CSS: &str = include_str!("report.css");

/// `report.html` in one language: what is new, every figure with how it was made, and what is not public and why.
#[must_use]
pub fn yearly(
    cubes: &[SafeCube],
    open_measures: Option<&OpenMeasures>,
    region: &Text,
    view: &View,
    lang: Lang,
) -> String {
    let mut heading = String::from(title(lang));
    if !region.get(lang).is_empty() {
        push_all(&mut heading, &[": ", region.get(lang)]);
    }
    let sheet = "<link rel=\"stylesheet\" href=\"assets/report.css\">\n";
    let mut out = open(&heading, STEM, "bp-page bp-report", sheet, lang);
    push_top(&mut out, STEM, &heading, lead(lang), lang);
    let (new, not_shown) = (new(lang), not_shown(lang));
    push_all(&mut out, &["<nav class=\"bp-contents\" aria-label=\"", words::contents(lang), "\"><ol>"]);
    fill(&mut out, "<li><a href=\"#nytt\">{}</a></li>", &[new]);
    for cube in cubes {
        fill(&mut out, "<li><a href=\"#{}-h\">{}</a></li>", &[&id_of(&cube.id), cube.title.get(lang)]);
    }
    if open_measures.is_some() {
        fill(&mut out, "<li><a href=\"#tiltak\">{}</a></li>", &[measures::title(lang)]);
    }
    fill(&mut out, "<li><a href=\"#ikke-vist\">{}</a></li></ol></nav>\n", &[not_shown]);
    fill(&mut out, "<section class=\"bp-section\" id=\"nytt\"><h2>{}</h2>\n", &[new]);
    for cube in cubes {
        push_element(&mut out, "<h3>", cube.title.get(lang), "</h3>\n");
        push_element(&mut out, "<p class=\"bp-notice\"><strong>", cube.about.notice.get(lang), "</strong></p>\n");
        out.push_str("<ul class=\"bp-say\">");
        newest_lines(cube, lang).iter().for_each(|line| push_element(&mut out, "<li>", line, "</li>"));
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
    for cube in cubes {
        out.push_str("<article class=\"bp-section\">");
        push_explained(&mut out, cube, view, lang);
        out.push_str("</article>\n");
    }
    if let Some(open_measures) = open_measures {
        let texts = [measures::title(lang), measures::lead(lang)];
        fill(&mut out, "<section class=\"bp-section\" id=\"tiltak\"><h2>{}</h2>\n<p>{}</p>\n", &texts);
        measures::push_lists(&mut out, open_measures, "h3", lang);
        out.push_str("</section>\n");
    }
    fill(&mut out, "<section class=\"bp-section\" id=\"ikke-vist\"><h2>{}</h2>\n<p>{}</p>\n", &[not_shown, why(lang)]);
    out.push_str("</section>\n</main>\n<footer class=\"bp-foot\"><p>");
    out.push_str(&link(&file("index", File::Page, lang), words::to_report(lang)));
    if open_measures.is_some() {
        out.push_str("</p><p>");
        out.push_str(&link(&file(measures::STEM, File::Page, lang), measures::title(lang)));
    }
    push_all(&mut out, &["</p></footer>", CLOSE]);
    out
}

const fn lead(lang: Lang) -> &'static str {
    lang.pick(
        "Alle figurene i ett dokument, til å lese eller skrive ut. Tallene vises slik at de som har svart, skal være trygge.",
        "Alle figurane i eitt dokument, til å lese eller skrive ut. Tala blir viste slik at dei som har svara, skal vere trygge.",
        "All figures in one document, to read or print. They are shown in a way that keeps those who answered safe.",
    )
}

const fn new(lang: Lang) -> &'static str {
    lang.pick("De nyeste tallene", "Dei nyaste tala", "The newest figures")
}

const fn not_shown(lang: Lang) -> &'static str {
    lang.pick("Det vi ikke viser, og hvorfor", "Det vi ikkje viser, og kvifor", "What we do not show, and why")
}

/// The same for every release: it may not depend on what anybody answered.
const fn why(lang: Lang) -> &'static str {
    lang.pick(
        "Gruppene er så små at nesten alt som er nøyaktig, forteller hva enkeltpersoner har svart. Derfor viser vi ikke \
         svarandeler, endringer fra år til år, hvordan de samme personene har svart flere ganger, eller sammenhenger mellom svar. \
         De som har taushetsplikt og arbeider med dette, har en egen rapport. Spørsmål som bare noen får, ut fra det de har \
         svart før, viser vi heller ikke: antallet som fikk dem, er i seg selv et svar.",
        "Gruppene er så små at nesten alt som er nøyaktig, fortel kva enkeltpersonar har svara. Difor viser vi ikkje svardelar, \
         endringar frå år til år, korleis dei same personane har svara fleire gonger, eller samanhengar mellom svar. Dei som har \
         teieplikt og arbeider med dette, har ein eigen rapport. Spørsmål som berre nokon får, ut frå det dei har svara før, \
         viser vi heller ikkje: talet på dei som fekk dei, er i seg sjølv eit svar.",
        "The groups are so small that almost anything exact tells what single people answered. So we show no response rates, no \
         changes from year to year, not how the same people answered several times, and no relations between answers. Those who \
         are bound by confidentiality and work with this have a report of their own. Neither do we show questions that only some \
         are asked, because of what they answered before: how many were asked is itself an answer.",
    )
}
