//! Begin, open and save; the key and the register.

use super::{Workbench, language, packed, told, with};
use bygdepuls_core::panel::Key;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::amend::{self, KEY};
use bygdepuls_core::project::{New, apart, sealed};
use serde_json::{Value, json};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

#[wasm_bindgen]
impl Workbench {
    /// Opens a project that was sealed, or a zip of a project's folder.
    pub fn open(&mut self, bytes: &[u8], passphrase: &str, lang: &str) -> Result<(), JsError> {
        self.files = sealed::project(bytes, passphrase).map_err(|problem| told(problem, language(lang)))?;
        (self.imported, self.offered) = (None, None);
        self.changed();
        Ok(())
    }

    /// Begins a project from nothing: what is wrong with what was given, as JSON. `asked` is JSON too; `population` may be
    /// empty, or Statistics Norway's own file.
    pub fn begin(&mut self, asked: &str, population: Vec<u8>, lang: &str) -> String {
        let lang = language(lang);
        let asked: Value = serde_json::from_str(asked).unwrap_or_default();
        let text = |key: &str| asked[key].as_str().unwrap_or_default().to_owned();
        let mut problems = Problems::new();
        let closes = text("closes");
        let month_day = |date: &str| date.get(5..).unwrap_or_default().to_owned();
        let days = asked["reminders"].as_array().into_iter().flatten();
        let reminders = days.filter_map(Value::as_str).filter(|day| !day.is_empty()).map(month_day).collect();
        let years = |code: &str, standard: u16| {
            let given = asked["waves"][code].as_u64().and_then(|years| u16::try_from(years).ok());
            given.unwrap_or(standard)
        };
        let waves = New::battery_waves().into_iter();
        let municipalities = New::municipalities(&text("list"), &text("municipalities"), &mut problems);
        let codes: Vec<&str> = municipalities.iter().map(|(code, _)| code.as_str()).collect();
        let population = (!population.is_empty() && problems.errors() == 0)
            .then(|| amend::population(&text("file"), &population, &codes, &mut problems))
            .flatten();
        let new = New {
            name: text("name"),
            municipalities,
            waves: waves.map(|(code, standard)| (code.clone(), years(&code, standard))).collect(),
            year: closes.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default(),
            fieldwork: Some((month_day(&text("opens")), reminders)),
            closes,
            population,
        };
        if problems.errors() == 0
            && let Some(files) = new.files(&mut problems)
        {
            self.files = files;
            (self.imported, self.offered) = (None, None);
            self.changed();
        }
        with(&problems, lang, json!({}))
    }

    /// The project as one encrypted file: everything but names and addresses.
    pub fn save(&self, passphrase: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        let (files, _) = apart::apart(&self.files);
        sealed::seal(&files, passphrase).map_err(|problem| told(problem, language(lang)))
    }

    /// Names and addresses as one encrypted file; nothing where there are none.
    pub fn save_contacts(&self, passphrase: &str, lang: &str) -> Result<Option<Vec<u8>>, JsError> {
        let (_, contacts) = apart::apart(&self.files);
        let sealed = contacts.map(|files| sealed::seal(&files, passphrase)).transpose();
        sealed.map_err(|problem| told(problem, language(lang)))
    }

    /// Opens the contact file of the project: how many persons got their names.
    pub fn open_contacts(&mut self, name: &str, bytes: &[u8], passphrase: &str, lang: &str) -> Result<u64, JsError> {
        let lang = language(lang);
        let contacts = sealed::open(bytes, passphrase).map_err(|problem| told(problem, lang))?;
        let mut problems = Problems::new();
        let found = apart::join(&mut self.files, &contacts, name, &mut problems);
        self.changed();
        let first = problems.list().first();
        found.ok_or_else(|| {
            let what = first.map(|problem| [Some(problem.what.message(lang)), problem.what.help(lang)]);
            JsError::new(&what.into_iter().flatten().flatten().collect::<Vec<_>>().join(". "))
        })
    }

    /// Whether names and addresses are at hand.
    pub fn has_names(&self) -> bool {
        apart::has_names(&self.files)
    }

    /// Puts the key of the pseudonyms into the project: what is wrong with it, as JSON. It never comes out again but in the
    /// encrypted project file.
    pub fn put_key(&mut self, name: &str, bytes: Vec<u8>, lang: &str) -> String {
        let mut problems = Problems::new();
        if Key::read(name, &bytes, &mut problems).is_some() {
            self.files.insert(KEY.into(), bytes);
            self.changed();
        }
        with(&problems, language(lang), json!({}))
    }

    /// Puts another register of the population into the project, or one made of Statistics Norway's own file: why a file is
    /// neither, as JSON. What is wrong with the register is in the overview.
    pub fn put_population(&mut self, name: &str, bytes: &[u8], lang: &str) -> String {
        let mut problems = Problems::new();
        if let Some(project) = self.project(&mut Problems::new()) {
            let codes: Vec<&str> = project.municipalities.iter().map(|one| one.code.as_str()).collect();
            if let Some(register) = amend::population(name, bytes, &codes, &mut problems) {
                self.files.insert(project.population.data, register);
                self.changed();
            }
        }
        with(&problems, language(lang), json!({}))
    }

    /// The whole project as a zip that is not encrypted, for the command line: without the key, and without names.
    pub fn folder(&self, lang: &str) -> Result<Vec<u8>, JsError> {
        let (mut files, _) = apart::apart(&self.files);
        files.remove(KEY);
        packed(&files, language(lang))
    }
}
