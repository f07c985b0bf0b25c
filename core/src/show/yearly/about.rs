//! How the figures were made: methods of indicators and findings, sources, notice.

use super::Year;
use super::html::{push_heading, push_paragraph};
use crate::show::markup::{fill, push_element};
use crate::show::{source_line, words};
use crate::text::Lang;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::from("<dl class=\"bp-methods\">");
    let entry = |out: &mut String, title: &str, text: &str| {
        if !text.is_empty() {
            fill(out, "<dt>{}</dt><dd>{}</dd>\n", &[title, text]);
        }
    };
    for cube in year.cubes {
        entry(&mut out, cube.title.get(lang), cube.about.method.get(lang));
    }
    let change = lang.pick(
        "Endring mellom to kull: intervallet er Bayes’ på dem som ikke svarte, med uniform prior. Endring i ett kull: \
         standardfeilen regner med endelig kull og med kovariansen til dem som har svart begge ganger. Minste forskjell som kan \
         ses: 80 % styrke, 5 % nivå.",
        "Endring mellom to kull: intervallet er Bayes’ på dei som ikkje svara, med uniform prior. Endring i eitt kull: \
         standardfeilen reknar med endeleg kull og med kovariansen til dei som har svara begge gongene. Minste skilnad som kan \
         sjåast: 80 % styrke, 5 % nivå.",
        "Change between two cohorts: the interval is Bayes's on those who did not answer, with a uniform prior. Change of one \
         cohort: the standard error allows for the finite cohort and for the covariance of those who answered twice. Smallest \
         difference that can be seen: 80% power at 5%.",
    );
    entry(&mut out, lang.pick("Endring", "Endring", "Change"), change);
    for finding in year.findings.iter().filter(|finding| finding.reason.is_none()) {
        entry(&mut out, finding.title.get(lang), finding.method.get(lang));
    }
    out.push_str("</dl>\n");
    let sources = &year.project.sources;
    if !sources.is_empty() {
        push_heading(&mut out, words::source(sources.len() > 1, lang));
        out.push_str("<ul>");
        sources.iter().for_each(|source| push_element(&mut out, "<li>", &source_line(source, lang), "</li>"));
        out.push_str("</ul>\n");
    }
    push_paragraph(&mut out, year.project.notice.get(lang));
    out
}
