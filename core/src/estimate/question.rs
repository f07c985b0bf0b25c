//! What is asked of a file.

use super::{QuantileIntervalMethod, QuantileRule, Replication};
use crate::design::{Condition, DesignQuestion};
use crate::interval::{Level, ProportionMethod};
use crate::weight::targets::Targets;
use std::sync::Arc;

/// What is computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// The weighted mean of a numeric column, in its unit.
    Mean {
        /// The column.
        column: String,
    },
    /// The weighted sum of a numeric column, in its unit.
    Total {
        /// The column.
        column: String,
    },
    /// The weighted share, 0 to 1, of values that are one of the codes, among those that are not missing.
    Share {
        /// The column.
        column: String,
        /// The codes, as written in the file; 5 is also `5.0`. Without any, the share of each code that occurs.
        codes: Vec<String>,
    },
    /// The sum of the weights of records whose value is one of the codes: how many people there are.
    Count {
        /// The column.
        column: String,
        /// The codes, as of a share. Without any, each code that occurs.
        codes: Vec<String>,
    },
    /// The weighted sum of one numeric column over that of another, among records that have both.
    Ratio {
        /// The column above the line.
        numerator: String,
        /// The column below it.
        denominator: String,
    },
    /// Quantiles of a numeric column, in its unit; in memory.
    Quantile {
        /// The column.
        column: String,
        /// The shares below, each 0 to 1.
        probabilities: Vec<f64>,
        /// How they are read off the weighted distribution.
        rule: QuantileRule,
        /// The interval of the share below, which is read back.
        interval: QuantileIntervalMethod,
    },
    /// The variance of a numeric column in the population, in its unit squared; in memory.
    Variance {
        /// The column.
        column: String,
    },
    /// The correlation of two numeric columns in the population, -1 to 1; in memory.
    Correlation {
        /// One column.
        first: String,
        /// The other.
        second: String,
    },
}

impl Statistic {
    /// A share as the command line writes it: `Y=V1,V2`, or `Y` for the share of each code.
    #[must_use]
    pub fn share(text: &str) -> Self {
        let (column, codes) = codes(text);
        Self::Share { column, codes }
    }

    /// A count as the command line writes it: `Y=V1,V2`, or `Y` for the count of each code.
    #[must_use]
    pub fn count(text: &str) -> Self {
        let (column, codes) = codes(text);
        Self::Count { column, codes }
    }

    /// A ratio as the command line writes it: `Y/X`.
    #[must_use]
    pub fn ratio(text: &str) -> Option<Self> {
        let (numerator, denominator) = text.split_once('/')?;
        Some(Self::Ratio { numerator: numerator.trim().into(), denominator: denominator.trim().into() })
    }

    /// Its name in results.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mean { .. } => "mean",
            Self::Total { .. } => "total",
            Self::Share { .. } => "share",
            Self::Count { .. } => "count",
            Self::Ratio { .. } => "ratio",
            Self::Quantile { .. } => "quantile",
            Self::Variance { .. } => "variance",
            Self::Correlation { .. } => "correlation",
        }
    }

    /// The analysed column.
    #[must_use]
    pub fn column(&self) -> &str {
        match self {
            Self::Mean { column }
            | Self::Total { column }
            | Self::Share { column, .. }
            | Self::Count { column, .. }
            | Self::Quantile { column, .. }
            | Self::Variance { column } => column,
            Self::Ratio { numerator, .. } => numerator,
            Self::Correlation { first, .. } => first,
        }
    }

    /// The column below the line of a ratio.
    #[must_use]
    pub fn denominator(&self) -> Option<&str> {
        match self {
            Self::Ratio { denominator, .. } => Some(denominator),
            _ => None,
        }
    }

    /// All analysed columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let second = match self {
            Self::Ratio { denominator, .. } => Some(denominator.as_str()),
            Self::Correlation { second, .. } => Some(second.as_str()),
            _ => None,
        };
        std::iter::once(self.column()).chain(second)
    }

    /// The variable as results name it: `y`, `y/x` of a ratio, `y,x` of a correlation.
    #[must_use]
    pub fn variable(&self) -> String {
        match self {
            Self::Ratio { numerator, denominator } => format!("{numerator}/{denominator}"),
            Self::Correlation { first, second } => format!("{first},{second}"),
            other => other.column().into(),
        }
    }

    /// The codes of a share or count.
    #[must_use]
    pub fn codes(&self) -> &[String] {
        match self {
            Self::Share { codes, .. } | Self::Count { codes, .. } => codes,
            _ => &[],
        }
    }

    /// Whether it is the share or count of each code that occurs.
    #[must_use]
    pub fn of_each_code(&self) -> bool {
        matches!(self, Self::Share { codes, .. } | Self::Count { codes, .. } if codes.is_empty())
    }
}

/// A column and codes: `Y=V1,V2`.
fn codes(text: &str) -> (String, Vec<String>) {
    match text.split_once('=') {
        Some((column, codes)) => (column.into(), crate::read::code_list(codes)),
        None => (text.into(), Vec::new()),
    }
}

