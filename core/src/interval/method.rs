//! The methods by name.

use super::design::{Counts, DesignProportion};
use super::likelihood::{self, Dispersion};
use super::remainder::{self, Stratum};
use super::wilson::as_f64;
use super::{
    CountInterval, Level, NoInterval, ShareInterval, agresti_coull, arcsine, beta, blaker, clopper_pearson,
    finite_correction, hypergeometric, jeffreys, korn_graubard, logit, mid_p, nonresponse, uniform_prior, wald, wang,
    wilson,
};

/// A method to make an interval of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProportionMethod {
    /// [`wald::t`].
    T,
    /// [`wald::z`].
    Z,
    /// [`logit::design`], with the replicates' variance of the logit where there is one.
    Logit,
    /// [`logit::design`], from the variance of the share.
    Xlogit,
    /// [`arcsine::design`].
    Asin,
    /// [`likelihood::design`] with the dispersion of R's.
    Likelihood,
    /// [`likelihood::design`] with Rao and Scott's design effect.
    LikelihoodRaoScott,
    /// [`beta::design`].
    Beta,
    /// [`korn_graubard::nchs`].
    KornGraubard,
    /// Of counts [`wilson::score`]; under a design [`wilson::design_t`], as in R.
    Wilson,
    /// [`wilson::design_t`], also of counts.
    WilsonT,
    /// [`wilson::design_z`], also of counts.
    WilsonZ,
    /// [`wilson::continuity_corrected`].
    WilsonContinuity,
    /// [`clopper_pearson::equal_tailed`].
    ClopperPearson,
    /// [`mid_p::interval`]; with a population [`hypergeometric::mid_p`].
    MidP,
    /// [`jeffreys::equal_tailed`].
    Jeffreys,
    /// [`jeffreys::brown_cai_dasgupta`].
    JeffreysBrownCaiDasgupta,
    /// [`uniform_prior::equal_tailed`].
    UniformPrior,
    /// [`agresti_coull::interval`].
    AgrestiCoull,
    /// [`likelihood::ratio`].
    LikelihoodRatio,
    /// [`logit::wald`].
    LogitWald,
    /// [`arcsine::plain`].
    Arcsine,
    /// [`arcsine::anscombe`].
    Anscombe,
    /// [`hypergeometric::equal_tailed`].
    EqualTailed,
    /// [`blaker::interval`].
    Blaker,
    /// [`wang::interval`].
    Wang,
    /// [`remainder::uniform_prior`].
    Bayes,
    /// [`finite_correction::wilson`].
    WilsonFpc,
    /// [`finite_correction::clopper_pearson`].
    ClopperPearsonFpc,
    /// [`nonresponse::bounds`].
    NonresponseBounds,
}

impl ProportionMethod {
    /// Every method with its name, in the order in which they are listed.
    pub const NAMES: [(Self, &'static str); 30] = [
        (Self::T, "t"),
        (Self::Z, "z"),
        (Self::Logit, "logit"),
        (Self::Xlogit, "xlogit"),
        (Self::Asin, "asin"),
        (Self::Likelihood, "likelihood"),
        (Self::LikelihoodRaoScott, "likelihood-rao-scott"),
        (Self::Beta, "beta"),
        (Self::KornGraubard, "korn-graubard"),
        (Self::Wilson, "wilson"),
        (Self::WilsonT, "wilson-t"),
        (Self::WilsonZ, "wilson-z"),
        (Self::WilsonContinuity, "wilson-cc"),
        (Self::ClopperPearson, "clopper-pearson"),
        (Self::MidP, "mid-p"),
        (Self::Jeffreys, "jeffreys"),
        (Self::JeffreysBrownCaiDasgupta, "jeffreys-bcd"),
        (Self::UniformPrior, "uniform-prior"),
        (Self::AgrestiCoull, "agresti-coull"),
        (Self::LikelihoodRatio, "likelihood-ratio"),
        (Self::LogitWald, "logit-wald"),
        (Self::Arcsine, "arcsine"),
        (Self::Anscombe, "anscombe"),
        (Self::EqualTailed, "equal-tailed"),
        (Self::Blaker, "blaker"),
        (Self::Wang, "wang"),
        (Self::Bayes, "bayes"),
        (Self::WilsonFpc, "wilson-fpc"),
        (Self::ClopperPearsonFpc, "clopper-pearson-fpc"),
        (Self::NonresponseBounds, "nonresponse-bounds"),
    ];

    /// The method of a name: `korn-graubard`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(method, _)| *method)
    }

