//! Two years of a questionnaire: which changes break a time series, and which do not.
//!
//! Answers of two years can be set beside each other while the question has the same words, the same scale, the same place
//! among the other questions, and is put to the same people. What changes one of these breaks the series. New questions,
//! hints, languages, spaces and capitals do not.
//!
//! Names of lists do not count, nor how a condition is written: whom it lets through is tried out with everybody who could
//! answer.

mod base;
mod choices;
mod kind;
mod matching;
mod order;
mod report;
mod words;

pub use kind::ChangeKind;

use super::people::Form;
use super::{Expression, Item, ItemKind, Questionnaire, Routing, lang};
use choices::Languages;
use std::collections::{BTreeMap, BTreeSet};
use words::{Difference, difference};

/// Everything that changed, by variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Variables with a change, in the new order; those that are gone last.
    pub variables: Vec<VariableChanges>,
    /// What is of no variable: languages, notes, headings.
    pub general: Vec<Change>,
    /// Variables in both, changed or not.
    pub in_both: usize,
}

/// What changed in one variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableChanges {
    /// The name now; of one that is gone, the name it had.
    pub name: String,
    /// The changes, those that break the series first.
    pub changes: Vec<Change>,
    /// Line of the sheet `survey` before.
    pub old_line: Option<u64>,
    /// Line of the sheet `survey` now.
    pub new_line: Option<u64>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// In which language, as written.
    pub language: Option<String>,
    /// Of which choice.
    pub code: Option<String>,
    /// As it was; blank where there was nothing.
    pub old: String,
    /// As it is; blank where there is nothing.
    pub new: String,
}

impl Change {
    fn new(kind: ChangeKind, old: &str, new: &str) -> Self {
        Self { kind, language: None, code: None, old: old.into(), new: new.into() }
    }

    fn language(self, language: &str) -> Self {
        Self { language: (!language.is_empty()).then(|| language.into()), ..self }
    }

    fn code(self, code: &str) -> Self {
        Self { code: Some(code.into()), ..self }
    }
}

impl VariableChanges {
    /// Whether the series breaks.
    #[must_use]
    pub fn breaks(&self) -> bool {
        self.changes.iter().any(|change| change.kind.breaks())
    }

    /// `break`, `new`, or `note` when the series goes on.
    #[must_use]
    pub fn verdict(&self) -> &'static str {
        if self.breaks() {
            "break"
        } else if self.changes.iter().any(|change| change.kind == ChangeKind::New) {
            "new"
        } else {
            "note"
        }
    }
}

impl Comparison {
    /// Variables whose series breaks.
    pub fn breaks(&self) -> impl Iterator<Item = &VariableChanges> {
        self.variables.iter().filter(|variable| variable.breaks())
    }
}

/// Compares a questionnaire with that of an earlier year.
#[must_use]
pub fn compare(old: &Questionnaire, new: &Questionnaire) -> Comparison {
    let languages = languages(old, new);
    let pairs = matching::pairs(old, new);
    let mut renamed: BTreeMap<String, String> = pairs
        .both
        .iter()
        .map(|(before, at)| (old.items[*before].name.clone(), new.items[*at].name.clone()))
        .filter(|(before, now)| before != now)
        .collect();
    // What refers to a question that was split refers to the part that has its answers.
    for item in &pairs.removed {
        let same = |added: &&&Item| {
            added.name.starts_with(&format!("{}_", item.name)) && matching::same_answers(old, item, new, added)
        };
        let mut parts = pairs.added.iter().filter(same);
        if let (Some(part), None) = (parts.next(), parts.next()) {
            renamed.insert(item.name.clone(), part.name.clone());
        }
    }
    let (old_routing, new_routing) = (Routing::of(old), Routing::of(new));
    let none = BTreeMap::new();
    let forms = (Form::new(old, &old_routing, &renamed), Form::new(new, &new_routing, &none));
    let moved = moved(old, new, &pairs.both);
    let mut variables = Vec::new();
    for (before, at) in &pairs.both {
        let pair = Pair { forms: &forms, before: *before, at: *at, languages: &languages };
        let mut changes = pair.changes();
        if let Some((was, is)) = moved.get(at) {
            changes.push(Change::new(ChangeKind::Order, was, is));
        }
        changes.sort_by_key(|change| !change.kind.breaks());
        if !changes.is_empty() {
            let lines = (old.items[*before].line, new.items[*at].line);
            let name = new.items[*at].name.clone();
            variables.push(VariableChanges { name, changes, old_line: Some(lines.0), new_line: Some(lines.1) });
        }
    }
    for item in &pairs.added {
        let changes = vec![Change::new(ChangeKind::New, "", first_words(&item.label))];
        variables.push(VariableChanges { name: item.name.clone(), changes, old_line: None, new_line: Some(item.line) });
    }
    variables.sort_by_key(|variable| variable.new_line);
    for item in &pairs.removed {
        let parts = pairs.added.iter().filter(|added| added.name.starts_with(&format!("{}_", item.name)));
        let parts: Vec<&str> = parts.map(|added| added.name.as_str()).collect();
        let change = match parts.len() {
            0 | 1 => Change::new(ChangeKind::Removed, first_words(&item.label), ""),
            _ => Change::new(ChangeKind::Split, first_words(&item.label), &parts.join(", ")),
        };
        let (name, old_line) = (item.name.clone(), Some(item.line));
        variables.push(VariableChanges { name, changes: vec![change], old_line, new_line: None });
    }
    Comparison { variables, general: general(old, new, &languages), in_both: pairs.both.len() }
}

