//! Frictionless Table Schema to a codebook.

use crate::problem::{Privacy, Problem, Problems};
use crate::read::number::symbol;
use crate::read::{Codebook, CodebookCategory, DecimalMark, Kind, Missing, ReadProblem, Variable};
use crate::text::Text;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    #[serde(default)]
    missing_values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    name: String,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    title: Option<String>,
    #[serde(default)]
    constraints: Constraints,
    decimal_char: Option<String>,
    categories: Option<Vec<Category>>,
    missing_values: Option<Vec<String>>,
}

#[derive(Deserialize, Default)]
struct Constraints {
    required: Option<bool>,
    minimum: Option<Value>,
    maximum: Option<Value>,
    #[serde(rename = "enum")]
    codes: Option<Vec<Value>>,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

/// The constraints of a Table Schema that we do not use.
const UNUSED: [&str; 8] =
    ["unique", "pattern", "minLength", "maxLength", "exclusiveMinimum", "exclusiveMaximum", "jsonSchema", "format"];

#[derive(Deserialize)]
#[serde(untagged)]
enum Category {
    Labelled { value: Value, label: String },
    Code(Value),
}

pub(super) fn codebook(file: &str, bytes: &[u8], problems: &mut Problems) -> Codebook {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let schema: Schema = match serde_json::from_slice(bytes) {
        Ok(schema) => schema,
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
            problems.push(Problem::error(file, ReadProblem::Schema { reason }).line(error.line() as u64));
            return Codebook::default();
        }
    };
    let mut codebook = Codebook::default();
    for field in &schema.fields {
        // The reader of JSON does not say where a value stood: the first line with the name in quotes is near enough.
        let quoted = format!("\"{}\"", field.name);
        let text = String::from_utf8_lossy(bytes);
        let line = text.lines().position(|line| line.contains(&quoted)).map_or(1, |line| line as u64 + 1);
        let problem = |what| Problem::error(file, what).line(line).column(&field.name);
        if codebook.variable(&field.name).is_some() {
            problems.push(problem(ReadProblem::Duplicate { line: None }));
            continue;
        }
        for key in field.constraints.others.keys().filter(|key| !UNUSED.contains(&key.as_str())) {
            problems.push(problem(ReadProblem::UnknownConstraint).value(key, Privacy::Open));
        }
        for (key, value) in bad_limits(field) {
            let what = ReadProblem::BadConstraint { key, whole: is_whole(field) };
            problems.push(problem(what).value(plain(value), Privacy::Open));
        }
        let Some(kind) = kind(field) else {
            let kind = field.kind.as_deref().unwrap_or_default();
            problems.push(problem(ReadProblem::UnknownType).value(kind, Privacy::Open));
            continue;
        };
        let missing = field.missing_values.as_ref().unwrap_or(&schema.missing_values).iter();
        let missing = missing
            .filter(|code| !code.is_empty())
            .map(|code| (code.clone(), symbol(code.as_bytes()).unwrap_or(Missing::NotAvailable)));
        codebook.variables.push(Variable {
            name: field.name.clone(),
            label: Text::same(field.title.as_deref().unwrap_or(&field.name)),
            kind,
            missing: missing.collect(),
            required: field.constraints.required != Some(false),
            waves: Vec::new(),
            privacy: Privacy::Open,
        });
    }
    codebook
}

fn is_whole(field: &Field) -> bool {
    matches!(field.kind.as_deref(), Some("integer" | "year"))
}

/// The limits of a number that are none.
fn bad_limits(field: &Field) -> impl Iterator<Item = (&'static str, &Value)> {
    let Constraints { minimum, maximum, .. } = &field.constraints;
    let limits = [("minimum", minimum), ("maximum", maximum)].into_iter();
    limits.filter_map(|(key, limit)| Some((key, limit.as_ref()?))).filter(|(_, value)| match field.kind.as_deref() {
        Some("number") => limit(value).is_none(),
        _ => is_whole(field) && plain(value).parse::<i64>().is_err(),
    })
}

fn limit(value: &Value) -> Option<f64> {
    plain(value).parse::<f64>().ok().filter(|limit| limit.is_finite())
}

fn kind(field: &Field) -> Option<Kind> {
    let Constraints { minimum, maximum, codes, .. } = &field.constraints;
    let kind = field.kind.as_deref().unwrap_or("any");
    if let Some(categories) = &field.categories {
        let categories = categories.iter().map(|category| match category {
            Category::Labelled { value, label } => CodebookCategory { code: plain(value), label: Text::same(label) },
            Category::Code(value) => category_of(value),
        });
        return Some(Kind::Category(categories.collect()));
    }
    if let Some(codes) = codes {
        return Some(Kind::Category(codes.iter().map(category_of).collect()));
    }
    let number = |bound: &Option<Value>| bound.as_ref().and_then(limit);
    let whole = |bound: &Option<Value>| bound.as_ref().and_then(|value| plain(value).parse::<i64>().ok());
    Some(match kind {
        "string" | "any" | "boolean" | "time" | "yearmonth" => Kind::Text,
        "integer" | "year" => Kind::Integer { min: whole(minimum), max: whole(maximum) },
        "number" => {
            let mark = match field.decimal_char.as_deref() {
                Some(",") => Some(DecimalMark::Comma),
                Some(_) => Some(DecimalMark::Point),
                None => None,
            };
            Kind::Decimal { min: number(minimum), max: number(maximum), mark }
        }
        "date" | "datetime" => Kind::Date,
        _ => return None,
    })
}

fn category_of(value: &Value) -> CodebookCategory {
    let code = plain(value);
    CodebookCategory { label: Text::same(&code), code }
}

/// A JSON value as it would stand in a CSV file.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
