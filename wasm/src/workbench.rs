//! The workbench: a project's files in memory, what is done with them, and one encrypted file out.
//!
//! All of it stays in the tab. Texts that go to the page are JSON, or markup that `core` wrote and escaped.

use bygdepuls_core::edition::{self, Files};
use bygdepuls_core::export::problems;
use bygdepuls_core::problem::{Explain, Problems};
use bygdepuls_core::project::{Loaded, Outcome, Project, archive, sealed};
use bygdepuls_core::questionnaire::Questionnaire;
use bygdepuls_core::questionnaire::import::{Options, import};
use bygdepuls_core::show::{self, View};
use bygdepuls_core::text::Lang;
use bygdepuls_core::track::{self, Track, calendar, mailing};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

const PROJECT: &str = "project.toml";

/// A region's project, open.
#[wasm_bindgen]
pub struct Workbench {
    files: BTreeMap<String, Vec<u8>>,
    /// The answers of the export that was read last.
    imported: Option<Vec<u8>>,
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
        Self { files: BTreeMap::new(), imported: None, widget: Files::new() }
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

    /// Reads an export of a survey tool against the project's questionnaire: what was done to it and what could not be
    /// placed, as JSON. The answers wait for [`Self::add_round`].
    pub fn import(&mut self, name: &str, bytes: &[u8], lang: &str) -> String {
        let lang = language(lang);
        let mut problems = Problems::new();
        let outcome = self
            .questionnaire(&mut problems)
            .filter(|_| problems.errors() == 0)
            .and_then(|form| import(&form, &[(name, bytes)], Options::default(), &mut problems));
        let told = match &outcome {
            Some(outcome) => outcome.report.json(&problems, lang),
            None => problems::json(&problems, lang),
        };
        self.imported = outcome.filter(|_| problems.errors() == 0).map(|outcome| outcome.answers);
        told.to_string()
    }

    /// Adds the answers that were read last to the project, as those of a year; whether there were any.
    pub fn add_round(&mut self, year: u16, closes: &str) -> bool {
        let Some(answers) = self.imported.take() else { return false };
        let rounds = self.project(&mut Problems::new()).map(|project| project.survey.rounds).unwrap_or_default();
        let known = rounds.into_iter().find(|round| round.year == year).map(|round| round.answers);
        let file = known.unwrap_or_else(|| {
            let file = format!("answers/{year}.csv");
            let mut text = String::from_utf8_lossy(self.files.get(PROJECT).map_or(&[], Vec::as_slice)).into_owned();
            let _ = write!(text, "\n[[answers]]\nyear = {year}\nfile = \"{file}\"\ncloses = \"{closes}\"\n");
            self.files.insert(PROJECT.into(), text.into_bytes());
            file
        });
        self.files.insert(file, answers);
        true
    }

    /// Who is due in a year and who has answered: JSON, internal.
    pub fn track(&self, year: u16, today: &str, lang: &str) -> String {
        let (problems, track) = self.tracked(year, today);
        let mut told = problems::json(&problems, language(lang));
        if let (Some(told), Some(Ok(Value::Object(fields)))) = (told.as_object_mut(), track.map(serde_json::to_value)) {
            told.extend(fields);
        }
        told.to_string()
    }

    /// The year as a calendar file.
    pub fn calendar(&self, year: u16, today: &str, lang: &str) -> String {
        let (_, track) = self.tracked(year, today);
        track.map_or_else(String::new, |track| {
            calendar::ics(&track.project, &track.region, &track.calendar, &track.today, language(lang))
        })
    }

    /// Whom to invite, or to remind, in a wave of a year: CSV for mail merge. Internal.
    pub fn mailing(&self, year: u16, wave: &str, reminders: bool, today: &str, lang: &str) -> Vec<u8> {
        let (_, track) = self.tracked(year, today);
        let found = track.and_then(|track| track.mailings.into_iter().find(|one| one.year == year && one.wave == wave));
        let rows = found.map(|one| if reminders { one.reminders } else { one.invitations }).unwrap_or_default();
        mailing::csv(&rows, language(lang))
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

    fn questionnaire(&self, problems: &mut Problems) -> Option<Questionnaire> {
        let survey = self.project(problems)?.survey;
        let sheet = |name: &str| self.files.get(name).map(Vec::as_slice);
        let latest = survey.latest();
        let (form, choices) = (sheet(&latest.survey)?, sheet(&latest.choices)?);
        Some(Questionnaire::from_csv((&latest.survey, form), (&latest.choices, choices), None, problems))
    }

    fn tracked(&self, year: u16, today: &str) -> (Problems, Option<Track>) {
        let mut problems = Problems::new();
        let loaded = self.project(&mut problems).and_then(|project| project.load(&self.files, &mut problems));
        let options = track::Options { due: Some(year..=year), today: Some(today), key: None, link_near: false };
        let track = loaded.and_then(|loaded| loaded.track(&options, &mut problems));
        let track = track.filter(|_| problems.errors() == 0);
        (problems, track)
    }

    fn run(&self, today: &str) -> (Problems, Option<(Outcome, Loaded)>) {
        let mut problems = Problems::new();
        let loaded = self.project(&mut problems).and_then(|project| project.load(&self.files, &mut problems));
        let done = loaded.and_then(|loaded| Some((loaded.compute(Some(today), &mut problems)?, loaded)));
        let done = done.filter(|_| problems.errors() == 0);
        (problems, done)
    }
}
