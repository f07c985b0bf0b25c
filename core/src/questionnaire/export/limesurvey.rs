//! LimeSurvey's tab-separated survey structure.
//!
//! One row for each setting, group, question, subquestion and answer; the whole once per language, in the same order. Codes
//! are letters and digits: underscores are left out, as `bygdepuls import` expects.
//!
//! # Source
//!
//! LimeSurvey Manual, "Tab Separated Value survey structure", <https://manual.limesurvey.org/Tab_Separated_Value_survey_structure>.

use super::ExportProblem;
use crate::problem::{Privacy, Problem, Problems};
use crate::questionnaire::lint::{answer_code, question_codes};
use crate::questionnaire::{
    Expression, Item, ItemKind, LimeSurveyVariable, Node, Operator, Questionnaire, Routing, lang,
};
use crate::show::markup::escaped;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const COLUMNS: [&str; 19] = [
    "id",
    "related_id",
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
    "other",
    "default",
    "same_default",
    "hidden",
    "num_value_int_only",
    "max_answers",
    "em_validation_q",
    "equation",
];

/// The cells of a row that are not blank.
type Row<'a> = Vec<(&'a str, String)>;

/// The whole survey; `None` when something decides who is asked that LimeSurvey has no words for.
pub(super) fn write(own: &Questionnaire, problems: &mut Problems) -> Option<Vec<u8>> {
    let routing = Routing::of(own);
    let before = problems.errors();
    let survey = Survey { own, routing: &routing, codes: question_codes(own) };
    let questions: Vec<Question<'_>> = survey.questions(problems);
    if problems.errors() > before {
        return None;
    }
    let order = own.languages_by_default();
    let tag = |place: usize| {
        let written = own.languages[place].as_str();
        lang(written).map_or_else(
            || if written.is_empty() { "nb".into() } else { written.to_lowercase() },
            |lang| lang.tag().to_owned(),
        )
    };
    let mut out = String::from("\u{feff}");
    push_row(&mut out, &COLUMNS.map(str::to_owned));
    let mut push = |row: Row<'_>| {
        let cell = |column: &&str| {
            row.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.clone()).unwrap_or_default()
        };
        push_row(&mut out, &COLUMNS.iter().map(cell).collect::<Vec<_>>());
    };
    let setting = |name: &str, text: String| vec![("class", "S".to_owned()), ("name", name.to_owned()), ("text", text)];
    let languages: Vec<String> = order.iter().map(|place| tag(*place)).collect();
    push(setting("language", languages.first().cloned().unwrap_or_else(|| "nb".into())));
    if languages.len() > 1 {
        push(setting("additional_languages", languages[1..].join(" ")));
    }
    let grouped = own.items.iter().any(|item| item.kind.is_begin());
    push(setting("format", if grouped { "G" } else { "S" }.into()));
    push(setting("anonymized", "Y".into()));
    push(setting("datestamp", "Y".into()));
    push(setting("ipaddr", "N".into()));
    push(setting("allowprev", "Y".into()));
    for language in &languages {
        let title = own.settings.title.clone();
        push(vec![
            ("class", "SL".into()),
            ("name", "surveyls_title".into()),
            ("text", escaped(&title)),
            ("language", language.clone()),
        ]);
    }
    for (place, language) in order.iter().zip(&languages) {
        let mut group: Option<Option<usize>> = None;
        let mut groups = 0;
        for question in &questions {
            if group != Some(question.group) {
                group = Some(question.group);
                groups += 1;
                let label = question.group.map(|at| word(&own.items[at].label, *place).to_owned());
                let label = label.filter(|label| !label.is_empty()).unwrap_or_else(|| own.settings.title.clone());
                push(vec![
                    ("class", "G".into()),
                    ("type/scale", groups.to_string()),
                    ("name", label),
                    ("relevance", "1".into()),
                    ("language", language.clone()),
                ]);
            }
            question.rows(&survey, *place, language).into_iter().for_each(&mut push);
        }
    }
    Some(out.into_bytes())
}

fn word(words: &[String], place: usize) -> &str {
    words.get(place).map(String::as_str).unwrap_or_default()
}

fn push_row(out: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push('\t');
        }
        if cell.contains(['\t', '"', '\n', '\r']) {
            let _ = write!(out, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

struct Survey<'q> {
    own: &'q Questionnaire,
    routing: &'q Routing,
    /// The code of each variable.
    codes: BTreeMap<&'q str, String>,
}

/// A question of LimeSurvey.
struct Question<'q> {
    item: &'q Item,
    code: String,
    kind: &'static str,
    relevance: String,
    attributes: Row<'static>,
    /// The outermost group around it.
    group: Option<usize>,
}

