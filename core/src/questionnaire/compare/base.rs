//! Whether a question is put to the same people.

use super::super::people::{Decided, Form, People};
use std::fmt::Write as _;

/// Whether an item is put to the same people in both forms: tried with all who differ in what decides it.
pub(super) fn is_same(old: &Decided<'_, '_>, new: &Decided<'_, '_>) -> bool {
    let waves = |one: &Decided<'_, '_>| one.form.own.items[one.item].waves.clone();
    let without_waves = old.form.routing.waves.is_empty() && new.form.routing.waves.is_empty();
    if without_waves && waves(old) != waves(new) {
        return false;
    }
    let people = People::of(&[old, new]);
    let (mut same, mut unknown) = (true, people.are_some());
    people.each(|person| {
        match (old.is_put(person), new.is_put(person)) {
            (Some(before), Some(now)) => same = before == now,
            _ => unknown = true,
        }
        !same
    });
    // What is not computed here is compared as it is written.
    same && (!unknown || written(old) == written(new))
}

fn written(one: &Decided<'_, '_>) -> String {
    let conditions = one.form.routing.conditions(one.form.own, one.item);
    conditions.map(|condition| condition.source().split_whitespace().collect::<String>()).collect::<Vec<_>>().join("&")
}

/// Who is asked, in words: the waves, and the conditions as they are written.
pub(super) fn described(form: &Form<'_>, item: usize) -> String {
    let mut text = form.routing.waves_of(item).join(", ");
    for condition in form.routing.conditions(form.own, item) {
        let _ = write!(text, "{}{}", if text.is_empty() { "" } else { "; " }, condition.source());
    }
    let item = &form.own.items[item];
    if item.kind.is_question() && !item.is_asked() {
        let _ = write!(text, "{}readonly", if text.is_empty() { "" } else { "; " });
    }
    text
}
