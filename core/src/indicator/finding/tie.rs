//! H1: a tie to the region and the intent to live there.

use super::model::{Model, model, others};
use super::words::{of_hundred, verdict};
use super::{Cell, Evidence, Finding, People, Reason, Roles};
use crate::compare::difference_in_differences::of_limits;
use crate::compare::{Interval, NoResult, TwoGroups, newcombe, risk_ratio};
use crate::hypothesis::adjust::{Adjustment, adjust};
use crate::hypothesis::fisher_exact;
use crate::interval::{Level, NoInterval};
use crate::model::ModelProblem;
use crate::problem::Problems;
use crate::text::{Lang, Text};
use nalgebra::DVector;

/// Fewer who said yes, or no, in a group leave no standard error to trust.
const FEWEST: u64 = 5;

/// H1: are those with a tie to the region more often able to imagine living there?
///
/// # Formula
///
/// ```text
/// p1, p0       = weighted shares of yes with and without the tie
/// difference   = p1 - p0,  ratio = p1 / p0            linearised variance under the design, Student's t; ratio on the log
/// logit P(yes) = b0 + b1 tie + year + wave + home + sex                         logistic regression under the design
/// odds ratio   = exp b1
/// adjusted difference = weighted mean over all of P(yes | tie = 1, others as they are) - P(yes | tie = 0, ...)
///                       variance g' V(b) g, g its derivative by b
/// ```
///
/// # Input and result
///
/// | name    | what it is                                                                       |
/// |---------|----------------------------------------------------------------------------------|
/// | yes     | the trend item is 4 or 5; "don't know" as the release counts it                  |
/// | base    | W1 and W2: all; W3 and W4: those who live elsewhere                              |
/// | tie     | an answer of the tie's question that means a tie; who did not answer it is left out |
/// | others  | categories; who did not answer one is a category of it; the rarest, below ten, are one |
///
/// With fewer than five who said yes, or no, in a group the difference has no standard error: its interval is then made of the
/// groups' own limits (Zou and Donner), its p value is Fisher's of the plain counts, and the ratio has no interval.
///
/// Beside them the same counts without weights or design: Newcombe's difference, Katz's ratio, Fisher's test. With several
/// ties p values are adjusted by Holm over them. It is a difference between people, not what a tie does to them.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 1, measure 3 (hypothesis 1). T. Lumley, *Complex Surveys* (2010),
/// chapters 2 and 6; standardisation: B. I. Graubard, E. L. Korn, "Predictive margins with survey data", Biometrics 55
/// (1999).
pub fn find(evidence: &Evidence<'_>, _: &mut Problems) -> Vec<Finding> {
    let (people, roles) = (evidence.people, &evidence.project.findings);
    let finding = Finding::new("h1", title(), method());
    let ties: Vec<_> = roles.ties.iter().filter(|tie| people.column(&tie.variable).is_some()).collect();
    if people.column(&roles.intent.0).is_none() {
        return vec![finding.none(Reason::not_asked(&roles.intent.0))];
    }
    if ties.is_empty() {
        let names: Vec<&str> = roles.ties.iter().map(|tie| tie.variable.as_str()).collect();
        return vec![finding.none(Reason::not_asked(&names.join(", ")))];
    }
    let mut finding = finding;
    let base = base(people, roles);
    if base.iter().all(Option::is_none) {
        return vec![finding.none(NoInterval::NoAnswers)];
    }
    let names: Vec<&str> = ties.iter().map(|tie| tie.variable.as_str()).collect();
    for tie in ties {
        let tied = people.yes(&tie.variable, &tie.yes);
        let tie = Compared { variable: &tie.variable, label: people.label(&tie.variable), tied, base: &base };
        tie.add(people, roles, evidence.level, &mut finding.cells);
    }
    adjust_over(&mut finding.cells, &["difference", "difference_adjusted"]);
    for variable in names {
        finding.sentences.push(sentence(&people.label(variable), variable, &finding.cells));
    }
    vec![finding]
}

/// Holm's p values over the cells of each statistic.
pub(super) fn adjust_over(cells: &mut [Cell], statistics: &[&str]) {
    for statistic in statistics {
        let mut tested: Vec<&mut Cell> =
            cells.iter_mut().filter(|cell| cell.statistic == *statistic && cell.p_value.is_some()).collect();
        let p: Vec<f64> = tested.iter().filter_map(|cell| cell.p_value).collect();
        let adjusted = adjust(&p, Adjustment::Holm).unwrap_or_default();
        tested.iter_mut().zip(adjusted).for_each(|(cell, p)| cell.p_adjusted = Some(p));
    }
}

