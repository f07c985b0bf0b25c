//! From the sample to figures.

use super::cells::{Cells, Place, Sums};
use super::cohort::{self, Cohort};
use super::group::Groups;
use super::linked::Moved;
use super::plan::{Kind, Plan, Variable};
use super::replicated::{self, Replicated};
use super::sampled::{Member, Sampled};
use super::terms::{self, Term};
use super::{Deff, Df, Estimate, EstimateProblem, NoEstimate, Note, Report};
use crate::design::{DesignProblem, LonelyPsu};
use crate::distribution::{normal, student_t};
use crate::interval::{Counts, DesignProportion, NoInterval, ProportionMethod, design_interval, finite, korn_graubard};
use crate::problem::{Problem, Problems};
use crate::read::encoding::{Encoding, decode};
use crate::sum::{DoubleDouble, Moments, Sum};
use crate::weight::replicate;
use std::sync::{Arc, OnceLock};

/// All figures of a question, each made when it is asked for. Any thread may ask.
#[derive(Clone, Debug)]
pub struct Figures {
    sample: Sampled,
    cells: Cells,
    variables: Arc<[Variable]>,
    by: Vec<Arc<str>>,
    report: Report,
    contrasts: Vec<Combination>,
    /// Whether every record weighs the same.
    plain: bool,
    /// Whether figures may be counts of a finite cohort.
    cohorts: bool,
    /// Replicates, where variances come from them.
    replicated: Option<Replicated>,
    /// The quantile of the degrees of freedom that most figures have.
    quantile: f64,
    /// Quantiles of t, by whole degrees of freedom, once one was asked for.
    quantiles: Vec<OnceLock<Option<f64>>>,
    /// That of the design's degrees of freedom.
    design_quantile: OnceLock<Option<f64>>,
}

/// A contrast for one combination of the other groups.
#[derive(Clone, Debug)]
struct Combination {
    by: Vec<Arc<str>>,
    /// Factors and domains; a domain that is not there is none.
    parts: Vec<(f64, Option<usize>)>,
}

/// Which figure: a domain, a statistic of it, and a code of a share of each code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Which {
    domain: usize,
    variable: usize,
    category: Option<u32>,
}

/// An estimate, and what makes it linear: a record of weight w moves it by (b − rate × a) / size.
#[derive(Clone, Debug)]
struct Linear {
    status: &'static str,
    estimate: Option<f64>,
    n: u64,
    weighted: u64,
    sum_of_weights: f64,
    rate: f64,
    size: f64,
}

/// What the uncertainty of an estimate is made of.
struct Spread<'a> {
    terms: &'a [Term],
    moved: &'a [Moved],
    /// The estimate in each replicate.
    varied: Option<&'a [Option<f64>]>,
    /// The size of the estimates that it is made of: what rounding is relative to.
    scale: f64,
    /// Whether the interval comes from the standard error.
    interval: bool,
}

/// Cells between which covariances are given.
const COVARIANCE_LIMIT: usize = 2000;
/// Degrees of freedom up to which quantiles are kept.
const QUANTILES: usize = 4096;
/// Codes of a share of each code.
const CATEGORY_LIMIT: usize = 10_000;

impl Figures {
    pub(super) fn new(
        plan: &Plan,
        groups: Groups,
        cells: Cells,
        encoding: Encoding,
        located: impl Fn(DesignProblem, Option<&str>, Option<Place>) -> Problem,
        problems: &mut Problems,
    ) -> Option<Self> {
        let decode = |code: &[u8]| -> Arc<str> { decode(code, encoding).into() };
        let sample = Sampled::new(plan, &groups, &cells, &decode, located, problems)?;
        drop(groups);
        let report = plan.question.report.clone();
        let by: Vec<Arc<str>> = plan.question.by.iter().map(|name| name.as_str().into()).collect();
        let quantile = quantile(&report, sample.df);
        let plain = plan.weight.is_none();
        let cohorts = cohort::is_possible(plan, &sample);
        let mut figures = Self {
            sample,
            cells,
            variables: Arc::clone(&plan.variables),
            by,
            report,
            contrasts: Vec::new(),
            plain,
            cohorts,
            replicated: None,
            quantile,
            quantiles: vec![OnceLock::new(); QUANTILES],
            design_quantile: OnceLock::new(),
        };
        figures.contrasts(plan, problems)?;
        match figures.replicates(plan) {
            Ok(replicated) => figures.replicated = replicated,
            Err(problem) => {
                problems.push(*problem);
                return None;
            }
        }
        if let Some(replicated) = &figures.replicated {
            figures.quantile = self::quantile(&figures.report, replicated.df);
        }
        let refused = |what| Some(Problem::error(&plan.file, what));
        let (categories, cells) = (figures.sample.categories.len(), figures.levels());
        let problem = if categories > CATEGORY_LIMIT {
            let problem = refused(EstimateProblem::TooManyCodes { count: categories, limit: CATEGORY_LIMIT });
            problem.map(|problem| problem.column(plan.question.statistics[0].column()))
        } else if figures.report.covariance && cells > COVARIANCE_LIMIT {
            refused(EstimateProblem::TooManyCells { count: cells, limit: COVARIANCE_LIMIT })
        } else {
            None
        };
        match problem {
            Some(problem) => {
                problems.push(problem);
                None
            }
            None => Some(figures),
        }
    }