/// The languages of both: the name now, the place before, the place now. `label` alone is the default language, else bokmål.
fn languages(old: &Questionnaire, new: &Questionnaire) -> Vec<(String, usize, usize)> {
    let identity = |form: &Questionnaire, written: &str| {
        let written = if written.is_empty() { form.settings.default_language.as_str() } else { written };
        match lang(written) {
            Some(lang) => lang.tag().to_owned(),
            None if written.is_empty() => "nb".into(),
            None => written.to_lowercase(),
        }
    };
    let pair = |(at, written): (usize, &String)| {
        let wanted = identity(new, written);
        let before = old.languages.iter().position(|other| identity(old, other) == wanted)?;
        Some((written.clone(), before, at))
    };
    new.languages.iter().enumerate().filter_map(pair).collect()
}

/// Questions that moved, by their place now, each with the question before it then and now.
fn moved(old: &Questionnaire, new: &Questionnaire, both: &[(usize, usize)]) -> BTreeMap<usize, (String, String)> {
    let asked = |(before, at): &&(usize, usize)| old.items[*before].is_asked() && new.items[*at].is_asked();
    let common: Vec<(usize, usize)> = both.iter().filter(asked).copied().collect();
    let mut before: Vec<usize> = common.iter().map(|(before, _)| *before).collect();
    before.sort_unstable();
    let ranks: Vec<usize> = common.iter().filter_map(|(place, _)| before.binary_search(place).ok()).collect();
    let moved = order::moved(&ranks).into_iter().map(|place| {
        let was = ranks[place].checked_sub(1).map(|rank| old.items[before[rank]].name.clone());
        let is = place.checked_sub(1).map(|place| new.items[common[place].1].name.clone());
        (common[place].1, (was.unwrap_or_default(), is.unwrap_or_default()))
    });
    moved.collect()
}

/// What is of no variable.
fn general(old: &Questionnaire, new: &Questionnaire, languages: &Languages) -> Vec<Change> {
    let mut changes = Vec::new();
    let places = |of: fn(&(String, usize, usize)) -> usize| languages.iter().map(of).collect::<BTreeSet<usize>>();
    let (before, now) = (places(|pair| pair.1), places(|pair| pair.2));
    for (_, language) in new.languages.iter().enumerate().filter(|(place, _)| !now.contains(place)) {
        changes.push(Change::new(ChangeKind::LanguageAdded, "", language));
    }
    for (_, language) in old.languages.iter().enumerate().filter(|(place, _)| !before.contains(place)) {
        changes.push(Change::new(ChangeKind::LanguageRemoved, language, ""));
    }
    let others = |form: &'_ Questionnaire| -> Vec<Item> {
        let other = |item: &&Item| item.kind.is_begin() || item.kind == ItemKind::Note;
        form.items.iter().filter(other).cloned().collect()
    };
    let kind = |item: &Item| if item.kind == ItemKind::Note { ChangeKind::Note } else { ChangeKind::Title };
    let (was, is) = (others(old), others(new));
    for item in &is {
        let Some(before) = was.iter().find(|before| before.name == item.name && before.kind == item.kind) else {
            changes.push(Change::new(kind(item), "", first_words(&item.label)).code(&item.name));
            continue;
        };
        for (language, a, b) in languages {
            let (before, now) = (word(&before.label, *a), word(&item.label, *b));
            if difference(before, now) != Difference::None && !before.is_empty() && !now.is_empty() {
                changes.push(Change::new(kind(item), before, now).code(&item.name).language(language));
            }
        }
    }
    for item in was.iter().filter(|item| !is.iter().any(|now| now.name == item.name && now.kind == item.kind)) {
        changes.push(Change::new(kind(item), first_words(&item.label), "").code(&item.name));
    }
    changes
}