/// Who could say yes, and did: of those who could move here.
pub(super) fn base(people: &People<'_>, roles: &Roles) -> Vec<Option<bool>> {
    let could = people.could_move();
    people.intent(&roles.intent).iter().zip(could).map(|(yes, could)| yes.filter(|_| could)).collect()
}

/// Two groups of people, with and without a tie.
struct Compared<'a> {
    variable: &'a str,
    label: Text,
    tied: Vec<Option<bool>>,
    base: &'a [Option<bool>],
}

impl Compared<'_> {
    fn add(&self, people: &People<'_>, roles: &Roles, level: Level, cells: &mut Vec<Cell>) {
        let cell = |statistic: &'static str, n: u64| Cell::new(statistic, self.variable, self.label.clone(), n);
        let of = |tie: bool| people.share(self.base, |row| self.tied[row] == Some(tie));
        let (with, without) = (of(true), of(false));
        let n = with.as_ref().map_or(0, |share| share.n) + without.as_ref().map_or(0, |share| share.n);
        cells.push(people.cell(cell("share", 0).value("with_tie"), with.as_ref(), level));
        cells.push(people.cell(cell("share", 0).value("without_tie"), without.as_ref(), level));
        let (Some(with), Some(without)) = (with, without) else {
            cells.push(cell("difference", n).none(NoResult::NoAnswers));
            return;
        };
        let contrast = |a: f64, b: f64| -> Vec<Option<f64>> {
            let pairs = with.influence.iter().zip(&without.influence);
            pairs.map(|(one, other)| one.map(|u| a * u).or(other.map(|u| b * u))).collect()
        };
        let moved = contrast(1.0, -1.0);
        let df = people.df(&moved);
        // A standard error takes five on either side.
        let few = [&with, &without].iter().any(|share| share.x < FEWEST || share.n - share.x < FEWEST);
        let groups = TwoGroups::new((with.x, with.n), (without.x, without.n));
        let fisher = groups.ok().and_then(|groups| fisher_exact::test(&groups).ok()).map(|test| test.two_sided);
        let difference = cell("difference", n);
        let limits = |cell: &Cell| Some(Interval { lower: cell.ci_lower?, upper: cell.ci_upper? });
        let both = cells.last().and_then(limits).zip(cells.iter().rev().nth(1).and_then(limits));
        cells.push(match (people.variance(&moved), both) {
            (_, Some((second, first))) if few => {
                let (estimate, interval) = of_limits((with.p, first), (without.p, second));
                let mut difference = difference.estimate(estimate);
                difference.p_value = fisher;
                difference.interval("mover-korn-graubard", level, Ok::<_, NoResult>(interval))
            }
            (Ok(variance), _) if !few => difference.student(with.p - without.p, variance.sqrt(), df, level, |d| d),
            (Err(reason), _) => difference.estimate(with.p - without.p).none(reason),
            _ => difference.estimate(with.p - without.p).none(NoResult::TooFew { needed: FEWEST }),
        });
        let ratio = cell("risk_ratio", n);
        cells.push(match people.variance(&contrast(1.0 / with.p, -1.0 / without.p)) {
            _ if with.x == 0 || without.x == 0 => ratio.none(NoResult::ZeroCell),
            _ if few => ratio.estimate(with.p / without.p).none(NoResult::TooFew { needed: FEWEST }),
            Ok(variance) => ratio.student(libm::log(with.p / without.p), variance.sqrt(), df, level, libm::exp),
            Err(reason) => ratio.none(reason),
        });
        if let Ok(groups) = groups {
            let mut crude = cell("difference_unweighted", n).estimate(groups.difference());
            crude.p_value = fisher;
            cells.push(crude.interval("newcombe", level, Ok::<_, Reason>(newcombe::hybrid(&groups, level))));
            let crude = cell("risk_ratio_unweighted", n);
            let crude = risk_ratio::ratio(&groups)
                .map_or_else(|reason| crude.clone().none(reason), |ratio| crude.clone().estimate(ratio));
            cells.push(crude.interval("katz", level, risk_ratio::katz(&groups, level)));
        }
        let cause: Vec<Option<f64>> = self.tied.iter().map(|tie| tie.map(|tie| f64::from(u8::from(tie)))).collect();
        let adjusted = model(people, &others(people, roles), self.base, &cause);
        cells.extend(adjusted_cells(people, adjusted, &cell, level));
    }
}

