//! Why a figure does not exist.

use crate::text::Lang;
use std::fmt;

/// Why a comparison, a test or a coefficient has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoResult {
    /// A group has nobody in it.
    NoAnswers,
    /// More said yes than answered.
    MoreYesThanAnswers,
    /// Everybody gave the same answer, or all are in one category: there is nothing to compare.
    AllAlike,
    /// The method divides by a cell of the table that is 0.
    ZeroCell,
    /// Nobody changed between the two times.
    NobodyChanged,
    /// The estimated variance is 0.
    NoVariance,
    /// Fewer values than the method needs.
    TooFew {
        /// How many it needs.
        needed: u64,
    },
    /// Two lists that belong together have different lengths, or a table's rows do.
    LengthsDiffer,
    /// The table must have as many rows as columns.
    NotSquare,
    /// A number is infinite or not a number, or so large that its square is.
    NotFinite,
    /// A probability is not between 0 and 1.
    NotAProbability,
    /// A person is twice in one sample.
    PersonTwice,
    /// The population is smaller than a sample from it.
    PopulationTooSmall,
    /// Exact enumeration would take too long: use the asymptotic method.
    TooLarge,
}

impl NoResult {
    /// A stable word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAnswers => "no_answers",
            Self::MoreYesThanAnswers => "more_yes_than_answers",
            Self::AllAlike => "all_alike",
            Self::ZeroCell => "zero_cell",
            Self::NobodyChanged => "nobody_changed",
            Self::NoVariance => "no_variance",
            Self::TooFew { .. } => "too_few",
            Self::LengthsDiffer => "lengths_differ",
            Self::NotSquare => "not_square",
            Self::NotFinite => "not_finite",
            Self::NotAProbability => "not_a_probability",
            Self::PersonTwice => "person_twice",
            Self::PopulationTooSmall => "population_too_small",
            Self::TooLarge => "too_large",
        }
    }

    /// The reason in words, without a full stop.
    #[must_use]
    pub const fn message(self, lang: Lang) -> &'static str {
        match self {
            Self::NoAnswers => lang.pick("en gruppe er tom", "ei gruppe er tom", "a group has nobody in it"),
            Self::MoreYesThanAnswers => {
                lang.pick("flere sa ja enn svarte", "fleire sa ja enn svara", "more said yes than answered")
            }
            Self::AllAlike => lang.pick("alle svar er like", "alle svar er like", "all answers are the same"),
            Self::ZeroCell => {
                lang.pick("en celle i tabellen er 0", "ei celle i tabellen er 0", "a cell of the table is 0")
            }
            Self::NobodyChanged => lang.pick("ingen endret svar", "ingen endra svar", "nobody changed their answer"),
            Self::NoVariance => lang.pick("variansen er 0", "variansen er 0", "the variance is 0"),
            Self::TooFew { .. } => lang.pick("for få svar til metoden", "for få svar til metoden", "too few answers"),
            Self::LengthsDiffer => {
                lang.pick("listene er ikke like lange", "listene er ikkje like lange", "the lists differ in length")
            }
            Self::NotSquare => lang.pick(
                "tabellen må ha like mange rader som kolonner",
                "tabellen må ha like mange rader som kolonnar",
                "the table must have as many rows as columns",
            ),
            Self::NotFinite => {
                lang.pick("et tall er ikke endelig", "eit tal er ikkje endeleg", "a number is not finite")
            }
            Self::NotAProbability => lang.pick(
                "en sannsynlighet er ikke mellom 0 og 1",
                "eit sannsyn er ikkje mellom 0 og 1",
                "a probability is not between 0 and 1",
            ),
            Self::PersonTwice => lang.pick(
                "en person er to ganger i samme utvalg",
                "ein person er to gonger i same utval",
                "a person is twice in one sample",
            ),
            Self::PopulationTooSmall => lang.pick(
                "populasjonen er mindre enn utvalget",
                "populasjonen er mindre enn utvalet",
                "the population is smaller than the sample",
            ),
            Self::TooLarge => lang.pick(
                "for stort for eksakt utregning; bruk den asymptotiske metoden",
                "for stort for eksakt utrekning; bruk den asymptotiske metoden",
                "too large for exact enumeration; use the asymptotic method",
            ),
        }
    }
}

impl fmt::Display for NoResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}

impl std::error::Error for NoResult {}
