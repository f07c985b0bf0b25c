//! Intervals for quantiles.

use super::quantile::Ordered;
use super::{NoEstimate, QuantileRule, indicator, mean};
use crate::distribution::{beta, student_t};
use crate::interval::Level;

/// How the interval of the share below a quantile is made; its ends are read back as quantiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuantileIntervalMethod {
    /// Share plus or minus t standard errors.
    #[default]
    Mean,
    /// Beta quantiles with the effective sample size (Korn and Graubard).
    Beta,
    /// t on the logit of the share.
    Xlogit,
    /// t on the arcsine of its root.
    Asin,
    /// The values of which the share below is not refuted (Francisco and Fuller).
    Score,
}

impl QuantileIntervalMethod {
    /// All of them, with their names in R `survey` and on the command line.
    pub const ALL: [(&'static str, Self); 5] = [
        ("mean", Self::Mean),
        ("beta", Self::Beta),
        ("xlogit", Self::Xlogit),
        ("asin", Self::Asin),
        ("score", Self::Score),
    ];

    /// The method with a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find_map(|(other, method)| (*other == name).then_some(*method))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find_map(|(name, method)| (*method == self).then_some(*name)).unwrap_or_default()
    }
}

/// A quantile with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileInterval {
    /// The quantile.
    pub estimate: f64,
    /// The lower limit; none where the limit of the share lies below 0.
    pub lower: Option<f64>,
    /// The upper limit; none where the limit of the share lies above 1.
    pub upper: Option<f64>,
    /// `(upper - lower) / (2 t)`; none without both limits.
    pub se: Option<f64>,
}

/// What a quantile interval is made of.
#[derive(Clone, Copy, Debug)]
pub struct QuantileQuestion {
    /// The share below the quantile, 0 to 1.
    pub p: f64,
    /// The rule of the quantile and of its limits.
    pub rule: QuantileRule,
    /// The interval of the share.
    pub method: QuantileIntervalMethod,
    /// The confidence level.
    pub level: Level,
    /// Degrees of freedom of t; infinite for the normal distribution.
    pub df: f64,
}

/// The confidence interval of a quantile (Woodruff): the interval of the share of values at or below the estimate, read back.
///
/// # Formula
///
/// ```text
/// s, v      share of records with y <= quantile, and its variance under the design
/// mean      s ± t sqrt(v)
/// xlogit    expit(logit s ± t sqrt(v) / (s (1 - s)))
/// asin      sin(asin(sqrt s) ± t sqrt(v / (4 s (1 - s))))^2
/// beta      quantiles α/2 of Beta(e s, e (1 - s) + 1) and 1 - α/2 of Beta(e s + 1, e (1 - s)),
///           e = s (1 - s) / v * (t[n - 1] / t[df])^2
/// limits    quantile(lower share), quantile(upper share) by the same rule
/// score     the values y at which (share above y - (1 - p)) / se = ± t, found by Brent's method between the smallest and
///           the largest value to 1 / (100 sqrt n); the limits are quantiles of the plain share of records at or below them
/// se        (upper - lower) / (2 t)
/// ```
///
/// # Input and result
///
/// | name       | shape | unit          | rule                                                                    |
/// |------------|-------|---------------|-------------------------------------------------------------------------|
/// | `weights`  | n     | units         | finite                                                                  |
/// | `values`   | n     | any           | finite; `None` where missing or outside the domain                      |
/// | `question` |       |               | p, rule, method, level, df                                              |
/// | `variance` |       |               | gives the variance of the mean of values: by linearisation or replicates |
/// | result     |       | as the values | a limit that the method does not have is `None`, never a NaN            |
///
/// Where all values lie at or below the estimate the share is 1: `xlogit` and `beta` have no limits there, and `mean` has
/// the estimate for both.
///
/// # Errors
///
/// As [`quantile::estimate`](super::quantile::estimate); what `variance` fails with; [`NoEstimate::NoDegreesOfFreedom`].
///
/// # Source
///
/// R. S. Woodruff, "Confidence intervals for medians and other position measures", JASA 47 (1952); C. A. Francisco and
/// W. A. Fuller, "Quantile estimation with a complex survey design", Annals of Statistics 19 (1991); R `survey`,
/// `svyquantile`.
pub fn quantile_interval(
    weights: &[f64],
    values: &[Option<f64>],
    question: &QuantileQuestion,
    variance: impl Fn(&[Option<f64>]) -> Result<f64, NoEstimate>,
) -> Result<QuantileInterval, NoEstimate> {
    if question.df.is_nan() || question.df <= 0.0 {
        return Err(NoEstimate::NoDegreesOfFreedom);
    }
    let ordered = Ordered::new(weights, values)?;
    let estimate = ordered.quantile(question.p, question.rule)?;
    let t = student_t::upper_quantile(question.level.tail(), question.df);
    let limits = if question.method == QuantileIntervalMethod::Score {
        score_limits(weights, values, question.p, t, &variance)?
    } else {
        let below = indicator(values, |value| *value <= estimate);
        let records = values.iter().flatten().count();
        share_limits(mean::estimate(weights, &below)?, variance(&below)?, records, t, question)
    };
    let read = |share: Option<f64>| match share.filter(|share| (0.0..=1.0).contains(share)) {
        Some(share) => ordered.quantile(share, question.rule).map(Some),
        None => Ok(None),
    };
    let (lower, upper) = (read(limits.0)?, read(limits.1)?);
    let se = lower.zip(upper).map(|(lower, upper)| (upper - lower) / (2.0 * t));
    Ok(QuantileInterval { estimate, lower, upper, se })
}

