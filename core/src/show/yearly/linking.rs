//! The same people over the years: how many are linked, how they differ from the rest, and how their answers moved.

use super::Year;
use super::html::{Table, percent, points, push_heading, push_list, push_paragraph};
use crate::show::number;
use crate::text::Lang;
use crate::track::Transition;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let linkage = &year.track.linkage;
    let count = |count: u64| number::count(i64::try_from(count).unwrap_or(0), lang);
    let (rows, persons, linked) = (count(linkage.rows), count(linkage.persons), count(linkage.persons_linked));
    push_paragraph(
        &mut out,
        &match lang {
            Lang::Nb => {
                format!("{rows} svar fra {persons} personer; {linked} av dem har svart i to bølger eller flere.")
            }
            Lang::Nn => {
                format!("{rows} svar frå {persons} personar; {linked} av dei har svara i to bølgjer eller fleire.")
            }
            Lang::En => format!("{rows} answers of {persons} people; {linked} of them answered in two waves or more."),
        },
    );
    pairs(&mut out, year, lang);
    let moved: Vec<&Transition> =
        year.track.transitions.iter().filter(|one| one.cohort.is_none() && one.n > 0).collect();
    for one in &moved {
        transition(&mut out, year, one, lang);
    }
    if moved.is_empty() {
        push_paragraph(
            &mut out,
            lang.pick(
                "Ingen har svart på spørsmålet i to bølger ennå, så ingen overganger kan vises.",
                "Ingen har svara på spørsmålet i to bølgjer enno, så ingen overgangar kan visast.",
                "Nobody has answered the question in two waves yet, so there are no transitions to show.",
            ),
        );
    }
    out
}

fn pairs(out: &mut String, year: &Year<'_>, lang: Lang) {
    let heads = [
        lang.pick("Fra – til", "Frå – til", "From – to"),
        lang.pick("Kull", "Kull", "Cohort"),
        lang.pick("#Svarte først", "#Svara først", "#Answered first"),
        lang.pick("#Svarte sist", "#Svara sist", "#Answered last"),
        lang.pick("#Lenket", "#Lenkja", "#Linked"),
        lang.pick("#Av de første", "#Av dei første", "#Of the first"),
        lang.pick(
            "#Ja: lenkede mot resten (prosentpoeng, 95 %)",
            "#Ja: lenkja mot resten (prosentpoeng, 95 %)",
            "#Yes: linked less rest (percentage points, 95%)",
        ),
    ];
    let caption = lang.pick("Hvem som er lenket", "Kven som er lenkja", "Who is linked");
    let mut table = Table::new("l-p", caption, &heads);
    for pair in &year.track.linkage.pairs {
        let Some(cohort) = pair.cohort else { continue };
        let bias = &pair.from_composition.yes;
        let difference = bias.difference.zip(bias.ci_lower.zip(bias.ci_upper)).map(|(difference, (lower, upper))| {
            let to = lang.pick("til", "til", "to");
            format!("{} ({} {to} {})", points(difference, lang), points(lower, lang), points(upper, lang))
        });
        table.row(vec![
            format!("{} → {}", year.wave(&pair.from, lang), year.wave(&pair.to, lang)),
            cohort.to_string(),
            pair.n_from.to_string(),
            pair.n_to.to_string(),
            pair.n_linked.to_string(),
            percent(pair.share_from, lang),
            difference.unwrap_or_default(),
        ]);
    }
    table.push(out);
}

fn transition(out: &mut String, year: &Year<'_>, one: &Transition, lang: Lang) {
    let name = format!("{} → {}", year.wave(&one.from, lang), year.wave(&one.to, lang));
    push_heading(out, &name);
    let (n, up, down, steady) = (one.n, one.up, one.down, one.steady);
    let [[both, stopped], [started, _]] = one.yes_table;
    let mut sentences = vec![match lang {
        Lang::Nb => format!(
            "Av {n} som har svart begge ganger, ble {up} mer positive, {down} mindre, og {steady} svarte det samme. {both} sa ja \
             begge ganger; {started} gikk fra nei til ja, {stopped} fra ja til nei."
        ),
        Lang::Nn => format!(
            "Av {n} som har svara begge gongene, vart {up} meir positive, {down} mindre, og {steady} svara det same. {both} sa ja \
             begge gongene; {started} gjekk frå nei til ja, {stopped} frå ja til nei."
        ),
        Lang::En => format!(
            "Of {n} who answered both times, {up} became more positive, {down} less, and {steady} gave the same answer. {both} \
             said yes both times; {started} went from no to yes, {stopped} from yes to no."
        ),
    }];
    if let Some((change, (lower, upper))) = one.net_change.zip(one.net_change_ci_lower.zip(one.net_change_ci_upper)) {
        let (change, lower, upper) = (points(change, lang), points(lower, lang), points(upper, lang));
        let p =
            one.mcnemar_mid_p.map(|p| format!("; McNemar mid-p {}", number::decimal(p, 3, lang))).unwrap_or_default();
        sentences.push(match lang {
            Lang::Nb => format!("Netto endring: {change} prosentpoeng (95 %: {lower} til {upper}{p})."),
            Lang::Nn => format!("Netto endring: {change} prosentpoeng (95 %: {lower} til {upper}{p})."),
            Lang::En => format!("Net change: {change} percentage points (95%: {lower} to {upper}{p})."),
        });
    }
    if let Some(weighted) = &one.weighting_class {
        let (first, second) = (percent(Some(weighted.yes_first), lang), percent(Some(weighted.yes_second), lang));
        sentences.push(match lang {
            Lang::Nb => format!("Vektet for dem som falt fra (kommune, kjønn): ja {first} → {second}."),
            Lang::Nn => format!("Vekta for dei som fall frå (kommune, kjønn): ja {first} → {second}."),
            Lang::En => format!("Weighted for those lost (municipality, sex): yes {first} → {second}."),
        });
    }
    push_list(out, &sentences);
    let first = lang.pick("Første svar \\ andre svar", "Første svar \\ andre svar", "First answer \\ second answer");
    let heads: Vec<String> = one.categories.iter().map(|category| format!("#{category}")).collect();
    let heads: Vec<&str> = std::iter::once(first).chain(heads.iter().map(String::as_str)).collect();
    let caption =
        lang.pick("Svar på skalaen 1–5, personer", "Svar på skalaen 1–5, personar", "Answers on the scale 1–5, people");
    let mut table = Table::new(&format!("l-{}-{}", one.from, one.to), &format!("{name}. {caption}"), &heads);
    for (category, row) in one.categories.iter().zip(&one.table) {
        table.row(std::iter::once(category.clone()).chain(row.iter().map(u64::to_string)).collect());
    }
    table.push(out);
}
