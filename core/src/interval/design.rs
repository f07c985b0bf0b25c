//! A share estimated under a design: what its intervals are computed from.

use super::wilson::as_f64;
use super::{LARGEST_SAMPLE, Level, NoInterval, ShareInterval, check_answers};
use crate::distribution::student_t;

/// A share, its variance and what is known of the sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DesignProportion {
    /// The share, 0 to 1.
    pub estimate: f64,
    /// The variance of the share; not a number where the design has none (one answer, a lonely PSU).
    pub variance: f64,
    /// How many answers.
    pub n: u64,
    /// Degrees of freedom of the t quantile, may be infinite. 0 or less: none.
    pub df: f64,
    /// The design's own degrees of freedom, PSUs less strata. The same, unless others were asked for.
    pub design_df: f64,
    /// The variance of the logit, where replicates give it.
    pub logit_variance: Option<f64>,
    /// Whether everybody was asked and answered: then a variance of 0 means that nothing is uncertain.
    pub census: bool,
    /// Who said yes, as counts, where every answer counts the same and was drawn on its own.
    pub counts: Option<Counts>,
}

/// Plain counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// How many said yes.
    pub x: u64,
    /// How many answered.
    pub n: u64,
    /// N, the size of the finite population they belong to.
    pub population: Option<u64>,
}

impl DesignProportion {
    /// A share of a complex sample with so many degrees of freedom.
    ///
    /// # Errors
    ///
    /// [`NoInterval::NoAnswers`] for n = 0 or a share outside 0 to 1.
    pub fn new(estimate: f64, variance: f64, n: u64, df: f64) -> Result<Self, NoInterval> {
        if n == 0 || !(0.0..=1.0).contains(&estimate) {
            return Err(NoInterval::NoAnswers);
        }
        let (logit_variance, census, counts) = (None, false, None);
        Ok(Self { estimate, variance, n, df, design_df: df, logit_variance, census, counts })
    }

    /// A share of a simple random sample: `p = x/n`, `v = p (1-p) / (n-1)`, n − 1 degrees of freedom; with a population
    /// of N the variance is multiplied by `1 - n/N`.
    ///
    /// # Errors
    ///
    /// [`NoInterval`] for n = 0, x > n, n > N, and more people than there are: above [`LARGEST_SAMPLE`].
    pub fn of_counts(x: u64, n: u64, population: Option<u64>) -> Result<Self, NoInterval> {
        check_answers(x, n)?;
        let unseen = match population {
            Some(population) if population > LARGEST_SAMPLE => {
                return Err(NoInterval::PopulationTooLarge { limit: LARGEST_SAMPLE });
            }
            Some(population) if n > population => return Err(NoInterval::MoreAnswersThanPopulation),
            Some(population) => as_f64(population - n) / as_f64(population),
            None => 1.0,
        };
        let (p, others) = (as_f64(x) / as_f64(n), as_f64(n) - 1.0);
        let census = population == Some(n);
        // With everybody's answer nothing is uncertain, also where there is one answer only.
        let variance = if census { 0.0 } else { p * (1.0 - p) / others * unseen };
        let counts = Some(Counts { x, n, population });
        Ok(Self { census, counts, ..Self::new(p, variance, n, others)? })
    }

    /// What holds for all methods on an estimate and its variance: the point, where nothing is uncertain; why there is
    /// no interval; or neither.
    ///
    /// A variance of 0 makes a point only where everybody answered: otherwise it says that the answers were too few or
    /// too much alike to see how they vary.
    pub(super) fn point_or_reason(&self) -> Result<Option<ShareInterval>, NoInterval> {
        let p = self.estimate;
        if self.census && self.variance == 0.0 {
            Ok(Some(ShareInterval { lower: p, upper: p }))
        } else if p == 0.0 || p == 1.0 {
            Err(NoInterval::AllAlike)
        } else if self.variance > 0.0 && self.variance.is_finite() {
            Ok(None)
        } else {
            Err(NoInterval::NoVariance)
        }
    }
}

/// The t quantile of 1 − α/2.
pub(super) fn quantile(df: f64, level: Level) -> Result<f64, NoInterval> {
    if df > 0.0 { Ok(student_t::upper_quantile(level.tail(), df)) } else { Err(NoInterval::NoDegreesOfFreedom) }
}
