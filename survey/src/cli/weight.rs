//! Options of `bygdepuls weight`.

use bygdepuls_core::design::Condition;
use bygdepuls_core::text::Lang;
use bygdepuls_core::weight::Bounds;
use clap::builder::{NonEmptyStringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let name = || NonEmptyStringValueParser::new().map(|text| text.trim().to_owned());
    Command::new("weight")
        .about(t(
            "Lag vekter for en hvilken som helst CSV-fil",
            "Lag vekter for ei kva som helst CSV-fil",
            "Make weights for any CSV file",
        ))
        .after_help(examples(lang))
        .arg(Arg::new("file").value_name("FILE.csv").required(true).help(t(
            "CSV-fila, eller - for standard inn",
            "CSV-fila, eller - for standard inn",
            "The CSV file, or - for standard input",
        )))
        .arg(
            Arg::new("poststratify")
                .long("poststratify")
                .value_name("COL[,COL2]: TARGETS.csv")
                .value_parser(move |text: &str| poststratify(text, lang))
                .help(t(
                    "Vekt til populasjonens tall i hver kategori, eller i hver celle av flere kolonner",
                    "Vekt til populasjonens tal i kvar kategori, eller i kvar celle av fleire kolonnar",
                    "Weight to the population's count in each category, or in each cell of several columns",
                )),
        )
        .arg(Arg::new("rake").long("rake").value_name("A.csv,B.csv").value_delimiter(',').value_parser(name()).help(t(
            "Vekt til flere marginer på en gang, én fil for hver",
            "Vekt til fleire marginar på ein gong, éi fil for kvar",
            "Weight to several margins at once, a file for each",
        )))
        .arg(Arg::new("calibrate").long("calibrate").value_name("TOTALS.csv").help(t(
            "Vekt til totaler av variabler",
            "Vekt til totalar av variablar",
            "Weight to totals of variables",
        )))
        .arg(
            Arg::new("classes")
                .long("classes")
                .value_name("COL[,COL2]")
                .value_delimiter(',')
                .value_parser(name())
                .help(t(
                    "Vekt dem som svarte opp til hele klassen sin; de andre får vekt 0",
                    "Vekt dei som svara opp til heile klassen sin; dei andre får vekt 0",
                    "Weight those who responded up to their whole class; the others get weight 0",
                )),
        )
        // Of two methods one would be left out, and with it what it requires: such options name what they conflict with.
        .group(ArgGroup::new("method").args(["poststratify", "rake", "calibrate", "classes"]))
        .group(
            ArgGroup::new("task")
                .args(["poststratify", "rake", "calibrate", "classes", "trim"])
                .required(true)
                .multiple(true),
        )
        .arg(
            Arg::new("respondents")
                .long("respondents")
                .value_name("COL=V")
                .requires("classes")
                .conflicts_with_all(["poststratify", "rake", "calibrate"])
                .action(ArgAction::Append)
                .value_parser(move |text: &str| condition(text, lang))
                .help(t(
                    "Hvem som svarte; også =V1,V2 != < <= > >=; kan gjentas [standard: responded=1]",
                    "Kven som svara; òg =V1,V2 != < <= > >=; kan gjentakast [standard: responded=1]",
                    "Who responded; also =V1,V2 != < <= > >=; repeatable [default: responded=1]",
                )),
        )
        .arg(
            Arg::new("distance")
                .long("distance")
                .requires("calibrate")
                .conflicts_with_all(["poststratify", "rake", "classes"])
                .value_parser(["linear", "raking", "logit"])
                .default_value("linear")
                .help(t(
                    "Avstanden mellom nye og gamle vekter i --calibrate",
                    "Avstanden mellom nye og gamle vekter i --calibrate",
                    "Distance between new weights and old in --calibrate",
                )),
        )
        .arg(
            Arg::new("bounds")
                .long("bounds")
                .value_name("L,U")
                .requires("calibrate")
                .conflicts_with_all(["poststratify", "rake", "classes"])
                .required_if_eq("distance", "logit")
                .allow_hyphen_values(true)
                .value_parser(move |text: &str| bounds(text, lang))
                .help(t(
                    "Grenser for ny vekt / gammel vekt i --calibrate",
                    "Grenser for ny vekt / gammal vekt i --calibrate",
                    "Bounds of new weight / old weight in --calibrate",
                )),
        )
        .arg(Arg::new("weights").long("weights").value_name("W").help(t(
            "Kolonne med vektene fra før [standard: 1 for hver rad]",
            "Kolonne med vektene frå før [standard: 1 for kvar rad]",
            "Column of the weights so far [default: 1 for each record]",
        )))
        .arg(
            Arg::new("trim")
                .long("trim")
                .value_name("L,U")
                .allow_hyphen_values(true)
                .value_parser(move |text: &str| bounds(text, lang))
                .help(t(
                    "Kutt vektene til slutt ved L og U, og fordel det som kuttes på de andre",
                    "Kutt vektene til slutt ved L og U, og fordel det som blir kutta på dei andre",
                    "Cut the weights at L and U in the end, and spread what is cut off over the others",
                )),
        )
        .arg(Arg::new("strict").long("strict").requires("trim").action(ArgAction::SetTrue).help(t(
            "Gjenta kuttingen til ingen vekt er utenfor",
            "Gjenta kuttinga til inga vekt er utanfor",
            "Repeat trimming until no weight is outside",
        )))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE2.csv")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "Fila som skrives: den samme, med en kolonne til",
                    "Fila som blir skriven: den same, med ei kolonne til",
                    "The file to write: the same, with one column more",
                )),
        )
        .arg(Arg::new("name").long("name").value_name("NAME").default_value("calibrated_weight").help(t(
            "Navnet på den nye kolonnen",
            "Namnet på den nye kolonnen",
            "Name of the new column",
        )))
        .arg(Arg::new("format").long("format").value_parser(["text", "json"]).default_value("text").help(t(
            "Form på rapporten; text på standard feil, json på standard ut",
            "Form på rapporten; text på standard feil, json på standard ut",
            "Form of the report; text on standard error, json on standard output",
        )))
}