    /// The replicates that were asked for, not computed yet.
    fn replicates(&self, plan: &Plan) -> Result<Option<Replicated>, Box<Problem>> {
        if plan.question.replication.is_none() {
            return Ok(None);
        }
        let each_code = !self.sample.categories.is_empty();
        let levels = self.levels();
        let count = levels + if each_code { self.sample.domains() } else { 0 };
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let mut slots = Vec::new();
        for domain in 0..self.sample.domains() {
            for member in self.sample.members(domain) {
                let (factor, unit) = (self.factor(member.cell), self.sample.first_unit(member));
                for variable in 0..self.variables.len() {
                    let sums = self.sums(member.cell, variable);
                    if sums.n == 0 {
                        continue;
                    }
                    let above = factor * sums.value().value();
                    let below = factor * self.below(member.cell, variable).value();
                    let place = if each_code { member.category as usize } else { variable };
                    slots.push((number(domain * self.width() + place), unit, above, below));
                    if each_code {
                        slots.push((number(levels + domain), unit, 0.0, below));
                    }
                }
            }
        }
        Replicated::new(plan, &self.sample, (count, &slots))
    }

    /// Computes the replicates. `share` gets how many blocks there are and what computes one, and may do that on threads.
    pub(super) fn replicate(
        &mut self,
        share: impl FnOnce(usize, &(dyn Fn(usize) -> replicate::Sums + Sync)) -> Vec<replicate::Sums>,
    ) {
        let Some(replicated) = &mut self.replicated else { return };
        let blocks = share(replicated.blocks(), &|block| replicated.block(block));
        replicated.complete(blocks);
    }

    /// A figure in each replicate.
    fn varied(&self, which: Which) -> Option<Vec<Option<f64>>> {
        let replicated = self.replicated.as_ref()?;
        let slot = which.domain * self.width() + which.category.map_or(which.variable, |category| category as usize);
        let of = replicated::of(&self.variables[which.variable], slot, self.levels() + which.domain);
        Some(replicated.values(of))
    }

    /// Resolves the contrasts; `None` when one names a code that is not there.
    fn contrasts(&mut self, plan: &Plan, problems: &mut Problems) -> Option<()> {
        for contrast in &self.report.contrasts {
            let column = plan.question.by.iter().position(|name| *name == contrast.column)?;
            let codes: Vec<Arc<str>> =
                if self.sample.domains() == 0 { Vec::new() } else { self.sample.texts(column).to_vec() };
            let Some(factors) = contrast.factors(&codes) else {
                let what = EstimateProblem::UnknownContrast { text: contrast.combination.clone() };
                problems.push(Problem::error(&plan.file, what).column(&contrast.column));
                return None;
            };
            // Domains in the order of the other columns, then of the contrasted one.
            let mut others: Vec<(Vec<u32>, u32, usize)> = (0..self.sample.domains())
                .map(|domain| {
                    let mut ranks = self.sample.ranks(domain);
                    let own = ranks.remove(column);
                    (ranks, own, domain)
                })
                .collect();
            others.sort();
            for same in others.chunk_by(|(a, ..), (b, ..)| a == b) {
                let parts = factors.iter().enumerate().filter(|(_, factor)| **factor != 0.0).map(|(code, factor)| {
                    let domain = same.iter().find(|(_, own, _)| *own as usize == code).map(|(.., domain)| *domain);
                    (*factor, domain)
                });
                let mut by = self.sample.codes(same[0].2);
                by[column] = contrast.combination.as_str().into();
                self.contrasts.push(Combination { by, parts: parts.collect() });
            }
        }
        Some(())
    }

