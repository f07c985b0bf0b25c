//! Options of `bygdepuls test`.

use bygdepuls_core::hypothesis::rao_scott::Statistic;
use bygdepuls_core::text::Lang;
use clap::builder::PossibleValue;
use clap::{Arg, Command};

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let command = Command::new("test")
        .about(t(
            "Test en hypotese på en hvilken som helst CSV-fil",
            "Test ein hypotese på ei kva som helst CSV-fil",
            "Test a hypothesis on any CSV file",
        ))
        .after_help(examples(lang))
        .arg(Arg::new("file").value_name("FILE.csv").required(true).help(t(
            "CSV-fila, eller - for standard inn",
            "CSV-fila, eller - for standard inn",
            "The CSV file, or - for standard input",
        )))
        .arg(
            Arg::new("kind")
                .value_name("TEST")
                .required(true)
                .value_parser(KINDS)
                .help(t("Testen", "Testen", "The test")),
        )
        .arg(Arg::new("columns").value_name("A B").required(true).num_args(1..=2).help(t(
            "Kolonnene, eller formelen; Y=V er 1 der Y har verdien V og ellers 0",
            "Kolonnane, eller formelen; Y=V er 1 der Y har verdien V og elles 0",
            "The columns, or the formula; Y=V is 1 where Y has the value V, otherwise 0",
        )))
        .arg(Arg::new("statistic").long("statistic").value_parser(Statistic::ALL.map(|(name, _)| name)).help(t(
            "Form på rao-scott [standard: F]",
            "Form på rao-scott [standard: F]",
            "Form of rao-scott [default: F]",
        )))
        .arg(
            Arg::new("family")
                .long("family")
                .value_parser([
                    PossibleValue::new("linear").alias("gaussian"),
                    PossibleValue::new("logistic").alias("quasibinomial"),
                ])
                .help(t(
                    "Modellen i regress [standard: linear]",
                    "Modellen i regress [standard: linear]",
                    "Model of regress [default: linear]",
                )),
        )
        .arg(Arg::new("score").long("score").value_parser(["rank", "normal", "median"]).help(t(
            "Hva rank gjør rangene til [standard: rank, Wilcoxon og Kruskal–Wallis]",
            "Kva rank gjer rangane til [standard: rank, Wilcoxon og Kruskal–Wallis]",
            "What rank makes of the ranks [default: rank, Wilcoxon and Kruskal–Wallis]",
        )))
        .arg(
            Arg::new("level")
                .long("level")
                .value_name("L")
                .default_value("0.95")
                .value_parser(move |text: &str| level(text, lang))
                .help(t(
                    "Konfidensnivå for intervaller",
                    "Konfidensnivå for intervall",
                    "Confidence level of intervals",
                )),
        )
        .arg(Arg::new("format").long("format").value_parser(["table", "csv", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )));
    super::design::with_design(command, lang)
}

fn level(text: &str, lang: Lang) -> Result<f64, String> {
    let level = text.parse().ok().filter(|level| bygdepuls_core::interval::Level::new(*level).is_some());
    level.ok_or_else(|| {
        lang.pick(
            "ikke et tall mellom 0 og 1 med høyst seks desimaler",
            "ikkje eit tal mellom 0 og 1 med høgst seks desimalar",
            "not a number between 0 and 1 with at most six decimals",
        )
        .into()
    })
}

const KINDS: [&str; 6] = ["rao-scott", "t", "rank", "regress", "trend", "mcnemar"];

/// The tests with what they ask, and examples.
fn examples(lang: Lang) -> String {
    let tests = [
        (
            "rao-scott A B",
            lang.pick(
                "henger to kategoriske kolonner sammen?",
                "heng to kategoriske kolonnar saman?",
                "are two categorical columns related?",
            ),
        ),
        (
            "t Y G",
            lang.pick(
                "har to grupper ulikt gjennomsnitt?",
                "har to grupper ulikt gjennomsnitt?",
                "do two groups differ in mean?",
            ),
        ),
        (
            "t Y",
            lang.pick(
                "er gjennomsnittet ulikt 0? Y kan være I(A - B): parvis",
                "er gjennomsnittet ulikt 0? Y kan vere I(A - B): parvis",
                "does a mean differ from 0? Y can be I(A - B): in pairs",
            ),
        ),
        (
            "rank Y G",
            lang.pick(
                "er verdiene større i noen grupper?",
                "er verdiane større i nokre grupper?",
                "are values larger in some groups?",
            ),
        ),
        ("regress 'y ~ x'", lang.pick("regresjon: y ~ ", "regresjon: y ~ ", "regression: y ~ ")),
        (
            "trend Y G",
            lang.pick(
                "stiger eller faller andelen Y med tallet G? Med utvalgsplan: logistisk stigning",
                "stig eller fell delen Y med talet G? Med utvalsplan: logistisk stiging",
                "does the share of Y rise or fall with the number G? With a design: logistic slope",
            ),
        ),
        (
            "mcnemar A B",
            lang.pick(
                "er andelen endret hos de samme? Med utvalgsplan: t-test av B − A",
                "er delen endra hos dei same? Med utvalsplan: t-test av B − A",
                "did a share change in the same people? With a design: t test of B − A",
            ),
        ),
    ];
    let terms = "x1 + factor(x2) + x1:x2 + I(year - 2023)";
    let line = |(test, words): (&str, &str)| {
        format!("  {test:<17}{words}{}\n", if test.starts_with("regress") { terms } else { "" })
    };
    let heading = lang.pick("Tester", "Testar", "Tests");
    let tests: String = tests.into_iter().map(line).collect();
    let examples = lang.pick(
        "Eksempler:\n  bygdepuls test svar.csv rao-scott kjonn trives --weights w --strata stratum --psu klasse\n  \
         bygdepuls test svar.csv t alder kjonn\n  bygdepuls test svar.csv regress 'flytter=1 ~ kjonn + I(aar - 2023)' \
         --family logistic --weights w --format json\n  bygdepuls test svar.csv trend roeyker=1 aar\n  bygdepuls \
         test panel.csv mcnemar foer etter\n\nRader der en verdi mangler, er ute av analysen, men ikke av \
         utvalgsplanen.\nResultatet er internt: det er ikke skjermet.",
        "Døme:\n  bygdepuls test svar.csv rao-scott kjonn trivst --weights w --strata stratum --psu klasse\n  \
         bygdepuls test svar.csv t alder kjonn\n  bygdepuls test svar.csv regress 'flytter=1 ~ kjonn + I(aar - 2023)' \
         --family logistic --weights w --format json\n  bygdepuls test svar.csv trend roeykjer=1 aar\n  bygdepuls \
         test panel.csv mcnemar foer etter\n\nRader der ein verdi manglar, er ute av analysen, men ikkje av \
         utvalsplanen.\nResultatet er internt: det er ikkje skjerma.",
        "Examples:\n  bygdepuls test answers.csv rao-scott sex thrives --weights w --strata stratum --psu class\n  \
         bygdepuls test answers.csv t age sex\n  bygdepuls test answers.csv regress 'moves=1 ~ sex + I(year - 2023)' \
         --family logistic --weights w --format json\n  bygdepuls test answers.csv trend smokes=1 year\n  bygdepuls \
         test panel.csv mcnemar before after\n\nRecords with a missing value are out of the analysis, not of the \
         sampling design.\nThe result is internal: it is not protected.",
    );
    format!("{heading}:\n{tests}\n{examples}")
}
