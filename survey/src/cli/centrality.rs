//! Options of `bygdepuls centrality`.

use bygdepuls_core::register::centrality::{Decay, Limits, OwnUnit, Parameters};
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("centrality")
        .about(t(
            "Sentralitet: indeksen fra grunnkretser, klassen fra indeksen, distriktsindeksen",
            "Sentralitet: indeksen frå grunnkrinsar, klassen frå indeksen, distriktsindeksen",
            "Centrality: the index from basic units, the class from the index, the district index",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(index(lang))
        .subcommand(pack(lang))
        .subcommand(classify(lang))
        .subcommand(district(lang))
}

fn index(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let column = |name: &'static str, text: String| Arg::new(name).long(name).value_name("NAME").help(text);
    let decay = |name: &'static str, text: String| {
        Arg::new(name).long(name).value_name("DECAY").value_parser(|text: &str| Decay::parse(text)).help(text)
    };
    Command::new("index")
        .about(t(
            "Regn ut sentralitetsindeksen til kommuner fra grunnkretser og reisetider",
            "Rekn ut sentralitetsindeksen til kommunar frå grunnkrinsar og reisetider",
            "Compute the centrality index of municipalities from basic units and travel times",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls centrality index --units kretser.csv --travel tider.csv --format csv\n  bygdepuls \
             centrality index --units kretser.csv --travel tider.bin --decay bands:15=1,30=0.6,60=0.3,90=0.1\n\nAvstandsmotstand:\n  \
             bands:MIN=VEKT,…   til og med så mange minutter\n  steps:0=VEKT,MIN=VEKT,…   fra og med så mange minutter\n  \
             exponential:rate=|half=|tenth=   gaussian:sigma=   linear:end=\n  power:exponent=[,from=]   \
             logistic:middle=,scale=\n\nUtgangskode: 0 ferdig, 1 feil i filene, 2 feil bruk.",
            "Døme:\n  bygdepuls centrality index --units krinsar.csv --travel tider.csv --format csv\n  bygdepuls \
             centrality index --units krinsar.csv --travel tider.bin --decay bands:15=1,30=0.6,60=0.3,90=0.1\n\nAvstandsmotstand:\n  \
             bands:MIN=VEKT,…   til og med så mange minutt\n  steps:0=VEKT,MIN=VEKT,…   frå og med så mange minutt\n  \
             exponential:rate=|half=|tenth=   gaussian:sigma=   linear:end=\n  power:exponent=[,from=]   \
             logistic:middle=,scale=\n\nUtgangskode: 0 ferdig, 1 feil i filene, 2 feil bruk.",
            "Examples:\n  bygdepuls centrality index --units units.csv --travel times.csv --format csv\n  bygdepuls \
             centrality index --units units.csv --travel times.bin --decay bands:15=1,30=0.6,60=0.3,90=0.1\n\nDecay:\n  \
             bands:MIN=WEIGHT,…   up to and with so many minutes\n  steps:0=WEIGHT,MIN=WEIGHT,…   from so many minutes on\n  \
             exponential:rate=|half=|tenth=   gaussian:sigma=   linear:end=\n  power:exponent=[,from=]   \
             logistic:middle=,scale=\n\nExit code: 0 done, 1 errors in the files, 2 wrong usage.",
        ))
        .arg(units(lang))
        .arg(travel(lang))
        .arg(
            Arg::new("services").long("services").value_name("CSV").help(t(
                "Tjenestefunksjoner, én krets og én funksjon på hver rad; ellers kolonner i fila med kretser",
                "Tenestefunksjonar, éin krins og éin funksjon på kvar rad; elles kolonnar i fila med krinsar",
                "Service functions, a unit and a function on each record; otherwise columns of the units' file",
            )),
        )
        .arg(decay("decay", t(
            "Avstandsmotstand [standard: eksponentiell, en tidel ved 45 minutter]",
            "Avstandsmotstand [standard: eksponentiell, ein tidel ved 45 minutt]",
            "How much a place counts by the minutes to it [default: exponential, a tenth at 45 minutes]",
        )))
        .arg(decay("decay-jobs", t("Det samme, for arbeidsplasser alene", "Det same, for arbeidsplassar åleine", "The same, for jobs alone")))
        .arg(decay("decay-services", t("Det samme, for tjenester alene", "Det same, for tenester åleine", "The same, for services alone")))
        .arg(max_minutes(lang))
        .arg(
            Arg::new("service-rule").long("service-rule").value_parser(["sum", "distinct"]).default_value("sum").help(t(
                "Tjenester lagt sammen, eller hver funksjon én gang, der den er nærmest",
                "Tenester lagde saman, eller kvar funksjon éin gong, der han er nærmast",
                "Services added up, or each function once, where it is nearest",
            )),
        )
        .arg(
            Arg::new("own-minutes").long("own-minutes").value_name("MIN|file").value_parser(own).help(t(
                "Minutter til kretsen selv der fila ikke har dem; «file»: bare som i fila [standard: 0]",
                "Minutt til krinsen sjølv der fila ikkje har dei; «file»: berre som i fila [standard: 0]",
                "Minutes to the unit itself where the file lacks them; `file`: as in the file alone [default: 0]",
            )),
        )
        .arg(symmetric(lang))
        .arg(unknown(lang))
        .arg(
            Arg::new("transform").long("transform").value_parser(["none", "log", "sqrt"]).default_value("none").help(t(
                "Hva delene regnes om med før de skaleres",
                "Kva delane blir rekna om med før dei blir skalerte",
                "What the parts are transformed with before they are scaled",
            )),
        )
        .arg(
            Arg::new("scale").long("scale").value_parser(["units", "municipalities"]).default_value("units").help(t(
                "Delene deles på den største bebodde kretsens, eller på det største kommunegjennomsnittet",
                "Delane blir delte på den største folkesette krinsen sin, eller på det største kommunegjennomsnittet",
                "The parts are divided by the largest inhabited unit's, or by the largest municipal mean",
            )),
        )
        .arg(
            Arg::new("shares").long("shares").value_name("JOBS,SERVICES").value_parser(shares).help(t(
                "Hvor mye arbeidsplasser og tjenester teller, til sammen 1 [standard: 2/3,1/3]",
                "Kor mykje arbeidsplassar og tenester tel, til saman 1 [standard: 2/3,1/3]",
                "How much jobs and services count, together 1 [default: 2/3,1/3]",
            )),
        )
        .arg(column("unit-column", t("Kolonnen med kretsens kode", "Kolonnen med koden til krinsen", "Column of the unit's code")))
        .arg(column("municipality-column", t("Kolonnen med kommunen", "Kolonnen med kommunen", "Column of the municipality")))
        .arg(column("population-column", t("Kolonnen med befolkningen", "Kolonnen med folketalet", "Column of the population")))
        .arg(column("jobs-column", t("Kolonnen med arbeidsplasser", "Kolonnen med arbeidsplassar", "Column of the jobs")))
        .arg(column("service-columns", t(
            "Kolonnen med tallet på tjenester, eller én for hver funksjon",
            "Kolonnen med talet på tenester, eller éin for kvar funksjon",
            "Column with the number of services, or one for each function",
        )).value_name("NAME,…").value_delimiter(','))
        .args(travel_columns(lang))
        .arg(Arg::new("by").long("by").value_parser(["municipality", "unit"]).default_value("municipality").help(t(
            "Kommuner eller kretser (kretser bare som CSV)",
            "Kommunar eller krinsar (krinsar berre som CSV)",
            "Municipalities or units (units as CSV only)",
        )))
        .arg(format(lang, &["table", "csv", "json"]))
}

