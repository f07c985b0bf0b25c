//! The share in a finite cohort that was drawn in one stratum or several.

use super::remainder::{self, Stratum};
use super::wilson::as_f64;
use super::{DesignProportion, Level, NoInterval, ProportionMethod, ShareInterval, design_interval};

/// The largest population, all strata together, whose default is [`wang`](super::wang) or the
/// [remainder](super::remainder): the interval takes some hundredths of a second there.
pub const LARGEST_EXACT: u64 = 10_000;

/// The largest population of one stratum whose default is [`hypergeometric::equal_tailed`](super::hypergeometric).
pub const LARGEST_EQUAL_TAILED: u64 = 1_000_000;

/// The default method for the share in a finite cohort.
///
/// | strata  | population, all together | default                                                                       |
/// |---------|--------------------------|-------------------------------------------------------------------------------|
/// | one     | to [`LARGEST_EXACT`]     | [`ProportionMethod::Wang`]                                                    |
/// | one     | to [`LARGEST_EQUAL_TAILED`] | [`ProportionMethod::EqualTailed`]: exact as well, a little longer          |
/// | several | to [`LARGEST_EXACT`]     | [`ProportionMethod::Bayes`], convolved over the strata                        |
/// | any     | above                    | [`ProportionMethod::KornGraubard`]: what is left unasked hardly matters there |
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{ProportionMethod, finite, remainder::Stratum};
/// let (one, other) = (Stratum { population: 9, n: 5, x: 2 }, Stratum { population: 6, n: 4, x: 4 });
/// assert_eq!(finite::default_method(&[one]), ProportionMethod::Wang);
/// assert_eq!(finite::default_method(&[one, other]), ProportionMethod::Bayes);
/// ```
#[must_use]
pub fn default_method(strata: &[Stratum]) -> ProportionMethod {
    let population = strata.iter().fold(0u64, |sum, stratum| sum.saturating_add(stratum.population));
    match strata.len() {
        1 if population <= LARGEST_EXACT => ProportionMethod::Wang,
        1 if population <= LARGEST_EQUAL_TAILED => ProportionMethod::EqualTailed,
        2.. if population <= LARGEST_EXACT => ProportionMethod::Bayes,
        _ => ProportionMethod::KornGraubard,
    }
}

/// The share of yes in a finite cohort, by a method from counts.
///
/// One stratum is plain counts: every method of [`count_interval`](super::count_interval) can be asked for. Of several
/// there is [`ProportionMethod::Bayes`]: those who answered each stand for N/n of their own stratum, which no method for
/// plain counts knows.
///
/// # Input and result
///
/// Persons in, a share of all N out.
///
/// # Errors
///
/// [`NoInterval::NeedsCounts`] for several strata and a method other than Bayes; those of the method.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Level, NoInterval, ProportionMethod, finite, remainder::Stratum};
/// let strata = [(4, 3, 1), (6, 6, 2), (3, 1, 0)].map(|(population, n, x)| Stratum { population, n, x });
/// let interval = finite::interval(ProportionMethod::Bayes, &strata, Level::P95)?;
/// assert_eq!((interval.lower, interval.upper), (3.0 / 13.0, 6.0 / 13.0));
/// assert_eq!(finite::interval(ProportionMethod::Wang, &strata, Level::P95), Err(NoInterval::NeedsCounts));
/// # Ok::<(), NoInterval>(())
/// ```
///
/// # Source
///
/// That of the method: [`wang`](super::wang), [`remainder`](super::remainder).
pub fn interval(method: ProportionMethod, strata: &[Stratum], level: Level) -> Result<ShareInterval, NoInterval> {
    match strata {
        [Stratum { population, n, x }] => {
            design_interval(method, &DesignProportion::of_counts(*x, *n, Some(*population))?, level)
        }
        _ if method == ProportionMethod::Bayes => {
            let yes = remainder::uniform_prior(strata, level)?;
            let population = as_f64(strata.iter().map(|stratum| stratum.population).sum());
            Ok(ShareInterval { lower: as_f64(yes.lower) / population, upper: as_f64(yes.upper) / population })
        }
        _ => Err(NoInterval::NeedsCounts),
    }
}
