//! `bygdepuls questionnaire`: XLSForm in; problems, survey tools' files, codebooks and what changed out.

use crate::{PROBLEMS, diagnostic, print, weight};
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::questionnaire::export::{ExportProblem, Format, files};
use bygdepuls_core::questionnaire::{Questionnaire, compare::compare, lint};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or an output cannot be written.
pub(crate) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    match given.subcommand() {
        Some(("lint", given)) => lint(given, lang),
        Some(("export", given)) => export(given, Format::ALL.iter().map(|(_, format)| *format).collect(), lang),
        Some(("codebook", given)) => export(given, Format::CODEBOOK.to_vec(), lang),
        Some(("compare", given)) => compared(given, lang),
        _ => Ok(crate::USAGE),
    }
}

/// A questionnaire from a workbook, from LimeSurvey's structure, or from the CSV sheets of a folder.
///
/// # Errors
///
/// It cannot be read.
pub(crate) fn read(path: &Path, problems: &mut Problems) -> Result<Questionnaire, String> {
    let name = |path: &Path| path.display().to_string();
    let bytes = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", name(path)));
    // Who names the sheet `survey` means its folder.
    let is_sheet = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("survey.csv"));
    let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let path = if is_sheet { parent } else { path };
    if !path.is_dir() {
        let read = bytes(path)?;
        return Ok(match Questionnaire::is_limesurvey(&read) {
            true => Questionnaire::from_limesurvey(&name(path), &read, problems),
            false => Questionnaire::from_xlsx(&name(path), &read, problems),
        });
    }
    // A folder may hold the battery as a table too: then the sheets that are named after XLSForm are the questionnaire.
    let prefix = if path.join("xlsform_survey.csv").is_file() { "xlsform_" } else { "" };
    let sheet = |sheet: &str| path.join(format!("{prefix}{sheet}.csv"));
    let [survey, choices, settings] = ["survey", "choices", "settings"].map(sheet);
    let read = (bytes(&survey)?, bytes(&choices)?);
    let with_settings = settings.is_file().then(|| bytes(&settings)).transpose()?;
    let (of_survey, of_choices, of_settings) = (name(&survey), name(&choices), name(&settings));
    let settings = with_settings.as_ref().map(|bytes| (of_settings.as_str(), bytes.as_slice()));
    Ok(Questionnaire::from_csv((&of_survey, &read.0), (&of_choices, &read.1), settings, problems))
}

fn path(given: &ArgMatches, name: &str) -> PathBuf {
    given.get_one::<PathBuf>(name).cloned().unwrap_or_default()
}

fn is_json(given: &ArgMatches) -> bool {
    given.get_one::<String>("format").is_some_and(|format| format == "json")
}

fn lint(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let own = read(&path(given, "questionnaire"), &mut problems)?;
    lint::lint(&own, &mut problems);
    let warnings = problems.list().len() as u64 - problems.errors().min(problems.list().len() as u64);
    if is_json(given) {
        print(format!("{:#}\n", bygdepuls_core::export::problems::json(&problems, lang)).as_bytes())?;
    } else {
        diagnostic::print(&problems, lang);
        print(summary(&own, problems.errors(), warnings, lang).as_bytes())?;
    }
    Ok(if problems.errors() > 0 { PROBLEMS } else { 0 })
}

/// What there is, and what of it is personal.
fn summary(own: &Questionnaire, errors: u64, warnings: u64, lang: Lang) -> String {
    let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let mut text = [
        count(own.variables().count(), t("variabel", "variabel", "variable"), t("variabler", "variablar", "variables")),
        count(own.lists.len(), t("liste", "liste", "list"), t("lister", "lister", "lists")),
        count(own.waves().len(), t("bølge", "bølgje", "wave"), t("bølger", "bølgjer", "waves")),
        count(own.languages.len(), t("språk", "språk", "language"), t("språk", "språk", "languages")),
        count(usize::try_from(errors).unwrap_or_default(), t("feil", "feil", "error"), t("feil", "feil", "errors")),
        count(
            usize::try_from(warnings).unwrap_or_default(),
            t("advarsel", "åtvaring", "warning"),
            t("advarsler", "åtvaringar", "warnings"),
        ),
    ]
    .join(", ");
    text.push('\n');
    let personal = own.variables().filter(|item| lint::is_self_made_code(item) || lint::is_contact(item));
    let personal: Vec<&str> = personal.map(|item| item.name.as_str()).collect();
    if !personal.is_empty() {
        let words = t(
            "Personopplysninger, lagres atskilt fra svarene:",
            "Personopplysningar, blir lagra skilde frå svara:",
            "Personal data, kept apart from the answers:",
        );
        text.push_str(&format!("{words} {}\n", personal.join(", ")));
    }
    text
}

