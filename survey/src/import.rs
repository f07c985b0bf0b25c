//! `bygdepuls import`: exports of survey tools to coded answers.

mod pieces;
mod table;

use crate::{PROBLEMS, USAGE, cores, diagnostic};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::import::{
    Coding, Conversion, Converter, Dialect, First, Form, Import, Labels, Options, Piece, Records, is_split, join,
};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use pieces::in_order;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How much of an export is read at a time: little enough to be in the cache when it is looked at.
const BLOCK: usize = 1 << 17;

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
    let exports = sources(&exports)?;
    let mut first = Import::new(&form, asked);
    for export in &exports {
        look(export, &mut first, &mut problems)?;
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
    for export in &exports {
        convert(export, &mut second, &mut |answers| writer.write_all(answers).map_err(|error| told(out, error)))?;
    }
    let outcome = second.finish(Vec::new(), &mut problems);
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
        closes: text("closes").cloned(),
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

/// The first pass over an export.
fn look(export: &Source, first: &mut Import<'_>, problems: &mut Problems) -> Result<(), String> {
    first.open(&export.name);
    let blocks = Blocks::open(export)?;
    let next = |(first, blocks, problems): &mut (&mut Import<'_>, Blocks<'_>, &mut Problems)| {
        blocks.until(|block| first.take(block, problems))
    };
    let work = |(): &mut (), piece: Piece| piece.look();
    let mut state = (first, blocks, problems);
    in_order(&mut state, &mut vec![(); cores::cores()], next, work, |(first, ..), seen| {
        first.add(seen);
        Ok(())
    })?;
    let (first, _, problems) = state;
    first.close(problems);
    Ok(())
}

/// The second pass over an export; the answers go to `write`, in order.
fn convert(
    export: &Source,
    second: &mut Conversion,
    write: &mut dyn FnMut(&[u8]) -> Result<(), String>,
) -> Result<(), String> {
    if !second.open(&export.name) {
        return Ok(());
    }
    let mut converters: Vec<Converter> = (0..cores::cores()).filter_map(|_| second.converter()).collect();
    let next = |(second, blocks): &mut (&mut Conversion, Blocks<'_>)| blocks.until(|block| second.take(block));
    let work = |converter: &mut Converter, records: Records| converter.convert(records);
    let mut state = (second, Blocks::open(export)?);
    in_order(&mut state, &mut converters, next, work, |(second, _), converted| {
        write(&converted.answers)?;
        second.add(converted);
        Ok(())
    })?;
    converters.into_iter().for_each(|converter| state.0.done(converter));
    Ok(())
}

/// An export: a file, or several that were joined.
struct Source {
    name: String,
    path: PathBuf,
    joined: Option<Vec<u8>>,
}

/// The exports; sheets into which a tool split one are joined.
fn sources(paths: &[&PathBuf]) -> Result<Vec<Source>, String> {
    let told = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let name = |path: &&PathBuf| path.display().to_string();
    if paths.len() > 1 {
        let start = |path: &&PathBuf| -> io::Result<Vec<u8>> {
            let mut start = Vec::new();
            let mut file = File::open(path)?;
            Read::by_ref(&mut file).take(BLOCK as u64).read_to_end(&mut start)?;
            // Of a workbook the beginning tells nothing.
            if start.starts_with(b"PK") {
                file.read_to_end(&mut start)?;
            }
            Ok(start)
        };
        let starts = paths.iter().map(|path| start(path).map_err(|error| told(path, error)));
        let starts = starts.collect::<Result<Vec<_>, _>>()?;
        if is_split(&starts.iter().map(Vec::as_slice).collect::<Vec<_>>()) {
            let sheets = paths.iter().map(|path| std::fs::read(path).map_err(|error| told(path, error)));
            let sheets = sheets.collect::<Result<Vec<_>, _>>()?;
            if let Some(joined) = join(&sheets.iter().map(Vec::as_slice).collect::<Vec<_>>()) {
                let name = paths.iter().map(name).collect::<Vec<_>>().join(" + ");
                return Ok(vec![Source { name, path: PathBuf::new(), joined: Some(joined) }]);
            }
        }
    }
    Ok(paths.iter().map(|path| Source { name: name(path), path: (*path).clone(), joined: None }).collect())
}

/// An export, block by block.
struct Blocks<'s> {
    name: &'s str,
    from: Box<dyn Read + 's>,
    block: Vec<u8>,
    ended: bool,
}

impl<'s> Blocks<'s> {
    fn open(source: &'s Source) -> Result<Self, String> {
        let from: Box<dyn Read + 's> = match &source.joined {
            Some(bytes) => Box::new(bytes.as_slice()),
            None => Box::new(File::open(&source.path).map_err(|error| format!("{}: {error}", source.name))?),
        };
        Ok(Self { name: &source.name, from, block: vec![0; BLOCK], ended: false })
    }

    /// Hands over blocks, and at the end that there are no more, until something comes of it.
    fn until<T>(&mut self, mut take: impl FnMut(Option<&[u8]>) -> Option<T>) -> Result<Option<T>, String> {
        loop {
            let taken = match self.ended {
                true => take(None),
                false => match self.from.read(&mut self.block) {
                    Ok(0) => {
                        self.ended = true;
                        continue;
                    }
                    Ok(length) => take(Some(&self.block[..length])),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => return Err(format!("{}: {error}", self.name)),
                },
            };
            if taken.is_some() || self.ended {
                return Ok(taken);
            }
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
