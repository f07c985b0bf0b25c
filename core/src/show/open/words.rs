//! The words around official statistics.

use super::{Said, Statistics};
use crate::cube::Cube;
use crate::show::markup::push_all;
use crate::show::shown::contains;
use crate::show::{Part, number};
use crate::text::Lang;

/// The unit of all figures, for the caption of the table: `prosent`.
fn unit(unit: &str, lang: Lang) -> &'static str {
    UNITS.iter().find(|[code, ..]| *code == unit).map_or("", |[_, nb, nn, en]| lang.pick(nb, nn, en))
}

const UNITS: [[&str; 4]; 6] = [
    ["percent", "prosent", "prosent", "percent"],
    ["per_hundred", "per 100", "per 100", "per 100"],
    ["points", "prosentpoeng", "prosentpoeng", "percentage points"],
    ["per_mille", "per 1 000 innbyggere", "per 1 000 innbyggjarar", "per 1,000 residents"],
    ["persons", "personer", "personar", "persons"],
    ["jobs", "arbeidsplasser", "arbeidsplassar", "jobs"],
];

/// The first figure with period and unit: `10 år, 2016–2026, prosent`. A period that the figure names is not said twice.
pub(super) fn heading(statistics: &Statistics<'_>, lang: Lang) -> String {
    let mut out = String::from(statistics.columns.first().copied().unwrap_or_default());
    let caption = caption(statistics, lang);
    let rest = caption.strip_prefix(statistics.period).unwrap_or_default();
    if contains(&out, statistics.period) {
        out.push_str(rest);
    } else {
        push_all(&mut out, &[", ", &caption]);
    }
    out
}

/// Period and unit: `2016–2026, prosent`.
pub(super) fn caption(statistics: &Statistics<'_>, lang: Lang) -> String {
    let mut out = String::from(statistics.period);
    let unit = unit(statistics.unit, lang);
    if !unit.is_empty() {
        push_all(&mut out, &[", ", unit]);
    }
    out
}

/// `plass 3–11 av 78`, `plass 3 av 78`.
pub(super) fn place([from, to, of]: [i64; 3], lang: Lang) -> String {
    let mut out = String::from(lang.pick("plass ", "plass ", "place "));
    out.push_str(&number::count(from, lang));
    if to != from {
        push_all(&mut out, &["–", &number::count(to, lang)]);
    }
    push_all(&mut out, &[lang.pick(" av ", " av ", " of "), &number::count(of, lang)]);
    out
}

/// How to read what is shown: the line of the country, places, and the symbols that occur.
pub(in crate::show) fn keys(cube: &Cube, part: Part, lang: Lang) -> Vec<&'static str> {
    let statistics = Statistics::of(cube, lang);
    let (has_picture, has_table) = (part.has_picture(), part.has_table());
    let columns = if has_table { usize::MAX } else { 1 };
    let all = || statistics.lines.iter().flat_map(|line| line.said.iter().take(columns));
    let has = |symbol: &str| all().any(|said| matches!(said, Said::Symbol(one) if *one == symbol));
    let mut out = Vec::new();
    if has_picture && benchmark(&statistics).is_some() {
        out.push(lang.pick(
            "Den loddrette streken i figuren er hele landet.",
            "Den loddrette streken i figuren er heile landet.",
            "The vertical line in the picture is the whole country.",
        ));
    }
    if has_table && all().any(|said| matches!(said, Said::Number(_, Some(_)))) {
        out.push(lang.pick(
            "Plass: blant kommunene i samme sentralitetsklasse, høyest først. Et spenn betyr at forskjellene til dem i \
             spennet er for små til å si noe om.",
            "Plass: blant kommunane i same sentralitetsklasse, høgast først. Eit spenn tyder at skilnadene til dei i spennet \
             er for små til å seie noko om.",
            "Place: among the municipalities of the same centrality class, highest first. A span means that the differences \
             within it are too small to say anything about.",
        ));
    }
    for (symbol, words) in [
        (
            ":",
            lang.pick(
                "«:» utgiveren viser ikke tallet.",
                "«:» utgjevaren viser ikkje talet.",
                "“:” not shown by the publisher.",
            ),
        ),
        ("..", lang.pick("«..» tallet mangler.", "«..» talet manglar.", "“..” not available.")),
        ("…", lang.pick("«…» tallet er ikke klart ennå.", "«…» talet er ikkje klart enno.", "“…” not available yet.")),
        (".", lang.pick("«.» tallet kan ikke forekomme.", "«.» talet kan ikkje førekome.", "“.” cannot occur.")),
    ] {
        if has(symbol) {
            out.push(words);
        }
    }
    out
}

/// The first figure of the whole country, which stands last.
pub(super) fn benchmark(statistics: &Statistics<'_>) -> Option<f64> {
    let last = statistics.lines.last().filter(|line| line.is_group && statistics.lines.len() > 1)?;
    match last.said.first() {
        Some(Said::Number(value, _)) => Some(*value),
        _ => None,
    }
}

/// All that the picture shows.
pub(in crate::show) fn in_words(cube: &Cube, lang: Lang) -> String {
    sentences(cube, |_| true, lang)
}

/// The same of groups of municipalities alone; of all where there are none.
#[cfg(feature = "compute")]
pub(in crate::show) fn brief(cube: &Cube, lang: Lang) -> String {
    let any = Statistics::of(cube, lang).lines.iter().any(|line| line.is_group);
    sentences(cube, |is_group| is_group || !any, lang)
}

fn sentences(cube: &Cube, wanted: impl Fn(bool) -> bool, lang: Lang) -> String {
    let statistics = Statistics::of(cube, lang);
    let mut out = String::new();
    push_all(&mut out, &[&heading(&statistics, lang), ": "]);
    let lines = statistics.lines.iter().filter(|line| wanted(line.is_group));
    for (place, line) in lines.enumerate() {
        let Some(said) = line.said.first() else { continue };
        push_all(&mut out, &[if place > 0 { "; " } else { "" }, line.label, " ", &statistics.words(*said, lang)]);
    }
    out
}
