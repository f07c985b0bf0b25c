//! Whether a JSON file has the form that is asked for: everything else is named by path and line, all at once.
//!
//! What has the form is then read by derived deserialisers: they stop at the first thing that they cannot read, and speak of
//! Rust's types.

use super::DisclosureProblem;
use crate::problem::{Privacy, Problem, Problems};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The form of a value.
#[derive(Debug)]
pub(super) enum Form {
    /// A text.
    Text,
    /// A code: a text, or a number as years are often written.
    Code,
    /// `true` or `false`.
    Flag,
    /// A whole number, 0 or more.
    Whole,
    /// A number, 0 or more.
    Positive,
    /// A number.
    Number,
    /// A list of values of one form.
    List(&'static Form),
    /// A text, or a list of texts.
    Texts,
    /// A list of two values.
    Pair(&'static Form, &'static Form),
    /// Members of any name.
    Map(&'static Form),
    /// Members of these names.
    Members(&'static [Member]),
    /// Members of these names; others are passed over with a warning.
    OpenMembers(&'static [Member]),
    /// Members that depend on the text in one of them.
    Kinds(&'static str, &'static [(&'static str, &'static [Member])]),
    /// Anything.
    Any,
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) form: Form,
    /// Whether it must be there.
    pub(super) needed: bool,
}

/// A member that must be there.
pub(super) const fn needed(name: &'static str, form: Form) -> Member {
    Member { name, form, needed: true }
}

/// A member that may be left out.
pub(super) const fn perhaps(name: &'static str, form: Form) -> Member {
    Member { name, form, needed: false }
}

/// What can stand in a file instead of what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the forms are")]
pub enum Kind {
    Text,
    Code,
    Flag,
    Whole,
    Positive,
    Number,
    List,
    Texts,
    Pair,
    Members,
}

/// Values inside each other: more than any table of ours.
const DEPTH: usize = 60;

/// The text of a JSON file that has a form; otherwise problems say what is wrong.
pub(super) fn checked<'a>(
    file: &str,
    bytes: &'a [u8],
    form: &'static Form,
    problems: &mut Problems,
) -> Option<&'a str> {
    // Some editors put a byte order mark in front.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            problems.push(Problem::error(file, DisclosureProblem::NotJson).line(line as u64));
            return None;
        }
    };
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let place = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
        let problem = Problem::error(file, DisclosureProblem::NotJson).line(error.line().max(1) as u64);
        problems.push(problem.value(place.trim(), Privacy::Open));
        return None;
    }
    let before = problems.errors();
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place).collect();
    let mut walk = Walk { file, start: text.as_ptr() as usize, ends, passed_over: Vec::new(), problems };
    if let Ok(raw) = serde_json::from_str::<&RawValue>(text) {
        walk.value(raw, form, "", 0);
    }
    (problems.errors() == before).then_some(text)
}

/// The line of a member of an object, by its path from the outermost one; 1 where there is none.
pub(super) fn line_of(text: &str, path: &[&str]) -> u64 {
    let mut raw = serde_json::from_str::<&RawValue>(text).ok();
    for step in path {
        raw = raw.and_then(|raw| match step.parse::<usize>() {
            Ok(place) => serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok()?.get(place).copied(),
            Err(_) => serde_json::from_str::<Pairs<'_>>(raw.get())
                .ok()?
                .0
                .into_iter()
                .find_map(|(name, raw)| (name == *step).then_some(raw)),
        });
    }
    let end = raw.map_or(0, |raw| raw.get().as_ptr() as usize - text.as_ptr() as usize);
    1 + text.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count() as u64
}

struct Walk<'a> {
    file: &'a str,
    /// Where the text lies: a part of it knows its own place.
    start: usize,
    /// Where lines end.
    ends: Vec<usize>,
    /// Members that were named once already.
    passed_over: Vec<String>,
    problems: &'a mut Problems,
}