impl<'q> Survey<'q> {
    fn questions(&self, problems: &mut Problems) -> Vec<Question<'q>> {
        let mut questions = Vec::new();
        let mut notes = 0;
        for (place, item) in self.own.items.iter().enumerate() {
            let mut attributes: Row<'static> = Vec::new();
            let kind = match &item.kind {
                ItemKind::SelectOne { .. } if item.appearance.contains("minimal") => "!",
                ItemKind::SelectOne { .. } => "L",
                ItemKind::SelectMultiple { .. } => "M",
                ItemKind::Rank { .. } => "R",
                ItemKind::Integer => {
                    attributes.push(("num_value_int_only", "1".into()));
                    "N"
                }
                ItemKind::Decimal | ItemKind::Range => "N",
                ItemKind::Text if item.appearance.contains("multiline") => "T",
                ItemKind::Text | ItemKind::Time => "S",
                ItemKind::Note => "X",
                ItemKind::Date | ItemKind::DateTime => "D",
                ItemKind::Acknowledge => "Y",
                ItemKind::Hidden { list } => {
                    attributes.push(("hidden", "1".into()));
                    if list.is_some() { "L" } else { "S" }
                }
                ItemKind::Calculate => {
                    attributes.push(("hidden", "1".into()));
                    "*"
                }
                // Groups are rows of their own; LimeSurvey records times itself.
                ItemKind::BeginGroup | ItemKind::EndGroup | ItemKind::Setting(_) | ItemKind::Metadata(_) => continue,
                ItemKind::Media(_)
                | ItemKind::Geo(_)
                | ItemKind::BeginRepeat
                | ItemKind::EndRepeat
                | ItemKind::Unknown => {
                    problems.push(self.problem(item, "type", &item.written_type, true, ExportProblem::NotInLimeSurvey));
                    continue;
                }
            };
            if item.kind.is_question() && !item.is_asked() {
                attributes.push(("hidden", "1".into()));
            }
            notes += usize::from(kind == "X");
            let code = self.codes.get(item.name.as_str()).cloned().unwrap_or_else(|| format!("note{notes}"));
            let relevance = self.relevance(place, problems);
            self.constraint(item, &mut attributes, problems);
            if let Some(filter) = &item.choice_filter {
                problems.push(self.problem(item, "choice_filter", filter.source(), true, ExportProblem::Filter));
            }
            if let (ItemKind::Calculate, Some(calculation)) = (&item.kind, &item.calculation) {
                match calculation.to_limesurvey(&|name| self.variable(name)) {
                    Ok(text) => attributes.push(("equation", format!("{{{text}}}"))),
                    Err(no) => {
                        let what = ExportProblem::Condition { what: no.0 };
                        problems.push(self.problem(item, "calculation", calculation.source(), false, what));
                    }
                }
            }
            let group = self.routing.groups(place).first().copied();
            questions.push(Question { item, code, kind, relevance, attributes, group });
        }
        questions
    }

    fn problem(&self, item: &Item, column: &str, value: &str, warning: bool, what: ExportProblem) -> Problem {
        let file = &self.own.origin.survey;
        let problem = if warning { Problem::warning(file, what) } else { Problem::error(file, what) };
        problem.line(item.line).column(column).value(value, Privacy::Open)
    }

    /// What a name is called in LimeSurvey.
    fn variable(&self, name: &str) -> Option<LimeSurveyVariable> {
        let item = self.own.item(name)?;
        let code = self.codes.get(name)?.clone();
        match (&item.kind, self.own.choices(item)) {
            (ItemKind::SelectMultiple { .. }, Some(list)) => {
                let choices = list.choices.iter().enumerate();
                let choices = choices.map(|(place, choice)| (choice.code.clone(), answer_code(list, place, true)));
                Some(LimeSurveyVariable::Several(code, choices.collect()))
            }
            _ => Some(LimeSurveyVariable::One(code)),
        }
    }

    fn relevance(&self, place: usize, problems: &mut Problems) -> String {
        let item = &self.own.items[place];
        let mut parts: Vec<(Expression, String)> = Vec::new();
        for condition in self.routing.conditions(self.own, place) {
            let condition = self.with_answer_codes(condition);
            match condition.to_limesurvey(&|name| self.variable(name)) {
                Ok(text) => parts.push((condition, text)),
                Err(no) => {
                    let what = ExportProblem::Condition { what: no.0 };
                    problems.push(self.problem(item, "relevant", condition.source(), false, what));
                }
            }
        }
        match parts.as_slice() {
            [] => "1".into(),
            [(_, text)] => text.clone(),
            parts => {
                let in_brackets = |(condition, text): &(Expression, String)| match condition.node() {
                    Node::And(_) | Node::Or(_) => format!("({text})"),
                    _ => text.clone(),
                };
                parts.iter().map(in_brackets).collect::<Vec<_>>().join(" and ")
            }
        }
    }

    /// The condition with choice codes that LimeSurvey cannot hold written as it holds them.
    fn with_answer_codes(&self, condition: &Expression) -> Expression {
        let mut text = condition.source().to_owned();
        for name in condition.references() {
            let Some(item) = self.own.item(name) else { continue };
            if matches!(item.kind, ItemKind::SelectMultiple { .. }) {
                continue;
            }
            let Some(list) = self.own.choices(item) else { continue };
            for (place, choice) in list.choices.iter().enumerate() {
                let code = answer_code(list, place, false);
                if code != choice.code {
                    text = text.replace(&format!("'{}'", choice.code), &format!("'{code}'"));
                }
            }
        }
        Expression::parse(&text)
    }

    fn constraint(&self, item: &Item, attributes: &mut Row<'static>, problems: &mut Problems) {
        let Some(constraint) = &item.constraint else { return };
        // `count-selected(.) <= 3` is a setting of its own.
        if let Node::Compare(Operator::AtMost, left, right) = constraint.node()
            && **left == Node::Call("count-selected".into(), vec![Node::This])
            && let Some(most) = right.number()
        {
            attributes.push(("max_answers", most.to_string()));
            return;
        }
        let variable = |name: &str| self.variable(if name == "." { &item.name } else { name });
        match constraint.to_limesurvey(&variable) {
            Ok(text) => attributes.push(("em_validation_q", text)),
            Err(no) => {
                let what = ExportProblem::Constraint { what: no.0 };
                problems.push(self.problem(item, "constraint", constraint.source(), true, what));
            }
        }
    }

    /// Words as LimeSurvey shows them: HTML, with answers in braces.
    fn shown(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(&braces(before));
            let Some((name, tail)) = after.split_once('}') else {
                rest = after;
                continue;
            };
            match self.codes.get(name.trim()) {
                Some(code) => {
                    let _ = write!(out, "{{{code}.shown}}");
                }
                None => out.push_str(&braces(name)),
            }
            rest = tail;
        }
        out.push_str(&braces(rest));
        out
    }
}

