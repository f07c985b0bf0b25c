//! How to read figures of recruitment: fixed sentences, each where what it explains is shown.

use super::words::{instead, why_hidden};
use super::{Figures, PERIOD, Said, Shape};
use crate::cube::Cube;
use crate::show::{Part, words};
use crate::text::Lang;

/// How to read what is shown.
pub(in crate::show) fn keys(cube: &Cube, part: Part, lang: Lang) -> Vec<&'static str> {
    let figures = Figures::of(cube, lang);
    let (mut has_thirds, mut has_fields, mut has_interval, mut has_mark, mut is_missing) =
        (false, false, false, false, false);
    let newest = figures.newest();
    let periods = if part.has_table() { 0..figures.count(PERIOD) } else { newest..newest + 1 };
    for said in periods.flat_map(|period| figures.all_of(period)) {
        match said {
            Said::Exact { interval, .. } => has_interval |= interval.is_some(),
            Said::Band([_, 3]) => has_thirds = true,
            Said::Band(_) => has_fields = true,
            Said::Hidden => has_mark = true,
            Said::Missing => is_missing = true,
            Said::Absent => {}
        }
    }
    let is_spoken = part == Part::Words;
    let mut out = Vec::new();
    let mut put = |wanted: bool, words: &'static str| {
        if wanted {
            out.push(words);
        }
    };
    let is_seen = part.has_picture() && instead(cube, lang).is_none();
    put(is_seen && figures.shape == Shape::Gap, gap_key(lang));
    put(is_seen && figures.shape == Shape::Curve, curve_key(lang));
    put(has_thirds, words::thirds_key(lang));
    put(has_fields, words::fifths_key(lang));
    put(has_interval && !is_spoken, interval_key(lang));
    put(has_mark && !is_spoken, words::mark_means(lang));
    put(has_mark && instead(cube, lang).is_none(), why_hidden(lang));
    put(is_missing && !is_spoken, missing_key(lang));
    out
}

const fn gap_key(lang: Lang) -> &'static str {
    lang.pick(
        "For hvert felt: først behovet, så tilgangen, og under dem det som mangler: behovet minus tilgangen. Når usikkerheten \
         går fra null eller mindre til null eller mer, er det ikke klart om det mangler noen.",
        "For kvart felt: først behovet, så tilgangen, og under dei det som manglar: behovet minus tilgangen. Når uvissa går frå \
         null eller mindre til null eller meir, er det ikkje klart om det manglar nokon.",
        "For each field: demand first, then supply, and below them what is missing: demand minus supply. Where the \
         uncertainty runs from zero or less to zero or more, it is not clear whether there is a gap.",
    )
}

const fn curve_key(lang: Lang) -> &'static str {
    lang.pick(
        "Kurven er kjent ved månedene i tabellen og tegnet flat mellom dem.",
        "Kurva er kjend ved månadene i tabellen og teikna flat mellom dei.",
        "The curve is known at the months of the table and drawn flat between them.",
    )
}

const fn interval_key(lang: Lang) -> &'static str {
    lang.pick(
        "Tallene i parentes viser usikkerheten, og i figuren gjør streken eller det lyse feltet det: Det virkelige tallet \
         ligger trolig innenfor.",
        "Tala i parentes viser uvissa, og i figuren gjer streken eller det lyse feltet det: Det verkelege talet ligg truleg \
         innanfor.",
        "The figures in brackets show the uncertainty, and so does the line or the pale area in the picture: the true figure \
         probably lies within.",
    )
}

const fn missing_key(lang: Lang) -> &'static str {
    lang.pick(
        "To prikker (..) betyr at tallet ikke finnes.",
        "To prikkar (..) tyder at talet ikkje finst.",
        "Two dots (..) mean that there is no such figure.",
    )
}
