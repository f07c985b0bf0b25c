//! The codebook as Frictionless Table Schema: one field per column of the answers.
//!
//! # Source
//!
//! Frictionless Data, "Table Schema" v2, <https://datapackage.org/standard/table-schema/>.

use super::{Column, asked_of, columns};
use crate::questionnaire::{Choice, ItemKind, Questionnaire, Routing, lint};
use crate::read::{Codebook, Kind};
use crate::text::Lang;
use serde_json::{Value, json};

pub(super) fn write(own: &Questionnaire, lang: Lang) -> String {
    let routing = Routing::of(own);
    let codebook = own.codebook();
    let field = |column: &Column<'_>| field(own, &routing, &codebook, column, lang);
    let schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": own.settings.title,
        "version": own.settings.version,
        "fields": columns(own).iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    format!("{schema:#}\n")
}

fn field(own: &Questionnaire, routing: &Routing, codebook: &Codebook, column: &Column<'_>, lang: Lang) -> Value {
    let item = column.item;
    let label = |words: &[String]| own.text(words).get(lang).to_owned();
    let category = |choice: &Choice| json!({ "value": choice.code, "label": label(&choice.label) });
    let mut field = json!({ "name": column.name, "title": label(&item.label) });
    let mut set = |key: &str, value: Value| field[key] = value;
    let variable = codebook.variable(&item.name);
    match (column.choice, &item.kind, own.choices(item)) {
        (Some(choice), ..) => {
            set("title", format!("{}: {}", label(&item.label), label(&choice.label)).into());
            set("type", "integer".into());
            let words = [lang.pick("Ikke valgt", "Ikkje vald", "Not chosen"), lang.pick("Valgt", "Vald", "Chosen")];
            set("categories", json!([{ "value": 0, "label": words[0] }, { "value": 1, "label": words[1] }]));
            set("constraints", json!({ "required": false, "enum": [0, 1] }));
        }
        (None, ItemKind::SelectOne { .. } | ItemKind::Hidden { .. }, Some(list)) => {
            set("type", "string".into());
            set("categories", list.answers().map(category).collect());
            let codes: Vec<&str> = list.answers().map(|choice| choice.code.as_str()).collect();
            set("constraints", json!({ "required": false, "enum": codes }));
            let missing = list.choices.iter().filter(|choice| choice.missing.is_some());
            let missing: Vec<&Choice> = missing.collect();
            if !missing.is_empty() {
                // Plain codes, which every reader of Table Schema takes; their words stand beside them.
                let codes = missing.iter().map(|choice| choice.code.as_str());
                set("missingValues", std::iter::once("").chain(codes).collect());
                let words = missing.iter().map(|choice| {
                    let mut words = category(choice);
                    words["kind"] = choice.missing_word().into();
                    words
                });
                set("missingLabels", words.collect());
            }
        }
        _ => {
            let mut constraints = json!({ "required": false });
            let kind = match variable.map(|variable| &variable.kind) {
                Some(Kind::Integer { min, max }) => {
                    min.iter().for_each(|min| constraints["minimum"] = (*min).into());
                    max.iter().for_each(|max| constraints["maximum"] = (*max).into());
                    "integer"
                }
                Some(Kind::Decimal { min, max, .. }) => {
                    min.iter().for_each(|min| constraints["minimum"] = (*min).into());
                    max.iter().for_each(|max| constraints["maximum"] = (*max).into());
                    "number"
                }
                _ => match &item.kind {
                    ItemKind::Date => "date",
                    ItemKind::DateTime => "datetime",
                    ItemKind::Metadata(word) if word == "start" || word == "end" => "datetime",
                    ItemKind::Metadata(word) if word == "today" => "date",
                    _ => "string",
                },
            };
            set("type", kind.into());
            set("constraints", constraints);
        }
    }
    let place = own.items.iter().position(|other| other.name == item.name).unwrap_or_default();
    let asked = asked_of(own, routing, place, lang);
    if !asked.is_empty() {
        set("description", format!("{}: {asked}", lang.pick("Stilt til", "Stilt til", "Put to")).into());
    }
    if lint::is_self_made_code(item) || lint::is_contact(item) {
        set("personalData", true.into());
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;

    #[test]
    fn our_reader_reads_it() {
        let survey = "type,name,label,constraint\nselect_one l,a,A,\nselect_multiple l,b,B,\ninteger,c,C,. >= 0\n";
        let choices = "list_name,name,label,missing\nl,1,Ja,\nl,2,Nei,\nl,98,Vet ikke,dont_know\n";
        let mut problems = Problems::new();
        let own = Questionnaire::from_csv(("s", survey.as_bytes()), ("c", choices.as_bytes()), None, &mut problems);
        let schema = write(&own, Lang::Nb);
        let codebook = Codebook::from_table_schema("t", schema.as_bytes(), &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
        let names: Vec<&str> = codebook.variables.iter().map(|variable| variable.name.as_str()).collect();
        assert_eq!(names, ["a", "b/1", "b/2", "b/98", "c"]);
        assert_eq!(codebook.variables[4].kind, Kind::Integer { min: Some(0), max: None });
        let Kind::Category(categories) = &codebook.variables[0].kind else { panic!("{codebook:?}") };
        assert_eq!(categories.len(), 2);
        assert_eq!(codebook.variables[0].missing[0].0, "98");
    }
}
