//! The share in a finite cohort that was drawn in one stratum or several.

use super::remainder::{self, Stratum};
use super::wilson::as_f64;
use super::{DesignProportion, Level, NoInterval, ProportionMethod, ShareInterval, design_interval};

/// The largest population, all strata together, whose default is [`wang`](super::wang) or the
/// [remainder]: the interval takes some hundredths of a second there.
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
/// | any     | otherwise                | [`ProportionMethod::KornGraubard`]                                            |
///
/// The uniform prior counts one yes and one no more in each stratum. In many strata of few answers that adds up: of twenty
/// strata of 10, with 2 answers each and all of them no, it makes 40 of 200 yes. Where it moves the expected number by more
/// than one standard deviation from the estimate, `sum_h (N_h - n_h) ((x_h + 1)/(n_h + 2) - x_h/n_h)`, it is not the default.
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
        2.. if population <= LARGEST_EXACT && !prior_prevails(strata) => ProportionMethod::Bayes,
        _ => ProportionMethod::KornGraubard,
    }
}

/// Whether the uniform prior moves the expected number by more than its standard deviation.
fn prior_prevails(strata: &[Stratum]) -> bool {
    let (mut shift, mut variance) = (0.0, 0.0);
    for Stratum { population, n, x } in strata {
        let (rest, n, x) = (as_f64(population.saturating_sub(*n)), as_f64(*n), as_f64(*x));
        let (yes, all) = (x + 1.0, n + 2.0);
        // Without an answer the estimate says nothing of the stratum.
        shift += if n == 0.0 { 0.0 } else { rest * (yes / all - x / n) };
        variance += rest * yes * (all - yes) * (all + rest) / (all * all * (all + 1.0));
    }
    shift * shift > variance
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
/// That of the method: [`wang`](super::wang), [`remainder`].
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prior_that_outweighs_the_answers_is_no_default() {
        let strata = |count: usize, population: u64, n: u64, x: u64| vec![Stratum { population, n, x }; count];
        // 20 × 8 × 1/4 = 40 people more, with a standard deviation of (20 × 8 × 1 × 3 × 12 / 80)^½ = 8.5.
        assert_eq!(default_method(&strata(20, 10, 2, 0)), ProportionMethod::KornGraubard);
        // Half of them yes: the prior is of the same mind.
        assert_eq!(default_method(&strata(20, 10, 2, 1)), ProportionMethod::Bayes);
        assert_eq!(default_method(&strata(4, 15, 10, 3)), ProportionMethod::Bayes);
        // 3 × 50 / 52 = 2.9, with a standard deviation of (3 × 50 × 51 × 102 / (52² × 53))^½ = 2.3.
        assert_eq!(default_method(&strata(3, 100, 50, 0)), ProportionMethod::KornGraubard);
        // Everybody answered.
        assert_eq!(default_method(&strata(20, 10, 10, 0)), ProportionMethod::Bayes);
    }
}
