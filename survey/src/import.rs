//! `bygdepuls import`: exports of survey tools to coded answers.

mod table;

use crate::{PROBLEMS, USAGE, diagnostic};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::import::{Coding, Dialect, First, Form, Import, Labels, Options};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How much of an export is read at a time.
const BLOCK: usize = 1 << 20;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or an output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let path = |name: &str| options.get_one::<PathBuf>(name);
    let exports: Vec<&PathBuf> = options.get_many("export").into_iter().flatten().collect();
    let Some((questionnaire, out)) = path("questionnaire").zip(path("out")) else { return Ok(USAGE) };
    let inputs: Vec<&Path> = exports
        .iter()
        .map(|export| export.as_path())
        .chain([questionnaire.as_path()])
        .chain(path("labels").map(PathBuf::as_path))
        .collect();
    let outputs: Vec<&PathBuf> = [Some(out), path("report"), path("contacts")].into_iter().flatten().collect();
    if let Some(words) = collision(&inputs, &outputs, lang) {
        return wrong(&words, lang);
    }
    let mut problems = Problems::new();
    let asked = match asked(options, &mut problems, lang)? {
        Ok(asked) => asked,
        Err(words) => return wrong(&words, lang),
    };
    let form = crate::questionnaire::read(questionnaire, &mut problems)?;
    if problems.errors() > 0 {
        diagnostic::print(&problems, lang);
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    }
    let mut first = Import::new(&form, asked);
    for export in &exports {
        first.open(&export.display().to_string());
        each_block(export, |block| first.push(block, &mut problems))?;
        first.close(&mut problems);
    }
    let told = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let Some(mut second) = first.ready(&mut problems) else {
        diagnostic::print(&problems, lang);
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    };
    // Only its owner can read a file like this: answers are of persons.
    let stage = temporary(out).map_err(|error| told(out, error))?;
    let mut writer = BufWriter::with_capacity(BLOCK, stage);
    writer.write_all(&second.header()).map_err(|error| told(out, error))?;
    let mut answers = Vec::new();
    for export in &exports {
        if !second.open(&export.display().to_string()) {
            continue;
        }
        let mut failed = None;
        each_block(export, |block| {
            second.push(block, &mut answers);
            failed = failed.take().or(writer.write_all(&answers).err());
            answers.clear();
        })?;
        second.close(&mut answers);
        failed = failed.or(writer.write_all(&answers).err());
        answers.clear();
        if let Some(error) = failed {
            return Err(told(out, error));
        }
    }
    let outcome = second.finish(answers, &mut problems);
    let stage = writer.into_inner().map_err(|error| told(out, error.into_error()))?;
    diagnostic::print(&problems, lang);
    if let Some(report) = path("report") {
        let json = format!("{:#}\n", outcome.report.json(&problems, lang));
        crate::weight::write(report, json.as_bytes()).map_err(|error| told(report, error))?;
    }
    if problems.errors() > 0 {
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    }
    stage.persist(out).map_err(|error| told(out, error.error))?;
    if let Some((contacts, bytes)) = path("contacts").zip(outcome.contacts) {
        for_owner(contacts, &bytes).map_err(|error| told(contacts, error))?;
    }
    // Nowhere is left to report that standard error is closed.
    let _ = io::stderr().write_all(table::text(&outcome.report, lang).as_bytes());
    Ok(0)
}

