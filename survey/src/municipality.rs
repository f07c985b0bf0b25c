//! `bygdepuls municipality`: municipalities through time.

mod check;
mod convert;
mod find;

use crate::cli::municipality::Given;
use crate::columns::columns;
use bygdepuls_core::text::{Lang, Text};
use clap::ArgMatches;
use std::io::Write as _;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or the output cannot be written.
pub(crate) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    match given.subcommand() {
        Some(("find", given)) => find::run(given, lang),
        Some(("convert", given)) => convert::run(given, lang),
        Some(("check", given)) => check::run(given, lang),
        _ => Ok(crate::USAGE),
    }
}

/// A day from an option, and what was assumed of it.
fn day(given: &ArgMatches, name: &str) -> Option<Given> {
    given.get_one::<Given>(name).cloned()
}

/// Notes, a line each.
fn notes(notes: &[Text], lang: Lang) -> String {
    let word = lang.pick("merk", "merk", "note");
    notes.iter().map(|note| format!("{word}: {}\n", note.get(lang))).collect()
}

/// Writes to standard error. Nowhere is left to report that it is closed.
fn tell(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Rows below their headings, as wide as they must be.
fn table(rows: &[Vec<String>]) -> String {
    columns(rows, 0..0).iter().map(|line| format!("{line}\n")).collect()
}

/// Rows as CSV.
fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
