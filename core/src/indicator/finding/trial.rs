//! Before and after a trial.

use super::words::verdict;
use super::{Cell, Evidence, Finding, Reason, Trial};
use crate::compare::difference_in_differences::{
    Arm, Effect, ShareArm, change, change_of_share, effect_of_trial, effect_on_share,
};
use crate::compare::{NoResult, Pairs, TwoGroups, real, standardised_difference};
use crate::problem::Problems;
use crate::read::{Columns, Want};
use crate::text::{Lang, Text};
use std::collections::BTreeMap;

/// What changed where something was tried, and how much of it also changed elsewhere.
///
/// # Formula
///
/// ```text
/// change        = after - before, in each group
/// effect        = change of the trial - change of the comparison
/// at the start  = standardised difference of the groups before, of the outcome and of each column of `baseline`
/// ```
///
/// Of numbers by [`change`] and [`effect_of_trial`], of codes that are yes or not by [`change_of_share`] and
/// [`effect_on_share`].
///
/// # Input and result
///
/// | key of `[[findings.trial]]` | column                                                             |
/// |------------------------------|--------------------------------------------------------------------|
/// | `outcome`, `yes`             | a number; with `yes`, codes                                        |
/// | `period`, `before`, `after`  | when                                                               |
/// | `group`, `trial`, `comparison` | where; without them there is a change but no effect              |
/// | `person`                     | who: then only those who answered both times count, and n says so  |
/// | `cluster`                    | the village or route that got the trial as a whole: its means count |
///
/// Rows of other periods or groups are left out, and so are rows without an outcome. A person twice at one time is an error.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 5, measure 1: survey before and after the transport trial.
pub fn find(evidence: &Evidence<'_>, problems: &mut Problems) -> Vec<Finding> {
    let trials = &evidence.project.findings.trials;
    if trials.is_empty() {
        let finding = Finding::new("trial", title(""), method());
        return vec![finding.none(Reason::no_file("[[findings.trial]]"))];
    }
    trials.iter().map(|trial| of_trial(trial, evidence, problems)).collect()
}

/// One row that counts.
pub(super) struct Answer {
    after: bool,
    trial: bool,
    person: Option<String>,
    cluster: Option<String>,
    value: f64,
    baseline: Vec<Option<f64>>,
}

fn of_trial(trial: &Trial, evidence: &Evidence<'_>, problems: &mut Problems) -> Finding {
    let finding = Finding::new("trial", title(&trial.id), method());
    let answers = evidence.files.get(&trial.file).and_then(|bytes| read(trial, bytes, problems));
    let Some(answers) = answers else { return finding.none(Reason::bad_file(&trial.file)) };
    match filled(finding.clone(), trial, &answers, evidence) {
        Ok(finding) => finding,
        Err(reason) => finding.none(reason),
    }
}

fn filled(
    mut finding: Finding,
    trial: &Trial,
    answers: &[Answer],
    evidence: &Evidence<'_>,
) -> Result<Finding, NoResult> {
    let level = evidence.level;
    let is_share = !trial.yes.is_empty();
    let groups: &[(bool, &str)] =
        if trial.group.is_some() { &[(true, "trial"), (false, "comparison")] } else { &[(true, "trial")] };
    let mut arms = Vec::new();
    for (of_trial, name) in groups {
        let own: Vec<&Answer> = answers.iter().filter(|answer| answer.trial == *of_trial).collect();
        let at = |after: bool| {
            own.iter().filter(|answer| answer.after == after).map(|answer| answer.value).collect::<Vec<_>>()
        };
        for (after, when) in [(false, "before"), (true, "after")] {
            let values = at(after);
            let n = values.len() as u64;
            let cell = Cell::new("mean", &trial.outcome, words_of(name, when), n).value(format!("{name}_{when}"));
            finding.cells.push(if n == 0 {
                cell.none(NoResult::NoAnswers)
            } else {
                cell.estimate(values.iter().sum::<f64>() / real(n))
            });
        }
        let arm = arm(&own, trial)?;
        let n = match &arm {
            Arm::Paired(pairs) => pairs.len(),
            Arm::Independent { before, after } => before.len() + after.len(),
        };
        let cell = Cell::new("change", &trial.outcome, words_of(name, "change"), n as u64).value(*name);
        let shares = if is_share && trial.cluster.is_none() { Some(share_arm(&arm)?) } else { None };
        finding.cells.push(match &shares {
            Some(shares) => {
                let (change, interval) = change_of_share(shares, level);
                cell.estimate(change).interval("newcombe", level, Ok::<_, NoResult>(interval))
            }
            None => with_effect(cell, change(&arm, level), evidence),
        });
        arms.push((arm, shares, n as u64));
    }
    if let [(trial_arm, trial_shares, n1), (other, other_shares, n2)] = arms.as_slice() {
        let cell = Cell::new("difference_in_differences", &trial.outcome, words_of("trial", "effect"), n1 + n2);
        finding.cells.push(match trial_shares.as_ref().zip(other_shares.as_ref()) {
            Some((first, second)) => {
                let (effect, interval) = effect_on_share(first, second, level);
                cell.estimate(effect).interval("mover-newcombe", level, Ok::<_, NoResult>(interval))
            }
            None => with_effect(cell, effect_of_trial(trial_arm, other, level), evidence),
        });
        finding.cells.extend(at_the_start(trial, answers, is_share));
    }
    finding.sentences.extend(finding.cells.last().and_then(|_| sentence(&finding.cells, is_share)));
    Ok(finding)
}

