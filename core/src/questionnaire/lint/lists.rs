//! Lists of choices.

use super::limesurvey::ANSWER;
use super::{Findings, LimeSurveyLimit, LintProblem};
use crate::problem::Severity::{Error, Warning};
use crate::questionnaire::{Choice, ChoiceList, Field, ItemKind, Questionnaire};
use crate::read::Missing;
use std::collections::BTreeMap;

pub(super) fn check(findings: &mut Findings<'_>) {
    let own = findings.own;
    // What a code means where it is marked, and in which list first.
    let mut meanings: BTreeMap<&str, (Missing, &str)> = BTreeMap::new();
    // Without the column, one warning says it for all.
    let has_column = own.origin.choice_columns.iter().any(|column| Field::of_choices(column) == Field::Missing);
    let unmarked = |choice: &&Choice| choice.missing.is_none() && choice.missing_by_words().is_some();
    let count = own.lists.iter().flat_map(|list| &list.choices).filter(unmarked).count();
    if !has_column && count > 0 {
        findings.choice(1, &Field::Missing, "", Warning, LintProblem::NoMissingColumn { count });
    }
    for list in &own.lists {
        list_of(own, list, has_column, findings);
        for choice in &list.choices {
            let Some(missing) = choice.missing else { continue };
            let (first, where_first) = *meanings.entry(&choice.code).or_insert((missing, &list.name));
            if first != missing {
                let what = LintProblem::MissingDiffers { list: where_first.into() };
                findings.choice(choice.line, &Field::Missing, choice.missing_word(), Error, what);
            }
        }
    }
}

fn list_of(own: &Questionnaire, list: &ChoiceList, has_column: bool, findings: &mut Findings<'_>) {
    let Some(first) = list.choices.first() else { return };
    let users: Vec<&ItemKind> =
        own.items.iter().map(|item| &item.kind).filter(|kind| kind.list() == Some(&list.name)).collect();
    if users.is_empty() {
        findings.choice(first.line, &Field::ListName, &list.name, Warning, LintProblem::UnusedList);
        return;
    }
    if list.choices.len() == 1 && users.iter().any(|kind| kind.is_select()) {
        findings.choice(first.line, &Field::ListName, &list.name, Error, LintProblem::SingleChoice);
    }
    let several = users.iter().any(|kind| matches!(kind, ItemKind::SelectMultiple { .. } | ItemKind::Rank { .. }));
    let mut words: BTreeMap<(usize, String), &str> = BTreeMap::new();
    let mut kinds: BTreeMap<&'static str, &str> = BTreeMap::new();
    for choice in &list.choices {
        let code = choice.code.as_str();
        if code.contains(char::is_whitespace) {
            let severity = if several { Error } else { Warning };
            findings.choice(choice.line, &Field::Name, code, severity, LintProblem::CodeWithSpace);
        }
        let cannot = code.chars().count() > ANSWER || !code.chars().all(|letter| letter.is_ascii_alphanumeric());
        if cannot && !several && !matches!(users.as_slice(), [ItemKind::Hidden { .. }]) {
            let what = LintProblem::LimeSurvey(LimeSurveyLimit::Answer);
            findings.choice(choice.line, &Field::Name, code, Warning, what);
        }
        for (place, label) in choice.label.iter().enumerate().filter(|(_, label)| !label.is_empty()) {
            let folded = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if let Some(before) = words.insert((place, folded), code) {
                let field = Field::Label(own.languages[place].clone());
                let what = LintProblem::SameWords { other: before.into() };
                findings.choice(choice.line, &field, label, Error, what);
            }
        }
        let label = choice.label.iter().find(|label| !label.is_empty()).map(String::as_str).unwrap_or_default();
        let field = Field::Label(own.languages.first().cloned().unwrap_or_default());
        if choice.says_both_kinds_of_missing() {
            findings.choice(choice.line, &field, label, Error, LintProblem::TwoKindsOfMissing);
            continue;
        }
        match (choice.missing, choice.missing_by_words()) {
            (None, Some(_)) if has_column => {
                findings.choice(choice.line, &Field::Missing, label, Warning, LintProblem::UnmarkedMissing);
            }
            (Some(marked), Some(says)) if marked != says => {
                findings.choice(choice.line, &Field::Missing, choice.missing_word(), Error, LintProblem::WrongMissing);
            }
            _ => {}
        }
        if choice.missing.is_some()
            && let Some(before) = kinds.insert(choice.missing_word(), code)
        {
            let what = LintProblem::MissingTwice { other: before.into() };
            findings.choice(choice.line, &Field::Missing, choice.missing_word(), Error, what);
        }
    }
}
