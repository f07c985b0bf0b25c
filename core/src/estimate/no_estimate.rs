//! Why there is no estimate.

use crate::design::DesignProblem;
use crate::problem::Explain;
use crate::text::Lang;
use std::fmt;

/// Why an estimate, or its variance, does not exist.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum NoEstimate {
    /// No record of the domain has a value.
    NoValues,
    /// The weights of the records with a value do not sum to more than 0.
    NoWeight,
    /// The sum to divide by is 0: of a ratio, or of the figure that a relative change starts from.
    ZeroDenominator,
    /// Weight times value is too small for a double.
    Underflow,
    /// Weight times value is too large for a double.
    Overflow,
    /// One record with a value: it shows no variation.
    OneValue,
    /// All values are equal: they correlate with nothing.
    NoVariation,
    /// A value, a weight or their sum is beyond what a double can hold.
    NotFinite,
    /// A probability that is not between 0 and 1.
    InvalidProbability,
    /// The weights sum to fewer units than there are records: they do not say how large the population is.
    PopulationBelowSample,
    /// Degrees of freedom that are not above 0.
    NoDegreesOfFreedom,
    /// The estimate exists in fewer than two replicates.
    TooFewReplicates,
    /// The design gives no variance.
    Design(DesignProblem),
}

impl NoEstimate {
    /// Its code, as in the `status` of JSON.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match self {
            Self::NoValues => "no_values",
            Self::NoWeight => "no_weight",
            Self::ZeroDenominator => "zero_denominator",
            Self::Underflow => "underflow",
            Self::Overflow => "overflow",
            Self::OneValue => "one_value",
            Self::NoVariation => "no_variation",
            Self::NotFinite => "not_finite",
            Self::InvalidProbability => "invalid_probability",
            Self::PopulationBelowSample => "population_below_sample",
            Self::NoDegreesOfFreedom => "no_degrees_of_freedom",
            Self::TooFewReplicates => "too_few_replicates",
            Self::Design(_) => "design",
        }
    }
}

impl From<DesignProblem> for NoEstimate {
    fn from(problem: DesignProblem) -> Self {
        Self::Design(problem)
    }
}

impl Explain for NoEstimate {
    fn code(&self) -> &'static str {
        match self {
            Self::NoValues => "no-values",
            Self::NoWeight => "no-weight",
            Self::ZeroDenominator => "zero-denominator",
            Self::Underflow => "underflow",
            Self::Overflow => "overflow",
            Self::OneValue => "one-value",
            Self::NoVariation => "no-variation",
            Self::NotFinite => "not-finite",
            Self::InvalidProbability => "invalid-probability",
            Self::PopulationBelowSample => "population-below-sample",
            Self::NoDegreesOfFreedom => "no-degrees-of-freedom",
            Self::TooFewReplicates => "too-few-replicates",
            Self::Design(problem) => problem.code(),
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::NoValues => {
                lang.pick("ingen rad har en verdi", "inga rad har ein verdi", "no record of the domain has a value")
            }
            Self::NoWeight => lang.pick(
                "radene med en verdi har ingen vekt",
                "radene med ein verdi har inga vekt",
                "the records with a value have no weight",
            ),
            Self::ZeroDenominator => {
                lang.pick("det som skal deles på, er 0", "det som skal delast på, er 0", "the sum to divide by is 0")
            }
            Self::Underflow => lang.pick(
                "vekt ganger verdi er for lite til å regne med",
                "vekt gonger verdi er for lite til å rekne med",
                "weight times value is too small to compute with",
            ),
            Self::Overflow => lang.pick(
                "vekt ganger verdi er for stort til å regne med",
                "vekt gonger verdi er for stort til å rekne med",
                "weight times value is too large to compute with",
            ),
            Self::OneValue => lang.pick(
                "én rad med en verdi viser ingen variasjon",
                "éi rad med ein verdi viser ingen variasjon",
                "a single record with a value shows no variation",
            ),
            Self::NoVariation => lang.pick("alle verdier er like", "alle verdiar er like", "all values are equal"),
            Self::NotFinite => {
                lang.pick("et tall er for stort", "eit tal er for stort", "a number is too large to compute with")
            }
            Self::InvalidProbability => lang.pick(
                "sannsynligheten er ikke mellom 0 og 1",
                "sannsynet er ikkje mellom 0 og 1",
                "the probability is not between 0 and 1",
            ),
            Self::PopulationBelowSample => lang.pick(
                "vektene summerer seg til færre enn radene",
                "vektene summerer seg til færre enn radene",
                "the weights sum to fewer units than there are records",
            ),
            Self::NoDegreesOfFreedom => {
                lang.pick("ingen frihetsgrader", "ingen fridomsgrader", "there are no degrees of freedom")
            }
            Self::TooFewReplicates => lang.pick(
                "anslaget finnes i færre enn to replikater",
                "anslaget finst i færre enn to replikat",
                "the estimate exists in fewer than two replicates",
            ),
            Self::Design(problem) => return problem.message(lang),
        };
        words.into()
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Design(problem) => problem.expected(lang),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Design(problem) => problem.help(lang),
            _ => None,
        }
    }
}

impl fmt::Display for NoEstimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for NoEstimate {}
