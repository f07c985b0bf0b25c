//! Intervals of counts as figures with everything about them.

use super::{Counts, DesignProportion, Level, NoInterval, ProportionMethod, count_interval};
use crate::text::Lang;
use serde::{Serialize, Serializer, ser::SerializeMap};

/// One interval. Serialises with the keys of `bygdepuls interval --format json`, those of `bygdepuls estimate`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// The group: none.
    #[serde(serialize_with = "empty")]
    pub by: (),
    /// `share`.
    pub statistic: &'static str,
    /// The analysed column: none.
    pub variable: Option<&'static str>,
    /// The codes of the share: none.
    pub value: Option<&'static str>,
    /// The share x/n, 0 to 1.
    pub estimate: f64,
    /// Its standard error as that of a simple random sample, with the correction for the population if there is one.
    /// None where a single answer of several people does not show it.
    pub se: Option<f64>,
    /// The lower limit, as a share; none where the method has no interval.
    pub ci_lower: Option<f64>,
    /// The upper limit, as a share; none where the method has no interval.
    pub ci_upper: Option<f64>,
    /// The level of the interval. None for bounds without a probability.
    pub level: Option<f64>,
    /// The method's name.
    pub ci_method: &'static str,
    /// Degrees of freedom, where the method has any.
    pub df: Option<f64>,
    /// How many answered.
    pub n: u64,
    /// The same: every answer counts as one.
    pub sum_of_weights: f64,
    /// `ok`, or why there is no interval: [`NoInterval::code`].
    pub status: &'static str,
    /// The same in words.
    pub notes: Vec<String>,
}

fn empty<S: Serializer>((): &(), serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_map(Some(0))?.end()
}

/// The intervals of counts by some methods. With `methods` empty by all of them: without a population those that need
/// one are left out.
///
/// # Errors
///
/// [`NoInterval`] for counts that cannot be: n = 0, x > n, n > N, or more answers than there are people.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Counts, Level, ProportionMethod, cells};
/// use bygdepuls_core::text::Lang;
/// let counts = Counts { x: 0, n: 3, population: None };
/// let methods = [ProportionMethod::ClopperPearson, ProportionMethod::Logit];
/// let cells = cells(&methods, counts, Level::P95, Lang::En)?;
/// assert_eq!((cells[0].ci_lower, cells[0].status), (Some(0.0), "ok"));
/// assert_eq!((cells[1].ci_lower, cells[1].status), (None, "all_alike"));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
pub fn cells(methods: &[ProportionMethod], counts: Counts, level: Level, lang: Lang) -> Result<Vec<Cell>, NoInterval> {
    let sample = DesignProportion::of_counts(counts.x, counts.n, counts.population)?;
    let all: Vec<_> = ProportionMethod::NAMES
        .iter()
        .map(|(method, _)| *method)
        .filter(|method| counts.population.is_some() || !method.needs_population())
        .collect();
    let methods = if methods.is_empty() { &all } else { methods };
    let cell = |&method: &ProportionMethod| {
        let interval = count_interval(method, counts, level);
        Cell {
            by: (),
            statistic: "share",
            variable: None,
            value: None,
            estimate: sample.estimate,
            se: Some(sample.variance.sqrt()).filter(|se| se.is_finite()),
            ci_lower: interval.ok().map(|interval| interval.lower),
            ci_upper: interval.ok().map(|interval| interval.upper),
            level: (method != ProportionMethod::NonresponseBounds).then(|| level.as_f64()),
            ci_method: method.name(),
            df: method.uses_df().then_some(sample.df),
            n: counts.n,
            sum_of_weights: super::wilson::as_f64(counts.n),
            status: interval.err().map_or("ok", NoInterval::code),
            notes: interval.err().map(|reason| reason.message(lang)).into_iter().collect(),
        }
    };
    Ok(methods.iter().map(cell).collect())
}
