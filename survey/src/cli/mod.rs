//! The command line: one definition for parsing, help in three languages, completions and the manual page.

mod audit;
mod audit_release;
mod calibrated;
mod centrality;
mod cv;
mod design;
mod estimate;
mod findings;
mod import;
mod interval;
pub(crate) mod municipality;
mod protect;
mod questionnaire;
mod recruitment;
mod replicates;
mod statbank;
mod test;
mod track;
pub(crate) mod weight;
mod whole;

use bygdepuls_core::text::Lang;
use clap::builder::{PossibleValue, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

/// The whole command line, with help in a language.
pub(crate) fn command(lang: Lang) -> Command {
    let whole = definition(lang);
    if lang == Lang::En {
        return whole;
    }
    let mut built = whole.clone();
    built.build();
    translated(whole, &built, lang)
}

/// The whole command line, with texts in a language, and what clap adds to them in English.
fn definition(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("bygdepuls")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "Indikatorer for små regioner: riktige tall, trygge å publisere, enkle å bygge inn",
            "Indikatorar for små regionar: rette tal, trygge å publisere, enkle å byggje inn",
            "Indicators for small regions: right figures, safe to publish, easy to embed",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_parser(["nb", "nn", "en"])
                .hide_possible_values(true)
                .value_name("nb|nn|en")
                .help(t(
                    "Språk for hjelp, meldinger og rapporter [standard: fra miljøet]",
                    "Språk for hjelp, meldingar og rapportar [standard: frå miljøet]",
                    "Language of help, messages and reports [default: from the environment]",
                )),
        )
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(Arg::new("help").long("help").short('h').global(true).action(ArgAction::Help).display_order(LAST).help(t(
            "Vis hjelp",
            "Vis hjelp",
            "Print help",
        )))
        .arg(Arg::new("version").long("version").short('V').action(ArgAction::Version).display_order(LAST).help(t(
            "Vis versjon",
            "Vis versjon",
            "Print version",
        )))
        .subcommand(run(lang))
        .subcommand(check(lang))
        .subcommand(import::command(lang))
        .subcommand(statbank::command(lang))
        .subcommand(estimate::command(lang))
        .subcommand(interval::command(lang))
        .subcommand(test::command(lang))
        .subcommand(weight::command(lang))
        .subcommand(findings::command(lang))
        .subcommand(recruitment::command(lang))
        .subcommand(cv::command(lang))
        .subcommand(protect::command(lang))
        .subcommand(audit::command(lang))
        .subcommand(track::command(lang))
        .subcommand(municipality::command(lang))
        .subcommand(questionnaire::command(lang))
        .subcommand(centrality::command(lang))
        .subcommand(
            Command::new("new")
                .about(t(
                    "Lag en prosjektmappe med kommentert prosjektfil og eksempel på spørreskjema",
                    "Lag ei prosjektmappe med kommentert prosjektfil og døme på spørjeskjema",
                    "Make a project folder with a commented project file and an example questionnaire",
                ))
                .arg(Arg::new("dir").value_name("DIR").required(true).value_parser(value_parser!(PathBuf)).help(t(
                    "Mappa som lages; den må ikke finnes, eller være tom",
                    "Mappa som blir laga; ho må ikkje finnast, eller vere tom",
                    "The folder to make; it must not exist, or be empty",
                ))),
        )
        .subcommand(
            Command::new("completions")
                .about(t(
                    "Skriv ut skript for automatisk fullføring i et skall",
                    "Skriv ut skript for automatisk fullføring i eit skal",
                    "Print a completion script for a shell",
                ))
                .arg(
                    Arg::new("shell")
                        .value_name("SHELL")
                        .required(true)
                        .value_parser(value_parser!(clap_complete::Shell))
                        .help(t("Skallet", "Skalet", "The shell")),
                ),
        )
        .subcommand(Command::new("man").about(t(
            "Skriv ut manualsiden (roff)",
            "Skriv ut manualsida (roff)",
            "Print the manual page (roff)",
        )))
        .subcommand(
            Command::new("help")
                .about(t(
                    "Vis hjelp, for programmet eller for en kommando",
                    "Vis hjelp, for programmet eller for ein kommando",
                    "Print this message or the help of the given subcommand(s)",
                ))
                .arg(Arg::new("command").value_name(t("KOMMANDO", "KOMMANDO", "COMMAND")).num_args(0..).help(t(
                    "Kommandoen",
                    "Kommandoen",
                    "Print help for the subcommand(s)",
                ))),
        )
}