impl Walk<'_> {
    fn place(&self, problem: Problem, raw: &RawValue, path: &str) -> Problem {
        let at = (raw.get().as_ptr() as usize).saturating_sub(self.start);
        let problem = problem.line(self.ends.partition_point(|end| *end < at) as u64 + 1);
        if path.is_empty() { problem } else { problem.column(path) }
    }

    fn wrong(&mut self, what: DisclosureProblem, raw: &RawValue, path: &str) {
        let problem = self.place(Problem::error(self.file, what), raw, path);
        let value: String = raw.get().chars().take(61).collect();
        self.problems.push(problem.value(value, Privacy::Open));
    }

    fn value(&mut self, raw: &RawValue, form: &'static Form, path: &str, depth: usize) {
        let text = raw.get();
        let is_text = text.starts_with('"');
        let number = || text.parse::<f64>().ok().filter(|number| number.is_finite());
        let kind = |is: bool, kind: Kind| (!is).then_some(kind);
        let wrong = match form {
            Form::Any => None,
            Form::Text => kind(is_text, Kind::Text),
            Form::Code => kind(is_text || number().is_some(), Kind::Code),
            Form::Flag => kind(matches!(text, "true" | "false"), Kind::Flag),
            Form::Whole => kind(text.parse::<u64>().is_ok(), Kind::Whole),
            Form::Positive => kind(number().is_some_and(|number| number >= 0.0), Kind::Positive),
            Form::Number => kind(number().is_some(), Kind::Number),
            Form::Texts if is_text => None,
            Form::Texts | Form::List(_) | Form::Pair(..) => {
                let inner = if let Form::List(inner) = form { inner } else { &Form::Text };
                let list = serde_json::from_str::<Vec<&RawValue>>(text).ok().filter(|_| depth < DEPTH);
                match (list, form) {
                    (None, Form::Texts) => Some(Kind::Texts),
                    (Some(list), Form::Pair(first, second)) if list.len() == 2 => {
                        self.value(list[0], first, &format!("{path}[0]"), depth + 1);
                        self.value(list[1], second, &format!("{path}[1]"), depth + 1);
                        None
                    }
                    (_, Form::Pair(..)) => Some(Kind::Pair),
                    (None, _) => Some(Kind::List),
                    (Some(list), _) => {
                        for (place, raw) in list.into_iter().enumerate() {
                            self.value(raw, inner, &format!("{path}[{place}]"), depth + 1);
                        }
                        None
                    }
                }
            }
            Form::Map(_) | Form::Members(_) | Form::OpenMembers(_) | Form::Kinds(..) => {
                match serde_json::from_str::<Pairs<'_>>(text).ok().filter(|_| depth < DEPTH) {
                    Some(Pairs(members)) => {
                        self.object(raw, &members, form, path, depth);
                        None
                    }
                    None => Some(Kind::Members),
                }
            }
        };
        if let Some(kind) = wrong {
            self.wrong(DisclosureProblem::WrongKind { kind }, raw, path);
        }
    }

    fn object(
        &mut self,
        own: &RawValue,
        members: &[(String, &RawValue)],
        form: &'static Form,
        path: &str,
        depth: usize,
    ) {
        let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        for (place, (name, raw)) in members.iter().enumerate() {
            if members[..place.min(64)].iter().any(|(other, _)| other == name) {
                self.wrong(DisclosureProblem::MemberTwice, raw, &inside(name));
            }
        }
        let (known, is_open): (&[Member], bool) = match form {
            Form::Map(inner) => {
                members.iter().for_each(|(name, raw)| self.value(raw, inner, &inside(name), depth + 1));
                return;
            }
            Form::Members(known) => (known, false),
            Form::OpenMembers(known) => (known, true),
            Form::Kinds(tag, kinds) => {
                let Some((_, raw)) = members.iter().find(|(name, _)| name == tag) else {
                    self.wrong(DisclosureProblem::MemberMissing { name: (*tag).into() }, own, path);
                    return;
                };
                let kind = serde_json::from_str::<String>(raw.get()).ok();
                let Some((_, known)) = kinds.iter().find(|(name, _)| kind.as_deref() == Some(*name)) else {
                    let exists = kinds.iter().map(|(name, _)| (*name).to_owned()).collect();
                    self.wrong(DisclosureProblem::UnknownKind { exists }, raw, &inside(tag));
                    return;
                };
                (known, false)
            }
            _ => return,
        };
        for (name, raw) in members {
            match known.iter().find(|member| member.name == name) {
                Some(member) if !member.needed && raw.get() == "null" => {}
                Some(member) => self.value(raw, &member.form, &inside(name), depth + 1),
                None if is_open && self.passed_over.contains(name) => {}
                None => {
                    let exists = known.iter().map(|member| member.name.to_owned()).collect();
                    let what = DisclosureProblem::UnknownMember { exists };
                    if is_open {
                        self.passed_over.push(name.clone());
                        let problem = self.place(Problem::warning(self.file, what), raw, &inside(name));
                        self.problems.push(problem);
                    } else {
                        self.wrong(what, raw, &inside(name));
                    }
                }
            }
        }
        for member in known.iter().filter(|member| member.needed) {
            if !members.iter().any(|(name, _)| name == member.name) {
                self.wrong(DisclosureProblem::MemberMissing { name: member.name.into() }, own, path);
            }
        }
    }
}

