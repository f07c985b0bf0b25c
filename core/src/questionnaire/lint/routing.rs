//! Routing: what expressions refer to, and whom they let through.

use super::{Findings, LintProblem};
use crate::problem::Severity::{Error, Warning};
use crate::questionnaire::people::{Form, People};
use crate::questionnaire::{Expression, Field, Item, ItemKind, Node, Operator, Questionnaire, Routing};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(routing: &Routing, findings: &mut Findings<'_>) {
    let own = findings.own;
    let none = BTreeMap::new();
    let form = Form::new(own, routing, &none);
    for (place, item) in own.items.iter().enumerate() {
        let before = findings.list.len();
        for (field, expression) in expressions(item) {
            syntax(item, &field, expression, findings);
            references(own, place, &field, expression, findings);
            codes(own, item, &field, expression, findings);
        }
        labels(own, place, findings);
        // Whom a broken condition lets through says nothing more.
        let whole = findings.list.len() == before || findings.list[before..].iter().all(is_warning);
        if whole && !item.kind.is_end() {
            reach(&form, place, findings);
        }
        if let Some(constraint) = &item.constraint
            && whole
            && never_takes(item, constraint)
        {
            findings.item(item, &Field::Constraint, constraint.source(), Error, LintProblem::TakesNothing);
        }
        let known: Vec<&String> = item.waves.iter().filter(|wave| !routing.waves.contains(wave)).collect();
        if !known.is_empty() && own.wave_variable().is_some() {
            let what = LintProblem::UnknownWave { exists: routing.waves.clone() };
            findings.item(item, &Field::Waves, &item.waves.join(" "), Error, what);
        }
    }
}

fn is_warning(problem: &crate::problem::Problem) -> bool {
    problem.severity == Warning
}

fn expressions(item: &Item) -> Vec<(Field, &Expression)> {
    [
        (Field::Relevant, &item.relevant),
        (Field::Constraint, &item.constraint),
        (Field::ChoiceFilter, &item.choice_filter),
        (Field::Calculation, &item.calculation),
    ]
    .into_iter()
    .filter_map(|(field, expression)| Some((field, expression.as_ref()?)))
    .collect()
}

fn syntax(item: &Item, field: &Field, expression: &Expression, findings: &mut Findings<'_>) {
    if let Some(error) = expression.error() {
        findings.item(item, field, expression.source(), Error, LintProblem::Expression(error.clone()));
    }
    let mut this = false;
    expression.node().visit(&mut |node| this |= *node == Node::This);
    if this && *field == Field::Relevant {
        findings.item(item, field, expression.source(), Error, LintProblem::ThisInRelevant);
    }
}

fn references(own: &Questionnaire, place: usize, field: &Field, expression: &Expression, findings: &mut Findings<'_>) {
    let item = &own.items[place];
    for name in expression.references() {
        let found = own.items.iter().position(|other| other.name == name && !other.kind.is_end());
        let what = match found {
            None => LintProblem::unknown(name, own),
            Some(at) if at == place && *field == Field::Constraint => continue,
            Some(at) if at == place => LintProblem::RefersToItself,
            Some(at) if at > place && *field != Field::Calculation => {
                LintProblem::RefersForward { name: name.into(), line: own.items[at].line }
            }
            Some(at) if own.items[at].kind == ItemKind::Note || own.items[at].kind.is_begin() => {
                LintProblem::NoAnswer { name: name.into() }
            }
            Some(_) => continue,
        };
        findings.item(item, field, expression.source(), Error, what);
    }
}

/// `${name}` in labels and hints.
fn labels(own: &Questionnaire, place: usize, findings: &mut Findings<'_>) {
    let item = &own.items[place];
    let words = [(&item.label, false), (&item.hint, true)];
    for (words, hint) in words {
        for (text, language) in words.iter().zip(&own.languages) {
            for part in text.split("${").skip(1) {
                let Some((name, _)) = part.split_once('}') else { continue };
                let found = own.items.iter().position(|other| other.name == name.trim() && !other.kind.is_end());
                let what = match found {
                    None => LintProblem::unknown(name.trim(), own),
                    Some(at) if at >= place => {
                        LintProblem::RefersForward { name: name.trim().into(), line: own.items[at].line }
                    }
                    Some(_) => continue,
                };
                let field = if hint { Field::Hint(language.clone()) } else { Field::Label(language.clone()) };
                findings.item(item, &field, text, Error, what);
            }
        }
    }
}

