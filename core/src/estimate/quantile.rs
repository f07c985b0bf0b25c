//! Weighted quantiles, by named rules.

use super::NoEstimate;
use crate::sum::Sum;

/// How a quantile is read off the weighted distribution, between two values too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuantileRule {
    /// The smallest value with at least the share p at or below it: the inverse of the distribution function.
    #[default]
    Math,
    /// As [`QuantileRule::Math`]; where the share is exactly p, the mean of that value and the next. Half of 1, 2, 3, 4 is 2.5.
    School,
    /// Shah and Vaish's step function, on ranks of weights that have mean 1.
    Shahvaish,
    /// Hyndman and Fan's type 1: the same as [`QuantileRule::Math`].
    HyndmanFan1,
    /// Type 2: the same as [`QuantileRule::School`].
    HyndmanFan2,
    /// Type 3: nearest even rank, among distinct values.
    HyndmanFan3,
    /// Type 4: linear in the distribution function.
    HyndmanFan4,
    /// Type 5: linear between the middles of the steps.
    HyndmanFan5,
    /// Type 6: linear, with a last step more.
    HyndmanFan6,
    /// Type 7: linear, with a first step less; the default of R's `quantile`.
    HyndmanFan7,
    /// Type 8: linear, with a third of a step more; about median-unbiased.
    HyndmanFan8,
    /// Type 9: linear, with a quarter of a step more; about unbiased for normal values.
    HyndmanFan9,
}

impl QuantileRule {
    /// All of them, with their names in R `survey` and on the command line.
    pub const ALL: [(&'static str, Self); 12] = [
        ("math", Self::Math),
        ("school", Self::School),
        ("shahvaish", Self::Shahvaish),
        ("hf1", Self::HyndmanFan1),
        ("hf2", Self::HyndmanFan2),
        ("hf3", Self::HyndmanFan3),
        ("hf4", Self::HyndmanFan4),
        ("hf5", Self::HyndmanFan5),
        ("hf6", Self::HyndmanFan6),
        ("hf7", Self::HyndmanFan7),
        ("hf8", Self::HyndmanFan8),
        ("hf9", Self::HyndmanFan9),
    ];

    /// The rule with a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find_map(|(other, rule)| (*other == name).then_some(*rule))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find_map(|(name, rule)| (*rule == self).then_some(*name)).unwrap_or_default()
    }
}

/// A quantile: the value below which the share p of the population lies.
///
/// # Formula
///
/// Values x in order with weights w, `F[k] = (w[1] + … + w[k]) / sum(w)`:
///
/// ```text
/// j                the last k with F[k] <= p, or 1
/// math, hf1        x[j] if F[j] = p, otherwise x[j + 1]
/// school, hf2      (x[j] + x[j + 1]) / 2 if F[j] = p, otherwise x[j + 1]
/// hf3              equal values joined: x[j] if F[j] = p and j is even, otherwise x[j + 1]
/// hf4              x[j] + (x[j + 1] - x[j]) (p - F[j]) / (F[j + 1] - F[j])
/// hf5 to hf9       linear between points (q[k], x[k]), level beyond them; sums C[k] = w[1] + … + w[k], n values:
///   hf5            q = (C[k] - w[k] / 2) / C[n]
///   hf6            q = C[k] / (C[n] + w[n])
///   hf7            q = C[k - 1] / C[n - 1]
///   hf8            q = (C[k - 1] / 3 + 2 C[k] / 3) / (C[n] + w[n] / 3)
///   hf9            q = (3 C[k - 1] / 8 + 5 C[k] / 8) / (C[n] + w[n] / 4)
/// shahvaish        x of the last q <= p, the first below all: q = (S[k] + 1/2 - w[k] / 2) / (n + 1), S sums of w / mean w
/// ```
///
/// These are the rules of R `survey` to the letter, so that figures agree. That includes p below the share of the smallest
/// value, where `math`, `school`, `hf1` to `hf3` give the second value and `hf4` the line through the first two.
///
/// # Input and result
///
/// | name      | shape | unit          | rule                                                        |
/// |-----------|-------|---------------|-------------------------------------------------------------|
/// | `weights` | n     | units         | finite; records of weight 0 are left out                    |
/// | `values`  | n     | any           | finite; `None` where missing or outside the domain          |
/// | `p`       | 1     | 0 to 1        |                                                             |
/// | result    | 1     | as the values | a single value is every quantile; equal values: their value |
///
/// Equal values keep the order of the file. Sums of weights are rounded once.
///
/// # Errors
///
/// [`NoEstimate::NoValues`], [`NoEstimate::NoWeight`], [`NoEstimate::NotFinite`], [`NoEstimate::InvalidProbability`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::estimate::{QuantileRule, quantile};
/// let values = [Some(4.0), Some(1.0), Some(3.0), Some(2.0)];
/// let median = |rule| quantile::estimate(&[1.0; 4], &values, 0.5, rule);
/// assert_eq!(median(QuantileRule::Math), Ok(2.0));
/// assert_eq!(median(QuantileRule::School), Ok(2.5));
/// ```
///
/// # Source
///
/// R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", American Statistician 50 (1996); B. V. Shah and
/// A. K. Vaish, "Confidence intervals for quantile estimation from complex survey data", JSM (2006); R `survey` 4.5,
/// vignette `qrule`.
pub fn estimate(weights: &[f64], values: &[Option<f64>], p: f64, rule: QuantileRule) -> Result<f64, NoEstimate> {
    Ordered::new(weights, values)?.quantile(p, rule)
}

