//! Intervals for a proportion, one file per method.
//!
//! | method | target | file |
//! |---|---|---|
//! | exact hypergeometric, short (Wang): the default | this finite cohort | [`wang`] |
//! | exact hypergeometric, equal-tailed, and mid-p | this finite cohort | [`hypergeometric`] |
//! | exact hypergeometric, Blaker | this finite cohort | [`blaker`] |
//! | Bayes on the unobserved remainder | this finite cohort, also weighted: several strata | [`remainder`] |
//! | difference of two finite cohorts | two finite cohorts | [`remainder_difference`] |
//! | normal and binomial approximations with fpc | this finite cohort | [`finite_correction`] |
//! | Clopper–Pearson | cohorts like it | [`clopper_pearson`] |
//! | Wilson | cohorts like it | [`wilson`] |
//! | bounds that nonresponse alone allows | this finite cohort | [`nonresponse`] |
//!
//! Finite-population intervals are intervals of a *count*: how many of the N would say yes. Divide by N for the share.
//! None of them is Wald's. Every one is defined at x = 0 and x = n, and none exists for n = 0.

mod binomials;
pub mod blaker;
pub mod clopper_pearson;
pub mod finite_correction;
pub mod hypergeometric;
pub mod nonresponse;
pub mod posterior;
pub mod remainder;
pub mod remainder_difference;
mod samples;
pub mod wang;
pub mod wilson;

use std::fmt;

/// A confidence level or credible mass, as an exact fraction: comparisons with it are made in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The level in millionths.
    millionths: u32,
}

impl Level {
    /// 95 %.
    pub const P95: Self = Self { millionths: 950_000 };
    const ONE: u32 = 1_000_000;

    /// A level with at most six decimals, between 0 and 1.
    #[must_use]
    pub fn new(level: f64) -> Option<Self> {
        let scaled = level * f64::from(Self::ONE);
        let rounded = scaled.round();
        if !(rounded > 0.0 && rounded < f64::from(Self::ONE) && (scaled - rounded).abs() < 1e-6) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a million")]
        Some(Self { millionths: rounded as u32 })
    }

    /// The level as a number.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.millionths) / f64::from(Self::ONE)
    }

    /// The mass α/2 of one tail.
    #[must_use]
    pub fn tail(self) -> f64 {
        f64::from(Self::ONE - self.millionths) / f64::from(2 * Self::ONE)
    }
}

/// An interval of a count, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountInterval {
    /// The fewest.
    pub lower: u64,
    /// The most.
    pub upper: u64,
}

/// An interval of a share, 0 to 1, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareInterval {
    /// The smallest share.
    pub lower: f64,
    /// The largest share.
    pub upper: f64,
}

/// Why an interval does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInterval {
    /// Nobody answered: n = 0.
    NoAnswers,
    /// More said yes than answered.
    MoreYesThanAnswers,
    /// More answered than the population holds: people moved, or said another home municipality. No finite interval.
    MoreAnswersThanPopulation,
    /// One answer, n = 1, does not show how answers differ.
    OneAnswer,
    /// The population is larger than the method is made for.
    PopulationTooLarge {
        /// The largest population that it takes.
        limit: u64,
    },
}

impl fmt::Display for NoInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswers => f.write_str("nobody answered"),
            Self::MoreYesThanAnswers => f.write_str("more said yes than answered"),
            Self::MoreAnswersThanPopulation => f.write_str("more answered than the population holds"),
            Self::OneAnswer => f.write_str("one answer does not show how answers differ"),
            Self::PopulationTooLarge { limit } => write!(f, "the population is larger than {limit}"),
        }
    }
}

impl std::error::Error for NoInterval {}

/// Checks that `x <= n` and `n > 0`.
fn check_answers(x: u64, n: u64) -> Result<(), NoInterval> {
    if n == 0 {
        return Err(NoInterval::NoAnswers);
    }
    if x > n {
        return Err(NoInterval::MoreYesThanAnswers);
    }
    Ok(())
}
