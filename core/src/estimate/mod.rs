//! Statistics of any CSV file by groups, without a codebook.
//!
//! | statistic | function of the group's values y and weights w |
//! |---|---|
//! | mean | sum(w × y) / sum(w) |
//! | share | sum(w where y is one of the codes) / sum(w) |
//!
//! A [`Plan`] is a [`Question`] put to the header of a file. [`Grouped`] takes pieces of the file, in any order and on any
//! thread; states are [merged](Grouped::merge) and [finished](Grouped::finish) into [`Estimate`]s. Sums are exact, so the
//! figures do not depend on how the file was cut. Peak memory is that of the groups.
//!
//! ```
//! use bygdepuls_core::{estimate::{Grouped, Plan, Question, Statistic}, problem::Problems, read::Head};
//! let file = b"town,y,w\nA,1,2\nA,4,1\nB,9,1\nB,3,1\n";
//! let question = Question {
//!     statistic: Statistic::Mean { column: "y".into() },
//!     weights: Some("w".into()),
//!     by: vec!["town".into()],
//!     missing: vec!["9".into()],
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

mod group;
mod grouped;
mod problem;
mod stream;

pub use grouped::{Grouped, Plan};
pub use problem::EstimateProblem;
pub use stream::{BLOCK, Stream};

use serde::{Serialize, Serializer, ser::SerializeMap};
use std::sync::Arc;

/// What is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// The weighted mean of a numeric column, in its unit.
    Mean {
        /// The column.
        column: String,
    },
    /// The weighted share, 0 to 1, of values that are one of the codes, among those that are not missing.
    Share {
        /// The column.
        column: String,
        /// The codes, as written in the file; 5 is also `5.0`.
        codes: Vec<String>,
    },
}

impl Statistic {
    /// The analysed column.
    #[must_use]
    pub fn column(&self) -> &str {
        match self {
            Self::Mean { column } | Self::Share { column, .. } => column,
        }
    }

    /// The codes of a share.
    #[must_use]
    pub fn codes(&self) -> &[String] {
        match self {
            Self::Mean { .. } => &[],
            Self::Share { codes, .. } => codes,
        }
    }
}

/// What is asked of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The statistic and its column.
    pub statistic: Statistic,
    /// The column of weights; without one every record weighs 1. A missing or negative weight is an error.
    pub weights: Option<String>,
    /// The columns whose codes make the groups, as written in the file; an empty field is a code too.
    pub by: Vec<String>,
    /// Codes that are missing in the analysed column, and only there; 98 is also `98.0`. Empty fields and Statistics Norway's symbols
    /// always are.
    pub missing: Vec<String>,
}

/// One figure. Serialises with the keys of `bygdepuls estimate --format json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The group: column and code, in the order asked.
    #[serde(serialize_with = "in_order")]
    pub by: Vec<(Arc<str>, Arc<str>)>,
    /// `mean` or `share`.
    pub statistic: &'static str,
    /// The analysed column.
    pub variable: Arc<str>,
    /// The codes of a share, with commas between.
    pub value: Option<Arc<str>>,
    /// The figure; none where the status is not `ok`.
    pub estimate: Option<f64>,
    /// Standard error: not computed yet.
    pub se: Option<f64>,
    /// Lower end of the interval: not computed yet.
    pub ci_lower: Option<f64>,
    /// Upper end of the interval: not computed yet.
    pub ci_upper: Option<f64>,
    /// Confidence level of the interval.
    pub level: Option<f64>,
    /// Method of the interval.
    pub ci_method: Option<&'static str>,
    /// Degrees of freedom of the interval.
    pub df: Option<f64>,
    /// Records with a value.
    pub n: u64,
    /// Sum of their weights.
    pub sum_of_weights: f64,
    /// `ok`, `no_values`, `no_weight`, or `underflow`: weight times value is too small for a double.
    pub status: &'static str,
    /// Remarks.
    pub notes: Vec<String>,
}

fn in_order<S: Serializer>(by: &[(Arc<str>, Arc<str>)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(by.len()))?;
    for (column, code) in by {
        map.serialize_entry(&**column, &**code)?;
    }
    map.end()
}
