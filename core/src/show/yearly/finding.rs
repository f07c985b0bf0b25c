//! Any finding: its sentences, a chart and a table in numbers of people, and the rest for those who check.

use super::Year;
use super::html::{Point, Table, people, push_chart, push_heading, push_list, push_paragraph, span};
use crate::indicator::finding::{Cell, Finding, words};
use crate::show::number;
use crate::text::Lang;

/// Shares of people: they stand in the first table, as so many of a hundred.
const SHARES: [&str; 9] = [
    "share",
    "share_first",
    "returned",
    "resident",
    "share_of_step_before",
    "share_of_invited",
    "share_if_all_had_answered",
    "important",
    "satisfied",
];

/// Of those the ones that are drawn.
const DRAWN: [&str; 5] = ["share", "share_first", "returned", "important", "share_of_invited"];

/// What is for curves, not for reading.
const LEFT_OUT: [&str; 3] = ["survival", "log_worth", "borda_total"];

/// The findings with these ids; of those without figures one sentence each.
pub(super) fn bodies(year: &Year<'_>, ids: &[&str], lang: Lang) -> String {
    let mut out = String::new();
    for (place, finding) in ids.iter().flat_map(|id| year.finding(id)).enumerate() {
        push_heading(&mut out, finding.title.get(lang));
        if let Some(reason) = &finding.reason {
            let none = lang.pick("Ikke regnet ut", "Ikkje rekna ut", "Not computed");
            push_paragraph(&mut out, &format!("{none}: {}.", reason.get(lang)));
            continue;
        }
        let sentences: Vec<String> = finding.sentences.iter().map(|one| one.get(lang).to_owned()).collect();
        push_list(&mut out, &sentences);
        let id = format!("f-{}-{place}", finding.id);
        chart(&mut out, finding, &id, lang);
        in_people(&mut out, finding, &id, lang);
        together(&mut out, finding, lang);
        to_check(&mut out, finding, &id, lang);
    }
    if out.is_empty() {
        push_paragraph(&mut out, lang.pick("Ikke regnet ut.", "Ikkje rekna ut.", "Not computed."));
    }
    out
}

/// The label of a cell with its group.
fn label(cell: &Cell, finding: &Finding, lang: Lang) -> String {
    let group = cell.value.as_deref().and_then(|value| words::group(value, lang));
    let own = cell.label.get(lang);
    match group {
        // The two groups of a tie are what differs; the quadrant of a quality is not.
        Some(group) if finding.id == "h1" => format!("{own} ({group})"),
        _ => own.to_owned(),
    }
}

fn limits(cell: &Cell) -> Option<(f64, f64)> {
    cell.ci_lower.zip(cell.ci_upper)
}

fn chart(out: &mut String, finding: &Finding, id: &str, lang: Lang) {
    let of = |statistic: &str| -> Vec<Point> {
        let cells = finding.cells.iter().filter(|cell| cell.statistic == statistic);
        let point = |cell: &Cell| {
            Some(Point { label: label(cell, finding, lang), share: cell.estimate?, interval: limits(cell) })
        };
        cells.filter_map(point).collect()
    };
    let panels =
        DRAWN.iter().map(|statistic| (super::html::sentence(words::statistic(statistic, lang)), of(statistic)));
    let mut panels: Vec<(String, Vec<Point>)> = panels.filter(|(_, points)| points.len() > 1).collect();
    if let [(heading, _)] = panels.as_mut_slice() {
        heading.clear();
    }
    push_chart(out, &format!("{id}-c"), finding.title.get(lang), panels, lang);
}

