//! `bygdepuls test`.

use bygdepuls_core::text::Lang;
use clap::ArgMatches;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn run(_options: &ArgMatches, _lang: Lang) -> Result<u8, String> {
    Err("not there yet".into())
}
