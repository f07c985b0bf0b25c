//! The questionnaire that an import goes through.

use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::Questionnaire;
use bygdepuls_core::text::Lang;
use std::io;
use std::path::Path;

/// Names of the sheets in a folder: those of an XLSForm first, where a folder holds both.
pub(super) const SHEETS: [[&str; 3]; 2] = [
    ["xlsform_survey.csv", "xlsform_choices.csv", "xlsform_settings.csv"],
    ["survey.csv", "choices.csv", "settings.csv"],
];

/// From a folder with three CSV sheets, or a workbook.
pub(super) fn read(path: &Path, lang: Lang, problems: &mut Problems) -> Result<Questionnaire, String> {
    let told = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    if !path.is_dir() {
        let bytes = std::fs::read(path).map_err(|error| told(path, error))?;
        return Ok(Questionnaire::from_xlsx(&path.display().to_string(), &bytes, problems));
    }
    let Some(names) = SHEETS.iter().find(|names| path.join(names[0]).is_file()) else {
        let words = lang.pick(
            "mappa har verken xlsform_survey.csv eller survey.csv",
            "mappa har korkje xlsform_survey.csv eller survey.csv",
            "the folder has neither xlsform_survey.csv nor survey.csv",
        );
        return Err(format!("{}: {words}", path.display()));
    };
    let read = |name: &str| {
        let path = path.join(name);
        std::fs::read(&path).map(|bytes| (path.display().to_string(), bytes)).map_err(|error| told(&path, error))
    };
    let (survey, choices) = (read(names[0])?, read(names[1])?);
    let settings = read(names[2]).ok();
    let settings = settings.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    Ok(Questionnaire::from_csv((&survey.0, &survey.1), (&choices.0, &choices.1), settings, problems))
}