/// The odds ratio, and the difference if all had the tie and if none had.
fn adjusted_cells(
    people: &People<'_>,
    model: Result<Model, ModelProblem>,
    cell: &impl Fn(&'static str, u64) -> Cell,
    level: Level,
) -> [Cell; 2] {
    let Model { fit, rows, columns } = match model {
        Ok(model) => model,
        Err(problem) => {
            return ["odds_ratio_adjusted", "difference_adjusted"].map(|name| cell(name, 0).none(problem.clone()));
        }
    };
    let n = rows.len() as u64;
    let odds = cell("odds_ratio_adjusted", n).student(fit.estimate[1], fit.se(1), fit.df, level, libm::exp);
    let total: f64 = rows.iter().map(|row| people.design.weights[*row]).sum();
    let k = fit.estimate.len();
    let mut gradient = DVector::zeros(k);
    let mut difference = 0.0;
    for (at, row) in rows.iter().enumerate() {
        let weight = people.design.weights[*row] / total;
        for (sign, tie) in [(1.0, 1.0), (-1.0, 0.0)] {
            let x = |place: usize| match place {
                0 => 1.0,
                1 => tie,
                _ => columns[place - 1][at],
            };
            let logit: f64 = (0..k).map(|place| fit.estimate[place] * x(place)).sum();
            let p = 1.0 / (1.0 + libm::exp(-logit));
            difference += sign * weight * p;
            (0..k).for_each(|place| gradient[place] += sign * weight * p * (1.0 - p) * x(place));
        }
    }
    let se = (&fit.covariance * &gradient).dot(&gradient).max(0.0).sqrt();
    [odds, cell("difference_adjusted", n).student(difference, se, fit.df, level, |d| d)]
}

pub(super) fn title() -> Text {
    Text::new(
        "H1: tilknytning til regionen og ønsket om å bo der",
        "H1: tilknyting til regionen og ønsket om å bu der",
        "H1: tie to the region and intent to live there",
    )
}

fn method() -> Text {
    Text::new(
        "Av dem som kan flytte hit: alle i W1 og W2, og de som bor andre steder i W3 og W4. Ja: svarte 4 eller 5. Vektet til \
         kullene; en person som svarte flere år, er én person. Justert for år, bølge, hjemkommune og kjønn. En forskjell \
         mellom folk er ikke en virkning av tilknytningen.",
        "Av dei som kan flytte hit: alle i W1 og W2, og dei som bur andre stader i W3 og W4. Ja: svara 4 eller 5. Vekta til \
         kulla; ein person som svara fleire år, er éin person. Justert for år, bølgje, heimkommune og kjønn. Ein skilnad \
         mellom folk er ikkje ein verknad av tilknytinga.",
        "Of those who could move here: all in W1 and W2, and those who live elsewhere in W3 and W4. Yes: answered 4 or 5. \
         Weighted to the cohorts; a person who answered in several years is one person. Adjusted for year, wave, home \
         municipality and sex. A difference between people is not an effect of the tie.",
    )
}

/// What the cells of a tie say.
fn sentence(label: &Text, variable: &str, cells: &[Cell]) -> Text {
    let of = |statistic: &str, value: Option<&str>| {
        let mut of_tie = cells.iter().filter(|cell| cell.variable == variable && cell.statistic == statistic);
        of_tie.find(|cell| cell.value.as_deref() == value)
    };
    let counts = |value: &str| {
        let cell = of("share", Some(value))?;
        Some((cell.x?, cell.n, of_hundred(cell.estimate?)))
    };
    let compared = counts("with_tie").zip(counts("without_tie")).zip(of("difference", None));
    let one = |lang: Lang| {
        let name = match lang {
            Lang::Nb | Lang::Nn => format!("«{}»", label.get(lang)),
            Lang::En => format!("“{}”", label.get(lang)),
        };
        let Some((((x1, n1, a), (x0, n0, b)), difference)) = compared else {
            let words = lang.pick(
                "kan ikke sammenlignes: alle som svarte, er i samme gruppe",
                "kan ikkje samanliknast: alle som svara, er i same gruppe",
                "cannot be compared: all who answered are in one group",
            );
            return format!("{name} {words}.");
        };
        let first = match lang {
            Lang::Nb => format!(
                "{name}: Av {n1} med denne tilknytningen kan {x1} tenke seg å bo her (vektet: {a} av 100); av {n0} uten, {x0} (vektet: {b} av 100)."
            ),
            Lang::Nn => format!(
                "{name}: Av {n1} med denne tilknytinga kan {x1} tenkje seg å bu her (vekta: {a} av 100); av {n0} utan, {x0} (vekta: {b} av 100)."
            ),
            Lang::En => format!(
                "{name}: Of {n1} with this tie, {x1} can imagine living here (weighted: {a} of 100); of {n0} without, {x0} (weighted: {b} of 100)."
            ),
        };
        format!("{first} {}", verdict(difference, lang))
    };
    Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) }
}
