//! Change of the share who can imagine living here, and how small a change could have been seen.

use super::Year;
use super::html::{Table, percent, points, push_paragraph};
use crate::text::Lang;
use crate::track::ChangeRow;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let changes = |kind: &'static str, region: bool| {
        let is_region = move |row: &&ChangeRow| (row.municipality == year.project.id) == region;
        year.track.changes.iter().filter(move |row| row.kind == kind && row.change.change.is_some()).filter(is_region)
    };
    if changes("years", true).next().is_none() && changes("cohort", true).next().is_none() {
        push_paragraph(&mut out, none(lang));
        return out;
    }
    push_paragraph(
        &mut out,
        lang.pick(
            "Endring i andelen som kan tenke seg å bo her. En endring er bare en endring når intervallet ikke rommer null. Ellers står det hvor stor forskjellen måtte ha vært \
             for å bli sett (åtte av ti ganger). Der et kull følges, er det regnet med at noen har svart begge ganger.",
            "Endring i delen som kan tenkje seg å bu her. Ei endring er berre ei endring når intervallet ikkje rommar null. Elles står det kor stor skilnaden måtte ha vore \
             for å bli sett (åtte av ti gonger). Der eit kull blir følgt, er det rekna med at nokon har svara begge gongene.",
            "Change in the share who can imagine living here. A change is called one only when its interval leaves out zero. Otherwise it says how large the difference would have \
             had to be to be seen (eight times in ten). Where a cohort is followed, those who answered twice are counted as such.",
        ),
    );
    let captions = [
        ("years", lang.pick("Regionen, fra år til år", "Regionen, frå år til år", "The region, year by year")),
        ("windows", lang.pick("Regionen, flere år samlet", "Regionen, fleire år samla", "The region, years together")),
        ("cohort", lang.pick("Samme kull, to bølger", "Same kull, to bølgjer", "The same cohort, two waves")),
    ];
    for (kind, caption) in captions {
        table(&mut out, year, &format!("e-{kind}"), caption, changes(kind, true), lang);
    }
    let caption =
        lang.pick("Kommunene, flere år samlet", "Kommunane, fleire år samla", "The municipalities, years together");
    table(&mut out, year, "e-k", caption, changes("windows", false), lang);
    let many = lang.pick(
        "Med så mange sammenligninger vil noen få skille seg ut helt tilfeldig.",
        "Med så mange samanlikningar vil nokre få skilje seg ut heilt tilfeldig.",
        "Among so many comparisons a few will stand out by chance.",
    );
    push_paragraph(&mut out, many);
    out
}

/// That nothing can be compared.
pub(super) const fn none(lang: Lang) -> &'static str {
    lang.pick(
        "Det er ikke to år å sammenligne ennå.",
        "Det er ikkje to år å samanlikne enno.",
        "There are no two years to compare yet.",
    )
}

/// Whom a change is of: the wave, or the cohort; and between when.
pub(super) fn who(year: &Year<'_>, row: &ChangeRow, lang: Lang) -> String {
    match row.cohort {
        Some(cohort) => format!(
            "{} {cohort}, {} {} → {} {}",
            lang.pick("kullet", "kullet", "the cohort of"),
            year.wave(&row.wave_before, lang),
            row.period_before,
            year.wave(&row.wave_after, lang),
            row.period_after
        ),
        None => format!("{}, {}", year.wave(&row.wave_before, lang), when(row)),
    }
}

fn when(row: &ChangeRow) -> String {
    format!("{} → {}", row.period_before, row.period_after).replace('-', "–")
}

fn table<'a>(
    out: &mut String,
    year: &Year<'_>,
    id: &str,
    caption: &str,
    rows: impl Iterator<Item = &'a ChangeRow>,
    lang: Lang,
) {
    let heads = [
        lang.pick("Hvem", "Kven", "Who"),
        lang.pick("Kommune", "Kommune", "Municipality"),
        lang.pick("#Før", "#Før", "#Before"),
        lang.pick("#Etter", "#Etter", "#After"),
        lang.pick("#Endring (prosentpoeng)", "#Endring (prosentpoeng)", "#Change (percentage points)"),
        "#95 %",
        lang.pick("I ord", "I ord", "In words"),
    ];
    let mut table = Table::new(id, caption, &heads);
    for row in rows {
        let (before, after) = (&row.change.before, &row.change.after);
        let side = |side: &crate::panel::change::Side| format!("{} ({}/{})", percent(side.share, lang), side.x, side.n);
        let interval = row.change.ci_lower.zip(row.change.ci_upper);
        let to = lang.pick("til", "til", "to");
        table.row(vec![
            super::html::sentence(&who(year, row, lang)).trim_end_matches('.').to_owned(),
            if row.municipality == year.project.id {
                String::new()
            } else {
                year.place(&row.municipality, lang).to_owned()
            },
            side(before),
            side(after),
            row.change.change.map(|change| points(change, lang)).unwrap_or_default(),
            interval
                .map(|(lower, upper)| format!("{} {to} {}", points(lower, lang), points(upper, lang)))
                .unwrap_or_default(),
            row.sentence.get(lang).to_owned(),
        ]);
    }
    table.push(out);
}
