//! Bayes on the unobserved remainder: a finite cohort, in one stratum or several.

use super::posterior::Posterior;
use super::{CountInterval, Level, NoInterval};

/// The largest number of persons in all strata together.
pub const LARGEST_POPULATION: u64 = 200_000;

/// One stratum: a cohort of one municipality, or all who carry the same weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// N, how many there are. The weight of each who answered is N/n.
    pub population: u64,
    /// n, how many answered. May be 0: then nothing is known of the stratum.
    pub n: u64,
    /// x, how many of them said yes.
    pub x: u64,
}

/// What is thought of the share before anybody answered: beta(a, b), a and b whole or half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prior {
    pub(super) twice_a: u32,
    pub(super) twice_b: u32,
}

impl Prior {
    /// beta(1, 1): every share is as likely as any other.
    pub const UNIFORM: Self = Self { twice_a: 2, twice_b: 2 };
    /// beta(1/2, 1/2).
    pub const JEFFREYS: Self = Self { twice_a: 1, twice_b: 1 };

    /// beta(`twice_a`/2, `twice_b`/2); `None` if one of them is 0, or above a million.
    #[must_use]
    pub fn halves(twice_a: u32, twice_b: u32) -> Option<Self> {
        let possible = 1..=1_000_000;
        (possible.contains(&twice_a) && possible.contains(&twice_b)).then_some(Self { twice_a, twice_b })
    }
}

/// How many of all strata together would say yes, as a distribution.
///
/// The default for a *weighted* finite cohort: when the weights are N/n of known groups, the groups are the strata.
///
/// # Formula
///
/// ```text
/// p_h ~ beta(a, b)
/// R_h | x_h ~ beta-binomial(N_h - n_h, x_h + a, n_h - x_h + b)
/// M = sum_h (x_h + R_h), the R_h independent
/// ```
///
/// The distribution of the sum is the convolution, see [`Posterior`] for its exactness. What was observed is not uncertain: with everybody's answer M is
/// known.
///
/// # Input and result
///
/// Persons in, persons out. Strata with n = 0 count with their whole population as unknown.
///
/// # Errors
///
/// [`NoInterval`] when nobody answered at all, when x > n or n > N in a stratum, or when the strata hold more than
/// [`LARGEST_POPULATION`] persons.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, remainder::{Prior, Stratum, posterior}};
/// let strata = [(4, 3, 1), (6, 6, 2), (3, 1, 0)].map(|(population, n, x)| Stratum { population, n, x });
/// let yes = posterior(&strata, Prior::JEFFREYS)?;
/// let interval = yes.equal_tailed(Level::P95);
/// assert_eq!((yes.mean(), interval.lower, interval.upper), (3.875, 3, 6));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
///
/// # Source
///
/// W. A. Ericson, "Subjective Bayesian models in sampling finite populations", JRSS B 31 (1969).
pub fn posterior(strata: &[Stratum], prior: Prior) -> Result<Posterior, NoInterval> {
    if strata.iter().any(|stratum| stratum.x > stratum.n) {
        return Err(NoInterval::MoreYesThanAnswers);
    }
    if strata.iter().any(|stratum| stratum.n > stratum.population) {
        return Err(NoInterval::MoreAnswersThanPopulation);
    }
    if strata.iter().all(|stratum| stratum.n == 0) {
        return Err(NoInterval::NoAnswers);
    }
    let population = strata.iter().try_fold(0u64, |sum, stratum| sum.checked_add(stratum.population));
    if population.is_none_or(|population| population > LARGEST_POPULATION) {
        return Err(NoInterval::PopulationTooLarge { limit: LARGEST_POPULATION });
    }
    Ok(Posterior::new(strata, prior))
}

/// How many of all strata together would say yes: equal-tailed credible interval under a uniform prior.
///
/// The interval of [`posterior`] with [`Prior::UNIFORM`]; the same errors.
///
/// # Errors
///
/// As [`posterior`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, remainder::{Stratum, uniform_prior}};
/// let strata = [(4, 3, 1), (6, 6, 2), (3, 1, 0)].map(|(population, n, x)| Stratum { population, n, x });
/// let interval = uniform_prior(&strata, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (3, 6));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
pub fn uniform_prior(strata: &[Stratum], level: Level) -> Result<CountInterval, NoInterval> {
    Ok(posterior(strata, Prior::UNIFORM)?.equal_tailed(level))
}