fn pack(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("pack")
        .about(t(
            "Pakk reisetider til ei fil som leses mye raskere",
            "Pakk reisetider til ei fil som blir lesen mykje raskare",
            "Pack travel times into a file that is read much faster",
        ))
        .after_help(t(
            "Eksempel:\n  bygdepuls centrality pack --units kretser.csv --travel tider.csv --out tider.bin\n\n\
             Utgangskode: 0 pakket, 1 feil i filene, 2 feil bruk.",
            "Døme:\n  bygdepuls centrality pack --units krinsar.csv --travel tider.csv --out tider.bin\n\n\
             Utgangskode: 0 pakka, 1 feil i filene, 2 feil bruk.",
            "Example:\n  bygdepuls centrality pack --units units.csv --travel times.csv --out times.bin\n\n\
             Exit code: 0 packed, 1 errors in the files, 2 wrong usage.",
        ))
        .arg(units(lang))
        .arg(travel(lang))
        .arg(Arg::new("out").long("out").value_name("BIN").required(true).value_parser(value_parser!(PathBuf)).help(t(
            "Fila som skrives",
            "Fila som blir skriven",
            "The file to write",
        )))
        .arg(max_minutes(lang))
        .arg(symmetric(lang))
        .arg(unknown(lang))
        .arg(Arg::new("unit-column").long("unit-column").value_name("NAME").help(t(
            "Kolonnen med kretsens kode",
            "Kolonnen med koden til krinsen",
            "Column of the unit's code",
        )))
        .args(travel_columns(lang))
}

