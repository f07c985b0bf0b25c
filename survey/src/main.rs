//! The command line of Bygdepuls: parsing options, files, progress, reports. All statistics live in `bygdepuls-core`.

mod check;
mod cli;
mod diagnostic;
mod language;
mod load;
mod new;
mod picture;
mod publish;
mod run;

use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// The input has problems; they have been listed.
const PROBLEMS: u8 = 1;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let lang = language::language(&arguments, |name| std::env::var(name).ok());
    // Wrong usage: clap prints and ends with 2.
    let matches = cli::command(lang).get_matches_from(arguments);
    let Some((name, options)) = matches.subcommand() else { return ExitCode::from(2) };
    match dispatch(name, options, lang) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let word = lang.pick("feil", "feil", "error");
            let _ = writeln!(std::io::stderr(), "{word}: {error}");
            ExitCode::from(PROBLEMS)
        }
    }
}

fn dispatch(name: &str, options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    match name {
        "run" => run::run(options, lang),
        "check" => check::check(options, lang),
        "new" => new::new(options, lang),
        "completions" => {
            let Some(shell) = options.get_one::<clap_complete::Shell>("shell") else { return Ok(2) };
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut cli::command(lang), "bygdepuls", &mut script);
            print(&script)
        }
        "man" => {
            let mut page = Vec::new();
            clap_mangen::Man::new(cli::command(lang)).render(&mut page).map_err(|error| error.to_string())?;
            print(&page)
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
