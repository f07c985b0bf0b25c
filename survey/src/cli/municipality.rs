//! Options of `bygdepuls municipality`.

use bygdepuls_core::problem::Explain;
use bygdepuls_core::register::municipality::Day;
use bygdepuls_core::text::{Lang, Text};
use clap::{Arg, ArgAction, ArgGroup, Command};

/// A day, and what was assumed of it.
pub(crate) type Given = (Day, Option<Text>);

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("municipality")
        .about(t(
            "Kommuner gjennom tida: finn dem, gjør om tabeller, kontroller lister",
            "Kommunar gjennom tida: finn dei, gjer om tabellar, kontroller lister",
            "Municipalities through time: find them, convert tables, check lists",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(find(lang))
        .subcommand(convert(lang))
        .subcommand(check(lang))
}

fn day(name: &'static str, lang: Lang) -> Arg {
    Arg::new(name).long(name).value_name("DATE").allow_hyphen_values(true).value_parser(move |text: &str| {
        let words = |what: &dyn Explain| what.expected(lang).unwrap_or_else(|| what.message(lang));
        Day::parse(text).map_err(|what| words(&what))
    })
}

fn columns(name: &'static str, help: String) -> Arg {
    Arg::new(name).long(name).value_name("COL").value_delimiter(',').action(ArgAction::Append).help(help)
}

fn file(lang: Lang) -> Arg {
    Arg::new("file").value_name("FILE.csv").required(true).help(
        lang.pick(
            "CSV-fila, eller - for standard inn",
            "CSV-fila, eller - for standard inn",
            "The CSV file, or - for standard input",
        )
        .to_string(),
    )
}

fn format(lang: Lang) -> Arg {
    Arg::new("format")
        .long("format")
        .value_parser(["table", "csv", "json"])
        .default_value("table")
        .help(lang.pick("Form på resultatet", "Form på resultatet", "Form of the result").to_string())
}

fn find(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("find")
        .about(t(
            "Finn kommunen som en kode eller et navn betyr på en dato",
            "Finn kommunen som ein kode eller eit namn tyder på ein dato",
            "Find the municipality that a code or a name means on a date",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls municipality find 1601 --date 2017-12-31\n  bygdepuls municipality find \"Våler \
             (Innlandet)\" --date 2024\n\nStore og små bokstaver, aksenter, streker og aa for å gjør ingen forskjell. Det \
             som er feilstavet, foreslås bare. Uten dato: kommunen som gjelder nå, eller den eneste som har hatt koden eller \
             navnet.\n\nUtgangskode: 0 funnet, 1 ikke funnet eller tvetydig, 2 feil bruk.",
            "Døme:\n  bygdepuls municipality find 1601 --date 2017-12-31\n  bygdepuls municipality find \"Våler \
             (Innlandet)\" --date 2024\n\nStore og små bokstavar, aksentar, strekar og aa for å gjer ingen skilnad. Det som \
             er feilstava, blir berre føreslått. Utan dato: kommunen som gjeld no, eller den einaste som har hatt koden eller \
             namnet.\n\nUtgangskode: 0 funnen, 1 ikkje funnen eller tvitydig, 2 feil bruk.",
            "Examples:\n  bygdepuls municipality find 1601 --date 2017-12-31\n  bygdepuls municipality find \"Våler \
             (Innlandet)\" --date 2024\n\nCase, accents, dashes and aa for å make no difference. What is misspelt is only \
             suggested. Without a date: the municipality in force now, or the only one that had the code or the name.\n\nExit \
             code: 0 found, 1 not found or ambiguous, 2 wrong usage.",
        ))
        .arg(
            Arg::new("query")
                .value_name(t("NAVN|KODE", "NAMN|KODE", "NAME|CODE"))
                .required(true)
                .allow_hyphen_values(true)
                .help(t(
                    "Navn eller kode, eller begge; fylket kan stå i parentes",
                    "Namn eller kode, eller begge; fylket kan stå i parentes",
                    "A name or a code, or both; the county may stand in brackets",
                )),
        )
        .arg(day("date", lang).help(t(
            "Datoen: 2024-01-31, 31.01.2024 eller 2024 (1. januar)",
            "Datoen: 2024-01-31, 31.01.2024 eller 2024 (1. januar)",
            "The date: 2024-01-31, 31.01.2024 or 2024 (1 January)",
        )))
        .arg(format(lang))
}

fn convert(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("convert")
        .about(t(
            "Gjør en tabell om til kommunene på en annen dato",
            "Gjer ein tabell om til kommunane på ein annan dato",
            "Convert a table to the municipalities of another date",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls municipality convert folk.csv --from 2017 --to 2024 --out folk-2024.csv\n  bygdepuls \
             municipality convert serie.csv --year-column år --to 2024 --sum antall --splits unit\n\nSammenslåinger legges \
             sammen. Delte kommuner fordeles aldri: ingen kilde sier hvor mye som gikk til hver. En sum med en hemmelig \
             (:) eller manglende (..) del er ikke noe tall.\n\nUtgangskode: 0 gjort om, 1 feil i tabellen, 2 feil bruk.",
            "Døme:\n  bygdepuls municipality convert folk.csv --from 2017 --to 2024 --out folk-2024.csv\n  bygdepuls \
             municipality convert serie.csv --year-column år --to 2024 --sum antal --splits unit\n\nSamanslåingar blir lagde \
             saman. Delte kommunar blir aldri fordelte: inga kjelde seier kor mykje som gjekk til kvar. Ein sum med ein løynd \
             (:) eller manglande (..) del er ikkje noko tal.\n\nUtgangskode: 0 gjort om, 1 feil i tabellen, 2 feil bruk.",
            "Examples:\n  bygdepuls municipality convert people.csv --from 2017 --to 2024 --out people-2024.csv\n  bygdepuls \
             municipality convert series.csv --year-column year --to 2024 --sum people --splits unit\n\nMergers are added \
             up. Divided municipalities are never shared out: no source says how much went to each. A sum with a hidden (:) \
             or missing (..) part is no number.\n\nExit code: 0 converted, 1 errors in the table, 2 wrong usage.",
        ))
        .arg(file(lang))
        .arg(day("from", lang).help(t(
            "Datoen som kodene gjelder for",
            "Datoen som kodane gjeld for",
            "The date that the codes are of",
        )))
        .arg(day("to", lang).required(true).help(t(
            "Datoen som kodene skal gjelde for",
            "Datoen som kodane skal gjelde for",
            "The date that the codes shall be of",
        )))
        .arg(Arg::new("year-column").long("year-column").value_name("COL").help(t(
            "Kolonnen med år, kvartal eller måned: kodene i hver rad gjelder den første dagen; med --from bare en nøkkel",
            "Kolonnen med år, kvartal eller månad: kodane i kvar rad gjeld den første dagen; med --from berre ein nøkkel",
            "The column of years, quarters or months: the codes of each row are of its first day; with --from only a key",
        )))
        .group(ArgGroup::new("when").args(["from", "year-column"]).required(true).multiple(true))
        .arg(columns(
            "code-column",
            t(
                "Kolonnen med kommunekoder; flere med komma mellom [standard: den som har dem]",
                "Kolonnen med kommunekodar; fleire med komma mellom [standard: den som har dei]",
                "The column of codes; several with commas between [default: the one that holds them]",
            ),
        ))
        .arg(columns(
            "name-column",
            t(
                "Kolonnen med kommunenavn; den skrives på nytt [standard: etter overskriften]",
                "Kolonnen med kommunenamn; han blir skriven på nytt [standard: etter overskrifta]",
                "The column of names; it is written anew [default: by its header]",
            ),
        ))
        .arg(columns(
            "sum",
            t(
                "Kolonnene som legges sammen [standard: de som har hele tall og ikke ser ut som nøkler eller andeler]",
                "Kolonnane som blir lagde saman [standard: dei som har heile tal og ikkje ser ut som nøklar eller delar]",
                "The columns to add up [default: those of whole numbers that look neither like keys nor like shares]",
            ),
        ))
        .arg(columns(
            "key",
            t(
                "Kolonner med tall som skiller rader fra hverandre",
                "Kolonnar med tal som skil rader frå kvarandre",
                "Columns of numbers that tell rows apart",
            ),
        ))
        .arg(columns("drop", t("Kolonner som utelates", "Kolonnar som blir utelatne", "Columns to leave out")))
        .arg(Arg::new("splits").long("splits").value_parser(["refuse", "unit", "leave-out"]).default_value("refuse").help(t(
            "Delte kommuner: avvis, hold samlet som én enhet, eller utelat",
            "Delte kommunar: avvis, hald samla som éi eining, eller utelat",
            "Divided municipalities: refuse, keep together as one unit, or leave out",
        )))
        .arg(Arg::new("absent").long("absent").value_parser(["missing", "zero"]).default_value("missing").help(t(
            "En rad som ikke finnes for en del av en sammenslåing: ukjent, eller 0",
            "Ei rad som ikkje finst for ein del av ei samanslåing: ukjend, eller 0",
            "A row that is not there for a part of a merger: unknown, or 0",
        )))
        .arg(Arg::new("out").long("out").value_name("CSV").help(t(
            "Fila som tabellen skrives til [standard: standard ut]",
            "Fila som tabellen blir skriven til [standard: standard ut]",
            "The file to write the table to [default: standard output]",
        )))
}

fn check(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("check")
        .about(t(
            "Kontroller en liste over kommuner: mangler, dobbelt, feilstavet, tvetydig, feil kode, feil klasse",
            "Kontroller ei liste over kommunar: manglar, dobbelt, feilstava, tvitydig, feil kode, feil klasse",
            "Check a list of municipalities: missing, double, misspelt, ambiguous, wrong code, wrong class",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls municipality check liste.csv --date 2024 --county 34\n  bygdepuls municipality check \
             liste.csv --date 2024 --all --format json\n\nUtgangskode: 0 i orden, 1 feil i lista, 2 feil bruk.",
            "Døme:\n  bygdepuls municipality check liste.csv --date 2024 --county 34\n  bygdepuls municipality check \
             liste.csv --date 2024 --all --format json\n\nUtgangskode: 0 i orden, 1 feil i lista, 2 feil bruk.",
            "Examples:\n  bygdepuls municipality check list.csv --date 2024 --county 34\n  bygdepuls municipality check \
             list.csv --date 2024 --all --format json\n\nExit code: 0 in order, 1 errors in the list, 2 wrong usage.",
        ))
        .arg(file(lang))
        .arg(day("date", lang).help(t(
            "Datoen som lista gjelder for [standard: nå]",
            "Datoen som lista gjeld for [standard: no]",
            "The date that the list is of [default: now]",
        )))
        .arg(Arg::new("county").long("county").value_name(t("FYLKE", "FYLKE", "COUNTY")).help(t(
            "Fylket som lista skal ha alle kommuner i, to sifre eller navn",
            "Fylket som lista skal ha alle kommunar i, to siffer eller namn",
            "The county that the list should have all municipalities of, two digits or a name",
        )))
        .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).help(t(
            "Lista skal ha alle kommuner i landet",
            "Lista skal ha alle kommunar i landet",
            "The list should have all municipalities of the country",
        )))
        .arg(Arg::new("codes").long("codes").value_name(t("KODER", "KODAR", "CODES")).value_delimiter(',').help(t(
            "Kommunene som lista skal ha, koder eller navn med komma mellom",
            "Kommunane som lista skal ha, kodar eller namn med komma mellom",
            "The municipalities that the list should have, codes or names with commas between",
        )))
        .group(ArgGroup::new("area").args(["county", "all", "codes"]))
        .arg(Arg::new("code-column").long("code-column").value_name("COL").help(t(
            "Kolonnen med kommunekoder [standard: den som har dem]",
            "Kolonnen med kommunekodar [standard: den som har dei]",
            "The column of codes [default: the one that holds them]",
        )))
        .arg(Arg::new("name-column").long("name-column").value_name("COL").help(t(
            "Kolonnen med kommunenavn [standard: etter overskriften]",
            "Kolonnen med kommunenamn [standard: etter overskrifta]",
            "The column of names [default: by its header]",
        )))
        .arg(Arg::new("class-column").long("class-column").value_name("COL").requires("classes").help(t(
            "Kolonnen med klasser, som av sentralitet",
            "Kolonnen med klassar, som av sentralitet",
            "The column of classes, as of centrality",
        )))
        .arg(Arg::new("classes").long("classes").value_name("CSV").requires("class-column").help(t(
            "Tabell med kommunekoder og en kolonne med klasser for hver utgave",
            "Tabell med kommunekodar og ein kolonne med klassar for kvar utgåve",
            "A table with codes and a column of classes for each edition",
        )))
        .arg(Arg::new("edition").long("edition").value_name("COL").requires("classes").help(t(
            "Utgaven som lista skal følge: en kolonne i tabellen",
            "Utgåva som lista skal følgje: ein kolonne i tabellen",
            "The edition that the list should follow: a column of the table",
        )))
        .arg(format(lang))
}
