//! What must be in place, and the main reason.

use super::cell::Place;
use super::words::of_hundred;
use super::{Cell, Evidence, Finding, Reason, Together};
use crate::problem::Problems;
use crate::ranking::apart::of_wins;
use crate::text::{Lang, Text};

/// Which conditions would have to be in place, each with its share.
///
/// # Formula
///
/// ```text
/// share(c) = weighted share who ticked c, of those who ticked anything          Korn and Graubard's interval
/// apart    = exact sign test of those who ticked one condition and not the other, one answer per person, Holm
/// ```
///
/// Of those who could move here: see [`tie`](super::tie). Who was not asked (the question is skipped by those who never could),
/// does not know or left it open is in no base. A person who answered in several years counts with the last answer where
/// conditions are compared.
///
/// # Source
///
/// Question: the project's battery (`betingelser`). Comparison: [`crate::ranking::told_apart`].
pub fn conditions(evidence: &Evidence<'_>, _: &mut Problems) -> Vec<Finding> {
    let title = Text::new("Hva må være på plass?", "Kva må vere på plass?", "What must be in place?");
    vec![of_question(evidence, Finding::new("conditions", title, method()), &evidence.project.findings.conditions)]
}

/// The main reason to move here, each with its share; as [`conditions`].
///
/// # Source
///
/// Question: the project's battery (`motiv_hoved`), the six groups of motives of Statistics Norway's migration surveys.
pub fn motive(evidence: &Evidence<'_>, _: &mut Problems) -> Vec<Finding> {
    let title = Text::new("Den viktigste grunnen", "Den viktigaste grunnen", "The main reason");
    vec![of_question(evidence, Finding::new("motive", title, method()), &evidence.project.findings.motive)]
}

fn of_question(evidence: &Evidence<'_>, finding: Finding, variable: &str) -> Finding {
    let (people, level) = (evidence.people, evidence.level);
    if people.column(variable).is_none() {
        return finding.none(Reason::not_asked(variable));
    }
    let mut finding = finding;
    let choices = people.choices(variable);
    let could = people.could_move();
    let ticks = people.ticks(variable);
    let answered = |row: usize| could[row] && ticks[row].as_ref().is_some_and(|ticks| !ticks.is_empty());
    if !(0..people.len()).any(answered) {
        return finding.none(crate::interval::NoInterval::NoAnswers);
    }
    let mut cells = Vec::new();
    for (place, choice) in choices.iter().enumerate() {
        let yes: Vec<Option<bool>> =
            ticks.iter().map(|ticks| ticks.as_ref().map(|ticks| ticks.contains(&place))).collect();
        let share = people.share(&yes, answered);
        let cell = Cell::new("share", variable, choice.label.clone(), 0).value(&*choice.code);
        cells.push(people.cell(cell, share.as_ref(), level));
    }
    let mut before = vec![vec![0_u64; choices.len()]; choices.len()];
    for row in people.last(answered) {
        let ticked = ticks[row].as_deref().unwrap_or_default();
        for one in ticked {
            (0..choices.len()).filter(|other| !ticked.contains(other)).for_each(|other| before[*one][other] += 1);
        }
    }
    let apart = of_wins(&before, level);
    finding.sentences.extend(sentence(&cells));
    finding.together.push(Together {
        variable: variable.into(),
        method: "sign test, Holm",
        groups: named(&apart.groups, choices),
        places: choices
            .iter()
            .zip(&apart.places)
            .map(|(choice, (first, last))| Place {
                value: choice.code.clone(),
                label: choice.label.clone(),
                first: *first,
                last: *last,
            })
            .collect(),
    });
    cells.sort_by(|a, b| b.estimate.unwrap_or_default().total_cmp(&a.estimate.unwrap_or_default()));
    finding.cells = cells;
    finding
}

/// Groups of items by their codes.
pub(super) fn named(groups: &[Vec<usize>], choices: &[crate::read::CodebookCategory]) -> Vec<Vec<String>> {
    groups.iter().map(|group| group.iter().map(|item| choices[*item].code.clone()).collect()).collect()
}

fn sentence(cells: &[Cell]) -> Option<Text> {
    let best = cells.iter().max_by(|a, b| a.estimate.unwrap_or(-1.0).total_cmp(&b.estimate.unwrap_or(-1.0)))?;
    let (x, n, share) = (best.x?, best.n, of_hundred(best.estimate?));
    let one = |lang: Lang| {
        let name = best.label.get(lang);
        match lang {
            Lang::Nb => format!("Oftest: «{name}», {x} av {n} (vektet: {share} av 100)."),
            Lang::Nn => format!("Oftast: «{name}», {x} av {n} (vekta: {share} av 100)."),
            Lang::En => format!("Most often: “{name}”, {x} of {n} (weighted: {share} of 100)."),
        }
    };
    Some(Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) })
}

fn method() -> Text {
    Text::new(
        "Av dem som kan flytte hit og svarte på spørsmålet; «vet ikke» er utenfor. Vektet til kullene. Det som ikke kan skilles, \
         er prøvd parvis med fortegnstest, ett svar fra hver.",
        "Av dei som kan flytte hit og svara på spørsmålet; «veit ikkje» er utanfor. Vekta til kulla. Det som ikkje kan skiljast, \
         er prøvd parvis med forteiknstest, eitt svar frå kvar.",
        "Of those who could move here and answered; “don't know” is outside. Weighted to the cohorts. What cannot be told apart \
         is tested in pairs by the sign test, one answer per person.",
    )
}
