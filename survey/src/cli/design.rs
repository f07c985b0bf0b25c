//! Options of a sampling design and a domain, shared by the commands that estimate and test.

use bygdepuls_core::design::LonelyPsu;
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, Command};

/// A command with the options of a design.
pub(super) fn with_design(command: Command, lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let heading = t("Utvalgsplan", "Utvalsplan", "Sampling design");
    let own = |arg: Arg| arg.help_heading(heading.clone());
    command
        .arg(own(Arg::new("weights").long("weights").value_name("W").help(t(
            "Kolonne med vekter",
            "Kolonne med vekter",
            "Column of weights",
        ))))
        .arg(own(Arg::new("strata").long("strata").value_name("H|H1:H2").value_delimiter(':').help(t(
            "Kolonne med strata, eller flere som danner strata sammen",
            "Kolonne med strata, eller fleire som dannar strata saman",
            "Column of strata, or several whose interaction they are",
        ))))
        .arg(own(Arg::new("psu").long("psu").value_name("P1,P2").value_delimiter(',').help(t(
            "Kolonner med utvalgsenheter, én for hvert trinn [standard: hver rad er én]",
            "Kolonnar med utvalseiningar, éin for kvart trinn [standard: kvar rad er éi]",
            "Columns of sampling units, one for each stage [default: each record is one]",
        ))))
        .arg(own(Arg::new("fpc").long("fpc").value_name("N1,N2").value_delimiter(',').help(t(
            "Kolonner med populasjonen i stratumet, ett for hvert trinn: antall enheter, eller utvalgsandel",
            "Kolonnar med populasjonen i stratumet, éin for kvart trinn: talet på einingar, eller utvalsdel",
            "Columns of the stratum's finite population, one for each stage: number of units, or sampling fraction",
        ))))
        .arg(own(Arg::new("nest").long("nest").action(ArgAction::SetTrue).help(t(
            "Utvalgsenheter med samme navn i to strata er to",
            "Utvalseiningar med same namn i to strata er to",
            "Sampling units with the same id in two strata are two",
        ))))
        .arg(own(Arg::new("lonely-psu")
            .long("lonely-psu")
            .value_parser(LonelyPsu::ALL.map(|(name, _)| name))
            .default_value("adjust")
            .help(t(
                "Strata med bare én utvalgsenhet",
                "Strata med berre éi utvalseining",
                "Strata with a single sampling unit",
            ))))
        .arg(own(Arg::new("adjust-domain-lonely").long("adjust-domain-lonely").action(ArgAction::SetTrue).help(t(
            "Bruk --lonely-psu også der utvalget har flere enheter, men domenet bare én",
            "Bruk --lonely-psu òg der utvalet har fleire einingar, men domenet berre éi",
            "Use --lonely-psu also where the sample has more units but the domain one",
        ))))
        .arg(own(Arg::new("where")
            .long("where")
            .value_name("COL=V")
            .action(ArgAction::Append)
            .help(t(
                "Bare rader med verdien; også =V1,V2 (med komma i: 'V') != < <= > >=; kan gjentas. Utvalgsplanen er hele filens",
                "Berre rader med verdien; òg =V1,V2 (med komma i: 'V') != < <= > >=; kan gjentakast. Utvalsplanen er heile fila sin",
                "Only records with the value; also =V1,V2 (one with a comma: 'V') != < <= > >=; repeatable. The design stays that of the whole file",
            ))))
        .arg(own(Arg::new("missing")
            .long("missing")
            .value_name("V1,V2")
            .value_delimiter(',')
            .allow_hyphen_values(true)
            .help(t(
                "Verdier i den analyserte kolonnen som betyr at svar mangler",
                "Verdiar i den analyserte kolonnen som tyder at svar manglar",
                "Values of the analysed column that mean missing",
            ))))
}
