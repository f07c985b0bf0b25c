//! The command line of Bygdepuls: parsing options, files, progress, reports. All statistics live in `bygdepuls-core`.

mod audit;
mod audit_release;
mod centrality;
mod check;
mod cli;
mod columns;
mod cores;
mod cv;
mod design;
mod diagnostic;
mod estimate;
mod findings;
mod import;
mod interval;
mod language;
mod load;
mod municipality;
mod new;
mod protect;
mod publish;
mod questionnaire;
mod recruitment;
mod run;
mod statbank;
mod test;
mod track;
mod weight;

use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// The input has problems; they have been listed.
const PROBLEMS: u8 = 1;

/// The command was used wrongly.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let lang = language::language(&arguments, |name| std::env::var(name).ok());
    let matches = match cli::command(lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(shown) => return show(&shown, lang),
    };
    let Some((name, options)) = matches.subcommand() else { return ExitCode::from(USAGE) };
    if name == "help" {
        // The same as `--help` after the command.
        let words = options.get_many::<String>("command").into_iter().flatten().map(String::as_str);
        let asked = std::iter::once("bygdepuls").chain(words).chain(["--help"]);
        return cli::command(lang)
            .try_get_matches_from(asked)
            .map_or_else(|shown| show(&shown, lang), |_| ExitCode::SUCCESS);
    }
    match dispatch(name, options, lang) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let word = lang.pick("feil", "feil", "error");
            let _ = writeln!(std::io::stderr(), "{word}: {error}");
            ExitCode::from(PROBLEMS)
        }
    }
}

/// Help and version go to standard output, wrong usage to standard error with exit code 2.
fn show(shown: &clap::Error, lang: Lang) -> ExitCode {
    use clap::error::ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let is_help = matches!(shown.kind(), DisplayHelp | DisplayVersion | DisplayHelpOnMissingArgumentOrSubcommand);
    // A reader that stops early, such as `head`, is no error.
    let _ = match lang {
        Lang::Nb | Lang::Nn if !is_help => std::io::stderr().write_all(cli::usage_error(shown, lang).as_bytes()),
        _ => shown.print(),
    };
    ExitCode::from(if shown.use_stderr() { USAGE } else { 0 })
}

fn dispatch(name: &str, options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    match name {
        "run" => run::run(options, lang),
        "check" => check::check(options, lang),
        "estimate" => estimate::run(options, lang),
        "import" => import::run(options, lang),
        "interval" => interval::run(options, lang),
        "statbank" => statbank::run(options, lang),
        "test" => test::run(options, lang),
        "weight" => weight::run(options, lang),
        "findings" => findings::run(options, lang),
        "recruitment" => recruitment::run(options, lang),
        "cv" => cv::run(options, lang),
        "protect" => protect::run(options, lang),
        "audit" => audit::run(options, lang),
        "centrality" => centrality::run(options, lang),
        "track" => track::run(options, lang),
        "municipality" => municipality::run(options, lang),
        "questionnaire" => questionnaire::run(options, lang),
        "new" => new::new(options, lang),
        "completions" => {
            let Some(shell) = options.get_one::<clap_complete::Shell>("shell") else { return Ok(2) };
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut cli::command(lang), "bygdepuls", &mut script);
            print(&script)
        }
        "man" => {
            let mut page = Vec::new();
            let mut whole = cli::command(lang);
            whole.build();
            // One after another in one page: the program, then each command with its options.
            let commands = whole.get_subcommands().filter(|one| one.get_name() != "help");
            let below = commands.flat_map(|one| std::iter::once(one).chain(one.get_subcommands()));
            for command in std::iter::once(&whole).chain(below) {
                let name = command.get_bin_name().unwrap_or("bygdepuls").replace(' ', "-");
                let titled = command.clone().display_name(name);
                // Without it, a command's page would be of `run`, not of the program and its version.
                let source = concat!("bygdepuls ", env!("CARGO_PKG_VERSION"));
                let manual = clap_mangen::Man::new(titled).source(source);
                manual.render(&mut page).map_err(|error| error.to_string())?;
            }
            print(cli::manual(&String::from_utf8_lossy(&page), lang).as_bytes())
        }
        other => Err(format!("unknown command {other}")),
    }
}

/// Writes a result to standard output. A reader that stops early, such as `head`, is no error.
fn print(bytes: &[u8]) -> Result<u8, String> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(0),
    }
}