fn export(given: &ArgMatches, all: Vec<Format>, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let source = path(given, "questionnaire");
    let own = read(&source, &mut problems)?;
    let wanted: Vec<&String> = given.try_get_many("only").ok().flatten().into_iter().flatten().collect();
    let named = Format::ALL.iter().filter(|(name, _)| wanted.iter().any(|wanted| wanted == name));
    let formats: Vec<Format> = if wanted.is_empty() { all } else { named.map(|(_, format)| *format).collect() };
    let waves = own.waves();
    let mut editions: Vec<Option<&str>> = vec![None];
    match given.get_one::<String>("wave") {
        Some(wave) if waves.contains(wave) => editions = vec![Some(wave)],
        Some(wave) => {
            let what = ExportProblem::UnknownWave { exists: waves.clone() };
            let problem = Problem::error(&source.display().to_string(), what).column("--wave");
            problems.push(problem.value(wave, bygdepuls_core::problem::Privacy::Open));
        }
        None => editions.extend(waves.iter().map(|wave| Some(wave.as_str()))),
    }
    let mut found = Problems::new();
    if problems.errors() == 0 {
        lint::lint(&own, &mut found);
        // What would fail in every tool, or ask the wrong people.
        found
            .list()
            .iter()
            .filter(|problem| lint::is_fatal(problem))
            .for_each(|problem| problems.push(problem.clone()));
    }
    let more = found.list().len() - found.list().iter().filter(|problem| lint::is_fatal(problem)).count();
    if more > 0 {
        let words = lang.pick(
            "merknader fra lint; se dem med bygdepuls questionnaire lint",
            "merknader frå lint; sjå dei med bygdepuls questionnaire lint",
            "findings of lint; see them with bygdepuls questionnaire lint",
        );
        let _ = writeln!(std::io::stderr(), "{more} {words} {}", source.display());
    }
    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    if problems.errors() == 0 {
        for edition in editions {
            let folder = edition.map_or_else(|| PathBuf::from("all"), |wave| PathBuf::from(format!("wave-{wave}")));
            // What is lost is said of the whole, once.
            let mut of_wave = Problems::new();
            let into = if edition.is_none() || written.is_empty() { &mut problems } else { &mut of_wave };
            written.extend(
                files(&own, edition, &formats, into).into_iter().map(|(name, bytes)| (folder.join(name), bytes)),
            );
        }
    }
    diagnostic::print(&problems, lang);
    if problems.errors() > 0 {
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    }
    let out = path(given, "out");
    let mut listed = String::new();
    for (name, bytes) in &written {
        let path = out.join(name);
        let folder = path.parent().unwrap_or(&out);
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        weight::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        listed.push_str(&format!("{}\n", path.display()));
    }
    print(listed.as_bytes())
}

fn compared(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let old = read(&path(given, "old"), &mut problems)?;
    let new = read(&path(given, "new"), &mut problems)?;
    diagnostic::print(&problems, lang);
    if problems.errors() > 0 {
        return Ok(PROBLEMS);
    }
    let comparison = compare(&old, &new);
    if is_json(given) {
        print(format!("{:#}\n", comparison.json(lang)).as_bytes())?;
    } else {
        print(comparison.text(lang).as_bytes())?;
    }
    let broken = comparison.breaks().next().is_some();
    Ok(if broken && given.get_flag("fail-on-break") { PROBLEMS } else { 0 })
}
