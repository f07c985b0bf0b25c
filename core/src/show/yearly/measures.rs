//! What is done about it: measures by the finding that they answer, and findings that nobody answers.

use super::Year;
use super::html::{Table, push_heading, push_list, push_paragraph};
use crate::indicator::finding::measures::Theme;
use crate::show::markup::push_element;
use crate::text::Lang;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let Some(answered) = year.answered else {
        push_paragraph(
            &mut out,
            lang.pick(
                "Prosjektet har ikke noe register over tiltak. Oppgi det under findings.measures i prosjektfila.",
                "Prosjektet har ikkje noko register over tiltak. Oppgi det under findings.measures i prosjektfila.",
                "The project has no register of measures. Name it under findings.measures in the project file.",
            ),
        );
        return out;
    };
    let sentences = year.finding("measures").flat_map(|finding| &finding.sentences);
    push_list(&mut out, &sentences.take(1).map(|one| one.get(lang).to_owned()).collect::<Vec<_>>());
    let heads = [
        lang.pick("Funn", "Funn", "Finding"),
        lang.pick("#Sa det", "#Sa det", "#Said so"),
        lang.pick("Tiltak", "Tiltak", "Measure"),
        lang.pick("Ansvarlig", "Ansvarleg", "Responsible"),
        lang.pick("Status", "Status", "Status"),
        lang.pick("Hva det ga", "Kva det gav", "What came of it"),
    ];
    let caption = lang.pick("Fra funn til tiltak", "Frå funn til tiltak", "From finding to measure");
    let mut table = Table::new("t-f", caption, &heads);
    for theme in &answered.themes {
        for measure in &theme.measures {
            table.row(vec![
                theme.words.get(lang).to_owned(),
                said(year, theme, lang),
                format!("{} {}", measure.id, measure.title.get(lang)),
                measure.responsible.clone(),
                measure.status.words(lang).to_owned(),
                measure.result.get(lang).to_owned(),
            ]);
        }
    }
    table.push(&mut out);
    let nobody: Vec<String> = answered
        .themes
        .iter()
        .filter(|theme| theme.measures.is_empty())
        .map(|theme| match said(year, theme, lang) {
            said if said.is_empty() => theme.words.get(lang).to_owned(),
            said => format!("{} ({said})", theme.words.get(lang)),
        })
        .collect();
    list(
        &mut out,
        lang.pick("Funn som ingen svarer på", "Funn som ingen svarar på", "Findings that nobody answers"),
        &nobody,
    );
    let idle: Vec<String> =
        answered.idle.iter().map(|measure| format!("{} {}", measure.id, measure.title.get(lang))).collect();
    let title = lang.pick(
        "Tiltak som ikke svarer på noe funn",
        "Tiltak som ikkje svarar på noko funn",
        "Measures that answer no finding",
    );
    list(&mut out, title, &idle);
    out
}

/// How many chose an answer, of how many.
fn said(year: &Year<'_>, theme: &Theme, lang: Lang) -> String {
    let Some((variable, code)) = theme.code.split_once('=') else { return String::new() };
    let cells = year.findings.iter().flat_map(|finding| &finding.cells);
    let mut own = cells.filter(|cell| {
        matches!(cell.statistic, "share" | "share_first")
            && cell.variable == variable
            && cell.value.as_deref() == Some(code)
    });
    let counts = own.next().and_then(|cell| Some((cell.x?, cell.n)));
    counts.map(|(x, n)| format!("{x} {} {n}", lang.pick("av", "av", "of"))).unwrap_or_default()
}

fn list(out: &mut String, heading: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    push_heading(out, heading);
    out.push_str("<ul>");
    items.iter().for_each(|item| push_element(out, "<li>", item, "</li>"));
    out.push_str("</ul>\n");
}
