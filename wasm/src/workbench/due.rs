//! Who is due, who answered, and the contact log. All of it internal.

use super::{Workbench, language, packed, with};
use bygdepuls_core::panel::Key;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::amend::{self, ContactPart, KEY};
use bygdepuls_core::track::{self, MailRow, Track, calendar, files, mailing, text};
use serde_json::json;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

#[wasm_bindgen]
impl Workbench {
    /// Who is due in a year and who has answered: JSON, with the whole report as text.
    pub fn track(&mut self, year: u16, today: &str, lang: &str) -> String {
        let lang = language(lang);
        let (problems, track) = self.tracked(year, today);
        let Some(track) = track else { return with(&problems, lang, json!({})) };
        let mut told = files::json(&track, &problems, lang).unwrap_or_default();
        told["text"] = text::report(&track, lang).into();
        told["names"] = self.has_names().into();
        told["key"] = self.files.contains_key(KEY).into();
        told.to_string()
    }

    /// Everything that `bygdepuls track --lists` writes, as a zip; lists only where names are at hand.
    pub fn track_files(&mut self, year: u16, today: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        let lang = language(lang);
        let (problems, track) = self.tracked(year, today);
        let files = track.map_or_else(Default::default, |track| {
            let report = files::json(&track, &problems, lang).unwrap_or_default();
            files::all(&track, &report, self.has_names(), lang)
        });
        packed(&files.into_iter().collect(), lang)
    }

    /// The year as a calendar file.
    pub fn calendar(&mut self, year: u16, today: &str, lang: &str) -> String {
        let (_, track) = self.tracked(year, today);
        track.map_or_else(String::new, |track| {
            calendar::ics(&track.project, &track.region, &track.calendar, &track.today, language(lang))
        })
    }

    /// Whom to invite, or to remind, in a wave of a year: CSV for mail merge.
    pub fn mailing(&mut self, year: u16, wave: &str, reminders: bool, today: &str, lang: &str) -> Vec<u8> {
        mailing::csv(&self.list(year, wave, reminders, today), language(lang))
    }

    /// Enters in the log that the list was sent today: what is wrong with that, as JSON.
    pub fn log_sent(&mut self, year: u16, wave: &str, reminders: bool, today: &str, lang: &str) -> String {
        let rows = self.list(year, wave, reminders, today);
        let mut problems = Problems::new();
        amend::log_sent(&mut self.files, &rows, reminders, today, &mut problems);
        self.changed();
        with(&problems, language(lang), json!({}))
    }

    /// Puts a part of the contact log into the project: what is wrong with it, as JSON.
    pub fn put_contacts(&mut self, part: &str, bytes: Vec<u8>, today: &str, lang: &str) -> String {
        let mut problems = Problems::new();
        if let Some(part) = ContactPart::from_key(part) {
            let before = self.files.clone();
            amend::put_contacts(&mut self.files, part, bytes, &mut problems);
            self.changed();
            self.load(today);
            // What is wrong with the log itself: it is not taken then.
            let files = self.project(&mut Problems::new()).and_then(|project| project.contacts);
            if let (Some((_, found, _)), Some(own)) = (&self.read, files) {
                let names = [Some(own.persons), own.events, own.withdrawn];
                let of_log = found.list().iter().filter(|one| names.iter().flatten().any(|name| *name == one.file));
                of_log.for_each(|one| problems.push(one.clone()));
            }
            if problems.errors() > 0 {
                self.files = before;
                self.changed();
            }
        }
        with(&problems, language(lang), json!({}))
    }

    /// Somebody withdraws today, known by an id of the log or by a self-made code alone: whether it was entered.
    pub fn withdraw(&mut self, id: &str, is_code: bool, today: &str) -> bool {
        let entered = amend::withdraw(&mut self.files, id, is_code, today, &mut Problems::new());
        self.changed();
        entered
    }
}

impl Workbench {
    fn list(&mut self, year: u16, wave: &str, reminders: bool, today: &str) -> Vec<MailRow> {
        let (_, track) = self.tracked(year, today);
        let found = track.and_then(|track| track.mailings.into_iter().find(|one| one.year == year && one.wave == wave));
        found.map(|one| if reminders { one.reminders } else { one.invitations }).unwrap_or_default()
    }

    fn tracked(&mut self, year: u16, today: &str) -> (Problems, Option<Track>) {
        self.load(today);
        let Some((_, found, loaded)) = &self.read else { return (Problems::new(), None) };
        let mut problems = found.clone();
        let key = self.files.get(KEY).and_then(|bytes| Key::read(KEY, bytes, &mut problems));
        let options =
            track::Options { due: Some(year..=year), today: Some(today), key: key.as_ref(), link_near: false };
        let track = loaded.as_ref().and_then(|loaded| loaded.track(&options, &mut problems));
        let track = track.filter(|_| problems.errors() == 0);
        (problems, track)
    }
}
