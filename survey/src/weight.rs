//! `bygdepuls weight`: weights for any CSV file, in a column beside the data.

mod method;
mod report;

use crate::cli::weight::Poststratify;
use crate::{PROBLEMS, diagnostic, print};
use bygdepuls_core::design::Condition;
use bygdepuls_core::estimate::EstimateProblem;
use bygdepuls_core::problem::{Privacy, Problem, Problems};
use bygdepuls_core::read::{Columns, Head, Want};
use bygdepuls_core::text::Lang;
use bygdepuls_core::weight::targets::{TargetProblem, Targets};
use bygdepuls_core::weight::{Bounds, Distance, Summary, WeightProblem, column, trimming};
use clap::ArgMatches;
use method::{Made, Method};
use report::Report;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Who responded, where nothing else is said.
const RESPONDED: &str = "responded=1";

/// What to do.
struct Options {
    file: String,
    weights: Option<String>,
    trim: Option<(Bounds, bool)>,
    name: String,
    out: PathBuf,
}

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or the output cannot be written.
pub(crate) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let text = |name: &str| given.get_one::<String>(name).cloned();
    let options = Options {
        file: text("file").unwrap_or_default(),
        weights: text("weights"),
        trim: given.get_one::<Bounds>("trim").map(|bounds| (*bounds, given.get_flag("strict"))),
        name: text("name").unwrap_or_default(),
        out: given.get_one::<PathBuf>("out").cloned().unwrap_or_default(),
    };
    let wanted_json = text("format").as_deref() == Some("json");
    let mut problems = Problems::new();
    let done = method(given, &mut problems)?;
    let done = match done.filter(|_| problems.errors() == 0) {
        Some(method) => weigh(&options, &method, &mut problems)?,
        None => None,
    };
    // The file is written before anything says that it was.
    if let Some((_, bytes)) = &done {
        write(&options.out, bytes).map_err(|error| format!("{}: {error}", options.out.display()))?;
    }
    if wanted_json {
        let mut result = bygdepuls_core::export::problems::json(&problems, lang);
        if let Some((report, _)) = &done {
            report.add_to(&mut result);
        }
        print(format!("{result:#}\n").as_bytes())?;
    } else {
        diagnostic::print(&problems, lang);
        match &done {
            Some((report, _)) => report.print(lang),
            None => diagnostic::print_refusal(&problems, lang),
        }
    }
    Ok(if done.is_some() { 0 } else { PROBLEMS })
}

/// The totals to calibrate to, with their files read. `None` without the options of any; inside it `None` when a file cannot
/// be used.
pub(crate) fn targets(given: &ArgMatches, problems: &mut Problems) -> Result<Option<Option<Targets>>, String> {
    if let Some(Poststratify { columns, file }) = given.get_one("poststratify") {
        return Ok(Some(Targets::post_stratification(columns, file, &bytes(file)?, problems)));
    }
    if let Some(files) = given.get_many::<String>("rake") {
        let files = files.map(|file| Ok((bytes(file)?, file.clone()))).collect::<Result<Vec<_>, String>>()?;
        return Ok(Some(Targets::raking(&files, problems)));
    }
    let Some(file) = given.get_one::<String>("calibrate") else { return Ok(None) };
    let distance = match given.get_one::<String>("distance").map(String::as_str) {
        Some("raking") => Distance::Raking,
        Some("logit") => Distance::Logit,
        _ => Distance::Linear,
    };
    let bounds = given.get_one("bounds").copied().unwrap_or(Bounds::NONE);
    Ok(Some(Targets::calibration(file, &bytes(file)?, distance, bounds, problems)))
}

/// The method from the options, with its files of totals read. `None` when one of them cannot be used.
fn method(given: &ArgMatches, problems: &mut Problems) -> Result<Option<Method>, String> {
    let list = |name: &str| given.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    if let Some(targets) = targets(given, problems)? {
        return Ok(targets.map(Method::Targets));
    }
    if given.contains_id("classes") {
        let respondents = given.get_many::<Condition>("respondents").into_iter().flatten().cloned();
        let mut respondents: Vec<Condition> = respondents.collect();
        if respondents.is_empty() {
            respondents.extend(Condition::parse(RESPONDED));
        }
        return Ok(Some(Method::Classes { columns: list("classes"), respondents }));
    }
    Ok(Some(Method::TrimmingAlone))
}

