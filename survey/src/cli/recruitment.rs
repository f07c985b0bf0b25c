//! Options of `bygdepuls recruitment`.

use super::{project, today};
use bygdepuls_core::indicator::recruitment::CATALOGUE;
use bygdepuls_core::text::Lang;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command};

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let ids = CATALOGUE.iter().map(|one| one.id);
    Command::new("recruitment")
        .about(t(
            "Regn ut rekruttering og kompetanse, internt: hva som mangler, hvem som kunne fylt det",
            "Rekn ut rekruttering og kompetanse, internt: kva som manglar, kven som kunne fylt det",
            "Compute recruitment and competence, internally: what is missing, and who could fill it",
        ))
        .after_help(after_help(lang))
        .arg(project(lang))
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("ID,…")
                .value_delimiter(',')
                .value_parser(PossibleValuesParser::new(ids))
                .help(t("Bare disse målene", "Berre desse måla", "These metrics only")),
        )
        .arg(today(lang))
        .arg(Arg::new("format").long("format").value_parser(["table", "csv", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
}

fn after_help(lang: Lang) -> String {
    lang.pick(
        "Eksempler:\n  bygdepuls recruitment examples/indre-namdal --only time_to_fill,gap\n  bygdepuls recruitment prosjekt \
         --today 2026-11-22 --format csv\n\nResultatet er internt: nøyaktige tall for få stillinger og personer, for dem som \
         har taushetsplikt. Registrene står under [recruitment] i prosjektfila. Uten --only regnes alt ut som registrene gir \
         grunnlag for. Hva som kan publiseres, skriver run.",
        "Døme:\n  bygdepuls recruitment examples/indre-namdal --only time_to_fill,gap\n  bygdepuls recruitment prosjekt \
         --today 2026-11-22 --format csv\n\nResultatet er internt: nøyaktige tal for få stillingar og personar, for dei som \
         har teieplikt. Registera står under [recruitment] i prosjektfila. Utan --only blir alt rekna ut som registera gir \
         grunnlag for. Kva som kan publiserast, skriv run.",
        "Examples:\n  bygdepuls recruitment examples/indre-namdal --only time_to_fill,gap\n  bygdepuls recruitment project \
         --today 2026-11-22 --format csv\n\nThe result is internal: exact figures of few positions and persons, for those \
         bound by confidentiality. The registers stand under [recruitment] in the project file. Without --only, everything \
         is computed that the registers allow. What may be published is written by run.",
    )
    .into()
}
