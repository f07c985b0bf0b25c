//! What matters to people, and how satisfied they are with it here.

use super::tie::adjust_over;
use super::words::of_hundred;
use super::{Cell, Evidence, Finding, Reason};
use crate::problem::Problems;
use crate::text::{Lang, Text};

/// Importance against satisfaction, quality by quality.
///
/// # Formula
///
/// ```text
/// important(q), satisfied(q) = weighted shares of those who answered            Korn and Graubard's interval
/// mean_importance(q), mean_satisfaction(q) = weighted means of the codes        Student's interval under the design
/// gap(q)   = important(q) - satisfied(q), of those who answered both            Student's interval under the design
/// above(q) = weighted mean over people of (q important) - (share of all qualities that the person finds important)
/// quadrant = by whether importance and satisfaction lie above or below that mean, where Holm's p over all qualities says so
/// ```
///
/// Where all are of one mind there is no variance: then p is that of the sign test, 2 / 2^n.
///
/// The quadrants are those of importance-performance analysis, with a fifth: cannot be told. A quality that is as important as
/// the others has no place in a corner because of one answer.
///
/// # Input and result
///
/// Questions whose names begin with the roles `important` and `satisfied` and end alike (`viktig_jobb`, `fornoyd_jobb`); all who
/// answered, in all waves, wherever they live. "Don't know" is in no base.
///
/// # Source
///
/// J. A. Martilla, J. C. James, "Importance-performance analysis", Journal of Marketing 41 (1977); the project's battery.
pub fn find(evidence: &Evidence<'_>, _: &mut Problems) -> Vec<Finding> {
    let (people, roles, level) = (evidence.people, &evidence.project.findings, evidence.level);
    let mut finding = Finding::new("importance", title(), method());
    let (important, satisfied) = (&roles.important, &roles.satisfied);
    let names = people.variables();
    let qualities: Vec<&str> = names.iter().filter_map(|name| name.strip_prefix(important.0.as_str())).collect();
    let qualities: Vec<&str> =
        qualities.into_iter().filter(|end| names.contains(&format!("{}{end}", satisfied.0).as_str())).collect();
    if qualities.is_empty() {
        return vec![finding.none(Reason::not_asked(&format!("{}…, {}…", important.0, satisfied.0)))];
    }
    let answers = |(prefix, codes): &(String, Vec<String>)| -> Vec<Vec<Option<bool>>> {
        qualities.iter().map(|end| people.yes(&format!("{prefix}{end}"), codes)).collect()
    };
    let (matters, good) = (answers(important), answers(satisfied));
    if matters.iter().chain(&good).flatten().all(Option::is_none) {
        return vec![finding.none(crate::interval::NoInterval::NoAnswers)];
    }
    for (place, end) in qualities.iter().enumerate() {
        let label = short(&people.label(&format!("{}{end}", important.0)));
        let cell = |statistic: &'static str| Cell::new(statistic, end, label.clone(), 0);
        finding.cells.push(people.cell(cell("important"), people.share(&matters[place], |_| true).as_ref(), level));
        finding.cells.push(people.cell(cell("satisfied"), people.share(&good[place], |_| true).as_ref(), level));
        for (statistic, prefix) in [("mean_importance", &important.0), ("mean_satisfaction", &satisfied.0)] {
            let codes = people.codes(&format!("{prefix}{end}"));
            let values: Vec<Option<f64>> =
                codes.iter().map(|code| code.ok().and_then(|code| code.parse().ok())).collect();
            finding.cells.push(mean(evidence, cell(statistic), &values));
        }
        let gap: Vec<Option<f64>> =
            matters[place].iter().zip(&good[place]).map(|(a, b)| Some(number((*a)?) - number((*b)?))).collect();
        finding.cells.push(mean(evidence, cell("gap"), &gap));
        for (statistic, of_all) in [("importance_above_mean", &matters), ("satisfaction_above_mean", &good)] {
            finding.cells.push(mean(evidence, cell(statistic), &above(of_all, place)));
        }
    }
    adjust_over(&mut finding.cells, &["gap"]);
    adjust_over(&mut finding.cells, &["importance_above_mean"]);
    adjust_over(&mut finding.cells, &["satisfaction_above_mean"]);
    for end in &qualities {
        let side = |statistic: &str| {
            let of = |cell: &&Cell| cell.statistic == statistic && cell.variable == *end;
            let cell = finding.cells.iter().find(of)?;
            let apart = cell.p_adjusted.is_some_and(|p| p <= 2.0 * level.tail());
            apart.then_some(cell.estimate? > 0.0)
        };
        let quadrant = match (side("importance_above_mean"), side("satisfaction_above_mean")) {
            (Some(true), Some(true)) => "keep_up",
            (Some(true), Some(false)) => "concentrate_here",
            (Some(false), Some(false)) => "low_priority",
            (Some(false), Some(true)) => "more_than_needed",
            _ => "cannot_be_told",
        };
        let label = short(&people.label(&format!("{}{end}", important.0)));
        finding.cells.push(Cell::new("quadrant", end, label, 0).value(quadrant));
    }
    finding.sentences.extend(sentence(&finding.cells));
    vec![finding]
}