/// The bytes of a file, or of standard input.
pub(crate) fn bytes(file: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if file == "-" { io::stdin().read_to_end(&mut bytes).map(|_| bytes) } else { fs::read(file) };
    read.map_err(|error| format!("{file}: {error}"))
}

/// The report and the file with its new column. `None` when there are errors; problems say which.
fn weigh(options: &Options, method: &Method, problems: &mut Problems) -> Result<Option<(Report, Vec<u8>)>, String> {
    let bytes = bytes(&options.file)?;
    let name = if options.file == "-" { "<stdin>" } else { &options.file };
    let wanted: Vec<Want> = method.wants().into_iter().chain(options.weights.clone().map(Want::Required)).collect();
    let Some(data) = Columns::read(name, &bytes, &wanted, &[], problems) else { return Ok(None) };
    check_name(&options.name, &data, problems);
    let before = match options.weights.as_ref().and_then(|column| Some((column, data.required(column)?))) {
        None => vec![1.0; data.rows()],
        Some((column, weights)) => {
            for (row, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight < 0.0) {
                let problem = data.at(Problem::error(name, EstimateProblem::NegativeWeight), row);
                problems.push(problem.column(column).value(weight.to_string(), Privacy::Answer));
            }
            weights.to_vec()
        }
    };
    if problems.errors() > 0 {
        return Ok(None);
    }
    let Some(Made { mut weights, iterations, totals, counted }) = method.make(&data, &before, problems) else {
        return Ok(None);
    };
    let mut trimmed = None;
    if let Some((bounds, strict)) = options.trim {
        // Those who did not respond keep weight 0: trimming would lift them.
        let rows: Vec<usize> = (0..weights.len()).filter(|row| counted[*row] && before[*row] > 0.0).collect();
        let own: Vec<f64> = rows.iter().map(|row| weights[*row]).collect();
        match trimming::trim(&own, bounds, strict) {
            Err(problem) => {
                problems.push(Problem::error(name, problem));
                return Ok(None);
            }
            Ok(after) => {
                rows.iter().zip(&after.weights).for_each(|(row, weight)| weights[*row] = *weight);
                trimmed = Some(after);
            }
        }
    }
    let summary = Summary::of(&before, &weights, |row| counted[row]);
    if summary.negative > 0 {
        let negative = WeightProblem::Negative { count: summary.negative };
        problems.push(Problem::warning(name, negative).column(&options.name));
    }
    let report = Report {
        method: method.name(),
        iterations,
        totals: totals.measured(&before, &weights),
        summary,
        trimmed: trimmed.map(|trimmed| (trimmed.trimmed, trimmed.passes)),
        column: options.name.clone(),
        out: options.out.display().to_string(),
    };
    let values: Vec<String> = weights.iter().map(ToString::to_string).collect();
    let head = Head::find(name, &bytes, true, &mut Problems::new());
    let with_column = head.and_then(|head| column::append(&bytes, &head, &options.name, &values));
    match with_column {
        Some(bytes) => Ok(Some((report, bytes))),
        None => {
            // Only where the name has letters that the file's encoding has not.
            problems.push(Problem::error(name, TargetProblem::BadName).column(&options.name));
            Ok(None)
        }
    }
}

fn check_name(column: &str, data: &Columns, problems: &mut Problems) {
    let what = if data.names.iter().any(|name| name == column.trim()) {
        TargetProblem::NameTaken
    } else if column.trim().is_empty() || column.trim() != column || column.chars().any(char::is_control) {
        TargetProblem::BadName
    } else {
        return;
    };
    problems.push(Problem::error(&data.file, what).column(column));
}

/// Writes a file under a temporary name in its folder and then gives it its own: a run that fails leaves the file that was
/// there whole. Where there was none, the owner alone can read it: it holds answers.
pub(crate) fn write(out: &Path, bytes: &[u8]) -> io::Result<()> {
    // A pipe or a device, as /dev/stdout, takes bytes where it is; a file of its name would put an end to it.
    if fs::metadata(out).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return fs::OpenOptions::new().write(true).open(out)?.write_all(bytes);
    }
    // A link stays, and the file that it points to is replaced.
    let out = out.canonicalize().unwrap_or_else(|_| out.to_path_buf());
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(there) = fs::metadata(&out) {
        file.as_file().set_permissions(there.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&out).map_err(|error| error.error)?;
    Ok(())
}
