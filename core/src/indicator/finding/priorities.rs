//! What the young put first.

use super::cell::Place;
use super::conditions::named;
use super::{Cell, Evidence, Finding, Reason, Together};
use crate::compare::NoResult;
use crate::problem::Problems;
use crate::ranking::{Apart, NoRanking, Ranking, Rankings, borda, first, plackett_luce, told_apart};
use crate::text::{Lang, Text};

/// The measures that the young rank: share first, Borda count, Plackett–Luce, and which cannot be told apart.
///
/// # Formula
///
/// Shares first are weighted to the cohorts, with Korn and Graubard's interval. The others count each person once, with the
/// last answer: [`crate::ranking::first()`], [`crate::ranking::borda()`], [`crate::ranking::plackett_luce()`],
/// [`crate::ranking::told_apart`].
///
/// # Input and result
///
/// The questions of the role `priorities`, the most important first; those that the questionnaire lacks are passed over. With
/// only the first, worths are shares first. A measure given twice counts at its first place; a place left open is skipped.
/// Measures that are not named come after those that are. Who named none is left out.
///
/// # Source
///
/// Question: the project's battery (`prioritet_1`), after "Ung i Glåmdal", the youth's own ranking of what should be done.
pub fn find(evidence: &Evidence<'_>, _: &mut Problems) -> Vec<Finding> {
    let (people, roles, level) = (evidence.people, &evidence.project.findings, evidence.level);
    let mut finding = Finding::new("priorities", title(), method());
    let asked: Vec<&String> = roles.priorities.iter().filter(|name| people.column(name).is_some()).collect();
    let Some(variable) = asked.first() else {
        return vec![finding.none(Reason::not_asked(&roles.priorities.join(", ")))];
    };
    let choices = people.choices(variable);
    let places: Vec<Vec<Option<&str>>> =
        asked.iter().map(|name| people.codes(name).into_iter().map(Result::ok).collect()).collect();
    let item = |code: &str| choices.iter().position(|choice| choice.code == code);
    let ranked = |row: usize| {
        let mut items: Vec<usize> = Vec::new();
        for code in places.iter().filter_map(|place| place[row]) {
            items.extend(item(code).filter(|item| !items.contains(item)));
        }
        items
    };
    let rows = people.last(|row| !ranked(row).is_empty());
    let rankings = Rankings::new(choices.len(), rows.into_iter().map(|row| Ranking::best(&ranked(row))).collect());
    let rankings = match rankings {
        Ok(rankings) => rankings,
        Err(reason) => return vec![finding.none(reason)],
    };
    let cell = |statistic: &'static str, at: usize| {
        Cell::new(statistic, variable, choices[at].label.clone(), rankings.n()).value(&*choices[at].code)
    };
    for (at, choice) in choices.iter().enumerate() {
        let chosen = |code: &Option<&str>| code.map(|code| code == choice.code);
        let yes: Vec<Option<bool>> = places[0].iter().map(chosen).collect();
        finding.cells.push(people.cell(cell("share_first", at), people.share(&yes, |_| true).as_ref(), level));
    }
    for (at, share) in first(&rankings).into_iter().enumerate() {
        finding.cells.push(cell("share_first_unweighted", at).estimate(share));
    }
    for (at, points) in borda(&rankings, level).into_iter().enumerate() {
        let mut mean = cell("borda_mean", at).estimate(points.mean);
        mean.n = points.n;
        finding.cells.push(mean.interval("t", level, points.interval));
        finding.cells.push(cell("borda_total", at).estimate(points.total));
    }
    let model = plackett_luce(&rankings);
    for at in 0..choices.len() {
        let worth = cell("worth", at);
        let worth = match &model {
            Ok(model) => {
                let log = cell("log_worth", at).estimate(model.log_worth[at]);
                finding.cells.push(Cell { se: Some(model.se(at)), ..log });
                let interval = Ok::<_, NoResult>(model.interval(at, level));
                worth.estimate(model.worth[at]).interval("logit", level, interval)
            }
            Err(reason) => {
                let mut none = worth.none(reason.clone());
                if let NoRanking::NotConnected { below } = reason {
                    let names: Vec<&str> = below.iter().map(|item| choices[*item].code.as_str()).collect();
                    none.notes.push(Text::same(&names.join(", ")));
                }
                none
            }
        };
        finding.cells.push(worth);
    }
    let mut together = |method: &'static str, apart: Apart| {
        let place = |(at, (first, last)): (usize, &(usize, usize))| Place {
            value: choices[at].code.clone(),
            label: choices[at].label.clone(),
            first: *first,
            last: *last,
        };
        finding.together.push(Together {
            variable: (*variable).clone(),
            method,
            groups: named(&apart.groups, choices),
            places: apart.places.iter().enumerate().map(place).collect(),
        });
    };
    together("sign test, Holm", told_apart(&rankings, level));
    if let Ok(apart) = model.and_then(|model| model.apart(level)) {
        together("Plackett–Luce, Wald, Holm", apart);
    }
    finding.sentences.extend(sentence(&finding));
    vec![finding]
}