/// Shares as people: so many of so many, and of a hundred.
fn in_people(out: &mut String, finding: &Finding, id: &str, lang: Lang) {
    let cells: Vec<&Cell> = finding.cells.iter().filter(|cell| SHARES.contains(&cell.statistic)).collect();
    let mut kinds: Vec<&str> = cells.iter().map(|cell| cell.statistic).collect();
    kinds.dedup();
    let heads = [
        lang.pick("Hva", "Kva", "What"),
        if kinds.len() > 1 { lang.pick("Mål", "Mål", "Measure") } else { "" },
        lang.pick("#Ja", "#Ja", "#Yes"),
        lang.pick("#Av", "#Av", "#Of"),
        lang.pick("#Av 100", "#Av 100", "#Of 100"),
        "#95 %",
        lang.pick("Merknad", "Merknad", "Note"),
    ];
    let mut table = Table::new(&format!("{id}-p"), finding.title.get(lang), &heads);
    for cell in cells {
        let notes: Vec<&str> = cell.notes.iter().map(|note| note.get(lang)).collect();
        let share = cell.estimate.map(|share| number::decimal(100.0 * share, 0, lang));
        table.row(vec![
            label(cell, finding, lang),
            if kinds.len() > 1 { words::statistic(cell.statistic, lang).to_owned() } else { String::new() },
            people(cell.x, lang),
            people(Some(cell.n), lang),
            share.unwrap_or_default(),
            span(limits(cell), lang),
            notes.join("; "),
        ]);
    }
    table.push(out);
}

/// Which of the items cannot be told apart, by the first way of comparing them.
fn together(out: &mut String, finding: &Finding, lang: Lang) {
    let Some(together) = finding.together.first() else { return };
    let name = |code: &String| {
        let place = together.places.iter().find(|place| place.value == *code);
        place.map_or(code.clone(), |place| place.label.get(lang).to_owned())
    };
    let groups: Vec<String> = together
        .groups
        .iter()
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(name).collect::<Vec<_>>().join(" · "))
        .collect();
    if groups.is_empty() {
        return;
    }
    push_paragraph(
        out,
        lang.pick(
            "Rekkefølgen innenfor hver av disse gruppene kan være tilfeldig:",
            "Rekkjefølgja innanfor kvar av desse gruppene kan vere tilfeldig:",
            "The order within each of these groups may be chance:",
        ),
    );
    out.push_str("<ul>");
    groups.iter().for_each(|group| crate::show::markup::push_element(out, "<li>", group, "</li>"));
    out.push_str("</ul>\n");
}

/// Ratios, differences and tests.
fn to_check(out: &mut String, finding: &Finding, id: &str, lang: Lang) {
    let rest = |cell: &&Cell| !SHARES.contains(&cell.statistic) && !LEFT_OUT.contains(&cell.statistic);
    let heads = [
        lang.pick("Mål", "Mål", "Measure"),
        lang.pick("Hva", "Kva", "What"),
        "#n",
        lang.pick("#Tall", "#Tal", "#Figure"),
        "#95 %",
        "#p",
        lang.pick("Merknad", "Merknad", "Note"),
    ];
    let title = lang.pick("for den som vil etterprøve", "for den som vil etterprøve", "for those who check");
    let mut table = Table::new(&format!("{id}-t"), &format!("{}, {title}", finding.title.get(lang)), &heads);
    // What counts has no decimals.
    let figure = |value: f64| {
        let decimals = if value.abs() >= 2.0 && (value - value.round()).abs() < 1e-9 { 0 } else { 3 };
        number::decimal(value, decimals, lang)
    };
    for cell in finding.cells.iter().filter(rest) {
        let between = match (cell.ci_lower, cell.ci_upper) {
            (None, None) => String::new(),
            (lower, upper) => format!(
                "{} {} {}",
                lower.map_or_else(|| "–".into(), figure),
                lang.pick("til", "til", "to"),
                upper.map_or_else(|| "∞".into(), figure)
            ),
        };
        let p = cell
            .p_adjusted
            .or(cell.p_value)
            .map(|p| if p < 0.0005 { format!("<\u{a0}{}", number::decimal(0.001, 3, lang)) } else { figure(p) });
        let notes: Vec<&str> = cell.notes.iter().map(|note| note.get(lang)).collect();
        let group = cell.value.as_deref().filter(|_| cell.statistic == "quadrant");
        let group = group.and_then(|value| words::group(value, lang)).unwrap_or_default();
        let notes: Vec<&str> = [group].into_iter().chain(notes).filter(|note| !note.is_empty()).collect();
        table.row(vec![
            words::statistic(cell.statistic, lang).to_owned(),
            label(cell, finding, lang),
            people(Some(cell.n), lang),
            cell.estimate.map(figure).unwrap_or_default(),
            between,
            p.unwrap_or_default(),
            notes.join("; "),
        ]);
    }
    table.push(out);
}
