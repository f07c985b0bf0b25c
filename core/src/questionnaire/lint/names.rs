//! Names, groups, required, words in every language.

use super::limesurvey::{QUESTION, letters_and_digits};
use super::{Findings, LimeSurveyLimit, LintProblem};
use crate::problem::Severity::{Error, Warning};
use crate::questionnaire::{Field, Item, ItemKind, Questionnaire};
use crate::text::Lang;
use std::collections::BTreeMap;

pub(super) fn check(findings: &mut Findings<'_>) {
    let own = findings.own;
    names(own, findings);
    groups(own, findings);
    languages(own, findings);
    for item in own.items.iter().filter(|item| !item.required.is_empty() && item.is_required()) {
        let never_answered = item.kind == ItemKind::Note || item.kind.is_begin() || item.kind.is_end();
        if never_answered {
            findings.item(item, &Field::Required, &item.required, Error, LintProblem::RequiredWithoutAnswer);
        } else if matches!(item.kind, ItemKind::Calculate | ItemKind::Metadata(_)) {
            findings.item(item, &Field::Required, &item.required, Warning, LintProblem::RequiredWithoutAnswer);
        }
    }
}

fn names(own: &Questionnaire, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<&str, &Item> = BTreeMap::new();
    let mut folded: BTreeMap<String, &Item> = BTreeMap::new();
    for item in own.items.iter().filter(|item| !item.kind.is_end() && item.kind != ItemKind::Unknown) {
        let name = item.name.as_str();
        if name.is_empty() {
            // Of a variable, reading has said so.
            if !item.kind.is_variable() && !matches!(item.kind, ItemKind::Setting(_)) {
                findings.item(item, &Field::Name, "", Error, LintProblem::NoName);
            }
            continue;
        }
        if !is_name(name) {
            findings.item(item, &Field::Name, name, Error, LintProblem::InvalidName);
        } else if !name.is_ascii() {
            findings.item(item, &Field::Name, name, Warning, LintProblem::NotAscii);
        }
        if let Some(first) = seen.get(name) {
            if !(item.kind.is_variable() && first.kind.is_variable()) {
                findings.item(item, &Field::Name, name, Error, LintProblem::NameTwice { line: first.line });
            }
            continue;
        }
        seen.insert(name, item);
        if !item.kind.is_variable() {
            continue;
        }
        let code = letters_and_digits(name);
        if let Some(first) = folded.get(&code.to_lowercase()) {
            let what = LintProblem::LimeSurvey(LimeSurveyLimit::SameCode { code, other: first.name.clone() });
            findings.item(item, &Field::Name, name, Error, what);
            continue;
        }
        if code.chars().count() > QUESTION {
            findings.item(item, &Field::Name, name, Warning, LintProblem::LimeSurvey(LimeSurveyLimit::Long));
        }
        folded.insert(code.to_lowercase(), item);
    }
}

/// A name of XLSForm: it becomes an element of XML.
fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

fn groups(own: &Questionnaire, findings: &mut Findings<'_>) {
    let mut open: Vec<&Item> = Vec::new();
    for item in &own.items {
        if item.kind.is_begin() {
            open.push(item);
        }
        if !item.kind.is_end() {
            continue;
        }
        let wanted = if item.kind == ItemKind::EndGroup { ItemKind::BeginGroup } else { ItemKind::BeginRepeat };
        match open.pop() {
            Some(begin) if begin.kind == wanted => {}
            _ => findings.item(item, &Field::Type, &item.written_type, Error, LintProblem::EndWithoutBegin),
        }
    }
    for item in open {
        findings.item(item, &Field::Type, &item.written_type, Error, LintProblem::BeginWithoutEnd);
    }
}

fn languages(own: &Questionnaire, findings: &mut Findings<'_>) {
    let written = |words: &[String], place: usize| words.get(place).is_some_and(|text| !text.is_empty());
    let default = &own.settings.default_language;
    if !default.is_empty() && !own.languages.contains(default) && !own.languages.iter().all(String::is_empty) {
        let what = LintProblem::UnknownDefaultLanguage { exists: own.languages.clone() };
        let file = own.origin.settings.clone();
        findings.push(&file, 2, "default_language".into(), default, Error, what);
    }
    if let Some(first) = own.items.first() {
        for lang in [Lang::Nb, Lang::Nn] {
            if own.language(lang).is_none() {
                let field = Field::Label(format!("({})", lang.tag()));
                findings.item(&Item { line: 1, ..first.clone() }, &field, "", Warning, LintProblem::NoLanguage(lang));
            }
        }
    }
    for item in &own.items {
        let shown = item.kind.is_shown() || (item.kind.is_begin() && item.label.iter().any(|text| !text.is_empty()));
        if shown
            && !item.label.iter().any(|text| !text.is_empty())
            && !item.other.iter().any(|(column, _)| is_media(column))
        {
            let field = Field::Label(own.languages.first().cloned().unwrap_or_default());
            findings.item(item, &field, "", Error, LintProblem::NoLabel { name: item.name.clone() });
            continue;
        }
        for (place, language) in own.languages.iter().enumerate() {
            let some = |words: &[String]| words.iter().any(|text| !text.is_empty());
            if some(&item.label) && !written(&item.label, place) {
                let what = LintProblem::NotTranslated { name: item.name.clone() };
                findings.item(item, &Field::Label(language.clone()), "", Error, what);
            }
            if some(&item.hint) && !written(&item.hint, place) {
                let what = LintProblem::NotTranslated { name: item.name.clone() };
                findings.item(item, &Field::Hint(language.clone()), "", Error, what);
            }
        }
    }
    let used = |list: &str| own.items.iter().any(|item| item.kind.list() == Some(list));
    for list in own.lists.iter().filter(|list| used(&list.name)) {
        for choice in &list.choices {
            for (place, language) in own.languages.iter().enumerate() {
                if !written(&choice.label, place) && !choice.other.iter().any(|(column, _)| is_media(column)) {
                    let what = LintProblem::NotTranslated { name: format!("{} {}", list.name, choice.code) };
                    findings.choice(choice.line, &Field::Label(language.clone()), "", Error, what);
                }
            }
        }
    }
}

fn is_media(column: &str) -> bool {
    ["image", "audio", "video", "media"].iter().any(|word| column.starts_with(word))
}