    /// How many figures there are for one domain.
    fn width(&self) -> usize {
        match self.variables.first() {
            Some(Variable { kind: Kind::EachCode { .. }, .. }) => self.sample.categories.len(),
            _ => self.variables.len(),
        }
    }

    /// Figures that are no contrasts; they come first.
    #[must_use]
    pub fn levels(&self) -> usize {
        self.sample.domains() * self.width()
    }

    /// How many figures there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.levels() + self.contrasts.len() * self.width()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All figures in order.
    pub fn iter(&self) -> impl Iterator<Item = Estimate> {
        (0..self.len()).map(|number| self.figure(number))
    }

    /// The covariances of all figures that are no contrasts, where they were asked for. Nothing where a figure has none.
    #[must_use]
    pub fn covariance(&self) -> Option<Vec<Vec<Option<f64>>>> {
        if !self.report.covariance {
            return None;
        }
        if let Some(replicated) = &self.replicated {
            let figure = |number: usize| {
                let which = self.which(number);
                (self.linear(which).estimate, self.varied(which).unwrap_or_default())
            };
            return Some(replicated.covariance(&(0..self.levels()).map(figure).collect::<Vec<_>>()));
        }
        let figures: Vec<_> = (0..self.levels())
            .map(|number| {
                let which = self.which(number);
                let linear = self.linear(which);
                let terms = linear.estimate.is_some().then(|| self.terms(which, &linear)).flatten();
                let known = terms.filter(|terms| self.without_variance(terms).is_none());
                let moved = if known.is_some() { self.moved(which, &linear, 1.0) } else { Vec::new() };
                (which, linear, known.map(|known| (known, moved)))
            })
            .collect();
        let mut matrix = vec![vec![None; figures.len()]; figures.len()];
        for (row, (a, a_linear, a_terms)) in figures.iter().enumerate() {
            for (column, (b, b_linear, b_terms)) in figures.iter().enumerate().take(row + 1) {
                let (Some((a_terms, a_moved)), Some((b_terms, b_moved))) = (a_terms, b_terms) else { continue };
                let shared = self.shared(a_moved, b_moved);
                let covariance = if row == column {
                    terms::variance(&self.sample, a_terms).ok()
                } else {
                    let products = self.products((*a, a_linear), (*b, b_linear));
                    products.and_then(|products| terms::covariance(&self.sample, a_terms, b_terms, &products).ok())
                };
                let covariance = covariance.and_then(|by_design| match by_design + shared {
                    // As in a figure: less than nothing is no variance, unless it is rounding.
                    below if row == column && below < 0.0 => (below >= -1e-12 * by_design).then_some(0.0),
                    covariance => Some(covariance).filter(|covariance| covariance.is_finite()),
                });
                matrix[row][column] = covariance;
                matrix[column][row] = covariance;
            }
        }
        Some(matrix)
    }

    /// A figure by its place.
    #[must_use]
    pub fn figure(&self, number: usize) -> Estimate {
        let levels = self.levels();
        if number >= levels { self.contrast(number - levels) } else { self.level(self.which(number)) }
    }

    fn which(&self, number: usize) -> Which {
        let (domain, place) = (number / self.width(), number % self.width());
        self.at(domain, place)
    }

    fn at(&self, domain: usize, place: usize) -> Which {
        match u32::try_from(place) {
            Ok(category) if !self.sample.categories.is_empty() => {
                Which { domain, variable: 0, category: Some(category) }
            }
            _ => Which { domain, variable: place, category: None },
        }
    }

    fn level(&self, which: Which) -> Estimate {
        let linear = self.linear(which);
        let mut figure = self.empty(which, self.sample.codes(which.domain));
        figure.estimate = linear.estimate;
        figure.n = linear.n;
        figure.sum_of_weights = linear.sum_of_weights;
        figure.status = linear.status;
        if linear.estimate.is_none() {
            return figure;
        }
        let finite = self.finite(which);
        match self.terms(which, &linear) {
            Some(terms) => {
                let moved = self.moved(which, &linear, 1.0);
                let varied = self.varied(which);
                let spread = Spread {
                    terms: &terms,
                    moved: &moved,
                    varied: varied.as_deref(),
                    scale: linear.estimate.unwrap_or_default().abs(),
                    interval: finite.is_none(),
                };
                self.uncertainty(&mut figure, &spread);
                self.design_effect(&mut figure, which, &linear);
            }
            None => figure.notes.push(Note::TooLarge),
        }
        if let Some((method, cohort)) = finite {
            self.finite_interval(&mut figure, method, &cohort);
        }
        figure
    }

