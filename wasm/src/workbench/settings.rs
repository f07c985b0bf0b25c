//! Settings of the project, the registers that findings read, and the project file itself.

use super::{Workbench, language, with};
use bygdepuls_core::indicator::CATALOGUE;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::amend::{self, Files, PROJECT, REGISTERS};
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// As many different words in a column can be chosen among; a column of more is no code.
const CODES: usize = 20;

#[wasm_bindgen]
impl Workbench {
    /// What may be chosen, as it is now: values by key of the project file, the registers and trials that it names, how many
    /// editions were published, and the file as text. JSON.
    pub fn settings(&self, lang: &str) -> String {
        let mut problems = Problems::new();
        let text = self.files.get(PROJECT).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let Some(project) = self.project(&mut problems) else {
            return with(&problems, language(lang), json!({ "text": text }));
        };
        let named = |key: &str| {
            let place = project.places.iter().find(|place| place.is_file && place.key == key);
            place.map(|place| place.value.clone())
        };
        let registers: Vec<Value> = REGISTERS
            .iter()
            .map(|(key, _, columns)| json!({ "key": key, "file": named(key), "columns": columns }))
            .collect();
        let trials = project.findings.trials.iter();
        let trials: Vec<Value> = trials.map(|one| json!({ "id": one.id, "outcome": one.outcome })).collect();
        let chosen = |id: &str| project.indicators.iter().any(|own| own == id);
        let indicators = CATALOGUE.iter().filter(|one| !one.questions.is_empty() || chosen(one.id));
        let values = json!({
            "values": amend::settings(&project),
            "registers": registers,
            "trials": trials,
            "indicators": indicators.map(|one| one.id).collect::<Vec<_>>(),
            "released": self.files.keys().filter(|name| name.starts_with("releases/")).count(),
            "text": text,
        });
        with(&problems, language(lang), values)
    }

    /// Changes settings, if the project is no more wrong after it: `asked` is JSON, values by key. Whether it was done, and what
    /// is wrong otherwise, as JSON.
    pub fn put_settings(&mut self, asked: &str, today: &str, lang: &str) -> String {
        let asked: Map<String, Value> = serde_json::from_str(asked).unwrap_or_default();
        // People of a new municipality are counted in a register that comes after it.
        let later: &[&str] = if asked.contains_key("municipality") { &["cohort-missing"] } else { &[] };
        self.change(today, lang, later, |files, problems| amend::put_settings(files, &asked, problems))
    }

    /// Puts a project file that somebody wrote in the place of the one that is there, under the same condition.
    pub fn put_project(&mut self, text: &str, today: &str, lang: &str) -> String {
        self.change(today, lang, &[], |files, problems| amend::put_project(files, text, problems))
    }

    /// Puts a file into the project, for a project file that will name it, under the same condition.
    pub fn put_file(&mut self, name: &str, bytes: Vec<u8>, today: &str, lang: &str) -> String {
        self.change(today, lang, &[], |files, _| amend::put_file(files, name, bytes))
    }

    /// Puts a register of the findings, or a class list, into the project under the same condition.
    pub fn put_register(&mut self, key: &str, bytes: Vec<u8>, today: &str, lang: &str) -> String {
        self.change(today, lang, &[], |files, problems| amend::put_register(files, key, bytes, problems))
    }

    /// Takes such a register out.
    pub fn drop_register(&mut self, key: &str, today: &str, lang: &str) -> String {
        self.change(today, lang, &[], |files, problems| amend::drop_register(files, key, problems))
    }

    /// The columns of a file, with the words of each that has few of them: JSON.
    pub fn columns(&self, name: &str, bytes: &[u8], lang: &str) -> String {
        let mut problems = Problems::new();
        let read = amend::columns(name, bytes, CODES, &mut problems).unwrap_or_default();
        let columns: Vec<Value> =
            read.into_iter().map(|(name, words)| json!({ "name": name, "words": words })).collect();
        with(&problems, language(lang), json!({ "columns": columns }))
    }

    /// Puts a trial into the project under the same condition: `asked` is JSON, its keys in the project file.
    pub fn put_trial(&mut self, asked: &str, bytes: Vec<u8>, today: &str, lang: &str) -> String {
        let asked: Map<String, Value> = serde_json::from_str(asked).unwrap_or_default();
        self.change(today, lang, &[], |files, problems| amend::put_trial(files, &asked, bytes, problems))
    }

    /// Takes a trial out.
    pub fn drop_trial(&mut self, id: &str, today: &str, lang: &str) -> String {
        self.change(today, lang, &[], |files, problems| amend::drop_trial(files, id, problems))
    }
}

impl Workbench {
    /// Makes a change if the whole project is no more wrong after it: whether it was made, and what is wrong, as JSON.
    fn change(
        &mut self,
        today: &str,
        lang: &str,
        later: &[&str],
        change: impl FnOnce(&mut Files, &mut Problems) -> bool,
    ) -> String {
        let mut problems = Problems::new();
        let done = amend::if_right(&mut self.files, today, later, &mut problems, change);
        if done {
            self.changed();
        }
        with(&problems, language(lang), json!({ "done": done }))
    }
}