/// Help and version stand after the options of the command.
const LAST: usize = 1000;

/// A command with the words that clap has in English only. `built` is the same command with its usage made.
fn translated(command: Command, built: &Command, lang: Lang) -> Command {
    let heading = lang.pick("Valg", "Val", "Options");
    let styles = Styles::styled();
    let style = styles.get_usage();
    let usage = lang.pick("Bruk:", "Bruk:", "Usage:");
    command
        .help_template(format!(
            "{{about-with-newline}}\n{style}{usage}{style:#} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .override_usage(translated_usage(&built.clone().render_usage().to_string(), lang))
        .subcommand_help_heading(commands(lang))
        .subcommand_value_name("KOMMANDO")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { lang.pick("Argumenter", "Argument", "Arguments") } else { heading };
            with_values(arg.help_heading(heading), lang)
        })
        .mut_subcommands(|one| match built.find_subcommand(one.get_name()) {
            Some(built) => translated(one, built, lang),
            None => one,
        })
}

/// A usage line of clap's, without its heading.
fn translated_usage(usage: &str, lang: Lang) -> String {
    let line = usage.trim_start_matches("Usage:").trim();
    line.replace("[OPTIONS]", lang.pick("[VALG]", "[VAL]", "[OPTIONS]")).replace("<COMMAND>", "<KOMMANDO>")
}

/// An argument that tells its default and its possible values in the text.
fn with_values(arg: Arg, lang: Lang) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let mut text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let mut add = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            text.push_str(&format!(" [{name}: {}]", values.join(", ")));
        }
    };
    add("standard", arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect());
    if !arg.is_hide_possible_values_set() {
        let values = arg.get_possible_values();
        let names = values.iter().filter(|value| !value.is_hide_set()).map(PossibleValue::get_name);
        add(lang.pick("mulige verdier", "moglege verdiar", "possible values"), names.map(str::to_owned).collect());
    }
    arg.help(text).hide_default_value(true).hide_possible_values(true)
}

const fn commands(lang: Lang) -> &'static str {
    lang.pick("Kommandoer", "Kommandoar", "Commands")
}

/// A manual page with its headings in a language.
pub(crate) fn manual(page: &str, lang: Lang) -> String {
    let headings = [
        ("NAME", lang.pick("NAVN", "NAMN", "NAME")),
        ("SYNOPSIS", lang.pick("BRUK", "BRUK", "SYNOPSIS")),
        ("DESCRIPTION", lang.pick("BESKRIVELSE", "OMTALE", "DESCRIPTION")),
        (commands(lang), lang.pick("KOMMANDOER", "KOMMANDOAR", commands(lang))),
        ("EXTRA", lang.pick("MER", "MEIR", "EXTRA")),
        ("VERSION", lang.pick("VERSJON", "VERSJON", "VERSION")),
    ];
    headings
        .iter()
        .fold(page.to_string(), |page, (from, to)| page.replace(&format!("\n.SH {from}\n"), &format!("\n.SH {to}\n")))
}

