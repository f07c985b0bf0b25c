//! What an earlier answer has turned out to mean.

use super::outcomes::{Course, read, share};
use super::words::of_hundred;
use super::{Cell, Evidence, Finding, Reason};
use crate::compare::Interval;
use crate::date::days_between;
use crate::problem::Problems;
use crate::small_area::beta_binomial;
use crate::text::{Lang, Text};
use std::collections::BTreeMap;

/// Of those who gave each answer so many years ago, how many have come back since: moved here, or were hired.
///
/// # Formula
///
/// ```text
/// observed(a) = back within h years of the answer / those who answered a at least h years before today       Wilson
/// pooled(a)   = posterior mean of a beta-binomial model of all answers together                               equal-tailed
/// ```
///
/// h is `findings.horizon`, 5 years of 365 days unless the project says otherwise. Who answered later is not counted: nobody knows
/// yet. The pooled share borrows strength where few gave an answer.
///
/// # Input and result
///
/// The file of [`outcomes`](super::outcomes). Answers in the order of their codes.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 1, measure 3. Pooling: [`beta_binomial::fit`].
pub fn find(evidence: &Evidence<'_>, problems: &mut Problems) -> Vec<Finding> {
    let finding = Finding::new("likely", title(), method());
    let Some(file) = &evidence.project.findings.outcomes else {
        return vec![finding.none(Reason::no_file("findings.outcomes"))];
    };
    // The problems of the file are those of `outcomes`.
    let mut same = Problems::new();
    let courses = read(file, evidence.files, evidence.today, &mut same);
    let _ = problems;
    let Some(courses) = courses else { return vec![finding.none(Reason::bad_file(file))] };
    let counts = counts(&courses, evidence);
    if counts.is_empty() {
        return vec![finding.none(crate::survival::NoCurve::NotFollowed)];
    }
    vec![filled(finding, &counts, evidence)]
}

/// Those who came back and all, by answer.
fn counts(courses: &[Course], evidence: &Evidence<'_>) -> BTreeMap<String, (u64, u64)> {
    let horizon = crate::compare::real(365 * evidence.project.findings.horizon);
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for course in courses {
        let (Some(answer), Some(answered)) = (&course.answer, course.date("answered")) else { continue };
        if days_between(answered, evidence.today).is_none_or(|days| days < horizon) {
            continue;
        }
        let back = course.returned().and_then(|back| days_between(answered, back));
        let (x, n) = counts.entry(answer.clone()).or_default();
        *x += u64::from(back.is_some_and(|days| days <= horizon));
        *n += 1;
    }
    counts
}

fn filled(mut finding: Finding, counts: &BTreeMap<String, (u64, u64)>, evidence: &Evidence<'_>) -> Finding {
    let level = evidence.level;
    let variable = &evidence.project.findings.intent.0;
    let choices = evidence.people.choices(variable);
    let label = |code: &String| {
        let choice = choices.iter().find(|choice| choice.code == *code);
        choice.map_or_else(|| Text::same(code), |choice| choice.label.clone())
    };
    for (code, (x, n)) in counts {
        let cell = Cell::new("returned", variable, label(code), *n).value(code).x(*x);
        finding.cells.push(share(cell, *x, *n, level));
    }
    let (x, n): (Vec<u64>, Vec<u64>) = counts.values().copied().unzip();
    let model = beta_binomial::fit(&x, &n);
    for (code, (x, n)) in counts {
        let cell = Cell::new("returned_pooled", variable, label(code), *n).value(code).x(*x);
        let posterior = model.as_ref().map_err(Clone::clone).and_then(|model| model.posterior(*x, *n, level));
        finding.cells.push(match posterior {
            Ok(posterior) => {
                let cell = Cell { se: Some(posterior.sd), ..cell.estimate(posterior.mean) };
                cell.interval("beta-binomial", level, Ok::<Interval, Reason>(posterior.interval.into()))
            }
            Err(reason) => cell.none(reason),
        });
    }
    let horizon = evidence.project.findings.horizon;
    for (code, (x, n)) in counts {
        #[expect(clippy::cast_precision_loss, reason = "counts of people")]
        let share = of_hundred(*x as f64 / *n as f64);
        let name = label(code);
        let one = |lang: Lang| {
            let name = name.get(lang);
            match lang {
                Lang::Nb => format!("Av {n} som svarte «{name}», er {x} tilbake innen {horizon} år ({share} av 100)."),
                Lang::Nn => format!("Av {n} som svara «{name}», er {x} tilbake innan {horizon} år ({share} av 100)."),
                Lang::En => {
                    format!("Of {n} who answered “{name}”, {x} were back within {horizon} years ({share} of 100).")
                }
            }
        };
        finding.sentences.push(Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) });
    }
    finding
}

fn title() -> Text {
    Text::new(
        "Hva svaret har vist seg å bety",
        "Kva svaret har vist seg å bety",
        "What an answer has turned out to mean",
    )
}

fn method() -> Text {
    Text::new(
        "De som svarte for lenge nok siden, etter hva de svarte, og hvor mange av dem som siden har flyttet hit eller er ansatt her.",
        "Dei som svara for lenge nok sidan, etter kva dei svara, og kor mange av dei som sidan har flytta hit eller er tilsette her.",
        "Those who answered long enough ago, by what they answered, and how many of them have moved or been hired here since.",
    )
}
