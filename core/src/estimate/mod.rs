//! Statistics of any CSV file by groups, without a codebook.
//!
//! | statistic | function of the group's values y and weights w |
//! |---|---|
//! | mean | sum(w × y) / sum(w) |
//! | total | sum(w × y) |
//! | share | sum(w where y is one of the codes) / sum(w) |
//! | count | sum(w where y is one of the codes) |
//! | ratio | sum(w × y) / sum(w × x) |
//!
//! Standard errors are those of the sampling [design](crate::design), by linearisation; without a design said, records
//! are independent of each other.
//!
//! A [`Plan`] is a [`Question`] put to the header of a file. [`Grouped`] takes pieces of the file, in any order and on any
//! thread; states are [merged](Grouped::merge), also after they were [saved](Grouped::save) elsewhere, and [finished](Grouped::finish) into [`Estimate`]s. Sums are exact, so the
//! figures do not depend on how the file was cut. Peak memory is that of the cells: of groups times strata, or of groups
//! within sampling units.
//!
//! ```
//! use bygdepuls_core::{design::DesignQuestion, estimate::{Grouped, Plan, Question, Statistic}};
//! use bygdepuls_core::{problem::Problems, read::Head};
//! let file = b"town,y,w\nA,1,2\nA,4,1\nB,9,1\nB,3,1\n";
//! let question = Question {
//!     statistics: vec![Statistic::Mean { column: "y".into() }],
//!     design: DesignQuestion { weights: Some("w".into()), ..DesignQuestion::default() },
//!     by: vec!["town".into()],
//!     missing: vec!["9".into()],
//!     ..Question::default()
//! };
//! let mut problems = Problems::new();
//! let head = Head::find("f.csv", file, true, &mut problems).unwrap();
//! let start = head.start;
//! let plan = Plan::new("f.csv", head, &question, &mut problems).unwrap();
//! let mut grouped = Grouped::new(&plan);
//! grouped.piece(0, &file[start..], true);
//! let estimates = grouped.finish(&mut problems);
//! assert_eq!(estimates[0].by, [("town".into(), "A".into())]);
//! assert_eq!(estimates[0].estimate, Some(2.0));
//! assert_eq!((estimates[1].estimate, estimates[1].n), (Some(3.0), 1));
//! ```

mod cells;
mod chunks;
mod cohort;
pub mod contrast;
pub mod correlation;
pub mod design_effect;
mod figures;
mod group;
mod grouped;
pub mod in_memory;
mod linearised;
pub mod linked;
pub mod mean;
mod no_estimate;
mod note;
mod plan;
mod problem;
pub mod proportion;
pub mod quantile;
mod quantile_interval;
mod question;
pub mod ratio;
mod replicated;
mod replication;
mod sampled;
mod saved;
mod stream;
mod terms;
pub mod total;
pub mod variance;

pub use figures::Figures;
pub use grouped::Grouped;
pub use linearised::{Linearised, covariance, indicator, within};
pub use no_estimate::NoEstimate;
pub use note::Note;
pub use plan::Plan;
pub use problem::EstimateProblem;
pub use quantile::QuantileRule;
pub use quantile_interval::{QuantileInterval, QuantileIntervalMethod, QuantileQuestion, quantile_interval};
pub use question::{Contrast, Deff, Df, Question, Report, Statistic};
pub use replication::{Make, ReplicateTable, Replication};
pub use saved::SavedProblem;
pub use stream::{BLOCK, Stream};

use serde::{Serialize, Serializer, ser::SerializeMap};
use std::sync::Arc;

/// One figure. Serialises with the keys of `bygdepuls estimate --format json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The group: column and code, in the order asked.
    #[serde(serialize_with = "in_order")]
    pub by: Vec<(Arc<str>, Arc<str>)>,
    /// `mean`, `total`, `share`, `ratio`, `quantile`, `variance`, `correlation`, or `contrast` of one of them.
    pub statistic: &'static str,
    /// The analysed column; `y/x` of a ratio, `y,x` of a correlation.
    pub variable: Arc<str>,
    /// The codes of a share, with commas between; the code, of the share of each.
    pub value: Option<Arc<str>>,
    /// The share below a quantile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prob: Option<f64>,
    /// The figure; none where the status is not `ok`.
    pub estimate: Option<f64>,
    /// Standard error; none where it cannot be known, as notes say.
    pub se: Option<f64>,
    /// Lower end of the interval.
    pub ci_lower: Option<f64>,
    /// Upper end of the interval.
    pub ci_upper: Option<f64>,
    /// Confidence level of the interval.
    pub level: Option<f64>,
    /// Method of the interval.
    pub ci_method: Option<&'static str>,
    /// Degrees of freedom of the interval.
    pub df: Option<f64>,
    /// Design effect, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deff: Option<f64>,
    /// How many replicates the standard error is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicates: Option<usize>,
    /// How they were made: `jk1`, `jkn`, `brr`, `fay`, `rao-wu`, `canty-davison`, or as given ones were said to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicate_method: Option<&'static str>,
    /// Records with a value.
    pub n: u64,
    /// Sum of their weights.
    pub sum_of_weights: f64,
    /// `ok`; otherwise why there is no estimate: [`NoEstimate::status`].
    pub status: &'static str,
    /// Remarks.
    pub notes: Vec<Note>,
}

/// Whether a standard error is 0, or what rounding leaves of it. `scale` is the size of the estimates that it is of.
fn is_nothing(se: f64, scale: f64) -> bool {
    se <= 1e-14 * scale
}

fn in_order<S: Serializer>(by: &[(Arc<str>, Arc<str>)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(by.len()))?;
    for (column, code) in by {
        map.serialize_entry(&**column, &**code)?;
    }
    map.end()
}