/// One variable then and now.
struct Pair<'q> {
    forms: &'q (Form<'q>, Form<'q>),
    before: usize,
    at: usize,
    languages: &'q Languages,
}

impl Pair<'_> {
    fn changes(&self) -> Vec<Change> {
        let (old, new) = (&self.forms.0.own.items[self.before], &self.forms.1.own.items[self.at]);
        let mut changes = Vec::new();
        let mut push = |change| changes.push(change);
        if old.name != new.name {
            push(Change::new(ChangeKind::Renamed, &old.name, &new.name));
        }
        let (was, is) = (type_word(&old.kind), type_word(&new.kind));
        if was != is && !was.is_empty() && !is.is_empty() {
            push(Change::new(ChangeKind::Type, &old.written_type, &new.written_type));
        } else if old.is_asked() != new.is_asked() {
            push(Change::new(ChangeKind::Appearance, &old.written_type, &new.written_type));
        }
        let shown = old.is_asked() && new.is_asked();
        self.words(&old.label, &new.label, if shown { ChangeKind::Wording } else { ChangeKind::Note }, &mut push);
        self.words(&old.hint, &new.hint, ChangeKind::Hint, &mut push);
        self.heading(shown, &mut push);
        let lists = (self.forms.0.own.choices(old), self.forms.1.own.choices(new));
        if let (Some(before), Some(now)) = lists {
            let marks = |form: &Questionnaire| {
                form.lists.iter().flat_map(|list| &list.choices).any(|choice| choice.missing.is_some())
            };
            let marked = marks(self.forms.0.own) && marks(self.forms.1.own);
            choices::changes((before, now), self.languages, (shown, marked), &mut push);
        }
        let other = |item: &Item| {
            matches!(item.kind, ItemKind::SelectOne { other: true, .. } | ItemKind::SelectMultiple { other: true, .. })
        };
        match (other(old), other(new)) {
            (false, true) => push(Change::new(ChangeKind::ChoiceAdded, "", "or_other")),
            (true, false) => push(Change::new(ChangeKind::ChoiceRemoved, "or_other", "")),
            _ => {}
        }
        if source(old.choice_filter.as_ref()) != source(new.choice_filter.as_ref()) {
            let text = |item: &Item| item.choice_filter.as_ref().map(|own| own.source().to_owned()).unwrap_or_default();
            push(Change::new(ChangeKind::ChoicesOffered, &text(old), &text(new)));
        }
        let (before, now) = (&self.forms.0, &self.forms.1);
        // A question that can only be read is put to nobody.
        let read_only = old.is_asked() != new.is_asked() && old.kind.is_question() && new.kind.is_question();
        if read_only || !base::is_same(&before.decided(self.before), &now.decided(self.at)) {
            let words = (base::described(before, self.before), base::described(now, self.at));
            push(Change::new(ChangeKind::Base, &words.0, &words.1));
        }
        if old.is_required() != new.is_required() && shown {
            let word = |item: &Item| if item.is_required() { "yes" } else { "no" };
            push(Change::new(ChangeKind::Required, word(old), word(new)));
        }
        self.limits(old, new, &mut push);
        if old.default != new.default && shown {
            push(Change::new(ChangeKind::Default, &old.default, &new.default));
        }
        if source(old.calculation.as_ref()) != source(new.calculation.as_ref()) {
            let text = |item: &Item| item.calculation.as_ref().map(|own| own.source().to_owned()).unwrap_or_default();
            push(Change::new(ChangeKind::Calculation, &text(old), &text(new)));
        }
        if old.appearance != new.appearance {
            push(Change::new(ChangeKind::Appearance, &old.appearance, &new.appearance));
        }
        changes
    }

    fn words(&self, old: &[String], new: &[String], kind: ChangeKind, push: &mut impl FnMut(Change)) {
        for (language, a, b) in self.languages {
            let (old, new) = (word(old, *a), word(new, *b));
            // Words in a language that had none are a translation.
            if kind != ChangeKind::Hint && (old.is_empty() || new.is_empty()) {
                continue;
            }
            let kind = match difference(old, new) {
                Difference::None => continue,
                Difference::Spelling if kind == ChangeKind::Wording => ChangeKind::Spelling,
                _ => kind,
            };
            push(Change::new(kind, old, new).language(language));
        }
    }

    /// The question that stands over a group, of which the items are parts. A heading that asks nothing is a title.
    fn heading(&self, shown: bool, push: &mut impl FnMut(Change)) {
        let ends = [(&self.forms.0, self.before), (&self.forms.1, self.at)];
        let [old, new] = ends.map(|(form, item)| form.routing.groups(item).last().map(|group| &form.own.items[*group]));
        let (Some(old), Some(new)) = (old, new) else { return };
        for (language, a, b) in self.languages {
            let (old, new) = (word(&old.label, *a), word(&new.label, *b));
            let asks = old.trim_end().ends_with('?') || new.trim_end().ends_with('?');
            if shown && asks && difference(old, new) == Difference::Wording {
                push(Change::new(ChangeKind::Heading, old, new).language(language));
            }
        }
    }

    fn limits(&self, old: &Item, new: &Item, push: &mut impl FnMut(Change)) {
        if source(old.constraint.as_ref()) == source(new.constraint.as_ref()) || same_limits(old, new) {
            return;
        }
        let text = |item: &Item| item.constraint.as_ref().map(|own| own.source().to_owned()).unwrap_or_default();
        let several = matches!(new.kind, ItemKind::SelectMultiple { .. });
        let both = old.constraint.is_some() && new.constraint.is_some();
        let kind = if several || both { ChangeKind::Limits } else { ChangeKind::Check };
        push(Change::new(kind, &text(old), &text(new)));
    }
}