/// 1 for yes, 0 for no.
fn number(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// How far each person's answer to a quality lies above the person's mean over all qualities answered.
fn above(all: &[Vec<Option<bool>>], place: usize) -> Vec<Option<f64>> {
    let of_person = |(row, own): (usize, &Option<bool>)| {
        let answered: Vec<bool> = all.iter().filter_map(|answers| answers[row]).collect();
        #[expect(clippy::cast_precision_loss, reason = "a number of qualities")]
        let mean = answered.iter().map(|yes| number(*yes)).sum::<f64>() / answered.len() as f64;
        Some(number((*own)?) - mean)
    };
    all[place].iter().enumerate().map(of_person).collect()
}

/// A weighted mean under the design.
fn mean(evidence: &Evidence<'_>, mut cell: Cell, values: &[Option<f64>]) -> Cell {
    let people = evidence.people;
    let Some(mean) = people.mean(values) else { return cell.none(crate::interval::NoInterval::NoAnswers) };
    cell.n = mean.n;
    match people.variance(&mean.influence) {
        Ok(variance) => {
            let mut cell =
                cell.student(mean.p, variance.sqrt(), people.df(&mean.influence), evidence.level, |mean| mean);
            if cell.statistic.starts_with("mean") {
                // That a mean of codes is not 0 says nothing.
                cell.p_value = None;
            } else if cell.p_value.is_none() && mean.p != 0.0 {
                // All of one mind, the same way: the sign test.
                cell.p_value = Some(libm::ldexp(2.0, -i32::try_from(mean.n).unwrap_or(i32::MAX)).min(1.0));
            }
            cell
        }
        Err(reason) => cell.estimate(mean.p).none(reason),
    }
}

/// What stands behind the dash of "How important …? – Jobs"; else the whole.
fn short(label: &Text) -> Text {
    let cut = |words: &str| words.rsplit(" – ").next().unwrap_or(words).to_owned();
    Text { nb: cut(&label.nb), nn: cut(&label.nn), en: cut(&label.en) }
}

/// The largest gap that is one.
fn sentence(cells: &[Cell]) -> Option<Text> {
    let sure = |cell: &&Cell| {
        cell.statistic == "gap" && cell.p_adjusted.is_some_and(|p| p <= 1.0 - cell.level.unwrap_or(0.95))
    };
    let gap = |cell: &Cell| cell.estimate.unwrap_or_default();
    let Some(most) = cells.iter().filter(sure).max_by(|a, b| gap(a).total_cmp(&gap(b))).filter(|cell| gap(cell) > 0.0)
    else {
        return Some(Text::new(
            "For ingen av kvalitetene kan det påvises at flere synes den er viktig enn er fornøyde.",
            "For ingen av kvalitetane kan det påvisast at fleire synest han er viktig enn er nøgde.",
            "Of no quality can it be shown that more find it important than are satisfied.",
        ));
    };
    let of = |statistic: &str| {
        let cell = cells.iter().find(|cell| cell.statistic == statistic && cell.variable == most.variable);
        cell.and_then(|cell| Some((cell.x?, cell.n, of_hundred(cell.estimate?))))
    };
    let ((x1, n1, a), (x2, n2, b)) = (of("important")?, of("satisfied")?);
    let one = |lang: Lang| {
        let name = most.label.get(lang);
        match lang {
            Lang::Nb => format!(
                "Størst avstand: «{name}». {x1} av {n1} (vektet: {a} av 100) synes det er viktig, {x2} av {n2} (vektet: {b} av 100) er fornøyde."
            ),
            Lang::Nn => format!(
                "Størst avstand: «{name}». {x1} av {n1} (vekta: {a} av 100) synest det er viktig, {x2} av {n2} (vekta: {b} av 100) er nøgde."
            ),
            Lang::En => format!(
                "Largest gap: “{name}”. {x1} of {n1} (weighted: {a} of 100) find it important, {x2} of {n2} (weighted: {b} of 100) are satisfied."
            ),
        }
    };
    Some(Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) })
}

fn title() -> Text {
    Text::new("Viktig og fornøyd", "Viktig og nøgd", "Importance and satisfaction")
}

fn method() -> Text {
    Text::new(
        "Viktig: ganske eller svært. Fornøyd: fornøyd eller svært fornøyd. Alle som svarte, vektet til kullene; «vet ikke» er \
         utenfor. Kvadranten sammenligner hver kvalitet med alle kvalitetene hos de samme personene.",
        "Viktig: ganske eller svært. Nøgd: nøgd eller svært nøgd. Alle som svara, vekta til kulla; «veit ikkje» er utanfor. \
         Kvadranten samanliknar kvar kvalitet med alle kvalitetane hos dei same personane.",
        "Important: rather or very. Satisfied: satisfied or very satisfied. All who answered, weighted to the cohorts; “don't \
         know” is outside. The quadrant compares each quality with all qualities of the same people.",
    )
}
