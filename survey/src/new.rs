//! `bygdepuls new`: a project folder to start from.

use crate::{PROBLEMS, diagnostic, print};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::New;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::path::PathBuf;

/// Writes the template to a folder that does not exist or is empty.
pub(crate) fn new(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(folder) = options.get_one::<PathBuf>("dir") else { return Ok(2) };
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        let words = lang.pick("finnes og er ikke tom", "finst og er ikkje tom", "exists and is not empty");
        return Err(format!("{}: {words}", folder.display()));
    }
    let mut problems = Problems::new();
    let Some(files) = New::example().files(&mut problems) else {
        diagnostic::print(&problems, lang);
        return Ok(PROBLEMS);
    };
    for (name, bytes) in files {
        let path = folder.join(name);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, bytes));
        written.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let next = lang.pick(
        "Les README.md og rett project.toml, så:",
        "Les README.md og rett project.toml, så:",
        "Read README.md, edit project.toml, then:",
    );
    let folder = folder.display();
    print(format!("{next}\n  bygdepuls check {folder}\n  bygdepuls run {folder}\n").as_bytes())
}