/// Whether two constraints take the same answers, as far as answers that can tell them apart go.
fn same_limits(old: &Item, new: &Item) -> bool {
    let (Some(before), Some(now)) = (&old.constraint, &new.constraint) else { return false };
    let mut answers: BTreeSet<String> =
        (0..20).map(|many| (0..many).map(|code| format!("{code} ")).collect()).collect();
    for constant in before.constants(".").into_iter().chain(now.constants(".")) {
        if let Ok(number) = constant.parse::<f64>() {
            answers.extend([-1.0, 0.0, 0.5, 1.0].map(|add| (number + add).to_string()));
        }
        answers.insert(constant);
    }
    answers.iter().all(|answer| {
        let value = |name: &str| (name == ".").then_some(answer.as_str());
        let (before, now) = (before.evaluate(&value), now.evaluate(&value));
        before.is_some() && before == now
    })
}

/// The type without its list. What the link sets has that of its values: blank where any may be set.
fn type_word(kind: &ItemKind) -> &str {
    match kind {
        ItemKind::SelectOne { .. } | ItemKind::Hidden { list: Some(_) } => "select_one",
        ItemKind::SelectMultiple { .. } => "select_multiple",
        ItemKind::Rank { .. } => "rank",
        ItemKind::Integer => "integer",
        ItemKind::Decimal => "decimal",
        ItemKind::Range => "range",
        ItemKind::Text => "text",
        ItemKind::Date => "date",
        ItemKind::Time => "time",
        ItemKind::DateTime => "dateTime",
        ItemKind::Calculate => "calculate",
        ItemKind::Acknowledge => "acknowledge",
        ItemKind::Metadata(word) | ItemKind::Media(word) | ItemKind::Geo(word) => word,
        _ => "",
    }
}

/// An expression without spaces.
fn source(expression: Option<&Expression>) -> String {
    expression.map(|own| own.source().split_whitespace().collect()).unwrap_or_default()
}

fn word(words: &[String], place: usize) -> &str {
    words.get(place).map(String::as_str).unwrap_or_default()
}

fn first_words(words: &[String]) -> &str {
    words.iter().find(|text| !text.is_empty()).map(String::as_str).unwrap_or_default()
}