/// What clap has to say about wrong usage, in Norwegian.
pub(crate) fn usage_error(error: &clap::Error, lang: Lang) -> String {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let (arg, value) = (one(ContextKind::InvalidArg), one(ContextKind::InvalidValue));
    let t = |nb: &str, nn: &str| if lang == Lang::Nn { nn.to_string() } else { nb.to_string() };
    let mut message = match error.kind() {
        ErrorKind::MissingRequiredArgument => t(&format!("dette mangler: {arg}"), &format!("dette manglar: {arg}")),
        ErrorKind::UnknownArgument => format!("{} «{arg}»", t("ukjent argument", "ukjent argument")),
        ErrorKind::InvalidSubcommand => {
            t("ukjent kommando", "ukjend kommando") + &format!(" «{}»", one(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            t("kommandoen mangler", "kommandoen manglar")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            t(&format!("verdien til «{arg}» mangler"), &format!("verdien til «{arg}» manglar"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            t(&format!("ugyldig verdi «{value}» for «{arg}»"), &format!("ugyldig verdi «{value}» for «{arg}»"))
        }
        ErrorKind::ArgumentConflict if one(ContextKind::PriorArg) == arg => {
            t(&format!("«{arg}» kan bare stå én gang"), &format!("«{arg}» kan berre stå éin gong"))
        }
        ErrorKind::ArgumentConflict => {
            let prior = one(ContextKind::PriorArg);
            t(
                &format!("«{arg}» kan ikke stå sammen med «{prior}»"),
                &format!("«{arg}» kan ikkje stå saman med «{prior}»"),
            )
        }
        ErrorKind::TooManyValues => t(
            &format!("«{value}» er én verdi for mye for «{arg}»"),
            &format!("«{value}» er éin verdi for mykje for «{arg}»"),
        ),
        ErrorKind::InvalidUtf8 => t("et argument er ikke gyldig UTF-8", "eit argument er ikkje gyldig UTF-8"),
        _ => format!("{} {arg}", t("feil bruk", "feil bruk")),
    };
    if error.kind() == ErrorKind::ValueValidation
        && let Some(reason) = std::error::Error::source(error)
    {
        message.push_str(&format!(": {reason}"));
    }
    let possible = one(ContextKind::ValidValue);
    if !possible.is_empty() {
        message.push_str(&format!("\n  [{}: {possible}]", t("mulige verdier", "moglege verdiar")));
    }
    let like = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(one);
    if let Some(like) = like.iter().find(|like| !like.is_empty()) {
        message.push_str(&format!("\n\n  {} «{like}»?", t("tips: mente du", "tips: meinte du")));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        message.push_str(&format!("\n\nBruk: {}", translated_usage(&usage.to_string(), lang)));
    }
    format!("feil: {message}\n\n{} --help\n", t("Mer hjelp:", "Meir hjelp:"))
}

fn project(lang: Lang) -> Arg {
    Arg::new("project")
        .value_name(lang.pick("PROSJEKT", "PROSJEKT", "PROJECT").to_string())
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help(
            lang.pick(
                "Prosjektfila, eller mappa der project.toml ligger",
                "Prosjektfila, eller mappa der project.toml ligg",
                "The project file, or the folder with project.toml",
            )
            .to_string(),
        )
}

fn today(lang: Lang) -> Arg {
    Arg::new("today").long("today").value_name("YYYY-MM-DD").value_parser(move |text: &str| date(text, lang)).help(
        lang.pick(
            "Datoen for denne utgaven, så kjøringer kan gjentas [standard: siste svarfrist i prosjektet]",
            "Datoen for denne utgåva, så køyringar kan gjentakast [standard: siste svarfrist i prosjektet]",
            "Date of this edition, so that runs repeat [default: the project's last closing date]",
        )
        .to_string(),
    )
}

fn date(text: &str, lang: Lang) -> Result<String, String> {
    if bygdepuls_core::date::is_date(text) {
        return Ok(text.into());
    }
    let words = lang.pick(
        "ikke en dato YYYY-MM-DD som finnes",
        "ikkje ein dato YYYY-MM-DD som finst",
        "not a date YYYY-MM-DD that exists",
    );
    Err(words.into())
}

fn problems_format(lang: Lang) -> Arg {
    Arg::new("format").long("format").value_parser(["text", "json"]).default_value("text").help(
        lang.pick(
            "Form på resultatet og problemene; json på standard ut",
            "Form på resultatet og problema; json på standard ut",
            "Form of the result and the problems; json on standard output",
        )
        .to_string(),
    )
}

fn run(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("run")
        .about(t(
            "Les, beregn, skjerm og skriv: kuber, CSV, rapport, figurer og side for innbygging",
            "Les, rekn ut, skjerm og skriv: kubar, CSV, rapport, figurar og side for innbygging",
            "Read, estimate, protect and write: cubes, CSV, report, figures and a page to embed",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls run examples/indre-namdal\n  bygdepuls run prosjekt --out /srv/figurer --today \
             2026-11-30\n  bygdepuls run prosjekt --internal\n\nHver utgave huskes i \
             mappa releases ved prosjektfila og regnes med i kontrollen av de neste. Den er intern: ta sikkerhetskopi, og \
             legg den aldri ut.\n\nUtgangskode: 0 ferdig, 1 noe er galt med filene eller utgaven er ikke trygg, 2 feil \
             bruk.",
            "Døme:\n  bygdepuls run examples/indre-namdal\n  bygdepuls run prosjekt --out /srv/figurar --today \
             2026-11-30\n  bygdepuls run prosjekt --internal\n\nKvar utgåve blir hugsa i \
             mappa releases ved prosjektfila og blir rekna med i kontrollen av dei neste. Ho er intern: ta tryggingskopi, \
             og legg henne aldri ut.\n\nUtgangskode: 0 ferdig, 1 noko er gale med filene eller utgåva er ikkje trygg, 2 \
             feil bruk.",
            "Examples:\n  bygdepuls run examples/indre-namdal\n  bygdepuls run project --out /srv/figures --today \
             2026-11-30\n  bygdepuls run project --internal\n\nEvery release is remembered in \
             the folder releases beside the project file, and is part of the audit of the next ones. It is internal: keep a \
             backup, and never publish it.\n\nExit code: 0 done, 1 the files have problems or the release is not safe, 2 \
             wrong usage.",
        ))
        .arg(project(lang))
        .arg(Arg::new("out").long("out").value_name("DIR").value_parser(value_parser!(PathBuf)).help(t(
            "Mappa for utdata; her skrives DIR/public [standard: out ved siden av prosjektfila]",
            "Mappa for utdata; her blir DIR/public skriven [standard: out ved sida av prosjektfila]",
            "Folder of output; DIR/public is written [default: out beside the project file]",
        )))
        .arg(Arg::new("internal").long("internal").action(ArgAction::SetTrue).help(t(
            "Skriv også DIR/internal: nøyaktige tall for dem som har taushetsplikt",
            "Skriv også DIR/internal: nøyaktige tal for dei som har teieplikt",
            "Also write DIR/internal: exact figures for those bound by confidentiality",
        )))
        .arg(Arg::new("preview").long("preview").action(ArgAction::SetTrue).help(t(
            "Skriv DIR/preview i stedet for DIR/public, og husk ingenting: til gjennomsyn, ikke til publisering",
            "Skriv DIR/preview i staden for DIR/public, og hugs ingenting: til gjennomsyn, ikkje til publisering",
            "Write DIR/preview instead of DIR/public and remember nothing: for looking at, not for publishing",
        )))
        .arg(Arg::new("widget").long("widget").value_name("DIR").value_parser(value_parser!(PathBuf)).help(t(
            "Mappa med den bygde web-pakken [standard: widget ved programmet, ellers wasm/pkg her]",
            "Mappa med den bygde web-pakken [standard: widget ved programmet, elles wasm/pkg her]",
            "Folder of the built web package [default: widget beside the program, else wasm/pkg here]",
        )))
        .arg(today(lang))
        .arg(problems_format(lang))
}

fn check(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("check")
        .about(t(
            "Finn alt som `run` ville ha avvist, og si hva som blir synlig de neste fem årene",
            "Finn alt som `run` ville ha avvist, og sei kva som blir synleg dei neste fem åra",
            "Find all that `run` would refuse, and say what will be visible in the next five years",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls check examples/indre-namdal\n  bygdepuls check prosjekt --format json",
            "Døme:\n  bygdepuls check examples/indre-namdal\n  bygdepuls check prosjekt --format json",
            "Examples:\n  bygdepuls check examples/indre-namdal\n  bygdepuls check project --format json",
        ))
        .arg(project(lang))
        .arg(today(lang))
        .arg(problems_format(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_in_every_language() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }
}
