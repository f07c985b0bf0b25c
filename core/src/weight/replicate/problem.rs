//! What can be wrong with replicate weights.

use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;
use std::fmt;

/// Why a design has no replicates of a kind, or given ones do not fit it. Rows, records and replicates are counted from 0.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the names and numbers in the message")]
#[non_exhaustive]
pub enum ReplicateProblem {
    /// No sampling unit at all.
    NoUnits,
    /// Strata, where the method is for designs without.
    Stratified,
    /// A stratum of one unit.
    OneUnit { stratum: String },
    /// A stratum that has not two units.
    NotTwoUnits { stratum: String, units: u32 },
    /// Units drawn with unequal probabilities and a correction of their own.
    UnequalProbabilities,
    /// A part of the weight that is not from 0 to below 1.
    InvalidRho,
    /// Fewer than two replicates.
    TooFew,
    /// A record whose unit has no row.
    NoRow { record: usize },
    /// A record with another row than the unit it belongs to.
    TwoRows { record: usize },
    /// A row with another number of replicates than the first.
    Ragged { row: usize },
    /// A factor that is negative or no number.
    InvalidFactor { row: usize, replicate: usize },
    /// A scale that is negative or no number, or too few or many of them.
    InvalidScale,
}

impl Explain for ReplicateProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoUnits => "no-units",
            Self::Stratified => "jk1-stratified",
            Self::OneUnit { .. } => "replicates-one-unit",
            Self::NotTwoUnits { .. } => "brr-not-two-units",
            Self::UnequalProbabilities => "replicates-unequal-probabilities",
            Self::InvalidRho => "invalid-rho",
            Self::TooFew => "too-few-replicates",
            Self::NoRow { .. } => "replicates-no-row",
            Self::TwoRows { .. } => "replicates-two-rows",
            Self::Ragged { .. } => "replicates-ragged",
            Self::InvalidFactor { .. } => "replicates-factor",
            Self::InvalidScale => "replicates-scale",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::NoUnits => lang.pick("ingen utvalgsenheter", "ingen utvalseiningar", "there are no sampling units"),
            Self::Stratified => lang.pick(
                "jk1 er for utvalg uten strata",
                "jk1 er for utval utan strata",
                "jk1 is for designs without strata",
            ),
            Self::OneUnit { stratum } => {
                return fill(
                    lang.pick(
                        "stratum «{0}» har bare én utvalgsenhet",
                        "stratum «{0}» har berre éi utvalseining",
                        "stratum {0} has a single sampling unit",
                    ),
                    &[stratum],
                );
            }
            Self::NotTwoUnits { stratum, units } => {
                return fill(
                    lang.pick(
                        "stratum «{0}» har {1} utvalgsenheter, ikke to",
                        "stratum «{0}» har {1} utvalseiningar, ikkje to",
                        "stratum {0} has {1} sampling units, not two",
                    ),
                    &[stratum, &units.to_string()],
                );
            }
            Self::UnequalProbabilities => lang.pick(
                "replikater av denne typen er ikke for ulike trekksannsynligheter",
                "replikat av denne typen er ikkje for ulike trekkesannsyn",
                "replicates of this kind are not for unequal probabilities",
            ),
            Self::InvalidRho => lang.pick(
                "rho må være fra 0 til under 1",
                "rho må vere frå 0 til under 1",
                "rho must be from 0 to below 1",
            ),
            Self::TooFew => {
                lang.pick("færre enn to replikater", "færre enn to replikat", "there are fewer than two replicates")
            }
            Self::NoRow { .. } => lang.pick(
                "utvalgsenheten har ingen rad med replikatvekter",
                "utvalseininga har inga rad med replikatvekter",
                "the sampling unit has no row of replicate weights",
            ),
            Self::TwoRows { .. } => lang.pick(
                "utvalgsenheten har to rader med replikatvekter",
                "utvalseininga har to rader med replikatvekter",
                "the sampling unit has two rows of replicate weights",
            ),
            Self::Ragged { .. } => lang.pick(
                "raden har et annet antall replikater enn den første",
                "rada har eit anna tal på replikat enn den første",
                "the row has another number of replicates than the first",
            ),
            Self::InvalidFactor { .. } => lang.pick(
                "replikatvekten er ikke et tall fra 0 og opp",
                "replikatvekta er ikkje eit tal frå 0 og opp",
                "the replicate weight is not a number of 0 or more",
            ),
            Self::InvalidScale => lang.pick(
                "skalaen er ikke ett tall fra 0 og opp for hvert replikat",
                "skalaen er ikkje eitt tal frå 0 og opp for kvart replikat",
                "the scales are not one number of 0 or more for each replicate",
            ),
        };
        words.into()
    }

    fn expected(&self, _: Lang) -> Option<String> {
        None
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::Stratified => lang.pick("bruk jkn", "bruk jkn", "use jkn"),
            Self::OneUnit { .. } => lang.pick(
                "slå sammen stratumet med et annet, eller velg en annen --lonely-psu",
                "slå saman stratumet med eit anna, eller vel ein annan --lonely-psu",
                "join the stratum with another, or choose another --lonely-psu",
            ),
            Self::NotTwoUnits { .. } => {
                lang.pick("bruk jkn eller bootstrap", "bruk jkn eller bootstrap", "use jkn or bootstrap")
            }
            _ => return None,
        };
        Some(words.into())
    }
}

impl fmt::Display for ReplicateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ReplicateProblem {}
