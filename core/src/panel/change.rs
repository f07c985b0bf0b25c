//! Net change of a share between two times, with what could have been seen.

use crate::compare::overlap;
use crate::distribution::normal;
use crate::interval::remainder::{Prior, Stratum, posterior};
use crate::interval::wilson::as_f64;
use crate::interval::{Level, remainder_difference};
use crate::text::Lang;
use serde::Serialize;

/// The power with which the smallest detectable difference is found.
pub const POWER: f64 = 0.8;

/// One of the two times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Side {
    /// How many there are, in strata with answers.
    pub population: u64,
    /// How many answered.
    pub n: u64,
    /// How many of them said yes.
    pub x: u64,
    /// The stratified share; none without answers.
    pub share: Option<f64>,
}

/// A change of a share. What does not exist is `None`, never 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Change {
    /// The first time.
    pub before: Side,
    /// The second time.
    pub after: Side,
    /// People in both.
    pub n_common: u64,
    /// Second share less first.
    pub change: Option<f64>,
    /// Standard error with finite populations and the covariance of those in both.
    pub se: Option<f64>,
    /// Covariance of the two shares.
    pub covariance: Option<f64>,
    /// The standard error as if the two times had nobody in common.
    pub se_independent: Option<f64>,
    /// 95 % interval of the change, lower end.
    pub ci_lower: Option<f64>,
    /// Upper end.
    pub ci_upper: Option<f64>,
    /// The probability that the share rose, where the interval is Bayes's.
    pub p_increase: Option<f64>,
    /// The smallest difference that is found with 80 % power at 5 %, as a share.
    pub smallest_detectable: Option<f64>,
    /// The same without finite populations: as if those who were asked stood for others too.
    pub smallest_detectable_infinite: Option<f64>,
}

/// The answers of one stratum of a cohort at two times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Twice {
    /// How many the cohort holds.
    pub population: u64,
    /// Those seen to be outside the base, each time: they said that they don't know.
    pub outside: [u64; 2],
    /// Who answered the first time, and whether yes. A number is one person in both lists.
    pub first: Vec<(usize, bool)>,
    /// Who answered the second time.
    pub second: Vec<(usize, bool)>,
}

/// Change between two groups that share nobody: two cohorts, or two windows of cohorts.
///
/// # Formula
///
/// ```text
/// W[h]    = N[h] / sum N, over strata with answers
/// share   = sum W[h] x[h] / n[h]
/// se^2    = sum W[h]^2 (1 - n[h]/N[h]) p[h] (1 - p[h]) / (n[h] - 1), of both times added
/// D       = sum W[h]^2 (1 - n[h]/N[h]) / n[h],                       of both times added
/// k       = (z(1 - 0.05/2) + z(0.8)) sqrt(p (1 - p) D),  p = (x1 + x2) / (n1 + n2)
/// interval: remainder_difference, uniform prior: what those who did not answer would have said
/// ```
///
/// p is kept 1 / (n1 + n2 + 2) away from 0 and 1: where all said the same, the next one may not. The standard error does
/// not exist where a stratum has one answer of several; k and the interval do.
///
/// # Source
///
/// W. G. Cochran, *Sampling Techniques*, 3rd ed. 1977, sections 2.14 and 5.3; J. Cohen, *Statistical Power Analysis for the
/// Behavioral Sciences*, 2nd ed. 1988, chapter 6; W. A. Ericson, JRSS B 31 (1969).
#[must_use]
pub fn between(before: &[Stratum], after: &[Stratum]) -> Change {
    let mut change = sides(before, after);
    if change.change.is_none() || before.iter().chain(after).any(|one| one.n > one.population || one.x > one.n) {
        return change;
    }
    change.covariance = Some(0.0);
    let variance =
        |strata: &[Stratum]| -> Option<f64> { weighted(strata).map(|(w, one)| Some(w * w * own_variance(one)?)).sum() };
    change.se = variance(before).zip(variance(after)).map(|(a, b)| (a + b).sqrt());
    change.se_independent = change.se;
    let spread = |strata: &[Stratum], finite: bool| -> f64 {
        let part = |one: &Stratum| if finite { unseen(one.population, one.n) } else { 1.0 };
        weighted(strata).map(|(w, one)| w * w * part(one) / as_f64(one.n)).sum()
    };
    change.smallest_detectable = Some(change.detectable(spread(before, true) + spread(after, true)));
    change.smallest_detectable_infinite = Some(change.detectable(spread(before, false) + spread(after, false)));
    if let (Ok(before), Ok(after)) = (posterior(before, Prior::UNIFORM), posterior(after, Prior::UNIFORM)) {
        let difference = remainder_difference::difference(&before, &after);
        let interval = difference.equal_tailed(Level::P95);
        (change.ci_lower, change.ci_upper) = (Some(interval.lower), Some(interval.upper));
        change.p_increase = Some(difference.p_increase());
    }
    change
}

