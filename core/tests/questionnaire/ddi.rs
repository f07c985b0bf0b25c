//! The codebook as DDI against the content models of its schema in `tests/reference/ddi`: which elements and attributes
//! there may be, in what order and how often, and where identifiers point.

use crate::shared::{read, sheets};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::questionnaire::export::{Format, files};
use bygdepuls_core::questionnaire::{Questionnaire, Sheet};
use serde_json::Value;
use std::collections::BTreeSet;

fn models() -> Value {
    serde_json::from_str(include_str!("../../../tests/reference/ddi/content_models.json")).unwrap()
}

fn ddi(own: &Questionnaire, wave: Option<&str>) -> String {
    let mut problems = Problems::new();
    let mut files = files(own, wave, &[Format::Ddi], &mut problems);
    assert!(problems.list().is_empty(), "{problems:?}");
    String::from_utf8(files.pop().unwrap().1).unwrap()
}

/// Whether the names are as `a b? c* d+` says.
fn in_order(model: &str, names: &[String]) -> bool {
    let mut names = names.iter().peekable();
    let each_as_often = model.split(' ').all(|part| {
        let (wanted, mark) = part.split_at(part.find(['?', '*', '+']).unwrap_or(part.len()));
        let mut times = 0;
        while names.next_if(|name| name.as_str() == wanted).is_some() {
            times += 1;
        }
        match mark {
            "" => times == 1,
            "?" => times <= 1,
            "+" => times >= 1,
            _ => true,
        }
    });
    each_as_often && names.next().is_none()
}

fn check_element(models: &Value, name: &str, children: &[String]) {
    let model = &models["elements"][name];
    match (model["children"].as_str(), model["mixed"].as_str()) {
        (Some(order), _) => assert!(in_order(order, children), "{name}: {children:?}"),
        (_, Some(kind)) => {
            let allowed: Vec<&str> = models["mixed"][kind].as_str().unwrap().split(' ').collect();
            assert!(children.iter().all(|child| allowed.contains(&child.as_str())), "{name}: {children:?}");
        }
        _ => panic!("the models do not describe {name}"),
    }
}

/// Checks a document. Ours has `<` and `>` around tags only.
fn check(models: &Value, document: &str) {
    let (mut open, mut ids, mut references) = (Vec::<(String, Vec<String>)>::new(), BTreeSet::new(), BTreeSet::new());
    for piece in document.split('<').skip(2) {
        let (tag, text) = piece.split_once('>').unwrap();
        if !tag.starts_with('/') {
            let (name, mut rest) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
            let model = &models["elements"][name];
            let mut present = Vec::new();
            while let Some((attribute, after)) = rest.split_once("=\"") {
                let (value, after) = after.split_once('"').unwrap();
                rest = after.trim_start();
                present.push(attribute);
                if attribute.starts_with("xmlns") || attribute == "xsi:schemaLocation" {
                    continue;
                }
                let own = model["attributes"].get(attribute);
                let kind = own.or_else(|| models["everywhere"].get(attribute));
                let kind = kind.unwrap_or_else(|| panic!("{name} has no {attribute}"));
                match kind.as_str() {
                    Some("ID") => assert!(ids.insert(value.to_owned()), "{value} twice"),
                    Some("IDREF" | "IDREFS") => references.extend(value.split(' ').map(str::to_owned)),
                    Some(_) => {}
                    None if kind.is_array() => {
                        assert!(kind.as_array().unwrap().iter().any(|one| one == value), "{name} {attribute} {value}");
                    }
                    None => assert_eq!(kind["fixed"], value, "{name} {attribute}"),
                }
            }
            let mut required = model["required"].as_array().into_iter().flatten();
            assert!(required.all(|one| present.contains(&one.as_str().unwrap())), "{tag}");
            if let Some((_, children)) = open.last_mut() {
                children.push(name.to_owned());
            }
            open.push((name.to_owned(), Vec::new()));
        }
        if tag.starts_with('/') || tag.ends_with('/') {
            let (name, children) = open.pop().unwrap();
            assert!(tag.ends_with('/') || tag.strip_prefix('/') == Some(name.as_str()), "{tag} closes {name}");
            check_element(models, &name, &children);
        }
        let mixed = open.last().is_none_or(|(name, _)| models["elements"][name]["mixed"].is_string());
        assert!(mixed || text.trim().is_empty(), "{text}");
    }
    assert!(open.is_empty());
    assert!(references.is_subset(&ids), "{:?}", references.difference(&ids));
}

#[test]
fn every_edition_is_as_the_schema_says() {
    let models = models();
    for folder in ["questionnaire", "questionnaire-2027"] {
        let (own, _) = read(&sheets(folder));
        for wave in [None, Some("1"), Some("2"), Some("3"), Some("4")] {
            check(&models, &ddi(&own, wave));
        }
    }
}

#[test]
fn odd_names_and_languages_are_too() {
    let sheet = |name: &str, text: &str| Sheet::from_csv(name, text.as_bytes(), &mut Problems::new()).unwrap();
    let (own, problems) = read(&[
        sheet(
            "survey",
            "type,name,label::Polski (pl-),label::X (1),label::Polski (pl-PL)\nselect_multiple m,a,A,A,A\n\
             text,a.b,B,B,B\ninteger,c-d,C,C,C\n",
        ),
        sheet(
            "choices",
            "list_name,name,label::Polski (pl-),label::X (1),label::Polski (pl-PL)\nm,2e/b,1,1,1\nm,-9,2,2,2\n",
        ),
        sheet("settings", "form_title,form_id\nT & <t>,x\n"),
    ]);
    assert!(problems.is_empty(), "{problems:?}");
    let document = ddi(&own, None);
    check(&models(), &document);
    // Two columns that were once given one identifier, and languages that XML does not take.
    for (name, id) in [("a/2e/b", "V_a.2e.b"), ("a.b", "V_a-2e-b"), ("a/-9", "V_a.-2d-9"), ("c-d", "V_c-2d-d")] {
        assert!(document.contains(&format!("<var ID=\"{id}\" name=\"{name}\" ")), "{name}");
    }
    let languages = document.split("xml:lang=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    assert_eq!(languages.collect::<BTreeSet<_>>(), BTreeSet::from(["pl-PL", "und"]));
}