fn classify(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("classify")
        .about(t(
            "Legg sentralitetsklassen til i en tabell med indeksen, resten byte for byte som før",
            "Legg til sentralitetsklassen i ein tabell med indeksen, resten byte for byte som før",
            "Add the centrality class to a table with the index, the rest byte for byte as it was",
        ))
        .after_help(t(
            "Eksempel:\n  bygdepuls centrality classify kommuner.csv --index-column index --edition 2024\n\nEn kolonne \
             «edition» i fila må ha samme utgave. Andre utgaver enn 2024: gi grensene med --limits.\n\nUtgangskode: 0 \
             ferdig, 1 feil i fila, 2 feil bruk.",
            "Døme:\n  bygdepuls centrality classify kommunar.csv --index-column index --edition 2024\n\nEin kolonne \
             «edition» i fila må ha same utgåve. Andre utgåver enn 2024: gi grensene med --limits.\n\nUtgangskode: 0 \
             ferdig, 1 feil i fila, 2 feil bruk.",
            "Example:\n  bygdepuls centrality classify municipalities.csv --index-column index --edition 2024\n\nA column \
             `edition` of the file must have the same edition. Editions other than 2024: give the limits with --limits.\n\n\
             Exit code: 0 done, 1 errors in the file, 2 wrong usage.",
        ))
        .arg(Arg::new("file").value_name(t("FIL.csv", "FIL.csv", "FILE.csv")).required(true).help(t(
            "Tabellen; «-» er standard inn",
            "Tabellen; «-» er standard inn",
            "The table; `-` is standard input",
        )))
        .arg(Arg::new("index-column").long("index-column").value_name("NAME").default_value("index").help(t(
            "Kolonnen med indeksen",
            "Kolonnen med indeksen",
            "Column of the index",
        )))
        .arg(Arg::new("edition").long("edition").value_name(t("ÅR", "ÅR", "YEAR")).help(t(
            "Utgaven som indeksen og grensene er av: 2024",
            "Utgåva som indeksen og grensene er av: 2024",
            "The edition that the index and the limits are of: 2024",
        )))
        .arg(Arg::new("limits").long("limits").value_name("A,B,C,D,E").value_parser(limits).help(t(
            "Laveste indeks i klasse 1 til 5, for utgaver som ikke er kjent her",
            "Lågaste indeks i klasse 1 til 5, for utgåver som ikkje er kjende her",
            "Least index of classes 1 to 5, for editions that are not known here",
        )))
        .group(ArgGroup::new("which").args(["edition", "limits"]).required(true).multiple(true))
        .arg(format(lang, &["csv"]))
}

fn district(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("district")
        .about(t(
            "Regn ut distriktsindeksen (2020): sentralitet 40, befolkning 40, sysselsetting 10, næringsmangfold 10",
            "Rekn ut distriktsindeksen (2020): sentralitet 40, befolkning 40, sysselsetjing 10, næringsmangfald 10",
            "Compute the district index (2020): centrality 40, population 40, employment 10, diversity 10",
        ))
        .after_help(t(
            "Kolonner: municipality, centrality, population_growth, employment_growth, diversity.\n\nUtgangskode: 0 ferdig, \
             1 feil i fila, 2 feil bruk.",
            "Kolonnar: municipality, centrality, population_growth, employment_growth, diversity.\n\nUtgangskode: 0 ferdig, \
             1 feil i fila, 2 feil bruk.",
            "Columns: municipality, centrality, population_growth, employment_growth, diversity.\n\nExit code: 0 done, 1 \
             errors in the file, 2 wrong usage.",
        ))
        .arg(Arg::new("file").value_name(t("FIL.csv", "FIL.csv", "FILE.csv")).required(true).help(t(
            "Tabellen; «-» er standard inn",
            "Tabellen; «-» er standard inn",
            "The table; `-` is standard input",
        )))
        .arg(Arg::new("truncate").long("truncate").value_name(t("ANDEL", "DEL", "SHARE")).value_parser(truncate).help(t(
            "Andelen i hver ende som settes lik grensen for den [standard: 0]",
            "Delen i kvar ende som blir sett lik grensa for han [standard: 0]",
            "The share at each end that is set to where it begins [default: 0]",
        )))
        .arg(format(lang, &["csv"]))
}