/// The one put first most often, and how many cannot be told from it.
fn sentence(finding: &Finding) -> Option<Text> {
    let firsts = finding.cells.iter().filter(|cell| cell.statistic == "share_first");
    let best = firsts.max_by(|a, b| a.estimate.unwrap_or(-1.0).total_cmp(&b.estimate.unwrap_or(-1.0)))?;
    let places = &finding.together.first()?.places;
    let ahead = places.iter().filter(|place| place.first == 1).count();
    let (x, n) = (best.x?, best.n);
    let one = |lang: Lang| {
        let name = best.label.get(lang);
        let first = match lang {
            Lang::Nb => format!("Oftest satt først: «{name}», av {x} av {n}."),
            Lang::Nn => format!("Oftast sett først: «{name}», av {x} av {n}."),
            Lang::En => format!("Most often put first: “{name}”, by {x} of {n}."),
        };
        let others = match (ahead, lang) {
            (..=1, Lang::Nb) => "Det kan skilles fra alle de andre.".to_owned(),
            (..=1, Lang::Nn) => "Det kan skiljast frå alle dei andre.".to_owned(),
            (..=1, Lang::En) => "It can be told from all others.".to_owned(),
            (_, Lang::Nb) => format!("{ahead} av {} tiltak kan være det som settes høyest.", places.len()),
            (_, Lang::Nn) => format!("{ahead} av {} tiltak kan vere det som blir sett høgast.", places.len()),
            (_, Lang::En) => format!("{ahead} of {} measures may be the one put highest.", places.len()),
        };
        format!("{first} {others}")
    };
    Some(Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) })
}

fn title() -> Text {
    Text::new("Det unge setter først", "Det unge set først", "What the young put first")
}

fn method() -> Text {
    Text::new(
        "Andelen som setter tiltaket først, er vektet til kullene. Borda: ett poeng for hvert tiltak det settes foran. \
         Plackett–Luce: andelen som ville valgt det blant alle. Hver person teller én gang, med siste svar. Det som ikke kan \
         skilles, er prøvd parvis med Holms korreksjon.",
        "Delen som set tiltaket først, er vekta til kulla. Borda: eitt poeng for kvart tiltak det blir sett føre. \
         Plackett–Luce: delen som ville valt det blant alle. Kvar person tel éin gong, med siste svar. Det som ikkje kan \
         skiljast, er prøvd parvis med Holms korreksjon.",
        "The share who put it first is weighted to the cohorts. Borda: a point for each measure that it is put before. \
         Plackett–Luce: the share who would choose it among all. Each person counts once, with the last answer. What cannot be \
         told apart is tested in pairs, with Holm's correction.",
    )
}
