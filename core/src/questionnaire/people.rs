//! People who could answer, and which questions are put to them: routing tried with every answer that can decide it.

use super::{Item, ItemKind, Questionnaire, Routing};
use std::collections::{BTreeMap, BTreeSet};

/// Conditions that are tried at most for an item. With more kinds of people than that, codes that no condition names are
/// left out; with still more, some of them stand for all.
const LIMIT: usize = 60_000;

/// The ways in which people can differ, as far as an item of one or two questionnaires goes.
pub(super) struct People {
    /// What each name can be answered with, blank among them.
    domains: Vec<(String, Vec<String>)>,
    /// How many are tried at most.
    limit: usize,
}

/// Items that may decide about one item for it to be tried. A form that is so tangled is left to be read.
const DECIDING: usize = 60;

/// A questionnaire, with what its names are called among the people.
pub(super) struct Form<'q> {
    pub(super) own: &'q Questionnaire,
    pub(super) routing: &'q Routing,
    /// Names that another questionnaire has for the same variables.
    renamed: &'q BTreeMap<String, String>,
    /// The first position of each name.
    places: BTreeMap<&'q str, usize>,
}

/// An item of a form, with all that decides whether it is put: their positions, its own last.
pub(super) struct Decided<'f, 'q> {
    pub(super) form: &'f Form<'q>,
    pub(super) item: usize,
    by: BTreeSet<usize>,
}

impl<'q> Form<'q> {
    pub(super) fn new(own: &'q Questionnaire, routing: &'q Routing, renamed: &'q BTreeMap<String, String>) -> Self {
        let named = own.items.iter().enumerate().filter(|(_, item)| !item.name.is_empty() && !item.kind.is_end());
        let places = named.rev().map(|(place, item)| (item.name.as_str(), place)).collect();
        Self { own, routing, renamed, places }
    }

    /// An item, with all that decides whether it is put.
    pub(super) fn decided(&self, item: usize) -> Decided<'_, 'q> {
        Decided { form: self, item, by: self.deciding(item) }
    }

    fn called(&self, name: &'q str) -> &'q str {
        self.renamed.get(name).map_or(name, String::as_str)
    }

    /// Positions of the items that decide whether one is put, that one last.
    fn deciding(&self, item: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([item]);
        let mut next = vec![item];
        while let Some(place) = next.pop().filter(|_| found.len() <= 2 * DECIDING) {
            for name in self.names(place) {
                // What stands later is blank when this one is decided; lint says so.
                if let Some(before) = self.places.get(name).filter(|before| **before < place)
                    && found.insert(*before)
                {
                    next.push(*before);
                }
            }
        }
        found
    }

    fn names(&self, place: usize) -> impl Iterator<Item = &'q str> {
        self.routing.conditions(self.own, place).flat_map(|condition| condition.references())
    }
}

impl Decided<'_, '_> {
    /// Whether it is put to somebody, by what that person would answer to each question that is put. `None` when a
    /// function decides that is not computed here.
    pub(super) fn is_put(&self, would_answer: &BTreeMap<&str, &str>) -> Option<bool> {
        let form = self.form;
        let wave = form.own.wave_variable().map(|item| form.called(&item.name));
        let wave = wave.and_then(|name| would_answer.get(name).copied());
        let mut put: BTreeMap<usize, Option<bool>> = BTreeMap::new();
        for &place in &self.by {
            let value = |name: &str| -> Option<&str> {
                let before = *form.places.get(name)?;
                if before >= place {
                    return Some("");
                }
                if form.own.items[before].kind == ItemKind::Calculate {
                    return None;
                }
                let called = form.renamed.get(name).map_or(name, String::as_str);
                match put.get(&before).copied().flatten() {
                    Some(true) => would_answer.get(called).copied(),
                    Some(false) => Some(""),
                    None => None,
                }
            };
            let waves = &form.own.items[place].waves;
            let named = waves.is_empty() || wave.is_none_or(|wave| waves.iter().any(|code| code == wave));
            let mut whole = Some(named);
            for condition in form.routing.conditions(form.own, place) {
                match condition.evaluate(&value) {
                    _ if whole == Some(false) => break,
                    Some(true) => {}
                    other => whole = other,
                }
            }
            put.insert(place, whole);
        }
        put.get(&self.item).copied().flatten()
    }
}

