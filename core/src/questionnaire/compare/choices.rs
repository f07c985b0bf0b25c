//! What changed in the choices of a question.

use super::words::{Difference, difference};
use super::{Change, ChangeKind, order};
use crate::questionnaire::{Choice, ChoiceList};

/// The languages of two questionnaires: name, place in the old, place in the new one.
pub(super) type Languages = [(String, usize, usize)];

/// All changes between two lists. `shown`: whether people see the words; `marked`: whether both questionnaires say anywhere
/// which choices are no answers.
pub(super) fn changes(
    (old, new): (&ChoiceList, &ChoiceList),
    languages: &Languages,
    (shown, marked): (bool, bool),
    push: &mut impl FnMut(Change),
) {
    let described = |choice: &Choice| format!("{} {}", choice.code, first_words(choice));
    let same_words = |old: &Choice, new: &Choice| {
        let pairs = languages.iter().filter_map(|(_, a, b)| Some((old.label.get(*a)?, new.label.get(*b)?)));
        let mut pairs = pairs.filter(|(old, new)| !old.is_empty() && !new.is_empty()).peekable();
        pairs.peek().is_some() && pairs.all(|(old, new)| difference(old, new) != Difference::Wording)
    };
    // The same words under another code, which does not stand for them any more.
    let recoded = |choice: &Choice| -> Option<&Choice> {
        let still = new.choice(&choice.code).is_some_and(|same| same_words(choice, same));
        let elsewhere = new.choices.iter().find(|other| other.code != choice.code && same_words(choice, other));
        elsewhere.filter(|other| !still && !old.choice(&other.code).is_some_and(|own| same_words(own, other)))
    };
    let mut explained: Vec<&str> = Vec::new();
    for choice in &old.choices {
        if let Some(other) = recoded(choice) {
            explained.extend([choice.code.as_str(), other.code.as_str()]);
            push(Change::new(ChangeKind::ChoiceRecoded, &described(choice), &described(other)).code(&choice.code));
        }
    }
    for choice in &old.choices {
        let Some(after) = new.choice(&choice.code) else {
            if !explained.contains(&choice.code.as_str()) {
                let kind = if is_missing(choice) { ChangeKind::MissingRemoved } else { ChangeKind::ChoiceRemoved };
                push(Change::new(kind, &described(choice), "").code(&choice.code));
            }
            continue;
        };
        if explained.contains(&choice.code.as_str()) {
            continue;
        }
        for (language, a, b) in languages {
            let (Some(before), Some(after)) = (choice.label.get(*a), after.label.get(*b)) else { continue };
            if before.is_empty() || after.is_empty() {
                continue;
            }
            let kind = match difference(before, after) {
                Difference::Wording if shown => ChangeKind::ChoiceWording,
                Difference::None => continue,
                _ => ChangeKind::Spelling,
            };
            push(Change::new(kind, before, after).code(&choice.code).language(language));
        }
        // The same words with another meaning for the figures. Where the whole column is new it may only say what the words do.
        if choice.missing != after.missing && (marked || is_missing(choice) != is_missing(after)) {
            let word = |choice: &Choice| if choice.missing.is_none() { "answer" } else { choice.missing_word() };
            push(Change::new(ChangeKind::MissingMeaning, word(choice), word(after)).code(&choice.code));
        }
    }
    for choice in new.choices.iter().filter(|choice| old.choice(&choice.code).is_none()) {
        if !explained.contains(&choice.code.as_str()) {
            let kind = if is_missing(choice) { ChangeKind::MissingAdded } else { ChangeKind::ChoiceAdded };
            push(Change::new(kind, "", &described(choice)).code(&choice.code));
        }
    }
    // The order in which the words are read.
    let before = |choice: &Choice| {
        let moved = old.choices.iter().position(|other| recoded(other).is_some_and(|after| after.code == choice.code));
        moved.or_else(|| {
            let same = |other: &Choice| other.code == choice.code && !explained.contains(&choice.code.as_str());
            old.choices.iter().position(same)
        })
    };
    let kept: Vec<usize> = new.choices.iter().filter_map(before).collect();
    let mut ranks = kept.clone();
    ranks.sort_unstable();
    let after: Vec<usize> = kept.iter().filter_map(|place| ranks.binary_search(place).ok()).collect();
    if !order::moved(&after).is_empty() && shown {
        let list = |places: &[usize]| {
            let words = places.iter().map(|place| first_words(&old.choices[*place]));
            words.collect::<Vec<_>>().join(", ")
        };
        push(Change::new(ChangeKind::ChoiceOrder, &list(&ranks), &list(&kept)));
    }
}

/// Whether a choice is no answer: by the column, else by its words.
fn is_missing(choice: &Choice) -> bool {
    choice.missing.is_some() || choice.missing_by_words().is_some()
}

fn first_words(choice: &Choice) -> &str {
    choice.label.iter().find(|words| !words.is_empty()).map(String::as_str).unwrap_or_default()
}
