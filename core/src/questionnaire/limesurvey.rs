//! LimeSurvey's tab-separated survey structure to a questionnaire: what the export writes, and what LimeSurvey does.
//!
//! The names of lists, the column `waves` and underscores in names are not in that format. A condition that XLSForm has no
//! words for is kept as it stands, and found by the lint.
//!
//! # Source
//!
//! LimeSurvey Manual, "Tab Separated Value survey structure", <https://manual.limesurvey.org/Tab_Separated_Value_survey_structure>.

mod arrays;

use super::expression::{Meaning, from_limesurvey};
use super::{Questionnaire, Row, Sheet};
use crate::problem::Problems;
use crate::read::ReadProblem;

/// A question of the survey, with its words by language.
#[derive(Clone, Debug, Default)]
struct Question {
    line: u64,
    kind: String,
    code: String,
    relevance: String,
    text: Vec<String>,
    help: Vec<String>,
    mandatory: bool,
    other: bool,
    default: String,
    hidden: bool,
    whole: bool,
    most: String,
    validation: String,
    equation: String,
    choices: Vec<Choice>,
    /// Conditions of rows, by their codes.
    conditions: Vec<(String, String)>,
    group: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Choice {
    code: String,
    text: Vec<String>,
    subquestion: bool,
}

#[derive(Debug, Default)]
struct Survey {
    languages: Vec<String>,
    title: String,
    /// Titles by language, and the condition.
    groups: Vec<(Vec<String>, String)>,
    questions: Vec<Question>,
}

impl Questionnaire {
    /// Whether bytes are LimeSurvey's structure: by their header.
    #[must_use]
    pub fn is_limesurvey(bytes: &[u8]) -> bool {
        let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let names: Vec<&[u8]> = header.split(|byte| *byte == b'\t').map(|name| name.trim_ascii()).collect();
        ["class", "type/scale", "relevance"].iter().all(|wanted| names.contains(&wanted.as_bytes()))
    }

    /// From LimeSurvey's structure.
    pub fn from_limesurvey(file: &str, bytes: &[u8], problems: &mut Problems) -> Self {
        let Some(sheet) = Sheet::from_csv(file, bytes, problems) else { return Self::default() };
        let survey = Survey::read(&sheet);
        let mut own = Self::from_sheets(
            Some(&survey.survey(&sheet, problems)),
            Some(&survey.choices(file)),
            Some(&survey.settings(file)),
            problems,
        );
        for choice in own.lists.iter_mut().flat_map(|list| &mut list.choices) {
            choice.missing = choice.missing_by_words();
        }
        own
    }
}

impl Survey {
    fn read(sheet: &Sheet) -> Self {
        let mut own = Self::default();
        let (mut group, mut question, mut groups_of) = (0, None, String::new());
        for row in 0..sheet.rows.len() {
            let get = |name: &str| sheet.cell(row, sheet.columns.iter().position(|column| column == name));
            let (class, name, text) = (get("class"), get("name"), get("text"));
            let language = match get("language") {
                "" => own.languages.first().map(String::as_str).unwrap_or_default(),
                language => language,
            };
            let place = own.languages.iter().position(|own| own == language);
            match (class, name) {
                ("S", "language") => own.languages.insert(0, text.into()),
                ("S", "additional_languages") => {
                    own.languages.extend(text.split_whitespace().map(str::to_owned));
                }
                ("SL", "surveyls_title") if own.title.is_empty() => own.title = shown(text),
                ("G", _) => {
                    if groups_of != language {
                        language.clone_into(&mut groups_of);
                        group = 0;
                    }
                    group += 1;
                    if own.groups.len() < group {
                        let titles = vec![String::new(); own.languages.len()];
                        own.groups.push((titles, get("relevance").into()));
                    }
                    put(&mut own.groups[group - 1].0, place, name);
                }
                ("Q", _) => {
                    let known = own.questions.iter().position(|question| question.code == name);
                    let at = known.unwrap_or_else(|| {
                        own.questions.push(Question {
                            line: sheet.rows[row].line,
                            kind: get("type/scale").into(),
                            code: name.into(),
                            relevance: get("relevance").into(),
                            text: vec![String::new(); own.languages.len()],
                            help: vec![String::new(); own.languages.len()],
                            mandatory: get("mandatory") == "Y",
                            other: get("other") == "Y",
                            default: get("default").into(),
                            hidden: get("hidden") == "1",
                            whole: get("num_value_int_only") == "1",
                            most: get("max_answers").into(),
                            validation: get("em_validation_q").into(),
                            equation: get("equation").into(),
                            choices: Vec::new(),
                            conditions: Vec::new(),
                            group: group.saturating_sub(1),
                        });
                        own.questions.len() - 1
                    });
                    put(&mut own.questions[at].text, place, &shown(text));
                    put(&mut own.questions[at].help, place, &shown(get("help")));
                    question = Some(at);
                }
                ("A" | "SQ", _) => {
                    let Some(question) = question.and_then(|at: usize| own.questions.get_mut(at)) else { continue };
                    let subquestion = class == "SQ";
                    let is_same = |choice: &Choice| choice.code == name && choice.subquestion == subquestion;
                    let at = question.choices.iter().position(is_same).unwrap_or_else(|| {
                        let text = vec![String::new(); own.languages.len()];
                        question.choices.push(Choice { code: name.into(), text, subquestion });
                        question.choices.len() - 1
                    });
                    put(&mut question.choices[at].text, place, &shown(text));
                    let condition = get("relevance");
                    let is_known = question.conditions.iter().any(|(code, _)| code == name);
                    if subquestion && !is_known && !matches!(condition, "" | "1") {
                        question.conditions.push((name.into(), condition.into()));
                    }
                }
                _ => {}
            }
        }
        let questions = std::mem::take(&mut own.questions).into_iter();
        own.questions = questions.flat_map(|question| question.rows(&own.languages)).collect();
        own
    }

