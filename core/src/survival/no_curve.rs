//! Why there is no curve, or no figure of it.

use crate::text::Lang;
use std::fmt;

/// Why a survival figure does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoCurve {
    /// Nobody was followed.
    Nobody,
    /// A time is negative or not a number.
    NotATime {
        /// The person, from 0.
        person: usize,
    },
    /// An end that is not among the kinds.
    UnknownEnd {
        /// The person, from 0.
        person: usize,
    },
    /// Nobody was followed so long.
    NotFollowed,
    /// The curve does not reach it: it has happened for too few of those who are followed.
    NotReached,
    /// The share is 0 or 1, where the log–log interval has no place.
    AllAlike,
}

impl NoCurve {
    /// A stable word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::NotATime { .. } => "not_a_time",
            Self::UnknownEnd { .. } => "unknown_end",
            Self::NotFollowed => "not_followed",
            Self::NotReached => "not_reached",
            Self::AllAlike => "all_alike",
        }
    }

    /// The reason in words, without a full stop.
    #[must_use]
    pub const fn message(self, lang: Lang) -> &'static str {
        match self {
            Self::Nobody => lang.pick("ingen er fulgt", "ingen er følgde", "nobody was followed"),
            Self::NotATime { .. } => lang.pick(
                "en tid er negativ eller ikke et tall",
                "ei tid er negativ eller ikkje eit tal",
                "a time is negative or not a number",
            ),
            Self::UnknownEnd { .. } => {
                lang.pick("en slutt er ukjent", "ein slutt er ukjend", "an end is not among the kinds")
            }
            Self::NotFollowed => {
                lang.pick("ingen er fulgt så lenge", "ingen er følgde så lenge", "nobody has been followed so long")
            }
            Self::NotReached => {
                lang.pick("for få er kommet dit ennå", "for få er komne dit enno", "too few have come there yet")
            }
            Self::AllAlike => lang.pick("alle er like", "alle er like", "all are alike"),
        }
    }
}

impl fmt::Display for NoCurve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}

impl std::error::Error for NoCurve {}
