//! The command line: one definition for parsing, help in three languages, completions and the manual page.

use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

/// The whole command line, with help in a language.
pub(crate) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("bygdepuls")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "Indikatorer for små regioner: riktige tall, trygge å publisere, enkle å bygge inn",
            "Indikatorar for små regionar: rette tal, trygge å publisere, enkle å byggje inn",
            "Indicators for small regions: right figures, safe to publish, easy to embed",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_parser(["nb", "nn", "en"])
                .hide_possible_values(true)
                .value_name("nb|nn|en")
                .help(t(
                    "Språk for hjelp, meldinger og rapporter [standard: fra miljøet]",
                    "Språk for hjelp, meldingar og rapportar [standard: frå miljøet]",
                    "Language of help, messages and reports [default: from the environment]",
                )),
        )
        .subcommand(run(lang))
        .subcommand(check(lang))
        .subcommand(estimate(lang))
        .subcommand(
            Command::new("new")
                .about(t(
                    "Lag en prosjektmappe med kommentert prosjektfil og eksempel på spørreskjema",
                    "Lag ei prosjektmappe med kommentert prosjektfil og døme på spørjeskjema",
                    "Make a project folder with a commented project file and an example questionnaire",
                ))
                .arg(Arg::new("dir").value_name("DIR").required(true).value_parser(value_parser!(PathBuf)).help(t(
                    "Mappa som lages; den må ikke finnes, eller være tom",
                    "Mappa som blir laga; ho må ikkje finnast, eller vere tom",
                    "The folder to make; it must not exist, or be empty",
                ))),
        )
        .subcommand(
            Command::new("completions")
                .about(t(
                    "Skriv ut skript for automatisk fullføring i et skall",
                    "Skriv ut skript for automatisk fullføring i eit skal",
                    "Print a completion script for a shell",
                ))
                .arg(
                    Arg::new("shell")
                        .value_name("SHELL")
                        .required(true)
                        .value_parser(value_parser!(clap_complete::Shell))
                        .help(t("Skallet", "Skalet", "The shell")),
                ),
        )
        .subcommand(Command::new("man").about(t(
            "Skriv ut manualsiden (roff)",
            "Skriv ut manualsida (roff)",
            "Print the manual page (roff)",
        )))
}

fn project(lang: Lang) -> Arg {
    Arg::new("project").value_name("PROJECT").required(true).value_parser(value_parser!(PathBuf)).help(
        lang.pick(
            "Prosjektfila, eller mappa der project.toml ligger",
            "Prosjektfila, eller mappa der project.toml ligg",
            "The project file, or the folder with project.toml",
        )
        .to_string(),
    )
}

fn today(lang: Lang) -> Arg {
    Arg::new("today").long("today").value_name("YYYY-MM-DD").value_parser(date).help(
        lang.pick(
            "Datoen for denne utgaven, så kjøringer kan gjentas [standard: siste svarfrist i prosjektet]",
            "Datoen for denne utgåva, så køyringar kan gjentakast [standard: siste svarfrist i prosjektet]",
            "Date of this edition, so that runs repeat [default: the project's last closing date]",
        )
        .to_string(),
    )
}

fn date(text: &str) -> Result<String, String> {
    if bygdepuls_core::date::is_date(text) { Ok(text.into()) } else { Err("not a date YYYY-MM-DD that exists".into()) }
}

fn problems_format(lang: Lang) -> Arg {
    Arg::new("format").long("format").value_parser(["text", "json"]).default_value("text").help(
        lang.pick(
            "Form på resultatet og problemene; json på standard ut",
            "Form på resultatet og problema; json på standard ut",
            "Form of the result and the problems; json on standard output",
        )
        .to_string(),
    )
}