    /// The name: `korn-graubard`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(method, _)| *method == self).map_or("", |(_, name)| name)
    }

    /// The default for counts: [`Self::Wang`] with a finite population, [`Self::ClopperPearson`] without.
    #[must_use]
    pub fn of_counts(counts: Counts) -> Self {
        if counts.population.is_some() { Self::Wang } else { Self::ClopperPearson }
    }

    /// Whether it is made for a finite population only.
    #[must_use]
    pub fn needs_population(self) -> bool {
        matches!(
            self,
            Self::EqualTailed
                | Self::Blaker
                | Self::Wang
                | Self::Bayes
                | Self::WilsonFpc
                | Self::ClopperPearsonFpc
                | Self::NonresponseBounds
        )
    }

    /// Whether it is computed from plain counts rather than from an estimate and its variance.
    #[must_use]
    pub fn is_from_counts(self) -> bool {
        !(self.uses_df() || matches!(self, Self::Z | Self::Wilson | Self::WilsonZ))
    }

    /// Whether the limits depend on degrees of freedom.
    #[must_use]
    pub fn uses_df(self) -> bool {
        matches!(
            self,
            Self::T
                | Self::Logit
                | Self::Xlogit
                | Self::Asin
                | Self::Likelihood
                | Self::LikelihoodRaoScott
                | Self::Beta
                | Self::KornGraubard
                | Self::WilsonT
        )
    }
}

/// The interval of a share estimated under a design, by a method of any kind.
///
/// Methods from counts are given where the sample is plain counts: every answer counts the same, drawn on its own. With
/// weights, strata or clusters they are refused with [`NoInterval::NeedsCounts`]; putting an effective number of answers
/// in their place is what [`korn_graubard`] and [`wilson::design_t`] do, under their own names. Methods for a finite
/// population also need its size.
///
/// # Errors
///
/// [`NoInterval`], for the method's own reasons and these.
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{DesignProportion, Level, NoInterval, ProportionMethod, design_interval};
/// let sample = DesignProportion::new(0.25, 0.01, 40, 12.0)?;
/// let interval = design_interval(ProportionMethod::KornGraubard, &sample, Level::P95)?;
/// assert_eq!(format!("{:.3} {:.3}", interval.lower, interval.upper), "0.073 0.522");
/// let exact = design_interval(ProportionMethod::ClopperPearson, &sample, Level::P95);
/// assert_eq!(exact, Err(NoInterval::NeedsCounts));
/// # Ok::<(), NoInterval>(())
/// ```
pub fn design_interval(
    method: ProportionMethod,
    sample: &DesignProportion,
    level: Level,
) -> Result<ShareInterval, NoInterval> {
    use ProportionMethod as M;
    match method {
        M::T => wald::t(sample, level),
        M::Z => wald::z(sample, level),
        M::Logit => logit::design(sample, true, level),
        M::Xlogit => logit::design(sample, false, level),
        M::Asin => arcsine::design(sample, level),
        M::Likelihood => likelihood::design(sample, Dispersion::QuasiBinomial, level),
        M::LikelihoodRaoScott => likelihood::design(sample, Dispersion::RaoScott, level),
        M::Beta => beta::design(sample, level),
        M::KornGraubard => korn_graubard::nchs(sample, level),
        M::Wilson | M::WilsonT => wilson::design_t(sample, level),
        M::WilsonZ => wilson::design_z(sample, level),
        _ => of_counts(method, sample.counts.ok_or(NoInterval::NeedsCounts)?, level),
    }
}

