//! `bygdepuls track --add-contacts`: addresses of those who said yes, into the contact log.

use crate::{PROBLEMS, diagnostic, load, print};
use bygdepuls_core::export;
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::project::amend::{Added, Addresses, Files, PROJECT, add_persons};
use bygdepuls_core::project::{Project, ProjectProblem};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Adds the addresses; gives the exit code.
pub(super) fn add(project: &Path, contacts: &Path, given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let file = load::project_file(project);
    let told = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let bytes = std::fs::read(contacts).map_err(|error| told(contacts, error))?;
    let mut problems = Problems::new();
    let mut files = read(&file, &mut problems).map_err(|(path, error)| told(&path, error))?;
    let name = contacts.display().to_string();
    let text = |option: &str| given.get_one::<String>(option).map(String::as_str);
    let addresses = Addresses {
        file: &name,
        bytes: &bytes,
        year: given.get_one::<RangeInclusive<u16>>("due").map(|years| *years.start()),
        day: text("today"),
        until: text("consent-until"),
    };
    let added = if problems.errors() > 0 { None } else { add_persons(&mut files, &addresses, &mut problems) };
    let json_wanted = text("format") == Some("json");
    if !json_wanted {
        diagnostic::print(&problems, lang);
    }
    let Some(added) = added else {
        if json_wanted {
            print(format!("{:#}\n", export::problems::json(&problems, lang)).as_bytes())?;
        } else {
            diagnostic::print_refusal(&problems, lang);
        }
        return Ok(PROBLEMS);
    };
    let log = folder(&file).join(&added.file);
    if !added.new.is_empty() || !added.updated.is_empty() {
        write(&log, files.get(&added.file).map(Vec::as_slice).unwrap_or_default())
            .map_err(|error| told(&log, error))?;
    }
    if json_wanted {
        let mut told = export::problems::json(&problems, lang);
        told["added"] = in_json(&added);
        return print(format!("{told:#}\n").as_bytes());
    }
    print(in_words(&added, &log, lang).as_bytes())
}

/// The project file, its contact log and its forms. What is not there is missed in `core`.
fn read(file: &Path, problems: &mut Problems) -> Result<Files, (PathBuf, io::Error)> {
    let bytes = std::fs::read(file).map_err(|error| (file.to_path_buf(), error))?;
    let parsed = Project::parse(&file.display().to_string(), &String::from_utf8_lossy(&bytes), problems);
    let mut files = Files::from([(PROJECT.to_owned(), bytes)]);
    let Some(project) = parsed else { return Ok(files) };
    let log = project.contacts.iter().flat_map(|own| [Some(&own.persons), own.events.as_ref(), own.withdrawn.as_ref()]);
    let forms = project.survey.rounds.iter().map(|round| &round.questionnaire);
    let forms = forms.flat_map(|sheets| [&sheets.survey, &sheets.choices]);
    for name in log.flatten().chain(forms) {
        let path = folder(file).join(name);
        match std::fs::read(&path) {
            Ok(bytes) => {
                files.insert(name.clone(), bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                problems.push(Problem::error(&path.display().to_string(), ProjectProblem::FileMissing));
            }
            Err(error) => return Err((path, error)),
        }
    }
    Ok(files)
}

fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// In the place of the log that was there, for its owner alone.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays one.
    let path = path.canonicalize()?;
    let mut file = tempfile::Builder::new().prefix(".bygdepuls-").tempfile_in(folder(&path))?;
    file.write_all(bytes)?;
    file.persist(&path).map(drop).map_err(|error| error.error)
}

fn in_json(added: &Added) -> Value {
    let updated = added.updated.iter().map(|(id, columns)| json!({ "person_id": id, "columns": columns }));
    json!({
        "file": added.file,
        "new": added.new,
        "updated": updated.collect::<Vec<_>>(),
        "unchanged": added.unchanged,
        "waiting_for_guardian": added.waiting,
        "outside_region": added.outside,
        "withdrew": added.withdrew,
    })
}

fn in_words(added: &Added, log: &Path, lang: Lang) -> String {
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let mut text = format!(
        "{}: {} {}, {} {}, {} {}\n",
        log.display(),
        added.new.len(),
        t("nye", "nye", "new"),
        added.updated.len(),
        t("endret", "endra", "updated"),
        added.unchanged,
        t("uendret", "uendra", "unchanged"),
    );
    if let Some((first, last)) = added.new.first().zip(added.new.last()) {
        let _ = writeln!(text, "  {}: {first}–{last}", t("nye", "nye", "new"));
    }
    for (id, columns) in &added.updated {
        let _ = writeln!(text, "  {}: {id}: {}", t("endret", "endra", "updated"), columns.join(", "));
    }
    for (count, words) in [
        (
            added.waiting,
            t(
                "under 18: uten samtykke til en foresatt har sagt ja; skriv dagen i consent_date",
                "under 18: utan samtykke til ein føresett har sagt ja; skriv dagen i consent_date",
                "under 18: without consent until a guardian has said yes; write the day into consent_date",
            ),
        ),
        (
            added.outside,
            t("fra andre kommuner: utelatt", "frå andre kommunar: utelatne", "from other municipalities: left out"),
        ),
        (added.withdrew, t("har trukket seg: utelatt", "har trekt seg: utelatne", "withdrew: left out")),
    ] {
        if count > 0 {
            let _ = writeln!(text, "  {count} {words}");
        }
    }
    text
}