/// What is asked of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The statistics; each is estimated from the records that have its own values.
    pub statistics: Vec<Statistic>,
    /// How the sample was drawn; without anything said, records are independent and of equal weight.
    pub design: DesignQuestion,
    /// The column that tells who is the same person in the samples of several strata, which it [links](super::linked);
    /// without sampling units only. [`Question::link`] chooses between it and people as sampling units.
    pub person: Option<String>,
    /// Conditions on the records that are estimated from. The others stay in the design.
    pub domain: Vec<Condition>,
    /// The columns whose codes make the groups, as written in the file; an empty field is a code too.
    pub by: Vec<String>,
    /// Codes that are missing in the analysed columns, and only there; 98 is also `98.0`. Empty fields and Statistics
    /// Norway's symbols always are.
    pub missing: Vec<String>,
    /// Replicates that variances come from; without, linearisation.
    pub replication: Option<Replication>,
    /// Population totals that the weights are calibrated to before anything is estimated; in memory.
    pub calibration: Option<Arc<Targets>>,
    /// What is reported beside the estimate.
    pub report: Report,
}

/// What is reported beside an estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The confidence level.
    pub level: Level,
    /// The method of intervals: t or z, of shares any. Without one it is t, and of a share Korn–Graubard's; of a share in
    /// a finite cohort whose records each stand for N/n of their stratum it is that of
    /// [`finite::default_method`](crate::interval::finite::default_method).
    pub interval: Option<ProportionMethod>,
    /// The degrees of freedom.
    pub df: Df,
    /// The design effect.
    pub deff: Option<Deff>,
    /// Whether the covariances of all cells are reported.
    pub covariance: bool,
    /// Differences between codes of a `by` column.
    pub contrasts: Vec<Contrast>,
}

impl Default for Report {
    fn default() -> Self {
        let (interval, deff, contrasts) = (None, None, Vec::new());
        Self { level: Level::P95, interval, df: Df::Design, deff, covariance: false, contrasts }
    }
}

/// Which degrees of freedom an interval has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Df {
    /// Sampling units less strata of the whole file.
    #[default]
    Design,
    /// Sampling units less strata that hold records of the estimate.
    Domain,
    /// A number.
    Fixed(f64),
}

impl Df {
    /// `design`, `domain` or a number above 0.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "design" => Some(Self::Design),
            "domain" => Some(Self::Domain),
            number => number.parse().ok().filter(|df: &f64| *df > 0.0).map(Self::Fixed),
        }
    }
}

/// With what a design effect compares: a simple random sample of as many records,
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deff {
    /// drawn without replacement from as many as the weights add up to.
    #[default]
    WithoutReplacement,
    /// drawn with replacement.
    WithReplacement,
}

/// A linear combination of the estimates for codes of a `by` column, for every combination of the other columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contrast {
    /// The column.
    pub column: String,
    /// Codes with signs and factors: `2025-2023`, `0.5*2024-0.5*2022`.
    pub combination: String,
}

impl Contrast {
    /// `COL:A-B`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (column, combination) = text.split_once(':')?;
        let (column, combination) = (column.trim(), combination.trim());
        (!column.is_empty() && !combination.is_empty())
            .then(|| Self { column: column.into(), combination: combination.into() })
    }

    /// The factor of each code, by place; `None` when it cannot be read with these codes.
    #[must_use]
    pub fn factors<T: AsRef<str>>(&self, codes: &[T]) -> Option<Vec<f64>> {
        let mut factors = vec![0.0; codes.len()];
        let mut rest = self.combination.trim();
        let mut first = true;
        while !rest.is_empty() {
            let mut factor = 1.0;
            if let Some(after) = rest.strip_prefix(['-', '−']) {
                factor = -1.0;
                rest = after.trim_start();
            } else if let Some(after) = rest.strip_prefix('+') {
                rest = after.trim_start();
            } else if !first {
                return None;
            }
            first = false;
            let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
            if let Some(after) = rest[digits..].trim_start().strip_prefix('*') {
                factor *= rest[..digits].parse::<f64>().ok()?;
                rest = after.trim_start();
            }
            // The longest code that is followed by a sign or nothing: codes may hold signs themselves.
            let fits = |code: &str| {
                rest.strip_prefix(code)
                    .map(str::trim_start)
                    .is_some_and(|after| after.is_empty() || after.starts_with(['+', '-', '−']))
            };
            let place = (0..codes.len())
                .filter(|place| !codes[*place].as_ref().is_empty() && fits(codes[*place].as_ref()))
                .max_by_key(|place| codes[*place].as_ref().len())?;
            factors[place] += factor;
            rest = rest[codes[place].as_ref().len()..].trim_start();
        }
        Some(factors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_read_with_the_codes_at_hand() {
        let factors = |text: &str, codes: &[&str]| Contrast::parse(text).unwrap().factors(codes);
        assert_eq!(factors("year:2025-2023", &["2023", "2024", "2025"]), Some(vec![-1.0, 0.0, 1.0]));
        assert_eq!(factors("year: 0.5*2024 - 0.5*2022", &["2022", "2024"]), Some(vec![-0.5, 0.5]));
        assert_eq!(factors("g:a-b-b", &["a", "b", "a-b"]), Some(vec![0.0, -1.0, 1.0]), "the longest code");
        assert_eq!(factors("g:-a", &["a"]), Some(vec![-1.0]));
        assert_eq!(factors("year:2025-2021", &["2025"]), None);
        assert_eq!(Contrast::parse("2025-2023"), None);
    }
}
