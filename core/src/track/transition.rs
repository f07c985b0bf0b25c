//! Gross change: how the answers of those linked moved between waves.

use super::linkage::each;
use super::people::{Both, People};
use crate::compare::{Crosstab, NoResult, Pairs, newcombe_paired, tango};
use crate::hypothesis::{TestResult, bowker, mcnemar, stuart_maxwell};
use crate::interval::Level;
use crate::panel::{attrition, flow};
use crate::register::Sex;
use serde::Serialize;
use std::collections::BTreeMap;

/// How the answers to the trend item moved between two waves, among those linked who answered it in both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transition {
    /// The cohort; null: all cohorts that answered in both waves.
    pub cohort: Option<u16>,
    /// Id of the first wave.
    pub from: String,
    /// Id of the second.
    pub to: String,
    /// People with a row in both waves.
    pub n_linked: u64,
    /// Of them, those who gave one of the answers both times.
    pub n: u64,
    /// The answers, in the order of rows and columns.
    pub categories: Vec<String>,
    /// People by first answer (row) and second answer (column).
    pub table: Vec<Vec<u64>>,
    /// Of those who gave an answer the first time, the share who gave each the second time; null where nobody did.
    pub row_shares: Vec<Option<Vec<f64>>>,
    /// Gave a higher answer the second time.
    pub up: u64,
    /// A lower one.
    pub down: u64,
    /// The same.
    pub steady: u64,
    /// Yes and no: `[[yes both times, stopped], [started, no both times]]`.
    pub yes_table: [[u64; 2]; 2],
    /// The share of yes the first time; null without anybody.
    pub yes_first: Option<f64>,
    /// The second time.
    pub yes_second: Option<f64>,
    /// Second less first.
    pub net_change: Option<f64>,
    /// The share who changed between yes and no.
    pub gross_change: Option<f64>,
    /// 95 % interval of the net change: Tango's.
    pub net_change_ci_lower: Option<f64>,
    /// Upper end.
    pub net_change_ci_upper: Option<f64>,
    /// The same by Newcombe's paired method.
    pub net_change_newcombe_lower: Option<f64>,
    /// Upper end.
    pub net_change_newcombe_upper: Option<f64>,
    /// McNemar's chi-squared on yes and no.
    pub mcnemar: TestRow,
    /// Its exact p value.
    pub mcnemar_exact_p: Option<f64>,
    /// Its mid-p value.
    pub mcnemar_mid_p: Option<f64>,
    /// Bowker's test of symmetry on all answers.
    pub bowker: TestRow,
    /// The Stuart–Maxwell test of equal margins on all answers.
    pub stuart_maxwell: TestRow,
    /// With weights by class of home municipality and sex; null if nobody stayed.
    pub weighting_class: Option<WeightedFlow>,
    /// With weights by the probability of staying, from municipality, sex and first answer; null where that cannot be found.
    pub response_propensity: Option<WeightedFlow>,
}

/// A test.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TestRow {
    /// The statistic; null where the test does not exist.
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// p value, two-sided.
    pub p_value: Option<f64>,
    /// Why it does not exist.
    pub reason: Option<String>,
}

/// A transition table in which those who stayed stand for those who did not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeightedFlow {
    /// Those who gave one of the answers in the first wave: whom the weights stand for.
    pub n_first: u64,
    /// The classes with their factors; empty without classes.
    pub factors: BTreeMap<String, f64>,
    /// The sum of the weights.
    pub sum_of_weights: f64,
    /// Weights by first answer (row) and second answer (column).
    pub table: Vec<Vec<f64>>,
    /// The share of yes the first time.
    pub yes_first: f64,
    /// The second time.
    pub yes_second: f64,
    /// Second less first.
    pub net_change: f64,
    /// The share who changed between yes and no.
    pub gross_change: f64,
}

/// People with the same answers over the same waves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Path {
    /// Ids of the waves, in order.
    pub waves: Vec<String>,
    /// `yes` or `no` in each.
    pub answers: Vec<&'static str>,
    /// How many people.
    pub n: u64,
}

pub(super) fn transitions(people: &People<'_>) -> Vec<Transition> {
    let Some(categories) = &people.answers else { return Vec::new() };
    each(people)
        .iter()
        .map(|(cohort, from, to, both)| transition(people, categories, *cohort, (*from, *to), both))
        .collect()
}