/// The median: the quantile of 1/2.
///
/// # Errors
///
/// As [`estimate`].
pub fn median(weights: &[f64], values: &[Option<f64>], rule: QuantileRule) -> Result<f64, NoEstimate> {
    estimate(weights, values, 0.5, rule)
}

/// Values in order with their weights, for several quantiles of the same values.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// Value and weight.
    pairs: Vec<(f64, f64)>,
    total: f64,
}

impl Ordered {
    /// Sorts the values that have a weight.
    ///
    /// # Errors
    ///
    /// [`NoEstimate::NoValues`], [`NoEstimate::NoWeight`], [`NoEstimate::NotFinite`].
    pub fn new(weights: &[f64], values: &[Option<f64>]) -> Result<Self, NoEstimate> {
        let records = || weights.iter().zip(values).filter_map(|(weight, value)| Some(((*value)?, *weight)));
        if records().any(|(value, weight)| !value.is_finite() || !weight.is_finite()) {
            return Err(NoEstimate::NotFinite);
        }
        if records().next().is_none() {
            return Err(NoEstimate::NoValues);
        }
        let mut pairs: Vec<_> = records().filter(|(_, weight)| *weight != 0.0).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total = pairs.iter().map(|(_, weight)| *weight).collect::<Sum>().value();
        match total {
            total if total.is_infinite() => Err(NoEstimate::NotFinite),
            total if total > 0.0 => Ok(Self { pairs, total }),
            _ => Err(NoEstimate::NoWeight),
        }
    }

