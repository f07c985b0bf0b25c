//! Options of `bygdepuls estimate`.

use bygdepuls_core::text::Lang;
use clap::{Arg, Command};

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let command = Command::new("estimate")
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
        .arg(Arg::new("by").long("by").value_name("G1,G2").value_delimiter(',').help(t(
            "Kolonner å dele opp etter",
            "Kolonner å dele opp etter",
            "Columns to group by",
        )))
        .arg(Arg::new("format").long("format").value_parser(["table", "csv", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )));
    super::design::with_design(command, lang)
}
