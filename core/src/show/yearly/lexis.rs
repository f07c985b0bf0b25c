//! Cohort by year, with age: a Lexis diagram as a table. Linear effects of age, period or cohort are not claimed.

use super::Year;
use super::html::{Table, people, percent, push_paragraph, span};
use crate::text::Lang;
use crate::track::LexisCell;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let cells: Vec<&LexisCell> = year.track.lexis.iter().filter(|cell| cell.municipality == year.project.id).collect();
    let mut years: Vec<u16> = cells.iter().map(|cell| cell.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut cohorts: Vec<u16> = cells.iter().map(|cell| cell.cohort).collect();
    cohorts.sort_unstable();
    cohorts.dedup();
    push_paragraph(
        &mut out,
        lang.pick(
            "Hver rad er et kull, hver kolonne et år. I ruta står alderen, andelen av alle som svarte 1–5 som kan tenke seg å bo \
             her (uansett hvor de bor nå), og intervallet. Alder, år og kull er ett faktum for lite: tabellen sier ikke hvilket \
             av dem som virker, og det gjør ingen annen tabell heller.",
            "Kvar rad er eit kull, kvar kolonne eit år. I ruta står alderen, delen av alle som svara 1–5 som kan tenkje seg å bu \
             her (uansett kvar dei bur no), og intervallet. Alder, år og kull er eitt faktum for lite: tabellen seier ikkje kva \
             for eit av dei som verkar, og det gjer ingen annan tabell heller.",
            "Each row is a cohort, each column a year. A cell holds the age, the share of all who answered 1–5 who can imagine \
             living here (wherever they live now), and the interval. Age, year and cohort are one fact too few: the table does \
             not say which of them is at work, and neither does any other.",
        ),
    );
    let heads: Vec<String> = years.iter().map(|year| format!("#{year}")).collect();
    let fixed = [lang.pick("Kull", "Kull", "Cohort"), lang.pick("#I kullet", "#I kullet", "#In the cohort")];
    let heads: Vec<&str> = fixed.into_iter().chain(heads.iter().map(String::as_str)).collect();
    let caption = lang.pick("Kull og år", "Kull og år", "Cohort by year");
    let mut table = Table::new("k-l", caption, &heads);
    for cohort in cohorts {
        let of: Vec<&&LexisCell> = cells.iter().filter(|cell| cell.cohort == cohort).collect();
        let mut row = vec![cohort.to_string(), people(of.first().and_then(|cell| cell.population), lang)];
        for year in &years {
            let found = of.iter().find(|cell| cell.year == *year);
            row.push(found.map(|cell| shown(cell, lang)).unwrap_or_default());
        }
        table.row(row);
    }
    table.push(&mut out);
    out
}

fn shown(cell: &LexisCell, lang: Lang) -> String {
    let age = match lang {
        Lang::Nb | Lang::Nn => format!("{} år", cell.age),
        Lang::En => format!("age {}", cell.age),
    };
    if cell.status == "due" {
        return format!("{age}: {}", lang.pick("står for tur", "står for tur", "due"));
    }
    let limits = span(cell.ci_lower.zip(cell.ci_upper), lang);
    let limits = limits.trim_end_matches(['%', '\u{a0}']);
    let limits = if limits.is_empty() { String::new() } else { format!(" ({limits})") };
    match cell.share {
        Some(_) => format!("{age}: {}{limits}", percent(cell.share, lang)),
        None => format!("{age}: {}", lang.pick("ingen svar", "ingen svar", "no answers")),
    }
}
