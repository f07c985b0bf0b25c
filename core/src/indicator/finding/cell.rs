//! One figure of a finding.

use super::Reason;
use crate::compare::Interval;
use crate::distribution::student_t;
use crate::interval::{Level, ShareInterval};
use crate::text::Text;
use serde::Serialize;

/// One figure with its interval; what does not exist is null, and `status` says why.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// What it is: `share`, `difference`, `odds_ratio`, …
    pub statistic: &'static str,
    /// The question, the tie or the step that it is of.
    pub variable: String,
    /// The answer, or the group.
    pub value: Option<String>,
    /// What people read.
    pub label: Text,
    /// The figure; shares from 0 to 1.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// The smallest of the interval.
    pub ci_lower: Option<f64>,
    /// The largest of the interval.
    pub ci_upper: Option<f64>,
    /// The level of the interval.
    pub level: Option<f64>,
    /// How the interval is made.
    pub ci_method: Option<&'static str>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// Two-sided, unless the method says otherwise.
    pub p_value: Option<f64>,
    /// The same over all comparisons of the finding, by Holm.
    pub p_adjusted: Option<f64>,
    /// Who it is of: people who answered.
    pub n: u64,
    /// How many of them said yes.
    pub x: Option<u64>,
    /// `ok`, or why figure or interval is missing.
    pub status: &'static str,
    /// What must be said beside it.
    pub notes: Vec<Text>,
}

impl Cell {
    /// A figure that has not been computed yet.
    pub(super) fn new(statistic: &'static str, variable: &str, label: Text, n: u64) -> Self {
        Self { statistic, variable: variable.into(), label, n, status: "ok", ..Self::default() }
    }

    /// Of an answer or a group.
    pub(super) fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// How many said yes.
    pub(super) fn x(mut self, x: u64) -> Self {
        self.x = Some(x);
        self
    }

    /// The figure.
    pub(super) fn estimate(mut self, estimate: f64) -> Self {
        self.estimate = Some(estimate).filter(|estimate| estimate.is_finite());
        self
    }

    /// The interval, or why there is none.
    pub(super) fn interval(
        mut self,
        method: &'static str,
        level: Level,
        interval: Result<Interval, impl Into<Reason>>,
    ) -> Self {
        match interval {
            Ok(Interval { lower, upper }) => {
                self.level = Some(level.as_f64());
                self.ci_method = Some(method);
                self.ci_lower = Some(lower).filter(|lower| lower.is_finite());
                self.ci_upper = Some(upper).filter(|upper| upper.is_finite());
                self
            }
            Err(reason) => self.none(reason),
        }
    }

    /// A figure with a standard error, Student's interval and test; on another scale through `back`.
    pub(super) fn student(mut self, value: f64, se: f64, df: f64, level: Level, back: fn(f64) -> f64) -> Self {
        self = self.estimate(back(value));
        // Of a ratio the standard error is that of its logarithm.
        self.se = Some(se).filter(|se| se.is_finite());
        self.df = Some(df).filter(|df| df.is_finite());
        if !(se > 0.0 && se.is_finite()) {
            return self.none(crate::compare::NoResult::NoVariance);
        }
        if df <= 0.0 {
            return self.none(crate::interval::NoInterval::NoDegreesOfFreedom);
        }
        let half = student_t::upper_quantile(level.tail(), df) * se;
        self.p_value = Some(student_t::two_sided(value / se, df));
        let interval = Interval { lower: back(value - half), upper: back(value + half) };
        self.interval("t", level, Ok::<_, Reason>(interval))
    }

    /// What is missing, and why.
    pub(super) fn none(mut self, reason: impl Into<Reason>) -> Self {
        let Reason { code, words } = reason.into();
        self.status = code;
        self.notes.push(words);
        self
    }
}

impl From<ShareInterval> for Interval {
    fn from(ShareInterval { lower, upper }: ShareInterval) -> Self {
        Self { lower, upper }
    }
}

/// Items of a finding that cannot be told apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Together {
    /// The question.
    pub variable: String,
    /// How they were compared.
    pub method: &'static str,
    /// The largest groups within which no two items can be told apart.
    pub groups: Vec<Vec<String>>,
    /// For each item the first and last place that it can have, all at once.
    pub places: Vec<Place>,
}

/// The places that an item can have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The item.
    pub value: String,
    /// What people read.
    pub label: Text,
    /// The first.
    pub first: usize,
    /// The last.
    pub last: usize,
}