/// The interval of a share of plain counts, by a method of any kind.
///
/// Methods for a design take the counts as a simple random sample: see [`DesignProportion::of_counts`]. With a
/// population their variance has its correction, and [`ProportionMethod::MidP`] is the one for that finite population;
/// the other methods from counts do not use it: their target is cohorts like this one.
/// [`ProportionMethod::Wilson`] is Wilson's own, [`wilson::score`].
///
/// # Errors
///
/// [`NoInterval`], for the method's own reasons, for impossible counts, and [`NoInterval::NeedsPopulation`].
///
/// # Example
///
/// ```
/// use bygdepuls_core::interval::{Counts, Level, ProportionMethod, count_interval};
/// let counts = Counts { x: 5, n: 9, population: Some(12) };
/// let bounds = count_interval(ProportionMethod::NonresponseBounds, counts, Level::P95)?;
/// assert_eq!((bounds.lower, bounds.upper), (5.0 / 12.0, 8.0 / 12.0));
/// # Ok::<(), bygdepuls_core::interval::NoInterval>(())
/// ```
pub fn count_interval(method: ProportionMethod, counts: Counts, level: Level) -> Result<ShareInterval, NoInterval> {
    let sample = DesignProportion::of_counts(counts.x, counts.n, counts.population)?;
    match method {
        ProportionMethod::Wilson => wilson::score(counts.x, counts.n, level),
        _ => design_interval(method, &sample, level),
    }
}

/// Methods from counts.
fn of_counts(method: ProportionMethod, counts: Counts, level: Level) -> Result<ShareInterval, NoInterval> {
    use ProportionMethod as M;
    let Counts { x, n, population } = counts;
    let finite = |interval: fn(u64, u64, u64, Level) -> Result<CountInterval, NoInterval>| {
        let population = population.ok_or(NoInterval::NeedsPopulation)?;
        let CountInterval { lower, upper } = interval(population, n, x, level)?;
        let share = |count: u64| as_f64(count) / as_f64(population);
        Ok(ShareInterval { lower: share(lower), upper: share(upper) })
    };
    match method {
        M::WilsonContinuity => wilson::continuity_corrected(x, n, level),
        M::ClopperPearson => clopper_pearson::equal_tailed(x, n, level),
        M::MidP if population.is_some() => finite(hypergeometric::mid_p),
        M::MidP => mid_p::interval(x, n, level),
        M::Jeffreys => jeffreys::equal_tailed(x, n, level),
        M::JeffreysBrownCaiDasgupta => jeffreys::brown_cai_dasgupta(x, n, level),
        M::UniformPrior => uniform_prior::equal_tailed(x, n, level),
        M::AgrestiCoull => agresti_coull::interval(x, n, level),
        M::LikelihoodRatio => likelihood::ratio(x, n, level),
        M::LogitWald => logit::wald(x, n, level),
        M::Arcsine => arcsine::plain(x, n, level),
        M::Anscombe => arcsine::anscombe(x, n, level),
        M::EqualTailed => finite(hypergeometric::equal_tailed),
        M::Blaker => finite(blaker::interval),
        M::Wang => finite(wang::interval),
        M::Bayes => finite(|population, n, x, level| remainder::uniform_prior(&[Stratum { population, n, x }], level)),
        M::WilsonFpc => finite_correction::wilson(population.ok_or(NoInterval::NeedsPopulation)?, n, x, level),
        M::ClopperPearsonFpc => {
            finite_correction::clopper_pearson(population.ok_or(NoInterval::NeedsPopulation)?, n, x, level)
        }
        M::NonresponseBounds => finite(|population, n, x, _| nonresponse::bounds(population, n, x)),
        _ => Err(NoInterval::NeedsCounts),
    }
}