impl People {
    /// All who differ in what decides whether an item is put, in each of the forms.
    pub(super) fn of(items: &[&Decided<'_, '_>]) -> Self {
        let deciding = items.iter().map(|one| one.by.len()).sum::<usize>();
        if deciding > DECIDING * items.len() {
            return Self { domains: Vec::new(), limit: 0 };
        }
        let mut names: BTreeMap<String, (BTreeSet<String>, Vec<&Item>)> = BTreeMap::new();
        for Decided { form, by, .. } in items {
            for place in by {
                for name in form.names(*place) {
                    let (constants, items) = names.entry(form.called(name).to_owned()).or_default();
                    for condition in form.routing.conditions(form.own, *place) {
                        constants.extend(condition.constants(name));
                    }
                    items.extend(form.own.item(name));
                }
            }
            if let Some(wave) = form.own.wave_variable() {
                names.entry(form.called(&wave.name).to_owned()).or_default().1.push(wave);
            }
        }
        let lists = |name: &str| -> Vec<BTreeSet<String>> {
            let of = |one: &&Decided<'_, '_>| {
                let form = one.form;
                let item = form.own.items.iter().find(|item| form.called(&item.name) == name)?;
                Some(form.own.choices(item)?.choices.iter().map(|choice| choice.code.clone()).collect())
            };
            items.iter().filter_map(of).collect()
        };
        let is_wave = |name: &str| {
            let is = |form: &Form<'_>| form.own.wave_variable().is_some_and(|item| form.called(&item.name) == name);
            items.iter().any(|one| is(one.form))
        };
        let domains = |short: bool| -> Vec<(String, Vec<String>)> {
            let domain = |(name, (constants, items)): (&String, &(BTreeSet<String>, Vec<&Item>))| {
                (name.clone(), domain(constants, items, &lists(name), is_wave(name), short))
            };
            names.iter().map(domain).collect()
        };
        let mut own = Self { domains: domains(false), limit: LIMIT / deciding.max(4) };
        if own.count() > own.limit {
            own.domains = domains(true);
        }
        own
    }

    fn count(&self) -> usize {
        self.domains.iter().fold(1, |product, (_, values)| usize::saturating_mul(product, values.len().max(1)))
    }

    /// Whether some stand for all: then what holds for each that is tried may not hold for everybody.
    pub(super) fn are_some(&self) -> bool {
        self.count() > self.limit
    }

    /// Calls `see` with what each would answer, until it says that it has seen enough.
    pub(super) fn each<'s>(&'s self, mut see: impl FnMut(&BTreeMap<&'s str, &'s str>) -> bool) {
        let total = self.count();
        // Beyond the limit every so many is taken, a step that shares no factor with small numbers of codes.
        let step = if self.are_some() { (total / self.limit.max(1)) | 1 } else { 1 };
        let mut index = 0;
        while index < total && self.limit > 0 {
            let mut rest = index;
            let mut answers = BTreeMap::new();
            for (name, values) in &self.domains {
                if let Some(value) = values.get(rest % values.len().max(1)) {
                    answers.insert(name.as_str(), value.as_str());
                }
                rest /= values.len().max(1);
            }
            if see(&answers) {
                return;
            }
            index = index.saturating_add(step);
        }
    }

    /// What a name can be answered with.
    pub(super) fn values(&self, name: &str) -> &[String] {
        let found = self.domains.iter().find(|(own, _)| own == name);
        found.map(|(_, values)| values.as_slice()).unwrap_or_default()
    }
}

/// Answers that conditions can tell apart: codes that every form has, numbers at, below and above those compared with.
fn domain(
    constants: &BTreeSet<String>,
    items: &[&Item],
    lists: &[BTreeSet<String>],
    is_wave: bool,
    short: bool,
) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    let mut codes: Vec<&String> = Vec::new();
    if let Some(first) = lists.first() {
        codes.extend(first.iter().filter(|code| lists.iter().all(|list| list.contains(*code))));
        if short && !is_wave {
            let mut others = 0;
            codes.retain(|code| {
                let named = constants.contains(*code);
                others += usize::from(!named);
                named || others == 1
            });
        }
    }
    let several = items.iter().any(|item| matches!(item.kind, ItemKind::SelectMultiple { .. } | ItemKind::Rank { .. }));
    let required = items.iter().all(|item| item.is_required()) && !items.is_empty();
    // Everybody is of a wave, and who must answer is not past a question without an answer.
    if !required && (!is_wave || codes.is_empty()) {
        values.push(String::new());
    }
    values.extend(codes.iter().map(|code| (*code).clone()));
    if several && codes.len() > 1 {
        values.push(codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" "));
        let named: Vec<&&String> = codes.iter().filter(|code| constants.contains(**code)).collect();
        for (place, first) in named.iter().enumerate() {
            values.extend(named[place + 1..].iter().map(|second| format!("{first} {second}")));
        }
    }
    if codes.is_empty() {
        for constant in constants {
            match constant.parse::<f64>() {
                Ok(number) => values.extend([-1.0, 0.0, 0.5, 1.0].map(|add| (number + add).to_string())),
                Err(_) => values.push(constant.clone()),
            }
        }
        values.push("0".into());
        values.push("999999".into());
        if items.iter().any(|item| matches!(item.kind, ItemKind::Text)) {
            values.push("x".into());
        }
        values.sort();
        values.dedup();
    }
    values
}