/// Codes that are compared with a variable whose list does not have them.
fn codes(own: &Questionnaire, item: &Item, field: &Field, expression: &Expression, findings: &mut Findings<'_>) {
    let mut wrong: Vec<(String, String)> = Vec::new();
    let mut see = |name: &str, code: &Node| {
        let code = match code {
            Node::Text(text) if !text.is_empty() => text.clone(),
            Node::Number(number) => number.to_string(),
            _ => return,
        };
        let Some(list) = own.item(name).and_then(|other| own.choices(other)) else { return };
        if list.choice(&code).is_none() && code != "other" {
            wrong.push((name.into(), code));
        }
    };
    expression.node().visit(&mut |node| match node {
        Node::Compare(Operator::Equal | Operator::NotEqual, left, right) => match (&**left, &**right) {
            (Node::Reference(name), code) | (code, Node::Reference(name)) => see(name, code),
            _ => {}
        },
        Node::Call(call, arguments) if call == "selected" => {
            if let [Node::Reference(name), code] = arguments.as_slice() {
                see(name, code);
            }
        }
        _ => {}
    });
    for (name, code) in wrong {
        let list = own.item(&name).and_then(|other| own.choices(other));
        let exists = list.into_iter().flat_map(|list| &list.choices).map(|choice| choice.code.clone()).collect();
        findings.item(item, field, expression.source(), Error, LintProblem::UnknownCode { name, code, exists });
    }
    // `${several} = '1'` holds for who chose that alone.
    expression.node().visit(&mut |node| {
        if let Node::Compare(_, left, right) = node {
            for (side, other) in [(left, right), (right, left)] {
                if let (Node::Reference(name), Node::Text(code)) = (&**side, &**other)
                    && !code.is_empty()
                    && own.item(name).is_some_and(|item| matches!(item.kind, ItemKind::SelectMultiple { .. }))
                {
                    let what = LintProblem::SeveralCompared { name: name.clone(), code: code.clone() };
                    findings.item(item, field, expression.source(), Warning, what);
                }
            }
        }
    });
}

/// Whom an item is put to: nobody, everybody whatever they answer, waves that cannot have answered what decides.
fn reach(form: &Form<'_>, place: usize, findings: &mut Findings<'_>) {
    let (own, routing) = (form.own, form.routing);
    let item = &own.items[place];
    let source = item.relevant.as_ref().map(Expression::source).unwrap_or_default();
    let decided = form.decided(place);
    let people = People::of(&[&decided]);
    let (mut some, mut unknown) = (false, people.are_some());
    let mut waves: BTreeSet<String> = BTreeSet::new();
    let wave_variable = own.wave_variable().map(|item| item.name.clone()).unwrap_or_default();
    people.each(|person| {
        match decided.is_put(person) {
            Some(true) => {
                some = true;
                waves.extend(person.get(wave_variable.as_str()).map(|wave| (*wave).to_owned()));
            }
            Some(false) => {}
            None => unknown = true,
        }
        false
    });
    let conditions: Vec<&Expression> = routing.conditions(own, place).collect();
    if !some && !unknown && (!conditions.is_empty() || !item.waves.is_empty()) {
        // Inside a group that nobody gets to, the group says so.
        let of_group = routing.groups(place).iter().any(|group| routing.waves_of(*group).is_empty());
        if item.relevant.is_some() || !of_group {
            findings.item(item, &Field::Relevant, source, Error, LintProblem::NeverPut);
        }
        return;
    }
    if let Some(relevant) = &item.relevant
        && !people.are_some()
        && holds_for_all(&people, relevant)
    {
        findings.item(item, &Field::Relevant, source, Error, LintProblem::AlwaysPut);
    }
    if unknown || wave_variable.is_empty() {
        return;
    }
    let missing: Vec<String> =
        item.waves.iter().filter(|wave| routing.waves.contains(wave) && !waves.contains(*wave)).cloned().collect();
    if !missing.is_empty() {
        findings.item(item, &Field::Relevant, source, Error, LintProblem::NeverInWaves { waves: missing });
    }
    let through: Vec<String> = match item.waves.is_empty() {
        true => Vec::new(),
        false => routing
            .waves
            .iter()
            .filter(|wave| !item.waves.contains(wave) && lets_through(form, place, wave))
            .cloned()
            .collect(),
    };
    if !through.is_empty() {
        findings.item(
            item,
            &Field::Waves,
            &item.waves.join(" "),
            Error,
            LintProblem::WavesLetThrough { waves: through },
        );
    }
    let mut told = BTreeSet::new();
    for (name, waves) in not_asked(form, place, &people) {
        if told.insert(name.clone()) {
            findings.item(item, &Field::Relevant, source, Error, LintProblem::NotAskedInWaves { name, waves });
        }
    }
}