/// The limits of a share; none where the method has none.
fn share_limits(
    share: f64,
    variance: f64,
    records: usize,
    t: f64,
    question: &QuantileQuestion,
) -> (Option<f64>, Option<f64>) {
    let inside = share > 0.0 && share < 1.0;
    let around =
        |middle: f64, se: f64, back: fn(f64) -> f64| (Some(back(middle - t * se)), Some(back(middle + t * se)));
    match question.method {
        QuantileIntervalMethod::Mean => around(share, variance.sqrt(), |share| share),
        QuantileIntervalMethod::Xlogit if inside => {
            let logit = libm::log(share / (1.0 - share));
            around(logit, variance.sqrt() / (share * (1.0 - share)), |logit| 1.0 / (1.0 + libm::exp(-logit)))
        }
        QuantileIntervalMethod::Asin if inside => {
            let se = (variance / (4.0 * share * (1.0 - share))).sqrt();
            around(libm::asin(share.sqrt()), se, |angle| libm::sin(angle) * libm::sin(angle))
        }
        QuantileIntervalMethod::Beta if inside && variance > 0.0 && records > 1 => {
            #[allow(clippy::cast_precision_loss, reason = "a number of records")]
            let t_records = student_t::upper_quantile(question.level.tail(), (records - 1) as f64);
            let effective = share * (1.0 - share) / variance * (t_records / t) * (t_records / t);
            let (yes, no) = (effective * share, effective * (1.0 - share));
            let tail = question.level.tail();
            (Some(beta::quantile(tail, yes, no + 1.0)), Some(beta::quantile(1.0 - tail, yes + 1.0, no)))
        }
        _ => (None, None),
    }
}

/// The shares of records at or below the values that are not refuted.
fn score_limits(
    weights: &[f64],
    values: &[Option<f64>],
    p: f64,
    t: f64,
    variance: &impl Fn(&[Option<f64>]) -> Result<f64, NoEstimate>,
) -> Result<(Option<f64>, Option<f64>), NoEstimate> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, reason = "a number of records")]
    let n = sorted.len() as f64;
    let margin = (plain_quartile(&sorted, 3) - plain_quartile(&sorted, 1)) / 100.0;
    let ends = (sorted[0] + margin, sorted[sorted.len() - 1] - margin);
    let share = |at: f64, limit: f64| -> Result<Option<f64>, NoEstimate> {
        let score = |value: f64| -> Result<f64, NoEstimate> {
            let above: Vec<_> = values.iter().map(|y| y.map(|y| f64::from(u8::from(y > value)) - (1.0 - p))).collect();
            Ok(mean::estimate(weights, &above)? / variance(&above)?.sqrt() - limit)
        };
        let Some(root) = brent(ends, score, at)? else { return Ok(None) };
        #[allow(clippy::cast_precision_loss, reason = "a number of records")]
        let below = sorted.partition_point(|value| *value <= root) as f64;
        Ok(Some(below / n))
    };
    let tolerance = 1.0 / (100.0 * n.sqrt());
    Ok((share(tolerance, t)?, share(tolerance, -t)?))
}

/// The first or third quartile of plain values in order (type 7).
fn plain_quartile(sorted: &[f64], quarter: usize) -> f64 {
    let steps = (sorted.len() - 1) * quarter;
    let (low, rest) = (steps / 4, steps % 4);
    #[allow(clippy::cast_precision_loss, reason = "0 to 3")]
    let part = rest as f64 / 4.0;
    let value = sorted[low];
    if rest == 0 { value } else { value * (1.0 - part) + sorted[low + 1] * part }
}

/// A root of a function between two ends where its signs differ; none where they do not.
///
/// The function of a score interval is made of steps, so which side of a step is the root depends on the method: this is the
/// one of R's `uniroot`.
///
/// # Source
///
/// R. P. Brent, *Algorithms for Minimization without Derivatives* (1973), chapter 4 (`zeroin`).
fn brent(
    ends: (f64, f64),
    function: impl Fn(f64) -> Result<f64, NoEstimate>,
    tolerance: f64,
) -> Result<Option<f64>, NoEstimate> {
    let (mut a, mut b) = ends;
    let (mut at_a, mut at_b) = (function(a)?, function(b)?);
    if at_a.is_nan() || at_b.is_nan() || at_a * at_b > 0.0 {
        return Ok(None);
    }
    if at_a == 0.0 {
        return Ok(Some(a));
    }
    let (mut c, mut at_c) = (a, at_a);
    for _ in 0..1000 {
        let last_step = b - a;
        if at_c.abs() < at_b.abs() {
            (a, b, c) = (b, c, b);
            (at_a, at_b, at_c) = (at_b, at_c, at_b);
        }
        let least = 2.0 * f64::EPSILON * b.abs() + tolerance / 2.0;
        let mut step = (c - b) / 2.0;
        if step.abs() <= least || at_b == 0.0 {
            return Ok(Some(b));
        }
        if last_step.abs() >= least && at_a.abs() > at_b.abs() {
            let width = c - b;
            let (p, q) = if a == c {
                let ratio = at_b / at_a;
                (width * ratio, 1.0 - ratio)
            } else {
                let (q, r, s) = (at_a / at_c, at_b / at_c, at_b / at_a);
                (s * (width * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
            };
            let (p, q) = if p > 0.0 { (p, -q) } else { (-p, q) };
            if p < 0.75 * width * q - (least * q).abs() / 2.0 && p < (last_step * q / 2.0).abs() {
                step = p / q;
            }
        }
        if step.abs() < least {
            step = if step > 0.0 { least } else { -least };
        }
        (a, at_a) = (b, at_b);
        b += step;
        at_b = function(b)?;
        if at_b.is_nan() {
            return Ok(None);
        }
        if (at_b > 0.0 && at_c > 0.0) || (at_b < 0.0 && at_c < 0.0) {
            (c, at_c) = (a, at_a);
        }
    }
    Ok(Some(b))
}
