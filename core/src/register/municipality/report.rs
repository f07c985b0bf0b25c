//! What a search found, as a table of values.

use super::{Answer, Day, Municipality, Register};
use crate::text::Lang;
use serde_json::{Value, json};

impl Register {
    /// A municipality as an object: code, name, county, first and last day, what it was made of and what it became.
    #[must_use]
    pub fn json(&self, of: &Municipality) -> Value {
        let short = |one: &Municipality| json!({ "code": one.code.to_string(), "name": one.name });
        json!({
            "code": of.code.to_string(),
            "name": of.name,
            "county": of.county().map(|county| county.name),
            "valid_from": of.from.to_string(),
            "valid_to": of.to.map(|to| to.before().to_string()),
            "predecessors": self.predecessors(of).map(short).collect::<Vec<_>>(),
            "successors": self.successors(of).map(short).collect::<Vec<_>>(),
        })
    }
}

impl Answer<'_> {
    /// The answer as an object; `docs/schema/municipality.json` describes it.
    #[must_use]
    pub fn json(&self, register: &Register, lang: Lang) -> Value {
        let all = |list: &[&Municipality]| list.iter().map(|one| register.json(one)).collect::<Vec<_>>();
        json!({
            "query": self.query,
            "date": self.day.as_ref().map(Day::to_string),
            "status": self.status.code(),
            "municipalities": all(&self.municipalities),
            "suggestions": all(&self.suggestions),
            "notes": self.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>(),
        })
    }
}
