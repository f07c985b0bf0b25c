//! Options of `bygdepuls cv`.

use super::project;
use bygdepuls_core::text::Lang;
use clap::{Arg, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let option =
        |name: &'static str, value: &'static str, help: String| Arg::new(name).long(name).value_name(value).help(help);
    Command::new("cv")
        .about(t(
            "Lag en liste fra CV-basen, eller tell hvem som kunne komme. Lister er interne, og hver liste loggføres",
            "Lag ei liste frå CV-basen, eller tel kven som kunne kome. Lister er interne, og kvar liste blir loggført",
            "Make a list from the CV base, or count who could come. Lists are internal, and each is logged",
        ))
        .after_help(after_help(lang))
        .arg(project(lang))
        .arg(Arg::new("what").value_name(t("HVA", "KVA", "WHAT")).required(true).value_parser(["shortlist", "contacts", "count"]).help(t(
            "shortlist: de som har sagt ja til å bli delt, til en arbeidsgiver; contacts: brobyggerens liste; count: antall",
            "shortlist: dei som har sagt ja til å bli delte, til ein arbeidsgivar; contacts: lista til brobyggaren; count: tal",
            "shortlist: those who agreed to be shared, for an employer; contacts: the bridge builder's list; count: numbers",
        )))
        .arg(Arg::new("today").long("today").value_name("YYYY-MM-DD").required(true).value_parser(move |text: &str| super::date(text, lang)).help(t(
            "Dagen samtykkene må gjelde, i tillegg til i dag",
            "Dagen samtykka må gjelde, i tillegg til i dag",
            "The day on which consents must hold, besides today",
        )))
        .arg(option("employer", "NAME", t(
            "Arbeidsgiveren som har spurt; må være med for shortlist, og står i loggen",
            "Arbeidsgivaren som har spurt; må vere med for shortlist, og står i loggen",
            "The employer who asked; needed for shortlist, and noted in the log",
        )).required_if_eq("what", "shortlist"))
        .arg(option("out", "FILE", t(
            "Fila lista skrives til (CSV, bare for eieren); må være med for shortlist og contacts",
            "Fila lista blir skriven til (CSV, berre for eigaren); må vere med for shortlist og contacts",
            "The file that the list is written to (CSV, for the owner alone); needed for shortlist and contacts",
        )).value_parser(value_parser!(PathBuf)).required_if_eq_any([("what", "shortlist"), ("what", "contacts")]))
        .arg(option("field", "ID", t("Bare dette fagfeltet", "Berre dette fagfeltet", "This field only")))
        .arg(option("occupation", "CODE", t(
            "Bare yrker som begynner med dette (STYRK-08)",
            "Berre yrke som byrjar med dette (STYRK-08)",
            "Occupations that begin with this only (STYRK-08)",
        )))
        .arg(option("education", "CODE", t(
            "Bare utdanninger som begynner med dette (NUS2000)",
            "Berre utdanningar som byrjar med dette (NUS2000)",
            "Educations that begin with this only (NUS2000)",
        )))
        .arg(option("wants", "WORD", t("Bare de som ønsker dette", "Berre dei som ønskjer dette", "Those who want this only")).value_parser(["now", "later", "told"]))
        .arg(option("experience", "YEARS", t(
            "Minst så mange års erfaring",
            "Minst så mange års erfaring",
            "So many years of experience at least",
        )).value_parser(value_parser!(u8).range(0..=70)))
}

fn after_help(lang: Lang) -> String {
    lang.pick(
        "Eksempler:\n  bygdepuls cv prosjekt shortlist --field health --employer \"Lierne kommune\" --today 2026-11-22 \
         --out internt/liste.csv\n  bygdepuls cv prosjekt contacts --today 2026-11-22 --out internt/kontakter.csv\n  \
         bygdepuls cv prosjekt count --today 2026-11-22\n\nCV-basen eies av kommunene. Bare de med gyldig samtykke på dagen er \
         med. Hver liste som lages, skrives i cv-log.csv ved siden av prosjektfila: dag, slag, arbeidsgiver, hva det ble spurt \
         om, og antall rader, ingen navn. count skriver bare antall som kan publiseres.\n\nUtgangskode: 0 ferdig, 1 noe er galt \
         med filene, 2 feil bruk.",
        "Døme:\n  bygdepuls cv prosjekt shortlist --field health --employer \"Lierne kommune\" --today 2026-11-22 \
         --out internt/liste.csv\n  bygdepuls cv prosjekt contacts --today 2026-11-22 --out internt/kontaktar.csv\n  \
         bygdepuls cv prosjekt count --today 2026-11-22\n\nCV-basen er eigd av kommunane. Berre dei med gyldig samtykke på dagen \
         er med. Kvar liste som blir laga, blir skriven i cv-log.csv ved sida av prosjektfila: dag, slag, arbeidsgivar, kva det \
         vart spurt om, og talet på rader, ingen namn. count skriv berre tal som kan publiserast.\n\nUtgangskode: 0 ferdig, 1 \
         noko er gale med filene, 2 feil bruk.",
        "Examples:\n  bygdepuls cv project shortlist --field health --employer \"Lierne kommune\" --today 2026-11-22 \
         --out internal/list.csv\n  bygdepuls cv project contacts --today 2026-11-22 --out internal/contacts.csv\n  bygdepuls cv \
         project count --today 2026-11-22\n\nThe CV base is owned by the municipalities. Only those with a consent that holds on \
         the day are in it. Each list that is made is noted in cv-log.csv beside the project file: day, kind, employer, what was \
         asked for, and how many rows, no names. count prints only numbers that may be published.\n\nExit code: 0 done, 1 the \
         files have problems, 2 wrong usage.",
    )
    .into()
}
