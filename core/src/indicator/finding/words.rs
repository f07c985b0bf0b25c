//! What the statistics of findings are called.

use crate::text::Lang;

/// The name of a statistic for people; its code where it has none.
#[must_use]
pub fn statistic(code: &str, lang: Lang) -> &str {
    match code {
        "share" => lang.pick("andel", "del", "share"),
        "difference" => lang.pick("forskjell", "skilnad", "difference"),
        "difference_unweighted" => lang.pick("forskjell, uvektet", "skilnad, uvekta", "difference, unweighted"),
        "difference_adjusted" => lang.pick("forskjell, justert", "skilnad, justert", "difference, adjusted"),
        "risk_ratio" => lang.pick("risikoforhold", "risikoforhold", "risk ratio"),
        "risk_ratio_unweighted" => {
            lang.pick("risikoforhold, uvektet", "risikoforhold, uvekta", "risk ratio, unweighted")
        }
        "odds_ratio_adjusted" => lang.pick("oddsforhold, justert", "oddsforhold, justert", "odds ratio, adjusted"),
        "odds_ratio_trend" => lang.pick("oddsforhold per trinn", "oddsforhold per steg", "odds ratio per group"),
        "odds_ratio_trend_adjusted" => lang.pick(
            "oddsforhold per trinn, justert",
            "oddsforhold per steg, justert",
            "odds ratio per group, adjusted",
        ),
        "trend_unweighted" => {
            lang.pick("Cochran–Armitage, uvektet", "Cochran–Armitage, uvekta", "Cochran–Armitage, unweighted")
        }
        "trend_exact" => lang.pick("trend, eksakt", "trend, eksakt", "trend, exact"),
        "pairs" => lang.pick("par", "par", "pairs"),
        "pairs_by_chance" => lang.pick("par, tilfeldig", "par, tilfeldig", "pairs, by chance"),
        "index" => lang.pick("indeks", "indeks", "index"),
        "important" => lang.pick("viktig", "viktig", "important"),
        "satisfied" => lang.pick("fornøyd", "nøgd", "satisfied"),
        "mean_importance" => lang.pick("viktighet, snitt", "viktigheit, snitt", "importance, mean"),
        "mean_satisfaction" => lang.pick("tilfredshet, snitt", "tilfredsheit, snitt", "satisfaction, mean"),
        "gap" => lang.pick("avstand", "avstand", "gap"),
        "importance_above_mean" => lang.pick("viktigere enn andre", "viktigare enn andre", "importance above mean"),
        "satisfaction_above_mean" => lang.pick("bedre enn andre", "betre enn andre", "satisfaction above mean"),
        "quadrant" => lang.pick("kvadrant", "kvadrant", "quadrant"),
        "share_first" => lang.pick("satt først", "sett først", "put first"),
        "share_first_unweighted" => lang.pick("satt først, uvektet", "sett først, uvekta", "put first, unweighted"),
        "borda_mean" => lang.pick("Borda, snitt", "Borda, snitt", "Borda, mean"),
        "borda_total" => lang.pick("Borda, sum", "Borda, sum", "Borda, total"),
        "worth" => lang.pick("Plackett–Luce", "Plackett–Luce", "Plackett–Luce"),
        "log_worth" => lang.pick("Plackett–Luce, log", "Plackett–Luce, log", "Plackett–Luce, log"),
        "mean" => lang.pick("snitt", "snitt", "mean"),
        "change" => lang.pick("endring", "endring", "change"),
        "difference_in_differences" => lang.pick("virkning", "verknad", "difference in differences"),
        "standardised_difference" => {
            lang.pick("standardisert forskjell", "standardisert skilnad", "standardised difference")
        }
        "count" => lang.pick("antall", "tal", "count"),
        "share_of_step_before" => lang.pick("av steget før", "av steget før", "of the step before"),
        "share_of_invited" => lang.pick("av inviterte", "av inviterte", "of invited"),
        "share_if_all_had_answered" => lang.pick("om alle hadde svart", "om alle hadde svara", "if all had answered"),
        "median_days" => lang.pick("median", "median", "median"),
        "resident" => lang.pick("bosatt", "busett", "resident"),
        "hired_by_tie" | "hired_difference" | "hired_ratio" => {
            lang.pick("ansatt, etter tilknytning", "tilsett, etter tilknyting", "hired, by tie")
        }
        "resident_by_tie" => lang.pick("bosatt, etter tilknytning", "busett, etter tilknyting", "resident, by tie"),
        "returned" => lang.pick("tilbake", "tilbake", "back"),
        "returned_pooled" => lang.pick("tilbake, utjevnet", "tilbake, utjamna", "back, pooled"),
        "measures" => lang.pick("tiltak", "tiltak", "measures"),
        "notes" => lang.pick("notater", "notat", "notes"),
        "answers_nothing" => lang.pick("svarer ikke på noe", "svarer ikkje på noko", "answers nothing"),
        other => other,
    }
}

/// The name of a group or of a quadrant; nothing for the code of an answer.
#[must_use]
pub fn group(value: &str, lang: Lang) -> Option<&'static str> {
    Some(match value {
        "with_tie" => lang.pick("med", "med", "with"),
        "without_tie" => lang.pick("uten", "utan", "without"),
        "keep_up" => lang.pick("hold ved like", "hald ved like", "keep up"),
        "concentrate_here" => lang.pick("gjør mer her", "gjer meir her", "concentrate here"),
        "low_priority" => lang.pick("mindre viktig", "mindre viktig", "low priority"),
        "more_than_needed" => lang.pick("mer enn nok", "meir enn nok", "more than needed"),
        "cannot_be_told" => lang.pick("kan ikke sies", "kan ikkje seiast", "cannot be told"),
        _ => return None,
    })
}