fn run(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("run")
        .about(t(
            "Les, beregn, skjerm og skriv: kuber, CSV, rapport, figurer og side for innbygging",
            "Les, rekn ut, skjerm og skriv: kubar, CSV, rapport, figurar og side for innbygging",
            "Read, estimate, protect and write: cubes, CSV, report, figures and a page to embed",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls run examples/indre-namdal\n  bygdepuls run prosjekt --out /srv/figurer --today \
             2026-11-30\n  bygdepuls run prosjekt --internal\n\nUtgangskode: 0 ferdig, 1 noe er galt med filene, 2 feil \
             bruk.",
            "Døme:\n  bygdepuls run examples/indre-namdal\n  bygdepuls run prosjekt --out /srv/figurar --today \
             2026-11-30\n  bygdepuls run prosjekt --internal\n\nUtgangskode: 0 ferdig, 1 noko er gale med filene, 2 \
             feil bruk.",
            "Examples:\n  bygdepuls run examples/indre-namdal\n  bygdepuls run project --out /srv/figures --today \
             2026-11-30\n  bygdepuls run project --internal\n\nExit code: 0 done, 1 the files have problems, 2 wrong \
             usage.",
        ))
        .arg(project(lang))
        .arg(Arg::new("out").long("out").value_name("DIR").value_parser(value_parser!(PathBuf)).help(t(
            "Mappa for utdata; her skrives DIR/public [standard: out ved siden av prosjektfila]",
            "Mappa for utdata; her blir DIR/public skriven [standard: out ved sida av prosjektfila]",
            "Folder of output; DIR/public is written [default: out beside the project file]",
        )))
        .arg(Arg::new("internal").long("internal").action(ArgAction::SetTrue).help(t(
            "Skriv også DIR/internal: nøyaktige tall for dem som har taushetsplikt",
            "Skriv også DIR/internal: nøyaktige tal for dei som har teieplikt",
            "Also write DIR/internal: exact figures for those bound by confidentiality",
        )))
        .arg(Arg::new("widget").long("widget").value_name("DIR").value_parser(value_parser!(PathBuf)).help(t(
            "Mappa med den bygde web-pakken [standard: widget ved programmet, ellers wasm/pkg her]",
            "Mappa med den bygde web-pakken [standard: widget ved programmet, elles wasm/pkg her]",
            "Folder of the built web package [default: widget beside the program, else wasm/pkg here]",
        )))
        .arg(today(lang))
        .arg(problems_format(lang))
}

fn check(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("check")
        .about(t(
            "Finn alt som `run` ville ha avvist, og si hva som blir synlig de neste fem årene",
            "Finn alt som `run` ville ha avvist, og sei kva som blir synleg dei neste fem åra",
            "Find all that `run` would refuse, and say what will be visible in the next five years",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls check examples/indre-namdal\n  bygdepuls check prosjekt --format json",
            "Døme:\n  bygdepuls check examples/indre-namdal\n  bygdepuls check prosjekt --format json",
            "Examples:\n  bygdepuls check examples/indre-namdal\n  bygdepuls check project --format json",
        ))
        .arg(project(lang))
        .arg(today(lang))
        .arg(problems_format(lang))
}

fn estimate(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("estimate")
        .about(t(
            "Regn ut en statistikk fra en hvilken som helst CSV-fil",
            "Rekn ut ein statistikk frå ei kva som helst CSV-fil",
            "Compute a statistic from any CSV file",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls estimate svar.csv --share int_kunne=4,5 --missing 98,99 --by bolge,kommune\n  \
             bygdepuls estimate svar.csv --mean alder --weights vekt --format json\n\nResultatet er internt: det er \
             ikke skjermet.",
            "Døme:\n  bygdepuls estimate svar.csv --share int_kunne=4,5 --missing 98,99 --by bolge,kommune\n  \
             bygdepuls estimate svar.csv --mean alder --weights vekt --format json\n\nResultatet er internt: det er \
             ikkje skjerma.",
            "Examples:\n  bygdepuls estimate answers.csv --share int_kunne=4,5 --missing 98,99 --by bolge,kommune\n  \
             bygdepuls estimate answers.csv --mean age --weights w --format json\n\nThe result is internal: it is \
             not protected.",
        ))
        .arg(Arg::new("file").value_name("FILE.csv").required(true).help(t(
            "CSV-fila, eller - for standard inn",
            "CSV-fila, eller - for standard inn",
            "The CSV file, or - for standard input",
        )))
        .arg(Arg::new("mean").long("mean").value_name("Y").help(t(
            "Gjennomsnittet av en kolonne",
            "Gjennomsnittet av ei kolonne",
            "Mean of a column",
        )))
        .arg(Arg::new("share").long("share").value_name("Y=V1,V2").help(t(
            "Andelen med en av verdiene",
            "Delen med ein av verdiane",
            "Share with one of the values",
        )))
        .group(clap::ArgGroup::new("statistic").args(["mean", "share"]).required(true))
        .arg(Arg::new("weights").long("weights").value_name("W").help(t(
            "Kolonne med vekter",
            "Kolonne med vekter",
            "Column of weights",
        )))
        .arg(Arg::new("by").long("by").value_name("G1,G2").value_delimiter(',').help(t(
            "Kolonner å dele opp etter",
            "Kolonner å dele opp etter",
            "Columns to group by",
        )))
        .arg(
            Arg::new("missing")
                .long("missing")
                .value_name("V1,V2")
                .value_delimiter(',')
                .allow_hyphen_values(true)
                .help(t(
                    "Verdier i den analyserte kolonnen som betyr at svar mangler",
                    "Verdiar i den analyserte kolonnen som tyder at svar manglar",
                    "Values of the analysed column that mean missing",
                )),
        )
        .arg(Arg::new("format").long("format").value_parser(["table", "csv", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_in_every_language() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }
}
