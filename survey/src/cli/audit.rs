//! Options of `bygdepuls audit`.

use super::audit_release::with_releases;
use bygdepuls_core::text::Lang;
use clap::{Arg, Command, value_parser};
use std::path::PathBuf;

/// `audit RELEASE…` and `audit page DIR`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let command = Command::new("audit").about(t(
        "Finn ut hva en angriper kan slutte av det som er publisert",
        "Finn ut kva ein angripar kan slutte av det som er publisert",
        "Find out what an attacker can conclude from what was published",
    ));
    with_releases(command, lang).subcommand(page(lang))
}

fn page(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("page")
        .about(t(
            "Hold alle filer i en publisert mappe opp mot kubene i den: tekst, figurer, attributter, data og rekkefølge",
            "Hald alle filer i ei publisert mappe opp mot kubane i ho: tekst, figurar, attributt, data og rekkjefølgje",
            "Hold every file of a published folder against the cubes in it: text, figures, attributes, data and order",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls audit page out/public\n  bygdepuls audit page out/public --rolls kull.csv --format \
             json\n\nKubene (JSON-stat) i mappa sier hva som kan vises av hver celle. Alt annet er et funn, med de parene \
             (ja, svar) det lar seg regne tilbake til.\n\nUtgangskode: 0 ingenting funnet, 1 funn, 2 feil bruk.",
            "Døme:\n  bygdepuls audit page out/public\n  bygdepuls audit page out/public --rolls kull.csv --format \
             json\n\nKubane (JSON-stat) i mappa seier kva som kan visast av kvar celle. Alt anna er eit funn, med dei \
             para (ja, svar) det lèt seg rekne tilbake til.\n\nUtgangskode: 0 ingenting funne, 1 funn, 2 feil bruk.",
            "Examples:\n  bygdepuls audit page out/public\n  bygdepuls audit page out/public --rolls cohorts.csv \
             --format json\n\nThe cubes (JSON-stat) in the folder say what may be said of each cell. Everything else is a \
             finding, with the pairs (yes, answers) that it can be turned back into.\n\nExit code: 0 nothing found, 1 \
             findings, 2 wrong usage.",
        ))
        .arg(
            Arg::new("dir")
                .value_name(t("MAPPE", "MAPPE", "DIR"))
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "Mappa som publiseres, med alle filer i undermapper",
                    "Mappa som blir publisert, med alle filer i undermapper",
                    "The folder that is published, with all files in folders below",
                )),
        )
        .arg(
            Arg::new("rolls").long("rolls").value_name("CSV").value_parser(value_parser!(PathBuf)).help(t(
                "Antall svar leserne kjenner: kolonnen n og én kolonne per dimensjon, med kubens koder [uten: n som \
                 nivået til cella sier]",
                "Talet på svar lesarane kjenner: kolonnen n og éin kolonne per dimensjon, med kodane i kuben [utan: n \
                 som nivået til cella seier]",
                "Numbers of answers that readers know: the column n and one column per dimension, with the codes of the \
                 cube [without: n as the cell's tier says]",
            )),
        )
        .arg(Arg::new("format").long("format").value_parser(["table", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
}