    /// A share as counts of a finite cohort, with the method of its interval, where that is made from them.
    fn finite(&self, Which { domain, variable, category }: Which) -> Option<(ProportionMethod, Cohort)> {
        if !self.cohorts || self.variables[variable].statistic != "share" {
            return None;
        }
        let cohort = cohort::of(&self.sample, &self.cells, (domain, variable, category))?;
        let method = self.report.interval.unwrap_or_else(|| finite::default_method(&cohort.strata));
        method.is_from_counts().then_some((method, cohort))
    }

    /// The interval from counts of a finite cohort.
    fn finite_interval(&self, figure: &mut Estimate, method: ProportionMethod, cohort: &Cohort) {
        if cohort.missing && method.needs_population() {
            // With them the whole population is in the sample, but not its answers.
            figure.notes.retain(|note| *note != Note::Census);
            figure.notes.push(Note::MissingIsNonresponse);
        }
        match finite::interval(method, &cohort.strata, self.report.level) {
            Ok(interval) => self.add_interval(figure, method, (interval.lower, interval.upper)),
            Err(reason) => figure.notes.push(Note::NoInterval(reason)),
        }
    }

    fn add_interval(&self, figure: &mut Estimate, method: ProportionMethod, (lower, upper): (f64, f64)) {
        (figure.ci_lower, figure.ci_upper) = (Some(lower), Some(upper));
        figure.level = Some(self.report.level.as_f64());
        figure.ci_method = Some(method.name());
    }

    fn contrast(&self, number: usize) -> Estimate {
        let (combination, place) = (&self.contrasts[number / self.width()], number % self.width());
        let mut figure = self.empty(self.at(0, place), combination.by.clone());
        figure.statistic = "contrast";
        let mut lists = Vec::new();
        let mut moved = Vec::new();
        let (mut estimate, mut weights, mut scale) = (Sum::default(), Sum::default(), 0.0);
        for (factor, domain) in &combination.parts {
            let Some(domain) = domain else {
                figure.status = NoEstimate::NoValues.status();
                continue;
            };
            let which = self.at(*domain, place);
            let linear = self.linear(which);
            figure.n += linear.n;
            weights.add(linear.sum_of_weights);
            match linear.estimate {
                Some(value) => {
                    estimate.add(factor * value);
                    scale += (factor * value).abs();
                    lists.push((*factor, self.terms(which, &linear)));
                    moved.extend(self.moved(which, &linear, *factor));
                }
                None => figure.status = linear.status,
            }
        }
        figure.sum_of_weights = weights.value();
        if figure.status != "ok" {
            return figure;
        }
        figure.estimate = Some(estimate.value());
        let varied = self.replicated.as_ref().map(|replicated| {
            let mut sums = vec![Some(0.0); replicated.len()];
            for (factor, domain) in combination.parts.iter().filter_map(|(factor, domain)| Some((factor, (*domain)?))) {
                for (sum, value) in sums.iter_mut().zip(self.varied(self.at(domain, place)).unwrap_or_default()) {
                    *sum = sum.zip(value).map(|(sum, value)| sum + factor * value);
                }
            }
            sums
        });
        let lists: Option<Vec<_>> = lists.into_iter().map(|(factor, terms)| Some((factor, terms?))).collect();
        match lists {
            Some(lists) => {
                moved.sort_by_key(|moved: &Moved| (moved.person, moved.stratum));
                let (terms, varied) = (&Term::combined(&lists), varied.as_deref());
                self.uncertainty(&mut figure, &Spread { terms, moved: &moved, varied, scale, interval: true });
            }
            None => figure.notes.push(Note::TooLarge),
        }
        figure
    }

    /// A figure without numbers.
    fn empty(&self, which: Which, codes: Vec<Arc<str>>) -> Estimate {
        let variable = &self.variables[which.variable];
        let value = match (&variable.kind, which.category) {
            (Kind::Share { value, .. }, _) => Some(Arc::clone(value)),
            (_, Some(category)) => Some(Arc::clone(&self.sample.categories[category as usize])),
            _ => None,
        };
        Estimate {
            by: self.by.iter().cloned().zip(codes).collect(),
            statistic: variable.statistic,
            variable: Arc::clone(&variable.name),
            value,
            prob: None,
            estimate: None,
            se: None,
            ci_lower: None,
            ci_upper: None,
            level: None,
            ci_method: None,
            df: None,
            deff: None,
            replicates: self.replicated.as_ref().map(Replicated::len),
            replicate_method: self.replicated.as_ref().map(|replicated| replicated.name),
            n: 0,
            sum_of_weights: 0.0,
            status: "ok",
            notes: Vec::new(),
        }
    }

