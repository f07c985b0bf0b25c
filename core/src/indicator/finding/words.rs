//! What the statistics of findings are called, and what a difference says.

use super::Cell;
use crate::distribution::normal;
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

/// So many of a hundred.
#[expect(clippy::cast_possible_truncation, reason = "at most a hundred")]
pub(super) fn of_hundred(share: f64) -> i64 {
    (100.0 * share).round() as i64
}

/// What a difference of shares says: that there is one, or how large one would have to be to be seen.
pub(super) fn verdict(difference: &Cell, lang: Lang) -> String {
    let limits = difference.ci_lower.zip(difference.ci_upper);
    let (Some((lower, upper)), Some(d)) = (limits, difference.estimate) else {
        return lang
            .pick(
                "Det er for lite til å sammenligne.",
                "Det er for lite til å samanlikne.",
                "That is too little to compare.",
            )
            .into();
    };
    let (few, many) = (of_hundred(lower), of_hundred(upper));
    // Of several comparisons at once one is apart by chance more often.
    let alpha = 1.0 - difference.level.unwrap_or(0.95);
    let chance = difference.p_adjusted.is_some_and(|p| p > alpha + 1e-12);
    if lower > 0.0 || upper < 0.0 {
        let (size, low, high) =
            (of_hundred(d.abs()), of_hundred(lower.abs().min(upper.abs())), of_hundred(lower.abs().max(upper.abs())));
        let more = d > 0.0;
        let words = match lang {
            Lang::Nb => format!(
                "Det er {size} {} av 100, mest sannsynlig mellom {low} og {high}.",
                if more { "flere" } else { "færre" }
            ),
            Lang::Nn => format!(
                "Det er {size} {} av 100, mest sannsynlig mellom {low} og {high}.",
                if more { "fleire" } else { "færre" }
            ),
            Lang::En => format!(
                "That is {size} {} of 100, most likely between {low} and {high}.",
                if more { "more" } else { "fewer" }
            ),
        };
        let doubt = lang.pick(
            "Men med så mange sammenligninger kan det være tilfeldig.",
            "Men med så mange samanlikningar kan det vere tilfeldig.",
            "But with so many comparisons that may be chance.",
        );
        return if chance { format!("{words} {doubt}") } else { words };
    }
    // Eight times in ten, at the level: 1.96 + 0.84 standard errors.
    let z = normal::upper_quantile(0.025);
    let se = difference.se.unwrap_or((upper - lower) / (2.0 * z));
    let seen = of_hundred(se * (z + normal::upper_quantile(0.2)));
    let none = match lang {
        Lang::Nb => format!("Ingen påviselig forskjell ({few} til {many} av 100)."),
        Lang::Nn => format!("Ingen påviseleg skilnad ({few} til {many} av 100)."),
        Lang::En => format!("No detectable difference ({few} to {many} of 100)."),
    };
    let none = none.replace('-', "\u{2212}");
    if seen >= 100 {
        return none;
    }
    let least = match lang {
        Lang::Nb => format!("En forskjell under {seen} av 100 ville neppe ha vært sett."),
        Lang::Nn => format!("Ein skilnad under {seen} av 100 ville neppe ha vore sett."),
        Lang::En => format!("One below {seen} of 100 could hardly have been seen."),
    };
    format!("{none} {least}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::Level;
    use crate::text::Text;

    #[test]
    fn no_difference_says_what_could_have_been_seen() {
        let cell = Cell::new("difference", "t", Text::default(), 40).student(0.05, 0.1, 30.0, Level::P95, |d| d);
        let words = verdict(&cell, Lang::En);
        assert_eq!(
            words,
            "No detectable difference (\u{2212}15 to 25 of 100). One below 28 of 100 could hardly have been seen."
        );
        assert_eq!(of_hundred(1.0 / 3.0), 33);
    }

    #[test]
    fn among_many_comparisons_one_may_be_chance() {
        let cell = Cell::new("difference", "t", Text::default(), 40).student(0.25, 0.1, 30.0, Level::P95, |d| d);
        let words = |p| verdict(&Cell { p_adjusted: Some(p), ..cell.clone() }, Lang::En);
        assert!(words(0.05).ends_with("between 5 and 45."));
        assert!(words(0.06).ends_with("But with so many comparisons that may be chance."));
    }
}