    /// What a code means: a question, or one of its choices behind an underscore.
    fn meaning(&self, code: &str, here: &str) -> Option<Meaning> {
        let name = |code: &str| if code == here { ".".to_owned() } else { code.to_owned() };
        if self.questions.iter().any(|question| question.code == code) {
            return Some(Meaning::Answer(name(code)));
        }
        let (question, choice) = code.rsplit_once('_')?;
        let own = self.questions.iter().find(|own| own.code == question)?;
        let has = own.kind == "M" && own.choices.iter().any(|own| own.code == choice);
        has.then(|| Meaning::Choice(name(question), choice.into()))
    }

    fn expression(&self, text: &str, here: &str) -> String {
        match text.trim() {
            "" | "1" => String::new(),
            text => from_limesurvey(text, &|code| self.meaning(code, here)).unwrap_or_else(|_| text.into()),
        }
    }

    /// The list of a question: that of the first one with the same choices, but for what is hidden, which has its own.
    fn list(&self, question: &Question) -> String {
        let first = self.questions.iter().find(|other| !other.hidden && other.choices == question.choices);
        first.filter(|_| !question.hidden).unwrap_or(question).code.clone()
    }

    fn survey(&self, sheet: &Sheet, problems: &mut Problems) -> Sheet {
        let words = |name: &'static str| self.languages.iter().map(move |language| format!("{name}::{language}"));
        let fixed = ["relevant", "constraint", "required", "appearance", "default", "calculation", "readonly"];
        let columns: Vec<String> = ["type", "name"].map(str::to_owned).into_iter().chain(words("label")).collect();
        let columns = columns.into_iter().chain(words("hint")).chain(fixed.map(str::to_owned)).collect();
        let blank = || vec![String::new(); self.languages.len()];
        let mut rows = Vec::new();
        let mut open = None;
        for question in &self.questions {
            if open != Some(question.group) {
                if open.is_some_and(|group| self.is_group(group)) {
                    rows.push(row(question.line, ["end group", ""], &blank(), &blank(), fixed.map(|_| String::new())));
                }
                open = Some(question.group);
                if let Some((titles, relevance)) =
                    self.groups.get(question.group).filter(|_| self.is_group(question.group))
                {
                    let mut rest = fixed.map(|_| String::new());
                    rest[0] = self.expression(relevance, "");
                    let name = format!("group{}", question.group + 1);
                    rows.push(row(question.line, ["begin group", &name], titles, &blank(), rest));
                }
            }
            let Some((kind, appearance)) = self.kind(question) else {
                if let Some((at, column)) = sheet
                    .rows
                    .iter()
                    .position(|row| row.line == question.line)
                    .zip(sheet.columns.iter().position(|name| name == "type/scale"))
                {
                    problems.push(sheet.problem(at, column, ReadProblem::UnknownType));
                }
                continue;
            };
            let is_set = ["hidden", "calculate"].contains(&kind.as_str());
            let constraint = match question.most.as_str() {
                "" => self.expression(&question.validation, &question.code),
                most => format!("count-selected(.) <= {most}"),
            };
            let equation = question.equation.trim().trim_start_matches('{').trim_end_matches('}');
            let yes = |holds: bool| if holds { "yes".to_owned() } else { String::new() };
            let rest = [
                self.expression(&question.relevance, ""),
                constraint,
                yes(question.mandatory),
                appearance.to_owned(),
                question.default.clone(),
                self.expression(equation, ""),
                yes(question.hidden && !is_set),
            ];
            rows.push(row(question.line, [&kind, &question.code], &question.text, &question.help, rest));
        }
        if open.is_some_and(|group| self.is_group(group)) {
            let line = self.questions.last().map_or(1, |question| question.line);
            rows.push(row(line, ["end group", ""], &blank(), &blank(), fixed.map(|_| String::new())));
        }
        Sheet { file: sheet.file.clone(), columns, rows }
    }

