//! Options of quantiles and of replicates, for the commands that estimate.

use bygdepuls_core::estimate::QuantileRule;
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, Command};

/// A command with the statistics that need the whole file.
pub(super) fn with_quantiles(command: Command, lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    command
        .arg(Arg::new("quantile").long("quantile").value_name("Y,Y2").value_delimiter(',').requires("probs").help(t(
            "Kvantiler av en kolonne, eller av flere",
            "Kvantilar av ein kolonne, eller av fleire",
            "Quantiles of a column, or of several",
        )))
        .arg(Arg::new("probs").long("probs").value_name("P1,P2").value_delimiter(',').requires("quantile").help(t(
            "Andelene under, fra 0 til 1",
            "Delane under, frå 0 til 1",
            "The shares below, from 0 to 1",
        )))
        .arg(Arg::new("median").long("median").value_name("Y,Y2").value_delimiter(',').help(t(
            "Medianen av en kolonne, eller av flere",
            "Medianen av ein kolonne, eller av fleire",
            "Median of a column, or of several",
        )))
        .arg(
            Arg::new("qrule")
                .long("qrule")
                .value_parser(QuantileRule::ALL.map(|(name, _)| name))
                .default_value("math")
                .help(t(
                    "Hvordan en kvantil leses av mellom to verdier",
                    "Korleis ein kvantil blir lesen av mellom to verdiar",
                    "How a quantile is read off between two values",
                )),
        )
        .arg(Arg::new("variance").long("variance").value_name("Y,Y2").value_delimiter(',').help(t(
            "Variansen til en kolonne i populasjonen, eller til flere",
            "Variansen til ein kolonne i populasjonen, eller til fleire",
            "Variance of a column in the population, or of several",
        )))
        .arg(Arg::new("correlation").long("correlation").value_name("Y,X").help(t(
            "Korrelasjonen mellom to kolonner",
            "Korrelasjonen mellom to kolonnar",
            "Correlation of two columns",
        )))
}

/// A command with the options of replicates.
pub(super) fn with_replicates(command: Command, lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let heading = t("Replikater", "Replikat", "Replicates");
    let own = |arg: Arg| arg.help_heading(heading.clone());
    command
        .arg(own(Arg::new("make-replicates").long("make-replicates").value_name("METHOD").conflicts_with("replicates").help(t(
            "Varians fra replikater: jk1, jkn, brr, fay, eller bootstrap=500, som er rao-wu uten --fpc og canty-davison med",
            "Varians frå replikat: jk1, jkn, brr, fay, eller bootstrap=500, som er rao-wu utan --fpc og canty-davison med",
            "Variance from replicates: jk1, jkn, brr, fay, or bootstrap=500, which is rao-wu without --fpc and canty-davison with it",
        ))))
        .arg(own(Arg::new("seed").long("seed").value_name("S").requires("make-replicates").help(t(
            "Frø for bootstrap [standard: 1]",
            "Frø for bootstrap [standard: 1]",
            "Seed of a bootstrap [default: 1]",
        ))))
        .arg(own(Arg::new("replicates").long("replicates").value_name("REP.csv").requires("method").help(t(
            "Gitte replikater: en rad for hver utvalgsenhet, med --psu-kolonnen (og strata) og en kolonne for hvert replikat; tallene ganges med vekten",
            "Gjevne replikat: ei rad for kvar utvalseining, med --psu-kolonnen (og strata) og ein kolonne for kvart replikat; tala blir gonga med vekta",
            "Given replicates: a row for each sampling unit, with the column of --psu (and of strata) and a column for each replicate; the numbers multiply the weight",
        ))))
        .arg(own(
            Arg::new("method")
                .long("method")
                .value_parser(["brr", "fay", "jk1", "jkn", "bootstrap", "other"])
                .requires("replicates")
                .help(t(
                    "Hvordan gitte replikater er laget",
                    "Korleis gjevne replikat er laga",
                    "How given replicates were made",
                )),
        ))
        .arg(own(Arg::new("rho").long("rho").value_name("R").help(t(
            "Delen av vekten som den andre halvparten beholder i fay [standard: 0.3]",
            "Delen av vekta som den andre halvparten beheld i fay [standard: 0.3]",
            "Part of the weight that the other half keeps in fay [default: 0.3]",
        ))))
        .arg(own(Arg::new("scale").long("scale").value_name("S").requires("replicates").help(t(
            "I stedet for metodens skala",
            "I staden for skalaen til metoden",
            "In place of the method's scale",
        ))))
        .arg(own(Arg::new("rscales").long("rscales").value_name("S1,S2").value_delimiter(',').requires("replicates").help(t(
            "Skala for hvert replikat",
            "Skala for kvart replikat",
            "A scale for each replicate",
        ))))
        .arg(own(Arg::new("mse").long("mse").action(ArgAction::SetTrue).help(t(
            "Avvik fra anslaget i stedet for fra snittet av replikatene",
            "Avvik frå anslaget i staden for frå snittet av replikata",
            "Deviations from the estimate instead of from the mean of the replicates",
        ))))
}
