//! Options of calibrated weights, for the commands that estimate.

use super::weight::{bounds, poststratify};
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgGroup, Command};

/// A command with the options of `bygdepuls weight` that name population totals.
pub(super) fn with_calibration(command: Command, lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let heading = t("Kalibrerte vekter", "Kalibrerte vekter", "Calibrated weights");
    let own = |arg: Arg| arg.help_heading(heading.clone());
    command
        .arg(own(Arg::new("poststratify")
            .long("poststratify")
            .value_name("COL[,COL2]: TARGETS.csv")
            .value_parser(move |text: &str| poststratify(text, lang))
            .help(t(
                "Som i «bygdepuls weight»; variansen er den av residualene",
                "Som i «bygdepuls weight»; variansen er den av residuala",
                "As in `bygdepuls weight`; the variance is that of the residuals",
            ))))
        .arg(own(Arg::new("rake").long("rake").value_name("A.csv,B.csv").value_delimiter(',').help(t(
            "Flere marginer på en gang",
            "Fleire marginar på ein gong",
            "Several margins at once",
        ))))
        .arg(own(Arg::new("calibrate").long("calibrate").value_name("TOTALS.csv").help(t(
            "Totaler av variabler",
            "Totalar av variablar",
            "Totals of variables",
        ))))
        .group(ArgGroup::new("calibration").args(["poststratify", "rake", "calibrate"]))
        .arg(own(Arg::new("distance")
            .long("distance")
            .requires("calibrate")
            .conflicts_with_all(["poststratify", "rake"])
            .value_parser(["linear", "raking", "logit"])
            .help(t(
                "Avstanden mellom nye og gamle vekter i --calibrate",
                "Avstanden mellom nye og gamle vekter i --calibrate",
                "Distance between new weights and old in --calibrate",
            ))))
        .arg(own(Arg::new("bounds")
            .long("bounds")
            .value_name("L,U")
            .requires("calibrate")
            .conflicts_with_all(["poststratify", "rake"])
            .value_parser(move |text: &str| bounds(text, lang))
            .help(t(
                "Grenser for ny vekt / gammel vekt i --calibrate",
                "Grenser for ny vekt / gammal vekt i --calibrate",
                "Bounds of new weight / old weight in --calibrate",
            ))))
}
