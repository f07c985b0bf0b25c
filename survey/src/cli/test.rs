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

fn examples(lang: Lang) -> String {
    lang.pick(
        "Tester:\n  rao-scott A B     henger to kategoriske kolonner sammen?\n  t Y G             har to grupper ulikt gjennomsnitt?\n  t Y               er gjennomsnittet ulikt 0? Y kan være I(A - B): parvis\n  rank Y G          er verdiene større i noen grupper?\n  regress FORMEL    regresjon: 'y ~ x1 + factor(x2) + x1:x2 + I(year - 2023)'\n  trend Y G         stiger eller faller andelen Y med tallet G? Cochran–Armitage; med utvalgsplan logistisk stigning\n  mcnemar A B       er andelen endret hos de samme? Med utvalgsplan: t-test av B − A\n\nEksempler:\n  bygdepuls test svar.csv rao-scott kjonn trives --weights w --strata stratum --psu klasse\n  \
         bygdepuls test svar.csv t alder kjonn\n  bygdepuls test svar.csv regress 'flytter=1 ~ kjonn + I(aar - 2023)' \
         --family logistic --weights w --format json\n  bygdepuls test svar.csv trend roeyker=1 aar\n  bygdepuls test \
         panel.csv mcnemar foer etter\n\nRader der en verdi mangler, er ute av analysen, men ikke av \
         utvalgsplanen.\nResultatet er internt: det er ikke skjermet.",
        "Testar:\n  rao-scott A B     heng to kategoriske kolonnar saman?\n  t Y G             har to grupper ulikt gjennomsnitt?\n  t Y               er gjennomsnittet ulikt 0? Y kan vere I(A - B): parvis\n  rank Y G          er verdiane større i nokre grupper?\n  regress FORMEL    regresjon: 'y ~ x1 + factor(x2) + x1:x2 + I(year - 2023)'\n  trend Y G         stig eller fell delen Y med talet G? Cochran–Armitage; med utvalsplan logistisk stiging\n  mcnemar A B       er delen endra hos dei same? Med utvalsplan: t-test av B − A\n\nDøme:\n  bygdepuls test svar.csv rao-scott kjonn trivst --weights w --strata stratum --psu klasse\n  bygdepuls \
         test svar.csv t alder kjonn\n  bygdepuls test svar.csv regress 'flytter=1 ~ kjonn + I(aar - 2023)' --family \
         logistic --weights w --format json\n  bygdepuls test svar.csv trend roeykjer=1 aar\n  bygdepuls test panel.csv \
         mcnemar foer etter\n\nRader der ein verdi manglar, er ute av analysen, men ikkje av utvalsplanen.\nResultatet \
         er internt: det er ikkje skjerma.",
        "Tests:\n  rao-scott A B     are two categorical columns related?\n  t Y G             do two groups differ in mean?\n  t Y               does a mean differ from 0? Y can be I(A - B): in pairs\n  rank Y G          are values larger in some groups?\n  regress FORMULA   regression: 'y ~ x1 + factor(x2) + x1:x2 + I(year - 2023)'\n  trend Y G         does the share of Y rise or fall with the number G? Cochran–Armitage; with a design the logistic slope\n  mcnemar A B       did a share change in the same people? With a design: t test of B − A\n\nExamples:\n  bygdepuls test answers.csv rao-scott sex thrives --weights w --strata stratum --psu class\n  \
         bygdepuls test answers.csv t age sex\n  bygdepuls test answers.csv regress 'moves=1 ~ sex + I(year - 2023)' \
         --family logistic --weights w --format json\n  bygdepuls test answers.csv trend smokes=1 year\n  bygdepuls test \
         panel.csv mcnemar before after\n\nRecords with a missing value are out of the analysis, not of the sampling \
         design.\nThe result is internal: it is not protected.",
    )
    .to_string()
}
