//! What is done about it: measures, the findings that they answer, and what was said elsewhere.

use super::{Cell, Evidence, Finding, Reason};
use crate::compare::real;
use crate::problem::Problems;
use crate::register::measures::{Measure, Measures, Note, check_themes};
use crate::text::{Lang, Text};

/// Which measures answer which finding, which findings nobody answers, and which measures answer nothing.
///
/// A theme is the id of a finding (`h2`), a question (`betingelser`) or an answer (`betingelser=7`). Themes that are asked for are
/// the conditions and priorities of the questionnaire, one by one, and the two hypotheses; a measure that answers the whole
/// question answers each. Notes from youth councils and focus groups are counted by the same themes.
///
/// # Input and result
///
/// Files `findings.measures` and `findings.notes`, CSV: see [`Measures::read`] and [`Note::read_all`]. Counts of measures and of
/// notes per theme; the text of a note is in no result.
///
/// # Source
///
/// "Ung i Glåmdal": *men hva gjøres?*; Innlandet's 2024 programme, whose register shows what goes wrong in such lists.
pub fn find(evidence: &Evidence<'_>, problems: &mut Problems) -> Vec<Finding> {
    let finding = Finding::new("measures", title(), method());
    let Some((measures, notes)) = read(evidence, problems) else {
        let roles = &evidence.project.findings;
        return vec![match &roles.measures {
            Some(file) => finding.none(Reason::bad_file(file)),
            None => finding.none(Reason::no_file("findings.measures")),
        }];
    };
    let mut finding = finding;
    let mut unanswered = Vec::new();
    for (theme, words) in themes(evidence) {
        let answering = measures.answering(&theme);
        let n = answering.len() as u64;
        let mut cell = Cell::new("measures", &theme, words.clone(), n).estimate(real(n));
        cell.notes =
            answering.iter().map(|measure| Text::same(&format!("{} {}", measure.id, measure.status.code()))).collect();
        finding.cells.push(cell);
        let said = notes.iter().filter(|note| note.theme == theme).count() as u64;
        if said > 0 {
            finding.cells.push(Cell::new("notes", &theme, words.clone(), said).estimate(real(said)));
        }
        if n == 0 {
            unanswered.push(words);
        }
    }
    let idle = measures.without_finding();
    for measure in &idle {
        finding.cells.push(Cell::new("answers_nothing", &measure.id, measure.title.clone(), 0));
    }
    finding.sentences.push(sentence(&unanswered, measures.list.len(), idle.len()));
    vec![finding]
}

/// The register and the notes, with their themes checked.
fn read(evidence: &Evidence<'_>, problems: &mut Problems) -> Option<(Measures, Vec<Note>)> {
    let roles = &evidence.project.findings;
    let file = roles.measures.as_ref()?;
    let before = problems.errors();
    let measures = Measures::read(file, evidence.files.get(file)?, problems)?;
    let municipalities: Vec<String> = evidence.project.municipalities.iter().map(|one| one.code.clone()).collect();
    measures.check_municipalities(file, &municipalities, problems);
    let known = |theme: &str| is_theme(evidence, theme);
    let answers =
        measures.list.iter().flat_map(|measure| measure.answers.iter().map(|theme| (measure.line, theme.as_str())));
    check_themes(file, "answers", answers, known, problems);
    let notes = match &roles.notes {
        Some(file) => {
            let notes = Note::read_all(file, evidence.files.get(file)?, problems)?;
            let themes = (2..).zip(notes.iter().map(|note| note.theme.as_str()));
            check_themes(file, "theme", themes, known, problems);
            notes
        }
        None => Vec::new(),
    };
    (problems.errors() == before).then_some((measures, notes))
}

/// Measures by what they answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What a measure could answer, in the order of the questionnaire.
    pub themes: Vec<Theme>,
    /// Measures that answer nothing.
    pub idle: Vec<Measure>,
    /// All of them.
    pub all: Vec<Measure>,
}

/// Something that a measure could answer: an answer to a question, or a hypothesis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// `betingelser=7`, `h2`
    pub code: String,
    /// What people read.
    pub words: Text,
    /// The measures that answer it.
    pub measures: Vec<Measure>,
}

/// The measures by what they answer; none without a register that can be read.
#[must_use]
pub fn answered(evidence: &Evidence<'_>, problems: &mut Problems) -> Option<Answered> {
    let (measures, _) = read(evidence, problems)?;
    let theme = |(code, words): (String, Text)| {
        let measures = measures.answering(&code).into_iter().cloned().collect();
        Theme { code, words, measures }
    };
    let themes = themes(evidence).into_iter().map(theme).collect();
    let idle = measures.without_finding().into_iter().cloned().collect();
    Some(Answered { themes, idle, all: measures.list })
}

/// The page back to those who answered, in a language; none without a register that can be read.
#[must_use]
pub fn you_said_we_did(evidence: &Evidence<'_>, lang: Lang) -> Option<String> {
    let (measures, _) = read(evidence, &mut Problems::new())?;
    Some(measures.you_said_we_did(&themes(evidence), lang))
}

fn is_theme(evidence: &Evidence<'_>, theme: &str) -> bool {
    let (variable, code) = theme.split_once('=').map_or((theme, None), |(variable, code)| (variable, Some(code)));
    match code {
        None => super::CATALOGUE.iter().any(|(id, _)| *id == variable) || evidence.people.column(variable).is_some(),
        Some(code) => evidence.people.choices(variable).iter().any(|choice| choice.code == code),
    }
}

/// What a measure could answer, with its words.
fn themes(evidence: &Evidence<'_>) -> Vec<(String, Text)> {
    let (people, roles) = (evidence.people, &evidence.project.findings);
    let first = roles.priorities.first().map(String::as_str);
    let questions = [Some(roles.conditions.as_str()), first].into_iter().flatten();
    let mut themes: Vec<(String, Text)> = questions
        .flat_map(|variable| {
            people
                .choices(variable)
                .iter()
                .map(move |choice| (format!("{variable}={}", choice.code), choice.label.clone()))
        })
        .collect();
    for (id, label) in [("h1", super::tie::title()), ("h2", super::networks::title())] {
        themes.push((id.into(), label));
    }
    themes
}

fn sentence(unanswered: &[Text], measures: usize, idle: usize) -> Text {
    let one = |lang: Lang| {
        let names: Vec<&str> = unanswered.iter().map(|words| words.get(lang)).collect();
        let list = names.join("; ");
        let (first, rest) = match lang {
            Lang::Nb => (format!("{measures} tiltak, {idle} av dem svarer ikke på noe funn."), "Ingen tiltak for"),
            Lang::Nn => (format!("{measures} tiltak, {idle} av dei svarer ikkje på noko funn."), "Ingen tiltak for"),
            Lang::En => (format!("{measures} measures, {idle} of them answer no finding."), "No measure for"),
        };
        if names.is_empty() { first } else { format!("{first} {rest}: {list}.") }
    };
    Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) }
}

fn title() -> Text {
    Text::new("Hva gjøres?", "Kva blir gjort?", "What is done about it?")
}

fn method() -> Text {
    Text::new(
        "Tiltak etter det de svarer på: et funn, et spørsmål eller et svar.",
        "Tiltak etter det dei svarer på: eit funn, eit spørsmål eller eit svar.",
        "Measures by what they answer: a finding, a question or an answer.",
    )
}
