//! Statistics that need all records at once: quantiles, variances, correlations, and any statistic with replicates where
//! records are the sampling units.
//!
//! [`estimates`] reads the columns that a [`Question`] names and gives the same [`Estimate`]s as the stream. A quantile's
//! standard error and interval are Woodruff's; those of the others come from linearisation, or from replicates. With
//! calibrated weights the variance is that of the [residuals](crate::weight::Residuals); replicates are calibrated again.
//!
//! ```
//! use bygdepuls_core::estimate::{Question, QuantileIntervalMethod, QuantileRule, Statistic, in_memory};
//! use bygdepuls_core::problem::Problems;
//! let question = Question {
//!     statistics: vec![Statistic::Quantile {
//!         column: "y".into(),
//!         probabilities: vec![0.5],
//!         rule: QuantileRule::School,
//!         interval: QuantileIntervalMethod::Mean,
//!     }],
//!     ..Question::default()
//! };
//! let answer = in_memory::estimates("f.csv", b"y\n4\n1\n3\n2\n", &question, &mut Problems::new()).unwrap();
//! assert_eq!((answer.estimates[0].prob, answer.estimates[0].estimate), (Some(0.5), Some(2.5)));
//! ```

mod figure;
mod part;
mod sample;
mod spread;

use super::{Estimate, EstimateProblem, Question, Statistic, plan};
use crate::problem::{Problem, Problems};
use figure::Figure;
use sample::Sample;

/// What a question about a file in memory is answered with.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The figures: by group, then by statistic; contrasts last.
    pub estimates: Vec<Estimate>,
    /// The covariances of all figures that are no contrasts, where they were asked for. Nothing where a figure has none.
    pub covariance: Option<Vec<Vec<Option<f64>>>>,
}

/// Cells between which covariances are given.
const COVARIANCE_LIMIT: usize = 2000;

/// Estimates from a whole file. `None` when the file or the question has errors; problems say which.
pub fn estimates(file: &str, bytes: &[u8], question: &Question, problems: &mut Problems) -> Option<Answer> {
    let before = problems.errors();
    if !plan::possible(file, question, problems) {
        return None;
    }
    let sample = Sample::read(file, bytes, question, problems)?;
    if problems.errors() > before {
        return None;
    }
    let figures = match sample.figures() {
        Ok(figures) => figures,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    if question.report.covariance && figures.len() > COVARIANCE_LIMIT {
        let what = EstimateProblem::TooManyCells { count: figures.len(), limit: COVARIANCE_LIMIT };
        problems.push(Problem::error(file, what));
        return None;
    }
    let contrasts = match sample.contrasts(&figures) {
        Ok(contrasts) => contrasts,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let covariance = question.report.covariance.then(|| sample.covariance(&figures));
    let estimates = figures.into_iter().chain(contrasts).map(|figure: Figure| figure.estimate).collect();
    Some(Answer { estimates, covariance })
}

impl Question {
    /// Whether the whole file is needed: the stream has no answer.
    #[must_use]
    pub fn needs_memory(&self) -> bool {
        let statistic = |statistic: &Statistic| {
            matches!(statistic, Statistic::Quantile { .. } | Statistic::Variance { .. } | Statistic::Correlation { .. })
        };
        self.statistics.iter().any(statistic)
            || self.calibration.is_some()
            || (self.replication.is_some() && self.design.psu.is_empty())
    }
}