/// Escaped, line breaks kept, braces as characters: alone they would begin an expression.
fn braces(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escaped).collect();
    lines.join("<br />").replace('{', "&#123;").replace('}', "&#125;")
}

impl Question<'_> {
    /// The question in a language, with its subquestions and answers.
    fn rows(&self, survey: &Survey<'_>, place: usize, language: &str) -> Vec<Row<'static>> {
        let item = self.item;
        let other =
            matches!(item.kind, ItemKind::SelectOne { other: true, .. } | ItemKind::SelectMultiple { other: true, .. });
        let yes = |truth: bool| if truth { "Y" } else { "N" }.to_owned();
        let mut row: Row<'static> = vec![
            ("class", "Q".into()),
            ("type/scale", self.kind.into()),
            ("name", self.code.clone()),
            ("relevance", self.relevance.clone()),
            ("text", survey.shown(word(&item.label, place))),
            ("help", survey.shown(word(&item.hint, place))),
            ("language", language.to_owned()),
            ("mandatory", yes(item.is_required() && item.kind.is_question())),
            ("other", yes(other)),
            (
                "default",
                if matches!(item.kind, ItemKind::SelectMultiple { .. }) { String::new() } else { item.default.clone() },
            ),
        ];
        row.extend(self.attributes.iter().cloned());
        let mut rows = vec![row];
        let Some(list) = survey.own.choices(item) else { return rows };
        let several = matches!(item.kind, ItemKind::SelectMultiple { .. });
        for (index, choice) in list.choices.iter().enumerate() {
            let mut row: Row<'static> = vec![
                ("class", if several { "SQ" } else { "A" }.into()),
                ("name", answer_code(list, index, several)),
                ("text", survey.shown(word(&choice.label, place))),
                ("language", language.to_owned()),
            ];
            row.push(if several { ("relevance", "1".into()) } else { ("type/scale", "0".into()) });
            rows.push(row);
        }
        rows
    }
}