fn examples(lang: Lang) -> String {
    const COMMANDS: &str = "
  bygdepuls weight svar.csv --poststratify 'kommune,kjonn: folketall.csv' --out vektet.csv
  bygdepuls weight svar.csv --rake kjonn.csv,alder.csv --trim 0.3,3 --strict --out vektet.csv
  bygdepuls weight svar.csv --weights w --calibrate totaler.csv --distance logit --bounds 0.5,2 --out vektet.csv
  bygdepuls weight panel.csv --weights w --classes kommune,kjonn --respondents bolge2=1 --out vektet.csv\n";
    let files = lang.pick(
        "Marginer har kolonnene øverst og totalen i den siste (folketall.csv, til venstre). Totaler av variabler har \
         «variable», «total» og, for kategorier, «category» (totaler.csv, til høyre); (Intercept) er hele populasjonen.",
        "Marginar har kolonnane øvst og totalen i den siste (folketall.csv, til venstre). Totalar av variablar har \
         «variable», «total» og, for kategoriar, «category» (totaler.csv, til høgre); (Intercept) er heile populasjonen.",
        "Margins have their columns at the top and the total in the last (folketall.csv, left). Totals of variables have \
         \"variable\", \"total\" and, for categories, \"category\" (totaler.csv, right); (Intercept) is the whole population.",
    );
    const FILES: &str = "
  kommune,kjonn,antall          variable,category,total
  5041,K,61                     (Intercept),,237
  5041,M,58                     kjonn,K,118
  5045,K,57                     alder,,4029
  5045,M,61\n";
    let rest = lang.pick(
        "Vektene skrives med desimalpunktum. Tallene i rapporten er interne. Filen kan leses av eieren alene, om den ikke finnes fra før.\n\nUtgangskode: 0 \
         ferdig, 1 noe er galt med filene eller totalene, 2 feil bruk.",
        "Vektene blir skrivne med desimalpunktum. Tala i rapporten er interne. Fila kan lesast av eigaren åleine, om ho ikkje finst frå før.\n\nUtgangskode: 0 \
         ferdig, 1 noko er gale med filene eller totalane, 2 feil bruk.",
        "Weights are written with a decimal point. The figures of the report are internal. The file is readable by its owner alone, unless it was there before.\n\n\
         Exit code: 0 done, 1 the files or the totals have problems, 2 wrong usage.",
    );
    format!("{}:{COMMANDS}\n{files}\n{FILES}\n{rest}", lang.pick("Eksempler", "Døme", "Examples"))
}

/// The columns and the file of `--poststratify`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Poststratify {
    pub(crate) columns: Vec<String>,
    pub(crate) file: String,
}

pub(super) fn poststratify(text: &str, lang: Lang) -> Result<Poststratify, String> {
    let parts = text.split_once(':').map(|(columns, file)| (columns, file.trim()));
    let (columns, file) =
        parts.filter(|(columns, file)| !columns.trim().is_empty() && !file.is_empty()).ok_or_else(|| {
            lang.pick("skrives 'KOLONNE: fil.csv'", "blir skrive 'KOLONNE: fil.csv'", "write 'COLUMN: file.csv'")
                .to_owned()
        })?;
    Ok(Poststratify { columns: columns.split(',').map(|column| column.trim().to_owned()).collect(), file: file.into() })
}

/// `0.5,2`; `inf` and `-inf` are no bound.
pub(super) fn bounds(text: &str, lang: Lang) -> Result<Bounds, String> {
    let wrong = || {
        let words = [
            "to tall, det minste først, som 0.5,2",
            "to tal, det minste først, som 0.5,2",
            "two numbers, the smaller first, such as 0.5,2",
        ];
        lang.pick(words[0], words[1], words[2]).to_owned()
    };
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| !number.is_nan()).ok_or_else(wrong);
    let (lower, upper) = text.split_once(',').ok_or_else(wrong)?;
    let bounds = Bounds { lower: number(lower)?, upper: number(upper)? };
    if bounds.lower < bounds.upper { Ok(bounds) } else { Err(wrong()) }
}

fn condition(text: &str, lang: Lang) -> Result<Condition, String> {
    Condition::parse(text)
        .ok_or_else(|| lang.pick("skrives KOLONNE=VERDI", "blir skrive KOLONNE=VERDI", "write COLUMN=VALUE").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_options() {
        let parsed = poststratify("muni, sex: C:\\t.csv", Lang::En).unwrap();
        assert_eq!((parsed.columns, parsed.file), (vec!["muni".into(), "sex".into()], "C:\\t.csv".into()));
        assert!(poststratify("t.csv", Lang::En).is_err() && poststratify(": t.csv", Lang::En).is_err());
        assert_eq!(bounds("0, inf", Lang::En), Ok(Bounds { lower: 0.0, upper: f64::INFINITY }));
        assert!(["1", "1,2,3", "a,b", "nan,1", "2,1", "1,1"].iter().all(|text| bounds(text, Lang::En).is_err()));
        assert!(condition("stay=1", Lang::En).is_ok() && condition("stay", Lang::En).is_err());
    }
}
