//! Options of `bygdepuls track`.

use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, Command, value_parser};
use std::ops::RangeInclusive;
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("track")
        .about(t(
            "Følg kullene: hvem som står for tur, hvem som har svart, hvem som er lenket, og hva som har endret seg. Internt",
            "Følg kulla: kven som står for tur, kven som har svara, kven som er lenkja, og kva som har endra seg. Internt",
            "Follow the cohorts: who is due, who answered, who is linked, and what changed. Internal",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls track examples/indre-namdal\n  bygdepuls track prosjekt --due 2027 --today 2027-02-01 \
             --format json\n  bygdepuls track prosjekt --due 2027 --out internt/2027 --lists --key nokkel.txt\n\nAlt dette er \
             INTERNT: antall i små grupper. Lister med navn skrives bare med --lists.\n\nUtgangskode: 0 ferdig, 1 noe er \
             galt med filene, 2 feil bruk.",
            "Døme:\n  bygdepuls track examples/indre-namdal\n  bygdepuls track prosjekt --due 2027 --today 2027-02-01 \
             --format json\n  bygdepuls track prosjekt --due 2027 --out internt/2027 --lists --key nokkel.txt\n\nAlt dette er \
             INTERNT: tal i små grupper. Lister med namn blir berre skrivne med --lists.\n\nUtgangskode: 0 ferdig, 1 noko er \
             gale med filene, 2 feil bruk.",
            "Examples:\n  bygdepuls track examples/indre-namdal\n  bygdepuls track project --due 2027 --today 2027-02-01 \
             --format json\n  bygdepuls track project --due 2027 --out internal/2027 --lists --key key.txt\n\nAll of this is \
             INTERNAL: numbers of people in small groups. Lists with names are written with --lists only.\n\nExit code: 0 \
             done, 1 the files have problems, 2 wrong usage.",
        ))
        .arg(super::project(lang))
        .arg(
            Arg::new("due")
                .long("due")
                .value_name("YYYY[-YYYY]")
                .value_parser(move |text: &str| years(text, lang))
                .help(t(
                    "Året, eller årene, lista over dem som står for tur skal gjelde [standard: neste runde etter dagen]",
                    "Året, eller åra, lista over dei som står for tur skal gjelde [standard: neste runde etter dagen]",
                    "The year, or years, of the list of who is due [default: the next round after the day]",
                )),
        )
        .arg(Arg::new("today").long("today").value_name("YYYY-MM-DD").value_parser(move |text: &str| super::date(text, lang)).help(t(
            "Dagen samtykkene må gjelde [standard: siste svarfrist i prosjektet]",
            "Dagen samtykka må gjelde [standard: siste svarfrist i prosjektet]",
            "The day on which consents must hold [default: the project's last closing date]",
        )))
        .arg(Arg::new("key").long("key").value_name("FILE").value_parser(value_parser!(PathBuf)).help(t(
            "Fil med nøkkelen til pseudonymene; eller stien til den i BYGDEPULS_KEY",
            "Fil med nøkkelen til pseudonyma; eller stigen til henne i BYGDEPULS_KEY",
            "File with the key of the pseudonyms; or its path in BYGDEPULS_KEY",
        )))
        .arg(Arg::new("link-near").long("link-near").action(ArgAction::SetTrue).help(t(
            "Lenk også koder som skiller seg med én feil, der bare to kan være samme person",
            "Lenk òg kodar som skil seg med éin feil, der berre to kan vere same person",
            "Also link codes that differ by one slip, where only two can be the same person",
        )))
        .arg(Arg::new("out").long("out").value_name("DIR").value_parser(value_parser!(PathBuf)).help(t(
            "Skriv tall (JSON, CSV) og kalender til en intern mappe, bare for eieren",
            "Skriv tal (JSON, CSV) og kalender til ei intern mappe, berre for eigaren",
            "Write figures (JSON, CSV) and a calendar to an internal folder, for the owner alone",
        )))
        .arg(Arg::new("lists").long("lists").requires("out").action(ArgAction::SetTrue).help(t(
            "Skriv også lister med navn og adresser for invitasjon og påminnelse (fletting, CSV)",
            "Skriv òg lister med namn og adresser for invitasjon og påminning (fletting, CSV)",
            "Also write lists with names and addresses for invitation and reminder (mail merge, CSV)",
        )))
        .arg(
            Arg::new("add-contacts")
                .long("add-contacts")
                .value_name("CSV")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["out", "key", "link-near"])
                .help(t(
                    "Legg adressene fra `import --contacts` inn i persons.csv, og gjør ikke annet; --due er året de ble \
                     spurt, --today dagen samtykket regnes gitt",
                    "Legg adressene frå `import --contacts` inn i persons.csv, og gjer ikkje anna; --due er året dei vart \
                     spurde, --today dagen samtykket blir rekna gitt",
                    "Put the addresses of `import --contacts` into persons.csv, and do nothing else; --due is the year in \
                     which they were asked, --today the day on which consent counts as given",
                )),
        )
        .arg(
            Arg::new("consent-until")
                .long("consent-until")
                .value_name("YYYY-MM-DD")
                .requires("add-contacts")
                .value_parser(move |text: &str| super::date(text, lang))
                .help(t(
                    "Siste dag samtykkene gjelder [uten: til de trekkes]",
                    "Siste dag samtykka gjeld [utan: til dei blir trekte]",
                    "The last day of the consents [without: until withdrawn]",
                )),
        )
        .arg(Arg::new("format").long("format").value_parser(["table", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
}

fn years(text: &str, lang: Lang) -> Result<RangeInclusive<u16>, String> {
    let year = |text: &str| text.parse::<u16>().ok().filter(|year| (1900..=2200).contains(year));
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let found = year(first).zip(year(last)).filter(|(first, last)| first <= last && last - first < 50);
    found.map(|(first, last)| first..=last).ok_or_else(|| {
        lang.pick(
            "ikke et år fra 1900 til 2200, eller to med bindestrek mellom",
            "ikkje eit år frå 1900 til 2200, eller to med bindestrek mellom",
            "not a year from 1900 to 2200, or two with a hyphen between them",
        )
        .into()
    })
}
