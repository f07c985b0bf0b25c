//! `bygdepuls new`: a project folder to start from.

use crate::print;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::Codebook;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::path::PathBuf;

/// What a new project folder holds. Questionnaire and register are the example region's.
const TEMPLATE: [(&str, &str); 7] = [
    ("project.toml", include_str!("../template/project.toml")),
    ("README.md", include_str!("../template/README.md")),
    ("questionnaire/survey.csv", include_str!("../../examples/indre-namdal/questionnaire/survey.csv")),
    ("questionnaire/choices.csv", include_str!("../../examples/indre-namdal/questionnaire/choices.csv")),
    ("questionnaire/settings.csv", include_str!("../../examples/indre-namdal/questionnaire/settings.csv")),
    ("register/population.schema.json", include_str!("../../examples/indre-namdal/register/population.schema.json")),
    ("register/population.csv", include_str!("../../examples/indre-namdal/register/population.csv")),
];

/// Writes the template to a folder that does not exist or is empty.
pub(crate) fn new(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(folder) = options.get_one::<PathBuf>("dir") else { return Ok(2) };
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        let words = lang.pick("finnes og er ikke tom", "finst og er ikkje tom", "exists and is not empty");
        return Err(format!("{}: {words}", folder.display()));
    }
    // A file of answers with a header and nothing else: one column per variable of the questionnaire.
    let variables = Codebook::from_xlsform(
        (TEMPLATE[2].0, TEMPLATE[2].1.as_bytes()),
        (TEMPLATE[3].0, TEMPLATE[3].1.as_bytes()),
        &mut Problems::new(),
    );
    let names: Vec<&str> = variables.variables.iter().map(|variable| variable.name.as_str()).collect();
    let answers = names.join(",") + "\n";
    for (name, text) in TEMPLATE.into_iter().chain([("answers/2026.csv", answers.as_str())]) {
        let path = folder.join(name);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
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