fn with_effect(cell: Cell, effect: Result<Effect, NoResult>, evidence: &Evidence<'_>) -> Cell {
    match effect {
        Ok(Effect { estimate, se, df, interval, p_value }) => {
            let cell = Cell { se: Some(se), df: Some(df), p_value, ..cell.estimate(estimate) };
            cell.interval("t", evidence.level, Ok::<_, NoResult>(interval))
        }
        Err(reason) => cell.none(reason),
    }
}

/// The values of a group: of those who are there both times, of the means of clusters, or of all.
fn arm(answers: &[&Answer], trial: &Trial) -> Result<Arm, NoResult> {
    let mut by_unit: BTreeMap<&str, [Vec<f64>; 2]> = BTreeMap::new();
    for answer in answers {
        let unit = if trial.cluster.is_some() { &answer.cluster } else { &answer.person };
        if let Some(unit) = unit {
            by_unit.entry(unit).or_default()[usize::from(answer.after)].push(answer.value);
        }
    }
    if trial.cluster.is_none() && trial.person.is_none() {
        let at =
            |after: bool| answers.iter().filter(|answer| answer.after == after).map(|answer| answer.value).collect();
        return Ok(Arm::Independent { before: at(false), after: at(true) });
    }
    if trial.cluster.is_none() && by_unit.values().flatten().any(|values| values.len() > 1) {
        return Err(NoResult::PersonTwice);
    }
    let mean = |values: &Vec<f64>| values.iter().sum::<f64>() / real(values.len() as u64);
    let both = by_unit.values().filter(|[before, after]| !before.is_empty() && !after.is_empty());
    Ok(Arm::Paired(both.map(|[before, after]| (mean(before), mean(after))).collect()))
}

fn share_arm(arm: &Arm) -> Result<ShareArm, NoResult> {
    let count = |values: &[f64]| (values.iter().filter(|value| **value == 1.0).count() as u64, values.len() as u64);
    match arm {
        Arm::Paired(pairs) => {
            let of = |wanted: (f64, f64)| pairs.iter().filter(|pair| **pair == wanted).count() as u64;
            Ok(ShareArm::Paired(Pairs::new(of((1.0, 1.0)), of((1.0, 0.0)), of((0.0, 1.0)), of((0.0, 0.0)))?))
        }
        Arm::Independent { before, after } => Ok(ShareArm::Independent(TwoGroups::new(count(before), count(after))?)),
    }
}

/// The groups before: the outcome, and the columns of the baseline.
fn at_the_start(trial: &Trial, answers: &[Answer], is_share: bool) -> Vec<Cell> {
    let before = |of_trial: bool| answers.iter().filter(move |answer| !answer.after && answer.trial == of_trial);
    let values = |of_trial: bool, place: Option<usize>| -> Vec<f64> {
        before(of_trial).filter_map(|answer| place.map_or(Some(answer.value), |place| answer.baseline[place])).collect()
    };
    let columns = std::iter::once((&trial.outcome, None)).chain(trial.baseline.iter().zip((0..).map(Some)));
    let cell = |(name, place): (&String, Option<usize>)| {
        let (first, second) = (values(true, place), values(false, place));
        let (n1, n2) = (first.len() as u64, second.len() as u64);
        let label =
            Text::new(&format!("ved start: {name}"), &format!("ved start: {name}"), &format!("at the start: {name}"));
        let cell = Cell::new("standardised_difference", name, label, n1 + n2);
        let yes = |values: &[f64]| values.iter().filter(|value| **value == 1.0).count() as u64;
        let d = match place {
            None if is_share => TwoGroups::new((yes(&first), n1), (yes(&second), n2))
                .and_then(|groups| standardised_difference::of_shares(&groups)),
            _ => standardised_difference::of_means(&first, &second),
        };
        match d {
            Ok(d) => Cell { se: standardised_difference::by_chance(n1, n2).ok(), ..cell.estimate(d) },
            Err(reason) => cell.none(reason),
        }
    };
    columns.map(cell).collect()
}

