//! The options of the command line as JSON: `{"share": "y=4,5", "weights": "w", "by": ["town"], "missing": [98, 99]}`.

use bygdepuls_core::estimate::{Question, Statistic};
use bygdepuls_core::text::Lang;
use serde_json::{Map, Value};

/// A question, the name of the file in messages, and the language of messages.
pub(crate) struct Asked {
    pub(crate) file: String,
    pub(crate) lang: Lang,
    pub(crate) question: Question,
}

/// Options by name. What is asked for is taken out: what is left at the end, nobody knows.
struct Options(Map<String, Value>);

impl Asked {
    /// Reads the options; a reason in English where they make no question.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let options: Value =
            serde_json::from_str(text).map_err(|error| format!("the question is not JSON: {error}"))?;
        let Value::Object(options) = options else { return Err("the question is not an object".into()) };
        let mut options = Options(options);
        let file = options.text("file")?.unwrap_or_else(|| "file".into());
        let lang = match options.text("lang")? {
            Some(tag) => Lang::from_tag(&tag).ok_or("lang is nb, nn or en")?,
            None => Lang::En,
        };
        let statistic = match (options.text("mean")?, options.text("share")?) {
            (Some(column), None) => Statistic::Mean { column },
            (None, Some(share)) => {
                let (column, codes) = share.split_once('=').ok_or("share is written Y=V1,V2")?;
                Statistic::Share { column: column.into(), codes: codes.split(',').map(str::to_owned).collect() }
            }
            _ => return Err("the question needs one of mean and share".into()),
        };
        let question = Question {
            statistic,
            weights: options.text("weights")?,
            by: options.list("by", ',')?,
            missing: options.list("missing", ',')?,
        };
        match options.0.keys().next() {
            Some(name) => Err(format!("unknown option {name}")),
            None => Ok(Self { file, lang, question }),
        }
    }
}

impl Options {
    /// A text or a number, which is taken as it is written.
    fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => word(&value).map(Some).ok_or_else(|| format!("{name} is not a text")),
        }
    }

    /// A list, or a text with delimiters as on the command line.
    fn list(&mut self, name: &str, delimiter: char) -> Result<Vec<String>, String> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(values)) => {
                values.iter().map(word).collect::<Option<_>>().ok_or_else(|| format!("{name} is not a list of texts"))
            }
            Some(value) => match word(&value) {
                Some(text) => Ok(text.split(delimiter).map(str::to_owned).collect()),
                None => Err(format!("{name} is not a list")),
            },
        }
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