fn transition(
    people: &People<'_>,
    categories: &[String],
    cohort: Option<u16>,
    (from, to): (usize, usize),
    both: &Both,
) -> Transition {
    let pairs: Vec<(usize, usize)> =
        both.linked.iter().filter_map(|(a, b)| Some((people.answer(*a)?, people.answer(*b)?))).collect();
    let table = flow::table(&pairs, categories.len());
    let crosstab = Crosstab::new(&table);
    let moves = crosstab.as_ref().ok().and_then(|table| flow::moves(table).ok()).unwrap_or_default();
    let yes = |answer: &usize| people.is_yes(*answer);
    let count =
        |first: bool, second: bool| pairs.iter().filter(|(a, b)| (yes(a), yes(b)) == (first, second)).count() as u64;
    let [both_times, stopped, started, neither] =
        [count(true, true), count(true, false), count(false, true), count(false, false)];
    let paired = Pairs::new(both_times, stopped, started, neither);
    let shares = paired.as_ref().ok().map(Pairs::shares);
    let by_score = paired.as_ref().ok().map(|paired| tango::score(paired, Level::P95));
    let by_newcombe = paired.as_ref().ok().map(|paired| newcombe_paired::hybrid(paired, Level::P95));
    let test = |run: fn(&Crosstab) -> Result<TestResult, NoResult>| {
        TestRow::new(crosstab.clone().and_then(|table| run(&table)))
    };
    let waves = &people.project().survey.waves;
    let row_shares = crosstab.as_ref().ok().and_then(|table| crate::compare::flow::transitions(table).ok());
    let (by_class, by_propensity) = weighted(people, both, categories.len());
    Transition {
        cohort,
        from: waves[from].id.clone(),
        to: waves[to].id.clone(),
        n_linked: both.linked.len() as u64,
        n: pairs.len() as u64,
        categories: categories.to_vec(),
        table,
        row_shares: row_shares.unwrap_or_else(|| vec![None; categories.len()]),
        up: moves.up,
        down: moves.down,
        steady: moves.steady,
        yes_table: [[both_times, stopped], [started, neither]],
        yes_first: shares.map(|shares| shares.0),
        yes_second: shares.map(|shares| shares.1),
        net_change: paired.as_ref().ok().map(Pairs::net_change),
        gross_change: paired.as_ref().ok().map(Pairs::gross_change),
        net_change_ci_lower: by_score.map(|interval| interval.lower),
        net_change_ci_upper: by_score.map(|interval| interval.upper),
        net_change_newcombe_lower: by_newcombe.map(|interval| interval.lower),
        net_change_newcombe_upper: by_newcombe.map(|interval| interval.upper),
        mcnemar: TestRow::new(paired.and_then(|paired| mcnemar::chi_squared(&paired))),
        mcnemar_exact_p: paired.and_then(|paired| mcnemar::exact(&paired)).ok(),
        mcnemar_mid_p: paired.and_then(|paired| mcnemar::mid_p(&paired)).ok(),
        bowker: test(bowker::test),
        stuart_maxwell: test(stuart_maxwell::test),
        weighting_class: by_class,
        response_propensity: by_propensity,
    }
}

impl TestRow {
    fn new(result: Result<TestResult, NoResult>) -> Self {
        match result {
            Ok(test) => Self {
                statistic: Some(test.statistic),
                df: test.parameter.first().copied(),
                p_value: Some(test.p_value),
                reason: None,
            },
            Err(why) => Self { reason: Some(why.to_string()), ..Self::default() },
        }
    }
}

