//! The workbench: a project's files in memory, what is done with them, and one encrypted file out.
//!
//! All of it stays in the tab. Texts that go to the page are JSON, or markup that `core` wrote and escaped.
//!
//! | step                               | file        |
//! |------------------------------------|-------------|
//! | open, begin, save, key             | `files`     |
//! | questionnaire                      | `form`      |
//! | export to answers                  | `answers`   |
//! | who is due, contact log            | `due`       |
//! | figures, findings, editions        | `figures`   |
//! | settings, registers of findings    | `settings`  |
//! | which municipality is meant        | `municipality` |

mod answers;
mod due;
mod figures;
mod files;
mod form;
mod municipality;
mod settings;

use bygdepuls_core::edition::Files;
use bygdepuls_core::export::problems;
use bygdepuls_core::problem::{Explain, Problems};
use bygdepuls_core::project::amend::PROJECT;
use bygdepuls_core::project::{Loaded, Outcome, Project, archive, sealed};
use bygdepuls_core::questionnaire::Questionnaire;
use bygdepuls_core::text::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// A region's project, open.
#[wasm_bindgen]
pub struct Workbench {
    files: BTreeMap<String, Vec<u8>>,
    /// The files of the export that is being read, by name.
    exports: Vec<(String, Vec<u8>)>,
    /// The answers of the export that was read last, and the contact details that were split off.
    imported: Option<(Vec<u8>, Option<Vec<u8>>)>,
    /// The questionnaire that was compared last.
    offered: Option<Questionnaire>,
    /// What the widget loads, to be laid beside an edition.
    widget: Files,
    /// What was read of these files as of a day, and what was computed of that: every step shows some of it.
    read: Option<(String, Problems, Option<Loaded>)>,
    done: Option<(Problems, Option<Outcome>)>,
}

fn language(tag: &str) -> Lang {
    Lang::from_tag(tag).unwrap_or_default()
}

/// A problem as one text for the page.
fn told(problem: impl Explain, lang: Lang) -> JsError {
    let parts = [Some(problem.message(lang)), problem.expected(lang), problem.help(lang)];
    JsError::new(&parts.into_iter().flatten().collect::<Vec<_>>().join(". "))
}

/// A project file or an edition as one zip.
fn packed(files: &BTreeMap<String, Vec<u8>>, lang: Lang) -> Result<Vec<u8>, JsError> {
    archive::pack(files).map_err(|reason| told(sealed::SealProblem::Content(reason), lang))
}

/// Problems and some values of their own beside them.
fn with(problems: &Problems, lang: Lang, values: Value) -> String {
    let mut told = problems::json(problems, lang);
    if let (Some(told), Value::Object(values)) = (told.as_object_mut(), values) {
        told.extend(values);
    }
    told.to_string()
}

#[wasm_bindgen]
impl Workbench {
    /// Nothing is open yet.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "a page calls it")]
    pub fn new() -> Self {
        Self {
            files: BTreeMap::new(),
            exports: Vec::new(),
            imported: None,
            offered: None,
            widget: Files::new(),
            read: None,
            done: None,
        }
    }

    /// A file that goes with every edition.
    pub fn widget(&mut self, name: String, bytes: Vec<u8>) {
        self.widget.retain(|(known, _)| *known != name);
        self.widget.push((name, bytes));
    }
}

impl Workbench {
    /// The files were changed: what was computed of them is of the past.
    fn changed(&mut self) {
        self.read = None;
        self.done = None;
    }

    fn project(&self, problems: &mut Problems) -> Option<Project> {
        let text = String::from_utf8(self.files.get(PROJECT)?.clone()).ok()?;
        Project::parse(PROJECT, &text, problems)
    }

    /// The questionnaire of a year, or of the last one.
    fn questionnaire(&self, year: Option<u16>, problems: &mut Problems) -> Option<Questionnaire> {
        let survey = self.project(problems)?.survey;
        let of_year = survey.rounds.iter().find(|round| Some(round.year) == year).map(|round| &round.questionnaire);
        let sheets = of_year.unwrap_or_else(|| survey.latest());
        let sheet = |name: &str| self.files.get(name).map(Vec::as_slice);
        let (form, choices) = (sheet(&sheets.survey)?, sheet(&sheets.choices)?);
        let name = form::settings(&sheets.survey);
        let settings = sheet(&name).map(|bytes| (name.as_str(), bytes));
        Some(Questionnaire::from_csv((&sheets.survey, form), (&sheets.choices, choices), settings, problems))
    }

    /// The project with all its files as of a day, once.
    fn load(&mut self, today: &str) {
        if self.read.as_ref().is_none_or(|(day, ..)| day != today) {
            let mut problems = Problems::new();
            let project = self.project(&mut problems).map(|project| project.begun(&self.files, today));
            let loaded = project.and_then(|project| project.load(&self.files, &mut problems));
            self.read = Some((today.to_owned(), problems, loaded));
            self.done = None;
        }
    }

    /// What is wrong, and what a run gives on a day, with the project; computed once.
    fn run(&mut self, today: &str) -> (Problems, Option<(&Outcome, &Loaded)>) {
        self.load(today);
        let Some((_, found, loaded)) = &self.read else { return (Problems::new(), None) };
        let (problems, outcome) = self.done.get_or_insert_with(|| {
            let mut problems = found.clone();
            let asked = loaded.as_ref().filter(|loaded| !loaded.project.survey.rounds.is_empty());
            let outcome = asked.and_then(|loaded| loaded.compute(Some(today), &mut problems));
            let outcome = outcome.filter(|_| problems.errors() == 0);
            (problems, outcome)
        });
        (problems.clone(), outcome.as_ref().zip(loaded.as_ref()))
    }

    /// What is open, as the page shows it.
    fn about(&self, lang: Lang) -> Value {
        let Some(project) = self.project(&mut Problems::new()) else { return json!({}) };
        let survey = &project.survey;
        let rounds = survey.rounds.iter();
        let rounds: Vec<Value> =
            rounds.map(|round| json!({ "year": round.year, "file": round.answers, "closes": round.closes })).collect();
        let waves = survey.waves.iter().map(|wave| json!({ "id": wave.id, "years_after": wave.years_after }));
        json!({
            "region": project.name.get(lang),
            "id": project.id,
            "notice": project.notice.get(lang),
            "rounds": rounds,
            "waves": waves.collect::<Vec<_>>(),
            "municipalities": project.municipalities.iter().map(|one| one.name.get(lang)).collect::<Vec<_>>(),
            "population": project.population.data,
            "contact_log": project.contacts.is_some(),
            "internal_only": project.release.internal_only,
        })
    }
}
