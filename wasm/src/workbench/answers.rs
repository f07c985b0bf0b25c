//! An export of a survey tool to a year's answers.

use super::{Workbench, language, with};
use bygdepuls_core::export::problems;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::amend::{self, Addresses, Files};
use bygdepuls_core::project::archive;
use bygdepuls_core::questionnaire::import::{Change, Dialect, First, Options, import};
use bygdepuls_core::text::Lang;
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Workbench {
    /// Lays a file of an export ready to be read; `more`: beside those that lie there. Of a zip, which is how some tools hand out
    /// several sheets, each of its tables.
    pub fn lay_export(&mut self, name: String, bytes: Vec<u8>, more: bool) {
        if !more {
            self.exports.clear();
        }
        let is_table = |name: &String| [".csv", ".tsv", ".txt", ".xlsx"].iter().any(|end| name.ends_with(end));
        let inside = if bytes.starts_with(b"PK") { archive::unpack(&bytes).unwrap_or_default() } else { Files::new() };
        // A workbook is a zip too, of other files.
        match inside.keys().any(is_table) {
            true => self.exports.extend(inside.into_iter().filter(|(name, _)| is_table(name))),
            false => self.exports.push((name, bytes)),
        }
    }

    /// Reads the export that lies ready against the project's questionnaire: what was done to it and what could not be placed,
    /// as JSON. Several files become one table. `asked` is JSON: the year, its closing day, the tool, and columns with the variables that they
    /// are. The answers wait for [`Self::add_round`].
    pub fn import(&mut self, asked: &str, lang: &str) -> String {
        let lang = language(lang);
        let asked: Value = serde_json::from_str(asked).unwrap_or_default();
        let pair = |(column, variable): (&String, &Value)| Some((column.clone(), variable.as_str()?.to_owned()));
        let placed = asked["place"].as_object().into_iter().flatten().filter_map(pair);
        let (ignore, place): (Vec<_>, Vec<_>) = placed.partition(|(_, variable)| variable.is_empty());
        let options = Options {
            first: match asked["first"].as_str() {
                Some("day") => Some(First::Day),
                Some("month") => Some(First::Month),
                _ => None,
            },
            dialect: asked["dialect"].as_str().and_then(Dialect::from_code),
            ignore: ignore.into_iter().map(|(column, _)| column).collect(),
            place,
            closes: asked["closes"].as_str().map(str::to_owned),
            drop_partial: asked["drop_partial"] == true,
            keep_going: asked["keep_going"] == true,
            contacts: true,
            ..Options::default()
        };
        let mut problems = Problems::new();
        self.imported = None;
        let year = asked["year"].as_u64().and_then(|year| u16::try_from(year).ok());
        let form = self.questionnaire(year, &mut problems).filter(|_| problems.errors() == 0);
        let exports: Vec<(&str, &[u8])> =
            self.exports.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let outcome = form.as_ref().and_then(|form| import(form, &exports, options, &mut problems));
        let mut told = match &outcome {
            Some(outcome) => outcome.report.json(&problems, lang),
            None => problems::json(&problems, lang),
        };
        // The words of the command line's report, for the codes of the JSON.
        let words: Map<String, Value> =
            Change::ALL.iter().map(|change| (change.code().to_owned(), change.words(lang).into())).collect();
        told["words"] = words.into();
        if let Some(outcome) = &outcome {
            told["tools"] = outcome.report.files.iter().map(|file| file.dialect.words(lang)).collect();
        }
        let names: Vec<&str> = form.iter().flat_map(|form| form.variables()).map(|item| item.name.as_str()).collect();
        told["questions"] = json!(names);
        told["dialects"] = Dialect::ALL.iter().map(|one| json!([one.code(), one.words(lang)])).collect();
        if let Some(outcome) = outcome {
            told["contacts"] = outcome.contacts.is_some().into();
            if problems.errors() == 0 {
                self.imported = Some((outcome.answers, outcome.contacts));
            }
        }
        told.to_string()
    }

    /// The contact details that were split off the export that was read last, as CSV.
    pub fn split_off(&self) -> Vec<u8> {
        self.imported.as_ref().and_then(|(_, contacts)| contacts.clone()).unwrap_or_default()
    }

    /// Puts the answers that were read last into the project, as those of a year, and the addresses that were split off them into
    /// its contact log: what is wrong with that, as JSON, and what became of the addresses, where there is a log.
    pub fn add_round(&mut self, year: u16, closes: &str, lang: &str) -> String {
        let (mut problems, lang) = (Problems::new(), language(lang));
        let mut persons = Value::Null;
        if let Some((answers, contacts)) = self.imported.take() {
            if amend::put_round(&mut self.files, year, closes, answers.clone(), &mut problems) {
                self.exports.clear();
                persons = contacts.map(|contacts| self.add_addresses(year, &contacts, lang)).unwrap_or_default();
                self.changed();
            } else {
                self.imported = Some((answers, contacts));
            }
        }
        with(&problems, lang, json!({ "persons": persons }))
    }
}

impl Workbench {
    /// Puts addresses into the contact log. Answers are in the project whether or not that is possible.
    fn add_addresses(&mut self, year: u16, contacts: &[u8], lang: Lang) -> Value {
        let mut problems = Problems::new();
        let addresses = Addresses { file: "contacts.csv", bytes: contacts, year: Some(year), day: None, until: None };
        let added = amend::add_persons(&mut self.files, &addresses, &mut problems);
        let has_log = self.project(&mut Problems::new()).is_some_and(|project| project.contacts.is_some());
        match added {
            Some(added) => json!({
                "new": added.new.len(), "updated": added.updated.len(), "unchanged": added.unchanged, "waiting": added.waiting,
            }),
            None if has_log => problems::json(&problems, lang),
            None => Value::Null,
        }
    }
}
