//! Options of `bygdepuls findings`.

use super::{project, today};
use bygdepuls_core::indicator::finding::CATALOGUE;
use bygdepuls_core::interval::Level;
use bygdepuls_core::text::Lang;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("findings")
        .about(t(
            "Regn ut funn, internt: hypotesene, hva som ville fått folk hjem, hva som ble gjort",
            "Rekn ut funn, internt: hypotesane, kva som ville fått folk heim, kva som blei gjort",
            "Compute findings, internally: the hypotheses, what would bring people home, what was done",
        ))
        .after_help(after_help(lang))
        .arg(project(lang))
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("ID,…")
                .value_delimiter(',')
                .value_parser(PossibleValuesParser::new(CATALOGUE.iter().map(|(id, _)| *id)))
                .help(t("Bare disse funnene", "Berre desse funna", "These findings only")),
        )
        .arg(Arg::new("years").long("years").value_name("A-B").value_parser(move |text: &str| years(text, lang)).help(
            t(
                "Svar fra disse årene: 2025 eller 2024-2026 [standard: alle]",
                "Svar frå desse åra: 2025 eller 2024-2026 [standard: alle]",
                "Answers of these years: 2025 or 2024-2026 [default: all]",
            ),
        ))
        .arg(today(lang))
        .arg(
            Arg::new("level")
                .long("level")
                .value_name("L")
                .default_value("0.95")
                .allow_negative_numbers(true)
                .value_parser(move |text: &str| level(text, lang))
                .help(t(
                    "Konfidensnivå, mellom 0 og 1, med høyst seks desimaler",
                    "Konfidensnivå, mellom 0 og 1, med høgst seks desimalar",
                    "Confidence level, between 0 and 1, with at most six decimals",
                )),
        )
        .arg(Arg::new("seed").long("seed").value_name("N").default_value("1").value_parser(value_parser!(u64)).help(t(
            "Frø for tilfeldige trekk; samme frø gir samme tall",
            "Frø for tilfeldige trekk; same frø gir same tal",
            "Seed of random draws; the same seed gives the same figures",
        )))
        .arg(Arg::new("frame").long("frame").value_name("FILE.csv").value_parser(value_parser!(PathBuf)).help(t(
            "Skriv også svarene som hypotesene bygger på, til kontroll i R; persondata",
            "Skriv òg svara som hypotesane byggjer på, til kontroll i R; persondata",
            "Also write the answers behind the hypotheses, to be checked in R; personal data",
        )))
        .arg(Arg::new("page").long("page").value_name("FILE.md").value_parser(value_parser!(PathBuf)).help(t(
            "Skriv også siden «Dere sa – vi gjorde»; den har ingen tall",
            "Skriv òg sida «De sa – vi gjorde»; ho har ingen tal",
            "Also write the page “You said – we did”; it holds no figure",
        )))
        .arg(Arg::new("format").long("format").value_parser(["table", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
}

/// One year, or the first and the last.
fn years(text: &str, lang: Lang) -> Result<(u16, u16), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let year = |word: &str| word.parse().ok().filter(|year| (1900..=2200).contains(year));
    let wrong = || {
        lang.pick(
            "et år, eller to med bindestrek: 2024-2026",
            "eit år, eller to med bindestrek: 2024-2026",
            "a year, or two with a hyphen: 2024-2026",
        )
        .to_owned()
    };
    let range = year(first).zip(year(last)).ok_or_else(wrong)?;
    if range.0 <= range.1 { Ok(range) } else { Err(wrong()) }
}

fn level(text: &str, lang: Lang) -> Result<Level, String> {
    text.parse().ok().and_then(Level::new).ok_or_else(|| {
        lang.pick(
            "et tall mellom 0 og 1 med høyst seks desimaler",
            "eit tal mellom 0 og 1 med høgst seks desimalar",
            "a number between 0 and 1 with at most six decimals",
        )
        .into()
    })
}

fn after_help(lang: Lang) -> String {
    lang.pick(
        "Eksempler:\n  bygdepuls findings examples/indre-namdal --only h1,h2\n  bygdepuls findings prosjekt --years \
         2024-2026 --format json\n\nResultatet er internt: nøyaktige tall for små grupper, for dem som har taushetsplikt. \
         Ingenting blir publisert. Hvilke spørsmål som gjelder, står under [findings] i prosjektfila; uten den gjelder \
         spørsmålene i batteriet. Et funn som ikke kan regnes ut, sier hvorfor.",
        "Døme:\n  bygdepuls findings examples/indre-namdal --only h1,h2\n  bygdepuls findings prosjekt --years 2024-2026 \
         --format json\n\nResultatet er internt: nøyaktige tal for små grupper, for dei som har teieplikt. Ingenting blir \
         publisert. Kva spørsmål som gjeld, står under [findings] i prosjektfila; utan den gjeld spørsmåla i batteriet. \
         Eit funn som ikkje kan reknast ut, seier kvifor.",
        "Examples:\n  bygdepuls findings examples/indre-namdal --only h1,h2\n  bygdepuls findings project --years 2024-2026 \
         --format json\n\nThe result is internal: exact figures of small groups, for those bound by confidentiality. \
         Nothing is published. Which questions count stands under [findings] in the project file; without it, those of \
         the battery. A finding that cannot be computed says why.",
    )
    .into()
}
