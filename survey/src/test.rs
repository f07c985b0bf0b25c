//! `bygdepuls test`: a hypothesis on any CSV file.

mod answer;
mod ask;
mod figures;

use crate::{PROBLEMS, USAGE, diagnostic};
use answer::Format;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::io::{Read, Write};

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// The file cannot be read, or the output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let question = match ask::Question::new(options, lang) {
        Ok(question) => question,
        Err(words) => {
            let _ = writeln!(std::io::stderr(), "{}: {words}", lang.pick("feil", "feil", "error"));
            return Ok(USAGE);
        }
    };
    let file = options.get_one::<String>("file").map_or("-", String::as_str);
    let mut bytes = Vec::new();
    let read = match file {
        "-" => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
        path => std::fs::read(path).map(|read| bytes = read),
    };
    read.map_err(|error| format!("{file}: {error}"))?;
    let mut problems = Problems::new();
    let name = if file == "-" { "<stdin>" } else { file };
    let answer = question.answer(name, &bytes, &mut problems).filter(|_| problems.errors() == 0);
    diagnostic::print(&problems, lang);
    let Some(answer) = answer else { return Ok(PROBLEMS) };
    let mut out = Vec::new();
    let format = match options.get_one::<String>("format").map(String::as_str) {
        Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        _ => Format::Table,
    };
    answer.write(format, &problems, lang, &mut out).map_err(|error| error.to_string())?;
    crate::print(&out)
}