/// Whether a condition holds whatever anybody answers, blank or not.
fn holds_for_all(people: &People, relevant: &Expression) -> bool {
    if relevant.references().is_empty() {
        return relevant.evaluate(&|_| None) == Some(true);
    }
    let mut all = true;
    people.each(|person| {
        all = relevant.evaluate(&|name| person.get(name).copied()) == Some(true);
        !all
    });
    let blank_too = relevant.references().iter().all(|name| {
        let is_wave = !people.values(name).contains(&String::new());
        is_wave || relevant.evaluate(&|other| (other == *name).then_some("")) != Some(false)
    });
    all && blank_too
}

/// Variables that decide whether an item is put in a wave, and are never put to that wave: name and waves.
fn not_asked(form: &Form<'_>, place: usize, people: &People) -> Vec<(String, Vec<String>)> {
    let (own, routing) = (form.own, form.routing);
    let item = &own.items[place];
    let Some(relevant) = &item.relevant else { return Vec::new() };
    let wave_variable = own.wave_variable().map(|item| item.name.as_str());
    let mut found = Vec::new();
    for name in relevant.references() {
        let Some(at) = own.items.iter().position(|other| other.name == name).filter(|at| *at < place) else { continue };
        if Some(name) == wave_variable || matches!(own.items[at].kind, ItemKind::Calculate) {
            continue;
        }
        let mut waves = Vec::new();
        for wave in routing.waves.iter().filter(|wave| item.waves.is_empty() || item.waves.contains(wave)) {
            if routing.asked(wave, at) != Some(false) || !groups_allow(routing, wave, place) {
                continue;
            }
            // It decides when another answer to it, all else the same, would let the question through or stop it.
            let mut decides = false;
            people.each(|person| {
                let with = |own_answer: &str| {
                    relevant.evaluate(&|other| {
                        if Some(other) == wave_variable {
                            Some(wave.as_str())
                        } else if other == name {
                            people
                                .values(name)
                                .iter()
                                .find(|value| *value == own_answer)
                                .map(String::as_str)
                                .or(Some(""))
                        } else {
                            let before = own.items.iter().position(|item| item.name == other)?;
                            if routing.asked(wave, before) == Some(false) {
                                Some("")
                            } else {
                                person.get(other).copied()
                            }
                        }
                    })
                };
                let blank = with("");
                decides = people.values(name).iter().any(|value| with(value) != blank);
                decides
            });
            if decides {
                waves.push(wave.clone());
            }
        }
        if !waves.is_empty() {
            found.push((name.to_owned(), waves));
        }
    }
    found
}

/// Whether the conditions of an item can hold for a wave, whatever its column `waves` says.
fn lets_through(form: &Form<'_>, place: usize, wave: &str) -> bool {
    let (own, routing) = (form.own, form.routing);
    let value = |name: &str| -> Option<&str> {
        if own.wave_variable().is_some_and(|item| item.name == name) {
            return Some(wave);
        }
        let before = own.items.iter().position(|item| item.name == name)?;
        (routing.asked(wave, before) == Some(false)).then_some("")
    };
    let groups = groups_allow(routing, wave, place);
    groups && routing.conditions(own, place).all(|condition| condition.evaluate(&value) != Some(false))
}

fn groups_allow(routing: &Routing, wave: &str, place: usize) -> bool {
    routing.groups(place).iter().all(|group| routing.asked(wave, *group) != Some(false))
}

/// Whether no answer is taken, tried with every answer that the constraint can tell apart.
fn never_takes(item: &Item, constraint: &Expression) -> bool {
    let mut answers: Vec<String> = vec!["1 2".into(), "1 2 3 4".into(), "x".into()];
    for constant in constraint.constants(".") {
        if let Ok(number) = constant.parse::<f64>() {
            answers.extend([-1.0, -0.5, 0.0, 0.5, 1.0].map(|add| (number + add).to_string()));
        }
        answers.push(constant);
    }
    let numbers = matches!(item.kind, ItemKind::Integer | ItemKind::Decimal | ItemKind::Range);
    numbers
        && answers
            .iter()
            .all(|answer| constraint.evaluate(&|name| (name == ".").then_some(answer.as_str())) == Some(false))
}
