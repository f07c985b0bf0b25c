//! Options of the command line as an object: what is asked for is taken out, and what is left at the end, nobody knows.

use bygdepuls_core::text::Lang;
use serde_json::{Map, Value};

/// A few words in bokmål, nynorsk and English.
pub(crate) type Words = [&'static str; 3];

/// Options by name, without their dashes.
pub(crate) struct Options {
    values: Map<String, Value>,
    /// The language of messages: the option `lang`, or English.
    pub(crate) lang: Lang,
}

impl Options {
    /// Reads an object; a reason in English where there is none or its language is not known.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let options: Value =
            serde_json::from_str(text).map_err(|error| format!("the options are not JSON: {error}"))?;
        let Value::Object(values) = options else { return Err("the options are not an object".into()) };
        let mut options = Self { values, lang: Lang::En };
        if let Some(lang) = options.parsed("lang", ["nb, nn or en"; 3], Lang::from_tag)? {
            options.lang = lang;
        }
        Ok(options)
    }

    /// Words in the language of messages.
    pub(crate) fn pick(&self, [nb, nn, en]: Words) -> &'static str {
        self.lang.pick(nb, nn, en)
    }

    /// What an option has to be, in a sentence.
    pub(crate) fn must_be(&self, name: &str, expected: Words) -> String {
        format!("{name} {} {}", self.pick(["er", "er", "is"]), self.pick(expected))
    }

    fn is_not(&self, name: &str, expected: Words) -> String {
        format!("{name} {} {}", self.pick(["er ikke", "er ikkje", "is not"]), self.pick(expected))
    }

    /// A text or a number, which is taken as it is written.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None => Ok(None),
            Some(value) => word(&value).map(Some).ok_or_else(|| self.is_not(name, ["en tekst", "ein tekst", "a text"])),
        }
    }

    /// A text that means something; `expected` says what.
    pub(crate) fn parsed<T>(
        &mut self,
        name: &str,
        expected: Words,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, String> {
        let text = self.text(name)?;
        text.map(|text| parse(&text).ok_or_else(|| self.must_be(name, expected))).transpose()
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, name: &str) -> Result<bool, String> {
        match self.take(name) {
            None => Ok(false),
            Some(value) => value
                .as_bool()
                .ok_or_else(|| self.is_not(name, ["true eller false", "true eller false", "true or false"])),
        }
    }

    /// A list, or a text with delimiters as on the command line.
    pub(crate) fn list(&mut self, name: &str, delimiter: char) -> Result<Vec<String>, String> {
        self.values(name, |text| text.split(delimiter).map(str::to_owned).collect())
    }

    /// A list of what stands several times on the command line, or one of them.
    pub(crate) fn each<T>(
        &mut self,
        name: &str,
        expected: Words,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, String> {
        let texts = self.values(name, |text| vec![text.to_owned()])?;
        texts.iter().map(|text| parse(text).ok_or_else(|| self.must_be(name, expected))).collect()
    }

    /// Whether it is there and true, or has a text: `--deff` and `--deff=replace`.
    pub(crate) fn flag_or_text(&mut self, name: &str) -> Result<Option<Option<String>>, String> {
        if let Some(Value::Bool(_)) = self.values.get(name) {
            return Ok(self.flag(name)?.then_some(None));
        }
        Ok(self.text(name)?.map(Some))
    }

    /// Refuses what was not asked for.
    pub(crate) fn end(&self) -> Result<(), String> {
        self.values.keys().next().map_or(Ok(()), |name| {
            Err(format!("{} {name}", self.pick(["ukjent valg", "ukjent val", "unknown option"])))
        })
    }

    fn values(&mut self, name: &str, split: impl Fn(&str) -> Vec<String>) -> Result<Vec<String>, String> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => values
                .iter()
                .map(word)
                .collect::<Option<_>>()
                .ok_or_else(|| self.is_not(name, ["en liste av tekster", "ei liste av tekstar", "a list of texts"])),
            Some(value) => word(&value)
                .map(|text| split(&text))
                .ok_or_else(|| self.is_not(name, ["en liste", "ei liste", "a list"])),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.values.remove(name).filter(|value| !value.is_null())
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
