//! Which municipality somebody means.

use super::{Workbench, language};
use bygdepuls_core::register::municipality::{Day, Municipality, Register};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Workbench {
    /// Finds the municipality that a code or a name means today: what it came to, those that are meant, others to look at, and
    /// what was assumed. JSON. Nothing is guessed.
    pub fn find_municipality(&self, text: &str, lang: &str) -> String {
        let register = Register::embedded();
        let answer = register.find(text, Some(Day::LAST));
        // Those that are there today; of another time only what became of them is suggested.
        let valid = |list: &[&Municipality]| -> Vec<Value> {
            let now = list.iter().filter(|one| one.is_valid_on(Day::LAST));
            let name = |one: &Municipality| one.name.split(" (").next().unwrap_or_default().replace(" - ", " – ");
            now.map(|one| {
                let county = one.county().map(|county| county.name);
                json!({ "code": one.code.to_string(), "name": name(one), "county": county })
            })
            .collect()
        };
        let notes: Vec<&str> = answer.notes.iter().map(|note| note.get(language(lang))).collect();
        json!({
            "status": answer.status.code(),
            "found": valid(&answer.municipalities),
            "suggestions": valid(&answer.suggestions),
            "notes": notes,
        })
        .to_string()
    }
}
