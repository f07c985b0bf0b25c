//! The published indicators, one file each.
//!
//! A new indicator is a new file and one line in [`CATALOGUE`].

pub mod finding;
pub mod good_place;
mod question;
pub mod return_intent;
pub mod share;

use crate::problem::Problems;
use crate::sample::Sample;
use crate::text::Text;
use share::Shares;

/// One indicator of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Indicator {
    /// Id in project files, file names and addresses.
    pub id: &'static str,
    /// What it measures, in one line of English.
    pub summary: &'static str,
    /// The questions that it counts: they must be the same in all years.
    pub questions: &'static [&'static str],
    /// Counts what it needs from the sample.
    pub count: Count,
}

/// How an indicator counts: from the sample and the sizes of cohorts. `None`: the input lacks what it needs; see the
/// problems.
pub type Count = for<'a> fn(&Sample<'a>, &Frame, &mut Problems) -> Option<Shares<'a>>;

/// All indicators.
pub const CATALOGUE: &[Indicator] = &[
    Indicator {
        id: "return_intent",
        summary: "share who can imagine living in the region as adults; return intent among those who live elsewhere",
        questions: &[return_intent::QUESTION],
        count: return_intent::count,
    },
    Indicator {
        id: "good_place",
        summary: "share who say that the region is a good place to live",
        questions: &[good_place::QUESTION],
        count: good_place::count,
    },
];

/// How many people a wave of a year has in a municipality: N by round × wave × municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    waves: usize,
    municipalities: usize,
    sizes: Vec<u64>,
}

impl Frame {
    /// A frame from its sizes, municipality running fastest, then wave.
    #[must_use]
    pub fn new(waves: usize, municipalities: usize, sizes: Vec<u64>) -> Self {
        Self { waves, municipalities, sizes }
    }

    /// N of one round × wave × municipality.
    #[must_use]
    pub fn size(&self, round: usize, wave: usize, municipality: usize) -> u64 {
        self.sizes[(round * self.waves + wave) * self.municipalities + municipality]
    }
}

/// What an indicator says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Title of the figure.
    pub title: Text,
    /// Whom and what the published share is of.
    pub base: Text,
    /// The same for the internal cube, which holds both variants of the base.
    pub internal_base: Text,
    /// How it is computed.
    pub method: Text,
}
