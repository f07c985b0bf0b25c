//! Figures of groups, with their uncertainty.

use super::part::Part;
use super::sample::{Asked, Group, Sample};
use super::spread::Spread;
use crate::design::{DesignProblem, LonelyPsu, Stage};
use crate::distribution::{normal, student_t};
use crate::estimate::design_effect::{Replacement, simple_variance};
use crate::estimate::{
    Deff, Df, Estimate, EstimateProblem, NoEstimate, Note, QuantileQuestion, indicator, is_nothing, mean,
    quantile_interval,
};
use crate::interval::{DesignProportion, ProportionMethod, design_interval};
use crate::problem::Problem;
use crate::sum::Sum;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A figure, and what its variance is made of.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) estimate: Estimate,
    spread: Option<Spread>,
}

impl Sample<'_> {
    /// The figures of all groups.
    pub(super) fn figures(&self) -> Result<Vec<Figure>, Box<Problem>> {
        let mut figures = Vec::new();
        for group in &self.groups {
            let weights = self.weights(&group.rows);
            for statistic in &self.question.statistics {
                for (asked, part) in self.parts(statistic, &group.rows) {
                    let names = (statistic.name(), statistic.variable().into(), asked);
                    figures.push(self.figure(group, &weights, names, &part)?);
                }
            }
        }
        Ok(figures)
    }

    fn figure(
        &self,
        group: &Group,
        weights: &[f64],
        (statistic, variable, asked): (&'static str, Arc<str>, Asked),
        part: &Part,
    ) -> Result<Figure, Box<Problem>> {
        let counted: Vec<usize> = (0..group.rows.len()).filter(|record| part.has(*record)).collect();
        let by = self.question.by.iter().map(|name| name.as_str().into()).zip(self.codes(group)).collect();
        let mut estimate = Estimate {
            by,
            statistic,
            variable,
            value: asked.value,
            prob: asked.prob,
            estimate: None,
            se: None,
            ci_lower: None,
            ci_upper: None,
            level: None,
            ci_method: None,
            df: None,
            deff: None,
            replicates: self.replicates.as_ref().map(|replicates| replicates.len()),
            replicate_method: self.question.replication.as_ref().map(|of| of.name(&self.design.stages)),
            n: counted.len() as u64,
            sum_of_weights: counted.iter().map(|record| weights[*record]).collect::<Sum>().value(),
            status: "ok",
            notes: Vec::new(),
        };
        let linearised = match part.linearised(weights) {
            Some(linearised) => linearised.map(|linearised| (linearised.estimate, Some(linearised.influence))),
            None => part.estimate(weights).map(|estimate| (estimate, None)),
        };
        let (value, influence) = match linearised {
            Ok(both) => both,
            Err(reason) => {
                estimate.status = reason.status();
                return Ok(Figure { estimate, spread: None });
            }
        };
        estimate.estimate = Some(value);
        let spread = match (&self.replicates, influence) {
            (Some(_), _) => {
                Some(Spread::Replicates(value, self.replicated(&group.rows, weights, |weights| part.estimate(weights))))
            }
            (None, Some(influence)) => Some(Spread::Influence(self.influence(&group.rows, &influence))),
            (None, None) => None,
        };
        let rows: Vec<usize> = counted.iter().map(|record| group.rows[*record]).collect();
        self.uncertainty(&mut estimate, part, spread.as_ref(), (group, weights), &rows)?;
        self.design_effect(&mut estimate, part, weights);
        let keep = self.question.report.covariance || !self.question.report.contrasts.is_empty();
        Ok(Figure { estimate, spread: spread.filter(|_| keep) })
    }

    /// An estimate in each replicate.
    fn replicated(
        &self,
        rows: &[usize],
        weights: &[f64],
        estimate: impl Fn(&[f64]) -> Result<f64, NoEstimate>,
    ) -> Vec<Option<f64>> {
        let (Some(replicates), Some(units)) = (&self.replicates, self.design.units.first()) else { return Vec::new() };
        let mut own = vec![0.0; rows.len()];
        let one = |replicate: usize| {
            if self.residuals.is_some() {
                let calibrated = self.calibrated.get(replicate)?.as_ref()?;
                rows.iter().zip(&mut own).for_each(|(row, own)| *own = calibrated[*row]);
                return estimate(&own).ok();
            }
            for ((own, weight), row) in own.iter_mut().zip(weights).zip(rows) {
                *own = weight * replicates.factor(replicate, units[*row]);
            }
            estimate(&own).ok()
        };
        (0..replicates.len()).map(one).collect()
    }

    /// Why there is no variance.
    fn without_variance(&self, rows: &[usize]) -> Option<Note> {
        if self.replicates.is_some() || self.design.stages.is_census() {
            return None;
        }
        let (Some(stage), Some(units)) = (self.design.stages.stages.first(), self.design.units.first()) else {
            return Some(Note::SingleUnit);
        };
        if stage.stratum.len() <= 1 {
            return Some(Note::SingleUnit);
        }
        let alone = |row: &usize| {
            let stratum = &stage.strata[stage.stratum[units[*row] as usize] as usize];
            stratum.sampled == 1 && !stratum.is_census()
        };
        let nothing =
            matches!(self.design.stages.lonely, LonelyPsu::Remove | LonelyPsu::Average | LonelyPsu::Certainty);
        (nothing && !rows.is_empty() && rows.iter().all(alone)).then_some(Note::OnlyLonelyStrata)
    }

    /// Degrees of freedom of an estimate from some records.
    fn df_of(&self, rows: &[usize]) -> f64 {
        match (self.question.report.df, &self.replicates) {
            (Df::Design, _) => self.df,
            (Df::Fixed(df), _) => df,
            (Df::Domain, replicates) => {
                let mut inside = vec![false; self.design.weights.len()];
                rows.iter().for_each(|row| inside[*row] = true);
                match (replicates, self.design.units.first()) {
                    (Some(replicates), Some(units)) => {
                        let count = self.design.stages.stages.first().map_or(0, |stage| stage.stratum.len());
                        let mut weighted = vec![false; count];
                        for row in rows {
                            weighted[units[*row] as usize] |= self.design.weights[*row] != 0.0;
                        }
                        replicates.df_of(&weighted)
                    }
                    _ => self.design.domain_df(|row| inside[row]),
                }
            }
        }
    }

    /// Whether nothing is uncertain: the sample is the population.
    fn is_census(&self) -> bool {
        match &self.replicates {
            Some(replicates) => replicates.is_empty(),
            None => self.design.stages.is_census(),
        }
    }

    /// Adds standard error, degrees of freedom and interval.
    fn uncertainty(
        &self,
        figure: &mut Estimate,
        part: &Part,
        spread: Option<&Spread>,
        (group, weights): (&Group, &[f64]),
        rows: &[usize],
    ) -> Result<(), Box<Problem>> {
        if let Some(note) = self.without_variance(rows) {
            figure.notes.push(note);
            return Ok(());
        }
        if let Some(units) = self.design.units.first() {
            let mut own = rows.iter().map(|row| units[*row]);
            let first = own.next();
            if first.is_some() && !self.is_census() && own.all(|unit| Some(unit) == first) {
                figure.notes.push(Note::SingleUnitInDomain);
            }
        }
        let df = self.df_of(rows);
        figure.df = Some(df);
        if let Part::Quantile { values, p, rule, interval } = part {
            let (p, rule, method, level) = (*p, *rule, *interval, self.question.report.level);
            let question = QuantileQuestion { p, rule, method, level, df };
            let variance = |values: &[Option<f64>]| {
                let spread = if self.replicates.is_some() {
                    let of = mean::estimate(weights, values)?;
                    Spread::Replicates(
                        of,
                        self.replicated(&group.rows, weights, |weights| mean::estimate(weights, values)),
                    )
                } else {
                    Spread::Influence(self.influence(&group.rows, &mean::linearised(weights, values)?.influence))
                };
                self.variance(&spread)
            };
            match quantile_interval(weights, values, &question, variance) {
                Ok(interval) => {
                    (figure.se, figure.ci_lower, figure.ci_upper) = (interval.se, interval.lower, interval.upper);
                    figure.level = Some(level.as_f64());
                    figure.ci_method = Some(method.name());
                    // Where the share below does not vary, as below the largest value, the limits coincide.
                    let below = || variance(&indicator(values, |value| *value <= interval.estimate));
                    let point = interval.lower.is_some() && interval.lower == interval.upper;
                    let nothing = point && below().is_ok_and(|variance| is_nothing(variance.sqrt(), 1.0));
                    if nothing && !self.is_census_of(rows) {
                        figure.notes.push(Note::NoVariation);
                    }
                    if interval.lower.is_none() || interval.upper.is_none() {
                        figure.notes.push(Note::NoQuantileLimit);
                    }
                    if self.is_census() || (nothing && self.is_census_of(rows)) {
                        figure.notes.push(Note::Census);
                    }
                }
                Err(reason) => return self.refused(figure, reason),
            }
            return Ok(());
        }
        let Some(spread) = spread else { return Ok(()) };
        match self.variance(spread) {
            Ok(variance) => {
                let nothing = self.is_nothing(variance.sqrt(), figure.estimate.unwrap_or_default().abs());
                let certain = if self.is_census() || (nothing && self.is_census_of(rows)) {
                    Some(Note::Census)
                } else {
                    (nothing && self.residuals.is_some() && part.varies(weights)).then_some(Note::Calibrated)
                };
                figure.se = Some(if nothing { 0.0 } else { variance.sqrt() });
                self.interval(figure, spread, df, certain);
                Ok(())
            }
            Err(reason) => self.refused(figure, reason),
        }
    }

    /// Says why there is no standard error.
    fn refused(&self, figure: &mut Estimate, reason: NoEstimate) -> Result<(), Box<Problem>> {
        figure.notes.push(match reason {
            NoEstimate::Design(problem) => return Err(Box::new(self.located(problem))),
            NoEstimate::NoDegreesOfFreedom => Note::NoDegreesOfFreedom,
            NoEstimate::TooFewReplicates => Note::TooFewReplicates,
            _ => Note::TooLarge,
        });
        Ok(())
    }

    fn located(&self, problem: DesignProblem) -> Problem {
        Problem::error(self.file, problem)
    }

    /// Whether everything in the strata of some records was drawn, at every stage.
    fn is_census_of(&self, rows: &[usize]) -> bool {
        let stages = &self.design.stages.stages;
        let all = |row: usize, (stage, units): (&Stage, &Vec<u32>)| {
            stage.strata[stage.stratum[units[row] as usize] as usize].is_census()
        };
        let drawn = |row: &usize| stages.iter().zip(&self.design.units).all(|both| all(*row, both));
        self.is_census() || (self.replicates.is_none() && !rows.is_empty() && rows.iter().all(drawn))
    }

    /// Whether a standard error is 0. What calibration leaves of known totals is rounded more than once.
    fn is_nothing(&self, se: f64, scale: f64) -> bool {
        is_nothing(se, if self.residuals.is_some() { 1e4 * scale } else { scale })
    }

    /// Adds the interval from estimate and standard error: of a share by any method, otherwise by t or z. A standard error
    /// of 0 may be `certain`, for a reason.
    fn interval(&self, figure: &mut Estimate, spread: &Spread, df: f64, certain: Option<Note>) {
        let (Some(estimate), Some(se)) = (figure.estimate, figure.se) else { return };
        let report = &self.question.report;
        let (is_share, is_contrast) = (figure.statistic == "share", figure.statistic == "contrast");
        let default = if is_share { ProportionMethod::KornGraubard } else { ProportionMethod::T };
        let method = match report.interval.unwrap_or(default) {
            method @ (ProportionMethod::T | ProportionMethod::Z) => method,
            method if is_share => method,
            _ => ProportionMethod::T,
        };
        figure.notes.extend(certain);
        let census = certain == Some(Note::Census);
        let tail = report.level.tail();
        let around = |half: f64| Ok((estimate - half, estimate + half));
        let interval = match method {
            ProportionMethod::T | ProportionMethod::Z if certain.is_some() => around(0.0),
            ProportionMethod::T | ProportionMethod::Z if se == 0.0 && (is_share || is_contrast) => {
                Err(Note::of_alike(is_share, estimate))
            }
            ProportionMethod::T | ProportionMethod::Z if se == 0.0 => {
                figure.notes.push(Note::NoVariation);
                around(0.0)
            }
            ProportionMethod::Z => around(normal::upper_quantile(tail) * se),
            _ if !census && df <= 0.0 => Err(Note::NoDegreesOfFreedom),
            ProportionMethod::T => around(student_t::upper_quantile(tail, df) * se),
            _ => {
                let design_df = if report.df == Df::Domain { df } else { self.df };
                let (variance, n) = (se * se, figure.n);
                let estimate = estimate.min(1.0);
                let logit_variance = self.logit_variance(spread);
                let counts = None;
                let sample = DesignProportion { estimate, variance, n, df, design_df, logit_variance, census, counts };
                design_interval(method, &sample, report.level)
                    .map(|interval| (interval.lower, interval.upper))
                    .map_err(Note::NoInterval)
            }
        };
        match interval {
            Ok((lower, upper)) => {
                (figure.ci_lower, figure.ci_upper) = (Some(lower), Some(upper));
                figure.level = Some(report.level.as_f64());
                figure.ci_method = Some(method.name());
            }
            Err(note) => figure.notes.push(note),
        }
    }

    /// The variance of the logits of a share in the replicates.
    fn logit_variance(&self, spread: &Spread) -> Option<f64> {
        let Spread::Replicates(share, replicates) = spread else { return None };
        let logit = |share: f64| libm::log(share / (1.0 - share));
        let replicates = replicates.iter().map(|replicate| replicate.map(logit)).collect();
        self.variance(&Spread::Replicates(logit(*share), replicates)).ok()
    }

    /// Adds the design effect of a mean, share or total.
    fn design_effect(&self, figure: &mut Estimate, part: &Part, weights: &[f64]) {
        let (Some(deff), Some(se)) = (self.question.report.deff, figure.se) else { return };
        let replacement = match deff {
            Deff::WithoutReplacement => Replacement::Without,
            Deff::WithReplacement => Replacement::With,
        };
        let simple = match part {
            Part::Mean(values) => simple_variance(weights, values, replacement).ok(),
            Part::Total(values) => {
                let size = figure.sum_of_weights;
                simple_variance(weights, values, replacement).ok().map(|simple| simple * size * size)
            }
            _ => None,
        };
        figure.deff = simple.map(|simple| se * se / simple).filter(|ratio| ratio.is_finite());
        if figure.deff.is_none() {
            figure.notes.push(Note::NoDesignEffect);
        }
    }

    /// The covariances of figures; a quantile has one with itself only.
    pub(super) fn covariance(&self, figures: &[Figure]) -> Vec<Vec<Option<f64>>> {
        let of = |a: usize, b: usize| {
            let (one, two) = (&figures[a], &figures[b]);
            match (one.estimate.se, two.estimate.se) {
                (Some(se), Some(_)) if a == b => Some(se * se),
                (Some(_), Some(_)) => self.covariance_of(one.spread.as_ref()?, two.spread.as_ref()?).ok(),
                _ => None,
            }
        };
        (0..figures.len()).map(|a| (0..figures.len()).map(|b| of(a.max(b), a.min(b))).collect()).collect()
    }

    /// The contrasts between groups.
    pub(super) fn contrasts(&self, figures: &[Figure]) -> Result<Vec<Figure>, Box<Problem>> {
        let mut all = Vec::new();
        let width = figures.len().checked_div(self.groups.len()).unwrap_or(0);
        for contrast in &self.question.report.contrasts {
            let Some(column) = self.question.by.iter().position(|name| *name == contrast.column) else { continue };
            // As the stream: only codes of groups that have figures can be named.
            let mut present: Vec<u32> = self.groups.iter().map(|group| group.ranks[column]).collect();
            present.sort_unstable();
            present.dedup();
            let texts: Vec<Arc<str>> =
                present.iter().map(|rank| Arc::clone(&self.texts(&contrast.column)[*rank as usize])).collect();
            let Some(factors) = contrast.factors(&texts) else {
                let what = EstimateProblem::UnknownContrast { text: contrast.combination.clone() };
                return Err(Box::new(Problem::error(self.file, what).column(&contrast.column)));
            };
            let mut others = BTreeMap::<Vec<u32>, BTreeMap<u32, usize>>::new();
            for (number, group) in self.groups.iter().enumerate() {
                let mut ranks = group.ranks.clone();
                let own = ranks.remove(column);
                others.entry(ranks).or_default().insert(own, number);
            }
            for same in others.values() {
                for place in 0..width {
                    let named = present.iter().zip(&factors).filter(|(_, factor)| **factor != 0.0);
                    let parts: Vec<(f64, Option<usize>)> = named
                        .map(|(rank, factor)| (*factor, same.get(rank).map(|group| group * width + place)))
                        .collect();
                    let Some(example) = same.values().next().map(|group| &figures[group * width + place]) else {
                        continue;
                    };
                    let mut figure = example.estimate.clone();
                    figure.by[column].1 = contrast.combination.as_str().into();
                    all.push(self.contrast(figure, &parts, figures));
                }
            }
        }
        Ok(all)
    }

    fn contrast(&self, mut figure: Estimate, parts: &[(f64, Option<usize>)], figures: &[Figure]) -> Figure {
        figure.statistic = "contrast";
        (figure.estimate, figure.se, figure.ci_lower, figure.ci_upper) = (None, None, None, None);
        (figure.level, figure.ci_method, figure.df, figure.deff) = (None, None, None, None);
        (figure.status, figure.n) = ("ok", 0);
        figure.notes.clear();
        let (mut sum, mut weights, mut scale) = (Sum::default(), Sum::default(), 0.0);
        for (factor, place) in parts {
            let Some(part) = place.map(|place| &figures[place].estimate) else {
                figure.status = NoEstimate::NoValues.status();
                continue;
            };
            figure.n += part.n;
            weights.add(part.sum_of_weights);
            match part.estimate {
                Some(value) => {
                    sum.add(factor * value);
                    scale += (factor * value).abs();
                }
                None => figure.status = part.status,
            }
        }
        figure.sum_of_weights = weights.value();
        if figure.status != "ok" {
            return Figure { estimate: figure, spread: None };
        }
        figure.estimate = Some(sum.value());
        let list: Option<Vec<(f64, &Spread)>> =
            parts.iter().map(|(factor, place)| Some((*factor, figures[(*place)?].spread.as_ref()?))).collect();
        let spread = list.and_then(|list| Spread::combined(&list));
        // All parts of a contrast stand or fall with the same design.
        let unknown = parts.iter().filter_map(|(_, place)| *place).any(|place| figures[place].estimate.se.is_none());
        let varied = spread.as_ref().filter(|_| !unknown);
        match varied.map(|spread| (spread, self.variance(spread))) {
            Some((spread, Ok(variance))) => {
                let nothing = self.is_nothing(variance.sqrt(), scale);
                let noted = |place: usize, note| figures[place].estimate.notes.contains(&note);
                let all = |note: Note| parts.iter().filter_map(|part| part.1).all(|place| noted(place, note));
                let certain = [Note::Census, Note::Calibrated].into_iter().find(|note| nothing && all(*note));
                let certain = if self.is_census() { Some(Note::Census) } else { certain };
                figure.se = Some(if nothing { 0.0 } else { variance.sqrt() });
                let df = match self.question.report.df {
                    Df::Fixed(df) => df,
                    Df::Design => self.df,
                    Df::Domain => {
                        let places = parts.iter().filter_map(|(_, place)| *place);
                        let groups = places.map(|place| &self.groups[place * self.groups.len() / figures.len()].rows);
                        self.df_of(&groups.flatten().copied().collect::<Vec<_>>())
                    }
                };
                figure.df = Some(df);
                self.interval(&mut figure, spread, df, certain);
            }
            Some((_, Err(_))) => figure.notes.push(Note::TooLarge),
            None => figure.notes.push(Note::NoCovariance),
        }
        Figure { estimate: figure, spread }
    }
}
