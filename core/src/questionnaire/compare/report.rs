//! A comparison for people and for scripts.

use super::{Change, ChangeKind, Comparison, VariableChanges};
use crate::read::problem::visible;
use crate::text::Lang;
use serde_json::{Value, json};
use std::fmt::Write as _;

impl Comparison {
    /// As text: first what breaks a series, then what does not.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut out = String::new();
        let verdict = |word: &'static str| move |variable: &&VariableChanges| variable.verdict() == word;
        let broken: Vec<_> = self.variables.iter().filter(verdict("break")).collect();
        let noted: Vec<_> = self.variables.iter().filter(verdict("note")).collect();
        let new: Vec<_> = self.variables.iter().filter(verdict("new")).collect();
        let heading = |words: &str, out: &mut String| {
            let _ = writeln!(out, "{words}\n");
        };
        if !broken.is_empty() {
            heading(lang.pick("BRYTER TIDSSERIEN", "BRYT TIDSSERIEN", "BREAKS THE SERIES"), &mut out);
            broken.iter().for_each(|variable| push_variable(&mut out, variable, lang));
        }
        if !noted.is_empty() || !new.is_empty() || !self.general.is_empty() {
            heading(lang.pick("BRYTER IKKE", "BRYT IKKJE", "DOES NOT BREAK"), &mut out);
            noted.iter().for_each(|variable| push_variable(&mut out, variable, lang));
            if !new.is_empty() {
                let names: Vec<&str> = new.iter().map(|variable| variable.name.as_str()).collect();
                let words = lang.pick("nye variabler", "nye variablar", "new variables");
                let _ = writeln!(out, "{words}: {}\n", names.join(", "));
            }
            for change in &self.general {
                push_change(&mut out, change, "", lang);
            }
            if !self.general.is_empty() {
                out.push('\n');
            }
        }
        let gone = |variable: &&&VariableChanges| variable.new_line.is_none();
        let gone = broken.iter().filter(gone).count();
        let changed = broken.len() - gone;
        let same = self.in_both - changed - noted.len();
        let _ = match lang {
            Lang::Nb => writeln!(
                out,
                "{} variabler i begge år: {same} som før, {} med endringer som ikke bryter, {changed} der serien brytes. {} \
                 nye, {gone} borte.",
                self.in_both,
                noted.len(),
                new.len()
            ),
            Lang::Nn => writeln!(
                out,
                "{} variablar i begge år: {same} som før, {} med endringar som ikkje bryt, {changed} der serien blir broten. \
                 {} nye, {gone} borte.",
                self.in_both,
                noted.len(),
                new.len()
            ),
            Lang::En => writeln!(
                out,
                "{} variables in both years: {same} as before, {} with changes that do not break, {changed} whose series \
                 breaks. {} new, {gone} gone.",
                self.in_both,
                noted.len(),
                new.len()
            ),
        };
        out
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Value {
        let change = |change: &Change| {
            json!({
                "kind": change.kind.code(),
                "aspect": change.kind.aspect(),
                "breaks": change.kind.breaks(),
                "words": change.kind.words(lang),
                "language": change.language,
                "choice": change.code,
                "old": change.old,
                "new": change.new,
            })
        };
        let variable = |variable: &VariableChanges| {
            json!({
                "variable": variable.name,
                "verdict": variable.verdict(),
                "old_line": variable.old_line,
                "new_line": variable.new_line,
                "changes": variable.changes.iter().map(change).collect::<Vec<_>>(),
            })
        };
        let count = |word: &str| self.variables.iter().filter(|variable| variable.verdict() == word).count();
        json!({
            "in_both": self.in_both,
            "breaks": count("break"),
            "notes": count("note"),
            "new": count("new"),
            "variables": self.variables.iter().map(variable).collect::<Vec<_>>(),
            "general": self.general.iter().map(change).collect::<Vec<_>>(),
        })
    }
}

fn push_variable(out: &mut String, variable: &VariableChanges, lang: Lang) {
    let line = lang.pick("linje", "linje", "line");
    let place = match (variable.old_line, variable.new_line) {
        (_, Some(now)) => format!(" ({line} {now})"),
        (Some(before), None) => format!(" ({line} {before}, {})", lang.pick("før", "før", "before")),
        (None, None) => String::new(),
    };
    let _ = writeln!(out, "{}{place}", visible(&variable.name));
    variable.changes.iter().for_each(|change| push_change(out, change, "  ", lang));
    out.push('\n');
}

fn push_change(out: &mut String, change: &Change, indent: &str, lang: Lang) {
    let mut words = change.kind.words(lang).to_owned();
    if let Some(code) = &change.code {
        let _ = write!(words, " {}", visible(code));
    }
    if let Some(language) = &change.language {
        let _ = write!(words, ", {}", visible(language));
    }
    let _ = writeln!(out, "{indent}{words}");
    let nothing = lang.pick("(ingenting)", "(ingenting)", "(nothing)");
    let first = lang.pick("(først)", "(først)", "(first)");
    let shown = |text: &str| match text {
        "" if change.kind == ChangeKind::Order => first.to_owned(),
        "" => nothing.to_owned(),
        _ if change.kind == ChangeKind::Order => format!("{} {}", lang.pick("etter", "etter", "after"), visible(text)),
        _ => visible(text).into_owned(),
    };
    let _ = writeln!(out, "{indent}  {}  {}", lang.pick("før", "før", "was"), shown(&change.old));
    let _ = writeln!(out, "{indent}  {}   {}", lang.pick("nå", "no", "is"), shown(&change.new));
}
