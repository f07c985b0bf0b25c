//! Who answered, and who is missing compared to the register.

use super::Year;
use super::html::{Table, people, percent, push_paragraph};
use crate::show::number;
use crate::text::Lang;
use crate::track::Response;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    push_paragraph(
        &mut out,
        lang.pick(
            "Alle tall er av hele kullet, talt der det vokste opp. Den som ikke ble invitert, ikke ble nådd eller ikke ville, \
             mangler.",
            "Alle tal er av heile kullet, talt der det vaks opp. Den som ikkje vart invitert, ikkje vart nådd eller ikkje ville, \
             manglar.",
            "All figures are of the whole cohort, counted where it grew up. Whoever was not invited, not reached or unwilling is \
             missing.",
        ),
    );
    let rounds: Vec<u16> = year.project.survey.rounds.iter().map(|round| round.year).collect();
    let asked = |rows: &'static str| {
        let rows = if rows == "totals" { &year.track.response_totals } else { &year.track.response };
        rows.iter().filter(|row| row.source == "answers" && rounds.contains(&row.year))
    };
    let caption = lang.pick("Regionen", "Regionen", "The region");
    table(&mut out, year, "s-r", caption, &asked("totals").collect::<Vec<_>>(), lang);
    let newest = year.newest();
    let caption = format!("{} {newest}", lang.pick("Kommunene", "Kommunane", "The municipalities"));
    table(&mut out, year, "s-m", &caption, &asked("").filter(|row| row.year == newest).collect::<Vec<_>>(), lang);
    let left_out: u64 = year.track.left_out.iter().map(|row| row.rows).sum();
    if left_out > 0 {
        let left_out = people(Some(left_out), lang);
        push_paragraph(
            &mut out,
            &match lang {
                Lang::Nb => format!(
                    "{left_out} rader er utelatt: uten samtykke, for sent levert, dobbelt eller utenfor bølgene."
                ),
                Lang::Nn => format!(
                    "{left_out} rader er utelatne: utan samtykke, for seint leverte, doble eller utanfor bølgjene."
                ),
                Lang::En => {
                    format!("{left_out} rows are left out: without consent, late, double or outside the waves.")
                }
            },
        );
    }
    out
}

fn table(out: &mut String, year: &Year<'_>, id: &str, caption: &str, rows: &[&Response], lang: Lang) {
    let heads = [
        lang.pick("Bølge", "Bølgje", "Wave"),
        lang.pick("Kommune", "Kommune", "Municipality"),
        lang.pick("År", "År", "Year"),
        lang.pick("#I kullet", "#I kullet", "#In the cohort"),
        lang.pick("#Invitert", "#Invitert", "#Invited"),
        lang.pick("#Svarte", "#Svara", "#Answered"),
        lang.pick("#Mangler", "#Manglar", "#Missing"),
        lang.pick("#Svarandel", "#Svardel", "#Response rate"),
        lang.pick("#Jenter", "#Jenter", "#Girls"),
        lang.pick("#Gutter", "#Gutar", "#Boys"),
    ];
    let mut table = Table::new(id, caption, &heads);
    let of = lang.pick("av", "av", "of");
    for row in rows.iter().filter(|row| row.sex == "all") {
        let same = |other: &&&Response| {
            (other.year, &other.wave, &other.municipality) == (row.year, &row.wave, &row.municipality)
        };
        let sex = |sex: &str| {
            let found = rows.iter().filter(same).find(|other| other.sex == sex);
            let pair = found.and_then(|one| one.n_answered.zip(one.n_population));
            pair.map(|(n, all)| format!("{n} {of} {all}")).unwrap_or_default()
        };
        table.row(vec![
            year.wave(&row.wave, lang).to_owned(),
            if row.municipality == year.project.id {
                String::new()
            } else {
                year.place(&row.municipality, lang).to_owned()
            },
            row.year.to_string(),
            people(row.n_population, lang),
            people(row.n_invited, lang),
            people(row.n_answered, lang),
            row.n_missing.map(|missing| number::count(missing, lang)).unwrap_or_default(),
            percent(row.rate, lang),
            sex("female"),
            sex("male"),
        ]);
    }
    table.push(out);
}