/// The table with the two kinds of weights. Those of the first wave with an answer are whom the weights stand for; those
/// who are linked and answered the second time too stayed.
fn weighted(people: &People<'_>, both: &Both, k: usize) -> (Option<WeightedFlow>, Option<WeightedFlow>) {
    let second: BTreeMap<usize, usize> = both.linked.iter().copied().collect();
    let first: Vec<(usize, usize)> = both.first.iter().filter_map(|row| Some((*row, people.answer(*row)?))).collect();
    let after: Vec<Option<usize>> =
        first.iter().map(|(row, _)| second.get(row).and_then(|other| people.answer(*other))).collect();
    let stayed: Vec<bool> = after.iter().map(Option::is_some).collect();
    let groups: Vec<(usize, Sex)> =
        first.iter().map(|(row, _)| (people.records[*row].municipality, people.records[*row].sex)).collect();
    let municipalities = &people.project().municipalities;
    let names: Vec<&str> = municipalities.iter().map(|one| one.code.as_str()).collect();
    let ones = vec![1.0; first.len()];
    let made = |weights: &[f64], factors: BTreeMap<String, f64>| {
        let kept = first.iter().zip(&after).zip(weights);
        let (pairs, weights): (Vec<(usize, usize)>, Vec<f64>) =
            kept.filter_map(|(((_, before), after), weight)| Some(((*before, (*after)?), *weight))).unzip();
        let table = flow::weighted_table(&pairs, &weights, k);
        let cell = |rows: bool, columns: bool| -> f64 {
            let of_row = table.iter().enumerate().filter(|(row, _)| people.is_yes(*row) == rows);
            let cells = of_row.flat_map(|(_, row)| row.iter().enumerate());
            cells.filter(|(column, _)| people.is_yes(*column) == columns).map(|(_, weight)| weight).sum()
        };
        let change = flow::change([cell(true, true), cell(true, false), cell(false, true), cell(false, false)])?;
        Some(WeightedFlow {
            n_first: first.len() as u64,
            factors,
            sum_of_weights: change.sum,
            table,
            yes_first: change.first,
            yes_second: change.second,
            net_change: change.net,
            gross_change: change.gross,
        })
    };
    let by_class = (!first.is_empty()).then(|| attrition::classes(&ones, &groups, &stayed, &names)).flatten();
    let by_class = by_class.and_then(|classes| {
        made(&classes.weights, classes.labels.iter().cloned().zip(classes.factors.iter().copied()).collect())
    });
    let indicator = |test: &dyn Fn(usize) -> bool| -> Vec<f64> {
        (0..first.len()).map(|at| f64::from(u8::from(test(at)))).collect()
    };
    // The first group there is, is what the others are held against.
    let mut columns: Vec<(String, Vec<f64>)> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        columns.push(((*name).to_owned(), indicator(&|at| groups[at].0 == place)));
    }
    columns.retain(|(_, values)| values.contains(&1.0));
    columns = columns.into_iter().skip(1).collect();
    let mut sexes: Vec<(String, Vec<f64>)> =
        Sex::ALL.map(|sex| (sex.code().to_owned(), indicator(&|at| groups[at].1 == sex))).into();
    sexes.retain(|(_, values)| values.contains(&1.0));
    columns.extend(sexes.into_iter().skip(1));
    columns.push(("yes".into(), indicator(&|at| people.is_yes(first[at].1))));
    let columns: Vec<(&str, &[f64])> =
        columns.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect();
    let by_propensity = (!first.is_empty()).then(|| attrition::propensity(&ones, &columns, &stayed)).flatten();
    (by_class, by_propensity.and_then(|weights| made(&weights, BTreeMap::new())))
}

/// Yes and no over the waves of each person who answered in two or more.
pub(super) fn paths(people: &People<'_>) -> Vec<Path> {
    let order = people.waves();
    let mut of_person: BTreeMap<usize, BTreeMap<usize, bool>> = BTreeMap::new();
    for row in 0..people.sample.rows.len() {
        if let (Some(person), Some(answer)) = (people.linking.person[row], people.answer(row)) {
            let place = order.iter().position(|wave| *wave == people.records[row].wave).unwrap_or_default();
            of_person.entry(person).or_default().insert(place, people.is_yes(answer));
        }
    }
    let waves = &people.project().survey.waves;
    let mut found: BTreeMap<(Vec<usize>, Vec<bool>), u64> = BTreeMap::new();
    for answers in of_person.values().filter(|answers| answers.len() > 1) {
        *found.entry((answers.keys().copied().collect(), answers.values().copied().collect())).or_default() += 1;
    }
    found
        .into_iter()
        .map(|((places, answers), n)| Path {
            waves: places.into_iter().map(|place| waves[order[place]].id.clone()).collect(),
            answers: answers.into_iter().map(|yes| if yes { "yes" } else { "no" }).collect(),
            n,
        })
        .collect()
}
