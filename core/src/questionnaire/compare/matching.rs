//! Which variables of two questionnaires are the same.

use super::words::{Difference, difference};
use crate::questionnaire::{Item, ItemKind, Questionnaire};
use std::mem::discriminant;

/// The old and the new item of each variable, in the new order, then the old ones that are gone.
pub(super) struct Pairs<'q> {
    /// Variables in both; names may differ.
    pub(super) both: Vec<(usize, usize)>,
    /// Only in the new one.
    pub(super) added: Vec<&'q Item>,
    /// Only in the old one.
    pub(super) removed: Vec<&'q Item>,
}

/// Whether an item takes part: it gives answers, or computes them.
fn counts(item: &Item) -> bool {
    !item.name.is_empty() && (item.kind.is_variable() || item.kind == ItemKind::Calculate)
}

pub(super) fn pairs<'q>(old: &'q Questionnaire, new: &'q Questionnaire) -> Pairs<'q> {
    let place = |items: &'q [Item], name: &str| items.iter().position(|item| counts(item) && item.name == name);
    let first = |items: &'q [Item], place: usize| self::first(items, &items[place].name) == Some(place);
    let own = |items: &'q [Item]| -> Vec<usize> {
        (0..items.len()).filter(|at| counts(&items[*at]) && first(items, *at)).collect()
    };
    let (old_places, new_places) = (own(&old.items), own(&new.items));
    let mut both = Vec::new();
    let mut added: Vec<usize> = Vec::new();
    for at in new_places {
        match place(&old.items, &new.items[at].name) {
            Some(before) => both.push((before, at)),
            None => added.push(at),
        }
    }
    let mut removed: Vec<usize> =
        old_places.into_iter().filter(|at| place(&new.items, &old.items[*at].name).is_none()).collect();
    // Exactly the same words first, then nearly the same under nearly the same name.
    for near in [false, true] {
        removed.retain(|before| {
            let same = |at: &&usize| is_same(old, &old.items[*before], new, &new.items[**at], near);
            let found: Vec<usize> = added.iter().filter(same).copied().collect();
            if let [one] = found.as_slice() {
                both.push((*before, *one));
                added.retain(|at| at != one);
            }
            found.len() != 1
        });
    }
    both.sort_by_key(|(_, at)| *at);
    Pairs {
        both,
        added: added.into_iter().map(|at| &new.items[at]).collect(),
        removed: removed.into_iter().map(|at| &old.items[at]).collect(),
    }
}

fn first(items: &[Item], name: &str) -> Option<usize> {
    items.iter().position(|item| counts(item) && item.name == name)
}

/// Whether two items are of one type and have the same codes.
pub(super) fn same_answers(old: &Questionnaire, before: &Item, new: &Questionnaire, after: &Item) -> bool {
    let codes = |form: &Questionnaire, item: &Item| -> Option<Vec<String>> {
        Some(form.choices(item)?.choices.iter().map(|choice| choice.code.clone()).collect())
    };
    discriminant(&before.kind) == discriminant(&after.kind) && codes(old, before) == codes(new, after)
}

/// Whether two items of different names are one variable: the same type and codes, and in some language the same words.
fn is_same(old: &Questionnaire, before: &Item, new: &Questionnaire, after: &Item, near: bool) -> bool {
    if discriminant(&before.kind) != discriminant(&after.kind) {
        return false;
    }
    let words = super::languages(old, new).into_iter().filter_map(|(_, first, second)| {
        let (first, second) = (before.label.get(first)?, after.label.get(second)?);
        (!first.is_empty() && !second.is_empty()).then_some((first, second))
    });
    let mut words = words.peekable();
    if words.peek().is_none() {
        return false;
    }
    if near {
        let similar = |(first, second): (&String, &String)| strsim::normalized_levenshtein(first, second) >= 0.9;
        same_answers(old, before, new, after)
            && strsim::normalized_levenshtein(&before.name, &after.name) >= 0.5
            && words.any(similar)
    } else {
        words.any(|(first, second)| difference(first, second) != Difference::Wording)
    }
}
