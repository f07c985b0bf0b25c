//! A share as counts of a finite cohort: who answered and who said yes of how many, by stratum.
//!
//! That is what exact intervals are made of. A figure has it where its records are all that was drawn of one stratum or of
//! several, each record by itself, the populations are known, and everyone who answered stands for as many of the stratum:
//! N/n, or the same multiple of it in all strata. A domain that cuts a stratum has a population that nobody knows.

use super::cells::Cells;
use super::plan::{Kind, Plan};
use super::sampled::Sampled;
use crate::interval::remainder::Stratum;
use crate::sum::DoubleDouble;

/// How far weights may be from N/n: files round them.
const ROUNDING: f64 = 1e-4;

/// The counts of a figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cohort {
    pub(super) strata: Vec<Stratum>,
    /// Whether some of those drawn have no value: they count as people who did not answer.
    pub(super) missing: bool,
}

/// Whether a figure can have one: asked once, as most questions cannot.
pub(super) fn is_possible(plan: &Plan, sample: &Sampled) -> bool {
    let share = |kind: &Kind, is_total: bool| !is_total && matches!(kind, Kind::Share { .. } | Kind::EachCode { .. });
    let [stage] = sample.stages.stages().stages.as_slice() else { return false };
    sample.elements
        && plan.question.replication.is_none()
        && plan.variables.iter().any(|variable| share(&variable.kind, variable.is_total))
        && plan.question.report.interval.is_none_or(crate::interval::ProportionMethod::is_from_counts)
        && stage.strata.iter().any(|stratum| whole(stratum.population).is_some())
}

/// The size of a population; of a sampling fraction, what it comes to.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number in range")]
fn whole(population: Option<f64>) -> Option<u64> {
    let size = population?;
    let rounded = size.round();
    ((size - rounded).abs() <= 1e-6 && (1.0..=1e15).contains(&rounded)).then_some(rounded as u64)
}

/// One stratum while its cells are added up.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    unit: u32,
    /// Records of the domain, whatever they hold.
    inside: u64,
    n: u64,
    weight: f64,
    squares: DoubleDouble,
    yes: f64,
}

/// The counts of a share in a domain.
pub(super) fn of(
    sample: &Sampled,
    cells: &Cells,
    (domain, variable, category): (usize, usize, Option<u32>),
) -> Option<Cohort> {
    let mut tallies: Vec<Tally> = Vec::new();
    for member in sample.members(domain) {
        let cell = member.cell as usize;
        let place = cell * cells.shape.variables + variable;
        if tallies.last().is_none_or(|last| last.unit != member.unit) {
            tallies.push(Tally { unit: member.unit, ..Tally::default() });
        }
        let tally = tallies.last_mut()?;
        let sums = &cells.sums[place];
        tally.inside += cells.tally(cell).inside;
        tally.n += sums.n;
        tally.weight += sums.weight().value();
        tally.squares = tally.squares + cells.squares.get(place)?.value(0)?;
        if category.is_none_or(|category| category == member.category) {
            tally.yes += sums.value().value();
        }
    }
    let strata = &sample.stages.stages().stages.first()?.strata;
    let mut cohort = Cohort { strata: Vec::with_capacity(tallies.len()), missing: false };
    let (mut weights, mut people) = (Vec::with_capacity(tallies.len()), 0.0);
    for tally in &tallies {
        let stratum = &strata[tally.unit as usize];
        let population = whole(stratum.population)?;
        if tally.inside != u64::from(stratum.sampled) {
            return None;
        }
        cohort.missing |= tally.n < tally.inside;
        cohort.strata.push(Stratum { population, n: tally.n, x: tally.yes_of_equals()? });
        let factor = f64::from(stratum.sampled) / stratum.population?;
        weights.push(if sample.factors.is_empty() { tally.weight } else { tally.weight / factor });
        people += stratum.population?;
    }
    // Everyone stands for as many of their stratum, up to a multiple that all strata have in common.
    let per_person = weights.iter().sum::<f64>() / people;
    let even = cohort.strata.iter().zip(&weights).all(|(stratum, weight)| {
        #[allow(clippy::cast_precision_loss, reason = "a whole number below 1e15")]
        let expected = per_person * stratum.population as f64;
        (weight - expected).abs() <= ROUNDING * expected
    });
    even.then_some(cohort)
}

impl Tally {
    /// How many said yes, where all weigh the same.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a whole number, at most n"
    )]
    fn yes_of_equals(&self) -> Option<u64> {
        let n = self.n as f64;
        let spread = (self.squares * n - DoubleDouble::product(self.weight, self.weight)).value();
        let allowed = ROUNDING * self.weight;
        let yes = self.yes / (self.weight / n);
        let rounded = yes.round();
        let equal = self.weight > 0.0 && spread <= allowed * allowed && (yes - rounded).abs() <= 0.25;
        (equal && (0.0..=n).contains(&rounded)).then_some(rounded as u64)
    }
}
