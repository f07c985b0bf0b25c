//! The files of a project, from a folder to named bytes.

use crate::cores;
use crate::publish::release_in;
use bygdepuls_core::date;
use bygdepuls_core::disclosure::release::{FOLDER, Ledger, ReleaseProblem};
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::project::{Loaded, Project, ProjectProblem};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The project file that a path means: itself, or `project.toml` in the folder.
pub(crate) fn project_file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("project.toml") } else { path.to_path_buf() }
}

/// The public folder, below the folder for all output.
pub(crate) const PUBLIC: &str = "public";

/// Reads the project and everything it names. Problems hold what is wrong, and whether `public`, where something is to be
/// published, holds a release that the ledger does not know.
pub(crate) fn load(file: &Path, public: Option<&Path>, problems: &mut Problems) -> Option<Loaded> {
    let name = file.display().to_string();
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let what = match error.kind() {
                io::ErrorKind::NotFound => ProjectProblem::FileMissing,
                _ => ProjectProblem::Unreadable(error.to_string()),
            };
            problems.push(Problem::error(&name, what));
            return None;
        }
    };
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().map(|&byte| u64::from(byte == b'\n')).sum::<u64>();
            problems.push(Problem::error(&name, ProjectProblem::NotUtf8).line(line));
            return None;
        }
    };
    let project = Project::parse(&name, text, problems)?;
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    let mut files = BTreeMap::new();
    let mut unreadable = false;
    let names: Vec<String> = project.files().into_iter().map(str::to_owned).collect();
    // Drawn on a terminal only.
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(names.len() as u64).with_style(style);
    for name in names {
        bar.set_message(name.clone());
        match cores::read(&folder.join(&name)) {
            Ok(bytes) => {
                files.insert(name, bytes);
            }
            // `core` reports what was not given.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                problems.push(Problem::error(&name, ProjectProblem::Unreadable(error.to_string())));
                unreadable = true;
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Err((name, error)) = read_ledger(folder, FOLDER, &mut files) {
        problems.push(Problem::error(&name, ProjectProblem::Unreadable(error.to_string())));
        unreadable = true;
    }
    if unreadable {
        return None;
    }
    let mut loaded = project.load_owned(files, problems)?;
    loaded.clock = clock();
    loaded.workers = cores::workers();
    match public.and_then(|public| Some((public, release_in(public)?))) {
        Some((public, (number, digest))) if loaded.ledger().release(&digest).is_none() => {
            let name = public.display().to_string();
            problems.push(Problem::error(&name, ReleaseProblem::UnknownRelease { number }));
            None
        }
        _ => Some(loaded),
    }
}

/// What day the machine says it is, in UTC. Nothing is computed of it but whether a consent still holds.
pub(crate) fn clock() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a consent that has ended is no consent, whatever day the figures are of"
    )]
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let days = i32::try_from(since.as_secs() / 86_400).ok()?;
    date::plus_days("1970-01-01", days)
}

/// Every file of the ledger, one that was moved deeper into its folder too; a project that has published nothing has none.
/// What cannot be read is named.
fn read_ledger(project: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), (String, io::Error)> {
    let failed = |error: io::Error| (inside.to_string(), error);
    let entries = match std::fs::read_dir(project.join(inside)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = format!("{inside}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(failed)?.is_dir() {
            read_ledger(project, &name, files)?;
        } else if Ledger::holds(&name) {
            let bytes = std::fs::read(entry.path()).map_err(|error| (name.clone(), error))?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}
