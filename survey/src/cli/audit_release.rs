//! Options of `bygdepuls audit RELEASE…`.

use super::whole::whole;
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, Command};

/// A command with releases as arguments. A sub-command may stand beside them, and stands alone then.
pub(super) fn with_releases(command: Command, lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let number = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).value_parser(move |text: &str| whole(text, 0, lang))
    };
    command
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .after_help(t(
            "Eksempler:\n  bygdepuls audit ut.json\n  bygdepuls audit side1.json side2.json --coalition 2\n  bygdepuls audit januar.json februar.json --grown\n\n\
             Filene er som «protect --format json» skriver dem. Flere revideres sammen: celler med de samme kodene er den samme.\n\
             Utgangskode: 0 ingen funn, 1 funn eller noe galt med filene, 2 feil bruk.",
            "Døme:\n  bygdepuls audit ut.json\n  bygdepuls audit side1.json side2.json --coalition 2\n  bygdepuls audit januar.json februar.json --grown\n\n\
             Filene er som «protect --format json» skriv dei. Fleire blir reviderte saman: celler med dei same kodane er den same.\n\
             Utgangskode: 0 ingen funn, 1 funn eller noko gale med filene, 2 feil bruk.",
            "Examples:\n  bygdepuls audit out.json\n  bygdepuls audit page1.json page2.json --coalition 2\n  bygdepuls audit january.json february.json --grown\n\n\
             The files are as 'protect --format json' writes them. Several are audited together: cells with the same codes are one.\n\
             Exit code: 0 no findings, 1 findings or problems with the files, 2 wrong usage.",
        ))
        .arg(Arg::new("release").value_name("RELEASE.json").required(true).num_args(1..).help(t(
            "Publiserte tabeller",
            "Publiserte tabellar",
            "Published tables",
        )))
        .arg(Arg::new("grown").long("grown").action(ArgAction::SetTrue).help(t(
            "Den andre av to publiseringer dekker alle i den første og noen til: finn ut hva den røper om dem",
            "Den andre av to publiseringar dekkjer alle i den første og nokon til: finn ut kva ho røper om dei",
            "The second of two releases covers everybody in the first and some more: find out what it says of these",
        )))
        .arg(Arg::new("rolls").long("rolls").value_name("ROLLS.csv").help(t(
            "Hvor mange det er i hver gruppe, som alle kan vite: kolonnen n, og kolonner med navn som dimensjonene",
            "Kor mange det er i kvar gruppe, som alle kan vite: kolonnen n, og kolonnar med namn som dimensjonane",
            "How many there are in each group, as anybody can know: the column n, and columns named as the dimensions",
        )))
        .arg(number("coalition", "K").help(t(
            "Hvor mange som kan slå sammen det de vet [standard: publiseringens egen, ellers 1]",
            "Kor mange som kan slå saman det dei veit [standard: den i publiseringa, elles 1]",
            "How many may put together what they know [default: that of the release, else 1]",
        )))
        .arg(number("small", "N").help(t(
            "Antall under dette er små [standard: publiseringens egen, ellers 5]",
            "Tal under dette er små [standard: den i publiseringa, elles 5]",
            "Counts below this are small [default: that of the release, else 5]",
        )))
        .arg(number("narrow", "W").help(t(
            "Et lite antall skal ikke kunne finnes innenfor ±W; 0 leter ikke etter det [standard: publiseringens eget, ellers 2]",
            "Eit lite tal skal ikkje kunne finnast innanfor ±W; 0 leitar ikkje etter det [standard: den i publiseringa, elles 2]",
            "A small count must not be found out to within ±W; 0 does not look for it [default: that of the release, else 2]",
        )))
        .arg(Arg::new("format").long("format").value_parser(["table", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
}
