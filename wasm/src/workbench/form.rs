//! The questionnaire: what is wrong with it, for survey tools, and next year's beside it.

use super::{Workbench, language, packed, with};
use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::project::{amend, archive};
use bygdepuls_core::questionnaire::compare::compare;
use bygdepuls_core::questionnaire::export::{Format, files};
use bygdepuls_core::questionnaire::{Questionnaire, lint};
use serde_json::json;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// The sheet `settings` beside the sheet `survey`.
pub(super) fn settings(survey: &str) -> String {
    match survey.strip_suffix("survey.csv") {
        Some(folder) => format!("{folder}settings.csv"),
        None => "questionnaire/settings.csv".into(),
    }
}

#[wasm_bindgen]
impl Workbench {
    /// The questionnaire in numbers, and what is wrong with it: JSON.
    pub fn form(&self, lang: &str) -> String {
        let lang = language(lang);
        let mut problems = Problems::new();
        let Some(own) = self.questionnaire(None, &mut problems) else { return with(&problems, lang, json!({})) };
        lint::lint(&own, &mut problems);
        let list = own.wave_variable().and_then(|variable| own.choices(variable));
        let waves = own.waves().into_iter().map(|code| {
            let label = list.and_then(|list| list.choice(&code)).map(|choice| own.text(&choice.label));
            let name = label.map_or_else(|| code.clone(), |label| label.get(lang).to_owned());
            json!({ "code": code, "name": name })
        });
        let personal = own.variables().filter(|item| lint::is_self_made_code(item) || lint::is_contact(item));
        let values = json!({
            "title": own.settings.title,
            "variables": own.variables().count(),
            "languages": own.languages,
            "waves": waves.collect::<Vec<_>>(),
            "personal": personal.map(|item| item.name.as_str()).collect::<Vec<_>>(),
        });
        with(&problems, lang, values)
    }

    /// The questionnaire of a wave, or of all, for survey tools and for people, as a zip.
    pub fn form_files(&self, wave: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        let mut problems = Problems::new();
        let own = self.questionnaire(None, &mut problems).unwrap_or_default();
        let formats: Vec<Format> = Format::ALL.iter().map(|(_, format)| *format).collect();
        let wave = (!wave.is_empty()).then_some(wave);
        packed(&files(&own, wave, &formats, &mut problems).into_iter().collect(), language(lang))
    }

    /// Holds another questionnaire (a workbook, or a zip of its sheets) beside the project's: what changed, and what
    /// breaks a series, as JSON. It waits for [`Self::adopt_form`].
    pub fn compare_form(&mut self, name: &str, bytes: &[u8], lang: &str) -> String {
        let lang = language(lang);
        self.offered = None;
        let mut problems = Problems::new();
        let own = self.questionnaire(None, &mut problems).unwrap_or_default();
        let new = read(name, bytes, &mut problems);
        let mut found = Problems::new();
        lint::lint(&new, &mut found);
        found.list().iter().filter(|one| lint::is_fatal(one)).for_each(|one| problems.push(one.clone()));
        if problems.errors() > 0 {
            return with(&problems, lang, json!({}));
        }
        let comparison = compare(&own, &new);
        let breaks: Vec<&str> = comparison.breaks().map(|one| one.name.as_str()).collect();
        let values = json!({ "text": comparison.text(lang), "breaks": breaks });
        self.offered = Some(new);
        with(&problems, lang, values)
    }

    /// Gives a year the questionnaire that was compared last, if the project can still be read: what is wrong otherwise, as
    /// JSON. `comparable` is a JSON list of questions that the owner says are still the same.
    pub fn adopt_form(&mut self, year: u16, closes: &str, comparable: &str, today: &str, lang: &str) -> String {
        let mut problems = Problems::new();
        let Some(new) = self.offered.clone() else { return with(&problems, language(lang), json!({})) };
        let before = self.files.clone();
        let comparable: Vec<String> = serde_json::from_str(comparable).unwrap_or_default();
        let sheets = new.to_sheets().map(|sheet| sheet.to_csv());
        if amend::put_form(&mut self.files, (year, closes), sheets, &comparable, &mut problems) {
            self.changed();
            // What is planned is not read: the whole project says whether the years fit together.
            let project = self.project(&mut problems);
            let _ = project.and_then(|project| project.load(&self.files, &mut problems));
            let known = ["cohort-missing", "file-missing"];
            let errors = problems.list().iter().filter(|one| one.severity == Severity::Error);
            if errors.into_iter().any(|one| !known.contains(&one.what.code())) {
                self.files = before;
                self.changed();
                return with(&problems, language(lang), json!({ "refused": true }));
            }
            self.offered = None;
        } else {
            return with(&problems, language(lang), json!({ "refused": true }));
        }
        self.load(today);
        with(&Problems::new(), language(lang), json!({}))
    }
}

/// A questionnaire from a workbook, or from a zip that holds its sheets as CSV.
fn read(name: &str, bytes: &[u8], problems: &mut Problems) -> Questionnaire {
    let sheets = archive::unpack(bytes).unwrap_or_default();
    let sheet = |ending: &str| sheets.iter().find(|(name, _)| name.ends_with(ending));
    let sheet = |ending: &str| sheet(ending).map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    match (sheet("survey.csv"), sheet("choices.csv")) {
        (Some(survey), Some(choices)) => Questionnaire::from_csv(survey, choices, sheet("settings.csv"), problems),
        _ => Questionnaire::from_xlsx(name, bytes, problems),
    }
}