    /// The quantile of p.
    ///
    /// # Errors
    ///
    /// [`NoEstimate::InvalidProbability`].
    pub fn quantile(&self, p: f64, rule: QuantileRule) -> Result<f64, NoEstimate> {
        if !(0.0..=1.0).contains(&p) {
            return Err(NoEstimate::InvalidProbability);
        }
        if let [(value, _)] = self.pairs.as_slice() {
            return Ok(*value);
        }
        let (first, last) = (self.weight(0), self.weight(self.pairs.len() - 1));
        let before = |points: &[f64], k: usize| if k == 0 { 0.0 } else { points[k - 1] };
        let sums = cumulative(self.pairs.iter().map(|(_, weight)| *weight));
        let points = |of: &dyn Fn(usize) -> f64| -> Vec<f64> { (0..sums.len()).map(of).collect() };
        debug_assert!(first != 0.0);
        Ok(match rule {
            QuantileRule::Math | QuantileRule::HyndmanFan1 => self.step(&sums, p).of(|low, _, _| low),
            QuantileRule::School | QuantileRule::HyndmanFan2 => self.step(&sums, p).of(|low, up, _| (low + up) / 2.0),
            QuantileRule::HyndmanFan3 => {
                let joined = self.joined();
                let sums = cumulative(joined.pairs.iter().map(|(_, weight)| *weight));
                joined.step(&sums, p).of(|low, up, rank| if rank % 2 == 0 { low } else { up })
            }
            QuantileRule::HyndmanFan4 => self.step(&sums, p).linear(),
            QuantileRule::HyndmanFan5 => self.line(&points(&|k| (sums[k] - self.weight(k) / 2.0) / self.total), p),
            QuantileRule::HyndmanFan6 => self.line(&points(&|k| sums[k] / (self.total + last)), p),
            QuantileRule::HyndmanFan7 => {
                let all_but_last = sums[sums.len() - 2];
                self.line(&points(&|k| before(&sums, k) / all_but_last), p)
            }
            QuantileRule::HyndmanFan8 => {
                let point = |k: usize| (before(&sums, k) / 3.0 + sums[k] * 2.0 / 3.0) / (self.total + last / 3.0);
                self.line(&points(&point), p)
            }
            QuantileRule::HyndmanFan9 => {
                let point = |k: usize| (before(&sums, k) * 3.0 / 8.0 + sums[k] * 5.0 / 8.0) / (self.total + last / 4.0);
                self.line(&points(&point), p)
            }
            QuantileRule::Shahvaish => {
                #[allow(clippy::cast_precision_loss, reason = "a number of records")]
                let n = self.pairs.len() as f64;
                let mean = self.total / n;
                let ranks = cumulative(self.pairs.iter().map(|(_, weight)| weight / mean));
                self.stairs(&points(&|k| (ranks[k] + 0.5 - self.weight(k) / 2.0) / (n + 1.0)), p)
            }
        })
    }

    fn weight(&self, k: usize) -> f64 {
        self.pairs[k].1
    }

    /// Equal values as one.
    fn joined(&self) -> Self {
        let mut pairs: Vec<(f64, f64)> = Vec::new();
        for (value, weight) in &self.pairs {
            match pairs.last_mut() {
                Some((last, sum)) if last == value => *sum += weight,
                _ => pairs.push((*value, *weight)),
            }
        }
        Self { pairs, total: self.total }
    }

    /// The place of p on the steps of the distribution function.
    fn step(&self, sums: &[f64], p: f64) -> Step {
        let low = sums.iter().rposition(|sum| *sum <= p * self.total).unwrap_or(0);
        let up = (low + 1).min(sums.len() - 1);
        Step {
            low: self.pairs[low].0,
            up: self.pairs[up].0,
            rank: low + 1,
            above_low: p - sums[low] / self.total,
            below_up: sums[up] / self.total - p,
        }
    }

    /// Points with their values, by rising point; negative weights and rounding may leave them in another order.
    fn rising(&self, points: &[f64]) -> Vec<(f64, f64)> {
        let mut rising: Vec<_> = points.iter().copied().zip(self.pairs.iter().map(|(value, _)| *value)).collect();
        rising.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Values at the same point: their mean.
        let mut joined: Vec<(f64, f64, f64)> = Vec::new();
        for (point, value) in rising {
            match joined.last_mut() {
                Some((last, sum, count)) if *last == point => (*sum, *count) = (*sum + value, *count + 1.0),
                _ => joined.push((point, value, 1.0)),
            }
        }
        joined.into_iter().map(|(point, sum, count)| (point, sum / count)).collect()
    }

    /// The value at p on the line through the points, level beyond them.
    fn line(&self, points: &[f64], p: f64) -> f64 {
        let rising = self.rising(points);
        let after = rising.partition_point(|(point, _)| *point <= p);
        match (rising.get(after.wrapping_sub(1)), rising.get(after)) {
            (Some((_, value)), None) | (None, Some((_, value))) => *value,
            (Some((from, low)), Some(_)) if *from == p => *low,
            (Some((from, low)), Some((to, up))) => low + (up - low) * ((p - from) / (to - from)),
            (None, None) => f64::NAN,
        }
    }

    /// The value of the last point at or below p; of the first point below all.
    fn stairs(&self, points: &[f64], p: f64) -> f64 {
        let rising = self.rising(points);
        let after = rising.partition_point(|(point, _)| *point <= p);
        rising.get(after.max(1) - 1).map_or(f64::NAN, |(_, value)| *value)
    }
}