/// Change of one cohort between two waves, some of whom are linked. With nobody linked it is a pseudo-panel.
///
/// # Formula
///
/// ```text
/// share   = sum W[h] x[h] / n[h],  W as in `between`, for each time, N without those seen outside the base
/// m       = people in both, at least n1 + n2 - N: so many must have answered twice, linked or not
/// s12     = covariance of the two answers among those linked; 0 with fewer than two of them
/// cov[g]  = (m / (n1 n2) - 1/N) s12
/// var[g]  = (1 - n1/N) s1^2/n1 + (1 - n2/N) s2^2/n2 - 2 cov[g]
/// se^2    = sum W[g]^2 var[g]
/// interval = change -+ 1.96 se
/// D       = sum W[g]^2 ((1 - n1/N)/n1 + (1 - n2/N)/n2 - 2 (m/(n1 n2) - 1/N) r),  r = s12 / (s1 s2)
/// k       = (z(1 - 0.05/2) + z(0.8)) sqrt(p (1 - p) D)
/// ```
///
/// g are the strata with the whole cohort as N; one with fewer than two answers at either time is put together with the next, in the order given, the
/// last with the one before (collapsed strata). A negative variance is no standard error.
///
/// # Source
///
/// L. Kish, *Survey Sampling*, 1965, section 12.4; S. M. Tam, The American Statistician 38 (1984).
#[must_use]
pub fn within(strata: &[Twice]) -> Change {
    let count = |list: &[(usize, bool)]| (list.len() as u64, list.iter().filter(|(_, yes)| *yes).count() as u64);
    let time = |time: usize| -> Vec<Stratum> {
        let one = |stratum: &Twice| {
            let (n, x) = count(if time == 0 { &stratum.first } else { &stratum.second });
            Stratum { population: stratum.population.saturating_sub(stratum.outside[time]), n, x }
        };
        strata.iter().map(one).collect()
    };
    let (before, after) = (time(0), time(1));
    let mut change = sides(&before, &after);
    let groups = collapsed(strata);
    change.n_common = groups.iter().map(common).sum();
    let fits = strata.iter().all(|one| one.first.len().max(one.second.len()) as u64 <= one.population);
    let size: u64 = groups.iter().map(|group| group.population).sum();
    let (Some(by), true, true) = (change.change, fits, size > 0) else { return change };
    let (mut variance, mut independent, mut covariance, mut finite, mut infinite) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for group in &groups {
        let values = |list: &[(usize, bool)]| -> Vec<(usize, f64)> {
            list.iter().map(|(person, yes)| (*person, f64::from(u8::from(*yes)))).collect()
        };
        let Ok(found) = overlap::of_mean(&values(&group.first), &values(&group.second), None) else { return change };
        let (n1, n2, all) = (as_f64(found.n1), as_f64(found.n2), as_f64(group.population));
        let both = found.n_common.max((found.n1 + found.n2).saturating_sub(group.population));
        let factor = as_f64(both) / (n1 * n2);
        let (s1, s2) = found.variances;
        let shared = (factor - 1.0 / all) * found.matched_covariance;
        let of_answers = unseen(group.population, found.n1) * s1 / n1 + unseen(group.population, found.n2) * s2 / n2;
        let r = if s1 * s2 > 0.0 { (found.matched_covariance / (s1 * s2).sqrt()).clamp(-1.0, 1.0) } else { 0.0 };
        let weight = as_f64(group.population) / as_f64(size);
        let square = weight * weight;
        covariance += square * shared;
        independent += square * of_answers;
        variance += square * (of_answers - 2.0 * shared);
        let fresh = unseen(group.population, found.n1) / n1 + unseen(group.population, found.n2) / n2;
        finite += square * (fresh - 2.0 * (factor - 1.0 / all) * r);
        infinite += square * (1.0 / n1 + 1.0 / n2 - 2.0 * factor * r);
    }
    change.covariance = Some(covariance);
    change.se_independent = Some(independent.sqrt());
    // Rounding alone may also leave less than nothing.
    change.se = (variance >= -1e-12 * independent).then(|| variance.max(0.0).sqrt());
    if let Some(se) = change.se {
        let half = normal::upper_quantile(Level::P95.tail()) * se;
        (change.ci_lower, change.ci_upper) = (Some(by - half), Some(by + half));
    }
    change.smallest_detectable = Some(change.detectable(finite.max(0.0)));
    change.smallest_detectable_infinite = Some(change.detectable(infinite.max(0.0)));
    change
}

impl Change {
    /// Whether the interval leaves 0 out. With everybody's answer both times every change is seen.
    #[must_use]
    pub fn is_detected(&self) -> bool {
        self.ci_lower.zip(self.ci_upper).is_some_and(|(lower, upper)| lower > 0.0 || upper < 0.0)
    }

