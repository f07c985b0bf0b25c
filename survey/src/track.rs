//! `bygdepuls track`: who is due, who answered, who is linked and what changed. All of it internal.

mod persons;

use crate::publish::{Output, holds, publish, published_around};
use crate::{PROBLEMS, diagnostic, load, print};
use bygdepuls_core::export;
use bygdepuls_core::panel::Key;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::text::Lang;
use bygdepuls_core::track::{Options, files, text};
use clap::ArgMatches;
use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Where the path of the key may stand, so that it need not be typed.
const KEY: &str = "BYGDEPULS_KEY";

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or the output cannot be written.
pub(crate) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(path) = given.get_one::<PathBuf>("project") else { return Ok(2) };
    if let Some(contacts) = given.get_one::<PathBuf>("add-contacts") {
        return persons::add(path, contacts, given, lang);
    }
    let out = given.get_one::<PathBuf>("out");
    if let Some(out) = out {
        refuse_public(out, lang)?;
    }
    let mut problems = Problems::new();
    let key = read_key(given, out.map(PathBuf::as_path), lang, &mut problems)?;
    let done = load::load(&load::project_file(path), None, &mut problems).filter(|_| problems.errors() == 0);
    let done = done.and_then(|loaded| {
        let options = Options {
            due: given.get_one::<RangeInclusive<u16>>("due").cloned(),
            today: given.get_one::<String>("today").map(String::as_str),
            key: key.as_ref(),
            link_near: given.get_flag("link-near"),
        };
        loaded.track(&options, &mut problems)
    });
    let done = done.filter(|_| problems.errors() == 0);
    let json_wanted = given.get_one::<String>("format").is_some_and(|format| format == "json");
    if !json_wanted {
        diagnostic::print(&problems, lang);
    }
    let Some(track) = done else {
        if json_wanted {
            print(format!("{:#}\n", export::problems::json(&problems, lang)).as_bytes())?;
        } else {
            diagnostic::print_refusal(&problems, lang);
        }
        return Ok(PROBLEMS);
    };
    let report = files::json(&track, &problems, lang)?;
    let mut written = Vec::new();
    if let Some(out) = out {
        let files = files::all(&track, &report, given.get_flag("lists"), lang);
        written = files.iter().map(|(name, _)| name.clone()).collect();
        publish(&[Output { folder: out.clone(), files, private: true, release: None }], None, lang)?;
    }
    if json_wanted {
        return print(format!("{report:#}\n").as_bytes());
    }
    let mut shown = text::report(&track, lang);
    if let Some(out) = out {
        let words = lang.pick("filer i (INTERNT)", "filer i (INTERNT)", "files in (INTERNAL)");
        shown.push_str(&format!("\n{} {words} {}\n", written.len(), out.display()));
        written.iter().for_each(|name| shown.push_str(&format!("  {name}\n")));
    }
    print(shown.as_bytes())
}

/// Refuses a folder that is published, or lies in one, or is called so.
pub(crate) fn refuse_public(out: &Path, lang: Lang) -> Result<(), String> {
    let whole = std::path::absolute(out).unwrap_or_else(|_| out.to_path_buf());
    // A link may lead into one.
    let real = whole.ancestors().find_map(|folder| folder.canonicalize().ok()).unwrap_or_else(|| whole.clone());
    let around = [&whole, &real].into_iter().find_map(|folder| published_around(folder));
    let own =
        around.as_ref().is_some_and(|folder| holds(folder, files::REPORT) && (*folder == whole || *folder == real));
    let public = |folder: &PathBuf| folder.components().any(|part| part.as_os_str() == "public");
    if (around.is_some() && !own) || public(&whole) || public(&real) {
        return Err(lang
            .pick(
                "{} er, eller ligger i, en mappe som er publisert: alt dette er internt. Velg en annen --out",
                "{} er, eller ligg i, ei mappe som er publisert: alt dette er internt. Vel ei anna --out",
                "{} is, or lies in, a folder that is published: all of this is internal. Choose another --out",
            )
            .replace("{}", &out.display().to_string()));
    }
    Ok(())
}

/// The key, from the option or the environment. It may not lie where the output goes.
fn read_key(
    given: &ArgMatches,
    out: Option<&Path>,
    lang: Lang,
    problems: &mut Problems,
) -> Result<Option<Key>, String> {
    let from_environment = || std::env::var_os(KEY).filter(|path: &OsString| !path.is_empty()).map(PathBuf::from);
    let Some(file) = given.get_one::<PathBuf>("key").cloned().or_else(from_environment) else { return Ok(None) };
    let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok();
    if out.is_some_and(|out| whole(&file).zip(whole(out)).is_some_and(|(file, out)| file.starts_with(out))) {
        return Err(lang
            .pick(
                "{}: nøkkelen kan ikke ligge i mappa som skrives",
                "{}: nøkkelen kan ikkje ligge i mappa som blir skriven",
                "{}: the key cannot lie in the folder that is written",
            )
            .replace("{}", &file.display().to_string()));
    }
    let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Key::read(&file.display().to_string(), &bytes, problems))
}