/// Where p lies between two neighbours.
struct Step {
    low: f64,
    up: f64,
    /// Rank of the lower one, from 1.
    rank: usize,
    above_low: f64,
    below_up: f64,
}

impl Step {
    /// The upper neighbour, or what `at` says where p is exactly the share of the lower one.
    fn of(&self, at: impl Fn(f64, f64, usize) -> f64) -> f64 {
        if self.above_low == 0.0 { at(self.low, self.up, self.rank) } else { self.up }
    }

    fn linear(&self) -> f64 {
        if self.low == self.up {
            return self.low;
        }
        let part = self.above_low / (self.below_up + self.above_low);
        self.low * (1.0 - part) + self.up * part
    }
}

/// Sums of the first 1, 2, … terms, each rounded once.
fn cumulative(terms: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = Sum::default();
    let sums = terms.map(|term| {
        sum.add(term);
        sum.value()
    });
    sums.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantile(weights: &[f64], values: &[f64], p: f64, rule: &str) -> f64 {
        let values: Vec<_> = values.iter().copied().map(Some).collect();
        estimate(weights, &values, p, QuantileRule::parse(rule).unwrap()).unwrap()
    }

    /// Values 1, 2, 4, 8 with weights 1, 2, 1, 4: shares 1/8, 3/8, 1/2, 1.
    #[test]
    fn rules_worked_by_hand() {
        let q = |p, rule| quantile(&[1.0, 4.0, 1.0, 2.0], &[1.0, 8.0, 4.0, 2.0], p, rule);
        assert_eq!(q(0.5, "math"), 4.0, "the share is exactly 1/2");
        assert_eq!(q(0.5, "school"), 6.0);
        assert_eq!(q(0.5, "hf3"), 8.0, "rank 3 is odd");
        assert_eq!(q(0.375, "hf3"), 2.0, "rank 2 is even");
        assert_eq!(q(0.25, "hf4"), 1.5, "half way from 1/8 to 3/8");
        // hf5: points 1/16, 1/4, 7/16, 3/4; 19/32 is half way between the last two.
        assert_eq!(q(19.0 / 32.0, "hf5"), 6.0);
        // hf6: points 1/12, 3/12, 4/12, 8/12.
        assert!((q(0.5, "hf6") - 6.0).abs() < 1e-14);
        // hf7: points 0, 1/4, 3/4, 1.
        assert_eq!(q(0.5, "hf7"), 3.0);
        assert_eq!((q(0.0, "hf7"), q(1.0, "hf7")), (1.0, 8.0));
        assert_eq!((q(1.0, "math"), q(1.0, "hf4")), (8.0, 8.0));
        assert_eq!(q(0.05, "math"), 2.0, "below the share of the first value, as R");
    }

    #[test]
    fn edges() {
        for (name, rule) in QuantileRule::ALL {
            assert_eq!(rule.name(), name);
            for p in [0.0, 0.3, 0.5, 1.0] {
                assert_eq!(quantile(&[2.0], &[7.0], p, name), 7.0, "{name}: one value");
                assert_eq!(quantile(&[2.0, 0.0], &[7.0, 1.0], p, name), 7.0, "{name}: weight 0");
                assert_eq!(quantile(&[2.0, 1.0, 0.5], &[7.0; 3], p, name), 7.0, "{name}: equal values");
            }
        }
        let none = |weights: &[f64], values: &[Option<f64>], p| estimate(weights, values, p, QuantileRule::Math);
        assert_eq!(none(&[1.0], &[None], 0.5), Err(NoEstimate::NoValues));
        assert_eq!(none(&[0.0], &[Some(1.0)], 0.5), Err(NoEstimate::NoWeight));
        assert_eq!(none(&[1.0], &[Some(f64::NAN)], 0.5), Err(NoEstimate::NotFinite));
        assert_eq!(none(&[1.0], &[Some(1.0)], 1.5), Err(NoEstimate::InvalidProbability));
        assert_eq!(none(&[1.0], &[Some(1.0)], f64::NAN), Err(NoEstimate::InvalidProbability));
    }
}