    /// What a cell's sums are to be multiplied with.
    fn factor(&self, cell: u32) -> f64 {
        self.sample.factors.get(cell as usize).copied().unwrap_or(1.0)
    }

    fn sums(&self, cell: u32, variable: usize) -> &Sums {
        &self.cells.sums[self.place(cell, variable)]
    }

    fn place(&self, cell: u32, variable: usize) -> usize {
        cell as usize * self.cells.shape.variables + variable
    }

    /// The exact sum of a sum over cells, rounded once where weights are as given.
    fn total<'a>(&self, members: impl Iterator<Item = &'a Member>, sum: impl Fn(&Member) -> Sum) -> f64 {
        let mut total = Sum::default();
        for member in members {
            if self.sample.factors.is_empty() {
                total.merge(&sum(member));
            } else {
                total.add(self.factor(member.cell) * sum(member).value());
            }
        }
        total.value()
    }

    fn linear(&self, which: Which) -> Linear {
        let Which { domain, variable, category } = which;
        let members = self.sample.members(domain);
        let of = |member: &Member| self.sums(member.cell, variable);
        let (mut n, mut weighted, mut tiny) = (0, 0, false);
        for member in members {
            let place = self.place(member.cell, variable);
            n += of(member).n;
            weighted += self.cells.weighted(place);
            tiny |= self.cells.is_tiny(place);
        }
        let sum_of_weights = self.total(members.iter(), |member| of(member).weight());
        let above = self.total(
            members.iter().filter(|member| category.is_none_or(|category| category == member.category)),
            |member| of(member).value(),
        );
        let is_total = self.variables[variable].is_total;
        let below = match self.variables[variable].kind {
            Kind::Ratio { x: Some(_), .. } => {
                self.total(members.iter(), |member| self.cells.below[self.place(member.cell, variable)].clone())
            }
            _ => sum_of_weights,
        };
        #[allow(clippy::cast_precision_loss, reason = "a bound")]
        let lost = tiny && above.abs() <= n as f64 * (f64::MIN_POSITIVE / f64::EPSILON);
        let estimate = if is_total { above } else { above / below };
        let status = match n {
            0 => NoEstimate::NoValues.status(),
            _ if !is_total && sum_of_weights == 0.0 => NoEstimate::NoWeight.status(),
            _ if !is_total && below == 0.0 => NoEstimate::ZeroDenominator.status(),
            // What was lost is below 2^-1074 for each value; only beside a sum about as small does it matter.
            _ if lost => NoEstimate::Underflow.status(),
            _ if !estimate.is_finite() => NoEstimate::Overflow.status(),
            _ => "ok",
        };
        Linear {
            status,
            estimate: (status == "ok").then_some(estimate),
            n,
            weighted,
            sum_of_weights,
            rate: if is_total { 0.0 } else { estimate },
            size: if is_total { 1.0 } else { below },
        }
    }

    /// What is below the line in a cell.
    fn below(&self, cell: u32, variable: usize) -> Sum {
        let place = self.place(cell, variable);
        self.cells.below.get(place).map_or_else(|| self.cells.sums[place].weight(), Sum::clone)
    }

    /// An estimate by unit; `None` when numbers are too large for their squares.
    fn terms(&self, which: Which, linear: &Linear) -> Option<Vec<Term>> {
        let Which { domain, variable, category } = which;
        let mut list = Vec::new();
        for member in self.sample.members(domain) {
            let sums = self.sums(member.cell, variable);
            if sums.n == 0 {
                continue;
            }
            let factor = self.factor(member.cell) / linear.size;
            let counts = category.is_none_or(|category| category == member.category);
            let mut term = Term {
                unit: member.unit,
                records: sums.n,
                weighted: self.cells.weighted(self.place(member.cell, variable)),
                ..Term::default()
            };
            let below = self.below(member.cell, variable);
            if self.sample.elements {
                let squares = &self.cells.squares[self.place(member.cell, variable)];
                let rate = linear.rate;
                let above = if counts { sums.value().double_double() } else { DoubleDouble::default() };
                term.sum = (above - below.double_double() * rate) * factor;
                let (aa, ab, bb) = (squares.value(0)?, squares.value(1)?, squares.value(2)?);
                let (ab, bb) = if counts { (ab, bb) } else { (DoubleDouble::default(), DoubleDouble::default()) };
                let square = bb - ab * (2.0 * rate) + aa * DoubleDouble::product(rate, rate);
                term.square = square * DoubleDouble::product(factor, factor);
            } else {
                let above = if counts { sums.value().value() } else { 0.0 };
                term.sum = ((above - linear.rate * below.value()) * factor).into();
            }
            if !(term.sum.value().is_finite() && term.square.value().is_finite()) {
                return None;
            }
            Term::push(&mut list, term);
        }
        Some(list)
    }

    /// What each person's record moves an estimate, times a factor; ascending by person and stratum. Nothing where strata
    /// are not linked.
    fn moved(&self, which: Which, linear: &Linear, times: f64) -> Vec<Moved> {
        if self.sample.links.is_none() {
            return Vec::new();
        }
        let counts = |member: &Member| which.category.is_none_or(|category| category == member.category);
        let moved = |member: &Member| {
            let sums = self.sums(member.cell, which.variable);
            let person = member.person.filter(|_| sums.n > 0)?;
            let above = if counts(member) { sums.value().value() } else { 0.0 };
            let below = self.below(member.cell, which.variable).value();
            let by = times * self.factor(member.cell) / linear.size * (above - linear.rate * below);
            Some(Moved { person, stratum: member.unit, by })
        };
        let mut list: Vec<Moved> = self.sample.members(which.domain).iter().filter_map(moved).collect();
        list.sort_by_key(|moved| (moved.person, moved.stratum));
        list
    }

    /// What sharing people adds to a covariance.
    fn shared(&self, a: &[Moved], b: &[Moved]) -> f64 {
        self.sample.links.as_ref().map_or(0.0, |links| links.covariance(a, b))
    }

    /// Sums of products of two estimates' influence by unit, over the records that count in both; `None` when numbers are
    /// too large.
    fn products(
        &self,
        (a, a_linear): (Which, &Linear),
        (b, b_linear): (Which, &Linear),
    ) -> Option<Vec<(u32, u64, DoubleDouble)>> {
        if a.domain != b.domain || !self.sample.elements {
            return Some(Vec::new());
        }
        let mut list: Vec<(u32, u64, DoubleDouble)> = Vec::new();
        for member in self.sample.members(a.domain) {
            let factor = |linear: &Linear| self.factor(member.cell) / linear.size;
            let factor = DoubleDouble::product(factor(a_linear), factor(b_linear));
            let (records, product) = if a.variable == b.variable {
                let own = |which: Which, linear: &Linear| {
                    f64::from(u8::from(which.category == Some(member.category))) - linear.rate
                };
                let square = self.cells.squares[self.place(member.cell, a.variable)].value(0)?;
                let product = DoubleDouble::product(own(a, a_linear), own(b, b_linear)) * square;
                (self.sums(member.cell, a.variable).n, product)
            } else {
                let swapped = a.variable > b.variable;
                let ((first, one), (second, two)) =
                    if swapped { ((b, b_linear), (a, a_linear)) } else { ((a, a_linear), (b, b_linear)) };
                let place =
                    member.cell as usize * self.cells.pair_count() + Cells::pair(first.variable, second.variable);
                let pair = self.cells.pairs.get(place)?;
                let value = |place| pair.products.value(place);
                let product = value(3)? - value(1)? * one.rate - value(2)? * two.rate
                    + value(0)? * DoubleDouble::product(one.rate, two.rate);
                (pair.n, product)
            };
            let product = product * factor;
            match list.last_mut() {
                Some((unit, both, sum)) if *unit == member.unit => {
                    *both += records;
                    *sum = *sum + product;
                }
                _ => list.push((member.unit, records, product)),
            }
        }
        Some(list)
    }

    /// Why there is no variance.
    fn without_variance(&self, terms: &[Term]) -> Option<Note> {
        let stages = self.sample.stages.stages();
        if stages.is_census() {
            return None;
        }
        if self.sample.units <= 1 {
            return Some(Note::SingleUnit);
        }
        let counts = terms::counts(&self.sample, terms);
        let nothing = matches!(stages.lonely, LonelyPsu::Remove | LonelyPsu::Average | LonelyPsu::Certainty);
        (nothing && counts.lonely > 0 && counts.lonely == counts.strata).then_some(Note::OnlyLonelyStrata)
    }

    /// Adds standard error, degrees of freedom and interval.
    fn uncertainty(&self, figure: &mut Estimate, spread: &Spread<'_>) {
        let Spread { terms, moved, varied, .. } = *spread;
        let replicated = self.replicated.as_ref().zip(varied);
        if let Some(note) = self.without_variance(terms).filter(|_| replicated.is_none()) {
            figure.notes.push(note);
            return;
        }
        let variance = match replicated {
            Some((replicated, values)) => match replicated.variance(figure.estimate.unwrap_or_default(), values) {
                Ok(variance) => {
                    if values.contains(&None) {
                        figure.notes.push(Note::ReplicatesLeftOut);
                    }
                    variance.max(0.0)
                }
                Err(note) => {
                    figure.notes.push(note);
                    return;
                }
            },
            None => match terms::variance(&self.sample, terms) {
                Ok(by_design) => {
                    let variance = by_design + self.shared(moved, moved);
                    // Rounding alone may also leave less than nothing.
                    if variance < -1e-12 * by_design {
                        figure.notes.push(Note::NegativeVariance);
                        return;
                    }
                    variance.max(0.0)
                }
                Err(_) => return,
            },
        };
        let se = variance.sqrt();
        if !se.is_finite() {
            figure.notes.push(Note::TooLarge);
            return;
        }
        let nothing = super::is_nothing(se, spread.scale);
        let census = match &self.replicated {
            Some(replicated) => replicated.len() == 0,
            None => self.sample.stages.stages().is_census() || (nothing && terms::is_census(&self.sample, terms)),
        };
        let alone = !census && terms::counts(&self.sample, terms).units == 1;
        // The influence of one unit on a mean adds up to 0: a standard error of 0 would be no finding.
        let unseen = alone && self.replicated.is_none() && matches!(figure.statistic, "mean" | "share" | "ratio");
        let alike = !census && nothing;
        let se = if nothing { 0.0 } else { se };
        figure.se = Some(se).filter(|_| !unseen);
        let (df, quantile) = match self.report.df {
            Df::Design => (self.df(), self.quantile),
            Df::Fixed(df) => (df, self.quantile),
            Df::Domain => {
                let weighted = terms.iter().filter(|term| term.weighted > 0);
                let df = match &self.replicated {
                    Some(replicated) => {
                        let units = weighted.map(|term| self.sample.first_of(term.unit));
                        replicated.domain_df(&self.sample, units)
                    }
                    None => terms::counts(&self.sample, terms).df,
                };
                (df, quantile(&self.report, df))
            }
        };
        figure.df = Some(df);
        if alone {
            figure.notes.push(if unseen { Note::SingleUnit } else { Note::SingleUnitInDomain });
        }
        if census {
            figure.notes.push(Note::Census);
        }
        let Some(estimate) = figure.estimate.filter(|_| spread.interval) else { return };
        let (is_share, is_contrast) = (figure.statistic == "share", figure.statistic == "contrast");
        let default = if is_share { ProportionMethod::KornGraubard } else { ProportionMethod::T };
        let method = match self.report.interval.unwrap_or(default) {
            method @ (ProportionMethod::T | ProportionMethod::Z) => method,
            method if is_share => method,
            _ => ProportionMethod::T,
        };
        let interval = match method {
            ProportionMethod::T | ProportionMethod::Z if unseen => return,
            ProportionMethod::T | ProportionMethod::Z if alike && (is_share || is_contrast) => {
                Err(Note::of_alike(is_share, estimate))
            }
            ProportionMethod::T | ProportionMethod::Z => {
                if alike {
                    figure.notes.push(Note::NoVariation);
                }
                let half = if census { 0.0 } else { quantile * se };
                (!half.is_nan()).then_some((estimate - half, estimate + half)).ok_or(Note::NoDegreesOfFreedom)
            }
            _ if !census && df <= 0.0 => Err(Note::NoDegreesOfFreedom),
            _ => {
                let design_df = if self.report.df == Df::Domain { df } else { self.df() };
                let sample = DesignProportion {
                    estimate: estimate.min(1.0),
                    variance,
                    n: figure.n,
                    df,
                    design_df,
                    logit_variance: replicated.and_then(|(replicated, values)| {
                        let logit = |share: f64| libm::log(share / (1.0 - share));
                        let logits: Vec<_> = values.iter().map(|value| value.map(logit)).collect();
                        replicated.variance(logit(estimate), &logits).ok()
                    }),
                    census,
                    counts: self.counts(figure),
                };
                let interval = match method {
                    ProportionMethod::KornGraubard => {
                        korn_graubard::with_quantiles(&sample, self.report.level, |df| self.t_quantile(df))
                    }
                    _ => design_interval(method, &sample, self.report.level),
                };
                interval.map(|interval| (interval.lower, interval.upper)).map_err(Note::NoInterval)
            }
        };
        match interval {
            Ok(limits) => self.add_interval(figure, method, limits),
            Err(note) => figure.notes.push(note),
        }
    }

    /// The t quantile of degrees of freedom that many figures share.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number up to the limit")]
    fn t_quantile(&self, df: f64) -> Result<f64, NoInterval> {
        let find = || (df > 0.0).then(|| student_t::upper_quantile(self.report.level.tail(), df));
        let kept = if df.fract() == 0.0 && df >= 0.0 { self.quantiles.get(df as usize) } else { None };
        let kept = if df == self.sample.df { Some(&self.design_quantile) } else { kept };
        kept.map_or_else(find, |kept| *kept.get_or_init(find)).ok_or(NoInterval::NoDegreesOfFreedom)
    }

    /// A share as plain counts, where every record counts the same and was drawn on its own from one population.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers, at most n or N")]
    fn counts(&self, figure: &Estimate) -> Option<Counts> {
        let stages = self.sample.stages.stages();
        let [stage] = stages.stages.as_slice() else { return None };
        let [stratum] = stage.strata.as_slice() else { return None };
        let n = figure.n;
        #[allow(clippy::cast_precision_loss, reason = "a number of records")]
        let x = figure.estimate? * n as f64;
        // Of a domain the population is not known.
        let whole = n == self.sample.units;
        let population = stratum.population.filter(|size| whole && size.fract() == 0.0).map(|size| size as u64);
        (self.plain && self.sample.elements).then_some(Counts { x: x.round() as u64, n, population })
    }

    /// Degrees of freedom of the whole sample.
    fn df(&self) -> f64 {
        self.replicated.as_ref().map_or(self.sample.df, |replicated| replicated.df)
    }

    /// Adds the design effect.
    fn design_effect(&self, figure: &mut Estimate, which: Which, linear: &Linear) {
        let (Some(deff), Some(se)) = (self.report.deff, figure.se) else { return };
        let Some(spread) = self.spread(which, linear) else {
            figure.notes.push(Note::NoDesignEffect);
            return;
        };
        #[allow(clippy::cast_precision_loss, reason = "a number of records")]
        let n = linear.weighted as f64;
        let size = linear.sum_of_weights;
        // Of a sum, the variance is size² times that of a mean.
        let scale = match self.variables[which.variable].kind {
            _ if self.variables[which.variable].is_total => size * size,
            Kind::Ratio { x: Some(_), .. } => (size / linear.size) * (size / linear.size),
            _ => 1.0,
        };
        let simple = scale * spread * n / (n - 1.0) / n
            * match deff {
                Deff::WithoutReplacement => (size - n) / size,
                Deff::WithReplacement => 1.0,
            };
        let ratio = se * se / simple;
        let possible = n > 1.0 && simple > 0.0 && ratio.is_finite();
        if possible { figure.deff = Some(ratio) } else { figure.notes.push(Note::NoDesignEffect) }
    }

    /// The mean square of the values around their mean; of a ratio, of y − rate × x.
    fn spread(&self, which: Which, linear: &Linear) -> Option<f64> {
        let Which { domain, variable, category } = which;
        let is_total = self.variables[variable].is_total;
        if category.is_some() {
            let share = if is_total { linear.estimate? / linear.sum_of_weights } else { linear.rate };
            return Some(share * (1.0 - share));
        }
        let members = self.sample.members(domain);
        let sum = |place: usize| -> Option<DoubleDouble> {
            members.iter().try_fold(DoubleDouble::default(), |sum, member| {
                let moments: &Moments<3> = &self.cells.spreads[self.place(member.cell, variable)];
                Some(sum + moments.value(place)? * self.factor(member.cell))
            })
        };
        let rate = if is_total { linear.estimate? / linear.sum_of_weights } else { linear.rate };
        let squares = sum(2)? - sum(1)? * (2.0 * rate) + sum(0)? * DoubleDouble::product(rate, rate);
        Some(squares.value() / linear.sum_of_weights)
    }
}

/// The quantile with which a standard error is multiplied; NaN without degrees of freedom.
fn quantile(report: &Report, df: f64) -> f64 {
    let tail = report.level.tail();
    let df = if let Df::Fixed(df) = report.df { df } else { df };
    match report.interval {
        Some(ProportionMethod::Z) => normal::upper_quantile(tail),
        _ if df > 0.0 => student_t::upper_quantile(tail, df),
        _ => f64::NAN,
    }
}
