//! The section `[findings]`: which question plays which part in the findings, and the files that they read.

use super::toml::{self, Section};
use super::{Expected, Place, ProjectProblem, place, read_file};
use crate::indicator::finding::{Roles, Tie, Trial};

/// Reads the section; what is left out is as in the battery. Variables that are named must be in the questionnaire: they are
/// remembered with their place.
pub(super) fn read(section: Section<'_, '_>, places: &mut Vec<Place>) -> Roles {
    let standard = Roles::default();
    let variable = |key: &'static str, standard: String, places: &mut Vec<Place>| match section.optional(
        key,
        Expected::Text,
        toml::text,
    ) {
        Some(name) => {
            places.push(place(&section, key, &name));
            name
        }
        None => standard,
    };
    let list = |key: &'static str, standard: Vec<String>| {
        section.optional(key, Expected::TextList, toml::text_list).unwrap_or(standard)
    };
    let named = |key: &'static str, standard: Vec<String>, places: &mut Vec<Place>| {
        let names = section.optional(key, Expected::TextList, toml::text_list);
        names.iter().flatten().for_each(|name| places.push(place(&section, key, name)));
        names.unwrap_or(standard)
    };
    let file = |key: &'static str, places: &mut Vec<Place>| {
        if section.has(key) { read_file(&section, key, places) } else { None }
    };
    let text =
        |key: &'static str, standard: String| section.optional(key, Expected::Text, toml::text).unwrap_or(standard);
    let from = section.optional("friends_from", Expected::WholeList, |value| {
        toml::whole_list(value).filter(|list| !list.is_empty() && list.windows(2).all(|pair| pair[0] < pair[1]))
    });
    let roles = Roles {
        intent: (variable("intent", standard.intent.0, places), list("intent_yes", standard.intent.1)),
        ties: read_ties(&section, standard.ties, places),
        friends: variable("friends", standard.friends, places),
        friends_from: from.unwrap_or(standard.friends_from),
        adjust: named("adjust", standard.adjust, places),
        moved_with: (
            variable("moved_with", standard.moved_with.0, places),
            list("moved_with_yes", standard.moved_with.1),
        ),
        moved_year: variable("moved_year", standard.moved_year, places),
        class: variable("class", standard.class, places),
        conditions: variable("conditions", standard.conditions, places),
        motive: variable("motive", standard.motive, places),
        important: (text("important", standard.important.0), list("important_yes", standard.important.1)),
        satisfied: (text("satisfied", standard.satisfied.0), list("satisfied_yes", standard.satisfied.1)),
        priorities: named("priorities", standard.priorities, places),
        outcomes: file("outcomes", places),
        horizon: section.whole("horizon", 1, 40, standard.horizon),
        moves: file("moves", places),
        trials: read_trials(&section, places),
        measures: file("measures", places),
        measures_public: section.word("measures_are", &[("internal", false), ("public", true)], false),
        notes: file("notes", places),
    };
    section.finish();
    roles
}

fn read_ties(section: &Section<'_, '_>, standard: Vec<Tie>, places: &mut Vec<Place>) -> Vec<Tie> {
    if !section.has("tie") {
        return standard;
    }
    let mut ties = Vec::new();
    for entry in section.sections("tie") {
        let variable = entry.text("variable");
        let yes = entry.required("yes", Expected::TextList, toml::text_list);
        if let (Some(variable), Some(yes)) = (variable, yes) {
            places.push(place(&entry, "variable", &variable));
            ties.push(Tie { variable, yes });
        }
        entry.finish();
    }
    ties
}

fn read_trials(section: &Section<'_, '_>, places: &mut Vec<Place>) -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    let entries = if section.has("trial") { section.sections("trial") } else { Vec::new() };
    for entry in entries {
        let optional = |key: &'static str| entry.optional(key, Expected::Text, toml::text);
        let id = entry.required("id", Expected::Id, toml::id);
        let file = read_file(&entry, "file", places);
        let (outcome, period) = (entry.text("outcome"), entry.text("period"));
        let before = optional("before").unwrap_or_else(|| "before".into());
        let after = optional("after").unwrap_or_else(|| "after".into());
        let tried = optional("trial").unwrap_or_else(|| "trial".into());
        let comparison = optional("comparison").unwrap_or_else(|| "comparison".into());
        let group = optional("group").map(|column| (column, tried, comparison));
        let list = |key: &'static str| entry.optional(key, Expected::TextList, toml::text_list).unwrap_or_default();
        let (yes, baseline) = (list("yes"), list("baseline"));
        let (person, cluster) = (optional("person"), optional("cluster"));
        if let (Some(id), Some(file), Some(outcome), Some(period)) = (id, file, outcome, period) {
            if trials.iter().any(|trial| trial.id == id) {
                entry.report("id", ProjectProblem::Twice);
            }
            let period = (period, before, after);
            trials.push(Trial { id, file, outcome, yes, period, group, person, cluster, baseline });
        }
        entry.finish();
    }
    trials
}