/// The members of an object as they stand there, with those of the same name.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Pairs<'de>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Pairs(members))
            }
        }

        from.deserialize_map(All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INNER: &[Member] = &[needed("n", Form::Whole), perhaps("name", Form::Text)];
    static FORM: Form = Form::Members(&[
        needed("list", Form::List(&Form::Members(INNER))),
        perhaps("by", Form::Texts),
        perhaps("rule", Form::Kinds("fun", &[("a", &[perhaps("fun", Form::Text), needed("k", Form::Positive)])])),
    ]);

    fn found(text: &str) -> Vec<(String, u64, Option<String>)> {
        let mut problems = Problems::new();
        checked("f", text.as_bytes(), &FORM, &mut problems);
        let one =
            |problem: &Problem| (problem.what.code().to_owned(), problem.line.unwrap_or(0), problem.column.clone());
        problems.list().iter().map(one).collect()
    }

    #[test]
    fn all_that_is_wrong_at_once() {
        let text = "{\"list\": [\n{\"n\": 1},\n{\"n\": 2.5, \"m\": 1},\n{\"name\": null, \"n\": 3, \"n\": 3},\n{\"name\": 7}],\n\
                    \"by\": 1,\n\"rule\": {\"fun\": \"b\"}, \"more\": 0}";
        let at = |code: &str, line: u64, path: &str| (code.to_owned(), line, Some(path.to_owned()));
        assert_eq!(
            found(text),
            [
                at("wrong-kind", 3, "list[1].n"),
                at("unknown-member", 3, "list[1].m"),
                at("member-twice", 4, "list[2].n"),
                at("wrong-kind", 5, "list[3].name"),
                at("member-missing", 5, "list[3]"),
                at("wrong-kind", 6, "by"),
                at("unknown-kind", 7, "rule.fun"),
                at("unknown-member", 7, "more"),
            ]
        );
        assert_eq!(found("\u{feff}{\"list\": [], \"by\": [\"a\"], \"rule\": {\"fun\": \"a\", \"k\": 1e3}}"), []);
        assert_eq!(found("{\n\n oops"), [("not-json".to_owned(), 3, None)]);
        assert_eq!(found("[1]"), [("wrong-kind".to_owned(), 1, None)]);
        assert_eq!(line_of("{\"a\":\n[1,\n2]}", &["a", "1"]), 3);
    }
}
