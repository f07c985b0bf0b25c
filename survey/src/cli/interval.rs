//! Options of `bygdepuls interval`.

use bygdepuls_core::interval::{Level, ProportionMethod};
use bygdepuls_core::text::Lang;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command};

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let number = |name: &'static str, value: &'static str| {
        let parser = move |text: &str| {
            let words =
                lang.pick("et helt tall, 0 eller mer", "eit heilt tal, 0 eller meir", "a whole number, 0 or more");
            text.parse::<u64>().map_err(|_| words.to_owned())
        };
        Arg::new(name).long(name).value_name(value).value_parser(parser).allow_negative_numbers(true)
    };
    Command::new("interval")
        .about(t(
            "Regn ut intervaller for en andel",
            "Rekn ut intervall for ein del",
            "Compute intervals for a proportion",
        ))
        .after_help(after_help(lang))
        .arg(number("successes", "X").required(true).help(t(
            "Hvor mange som sa ja",
            "Kor mange som sa ja",
            "How many said yes",
        )))
        .arg(number("n", "N").required(true).help(t(
            "Hvor mange som svarte",
            "Kor mange som svara",
            "How many answered",
        )))
        .arg(number("population", "N").help(t(
            "Hvor mange det er i alt i den endelige populasjonen de som svarte hører til",
            "Kor mange det er i alt i den endelege populasjonen dei som svara høyrer til",
            "How many there are in all in the finite population of those who answered",
        )))
        .arg(
            Arg::new("method")
                .long("method")
                .value_name("METHOD")
                .value_delimiter(',')
                .value_parser(PossibleValuesParser::new(
                    std::iter::once("all").chain(ProportionMethod::NAMES.map(|(_, name)| name)),
                ))
                .help(t(
                    "Metode, flere med komma mellom, eller all [standard: wang med --population, ellers \
                     clopper-pearson]",
                    "Metode, fleire med komma mellom, eller all [standard: wang med --population, elles \
                     clopper-pearson]",
                    "Method, several with commas between, or all [default: wang with --population, otherwise \
                     clopper-pearson]",
                )),
        )
        .arg(
            Arg::new("level")
                .long("level")
                .value_name("L")
                .default_value("0.95")
                .allow_negative_numbers(true)
                .value_parser(move |text: &str| level(text, lang))
                .help(t(
                    "Konfidensnivå, mellom 0 og 1, med høyst seks desimaler",
                    "Konfidensnivå, mellom 0 og 1, med høgst seks desimalar",
                    "Confidence level, between 0 and 1, with at most six decimals",
                )),
        )
        .arg(Arg::new("format").long("format").value_parser(["table", "csv", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
}

fn level(text: &str, lang: Lang) -> Result<Level, String> {
    text.parse().ok().and_then(Level::new).ok_or_else(|| {
        lang.pick(
            "et tall mellom 0 og 1 med høyst seks desimaler",
            "eit tal mellom 0 og 1 med høgst seks desimalar",
            "a number between 0 and 1 with at most six decimals",
        )
        .into()
    })
}

fn after_help(lang: Lang) -> String {
    lang.pick(
        "Eksempler:\n  bygdepuls interval --successes 5 --n 9 --population 12\n  \
         bygdepuls interval --successes 0 --n 14 --method all --format json\n\n\
         Målet er enten denne endelige populasjonen (equal-tailed, blaker, wang, bayes, wilson-fpc, clopper-pearson-fpc, nonresponse-bounds, og mid-p \
         med --population) eller kull som dette (alle andre). t, z, logit, xlogit, asin, likelihood, beta, \
         korn-graubard og wilson-t er som for et enkelt tilfeldig utvalg i R-pakka survey; med --population har \
         variansen endelighetskorreksjon. wilson er Wilsons egen. Har metoden ikke noe intervall, sier status og \
         notes hvorfor. Grensene er andeler. Resultatet er internt: det er ikke skjermet.",
        "Døme:\n  bygdepuls interval --successes 5 --n 9 --population 12\n  \
         bygdepuls interval --successes 0 --n 14 --method all --format json\n\n\
         Målet er anten denne endelege populasjonen (equal-tailed, blaker, wang, bayes, wilson-fpc, clopper-pearson-fpc, nonresponse-bounds, og mid-p \
         med --population) eller kull som dette (alle andre). t, z, logit, xlogit, asin, likelihood, beta, \
         korn-graubard og wilson-t er som for eit enkelt tilfeldig utval i R-pakka survey; med --population har \
         variansen endelegheitskorreksjon. wilson er Wilsons eigen. Har metoden ikkje noko intervall, seier status og \
         notes kvifor. Grensene er delar av 1. Resultatet er internt: det er ikkje skjerma.",
        "Examples:\n  bygdepuls interval --successes 5 --n 9 --population 12\n  \
         bygdepuls interval --successes 0 --n 14 --method all --format json\n\n\
         The target is either this finite population (equal-tailed, blaker, wang, bayes, wilson-fpc, clopper-pearson-fpc, nonresponse-bounds, and mid-p \
         with --population) or cohorts like this one (all others). t, z, logit, xlogit, asin, likelihood, beta, \
         korn-graubard and wilson-t are those of a simple random sample in R's package survey; with --population the \
         variance has the finite population correction. wilson is Wilson's own. Where a method has no interval, \
         status and notes say why. Limits are shares. The result is internal: it is not protected.",
    )
    .into()
}
