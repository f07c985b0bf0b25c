//! A table as tidy CSV or as JSON: one row for each cell.

use super::table::{Meaning, Role, StatTable, Value};
use super::{Code, CodeList, Content, Correspondence};
use crate::text::Lang;
use serde_json::{Value as Json, json};

/// Adds a field, in quotes where it must be.
fn field(out: &mut String, text: &str) {
    if text.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

fn row<'a>(out: &mut String, fields: impl IntoIterator<Item = &'a str>) {
    for (place, text) in fields.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        field(out, text);
    }
    out.push('\n');
}

impl Content {
    /// As CSV: UTF-8, comma, decimal point.
    #[must_use]
    pub fn csv(&self) -> String {
        match self {
            Self::Table(table) => table.csv(),
            Self::Codes(list) => codes(list),
            Self::Correspondence(list) => pairs(list),
        }
    }

    /// As JSON, with the notes in a language.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Json {
        match self {
            Self::Table(table) => table.json(lang),
            Self::Codes(CodeList { file, codes }) => json!({"file": file, "form": "klass-codes", "codes": codes
                .iter().map(|code| json!({"code": code.code, "parent": code.parent, "level": code.level,
                    "name": code.name, "valid_from": from(code), "valid_to": to(code), "notes": code.notes}))
                .collect::<Vec<_>>()}),
            Self::Correspondence(Correspondence { file, pairs }) => json!({"file": file,
                "form": "klass-correspondence", "pairs": pairs.iter().map(|pair| json!({
                    "source_code": pair.source_code, "source_name": pair.source_name,
                    "target_code": pair.target_code, "target_name": pair.target_name})).collect::<Vec<_>>()}),
        }
    }
}

/// The first date or year, by the column or by the suffix of the name.
fn from(code: &Code) -> String {
    let by_name = || code.validity.from.map_or_else(String::new, |year| year.to_string());
    if code.valid_from.is_empty() { by_name() } else { code.valid_from.clone() }
}

/// The end, in the same way.
fn to(code: &Code) -> String {
    let by_name = || code.validity.to.map_or_else(String::new, |year| year.to_string());
    if code.valid_to.is_empty() { by_name() } else { code.valid_to.clone() }
}

fn codes(list: &CodeList) -> String {
    let mut out = "code,parent,level,name,valid_from,valid_to,notes\n".to_owned();
    for code in &list.codes {
        let (from, to) = (from(code), to(code));
        row(&mut out, [&*code.code, &*code.parent, &*code.level, &*code.name, &*from, &*to, &*code.notes]);
    }
    out
}

fn pairs(list: &Correspondence) -> String {
    let mut out = "source_code,source_name,target_code,target_name\n".to_owned();
    for pair in &list.pairs {
        row(&mut out, [&*pair.source_code, &*pair.source_name, &*pair.target_code, &*pair.target_name]);
    }
    out
}

/// The first and last age of a category, empty where it is none.
fn ages(meaning: Meaning) -> [String; 2] {
    match meaning {
        Meaning::Age(age) => [age.from.to_string(), age.to.map_or_else(String::new, |to| to.to_string())],
        _ => [String::new(), String::new()],
    }
}

fn number(value: Value) -> String {
    value.number().map_or_else(String::new, |number| number.to_string())
}

impl StatTable {
    /// Tidy CSV: UTF-8, comma, decimal point, one row for each cell that the file has.
    ///
    /// Of each dimension its code and its label, of ages the first and the last too; then measure, unit, value and symbol.
    /// The value is empty where the symbol stands for no number; `-` has the value 0, `*` its own.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut out = String::new();
        let mut names = Vec::new();
        for dimension in &self.dimensions {
            names.push(dimension.id.clone());
            names.push(format!("{}_label", dimension.id));
            if dimension.role == Role::Age {
                names.push(format!("{}_from", dimension.id));
                names.push(format!("{}_to", dimension.id));
            }
        }
        let last = ["measure", "measure_label", "unit", "value", "symbol"];
        row(&mut out, names.iter().map(String::as_str).chain(last));
        // Every category is written once, then copied.
        let category = |role: Role, category: &super::Category| {
            let mut text = String::new();
            let [from, to] = ages(category.meaning);
            let mut fields = vec![category.code.as_str(), category.label.as_str()];
            if role == Role::Age {
                fields.extend([from.as_str(), to.as_str()]);
            }
            row(&mut text, fields);
            text.pop();
            text
        };
        let texts: Vec<Vec<String>> = self
            .dimensions
            .iter()
            .map(|dimension| dimension.categories.iter().map(|one| category(dimension.role, one)).collect())
            .collect();
        let measures: Vec<String> = self
            .measures
            .iter()
            .map(|measure| {
                let mut text = String::new();
                row(&mut text, [&*measure.code, &*measure.label, &*measure.unit]);
                text.pop();
                text
            })
            .collect();
        let mut at = Vec::new();
        for cell in &self.cells {
            let measure = self.position(*cell, &mut at);
            for (texts, place) in texts.iter().zip(&at) {
                out.push_str(&texts[*place]);
                out.push(',');
            }
            out.push_str(&measures[measure]);
            out.push(',');
            out.push_str(&number(cell.value));
            out.push(',');
            out.push_str(cell.value.symbol());
            out.push('\n');
        }
        out
    }

    /// JSON: what the table is, its dimensions with all that was read from the codes, its cells in order, and the notes.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Json {
        let dimensions: Vec<Json> = self
            .dimensions
            .iter()
            .map(|dimension| {
                let categories: Vec<Json> = dimension
                    .categories
                    .iter()
                    .map(|category| {
                        let mut one = json!({"code": category.code, "label": category.label, "written": category.written});
                        if let Some(period) = category.period() {
                            one["period"] = period.to_string().into();
                        }
                        if let Some(age) = category.age() {
                            one["age"] = json!([age.from, age.to]);
                        }
                        if category.validity != super::Validity::default() {
                            one["valid"] = json!([category.validity.from, category.validity.to]);
                        }
                        one
                    })
                    .collect();
                json!({"id": dimension.id, "label": dimension.label, "role": dimension.role.code(), "categories": categories})
            })
            .collect();
        let measures: Vec<Json> = self
            .measures
            .iter()
            .map(|one| json!({"code": one.code, "label": one.label, "unit": one.unit, "decimals": one.decimals}))
            .collect();
        let mut at = Vec::new();
        let cells: Vec<Json> = self
            .cells
            .iter()
            .map(|cell| {
                let measure = self.position(*cell, &mut at);
                json!({"at": at, "measure": measure, "value": cell.value.number(), "symbol": cell.value.symbol()})
            })
            .collect();
        let notes: Vec<Json> =
            self.notes.iter().map(|note| json!({"code": note.code(), "text": note.words(lang)})).collect();
        json!({"file": self.file, "form": self.format.code(), "id": self.id, "title": self.title, "source": self.source,
            "updated": self.updated, "footnotes": self.footnotes, "dimensions": dimensions, "measures": measures,
            "cells": cells, "notes": notes})
    }
}
