//! Intervals for a proportion, one file per method.
//!
//! | method | target | file |
//! |---|---|---|
//! | exact hypergeometric, short (Wang): the default | this finite cohort | [`wang`] |
//! | exact hypergeometric, equal-tailed, and mid-p | this finite cohort | [`hypergeometric`] |
//! | exact hypergeometric, Blaker | this finite cohort | [`blaker`] |
//! | Bayes on the unobserved remainder | this finite cohort, also weighted: several strata | [`remainder`] |
//! | which of them is the default, of counts by stratum | this finite cohort | [`finite`] |
//! | difference of two finite cohorts | two finite cohorts | [`remainder_difference`] |
//! | normal and binomial approximations with fpc | this finite cohort | [`finite_correction`] |
//! | bounds that nonresponse alone allows | this finite cohort | [`nonresponse`] |
//! | Clopper–Pearson | cohorts like it | [`clopper_pearson`] |
//! | mid-p | cohorts like it | [`mid_p`] |
//! | Wilson, of counts and under a design | cohorts like it | [`wilson`] |
//! | Agresti–Coull | cohorts like it | [`agresti_coull`] |
//! | Jeffreys, and Bayes with a uniform prior | cohorts like it | [`jeffreys`], [`uniform_prior`] |
//! | likelihood ratio, of counts and under a design | cohorts like it | [`likelihood`] |
//! | logit, of counts and under a design | cohorts like it | [`logit`] |
//! | arcsine, of counts and under a design | cohorts like it | [`arcsine`] |
//! | t and z on the estimate, under a design | cohorts like it | [`wald`] |
//! | beta, under a design | cohorts like it | [`beta`] |
//! | Korn–Graubard with the rules of the NCHS | cohorts like it | [`korn_graubard`] |
//!
//! [`ProportionMethod`] names them all; [`DesignProportion`] is what the ones under a design are computed from.
//!
//! Finite-population intervals are intervals of a *count*: how many of the N would say yes. Divide by N for the share.
//! Every method is defined at x = 0, at x = n and at n = 1, or gives a [`NoInterval`] that says why not.

pub mod agresti_coull;
pub mod arcsine;
pub mod beta;
mod binomials;
pub mod blaker;
mod cell;
pub mod clopper_pearson;
mod design;
pub mod finite;
pub mod finite_correction;
pub mod hypergeometric;
pub mod jeffreys;
pub mod korn_graubard;
pub mod likelihood;
pub mod logit;
mod method;
pub mod mid_p;
pub mod nonresponse;
pub mod posterior;
pub mod remainder;
pub mod remainder_difference;
mod samples;
pub mod uniform_prior;
pub mod wald;
pub mod wang;
pub mod wilson;

pub use cell::{Cell, cells};
pub use design::{Counts, DesignProportion};
pub use method::{ProportionMethod, count_interval, design_interval};

use crate::text::Lang;
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
    /// More answers than the method is made for: above [`LARGEST_SAMPLE`].
    TooManyAnswers,
    /// Everybody said yes, or nobody did, and the method has no interval there.
    AllAlike,
    /// The variance is 0 without everybody having answered, or there is none: the sample does not show how answers vary.
    NoVariance,
    /// No degrees of freedom: one PSU, or as many strata as PSUs.
    NoDegreesOfFreedom,
    /// The method needs plain counts; weights, strata or clusters have none. Korn–Graubard is the method for them.
    NeedsCounts,
    /// The method needs the size of the population.
    NeedsPopulation,
}

/// More answers than there are people.
pub const LARGEST_SAMPLE: u64 = 10_000_000_000;

impl NoInterval {
    /// A stable word for scripts, as the `status` of a figure: `all_alike`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAnswers => "no_answers",
            Self::MoreYesThanAnswers => "more_yes_than_answers",
            Self::MoreAnswersThanPopulation => "more_answers_than_population",
            Self::OneAnswer => "one_answer",
            Self::PopulationTooLarge { .. } => "population_too_large",
            Self::TooManyAnswers => "too_many_answers",
            Self::AllAlike => "all_alike",
            Self::NoVariance => "no_variance",
            Self::NoDegreesOfFreedom => "no_degrees_of_freedom",
            Self::NeedsCounts => "needs_counts",
            Self::NeedsPopulation => "needs_population",
        }
    }

    /// The reason in words. Starts in lower case, without a full stop.
    #[must_use]
    pub fn message(self, lang: Lang) -> String {
        let words = match self {
            Self::NoAnswers => ["ingen svarte", "ingen svara", "nobody answered"],
            Self::MoreYesThanAnswers => {
                ["flere sa ja enn svarte", "fleire sa ja enn svara", "more said yes than answered"]
            }
            Self::MoreAnswersThanPopulation => [
                "flere svarte enn populasjonen rommer",
                "fleire svara enn populasjonen rommar",
                "more answered than the population holds",
            ],
            Self::OneAnswer => [
                "ett svar viser ikke hvordan svar varierer",
                "eitt svar viser ikkje korleis svar varierer",
                "one answer does not show how answers differ",
            ],
            Self::PopulationTooLarge { limit } => {
                let words = lang.pick(
                    "populasjonen er større enn",
                    "populasjonen er større enn",
                    "the population is larger than",
                );
                return format!("{words} {limit}");
            }
            Self::TooManyAnswers => [
                "flere svar enn metoden er laget for",
                "fleire svar enn metoden er laga for",
                "more answers than the method is made for",
            ],
            Self::AllAlike => [
                "alle svarte likt, og metoden har ikke noe intervall da; korn-graubard har",
                "alle svara likt, og metoden har ikkje noko intervall då; korn-graubard har",
                "all answered alike, and the method has no interval then; korn-graubard has",
            ],
            Self::NoVariance => [
                "utvalget viser ikke hvordan svarene varierer",
                "utvalet viser ikkje korleis svara varierer",
                "the sample does not show how answers vary",
            ],
            Self::NoDegreesOfFreedom => [
                "utvalgsplanen har ingen frihetsgrader",
                "utvalsplanen har ingen fridomsgrader",
                "the design has no degrees of freedom",
            ],
            Self::NeedsCounts => [
                "metoden trenger rene antall, uten vekter, strata og klynger; bruk korn-graubard",
                "metoden treng reine tal på svar, utan vekter, strata og klynger; bruk korn-graubard",
                "the method needs plain counts, without weights, strata and clusters; take korn-graubard",
            ],
            Self::NeedsPopulation => [
                "metoden trenger størrelsen på populasjonen",
                "metoden treng storleiken på populasjonen",
                "the method needs the size of the population",
            ],
        };
        let [nb, nn, en] = words;
        lang.pick(nb, nn, en).into()
    }
}

impl fmt::Display for NoInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for NoInterval {}

/// Checks that `x <= n` and `0 < n <= `[`LARGEST_SAMPLE`].
fn check_answers(x: u64, n: u64) -> Result<(), NoInterval> {
    if n == 0 {
        return Err(NoInterval::NoAnswers);
    }
    if x > n {
        return Err(NoInterval::MoreYesThanAnswers);
    }
    if n > LARGEST_SAMPLE {
        return Err(NoInterval::TooManyAnswers);
    }
    Ok(())
}