    /// The smallest detectable difference of a design.
    fn detectable(&self, spread: f64) -> f64 {
        let n = as_f64(self.before.n + self.after.n);
        let edge = 1.0 / (n + 2.0);
        let p = (as_f64(self.before.x + self.after.x) / n).clamp(edge, 1.0 - edge);
        let z = normal::upper_quantile(Level::P95.tail()) + normal::upper_quantile(1.0 - POWER);
        // A share cannot change by more than all.
        (z * (p * (1.0 - p) * spread).sqrt()).min(1.0)
    }

    /// The change in a plain sentence, without a full stop.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let points = |share: f64| crate::show::number::decimal(100.0 * share.abs(), 0, lang);
        let signed = |share: f64| crate::show::number::decimal(100.0 * share, 0, lang);
        let Some(change) = self.change else {
            return lang.pick("ingen svar å sammenligne", "ingen svar å samanlikne", "no answers to compare").into();
        };
        let Some((lower, upper)) = self.ci_lower.zip(self.ci_upper) else {
            return lang
                .pick(
                    "for få svar til å si om noe endret seg",
                    "for få svar til å seie om noko endra seg",
                    "too few answers to say whether anything changed",
                )
                .into();
        };
        if self.is_detected() {
            let word = match change > 0.0 {
                true => lang.pick("opp", "opp", "up"),
                false => lang.pick("ned", "ned", "down"),
            };
            let (d, a, b) = (points(change), signed(lower), signed(upper));
            return match lang {
                Lang::Nb => format!("{word} {d} prosentpoeng (95 %: {a} til {b})"),
                Lang::Nn => format!("{word} {d} prosentpoeng (95 %: {a} til {b})"),
                Lang::En => format!("{word} {d} points (95%: {a} to {b})"),
            };
        }
        let no_change = lang.pick("ingen påviselig endring", "inga påviseleg endring", "no detectable change");
        let Some(k) = self.smallest_detectable.filter(|k| *k > 0.0) else {
            return no_change.into();
        };
        // Rounded up: what is said to be hidden must be.
        let k = crate::show::number::decimal((100.0 * k - 1e-9).ceil(), 0, lang);
        match lang {
            Lang::Nb => format!("{no_change}; en forskjell under {k} prosentpoeng kunne ikke vært sett"),
            Lang::Nn => format!("{no_change}; ein skilnad under {k} prosentpoeng kunne ikkje vore sett"),
            Lang::En => format!("{no_change}; a difference below {k} points could not have been seen"),
        }
    }
}

/// The share not asked.
fn unseen(population: u64, n: u64) -> f64 {
    as_f64(population - n) / as_f64(population)
}

fn own_variance(one: &Stratum) -> Option<f64> {
    if one.n == one.population {
        return Some(0.0);
    }
    let p = as_f64(one.x) / as_f64(one.n);
    (one.n > 1).then(|| unseen(one.population, one.n) * p * (1.0 - p) / as_f64(one.n - 1))
}

/// Strata with answers, and what each weighs.
fn weighted(strata: &[Stratum]) -> impl Iterator<Item = (f64, &Stratum)> {
    let all: u64 = strata.iter().filter(|one| one.n > 0).map(|one| one.population).sum();
    strata.iter().filter(|one| one.n > 0).map(move |one| (as_f64(one.population) / as_f64(all), one))
}

fn sides(before: &[Stratum], after: &[Stratum]) -> Change {
    let side = |strata: &[Stratum]| {
        let answered = || strata.iter().filter(|one| one.n > 0);
        let population = answered().map(|one| one.population).sum();
        let sum: f64 = weighted(strata).map(|(weight, one)| weight * as_f64(one.x) / as_f64(one.n)).sum();
        let alone = match answered().collect::<Vec<_>>().as_slice() {
            [one] => Some(as_f64(one.x) / as_f64(one.n)),
            _ => (population > 0).then_some(sum),
        };
        Side { population, n: answered().map(|one| one.n).sum(), x: answered().map(|one| one.x).sum(), share: alone }
    };
    let (before, after) = (side(before), side(after));
    let change = before.share.zip(after.share).map(|(before, after)| after - before);
    Change { before, after, change, ..Change::default() }
}

/// Strata, small ones put together with the next.
fn collapsed(strata: &[Twice]) -> Vec<Twice> {
    let mut groups: Vec<Twice> = Vec::new();
    let mut open = Twice::default();
    let add = |to: &mut Twice, from: &Twice| {
        to.population += from.population;
        to.first.extend_from_slice(&from.first);
        to.second.extend_from_slice(&from.second);
    };
    for stratum in strata {
        add(&mut open, stratum);
        if open.first.len() > 1 && open.second.len() > 1 {
            groups.push(std::mem::take(&mut open));
        }
    }
    match groups.last_mut() {
        Some(last) => add(last, &open),
        None => groups.push(open),
    }
    groups
}

fn common(group: &Twice) -> u64 {
    let first: std::collections::BTreeSet<usize> = group.first.iter().map(|(person, _)| *person).collect();
    group.second.iter().filter(|(person, _)| first.contains(person)).count() as u64
}
