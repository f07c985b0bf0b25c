//! What is new this year, in plain sentences and numbers of people.

use super::html::{push_heading, push_list, push_paragraph, sentence};
use super::{Year, intent};
use crate::show::number;
use crate::text::Lang;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    push_heading(&mut out, lang.pick("Svar", "Svar", "Answers"));
    push_list(&mut out, &[vec![answered(year, lang)], willing(year, lang)].concat());
    push_heading(
        &mut out,
        lang.pick(
            "Endring i hvem som kan tenke seg å bo her",
            "Endring i kven som kan tenkje seg å bu her",
            "Change in who can imagine living here",
        ),
    );
    let (seen, unseen) = changes(year, lang);
    if seen.is_empty() && unseen.is_empty() {
        push_paragraph(&mut out, super::change::none(lang));
    }
    push_list(&mut out, &[seen, unseen].concat());
    let of_findings: Vec<String> = year
        .findings
        .iter()
        .filter(|finding| finding.id != "likely")
        .filter_map(|finding| {
            let first = finding.sentences.first()?.get(lang);
            Some(format!("{}: {first}", finding.title.get(lang).trim_end_matches('?')))
        })
        .collect();
    if !of_findings.is_empty() {
        push_heading(&mut out, lang.pick("Funn", "Funn", "Findings"));
        push_list(&mut out, &of_findings);
    }
    out
}

/// How many answered in the newest year, wave by wave.
fn answered(year: &Year<'_>, lang: Lang) -> String {
    let newest = year.newest();
    let count = |count: u64| number::count(i64::try_from(count).unwrap_or(0), lang);
    let of = lang.pick("av", "av", "of");
    let (mut all, mut asked, mut parts) = (0, Some(0), Vec::new());
    for row in year.track.response_totals.iter().filter(|row| row.year == newest && row.sex == "all") {
        let n = row.n_answered.unwrap_or(0);
        all += n;
        asked = asked.zip(row.n_population).map(|(sum, more)| sum + more);
        let wave = year.wave(&row.wave, lang);
        parts.push(match row.n_population {
            Some(population) => format!("{wave}: {} {of} {}", count(n), count(population)),
            None => format!("{wave}: {}", count(n)),
        });
    }
    let whole = asked.map(|asked| format!(" {of} {}", count(asked))).unwrap_or_default();
    let parts = parts.join("; ");
    match lang {
        Lang::Nb => format!("I {newest} svarte {}{whole} unge. {parts}.", count(all)),
        Lang::Nn => format!("I {newest} svara {}{whole} unge. {parts}.", count(all)),
        Lang::En => format!("In {newest}, {}{whole} young people answered. {parts}.", count(all)),
    }
}

/// How many of those who answered said yes in the newest year, by wave.
fn willing(year: &Year<'_>, lang: Lang) -> Vec<String> {
    let newest = year.newest().to_string();
    let mut sentences = Vec::new();
    for cube in year.cubes {
        let mut parts = Vec::new();
        for one in intent::headline(cube).iter().filter(|one| one.area == year.project.id && one.period == newest) {
            let whole = |measure: &str| cube.value(one.cell, measure).and_then(number::whole);
            if let (Some(x), Some(n)) = (whole("x"), whole("n")) {
                let (x, n) = (number::count(x, lang), number::count(n, lang));
                parts.push(format!("{}: {x} {} {n}", year.wave(one.wave, lang), lang.pick("av", "av", "of")));
            }
        }
        if !parts.is_empty() {
            sentences.push(format!("{}: {}.", cube.title.get(lang), parts.join("; ")));
        }
    }
    sentences
}

/// Changes of the region from the year before: those that are seen, and one sentence on the others.
fn changes(year: &Year<'_>, lang: Lang) -> (Vec<String>, Vec<String>) {
    let newest = year.newest().to_string();
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    for row in
        year.track.changes.iter().filter(|row| {
            row.municipality == year.project.id && row.period_after == newest && row.change.change.is_some()
        })
    {
        let who = super::change::who(year, row, lang);
        let words = format!("{who}: {}", row.sentence.get(lang));
        if row.detected { seen.push(sentence(&words)) } else { unseen.push(sentence(&words)) }
    }
    (seen, unseen)
}