/// What the command line says about the exports, or how it is wrong.
fn asked(options: &ArgMatches, problems: &mut Problems, lang: Lang) -> Result<Result<Options, String>, String> {
    let text = |name: &str| options.get_one::<String>(name);
    let many = |name: &str| options.get_many::<String>(name).into_iter().flatten();
    let mut asked = Options {
        dialect: text("dialect").and_then(|name| Dialect::from_code(name)),
        first: text("dates").map(|first| if first == "day" { First::Day } else { First::Month }),
        ignore: many("ignore").cloned().collect(),
        key: text("key").cloned(),
        keep_duplicates: options.get_flag("keep-duplicates"),
        drop_partial: options.get_flag("drop-partial"),
        keep_going: options.get_flag("keep-going"),
        form: if text("for").is_some_and(|reader| reader == "excel") { Form::Excel } else { Form::Programs },
        row_key: options.get_flag("row-key"),
        contacts: options.contains_id("contacts"),
        ..Options::default()
    };
    if let Some(delimiter) = text("delimiter") {
        asked.delimiter = match delimiter.as_bytes() {
            b"tab" | b"\\t" | b"\t" => Some(b'\t'),
            [byte] if !byte.is_ascii_alphanumeric() && *byte != b'"' => Some(*byte),
            _ => {
                let words = lang.pick(
                    "--delimiter er ett tegn, eller tab",
                    "--delimiter er eitt teikn, eller tab",
                    "--delimiter is one character, or tab",
                );
                return Ok(Err(words.into()));
            }
        };
    }
    if let Some(name) = text("encoding") {
        asked.coding = Coding::from_name(name);
        if asked.coding.is_none() {
            let words = lang.pick(
                "--encoding er utf-8, windows-1252, iso-8859-1 eller utf-16",
                "--encoding er utf-8, windows-1252, iso-8859-1 eller utf-16",
                "--encoding is utf-8, windows-1252, iso-8859-1 or utf-16",
            );
            return Ok(Err(words.into()));
        }
    }
    for place in many("place") {
        // A heading may hold the sign; the name of a variable cannot.
        let Some((column, variable)) = place.rsplit_once('=') else {
            let words =
                lang.pick("--place er KOLONNE=VARIABEL", "--place er KOLONNE=VARIABEL", "--place is COLUMN=VARIABLE");
            return Ok(Err(words.into()));
        };
        asked.place.push((column.trim().into(), variable.trim().into()));
    }
    if let Some(path) = options.get_one::<PathBuf>("labels") {
        let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        asked.labels = Labels::read(&path.display().to_string(), &bytes, problems).0;
    }
    Ok(Ok(asked))
}

/// Hands over a file block by block.
fn each_block(path: &Path, mut take: impl FnMut(&[u8])) -> Result<(), String> {
    let told = |error: io::Error| format!("{}: {error}", path.display());
    let mut file = File::open(path).map_err(told)?;
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok(()),
            Ok(length) => take(&block[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(told(error)),
        }
    }
}

/// A file beside the one that it becomes, for its owner alone.
fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    tempfile::Builder::new().prefix(".bygdepuls-").tempfile_in(folder)
}

/// A file that its owner alone can read, whatever was there before.
fn for_owner(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = temporary(path)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// That an output is an input, or two outputs one file.
fn collision(inputs: &[&Path], outputs: &[&PathBuf], lang: Lang) -> Option<String> {
    let whole = |path: &Path| {
        path.canonicalize().ok().or_else(|| {
            let folder =
                path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
            Some(folder.canonicalize().ok()?.join(path.file_name()?))
        })
    };
    for (place, output) in outputs.iter().enumerate() {
        let own = whole(output)?;
        if inputs.iter().any(|input| {
            whole(input)
                .is_some_and(|input| input == own || (input.is_dir() && own.starts_with(&input) && is_sheet(&own)))
        }) {
            let words = lang.pick(
                "er en av filene som leses",
                "er ei av filene som blir lesne",
                "is one of the files that are read",
            );
            return Some(format!("{} {words}", output.display()));
        }
        if outputs[..place].iter().any(|other| whole(other).is_some_and(|other| other == own)) {
            let words = lang.pick("er oppgitt to ganger", "er oppgjeve to gonger", "is given twice");
            return Some(format!("{} {words}", output.display()));
        }
    }
    None
}

/// Whether a file in the folder of the questionnaire is one of its sheets.
fn is_sheet(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    ["survey.csv", "choices.csv", "settings.csv"].contains(&name.trim_start_matches("xlsform_"))
}

fn wrong(message: &str, lang: Lang) -> Result<u8, String> {
    let _ = writeln!(io::stderr(), "{}: {message}", lang.pick("feil", "feil", "error"));
    Ok(USAGE)
}
