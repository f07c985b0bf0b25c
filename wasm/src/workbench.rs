//! The workbench: a project's files in memory, what is done with them, and one encrypted file out.
//!
//! All of it stays in the tab. Texts that go to the page are JSON, or markup that `core` wrote and escaped.

use bygdepuls_core::edition::{self, Files};
use bygdepuls_core::export::problems;
use bygdepuls_core::problem::{Explain, Problems};
use bygdepuls_core::project::{Loaded, Outcome, Project, archive, sealed};
use bygdepuls_core::show::{self, View};
use bygdepuls_core::text::Lang;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

const PROJECT: &str = "project.toml";

/// A region's project, open.
#[wasm_bindgen]
pub struct Workbench {
    files: BTreeMap<String, Vec<u8>>,
    /// What the widget loads, to be laid beside an edition.
    widget: Files,
}

fn language(tag: &str) -> Lang {
    Lang::from_tag(tag).unwrap_or_default()
}

fn told(problem: impl Explain, lang: Lang) -> JsError {
    let parts = [Some(problem.message(lang)), problem.expected(lang), problem.help(lang)];
    JsError::new(&parts.into_iter().flatten().collect::<Vec<_>>().join(". "))
}

#[wasm_bindgen]
impl Workbench {
    /// Nothing is open yet.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "a page calls it")]
    pub fn new() -> Self {
        Self { files: BTreeMap::new(), widget: Files::new() }
    }

    /// A file that goes with every edition.
    pub fn widget(&mut self, name: String, bytes: Vec<u8>) {
        self.widget.push((name, bytes));
    }

    /// Adds a file, or puts it in the place of another.
    pub fn put(&mut self, name: String, bytes: Vec<u8>) {
        self.files.insert(name, bytes);
    }

    /// Opens a project that was sealed, or a zip of a project's folder.
    pub fn open(&mut self, bytes: &[u8], passphrase: &str, lang: &str) -> Result<(), JsError> {
        let opened = if bytes.starts_with(b"PK") {
            archive::unpack(bytes).map_err(sealed::SealProblem::Content)
        } else {
            sealed::open(bytes, passphrase)
        };
        self.files = opened.map_err(|problem| told(problem, language(lang)))?;
        Ok(())
    }

    /// The project as one encrypted file.
    pub fn save(&self, passphrase: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        sealed::seal(&self.files, passphrase).map_err(|problem| told(problem, language(lang)))
    }

    /// Adds a year's answers to the project file.
    pub fn add_round(&mut self, year: u16, closes: &str, bytes: Vec<u8>) {
        let file = format!("answers/{year}.csv");
        let mut text = String::from_utf8_lossy(self.files.get(PROJECT).map_or(&[], Vec::as_slice)).into_owned();
        if !self.files.contains_key(&file) {
            let _ = write!(text, "\n[[answers]]\nyear = {year}\nfile = \"{file}\"\ncloses = \"{closes}\"\n");
            self.files.insert(PROJECT.into(), text.into_bytes());
        }
        self.files.insert(file, bytes);
    }

    /// What is open, what is wrong with it and what a run would show: JSON.
    pub fn overview(&self, today: &str, lang: &str) -> String {
        let lang = language(lang);
        let (problems, done) = self.run(today);
        let mut overview = problems::json(&problems, lang);
        let names: Vec<&String> = self.files.keys().collect();
        overview["files"] = json!(names);
        if let Some(project) = self.project(&mut Problems::new()) {
            let rounds = project.survey.rounds.iter();
            let rounds =
                rounds.map(|round| json!({ "year": round.year, "file": round.answers, "closes": round.closes }));
            let waves =
                project.survey.waves.iter().map(|wave| json!({ "id": wave.id, "years_after": wave.years_after }));
            overview["region"] = project.name.get(lang).into();
            overview["id"] = project.id.as_str().into();
            overview["notice"] = project.notice.get(lang).into();
            overview["rounds"] = rounds.collect();
            overview["waves"] = waves.collect();
            overview["municipalities"] = project.municipalities.iter().map(|entry| entry.name.get(lang)).collect();
        }
        if let Some((outcome, loaded)) = done {
            overview["counted"] = outcome.counted.iter().map(|(year, rows)| json!([year, rows])).collect();
            let left_out = outcome.left_out.iter();
            overview["left_out"] = left_out.map(|(year, why, rows)| json!([year, rows, why.words(lang)])).collect();
            overview["release"] = outcome.release.is_some().into();
            overview["internal_only"] = loaded.project.release.internal_only.into();
        }
        overview.to_string()
    }

    /// Figures: what the public sees, or everything with its interval, as markup.
    pub fn figures(&self, internal: bool, today: &str, lang: &str) -> String {
        let (_, done) = self.run(today);
        let Some((outcome, loaded)) = done else { return String::new() };
        let lang = language(lang);
        if internal {
            return outcome.internal.iter().map(|cube| show::internal::sections(cube, lang)).collect();
        }
        if loaded.project.release.internal_only {
            return String::new();
        }
        let view = |id: &str| View { today: Some(today.into()), id: id.into(), heading_level: 3 };
        outcome.public.iter().map(|cube| show::figure(cube, &view(&cube.id), lang)).collect()
    }

    /// Everything for the web editor, as a zip; the ledger remembers it from now on.
    pub fn publish(&mut self, today: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        let (problems, done) = self.run(today);
        let Some((outcome, loaded)) = done else {
            return Err(JsError::new(&problems::json(&problems, language(lang)).to_string()));
        };
        let mut files =
            edition::public(&outcome, &loaded.project, Some(today)).map_err(|reason| JsError::new(&reason))?;
        files.extend(self.widget.iter().cloned());
        let zip = archive::pack(&files.into_iter().collect());
        let zip = zip.map_err(|reason| told(sealed::SealProblem::Content(reason), language(lang)))?;
        if let Some(release) = outcome.release {
            self.files.insert(release.name(), release.write());
        }
        Ok(zip)
    }
}

impl Workbench {
    fn project(&self, problems: &mut Problems) -> Option<Project> {
        let text = String::from_utf8(self.files.get(PROJECT)?.clone()).ok()?;
        Project::parse(PROJECT, &text, problems)
    }

    fn run(&self, today: &str) -> (Problems, Option<(Outcome, Loaded)>) {
        let mut problems = Problems::new();
        let loaded = self.project(&mut problems).and_then(|project| project.load(&self.files, &mut problems));
        let done = loaded.and_then(|loaded| Some((loaded.compute(Some(today), &mut problems)?, loaded)));
        let done = done.filter(|_| problems.errors() == 0);
        (problems, done)
    }
}
