//! The codebook to read: every variable with its words, codes and who is asked.

use super::{END, asked_of, page};
use crate::questionnaire::{Item, ItemKind, Questionnaire, Routing, lint};
use crate::show::markup::fill;
use crate::text::Lang;

pub(super) fn write(own: &Questionnaire, lang: Lang) -> String {
    let routing = Routing::of(own);
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let title = &own.settings.title;
    let heading = format!("{}: {title}", t("Kodebok", "Kodebok", "Codebook"));
    let mut out = page(&heading, lang);
    let variables: Vec<(usize, &Item)> =
        own.items.iter().enumerate().filter(|(_, item)| item.kind.is_variable() && !item.name.is_empty()).collect();
    fill(
        &mut out,
        "<h1>{}</h1>\n<p>{} {}. {} {}.</p>\n",
        &[
            &heading,
            t("Versjon", "Versjon", "Version"),
            &own.settings.version,
            &variables.len().to_string(),
            t("variabler", "variablar", "variables"),
        ],
    );
    let personal = |item: &Item| lint::is_self_made_code(item) || lint::is_contact(item);
    let names: Vec<&str> =
        variables.iter().filter(|(_, item)| personal(item)).map(|(_, item)| item.name.as_str()).collect();
    if !names.is_empty() {
        fill(
            &mut out,
            "<p><strong>{}</strong> {}. {}</p>\n",
            &[
                t("Personopplysninger:", "Personopplysningar:", "Personal data:"),
                &names.join(", "),
                t(
                    "De lagres atskilt fra svarene og publiseres aldri.",
                    "Dei blir lagra skilde frå svara og blir aldri publiserte.",
                    "They are kept apart from the answers and never published.",
                ),
            ],
        );
    }
    for (place, item) in variables {
        push_variable(&mut out, own, &routing, place, item, lang);
    }
    out.push_str(END);
    out
}

fn push_variable(out: &mut String, own: &Questionnaire, routing: &Routing, place: usize, item: &Item, lang: Lang) {
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let text = |words: &[String]| own.text(words).get(lang).to_owned();
    let label = text(&item.label);
    fill(out, "<h3 id=\"{}\"><code>{}</code></h3>\n<p>{}</p>\n", &[&item.name, &item.name, &label]);
    let hint = text(&item.hint);
    if !hint.is_empty() {
        fill(out, "<p class=\"note\">{}</p>\n", &[&hint]);
    }
    let mut notes = vec![kind_words(&item.kind, lang).to_owned()];
    let asked = asked_of(own, routing, place, lang);
    if !asked.is_empty() {
        notes.push(format!("{}: {asked}", t("Stilt til", "Stilt til", "Put to")));
    }
    if item.is_required() {
        notes.push(t("Må besvares", "Må svarast på", "Must be answered").into());
    }
    if lint::is_self_made_code(item) || lint::is_contact(item) {
        notes.push(t("Personopplysning", "Personopplysning", "Personal data").into());
    }
    fill(out, "<p class=\"note\">{}</p>\n", &[&notes.join(". ")]);
    let conditions: Vec<&str> = routing.conditions(own, place).map(super::super::Expression::source).collect();
    if !conditions.is_empty() {
        fill(
            out,
            "<p class=\"note\">{}: <code>{}</code></p>\n",
            &[t("Betingelse", "Vilkår", "Condition"), &conditions.join(" and ")],
        );
    }
    let Some(list) = own.choices(item) else { return };
    fill(
        out,
        "<table>\n<caption>{} {}</caption>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        &[t("Svar på", "Svar på", "Answers to"), &item.name, t("Kode", "Kode", "Code"), t("Svar", "Svar", "Answer")],
    );
    for choice in &list.choices {
        let missing = match choice.missing_word() {
            "dont_know" => t(" (manglende svar: vet ikke)", " (manglande svar: veit ikkje)", " (missing: don't know)"),
            "refused" => {
                t(" (manglende svar: vil ikke svare)", " (manglande svar: vil ikkje svare)", " (missing: refused)")
            }
            _ => "",
        };
        fill(
            out,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}{}</td></tr>\n",
            &[&choice.code, &text(&choice.label), missing],
        );
    }
    out.push_str("</tbody>\n</table>\n");
}

/// A type in words.
pub(super) fn kind_words(kind: &ItemKind, lang: Lang) -> &'static str {
    match kind {
        ItemKind::SelectOne { .. } => lang.pick("Ett svar", "Eitt svar", "One answer"),
        ItemKind::SelectMultiple { .. } => lang.pick("Flere svar", "Fleire svar", "Several answers"),
        ItemKind::Rank { .. } => lang.pick("Rangering", "Rangering", "Ranking"),
        ItemKind::Integer => lang.pick("Heltall", "Heiltal", "Whole number"),
        ItemKind::Decimal | ItemKind::Range => lang.pick("Tall", "Tal", "Number"),
        ItemKind::Text => lang.pick("Fritekst", "Fritekst", "Free text"),
        ItemKind::Date | ItemKind::DateTime => lang.pick("Dato", "Dato", "Date"),
        ItemKind::Hidden { .. } => lang.pick("Settes i lenken", "Blir sett i lenkja", "Set in the link"),
        ItemKind::Metadata(_) => lang.pick("Settes av verktøyet", "Blir sett av verktøyet", "Set by the survey tool"),
        _ => lang.pick("Annet", "Anna", "Other"),
    }
}
