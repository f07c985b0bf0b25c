//! `bygdepuls statbank`: a file of Statistics Norway as tidy rows.

use crate::{PROBLEMS, USAGE, diagnostic};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::statbank::{Content, Options, read};
use bygdepuls_core::read::{DecimalMark, Encoding};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::io::{self, Write};
use std::path::PathBuf;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// The file cannot be read, or the output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(file) = options.get_one::<PathBuf>("file") else { return Ok(USAGE) };
    let out = options.get_one::<PathBuf>("out");
    let same = |out: &PathBuf| out.canonicalize().ok().is_some_and(|out| file.canonicalize().ok() == Some(out));
    if out.is_some_and(same) {
        return wrong(
            lang.pick("--out er fila som leses", "--out er fila som blir lesen", "--out is the file that is read"),
            lang,
        );
    }
    let Some(asked) = asked(options) else {
        return wrong(
            lang.pick(
                "--delimiter er ett tegn, eller tab",
                "--delimiter er eitt teikn, eller tab",
                "--delimiter is one character, or tab",
            ),
            lang,
        );
    };
    let told = |error: io::Error| format!("{}: {error}", file.display());
    let bytes = std::fs::read(file).map_err(told)?;
    let mut problems = Problems::new();
    let content = read(&file.display().to_string(), &bytes, &asked, &mut problems);
    diagnostic::print(&problems, lang);
    let Some(content) = content else {
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    };
    let text = if options.get_one::<String>("format").is_some_and(|format| format == "json") {
        format!("{:#}\n", content.json(lang))
    } else {
        content.csv()
    };
    if let Content::Table(table) = &content {
        let word = lang.pick("merk", "merk", "note");
        let lines: String = table.notes.iter().map(|note| format!("{word}: {}\n", note.words(lang))).collect();
        // Nowhere is left to report that standard error is closed.
        let _ = io::stderr().write_all(lines.as_bytes());
    }
    match out {
        Some(out) => {
            crate::weight::write(out, text.as_bytes()).map_err(|error| format!("{}: {error}", out.display()))?;
        }
        None => match io::stdout().write_all(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.to_string()),
            _ => {}
        },
    }
    Ok(0)
}

/// What the command line says about the file; `None` for a delimiter that is none.
fn asked(options: &ArgMatches) -> Option<Options> {
    let text = |name: &str| options.get_one::<String>(name).map(String::as_str);
    let many = |name: &str| options.get_many::<String>(name).into_iter().flatten().cloned().collect();
    let separator = match text("delimiter") {
        None => None,
        Some("tab" | "\\t" | "\t") => Some('\t'),
        Some(one) => match one.as_bytes() {
            [byte] if byte.is_ascii_punctuation() && *byte != b'"' => Some(char::from(*byte)),
            _ => return None,
        },
    };
    Some(Options {
        encoding: text("encoding").map(|name| if name == "utf-8" { Encoding::Utf8 } else { Encoding::Windows1252 }),
        separator,
        decimal: text("decimal").map(|mark| if mark == "comma" { DecimalMark::Comma } else { DecimalMark::Point }),
        columns: many("columns"),
        figures: many("figures"),
    })
}

fn wrong(message: &str, lang: Lang) -> Result<u8, String> {
    let _ = writeln!(io::stderr(), "{}: {message}", lang.pick("feil", "feil", "error"));
    Ok(USAGE)
}