    /// Whether a group is one of the form: LimeSurvey needs one, and the export calls it as the survey.
    fn is_group(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|(titles, _)| titles.iter().any(|title| *title != self.title))
    }

    /// The type in XLSForm, and how it looks.
    fn kind(&self, question: &Question) -> Option<(String, &'static str)> {
        let other = if question.other { " or_other" } else { "" };
        let plain = |kind: &str| Some((kind.to_owned(), ""));
        let select = |kind: &str| format!("{kind} {}{other}", self.list(question));
        match question.kind.as_str() {
            "L" | "S" if question.hidden => plain("hidden"),
            "L" | "O" => Some((select("select_one"), "")),
            "!" => Some((select("select_one"), "minimal")),
            "M" | "P" => Some((select("select_multiple"), "")),
            "R" => Some((select("rank"), "")),
            "N" => plain(if question.whole { "integer" } else { "decimal" }),
            "S" => plain("text"),
            "T" | "U" => Some(("text".into(), "multiline")),
            "X" => plain("note"),
            "D" => plain("date"),
            "Y" => plain("acknowledge"),
            "*" => plain("calculate"),
            _ => None,
        }
    }

    fn choices(&self, file: &str) -> Sheet {
        let words = self.languages.iter().map(|language| format!("label::{language}"));
        let columns = ["list_name", "name"].map(str::to_owned).into_iter().chain(words);
        let columns = columns.chain(["missing".to_owned()]).collect();
        let own = self.questions.iter().filter(|question| self.list(question) == question.code);
        let rows = own.flat_map(|question| {
            question.choices.iter().map(|choice| {
                let names = [question.code.clone(), choice.code.clone()];
                let cells = names.into_iter().chain(choice.text.iter().cloned()).chain([String::new()]);
                Row { line: question.line, cells: cells.collect() }
            })
        });
        Sheet { file: file.into(), columns, rows: rows.collect() }
    }

    fn settings(&self, file: &str) -> Sheet {
        let language = self.languages.first().cloned().unwrap_or_default();
        let columns = ["form_title", "default_language"].map(str::to_owned).to_vec();
        Sheet { file: file.into(), columns, rows: vec![Row { line: 2, cells: vec![self.title.clone(), language] }] }
    }
}

fn row(line: u64, first: [&str; 2], label: &[String], hint: &[String], rest: [String; 7]) -> Row {
    let cells = first.map(str::to_owned).into_iter().chain(label.iter().cloned()).chain(hint.iter().cloned());
    Row { line, cells: cells.chain(rest).collect() }
}

fn put(words: &mut [String], place: Option<usize>, text: &str) {
    if let Some(own) = place.and_then(|place| words.get_mut(place)) {
        text.clone_into(own);
    }
}

/// What LimeSurvey shows, as text: line breaks, no tags, answers as `${name}`.
fn shown(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '{']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest.starts_with('<');
        let Some(end) = rest.find(if is_tag { '>' } else { '}' }) else { break };
        let inside = &rest[1..end];
        if !is_tag {
            let name = inside.split('.').next().unwrap_or_default();
            text.push_str(&format!("${{{name}}}"));
        } else if inside.starts_with("br") || inside.starts_with("/p") {
            text.push('\n');
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    let entities = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#123;", "{"),
        ("&#125;", "}"),
    ];
    for (entity, letter) in entities {
        text = text.replace(entity, letter);
    }
    text.replace("&amp;", "&").trim().to_owned()
}
