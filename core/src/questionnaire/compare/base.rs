//! Whether a question is put to the same people.

use super::super::people::{Form, People};
use std::fmt::Write as _;

/// Whether an item is put to the same people in both forms: tried with all who differ in what decides it.
pub(super) fn is_same(old: (Form<'_>, usize), new: (Form<'_>, usize)) -> bool {
    let waves = |(form, item): (Form<'_>, usize)| form.own.items[item].waves.clone();
    let without_waves = old.0.routing.waves.is_empty() && new.0.routing.waves.is_empty();
    if without_waves && waves(old) != waves(new) {
        return false;
    }
    let (mut same, mut unknown) = (true, false);
    People::of(&[old, new]).each(|person| {
        match (old.0.is_put(old.1, person), new.0.is_put(new.1, person)) {
            (Some(before), Some(now)) => same = before == now,
            _ => unknown = true,
        }
        !same
    });
    // What is not computed here is compared as it is written.
    same && (!unknown || written(old) == written(new))
}

fn written((form, item): (Form<'_>, usize)) -> String {
    let conditions = form.routing.conditions(form.own, item);
    conditions.map(|condition| condition.source().split_whitespace().collect::<String>()).collect::<Vec<_>>().join("&")
}

/// Who is asked, in words: the waves, and the conditions as they are written.
pub(super) fn described((form, item): (Form<'_>, usize)) -> String {
    let mut text = form.routing.waves_of(item).join(", ");
    for condition in form.routing.conditions(form.own, item) {
        let _ = write!(text, "{}{}", if text.is_empty() { "" } else { "; " }, condition.source());
    }
    text
}