fn units(lang: Lang) -> Arg {
    Arg::new("units").long("units").value_name("CSV").required(true).help(
        lang.pick(
            "Grunnkretsene: kode, kommune, befolkning, arbeidsplasser, tjenester",
            "Grunnkrinsane: kode, kommune, folketal, arbeidsplassar, tenester",
            "The basic units: code, municipality, population, jobs, services",
        )
        .to_string(),
    )
}

fn travel(lang: Lang) -> Arg {
    Arg::new("travel").long("travel").value_name("CSV|BIN").required(true).help(
        lang.pick(
            "Reisetidene: fra, til, minutter; CSV eller pakket",
            "Reisetidene: frå, til, minutt; CSV eller pakka",
            "The travel times: from, to, minutes; CSV or packed",
        )
        .to_string(),
    )
}

fn travel_columns(lang: Lang) -> [Arg; 3] {
    let column = |name: &'static str, nb: &str, nn: &str, en: &str| {
        Arg::new(name).long(name).value_name("NAME").help(lang.pick(nb, nn, en).to_string())
    };
    [
        column(
            "from-column",
            "Kolonnen med kretsen en reiser fra",
            "Kolonnen med krinsen ein reiser frå",
            "Column of the unit that is left",
        ),
        column(
            "to-column",
            "Kolonnen med kretsen en reiser til",
            "Kolonnen med krinsen ein reiser til",
            "Column of the unit that is reached",
        ),
        column("minutes-column", "Kolonnen med minutter", "Kolonnen med minutt", "Column of the minutes"),
    ]
}

fn max_minutes(lang: Lang) -> Arg {
    let help = lang.pick(
        "Minutter som noe teller til og med [standard: 90]",
        "Minutt som noko tel til og med [standard: 90]",
        "Minutes up to and with which anything counts [default: 90]",
    );
    Arg::new("max-minutes").long("max-minutes").value_name("MIN").value_parser(minutes).help(help.to_string())
}

fn symmetric(lang: Lang) -> Arg {
    let help = lang.pick(
        "Et par gjelder begge veier; fila har bare den ene",
        "Eit par gjeld begge vegar; fila har berre den eine",
        "A pair holds both ways; the file has one of them only",
    );
    Arg::new("symmetric").long("symmetric").action(ArgAction::SetTrue).help(help.to_string())
}

fn unknown(lang: Lang) -> Arg {
    let help = lang.pick(
        "Par med en krets som ikke er blant kretsene: feil, eller utelatt og talt",
        "Par med ein krins som ikkje er mellom krinsane: feil, eller utelate og talde",
        "Pairs with a unit that is not among the units: errors, or left out and counted",
    );
    let arg = Arg::new("unknown-units").long("unknown-units").value_parser(["refuse", "skip"]);
    arg.default_value("refuse").help(help.to_string())
}

fn format(lang: Lang, formats: &[&'static str]) -> Arg {
    let help = lang.pick("Format på resultatet", "Format på resultatet", "Format of the result").to_string();
    let values: Vec<&'static str> = formats.to_vec();
    let first = formats.first().copied().unwrap_or("csv");
    Arg::new("format").long("format").value_parser(values).default_value(first).help(help)
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

fn minutes(text: &str) -> Result<f64, &'static str> {
    number(text).ok_or("minutes of 0 or more")
}

fn own(text: &str) -> Result<OwnUnit, &'static str> {
    if text == "file" {
        Ok(OwnUnit::AsInFile)
    } else {
        number(text).map(OwnUnit::Add).ok_or("minutes of 0 or more, or `file`")
    }
}

fn truncate(text: &str) -> Result<f64, &'static str> {
    number(text).filter(|share| *share < 0.5).ok_or("a share of 0 or more, below 0.5")
}

fn limits(text: &str) -> Result<[f64; 5], &'static str> {
    Limits::parse(text).ok_or("five numbers from 0 to 1000 that descend, with commas between")
}

/// Two shares, as numbers or fractions.
fn shares(text: &str) -> Result<[f64; 2], &'static str> {
    const EXPECTED: &str = "two shares that add up to 1, as 2/3,1/3";
    let share = |text: &str| match text.split_once('/') {
        Some((above, below)) => Some(number(above)? / number(below)?),
        None => number(text),
    };
    let (jobs, services) = text.split_once(',').ok_or(EXPECTED)?;
    let shares = [share(jobs).ok_or(EXPECTED)?, share(services).ok_or(EXPECTED)?];
    if Parameters::shares_are_sound(shares) { Ok(shares) } else { Err(EXPECTED) }
}
