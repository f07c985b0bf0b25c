//! Options of `bygdepuls statbank`.

use bygdepuls_core::text::Lang;
use clap::{Arg, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("statbank")
        .about(t(
            "Les en fil fra SSB som den er, og skriv den som én rad per tall",
            "Les ei fil frå SSB som ho er, og skriv ho som éi rad per tal",
            "Read a file of Statistics Norway as it is, and write it as one row per figure",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls statbank 07459.csv\n  bygdepuls statbank tabell.px --format json --out tabell.json\n  \
             bygdepuls statbank tall.csv --decimal comma\n\nLeser CSV i alle oppsett fra statistikkbanken og PxWebApi, \
             xlsx, JSON-stat 2 og 1, PX, og kodelister og korrespondanser fra Klass. Formen kjennes igjen på innholdet. \
             Tegnene . .. ... : - og * følger med og blir aldri til tall. Alt som er antatt, skrives på standard feil.\n\n\
             Utgangskode: 0 lest, 1 feil i fila, 2 feil bruk.",
            "Døme:\n  bygdepuls statbank 07459.csv\n  bygdepuls statbank tabell.px --format json --out tabell.json\n  \
             bygdepuls statbank tal.csv --decimal comma\n\nLes CSV i alle oppsett frå statistikkbanken og PxWebApi, xlsx, \
             JSON-stat 2 og 1, PX, og kodelister og korrespondansar frå Klass. Forma blir kjend att på innhaldet. Teikna \
             . .. ... : - og * følgjer med og blir aldri til tal. Alt som er gått ut frå, blir skrive på standard feil.\n\n\
             Utgangskode: 0 lesen, 1 feil i fila, 2 feil bruk.",
            "Examples:\n  bygdepuls statbank 07459.csv\n  bygdepuls statbank table.px --format json --out table.json\n  \
             bygdepuls statbank figures.csv --decimal comma\n\nReads CSV in every layout of the statistics bank and \
             PxWebApi, xlsx, JSON-stat 2 and 1, PX, and code lists and correspondences of Klass. The form is recognised by \
             the content. The symbols . .. ... : - and * are kept and never become numbers. All that was assumed goes to \
             standard error.\n\nExit code: 0 read, 1 errors in the file, 2 wrong usage.",
        ))
        .arg(
            Arg::new("file").value_name(t("FIL", "FIL", "FILE")).required(true).value_parser(value_parser!(PathBuf)).help(
                t("Fila som leses", "Fila som blir lesen", "The file to read"),
            ),
        )
        .arg(Arg::new("format").long("format").value_parser(["csv", "json"]).default_value("csv").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name(t("FIL", "FIL", "FILE"))
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "Fila som resultatet skrives til [uten: standard ut]",
                    "Fila som resultatet blir skrive til [utan: standard ut]",
                    "The file that the result is written to [without: standard output]",
                )),
        )
        .arg(Arg::new("decimal").long("decimal").value_parser(["comma", "point"]).help(t(
            "Desimaltegnet [uten: det som tallene i fila viser]",
            "Desimalteiknet [utan: det som tala i fila viser]",
            "The decimal mark [without: the one that the file's numbers show]",
        )))
        .arg(Arg::new("delimiter").long("delimiter").value_name(", ; | tab").help(t(
            "Skilletegnet [uten: det som gir like mange kolonner i hver rad]",
            "Skiljeteiknet [utan: det som gjev like mange kolonnar i kvar rad]",
            "The delimiter [without: the one that gives every row as many columns]",
        )))
        .arg(Arg::new("encoding").long("encoding").value_parser(["utf-8", "windows-1252", "iso-8859-1"]).help(t(
            "Tegnkodingen [uten: UTF-8 om det går, ellers ISO-8859-1]",
            "Teiknkodinga [utan: UTF-8 om det går, elles ISO-8859-1]",
            "The encoding [without: UTF-8 if it can be, else ISO-8859-1]",
        )))
        .arg(
            Arg::new("columns")
                .long("columns")
                .value_name(t("NAVN,NAVN", "NAMN,NAMN", "NAME,NAME"))
                .value_delimiter(',')
                .help(t(
                    "Overskriftene, der fila ikke har noen eller har gale",
                    "Overskriftene, der fila ikkje har nokon eller har gale",
                    "The headings, where the file has none or wrong ones",
                )),
        )
        .arg(
            Arg::new("figures")
                .long("figures")
                .value_name(t("NAVN,NAVN", "NAMN,NAMN", "NAME,NAME"))
                .value_delimiter(',')
                .help(t(
                    "Kolonnene med tall [uten: de som har tall og ikke er kjent som noe annet]",
                    "Kolonnane med tal [utan: dei som har tal og ikkje er kjende som noko anna]",
                    "The columns of figures [without: those with numbers that are not known as something else]",
                )),
        )
}