/// The rows of a trial's file that count.
pub(super) fn read(trial: &Trial, bytes: &[u8], problems: &mut Problems) -> Option<Vec<Answer>> {
    let before = problems.errors();
    let is_share = !trial.yes.is_empty();
    let text = |name: &String| Want::Answer(name.clone());
    let outcome = if is_share { text(&trial.outcome) } else { Want::Number(trial.outcome.clone()) };
    let mut wanted = vec![outcome, text(&trial.period.0)];
    wanted.extend(trial.group.iter().map(|group| text(&group.0)));
    wanted.extend(trial.person.iter().chain(&trial.cluster).map(text));
    wanted.extend(trial.baseline.iter().map(|name| Want::Number(name.clone())));
    let missing = ["98".to_owned(), "99".to_owned()];
    let columns = Columns::read(&trial.file, bytes, &wanted, &missing, problems)?;
    let word = |name: &String, row: usize| {
        columns.answers(name).and_then(|codes| codes.label(row)).map(|label| label.to_string())
    };
    let mut answers = Vec::new();
    for row in 0..columns.rows() {
        let value = match is_share {
            true => word(&trial.outcome, row).map(|code| f64::from(u8::from(trial.yes.contains(&code)))),
            false => columns.numbers(&trial.outcome).and_then(|values| values[row]),
        };
        let (when, early, late) = &trial.period;
        let when = word(when, row);
        let after = match when {
            Some(when) if when == *early => false,
            Some(when) if when == *late => true,
            _ => continue,
        };
        let is_trial = match &trial.group {
            None => true,
            Some((name, tried, other)) => match word(name, row) {
                Some(word) if word == *tried => true,
                Some(word) if word == *other => false,
                _ => continue,
            },
        };
        let Some(value) = value else { continue };
        answers.push(Answer {
            after,
            trial: is_trial,
            person: trial.person.as_ref().and_then(|name| word(name, row)),
            cluster: trial.cluster.as_ref().and_then(|name| word(name, row)),
            value,
            baseline: trial.baseline.iter().map(|name| columns.numbers(name).and_then(|values| values[row])).collect(),
        });
    }
    (problems.errors() == before).then_some(answers)
}

fn words_of(group: &str, what: &str) -> Text {
    let (nb, nn, en) = match group {
        "trial" => ("der det ble prøvd", "der det blei prøvd", "where it was tried"),
        _ => ("andre steder", "andre stader", "elsewhere"),
    };
    let what = match what {
        "before" => ("før", "før", "before"),
        "after" => ("etter", "etter", "after"),
        "change" => ("endring", "endring", "change"),
        _ => {
            return Text::new(
                "virkning: forskjellen i endring",
                "verknad: skilnaden i endring",
                "effect: difference of the changes",
            );
        }
    };
    Text::new(&format!("{}, {nb}", what.0), &format!("{}, {nn}", what.1), &format!("{}, {en}", what.2))
}

fn sentence(cells: &[Cell], is_share: bool) -> Option<Text> {
    let effect = cells.iter().find(|cell| cell.statistic == "difference_in_differences");
    let figure = effect.or_else(|| cells.iter().find(|cell| cell.statistic == "change"))?;
    let one = |lang: Lang| {
        let head = match (effect.is_some(), lang) {
            (true, Lang::Nb) => "Endringen der det ble prøvd, sammenlignet med andre steder:",
            (true, Lang::Nn) => "Endringa der det blei prøvd, samanlikna med andre stader:",
            (true, Lang::En) => "The change where it was tried, beside elsewhere:",
            (false, Lang::Nb) => "Endringen fra før til etter:",
            (false, Lang::Nn) => "Endringa frå før til etter:",
            (false, Lang::En) => "The change from before to after:",
        };
        let rest = match (is_share, figure.ci_lower, figure.ci_upper) {
            (true, ..) => verdict(figure, lang),
            (false, Some(lower), Some(upper)) if lower > 0.0 || upper < 0.0 => {
                lang.pick("påvist.", "påvist.", "detected.").into()
            }
            (false, Some(_), Some(_)) => lang.pick("ikke påvist.", "ikkje påvist.", "not detected.").into(),
            _ => lang.pick("for lite til å si noe.", "for lite til å seie noko.", "too little to say anything.").into(),
        };
        format!("{head} {rest}")
    };
    Some(Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) })
}

fn title(id: &str) -> Text {
    let tail = if id.is_empty() { String::new() } else { format!(": {id}") };
    Text::new(&format!("Før og etter{tail}"), &format!("Før og etter{tail}"), &format!("Before and after{tail}"))
}

fn method() -> Text {
    Text::new(
        "Endring: etter minus før. Virkning: endringen der det ble prøvd, minus endringen andre steder. Den er en virkning bare \
         hvis begge ellers ville ha endret seg likt.",
        "Endring: etter minus før. Verknad: endringa der det blei prøvd, minus endringa andre stader. Ho er ein verknad berre \
         om begge elles ville ha endra seg likt.",
        "Change: after less before. Effect: the change where it was tried, less the change elsewhere. It is an effect only if \
         both would else have changed alike.",
    )
}
