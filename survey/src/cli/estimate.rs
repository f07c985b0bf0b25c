//! Options of `bygdepuls estimate`.

use bygdepuls_core::interval::ProportionMethod;
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, Command};

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
             bygdepuls estimate svar.csv --mean alder --weights vekt --strata fylke --psu skole --format json\n  bygdepuls estimate svar.csv --share trives=1 \
             --by aar --contrast aar:2025-2023 --person id\n  bygdepuls estimate svar.csv --quantile inntekt --probs 0.1,0.5,0.9 --weights vekt\n  bygdepuls estimate svar.csv --share trives=1 --weights vekt --strata fylke --psu skole --make-replicates bootstrap=500 --seed 7\n  bygdepuls estimate svar.csv --mean alder --rake kjonn.csv,kommune.csv\n\nResultatet er internt: det er \
             ikke skjermet.",
            "Døme:\n  bygdepuls estimate svar.csv --share int_kunne=4,5 --missing 98,99 --by bolge,kommune\n  \
             bygdepuls estimate svar.csv --mean alder --weights vekt --strata fylke --psu skole --format json\n  bygdepuls estimate svar.csv --share trives=1 \
             --by aar --contrast aar:2025-2023 --person id\n  bygdepuls estimate svar.csv --quantile inntekt --probs 0.1,0.5,0.9 --weights vekt\n  bygdepuls estimate svar.csv --share trivst=1 --weights vekt --strata fylke --psu skule --make-replicates bootstrap=500 --seed 7\n  bygdepuls estimate svar.csv --mean alder --rake kjonn.csv,kommune.csv\n\nResultatet er internt: det er \
             ikkje skjerma.",
            "Examples:\n  bygdepuls estimate answers.csv --share int_kunne=4,5 --missing 98,99 --by bolge,kommune\n  \
             bygdepuls estimate answers.csv --mean age --weights w --strata county --psu school --format json\n  bygdepuls estimate answers.csv --share content=1 \
             --by year --contrast year:2025-2023 --person id\n  bygdepuls estimate answers.csv --quantile income --probs 0.1,0.5,0.9 --weights w\n  bygdepuls estimate answers.csv --share content=1 --weights w --strata county --psu school --make-replicates bootstrap=500 --seed 7\n  bygdepuls estimate answers.csv --mean age --rake sex.csv,municipality.csv\n\nThe result is internal: it is \
             not protected.",
        ))
        .arg(Arg::new("file").value_name("FILE.csv").required(true).help(t(
            "CSV-fila, eller - for standard inn",
            "CSV-fila, eller - for standard inn",
            "The CSV file, or - for standard input",
        )))
        .arg(Arg::new("mean").long("mean").value_name("Y,Y2").value_delimiter(',').help(t(
            "Gjennomsnittet av en kolonne, eller av flere",
            "Gjennomsnittet av ein kolonne, eller av fleire",
            "Mean of a column, or of several",
        )))
        .arg(Arg::new("total").long("total").value_name("Y,Y2").value_delimiter(',').help(t(
            "Summen av en kolonne, eller av flere",
            "Summen av ein kolonne, eller av fleire",
            "Total of a column, or of several",
        )))
        .arg(Arg::new("share").long("share").value_name("Y[=V1,V2]").help(t(
            "Andelen med en av verdiene; uten verdier andelen av hver",
            "Delen med ein av verdiane; utan verdiar delen av kvar",
            "Share with one of the values; without values the share of each",
        )))
        .arg(Arg::new("count").long("count").value_name("Y[=V1,V2]").help(t(
            "Anslått antall personer med en av verdiene, summen av vektene; uten verdier antallet med hver",
            "Estimert tal på personar med ein av verdiane, summen av vektene; utan verdiar talet med kvar",
            "Estimated number of people with one of the values, the sum of their weights; without values of each",
        )))
        .arg(Arg::new("ratio").long("ratio").value_name("Y/X").help(t(
            "Summen av en kolonne delt på summen av en annen",
            "Summen av ein kolonne delt på summen av ein annan",
            "Total of a column over that of another",
        )))
        .group(clap::ArgGroup::new("statistic").args(["mean", "total", "share", "count", "ratio", "quantile", "median", "variance", "correlation"]).required(true))
        .arg(Arg::new("by").long("by").value_name("G1,G2").value_delimiter(',').help(t(
            "Kolonner å dele opp etter",
            "Kolonner å dele opp etter",
            "Columns to group by",
        )))
        .arg(Arg::new("contrast").long("contrast").value_name("G1:A-B").action(ArgAction::Append).help(t(
            "Forskjellen mellom to koder i en kolonne fra --by, også 0.5*A-0.5*B; kan gjentas",
            "Skilnaden mellom to kodar i ein kolonne frå --by, òg 0.5*A-0.5*B; kan gjentakast",
            "Difference between two codes of a column in --by, also 0.5*A-0.5*B; repeatable",
        )))
        .arg(Arg::new("person").long("person").value_name("ID").help(t(
            "Kolonne som viser hvem som er den samme i flere rader: den binder årenes strata sammen; uten --strata og --psu er personen utvalgsenheten",
            "Kolonne som viser kven som er den same i fleire rader: han bind strata i ulike år saman; utan --strata og --psu er personen utvalseininga",
            "Column that tells who is the same person in several records: it links the strata of years; without --strata and --psu the person is the sampling unit",
        )))
        .arg(Arg::new("ci").long("ci").value_name("METHOD")
                .value_parser(ProportionMethod::NAMES.into_iter().map(|(_, name)| name).chain(["mean", "score"]).collect::<Vec<_>>())
                .hide_possible_values(true)
                .help(t(
                    "Metode for intervallet: t eller z; for andeler alle i «bygdepuls interval»; for kvantiler mean, beta, xlogit, asin eller score [standard: t; for andeler wang eller bayes av et endelig kull (--fpc), ellers korn-graubard; mean]",
                    "Metode for intervallet: t eller z; for delar alle i «bygdepuls interval»; for kvantilar mean, beta, xlogit, asin eller score [standard: t; for delar wang eller bayes av eit endeleg kull (--fpc), elles korn-graubard; mean]",
                    "Method of the interval: t or z; of shares any of `bygdepuls interval`; of quantiles mean, beta, xlogit, asin or score [default: t; of shares wang or bayes for a finite cohort (--fpc), korn-graubard otherwise; mean]",
                )))
        .arg(Arg::new("level").long("level").value_name("L").default_value("0.95").help(t(
            "Konfidensnivå",
            "Konfidensnivå",
            "Confidence level",
        )))
        .arg(Arg::new("df").long("df").value_name("design|domain|K").default_value("design").help(t(
            "Frihetsgrader: enheter minus strata i hele filen, i domenet, eller et tall",
            "Fridomsgrader: einingar minus strata i heile fila, i domenet, eller eit tal",
            "Degrees of freedom: units less strata of the whole file, of the domain, or a number",
        )))
        .arg(
            Arg::new("deff")
                .long("deff")
                .value_name("KIND")
                .num_args(0..=1)
                .require_equals(true)
                .value_parser(["srs", "replace"])
                .default_missing_value("srs")
                .help(t(
                    "Designeffekten, mot enkelt tilfeldig utvalg uten eller med (replace) tilbakelegging",
                    "Designeffekten, mot enkelt tilfeldig utval utan eller med (replace) tilbakelegging",
                    "Design effect, against a simple random sample without or with (replace) replacement",
                )),
        )
        .arg(Arg::new("covariance").long("covariance").action(ArgAction::SetTrue).help(t(
            "Kovariansene mellom alle tallene, i json",
            "Kovariansane mellom alle tala, i json",
            "Covariances of all figures, in json",
        )))
        .arg(Arg::new("format").long("format").value_parser(["table", "csv", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )));
    let command = super::replicates::with_quantiles(command, lang);
    let command = super::replicates::with_replicates(super::design::with_design(command, lang), lang);
    super::calibrated::with_calibration(command, lang)
}
